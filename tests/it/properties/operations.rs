//! The fuzz targets know every operation, and begin with an answer to each.

use super::{folder, mutation, seeds};
use crate::readme::{TABLES, documents};
use crate::spec::passes::schema::operations;

#[test]
fn every_operation_is_fuzzed() {
    let answers = mutation::answers(&folder("answers"));
    let generated =
        [include_str!(concat!(env!("OUT_DIR"), "/omada.rs")), include_str!(concat!(env!("OUT_DIR"), "/unifi.rs"))];
    for ((vendor, specs, _, _), generated) in TABLES.into_iter().zip(generated) {
        let documents = documents(vendor, specs);
        let (_, readers) = generated.split_once("const READERS").expect("a table of readers");
        // However its lines are broken.
        let readers: String = readers.split_whitespace().collect();
        for (_, _, _, operation) in documents.iter().flat_map(|document| operations(&document.json)) {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(readers.contains(&format!("(\"{id}\",|answer|")), "{id} has no reader");
            let head = format!("{vendor}/{id} ");
            assert!(answers.iter().any(|(line, _)| line.starts_with(&head)), "{head}has no answer in fuzz/seeds");
        }
    }
}

#[test]
fn the_seeds_are_small() {
    let mut bytes = 0;
    for target in ["answers", "values", "filters", "configuration", "pages"] {
        bytes += seeds(target).iter().map(Vec::len).sum::<usize>();
    }
    assert!(bytes < 300 * 1024, "{bytes} bytes");
}
