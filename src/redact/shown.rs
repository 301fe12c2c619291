//! How foreign texts are shown: escaped and cut.

/// Replaces what is hidden or cut off.
const HIDDEN: char = '…';

/// A text with `…` in place of what is hidden, cut after so many characters. Whatever moves the cursor, ends a line, or turns the
/// direction of writing is shown as its escape.
pub(super) fn shown(text: &[char], hidden: &[bool], most: usize) -> String {
    let (mut shown, mut length, mut was_hidden) = (String::new(), 0, false);
    for (character, is_hidden) in text.iter().zip(hidden) {
        let piece = match *is_hidden {
            true if was_hidden => String::new(),
            true => HIDDEN.to_string(),
            false if matches!(character, '"' | '\'' | '\\') => character.to_string(),
            false => character.escape_debug().to_string(),
        };
        was_hidden = *is_hidden;
        length += piece.chars().count();
        if length > most {
            shown.push(HIDDEN);
            return shown;
        }
        shown.push_str(&piece);
    }
    shown
}
