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
    /// On a set: no argument, one argument, or one and more. No row of the sandbox has a set, so no row is matched.
    OfSet(Arguments),
}

/// How many arguments a function takes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Arguments {
    None,
    One,
    OneAndMore,
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

pub(crate) const IS_EMPTY: Function = of_set("isEmpty", Arguments::None);
pub(crate) const CONTAINS: Function = of_set("contains", Arguments::One);
pub(crate) const CONTAINS_ANY: Function = of_set("containsAny", Arguments::OneAndMore);
pub(crate) const CONTAINS_ALL: Function = of_set("containsAll", Arguments::OneAndMore);
pub(crate) const CONTAINS_EXACTLY: Function = of_set("containsExactly", Arguments::OneAndMore);

impl Test {
    pub(crate) fn arguments(self) -> Arguments {
        match self {
            Self::Absent(_) => Arguments::None,
            Self::Compare(_) => Arguments::One,
            Self::Among(_) => Arguments::OneAndMore,
            Self::OfSet(arguments) => arguments,
        }
    }

    /// An absent value answers `isNull` and `isNotNull` only: every comparison with it is false,
    /// `ne` and `notIn` too.
    pub(crate) fn holds(self, value: Option<&Literal>, arguments: &[Literal]) -> bool {
        match self {
            Self::Absent(wanted) => value.is_none() == wanted,
            Self::Compare(holds) => {
                value.zip(arguments.first()).is_some_and(|(value, argument)| holds(value, argument))
            }
            Self::Among(wanted) => value.is_some_and(|value| arguments.contains(value) == wanted),
            Self::OfSet(_) => false,
        }
    }
}

const fn compare(name: &'static str, holds: fn(&Literal, &Literal) -> bool) -> Function {
    Function { name, test: Test::Compare(holds) }
}

const fn of_set(name: &'static str, arguments: Arguments) -> Function {
    Function { name, test: Test::OfSet(arguments) }
}

fn is_like(value: &Literal, pattern: &Literal) -> bool {
    match (value, pattern) {
        (Literal::String(value), Literal::String(pattern)) => Pattern::new(pattern).matches(value),
        _ => false,
    }
}
