//! Digits that can be read from the other side of a desk.

/// The digits, five lines each, of a font that has nothing else.
const DIGITS: [[&str; 5]; 10] = [
    [" ### ", "#   #", "#   #", "#   #", " ### "],
    ["  #  ", " ##  ", "  #  ", "  #  ", " ### "],
    ["#### ", "    #", " ### ", "#    ", "#####"],
    ["#### ", "    #", " ### ", "    #", "#### "],
    ["#   #", "#   #", "#####", "    #", "    #"],
    ["#####", "#    ", "#### ", "    #", "#### "],
    [" ### ", "#    ", "#### ", "#   #", " ### "],
    ["#####", "    #", "   # ", "  #  ", "  #  "],
    [" ### ", "#   #", " ### ", "#   #", " ### "],
    [" ### ", "#   #", " ####", "    #", " ### "],
];
const DASH: [&str; 5] = ["     ", "     ", " ### ", "     ", "     "];

/// A code in large digits, or as it is where it holds anything but digits and dashes.
pub fn large(code: &str) -> String {
    let glyph = |character: char| match character {
        '-' => Some(DASH),
        _ => DIGITS.get(character.to_digit(10)? as usize).copied(),
    };
    let glyphs: Option<Vec<[&str; 5]>> = code.chars().map(glyph).collect();
    let Some(glyphs) = glyphs else { return format!("{code}\n") };
    let line = |row: usize| glyphs.iter().map(|glyph| glyph[row]).collect::<Vec<_>>().join("  ").trim_end().to_owned();
    (0..5).map(|row| line(row) + "\n").collect()
}
