//! Trust on first use, with a question that takes its time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::sleep;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use hotspot_vouchers::{Connection, Error, Fingerprint, Trust, unifi};
use hotspot_vouchers_sandbox::Sandbox;

const QUESTION: Duration = Duration::from_millis(100);

async fn console() -> Sandbox {
    Sandbox::builder().tls().start().await.expect("a free port")
}

fn client(sandbox: &Sandbox, trust: &Trust, deadline: Duration) -> unifi::Client {
    let connection = Connection::new().trust(trust.clone()).deadline(deadline);
    let builder = unifi::Client::builder(sandbox.unifi().url()).api_key(sandbox.unifi().api_key());
    builder.connection(connection).build().expect("a client")
}

/// How often a question was asked, and how many were open at a time.
#[derive(Clone, Default)]
struct Questions {
    asked: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    most_open: Arc<AtomicUsize>,
}

impl Questions {
    /// Trust that asks, and answers as `decide` does.
    fn trust(&self, decide: impl Fn(&Fingerprint) -> bool + Send + Sync + 'static) -> Trust {
        let questions = self.clone();
        Trust::on_first_use(move |fingerprint| {
            questions.asked.fetch_add(1, Ordering::SeqCst);
            let open = questions.open.fetch_add(1, Ordering::SeqCst) + 1;
            questions.most_open.fetch_max(open, Ordering::SeqCst);
            sleep(QUESTION);
            questions.open.fetch_sub(1, Ordering::SeqCst);
            decide(fingerprint)
        })
    }

    fn counted(&self) -> (usize, usize) {
        (self.asked.load(Ordering::SeqCst), self.most_open.load(Ordering::SeqCst))
    }
}

/// So many first calls at once, by clients by turns.
async fn calls(clients: &[unifi::Client], count: usize) -> Vec<Result<(), unifi::Error>> {
    let calls = (0..count).map(|number| {
        let client = clients[number % clients.len()].clone();
        tokio::spawn(async move { client.info().await.map(|_| ()) })
    });
    join_all(calls).await.into_iter().map(|call| call.expect("no panic")).collect()
}

#[tokio::test]
async fn first_calls_at_once_ask_once() {
    let sandbox = console().await;
    for _ in 0..5 {
        let (questions, met) = (Questions::default(), OnceLock::new());
        // As the documentation shows it: a second question would be answered with no.
        let trust = questions.trust(move |fingerprint| met.set(*fingerprint).is_ok());
        let clients = [client(&sandbox, &trust, Duration::from_secs(60))];
        for outcome in calls(&clients, 8).await {
            outcome.expect("the right console");
        }
        assert_eq!(questions.counted(), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_with_the_same_trust_ask_once() {
    let sandbox = console().await;
    let (questions, met) = (Questions::default(), OnceLock::new());
    let trust = questions.trust(move |fingerprint| met.set(*fingerprint).is_ok());
    let clients: Vec<_> = (0..4).map(|_| client(&sandbox, &trust, Duration::from_secs(60))).collect();
    for outcome in calls(&clients, 16).await {
        outcome.expect("the right console");
    }
    assert_eq!(questions.counted(), (1, 1));
}

#[tokio::test]
async fn certificates_of_several_consoles_are_asked_about_one_after_the_other() {
    let (one, other) = (console().await, console().await);
    let (questions, seen) = (Questions::default(), Arc::new(Mutex::new(Vec::new())));
    let list = seen.clone();
    let trust = questions.trust(move |fingerprint| {
        list.lock().expect("no panic").push(*fingerprint);
        true
    });
    let clients = [client(&one, &trust, Duration::from_secs(60)), client(&other, &trust, Duration::from_secs(60))];
    for outcome in calls(&clients, 8).await {
        outcome.expect("the right console");
    }
    let shown = [&one, &other].map(|sandbox| Fingerprint::new(sandbox.tls().expect("TLS").sha256()));
    let seen = seen.lock().expect("no panic").clone();
    assert!(seen.len() == 2 && shown.iter().all(|fingerprint| seen.contains(fingerprint)), "{seen:?}");
    assert_eq!(questions.counted(), (2, 1));

    // Each client keeps to what it met, also if the other's certificate was accepted as well.
    one.tls().expect("TLS").change_certificate();
    one.unifi().door().hang_up().await;
    let Err(Error::Transport(failure)) = clients[0].info().await else { panic!("another certificate") };
    assert_eq!(failure.untrusted().expect("a certificate").expected, Some(shown[0]));
}

#[tokio::test]
async fn a_no_and_a_panic_refuse_the_calls_that_wait_and_the_next_one_asks_again() {
    let sandbox = console().await;
    for panics in [false, true] {
        let (questions, count) = (Questions::default(), AtomicUsize::new(0));
        let trust = questions.trust(move |_| {
            let is_first = count.fetch_add(1, Ordering::SeqCst) == 0;
            assert!(!(is_first && panics), "nobody can be asked");
            !is_first
        });
        let clients = [client(&sandbox, &trust, Duration::from_secs(60))];
        for outcome in calls(&clients, 8).await {
            let Err(Error::Transport(failure)) = outcome else { panic!("{outcome:?}") };
            assert!(failure.is_unsent() && failure.untrusted().is_some(), "{failure}");
        }
        assert_eq!(questions.counted().0, 1);
        clients[0].info().await.expect("a yes");
        assert_eq!(questions.counted().0, 2);
    }
}

#[tokio::test]
async fn a_deadline_holds_while_a_question_is_open() {
    let sandbox = console().await;
    let (answer, answered) = std::sync::mpsc::channel::<bool>();
    let answered = Mutex::new(answered);
    let trust = Trust::on_first_use(move |_| answered.lock().expect("no panic").recv().unwrap_or_default());
    let hasty = client(&sandbox, &trust, Duration::from_millis(200));
    let begin = Instant::now();
    let ticks = async {
        // The thread of this runtime is not held up by the question.
        for _ in 0..10 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        begin.elapsed()
    };
    let (outcome, ticked) = tokio::join!(hasty.info(), ticks);
    let Err(Error::Transport(failure)) = outcome else { panic!("{outcome:?}") };
    assert!(failure.is_timeout() && failure.is_unsent(), "{failure}");
    assert!(ticked < begin.elapsed(), "the question held up the thread");
    // The question is still open, and its answer counts for who comes later.
    let patient = client(&sandbox, &trust, Duration::from_secs(60));
    let waiting = tokio::spawn(async move { patient.info().await });
    answer.send(true).expect("a question");
    waiting.await.expect("no panic").expect("the right console");
    hasty.info().await.expect("no question");
}

#[test]
fn without_async_first_calls_ask_once() {
    let sandbox = Sandbox::builder().tls().start_without_async().expect("a sandbox on a thread of its own");
    let (questions, met) = (Questions::default(), OnceLock::new());
    let trust = questions.trust(move |fingerprint| met.set(*fingerprint).is_ok());
    let builder = hotspot_vouchers::blocking::unifi::Client::builder(sandbox.unifi().url());
    let builder = builder.api_key(sandbox.unifi().api_key()).connection(Connection::new().trust(trust));
    let client = builder.build().expect("a client");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.info().expect("the right console"));
        }
    });
    assert_eq!(questions.counted(), (1, 1));
}
