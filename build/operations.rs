//! The operations of a vendor as an enum, with what the spec says of each.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::schema::{BODY, is_safe_to_repeat, operations, text};

/// Returns the variant of an operation: `ListVouchers` for `listVouchers`.
pub fn variant(id: &str) -> Ident {
    let (first, rest) = id.split_at(id.chars().next().map_or(0, char::len_utf8));
    format_ident!("{}{rest}", first.to_uppercase())
}

/// Returns the enum and its methods.
pub fn items(json: &Value) -> TokenStream {
    let ids: Vec<&str> = operations(json).map(|(_, _, _, operation)| text(operation, "operationId")).collect();
    let variants: Vec<Ident> = ids.iter().map(|id| variant(id)).collect();
    let summaries = operations(json).map(|(_, _, _, operation)| format!(" {}", text(operation, "summary")));
    let versions = operations(json).map(|(_, _, _, operation)| text(operation, "x-since"));
    let safe = is_one_of(json, |_, operation| is_safe_to_repeat(operation) == Some(true));
    let reads = is_one_of(json, |method, _| method == "get");
    let empty = is_one_of(json, |method, operation| method == "delete" || holds_nothing(operation));
    quote! {
        /// An operation of the API.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Operation {
            #(#[doc = #summaries] #variants,)*
        }

        impl Operation {
            /// Returns the operation with this id.
            pub(crate) fn with_id(id: &str) -> Option<Self> {
                match id {
                    #(#ids => Some(Self::#variants),)*
                    _ => None,
                }
            }

            /// Returns the id of the operation in the spec.
            pub(crate) const fn id(self) -> &'static str {
                match self {
                    #(Self::#variants => #ids,)*
                }
            }

            /// Returns the first version in which the operation was found.
            pub(crate) const fn since(self) -> &'static str {
                match self {
                    #(Self::#variants => #versions,)*
                }
            }

            /// Returns whether the operation may be called again if it is not known whether it took effect.
            pub(crate) const fn is_safe_to_retry(self) -> bool {
                #safe
            }

            /// Returns whether the operation changes nothing.
            pub(crate) const fn only_reads(self) -> bool {
                #reads
            }

            /// Returns whether a success without a body is complete: after a delete, or if no result is documented.
            pub(crate) const fn may_be_empty(self) -> bool {
                #empty
            }
        }
    }
}

/// Returns an expression that is true for such operations.
fn is_one_of(json: &Value, is_such: impl Fn(&str, &Value) -> bool) -> TokenStream {
    let such = operations(json).filter(|(_, _, method, operation)| is_such(method, operation));
    let such: Vec<Ident> = such.map(|(_, _, _, operation)| variant(text(operation, "operationId"))).collect();
    match such.is_empty() {
        true => quote!(false),
        false => quote!(matches!(self, #(Self::#such)|*)),
    }
}

/// Whether the result of an operation holds nothing.
fn holds_nothing(operation: &Value) -> bool {
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let mut successes = responses.filter(|(status, _)| status.starts_with('2')).map(|(_, response)| response);
    successes.all(|response| response.pointer(BODY).is_none())
}
