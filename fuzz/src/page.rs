//! What has to hold of a page of a vendor's, whatever it is.

use xtask_docs::{Examination, Repository};

/// No message has to be longer than this to say what is wrong, however long the page is.
const LONGEST: usize = 600;

/// With more differences than this, typing them takes longer than a fuzz target should.
const MOST: usize = 12;

/// Reads bytes as a page: they have facts, or an error with a line. What is mechanical is typed, and then is no difference.
pub fn check(repository: &Repository, bytes: &[u8]) {
    let found = repository.examine_page("page", bytes);
    assert_eq!(found.pages + found.unreadable.len(), 1, "neither read nor refused");
    let last = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for (_, error) in &found.unreadable {
        assert!((1..=last).contains(&error.line), "line {} of {last}: {}", error.line, error.message);
        assert!(error.message.len() < LONGEST, "{}", error.message);
        assert!(!error.message.contains('\n'), "{}", error.message);
    }
    for difference in &found.differences {
        let line = difference.seen.rsplit(':').next().and_then(|line| line.parse().ok());
        assert!(line.is_some_and(|line| (1..=last).contains(&line)), "{} of {last}", difference.seen);
    }
    let _ = repository.report(&found).to_string();
    let _ = xtask_docs::json(&found).to_string();
    if found.differences.len() <= MOST {
        type_and_read_again(repository, &found, bytes);
    }
}

fn type_and_read_again(repository: &Repository, found: &Examination, bytes: &[u8]) {
    let written = repository.typed(found);
    assert_eq!(written.done.len() + written.left.len(), found.differences.len());
    if written.done.is_empty() {
        return;
    }
    let again = repository.with(&written).expect("the specs stay specs").examine_page("page", bytes);
    for done in &written.done {
        let is_same = |other: &&xtask_docs::Difference| {
            (&other.operation, &other.place, other.attribute) == (&done.operation, &done.place, done.attribute)
                && other.page == done.page
        };
        assert_eq!(
            again.differences.iter().find(is_same).map(|other| &other.at),
            None,
            "typed, and still told: {done:?}"
        );
    }
    // Nothing that nobody told is there.
    for new in &again.differences {
        let is_told = found.differences.iter().any(|old| (&old.operation, &old.place) == (&new.operation, &new.place));
        assert!(is_told, "typing made a difference: {new:?}");
    }
}
