/// What `like` compares a text with: the whole of it, and with regard to case.
pub(crate) struct Pattern(Vec<Piece>);

enum Piece {
    Exactly(char),
    AnyOne,
    AnyNumber,
}

impl Pattern {
    /// A backslash takes the meaning from what follows it; one at the very end is itself.
    pub(crate) fn new(pattern: &str) -> Self {
        let mut characters = pattern.chars();
        let mut pieces = Vec::new();
        while let Some(character) = characters.next() {
            pieces.push(match character {
                '.' => Piece::AnyOne,
                '*' => Piece::AnyNumber,
                '\\' => Piece::Exactly(characters.next().unwrap_or('\\')),
                other => Piece::Exactly(other),
            });
        }
        Self(pieces)
    }

    /// Follows all ways through the pattern at once, so that no pattern takes longer than its
    /// length times that of the text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut reached = vec![false; self.0.len() + 1];
        reached[0] = true;
        self.skip_any_number(&mut reached);
        for character in text.chars() {
            let mut next = vec![false; reached.len()];
            for (index, piece) in self.0.iter().enumerate().filter(|(index, _)| reached[*index]) {
                match piece {
                    Piece::Exactly(wanted) => next[index + 1] |= *wanted == character,
                    Piece::AnyOne => next[index + 1] = true,
                    Piece::AnyNumber => next[index] = true,
                }
            }
            self.skip_any_number(&mut next);
            reached = next;
        }
        reached[self.0.len()]
    }

    fn skip_any_number(&self, reached: &mut [bool]) {
        for (index, piece) in self.0.iter().enumerate() {
            reached[index + 1] |= reached[index] && matches!(piece, Piece::AnyNumber);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn matches_the_whole_text() {
        let table = [
            ("Lobby", "Lobby", true),
            ("lobby", "Lobby", false),
            ("Lob", "Lobby", false),
            ("type.", "type1", true),
            ("type.", "type100", false),
            ("type.", "type", false),
            ("guest*", "guest", true),
            ("guest*", "guest100", true),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
            ("**", "", true),
            ("", "", true),
            ("", "a", false),
            ("1\\.5", "1.5", true),
            ("1\\.5", "1x5", false),
            ("\\*", "*", true),
            ("\\*", "a", false),
            ("\\\\", "\\", true),
            ("\\", "\\", true),
            (".", "ß", true),
        ];
        for (pattern, text, expected) in table {
            assert_eq!(Pattern::new(pattern).matches(text), expected, "{pattern} {text}");
        }
    }
}
