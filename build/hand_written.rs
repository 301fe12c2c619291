//! The operations that progenitor cannot write, because they have headers or a form. Everything that the spec says of them is
//! generated all the same: where they are, how they are signed, and what they answer. What is left to a caller is the rest of
//! the request.

use std::error::Error;

use proc_macro2::Ident;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{ImplItemFn, parse_quote};

use super::documentation::documentation;
use super::operations::variant;
use super::rust::snake;
use super::schema::{BODY, is_hand_written, is_value, operations, parameters, reference, schema, text};

/// A method for each operation that is written by hand. It takes what finishes the request.
pub fn methods(json: &Value) -> Result<Vec<ImplItemFn>, Box<dyn Error>> {
    let unfinished = operations(json).filter(|(_, _, _, operation)| is_hand_written(operation));
    unfinished.map(|(_, path, verb, operation)| method(json, path, verb, operation)).collect()
}

/// How the session sends an operation: signed, unless it says that it needs no token.
pub fn send(operation: &Value) -> Ident {
    match operation.get("security").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        true => format_ident!("send_unsigned"),
        false => format_ident!("send"),
    }
}

fn method(json: &Value, path: &str, verb: &str, operation: &Value) -> Result<ImplItemFn, Box<dyn Error>> {
    let id = text(operation, "operationId");
    let variant = variant(id);
    let (name, send, verb) = (format_ident!("{}", snake(id)), send(operation), format_ident!("{verb}"));
    let mut template = path.to_owned();
    let (mut names, mut kinds) = (Vec::new(), Vec::new());
    for parameter in parameters(json, operation, "path") {
        let wire = text(parameter, "name");
        template = template.replace(&format!("{{{wire}}}"), "{}");
        let kind = parameter.get("schema").and_then(reference);
        kinds.push(format_ident!("{}", kind.ok_or_else(|| format!("`{id}`: `{wire}` has no named schema"))?));
        names.push(format_ident!("{}", snake(wire)));
    }
    let template = format!("{{}}{template}");
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let answer = responses.filter_map(|(_, response)| reference(response.pointer(BODY)?)).next();
    let answer = answer.ok_or_else(|| format!("`{id}` answers nothing that has a name"))?;
    let kind = format_ident!("{answer}");
    let kind = match schema(json, answer).is_some_and(is_value) {
        true => quote!(#kind),
        false => quote!(types::#kind),
    };
    let documentation = documentation(json, operation);
    let lines = documentation.lines().map(|line| format!(" {line}"));
    let by_hand = format!(" `finish` writes the rest of the request. {}", text(operation, "x-hand-written"));
    Ok(parse_quote! {
        #(#[doc = #lines])*
        #[doc = ""]
        #[doc = #by_hand]
        pub async fn #name(
            &self,
            #(#names: &#kinds,)*
            finish: impl Fn(reqwest::RequestBuilder) -> reqwest::RequestBuilder + Sync,
        ) -> Result<#kind, Error> {
            let url = format!(#template, self.baseurl, #(crate::path_segment::plain(#names),)*);
            let request = || finish(self.client.#verb(&url)).build();
            self.session.#send(&request, Operation::#variant).await
        }
    })
}
