//! What a maintainer runs after a change of a spec.

use std::fs;
use std::path::PathBuf;

use crate::blocking;
use crate::cargo::{Snapshots, root, test};
use crate::docs::tell_unconfirmed;
use crate::files::Files;
use crate::library::Library;
use crate::report::Report;
use crate::schemas;
use crate::snapshot::{self, Reviewed};
use crate::surface;
use xtask_docs::verdict::Verdict;

const VENDORS: [&str; 2] = ["omada", "unifi"];
const README: &str = "spec/README.md";

/// All snapshots are in one program of tests, with the test of the tables of `README.md`. The rest is left to CI.
const TEST: &str = "cargo test --workspace --test it --no-fail-fast -- readme::";

/// Writes the blocking wrappers.
pub fn blocking() -> Result<(), String> {
    let root = root()?;
    blocking::files(&root)?.write(&root)
}

/// Tells what changed, and refreshes the blocking wrappers, the schemas and the snapshots.
pub fn refresh() -> Result<(), String> {
    if let Some((file, text)) = stale_readme()? {
        fs::write(file, text).map_err(|error| format!("{README}: {error}"))?;
    }
    // After a change of a method the library does not compile without them.
    blocking()?;
    let root = root()?;
    let told = tell(Reviewed::Committed)?;
    told.schemas.write(&root)?;
    let outcome = test(&tests()?, Snapshots::Refresh);
    // The tests have scrolled it away.
    if !told.is_fresh {
        println!("\n{}", told.words);
    }
    tell_unconfirmed(&root)?;
    outcome.map_err(|error| format!("everything is refreshed, and what the tests say above is left to you: {error}"))
}

/// The command that runs every test which has a snapshot.
fn tests() -> Result<String, String> {
    let modules = snapshot::modules(&root()?)?;
    Ok(modules.iter().fold(TEST.to_owned(), |line, module| format!("{line} {module}::")))
}

/// The file with the table of the vendors' mistakes, and how it has to be where it is not so.
fn stale_readme() -> Result<Option<(PathBuf, String)>, String> {
    let root = root()?;
    let read = |name: &str| fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: {error}"));
    let old = read(README)?;
    let new = xtask_docs::readme(&old, &read("spec/mistakes.yaml")?)?;
    Ok((new != old).then(|| (root.join(README), new)))
}

/// Tells what changed; where anything is stale, that is the error.
pub fn check() -> Result<(), String> {
    compare()?;
    tell_unconfirmed(&root()?)?;
    test(&tests()?, Snapshots::Keep).map_err(|error| format!("snapshots are stale, or other tests fail: {error}"))
}

/// Names and words that were made up and that nobody confirmed are an error before a change is merged. They are none before,
/// so that a page's facts can be typed, built and tried at once.
pub fn confirmed() -> Result<(), String> {
    match tell_unconfirmed(&root()?)? {
        0 => Ok(()),
        count => {
            Err(format!("{count} descriptions are still to be written; the names beside them were made up as well"))
        }
    }
}

/// Tells what changed in the surfaces; a change is an error.
pub fn compare() -> Result<(), String> {
    let root = root()?;
    let mut stale = blocking::files(&root)?.stale(&root)?;
    if !stale.is_empty() {
        // The library may not compile with them.
        return Err(format!("{} differ from the async methods: run `cargo xtask regen`", stale.join(", ")));
    }
    let told = tell(Reviewed::Present)?;
    stale.extend(told.schemas.stale(&root)?);
    stale.extend(stale_readme()?.map(|_| README.to_owned()));
    match (told.is_fresh, stale.as_slice()) {
        (true, []) => Ok(()),
        (true, _) => Err(format!("{} differ from the specs: run `cargo xtask regen`", stale.join(", "))),
        (false, _) => {
            Err("the reviewed surfaces are stale: run `cargo xtask regen` and review the snapshots".to_owned())
        }
    }
}

/// What was told of the surfaces, and what the schemas have to be.
struct Told {
    words: String,
    is_fresh: bool,
    schemas: Files,
}

/// Builds the library, and prints what changed in its surfaces.
fn tell(against: Reviewed) -> Result<Told, String> {
    let (library, root) = (Library::build()?, root()?);
    let mut reports = Vec::new();
    for vendor in VENDORS {
        reports.push(surface::report(vendor, against.surface(&root, vendor)?.as_deref(), &library.surface(vendor)?)?);
    }
    let schemas = schemas::files(&library, &VENDORS)?;
    let told = Told { words: words(&reports), is_fresh: reports.iter().all(Report::is_empty), schemas };
    println!("{}", told.words);
    match library.compiles {
        true => Ok(told),
        false => Err("the library or its tests do not compile with this surface; the errors are above".to_owned()),
    }
}

/// The changes line by line, and the verdict of them all.
fn words(reports: &[Report]) -> String {
    let verdict = reports.iter().map(Report::verdict).max().unwrap_or(Verdict::None);
    let changes: String = reports.iter().map(Report::to_string).collect();
    format!("{changes}verdict: {verdict}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(omada: [&str; 2], unifi: [Option<&str>; 2]) -> String {
        let reports = [
            surface::report("omada", Some(omada[0]), omada[1]).unwrap(),
            surface::report("unifi", unifi[0], unifi[1].unwrap_or_default()).unwrap(),
        ];
        words(&reports)
    }

    #[test]
    fn nothing_changed() {
        assert_eq!(told(["value A\n    type: string \n"; 2], [Some(""), None]), "verdict: none");
    }

    #[test]
    fn the_gravest_verdict_is_the_one_for_the_whole() {
        let omada = ["codes A\n    One: 1\n", "codes A\n    One: 2\n"];
        let expected = "\
omada: codes A: One went from 1 to 2 (major: another value on the wire)
unifi: there is no reviewed surface yet, so everything is new (minor: nothing was reviewed before)
verdict: major";
        assert_eq!(told(omada, [None, Some("value A\n    type: string uuid\n")]), expected);
    }
}
