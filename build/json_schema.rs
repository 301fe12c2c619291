//! The JSON Schema of every request, with ranges, the names of codes, and the rules as `if` and `then`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value, json};

use super::rules::{Rule, rules};
use super::schema::{resolve, schema};

/// What a spec says that a JSON Schema does not.
const FOREIGN: [&str; 6] = ["example", "x-rules", "x-setters", "x-vendor-name", "x-since", "x-undocumented"];

/// The dialect of the schemas.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schemas of the requests, by their names, each as a document of its own.
pub fn documents(json: &Value, requests: &[String]) -> Value {
    let documents = requests.iter().filter_map(|name| {
        let mut document = Map::from_iter([("$schema".to_owned(), json!(DIALECT)), ("title".to_owned(), json!(name))]);
        document.extend(inline(json, schema(json, name)?).as_object().cloned().unwrap_or_default());
        Some((name.clone(), Value::Object(document)))
    });
    Value::Object(documents.collect())
}

/// `impl JsonSchema` for the request.
pub fn item(json: &Value, name: &str) -> TokenStream {
    let schema = schema(json, name).map(|schema| inline(json, schema)).unwrap_or_default();
    let (ident, text) = (format_ident!("{name}"), schema.to_string());
    quote! {
        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for #ident {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let schema: ::serde_json::Map<String, ::serde_json::Value> =
                    ::serde_json::from_str(#text).expect("the build wrote this JSON");
                schema.into()
            }
        }
    }
}

/// The schema with its references replaced by what they refer to.
fn inline(json: &Value, value: &Value) -> Value {
    let target = resolve(json, value);
    let mut schema = Map::new();
    for (key, inner) in target.as_object().into_iter().flatten() {
        let inner = match key.as_str() {
            "properties" => {
                let properties = inner.as_object().into_iter().flatten();
                properties.map(|(name, property)| (name.clone(), inline(json, property))).collect()
            }
            "items" => inline(json, inner),
            key if FOREIGN.contains(&key) => continue,
            _ => inner.clone(),
        };
        schema.insert(key.clone(), inner);
    }
    if let Some(description) = value.get("description") {
        schema.insert("description".to_owned(), description.clone());
    }
    let conditions = conditions(target);
    if !conditions.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(conditions));
    }
    Value::Object(schema)
}

/// The rules of a schema as `if` and `then`.
pub fn conditions(schema: &Value) -> Vec<Value> {
    let condition = |rule: Rule<'_>| {
        let forbidden = rule.forbid.iter().map(|name| ((*name).to_owned(), json!(false)));
        let filled = rule.fill.iter().map(|name| ((*name).to_owned(), json!({"minItems": 1})));
        let properties: Map<String, Value> = forbidden.chain(filled).collect();
        let governor = rule.governor;
        json!({
            "if": {"properties": {governor: {"enum": rule.values}}, "required": [governor]},
            "then": {"required": rule.require, "properties": properties},
        })
    };
    rules(schema).map(condition).collect()
}
