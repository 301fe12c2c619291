//! The properties by which rows can be filtered, each with exactly the functions that the vendor allows on it, as constants
//! whose types have those functions alone.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::filterable::{Filterable, set, tables};
use super::rust::{snake, with_megabytes};
use super::schema::{property, resolve, schema, text};

/// The constants of every table, on the type of the rows.
pub fn items(json: &Value) -> TokenStream {
    tables(json).map(|table| item(json, &table)).collect()
}

fn item(json: &Value, table: &Filterable<'_>) -> TokenStream {
    let rows = format_ident!("{}", table.rows);
    let constants = table.properties.iter().map(|(name, functions)| {
        let constant = format_ident!("{}", constant(name));
        let (value, set) = (value(json, table.rows, name), set(functions).unwrap_or("Equality"));
        let set = format_ident!("{set}");
        let text = format!("The property `{name}` in filters. It has the functions `{}`.", functions.join("`, `"));
        quote!(#[doc = #text] pub const #constant: Property<Self, #value, filter::#set> = Property::new(#name);)
    });
    quote!(impl #rows { #(#constants)* })
}

/// The type of the values to compare a property with.
fn value(json: &Value, rows: &str, name: &str) -> TokenStream {
    let property = schema(json, rows).and_then(|rows| property(json, rows, name));
    let target = property.map(|property| resolve(json, property)).unwrap_or(&Value::Null);
    match (text(target, "type"), text(target, "format")) {
        ("string", "uuid") => quote!(::uuid::Uuid),
        ("string", "date-time") => quote!(Timestamp),
        ("boolean", _) => quote!(bool),
        // The vendor's numbers have no sign.
        ("integer", _) => quote!(u64),
        _ => quote!(String),
    }
}

/// `authorizedGuestLimit` as `AUTHORIZED_GUEST_LIMIT`.
fn constant(name: &str) -> String {
    with_megabytes(&snake(&name.replace('.', "_"))).to_ascii_uppercase()
}
