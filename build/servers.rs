//! Where the vendor can be reached at an address that is the same for everybody.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::schema::{servers, text};

/// A constant for each server that has a name.
pub fn constants(json: &Value) -> impl Iterator<Item = TokenStream> {
    let named = servers(json).filter(|(_, server)| server.get("x-name").is_some());
    named.map(|(_, server)| {
        let (name, url) = (format_ident!("{}", text(server, "x-name")), text(server, "url"));
        let description = format!(" {}", text(server, "description"));
        quote! {
            #[doc = #description]
            pub const #name: &str = #url;
        }
    })
}
