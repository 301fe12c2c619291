//! UniFi's pages as a browser saves them: the lines that it would show, read like the page text.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};

use crate::operation::Operation;
use crate::page::{Others, Scope, Unreadable};
use crate::unifi_text::{self, Line};

/// Elements whose text nobody sees, and those that hold nothing but samples.
const UNSEEN: [&str; 8] = ["script", "style", "noscript", "template", "svg", "head", "title", "pre"];

/// How far ahead a text is looked for, so that one which is written otherwise costs no search through the whole page.
const AHEAD: usize = 16 * 1024;

/// The operations of a page, and the addresses that it gives as its own.
pub fn read(text: &str, scope: &Scope, others: &mut Others) -> Result<(Vec<Operation>, Vec<String>), Unreadable> {
    let lower = text.to_lowercase();
    let last = text.lines().count();
    // A piece of a page has no end of its own.
    let is_page = ["<!doctype", "<html", "<body"].iter().any(|tag| lower.contains(tag));
    if is_page && !["</html>", "</body>"].iter().any(|tag| lower.contains(tag)) {
        return Err(Unreadable::new(last, "the HTML does not end; the page is cut off"));
    }
    if let Some(place) = crate::prose::too_deep(text) {
        let line = text.as_bytes()[..place].iter().filter(|byte| **byte == b'\n').count() + 1;
        return Err(Unreadable::new(line, "elements nest deeper than on any page"));
    }
    let document = Html::parse_document(text);
    let mut shown = Shown { lines: Vec::new(), run: String::new(), place: Place { text, index: 0, line: 1 } };
    let mut skipped = None;
    for edge in document.root_element().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Element(element) if element.name() == "tr" => {
                    shown.end_run();
                    let cells = ElementRef::wrap(node).into_iter().flat_map(|row| row.child_elements());
                    let cells: Vec<String> = cells.map(|cell| cell.text().collect::<Vec<_>>().join(" ")).collect();
                    // Other tables only lay out what their cells hold.
                    if unifi_text::is_filter_row(&cells) {
                        shown.row(&cells);
                        skipped = Some(node.id());
                    }
                }
                Node::Element(element) => {
                    shown.end_run();
                    skipped = UNSEEN.contains(&element.name()).then_some(node.id());
                }
                Node::Text(text) => shown.run.push_str(text),
                _ => {}
            },
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            Edge::Close(node) if node.value().is_element() => shown.end_run(),
            _ => {}
        }
    }
    let lines = shown.lines;
    let (operations, mut sources) = unifi_text::read_lines(&lines, is_page, scope, others)?;
    if operations.is_empty() && !(0..lines.len()).any(|index| unifi_text::is_address(&lines, index)) {
        return Err(Unreadable::new(1, "this HTML shows no method and path, so it is no page of UniFi's"));
    }
    sources.extend(canonical(&document));
    Ok((operations, sources))
}

/// The lines that a browser shows, about.
struct Shown<'a> {
    lines: Vec<Line>,
    /// The text since the last tag; comments do not end it.
    run: String,
    place: Place<'a>,
}

impl Shown<'_> {
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        for line in run.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.lines.push(Line { number: self.place.of(line), text: crate::prose::plain(line) });
        }
    }

    fn row(&mut self, cells: &[String]) {
        let number = self.place.of(cells.first().map(String::as_str).unwrap_or_default());
        self.lines.push(Line { number, text: format!("| {} |", cells.join(" | ")) });
    }
}

/// The address that the page gives for links to it.
fn canonical(document: &Html) -> Option<String> {
    let link = document
        .tree
        .values()
        .filter_map(|node| node.as_element())
        .find(|element| element.name() == "link" && element.attr("rel") == Some("canonical"))?;
    link.attr("href").map(str::to_owned)
}

/// Line numbers of texts that come in the order of the page. The parser forgets them.
struct Place<'a> {
    text: &'a str,
    index: usize,
    line: usize,
}

impl Place<'_> {
    fn of(&mut self, words: &str) -> usize {
        let end = (self.index + AHEAD..=self.text.len())
            .find(|end| self.text.is_char_boundary(*end))
            .unwrap_or(self.text.len());
        if let Some(found) = self.text[self.index..end].find(words) {
            let next = self.index + found;
            self.line += self.text.as_bytes()[self.index..next].iter().filter(|byte| **byte == b'\n').count();
            self.index = next;
        }
        self.line
    }
}
