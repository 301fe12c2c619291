//! Lifts the bounds out of the requests' schemas, as checks. The types that progenitor makes stay plain numbers and texts, so
//! that a request can be built wrong and all of its mistakes told at once.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::rust::Struct;
use super::schema::{BOUNDS, is_codes, is_trimmed, properties, requires, resolve, text};

/// The checks of a request's own fields, one statement each.
pub fn checks(json: &Value, schema: &Value, fields: &Struct) -> TokenStream {
    let mut statements = TokenStream::new();
    for (wire, property) in properties(schema) {
        let field = fields.field(wire);
        let required = requires(schema, wire);
        let target = resolve(json, property);
        let kind = text(target, "type");
        let number = |key| number(target, key);
        let optional = |value: TokenStream, reach: TokenStream| match required {
            true => quote!(Some(#value)),
            false => reach,
        };
        if is_codes(target) {
            let value = optional(quote!(&self.#field), quote!(self.#field.as_ref()));
            statements.extend(quote!(found.code(#wire, #value);));
        } else if target.get("properties").is_some() {
            let value = optional(quote!(&self.#field), quote!(self.#field.as_ref()));
            statements.extend(quote!(found.nested(#wire, #value);));
        } else if kind == "array" {
            let value = optional(quote!(self.#field.as_slice()), quote!(self.#field.as_deref()));
            let (min, max) = (number("minItems"), number("maxItems"));
            if bounded(target, &["minItems", "maxItems"]) {
                statements.extend(quote!(found.items(#wire, #value, #min, #max);));
            }
            if target.get("uniqueItems") == Some(&Value::Bool(true)) {
                statements.extend(quote!(found.unique(#wire, #value);));
            }
            if is_codes(resolve(json, target.get("items").unwrap_or(&Value::Null))) {
                statements.extend(quote!(found.codes(#wire, #value);));
            }
        } else if kind == "integer" && bounded(target, &["minimum", "maximum"]) {
            let value = optional(quote!(i64::from(self.#field)), quote!(self.#field.map(i64::from)));
            let (min, max) = (number("minimum"), number("maximum"));
            statements.extend(quote!(found.range(#wire, #value, #min, #max);));
        } else if kind == "string" && bounded(target, &["minLength", "maxLength"]) {
            let value = optional(quote!(self.#field.as_str()), quote!(self.#field.as_deref()));
            let (min, max) = (number("minLength"), number("maxLength"));
            statements.extend(quote!(found.length(#wire, #value, #min, #max);));
            if is_trimmed(target) {
                statements.extend(quote!(found.trimmed(#wire, #value);));
            }
        }
    }
    statements
}

/// The bounds of a request's numbers as constants, so that code does not type them again.
pub fn constants(json: &Value, schema: &Value, fields: &Struct) -> TokenStream {
    let mut constants = TokenStream::new();
    for (wire, property) in properties(schema) {
        let target = resolve(json, property);
        let kind = match target.get("format").and_then(Value::as_str) {
            Some("int32") => quote!(i32),
            Some("int64") => quote!(i64),
            _ => continue,
        };
        for (key, ending, word) in [("minimum", "MIN", "smallest"), ("maximum", "MAX", "largest")] {
            if let Some(bound) = target.get(key).and_then(Value::as_i64) {
                let name = format_ident!("{}_{ending}", fields.field(wire).to_string().to_uppercase());
                let (bound, text) =
                    (Literal::i64_unsuffixed(bound), format!("The {word} `{wire}` that the vendor documents."));
                constants.extend(quote!(#[doc = #text] pub const #name: #kind = #bound;));
            }
        }
    }
    constants
}

/// The bounds of a value, in words for a reader.
pub fn describe(schema: &Value) -> Vec<String> {
    let ranges =
        [("minimum", "maximum", ""), ("minLength", "maxLength", " characters"), ("minItems", "maxItems", " items")];
    let ranges = ranges.iter().filter(|(low, high, _)| bounded(schema, &[low, high])).map(|(low, high, unit)| {
        let bound = |key| schema.get(key).and_then(Value::as_i64);
        let low = bound(low).map(|low| low.to_string()).unwrap_or_default();
        let high = bound(high).map(|high| format!("={high}")).unwrap_or_default();
        format!("{low}..{high}{unit}")
    });
    let unique = (schema.get("uniqueItems") == Some(&Value::Bool(true))).then(|| "unique".to_owned());
    ranges.chain(unique).chain(is_trimmed(schema).then(|| "trimmed".to_owned())).collect()
}

fn bounded(schema: &Value, keys: &[&str]) -> bool {
    keys.iter().any(|key| schema.get(*key).is_some())
}

fn number(schema: &Value, key: &str) -> TokenStream {
    match schema.get(key).and_then(Value::as_i64) {
        Some(number) => {
            let number = Literal::i64_unsuffixed(number);
            quote!(Some(#number))
        }
        None => quote!(None),
    }
}

/// Removes every bound, every example, and every default: a field that is left out is left to the vendor.
pub fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            // A field may be called like a keyword, so the names of fields stay.
            let properties = object.remove("properties");
            for key in BOUNDS.iter().chain(&["default", "example"]) {
                object.remove(*key);
            }
            object.values_mut().for_each(strip);
            if let Some(mut properties) = properties {
                properties.as_object_mut().into_iter().flatten().for_each(|(_, property)| strip(property));
                object.insert("properties".to_owned(), properties);
            }
        }
        Value::Array(array) => array.iter_mut().for_each(strip),
        _ => {}
    }
}
