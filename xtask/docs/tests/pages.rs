//! What holds of any page, on those with which the fuzz target begins.

#[path = "../../../fuzz/src/page.rs"]
mod page;

use std::fs;
use std::path::Path;

use xtask_docs::Repository;

#[test]
fn what_was_found_once_stays_mended() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let repository = Repository::open(&root).expect("the specs");
    let mut operations = 0;
    for entry in fs::read_dir(root.join("fuzz/seeds/pages")).expect("seeds") {
        let seed = fs::read(entry.expect("an entry").path()).expect("a seed");
        page::check(&repository, &seed);
        operations += repository.examine_page("page", &seed).operations;
    }
    assert!(operations >= 8, "the seeds have {operations} operations");
}
