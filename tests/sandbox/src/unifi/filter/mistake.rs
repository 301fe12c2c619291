use std::fmt;

/// Where a token starts, both numbers from 1; a column is a character, not a byte.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Why a filter was not understood. It reads as the console words it, `<detail> at <line>:<column>`.
pub(crate) struct Mistake {
    detail: String,
    place: Place,
}

impl Place {
    pub(crate) const START: Self = Self { line: 1, column: 1 };

    /// The place behind this character.
    pub(crate) fn behind(self, character: char) -> Self {
        match character {
            '\n' => Self { line: self.line + 1, column: 1 },
            _ => Self { column: self.column + 1, ..self },
        }
    }

    pub(crate) fn mistake(self, detail: String) -> Mistake {
        Mistake { detail, place: self }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}:{}", self.detail, self.place.line, self.place.column)
    }
}
