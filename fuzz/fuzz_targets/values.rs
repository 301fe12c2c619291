//! Answers of the right shape with other values in them. What is secret in them is shown nowhere.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};
use hotspot_vouchers_fuzz::answer::{CODE, Head};
use hotspot_vouchers_fuzz::mutation::{answers, mutate};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

static ANSWERS: LazyLock<Vec<(String, Value)>> =
    LazyLock::new(|| answers(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/answers")));

fuzz_target!(|input: &[u8]| {
    let _ = run(&mut Unstructured::new(input));
});

fn run(bytes: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let (head, answer) = bytes.choose(&ANSWERS)?;
    let mut answer = answer.clone();
    for _ in 0..bytes.int_in_range(0..=8)? {
        mutate(&mut answer, bytes)?;
    }
    let mut head = Head::parse(head);
    if bytes.ratio(1, 16)? {
        head.status = u16::arbitrary(bytes)?;
    }
    // Written by hand, a refusal may have any words; here the code stands only where codes stand.
    let is_success = (200..300).contains(&head.status);
    let outcome = head.read(answer.to_string());
    assert!(!is_success || !outcome.shown.contains(CODE), "it shows a code: {}", outcome.shown);
    Ok(())
}
