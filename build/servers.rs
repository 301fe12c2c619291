//! The addresses of the vendor, as far as they are the same for all users.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::schema::{servers, text};

/// A constant for each server that has a name.
pub fn constants(json: &Value) -> impl Iterator<Item = TokenStream> {
    let named = servers(json).filter(|(_, server)| server.get("x-name").is_some());
    named.map(|(_, server)| {
        let (name, url) = (format_ident!("{}", text(server, "x-name")), fixed(text(server, "url")));
        let description = format!(" {}", text(server, "description"));
        quote! {
            #[doc = #description]
            pub const #name: &str = #url;
        }
    })
}

/// The part of an address without variables: what follows the host if the host is one, and otherwise what is before the first.
fn fixed(url: &str) -> &str {
    let url = ["https://{host}:{port}", "https://{host}"].iter().find_map(|host| url.strip_prefix(host)).unwrap_or(url);
    url.split("/{").next().unwrap_or(url)
}
