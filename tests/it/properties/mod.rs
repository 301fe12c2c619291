//! What holds whatever comes: any answers, any filters, any configuration. The fuzz targets in `fuzz/` go further with the same.

mod answers;
mod operations;

#[path = "../../../fuzz/src/filter.rs"]
mod filter;
#[path = "../../../fuzz/src/mutation.rs"]
mod mutation;
#[path = "../../../fuzz/src/settings.rs"]
mod settings;

use std::fs;
use std::path::{Path, PathBuf};

use arbitrary::{Arbitrary, Unstructured};
use hotspot_vouchers_sandbox::filter_matches;
use proptest::prelude::*;
use tokio::runtime::{Builder, Runtime};

/// Where the inputs are with which a fuzz target begins.
fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target)
}

/// Those inputs.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let files = fs::read_dir(folder(target)).expect("seeds");
    let seeds: Vec<_> = files.map(|file| fs::read(file.expect("a file").path()).expect("a file")).collect();
    assert!(!seeds.is_empty(), "{target}");
    seeds
}

/// Virtual time, in which no pause takes long.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime")
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// A filter holds for a voucher exactly where the question does of which it was made.
fn check_filter(bytes: &[u8]) {
    let Ok((values, row, question)) = filter::question(&mut Unstructured::new(bytes)) else { return };
    if question.depth() < 60 {
        let text = values.filter(&question).to_string();
        assert_eq!(filter_matches(&text, &values.shown(&row)), Ok(values.holds(&question, &row)), "{text}");
    }
}

fn check_settings(bytes: &[u8]) {
    if let Ok(settings) = settings::Settings::arbitrary_take_rest(Unstructured::new(bytes)) {
        runtime().block_on(settings::check(&settings));
    }
}

#[test]
fn what_was_found_once_stays_mended() {
    seeds("filters").iter().for_each(|bytes| check_filter(bytes));
    seeds("configuration").iter().for_each(|bytes| check_settings(bytes));
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn filters_mean_what_they_were_built_to_mean(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_filter(&bytes);
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_configuration_makes_a_client_or_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check_settings(&bytes);
    }
}
