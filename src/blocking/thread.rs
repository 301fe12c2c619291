//! Waits for a call where there is no async.
//!
//! Timers live on one thread of this crate's, which the first call starts, and which sleeps while there is nothing to do.
//! Connections live on other threads, so that no controller can hold up the timers. A call itself runs on the thread of its caller, which is put to sleep while it waits. So it borrows what it
//! likes, and it is no matter whether that thread is one of a runtime's.

use std::io;
use std::pin::pin;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::Handle;
use tokio::task::unconstrained;

use crate::connection::Network;
use crate::error::{Error, Transport};

/// The thread for timers, once it runs, and the process in which it does.
static THREAD: Mutex<Option<(u32, Network)>> = Mutex::new(None);

/// Waits until a call has ended.
pub(crate) fn wait<T, A>(call: impl Future<Output = Result<T, Error<A>>>) -> Result<T, Error<A>> {
    let handle = started().map_err(|error| Transport::without_thread("", error))?;
    let _entered = handle.enter();
    let waker = Waker::from(Arc::new(Caller(thread::current())));
    let mut context = Context::from_waker(&waker);
    // Within a task of a runtime, what that task may do at a time must not count here: nobody would renew it.
    let mut call = pin!(unconstrained(call));
    loop {
        match call.as_mut().poll(&mut context) {
            Poll::Ready(outcome) => return outcome,
            Poll::Pending => thread::park(),
        }
    }
}

/// The thread, which the first call starts. If that fails, the next call tries again. A process that was forked from another
/// has none of its threads, and starts one of its own.
fn started() -> io::Result<Handle> {
    let here = process::id();
    let mut thread = THREAD.lock().unwrap_or_else(PoisonError::into_inner);
    match &*thread {
        Some((process, network)) if *process == here => Ok(network.handle().clone()),
        _ => Ok(thread.insert((here, Network::start()?)).1.handle().clone()),
    }
}

/// The thread that waits for a call.
struct Caller(Thread);

impl Wake for Caller {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
