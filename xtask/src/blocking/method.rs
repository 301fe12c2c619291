//! The wrapper of one method.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, FnArg, Ident, ImplItemFn, Meta, Pat, ReceiverKind, ReturnType, Type, parse_quote};

use super::docs::Docs;

/// Returns whether a method has no wrapper: it returns a generated client, whose methods are async.
pub fn is_left_out(method: &ImplItemFn) -> bool {
    method.sig.ident == "generated"
}

/// Returns whether a wrapper has the attribute of its original.
pub fn is_kept(attribute: &Attribute) -> bool {
    let is_list_of_doc = attribute.path().is_ident("doc") && matches!(attribute.meta, Meta::List(_));
    is_list_of_doc || ["cfg", "deprecated", "must_use"].iter().any(|name| attribute.path().is_ident(name))
}

/// Writes the method that waits for the async one, and notes what its file has to import.
pub fn wrapper(
    docs: &Docs<'_>,
    owner: &Ident,
    method: &ImplItemFn,
    imports: &mut BTreeSet<String>,
) -> Result<String, String> {
    let (names, wrapped) = (docs.names, docs.wrapped);
    let vendor = &names.vendor.name;
    let (mut signature, name) = (method.sig.clone(), &method.sig.ident);
    let (mut arguments, mut is_of_value) = (Vec::new(), false);
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                is_of_value = true;
                match receiver.kind {
                    ReceiverKind::Value => *input = parse_quote!(self),
                    ReceiverKind::Reference(_, _, None) => {}
                    _ => return Err("no wrapper can have this receiver".to_owned()),
                }
            }
            FnArg::Typed(argument) => {
                let Pat::Ident(pattern) = &mut *argument.pat else {
                    return Err("an argument has no name".to_owned());
                };
                pattern.mutability = None;
                let (name, kind) = (&pattern.ident, &argument.ty);
                arguments.push(match &**kind {
                    kind if !wrapped.names_one(kind) => quote!(#name),
                    Type::Path(path) if path.path.get_ident().is_some() => quote!(#name.0),
                    Type::Reference(reference) if reference.mutability.is_none() => match &*reference.elem {
                        Type::Path(path) if path.path.get_ident().is_some() => quote!(&#name.0),
                        _ => return Err(format!("no wrapper can take the type of `{name}`")),
                    },
                    _ => return Err(format!("no wrapper can take the type of `{name}`")),
                });
            }
        }
    }
    let original: TokenStream = match is_of_value {
        true => quote!(self.0.#name(#(#arguments),*)),
        false => format!("crate::{vendor}::{owner}::{name}({})", quote!(#(#arguments),*))
            .parse()
            .map_err(|error| format!("{error}"))?,
    };
    let original = match signature.asyncness.take() {
        Some(_) => quote!(wait(#original)),
        None => original,
    };
    let body = match &mut signature.output {
        ReturnType::Default => original,
        ReturnType::Type(_, kind) => {
            let body = wrapped.value(original, kind)?;
            **kind = wrapped.kind(kind);
            body
        }
    };
    names.import(&mut signature, imports)?;
    let body = body.to_string();
    for name in ["wait", "Rows"] {
        let is_used = body.split(' ').any(|word| word.trim_start_matches('(') == name);
        imports.extend(is_used.then(|| format!("crate::blocking::{name}")));
    }
    let mut text =
        docs.wrapper(&method.attrs, &format!("[`{vendor}::{owner}::{name}`](crate::{vendor}::{owner}::{name})"));
    let attributes = method.attrs.iter().filter(|attribute| is_kept(attribute));
    attributes.for_each(|attribute| text += &format!("{}\n", attribute.to_token_stream()));
    if method.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated")) {
        text += "#[allow(deprecated)]\n";
    }
    Ok(format!("{text}pub {} {{\n{body}\n}}\n", signature.to_token_stream()))
}
