//! What a call answers, as far as it can be held against the books.

use std::pin::pin;

use futures_util::{Stream, StreamExt};
use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::{Error, List};
use serde::Serialize;

/// What a call answers.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What was created or read, row by row: by the ids of the row and its code, as far as it has them.
    pub rows: Vec<String>,
    /// Whether it was told that rows may be missing, because they moved or could not be read.
    pub has_notice: bool,
    /// How many vouchers went, where the call tells that.
    pub deleted: Option<i64>,
}

/// What tells a row from all others.
const IDENTITY: [&str; 7] = ["id", "groupId", "siteId", "profileId", "omadacId", "macAddress", "code"];

impl Answer {
    /// One row, or what has none.
    pub fn row(row: &impl Serialize) -> Self {
        Self { rows: vec![identity(row)], ..Self::default() }
    }

    pub fn ids<T: ToString>(ids: impl IntoIterator<Item = T>) -> Self {
        Self { rows: ids.into_iter().map(|id| id.to_string()).collect(), ..Self::default() }
    }

    pub fn found(row: Option<impl Serialize>) -> Self {
        Self { rows: row.iter().map(identity).collect(), ..Self::default() }
    }

    /// A list that came at once. What a page leaves out is none.
    pub fn list<T: Serialize>(list: impl Into<Option<List<T>>>) -> Self {
        let list = list.into().unwrap_or_default();
        let has_notice = !list.unreadable().is_empty();
        Self { rows: list.iter().map(identity).collect(), has_notice, deleted: None }
    }

    /// What was deleted, as far as that is told.
    pub fn deleted(count: impl Into<Option<i64>>) -> Self {
        Self { deleted: count.into(), ..Self::default() }
    }

    /// Reads a list to its end. What is told of its rows is part of it.
    pub async fn read<T: Serialize, A: Refusal>(
        rows: impl Stream<Item = Result<T, Error<A>>>,
    ) -> Result<Self, Error<A>> {
        let (mut rows, mut read) = (pin!(rows), Self::default());
        while let Some(row) = rows.next().await {
            match row {
                Ok(row) => read.rows.push(identity(&row)),
                Err(error) if error.is_notice() => read.has_notice = true,
                Err(error) => return Err(error),
            }
        }
        Ok(read)
    }

    /// The rows in an order of their own, as that of a list means nothing.
    pub fn sorted_rows(&self) -> Vec<String> {
        let mut rows = self.rows.clone();
        rows.sort();
        rows
    }
}

/// The identity of a row. One that has none is as good as any other of its list.
fn identity(row: &impl Serialize) -> String {
    let row = serde_json::to_value(row).expect("JSON");
    let parts = IDENTITY.iter().filter_map(|name| row.get(name)?.as_str());
    parts.collect::<Vec<_>>().join(" ")
}
