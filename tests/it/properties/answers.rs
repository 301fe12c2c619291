//! Any answer to any call: it ends in a value or an error, soon, and shows no secret.

use std::time::Duration;

use arbitrary::Unstructured;
use hotspot_vouchers_sandbox::Canned;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use tokio::time::timeout;

use super::mutation::{answers, mutate};
use super::{config, folder, runtime, seeds};
use crate::faults::operations::{OPERATIONS, call};
use crate::faults::stage::Stage;

/// An answer, and the index of the call that it answers.
type Answered = (usize, u16, Option<String>, Vec<u8>);

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let bodies = seeds("answers").into_iter().filter_map(|seed| {
        let end = seed.iter().position(|byte| *byte == b'\n')?;
        Some(seed[end + 1..].to_vec())
    });
    let bodies: Vec<_> = bodies.collect();
    let cut = (prop::sample::select(bodies.clone()), any::<prop::sample::Index>());
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        prop::sample::select(bodies),
        cut.prop_map(|(body, end)| body[..end.index(body.len() + 1)].to_vec()),
    ]
}

fn status() -> impl Strategy<Value = u16> {
    prop_oneof![Just(200), Just(201), prop::sample::select(vec![301, 400, 401, 404, 408, 429, 500, 503]), 200..600_u16]
}

fn retry_after() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof!["[ -~]{0,20}", "[0-9]{1,30}(\\.[0-9]{1,30})?s?", "-?[0-9]e[0-9]{1,3}"])
}

/// The right shape, with other values.
fn mutated() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let answers = answers(&folder("answers"));
    (0..OPERATIONS.len(), prop::collection::vec(any::<u8>(), 8..120)).prop_map(move |(index, bytes)| {
        let (call, _, id) = OPERATIONS[index];
        let name = format!("{}/{id}", call.split(' ').next().expect("a vendor"));
        let found = answers.iter().find(|(head, _)| head.split(' ').next() == Some(&name));
        let mut answer: Value = found.unwrap_or_else(|| panic!("{name} has no answer")).1.clone();
        let mut bytes = Unstructured::new(&bytes);
        while !bytes.is_empty() && mutate(&mut answer, &mut bytes).is_ok() {}
        (index, answer.to_string().into_bytes())
    })
}

/// Answers a call once so; what is asked after that is answered as it should be.
async fn answer((index, status, retry_after, body): Answered, stage: &Stage) {
    let (name, _, _) = OPERATIONS[index];
    let mut canned = Canned::status(status).text("application/json", "").body(body);
    if let Some(text) = retry_after {
        canned = canned.header("Retry-After", &text);
    }
    match name.starts_with("omada") {
        true => stage.world.sandbox.omada().answer_next(canned),
        false => stage.world.sandbox.unifi().answer_next(canned),
    }
    let outcome = timeout(Duration::from_secs(3600), call(name, stage)).await;
    let outcome = outcome.unwrap_or_else(|_| panic!("{name} is not over after an hour"));
    if let Err(failure) = outcome {
        stage.world.assert_no_secret(&failure.shown);
    }
}

/// Each case has a stage of its own runtime, set before a few hundred answers.
fn answer_all(cases: u32, answers: impl Strategy<Value = Answered>) {
    let runtime = runtime();
    let stage = runtime.block_on(Stage::set());
    let mut runner = TestRunner::new(config(cases));
    let outcome = runner.run(&answers, |answered| {
        runtime.block_on(answer(answered, &stage));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn any_bytes_are_an_answer_to_any_call() {
    answer_all(1_500, (0..OPERATIONS.len(), status(), retry_after(), bytes()));
}

#[test]
fn any_values_are_an_answer_of_the_right_shape() {
    answer_all(1_500, mutated().prop_map(|(index, body)| (index, 200, None, body)));
}
