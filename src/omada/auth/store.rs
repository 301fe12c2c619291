//! Where tokens can live outside of a client.

use std::pin::Pin;

use super::token::Token;

/// What a [`TokenStore`] answers, later.
pub type TokenStoreFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

/// Where the token of a controller lives, so that several processes can share it, and a restart needs no new one. Without a
/// store, a client keeps its token in memory, and its clones share it.
///
/// A client asks its store when it has no token, when its own is about to expire, and when the controller refused it; a token
/// there that another process has renewed meanwhile saves a sign-in, and one that no call can be signed with, such as an empty
/// one, counts as none. What a client was issued it saves, in place of what was there. One store holds the token of one app, and
/// of one user where there is one.
///
/// Two processes that renew at the same time do no harm: a refresh token works once, so the second is refused, looks into the
/// store once more, and signs in afresh where nothing new is there.
///
/// An error of a store fails the call that needed the token, with [`Error::TokenStore`](crate::Error::TokenStore), before
/// anything else is sent. A token that could not be saved stays in memory, so that the next call goes on with it. A store that
/// panics counts as one that returned an error. Calls that waited for the same token make one attempt of their own.
///
/// ```
/// use std::path::PathBuf;
///
/// use hotspot_vouchers::omada::{Token, TokenStore, TokenStoreFuture};
///
/// /// Keeps the token in a file that only its owner may read.
/// struct File(PathBuf);
///
/// impl TokenStore for File {
///     fn load(&self) -> TokenStoreFuture<'_, Option<Token>> {
///         Box::pin(async {
///             match std::fs::read(&self.0) {
///                 Ok(text) => Ok(serde_json::from_slice(&text)?),
///                 Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
///                 Err(error) => Err(error.into()),
///             }
///         })
///     }
///
///     fn save<'a>(&'a self, token: &'a Token) -> TokenStoreFuture<'a, ()> {
///         Box::pin(async { Ok(std::fs::write(&self.0, serde_json::to_vec(token)?)?) })
///     }
/// }
/// ```
pub trait TokenStore: Send + Sync {
    /// The token that was saved last, by whichever process; nothing where none was.
    fn load(&self) -> TokenStoreFuture<'_, Option<Token>>;

    /// Keeps a token in place of the one before.
    fn save<'a>(&'a self, token: &'a Token) -> TokenStoreFuture<'a, ()>;
}
