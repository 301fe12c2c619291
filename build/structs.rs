//! The types that progenitor wrote, opened to later fields and made ready for their builders.

use quote::format_ident;
use serde_json::Value;
use syn::{Attribute, ItemStruct, Type, parse_quote};

use super::bounds;
use super::lists;
use super::rows::Rows;
use super::rust::{documented, first_argument, name, renamed, snake, with_megabytes};
use super::schema::{is_value, reference, resolve, schema, setters, text};

/// Opens a struct to later fields, gives a request its builder, and gives every field a description.
pub fn finish(item: &mut ItemStruct, json: &Value, vendor: &str, requests: &[String], rows: &Rows) {
    let name = item.ident.to_string();
    let Some(schema) = schema(json, &name) else { return };
    let is_request = requests.contains(&name);
    item.attrs.push(parse_quote!(#[non_exhaustive]));
    if is_request {
        let module = format_ident!("{}", snake(&format!("{name}Builder")));
        item.attrs.push(parse_quote!(#[derive(::bon::Builder)]));
        item.attrs.push(parse_quote!(#[builder(state_mod(name = #module, vis = "pub"))]));
    }
    let paired: Vec<&str> = setters(schema).flat_map(|(_, fields)| fields).collect();
    for field in &mut item.fields {
        let Some(ident) = &mut field.ident else { continue };
        let wire = renamed(&field.attrs).unwrap_or_else(|| ident.to_string());
        *ident = format_ident!("{}", with_megabytes(&ident.to_string()));
        if !documented(&field.attrs)
            && let Some(text) = described(json, schema, &wire)
        {
            field.attrs.push(parse_quote!(#[doc = #text]));
        }
        let property = schema.pointer("/properties").and_then(|properties| properties.get(&wire));
        if !is_request {
            lists::open(json, &mut field.ty);
            let by_hand = property.map(|property| text(property, "x-reader")).filter(|reader| !reader.is_empty());
            match by_hand {
                Some(reader) => {
                    let path = format!("crate::{vendor}::auth::{reader}");
                    field.attrs.push(parse_quote!(#[serde(default, deserialize_with = #path)]));
                }
                None => field.attrs.extend(reader(&field.ty, rows.may_lack(&name, &wire))),
            }
        } else {
            let bounds = property.map(|property| bounds::describe(resolve(json, property))).unwrap_or_default();
            if !bounds.is_empty() {
                let text = format!(" Documented as `{}`.", bounds.join("`, `"));
                field.attrs.push(parse_quote!(#[doc = ""]));
                field.attrs.push(parse_quote!(#[doc = #text]));
            }
            if paired.contains(&wire.as_str()) {
                // `builder_ext` has a setter of the plain name that sets this field with its siblings.
                let raw = format_ident!("set_{ident}");
                field.attrs.push(parse_quote!(#[builder(setters(name = #raw, vis = "pub(crate)"))]));
            } else if takes_anything_like_it(json, &field.ty) {
                field.attrs.push(parse_quote!(#[builder(into)]));
            }
        }
    }
}

/// The reader of a field of a response. A field that may be absent is left out if it cannot be read. A list of rows reads its rows
/// one by one.
fn reader(kind: &Type, may_lack: bool) -> Option<Attribute> {
    let named = |kind: &Type, expected: &str| name(kind).is_some_and(|name| name == expected);
    if !named(kind, "Option") {
        return Some(parse_quote!(#[serde(deserialize_with = "reading::required")]));
    }
    let inner = first_argument(kind)?;
    match inner {
        _ if named(inner, "Vec") => Some(parse_quote!(#[serde(default, deserialize_with = "reading::items")])),
        _ if named(inner, "Timestamp") => Some(parse_quote!(#[serde(default, deserialize_with = "reading::moment")])),
        _ if may_lack && !named(inner, "List") => {
            Some(parse_quote!(#[serde(default, deserialize_with = "reading::field")]))
        }
        _ => Some(parse_quote!(#[serde(default, deserialize_with = "reading::optional")])),
    }
}

/// What the schema that a field refers to says of itself.
fn described<'a>(json: &'a Value, owner: &'a Value, wire: &str) -> Option<&'a str> {
    schema(json, reference(owner.pointer("/properties")?.get(wire)?)?)?.get("description")?.as_str()
}

/// Whether a setter takes whatever can be turned into the field: a text, a list, or a value whose type is written by hand.
fn takes_anything_like_it(json: &Value, kind: &Type) -> bool {
    match name(kind).map(|name| name.to_string()).as_deref() {
        Some("Option") => first_argument(kind).is_some_and(|inner| takes_anything_like_it(json, inner)),
        Some("String" | "Vec") => true,
        Some(name) => schema(json, name).is_some_and(is_value),
        None => false,
    }
}
