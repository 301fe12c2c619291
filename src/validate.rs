//! Checks of requests against what the vendors document, before anything is sent.

use std::fmt;

use crate::wire_enum::WireEnum;

/// A request that knows the vendor's rules for it.
pub trait Validate {
    /// Reports every rule that the request breaks.
    fn check(&self, found: &mut Validator<'_>);
}

/// Checks a request, and lists every rule that it breaks.
pub fn validate(request: &impl Validate) -> Result<(), Violations> {
    let mut violations = Vec::new();
    request.check(&mut Validator { at: None, found: &mut violations });
    match violations.is_empty() {
        true => Ok(()),
        false => Err(Violations(violations)),
    }
}

/// Every rule that a request breaks; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// One violation, of a value that is no request's field.
    pub(crate) fn one(path: &str, problem: Problem) -> Self {
        Self(vec![Violation { path: path.to_owned(), problem }])
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
            Problem::Forbidden { because } => write!(f, "`{path}` has to be left out: {because}"),
            Problem::Empty { because } => write!(f, "`{path}` is empty: {because}"),
            Problem::Unusable { value: Some(value), expected } => write!(f, "`{path}` is {value:?}, not {expected}"),
            Problem::Unusable { value: None, expected } => write!(f, "`{path}` is not {expected}"),
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
    /// A field that must not be there.
    Forbidden {
        /// The value of another field that forbids it.
        because: Because,
    },
    /// A list that has to hold items.
    Empty {
        /// The value of another field that demands them.
        because: Because,
    },
    /// A value that cannot be used where it goes.
    Unusable {
        /// The value; nothing where it is secret.
        value: Option<String>,
        /// What would do.
        expected: &'static str,
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
    fn hold(self, value: i64) -> bool {
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

/// The value of one field that demands something of another.
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

/// Collects what is wrong with a request. It costs no allocation while nothing is.
pub struct Validator<'a> {
    at: Option<&'a Step<'a>>,
    found: &'a mut Vec<Violation>,
}

/// One step of the path to the field that is being checked.
struct Step<'a> {
    field: &'static str,
    outer: Option<&'a Step<'a>>,
}

impl Validator<'_> {
    /// Checks a number.
    pub fn range(&mut self, field: &'static str, value: Option<i64>, min: Option<i64>, max: Option<i64>) {
        let bounds = Bounds { min, max };
        if let Some(value) = value.filter(|value| !bounds.hold(*value)) {
            self.report(field, Problem::Range { value, bounds });
        }
    }

    /// Checks the length of a text, in Unicode characters.
    pub fn length(&mut self, field: &'static str, value: Option<&str>, min: Option<i64>, max: Option<i64>) {
        let bounds = Bounds { min, max };
        if let Some(characters) = value.map(|value| value.chars().count())
            && !bounds.hold(saturate(characters))
        {
            self.report(field, Problem::Length { characters, bounds });
        }
    }

    /// Checks how many items a list has.
    pub fn items<T>(&mut self, field: &'static str, value: Option<&[T]>, min: Option<i64>, max: Option<i64>) {
        let bounds = Bounds { min, max };
        if let Some(items) = value.map(<[T]>::len)
            && !bounds.hold(saturate(items))
        {
            self.report(field, Problem::Items { items, bounds });
        }
    }

    /// Checks that a list holds nothing twice.
    pub fn unique<T: PartialEq + fmt::Display>(&mut self, field: &'static str, value: Option<&[T]>) {
        let items = value.unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let is_second = items[..index].iter().filter(|other| *other == item).count() == 1;
            if is_second {
                self.report(field, Problem::Repeated { value: item.to_string() });
            }
        }
    }

    /// Checks that a code is documented.
    pub fn code<T: WireEnum>(&mut self, field: &'static str, value: Option<&T>) {
        if let Some(value) = value.filter(|value| !value.is_documented()) {
            let documented = T::documented();
            self.report(field, Problem::Undocumented { value: value.to_string(), documented });
        }
    }

    /// Checks that all codes of a list are documented.
    pub fn codes<T: WireEnum>(&mut self, field: &'static str, values: Option<&[T]>) {
        values.unwrap_or_default().iter().for_each(|value| self.code(field, Some(value)));
    }

    /// Checks an object within the request.
    pub fn nested<T: Validate>(&mut self, field: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            value.check(&mut Validator { at: Some(&Step { field, outer: self.at }), found: self.found });
        }
    }

    /// Reports a field that is not there, although the value of another demands it.
    pub fn require(&mut self, field: &'static str, is_there: bool, governor: &'static str, value: &dyn fmt::Display) {
        if !is_there {
            let because = Some(self.because(governor, value));
            self.report(field, Problem::Missing { because });
        }
    }

    /// Reports a field that is there, although the value of another forbids it.
    pub fn forbid(&mut self, field: &'static str, is_there: bool, governor: &'static str, value: &dyn fmt::Display) {
        if is_there {
            let because = self.because(governor, value);
            self.report(field, Problem::Forbidden { because });
        }
    }

    /// Reports a list without items, although the value of another field demands some.
    pub fn fill<T>(
        &mut self,
        field: &'static str,
        items: Option<&[T]>,
        governor: &'static str,
        value: &dyn fmt::Display,
    ) {
        if items.is_some_and(<[T]>::is_empty) {
            let because = self.because(governor, value);
            self.report(field, Problem::Empty { because });
        }
    }

    fn because(&self, governor: &'static str, value: &dyn fmt::Display) -> Because {
        Because { path: self.path(governor), value: value.to_string() }
    }

    fn report(&mut self, field: &'static str, problem: Problem) {
        let path = self.path(field);
        self.found.push(Violation { path, problem });
    }

    fn path(&self, field: &'static str) -> String {
        let mut steps = vec![field];
        let mut at = self.at;
        while let Some(step) = at {
            steps.push(step.field);
            at = step.outer;
        }
        steps.reverse();
        steps.join(".")
    }
}

fn saturate(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
