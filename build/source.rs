//! The files that are written by hand, as far as the build reads them.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use quote::format_ident;
use syn::{Attribute, Expr, ExprLit, File, Ident, ImplItem, ImplItemFn, Item, Lit, Meta, Type, UsePath, UseTree};
use syn::{Visibility, parse_quote};

/// A file of a vendor.
pub struct Source {
    /// The names of its module, from the one below the vendor's on; none for the vendor's own.
    pub path: Vec<String>,
    vendor: String,
    pub file: File,
}

/// All files in the folder of a vendor, in the order of their names.
pub fn read(vendor: &str) -> Result<Vec<Source>, Box<dyn Error>> {
    let root = Path::new("src").join(vendor);
    let (mut folders, mut files) = (vec![root.clone()], Vec::<PathBuf>::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut sources = Vec::new();
    for path in files {
        let mistake = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| mistake(&error))?;
        let file = syn::parse_file(&text).map_err(|error| mistake(&error))?;
        let names = path.strip_prefix(&root)?.with_extension("");
        let names = names.iter().map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "mod");
        sources.push(Source { path: names.collect(), vendor: vendor.to_owned(), file });
    }
    Ok(sources)
}

impl Source {
    /// The module of the file.
    pub fn module(&self) -> syn::Path {
        let names = std::iter::once(&self.vendor).chain(&self.path).map(|name| format_ident!("{name}"));
        parse_quote!(crate::#(#names)::*)
    }

    /// An import of the file that means the same everywhere.
    pub fn absolute(&self, tree: UseTree) -> UseTree {
        let mut names: Vec<Ident> = vec![format_ident!("crate"), format_ident!("{}", self.vendor)];
        names.extend(self.path.iter().map(|name| format_ident!("{name}")));
        let (mut rest, mut is_relative) = (tree, false);
        loop {
            match rest {
                UseTree::Path(step) if step.ident == "super" => {
                    names.pop();
                    (rest, is_relative) = (*step.tree, true);
                }
                other if is_relative => {
                    return names.into_iter().rev().fold(other, |tree, ident| {
                        UseTree::Path(UsePath { ident, colon2_token: Default::default(), tree: Box::new(tree) })
                    });
                }
                other => return other,
            }
        }
    }
}

/// The public methods of the types in a file, block by block.
pub fn methods(file: &File) -> impl Iterator<Item = (&Ident, Vec<&ImplItemFn>)> {
    file.items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => match &*block.self_ty {
            Type::Path(kind) => Some((kind.path.get_ident()?, block.items.iter().filter_map(method).collect())),
            _ => None,
        },
        _ => None,
    })
}

fn method(item: &ImplItem) -> Option<&ImplItemFn> {
    match item {
        ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => Some(method),
        _ => None,
    }
}

/// The first paragraph of a doc comment, with links that work from everywhere, and iterators for streams.
pub fn first_paragraph(vendor: &str, attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<String> = lines.take_while(|line| !line.trim().is_empty()).collect();
    lines.join("\n").replace("(super::", &format!("(crate::{vendor}::")).replace("stream", "iterator")
}
