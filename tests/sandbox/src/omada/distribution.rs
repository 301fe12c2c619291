use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::group_view::without_nulls;
use crate::omada::ledger::Issue;
use crate::omada::page::Page;
use crate::omada::period::Period;

/// The site's calls answer with a grid, but take no page; those for one group need one.
pub(crate) fn by_price(call: &Call<'_>) -> Result<Value, Canned> {
    prices(call).map(|rows| Page::whole(&rows).grid(&rows))
}

pub(crate) fn by_duration(call: &Call<'_>) -> Result<Value, Canned> {
    durations(call).map(|rows| Page::whole(&rows).grid(&rows))
}

pub(crate) fn by_price_in_group(call: &Call<'_>) -> Result<Value, Canned> {
    let page = Page::read(call)?;
    prices(call).map(|rows| page.grid(&rows))
}

pub(crate) fn by_duration_in_group(call: &Call<'_>) -> Result<Value, Canned> {
    let page = Page::read(call)?;
    durations(call).map(|rows| page.grid(&rows))
}

/// Vouchers without a price count as sold for "0", as they do in the history.
fn prices(call: &Call<'_>) -> Result<Vec<Value>, Canned> {
    let used = used(call, |issue| (issue.price, issue.currency.clone()))?;
    let row = |((price, currency), count): ((i64, Option<String>), i64)| {
        Value::Object(without_nulls(json!({
            "unitPrice": price.to_string(),
            "totalAmount": (price * count).to_string(),
            "usedCount": count,
            "currency": currency,
        })))
    };
    Ok(used.into_iter().map(row).collect())
}

fn durations(call: &Call<'_>) -> Result<Vec<Value>, Canned> {
    let used = used(call, |issue| (issue.duration_minutes, issue.duration_type))?;
    let row = |((minutes, kind), count): ((i64, i64), i64)| json!({"duration": minutes, "durationType": kind, "totalDuration": minutes * count, "usedCount": count});
    Ok(used.into_iter().map(row).collect())
}

/// How many vouchers of each kind were first used in the period. The page says "used count", and
/// not which moment must lie in the period; it is taken to be that of the use.
fn used<K: Ord>(call: &Call<'_>, kind: impl Fn(&Issue) -> K) -> Result<BTreeMap<K, i64>, Canned> {
    let period = Period::read(call)?;
    let mut used = BTreeMap::new();
    for issue in call.state().issues(call.id)? {
        let moments = issue.used_unix_millis.iter().filter(|moment| period.contains(moment.div_euclid(1000)));
        for _ in moments {
            *used.entry(kind(issue)).or_insert(0) += 1;
        }
    }
    Ok(used)
}
