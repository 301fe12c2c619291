use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use tokio::time::sleep;

/// What follows the headers of an answer; an error ends it early and closes the connection.
pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// All of it at once.
pub(crate) fn whole(bytes: Vec<u8>) -> Body {
    Full::from(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// A few bytes at a time, with a pause before each of them.
pub(crate) fn drip(bytes: Vec<u8>, chunk_bytes: usize, pause: Duration) -> Body {
    let bytes = Bytes::from(bytes);
    let starts = (0..bytes.len()).step_by(chunk_bytes.max(1));
    let chunk = move |start: usize| bytes.slice(start..bytes.len().min(start.saturating_add(chunk_bytes.max(1))));
    of(stream::iter(starts.map(chunk)).then(move |chunk| async move {
        sleep(pause).await;
        Ok(chunk)
    }))
}

/// One half now, the other after a pause.
pub(crate) fn halted(mut bytes: Vec<u8>, pause: Duration) -> Body {
    let rest = bytes.split_off(bytes.len() / 2);
    let later = stream::once(async move {
        sleep(pause).await;
        Ok(Bytes::from(rest))
    });
    of(now(bytes).chain(later))
}

/// One half, and then the end of the connection.
pub(crate) fn truncated(mut bytes: Vec<u8>) -> Body {
    bytes.truncate(bytes.len() / 2);
    let end = stream::once(async {
        // Whoever writes the body gets the time to send what it has before it hears of the end.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    of(now(bytes).chain(end))
}

/// Chunk after chunk, as fast as they are taken, none of which is kept.
pub(crate) fn endless(chunks: impl Iterator<Item = Bytes> + Send + 'static) -> Body {
    of(stream::iter(chunks.map(Ok)))
}

fn now(bytes: Vec<u8>) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::once(async move { Ok(Bytes::from(bytes)) })
}

fn of(chunks: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Body {
    StreamBody::new(chunks.map(|chunk| chunk.map(Frame::data))).boxed_unsync()
}
