use std::collections::VecDeque;

const WINDOW_MILLIS: i64 = 60_000;

/// How many requests the connector passes on within any one minute.
pub(crate) struct Rate {
    pub(crate) limit: usize,
    /// When it passed a request on, oldest first; those that it refused do not count.
    passed_unix_millis: VecDeque<i64>,
}

impl Rate {
    /// Counts a request, or says in how many milliseconds the next one passes.
    pub(crate) fn pass(&mut self, now: i64) -> Result<(), i64> {
        // A clock that a test set back makes earlier requests later ones, which count no more.
        self.passed_unix_millis.retain(|passed| *passed <= now && now.saturating_sub(*passed) < WINDOW_MILLIS);
        if self.passed_unix_millis.len() < self.limit {
            self.passed_unix_millis.push_back(now);
            return Ok(());
        }
        let oldest = self.passed_unix_millis.front().copied().unwrap_or(now);
        Err(WINDOW_MILLIS - now.saturating_sub(oldest))
    }
}

impl Default for Rate {
    fn default() -> Self {
        Self { limit: 100, passed_unix_millis: VecDeque::new() }
    }
}
