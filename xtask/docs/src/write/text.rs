//! Edits of a YAML text that leave everything else as it is.

use crate::spec::Yaml;

/// Gathers edits of one text.
pub struct Editor<'a> {
    pub yaml: &'a Yaml,
    /// Places in bytes, how many bytes go, and what comes.
    edits: Vec<(usize, usize, String)>,
}

impl<'a> Editor<'a> {
    pub fn new(yaml: &'a Yaml) -> Self {
        Self { yaml, edits: Vec::new() }
    }

    /// The text with all edits; nothing where there are none.
    pub fn finish(mut self) -> Option<String> {
        let mut text = self.yaml.text.to_string();
        // From the end, so that the places before keep theirs.
        self.edits.sort_by_key(|(place, ..)| std::cmp::Reverse(*place));
        for (place, length, new) in &self.edits {
            text.replace_range(*place..place + length, new);
        }
        (!self.edits.is_empty()).then_some(text)
    }

    /// Another value for a key that has one on its line.
    pub fn replace(&mut self, pointer: &str, value: &str) -> bool {
        let Some(span) = self.yaml.span(pointer) else { return false };
        let old = &self.yaml.text[span.start..span.end];
        let length = old.trim_end().len();
        if old[..length].contains('\n') || length == 0 {
            return false;
        }
        self.edits.push((span.start, length, value.to_owned()));
        true
    }

    /// An entry more at the end of a mapping, on lines of its own.
    pub fn add_entry(&mut self, pointer: &str, lines: &str) -> bool {
        let Some(last) = self.yaml.keys(pointer).last() else { return false };
        if self.flow_end(pointer, '}').is_some() {
            return false;
        }
        let line = self.yaml.line(&format!("{pointer}/{}", crate::spec::escape(last)));
        self.add_lines(line, lines)
    }

    /// An item more for a list, at an index.
    pub fn insert_item(&mut self, pointer: &str, index: usize, item: &str) -> bool {
        let count = self.yaml.get(pointer).and_then(serde_json::Value::as_array).map_or(0, Vec::len);
        if let Some(end) = self.flow_end(pointer, ']') {
            let edit = match (index, count) {
                (_, 0) => (end, 0, item.to_owned()),
                (0, _) => match self.yaml.span(&format!("{pointer}/0")) {
                    Some(first) => (first.start, 0, format!("{item}, ")),
                    None => return false,
                },
                (index, _) => match self.yaml.span(&format!("{pointer}/{}", index - 1)) {
                    Some(before) => (
                        before.start + self.yaml.text[before.start..before.end].trim_end().len(),
                        0,
                        format!(", {item}"),
                    ),
                    None => return false,
                },
            };
            self.edits.push(edit);
            return true;
        }
        if count == 0 {
            return false;
        }
        match index {
            0 => {
                let start = self.line_start(self.yaml.line(&format!("{pointer}/0")));
                let indent = self.indent(start);
                self.edits.push((start, 0, format!("{indent}- {item}\n")));
                true
            }
            index => self.add_lines(self.yaml.line(&format!("{pointer}/{}", index - 1)), &format!("- {item}")),
        }
    }

    /// Where the bracket stands that ends a mapping or a list; nothing where it is written in lines.
    fn flow_end(&self, pointer: &str, bracket: char) -> Option<usize> {
        let span = self.yaml.span(pointer)?;
        let is_flow = self.yaml.text[span.start..span.end].starts_with(['{', '[']);
        // The parser leaves the bracket out.
        let rest = &self.yaml.text[span.end..];
        let found = rest.find(bracket).filter(|place| is_flow && rest[..*place].trim().is_empty());
        found.map(|_| span.start + self.yaml.text[span.start..span.end].trim_end().len())
    }

    /// Lines behind what begins at a line and goes on below it, as far in as that.
    fn add_lines(&mut self, line: usize, lines: &str) -> bool {
        let start = self.line_start(line);
        let indent = self.indent(start).to_owned();
        let mut end = self.line_end(start);
        let text = &self.yaml.text;
        // What is farther in belongs to it.
        loop {
            let next = &text[end..];
            let next_line = next.lines().next().unwrap_or_default();
            let is_inside =
                next_line.len() - next_line.trim_start().len() > indent.len() && !next_line.trim().is_empty();
            if next.is_empty() || !is_inside {
                break;
            }
            end = self.line_end(end);
        }
        let mut new: String = lines.lines().map(|line| format!("{indent}{line}\n")).collect();
        if !text[..end].ends_with('\n') {
            new.insert(0, '\n');
        }
        self.edits.push((end, 0, new));
        true
    }

    fn line_start(&self, line: usize) -> usize {
        self.yaml.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
    }

    fn line_end(&self, start: usize) -> usize {
        self.yaml.text[start..].find('\n').map_or(self.yaml.text.len(), |end| start + end + 1)
    }

    fn indent(&self, start: usize) -> &str {
        let line = &self.yaml.text[start..];
        &line[..line.len() - line.trim_start_matches(' ').len()]
    }
}
