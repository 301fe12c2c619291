//! The types that progenitor wrote, by the names of the wire.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Attribute, Expr, ExprLit, Fields, GenericArgument, Ident, Item, ItemStruct, Lit, Meta, PathArguments, Type};

/// A generated struct.
pub struct Struct {
    fields: BTreeMap<String, (Ident, String)>,
}

impl Struct {
    /// Reads the fields of a struct, and how serde calls them.
    pub fn of(item: &ItemStruct) -> Self {
        let mut fields = BTreeMap::new();
        if let Fields::Named(named) = &item.fields {
            for field in &named.named {
                if let Some(ident) = &field.ident {
                    let wire = renamed(&field.attrs).unwrap_or_else(|| ident.to_string());
                    fields.insert(wire, (ident.clone(), shown(&field.ty)));
                }
            }
        }
        Self { fields }
    }

    /// The Rust name of a field.
    pub fn field(&self, wire: &str) -> &Ident {
        &self.fields[wire].0
    }

    /// The Rust type of a field, as a reader would write it.
    pub fn kind(&self, wire: &str) -> &str {
        &self.fields[wire].1
    }
}

/// All structs among the items.
pub fn structs(items: &[Item]) -> BTreeMap<String, Struct> {
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some((item.ident.to_string(), Struct::of(item))),
        _ => None,
    });
    structs.collect()
}

/// What `#[serde(rename = "..")]` says.
pub fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // The attribute is progenitor's; what cannot be read here holds no name.
        let _ = attribute.parse_nested_meta(|meta| {
            let value: Expr = meta.value()?.parse()?;
            if meta.path.is_ident("rename")
                && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value
            {
                found = Some(text.value());
            }
            Ok(())
        });
    }
    found
}

/// Whether the attributes hold a doc comment.
pub fn documented(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| matches!(&attribute.meta, Meta::NameValue(meta) if meta.path.is_ident("doc")))
}

/// A type without the paths in front of its names.
pub fn shown(kind: &impl ToTokens) -> String {
    let spaced = kind.to_token_stream().to_string();
    let words: Vec<&str> = spaced.split(' ').collect();
    let mut text = String::new();
    for (index, word) in words.iter().enumerate() {
        let is_name = |word: &str| word.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let in_path = is_name(word) && words.get(index + 1) == Some(&"::");
        if *word != "::" && !in_path {
            text.push_str(word);
        }
    }
    text
}

/// The last name in the path of a type: the `Result` in `std::result::Result<T, E>`.
pub fn name(kind: &Type) -> Option<&Ident> {
    let Type::Path(path) = kind else { return None };
    path.path.segments.last().map(|last| &last.ident)
}

/// The first type among the generic arguments of a type: the `T` in `Result<T, E>`.
pub fn first_argument(kind: &Type) -> Option<&Type> {
    let Type::Path(path) = kind else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}

/// A name in snake_case, with megabytes as the one word that they are: `MBytes` looks like two.
pub fn with_megabytes(name: &str) -> String {
    name.replace("_m_bytes", "_mbytes")
}

/// The snake_case of a name in camelCase or PascalCase.
pub fn snake(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(character.to_ascii_lowercase());
    }
    text
}
