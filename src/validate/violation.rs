//! What is wrong with a request.

use std::fmt;

/// Every rule that a request breaks; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(pub(super) Vec<Violation>);

impl Violations {
    /// One violation, of a value that is no request's field.
    pub(crate) fn one(path: &str, problem: Problem) -> Self {
        Self(vec![Violation { path: path.to_owned(), problem }])
    }

    /// What two checks answer together, or all that is wrong with both.
    pub(crate) fn both<A, B>(one: Result<A, Self>, other: Result<B, Self>) -> Result<(A, B), Self> {
        match (one, other) {
            (Ok(one), Ok(other)) => Ok((one, other)),
            (Err(Self(mut found)), Err(Self(more))) => {
                found.extend(more);
                Err(Self(found))
            }
            (Err(found), Ok(_)) | (Ok(_), Err(found)) => Err(found),
        }
    }

    /// The violations, in the order of the fields and then of the rules across fields.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }

    /// How many there are.
    #[allow(clippy::len_without_is_empty, reason = "there is always at least one")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The field, as the wire spells it, from the outermost object on: `rateLimit.customRateLimit.downLimit`.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, problem } = self;
        match problem {
            Problem::Range { value, bounds } => write!(f, "`{path}` is {value}, outside {bounds}"),
            Problem::Length { characters: 1, bounds } => write!(f, "`{path}` has 1 character, outside {bounds}"),
            Problem::Length { characters, bounds } => {
                write!(f, "`{path}` has {characters} characters, outside {bounds}")
            }
            Problem::Items { items: 1, bounds } => write!(f, "`{path}` has 1 item, outside {bounds}"),
            Problem::Items { items, bounds } => write!(f, "`{path}` has {items} items, outside {bounds}"),
            Problem::Repeated { value } => write!(f, "`{path}` holds {value} more than once"),
            Problem::Undocumented { value, documented } => write!(f, "`{path}` is {value}, not one of {documented}"),
            Problem::Missing { because: Some(because) } => write!(f, "`{path}` is missing: {because}"),
            Problem::Missing { because: None } => write!(f, "`{path}` is missing"),
            Problem::Forgotten { advice } => write!(f, "`{path}` is missing: {advice}"),
            Problem::Forbidden { because } => write!(f, "`{path}` has to be left out: {because}"),
            Problem::Empty { because: Some(because) } => write!(f, "`{path}` is empty: {because}"),
            Problem::Empty { because: None } => write!(f, "`{path}` has no values: give at least one"),
            Problem::Late { value, end: Because { path: end, value: ends } } => {
                write!(f, "`{path}` is {value}, after `{end}`, which is {ends}")
            }
            Problem::Unusable { value: Some(value), expected } => write!(f, "`{path}` is {value:?}, not {expected}"),
            Problem::Unusable { value: None, expected } => write!(f, "`{path}` is not {expected}"),
            Problem::Failed { why } => write!(f, "`{path}` cannot be used: {why}"),
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A number outside of its range.
    Range {
        /// The number.
        value: i64,
        /// The range.
        bounds: Bounds,
    },
    /// A text that is too short or too long.
    Length {
        /// How many Unicode characters it has.
        characters: usize,
        /// How many it may have.
        bounds: Bounds,
    },
    /// A list with too few or too many items.
    Items {
        /// How many items it has.
        items: usize,
        /// How many it may have.
        bounds: Bounds,
    },
    /// A list that holds an item more than once.
    Repeated {
        /// The item.
        value: String,
    },
    /// A code that the vendor does not document.
    Undocumented {
        /// The code.
        value: String,
        /// The codes that it documents.
        documented: String,
    },
    /// A field that has to be there.
    Missing {
        /// The value of another field that demands it; nothing where it is always demanded.
        because: Option<Because>,
    },
    /// A setting of a client that was not given.
    Forgotten {
        /// Where to find it.
        advice: &'static str,
    },
    /// A field that must not be there.
    Forbidden {
        /// The value of another field that forbids it.
        because: Because,
    },
    /// A list that has to hold items.
    Empty {
        /// The value of another field that demands them; nothing where they are always demanded.
        because: Option<Because>,
    },
    /// The start of a period, which is after its end.
    Late {
        /// The start.
        value: String,
        /// The end.
        end: Because,
    },
    /// A value that cannot be used where it goes.
    Unusable {
        /// The value; nothing where it is secret.
        value: Option<String>,
        /// What would do.
        expected: &'static str,
    },
    /// A setting with which nothing can be set up.
    Failed {
        /// What came of it, and what to do about that.
        why: String,
    },
}

/// The range of a number, or of a length or a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// The smallest value, where there is one.
    pub min: Option<i64>,
    /// The largest value, where there is one.
    pub max: Option<i64>,
}

impl Bounds {
    /// Whether the length of a text is within the bounds, however many bytes its characters take; of most texts this needs no
    /// counting.
    #[inline]
    pub(super) fn surely_hold(self, text: &str) -> bool {
        const LONGEST_CHARACTER_BYTES: usize = 4;
        let at_least = i64::try_from(text.len().div_ceil(LONGEST_CHARACTER_BYTES)).unwrap_or(i64::MAX);
        let at_most = i64::try_from(text.len()).unwrap_or(i64::MAX);
        self.min.is_none_or(|min| min <= at_least) && self.max.is_none_or(|max| at_most <= max)
    }

    #[inline]
    pub(super) fn hold(self, value: i64) -> bool {
        self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max)
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(min) = self.min {
            write!(f, "{min}")?;
        }
        write!(f, "..")?;
        match self.max {
            Some(max) => write!(f, "={max}"),
            None => Ok(()),
        }
    }
}

/// The value of one field that demands something of another, or that another is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Because {
    /// The field, as the wire spells it.
    pub path: String,
    /// Its value.
    pub value: String,
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is {}", self.path, self.value)
    }
}
