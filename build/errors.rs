//! The table of error codes as an open enum, with the class of each.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::enums;
use super::lint::CLASSES;
use super::schema::text;

/// The entries of the table.
pub fn table(json: &Value) -> impl Iterator<Item = &Value> {
    json.get("x-errors").and_then(Value::as_array).into_iter().flatten()
}

/// `ErrorCode` and its classes.
pub fn items(json: &Value) -> TokenStream {
    let variants = table(json).map(|entry| (text(entry, "name"), &entry["code"], text(entry, "description")));
    let codes = enums::codes("ErrorCode", "A code with which the controller refuses.", variants);
    let arms = CLASSES.iter().filter_map(|class| {
        let names = table(json).filter(|entry| text(entry, "class") == *class).map(|entry| text(entry, "name"));
        let names: Vec<_> = names.map(|name| format_ident!("{name}")).collect();
        let class = format_ident!("{}{}", class[..1].to_uppercase(), class[1..]);
        (!names.is_empty()).then(|| quote!(#(Self::#names)|* => Some(ErrorClass::#class),))
    });
    let arms: TokenStream = arms.collect();
    quote! {
        #codes
        impl ErrorCode {
            /// What the code means to the caller, as far as it is known.
            pub fn class(&self) -> Option<ErrorClass> {
                match self {
                    #arms
                    Self::Unknown(_) => None,
                }
            }
        }
    }
}
