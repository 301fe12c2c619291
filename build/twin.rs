//! The types of a client that have a twin without async, and what becomes of the types in their methods.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{VisitMut, visit_type_mut};
use syn::{Ident, ImplItemFn, Type, TypeParamBound, parse_quote};

use super::rust::{first_argument, name};
use super::source::{Source, methods};

/// The types of a vendor that have a twin.
pub struct Twins {
    pub vendor: String,
    names: BTreeSet<Ident>,
}

impl Twins {
    /// The types with an async method or a stream, and those whose methods lead to one of them.
    pub fn of(vendor: &str, sources: &[Source]) -> Self {
        let mut twins = Self { vendor: vendor.to_owned(), names: BTreeSet::new() };
        loop {
            let found = sources.iter().flat_map(|source| methods(&source.file)).filter(|(_, methods)| {
                methods.iter().any(|method| {
                    let answer = &method.sig.output;
                    method.sig.asyncness.is_some() || words(answer).any(|word| word == "Stream") || twins.are_in(answer)
                })
            });
            let found: BTreeSet<Ident> = found.map(|(name, _)| name.clone()).collect();
            if found == twins.names {
                return twins;
            }
            twins.names = found;
        }
    }

    /// Whether the type has a twin.
    pub fn has(&self, name: &Ident) -> bool {
        self.names.contains(name)
    }

    /// Whether a type with a twin is named in this.
    pub fn are_in(&self, kind: &impl ToTokens) -> bool {
        words(kind).any(|word| self.names.iter().any(|name| *name == word))
    }

    /// Whether a method has no twin: what it answers has async methods that the build wrote.
    pub fn is_left_out(&self, method: &ImplItemFn) -> bool {
        method.sig.ident == "generated"
    }

    /// The type with async.
    pub fn original(&self, name: &Ident) -> TokenStream {
        let vendor = format_ident!("{}", self.vendor);
        quote!(crate::#vendor::#name)
    }

    /// What a method answers instead of this type.
    pub fn kind(&self, kind: &Type) -> Type {
        let mut kind = match self.referred(kind) {
            Some(name) => parse_quote!(#name),
            None => kind.clone(),
        };
        Rename(self).visit_type_mut(&mut kind);
        kind
    }

    /// A value of this type, turned into what the twin answers.
    pub fn value(&self, value: TokenStream, kind: &Type) -> TokenStream {
        if let Some(name) = self.referred(kind) {
            return quote!(super::#name(#value.clone()));
        }
        match kind {
            Type::ImplTrait(_) if words(kind).any(|word| word == "Stream") => quote!(crate::blocking::Rows::of(#value)),
            kind => match (name(kind), first_argument(kind)) {
                (Some(name), _) if name == "Self" => quote!(Self(#value)),
                (Some(name), _) if self.has(name) => quote!(super::#name(#value)),
                (_, Some(inner)) if self.are_in(inner) || words(inner).any(|word| word == "Stream") => {
                    let inner = self.value(quote!(value), inner);
                    quote!(#value.map(|value| #inner))
                }
                _ => value,
            },
        }
    }

    /// The type with a twin that a reference leads to.
    fn referred<'a>(&self, kind: &'a Type) -> Option<&'a Ident> {
        match kind {
            Type::Reference(reference) => match &*reference.elem {
                Type::Path(path) => path.path.get_ident().filter(|name| self.has(name)),
                _ => None,
            },
            _ => None,
        }
    }
}

fn words(tokens: &impl ToTokens) -> impl Iterator<Item = String> {
    let text = tokens.to_token_stream().to_string();
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

/// Streams become iterators, and types their twins.
struct Rename<'a>(&'a Twins);

impl VisitMut for Rename<'_> {
    fn visit_type_mut(&mut self, kind: &mut Type) {
        if let Type::Path(path) = kind
            && let Some(name) = path.path.get_ident().filter(|name| self.0.has(name)).cloned()
        {
            *kind = parse_quote!(super::#name);
        }
        if let Type::ImplTrait(bounds) = kind {
            for bound in &mut bounds.bounds {
                if let TypeParamBound::Trait(bound) = bound
                    && let Some(last) = bound.path.segments.last_mut().filter(|last| last.ident == "Stream")
                {
                    last.ident = format_ident!("Iterator");
                }
            }
        }
        visit_type_mut(self, kind);
    }
}
