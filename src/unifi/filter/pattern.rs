//! Patterns for `like`. Case counts, and the whole text has to match.

/// What a text looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(pub(super) String);

impl Pattern {
    /// Texts that start so.
    pub fn starts_with(text: &str) -> Self {
        Self(format!("{}*", escaped(text)))
    }

    /// Texts that end so.
    pub fn ends_with(text: &str) -> Self {
        Self(format!("*{}", escaped(text)))
    }

    /// Texts with this in them.
    pub fn contains(text: &str) -> Self {
        Self(format!("*{}*", escaped(text)))
    }

    /// A pattern in the vendor's language: `.` is any one character, `*` any number of them, and `\` takes the meaning of
    /// either away.
    pub fn raw(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if matches!(character, '.' | '*' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
