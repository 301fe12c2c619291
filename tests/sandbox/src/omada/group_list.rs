use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::group::{Group, Voucher};
use crate::omada::group_view::{counts, settings};
use crate::omada::page::Page;
use crate::omada::sort::Sort;
use crate::omada::state::State;

/// The sort is by `createTime`, though the field is called `createdTime`.
const SORTS: [(&str, &str); 2] = [("sorts.name", "name"), ("sorts.createTime", "createdTime")];

/// The groups without their vouchers. The period is in milliseconds here, and in seconds in the
/// statistics; both of its ends count.
pub(crate) fn answer(call: &Call<'_>) -> Result<Value, Canned> {
    let page = Page::read(call)?;
    let sort = Sort::read(call, &SORTS)?;
    let start: Option<i64> = call.optional_number("filters.timeStart")?;
    let end: Option<i64> = call.optional_number("filters.timeEnd")?;
    let matches = |group: &&Group| {
        start.is_none_or(|start| start <= group.created_unix_millis)
            && end.is_none_or(|end| group.created_unix_millis <= end)
            && group.text("name").is_some_and(|name| name.contains(call.search()))
    };
    let state = call.state();
    let mut groups: Vec<&Group> = state.groups.iter().filter(matches).collect();
    state.order.arrange(&mut groups, |group| &group.id);
    let mut rows: Vec<Value> = groups.into_iter().map(|group| row(call, &state, group)).collect();
    if let Some(sort) = sort {
        sort.order_rows(&mut rows);
    }
    Ok(page.grid(&rows))
}

/// The groups as something to choose from.
pub(crate) fn options(call: &Call<'_>) -> Result<Value, Canned> {
    let page = Page::read(call)?;
    let state = call.state();
    let mut groups: Vec<&Group> = state.groups.iter().collect();
    state.order.arrange(&mut groups, |group| &group.id);
    let options = groups.into_iter().map(|group| json!({"groupId": group.id, "name": group.text("name")}));
    Ok(page.grid(&options.collect::<Vec<_>>()))
}

/// Of the amounts only the total is in a list.
fn row(call: &Call<'_>, state: &State, group: &Group) -> Value {
    let vouchers: Vec<&Voucher> = state.ready_vouchers(group, call.now).iter().collect();
    let mut row = settings(call.omada, group);
    row.extend(counts(group, &vouchers, call.now));
    row.extend(group.price_of(vouchers.len()).map(|amount| ("totalAmount".to_owned(), json!(amount))));
    Value::Object(row)
}
