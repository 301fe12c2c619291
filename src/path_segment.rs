//! Ids that stand in paths, where some texts would address another resource.

use std::fmt::Display;

use uuid::Uuid;

use crate::connection::{cut, is_invisible};
use crate::validate::{Problem, Violations};

/// What `check` accepts, for its message.
const EXPECTED: &str =
    "an id that can stand in a path: up to 256 letters, digits, `-`, `_`, `.`, `~` and `:`, but not `.` or `..`";

/// How many bytes an id may have. The vendors' own have 36 at the most, and the id of a console some 80.
const LONGEST: usize = 256;

/// Refuses what cannot be one segment of a path, and what a server or a proxy may read as something else than a segment:
/// parameters behind `;`, escapes, slashes and dots in any script, blanks, and characters that cannot be seen.
pub(crate) fn check(field: &str, text: &str) -> Result<(), Violations> {
    let is_long = text.len() > LONGEST;
    // As nearly all ids are, which spares the longer look.
    if !text.is_empty() && !is_long && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(());
    }
    let fits = |c: char| {
        c.is_alphabetic() && !is_invisible(c) || c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | '~' | ':')
    };
    match text.is_empty() || is_long || text == "." || text == ".." || !text.chars().all(fits) {
        true => Err(Violations::one(field, Problem::Unusable { value: Some(cut(text, LONGEST)), expected: EXPECTED })),
        false => Ok(()),
    }
}

/// An id that stands in a path as it is. What an address cannot hold at all is escaped where the address is read.
pub(crate) trait PathSegment: Display {}

impl PathSegment for Uuid {}

/// An id, for a path.
pub(crate) fn plain<T: PathSegment>(id: &T) -> &T {
    id
}

/// An id that cannot address another resource, whoever made it.
macro_rules! path_segment {
    ($(#[$attribute:meta])* $name:ident, $field:literal) => {
        $(#[$attribute])*
        ///
        /// It has letters, digits, `-`, `_`, `.`, `~` and `:`. It cannot be empty, `.` or `..`.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(::std::sync::Arc<str>);

        impl $name {
            /// Takes an id as the vendor writes it.
            pub fn new(id: impl AsRef<str>) -> Result<Self, $crate::validate::Violations> {
                $crate::path_segment::check($field, id.as_ref()).map(|()| Self(id.as_ref().into()))
            }

            /// The id as the vendor writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::validate::Violations;

            fn try_from(id: String) -> Result<Self, Self::Error> {
                Self::new(id)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().into()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::validate::Violations;

            fn from_str(id: &str) -> Result<Self, Self::Err> {
                Self::new(id)
            }
        }

        impl $crate::path_segment::PathSegment for $name {}

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(crate) use path_segment;
