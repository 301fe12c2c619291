//! Any bytes as a page of a vendor's.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use hotspot_vouchers_fuzz::page::check;
use libfuzzer_sys::fuzz_target;
use xtask_docs::Repository;

static REPOSITORY: LazyLock<Repository> =
    LazyLock::new(|| Repository::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).expect("the specs"));

fuzz_target!(|page: &[u8]| check(&REPOSITORY, page));
