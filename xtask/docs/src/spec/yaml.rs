//! A YAML file as JSON that remembers where everything stands.

use std::collections::HashMap;
use std::sync::Arc;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use serde_json::{Map, Number, Value};

/// A piece of the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// Where everything stands, while a file is read.
#[derive(Default)]
struct Places {
    lines: HashMap<String, usize>,
    spans: HashMap<String, Span>,
    keys: HashMap<String, Vec<String>>,
}

/// A YAML file.
#[derive(Debug, Clone)]
pub struct Yaml {
    /// The file, relative to the root of the repository.
    pub file: String,
    pub text: Arc<str>,
    pub json: Value,
    /// The line of each key or item, by its JSON pointer.
    lines: Arc<HashMap<String, usize>>,
    /// The text of each value, by its JSON pointer.
    spans: Arc<HashMap<String, Span>>,
    /// The keys of each mapping in the order of the file, by its JSON pointer.
    keys: Arc<HashMap<String, Vec<String>>>,
    /// A place that was taken away.
    struck: Option<String>,
}

impl Yaml {
    /// Reads a text with one document.
    pub fn parse(file: &str, text: &str) -> Result<Self, String> {
        let documents = MarkedYaml::load_from_str(text)
            .map_err(|error| format!("{file}:{}: this is not YAML: {}", error.marker().line(), error.info()))?;
        let [root] = documents.as_slice() else {
            return Err(format!("{file}:1: expected one YAML document, found {}", documents.len()));
        };
        let mut yaml = Self {
            file: file.to_owned(),
            text: text.into(),
            json: Value::Null,
            lines: Arc::default(),
            spans: Arc::default(),
            keys: Arc::default(),
            struck: None,
        };
        let mut places = Places::default();
        // The parser counts characters, and the text is cut by bytes.
        let offsets: Vec<usize> = text.char_indices().map(|(index, _)| index).chain([text.len()]).collect();
        yaml.json = yaml.convert(root, "", &offsets, &mut places)?;
        narrow(&mut yaml.json);
        (yaml.lines, yaml.spans, yaml.keys) = (places.lines.into(), places.spans.into(), places.keys.into());
        Ok(yaml)
    }

    /// The line of a place, or of its nearest parent that has one.
    pub fn line(&self, pointer: &str) -> usize {
        self.nearest(pointer).and_then(|known| self.lines.get(known)).copied().unwrap_or(1)
    }

    /// The place itself where the file has it, or its nearest parent.
    pub fn nearest<'a>(&self, pointer: &'a str) -> Option<&'a str> {
        let mut known = pointer;
        loop {
            let is_struck = self.struck.as_ref().is_some_and(|struck| known.starts_with(struck.as_str()));
            if !is_struck && self.lines.contains_key(known) {
                return Some(known);
            }
            known = &known[..known.rfind('/')?];
        }
    }

    /// Where the text of a value is.
    pub fn span(&self, pointer: &str) -> Option<Span> {
        self.spans.get(pointer).copied()
    }

    /// The keys of a mapping in the order of the file.
    pub fn keys<'a>(&'a self, pointer: &str) -> impl Iterator<Item = &'a String> + use<'a> {
        let place = self.struck.as_deref().and_then(|struck| struck.rsplit_once('/'));
        let gone = place.filter(|(holder, _)| *holder == pointer).map(|(_, step)| step);
        self.keys.get(pointer).into_iter().flatten().filter(move |key| gone != Some(escape(key).as_str()))
    }

    /// The value at a place.
    pub fn get(&self, pointer: &str) -> Option<&Value> {
        self.json.pointer(pointer)
    }

    /// Takes a value away, and leaves all others on their lines.
    #[cfg(test)]
    pub fn strike(&mut self, pointer: &str) {
        let Some((holder, step)) = pointer.rsplit_once('/') else { return };
        let name = step.replace("~1", "/").replace("~0", "~");
        match self.json.pointer_mut(holder) {
            Some(Value::Object(entries)) => drop(entries.remove(&name)),
            Some(Value::Array(items)) => drop(step.parse::<usize>().map(|index| items.remove(index))),
            _ => {}
        }
        self.struck = Some(pointer.to_owned());
    }

    /// Leaves nothing of a text.
    #[cfg(test)]
    pub fn blank(&mut self, pointer: &str) {
        if let Some(value) = self.json.pointer_mut(pointer) {
            *value = Value::from("");
        }
    }

    fn convert(
        &self,
        node: &MarkedYaml<'_>,
        pointer: &str,
        offsets: &[usize],
        places: &mut Places,
    ) -> Result<Value, String> {
        places.lines.entry(pointer.to_owned()).or_insert(node.span.start.line());
        let byte = |index: usize| offsets.get(index).copied().unwrap_or(self.text.len());
        let span = Span { start: byte(node.span.start.index()), end: byte(node.span.end.index()) };
        places.spans.insert(pointer.to_owned(), span);
        Ok(match &node.data {
            YamlData::Value(Scalar::Null) => Value::Null,
            YamlData::Value(Scalar::Boolean(value)) => Value::Bool(*value),
            YamlData::Value(Scalar::Integer(value)) => Value::Number((*value).into()),
            YamlData::Value(Scalar::FloatingPoint(value)) => {
                Number::from_f64(value.into_inner()).map_or(Value::Null, Value::Number)
            }
            YamlData::Value(Scalar::String(value)) => Value::String(value.to_string()),
            YamlData::Sequence(items) => {
                let mut array = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    array.push(self.convert(item, &format!("{pointer}/{index}"), offsets, places)?);
                }
                Value::Array(array)
            }
            YamlData::Mapping(entries) => {
                let mut object = Map::new();
                for (key, value) in entries {
                    let YamlData::Value(Scalar::String(name)) = &key.data else {
                        let line = key.span.start.line();
                        return Err(format!("{}:{line}: a key is not text; write it in quotes", self.file));
                    };
                    let place = format!("{pointer}/{}", escape(name));
                    places.lines.insert(place.clone(), key.span.start.line());
                    places.keys.entry(pointer.to_owned()).or_default().push(name.to_string());
                    let value = self.convert(value, &place, offsets, places)?;
                    object.insert(name.to_string(), value);
                }
                Value::Object(object)
            }
            _ => {
                let line = node.span.start.line();
                return Err(format!("{}:{line}: a tag or an alias has no place here", self.file));
            }
        })
    }
}

/// Refers to the schemas that `x-read-as` names: pages have one schema for what the spec has as an open and a closed one.
fn narrow(json: &mut Value) {
    let schemas = json.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let targets: HashMap<String, String> = schemas
        .filter_map(|(name, schema)| {
            let reference = |name: &str| format!("#/components/schemas/{name}");
            Some((reference(name), reference(schema.get("x-read-as")?.as_str()?)))
        })
        .collect();
    redirect(json, &targets);
}

fn redirect(value: &mut Value, targets: &HashMap<String, String>) {
    match value {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get_mut("$ref")
                && let Some(target) = targets.get(reference)
            {
                reference.clone_from(target);
            }
            entries.values_mut().for_each(|value| redirect(value, targets));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, targets)),
        _ => {}
    }
}

/// A name as one step of a JSON pointer.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A value that is no list and no mapping, as text.
pub fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The texts of a list, whatever they are.
pub fn scalars(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().map(scalar).collect()
}

/// A text as YAML, in quotation marks where it would mean something else without them.
pub fn quoted(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "_-.".contains(character))
        && !WORDS.contains(&text.to_lowercase().as_str());
    // JSON is YAML.
    if is_plain { text.to_owned() } else { Value::from(text).to_string() }
}

/// A value of a type as YAML; nothing where it is no such value.
pub fn literal(kind: &str, value: &str) -> Option<String> {
    let is_value = match kind {
        "string" => return Some(quoted(value)),
        "integer" => value.parse::<i64>().is_ok(),
        "boolean" => value.parse::<bool>().is_ok(),
        _ => false,
    };
    is_value.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_page_says_stays_a_text() {
        for text in
            ["plain", "AUTHORIZE_GUEST", "12", "true", "a: {b}", "- [", "# no", "", "it's \"x\"\\", "\u{1}\n\t\u{2028}"]
        {
            let line = quoted(text);
            let yaml = Yaml::parse("a.yaml", &format!("a: [{line}, b]\n{line}: c\n")).expect("YAML");
            assert_eq!((&yaml.json["a"][0], &yaml.json[text]), (&Value::from(text), &Value::from("c")), "{line}");
        }
        assert_eq!(quoted("A_b-1.2"), "A_b-1.2");
        assert_eq!(["12", "x"].map(|value| literal("integer", value)), [Some("12".to_owned()), None]);
    }
}
