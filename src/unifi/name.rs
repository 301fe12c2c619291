//! What consoles do to the names of vouchers.

/// Whether a name can be what a console made of the name that was sent. Consoles were seen to trim names, to change their case,
/// to normalize their Unicode and to remove control characters. A name that was cut is another name.
pub(super) fn resembles(found: &str, sent: &str) -> bool {
    let (plain_found, plain_sent) = (plain(found), plain(sent));
    let is_told = plain_sent.chars().any(|c| c.is_ascii_alphanumeric());
    found == sent || is_told && plain_found == plain_sent
}

/// Stands for letters beyond ASCII, which have several forms.
const ANY: char = '\u{fffd}';

/// What is left of a name, whatever a console did to it.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for c in name.chars().filter(|c| !c.is_control() && !c.is_whitespace()) {
        if c.is_ascii() {
            plain.push(c.to_ascii_lowercase());
            continue;
        }
        // In the decomposed form of a letter, its accent comes behind it.
        if ('\u{300}'..='\u{36f}').contains(&c) && plain.ends_with(|c: char| c.is_ascii_alphabetic()) {
            plain.pop();
        }
        if !plain.ends_with(ANY) {
            plain.push(ANY);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_were_changed_are_the_same_names() {
        for sent in ["Lobby", " Lobby 1 ", "Caf\u{e9} 1", "L\u{7}obby", "lobby'1'", "\u{5927}\u{5802}"] {
            let decomposed = sent.replace('\u{e9}', "e\u{301}");
            let clean = sent.chars().filter(|c| !c.is_control()).collect();
            let forms = [sent.to_owned(), sent.trim().to_owned(), sent.to_uppercase(), decomposed, clean];
            for form in forms {
                assert!(resembles(&form, sent), "{form:?} of {sent:?}");
            }
        }
        let others = [
            ("Lobby", "Lobby 1"),
            ("Lobby 1", "Lobby"),
            ("", "Lobby"),
            ("\u{5927}\u{5802}", "\u{524d}\u{53f0}"),
            ("Caf\u{e9}", "Cafe"),
            ("Sale 1", "Sale 10"),
        ];
        for (found, sent) in others {
            assert!(!resembles(found, sent), "{found:?} of {sent:?}");
        }
    }
}
