//! What patterns of `like` mean.

/// Whether a whole text looks like a pattern: `.` is any one character, `*` any number of them, and `\` takes the meaning of either
/// away.
pub(super) fn is_like(pattern: &str, text: &str) -> bool {
    let parts = parts(pattern);
    let text: Vec<char> = text.chars().collect();
    let (mut part, mut place) = (0, 0);
    // Where to go on if the rest does not fit: the last `*`, and how far it has reached.
    let mut last: Option<(usize, usize)> = None;
    while place < text.len() {
        match parts.get(part) {
            Some(Part::Any) => {
                last = Some((part, place));
                part += 1;
            }
            Some(one) if one.fits(text[place]) => (part, place) = (part + 1, place + 1),
            _ => match &mut last {
                Some((star, reached)) => {
                    *reached += 1;
                    (part, place) = (*star + 1, *reached);
                }
                None => return false,
            },
        }
    }
    parts[part..].iter().all(|part| matches!(part, Part::Any))
}

enum Part {
    One,
    Any,
    Exactly(char),
}

impl Part {
    fn fits(&self, character: char) -> bool {
        match self {
            Self::One => true,
            Self::Any => false,
            Self::Exactly(expected) => *expected == character,
        }
    }
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut characters = pattern.chars().peekable();
    let mut parts = Vec::new();
    while let Some(character) = characters.next() {
        parts.push(match character {
            '.' => Part::One,
            '*' => Part::Any,
            '\\' => Part::Exactly(characters.next_if(|next| matches!(next, '.' | '*' | '\\')).unwrap_or('\\')),
            other => Part::Exactly(other),
        });
    }
    parts
}
