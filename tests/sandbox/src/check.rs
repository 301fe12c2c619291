use std::collections::HashSet;

use serde_json::{Map, Value};

/// What a vendor's page says about one JSON object.
pub(crate) struct Shape {
    pub(crate) fields: &'static [Field],
    pub(crate) conditions: &'static [Condition],
}

/// One row of the vendor's table.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    required: bool,
    kind: Kind,
}

/// What a field holds; every pair is the smallest and the largest that is allowed.
pub(crate) enum Kind {
    Boolean,
    Integer(i64, i64),
    Code(&'static [i64]),
    /// Text by its number of Unicode characters.
    Text(usize, usize),
    /// A list by its number of items, and what each of them is.
    List(usize, usize, &'static Kind),
    /// A list in which no item comes twice.
    Set(usize, usize, &'static Kind),
    Object(&'static Shape),
}

/// Fields that are needed or refused because another one has one of these values.
pub(crate) struct Condition {
    field: &'static str,
    is: &'static [i64],
    require: &'static [&'static str],
    forbid: &'static [&'static str],
}

/// The first rule that a request breaks, in the order of the vendor's table.
#[derive(Debug, PartialEq)]
pub(crate) struct Broken {
    /// The field as spelled on the wire, with the objects around it: `rateLimit.mode`,
    /// `codeForm[0]`.
    pub(crate) path: String,
    pub(crate) problem: Problem,
}

/// How a field breaks its rule.
#[derive(Debug, PartialEq)]
pub(crate) enum Problem {
    Missing,
    Forbidden,
    NotA(&'static str),
    Outside { value: i64, min: i64, max: i64 },
    NotOneOf(&'static [i64]),
    Length { min: usize, max: usize },
    Count { min: usize, max: usize },
    Repeated,
}

pub(crate) const fn required(name: &'static str, kind: Kind) -> Field {
    Field { name, required: true, kind }
}

pub(crate) const fn optional(name: &'static str, kind: Kind) -> Field {
    Field { name, required: false, kind }
}

/// Begins a condition on a field that has one of these values.
pub(crate) const fn when(field: &'static str, is: &'static [i64]) -> Condition {
    Condition { field, is, require: &[], forbid: &[] }
}

/// The value of a field, an explicit null being none.
pub(crate) fn present<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !value.is_null())
}

impl Shape {
    pub(crate) fn check(&self, object: &Map<String, Value>) -> Result<(), Broken> {
        for field in self.fields {
            match present(object, field.name) {
                Some(value) => field.kind.check(value).map_err(|broken| broken.within(field.name))?,
                None if field.required => return Err(Broken::at(field.name, Problem::Missing)),
                None => {}
            }
        }
        self.conditions.iter().try_for_each(|condition| condition.check(object))
    }

    /// What a controller keeps of an object that it accepted: the fields that it knows, and no
    /// nulls.
    pub(crate) fn known_part(&self, object: &Map<String, Value>) -> Map<String, Value> {
        let keep = |field: &Field| {
            let value = match (present(object, field.name)?, &field.kind) {
                (Value::Object(inner), Kind::Object(shape)) => Value::Object(shape.known_part(inner)),
                (value, _) => value.clone(),
            };
            Some((field.name.to_owned(), value))
        };
        self.fields.iter().filter_map(keep).collect()
    }
}

impl Kind {
    fn check(&self, value: &Value) -> Result<(), Broken> {
        let problem = match (self, value) {
            (Kind::Boolean, Value::Bool(_)) => None,
            (Kind::Boolean, _) => Some(Problem::NotA("boolean")),
            (Kind::Integer(min, max), _) => match value.as_i64() {
                Some(value) if (*min..=*max).contains(&value) => None,
                Some(value) => Some(Problem::Outside { value, min: *min, max: *max }),
                None => Some(Problem::NotA("integer")),
            },
            (Kind::Code(codes), _) => match value.as_i64() {
                Some(code) if codes.contains(&code) => None,
                Some(_) => Some(Problem::NotOneOf(codes)),
                None => Some(Problem::NotA("integer")),
            },
            (Kind::Text(min, max), Value::String(text)) => {
                let fits = (*min..=*max).contains(&text.chars().count());
                (!fits).then_some(Problem::Length { min: *min, max: *max })
            }
            (Kind::Text(..), _) => Some(Problem::NotA("string")),
            (Kind::List(min, max, kind), Value::Array(list)) => {
                return check_items(list, *min, *max, kind);
            }
            (Kind::Set(min, max, kind), Value::Array(list)) => {
                check_items(list, *min, *max, kind)?;
                let distinct = list.iter().collect::<HashSet<_>>().len();
                (distinct < list.len()).then_some(Problem::Repeated)
            }
            (Kind::List(..) | Kind::Set(..), _) => Some(Problem::NotA("array")),
            (Kind::Object(shape), Value::Object(object)) => return shape.check(object),
            (Kind::Object(_), _) => Some(Problem::NotA("object")),
        };
        problem.map_or(Ok(()), |problem| Err(Broken::at("", problem)))
    }
}

impl Condition {
    pub(crate) const fn require(self, require: &'static [&'static str]) -> Self {
        Self { require, ..self }
    }

    pub(crate) const fn forbid(self, forbid: &'static [&'static str]) -> Self {
        Self { forbid, ..self }
    }

    fn check(&self, object: &Map<String, Value>) -> Result<(), Broken> {
        if !object.get(self.field).and_then(Value::as_i64).is_some_and(|code| self.is.contains(&code)) {
            return Ok(());
        }
        let missing = self.require.iter().find(|name| present(object, name).is_none());
        let refused = self.forbid.iter().find(|name| present(object, name).is_some());
        match (missing, refused) {
            (Some(name), _) => Err(Broken::at(name, Problem::Missing)),
            (None, Some(name)) => Err(Broken::at(name, Problem::Forbidden)),
            (None, None) => Ok(()),
        }
    }
}

impl Broken {
    fn at(path: &str, problem: Problem) -> Self {
        Self { path: path.to_owned(), problem }
    }

    fn within(self, outer: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{outer}{dot}{}", self.path), ..self }
    }
}

fn check_items(list: &[Value], min: usize, max: usize, kind: &Kind) -> Result<(), Broken> {
    if !(min..=max).contains(&list.len()) {
        return Err(Broken::at("", Problem::Count { min, max }));
    }
    let check = |(index, item)| {
        let broken = kind.check(item);
        broken.map_err(|broken| broken.within(&format!("[{index}]")))
    };
    list.iter().enumerate().try_for_each(check)
}
