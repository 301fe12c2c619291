//! Decides whether a row matches a filter, because some consoles ignore filters.

use serde_json::Value;

use super::literal::Given;
use super::wildcards::is_like;

/// A filter that was read. It is read from its text, so that filters in the vendor's language are checked as well.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Function {
        property: String,
        function: String,
        arguments: Vec<Given>,
    },
    /// It was not understood.
    Unknown,
}

/// A property of a row, as the spec has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// Whether rows may lack it.
    pub(crate) is_optional: bool,
}

/// Which values a condition may have, as the vendor does not document what a missing value makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    is_true: bool,
    is_false: bool,
    is_null: bool,
}

const YES: Verdict = Verdict { is_true: true, is_false: false, is_null: false };
const NO: Verdict = Verdict { is_true: false, is_false: true, is_null: false };
const ANY: Verdict = Verdict { is_true: true, is_false: true, is_null: true };
const NO_OR_NULL: Verdict = Verdict { is_true: false, is_false: true, is_null: true };

impl Verdict {
    /// Whether the row matches, whatever is undocumented.
    pub(crate) fn is_match(self) -> bool {
        self == YES
    }

    /// Whether the row does not match, whatever is undocumented.
    pub(crate) fn is_other(self) -> bool {
        !self.is_true
    }

    fn of(decided: Option<bool>) -> Self {
        match decided {
            Some(true) => YES,
            Some(false) => NO,
            None => Self { is_null: false, ..ANY },
        }
    }

    fn not(self) -> Self {
        Self { is_true: self.is_false, is_false: self.is_true, ..self }
    }

    fn and(self, other: Self) -> Self {
        Self {
            is_true: self.is_true && other.is_true,
            is_false: self.is_false || other.is_false,
            is_null: self.is_null && (other.is_null || other.is_true) || other.is_null && self.is_true,
        }
    }

    fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }
}

impl Condition {
    /// What the condition is for a row, as JSON, of which these properties are known.
    pub(crate) fn verdict(&self, row: &Value, known: &[Known]) -> Verdict {
        match self {
            Self::And(parts) => parts.iter().fold(YES, |all, part| all.and(part.verdict(row, known))),
            Self::Or(parts) => parts.iter().fold(NO, |any, part| any.or(part.verdict(row, known))),
            Self::Not(part) => part.verdict(row, known).not(),
            Self::Function { property, function, arguments } => {
                let known = known.iter().find(|known| known.name == property);
                let value =
                    property.split('.').try_fold(row, |value, name| value.get(name)).filter(|value| !value.is_null());
                match (known, value) {
                    (Some(_), Some(value)) => of_value(function, value, arguments),
                    (Some(known), None) if known.is_optional => of_nothing(function),
                    _ => ANY,
                }
            }
            Self::Unknown => ANY,
        }
    }
}

fn of_nothing(function: &str) -> Verdict {
    match function {
        "isNull" => YES,
        "isNotNull" => NO,
        "eq" | "in" | "gt" | "ge" | "lt" | "le" | "like" => NO_OR_NULL,
        _ => ANY,
    }
}

fn of_value(function: &str, value: &Value, arguments: &[Given]) -> Verdict {
    let one = |decide: fn(&Given, &Value) -> Option<bool>| match arguments {
        [argument] => Verdict::of(decide(argument, value)),
        _ => ANY,
    };
    let is_in = || arguments.iter().fold(NO, |any, argument| any.or(Verdict::of(argument.is(value))));
    match function {
        "isNull" => NO,
        "isNotNull" => YES,
        "eq" => one(Given::is),
        "ne" => one(Given::is).not(),
        "in" => is_in(),
        "notIn" => is_in().not(),
        "gt" => one(|argument, value| argument.is_before(value, false)),
        "le" => one(|argument, value| argument.is_before(value, false)).not(),
        "ge" => one(|argument, value| argument.is_before(value, true)),
        "lt" => one(|argument, value| argument.is_before(value, true)).not(),
        "like" => one(|argument, value| match (argument, value) {
            (Given::Text(pattern), Value::String(text)) => match is_like(pattern, text) {
                // Case was seen to count, but is not documented to.
                false if is_like(&pattern.to_lowercase(), &text.to_lowercase()) => None,
                decided => Some(decided),
            },
            _ => None,
        }),
        _ => ANY,
    }
}
