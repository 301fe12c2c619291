use serde_json::Value;

use crate::unifi::filter::function::Test;
use crate::unifi::filter::literal::Literal;
use crate::unifi::filter::property::Property;

/// A filter as it is understood.
pub(crate) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Test { property: &'static Property, test: Test, arguments: Vec<Literal> },
}

impl Expression {
    pub(crate) fn holds(&self, row: &Value) -> bool {
        match self {
            Self::All(expressions) => expressions.iter().all(|expression| expression.holds(row)),
            Self::Any(expressions) => expressions.iter().any(|expression| expression.holds(row)),
            Self::Not(expression) => !expression.holds(row),
            Self::Test { property, test, arguments } => test.holds(property.value(row).as_ref(), arguments),
        }
    }
}
