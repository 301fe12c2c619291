use serde_json::{Value, json};

use crate::canned::Canned;
use crate::check::{Kind, Shape, optional, required};
use crate::omada::call::Call;
use crate::omada::envelope;
use crate::omada::page::Page;
use crate::omada::sort::Sort;

const BY_VOUCHER: i64 = 3;

/// A guest that signed in with a voucher. It outlives the voucher.
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) mac: String,
    pub(crate) ip: String,
    pub(crate) ssid: String,
    pub(crate) voucher_code: String,
    pub(crate) started_unix_millis: i64,
    pub(crate) ends_unix_millis: i64,
}

/// Each sort with the field that it orders by.
const SORTS: [(&str, &str); 11] = [
    ("sorts.name", "name"),
    ("sorts.mac", "mac"),
    ("sorts.ip", "ip"),
    ("sorts.authType", "authType"),
    ("sorts.ssidOrNetwork", "ssid"),
    ("sorts.download", "download"),
    ("sorts.upload", "upload"),
    ("sorts.status", "valid"),
    ("sorts.start", "start"),
    ("sorts.end", "end"),
    ("sorts.duration", "duration"),
];

const PERIOD: Shape =
    Shape { fields: &[required("period", Kind::Integer(60_000, 86_400_000_000_000))], conditions: &[] };

const DELETED: Shape = Shape {
    fields: &[
        required("start", Kind::Integer(i64::MIN, i64::MAX)),
        required("end", Kind::Integer(i64::MIN, i64::MAX)),
        optional("searchKey", Kind::Text(0, usize::MAX)),
    ],
    conditions: &[],
};

/// The records, searched by guest, SSID or voucher code.
pub(crate) fn list(call: &Call<'_>) -> Result<Value, Canned> {
    let page = Page::read(call)?;
    let sort = Sort::read(call, &SORTS)?;
    let state = call.state();
    let is_found = |record: &&Record| record.guest_has(call.search()) || record.voucher_code.contains(call.search());
    let mut records: Vec<&Record> = state.records.iter().filter(is_found).collect();
    state.order.arrange(&mut records, |record| &record.id);
    let mut rows: Vec<Value> = records.into_iter().map(|record| record.row(call.now)).collect();
    if let Some(sort) = sort {
        sort.order_rows(&mut rows);
    }
    Ok(page.grid(&rows))
}

pub(crate) fn delete(call: &Call<'_>) -> Result<Value, Canned> {
    with_record(call, |_| {})?;
    call.state().records.retain(|record| record.id != call.id);
    Ok(envelope::NO_RESULT)
}

/// Deletes what began between two seconds, both counted in. The page's title says that only invalid
/// records go; a guest who is online is kept.
pub(crate) fn delete_period(call: &Call<'_>) -> Result<Value, Canned> {
    let body = call.body(&DELETED)?;
    let second = |name: &str| body[name].as_i64().unwrap_or(0);
    let (start, end) = (second("start"), second("end"));
    if end < start {
        return Err(envelope::invalid("end", "is before start"));
    }
    let search = body.get("searchKey").and_then(Value::as_str).unwrap_or_default();
    let goes = |record: &Record| {
        (start..=end).contains(&record.started_unix_millis.div_euclid(1000))
            && !record.is_valid(call.now)
            && record.guest_has(search)
    };
    call.state().records.retain(|record| !goes(record));
    Ok(envelope::NO_RESULT)
}

/// Ends the guest's time now; a guest whose time is over already is left alone.
pub(crate) fn disconnect(call: &Call<'_>) -> Result<Value, Canned> {
    with_record(call, |record| record.ends_unix_millis = record.ends_unix_millis.min(call.now))
}

/// Adds to the guest's time. The page calls the period a timestamp, but its range is that of a
/// span.
pub(crate) fn extend(call: &Call<'_>) -> Result<Value, Canned> {
    let body = call.body(&PERIOD)?;
    let period = body["period"].as_i64().unwrap_or(0);
    with_record(call, |record| record.ends_unix_millis = record.ends_unix_millis.saturating_add(period))
}

fn with_record(call: &Call<'_>, change: impl FnOnce(&mut Record)) -> Result<Value, Canned> {
    let mut state = call.state();
    let record = state.records.iter_mut().find(|record| record.id == call.id);
    record.map(change).ok_or_else(|| envelope::invalid("id", "names no authentication record"))?;
    Ok(envelope::NO_RESULT)
}

impl Record {
    fn is_valid(&self, now: i64) -> bool {
        now < self.ends_unix_millis
    }

    fn guest_has(&self, search: &str) -> bool {
        [&self.mac, &self.name, &self.ssid].into_iter().any(|text| text.contains(search))
    }

    /// The page gives no unit for `start` and `end`; they are milliseconds, as times are in every
    /// other row.
    fn row(&self, now: i64) -> Value {
        let online_millis = now.min(self.ends_unix_millis).saturating_sub(self.started_unix_millis);
        json!({
            "id": self.id,
            "name": self.name,
            "mac": self.mac,
            "ip": self.ip,
            "wireless": true,
            "ssid": self.ssid,
            "authType": BY_VOUCHER,
            "voucherCode": self.voucher_code,
            "download": 0,
            "upload": 0,
            "duration": online_millis.max(0) / 1000,
            "start": self.started_unix_millis,
            "end": self.ends_unix_millis,
            "valid": self.is_valid(now),
        })
    }
}
