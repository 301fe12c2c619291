use serde_json::Value;

use crate::unifi::filter::function::{EQ, Function, GE, GT, IN, IS_NOT_NULL, IS_NULL, LE, LIKE, LT, NE, NOT_IN};
use crate::unifi::filter::literal::{Kind, Literal};

/// One row of a page's table of filterable properties.
pub(crate) struct Property {
    /// As spelled in a filter; a dot leads into an object.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) functions: &'static [Function],
}

pub(crate) const VOUCHERS: &[Property] = &[
    property("id", Kind::Uuid, MEMBER),
    property("createdAt", Kind::Timestamp, ORDER),
    property("name", Kind::String, &[EQ, NE, IN, NOT_IN, LIKE]),
    property("code", Kind::String, MEMBER),
    property("authorizedGuestLimit", Kind::Integer, OPTIONAL_ORDER),
    property("authorizedGuestCount", Kind::Integer, ORDER),
    property("activatedAt", Kind::Timestamp, ORDER),
    property("expiresAt", Kind::Timestamp, ORDER),
    property("expired", Kind::Boolean, &[EQ, NE]),
    property("timeLimitMinutes", Kind::Integer, ORDER),
    property("dataUsageLimitMBytes", Kind::Integer, OPTIONAL_ORDER),
    property("rxRateLimitKbps", Kind::Integer, OPTIONAL_ORDER),
    property("txRateLimitKbps", Kind::Integer, OPTIONAL_ORDER),
];

pub(crate) const SITES: &[Property] = &[
    property("id", Kind::Uuid, MEMBER),
    property("internalReference", Kind::String, MEMBER),
    property("name", Kind::String, MEMBER),
];

pub(crate) const CLIENTS: &[Property] = &[
    property("id", Kind::Uuid, MEMBER),
    property("type", Kind::String, MEMBER),
    property("macAddress", Kind::String, OPTIONAL_MEMBER),
    property("ipAddress", Kind::String, OPTIONAL_MEMBER),
    property("connectedAt", Kind::Timestamp, OPTIONAL_ORDER),
    property("access.type", Kind::String, MEMBER),
    property("access.authorized", Kind::Boolean, &[IS_NULL, IS_NOT_NULL, EQ, NE]),
];

pub(super) const MEMBER: &[Function] = &[EQ, NE, IN, NOT_IN];
pub(super) const OPTIONAL_MEMBER: &[Function] = &[IS_NULL, IS_NOT_NULL, EQ, NE, IN, NOT_IN];
const ORDER: &[Function] = &[EQ, NE, GT, GE, LT, LE];
const OPTIONAL_ORDER: &[Function] = &[IS_NULL, IS_NOT_NULL, EQ, NE, GT, GE, LT, LE];

pub(super) const fn property(name: &'static str, kind: Kind, functions: &'static [Function]) -> Property {
    Property { name, kind, functions }
}

impl Property {
    pub(crate) fn value(&self, row: &Value) -> Option<Literal> {
        let field = self.name.split('.').try_fold(row, |object, name| object.get(name));
        field.and_then(|field| Literal::of_row(self.kind, field))
    }
}
