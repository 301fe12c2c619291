//! Lists that take no more memory than they may.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};

use super::{charge, refund};

/// A list of values in a response.
pub(super) struct Items<T>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ItemsVisitor(PhantomData)).map(Self)
    }
}

struct ItemsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemsVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Vec<T>, S::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            push(&mut items, item)?;
        }
        Ok(items)
    }
}

/// Adds an item, unless all items of the body would take more than they may. While a list grows, it is there twice.
pub(crate) fn push<T, E: Error>(items: &mut Vec<T>, item: T) -> Result<(), E> {
    let (length, size) = (items.capacity(), size_of::<T>());
    if items.len() == length {
        let more = (length / 2).max(4);
        charge((length + more).saturating_mul(size))?;
        items.reserve_exact(more);
        refund(length * size);
    }
    items.push(item);
    Ok(())
}
