//! Keeps the token of a session alive, with one call however many wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use super::super::error::Error;
use super::grant::is_final;
use super::session::Session;
use super::store::TokenStore;
use super::token::{Signature, Token};
use crate::error::StoreFailure;

/// The token that all clones of a client share.
#[derive(Default)]
pub(super) struct Tokens {
    held: Mutex<Held>,
    /// How many sign-ins have failed.
    failures: AtomicU64,
    store: Option<Arc<dyn TokenStore>>,
}

#[derive(Default)]
struct Held {
    signature: Option<Arc<Signature>>,
    /// Whether the controller refused the token before its time.
    is_refused: bool,
    /// Why the last sign-in failed.
    failure: Option<Error>,
}

impl Tokens {
    /// Begins with a token, where there is one, and with a store, where tokens live in one.
    pub(super) fn new(signature: Option<Signature>, store: Option<Arc<dyn TokenStore>>) -> Self {
        let held = Held { signature: signature.map(Arc::new), ..Held::default() };
        Self { held: Mutex::new(held), failures: AtomicU64::new(0), store }
    }

    async fn load(&self) -> Result<Option<Token>, Error> {
        let Some(store) = &self.store else { return Ok(None) };
        store.load().await.map_err(|source| Error::TokenStore(StoreFailure::load(source)))
    }

    async fn save(&self, token: &Token) -> Result<(), Error> {
        let Some(store) = &self.store else { return Ok(()) };
        store.save(token).await.map_err(|source| Error::TokenStore(StoreFailure::save(source)))
    }
}

impl Session {
    /// The token to sign a call with. However many calls wait for it, one of them gets it. Where that fails, it fails for all
    /// that waited meanwhile, and a call that comes later tries again; but credentials that were refused stay refused, because
    /// trying them again and again could lock out the user.
    pub(super) async fn signature(&self) -> Result<Arc<Signature>, Error> {
        let tokens = &self.shared().tokens;
        let failures = tokens.failures.load(Ordering::Acquire);
        let mut held = tokens.held.lock().await;
        let usable = held.signature.as_ref().filter(|signature| !held.is_refused && !signature.is_due());
        if let Some(signature) = usable {
            return Ok(signature.clone());
        }
        let has_failed_since = tokens.failures.load(Ordering::Acquire) != failures;
        if let Some(failure) = held.failure.as_ref().filter(|failure| has_failed_since || is_final(failure)) {
            return Err(failure.clone());
        }
        let renewed = Box::pin(self.renew(&mut held)).await.map_err(Error::signing_in);
        held.failure = renewed.as_ref().err().cloned();
        if renewed.is_err() {
            tokens.failures.fetch_add(1, Ordering::Release);
        }
        renewed
    }

    /// Takes note that the controller refused a token, unless another call has already replaced it.
    pub(super) async fn refuse(&self, refused: &Arc<Signature>) {
        let mut held = self.shared().tokens.held.lock().await;
        if held.signature.as_ref().is_some_and(|signature| Arc::ptr_eq(signature, refused)) {
            held.is_refused = true;
        }
    }

    /// Replaces the token that is held: by one that another process saved, by the one that the refresh token gets, or by a
    /// fresh one.
    async fn renew(&self, held: &mut Held) -> Result<Arc<Signature>, Error> {
        let tokens = &self.shared().tokens;
        let last = held.signature.as_ref().map(|signature| signature.token.clone());
        let saved = tokens.load().await?;
        if let Some(signature) = self.unless_known(saved.clone(), last.as_ref())? {
            return Ok(held.hold(signature));
        }
        let last = saved.or(last);
        let refreshed = match last.as_ref().and_then(|token| token.refresh_token.as_ref()) {
            Some(refresh_token) => match self.refresh(refresh_token).await {
                Ok(token) => Some(token),
                // Without a connection, or from a controller that is busy, a fresh sign-in would get no further.
                Err(error) if error.is_retryable() => return Err(error),
                // A refresh token is dead where another process was faster, and may be where its answer was lost.
                Err(_) => match self.unless_known(tokens.load().await?, last.as_ref())? {
                    Some(signature) => return Ok(held.hold(signature)),
                    None => None,
                },
            },
            None => None,
        };
        let token = match refreshed {
            Some(token) => token,
            None => self.sign_in().await?,
        };
        let signature = held.hold(Signature::new(token, &self.shared().redactor)?);
        tokens.save(&signature.token).await?;
        Ok(signature)
    }

    /// A token from the store, where it can be used and is another than the one that cannot.
    fn unless_known(&self, saved: Option<Token>, last: Option<&Token>) -> Result<Option<Signature>, Error> {
        let is_known = |token: &Token| last.is_some_and(|last| last.access_token == token.access_token);
        let Some(token) = saved.filter(|token| !is_known(token)) else { return Ok(None) };
        let signature = Signature::new(token, &self.shared().redactor)?;
        Ok((!signature.is_due()).then_some(signature))
    }
}

impl Held {
    fn hold(&mut self, signature: Signature) -> Arc<Signature> {
        self.is_refused = false;
        self.signature.insert(Arc::new(signature)).clone()
    }
}
