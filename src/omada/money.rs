//! Amounts with their currencies.

use std::fmt;

use super::amount::Amount;
use super::generated::types::{
    Currency, Voucher, VoucherBrief, VoucherGroup, VoucherGroupGrid, VoucherSummary, VoucherUnitPriceDistribution,
    VoucherUsage,
};
use super::setting::Price;

/// An amount of money with its currency.
///
/// ```
/// use hotspot_vouchers::omada::{Currency, Money, Price};
///
/// let price = Money::from(Price { unit_price: 5, currency: Currency::Eur });
/// assert_eq!(price.to_string(), "5 EUR");
/// assert_eq!(price.amount.as_str(), "5");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Money {
    /// The amount, exactly as the controller sent it.
    pub amount: Amount,
    /// The currency, where the controller tells it.
    pub currency: Option<Currency>,
}

impl From<Price> for Money {
    fn from(price: Price) -> Self {
        Self { amount: price.unit_price.into(), currency: Some(price.currency) }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.currency {
            Some(currency) => f.pad(&format!("{} {currency}", self.amount)),
            None => self.amount.fmt(f),
        }
    }
}

/// The amounts of an answer, each with the currency that stands beside it.
macro_rules! money {
    ($($answer:ident { $($(#[$attribute:meta])* $name:ident: $field:ident,)* })*) => {
        $(impl $answer {
            $($(#[$attribute])*
            pub fn $name(&self) -> Option<Money> {
                Some(Money { amount: self.$field.clone()?, currency: self.currency.clone() })
            })*
        })*
    };
}

money! {
    VoucherGroup {
        /// The price of one voucher, with its currency; nothing where the group has none.
        price: unit_price,
        /// What all vouchers of the group are worth, with its currency; nothing where the group has no price.
        total_value: total_amount,
    }
    VoucherGroupGrid {
        /// The price of one voucher, with its currency; nothing where the group has none.
        price: unit_price,
        /// What all vouchers of the group are worth, with its currency; nothing where the group has no price.
        total_value: total_amount,
        /// What the used vouchers of the group are worth, with its currency; nothing where the group has no price.
        used_value: used_amount,
        /// What the unused vouchers of the group are worth, with its currency; nothing where the group has no price.
        unused_value: unused_amount,
    }
    Voucher {
        /// The price of the voucher, with its currency; nothing where it has none.
        price: unit_price,
    }
    VoucherBrief {
        /// The price of the voucher, with its currency; nothing where it has none.
        price: unit_price,
    }
    VoucherSummary {
        /// What the vouchers cost together, with its currency. It is 0 where groups have no price or mix currencies.
        total_value: amount,
    }
    VoucherUsage {
        /// What the vouchers of the bucket cost together, with its currency.
        total_value: amount,
    }
    VoucherUnitPriceDistribution {
        /// The price of one voucher, with its currency.
        price: unit_price,
        /// What the vouchers cost together, with its currency.
        total_value: total_amount,
    }
}
