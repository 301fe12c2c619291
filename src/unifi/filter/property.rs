//! The properties of rows, and the functions on them.

use std::marker::PhantomData;

use super::Filter;
use super::functions::{Listed, Nullable, Ordered, Patterned};
use super::literal::Operand;
use super::pattern::Pattern;
use crate::validate::{Problem, Violations};

type Of<R, V, F> = PhantomData<fn() -> (R, V, F)>;

/// A property of the rows `R` that is compared with values `V`, and has the functions `F`.
#[derive(Debug, Clone, Copy)]
pub struct Property<R, V, F> {
    name: &'static str,
    of: Of<R, V, F>,
}

impl<R, V, F> Property<R, V, F> {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, of: PhantomData }
    }

    /// The rows in which the property has this value.
    pub fn eq(&self, value: impl Operand<V>) -> Filter<R> {
        self.function("eq", &value.literal())
    }

    /// The rows in which the property has another value.
    pub fn ne(&self, value: impl Operand<V>) -> Filter<R> {
        self.function("ne", &value.literal())
    }

    fn function(&self, function: &str, arguments: &str) -> Filter<R> {
        Filter::function(format!("{}.{function}({arguments})", self.name))
    }

    fn of_values<I: Operand<V>>(
        &self,
        function: &str,
        values: impl IntoIterator<Item = I>,
    ) -> Result<Filter<R>, Violations> {
        let values: Vec<String> = values.into_iter().map(|value| value.literal()).collect();
        match values.is_empty() {
            true => Err(Violations::one(&format!("{}.{function}", self.name), Problem::Empty { because: None })),
            false => Ok(self.function(function, &values.join(", "))),
        }
    }
}

impl<R, V, F: Listed> Property<R, V, F> {
    /// The rows in which the property has one of these values.
    ///
    /// # Errors
    /// Where there are no values.
    pub fn is_in<I: Operand<V>>(&self, values: impl IntoIterator<Item = I>) -> Result<Filter<R>, Violations> {
        self.of_values("in", values)
    }

    /// The rows in which the property has none of these values.
    ///
    /// # Errors
    /// Where there are no values.
    pub fn not_in<I: Operand<V>>(&self, values: impl IntoIterator<Item = I>) -> Result<Filter<R>, Violations> {
        self.of_values("notIn", values)
    }
}

impl<R, V, F: Ordered> Property<R, V, F> {
    /// The rows in which the property is greater, or later.
    pub fn gt(&self, value: impl Operand<V>) -> Filter<R> {
        self.function("gt", &value.literal())
    }

    /// The rows in which the property is not less, or not earlier.
    pub fn ge(&self, value: impl Operand<V>) -> Filter<R> {
        self.function("ge", &value.literal())
    }

    /// The rows in which the property is less, or earlier.
    pub fn lt(&self, value: impl Operand<V>) -> Filter<R> {
        self.function("lt", &value.literal())
    }

    /// The rows in which the property is not greater, or not later.
    pub fn le(&self, value: impl Operand<V>) -> Filter<R> {
        self.function("le", &value.literal())
    }
}

impl<R, V, F: Nullable> Property<R, V, F> {
    /// The rows that lack the property.
    pub fn is_null(&self) -> Filter<R> {
        self.function("isNull", "")
    }

    /// The rows that have the property.
    pub fn is_not_null(&self) -> Filter<R> {
        self.function("isNotNull", "")
    }
}

impl<R, F: Patterned> Property<R, String, F> {
    /// The rows in which the property looks so.
    pub fn like(&self, pattern: Pattern) -> Filter<R> {
        self.function("like", &pattern.0.as_str().literal())
    }
}
