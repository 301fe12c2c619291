//! The wrappers of a small vendor, and those that are committed.

use super::vendor::Vendor;
use super::{files, rustfmt};
use crate::cargo::root;

const ROOT: &str = "
    pub mod filter;
    pub mod generated;
    mod error;
    mod site;
    pub use crate::secret::Secret;
    pub use error::Error;
    pub use filter::Filter;
    pub use generated::types::*;
    pub use site::{Client, Site};";

/// Private to the vendor, so it has no wrapper.
const SESSION: &str = "
    use super::error::Error;
    pub struct Session;
    impl Session { pub async fn send(&self) -> Result<(), Error> { todo() } }";

const SITE: &str = r#"
    use std::fmt;
    use std::sync::Arc;
    use futures_util::Stream;
    use uuid::Uuid as Id;
    use super::error::Error;
    use super::generated::{self, types::{Page, Voucher}};
    use crate::secret::Secret;

    /// A client.
    ///
    /// ```
    /// let site = client.site().await?;
    /// ```
    #[derive(Debug, Clone)]
    #[must_use]
    pub struct Client { generated: generated::Client, shared: Arc<()> }

    /// A site.
    #[derive(Clone)]
    pub struct Site(Client);

    impl Client {
        fn hidden(&self) {}
        pub(crate) async fn hidden_too(&self) {}
        /// Not wrapped.
        pub fn generated(&self) -> &generated::Client { &self.generated }
        /// Makes a client with a [`Secret`], or returns an [`Error`] of [`Voucher`]s.
        pub fn new(mut secret: impl Into<Secret>) -> Result<Self, Error> { secret.into() }
        /// Changes it.
        #[deprecated = "use another"]
        pub fn with(mut self, shared: bool) -> Self { self }
        /// Names it.
        #[must_use]
        #[cfg(feature = "rustls")]
        #[allow(unused)]
        pub fn name(&self, f: &dyn fmt::Display) -> &str { "" }
        /// Finds a site.
        ///
        /// # Errors
        /// - [`Error::Api`] if the stream ends.
        pub async fn find_site(&self, id: Id) -> Result<Option<Site>, Error> { todo() }
        pub async fn all_sites(&self) -> Result<Vec<Site>, Error> { todo() }
        pub fn sites(&self) -> impl Stream<Item = Result<Site, Error>> + use<> { todo() }
    }

    impl Site {
        pub fn client(&self) -> &Client { &self.0 }
        pub fn vouchers<F>(&self, filter: F) -> Result<impl Stream<Item = Result<Voucher, Error>> + use<F>, Error>
        where
            F: Into<Option<super::filter::Filter<Voucher>>>,
        { todo() }
        pub async fn page(&self, other: &Site, client: Client, page: &[Page]) -> Result<Page, super::Error> { todo() }
    }"#;

fn vendor(site: &str) -> Result<Vendor, String> {
    let texts = [("", ROOT), ("session", SESSION), ("site", site)];
    let path = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty()).into_iter().collect();
    Vendor::new("omada", texts.map(|(name, text)| (path(name), text.to_owned())).into())
}

#[test]
fn public_methods_of_public_types_are_wrapped() {
    let root = root().unwrap();
    let files = vendor(SITE).and_then(|vendor| vendor.wrappers()).unwrap();
    let formatted = files.iter().map(|(name, text)| {
        let text = rustfmt::format(&root, text).unwrap_or_else(|error| format!("{error}\n{text}"));
        format!("==> {name}\n{text}\n")
    });
    insta::assert_snapshot!(formatted.collect::<String>());
}

#[test]
fn what_cannot_be_wrapped_is_an_error() {
    for (method, mistake) in [
        ("pub async fn a(&self) -> Result<(u8, Site), Error> { x }", "`Site::a`: no wrapper can return `(u8 , Site)`"),
        (
            "pub async fn a(&self) -> Result<u8, Wrong<Site>> { x }",
            "`Site::a`: no wrapper can return `Result < u8 , Wrong < Site > >`",
        ),
        ("pub async fn a(&mut self) {}", "`Site::a`: no wrapper can have this receiver"),
        ("pub async fn a(&self, sites: &[Site]) {}", "`Site::a`: no wrapper can take the type of `sites`"),
        ("pub async fn a(&self, (b, c): (u8, u8)) {}", "`Site::a`: an argument has no name"),
        (
            "pub async fn a(&self, s: Session) {}",
            "`Site::a`: `crate::omada::session::Session` is not public in `omada`",
        ),
    ] {
        let site = format!("use super::session::Session; #[derive(Clone)] pub struct Site; impl Site {{ {method} }}");
        let error = vendor(&site).and_then(|vendor| vendor.wrappers()).unwrap_err();
        assert_eq!(error, format!("src/omada/site.rs: {mistake}"));
    }
}

#[test]
fn what_is_committed_is_fresh() {
    let root = root().unwrap();
    assert_eq!(files(&root).unwrap().stale(&root), Ok(Vec::new()), "run `cargo xtask regen`");
}
