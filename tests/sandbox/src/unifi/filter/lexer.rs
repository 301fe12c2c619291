use std::fmt;

use crate::unifi::filter::literal::Literal;
use crate::unifi::filter::mistake::{Mistake, Place};

/// The smallest parts of a filter.
#[derive(PartialEq)]
pub(crate) enum Token {
    Word(String),
    Literal(Literal),
    Mark(char),
    End,
}

/// A token and where it starts.
pub(crate) struct Lexeme {
    pub(crate) token: Token,
    pub(crate) place: Place,
}

/// Cuts a filter into tokens.
///
/// White space is skipped behind commas only, where the vendor's examples have it; elsewhere it is
/// refused, as no page allows it.
pub(crate) struct Lexer<'a> {
    rest: &'a str,
    place: Place,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(filter: &'a str) -> Self {
        Self { rest: filter, place: Place::START }
    }

    pub(crate) fn token(&mut self) -> Result<Lexeme, Mistake> {
        let place = self.place;
        let token = match self.rest.chars().next() {
            None => Token::End,
            Some('\'') => Token::Literal(Literal::String(self.string(place)?)),
            Some(mark @ (',' | '.' | '(' | ')')) => {
                self.take_while(|character| character == mark, 1);
                if mark == ',' {
                    self.take_while(char::is_whitespace, usize::MAX);
                }
                Token::Mark(mark)
            }
            Some(first) if first.is_ascii_digit() => {
                // A number or a timestamp may hold what separates tokens elsewhere.
                let text = self.take_while(|it| it.is_ascii_alphanumeric() || "-:.+_".contains(it), usize::MAX);
                let literal = Literal::bare(text);
                Token::Literal(literal.ok_or_else(|| place.mistake(format!("invalid literal '{text}'")))?)
            }
            Some(first) if first.is_ascii_alphabetic() => {
                let text = self.take_while(|it| it.is_ascii_alphanumeric() || "-_".contains(it), usize::MAX);
                Literal::bare(text).map_or_else(|| Token::Word(text.to_owned()), Token::Literal)
            }
            Some(other) => return Err(place.mistake(format!("unexpected character '{other}'"))),
        };
        Ok(Lexeme { token, place })
    }

    /// A string in its quotes, inside of which a quote is doubled.
    fn string(&mut self, start: Place) -> Result<String, Mistake> {
        let mut text = String::new();
        loop {
            self.take_while(|character| character == '\'', 1);
            text.push_str(self.take_while(|character| character != '\'', usize::MAX));
            if self.take_while(|character| character == '\'', 1).is_empty() {
                return Err(start.mistake("unterminated STRING".to_owned()));
            }
            if !self.rest.starts_with('\'') {
                return Ok(text);
            }
            text.push('\'');
        }
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool, most: usize) -> &'a str {
        let bytes = self.rest.chars().take(most).take_while(|it| belongs(*it)).map(char::len_utf8).sum();
        let (taken, rest) = self.rest.split_at(bytes);
        self.place = taken.chars().fold(self.place, Place::behind);
        self.rest = rest;
        taken
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "'{word}'"),
            Self::Literal(literal) => literal.kind().fmt(f),
            Self::Mark(mark) => write!(f, "'{mark}'"),
            Self::End => f.write_str("end of expression"),
        }
    }
}
