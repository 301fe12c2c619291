//! The clients without async: for each public method that is written by hand, one of the same name that waits for it.
//!
//! They are made from the files themselves, so that none can be forgotten. How a call is waited for stands in `src/blocking`.

use std::error::Error;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{FnArg, Ident, ImplItemFn, Item, Pat, ReceiverKind, ReturnType, Signature, Visibility};

use super::source::{Source, first_paragraph, methods, read};
use super::twin::Twins;

/// The module of the twins of a vendor.
pub fn generate(vendor: &str) -> Result<syn::File, Box<dyn Error>> {
    let sources = read(vendor)?;
    let twins = Twins::of(vendor, &sources);
    let structs = sources.iter().flat_map(|source| &source.file.items).filter_map(|item| match item {
        Item::Struct(item) if twins.has(&item.ident) => {
            let must_use = item.attrs.iter().filter(|attribute| attribute.path().is_ident("must_use"));
            Some(structure(vendor, &item.ident, &first_paragraph(vendor, &item.attrs), quote!(#(#must_use)*)))
        }
        _ => None,
    });
    let structs: Vec<TokenStream> = structs.collect();
    let modules = sources.iter().map(|source| module(source, &twins)).collect::<Result<Vec<_>, _>>()?;
    let (name, text) = (format_ident!("{vendor}"), format!(" As [`{vendor}`](crate::{vendor}), without async."));
    Ok(syn::parse2(quote! {
        #[doc = #text]
        #[doc = ""]
        #[doc = " Everything else of that module is here too, so that this one can stand in its place."]
        #[allow(clippy::all)]
        pub mod #name {
            pub use crate::#name::*;

            #(#structs)*
            #(#modules)*
        }
    })?)
}

/// A type around the one with async.
fn structure(vendor: &str, name: &Ident, docs: &str, must_use: TokenStream) -> TokenStream {
    let module = format_ident!("{vendor}");
    let more = format!(" This is [`{name}`](crate::{vendor}::{name}) without async.");
    let docs = docs.lines();
    quote! {
        #(#[doc = #docs])*
        #[doc = ""]
        #[doc = #more]
        #[derive(Clone)]
        #must_use
        pub struct #name(crate::#module::#name);

        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    }
}

/// The methods of a file, among the same names as there.
fn module(source: &Source, twins: &Twins) -> Result<TokenStream, Box<dyn Error>> {
    let mut blocks = Vec::new();
    for (name, found) in methods(&source.file).filter(|(name, _)| twins.has(name)) {
        let found = found.into_iter().filter(|method| !twins.is_left_out(method));
        let found = found.map(|method| twin(name, method, twins)).collect::<Result<Vec<_>, _>>()?;
        blocks.push(quote!(impl super::#name { #(#found)* }));
    }
    if blocks.is_empty() {
        return Ok(TokenStream::new());
    }
    let imports = source.file.items.iter().filter_map(|item| match item {
        Item::Use(item) => {
            let mut item = item.clone();
            item.vis = Visibility::Inherited;
            item.tree = source.absolute(item.tree);
            Some(item)
        }
        _ => None,
    });
    let (name, path) = (format_ident!("{}", source.path.join("_")), source.module());
    Ok(quote! {
        #[allow(unused_imports)]
        mod #name {
            use #path::*;
            #(#imports)*

            #(#blocks)*
        }
    })
}

/// The method that waits for the one with async.
fn twin(owner: &Ident, method: &ImplItemFn, twins: &Twins) -> Result<TokenStream, Box<dyn Error>> {
    let Signature { ident, generics, inputs, .. } = &method.sig;
    let (parameters, bounds) = (&generics.params, &generics.where_clause);
    let (mut names, mut receiver) = (Vec::new(), None);
    let mut arguments = Vec::new();
    for input in inputs {
        match input {
            FnArg::Receiver(found) if matches!(found.kind, ReceiverKind::Reference(..)) => {
                receiver = Some(quote!(&self))
            }
            FnArg::Receiver(_) => receiver = Some(quote!(self)),
            FnArg::Typed(argument) => {
                let Pat::Ident(name) = &*argument.pat else {
                    return Err(format!("`{owner}::{ident}`: an argument has no name").into());
                };
                if twins.are_in(&argument.ty) {
                    return Err(
                        format!("`{owner}::{ident}` takes a type that has a twin; build/blocking.rs cannot").into()
                    );
                }
                let (name, kind) = (&name.ident, &argument.ty);
                names.push(name);
                arguments.push(quote!(#name: #kind));
            }
        }
    }
    let original = match receiver {
        Some(_) => quote!(self.0.#ident(#(#names),*)),
        None => {
            let path = twins.original(owner);
            quote!(#path::#ident(#(#names),*))
        }
    };
    let waited = if method.sig.asyncness.is_some() { quote!(crate::blocking::wait(#original)) } else { original };
    let (answer, body) = match &method.sig.output {
        ReturnType::Default => (quote!(), waited),
        ReturnType::Type(_, kind) => {
            let (body, kind) = (twins.value(waited, kind), twins.kind(kind));
            (quote!(-> #kind), body)
        }
    };
    let docs = first_paragraph(&twins.vendor, &method.attrs);
    let docs = docs.lines();
    let more = format!(" This is [`{owner}::{ident}`](crate::{}::{owner}::{ident}) without async.", twins.vendor);
    let receiver = receiver.map(|receiver| quote!(#receiver,));
    Ok(quote! {
        #(#[doc = #docs])*
        #[doc = ""]
        #[doc = #more]
        pub fn #ident<#parameters>(#receiver #(#arguments),*) #answer #bounds {
            #body
        }
    })
}
