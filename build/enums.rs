//! Codes as open enums: each set of documented values becomes an enum that keeps the values it does not know.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::schema::{is_codes, schemas, text, texts};

/// An enum for every set of codes.
pub fn items(json: &Value) -> TokenStream {
    schemas(json).filter(|(_, schema)| is_codes(schema)).map(|(name, schema)| item(name, schema)).collect()
}

fn item(name: &str, schema: &Value) -> TokenStream {
    let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let names = texts(schema, "x-enum-varnames");
    let variants = values.zip(names).zip(texts(schema, "x-enum-descriptions"));
    let variants = variants.map(|((value, name), description)| (name, value, description));
    codes(name, text(schema, "description"), variants)
}

/// An open enum of the values, which are all numbers or all texts.
pub fn codes<'a>(
    name: &str,
    description: &str,
    variants: impl Iterator<Item = (&'a str, &'a Value, &'a str)>,
) -> TokenStream {
    let mut kind = quote!(text);
    let mut arms = TokenStream::new();
    for (variant, value, description) in variants {
        let variant = format_ident!("{variant}");
        let value = match value.as_i64() {
            Some(number) => {
                kind = quote!(integer);
                Literal::i64_unsuffixed(number)
            }
            None => Literal::string(value.as_str().unwrap_or_default()),
        };
        arms.extend(quote!(#[doc = #description] #variant = #value,));
    }
    let name = format_ident!("{name}");
    quote! {
        crate::wire_enum::#kind! {
            #[doc = #description]
            pub enum #name { #arms }
        }
    }
}
