use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::Response;
use tokio::runtime;
use tokio::sync::oneshot;

use crate::canned::Canned;
use crate::received::Received;

/// Larger requests are refused unread; the largest honest one is a few kilobytes.
const LARGEST_BODY_BYTES: usize = 10 * 1024 * 1024;

/// What answers the requests of one listener.
pub(crate) trait Controller: Send + Sync + 'static {
    /// Records the request and answers it.
    fn answer(&self, request: &Received) -> Canned;
}

/// The thread that serves all listeners, until it is dropped.
///
/// It has a runtime of its own: a sandbox may outlive the runtime of the test that started it, and
/// a test that blocks still gets its answers.
pub(crate) struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start<A: Controller, B: Controller, C: Controller>(
        first: (TcpListener, Arc<A>),
        second: (TcpListener, Arc<B>),
        third: (TcpListener, Arc<C>),
    ) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let (first, second, third) = {
            let _inside = runtime.enter();
            (serve(first.0, first.1)?, serve(second.0, second.1)?, serve(third.0, third.1)?)
        };
        let (stop, stopped) = oneshot::channel();
        let work = move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    () = first => {}
                    () = second => {}
                    () = third => {}
                }
            });
        };
        let thread = thread::Builder::new().name("hotspot sandbox".to_owned()).spawn(work)?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // Waiting makes the end definite: when this returns, all ports are free and every
            // connection is closed. A server that panicked has nothing left to stop.
            let _ = thread.join();
        }
    }
}

/// Binds loopback, port 0 being any free one; returns the base URL too.
pub(crate) fn bind(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

fn serve<C: Controller>(listener: TcpListener, controller: Arc<C>) -> io::Result<impl Future<Output = ()> + Send> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new().fallback(handle::<C>).with_state(controller);
    Ok(async move {
        // Serving ends only with the runtime, so there is no result to look at.
        let _ = axum::serve(listener, router).await;
    })
}

async fn handle<C: Controller>(State(controller): State<Arc<C>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let answer = match to_bytes(body, LARGEST_BODY_BYTES).await {
        Ok(bytes) => controller.answer(&Received::new(&parts, bytes.into())),
        Err(_) => Canned::status(413),
    };
    answer.into_response()
}
