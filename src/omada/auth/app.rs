//! Who signs in.

use crate::http;
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::validate::Violations;

/// The app that signs in, and where.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) omadac_id: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
    /// The user for whom it signs in; nobody in client mode.
    pub(crate) user: Option<User>,
}

/// A user of the controller.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) username: String,
    pub(crate) password: Secret,
}

impl App {
    /// Refuses credentials that were forgotten.
    pub(crate) fn checked(self) -> Result<Self, Violations> {
        let id = http::key("client_id", &self.client_id, true);
        let app = Violations::both(id, http::key("client_secret", self.client_secret.expose(), true));
        let user = self.user.as_ref().map_or(Ok(()), |User { username, password }| {
            let name = http::credential("username", username);
            Violations::both(name, http::credential("password", password.expose())).map(|_| ())
        });
        Violations::both(app, user).map(|_| self)
    }

    /// What hides the secrets of the app and its user.
    pub(super) fn redactor(&self) -> Redactor {
        let password = self.user.as_ref().map(|user| user.password.clone());
        Redactor::new([self.client_secret.clone()].into_iter().chain(password))
    }
}
