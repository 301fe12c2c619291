//! Calls that are dropped at any of their awaits: nothing goes on behind them, and the client is as good as before.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use hotspot_vouchers::{Connection, Pace};
use hotspot_vouchers_sandbox::{Fault, Moment};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout};

use super::operations::{NAME, OPERATIONS, Operation, call, described};
use super::outcome::{DEADLINE, LATE};
use super::stage::{Stage, thread, virtual_time};

/// Polls a call so many times at the most, and drops it. Whether it ended by then.
pub async fn poll_and_drop<T>(call: impl Future<Output = T>, polls: usize) -> bool {
    let mut call = pin!(call);
    let mut polled = 0;
    poll_fn(|context| {
        if polled == polls {
            return Poll::Ready(false);
        }
        polled += 1;
        let is_over = call.as_mut().poll(context).is_ready();
        // After its last poll, it is dropped where it stands, and not only when something wakes it.
        if is_over || polled == polls { Poll::Ready(is_over) } else { Poll::Pending }
    })
    .await
}

/// What is to be in the way of the calls that are dropped, so that they come to all their awaits.
fn obstacles() -> [Option<Fault>; 4] {
    [
        None,
        Some(Fault::Reset(Moment::AfterCommit)),
        Some(Fault::TooManyRequests { retry_after: Some(Duration::from_secs(2)) }),
        Some(Fault::Delay(Moment::BeforeCommit, Duration::from_secs(40))),
    ]
}

/// Drops a call after each number of polls that it takes, and answers how many there are.
async fn drop_everywhere(operation: &Operation, obstacle: Option<Fault>) -> usize {
    let (name, pattern) = (operation.0, described(operation).pattern());
    for polls in 0.. {
        let stage = Stage::set().await;
        let sandbox = &stage.world.sandbox;
        sleep(LATE).await;
        let alive = Handle::current().metrics().num_alive_tasks();
        for faults in [sandbox.omada().faults(), sandbox.unifi().faults()] {
            obstacle.iter().for_each(|fault| faults.on(&pattern, fault.clone(), 1));
        }
        // The call has to sign in, too.
        sandbox.omada().expire_tokens();
        let is_over = poll_and_drop(call(name, &stage), polls).await;
        sandbox.omada().faults().clear();
        sandbox.unifi().faults().clear();

        let shown = format!("{name}, dropped after {polls} polls under {obstacle:?}");
        for next in ["omada voucher_summary", "unifi info", "unifi vouchers", "unifi create_vouchers_once, cloud"] {
            let next = timeout(DEADLINE, call(next, &stage)).await.unwrap_or_else(|_| panic!("hangs behind {shown}"));
            next.unwrap_or_else(|failure| panic!("{failure:?} behind {shown}"));
        }
        sleep(LATE).await;
        for counters in stage.doors().map(|door| door.counters()) {
            assert_eq!((counters.requests_open, counters.connections_open), (0, 0), "{shown}");
        }
        assert_eq!(Handle::current().metrics().num_alive_tasks(), alive, "{shown}");
        let issued = stage.books().into_iter().filter(|issued| issued.name == NAME);
        assert!(issued.count() <= 1, "created twice: {shown}");
        if is_over {
            return polls;
        }
    }
    unreachable!("every call ends")
}

#[test]
fn a_call_can_be_dropped_at_any_await() {
    let halves = [0, 1].map(|half| {
        thread(async move || {
            let mut most_polls = 0;
            for operation in OPERATIONS.iter().skip(half).step_by(2) {
                for obstacle in obstacles() {
                    most_polls = most_polls.max(drop_everywhere(operation, obstacle).await);
                }
            }
            most_polls
        })
    });
    for half in halves {
        let most_polls = half.join().expect("no call panics");
        assert!(most_polls > 5, "calls have more awaits than the {most_polls} they were dropped at");
    }
}

#[test]
fn a_call_that_is_dropped_while_it_waits_takes_nobodys_turn() {
    virtual_time().block_on(async {
        let period = Duration::from_secs(10);
        let stage = Stage::reached_by(Connection::new().pace(Pace::new(1, period)).deadline(period * 10)).await;
        let begin = Instant::now();
        for _ in 0..100 {
            assert!(!poll_and_drop(call("unifi info", &stage), 1).await);
        }
        call("unifi info", &stage).await.expect("its turn comes");
        assert!(begin.elapsed() <= period, "{:?}", begin.elapsed());
        // These are dropped once their turn has come, which is taken.
        for polls in [2, 3] {
            assert!(!poll_and_drop(call("unifi info", &stage), polls).await);
        }
        call("unifi info", &stage).await.expect("its turn comes");
        assert!(begin.elapsed() <= period * 4, "{:?}", begin.elapsed());
    });
}
