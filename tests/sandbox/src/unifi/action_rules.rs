use crate::check::{Field, Kind, Shape, optional, required};
use crate::unifi::create_rules::RATE_KBPS;

pub(crate) const AUTHORIZE: &str = "AUTHORIZE_GUEST_ACCESS";

/// The actions of the page that executes one on a client, and what goes with each.
pub(crate) const ACTIONS: [(&str, Shape); 2] = [
    (
        AUTHORIZE,
        Shape {
            fields: &[
                ACTION,
                optional("timeLimitMinutes", Kind::Integer(1, 1_000_000)),
                optional("dataUsageLimitMBytes", Kind::Integer(1, 1_048_576)),
                optional("rxRateLimitKbps", RATE_KBPS),
                optional("txRateLimitKbps", RATE_KBPS),
            ],
            conditions: &[],
        },
    ),
    ("UNAUTHORIZE_GUEST_ACCESS", Shape { fields: &[ACTION], conditions: &[] }),
];

const ACTION: Field = required("action", Kind::Text(1, usize::MAX));
