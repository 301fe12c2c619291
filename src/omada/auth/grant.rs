//! The ways to a token: the grants that the vendor documents.

use reqwest::header::COOKIE;

use super::super::error::Error;
use super::super::generated::Operation;
use super::super::generated::types::{AppCredentials, ErrorCode, GrantType, IssuedToken, LogIn, TokenRequest};
use super::app::User;
use super::session::Session;
use super::token::Token;
use crate::http;
use crate::secret::Secret;
use crate::unexpected::Unexpected;

impl Session {
    /// Gets the next token with the refresh token of the last one.
    pub(super) async fn refresh(&self, refresh_token: &Secret) -> Result<Token, Error> {
        let app = &self.shared().app;
        // A controller may say back what it was sent.
        let session = self.knowing(refresh_token);
        let answer = session.client().refresh_token(&app.client_id, &app.client_secret, refresh_token).await?;
        Token::issued(answer, Operation::RefreshToken)
    }

    /// Signs in afresh: as the app itself, or for its user where it has one.
    pub(super) async fn sign_in(&self) -> Result<Token, Error> {
        match &self.shared().app.user {
            None => Token::issued(self.request_token().await?, Operation::RequestToken),
            Some(user) => Token::issued(self.sign_in_as(user).await?, Operation::RedeemAuthorizationCode),
        }
    }

    async fn request_token(&self) -> Result<IssuedToken, Error> {
        let app = self.shared().app.clone();
        let credentials =
            TokenRequest { omadac_id: app.omadac_id, client_id: app.client_id, client_secret: app.client_secret };
        self.client().request_token(&GrantType::ClientCredentials, &credentials).await
    }

    /// Signs in as a user in three steps: the session of the user, a code, and the token for it.
    async fn sign_in_as(&self, user: &User) -> Result<IssuedToken, Error> {
        let app = &self.shared().app;
        let log_in = LogIn { username: user.username.clone(), password: user.password.clone() };
        let answer = self.client().log_in(&app.client_id, &app.omadac_id, &log_in).await?;
        let lacking = || Unexpected::lacking(Operation::LogIn.id());
        let csrf_token = answer.csrf_token.ok_or_else(lacking)?;
        let session_id = answer.session_id.ok_or_else(lacking)?;
        let unusable = |_| lacking();
        let csrf_header = http::secret_header("csrfToken", csrf_token.expose()).map_err(unusable)?;
        http::key("sessionId", session_id.expose(), false).map_err(unusable)?;
        let cookie = format!("TPOMADA_SESSIONID={}", session_id.expose());
        let cookie = http::secret_header("sessionId", &cookie).map_err(unusable)?;

        let session = self.knowing(&csrf_token).knowing(&session_id);
        let query = [("client_id", app.client_id.as_str()), ("omadac_id", &app.omadac_id), ("response_type", "code")];
        let finish = |request: reqwest::RequestBuilder| {
            request.query(&query).header("Csrf-Token", &csrf_header).header(COOKIE, &cookie)
        };
        let code = session.client().create_authorization_code(finish).await?;
        let credentials = AppCredentials { client_id: app.client_id.clone(), client_secret: app.client_secret.clone() };
        session.knowing(&code).client().redeem_authorization_code(&code, &credentials).await
    }
}

/// What a failed sign-in shows about its credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They are wrong, and nothing but other ones helps.
    Wrong,
    /// A user's password may be wrong. The vendor does not document with which code it refuses one.
    Doubtful,
    /// Nothing.
    None,
}

impl Verdict {
    pub(super) fn of(error: &Error) -> Self {
        let Error::Api(refusal) = error else { return Self::None };
        // A status that says to come back later speaks for the controller, not for what it was sent.
        if error.is_passing() || error.has_passing_status() {
            return Self::None;
        }
        let is_log_in = refusal.operation == Operation::LogIn.id();
        match (&refusal.code, refusal.code.class()) {
            (ErrorCode::ClientCredentialsInvalid, _) => Self::Wrong,
            (ErrorCode::AuthorizationFailed, _) if is_log_in => Self::Wrong,
            (_, None) if is_log_in => Self::Doubtful,
            _ => Self::None,
        }
    }
}
