//! Keeps the token of a session alive, with one call however many wait for it.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use tokio::time::Instant;

use super::super::error::Error;
use super::grant::Verdict;
use super::session::Session;
use super::store::{TokenStore, TokenStoreFuture};
use super::token::{Signature, Token};
use crate::error::StoreFailure;

/// How often in a row a sign-in may be refused with a code that could mean a wrong password, before calls stop to send it for a
/// while: controllers lock out users whose password is wrong too often.
const DOUBTS: u32 = 3;

/// How long calls stop to send what was refused so; then twice as long each time, up to the longest.
const FIRST_REST: Duration = Duration::from_secs(60);
const LONGEST_REST: Duration = Duration::from_secs(15 * 60);

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
    /// Whether the next token has to come of a fresh sign-in.
    is_fresh_wanted: bool,
    /// Why the credentials were refused, if they were.
    refusal: Option<Refused>,
    /// How often in a row they were refused with a code that could mean a wrong password.
    doubts: u32,
    renewal: Option<Renewal>,
}

/// Credentials that were refused.
struct Refused {
    error: Error,
    /// When they may be sent again; nothing if they are wrong.
    until: Option<Instant>,
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
        held.is_fresh_wanted = false;
        held.signature.insert(Arc::new(signature)).clone()
    }

    /// The token in the store. One that cannot be used is none, so that a fresh one replaces it.
    async fn load(&self) -> Result<Option<Token>, Error> {
        let Some(store) = &self.store else { return Ok(None) };
        let saved = guarded(|| store.load()).await;
        let saved = saved.map_err(|source| Error::TokenStore(StoreFailure::load(source)))?;
        Ok(saved.filter(Token::is_usable))
    }

    async fn save(&self, token: &Token) -> Result<(), Error> {
        let Some(store) = &self.store else { return Ok(()) };
        let saved = guarded(|| store.save(token)).await;
        saved.map_err(|source| Error::TokenStore(StoreFailure::save(source)))
    }
}

/// Calls a store and turns a panic into an error, because many calls may wait for the result and must not panic with it.
async fn guarded<'a, T>(
    ask: impl FnOnce() -> TokenStoreFuture<'a, T>,
) -> Result<T, Box<dyn std::error::Error + Send + Sync>> {
    let answer = AssertUnwindSafe(async { ask().await }).catch_unwind().await;
    answer.unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let message = message.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Err(format!("it panicked: {message}").into())
    })
}

impl Session {
    /// The token to sign a call with. However many calls wait for it, it is got once. If that fails, it fails for all that wait,
    /// and a call that comes later tries again; but credentials that were refused stay refused, because trying them again and
    /// again could lock out the user. If it is the store that failed, the calls that waited for another one's attempt make one of
    /// their own.
    pub(super) async fn signature(&self) -> Result<Arc<Signature>, Error> {
        let mut has_waited = false;
        loop {
            let (coming, is_own) = {
                let mut held = self.shared().tokens.held();
                if let Some(signature) = held.usable() {
                    return Ok(signature.clone());
                }
                if let Some(refused) = held.refusal.as_ref().filter(|refused| refused.stands()) {
                    return Err(refused.error.clone());
                }
                match held.coming() {
                    Some(coming) => (coming, false),
                    None => (self.begin_renewal(&mut held), true),
                }
            };
            match coming.await {
                Err(Error::TokenStore(_)) if !is_own && !has_waited => has_waited = true,
                outcome => return outcome,
            }
        }
    }

    /// Lets the next token come of a fresh sign-in, even if the credentials were refused.
    pub(super) fn want_fresh(&self) {
        let mut held = self.shared().tokens.held();
        *held = Held { signature: held.signature.take(), is_refused: true, is_fresh_wanted: true, ..Held::default() };
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
            session.shared().tokens.held().judge(renewed.as_ref().err());
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
        let (last, is_fresh_wanted) = {
            let held = tokens.held();
            (held.signature.as_ref().map(|signature| signature.token.clone()), held.is_fresh_wanted)
        };
        if is_fresh_wanted {
            return self.issue().await;
        }
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
        match refreshed {
            Some(token) => self.keep(token).await,
            None => self.issue().await,
        }
    }

    /// Signs in afresh.
    async fn issue(&self) -> Result<Arc<Signature>, Error> {
        self.keep(self.sign_in().await?).await
    }

    /// Holds and saves a token that was issued.
    async fn keep(&self, token: Token) -> Result<Arc<Signature>, Error> {
        let tokens = &self.shared().tokens;
        let signature = tokens.hold(Signature::issued(token, &self.shared().redactor)?);
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

impl Refused {
    fn stands(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() < until)
    }
}

impl Held {
    /// The token that is held, if calls can be signed with it.
    fn usable(&self) -> Option<&Arc<Signature>> {
        self.signature.as_ref().filter(|signature| !self.is_refused && !signature.is_due())
    }

    /// Takes note of how a renewal ended.
    fn judge(&mut self, error: Option<&Error>) {
        let verdict = error.map_or(Verdict::None, Verdict::of);
        self.doubts = match (error, verdict) {
            (Some(_), Verdict::Doubtful) => self.doubts.saturating_add(1),
            // What says nothing of the credentials takes no doubt away.
            (Some(_), _) => self.doubts,
            (None, _) => 0,
        };
        let until = match verdict {
            Verdict::Wrong => Some(None),
            Verdict::Doubtful => rest(self.doubts).map(|rest| Some(Instant::now() + rest)),
            Verdict::None => None,
        };
        self.refusal = error.cloned().zip(until).map(|(error, until)| Refused { error, until });
    }

    /// The renewal that is under way, unless it has ended or its deadline has passed.
    fn coming(&self) -> Option<Shared<Renewed>> {
        let renewal = self.renewal.as_ref().filter(|renewal| Instant::now() < renewal.deadline)?;
        renewal.coming.upgrade().filter(|coming| coming.peek().is_none())
    }
}

/// How long to let credentials rest that were so often refused with a code that could mean a wrong password.
fn rest(doubts: u32) -> Option<Duration> {
    let times = 2_u32.saturating_pow(doubts.checked_sub(DOUBTS)?);
    Some(FIRST_REST.saturating_mul(times).min(LONGEST_REST))
}
