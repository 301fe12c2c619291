//! Typing what is mechanical into the YAML: comments, order and style stay.

mod changelog;
mod text;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use self::text::Editor;
use crate::difference::Difference;
use crate::examination::{Examination, Repository};
use crate::fact::Attribute;
use crate::field::Bound;
use crate::mistakes::Mistakes;
use crate::spec::{Yaml, scalars};
use crate::suggestion::property;
use crate::verdict::Event;
use crate::wording::Wording;
use crate::words;

/// What was typed, and what is left to do.
#[derive(Debug, Default)]
pub struct Written {
    /// The differences that were typed.
    pub done: Vec<Difference>,
    /// The differences that somebody has to think about.
    pub left: Vec<Difference>,
}

impl Repository {
    /// Types what is mechanical into the specs below `root`, with an entry in the changelog, and takes the wording of
    /// the pages as reviewed.
    pub fn write(&self, root: &Path, examination: &Examination) -> Result<Written, String> {
        let mut written = Written::default();
        let save =
            |name: &str, text: &str| fs::write(root.join(name), text).map_err(|error| format!("{name}: {error}"));
        let mut typed: Vec<&Difference> = Vec::new();
        let mut changes = HashSet::new();
        for spec in &self.specs {
            let mut text = spec.yaml.text.to_string();
            for difference in examination.differences.iter().filter(|difference| difference.vendor == spec.vendor) {
                // Operations that share a schema share its change.
                if changes.contains(&difference.change()) {
                    written.done.push(difference.clone());
                    continue;
                }
                match edit(spec.vendor.file(), &text, difference)? {
                    Some(edited) => {
                        text = edited;
                        typed.push(difference);
                        changes.insert(difference.change());
                        written.done.push(difference.clone());
                    }
                    None => written.left.push(difference.clone()),
                }
            }
            if *text != *spec.yaml.text {
                save(spec.vendor.file(), &text)?;
            }
        }
        if !typed.is_empty() {
            let old = fs::read_to_string(root.join(changelog::FILE))
                .map_err(|error| format!("{}: {error}", changelog::FILE))?;
            save(changelog::FILE, &changelog::with(&old, &typed))?;
        }
        if self.wording.unknown(&examination.words).next().is_some() {
            save(Wording::FILE, &self.wording.with(&examination.words))?;
        }
        Ok(written)
    }
}

/// The text of a spec with what a difference says; nothing where that takes a person.
fn edit(file: &str, text: &str, difference: &Difference) -> Result<Option<String>, String> {
    let yaml = Yaml::parse(file, text)?;
    let mut editor = Editor::new(&yaml);
    let is_done = match (difference.attribute, difference.spec.as_deref(), difference.page.as_deref()) {
        (Attribute::ErrorCode, None, Some(code)) => error_code(&mut editor, difference, code),
        (Attribute::Enum, None, Some(value)) => value_of(&mut editor, difference, value),
        (Attribute::Exists, None, Some(_)) => new_field(&mut editor, difference),
        (attribute, before, Some(value)) if is_bound(attribute) => match before {
            Some(_) => editor.replace(&difference.pointer, value),
            None => editor.add_keyword(&difference.pointer, attribute.name(), value),
        },
        (Attribute::Default, Some(_), Some(value)) => editor.replace(&difference.pointer, value),
        _ => false,
    };
    let text = is_done.then(|| editor.finish()).flatten();
    // Whatever comes out has to be YAML again.
    text.map(|text| Yaml::parse(file, &text).map(|_| text)).transpose()
}

fn is_bound(attribute: Attribute) -> bool {
    Bound::ALL.iter().any(|bound| Attribute::from(*bound) == attribute)
}

/// A code of an operation, and its row in the table where that is new too.
fn error_code(editor: &mut Editor<'_>, difference: &Difference, code: &str) -> bool {
    let smaller = |list: &[String]| list.iter().filter(|other| magnitude(other) < magnitude(code)).count();
    let list = scalars(editor.yaml.get(&difference.pointer));
    if !editor.insert_item(&difference.pointer, smaller(&list), code) {
        return false;
    }
    if difference.event == Event::ErrorCodeAdded {
        let rows = editor.yaml.get("/x-errors").and_then(serde_json::Value::as_array).into_iter().flatten();
        let codes: Vec<String> = rows.filter_map(|row| row.get("code").map(crate::spec::scalar)).collect();
        let row = words::error_row(code, &difference.words);
        return editor.insert_item("/x-errors", smaller(&codes), row.trim_start_matches("- "));
    }
    true
}

fn magnitude(code: &str) -> i64 {
    code.trim_start_matches('-').parse().unwrap_or(i64::MAX)
}

/// A value of a code, with a name that somebody has to confirm.
fn value_of(editor: &mut Editor<'_>, difference: &Difference, value: &str) -> bool {
    let Some(schema) = difference.pointer.strip_suffix("/enum") else { return false };
    let count = |key: &str| scalars(editor.yaml.get(&format!("{schema}/{key}"))).len();
    let [values, names, texts] = ["enum", "x-enum-varnames", "x-enum-descriptions"].map(count);
    let name = words::name(&difference.words, value);
    let is_taken = scalars(editor.yaml.get(&format!("{schema}/x-enum-varnames"))).contains(&name);
    let name = if is_taken { words::name("", value) } else { name };
    editor.insert_item(&format!("{schema}/enum"), values, value)
        && editor.insert_item(&format!("{schema}/x-enum-varnames"), names, &name)
        && editor.insert_item(&format!("{schema}/x-enum-descriptions"), texts, words::TO_CONFIRM)
}

/// A field that nobody has to give, of a type that needs no schema of its own.
fn new_field(editor: &mut Editor<'_>, difference: &Difference) -> bool {
    let is_optional = matches!(difference.event, Event::OptionalRequestFieldAdded | Event::AnswerFieldAdded);
    let Some(field) = difference.field.as_deref().filter(|_| is_optional) else { return false };
    let is_plain = |field: &crate::field::Field| {
        let base = field.kind.as_ref().map(|kind| kind.base.as_str()).unwrap_or_default();
        ["string", "integer", "number", "boolean"].contains(&base)
            && field.codes.is_empty()
            && field.glued_codes.is_none()
    };
    let is_list =
        field.kind.as_ref().is_some_and(|kind| kind.base == "array") && field.items.as_deref().is_some_and(is_plain);
    (is_plain(field) || is_list)
        && editor.add_entry(&difference.pointer, &property(field, difference.place.starts_with("answer")))
}

/// Renews the table of the known mistakes in the text of `spec/README.md`. Whatever stands after it goes.
pub fn readme(readme: &str, mistakes: &str) -> Result<String, String> {
    let start = readme.find("| vendor | place |").ok_or("spec/README.md has no table of the vendors' mistakes")?;
    Ok(format!("{}{}", &readme[..start], Mistakes::parse(mistakes)?.table()))
}
