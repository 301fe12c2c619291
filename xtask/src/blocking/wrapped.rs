//! The types that have a blocking wrapper, and how their values are wrapped.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{VisitMut, visit_type_mut};
use syn::{GenericArgument, Ident, PathArguments, Type, TypeParamBound, parse_quote};

use super::vendor::Vendor;

/// The types of a vendor that have a wrapper.
pub struct Wrapped(BTreeSet<Ident>);

impl Wrapped {
    /// Finds the public types with an async method or a stream, and those with methods that return one of them.
    pub fn of(vendor: &Vendor) -> Self {
        let mut wrapped = Self(BTreeSet::new());
        loop {
            let blocks = vendor.sources.iter().flat_map(|source| source.methods());
            let found = blocks.filter(|(name, methods)| {
                vendor.exports(name)
                    && methods.iter().any(|method| {
                        let output = &method.sig.output;
                        method.sig.asyncness.is_some() || is_stream(output) || wrapped.names_one(output)
                    })
            });
            let found: BTreeSet<Ident> = found.map(|(name, _)| name.clone()).collect();
            if found == wrapped.0 {
                return wrapped;
            }
            wrapped.0 = found;
        }
    }

    /// Returns whether the type has a wrapper.
    pub fn has(&self, name: &Ident) -> bool {
        self.0.contains(name)
    }

    /// Returns whether a type with a wrapper is named in these tokens.
    pub fn names_one(&self, tokens: &impl ToTokens) -> bool {
        words(tokens).any(|word| self.0.iter().any(|name| *name == word))
    }

    /// Returns the type that a wrapper returns instead of this one.
    pub fn kind(&self, kind: &Type) -> Type {
        let mut kind = match kind {
            Type::Reference(reference) if self.is_one(&reference.elem) => (*reference.elem).clone(),
            kind => kind.clone(),
        };
        Iterators.visit_type_mut(&mut kind);
        kind
    }

    /// Returns the expression that turns a value of this type into what the wrapper returns.
    pub fn value(&self, value: TokenStream, kind: &Type) -> Result<TokenStream, String> {
        if !self.changes(kind) {
            return Ok(value);
        }
        let unknown = || format!("no wrapper can return `{}`", kind.to_token_stream());
        match kind {
            Type::Reference(reference) if self.is_one(&reference.elem) => {
                let constructor = &reference.elem;
                Ok(quote!(#constructor(#value.clone())))
            }
            Type::ImplTrait(_) => {
                let rows = quote!(Rows::of(#value));
                match item(kind).ok_or_else(unknown)? {
                    item if self.changes(item) => self.mapped(rows, item),
                    _ => Ok(rows),
                }
            }
            kind if self.is_one(kind) => Ok(quote!(#kind(#value))),
            Type::Path(path) => {
                let last = path.path.segments.last().ok_or_else(unknown)?;
                match (last.ident.to_string().as_str(), argument(&last.arguments)) {
                    ("Option" | "Result", Some(inner)) if only_first(self, &last.arguments) => {
                        self.mapped(value, inner)
                    }
                    ("Vec", Some(inner)) => {
                        let mapped = self.mapped(quote!(#value.into_iter()), inner)?;
                        Ok(quote!(#mapped.collect()))
                    }
                    _ => Err(unknown()),
                }
            }
            _ => Err(unknown()),
        }
    }

    /// Returns the expression that wraps what is inside of a value.
    fn mapped(&self, value: TokenStream, inner: &Type) -> Result<TokenStream, String> {
        if self.is_one(inner) {
            return Ok(quote!(#value.map(#inner)));
        }
        if is_stream(inner) && item(inner).is_some_and(|item| !self.changes(item)) {
            return Ok(quote!(#value.map(Rows::of)));
        }
        let inner = self.value(quote!(value), inner)?;
        Ok(quote!(#value.map(|value| #inner)))
    }

    /// Returns whether a wrapper returns another type instead of this one.
    fn changes(&self, kind: &Type) -> bool {
        is_stream(kind) || self.names_one(kind) || words(kind).any(|word| word == "Self")
    }

    fn is_one(&self, kind: &Type) -> bool {
        let name = match kind {
            Type::Path(path) => path.path.get_ident(),
            _ => None,
        };
        name.is_some_and(|name| self.has(name) || name == "Self")
    }
}

fn is_stream(tokens: &impl ToTokens) -> bool {
    words(tokens).any(|word| word == "Stream")
}

fn argument(arguments: &PathArguments) -> Option<&Type> {
    types(arguments).next()
}

fn only_first(wrapped: &Wrapped, arguments: &PathArguments) -> bool {
    !types(arguments).skip(1).any(|kind| wrapped.changes(kind))
}

fn types(arguments: &PathArguments) -> impl Iterator<Item = &Type> {
    let arguments = match arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}

/// Returns the type of a stream's items.
fn item(kind: &Type) -> Option<&Type> {
    let Type::ImplTrait(bounds) = kind else { return None };
    bounds.bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last().filter(|last| last.ident == "Stream")?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(item) if item.ident == "Item" => Some(&item.ty),
            _ => None,
        })
    })
}

fn words(tokens: &impl ToTokens) -> impl Iterator<Item = String> {
    let text = tokens.to_token_stream().to_string();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Turns streams into iterators.
struct Iterators;

impl VisitMut for Iterators {
    fn visit_type_mut(&mut self, kind: &mut Type) {
        if let Type::ImplTrait(bounds) = kind {
            for bound in &mut bounds.bounds {
                if let TypeParamBound::Trait(bound) = bound
                    && bound.path.segments.last().is_some_and(|last| last.ident == "Stream")
                {
                    let arguments = bound.path.segments.last().map(|last| last.arguments.clone());
                    bound.path = parse_quote!(Iterator);
                    if let (Some(last), Some(arguments)) = (bound.path.segments.last_mut(), arguments) {
                        last.arguments = arguments;
                    }
                }
            }
        }
        visit_type_mut(self, kind);
    }
}
