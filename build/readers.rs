//! How the answer of each operation is read, as a table that the fuzz targets go through. Other builds do not have it.

use std::error::Error;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{ImplItemFn, ReturnType, Type};

use super::rust::{first_argument, snake};
use super::schema::{operations, text};

/// The table of the methods that were written. An operation that none of them calls fails the build.
pub fn table<'a>(
    json: &Value,
    vendor: &str,
    methods: impl Iterator<Item = &'a ImplItemFn> + Clone,
) -> Result<TokenStream, Box<dyn Error>> {
    let open: TokenStream = format!("crate::{vendor}::auth::open").parse()?;
    let mut readers = Vec::new();
    for (_, _, _, operation) in operations(json) {
        let id = text(operation, "operationId");
        let method = methods.clone().find(|method| method.sig.ident == snake(id));
        let answer = method.and_then(|method| answer(&method.sig.output));
        let answer = answer.ok_or_else(|| format!("`{id}` has no method that reads its answer"))?;
        readers.push(match answer {
            Type::Tuple(_) => quote! {
                (#id, |answer| answer.read(#id, |head, body, known| {
                    #open::<::serde::de::IgnoredAny>(head, body, known).map(|_| ())
                }))
            },
            answer => quote!((#id, |answer| answer.read(#id, #open::<#answer>))),
        });
    }
    Ok(quote! {
        /// Each operation, and what reads its answer.
        #[cfg(fuzzing)]
        pub const READERS: &[(&str, crate::fuzzing::Reader)] = &[#(#readers),*];
    })
}

/// The `T` in `Result<T, Error>`.
fn answer(output: &ReturnType) -> Option<&Type> {
    match output {
        ReturnType::Type(_, result) => first_argument(result),
        ReturnType::Default => None,
    }
}
