//! Facts about operations that the generated client looks up by their names.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::schema::{BODY, is_safe_to_repeat, operations, text};

/// The methods that return them.
pub fn facts(json: &Value) -> TokenStream {
    let ids = operations(json).map(|(_, _, _, operation)| text(operation, "operationId"));
    let versions = operations(json).map(|(_, _, _, operation)| text(operation, "x-since"));
    let safe = named(json, |_, operation| is_safe_to_repeat(operation) == Some(true));
    let reads = named(json, |method, _| method == "get");
    let empty = named(json, |method, operation| method == "delete" || holds_nothing(operation));
    quote! {
        /// The first version in which an operation was found.
        pub(crate) fn since(operation: &str) -> Option<&'static str> {
            match operation {
                #(#ids => Some(#versions),)*
                _ => None,
            }
        }

        /// Whether an operation may be called again where it is not known whether it took effect.
        pub(crate) fn is_safe_to_repeat(operation: &str) -> bool {
            matches!(operation, #(#safe)|*)
        }

        /// Whether an operation changes nothing.
        pub(crate) fn only_reads(operation: &str) -> bool {
            matches!(operation, #(#reads)|*)
        }

        /// Whether a success without a body says all that there is to say: of a delete, and where nothing is promised.
        pub(crate) fn may_be_empty(operation: &str) -> bool {
            matches!(operation, #(#empty)|*)
        }
    }
}

fn named<'a>(json: &'a Value, is_such: impl Fn(&str, &Value) -> bool + 'a) -> impl Iterator<Item = &'a str> {
    let such = operations(json).filter(move |(_, _, method, operation)| is_such(method, operation));
    such.map(|(_, _, _, operation)| text(operation, "operationId"))
}

/// Whether the result of an operation holds nothing.
fn holds_nothing(operation: &Value) -> bool {
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let mut successes = responses.filter(|(status, _)| status.starts_with('2')).map(|(_, response)| response);
    successes.all(|response| response.pointer(BODY).is_none())
}
