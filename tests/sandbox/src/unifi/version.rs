use std::fmt;

/// The version of the Network application, which decides what there is to call.
#[derive(Clone)]
pub(crate) struct Version {
    text: String,
    parts: Vec<u32>,
}

impl Version {
    /// Reads numbers with dots between them.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let parts: Result<Vec<u32>, _> = text.split('.').map(str::parse).collect();
        parts.ok().map(|parts| Self { text: text.to_owned(), parts })
    }

    pub(crate) fn is_before(&self, parts: &[u32]) -> bool {
        self.parts.as_slice() < parts
    }
}

impl Default for Version {
    /// The version whose pages this console is written from.
    fn default() -> Self {
        Self { text: "10.1.68".to_owned(), parts: vec![10, 1, 68] }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
