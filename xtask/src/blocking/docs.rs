//! The docs of a wrapper: those of the async item, with links that work in the other file and examples that block.

use std::collections::BTreeSet;

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use super::example;
use super::wrapped::Wrapped;
use super::wrapper::Names;

/// What the docs of a file are rewritten with.
pub struct Docs<'a> {
    pub names: &'a Names<'a>,
    pub wrapped: &'a Wrapped,
    /// The paths of what the other file imports or declares.
    pub scope: BTreeSet<String>,
}

impl Docs<'_> {
    /// Writes the doc comment of a wrapper. The second paragraph links to the original.
    pub fn wrapper(&self, attributes: &[Attribute], original: &str) -> String {
        let mut lines = self.rewritten(&text(attributes));
        let first = lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len());
        let blank = (first > 0).then(String::new);
        lines.splice(first..first, blank.into_iter().chain([format!(" Blocking wrapper of {original}.")]));
        lines.iter().fold(String::new(), |text, line| text + "///" + line + "\n")
    }

    /// Rewrites links and words, and translates examples or leaves them out.
    fn rewritten(&self, lines: &[String]) -> Vec<String> {
        let is_fence = |line: &String| line.trim_start().starts_with("```");
        let (mut rewritten, mut rest) = (Vec::new(), lines);
        loop {
            // A link may begin on one line and end on the next.
            let (prose, from_fence) = rest.split_at(rest.iter().position(is_fence).unwrap_or(rest.len()));
            let prose = (!prose.is_empty()).then(|| self.links(&words(&prose.join("\n"))));
            rewritten.extend(prose.iter().flat_map(|prose| prose.split('\n')).map(str::to_owned));
            let Some((fence, code)) = from_fence.split_first() else { return rewritten };
            let (code, behind) = code.split_at(code.iter().position(is_fence).unwrap_or(code.len()));
            match example::blocking(code) {
                Some(code) => {
                    rewritten.push(fence.clone());
                    rewritten.extend(code);
                    rewritten.extend(behind.first().cloned());
                }
                // The blank line in front of it goes too.
                None => _ = rewritten.pop_if(|line| line.trim().is_empty()),
            }
            rest = behind.get(1..).unwrap_or_default();
        }
    }

    /// Rewrites the links in a text.
    fn links(&self, text: &str) -> String {
        let (mut text, mut rest) = (String::new(), text);
        while let Some(start) = rest.find('[') {
            let Some(end) = rest[start..].find(']').map(|end| start + end) else { break };
            let (label, behind) = (&rest[start + 1..end], &rest[end + 1..]);
            text += &rest[..=end];
            rest = behind;
            if let Some(inner) = behind.strip_prefix('(')
                && let Some(close) = inner.find(')')
            {
                text += &format!("({})", self.link(&inner[..close]).unwrap_or_else(|| inner[..close].to_owned()));
                rest = &inner[close + 1..];
            } else if let Some(target) = definition(&text, behind) {
                text += &format!(": {}", self.link(target).unwrap_or_else(|| target.to_owned()));
                rest = &behind[": ".len() + target.len()..];
            } else if let Some(code) = label.strip_prefix('`').and_then(|label| label.strip_suffix('`'))
                && !behind.starts_with('[')
            {
                text += &self.link(code).map(|target| format!("({target})")).unwrap_or_default();
            }
        }
        text + rest
    }

    /// Returns the target of a link as the other file names it; `None` if the link works there unchanged.
    fn link(&self, target: &str) -> Option<String> {
        let end = target.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(target.len());
        let (path, ending) = target.split_at(end);
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        let first = self.names.path(&path[..1]).ok().flatten();
        if first.is_some_and(|first| self.scope.contains(&first.join("::"))) {
            return None;
        }
        let rewritten = self.names.path(&path).ok().flatten()?;
        Some(rewritten.join("::") + ending).filter(|rewritten| rewritten != target)
    }
}

/// Returns the target of a link that is defined on a line of its own: `[label]: target`.
fn definition<'a>(label: &str, behind: &'a str) -> Option<&'a str> {
    let target = behind.strip_prefix(": ")?.lines().next()?;
    let line = label.rsplit('\n').next()?.trim_start();
    (line.starts_with('[') && line.matches(']').count() == 1 && !target.contains(' ')).then_some(target)
}

/// Returns the lines of a doc comment.
fn text(attributes: &[Attribute]) -> Vec<String> {
    let texts = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    texts.flat_map(|text| text.split('\n').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Calls streams iterators, outside of code.
fn words(line: &str) -> String {
    let mut parts: Vec<String> = line.split('`').map(str::to_owned).collect();
    for part in parts.iter_mut().step_by(2) {
        for (word, other) in [
            ("a stream", "an iterator"),
            ("A stream", "An iterator"),
            ("a\n stream", "an\n iterator"),
            ("stream", "iterator"),
        ] {
            *part = replaced(part, word, other);
        }
    }
    parts.join("`")
}

/// Replaces a word, in the plural too.
fn replaced(text: &str, word: &str, other: &str) -> String {
    let (mut replaced, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(word) {
        let (before, behind) = (&rest[..start], &rest[start + word.len()..]);
        let follows = behind.strip_prefix('s').unwrap_or(behind);
        let is_word = !before.ends_with(char::is_alphanumeric) && !follows.starts_with(char::is_alphanumeric);
        replaced += before;
        replaced += if is_word { other } else { word };
        rest = behind;
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocking::vendor::Vendor;

    /// The docs of the wrapper for an item with these docs.
    fn docs(text: &str) -> String {
        let root = "pub mod generated; mod ids; mod site; pub use ids::{GroupId, Scope}; pub use site::Site;";
        let site = "use super::ids::{self, GroupId, Scope}; use crate::error::Error; pub struct Site;";
        let files = [("", root), ("site", site)].map(|(name, text)| {
            (name.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect(), text.to_owned())
        });
        let vendor = Vendor::new("omada", files.into()).unwrap();
        let (wrapped, names) = (Wrapped::of(&vendor), Names { vendor: &vendor, source: &vendor.sources[1] });
        let scope = BTreeSet::from(["super::Scope".to_owned()]);
        let docs = Docs { names: &names, wrapped: &wrapped, scope };
        docs.rewritten(&text.lines().map(str::to_owned).collect::<Vec<_>>()).join("\n")
    }

    #[test]
    fn links_work_in_the_other_file() {
        for (given, expected) in [
            ("[`create`](Self::create)", "[`create`](Self::create)"),
            ("[`X`](super::generated::Client::x)", "[`X`](super::generated::Client::x)"),
            ("[x](super::ids::GroupId) and [y](GroupId::new)", "[x](super::GroupId) and [y](super::GroupId::new)"),
            (
                "[`Site::list`], or [`GroupId::new()`].",
                "[`Site::list`](super::Site::list), or [`GroupId::new()`](super::GroupId::new()).",
            ),
            ("- [`Error::Api`]: never", "- [`Error::Api`](crate::error::Error::Api): never"),
            (" [`Error::Api`]: not at all", " [`Error::Api`](crate::error::Error::Api): not at all"),
            ("[a\n b](GroupId) [c\n d]", "[a\n b](super::GroupId) [c\n d]"),
            ("[`Scope::all`] [x](Scope)", "[`Scope::all`] [x](Scope)"),
            ("[`String`] [0] [a page](https://example.org/a(b))", "[`String`] [0] [a page](https://example.org/a(b))"),
            ("[common errors](crate::error#common-errors)", "[common errors](crate::error#common-errors)"),
            (" [site]: crate::omada::site::Site\n [x]: y", " [site]: super::Site\n [x]: y"),
            ("[`a` and `b`] without an end [", "[`a` and `b`] without an end ["),
        ] {
            assert_eq!(docs(given), expected);
        }
    }

    #[test]
    fn streams_are_called_iterators_outside_of_code() {
        let given = "A stream, streams, upstream; a streamed `stream` of the stream, a\n stream";
        assert_eq!(docs(given), "An iterator, iterators, upstream; a streamed `stream` of the iterator, an\n iterator");
    }

    #[test]
    fn examples_are_translated_or_left_out() {
        let given = " Lists.\n\n ```\n site.list().await;\n ```\n\n ```\n tokio::spawn(site.list());\n ```\n\n # Errors\n - None.";
        assert_eq!(docs(given), " Lists.\n\n ```\n site.list();\n ```\n\n # Errors\n - None.");
    }
}
