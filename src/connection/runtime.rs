//! Checks what a call needs: a runtime with timers, and the process in which its client was first used.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::sleep;

/// Why no call can be made in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    /// There is no runtime.
    Runtime,
    /// The runtime has no timers.
    Timers,
    /// The runtime is shutting down.
    Life,
    /// The client was used in the process of which this one is a copy.
    Process,
}

/// The process in which a client was used first. Its connections, and the threads that they live on, exist only there.
#[derive(Default)]
pub(super) struct Process(AtomicU32);

impl Process {
    /// Checks that a call can be made here and now.
    pub(super) fn check(&self) -> Result<(), Lack> {
        let here = process::id();
        match self.0.compare_exchange(0, here, Ordering::Relaxed, Ordering::Relaxed) {
            Err(first) if first != here => return Err(Lack::Process),
            _ => {}
        }
        check_runtime()
    }
}

/// Checks that timers work. tokio has no way to query for them. It panics if a timer is created in a runtime without timers, or
/// polled in one that has ended. So this creates a timer, which is cheap as long as it works.
fn check_runtime() -> Result<(), Lack> {
    const LONG: Duration = Duration::from_secs(3600);
    Handle::try_current().map_err(|_| Lack::Runtime)?;
    let timer = catch_unwind(|| sleep(LONG)).map_err(|_| Lack::Timers)?;
    let mut timer = pin!(timer);
    let poll = || timer.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    catch_unwind(AssertUnwindSafe(poll)).map(|_| ()).map_err(|_| Lack::Life)
}
