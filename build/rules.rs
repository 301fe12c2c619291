//! The rules across fields, as checks.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::rust::Struct;
use super::schema::{requires, texts};

/// One rule: on these values of one field, the others have to be there, gone, or hold items.
pub struct Rule<'a> {
    pub governor: &'a str,
    pub values: &'a [Value],
    pub require: Vec<&'a str>,
    pub forbid: Vec<&'a str>,
    pub fill: Vec<&'a str>,
}

/// The rules of a schema.
pub fn rules(schema: &Value) -> impl Iterator<Item = Rule<'_>> {
    schema.get("x-rules").and_then(Value::as_array).into_iter().flatten().filter_map(|rule| {
        let (governor, values) = rule.get("when")?.as_object()?.iter().next()?;
        Some(Rule {
            governor,
            values: values.as_array()?,
            require: texts(rule, "require").collect(),
            forbid: texts(rule, "forbid").collect(),
            fill: texts(rule, "fill").collect(),
        })
    })
}

/// The checks of a request's rules, one statement each.
pub fn checks(schema: &Value, fields: &Struct) -> TokenStream {
    let mut statements = TokenStream::new();
    for rule in rules(schema) {
        let governor = rule.governor;
        let field = fields.field(governor);
        let values = rule.values.iter().map(literal);
        let is_code = rule.values.iter().all(|value| !value.is_boolean());
        let value = match (is_code, requires(schema, governor)) {
            (true, true) => quote!(Some(self.#field.value())),
            (true, false) => quote!(self.#field.as_ref().map(|code| code.value())),
            (false, true) => quote!(Some(self.#field)),
            (false, false) => quote!(self.#field),
        };
        let mut body = TokenStream::new();
        for wire in rule.require {
            let field = fields.field(wire);
            body.extend(quote!(found.require(#wire, self.#field.is_some(), #governor, &value);));
        }
        for wire in rule.forbid {
            let field = fields.field(wire);
            body.extend(quote!(found.forbid(#wire, self.#field.is_some(), #governor, &value);));
        }
        for wire in rule.fill {
            let field = fields.field(wire);
            let items = match requires(schema, wire) {
                true => quote!(Some(&self.#field)),
                false => quote!(self.#field.as_deref()),
            };
            body.extend(quote!(found.fill(#wire, #items, #governor, &value);));
        }
        statements.extend(quote! {
            if let Some(value) = #value && matches!(value, #(#values)|*) { #body }
        });
    }
    statements
}

fn literal(value: &Value) -> TokenStream {
    match (value.as_i64(), value.as_bool()) {
        (Some(number), _) => {
            let number = Literal::i64_unsuffixed(number);
            quote!(#number)
        }
        (_, Some(flag)) => quote!(#flag),
        _ => {
            let text = value.as_str().unwrap_or_default();
            quote!(#text)
        }
    }
}
