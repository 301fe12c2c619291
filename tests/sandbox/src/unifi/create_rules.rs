use crate::check::{Kind, Shape, optional, required};

pub(crate) const RATE_KBPS: Kind = Kind::Integer(2, 100_000);

/// The table of the page that generates vouchers; where it has no maximum, the type is the limit.
pub(crate) const VOUCHERS: Shape = Shape {
    fields: &[
        optional("count", Kind::Integer(1, 1000)),
        required("name", Kind::Text(1, usize::MAX)),
        optional("authorizedGuestLimit", Kind::Integer(1, i64::MAX)),
        required("timeLimitMinutes", Kind::Integer(1, 1_000_000)),
        optional("dataUsageLimitMBytes", Kind::Integer(1, 1_048_576)),
        optional("rxRateLimitKbps", RATE_KBPS),
        optional("txRateLimitKbps", RATE_KBPS),
    ],
    conditions: &[],
};
