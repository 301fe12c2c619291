//! The sets of functions that the vendor allows on properties, as types.

use std::fmt::Debug;

/// Properties with `in` and `notIn`.
pub trait Listed: Debug {}
/// Properties with `gt`, `ge`, `lt` and `le`.
pub trait Ordered: Debug {}
/// Properties with `isNull` and `isNotNull`.
pub trait Nullable: Debug {}
/// Properties with `like`.
pub trait Patterned: Debug {}

macro_rules! set {
    ($(#[$documentation:meta])* $name:ident: $($function:ident),*) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}
        $(impl $function for $name {})*
    };
}

set!(
    /// `eq` and `ne`.
    Equality:
);
set!(
    /// `eq`, `ne`, `in` and `notIn`.
    Membership: Listed
);
set!(
    /// `eq`, `ne`, `in`, `notIn` and `like`.
    Text: Listed, Patterned
);
set!(
    /// `eq`, `ne`, `gt`, `ge`, `lt` and `le`.
    Order: Ordered
);
set!(
    /// `isNull`, `isNotNull`, `eq` and `ne`.
    NullableEquality: Nullable
);
set!(
    /// `isNull`, `isNotNull`, `eq`, `ne`, `in` and `notIn`.
    NullableMembership: Nullable, Listed
);
set!(
    /// `isNull`, `isNotNull`, `eq`, `ne`, `gt`, `ge`, `lt` and `le`.
    NullableOrder: Nullable, Ordered
);
