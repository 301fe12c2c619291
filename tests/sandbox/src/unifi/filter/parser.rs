use std::mem;

use crate::unifi::filter::expression::Expression;
use crate::unifi::filter::function::{Arguments, Test};
use crate::unifi::filter::lexer::{Lexeme, Lexer, Token};
use crate::unifi::filter::literal::{Kind, Literal};
use crate::unifi::filter::mistake::{Mistake, Place};
use crate::unifi::filter::property::Property;

/// No page names a bound, but a parser that calls itself needs one.
const DEEPEST_NESTING: usize = 64;

/// Reads a filter from left to right, and stops at the first token that does not fit.
pub(crate) struct Parser<'a> {
    lexer: Lexer<'a>,
    ahead: Lexeme,
    properties: &'static [Property],
}

impl<'a> Parser<'a> {
    pub(crate) fn new(filter: &'a str, properties: &'static [Property]) -> Result<Self, Mistake> {
        let mut lexer = Lexer::new(filter);
        let ahead = lexer.token()?;
        Ok(Self { lexer, ahead, properties })
    }

    /// The whole filter is one expression.
    pub(crate) fn whole(mut self) -> Result<Expression, Mistake> {
        let expression = self.expression(0)?;
        if self.ahead.token == Token::End { Ok(expression) } else { Err(self.unexpected(&Token::End.to_string())) }
    }

    fn expression(&mut self, depth: usize) -> Result<Expression, Mistake> {
        if depth > DEEPEST_NESTING {
            return Err(self.ahead.place.mistake("expression is nested too deeply".to_owned()));
        }
        let (first, place) = self.word("expression")?;
        if self.is_at('.') {
            return self.property_expression(first, place);
        }
        match first.as_str() {
            "and" => self.expressions(depth).map(Expression::All),
            "or" => self.expressions(depth).map(Expression::Any),
            "not" => {
                self.mark('(')?;
                let negated = self.expression(depth + 1)?;
                self.mark(')')?;
                Ok(Expression::Not(Box::new(negated)))
            }
            _ if self.is_at('(') => Err(place.mistake(format!("unknown operator '{first}'"))),
            _ => Err(self.unexpected("'.'")),
        }
    }

    /// Two expressions or more, as `and` and `or` take them.
    fn expressions(&mut self, depth: usize) -> Result<Vec<Expression>, Mistake> {
        self.mark('(')?;
        let mut expressions = vec![self.expression(depth + 1)?];
        self.mark(',')?;
        expressions.push(self.expression(depth + 1)?);
        while self.is_at(',') {
            self.mark(',')?;
            expressions.push(self.expression(depth + 1)?);
        }
        self.mark(')')?;
        Ok(expressions)
    }

    /// What follows the first word of a property: the rest of its name, the function and its
    /// arguments.
    fn property_expression(&mut self, first: String, place: Place) -> Result<Expression, Mistake> {
        let mut name = first;
        self.mark('.')?;
        let (mut last, mut last_place) = self.word("function")?;
        while self.is_at('.') {
            self.mark('.')?;
            name = format!("{name}.{last}");
            (last, last_place) = self.word("function")?;
        }
        let property = self.properties.iter().find(|property| property.name == name);
        let property = property.ok_or_else(|| place.mistake(format!("unknown filter property '{name}'")))?;
        let function = property.functions.iter().find(|function| function.name == last);
        let not_allowed = || last_place.mistake(format!("'{last}' is not allowed for '{name}'"));
        let test = function.ok_or_else(not_allowed)?.test;
        self.mark('(')?;
        let arguments = self.arguments(test, property.kind)?;
        self.mark(')')?;
        Ok(Expression::Test { property, test, arguments })
    }

    fn arguments(&mut self, test: Test, kind: Kind) -> Result<Vec<Literal>, Mistake> {
        let mut arguments = Vec::new();
        if test.arguments() != Arguments::None {
            arguments.push(self.literal(kind)?);
        }
        while test.arguments() == Arguments::OneAndMore && self.is_at(',') {
            self.mark(',')?;
            arguments.push(self.literal(kind)?);
        }
        Ok(arguments)
    }

    fn literal(&mut self, kind: Kind) -> Result<Literal, Mistake> {
        let literal = match &self.ahead.token {
            Token::Literal(literal) if literal.kind().fits(kind) => literal.clone(),
            _ => return Err(self.unexpected(&kind.to_string())),
        };
        self.advance()?;
        Ok(literal)
    }

    fn word(&mut self, wanted: &str) -> Result<(String, Place), Mistake> {
        let Token::Word(word) = &self.ahead.token else {
            return Err(self.unexpected(wanted));
        };
        let word = word.clone();
        let place = self.advance()?.place;
        Ok((word, place))
    }

    fn mark(&mut self, mark: char) -> Result<(), Mistake> {
        if !self.is_at(mark) {
            return Err(self.unexpected(&format!("'{mark}'")));
        }
        self.advance().map(|_| ())
    }

    fn is_at(&self, mark: char) -> bool {
        self.ahead.token == Token::Mark(mark)
    }

    fn advance(&mut self) -> Result<Lexeme, Mistake> {
        let next = self.lexer.token()?;
        Ok(mem::replace(&mut self.ahead, next))
    }

    fn unexpected(&self, wanted: &str) -> Mistake {
        self.ahead.place.mistake(format!("expected {wanted}, actual {}", self.ahead.token))
    }
}
