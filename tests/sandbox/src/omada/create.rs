use serde_json::{Value, json};

use crate::books::Issued;
use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::create_rules::{GROUP, LARGEST_GROUP, refusal};
use crate::omada::envelope;
use crate::omada::group::Group;
use crate::omada::ledger::Issue;

/// Only the id comes back: the codes are read from the group, once they are there.
pub(crate) fn group(call: &Call<'_>) -> Result<Value, Canned> {
    let settings = call.body(&GROUP)?;
    let mut state = call.state();
    let refusal = refusal(call.omada, &state, &settings, call.now);
    refusal.map_or(Ok(()), |refusal| Err(envelope::refused(refusal)))?;
    let group = Group::issue(settings, call.now, &mut state.taken_codes);
    let id = group.id.clone();
    let vouchers = group.vouchers.iter().map(|voucher| (voucher.id.as_str(), voucher.code.as_str()));
    let issued = Issued::new(Some(call.request.number), call.now, group.text("name").unwrap_or_default(), vouchers);
    state.books.push(issued.in_group(&id));
    state.ledger.push(Issue::of(&group));
    state.groups.push(group);
    Ok(json!({"id": id}))
}

/// How many vouchers a group may have: a list, as the page has it, though there is one limit.
pub(crate) fn limits(_: &Call<'_>) -> Result<Value, Canned> {
    Ok(json!([{"amountLimit": LARGEST_GROUP}]))
}
