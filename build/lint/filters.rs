//! The tables of filterable properties: that the rows have the properties, and that the build has a type for the functions.

use super::super::document::Document;
use super::super::filterable::{SETS, set, tables};
use super::super::mistake::Mistake;
use super::super::schema::{property, schema};

pub fn lint(document: &Document) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for table in tables(&document.json) {
        let mut say =
            |message: String| mistakes.push(document.mistake(&format!("{}/x-filterable", table.pointer), message));
        let Some(rows) = schema(&document.json, table.rows) else {
            say(format!("`of` names the schema of the rows, but there is no schema `{}`", table.rows));
            continue;
        };
        for (name, functions) in &table.properties {
            if property(&document.json, rows, name).is_none() {
                say(format!("`{}` has no field `{name}`", table.rows));
            }
            if set(functions).is_none() {
                let known: Vec<String> = SETS.iter().map(|(_, members)| members.join(" ")).collect();
                say(format!(
                    "`{name}` has the functions {}; the build knows the sets {}",
                    functions.join(" "),
                    known.join("; ")
                ));
            }
        }
    }
    mistakes
}
