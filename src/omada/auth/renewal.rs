//! Keeps the token of a session alive, with one call however many wait for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use tokio::time::Instant;

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
    store: Option<Arc<dyn TokenStore>>,
}

#[derive(Default)]
struct Held {
    signature: Option<Arc<Signature>>,
    /// Whether the controller refused the token before its time.
    is_refused: bool,
    /// Why the credentials were refused, where they were.
    refusal: Option<Error>,
    renewal: Option<Renewal>,
}

type Renewed = BoxFuture<'static, Result<Arc<Signature>, Error>>;

/// A token on its way. Everybody who waits for it drives it on, so that nobody has to wait for somebody who does not, and it is
/// given up when nobody waits any more.
struct Renewal {
    coming: WeakShared<Renewed>,
    /// When the time for it is up.
    deadline: Instant,
}

impl Tokens {
    /// Begins with a token, where there is one, and with a store, where tokens live in one.
    pub(super) fn new(signature: Option<Signature>, store: Option<Arc<dyn TokenStore>>) -> Self {
        let held = Held { signature: signature.map(Arc::new), ..Held::default() };
        Self { held: Mutex::new(held), store }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds a token in place of the one before.
    fn hold(&self, signature: Signature) -> Arc<Signature> {
        let mut held = self.held();
        held.is_refused = false;
        held.signature.insert(Arc::new(signature)).clone()
    }

    /// The token in the store. One that cannot be used is none, so that a fresh one replaces it.
    async fn load(&self) -> Result<Option<Token>, Error> {
        let Some(store) = &self.store else { return Ok(None) };
        let saved = store.load().await.map_err(|source| Error::TokenStore(StoreFailure::load(source)))?;
        Ok(saved.filter(Token::is_usable))
    }

    async fn save(&self, token: &Token) -> Result<(), Error> {
        let Some(store) = &self.store else { return Ok(()) };
        store.save(token).await.map_err(|source| Error::TokenStore(StoreFailure::save(source)))
    }
}

impl Session {
    /// The token to sign a call with. However many calls wait for it, it is got once. Where that fails, it fails for all that
    /// wait, and a call that comes later tries again; but credentials that were refused stay refused, because trying them again
    /// and again could lock out the user.
    pub(super) async fn signature(&self) -> Result<Arc<Signature>, Error> {
        let coming = {
            let mut held = self.shared().tokens.held();
            if let Some(signature) = held.signature.as_ref().filter(|held_one| !held.is_refused && !held_one.is_due()) {
                return Ok(signature.clone());
            }
            if let Some(refusal) = &held.refusal {
                return Err(refusal.clone());
            }
            held.coming().unwrap_or_else(|| self.begin_renewal(&mut held))
        };
        coming.await
    }

    /// Takes note that the controller refused a token, unless another call has already replaced it.
    pub(super) fn refuse(&self, refused: &Arc<Signature>) {
        let mut held = self.shared().tokens.held();
        if held.signature.as_ref().is_some_and(|signature| Arc::ptr_eq(signature, refused)) {
            held.is_refused = true;
        }
    }

    fn begin_renewal(&self, held: &mut Held) -> Shared<Renewed> {
        // It has a deadline of its own, as calls wait for it whose own deadlines differ.
        let session = self.with_new_deadline();
        let deadline = session.line().deadline();
        let coming = async move {
            let renewed = session.renew().await.map_err(Error::signing_in);
            session.shared().tokens.held().refusal = renewed.as_ref().err().filter(|error| is_final(error)).cloned();
            renewed
        };
        let coming = coming.boxed().shared();
        held.renewal = coming.downgrade().map(|coming| Renewal { coming, deadline });
        coming
    }

    /// Replaces the token that is held: by one that another process saved, by the one that the refresh token gets, or by a
    /// fresh one.
    async fn renew(&self) -> Result<Arc<Signature>, Error> {
        let tokens = &self.shared().tokens;
        let last = tokens.held().signature.as_ref().map(|signature| signature.token.clone());
        let saved = tokens.load().await?;
        if let Some(signature) = self.unless_known(saved.clone(), last.as_ref())? {
            return Ok(tokens.hold(signature));
        }
        let last = saved.or(last);
        let refreshed = match last.as_ref().and_then(|token| token.refresh_token.as_ref()) {
            Some(refresh_token) => match self.refresh(refresh_token).await {
                Ok(token) => Some(token),
                // Without a connection, or from a controller that is busy, a fresh sign-in would get no further.
                Err(error) if error.is_retryable() => return Err(error),
                // A refresh token is dead where another process was faster, and may be where its answer was lost.
                Err(_) => match self.unless_known(tokens.load().await?, last.as_ref())? {
                    Some(signature) => return Ok(tokens.hold(signature)),
                    None => None,
                },
            },
            None => None,
        };
        let token = match refreshed {
            Some(token) => token,
            None => self.sign_in().await?,
        };
        let signature = tokens.hold(Signature::new(token, &self.shared().redactor)?);
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
    /// The token that is on its way, unless that is over already, or whoever waited for it let the time for it pass.
    fn coming(&self) -> Option<Shared<Renewed>> {
        let renewal = self.renewal.as_ref().filter(|renewal| Instant::now() < renewal.deadline)?;
        renewal.coming.upgrade().filter(|coming| coming.peek().is_none())
    }
}
