//! Reads filters from the vendor's language.

use super::condition::Condition;
use super::literal::Given;

/// How deep filters may be nested to be understood.
const DEEPEST: usize = 64;

impl Condition {
    /// Reads a filter. Whatever is not understood is [`Unknown`](Self::Unknown).
    pub(crate) fn read(filter: &str) -> Self {
        let mut text = Text { rest: filter.trim() };
        match text.expression(0) {
            Some(condition) if text.rest.trim_start().is_empty() => condition,
            _ => Self::Unknown,
        }
    }
}

/// What is left to read.
struct Text<'a> {
    rest: &'a str,
}

impl<'a> Text<'a> {
    fn expression(&mut self, depth: usize) -> Option<Condition> {
        if depth > DEEPEST {
            return None;
        }
        let name = self.take(|character| character.is_ascii_alphanumeric() || matches!(character, '.' | '_'));
        match name {
            "and" => self.list(|text| text.expression(depth + 1)).map(Condition::And),
            "or" => self.list(|text| text.expression(depth + 1)).map(Condition::Or),
            "not" => {
                let mut parts = self.list(|text| text.expression(depth + 1))?.into_iter();
                let part = parts.next().filter(|_| parts.next().is_none())?;
                Some(Condition::Not(Box::new(part)))
            }
            name => {
                let (property, function) = name.rsplit_once('.')?;
                let arguments = self.list(Self::argument)?;
                Some(Condition::Function { property: property.to_owned(), function: function.to_owned(), arguments })
            }
        }
    }

    fn argument(&mut self) -> Option<Given> {
        if !self.skip('\'') {
            let bare = self.take(|character| character.is_ascii_alphanumeric() || "-:.+".contains(character));
            return (!bare.is_empty()).then(|| Given::Bare(bare.to_owned()));
        }
        let mut text = String::new();
        loop {
            text.push_str(self.take(|character| character != '\''));
            if !self.skip('\'') {
                return None;
            }
            if !self.skip('\'') {
                return Some(Given::Text(text));
            }
            text.push('\'');
        }
    }

    /// Things in parentheses, with commas between them.
    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut list = Vec::new();
        if !self.skip('(') {
            return None;
        }
        self.space();
        if self.skip(')') {
            return Some(list);
        }
        loop {
            self.space();
            list.push(one(self)?);
            self.space();
            if self.skip(')') {
                return Some(list);
            }
            if !self.skip(',') {
                return None;
            }
        }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn skip(&mut self, character: char) -> bool {
        let rest = self.rest.strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|character| !belongs(character)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }
}
