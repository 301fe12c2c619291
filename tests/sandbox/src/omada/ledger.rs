use serde_json::{Map, Value, json};

use crate::omada::group::Group;

/// What was issued with one group. It outlives the group and its vouchers, because statistics count
/// deleted vouchers too.
pub(crate) struct Issue {
    pub(crate) group_id: String,
    pub(crate) created_unix_millis: i64,
    pub(crate) vouchers: i64,
    pub(crate) price: i64,
    pub(crate) currency: Option<String>,
    pub(crate) duration_minutes: i64,
    pub(crate) duration_type: i64,
    /// When each voucher that was used was used first.
    pub(crate) used_unix_millis: Vec<i64>,
}

impl Issue {
    pub(crate) fn of(group: &Group) -> Self {
        Self {
            group_id: group.id.clone(),
            created_unix_millis: group.created_unix_millis,
            vouchers: i64::try_from(group.vouchers.len()).unwrap_or(i64::MAX),
            price: group.number("unitPrice").unwrap_or(0),
            currency: group.priced_currency().map(str::to_owned),
            duration_minutes: group.number("duration").unwrap_or(0),
            duration_type: group.number("durationType").unwrap_or(0),
            used_unix_millis: Vec::new(),
        }
    }

    pub(crate) fn issued_second(&self) -> i64 {
        self.created_unix_millis.div_euclid(1000)
    }
}

/// Count and amount of so many vouchers of these issues; the currency is left out when nothing had
/// a price, and the amount is "0" then.
pub(crate) fn totals(parts: &[(&Issue, i64)]) -> Map<String, Value> {
    let count: i64 = parts.iter().map(|(_, vouchers)| vouchers).sum();
    let amount: i64 = parts.iter().map(|(issue, vouchers)| issue.price * vouchers).sum();
    let currency = parts.iter().find_map(|(issue, _)| issue.currency.as_ref());
    let mut totals = Map::new();
    totals.insert("count".to_owned(), json!(count));
    totals.insert("amount".to_owned(), json!(amount.to_string()));
    totals.extend(currency.map(|currency| ("currency".to_owned(), json!(currency))));
    totals
}

/// The same, with the minutes that the vouchers are good for.
pub(crate) fn totals_with_duration(parts: &[(&Issue, i64)]) -> Map<String, Value> {
    let mut totals = totals(parts);
    let minutes: i64 = parts.iter().map(|(issue, vouchers)| issue.duration_minutes * vouchers).sum();
    totals.insert("duration".to_owned(), json!(minutes));
    totals
}
