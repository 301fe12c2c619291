use crate::unifi::filter::literal::Literal;
use crate::unifi::filter::pattern::Pattern;

/// What a filter may ask of a property.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) test: Test,
}

/// How a function is answered, from which follows how many arguments it takes.
#[derive(Clone, Copy)]
pub(crate) enum Test {
    /// No argument: whether being absent is what is asked for.
    Absent(bool),
    /// One argument.
    Compare(fn(&Literal, &Literal) -> bool),
    /// One argument or more: whether being among them is what is asked for.
    Among(bool),
}

pub(crate) const IS_NULL: Function = Function { name: "isNull", test: Test::Absent(true) };
pub(crate) const IS_NOT_NULL: Function = Function { name: "isNotNull", test: Test::Absent(false) };
pub(crate) const EQ: Function = compare("eq", |value, argument| value == argument);
pub(crate) const NE: Function = compare("ne", |value, argument| value != argument);
pub(crate) const GT: Function = compare("gt", |value, argument| value > argument);
pub(crate) const GE: Function = compare("ge", |value, argument| value >= argument);
pub(crate) const LT: Function = compare("lt", |value, argument| value < argument);
pub(crate) const LE: Function = compare("le", |value, argument| value <= argument);
pub(crate) const LIKE: Function = compare("like", is_like);
pub(crate) const IN: Function = Function { name: "in", test: Test::Among(true) };
pub(crate) const NOT_IN: Function = Function { name: "notIn", test: Test::Among(false) };

impl Test {
    /// An absent value answers `isNull` and `isNotNull` only: every comparison with it is false,
    /// `ne` and `notIn` too.
    pub(crate) fn holds(self, value: Option<&Literal>, arguments: &[Literal]) -> bool {
        match self {
            Self::Absent(wanted) => value.is_none() == wanted,
            Self::Compare(holds) => {
                value.zip(arguments.first()).is_some_and(|(value, argument)| holds(value, argument))
            }
            Self::Among(wanted) => value.is_some_and(|value| arguments.contains(value) == wanted),
        }
    }
}

const fn compare(name: &'static str, holds: fn(&Literal, &Literal) -> bool) -> Function {
    Function { name, test: Test::Compare(holds) }
}

fn is_like(value: &Literal, pattern: &Literal) -> bool {
    match (value, pattern) {
        (Literal::String(value), Literal::String(pattern)) => Pattern::new(pattern).matches(value),
        _ => false,
    }
}
