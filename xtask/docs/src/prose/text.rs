//! Texts as they are meant, whatever dashes, spaces, entities and tags they are written with.

use scraper::{Html, Node};

/// One spelling for what has several: dashes, spaces, quotation marks, colons.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
            '\u{2018}' | '\u{2019}' => Some('\''),
            '\u{201c}' | '\u{201d}' => Some('"'),
            '\u{ff5e}' | '\u{301c}' | '\u{223c}' => Some('~'),
            '\u{3002}' => Some('.'),
            '\u{ff1a}' => Some(':'),
            '\u{ff0c}' => Some(','),
            '\u{ff1b}' => Some(';'),
            '\u{200b}' | '\u{feff}' | '\u{ad}' => None,
            '\n' => Some('\n'),
            other if other.is_whitespace() => Some(' '),
            other => Some(other),
        })
        .collect()
}

/// A text on one line, with single spaces.
pub fn one_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How deep elements may nest. The time that the parser takes grows with the square of it.
const DEEPEST: usize = 1000;

/// Where elements nest deeper than any page's; the pieces before it can be parsed.
pub fn too_deep(html: &str) -> Option<usize> {
    const VOID: [&str; 12] =
        ["br", "hr", "img", "input", "link", "meta", "wbr", "col", "area", "base", "source", "path"];
    let mut depth = 0_usize;
    for (place, _) in html.match_indices('<') {
        let rest = &html[place + 1..];
        let name: String = rest.chars().take(8).take_while(char::is_ascii_alphanumeric).collect();
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !VOID.contains(&name.to_lowercase().as_str()) {
            depth += 1;
        }
        if depth > DEEPEST {
            return Some(place);
        }
    }
    None
}

/// The text of a piece of HTML. Breaks and paragraphs become line ends, and rows of tables lines with bars.
pub fn from_html(text: &str) -> String {
    if !text.contains(['<', '&']) || too_deep(text).is_some() {
        return plain(text);
    }
    let mut shown = Shown::default();
    for edge in Html::parse_fragment(text).root_element().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Text(text) => shown.text(text),
                Node::Element(element) => match element.name() {
                    "br" | "li" | "tr" => shown.end_line("\n"),
                    "p" | "div" => shown.end_line("\n\n"),
                    "td" | "th" => shown.text(" | "),
                    _ => {}
                },
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if let Node::Element(element) = node.value()
                    && matches!(element.name(), "p" | "div" | "table")
                {
                    shown.end_line("\n\n");
                }
            }
        }
    }
    plain(&shown.text)
}

/// What a browser shows, about. Line ends within a text stay, because exporters put tables of Markdown into it.
#[derive(Default)]
struct Shown {
    text: String,
    /// Where the line begins that is open.
    start: usize,
}

impl Shown {
    fn text(&mut self, text: &str) {
        // Spaces and line ends around a break mean nothing.
        self.text.push_str(if self.text.len() == self.start { text.trim_start() } else { text });
    }

    fn end_line(&mut self, end: &str) {
        self.text.truncate(self.text.trim_end().len().max(self.start));
        self.text.push_str(end);
        self.start = self.text.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_count() {
        assert_eq!(one_line("range of 1–5000 \u{a0} and\n6—10"), "range of 1-5000 and 6-10");
        assert_eq!(from_html("<p>a &ndash; b<br/>-1  -  c</p>").trim(), "a - b\n-1  -  c");
        assert_eq!(from_html("<p>a &ndash; b  <br>\n-1  -  c \n<br>d</p>").trim(), "a - b\n-1  -  c\nd");
        assert_eq!(from_html("no tags"), "no tags");
        assert_eq!(too_deep(&"<b>".repeat(1001)), Some(3000));
    }
}
