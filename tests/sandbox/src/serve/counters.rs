use std::collections::BTreeMap;

use crate::pattern::Pattern;

/// What has come through a door so far.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Counters {
    /// Connections that were accepted, those without a request too.
    pub connections: usize,
    /// Connections that are open now.
    pub connections_open: usize,
    /// TLS handshakes that the client, or its lack of TLS, made fail.
    pub handshakes_failed: usize,
    /// Requests that were read whole.
    pub requests: usize,
    /// Requests that are being answered now; one that is only delayed counts, whether its caller still waits or not.
    pub requests_open: usize,
    /// The most requests that were being answered at the same time.
    pub most_requests_open: usize,
    /// Requests by [operation](crate::Received::operation).
    pub operations: BTreeMap<String, usize>,
}

impl Counters {
    /// How many requests fitted a [pattern](crate::Faults::on): `"POST *voucher-groups"`, or `"POST *token"` for token calls.
    ///
    /// # Panics
    ///
    /// When the pattern is not a verb and a path.
    pub fn requests_of(&self, pattern: &str) -> usize {
        let pattern = Pattern::parse(pattern);
        self.operations.iter().filter(|(operation, _)| pattern.fits(operation)).map(|(_, requests)| requests).sum()
    }

    pub(crate) fn begin(&mut self, operation: String) {
        self.requests += 1;
        self.requests_open += 1;
        self.most_requests_open = self.most_requests_open.max(self.requests_open);
        *self.operations.entry(operation).or_default() += 1;
    }
}
