//! The threads on which connections live, apart from the runtimes and threads that make calls.
//!
//! What a controller sends is parsed in a task of its connection, which runs as long as more has arrived. A controller that
//! sends without end can keep the thread of that task from everything else, timers included. On a thread of its own, it can
//! hold up neither the deadline of the call that reads from it nor calls to other controllers.

use std::io;
use std::panic::catch_unwind;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::{process, thread};

use tokio::runtime::{Builder, Handle, RuntimeFlavor};
use tokio::sync::oneshot;
use tokio::time::Instant;

/// How many threads there are at most. Clients beyond that share them.
const MOST_THREADS: usize = 64;

/// The threads of all clients, with the process that they are in: a copy of a process has none of its threads.
static THREADS: Mutex<Vec<(u32, Weak<Network>)>> = Mutex::new(Vec::new());

/// A thread with a runtime of its own. It sleeps while there is nothing to do, and ends when it is dropped.
pub(crate) struct Network {
    handle: Handle,
    _end: oneshot::Sender<()>,
}

impl Network {
    /// Starts a thread.
    pub(crate) fn start() -> io::Result<Self> {
        // When files have run out, tokio panics if it was built to handle signals.
        let built = catch_unwind(|| Builder::new_current_thread().enable_all().build());
        let exhausted = |_| Err(io::Error::other("tokio panicked, perhaps because no more files can be opened"));
        let runtime = built.unwrap_or_else(exhausted)?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel::<()>();
        let name = env!("CARGO_PKG_NAME").to_owned();
        thread::Builder::new().name(name).spawn(move || drop(runtime.block_on(ended)))?;
        Ok(Self { handle, _end: end })
    }

    /// A thread for one more client: its own, or the one with the fewest clients if there are many threads already or no more
    /// can be started.
    fn join() -> io::Result<Arc<Self>> {
        let mut threads = THREADS.lock().unwrap_or_else(PoisonError::into_inner);
        let here = process::id();
        threads.retain(|(process, thread)| *process == here && thread.strong_count() > 0);
        let shared = || threads.iter().filter_map(|(_, thread)| thread.upgrade()).min_by_key(Arc::strong_count);
        if let Some(network) = (threads.len() >= MOST_THREADS).then(shared).flatten() {
            return Ok(network);
        }
        match Self::start() {
            Ok(network) => {
                let network = Arc::new(network);
                threads.push((here, Arc::downgrade(&network)));
                Ok(network)
            }
            Err(error) => shared().ok_or(error),
        }
    }

    /// The runtime of the thread.
    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}

/// The thread of one client's connections, which its first call starts.
#[derive(Default)]
pub(super) struct Home(Mutex<Option<Arc<Network>>>);

impl Home {
    /// Returns the runtime of the connections, or `None` if it is the runtime of the caller.
    ///
    /// The paused clock of a test advances when all tasks of its runtime wait. Connections on another thread would not count, so
    /// in such a runtime they live on the runtime itself.
    pub(super) fn handle(&self) -> io::Result<Option<Handle>> {
        if let Ok(current) = Handle::try_current()
            && current.runtime_flavor() == RuntimeFlavor::CurrentThread
            && is_clock_paused()
        {
            return Ok(None);
        }
        let mut home = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let network = match &mut *home {
            Some(network) => network,
            none => none.insert(Network::join()?),
        };
        Ok(Some(network.handle().clone()))
    }
}

/// Returns `true` if the clock of this runtime is paused.
fn is_clock_paused() -> bool {
    let (before, began) = (Instant::now(), std::time::Instant::now());
    while began.elapsed().is_zero() {
        std::hint::spin_loop();
    }
    Instant::now() == before
}
