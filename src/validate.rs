//! Checks of requests against what the vendors document, before anything is sent.

mod violation;

use std::fmt;

use crate::wire_enum::WireEnum;

pub use self::violation::{Because, Bounds, Problem, Violation, Violations};

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

/// Collects what is wrong with a request. It costs no allocation while nothing is, and next to no time.
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
    #[inline]
    pub fn range(&mut self, field: &'static str, value: Option<i64>, min: Option<i64>, max: Option<i64>) {
        let bounds = Bounds { min, max };
        if let Some(value) = value.filter(|value| !bounds.hold(*value)) {
            self.report(field, Problem::Range { value, bounds });
        }
    }

    /// Checks the length of a text, in Unicode characters.
    #[inline]
    pub fn length(&mut self, field: &'static str, value: Option<&str>, min: Option<i64>, max: Option<i64>) {
        let bounds = Bounds { min, max };
        if let Some(value) = value.filter(|value| !bounds.surely_hold(value))
            && let characters = value.chars().count()
            && !bounds.hold(saturate(characters))
        {
            self.report(field, Problem::Length { characters, bounds });
        }
    }

    /// Checks that a text has no space at its ends.
    #[inline]
    pub fn trimmed(&mut self, field: &'static str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| value.starts_with(' ') || value.ends_with(' ')) {
            let expected = "a text that neither begins nor ends with a space";
            self.report(field, Problem::Unusable { value: Some(value.to_owned()), expected });
        }
    }

    /// Checks how many items a list has.
    #[inline]
    pub fn items<T>(&mut self, field: &'static str, value: Option<&[T]>, min: Option<i64>, max: Option<i64>) {
        let bounds = Bounds { min, max };
        if let Some(items) = value.map(<[T]>::len)
            && !bounds.hold(saturate(items))
        {
            self.report(field, Problem::Items { items, bounds });
        }
    }

    /// Checks that a list holds nothing twice.
    #[inline]
    pub fn unique<T: PartialEq + fmt::Display>(&mut self, field: &'static str, value: Option<&[T]>) {
        let items = value.unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let before = &items[..index];
            let is_second = || before.iter().filter(|other| *other == item).count() == 1;
            if before.contains(item) && is_second() {
                self.report(field, Problem::Repeated { value: item.to_string() });
            }
        }
    }

    /// Checks that a code is documented.
    #[inline]
    pub fn code<T: WireEnum>(&mut self, field: &'static str, value: Option<&T>) {
        if let Some(value) = value.filter(|value| !value.is_documented()) {
            let documented = T::documented();
            self.report(field, Problem::Undocumented { value: value.to_string(), documented });
        }
    }

    /// Checks that all codes of a list are documented.
    #[inline]
    pub fn codes<T: WireEnum>(&mut self, field: &'static str, values: Option<&[T]>) {
        values.unwrap_or_default().iter().for_each(|value| self.code(field, Some(value)));
    }

    /// Checks an object within the request.
    #[inline]
    pub fn nested<T: Validate>(&mut self, field: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            value.check(&mut Validator { at: Some(&Step { field, outer: self.at }), found: self.found });
        }
    }

    /// Reports a field that is not there, although the value of another demands it.
    #[inline]
    pub fn require(&mut self, field: &'static str, is_there: bool, governor: &'static str, value: &dyn fmt::Display) {
        if !is_there {
            let because = Some(self.because(governor, value));
            self.report(field, Problem::Missing { because });
        }
    }

    /// Reports a field that is there, although the value of another forbids it.
    #[inline]
    pub fn forbid(&mut self, field: &'static str, is_there: bool, governor: &'static str, value: &dyn fmt::Display) {
        if is_there {
            let because = self.because(governor, value);
            self.report(field, Problem::Forbidden { because });
        }
    }

    /// Reports a list without items, although the value of another field demands some.
    #[inline]
    pub fn fill<T>(
        &mut self,
        field: &'static str,
        items: Option<&[T]>,
        governor: &'static str,
        value: &dyn fmt::Display,
    ) {
        if items.is_some_and(<[T]>::is_empty) {
            let because = Some(self.because(governor, value));
            self.report(field, Problem::Empty { because });
        }
    }

    #[cold]
    fn because(&self, governor: &'static str, value: &dyn fmt::Display) -> Because {
        Because { path: self.path(governor), value: value.to_string() }
    }

    #[cold]
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
