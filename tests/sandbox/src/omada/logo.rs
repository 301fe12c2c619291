use serde_json::{Map, Value, json};

use crate::canned::Canned;
use crate::check::{Kind, Shape, optional};
use crate::omada::call::Call;
use crate::omada::controller::Omada;
use crate::omada::envelope;
use crate::omada::group_view::without_nulls;
use crate::omada::multipart::{self, Part};
use crate::random::hex;

/// A picture that was uploaded. Its bytes are not kept: no page says how they come back.
pub(crate) struct Logo {
    pub(crate) id: String,
    file_name: Option<String>,
    /// As the client gave it, to find the picture again without sending it twice.
    md5: Option<String>,
}

const DATA: Shape = Shape {
    fields: &[optional("fileName", Kind::Text(0, usize::MAX)), optional("md5", Kind::Text(0, usize::MAX))],
    conditions: &[],
};

/// Takes a picture, or finds an existing one by its digest. The page requires the part `data`, and allows the digest in `data` in
/// the place of `file`. A form without a required part is refused by the framework.
pub(crate) fn upload(call: &Call<'_>) -> Result<Value, Canned> {
    let parts = multipart::parts(call.request).ok_or_else(|| call.bad_request())?;
    let part = |name: &str| parts.iter().find(|part| part.name == name);
    let data = data(call, part("data").ok_or_else(|| call.bad_request())?)?;
    let text = |name: &str| data.get(name).and_then(Value::as_str).map(str::to_owned);
    let (file, md5) = (part("file").filter(|file| !file.bytes.is_empty()), text("md5"));
    let mut state = call.state();
    let known = state.logos.iter().find(|logo| md5.is_some() && logo.md5 == md5);
    match (file, known) {
        (None, Some(logo)) => Ok(logo.info(call.omada)),
        (None, None) if md5.is_some() => Err(envelope::invalid("md5", "is of no picture that was uploaded")),
        (None, None) => Err(envelope::invalid("file", "is required where there is no md5")),
        (Some(file), _) => {
            let logo = Logo { id: hex(24), file_name: text("fileName").or_else(|| file.file_name.clone()), md5 };
            let info = logo.info(call.omada);
            state.logos.push(logo);
            Ok(info)
        }
    }
}

/// The page publishes an object and says nothing about it: it is what the upload answered.
pub(crate) fn answer(call: &Call<'_>) -> Result<Value, Canned> {
    let state = call.state();
    let logo = state.logos.iter().find(|logo| logo.id == call.id);
    logo.map(|logo| logo.info(call.omada)).ok_or_else(|| envelope::refused(envelope::UNKNOWN_LOGO))
}

impl Logo {
    pub(crate) fn info(&self, omada: &Omada) -> Value {
        let (omadac_id, site_id, id) = (omada.omadac_id(), omada.site_id(), &self.id);
        let url = format!("/openapi/v1/{omadac_id}/sites/{site_id}/hotspot/files/voucher/logos/{id}");
        Value::Object(without_nulls(json!({"id": id, "fileName": self.file_name, "url": url})))
    }
}

/// The page demands JSON for this part, by its own Content-Type.
fn data(call: &Call<'_>, part: &Part<'_>) -> Result<Map<String, Value>, Canned> {
    let is_json = part.content_type.as_deref().is_some_and(|kind| kind.starts_with("application/json"));
    let data: Option<Map<String, Value>> = serde_json::from_slice(part.bytes).ok().filter(|_| is_json);
    let data = data.ok_or_else(|| call.bad_request())?;
    DATA.check(&data).map_err(|broken| envelope::broken(&broken))?;
    Ok(DATA.known_part(&data))
}
