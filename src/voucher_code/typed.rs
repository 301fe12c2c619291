//! Codes as people type them, and the stored codes that they mean.

use super::VoucherCode;
use crate::validate::{Problem, Violations};

/// A code as it was typed, without what separates its characters.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TypedCode {
    code: String,
    /// The text as it was typed, without the blanks around it.
    typed: String,
}

/// How a stored code is like a typed one, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// It is the same text, but for what separates the characters of the typed code.
    Same,
    /// It has separators of its own.
    Separated,
    /// It has letters in another case.
    OtherCase,
}

impl TypedCode {
    /// # Errors
    /// [`Violations`] if nothing is left without separators. They do not show the code.
    pub(crate) fn new(typed: &str) -> Result<Self, Violations> {
        match folded(typed) {
            code if code.is_empty() => {
                let expected = "a voucher code: give at least one letter or digit";
                Err(Violations::one("code", Problem::Unusable { value: None, expected }))
            }
            code => Ok(Self { code, typed: typed.trim().to_owned() }),
        }
    }

    /// The code without separators.
    pub(crate) fn as_str(&self) -> &str {
        &self.code
    }

    /// How a stored code is like this one; nothing if it is another code.
    pub(crate) fn likeness(&self, stored: &VoucherCode) -> Option<Likeness> {
        if stored.as_str() == self.code || stored.as_str() == self.typed {
            return Some(Likeness::Same);
        }
        let stored = folded(stored.as_str());
        if stored == self.code {
            return Some(Likeness::Separated);
        }
        (stored.to_lowercase() == self.code.to_lowercase()).then_some(Likeness::OtherCase)
    }

    /// The other texts under which a controller that compares whole texts may have stored the code: with one separator at any
    /// place or one behind each group of characters, and with its letters in one case.
    #[allow(dead_code, reason = "a vendor may search for a part of a code")]
    pub(crate) fn spellings(&self) -> Vec<String> {
        let mut spellings: Vec<String> = Vec::new();
        spellings.extend((self.typed != self.code).then(|| self.typed.clone()));
        for code in [self.code.clone(), self.code.to_uppercase(), self.code.to_lowercase()] {
            let characters: Vec<char> = code.chars().collect();
            let places = (1..characters.len()).take_while(|_| characters.len() <= LONGEST_SPELLED);
            let grouped = |size: usize, separator: &str| {
                // No character stays alone: the last group takes it.
                let end = if characters.len() % size == 1 {
                    characters.len().saturating_sub(size + 1)
                } else {
                    characters.len()
                };
                let (whole, last) = characters.split_at(end);
                let groups = whole.chunks(size).chain((!last.is_empty()).then_some(last));
                groups.map(|group| group.iter().collect()).collect::<Vec<String>>().join(separator)
            };
            let mut of_case = vec![code.clone()];
            of_case.extend(places.map(|place| {
                let (head, tail) = characters.split_at(place);
                head.iter().chain(&['-']).chain(tail).collect()
            }));
            for size in [2, 3, 4, 5, characters.len().div_ceil(2)] {
                of_case.extend(["-", " "].map(|separator| grouped(size, separator)));
            }
            let half = characters.len().div_ceil(2);
            of_case.extend(DASHES.map(|separator| grouped(half, separator)));
            for spelling in of_case {
                if spelling != self.code && !spellings.contains(&spelling) {
                    spellings.push(spelling);
                }
            }
        }
        spellings
    }
}

/// The dashes that are tried in the middle of a code beside the usual one: two hyphens, the dash between numbers, a double hyphen.
const DASHES: [&str; 4] = ["\u{2010}", "\u{2011}", "\u{2013}", "--"];

/// Up to how many characters a separator is tried at each place, so that a filter with all spellings stays short.
const LONGEST_SPELLED: usize = 16;

/// What was found for a typed code, of which the closest counts.
pub(crate) struct Candidates<T> {
    found: Option<(Likeness, T)>,
    is_ambiguous: bool,
}

impl<T> Candidates<T> {
    pub(crate) fn new() -> Self {
        Self { found: None, is_ambiguous: false }
    }

    pub(crate) fn add(&mut self, likeness: Likeness, row: T) {
        match self.found.as_ref().map(|(found, _)| likeness.cmp(found)) {
            Some(std::cmp::Ordering::Greater) => {}
            // The same text twice is the same code, of which the first one counts.
            Some(std::cmp::Ordering::Equal) => self.is_ambiguous |= likeness != Likeness::Same,
            Some(std::cmp::Ordering::Less) | None => *self = Self { found: Some((likeness, row)), is_ambiguous: false },
        }
    }

    pub(crate) fn likeness(&self) -> Option<Likeness> {
        self.found.as_ref().map(|(likeness, _)| *likeness)
    }

    /// # Errors
    /// [`Violations`] if several codes are like the typed one and none is closer than the others.
    pub(crate) fn closest(self) -> Result<Option<T>, Violations> {
        if self.is_ambiguous {
            let expected =
                "the code of one voucher: several differ only in case or separators, so give it exactly as issued";
            return Err(Violations::one("code", Problem::Unusable { value: None, expected }));
        }
        Ok(self.found.map(|(_, row)| row))
    }
}

/// A code without separators, and with the usual digits and letters instead of those of other keyboards.
fn folded(code: &str) -> String {
    code.chars().filter(|character| !is_separator(*character)).map(plain).collect()
}

/// Whether people type a character between the others, or copy it along with the code.
fn is_separator(character: char) -> bool {
    let is_dash = matches!(
        character,
        '-' | '\u{58a}' | '\u{5be}' | '\u{1400}' | '\u{1806}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2053}'
                | '\u{207b}'
                | '\u{208b}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2796}'
                | '\u{2e17}'
                | '\u{2e1a}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{2e40}'
                | '\u{2e5d}'
                | '\u{301c}'
                | '\u{3030}'
                | '\u{30a0}'
                | '\u{30fc}'
                | '\u{fe31}'
                | '\u{fe32}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | '\u{ff5e}'
                | '\u{ff70}'
                | '\u{10ead}'
    );
    let is_invisible = matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
    );
    is_dash || is_invisible || character.is_whitespace() || character.is_control()
}

/// The zeros of digits that keyboards have instead of the usual ones.
const ZEROS: [char; 8] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{17e0}', '\u{1040}', '\u{ff10}'];

/// The usual digit or letter for a full-width one, or for a digit of another script.
fn plain(character: char) -> char {
    let code = u32::from(character);
    let digit = ZEROS.iter().find_map(|zero| char::from_digit(code.checked_sub(u32::from(*zero))?, 10));
    let letter = match character {
        'Ａ'..='Ｚ' => char::from_u32(code - u32::from('Ａ') + u32::from('A')),
        'ａ'..='ｚ' => char::from_u32(code - u32::from('ａ') + u32::from('a')),
        _ => None,
    };
    digit.or(letter).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::{Candidates, Likeness, TypedCode};

    fn likeness(typed: &str, stored: &str) -> Option<Likeness> {
        TypedCode::new(typed).ok()?.likeness(&stored.into())
    }

    #[test]
    fn separators_and_other_digits_do_not_count() {
        let separators = [
            "-",
            " ",
            "\t",
            "\u{a0}",
            "\u{ad}",
            "\u{2000}",
            "\u{2009}",
            "\u{200b}",
            "\u{200d}",
            "\u{2010}",
            "\u{2011}",
            "\u{2012}",
            "\u{2013}",
            "\u{2014}",
            "\u{2015}",
            "\u{202f}",
            "\u{2060}",
            "\u{2212}",
            "\u{3000}",
            "\u{fe58}",
            "\u{fe63}",
            "\u{feff}",
            "\u{ff0d}",
            " \u{2013} ",
        ];
        for separator in separators {
            assert_eq!(
                likeness(&format!("01234{separator}56789"), "0123456789"),
                Some(Likeness::Same),
                "{separator:?}"
            );
            assert_eq!(likeness(&format!("{separator}0123456789{separator}"), "0123456789"), Some(Likeness::Same));
            assert_eq!(likeness("0123456789", &format!("012{separator}3456789")), Some(Likeness::Separated));
            assert!(TypedCode::new(separator).is_err(), "{separator:?}");
        }
        for digits in ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]
        {
            assert_eq!(likeness(digits, "0123456789"), Some(Likeness::Same), "{digits}");
        }
        assert_eq!(likeness("ＡＢＺａｂｚ", "ABZabz"), Some(Likeness::Same));
        assert_eq!(likeness("abz", "ABZ"), Some(Likeness::OtherCase));
        assert_eq!(likeness("a-b-z", "AB-Z"), Some(Likeness::OtherCase));
        assert_eq!(likeness("123", "1234"), None);
        assert_eq!(likeness("0123", "123"), None);
        assert!(TypedCode::new("").is_err());
    }

    #[test]
    fn the_closest_candidate_counts() {
        let closest = |found: &[Likeness]| {
            let mut candidates = Candidates::new();
            found.iter().enumerate().for_each(|(index, likeness)| candidates.add(*likeness, index));
            candidates.closest().ok()
        };
        use Likeness::{OtherCase, Same, Separated};
        assert_eq!(closest(&[]), Some(None));
        assert_eq!(closest(&[OtherCase]), Some(Some(0)));
        assert_eq!(closest(&[OtherCase, OtherCase]), None);
        assert_eq!(closest(&[OtherCase, OtherCase, Separated]), Some(Some(2)));
        assert_eq!(closest(&[Separated, OtherCase, Separated]), None);
        assert_eq!(closest(&[Same, OtherCase, Same]), Some(Some(0)));
    }

    #[test]
    fn spellings_are_few() {
        let spellings = TypedCode::new("4861409510").map(|code| code.spellings()).unwrap_or_default();
        for expected in ["48614-09510", "486-1409510", "48-61-40-95-10", "486 140 9510"] {
            assert!(spellings.iter().any(|spelling| spelling == expected), "{expected}");
        }
        assert!(spellings.iter().map(|spelling| spelling.len() + 4).sum::<usize>() < 512, "{spellings:?}");
        assert_eq!(TypedCode::new("0").map(|code| code.spellings()).unwrap_or_default(), Vec::<String>::new());
        assert!(TypedCode::new("aB12").is_ok_and(|code| code.spellings().iter().any(|spelling| spelling == "AB12")));
    }
}
