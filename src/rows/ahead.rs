//! Asks for the pages behind the one that is waited for, so that a far controller need not be waited for page by page.

use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use tokio::time::Instant;

use super::Place;

/// How many pages are asked for at a time.
const AT_A_TIME: usize = 4;

/// How long what was asked for ahead may lie there while nobody waits for a page. The timeouts of its calls run on meanwhile, and
/// its rows grow old, so that after a longer pause it is asked for once more.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The pages on their way, in the order of the list. They come only while one of them is waited for.
pub(super) struct Ahead<P: Place, F, C: Future> {
    read: F,
    asked: VecDeque<P::Ask>,
    coming: FuturesOrdered<C>,
    /// When a page was waited for the last time.
    waited: Instant,
}

impl<P: Place, F: FnMut(P::Ask) -> C, C: Future> Ahead<P, F, C> {
    pub(super) fn new(read: F) -> Self {
        Self { read, asked: VecDeque::new(), coming: FuturesOrdered::new(), waited: Instant::now() }
    }

    /// The page at a place. Where it is not the one that was expected there, what was asked for ahead is dropped.
    pub(super) async fn at(&mut self, place: &P) -> C::Output {
        let ask = place.ask();
        if self.asked.front() != Some(&ask) || self.waited.elapsed() > LONGEST_PAUSE {
            self.asked.clear();
            self.coming = FuturesOrdered::new();
        }
        let mut next = self.asked.back().map_or_else(|| Some(ask.clone()), |asked| place.ahead(asked));
        while let Some(behind) = next.filter(|_| self.asked.len() < AT_A_TIME) {
            self.coming.push_back((self.read)(behind.clone()));
            next = place.ahead(&behind);
            self.asked.push_back(behind);
        }
        let page = match self.coming.next().await {
            Some(page) => page,
            None => (self.read)(ask).await,
        };
        self.asked.pop_front();
        self.waited = Instant::now();
        page
    }
}
