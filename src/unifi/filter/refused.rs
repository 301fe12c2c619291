//! What must not compile: every function that the vendor does not allow on a property of vouchers, called as it would be if it
//! were allowed.

macro_rules! arguments {
    (is_null) => {
        "()"
    };
    (is_not_null) => {
        "()"
    };
    (is_in) => {
        "([value])"
    };
    (not_in) => {
        "([value])"
    };
    (like) => {
        "(Pattern::raw(value.to_string()))"
    };
    ($comparison:ident) => {
        "(value)"
    };
}

macro_rules! refused {
    ($($property:ident($value:literal): $($function:ident)*;)*) => {
        $($(
            #[doc = concat!(
                "```compile_fail,E0599\n# use hotspot_vouchers::unifi::{Pattern, Timestamp, Uuid, Voucher};\nlet value = ", $value,
                ";\nlet _ = Voucher::", stringify!($property), ".", stringify!($function), arguments!($function), ";\n```\n",
            )]
        )*)*
        pub struct Refused;
    };
}

refused! {
    ID("Uuid::nil()"): gt ge lt le is_null is_not_null like;
    CREATED_AT("Timestamp::UNIX_EPOCH"): is_in not_in is_null is_not_null like;
    NAME("\"a\""): gt ge lt le is_null is_not_null;
    CODE("\"a\""): gt ge lt le is_null is_not_null like;
    AUTHORIZED_GUEST_LIMIT("0"): is_in not_in like;
    AUTHORIZED_GUEST_COUNT("0"): is_in not_in is_null is_not_null like;
    ACTIVATED_AT("Timestamp::UNIX_EPOCH"): is_in not_in is_null is_not_null like;
    EXPIRES_AT("Timestamp::UNIX_EPOCH"): is_in not_in is_null is_not_null like;
    EXPIRED("true"): is_in not_in gt ge lt le is_null is_not_null like;
    TIME_LIMIT_MINUTES("0"): is_in not_in is_null is_not_null like;
    DATA_USAGE_LIMIT_MBYTES("0"): is_in not_in like;
    RX_RATE_LIMIT_KBPS("0"): is_in not_in like;
    TX_RATE_LIMIT_KBPS("0"): is_in not_in like;
}
