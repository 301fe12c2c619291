//! Open enums: the codes that a vendor documents are variants, and every other one is kept as it came.

use std::fmt;

/// A code of the wire.
pub trait WireEnum: fmt::Display + PartialEq {
    /// Whether the vendor documents the code.
    fn is_documented(&self) -> bool;

    /// The codes that the vendor documents, for a message.
    fn documented() -> String;
}

/// More codes than this are counted in messages rather than listed.
pub(crate) fn list(codes: &[impl fmt::Display]) -> String {
    const LISTED: usize = 8;
    match codes.len() {
        0..=LISTED => codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        many => format!("the {many} documented ones"),
    }
}

/// An enum whose codes are numbers.
#[allow(unused_macros, reason = "a vendor may have codes of one kind only")]
macro_rules! integer {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident { $($(#[$documentation:meta])* $variant:ident = $value:literal,)+ }
    ) => {
        $(#[$attribute])*
        ///
        /// A code that is not documented is kept in `Unknown`, and sent back unchanged. Two codes are equal where their
        /// numbers are.
        #[derive(Debug, Clone, Copy)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$documentation])* $variant,)+
            /// A code that is not documented.
            Unknown(i64),
        }

        impl $name {
            /// Every documented code.
            pub const DOCUMENTED: &[Self] = &[$(Self::$variant),+];

            /// The code as the wire has it.
            pub const fn value(self) -> i64 {
                match self {
                    $(Self::$variant => $value,)+
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    _ => Self::Unknown(value),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <i64 as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        $crate::wire_enum::common!($name);
    };
}

/// An enum whose codes are texts.
#[allow(unused_macros, reason = "a vendor may have codes of one kind only")]
macro_rules! text {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident { $($(#[$documentation:meta])* $variant:ident = $value:literal,)+ }
    ) => {
        $(#[$attribute])*
        ///
        /// A code that is not documented is kept in `Unknown`, and sent back unchanged. Two codes are equal where their
        /// texts are.
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$documentation])* $variant,)+
            /// A code that is not documented.
            Unknown(Box<str>),
        }

        impl $name {
            /// Every documented code.
            pub const DOCUMENTED: &[Self] = &[$(Self::$variant),+];

            /// The code as the wire has it.
            pub fn value(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)+
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)+
                    _ => Self::Unknown(value.into()),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.value())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <::std::borrow::Cow<'_, str> as ::serde::Deserialize>::deserialize(deserializer).map(|text| Self::from(&*text))
            }
        }

        $crate::wire_enum::common!($name);
    };
}

/// What both kinds share.
macro_rules! common {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.value() == other.value()
            }
        }

        impl Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.value().hash(state);
            }
        }

        impl $crate::wire_enum::WireEnum for $name {
            fn is_documented(&self) -> bool {
                !matches!(self, Self::Unknown(_)) || Self::DOCUMENTED.contains(self)
            }

            fn documented() -> String {
                $crate::wire_enum::list(Self::DOCUMENTED)
            }
        }
    };
}

#[allow(unused_imports, reason = "a vendor may have codes of one kind only")]
pub(crate) use {common, integer, text};
