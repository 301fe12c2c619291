use serde_json::{Value, json};

use crate::canned::Canned;
use crate::fault::WrongRows;

/// The response to a create with other vouchers; none if it has no vouchers, or too few to differ.
pub(crate) fn with_wrong_rows(answer: Canned, wrong: WrongRows) -> Option<Canned> {
    answer.edited(|body| {
        let rows = body.get_mut("vouchers")?.as_array_mut().filter(|rows| !rows.is_empty())?;
        match wrong {
            WrongRows::OtherName => rows.iter_mut().try_for_each(rename),
            _ if rows.len() < 2 => None,
            WrongRows::Fewer => {
                rows.truncate(1);
                Some(())
            }
            WrongRows::Repeated => {
                let first = rows.first().cloned()?;
                rows.fill(first);
                Some(())
            }
        }
    })
}

fn rename(row: &mut Value) -> Option<()> {
    *row.get_mut("name")? = json!("another sale");
    Some(())
}
