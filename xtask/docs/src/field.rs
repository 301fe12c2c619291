//! What a spec or a page says of one value on the wire.

use std::collections::BTreeMap;

/// What a value has to keep to in one respect, each a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    Minimum,
    Maximum,
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
}

impl Bound {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Minimum, Self::Maximum, Self::MinLength, Self::MaxLength, Self::MinItems, Self::MaxItems];

    /// The keyword of OpenAPI.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
        }
    }

    /// Whether a value has to be at least this, rather than at most.
    pub fn is_lower(self) -> bool {
        matches!(self, Self::Minimum | Self::MinLength | Self::MinItems)
    }
}

/// The type of a value: `integer` and its format `int32`, where one is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kind {
    pub base: String,
    pub format: Option<String>,
}

impl Kind {
    /// A type without a format.
    pub fn plain(base: &str) -> Self {
        Self { base: base.to_owned(), format: None }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.format {
            Some(format) => write!(f, "{}({format})", self.base),
            None => f.write_str(&self.base),
        }
    }
}

/// What the value of one field means for another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Demand {
    /// The field that is required, forbidden or filled.
    pub target: String,
    pub what: Wanted,
    /// The field that governs it, and the value at which it does.
    pub governor: String,
    pub value: String,
}

/// What a rule wants of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    Required,
    Forbidden,
    Filled,
}

impl Wanted {
    /// The key of `x-rules`.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Required => "require",
            Self::Forbidden => "forbid",
            Self::Filled => "fill",
        }
    }
}

impl std::fmt::Display for Demand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self.what {
            Wanted::Required => "required",
            Wanted::Forbidden => "forbidden",
            Wanted::Filled => "filled",
        };
        write!(f, "{what} where {} is {}", self.governor, self.value)
    }
}

/// One of the values that a field can have, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub value: String,
    /// The vendor's words on a page; the name and our words in a spec.
    pub meaning: String,
}

/// A value on the wire: a parameter, a body, a field, or an item of a list.
#[derive(Debug, Clone, Default)]
pub struct Field {
    pub name: String,
    /// Where the spec has it; nothing on a page.
    pub origin: Option<Origin>,
    pub kind: Option<Kind>,
    pub required: Option<bool>,
    pub bounds: BTreeMap<Bound, String>,
    pub unique: bool,
    pub default: Option<String>,
    pub codes: Vec<Code>,
    /// Codes that a page runs together, so that only the spec can tell where one ends.
    pub glued_codes: Option<String>,
    pub unit: Option<String>,
    /// What the fields of this object mean for each other.
    pub demands: Vec<Demand>,
    pub description: String,
    /// The fields of an object.
    pub fields: Vec<Field>,
    /// The items of a list.
    pub items: Option<Box<Field>>,
    /// Whether a page hides the fields, so that their absence says nothing.
    pub is_collapsed: bool,
    /// Where a page has it: the first line is 1, and 0 is unknown.
    pub line: usize,
    /// The version of the controller that this came with, where it is later than its operation.
    pub since: Option<String>,
    /// Whether it was seen on the wire and is on no page.
    pub is_observed: bool,
}

/// The place of a field in a spec: JSON pointers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The property or the parameter.
    pub property: String,
    /// Its schema, behind all references.
    pub schema: String,
    /// The schema that holds it, so that what is required can be found there.
    pub owner: String,
}

impl Field {
    /// A field of this name, of which nothing is known yet.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}
