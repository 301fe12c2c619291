//! The lines of a page that say something.

/// A line and its number.
#[derive(Debug, Clone)]
pub struct Line {
    pub number: usize,
    pub text: String,
}

/// How a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where it has to, as the container of the page tells.
    Known,
    /// Within the sample that begins at this line.
    InSample(usize),
    /// Within this line, as far as one can tell.
    InLine(usize),
    /// At this line, so that only the parts of the page tell whether it is whole.
    Line(usize),
}

/// The lines of a text without empty ones, marks of Markdown and samples.
pub fn lines(text: &str) -> (Vec<Line>, End) {
    let mut lines = Vec::new();
    let mut sample = None;
    let mut last = 0;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let trimmed = line.trim();
        if let Some(rest) = trimmed.strip_prefix("```") {
            // A sample on one line begins and ends there.
            sample = match sample {
                None if rest.ends_with("```") => None,
                None => Some(number),
                Some(_) => None,
            };
            continue;
        }
        if sample.is_some() && trimmed.ends_with("```") {
            sample = None;
            continue;
        }
        if sample.is_none() && !trimmed.is_empty() {
            lines.push(Line { number, text: unmark(trimmed) });
            last = number;
        }
    }
    // A page that was copied may lack the last line end, but then its sample is the last thing on it.
    let is_sample_last = ["```", "}", "]", "available"].iter().any(|end| text.trim_end().ends_with(end));
    let is_in_line = !text.ends_with('\n') && !is_sample_last && last > 0;
    let end = match sample {
        Some(number) => End::InSample(number),
        None if is_in_line => End::InLine(last),
        None => End::Line(last.max(1)),
    };
    (lines, end)
}

/// A line without backslashes before marks, and with one spelling of spaces and dashes.
fn unmark(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some(next)) if "_*`[]()<>#+-.!|".contains(*next) => {}
            ('\t', _) => out.push('\t'),
            (other, _) => out.push_str(&crate::prose::plain(&other.to_string())),
        }
    }
    out
}
