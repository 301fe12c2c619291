//! The vendors' known mistakes: what they silence, and which of them are mended.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::difference::Difference;
use crate::fact::Attribute;
use crate::field::Field;
use crate::operation::Operation;
use crate::page::Page;
use crate::prose::{one_line, words_of};
use crate::spec::{Spec, Yaml, scalar, scalars};
use crate::vendor::{Key, Vendor};
use crate::verdict::Event;

/// The table of known mistakes.
#[derive(Debug, Clone)]
pub struct Mistakes {
    list: Vec<Mistake>,
}

#[derive(Debug, Clone)]
struct Mistake {
    vendor: Vendor,
    /// The cells of the row: place, page, spec, why.
    cells: [String; 4],
    at: Vec<String>,
    text: Option<String>,
    differs: Vec<Differs>,
    line: usize,
}

/// What a page says at the place of a mistake.
#[derive(Debug, Clone)]
struct Differs {
    attribute: Attribute,
    /// Nothing where the page is silent.
    says: Option<String>,
    /// What the spec has; anything where it does not matter.
    instead: Option<String>,
}

/// A place where a mistake can be found, on a page.
struct Found<'a> {
    operation: &'a Operation,
    place: String,
    /// The field there, if the page has one.
    field: Option<&'a Field>,
}

impl Mistakes {
    /// The file, relative to the root of the repository.
    pub const FILE: &'static str = "spec/mistakes.yaml";

    /// Reads the file.
    pub fn parse(text: &str) -> Result<Self, String> {
        let yaml = Yaml::parse(Self::FILE, text)?;
        let rows = yaml.json.as_array().map(Vec::as_slice).unwrap_or_default();
        let list = rows.iter().enumerate().map(|(index, row)| {
            let line = yaml.line(&format!("/{index}"));
            Mistake::read(row, line).map_err(|error| format!("{}:{line}: {error}", Self::FILE))
        });
        Ok(Self { list: list.collect::<Result<_, _>>()? })
    }

    /// The rows as a table of Markdown.
    pub fn table(&self) -> String {
        let mut table = "| vendor | place | the page | the spec | why |\n|---|---|---|---|---|\n".to_owned();
        for mistake in &self.list {
            let _ = writeln!(table, "| {} | {} |", mistake.vendor, mistake.cells.join(" | "));
        }
        table
    }

    /// The differences that no mistake explains, and the mistakes that the page no longer has.
    pub fn apply(&self, specs: &[Spec], page: &Page, found: Vec<Difference>) -> (Vec<Difference>, Vec<Difference>) {
        let (mut kept, mut mended) = (found, Vec::new());
        for mistake in &self.list {
            let Some(spec) = specs.iter().find(|spec| spec.vendor == mistake.vendor) else { continue };
            for at in &mistake.at {
                for place in places(spec, page, at).into_iter().filter(|place| mistake.is_seen(place)) {
                    if !mistake.has_text(&place) {
                        let words = place.field.map_or_else(String::new, |field| field.description.clone());
                        mended.push(mistake.mended(page, &place, spec, words));
                    }
                    // A mistake may be mended in one respect and not in another.
                    let (held, gone): (Vec<_>, Vec<_>) =
                        mistake.differs.iter().partition(|differs| differs.holds(page, &place));
                    kept.retain(|difference| !held.iter().any(|differs| differs.explains(difference, &place)));
                    for differs in gone {
                        if !kept.iter().any(|difference| differs.is_other(difference, &place)) {
                            let now = said(&place, differs).unwrap_or_else(|| "nothing".to_owned());
                            mended.push(mistake.mended(page, &place, spec, now));
                        }
                    }
                }
            }
        }
        (kept, mended)
    }
}

impl Mistake {
    fn read(row: &Value, line: usize) -> Result<Self, String> {
        const KEYS: [&str; 9] = ["vendor", "place", "page", "spec", "why", "at", "text", "differs", "unread"];
        let row = row.as_object().ok_or("a mistake is a mapping")?;
        if let Some(key) = row.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(format!("a mistake has no `{key}`; it has {}", KEYS.join(", ")));
        }
        let text = |key: &str| row.get(key).map(scalar).ok_or_else(|| format!("the mistake has no `{key}`"));
        let vendor = text("vendor")?;
        let vendor = Vendor::ALL
            .into_iter()
            .find(|known| known.to_string() == vendor)
            .ok_or_else(|| format!("there is no vendor `{vendor}`"))?;
        let mut differs = Vec::new();
        for difference in row.get("differs").and_then(Value::as_array).into_iter().flatten() {
            let name = difference.get("attribute").map(scalar).unwrap_or_default();
            let attribute = Attribute::parse(&name).ok_or_else(|| format!("there is no attribute `{name}`"))?;
            let value = |key: &str| difference.get(key).filter(|value| !value.is_null()).map(scalar);
            differs.push(Differs { attribute, says: value("says"), instead: value("instead") });
        }
        let at = scalars(row.get("at"));
        let words = row.get("text").map(scalar);
        let is_unread = row.get("unread").and_then(Value::as_bool).unwrap_or_default();
        if is_unread != at.is_empty() || is_unread != (words.is_none() && differs.is_empty()) {
            return Err("a mistake has `at` and one of `text` and `differs`, or else `unread: true`".to_owned());
        }
        let cells = [text("place")?, text("page")?, text("spec")?, text("why")?];
        Ok(Self { vendor, cells, at, text: words, differs, line })
    }

    /// Whether the page says anything of the place. A field that is not there can only be missing.
    fn is_seen(&self, place: &Found<'_>) -> bool {
        let is_missing = self.differs.iter().any(|differs| differs.attribute == Attribute::Exists);
        place.field.is_some() || place.place == "operation" || is_missing
    }

    /// Whether the words still stand there.
    fn has_text(&self, place: &Found<'_>) -> bool {
        self.text.as_ref().is_none_or(|text| {
            // Spelling and order are no part of it, so that new words around it do not count as a correction.
            let said = place.field.map_or_else(|| place.operation.words.join(" "), |field| field.description.clone());
            let said = words_of(&one_line(&said));
            // A page without a description says nothing about it.
            said.is_empty() || words_of(text).is_subset(&said)
        })
    }

    fn mended(&self, page: &Page, place: &Found<'_>, spec: &Spec, now: String) -> Difference {
        let [what, was, _, _] = &self.cells;
        let name = spec.operations.iter().find(|ours| ours.key == place.operation.key).map(|ours| ours.name.clone());
        Difference {
            vendor: self.vendor,
            operation: name.unwrap_or_else(|| place.operation.name.clone()),
            key: Some(place.operation.key.clone()),
            place: place.place.clone(),
            attribute: Attribute::Mistake,
            spec: Some(format!("{what}: the page {was}")),
            page: Some(now),
            event: Event::MistakeMended,
            pointer: String::new(),
            at: format!("{}:{}", Mistakes::FILE, self.line),
            seen: format!("{}:{}", page.file, place.field.map_or(place.operation.line, |field| field.line).max(1)),
            field: None,
            is_doubtful: false,
            words: String::new(),
        }
    }
}

impl Differs {
    /// Whether the page still says so.
    fn holds(&self, page: &Page, place: &Found<'_>) -> bool {
        let is_answer = place.place.starts_with("answer");
        if !page.form.tells(self.attribute, is_answer) {
            return true;
        }
        match (said(place, self), &self.says) {
            // A page may leave out what it could say, and a type its format.
            (None, Some(_)) => self.attribute != Attribute::Exists,
            (Some(now), Some(says)) if self.attribute == Attribute::Type && !page.form.tells_formats() => {
                now == *says || (!now.contains('(') && says.split('(').next() == Some(&now))
            }
            (now, says) => now == *says,
        }
    }

    fn explains(&self, difference: &Difference, place: &Found<'_>) -> bool {
        self.is_other(difference, place) && self.says == difference.page
    }

    /// Whether a difference tells what the page says instead of what is in the spec.
    fn is_other(&self, difference: &Difference, place: &Found<'_>) -> bool {
        is_at(difference, place)
            && self.attribute == difference.attribute
            && self.instead.as_ref().is_none_or(|instead| Some(instead) == difference.spec.as_ref())
    }
}

fn is_at(difference: &Difference, place: &Found<'_>) -> bool {
    difference.place == place.place && difference.key.as_ref() == Some(&place.operation.key)
}

/// What a page says at a place, as a difference would tell it.
fn said(place: &Found<'_>, differs: &Differs) -> Option<String> {
    if place.place == "operation" {
        return match differs.attribute {
            Attribute::Exists => Some(format!("{} {}", place.operation.key.method, place.operation.path)),
            Attribute::Permission => place.operation.permission.as_ref().map(|list| list.join(", ")),
            _ => None,
        };
    }
    let field = place.field?;
    match differs.attribute {
        Attribute::Exists => Some(crate::compare::summary(field)),
        Attribute::Type => field.kind.as_ref().map(ToString::to_string),
        Attribute::Required => field.required.map(|required| required.to_string()),
        Attribute::Unit => field.unit.clone(),
        Attribute::Default => field.default.clone(),
        Attribute::Enum => field.codes.first().map(|code| code.value.clone()),
        Attribute::Rule => rule(place, differs),
        other => {
            field.bounds.iter().find(|(bound, _)| Attribute::from(**bound) == other).map(|(_, value)| value.clone())
        }
    }
}

/// The condition that the spec has instead, where the page has it too.
fn rule(place: &Found<'_>, differs: &Differs) -> Option<String> {
    let (holder, name) = place.place.rsplit_once('.')?;
    let holder = place.operation.places().remove(holder)?;
    let mut demands = holder.demands.iter().filter(|demand| demand.target == name).map(ToString::to_string);
    demands.find(|demand| Some(demand) == differs.instead.as_ref())
}

/// Where a page has the place of a mistake: one of a schema wherever it is used, or one of an operation.
fn places<'a>(spec: &Spec, page: &'a Page, at: &str) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    for theirs in &page.operations {
        let fields = theirs.places();
        let ours = spec.operations.iter().find(|ours| ours.key == theirs.key);
        if let Some((operation, place)) = at.rsplit_once(' ') {
            let is_named = ours.is_some_and(|ours| ours.name == operation)
                || operation.split_once(' ').and_then(|(method, path)| Key::new(method, path))
                    == Some(theirs.key.clone());
            let holder = place.rsplit_once(['.', ' ']).map(|(holder, _)| holder);
            let is_body = place.starts_with("request") || place.starts_with("answer");
            if is_named && (!is_body || holder.is_none_or(|holder| is_unfolded(&fields, holder))) {
                found.push(Found { operation: theirs, place: place.to_owned(), field: fields.get(place).copied() });
            }
        } else if let (Some(ours), Some((schema, field))) = (ours, at.split_once('.')) {
            let pointer = format!("/components/schemas/{schema}/properties/{field}");
            for (place, _) in ours
                .places()
                .into_iter()
                .filter(|(_, field)| field.origin.as_ref().is_some_and(|origin| origin.property == pointer))
            {
                // A place inside of something that the page does not have or does not unfold was not looked at.
                if place.rsplit_once('.').is_some_and(|(holder, _)| is_unfolded(&fields, holder)) {
                    let field = fields.get(&place).copied();
                    found.push(Found { operation: theirs, place, field });
                }
            }
        }
    }
    found
}

/// Whether a page shows what an object holds.
fn is_unfolded(fields: &BTreeMap<String, &Field>, place: &str) -> bool {
    fields.get(place).is_some_and(|holder| !holder.is_collapsed && !holder.fields.is_empty())
}
