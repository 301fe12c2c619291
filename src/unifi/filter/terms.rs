//! What a filter is made of.

use std::collections::VecDeque;
use std::fmt;

/// An expression as a list of terms, each before its parts. A tree of boxes would need more stack the deeper it is, even to be
/// dropped.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Expression(VecDeque<Term>);

#[derive(Clone, PartialEq, Eq)]
enum Term {
    Function(String),
    Not,
    /// So many expressions, joined.
    Joined(Junction, usize),
}

/// How expressions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Junction {
    And,
    Or,
}

impl Expression {
    pub(super) fn function(text: String) -> Self {
        Self([Term::Function(text)].into())
    }

    pub(super) fn negated(mut self) -> Self {
        self.0.push_front(Term::Not);
        self
    }

    /// Both expressions; what they join in the same way themselves becomes parts of the whole.
    pub(super) fn joined(mut self, junction: Junction, mut other: Self) -> Self {
        let parts = self.open(junction) + other.open(junction);
        // The shorter one moves.
        if self.0.len() < other.0.len() {
            self.0.into_iter().rev().for_each(|term| other.0.push_front(term));
            self = other;
        } else {
            self.0.append(&mut other.0);
        }
        self.0.push_front(Term::Joined(junction, parts));
        self
    }

    /// Removes the junction at the front, and returns the number of its parts.
    fn open(&mut self, junction: Junction) -> usize {
        match self.0.front() {
            Some(Term::Joined(found, parts)) if *found == junction => {
                let parts = *parts;
                self.0.pop_front();
                parts
            }
            _ => 1,
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // How many parts are still to come of each term that has begun.
        let mut open = Vec::new();
        for term in &self.0 {
            let (name, parts) = match term {
                Term::Not => ("not(", 1),
                Term::Joined(Junction::And, parts) => ("and(", *parts),
                Term::Joined(Junction::Or, parts) => ("or(", *parts),
                Term::Function(text) => (text.as_str(), 0),
            };
            f.write_str(name)?;
            if parts > 0 {
                open.push(parts);
                continue;
            }
            while let Some(left) = open.last_mut() {
                *left -= 1;
                if *left > 0 {
                    f.write_str(", ")?;
                    break;
                }
                f.write_str(")")?;
                open.pop();
            }
        }
        Ok(())
    }
}
