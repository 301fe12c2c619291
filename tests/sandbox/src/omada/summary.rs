use serde_json::{Value, json};

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::group::{EXPIRED, Group, IN_USE, UNUSED, Voucher};
use crate::omada::ledger::{Issue, totals_with_duration};

type Counts = fn(&Group, &Voucher, i64) -> bool;

/// The members that count what is there; the one that counts what ever was is `created`.
const THERE: [(&str, Counts); 2] =
    [("current", |_, _, _| true), ("unused", |group, voucher, now| group.status(voucher, now) == UNUSED)];

/// `inuse` is one word, as the page spells it.
const THERE_SINCE_SIX: [(&str, Counts); 2] = [
    ("expired", |group, voucher, now| group.status(voucher, now) == EXPIRED),
    ("inuse", |group, voucher, now| group.status(voucher, now) == IN_USE),
];

/// All there ever was in the site, or in one group.
pub(crate) fn answer(call: &Call<'_>) -> Result<Value, Canned> {
    let state = call.state();
    let issues = state.issues(call.id)?;
    let there = |counts: Counts| {
        let count = |issue: &Issue| {
            let group = state.groups.iter().find(|group| group.id == issue.group_id);
            let counted = |group: &Group| group.vouchers.iter().filter(|it| counts(group, it, call.now)).count();
            i64::try_from(group.map_or(0, counted)).unwrap_or(i64::MAX)
        };
        let parts = issues.iter().map(|issue| (*issue, count(issue))).filter(|(_, vouchers)| *vouchers > 0);
        totals_with_duration(&parts.collect::<Vec<_>>())
    };
    let created: Vec<(&Issue, i64)> = issues.iter().map(|issue| (*issue, issue.vouchers)).collect();
    let mut result = json!({"created": totals_with_duration(&created)});
    for (name, counts) in THERE {
        result[name] = json!(there(counts));
    }
    if state.is_version_six() {
        for (name, counts) in THERE_SINCE_SIX {
            result[name] = json!(there(counts));
        }
        result["supportVoucherTrafficStat"] = json!(true);
    }
    Ok(result)
}
