//! Lists without async.

use std::pin::Pin;

use futures_util::{Stream, StreamExt};

use super::wait;
use crate::error::Error;

/// The rows of a list, as a stream reads them. Each page is waited for when its first row is asked for.
pub(crate) struct Rows<S>(Option<Pin<Box<S>>>);

impl<S> Rows<S> {
    pub(crate) fn of(stream: S) -> Self {
        Self(Some(Box::pin(stream)))
    }
}

impl<S, T, A> Iterator for Rows<S>
where
    S: Stream<Item = Result<T, Error<A>>>,
{
    type Item = Result<T, Error<A>>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.0.as_mut()?;
        let item = wait(async { Ok(stream.next().await) }).unwrap_or_else(|error| {
            // Whoever goes on behind errors must not meet this one for ever.
            self.0 = None;
            Some(Err(error))
        });
        if item.is_none() {
            self.0 = None;
        }
        item
    }
}
