//! How deep the rows of a table nest, by the spaces before their names.

use super::block::Row;
use crate::page::Unreadable;

/// How wide the spaces before a name are, in quarters of an em. Plain spaces pad cells and mean nothing.
fn width(row: &Row) -> usize {
    let first = row.cells.first().map(String::as_str).unwrap_or_default();
    let is_space = |character: &char| character.is_whitespace() || is_blank(*character);
    let wide = first.chars().take_while(is_space).map(|space| match space {
        ' ' | '\n' | '\r' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => 0,
        '\u{2001}' | '\u{2003}' | '\u{3000}' | '\t' | '\u{2800}' | '\u{3164}' => 4,
        '\u{2000}' | '\u{2002}' => 2,
        _ => 1,
    });
    wide.sum::<usize>() + 4 * row.tabs
}

/// Characters that show nothing, although they are no spaces.
fn is_blank(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{2800}' | '\u{3164}')
}

/// How deep each row nests. The narrowest indentation of a table is one level.
pub fn depths(head: &Row, rows: &[Row]) -> Result<Vec<usize>, Unreadable> {
    // Tabs may pad all cells, the head's too.
    let padding = 4 * head.tabs;
    let mut widths: Vec<usize> = rows.iter().map(|row| width(row).saturating_sub(padding)).collect();
    let mut steps: Vec<usize> = widths.iter().copied().filter(|width| *width > 0).collect();
    steps.sort_unstable();
    steps.dedup();
    // One narrow space beside wide ones is a slip of the exporter.
    if let [1, second, ..] = steps.as_slice()
        && *second > 2
    {
        widths.iter_mut().filter(|width| **width == 1).for_each(|width| *width = 0);
        steps.remove(0);
    }
    let step = steps.first().copied().unwrap_or(1);
    let fits = |(row, width): (&Row, &usize)| match width % step {
        0 => Ok(width / step),
        _ => Err(Unreadable::new(row.line, "the spaces before a name fit no level of the table")),
    };
    rows.iter().zip(&widths).map(fits).collect()
}
