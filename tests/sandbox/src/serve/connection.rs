use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::{io, pin};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Notify, watch};

use crate::serve::Desk;
use crate::serve::door::HangUp;

/// Answers one request after the other, until the caller or the door ends it.
///
/// `zero_linger` makes closing the socket a reset.
pub(crate) async fn serve<S>(stream: S, desk: Arc<Desk>, zero_linger: fn(&S) -> io::Result<()>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut hang_ups = desk.door.hang_ups.subscribe();
    let _open = Open::count(desk.door.connections.clone());
    let reset = Arc::new(Notify::new());
    let service = service_fn(|request| {
        let (desk, reset) = (Arc::clone(&desk), Arc::clone(&reset));
        async move {
            let Some(answer) = desk.serve(request).await else {
                reset.notify_one();
                return pending().await;
            };
            Ok::<_, Infallible>(answer)
        }
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    loop {
        tokio::select! {
            biased;
            () = reset.notified() => break,
            hang_up = hang_ups.recv() => match hang_up {
                Ok(HangUp::Abruptly) => break,
                Ok(HangUp::Politely) | Err(_) => pin::Pin::new(&mut connection).graceful_shutdown(),
            },
            _ = &mut connection => return,
        }
    }
    let stream = connection.into_parts().io.into_inner();
    // A socket that cannot be told to reset is one that is reset already.
    let _ = zero_linger(&stream);
}

/// Counts a connection as open until it is dropped.
struct Open(watch::Sender<usize>);

impl Open {
    fn count(connections: watch::Sender<usize>) -> Self {
        connections.send_modify(|open| *open += 1);
        Self(connections)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open -= 1);
    }
}
