//! The lists of objects in answers: they are read row by row, so that one odd row does not take the others away.

use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_type_mut};
use syn::{Type, parse_quote};

use super::rust::{first_argument, name};
use super::schema::schema;

/// Lets a list of objects in a type be a `List`, which keeps the rows that cannot be read apart.
pub fn open(json: &Value, kind: &mut Type) {
    Lists { json }.visit_type_mut(kind);
}

struct Lists<'a> {
    json: &'a Value,
}

impl VisitMut for Lists<'_> {
    fn visit_type_mut(&mut self, kind: &mut Type) {
        visit_type_mut(self, kind);
        if name(kind).is_some_and(|name| name == "Vec")
            && let Some(row) = first_argument(kind)
            && self.is_object(row)
        {
            *kind = parse_quote!(crate::list::List<#row>);
        }
    }
}

impl Lists<'_> {
    fn is_object(&self, row: &Type) -> bool {
        let schema = name(row).and_then(|name| schema(self.json, &name.to_string()));
        schema.is_some_and(|schema| schema.get("properties").is_some())
    }
}
