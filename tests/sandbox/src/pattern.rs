use std::fmt;

/// Which requests are meant: a verb and a path, where `*` stands for anything.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    method: String,
    path: String,
}

impl Pattern {
    /// # Panics
    ///
    /// When there is no blank between a verb and a path.
    pub(crate) fn parse(text: &str) -> Self {
        Self::read(text).expect("a pattern is a verb, a blank and a path: \"POST *vouchers\"")
    }

    /// The same; none if there is no blank.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (method, path) = text.split_once(' ')?;
        Some(Self { method: method.to_uppercase(), path: path.to_owned() })
    }

    /// Whether this operation is meant; ids are `{id}` in it.
    pub(crate) fn fits(&self, operation: &str) -> bool {
        let (method, path) = operation.split_once(' ').unwrap_or((operation, ""));
        covers(&self.method, method) && covers(&self.path, path)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

fn covers(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let ends = text.char_indices().map(|(place, _)| place).chain([text.len()]);
    ends.into_iter().any(|place| covers(rest, &text[place..]))
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_star_stands_for_anything() {
        let operation = "POST /openapi/v1/{id}/sites/{id}/hotspot/voucher-groups";
        for fitting in ["POST *voucher-groups", "post *", "* *", "* /openapi/*/hotspot/*", "P* *{id}*groups*"] {
            assert!(Pattern::parse(fitting).fits(operation), "{fitting}");
        }
        for other in ["GET *voucher-groups", "POST *vouchers", "POST /openapi", "* voucher-groups", "POST *groups?"] {
            assert!(!Pattern::parse(other).fits(operation), "{other}");
        }
    }
}
