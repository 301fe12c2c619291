use serde_json::{Value, json};

use crate::canned::Canned;
use crate::check::{Kind, Shape, required};
use crate::clock::millis;
use crate::omada::controller::Omada;
use crate::omada::envelope;
use crate::random::hex;
use crate::received::Received;

/// A token pair that was handed out. Nothing accepts the refresh token: an application signs in
/// again instead.
pub(crate) struct Token {
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) expires_unix_millis: i64,
}

const CREDENTIALS: Shape = Shape {
    fields: &[
        required("omadacId", Kind::Text(1, usize::MAX)),
        required("client_id", Kind::Text(1, usize::MAX)),
        required("client_secret", Kind::Text(1, usize::MAX)),
    ],
    conditions: &[],
};

/// Hands out a token pair for the application's id and secret.
pub(crate) fn issue(omada: &Omada, request: &Received) -> Result<Canned, Canned> {
    if request.query_value("grant_type") != Some("client_credentials") {
        return Err(envelope::refused(envelope::WRONG_GRANT));
    }
    let now = omada.now_unix_millis();
    let body = request.body.as_ref().and_then(Value::as_object);
    let body = body.ok_or_else(|| envelope::bad_request(&request.path, now))?;
    CREDENTIALS.check(body).map_err(|broken| envelope::broken(&broken))?;
    if body["omadacId"] != omada.omadac_id() {
        return Err(envelope::unknown_controller());
    }
    if body["client_id"] != omada.client_id() || body["client_secret"] != omada.client_secret() {
        return Err(envelope::refused(envelope::WRONG_CLIENT));
    }
    let mut state = omada.state().lock();
    let lifetime = state.access_token_lifetime;
    let token = Token {
        access: format!("AT-{}", hex(32)),
        refresh: format!("RT-{}", hex(32)),
        expires_unix_millis: now.saturating_add(millis(lifetime)),
    };
    let result = json!({
        "accessToken": token.access,
        "tokenType": "bearer",
        "expiresIn": lifetime.as_secs(),
        "refreshToken": token.refresh,
    });
    state.tokens.push(token);
    Ok(envelope::success("Open API Get Access Token successfully.", result))
}

/// Lets a call pass that carries a live access token.
pub(crate) fn authorize(omada: &Omada, request: &Received) -> Result<(), Canned> {
    let authorization = request.header("authorization").unwrap_or_default();
    let Some(access) = authorization.strip_prefix("AccessToken=") else {
        // The token call says "bearer", and then a bearer is told that it has "expired", however
        // fresh its token. Any other scheme counts as no authorization, because no page says
        // otherwise.
        let bearer = authorization.starts_with("Bearer ");
        return Err(if bearer { envelope::refused(envelope::TOKEN_EXPIRED) } else { envelope::unauthorized() });
    };
    let state = omada.state().lock();
    match state.tokens.iter().find(|token| token.access == access) {
        None => Err(envelope::refused(envelope::TOKEN_UNKNOWN)),
        Some(token) if token.expires_unix_millis <= omada.now_unix_millis() => {
            Err(envelope::refused(envelope::TOKEN_EXPIRED))
        }
        Some(_) => Ok(()),
    }
}
