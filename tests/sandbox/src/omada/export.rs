use serde_json::Value;

use crate::canned::Canned;
use crate::check::{Kind, Shape, optional, required, when};
use crate::omada::call::Call;
use crate::omada::envelope;

const ANY_TEXT: Kind = Kind::Text(0, usize::MAX);
const ANY_OBJECT: Kind = Kind::Object(&Shape { fields: &[], conditions: &[] });

const EXPORT: Shape = Shape {
    fields: &[
        required("format", Kind::Code(&[0, 1])),
        optional("queryData", Kind::Object(&QUERY)),
        required("type", Kind::Code(&[0, 1, 2])),
        optional("groupIds", Kind::List(0, usize::MAX, &ANY_TEXT)),
    ],
    conditions: &[when("type", &[0]).forbid(&["groupIds"]), when("type", &[1, 2]).require(&["groupIds"])],
};

const QUERY: Shape = Shape {
    fields: &[
        required("page", Kind::Integer(1, i32::MAX as i64)),
        required("pageSize", Kind::Integer(1, 1000)),
        optional("sorts", ANY_OBJECT),
        optional("searchKey", ANY_TEXT),
        optional("filters", ANY_OBJECT),
        optional("searchField", ANY_TEXT),
    ],
    conditions: &[],
};

/// Takes the order for a file, and sends none.
///
/// The page promises a file and publishes an envelope without a result. Which bytes a live
/// controller sends is in no source, so this is the page's answer; a test scripts any other.
pub(crate) fn answer(call: &Call<'_>) -> Result<Value, Canned> {
    call.body(&EXPORT).map(|_| envelope::NO_RESULT)
}
