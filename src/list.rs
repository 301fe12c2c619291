//! The lists in answers, in which one odd row does not take the others away.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::reading::{Objects, capture, is_documented, parse, push};

/// The rows of a list that could be read. It is used like a slice, and beside them it keeps the rows that could not be read.
///
/// ```
/// use hotspot_vouchers::List;
///
/// fn print<T: std::fmt::Display>(list: List<T>) {
///     for row in list.unreadable() {
///         eprintln!("row {} could not be read", row.position());
///     }
///     for row in list {
///         println!("{row}");
///     }
/// }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct List<T> {
    rows: Vec<T>,
    unreadable: Vec<UnreadableRow>,
}

impl<T> List<T> {
    #[allow(dead_code, reason = "a vendor may answer lists only as they come")]
    pub(crate) fn from_parts(rows: Vec<T>, unreadable: Vec<UnreadableRow>) -> Self {
        Self { rows, unreadable }
    }

    /// The rows that hold something else than the vendor documents, so that they could not be read.
    pub fn unreadable(&self) -> &[UnreadableRow] {
        &self.unreadable
    }

    /// The rows, and those that could not be read.
    pub fn into_parts(self) -> (Vec<T>, Vec<UnreadableRow>) {
        (self.rows, self.unreadable)
    }

    /// All rows as they came, each with what could be read of it.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = Result<&T, &UnreadableRow>> {
        let (mut rows, mut unreadable) = (self.rows.iter(), self.unreadable.iter().peekable());
        (0..).map_while(move |position| match unreadable.next_if(|row| row.position == position) {
            Some(row) => Some(Err(row)),
            None => rows.next().map(Ok),
        })
    }
}

/// A row that could not be read.
///
/// `Debug` does not show what is in it, as it may hold a voucher code.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadableRow {
    position: usize,
    json: Box<str>,
}

impl UnreadableRow {
    /// Where the row stood in its list, counted from 0. A list that is read in pages is one list for each page.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The row as JSON. It may hold secrets, such as voucher codes.
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl fmt::Debug for UnreadableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadableRow").field("position", &self.position).finish_non_exhaustive()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.rows).entries(&self.unreadable).finish()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), unreadable: Vec::new() }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

/// How many rows a list may have in one answer. That is far more than any vendor sends, and keeps an answer of empty rows from
/// taking many times its own size.
const MOST_ROWS: usize = 1 << 16;

impl<'de, T: DeserializeOwned> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Rows(PhantomData))
    }
}

/// Reads rows one by one.
struct Rows<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Rows<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut rows: S) -> Result<List<T>, S::Error> {
        let mut list = List::default();
        for position in 0.. {
            if position > MOST_ROWS {
                return Err(S::Error::custom("a list longer than any"));
            }
            match rows.next_element_seed(Row(PhantomData))? {
                Some(Ok(row)) => push(&mut list.rows, row)?,
                Some(Err(json)) => push(&mut list.unreadable, UnreadableRow { position, json })?,
                None => break,
            }
        }
        Ok(list)
    }
}

/// Reads one row, or keeps its JSON.
struct Row<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Row<T> {
    type Value = Result<T, Box<str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match is_documented() {
            true => T::deserialize(Objects(deserializer)).map(Ok),
            false => capture(deserializer, |json| parse(json).ok_or_else(|| json.into())),
        }
    }
}

/// Writes all rows as they came, the unreadable ones unchanged.
impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.rows.len() + self.unreadable.len()))?;
        for row in self.in_order() {
            match row {
                Ok(row) => rows.serialize_element(row)?,
                Err(row) => {
                    rows.serialize_element(&serde_json::from_str::<&RawValue>(&row.json).map_err(S::Error::custom)?)?
                }
            }
        }
        rows.end()
    }
}
