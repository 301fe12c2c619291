//! The console's filter language, from the text to the rows that match.

mod expression;
mod function;
mod lexer;
mod literal;
mod mistake;
mod neighbours;
mod parser;
mod pattern;
mod property;

use serde_json::Value;

use expression::Expression;
pub(crate) use mistake::Mistake;
pub(crate) use neighbours::{
    ACL_RULES, DEVICES, DNS_POLICIES, FIREWALL_POLICIES, FIREWALL_ZONES, NETWORKS, TRAFFIC_MATCHING_LISTS,
    WIFI_BROADCASTS,
};
use parser::Parser;
pub(crate) use property::{CLIENTS, Property, SITES, VOUCHERS};

/// A filter that was understood.
pub(crate) struct Filter(Expression);

impl Filter {
    pub(crate) fn parse(expression: &str, properties: &'static [Property]) -> Result<Self, Mistake> {
        Parser::new(expression, properties)?.whole().map(Self)
    }

    /// Whether the filter holds for a row, as the row is shown.
    pub(crate) fn matches(&self, row: &Value) -> bool {
        self.0.holds(row)
    }
}

/// Whether the console understands this filter on vouchers; it is given as it is before
/// percent-encoding.
///
/// # Errors
///
/// What is wrong with it and where, as line and column from 1:
/// `'like' is not allowed for 'code' at 1:6`. The console's own message is this text after
/// `failed to parse filter expression: `.
///
/// # Example
///
/// ```
/// use hotspot_vouchers_sandbox::check_filter;
///
/// assert_eq!(check_filter("and(name.like('Room*'), expired.eq(true))"), Ok(()));
/// assert_eq!(check_filter("code.like('12*')"), Err("'like' is not allowed for 'code' at 1:6".to_owned()));
/// ```
pub fn check_filter(expression: &str) -> Result<(), String> {
    Filter::parse(expression, VOUCHERS).map(|_| ()).map_err(|mistake| mistake.to_string())
}

/// Whether a voucher, as the console shows it, is one of those that this filter means.
///
/// # Errors
///
/// As for [`check_filter`].
///
/// # Example
///
/// ```
/// use hotspot_vouchers_sandbox::filter_matches;
/// use serde_json::json;
///
/// assert_eq!(filter_matches("name.like('Room*')", &json!({"name": "Room 12"})), Ok(true));
/// assert_eq!(filter_matches("not(expired.eq(true))", &json!({"expired": true})), Ok(false));
/// ```
pub fn filter_matches(expression: &str, voucher: &Value) -> Result<bool, String> {
    let filter = Filter::parse(expression, VOUCHERS).map_err(|mistake| mistake.to_string())?;
    Ok(filter.matches(voucher))
}
