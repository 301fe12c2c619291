//! What a client remembers of its own creates.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use crate::rows::mark;

/// How many ids are remembered, of those that were returned last.
const MOST_IDS: usize = 1 << 14;

/// What the clones of a client remember together of their creates.
#[derive(Default)]
pub(crate) struct Sales {
    /// The keyed creates that are under way.
    turns: Mutex<HashMap<String, Weak<AsyncMutex<()>>>>,
    returned: Mutex<Returned>,
}

/// The ids that creates returned.
#[derive(Default)]
struct Returned {
    ids: HashSet<u64>,
    /// The same, oldest first.
    order: VecDeque<u64>,
}

impl Sales {
    /// Waits until no other call creates the same.
    pub(crate) async fn turn(&self, sale: String) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| turn.strong_count() > 0);
            turns.get(&sale).and_then(Weak::upgrade).unwrap_or_else(|| {
                let turn = Arc::default();
                turns.insert(sale, Arc::downgrade(&turn));
                turn
            })
        };
        turn.lock_owned().await
    }

    /// Remembers ids that are returned to the caller. Returns whether they are the ids of something new: each came once, and
    /// none was returned before. If they are not, nothing is remembered.
    ///
    /// A connection that is kept alive, or a proxy, can deliver the response to an earlier create again.
    pub(crate) fn are_new(&self, ids: impl IntoIterator<Item = impl Hash>) -> bool {
        let ids: Vec<u64> = ids.into_iter().map(|id| mark(&id)).collect();
        let mut returned = self.returned.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = HashSet::new();
        let are_new = ids.iter().all(|id| !returned.ids.contains(id) && seen.insert(*id));
        if are_new {
            returned.add(ids);
        }
        are_new
    }

    /// Whether an id was returned before.
    #[allow(dead_code, reason = "a vendor may return one id for all vouchers of a create")]
    pub(crate) fn is_known(&self, id: impl Hash) -> bool {
        self.returned.lock().unwrap_or_else(PoisonError::into_inner).ids.contains(&mark(&id))
    }

    /// Remembers ids that are returned to the caller, and may have been before.
    pub(crate) fn remember(&self, ids: impl IntoIterator<Item = impl Hash>) {
        let ids = ids.into_iter().map(|id| mark(&id));
        self.returned.lock().unwrap_or_else(PoisonError::into_inner).add(ids);
    }
}

impl Returned {
    fn add(&mut self, ids: impl IntoIterator<Item = u64>) {
        for id in ids {
            if self.ids.insert(id) {
                self.order.push_back(id);
            }
            if self.order.len() > MOST_IDS
                && let Some(oldest) = self.order.pop_front()
            {
                self.ids.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_remembered_up_to_a_bound() {
        let sales = Sales::default();
        assert!(sales.are_new([1_usize, 2]) && !sales.are_new([3_usize, 2]) && !sales.are_new([4_usize, 4]));
        assert!(sales.are_new([3_usize, 4]), "nothing was remembered of what was not new");
        sales.remember(10..10 + MOST_IDS);
        assert!(sales.is_known(10_usize) && !sales.is_known(1_usize));
        let returned = sales.returned.lock().expect("no panic");
        assert_eq!((returned.ids.len(), returned.order.len()), (MOST_IDS, MOST_IDS));
    }
}
