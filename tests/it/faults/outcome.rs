//! What a caller is told under a fault, held against the books.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use hotspot_vouchers_sandbox::{Fault, Faults, Lie};
use tokio::time::{Instant, sleep, timeout};

use super::answer::Answer;
use super::operations::{Kind, NAME, Operation, call, described, targets};
use super::stage::{Failure, NAMES, Stage};
use super::truth::{can_be_told, truth};
use crate::log::Log;

/// Longer than any call may take, by the documented deadline.
pub const DEADLINE: Duration = Duration::from_secs(91);
/// Long enough for everything that is late.
pub const LATE: Duration = Duration::from_secs(2 * 60 * 60);

/// How long a call may keep the machine busy without that any virtual time passes.
const BUSIEST: Duration = Duration::from_secs(60);

/// What a call answers, or why it failed.
pub type Told = Result<Answer, Failure>;

/// What the caller is told: `done`, `not done` or `unclear`, and of reads `done` or `failed`. Every word holds against the books,
/// and so does every row that was read.
/// Nothing where the fault found nothing to strike.
pub async fn outcome(operation: &Operation, stage: &Stage, fault: &Fault, times: usize) -> Option<&'static str> {
    let (name, kind, _) = *operation;
    let described = described(operation);
    let times_carried_out = || stage.carried_out().filter(|request| described.is_of(request)).count();
    let (existing, made_before, struck) = (stage.existing(), times_carried_out(), stage.strikes());
    let (log, _kept) = Log::begin();
    for faults in stage.faults() {
        faults.on(&described.pattern(), fault.clone(), times);
    }
    let begin = Instant::now();
    let told = busy_no_longer_than(BUSIEST, timeout(DEADLINE, call(name, stage))).await;
    let told = told.unwrap_or_else(|| panic!("{name} goes on and on under {fault:?}"));
    let told = told.unwrap_or_else(|_| panic!("{name} hangs under {fault:?}, {:?}", begin.elapsed()));
    stage.faults().into_iter().for_each(Faults::clear);
    let is_struck = stage.strikes() > struck;
    sleep(LATE).await;
    let printed = told.as_ref().err().map_or("", |failure| failure.shown.as_str());
    stage.assert_no_secret(&format!("{printed}\n{}", log.take()));

    let shown = format!("{name} under {fault:?} was told {told:?}");
    let after = stage.existing();
    let lost: Vec<_> = existing.into_iter().filter(|id| !after.contains(id)).collect();
    let times_made = times_carried_out() - made_before;
    // Asked for last, so that no connection and no token comes of it.
    let truth = if kind == Kind::Read { truth(name, stage).await } else { Answer::default() };
    assert!(described.is_safe_to_repeat || times_made <= 1, "made {times_made} times: {shown}");
    assert!(kind == Kind::Delete || lost.is_empty(), "{lost:?} are gone: {shown}");
    assert!(kind == Kind::Create || issued(stage).is_empty(), "{shown}");
    match (kind, &told) {
        (Kind::Create, _) => created(name, stage, fault, &told, &shown).await,
        (Kind::Read, Ok(answer)) if can_be_told(name, fault) => {
            // A total that is too small and ends with a page shows nowhere.
            let is_ended = *fault == Fault::WrongTotal(Lie::TooFew) && answer.rows.len() == truth.rows.len() / 2;
            let has_rows = || is_ended || answer.sorted_rows() == truth.sorted_rows();
            assert!(answer.has_notice || has_rows(), "{:?} is in the books: {shown}", truth.rows);
        }
        (Kind::Read, _) => {}
        (Kind::Delete, told) => {
            let targets = targets(name, stage);
            assert!(lost.iter().all(|id| targets.contains(id)), "{shown}");
            match told {
                Ok(answer) => {
                    assert_eq!(lost.len(), targets.len(), "not gone: {shown}");
                    let gone = i64::try_from(lost.len()).expect("a few");
                    assert!(answer.deleted.is_none_or(|told| told == gone), "{gone} are gone: {shown}");
                }
                Err(failure) => assert!(failure.is_unclear || lost.is_empty(), "it is gone: {shown}"),
            }
        }
        (Kind::Change, Ok(_)) => assert!(times_made > 0, "it was not made: {shown}"),
        (Kind::Change, Err(failure)) => assert!(failure.is_unclear || times_made == 0, "it was made: {shown}"),
    }
    let elsewhere = stage.world.sandbox.elsewhere();
    assert_eq!(elsewhere.received().len(), 0, "a redirect was followed: {shown}");
    is_struck.then(|| word(kind, &told))
}

/// What comes of a call, unless it keeps the machine busy for longer, as one does that reads page after page without end.
async fn busy_no_longer_than<F: Future>(span: Duration, call: F) -> Option<F::Output> {
    let begin = std::time::Instant::now();
    let mut call = pin!(call);
    poll_fn(|context| match call.as_mut().poll(context) {
        Poll::Pending if begin.elapsed() > span => Poll::Ready(None),
        polled => polled.map(Some),
    })
    .await
}

/// What a caller is told in a word.
pub fn word(kind: Kind, told: &Told) -> &'static str {
    match (kind, told) {
        (_, Ok(_)) => "done",
        (Kind::Read, Err(_)) => "failed",
        (_, Err(failure)) if failure.is_unclear => "unclear",
        (_, Err(_)) => "not done",
    }
}

/// The ids of what was created under a fault, each create by itself.
fn issued(stage: &Stage) -> Vec<Vec<String>> {
    // Whatever became of its name.
    let issued = stage.books().into_iter().filter(|issued| !NAMES.contains(&issued.name.as_str()));
    let ids = issued.map(|issued| match issued.group {
        Some(group) => vec![group.id],
        None => issued.vouchers.into_iter().map(|voucher| voucher.id).collect(),
    });
    ids.collect()
}

/// Vouchers were created once at the most, and what was told of them is so.
async fn created(name: &str, stage: &Stage, fault: &Fault, told: &Told, shown: &str) {
    let issued = issued(stage);
    assert!(issued.len() <= 1, "created twice: {shown}");
    let ids = issued.into_iter().next();
    match told {
        Ok(told) => assert_eq!(Some(&told.rows), ids.as_ref(), "{shown}"),
        Err(failure) => {
            assert!(failure.is_unclear || ids.is_none(), "it was created: {shown}");
            look_again(name, stage, fault, ids).await;
        }
    }
}

/// Once the controller is well again, what was unclear is found, or created after all, once.
async fn look_again(name: &str, stage: &Stage, fault: &Fault, ids: Option<Vec<String>>) {
    if name == "omada create_voucher_group" {
        let found = stage.world.omada_site().voucher_group_named(NAME).await.expect("the groups");
        assert_eq!(found.and_then(|group| group.id).map(|id| vec![id]), ids);
    } else if name.contains("once") {
        match call(name, stage).await {
            Ok(found) => assert!(ids.is_none_or(|ids| ids == found.rows), "{name}"),
            // A group that has fewer codes than were ordered stays so.
            Err(failure) => assert!(failure.is_unclear && *fault == Fault::CommitPart, "{name}: {}", failure.shown),
        }
        assert_eq!(issued(stage).len(), 1, "{name}");
    }
}
