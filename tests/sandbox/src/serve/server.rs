use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::runtime;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::serve::listener::keep;
use crate::serve::{Desk, Door};

/// What serves all listeners, until it is dropped.
pub(crate) struct Server {
    doors: Vec<Arc<Door>>,
    place: Place,
}

enum Place {
    /// A thread with a runtime of its own: a sandbox may outlive the runtime of the test that started it, and a test that
    /// blocks still gets its answers.
    Thread { stop: Option<oneshot::Sender<()>>, thread: Option<JoinHandle<()>> },
    /// The runtime that started the sandbox, whose clock is then the sandbox's too.
    Here { _tasks: JoinSet<()> },
}

impl Server {
    pub(crate) fn on_a_thread(desks: Vec<(TcpListener, Arc<Desk>)>) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let doors = doors(&desks);
        let mut tasks = {
            let _inside = runtime.enter();
            tasks(desks)?
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let work = move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    _ = tasks.join_next() => {}
                }
            });
        };
        let thread = thread::Builder::new().name("hotspot sandbox".to_owned()).spawn(work)?;
        Ok(Self { doors, place: Place::Thread { stop: Some(stop), thread: Some(thread) } })
    }

    pub(crate) fn here(desks: Vec<(TcpListener, Arc<Desk>)>) -> io::Result<Self> {
        runtime::Handle::try_current().map_err(io::Error::other)?;
        Ok(Self { doors: doors(&desks), place: Place::Here { _tasks: tasks(desks)? } })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.doors.iter().for_each(|door| door.demolish());
        if let Place::Thread { stop, thread } = &mut self.place {
            drop(stop.take());
            if let Some(thread) = thread.take() {
                // Waiting makes the end definite: when this returns, all ports are free and every
                // connection is closed. A server that panicked has nothing left to stop.
                let _ = thread.join();
            }
        }
    }
}

/// Binds loopback, port 0 being any free one.
pub(crate) fn bind(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let with_address = |error: io::Error| {
        let is_taken = error.kind() == io::ErrorKind::AddrInUse;
        let advice = if is_taken { "; choose another port, or 0 for a free one" } else { "" };
        io::Error::new(error.kind(), format!("cannot listen on {wanted}: {error}{advice}"))
    };
    let listener = TcpListener::bind(wanted).map_err(with_address)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

fn doors(desks: &[(TcpListener, Arc<Desk>)]) -> Vec<Arc<Door>> {
    desks.iter().map(|(_, desk)| Arc::clone(&desk.door)).collect()
}

/// One task for each listener, on the runtime that this is called in.
fn tasks(desks: Vec<(TcpListener, Arc<Desk>)>) -> io::Result<JoinSet<()>> {
    let mut tasks = JoinSet::new();
    for (listener, desk) in desks {
        tasks.spawn(keep(tokio::net::TcpListener::from_std(listener)?, desk));
    }
    Ok(tasks)
}
