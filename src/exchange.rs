//! Sends requests and reads the bodies of answers, up to a limit.

use bytes::{Bytes, BytesMut};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Request};

use crate::error::{Error, Transport};
use crate::redact::Redactor;
use crate::unexpected::{Head, Reason, Unexpected};

/// The largest body that is read: 32 MiB, far more than the largest page of vouchers.
const LIMIT: usize = 32 * 1024 * 1024;

/// Sends a request, and reads the answer to its end; an answer that is larger than any should be is refused before that.
pub(crate) async fn exchange<A>(
    http_client: &Client,
    request: Request,
    operation: &'static str,
    redactor: &Redactor,
) -> Result<(Head, Bytes), Error<A>> {
    let no_answer = |error| Transport::new(operation, error);
    let mut response = http_client.execute(request).await.map_err(no_answer)?;
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let head = Head { operation, status: response.status().as_u16(), content_type };
    if response.status().is_redirection() {
        return Err(Unexpected::new(Reason::Redirect, head, &[], redactor).into());
    }
    // Most answers come in one piece, which needs no copy.
    let mut whole = Bytes::new();
    let mut pieces = BytesMut::new();
    while let Some(piece) = response.chunk().await.map_err(no_answer)? {
        let read = whole.len().max(pieces.len());
        if read + piece.len() > LIMIT {
            return Err(Unexpected::new(Reason::TooLarge(LIMIT), head, &pieces, redactor).into());
        }
        match read {
            0 => whole = piece,
            _ => {
                if pieces.is_empty() {
                    pieces.extend_from_slice(&whole);
                }
                pieces.extend_from_slice(&piece);
            }
        }
    }
    Ok((head, if pieces.is_empty() { whole } else { pieces.freeze() }))
}
