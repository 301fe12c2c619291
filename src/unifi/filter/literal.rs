//! Values in filters, as the vendor writes them.

use jiff::Timestamp;
use uuid::Uuid;

use crate::voucher_code::VoucherCode;

/// What a property whose values are `V` can be compared with.
pub trait Operand<V> {
    /// The value in the vendor's language.
    fn literal(&self) -> String;
}

macro_rules! bare {
    ($($kind:ty),*) => {
        $(
            impl Operand<$kind> for $kind {
                fn literal(&self) -> String {
                    self.to_string()
                }
            }
        )*
    };
}

bare!(Uuid, Timestamp, bool, u64);

/// In single quotes, with those inside doubled.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

macro_rules! text {
    ($($kind:ty: $text:ident),*) => {
        $(
            impl Operand<String> for $kind {
                fn literal(&self) -> String {
                    quoted(self.$text())
                }
            }
        )*
    };
}

text!(&str: as_ref, String: as_str, &String: as_str, VoucherCode: as_str, &VoucherCode: as_str);
