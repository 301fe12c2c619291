//! The paces that all clients of this process share.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use super::pace::{Pace, Shared};

/// The identity of a shared pace. It is a hash of keys, which cannot be recovered from it: the hash has a random key of this
/// process.
type Digest = [u64; 2];

static PACES: Mutex<BTreeMap<Digest, Weak<Shared>>> = Mutex::new(BTreeMap::new());

/// The pace that belongs to these texts, such as a key and a console. It lives as long as a client has it.
pub(crate) fn shared(owner: &[&str], requests: u32, period: Duration) -> Pace {
    let digest = digest(owner);
    let mut paces = paces();
    if let Some(shared) = paces.get(&digest).and_then(Weak::upgrade) {
        return Pace(shared);
    }
    let pace = Pace::entered(requests, period, Some(Entry(digest)));
    paces.insert(digest, Arc::downgrade(&pace.0));
    pace
}

/// The entry of a shared pace, which is removed with the last client that has the pace.
pub(super) struct Entry(Digest);

impl Drop for Entry {
    fn drop(&mut self) {
        let mut paces = paces();
        if paces.get(&self.0).is_some_and(|pace| pace.strong_count() == 0) {
            paces.remove(&self.0);
        }
    }
}

impl Pace {
    pub(super) fn entered(requests: u32, period: Duration, entry: Option<Entry>) -> Self {
        Self(Arc::new(Shared::new(requests, period, entry)))
    }
}

fn paces() -> MutexGuard<'static, BTreeMap<Digest, Weak<Shared>>> {
    PACES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn digest(owner: &[&str]) -> Digest {
    static HASHES: OnceLock<[RandomState; 2]> = OnceLock::new();
    HASHES.get_or_init(Default::default).each_ref().map(|hash| hash.hash_one(owner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_shared_by_its_owners_and_forgotten_after_the_last() {
        let pace = |owner: &[&str]| shared(owner, 7, Duration::from_secs(1));
        let owner = ["a vendor", "hunter2", "a console"];
        let is_known = |owner: &[&str]| paces().contains_key(&digest(owner));
        let (one, same) = (pace(&owner), pace(&owner));
        let others = [pace(&["a vendor", "hunter2a", " console"]), pace(&["a vendor", "hunter2"])];
        assert!(Arc::ptr_eq(&one.0, &same.0) && others.iter().all(|other| !Arc::ptr_eq(&other.0, &one.0)));
        assert!(!format!("{one:?}").contains("hunter2"));
        drop(one);
        assert!(is_known(&owner), "a client still has it");
        drop(same);
        assert!(!is_known(&owner));
        assert!(is_known(&["a vendor", "hunter2"]));
    }
}
