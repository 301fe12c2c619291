//! Filters: what is printed is read by the sandbox's own parser, and means what it was built to mean.

#![no_main]

use arbitrary::Unstructured;
use hotspot_vouchers_fuzz::filter::question;
use hotspot_vouchers_sandbox::filter_matches;
use libfuzzer_sys::fuzz_target;

/// The parser of the sandbox refuses what is nested more deeply than 64.
const DEEPEST: usize = 60;

fuzz_target!(|input: &[u8]| {
    let Ok((values, row, question)) = question(&mut Unstructured::new(input)) else { return };
    if question.depth() > DEEPEST {
        return;
    }
    let text = values.filter(&question).to_string();
    assert_eq!(filter_matches(&text, &values.shown(&row)), Ok(values.holds(&question, &row)), "{text}");
});
