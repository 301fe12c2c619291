//! The lists of objects in answers: they are read row by row, so that one odd row does not take the others away.

use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{GenericArgument, Path, PathArguments, Type, parse_quote};

use super::schema::schema;

/// Lets a list of objects in a type be a `List`, which keeps the rows that cannot be read apart.
pub fn open(json: &Value, kind: &mut Type) {
    Lists { json }.visit_type_mut(kind);
}

struct Lists<'a> {
    json: &'a Value,
}

impl VisitMut for Lists<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        if let Some(row) = row(path)
            && self.is_object(row)
        {
            *path = parse_quote!(crate::list::List<#row>);
        }
    }
}

impl Lists<'_> {
    fn is_object(&self, row: &Type) -> bool {
        let Type::Path(row) = row else { return false };
        let name = row.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        schema(self.json, &name).is_some_and(|schema| schema.get("properties").is_some())
    }
}

/// What the rows of a `Vec` are.
fn row(path: &Path) -> Option<&Type> {
    let last = path.segments.last().filter(|last| last.ident == "Vec")?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(row) => Some(row),
            _ => None,
        },
        _ => None,
    }
}
