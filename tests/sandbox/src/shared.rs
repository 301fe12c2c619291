use std::sync::{Mutex, MutexGuard, PoisonError};

/// State that the test's thread and the servers' thread both touch.
///
/// A test that fails while it holds the lock must not make the next question to the sandbox fail
/// too, so poisoning is ignored: every change made under the lock is a single assignment or push,
/// and leaves nothing half done.
#[derive(Default)]
pub(crate) struct Shared<T>(Mutex<T>);

impl<T> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::Shared;

    #[test]
    fn survives_a_panic_under_the_lock() {
        let shared = Shared::new(1);
        let failed = catch_unwind(AssertUnwindSafe(|| {
            let _guard = shared.lock();
            panic!("a failing assertion");
        }));
        assert!(failed.is_err());
        assert_eq!(*shared.lock(), 1);
    }
}
