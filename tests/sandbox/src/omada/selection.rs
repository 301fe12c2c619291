use serde_json::{Map, Value, json};

use crate::canned::Canned;
use crate::check::{Kind, Shape, optional, required, when};
use crate::omada::call::Call;
use crate::omada::group::{Group, Voucher};

const ANY_TEXT: Kind = Kind::Text(0, usize::MAX);
const IDS: Kind = Kind::List(0, usize::MAX, &ANY_TEXT);
const EVERYTHING: i64 = 0;
const WHAT_IS_LISTED: i64 = 1;

const GROUPS: Shape = Shape {
    fields: &[
        required("type", Kind::Code(&[0, 1, 2])),
        optional("groupIds", IDS),
        optional("searchKey", ANY_TEXT),
        optional("timeStart", Kind::Integer(i64::MIN, i64::MAX)),
    ],
    conditions: &[when("type", &[0]).forbid(&["groupIds"]), when("type", &[1, 2]).require(&["groupIds"])],
};

const VOUCHERS: Shape = Shape {
    fields: &[
        required("type", Kind::Code(&[0, 1, 2])),
        optional("ids", IDS),
        required("groupId", ANY_TEXT),
        optional("searchKey", ANY_TEXT),
        optional("status", Kind::Code(&[0, 1, 2])),
    ],
    conditions: &[when("type", &[0]).forbid(&["ids"]), when("type", &[1, 2]).require(&["ids"])],
};

/// Which voucher groups of the site a batch call is about.
pub(crate) struct GroupSelection(Map<String, Value>);

/// Which vouchers of one group a batch call is about.
pub(crate) struct VoucherSelection(Map<String, Value>);

impl GroupSelection {
    pub(crate) fn read(call: &Call<'_>) -> Result<Self, Canned> {
        call.body(&GROUPS).map(Self)
    }

    /// The page calls `timeStart` an end. It is taken by its name: groups that were created before
    /// are left alone.
    pub(crate) fn has(&self, group: &Group) -> bool {
        let search = text(&self.0, "searchKey");
        let is_found = group.text("name").is_some_and(|name| name.contains(search))
            || group.vouchers.iter().any(|voucher| voucher.code.contains(search));
        let start = self.0.get("timeStart").and_then(Value::as_i64);
        picks(&self.0, "groupIds", &group.id)
            && is_found
            && start.is_none_or(|start| start <= group.created_unix_millis)
    }
}

impl VoucherSelection {
    pub(crate) fn read(call: &Call<'_>) -> Result<Self, Canned> {
        call.body(&VOUCHERS).map(Self)
    }

    pub(crate) fn group_id(&self) -> &str {
        text(&self.0, "groupId")
    }

    /// `status` is what the voucher's status is now.
    pub(crate) fn has(&self, voucher: &Voucher, status: i64) -> bool {
        let wanted = self.0.get("status").and_then(Value::as_i64);
        picks(&self.0, "ids", &voucher.id)
            && voucher.code.contains(text(&self.0, "searchKey"))
            && wanted.is_none_or(|wanted| wanted == status)
    }
}

/// A listed id that names nothing is no mistake: it may have been deleted a moment ago.
fn picks(selection: &Map<String, Value>, ids: &str, id: &str) -> bool {
    let is_listed = selection.get(ids).and_then(Value::as_array).is_some_and(|ids| ids.contains(&json!(id)));
    match selection["type"].as_i64() {
        Some(EVERYTHING) => true,
        Some(WHAT_IS_LISTED) => is_listed,
        _ => !is_listed,
    }
}

fn text<'a>(selection: &'a Map<String, Value>, name: &str) -> &'a str {
    selection.get(name).and_then(Value::as_str).unwrap_or_default()
}
