//! The blocks of a Markdown text: headings, labels with what follows them, tables, samples.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::page::Unreadable;

/// A block and its line.
#[derive(Debug)]
pub struct Block {
    pub line: usize,
    pub kind: Kind,
}

/// What a block is. Texts are HTML, because the exporter mixes it in.
#[derive(Debug)]
pub enum Kind {
    Heading(String),
    /// A paragraph; the label is what stands in bold at its start.
    Paragraph {
        label: Option<String>,
        html: String,
    },
    Table(Vec<Row>),
    /// A sample.
    Code,
}

/// A row of a table.
#[derive(Debug)]
pub struct Row {
    pub line: usize,
    /// How many tabs stand before its first cell, which the parser drops.
    pub tabs: usize,
    pub cells: Vec<String>,
}

/// Reads a text. A row or a sample that is cut off is an error.
pub fn blocks(text: &str) -> Result<Vec<Block>, Unreadable> {
    let mut lines = Lines::new(text);
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let line = lines.of(range.start);
        reader.take(event, line, &text[range])?;
    }
    Ok(reader.blocks)
}

/// Line numbers of places that come in about their order.
struct Lines<'a> {
    text: &'a [u8],
    place: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), place: 0, line: 1 }
    }

    fn of(&mut self, place: usize) -> usize {
        let count = |part: &[u8]| part.iter().filter(|byte| **byte == b'\n').count();
        if place >= self.place {
            self.line += count(&self.text[self.place..place]);
        } else {
            self.line -= count(&self.text[place..self.place]);
        }
        self.place = place;
        self.line
    }
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The HTML of the innermost open block.
    html: String,
    label: Option<String>,
    bold: Option<usize>,
    /// What stands behind brackets in parentheses, if it is no address.
    link: Option<String>,
    rows: Vec<Row>,
    cells: Vec<String>,
    row_line: usize,
    tabs: usize,
    is_code: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, line: usize, source: &str) -> Result<(), Unreadable> {
        match event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock | Tag::TableCell) => self.open(),
            Event::Start(Tag::Strong) if self.html.is_empty() && self.label.is_none() => {
                self.bold = Some(self.html.len())
            }
            Event::End(TagEnd::Strong) => {
                if let Some(start) = self.bold.take() {
                    self.label = Some(self.html.split_off(start).trim().to_owned());
                }
            }
            Event::End(TagEnd::Heading(_)) => self.push(line, Kind::Heading(self.html.clone())),
            Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock) => {
                if self.html.trim_start().starts_with('|') {
                    return Err(Unreadable::new(line, "a row stands outside of any table; the page may be cut off"));
                }
                let (label, html) = (self.label.take(), self.html.clone());
                self.push(line, Kind::Paragraph { label, html });
            }
            Event::Start(Tag::Table(_)) => self.rows.clear(),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.cells.clear();
                self.row_line = line;
                let first = source.trim_start().trim_start_matches('|');
                self.tabs =
                    first.chars().take_while(|space| space.is_whitespace()).filter(|space| *space == '\t').count();
                self.check(line, source)?;
            }
            Event::End(TagEnd::TableCell) => self.cells.push(std::mem::take(&mut self.html)),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.rows.push(Row { line: self.row_line, tabs: self.tabs, cells: std::mem::take(&mut self.cells) });
            }
            Event::End(TagEnd::Table) => {
                let rows = std::mem::take(&mut self.rows);
                self.push(line, Kind::Table(rows));
            }
            // "[0, 10](Kbps)" is a range and its unit, and no link.
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = (!dest_url.contains(['/', '#', ':', '.', '?'])).then(|| dest_url.to_string());
                self.html.push_str(if self.link.is_some() { "[" } else { "" });
            }
            Event::End(TagEnd::Link) => {
                if let Some(unit) = self.link.take() {
                    self.html.push_str(&format!("]({unit})"));
                }
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.is_code = true;
                let fence = source.trim_start();
                let is_open = fence.trim_end().len() < 6 || !fence.trim_end().ends_with("```");
                // What the next operation begins with is in no sample.
                if fence.starts_with("```") && (is_open || super::is_like(fence)) {
                    return Err(Unreadable::new(
                        if is_open { line + source.matches('\n').count() } else { line },
                        "a sample does not end; the page is cut off",
                    ));
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                self.is_code = false;
                self.push(line, Kind::Code);
            }
            _ if self.is_code => {}
            Event::Text(text) | Event::Code(text) => {
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                self.html.push_str(&text);
            }
            Event::InlineHtml(html) | Event::Html(html) => self.html.push_str(&html),
            Event::SoftBreak | Event::HardBreak => self.html.push('\n'),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self) {
        self.html.clear();
        self.label = None;
        self.bold = None;
    }

    fn push(&mut self, line: usize, kind: Kind) {
        self.html.clear();
        self.blocks.push(Block { line, kind });
    }

    /// The parser fills up short rows and drops what is too much; both mean that the page is not whole.
    fn check(&self, line: usize, source: &str) -> Result<(), Unreadable> {
        let row = source.trim();
        if row.len() > 1 && !row.ends_with('|') {
            return Err(Unreadable::new(line, "a row of a table has no end; the page is cut off"));
        }
        let bars = row
            .bytes()
            .zip(std::iter::once(b' ').chain(row.bytes()))
            .filter(|(byte, before)| *byte == b'|' && *before != b'\\');
        let count = bars.count().saturating_sub(1);
        match self.rows.first() {
            Some(head) if head.cells.len() != count => {
                let message = format!("a row has {count} cells, and its table {} columns", head.cells.len());
                Err(Unreadable::new(line, message))
            }
            _ => Ok(()),
        }
    }
}
