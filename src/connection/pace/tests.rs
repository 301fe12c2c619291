use super::*;

/// When turns come, from many tasks, in virtual time.
async fn turns(pace: &Pace, tasks: usize, length: Duration) -> Vec<Duration> {
    let begin = Instant::now();
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..tasks {
        let (pace, sender) = (pace.clone(), sender.clone());
        tokio::spawn(async move {
            loop {
                pace.turn().await;
                if begin.elapsed() >= length || sender.send(begin.elapsed()).is_err() {
                    return;
                }
            }
        });
    }
    drop(sender);
    let mut turns = Vec::new();
    while let Some(turn) = receiver.recv().await {
        turns.push(turn);
    }
    turns.sort();
    turns
}

#[tokio::test(start_paused = true)]
async fn a_pace_is_kept_and_used_up() {
    let minute = Duration::from_secs(60);
    let turns = turns(&Pace::new(100, minute), 50, minute * 10).await;
    assert!((990..=1010).contains(&turns.len()), "{} turns in 10 minutes", turns.len());
    for window in turns.windows(101) {
        assert!(window[100] - window[0] >= minute, "101 turns within a minute, from {:?}", window[0]);
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_too_fast_waits_with_all_others() {
    let pace = Pace::new(10, Duration::from_secs(1));
    let slower = pace.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(2500)).await;
        slower.hold(Duration::from_secs(5));
    });
    let turns = turns(&pace, 7, Duration::from_secs(20)).await;
    let held = Duration::from_millis(2501)..Duration::from_millis(7500);
    assert!(!turns.iter().any(|turn| held.contains(turn)), "{turns:?}");
    assert!(turns.windows(11).all(|window| window[10] - window[0] >= Duration::from_secs(1)), "{turns:?}");
    assert!(turns.iter().any(|turn| *turn < held.start) && turns.iter().any(|turn| *turn > held.end));
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_nobody_waits_until_told() {
    let pace = Pace::unlimited();
    let begin = Instant::now();
    for _ in 0..10_000 {
        pace.turn().await;
    }
    assert_eq!(begin.elapsed(), Duration::ZERO);
    pace.hold(Duration::from_secs(3));
    pace.turn().await;
    assert_eq!(begin.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn a_pace_of_any_length_does_no_harm() {
    let pace = Pace::new(0, Duration::MAX);
    pace.turn().await;
    pace.hold(Duration::MAX);
    assert!(tokio::time::timeout(Duration::from_secs(600), pace.turn()).await.is_err());
}

/// So many who wait for a turn, each with the second in which it comes.
fn wait(pace: &Pace, count: usize) -> tokio::task::JoinSet<u64> {
    let (begin, mut calls) = (Instant::now(), tokio::task::JoinSet::new());
    for _ in 0..count {
        let pace = pace.clone();
        calls.spawn(async move {
            pace.turn().await;
            begin.elapsed().as_secs()
        });
    }
    calls
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_takes_no_turn() {
    let pace = Pace::new(100, Duration::from_secs(60));
    let (begin, mut calls) = (Instant::now(), wait(&pace, 250));
    // Somebody who came after all others moves up as soon as they have gone.
    let last = pace.clone();
    let last = tokio::spawn(async move {
        tokio::task::yield_now().await;
        last.turn().await;
        begin.elapsed()
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    calls.shutdown().await;
    assert_eq!(last.await.expect("it waits").as_secs(), 60);
    pace.turn().await;
    assert_eq!(begin.elapsed().as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn who_waits_longer_than_the_pace_asks_waits_no_more_than_that() {
    let pace = Pace::new(100, Duration::from_secs(60));
    let calls = wait(&pace, 200);
    tokio::time::sleep(Duration::from_secs(1)).await;
    pace.hold(Duration::from_secs(60));
    let turns = calls.join_all().await;
    assert_eq!(turns.iter().filter(|turn| **turn == 0).count(), 100);
    assert_eq!(turns.iter().filter(|turn| **turn == 61).count(), 100, "{turns:?}");
}

#[tokio::test(start_paused = true)]
async fn turns_come_in_the_order_of_those_who_wait() {
    let pace = Pace::new(2, Duration::from_secs(1));
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    for number in 0..9 {
        let (pace, sender) = (pace.clone(), sender.clone());
        tokio::spawn(async move {
            pace.turn().await;
            let _ = sender.send(number);
        });
        tokio::task::yield_now().await;
    }
    drop(sender);
    let mut order = Vec::new();
    while let Some(number) = receiver.recv().await {
        order.push(number / 2);
    }
    assert_eq!(order, [0, 0, 1, 1, 2, 2, 3, 3, 4]);
}
