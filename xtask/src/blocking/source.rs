//! A file of a vendor, and which path each of its names stands for.

use std::collections::BTreeMap;

use syn::{File, Ident, ImplItem, ImplItemFn, Item, Type, UseTree, Visibility};

/// A file of a vendor.
pub struct Source {
    /// The modules of the file below the vendor's; empty for the vendor's own.
    pub path: Vec<String>,
    pub file: File,
    /// The absolute paths of the names that the file imports or declares as public.
    names: BTreeMap<String, Vec<String>>,
}

impl Source {
    pub fn new(vendor: &str, path: Vec<String>, file: File) -> Self {
        let mut source = Self { path, file, names: BTreeMap::new() };
        let module = source.module(vendor);
        for item in &source.file.items {
            if let Item::Use(item) = item {
                let paths = flatten(&item.tree).into_iter();
                source.names.extend(paths.map(|(name, path)| (name, absolute(&module, path))));
            } else if let Some(name) = declared(item) {
                let path = module.iter().cloned().chain([name.to_string()]);
                source.names.insert(name.to_string(), path.collect());
            }
        }
        source
    }

    /// Returns the path of the file's module.
    pub fn module(&self, vendor: &str) -> Vec<String> {
        ["crate".to_owned(), vendor.to_owned()].into_iter().chain(self.path.iter().cloned()).collect()
    }

    /// Returns the absolute path that a path in this file stands for; `None` if it is one of the prelude or of the language.
    pub fn resolve(&self, vendor: &str, path: &[String]) -> Option<Vec<String>> {
        let first = path.first()?;
        match first.as_str() {
            "crate" => Some(path.to_vec()),
            "super" | "self" => Some(absolute(&self.module(vendor), path.to_vec())),
            name => Some(self.names.get(name)?.iter().chain(&path[1..]).cloned().collect()),
        }
    }

    /// Returns the public methods of the types in the file, block by block.
    pub fn methods(&self) -> impl Iterator<Item = (&Ident, Vec<&ImplItemFn>)> {
        self.file.items.iter().filter_map(|item| match item {
            Item::Impl(block) if block.trait_.is_none() => match &*block.self_ty {
                Type::Path(kind) => Some((kind.path.get_ident()?, block.items.iter().filter_map(method).collect())),
                _ => None,
            },
            _ => None,
        })
    }
}

fn method(item: &ImplItem) -> Option<&ImplItemFn> {
    match item {
        ImplItem::Fn(method) if is_public(&method.vis) => Some(method),
        _ => None,
    }
}

/// Returns whether an item is public everywhere.
pub fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Returns the name of a public type or trait.
fn declared(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => is_public(&item.vis).then_some(&item.ident),
        Item::Enum(item) => is_public(&item.vis).then_some(&item.ident),
        Item::Trait(item) => is_public(&item.vis).then_some(&item.ident),
        Item::Type(item) => is_public(&item.vis).then_some(&item.ident),
        _ => None,
    }
}

/// Returns each name of an import with its path. The name of a glob is `*`.
pub fn flatten(tree: &UseTree) -> Vec<(String, Vec<String>)> {
    let named = |name: &Ident, path: &Ident| vec![(name.to_string(), vec![path.to_string()])];
    match tree {
        UseTree::Name(name) => named(&name.ident, &name.ident),
        UseTree::Rename(name) => named(&name.rename, &name.ident),
        UseTree::Glob(_) => vec![("*".to_owned(), Vec::new())],
        UseTree::Group(group) => group.items.iter().flat_map(flatten).collect(),
        UseTree::Path(step) => {
            let mut inner = flatten(&step.tree);
            for (name, path) in &mut inner {
                match path.as_slice() {
                    [only] if only == "self" => {
                        path.clear();
                        if name == "self" {
                            *name = step.ident.to_string();
                        }
                    }
                    _ => {}
                }
                path.insert(0, step.ident.to_string());
            }
            inner
        }
    }
}

/// Returns a path that means the same everywhere.
fn absolute(module: &[String], path: Vec<String>) -> Vec<String> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    match path.first().map(String::as_str) {
        Some("super") => module[..module.len().saturating_sub(ups)].iter().chain(&path[ups..]).cloned().collect(),
        Some("self") => module.iter().chain(&path[1..]).cloned().collect(),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_absolute_paths() {
        let code = "
            use std::{fmt, time::Duration as Time};
            use super::ids::{self, GroupId};
            use super::super::site::Site;
            use crate::secret::Secret;
            pub struct Token;
            struct Hidden;";
        let path = ["auth", "token"].map(str::to_owned).to_vec();
        let source = Source::new("omada", path, syn::parse_str(code).unwrap());
        let resolved = |text: &str| {
            let path: Vec<String> = text.split("::").map(str::to_owned).collect();
            source.resolve("omada", &path).map(|path| path.join("::"))
        };
        for (name, path) in [
            ("fmt::Display", Some("std::fmt::Display")),
            ("Time", Some("std::time::Duration")),
            ("ids::SiteId", Some("crate::omada::auth::ids::SiteId")),
            ("GroupId", Some("crate::omada::auth::ids::GroupId")),
            ("Site", Some("crate::omada::site::Site")),
            ("Secret", Some("crate::secret::Secret")),
            ("Token::new", Some("crate::omada::auth::token::Token::new")),
            ("super::super::Error", Some("crate::omada::Error")),
            ("self::Kind", Some("crate::omada::auth::token::Kind")),
            ("crate::Error", Some("crate::Error")),
            ("Hidden", None),
            ("Option", None),
            ("Self::new", None),
        ] {
            assert_eq!(resolved(name).as_deref(), path, "{name}");
        }
    }
}
