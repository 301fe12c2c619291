//! Reads the bodies of answers, up to a limit.

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;

use crate::error::Error;
use crate::redact::Redactor;
use crate::unexpected::{Head, Reason, Unexpected};

/// The largest body that is read: 32 MiB, far more than the largest page of vouchers.
const LIMIT: usize = 32 * 1024 * 1024;

/// Reads an answer to its end, or refuses it once it is larger than any answer should be.
pub(crate) async fn read<A>(mut response: Response, redactor: &Redactor) -> Result<(Head, Bytes), Error<A>> {
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let head = Head { status: response.status().as_u16(), content_type };
    let Some(first) = response.chunk().await? else {
        return Ok((head, Bytes::new()));
    };
    // Most answers come in one piece, which needs no copy.
    let Some(second) = response.chunk().await? else {
        return Ok((head, first));
    };
    let mut body = BytesMut::from(first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        if body.len() + chunk.len() > LIMIT {
            return Err(Unexpected::new(Reason::TooLarge(LIMIT), head, &body, redactor).into());
        }
        body.extend_from_slice(&chunk);
        next = response.chunk().await?;
    }
    Ok((head, body.freeze()))
}
