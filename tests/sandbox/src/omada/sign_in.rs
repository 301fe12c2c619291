use serde_json::{Value, json};

use crate::canned::Canned;
use crate::check::{Kind, Shape, required};
use crate::omada::call::Call;
use crate::omada::envelope;
use crate::random::hex;

const CODE_LIFETIME_MILLIS: i64 = 2 * 60 * 1000;

const USER: Shape = Shape {
    fields: &[required("username", Kind::Text(1, usize::MAX)), required("password", Kind::Text(1, usize::MAX))],
    conditions: &[],
};

/// A user who signed in, on the way to a code.
pub(crate) struct Session {
    id: String,
    csrf_token: String,
}

/// A code that can be turned into a token once.
pub(crate) struct Code {
    pub(crate) code: String,
    pub(crate) expires_unix_millis: i64,
}

/// Signs a user in for an application.
pub(crate) fn login(call: &Call<'_>) -> Result<Canned, Canned> {
    check_application(call)?;
    let user = call.body(&USER)?;
    if user["username"] != call.omada.username() || user["password"] != call.omada.password() {
        // Of the published codes this one fits: "please check whether the input parameters are
        // legal".
        return Err(envelope::refused(envelope::NOT_SIGNED_IN));
    }
    let session = Session { id: hex(32), csrf_token: hex(32) };
    let result = json!({"csrfToken": session.csrf_token, "sessionId": session.id});
    call.state().sessions.push(session);
    Ok(envelope::success("Open API Log in successfully.", result))
}

/// Hands a signed-in user the code; the result is the bare text.
pub(crate) fn code(call: &Call<'_>) -> Result<Canned, Canned> {
    check_application(call)?;
    if call.request.query_value("response_type") != Some("code") {
        return Err(envelope::refused(envelope::WRONG_RESPONSE_TYPE));
    }
    let cookies = call.request.header("cookie").unwrap_or_default().split(';');
    let mut pairs = cookies.filter_map(|cookie| cookie.trim().split_once('='));
    let session_id = pairs.find(|(name, _)| *name == "TPOMADA_SESSIONID").map(|(_, value)| value);
    let mut state = call.state();
    let session = state.sessions.iter().find(|session| Some(session.id.as_str()) == session_id);
    let session = session.ok_or_else(|| envelope::refused(envelope::WRONG_SESSION))?;
    if call.request.header("csrf-token") != Some(&session.csrf_token) {
        return Err(envelope::refused(envelope::WRONG_CSRF_TOKEN));
    }
    let expires_unix_millis = call.now.saturating_add(CODE_LIFETIME_MILLIS);
    let code = Code { code: format!("OC-{}", hex(32)), expires_unix_millis };
    let result = Value::String(code.code.clone());
    state.codes.push(code);
    Ok(envelope::success("Open API Get Authorization Code successfully.", result))
}

/// Here the controller's id is spelled `omadac_id`, and stands in the query.
fn check_application(call: &Call<'_>) -> Result<(), Canned> {
    if call.request.query_value("omadac_id") != Some(call.omada.omadac_id()) {
        Err(envelope::unknown_controller())
    } else if call.request.query_value("client_id") != Some(call.omada.client_id()) {
        Err(envelope::refused(envelope::WRONG_CLIENT))
    } else {
        Ok(())
    }
}
