//! What `spec/README.md` tells of pages: the verdicts and the attributes, as they are.

use std::fmt::Write as _;

use crate::fact::Attribute;
use crate::verdict::Event;

/// Each kind of change of a page, in the words of the README.
const CHANGES: &[(&str, Event)] = &[
    ("an operation is new", Event::OperationAdded),
    ("an operation is gone", Event::OperationRemoved),
    ("an operation has another method or path", Event::OperationMoved),
    ("an operation takes another body, or one at all", Event::BodyChanged),
    ("an operation answers another type", Event::AnswerRetyped),
    ("success has another status", Event::AnswerStatusChanged),
    ("a required parameter is new", Event::RequiredParameterAdded),
    ("an optional parameter is new", Event::OptionalParameterAdded),
    ("a parameter is gone", Event::ParameterRemoved),
    ("a parameter has another type", Event::ParameterRetyped),
    ("a parameter became required", Event::ParameterMadeRequired),
    ("a parameter became optional", Event::ParameterMadeOptional),
    ("an optional field of a request is new", Event::OptionalRequestFieldAdded),
    ("a required field of a request is new", Event::RequiredRequestFieldAdded),
    ("a field of an answer is new", Event::AnswerFieldAdded),
    ("a field is gone", Event::FieldRemoved),
    ("a field has another name", Event::FieldRewired),
    ("a field has another type", Event::FieldRetyped),
    ("a field became required", Event::FieldMadeRequired),
    ("a field became optional", Event::FieldMadeOptional),
    ("a range or a length became wider", Event::RangeWidened),
    ("a range or a length became narrower", Event::RangeNarrowed),
    ("one end of a range or a length is new", Event::RangeAdded),
    ("one end of a range or a length is gone", Event::RangeRemoved),
    ("the items of a list now have to differ", Event::UniqueAdded),
    ("the items of a list no longer have to differ", Event::UniqueRemoved),
    ("a default is another", Event::DefaultChanged),
    ("a condition is new", Event::RuleDemandsMore),
    ("a condition is new, and holds for a new value or against a new field alone", Event::RuleOfNewOnly),
    ("a condition is gone", Event::RuleDemandsLess),
    ("a value of a code is new", Event::CodeAdded),
    ("a value of a code is gone", Event::CodeRemoved),
    ("a value of a code means something else", Event::MeaningChanged),
    ("a number has another unit", Event::UnitChanged),
    ("a property can be filtered", Event::FilterAdded),
    ("a property can no longer be filtered", Event::FilterRemoved),
    ("a property has more functions to filter by", Event::FilterWidened),
    ("a property lacks a function to filter by", Event::FilterNarrowed),
    ("an operation lists an error code that no other does", Event::ErrorCodeAdded),
    ("an operation lists an error code that others do", Event::ErrorListed),
    ("an operation no longer lists an error code", Event::ErrorUnlisted),
    ("an operation asks for other permissions", Event::PermissionChanged),
    ("a known mistake is mended", Event::MistakeMended),
    ("a description is worded otherwise", Event::Reworded),
];

fn readme() -> String {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/README.md");
    std::fs::read_to_string(file).expect("the README")
}

#[test]
fn the_readme_tells_the_verdicts() {
    let mut table = "| the page | verdict | why |\n|---|---|---|\n".to_owned();
    for (words, event) in CHANGES {
        let (verdict, reason) = event.verdict();
        writeln!(table, "| {words} | {verdict} | {reason} |").expect("a text");
    }
    assert!(readme().contains(&table), "{table}");
}

#[test]
fn the_readme_tells_the_attributes() {
    let mut table = "| attribute | what it is about |\n|---|---|\n".to_owned();
    for attribute in Attribute::ALL {
        writeln!(table, "| `{attribute}` | {} |", attribute.words()).expect("a text");
    }
    assert!(readme().contains(&table), "{table}");
}
