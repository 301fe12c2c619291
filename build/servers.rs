//! Where the vendor can be reached at an address that is the same for everybody.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::schema::text;

/// A constant for each server that has a name.
pub fn constants(json: &Value) -> impl Iterator<Item = TokenStream> {
    let servers = json.get("servers").and_then(Value::as_array).into_iter().flatten();
    servers.filter(|server| server.get("x-name").is_some()).map(|server| {
        let (name, url) = (format_ident!("{}", text(server, "x-name")), text(server, "url"));
        let description = format!(" {}", text(server, "description"));
        quote! {
            #[doc = #description]
            pub const #name: &str = #url;
        }
    })
}
