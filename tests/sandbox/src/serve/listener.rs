use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::serve::Desk;
use crate::serve::connection::serve;
use crate::serve::door::Shut;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

/// Accepts connections whenever the door is open, until this is dropped; all connections end with it.
pub(crate) async fn keep(listener: TcpListener, desk: Arc<Desk>) {
    let mut shut = desk.door.shut.subscribe();
    let mut connections = JoinSet::new();
    let mut listener = listener;
    loop {
        desk.door.listening.send_replace(true);
        tokio::select! {
            () = accept(&listener, &desk, &mut connections) => {}
            _ = shut.wait_for(Shut::is_shut) => {}
        }
        drop(listener);
        listener = reopened(&desk, &mut shut).await;
    }
}

async fn accept(listener: &TcpListener, desk: &Arc<Desk>, connections: &mut JoinSet<()>) {
    loop {
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, _)) => _ = connections.spawn(welcome(stream, Arc::clone(desk))),
            // The machine has no file to spare, or the caller is gone already.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Reserves the port without listening, so that connecting is refused, and listens when the door opens.
async fn reopened(desk: &Desk, shut: &mut tokio::sync::watch::Receiver<Shut>) -> TcpListener {
    loop {
        if let Ok(socket) = reserved(desk.door.address()) {
            desk.door.listening.send_replace(false);
            let _ = shut.wait_for(|shut| !shut.is_shut()).await;
            if let Ok(listener) = socket.listen(BACKLOG) {
                return listener;
            }
        }
        // Somebody else was given the port in the moment between; it is worth waiting for.
        sleep(Duration::from_millis(10)).await;
    }
}

fn reserved(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Elsewhere than on Unix this would let two listeners share a port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Shakes hands where there is TLS, and answers the requests of the connection.
async fn welcome(stream: TcpStream, desk: Arc<Desk>) {
    desk.door.counters.lock().connections += 1;
    // Without it, a short chunk may wait for the one before it to be acknowledged. Not having it spoils no test.
    let _ = stream.set_nodelay(true);
    let Some(tls) = &desk.tls else {
        return serve(stream, desk, |stream| stream.set_zero_linger()).await;
    };
    match tls.acceptor().accept(stream).await {
        Ok(stream) => serve(stream, desk, |stream| stream.get_ref().0.set_zero_linger()).await,
        Err(_) => desk.door.counters.lock().handshakes_failed += 1,
    }
}
