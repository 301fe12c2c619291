//! The kinds of facts, under the names that reports give them.

use std::fmt;

use crate::field::Bound;

macro_rules! attributes {
    ($($variant:ident $name:literal $doc:literal;)*) => {
        /// In which respect something is said of a place. The names are OpenAPI's where it has one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Attribute {
            $(#[doc = $doc] $variant),*
        }

        impl Attribute {
            /// Every attribute.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in reports.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),*
                }
            }

            /// What it says, in a few words.
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$variant => $doc),*
                }
            }
        }
    };
}

attributes! {
    Exists "exists" "that there is such an operation, parameter, body or field";
    Name "name" "the name on the wire";
    Type "type" "the type and its format";
    Required "required" "whether it has to be there";
    Minimum "minimum" "the smallest number";
    Maximum "maximum" "the largest number";
    MinLength "minLength" "the smallest number of characters";
    MaxLength "maxLength" "the largest number of characters";
    MinItems "minItems" "the smallest number of items";
    MaxItems "maxItems" "the largest number of items";
    UniqueItems "uniqueItems" "whether the items have to differ";
    Default "default" "what the vendor fills in where it is left out";
    Enum "enum" "that this is one of the values";
    Meaning "meaning" "what one of the values means";
    Unit "unit" "the unit";
    Rule "rule" "what the value of another field means for it";
    Status "status" "the status of success";
    Permission "permission" "the permissions of which a caller needs one";
    ErrorCode "errorCode" "that the operation publishes this error code";
    Filter "filter" "the functions by which this property can be filtered";
    Mistake "mistake" "that a known mistake of the vendor's is mended";
    Wording "wording" "that a description is worded otherwise, without a fact that changed";
}

impl Attribute {
    /// The attribute of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|attribute| attribute.name() == name)
    }
}

impl From<Bound> for Attribute {
    fn from(bound: Bound) -> Self {
        match bound {
            Bound::Minimum => Self::Minimum,
            Bound::Maximum => Self::Maximum,
            Bound::MinLength => Self::MinLength,
            Bound::MaxLength => Self::MaxLength,
            Bound::MinItems => Self::MinItems,
            Bound::MaxItems => Self::MaxItems,
        }
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
