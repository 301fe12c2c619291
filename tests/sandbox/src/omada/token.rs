use serde_json::json;

use crate::canned::Canned;
use crate::check::{Kind, Shape, required};
use crate::clock::millis;
use crate::omada::call::Call;
use crate::omada::envelope::{self, Refusal};
use crate::omada::state::State;
use crate::random::hex;

const REFRESH_LIFETIME_MILLIS: i64 = 14 * 24 * 60 * 60 * 1000;

/// A token pair that was handed out.
pub(crate) struct Token {
    pub(crate) access: String,
    pub(crate) expires_unix_millis: i64,
    pub(crate) refresh: String,
    /// A refresh token that was used is one that has expired.
    pub(crate) refresh_expires_unix_millis: i64,
}

type Grant = fn(&Call<'_>, &mut State) -> Result<(), Canned>;

const GRANTS: [(&str, Grant); 3] = [
    ("client_credentials", credentials),
    ("refresh_token", spend_refresh_token),
    ("authorization_code", spend_authorization_code),
];

const CREDENTIALS: Shape = Shape {
    fields: &[
        required("omadacId", Kind::Text(1, usize::MAX)),
        required("client_id", Kind::Text(1, usize::MAX)),
        required("client_secret", Kind::Text(1, usize::MAX)),
    ],
    conditions: &[],
};

const APPLICATION: Shape = Shape {
    fields: &[required("client_id", Kind::Text(1, usize::MAX)), required("client_secret", Kind::Text(1, usize::MAX))],
    conditions: &[],
};

/// Hands out a token pair to whoever may have one.
pub(crate) fn issue(call: &Call<'_>) -> Result<Canned, Canned> {
    let grant_type = call.request.query_value("grant_type").unwrap_or_default();
    let grant = GRANTS.iter().find(|(name, _)| *name == grant_type);
    let (_, grant) = grant.ok_or_else(|| envelope::refused(envelope::WRONG_GRANT))?;
    let mut state = call.state();
    grant(call, &mut state)?;
    let lifetime = state.access_token_lifetime;
    let token = Token {
        access: format!("AT-{}", hex(32)),
        expires_unix_millis: call.now.saturating_add(millis(lifetime)),
        refresh: format!("RT-{}", hex(32)),
        refresh_expires_unix_millis: call.now.saturating_add(REFRESH_LIFETIME_MILLIS),
    };
    let result = json!({
        "accessToken": token.access,
        "tokenType": "bearer",
        "expiresIn": lifetime.as_secs(),
        "refreshToken": token.refresh,
    });
    state.tokens.push(token);
    state.tokens_issued += 1;
    Ok(envelope::success("Open API Get Access Token successfully.", result))
}

/// The application's id and secret, and the controller's id, in the body.
fn credentials(call: &Call<'_>, _: &mut State) -> Result<(), Canned> {
    let body = call.body(&CREDENTIALS)?;
    if body["omadacId"] != call.omada.omadac_id() {
        return Err(envelope::unknown_controller());
    }
    let is_right = body["client_id"] == call.omada.client_id() && body["client_secret"] == call.omada.client_secret();
    allow(is_right, envelope::WRONG_CLIENT)
}

/// Everything in the query: the guide also describes a body, and live controllers refuse it. No
/// code is published for a refresh token that was never handed out, so it counts as long expired.
fn spend_refresh_token(call: &Call<'_>, state: &mut State) -> Result<(), Canned> {
    let is = |name: &str, value: &str| call.request.query_value(name) == Some(value);
    let is_right = is("client_id", call.omada.client_id()) && is("client_secret", call.omada.client_secret());
    allow(is_right, envelope::WRONG_CLIENT)?;
    let live = |token: &&mut Token| is("refresh_token", &token.refresh) && call.now < token.refresh_expires_unix_millis;
    let token = state.tokens.iter_mut().find(live);
    let token = token.ok_or_else(|| envelope::refused(envelope::REFRESH_TOKEN_EXPIRED))?;
    token.refresh_expires_unix_millis = i64::MIN;
    Ok(())
}

/// The code in the query, the application in the body. A code is good for one token; afterwards,
/// and when it was never handed out, it counts as expired.
fn spend_authorization_code(call: &Call<'_>, state: &mut State) -> Result<(), Canned> {
    let body = call.body(&APPLICATION)?;
    let is_right = body["client_id"] == call.omada.client_id() && body["client_secret"] == call.omada.client_secret();
    allow(is_right, envelope::WRONG_CLIENT)?;
    let sent = call.request.query_value("code");
    let live = state.codes.iter().position(|it| Some(it.code.as_str()) == sent && call.now < it.expires_unix_millis);
    let live = live.ok_or_else(|| envelope::refused(envelope::CODE_EXPIRED))?;
    state.codes.remove(live);
    Ok(())
}

fn allow(is_right: bool, refusal: Refusal) -> Result<(), Canned> {
    if is_right { Ok(()) } else { Err(envelope::refused(refusal)) }
}

/// Lets a call pass that carries a live access token.
pub(crate) fn authorize(call: &Call<'_>) -> Result<(), Canned> {
    let authorization = call.request.header("authorization").unwrap_or_default();
    let Some(access) = authorization.strip_prefix("AccessToken=") else {
        // The token call says "bearer", and then a bearer is told that it has "expired", however
        // fresh its token. Any other scheme counts as no authorization, because no page says
        // otherwise.
        let bearer = authorization.starts_with("Bearer ");
        return Err(if bearer { envelope::refused(envelope::TOKEN_EXPIRED) } else { envelope::unauthorized() });
    };
    match call.state().tokens.iter().find(|token| token.access == access) {
        None => Err(envelope::refused(envelope::TOKEN_UNKNOWN)),
        Some(token) => allow(call.now < token.expires_unix_millis, envelope::TOKEN_EXPIRED),
    }
}
