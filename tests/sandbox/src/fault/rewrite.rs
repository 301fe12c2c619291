use std::iter;

use bytes::Bytes;
use serde_json::Value;

use crate::canned::Canned;

/// How much of a long text is made at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Stands where something is put in that is no JSON value of any library: no answer says this.
const PLACE: &str = "\u{7f}place\u{7f}";

/// Arrays within arrays where the result would be, or as the whole body where there is none.
pub(crate) fn nested(answer: Canned, levels: usize) -> Canned {
    let arrays = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let mut body = answer.body_json().unwrap_or_default();
    match result(&mut body) {
        Some(result) => *result = Value::String(PLACE.to_owned()),
        None => body = Value::String(PLACE.to_owned()),
    }
    let place = Value::String(PLACE.to_owned()).to_string();
    answer.body(body.to_string().replace(&place, &arrays))
}

/// The largest 64-bit integer for every number of the result, or of the whole body where there is none.
pub(crate) fn with_huge_numbers(answer: Canned) -> Option<Canned> {
    answer.edited(|body| {
        let numbers = match result(body) {
            Some(result) => enlarge(result),
            None => enlarge(body),
        };
        (numbers > 0).then_some(())
    })
}

/// What goes before and after a long text that is added to the body.
pub(crate) fn around_padding(answer: &Canned) -> (String, &'static str) {
    let body = answer.body_json().filter(|body| body.as_object().is_some_and(|fields| !fields.is_empty()));
    let text = body.map(|body| body.to_string()).unwrap_or_default();
    let start = match text.strip_suffix('}') {
        Some(fields) => format!("{fields},\"padding\":\""),
        None => "{\"padding\":\"".to_owned(),
    };
    (start, "\"}")
}

/// A text with `bytes` times the letter `a` between its start and its end, made as it is read.
pub(crate) fn padded(start: &str, bytes: u64, end: &str) -> impl Iterator<Item = Bytes> + Send + use<> {
    let chunk = Bytes::from(vec![b'a'; CHUNK_BYTES]);
    let chunks = usize::try_from(bytes / CHUNK_BYTES as u64).unwrap_or(usize::MAX);
    let rest = chunk.slice(..(bytes % CHUNK_BYTES as u64) as usize);
    let (start, end) = (Bytes::from(start.to_owned()), Bytes::from(end.to_owned()));
    iter::once(start).chain(iter::repeat_n(chunk, chunks)).chain([rest, end])
}

/// What the answer is about, behind whatever envelope there is.
fn result(body: &mut Value) -> Option<&mut Value> {
    let name = ["result", "data", "vouchers"].into_iter().find(|name| body.get(name).is_some())?;
    body.get_mut(name)
}

/// Returns how many numbers there were.
fn enlarge(value: &mut Value) -> usize {
    match value {
        Value::Number(number) => {
            *number = u64::MAX.into();
            1
        }
        Value::Array(items) => items.iter_mut().map(enlarge).sum(),
        Value::Object(fields) => fields.values_mut().map(enlarge).sum(),
        Value::Null | Value::Bool(_) | Value::String(_) => 0,
    }
}
