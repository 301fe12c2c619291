//! Every row of the table of verdicts, on the smallest surfaces that show it.

use std::collections::BTreeSet;

use crate::report::Report;
use crate::surface;
use xtask_docs::verdict::{Event, Verdict};

/// What happens, its verdict and how it is told; then an old and a new surface between which nothing else happened. In them
/// a bar stands for a new line of the section, and `none` for a surface that was never reviewed.
const ROWS: &str = r#"
FirstSurface minor: there is no reviewed surface yet, so everything is new
    - none
    + value A|type: string
UnreadableSurface major: the reviewed surface has another form, line 1: no section starts with `odd`
    - odd A
    + value A|type: string
Reordered patch: the lines of the surface are arranged differently
    - codes A|One: 1|Two: 2
    + codes A|Two: 2|One: 1

OperationAdded minor: operation a is new
    -
    + operation a|since: 1
OperationRemoved major: operation a is gone
    - operation a|since: 1
    +
OperationMoved major: operation a: the request went from GET /a to GET /b
    - operation a|request: GET /a
    + operation a|request: GET /b
BodyChanged major: operation a: the body went from A to B
    - operation a|body: A
    + operation a|body: B
BodyChanged major: operation a: the body went from nothing to B
    - operation a
    + operation a|body: B
AnswerRetyped major: operation a: the answer went from 200 A to 200 B
    - operation a|answer: 200 A
    + operation a|answer: 200 B
AnswerRetyped major: operation a: the answer went from 200 A to 200 A or 202 B
    - operation a|answer: 200 A
    + operation a|answer: 200 A|answer: 202 B
AnswerStatusChanged patch: operation a: the answer went from 200 A to 201 A
    - operation a|answer: 200 A
    + operation a|answer: 201 A
RequiredParameterAdded major: operation a: the parameter path id is new and required
    - operation a
    + operation a|path id: Id, required
OptionalParameterAdded major: operation a: the parameter query page is new and optional
    - operation a
    + operation a|query page: integer int32, 1..
ParameterRemoved major: operation a: the parameter query page is gone
    - operation a|query page: integer int32
    + operation a
ParameterRetyped major: operation a: the type of the parameter query page went from integer int32 to integer int64
    - operation a|query page: integer int32, 1..
    + operation a|query page: integer int64, 1..
ParameterMadeRequired major: operation a: the parameter query page is now required
    - operation a|query page: integer
    + operation a|query page: integer, required
ParameterMadeOptional major: operation a: the parameter query page is no longer required
    - operation a|query page: integer, required
    + operation a|query page: integer
RangeWidened minor: operation a: the range of the parameter query page went from 1..=10 to 1..
    - operation a|query page: integer, 1..=10
    + operation a|query page: integer, 1..
PermissionChanged patch: operation a: the permission went from View to View or Modify
    - operation a|permission: View
    + operation a|permission: View or Modify
SinceChanged patch: operation a: the first version went from 5.15 to 5.14
    - operation a|since: 5.15
    + operation a|since: 5.14
RepeatChanged minor: operation a: repeating it went from not safe to safe
    - operation a|repeat: not safe
    + operation a|repeat: safe
ErrorListed patch: operation a: the error -1 is now listed
    - operation a
    + operation a|error -1: General
ErrorUnlisted patch: operation a: the error -1 is no longer listed
    - operation a|error -1: General
    + operation a

TypeAdded minor: request A is new
    -
    + request A|b: i32 = `b`, required
TypeRemoved major: codes A is gone
    - codes A|One: 1
    +
TypeTurned major: answer A turned into request A
    - answer A
    + request A
ValueRetyped major: value A: its type went from integer int64 to string date-time
    - value A|type: integer int64
    + value A|type: string date-time

OptionalRequestFieldAdded minor: request A: bC is new and optional
    - request A
    + request A|b_c: Option<i32> = `bC`, 1..
RequiredRequestFieldAdded major: request A: bC is new and required
    - request A
    + request A|b_c: i32 = `bC`, required
AnswerFieldAdded minor: answer A: bC is new
    - answer A
    + answer A|b_c: i32 = `bC`
FieldRemoved major: answer A: bC is gone
    - answer A|b_c: i32 = `bC`
    + answer A
FieldRenamed major: answer A: the field b_c is now called bc
    - answer A|b_c: i32 = `bC`
    + answer A|bc: i32 = `bC`
FieldRewired major: answer A: the field b_c is now `bc` on the wire, not `bC`
    - answer A|b_c: i32 = `bC`
    + answer A|b_c: i32 = `bc`
FieldRetyped major: answer A: the type of b went from i32 to Option<i32>
    - answer A|b: i32 = `b`
    + answer A|b: Option<i32> = `b`
FieldRetyped major: request A: the type of b went from i32 to i64
    - request A|b: i32 = `b`, required, 1..=5
    + request A|b: i64 = `b`, required, 1..=5
FieldMadeRequired major: request A: b is now required
    - request A|b: Option<i32> = `b`
    + request A|b: i32 = `b`, required
FieldMadeOptional major: request A: b is no longer required
    - request A|b: i32 = `b`, required
    + request A|b: Option<i32> = `b`

RangeWidened minor: request A: the range of b went from 6..=10 to 6..=12
    - request A|b: i32 = `b`, required, 6..=10
    + request A|b: i32 = `b`, required, 6..=12
RangeNarrowed major: request A: the length of b went from ..=32 to ..=16
    - request A|b: String = `b`, ..=32 characters
    + request A|b: String = `b`, ..=16 characters
RangeMoved major: request A: the number of items of b went from 1..=3 to 2..=4
    - request A|b: Vec<A> = `b`, 1..=3 items
    + request A|b: Vec<A> = `b`, 2..=4 items
RangeAdded major: request A: the range of b is now limited to 1..=9
    - request A|b: i32 = `b`
    + request A|b: i32 = `b`, 1..=9
RangeRemoved minor: request A: the range of b is no longer limited to 1..=9
    - request A|b: i32 = `b`, 1..=9
    + request A|b: i32 = `b`
UniqueAdded major: request A: the items of b now have to differ
    - request A|b: Vec<A> = `b`
    + request A|b: Vec<A> = `b`, unique
UniqueRemoved minor: request A: the items of b no longer have to differ
    - request A|b: Vec<A> = `b`, unique
    + request A|b: Vec<A> = `b`
TrimmedAdded major: request A: b may no longer begin or end with a space
    - request A|b: String = `b`, required, 1..=64 characters
    + request A|b: String = `b`, required, 1..=64 characters, trimmed
TrimmedRemoved minor: request A: b may now begin and end with a space
    - request A|b: String = `b`, required, 1..=64 characters, trimmed
    + request A|b: String = `b`, required, 1..=64 characters
DefaultChanged minor: request A: the default of b went from 1 to 2
    - request A|b: i32 = `b`, default 1
    + request A|b: i32 = `b`, default 2
DefaultChanged minor: request A: b now has the default 2
    - request A|b: i32 = `b`
    + request A|b: i32 = `b`, default 2
DefaultChanged minor: request A: b no longer has the default 1
    - request A|b: i32 = `b`, default 1
    + request A|b: i32 = `b`
RuleDemandsMore major: request A: where b is 0 or 1, it now requires c
    - request A
    + request A|rule b 0 or 1: requires c
RuleDemandsMore major: request A: where b is 0, it now requires items in c
    - request A|rule b 0: requires c
    + request A|rule b 0: requires c; fills c
RuleDemandsLess minor: request A: where b is 0, it no longer forbids d
    - request A|rule b 0: requires c; forbids d
    + request A|rule b 0: requires c
RuleDemandsLess minor: request A: where b is 0, it no longer requires c
    - request A|rule b 0 or 1: requires c
    + request A|rule b 1: requires c

SetterTookOver major: request A: the setter b is new and writes b
    - request A|b: i32 = `b`
    + request A|b: i32 = `b`|setter b: writes b
SetterChanged major: request A: the setter b writes b, c instead of b
    - request A|setter b: writes b
    + request A|setter b: writes b, c
SetterRemoved major: request A: the setter b is gone
    - request A|setter b: writes b
    + request A

CodeAdded minor: codes A: Two (2) is new
    - codes A|One: 1
    + codes A|One: 1|Two: 2
CodeRemoved major: codes A: Two (2) is gone
    - codes A|One: 1|Two: 2
    + codes A|One: 1
CodeRenumbered major: codes A: One went from "1" to "2"
    - codes A|One: "1"
    + codes A|One: "2"
CodeRenamed major: codes A: One is now called First
    - codes A|One: 1
    + codes A|First: 1
ErrorCodeAdded minor: errors E: Busy (-1) is new
    - errors E
    + errors E|Busy: -1, busy
ErrorCodeRemoved major: errors E: Busy (-1) is gone
    - errors E|Busy: -1, busy
    + errors E
ErrorCodeRenumbered major: errors E: Busy went from -1 to -2
    - errors E|Busy: -1, busy
    + errors E|Busy: -2, busy
FilterAdded minor: filters A: b is new
    - filters A
    + filters A|b: eq ne
FilterRemoved major: filters A: b is gone
    - filters A|b: eq ne
    + filters A
FilterWidened minor: filters A: the functions of b went from eq ne to eq in ne
    - filters A|b: eq ne
    + filters A|b: eq in ne
FilterNarrowed major: filters A: the functions of b went from eq ne to eq in
    - filters A|b: eq ne
    + filters A|b: eq in
ErrorCodeRenamed major: errors E: Busy is now called Full
    - errors E|Busy: a.b, busy
    + errors E|Full: a.b, busy
ErrorClassChanged minor: errors E: the class of Busy went from busy to final
    - errors E|Busy: -1, busy
    + errors E|Busy: -1, final
"#;

/// A setter for new fields comes with them, so it has no row of its own; the others show on pages alone.
const ELSEWHERE: [&str; 6] =
    ["SetterAdded", "UnitChanged", "MeaningChanged", "MistakeMended", "Reworded", "RuleOfNewOnly"];
const NEW_SETTER: [&str; 2] = ["request A", "request A|b: Option<i32> = `b`|setter b: writes b"];

fn report(old: &str, new: &str) -> Result<Report, String> {
    let [old, new] = [old, new].map(|text| text.replace('|', "\n    "));
    surface::report("omada", (old != "none").then_some(&old), &new)
}

#[test]
fn each_change_is_told_with_its_verdict() {
    let lines: Vec<&str> = ROWS.lines().filter(|line| !line.is_empty()).collect();
    let mut seen: BTreeSet<String> = ELSEWHERE.map(str::to_owned).into();
    for row in lines.chunks(3) {
        let (title, words) = row[0].split_once(": ").expect("words");
        let (event, verdict) = title.split_once(' ').expect("a verdict");
        let text = |line: usize, sign: &str| row[line].trim().strip_prefix(sign).expect("a surface").trim();
        let report = report(text(1, "-"), text(2, "+")).expect("surfaces");
        let events: Vec<String> = report.events().iter().map(|event| format!("{event:?}")).collect();
        assert_eq!(events, [event], "{words}");
        let told = report.to_string();
        assert!(told.starts_with(&format!("omada: {words} ({verdict}")), "expected {verdict}: {told}");
        seen.insert(event.to_owned());
    }
    for event in Event::ALL {
        assert!(seen.contains(&format!("{event:?}")), "{event:?} has no row");
    }
}

#[test]
fn a_setter_for_new_fields_breaks_nobody() {
    let [old, new] = NEW_SETTER;
    let report = report(old, new).expect("surfaces");
    assert_eq!(report.events(), [Event::OptionalRequestFieldAdded, Event::SetterAdded]);
    assert_eq!(report.verdict(), Verdict::Minor);
}

#[test]
fn the_reason_stands_behind_the_verdict() {
    let report = report("request A|b: i32 = `bC`, required, 6..=10", "request A|b: i32 = `bC`, required, 6..=12");
    let expected = "omada: request A: the range of bC went from 6..=10 to 6..=12 (minor: wider)\n";
    assert_eq!(report.expect("surfaces").to_string(), expected);
}

#[test]
fn unknown_words_of_a_surface_are_errors() {
    let refused = |text| report("none", text).map(|report| report.to_string()).unwrap_err();
    let backticks = "the surface of omada, line 2: a field gives its type, and its name on the wire in backticks";
    assert_eq!(refused("request A|b: i32"), backticks);
    assert_eq!(refused("operation a|mood: good"), "the surface of omada, line 2: an operation has no `mood`");
    assert_eq!(refused("value A|type"), "the surface of omada, line 2: `type` has no colon");
    assert_eq!(refused("|type: string"), "the surface of omada, line 2: a line before any section");
}
