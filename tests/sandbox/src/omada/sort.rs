use std::cmp::Ordering;

use serde_json::Value;

use crate::canned::Canned;
use crate::omada::call::Call;
use crate::omada::envelope;

/// In which order rows are asked for.
pub(crate) struct Sort {
    column: &'static str,
    descending: bool,
}

impl Sort {
    /// The first sort of the query whose name is in the table, with the column that it means: where
    /// there are more, "the first one takes effect".
    pub(crate) fn read(call: &Call<'_>, table: &[(&str, &'static str)]) -> Result<Option<Self>, Canned> {
        let known = |(name, value): &(String, String)| {
            let column = table.iter().find(|(candidate, _)| candidate == name).map(|(_, column)| *column);
            column.map(|column| (name.clone(), value.clone(), column))
        };
        let Some((name, value, column)) = call.request.query.iter().find_map(known) else { return Ok(None) };
        match value.as_str() {
            "asc" => Ok(Some(Self { column, descending: false })),
            "desc" => Ok(Some(Self { column, descending: true })),
            _ => Err(envelope::invalid(&name, "is neither asc nor desc")),
        }
    }

    /// Orders rows as they are shown; equal ones keep their order.
    pub(crate) fn order_rows(&self, rows: &mut [Value]) {
        self.order(rows, |one, other| compare(&one[self.column], &other[self.column]));
    }

    pub(crate) fn order<T>(&self, rows: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
        rows.sort_by(|one, other| if self.descending { compare(other, one) } else { compare(one, other) });
    }
}

/// Numbers, texts and truths by their value; a column holds only one kind, and an absent value
/// comes first.
fn compare(one: &Value, other: &Value) -> Ordering {
    let key = |value: &Value| (value.as_bool(), value.as_i64(), value.as_str().map(str::to_owned));
    key(one).cmp(&key(other))
}
