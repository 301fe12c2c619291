//! UniFi's pages as a browser saves them: the lines that it would show, read like the page text.

use scraper::{ElementRef, Html, Node};

use crate::operation::Operation;
use crate::page::{Scope, Unreadable};
use crate::unifi_text::{self, Line};

/// Elements whose text nobody sees, and those that hold nothing but samples.
const UNSEEN: [&str; 8] = ["script", "style", "noscript", "template", "svg", "head", "title", "pre"];

/// How far ahead a text is looked for, so that one which is written otherwise costs no search through the whole page.
const AHEAD: usize = 16 * 1024;

/// The operations of a page, and the addresses that it gives as its own.
pub fn read(text: &str, scope: &Scope) -> Result<(Vec<Operation>, Vec<String>), Unreadable> {
    let lower = text.to_lowercase();
    let last = text.lines().count();
    if ["<html", "<body"].iter().any(|tag| lower.contains(tag))
        && !["</html>", "</body>"].iter().any(|tag| lower.contains(tag))
    {
        return Err(Unreadable::new(last, "the HTML does not end; the page is cut off"));
    }
    if let Some(place) = crate::prose::too_deep(text) {
        let line = text.as_bytes()[..place].iter().filter(|byte| **byte == b'\n').count() + 1;
        return Err(Unreadable::new(line, "elements nest deeper than on any page"));
    }
    let document = Html::parse_document(text);
    let mut lines = Vec::new();
    let mut place = Place { text, index: 0, line: 1 };
    let mut skipped = None;
    for edge in document.root_element().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Element(element) if element.name() == "tr" => {
                    let cells = ElementRef::wrap(node).into_iter().flat_map(|row| row.child_elements());
                    let cells: Vec<String> = cells.map(|cell| cell.text().collect::<Vec<_>>().join(" ")).collect();
                    let number = place.of(cells.first().map(String::as_str).unwrap_or_default());
                    lines.push(Line { number, text: format!("| {} |", cells.join(" | ")) });
                    skipped = Some(node.id());
                }
                Node::Element(element) if UNSEEN.contains(&element.name()) => skipped = Some(node.id()),
                Node::Text(text) => {
                    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                        lines.push(Line { number: place.of(line), text: crate::prose::plain(line) });
                    }
                }
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            _ => {}
        }
    }
    let (operations, mut sources) = unifi_text::read_lines(&lines, scope)?;
    if operations.is_empty() && !(0..lines.len()).any(|index| unifi_text::is_address(&lines, index)) {
        return Err(Unreadable::new(1, "this HTML shows no method and path, so it is no page of UniFi's"));
    }
    sources.extend(canonical(&document));
    Ok((operations, sources))
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
