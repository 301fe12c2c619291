//! Looks at the shape of a large body before it is read.

/// How deep a body may be nested. To pass over what is deeper takes memory.
const DEEPEST: usize = 1 << 20;

/// How long the name of a field may be, if there are escapes in it, which take memory.
const LONGEST_NAME: usize = 1 << 16;

/// Whether the shape of a body lets it be read without more memory than it may take. Whether it is JSON is another question.
pub(super) fn is_bounded(body: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| b"\"[]{}".contains(byte)) {
        let after = &rest[at + 1..];
        rest = after;
        match body[body.len() - after.len() - 1] {
            b'"' => {
                let text = &after[..literal(after)];
                rest = after.get(text.len() + 1..).unwrap_or_default();
                let is_name = rest.trim_ascii_start().starts_with(b":");
                if is_name && text.len() > LONGEST_NAME && text.contains(&b'\\') {
                    return false;
                }
            }
            b'[' | b'{' => depth += 1,
            _ => depth = depth.saturating_sub(1),
        }
        if depth > DEEPEST {
            return false;
        }
    }
    true
}

/// How long the text literal is that begins before these bytes, without its quotes.
fn literal(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| b"\"\\".contains(byte)) {
        if bytes[at + found] == b'"' {
            return at + found;
        }
        // What is escaped ends nothing.
        at = (at + found + 2).min(bytes.len());
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_bounded() {
        let name = "x".repeat(LONGEST_NAME);
        for bounded in [
            "",
            "[",
            "]]",
            "\"",
            "\"\\",
            "\"\\\"",
            "{\"a\\n\": \"[[[\"}",
            "not json",
            &format!("{{\"{name}x\": 1}}"),
            &format!("[\"{name}\\n\"]"),
            &"[]".repeat(DEEPEST + 1),
        ] {
            assert!(is_bounded(bounded.as_bytes()), "{}", &bounded[..bounded.len().min(20)]);
        }
        for other in [&"[".repeat(DEEPEST + 1), &"{\"\":".repeat(DEEPEST + 1), &format!("{{\"\\n{name}\" : 1}}")] {
            assert!(!is_bounded(other.as_bytes()), "{}", &other[..20]);
        }
    }
}
