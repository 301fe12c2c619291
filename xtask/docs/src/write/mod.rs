//! Typing what is mechanical into the YAML: comments, order and style stay.

mod changelog;
mod text;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use self::text::Editor;
use crate::difference::Difference;
use crate::examination::{Examination, Repository};
use crate::fact::Attribute;
use crate::field::{Bound, Field};
use crate::mistakes::Mistakes;
use crate::spec::{Yaml, errors, escape, literal, quoted, scalar, scalars};
use crate::suggestion::property;
use crate::vendor::Vendor;
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
    /// One difference for each change that was typed, however many operations share it.
    typed: Vec<Difference>,
    /// The specs that changed, as they are now.
    pub specs: Vec<(Vendor, String)>,
    /// The bounds of new fields that were not typed with them: each with its file, its line and its YAML.
    pub bounds: Vec<String>,
}

impl Repository {
    /// Types what is mechanical into the specs below `root`, with an entry in the changelog, and takes the wording of
    /// the pages as reviewed.
    pub fn write(&self, root: &Path, examination: &Examination) -> Result<Written, String> {
        let save =
            |name: &str, text: &str| fs::write(root.join(name), text).map_err(|error| format!("{name}: {error}"));
        let written = self.typed(examination);
        for (vendor, text) in &written.specs {
            save(vendor.file(), text)?;
        }
        if !written.typed.is_empty() {
            let old = fs::read_to_string(root.join(changelog::FILE))
                .map_err(|error| format!("{}: {error}", changelog::FILE))?;
            save(changelog::FILE, &changelog::with(&old, &written.typed))?;
        }
        if examination.words.iter().any(|words| !self.wording.knows(words)) {
            save(Wording::FILE, &self.wording.with(&examination.words))?;
        }
        Ok(written)
    }

    /// The same without a file: the specs with what is mechanical in them.
    pub fn typed(&self, examination: &Examination) -> Written {
        let mut written = Written::default();
        let mut changes = HashSet::new();
        for spec in &self.specs {
            let mut yaml = spec.yaml.clone();
            for difference in examination.differences.iter().filter(|difference| difference.vendor == spec.vendor) {
                // Operations and fields that share a schema share its change.
                if !changes.contains(&difference.change()) && !is_typed(&yaml, difference) {
                    let Some(edited) = edit(&yaml, difference) else {
                        written.left.push(difference.clone());
                        continue;
                    };
                    yaml = edited;
                    changes.insert(difference.change());
                    written.typed.push(difference.clone());
                }
                written.done.push(difference.clone());
            }
            let typed = written.typed.iter().filter(|difference| difference.vendor == spec.vendor);
            written.bounds.extend(typed.flat_map(|difference| bounds(&yaml, difference)));
            if yaml.text != spec.yaml.text {
                written.specs.push((spec.vendor, yaml.text.to_string()));
            }
        }
        written
    }
}

/// A spec with what a difference says; nothing where that takes a person.
fn edit(yaml: &Yaml, difference: &Difference) -> Option<Yaml> {
    let mut editor = Editor::new(yaml);
    let is_done = match (difference.attribute, difference.spec.as_deref(), difference.page.as_deref()) {
        (Attribute::ErrorCode, None, Some(code)) => error_code(&mut editor, difference, code),
        (Attribute::Enum, None, Some(value)) if !difference.is_doubtful => value_of(&mut editor, difference, value),
        (Attribute::Exists, None, Some(_)) => new_field(&mut editor, difference),
        // Where another page changed it already, a person has to tell who is right.
        (_, Some(before), _) if yaml.get(&difference.pointer).map(scalar).as_deref() != Some(before) => false,
        // A bound that nobody knew refuses what was allowed, so a person has to confirm it.
        (attribute, Some(_), Some(value)) if is_bound(attribute) && is_whole(value) => {
            editor.replace(&difference.pointer, value)
        }
        (Attribute::Default, Some(_), Some(value)) => default(&mut editor, difference, value),
        _ => false,
    };
    let text = is_done.then(|| editor.finish()).flatten()?;
    // Whatever comes out has to be YAML again.
    Yaml::parse(&yaml.file, &text).ok()
}

/// Whether an edit for another difference typed the same.
fn is_typed(yaml: &Yaml, difference: &Difference) -> bool {
    let Some(page) = &difference.page else { return false };
    match difference.attribute {
        Attribute::ErrorCode | Attribute::Enum => scalars(yaml.get(&difference.pointer)).contains(page),
        attribute if is_bound(attribute) && difference.spec.is_some() => {
            yaml.get(&difference.pointer).map(scalar).as_ref() == Some(page)
        }
        _ => false,
    }
}

fn is_whole(number: &str) -> bool {
    number.parse::<i64>().is_ok()
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
    // The first of the operations that list it brings the row for all of them.
    let codes = errors(editor.yaml, "code");
    if codes.iter().any(|known| known == code) {
        return true;
    }
    let row = words::error_row(code, &difference.words, &errors(editor.yaml, "name"));
    editor.insert_item("/x-errors", smaller(&codes), row.trim_start_matches("- "))
}

fn magnitude(code: &str) -> i64 {
    code.trim_start_matches('-').parse().unwrap_or(i64::MAX)
}

/// A value of a code, with a name that somebody has to confirm.
fn value_of(editor: &mut Editor<'_>, difference: &Difference, value: &str) -> bool {
    let Some(schema) = difference.pointer.strip_suffix("/enum") else { return false };
    let list = |key: &str| scalars(editor.yaml.get(&format!("{schema}/{key}")));
    let [values, names, texts] = ["enum", "x-enum-varnames", "x-enum-descriptions"].map(|key| list(key).len());
    let name = words::free_name(&difference.words, value, &list("x-enum-varnames"));
    let kind = editor.yaml.get(&format!("{schema}/type")).map(scalar).unwrap_or_default();
    let Some(value) = literal(&kind, value) else { return false };
    editor.insert_item(&format!("{schema}/enum"), values, &value)
        && editor.insert_item(&format!("{schema}/x-enum-varnames"), names, &name)
        && editor.insert_item(&format!("{schema}/x-enum-descriptions"), texts, &quoted(words::TO_CONFIRM))
}

/// Another default, which belongs to the type of what it fills in.
fn default(editor: &mut Editor<'_>, difference: &Difference, value: &str) -> bool {
    let schema = difference.pointer.trim_end_matches("/default");
    let kind = editor.yaml.get(&format!("{schema}/type")).map(scalar).unwrap_or_default();
    literal(&kind, value).is_some_and(|value| editor.replace(&difference.pointer, &value))
}

/// A field that nobody has to give, of a type that needs no schema of its own.
fn new_field(editor: &mut Editor<'_>, difference: &Difference) -> bool {
    let is_optional = matches!(difference.event, Event::OptionalRequestFieldAdded | Event::AnswerFieldAdded);
    let Some(field) = difference.field.as_deref().filter(|_| is_optional) else { return false };
    let is_list = field.kind.as_ref().is_some_and(|kind| kind.base == "array");
    let is_known = match &field.items {
        // What is inside of a list is not checked.
        Some(items) if is_list => is_plain(items) && items.bounds.is_empty(),
        _ => is_plain(field),
    };
    let is_name = |character: char| character.is_ascii_alphanumeric() || "_-.".contains(character);
    is_known
        && field.name.starts_with(|first: char| first.is_ascii_alphabetic())
        && field.name.chars().all(is_name)
        && field.bounds.values().all(|bound| is_whole(bound))
        && editor.yaml.get(&format!("{}/{}", difference.pointer, escape(&field.name))).is_none()
        && editor.add_entry(&difference.pointer, &property(&unbounded(field), difference.place.starts_with("answer")))
}

/// A field without its bounds, which a person has to confirm.
fn unbounded(field: &Field) -> Field {
    Field { bounds: BTreeMap::new(), ..field.clone() }
}

/// Where the bounds of a new field go that were not typed with it, and what they are.
fn bounds(yaml: &Yaml, difference: &Difference) -> Vec<String> {
    let Some(field) = difference.field.as_deref().filter(|_| difference.attribute == Attribute::Exists) else {
        return Vec::new();
    };
    let line = yaml.line(&format!("{}/{}", difference.pointer, escape(&field.name)));
    let bound = |(bound, value): (&Bound, &String)| {
        let Difference { operation, place, .. } = difference;
        format!("{}:{line}: {operation}, {place}: `{}: {value}`", yaml.file, bound.keyword())
    };
    field.bounds.iter().map(bound).collect()
}

/// Whether a field has a type that is written on its line, and that the build knows.
fn is_plain(field: &Field) -> bool {
    let kind = field.kind.clone().unwrap_or_default();
    let is_type = matches!(
        (kind.base.as_str(), kind.format.as_deref()),
        ("string", None | Some("uuid")) | ("integer", None | Some("int32" | "int64")) | ("boolean", None)
    );
    is_type && field.codes.is_empty() && field.glued_codes.is_none()
}

/// Renews the table of the known mistakes in the text of `spec/README.md`. Whatever stands after it goes.
pub fn readme(readme: &str, mistakes: &str) -> Result<String, String> {
    let start = readme.find("| vendor | place |").ok_or("spec/README.md has no table of the vendors' mistakes")?;
    Ok(format!("{}{}", &readme[..start], Mistakes::parse(mistakes)?.table()))
}
