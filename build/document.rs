//! A spec file as JSON that remembers its lines.

use std::collections::HashMap;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use serde_json::{Map, Number, Value};

use super::mistake::Mistake;
use super::{read_as, variants};

/// What YAML 1.1 reads as booleans beside `true` and `false`.
const BOOLEANS: [&str; 6] = ["yes", "no", "on", "off", "y", "n"];

/// A spec file.
pub struct Document {
    /// The path of the file, relative to the crate.
    pub file: String,
    /// The file as it is written, for everybody who reads OpenAPI.
    pub written: Value,
    /// The file as the build reads it: each variant of an operation is an operation, and responses name the Rust types.
    pub json: Value,
    /// The line of each value, by its JSON pointer.
    lines: HashMap<String, usize>,
}

impl Document {
    /// Reads the YAML text of a spec.
    pub fn parse(file: &str, text: &str) -> Result<Self, Mistake> {
        let mistake = |line, message| Mistake { file: file.to_owned(), line, pointer: "/".to_owned(), message };
        let documents = MarkedYaml::load_from_str(text)
            .map_err(|error| mistake(error.marker().line(), format!("this is not YAML: {}", error.info())))?;
        let [root] = documents.as_slice() else {
            return Err(mistake(1, format!("expected one YAML document, found {}", documents.len())));
        };
        let mut document =
            Self { file: file.to_owned(), written: Value::Null, json: Value::Null, lines: HashMap::new() };
        document.written = document.convert(root, &mut String::new(), text)?;
        document.json = document.written.clone();
        read_as::narrow(&mut document.json);
        for (place, written) in variants::split(&mut document.json) {
            let line = document.mistake(&written, "").line;
            document.lines.insert(place, line);
        }
        Ok(document)
    }

    /// A mistake at a place of this file. A place without a line of its own is as good as its nearest parent.
    pub fn mistake(&self, pointer: &str, message: impl Into<String>) -> Mistake {
        let mut known = pointer;
        let line = loop {
            match (self.lines.get(known), known.rfind('/')) {
                (Some(line), _) => break *line,
                (None, Some(slash)) => known = &known[..slash],
                (None, None) => break 1,
            }
        };
        Mistake { file: self.file.clone(), line, pointer: pointer.to_owned(), message: message.into() }
    }

    fn convert(&mut self, node: &MarkedYaml<'_>, pointer: &mut String, text: &str) -> Result<Value, Mistake> {
        self.lines.entry(pointer.clone()).or_insert(node.span.start.line());
        Ok(match &node.data {
            YamlData::Value(Scalar::Null) => Value::Null,
            YamlData::Value(Scalar::Boolean(value)) => Value::Bool(*value),
            YamlData::Value(Scalar::Integer(value)) => Value::Number((*value).into()),
            YamlData::Value(Scalar::FloatingPoint(value)) => match Number::from_f64(value.into_inner()) {
                Some(number) => Value::Number(number),
                None => return self.refuse(pointer, "a number that is not finite"),
            },
            YamlData::Value(Scalar::String(value)) if is_bare_word(value, node, text) => {
                return self.refuse(
                    pointer,
                    &format!("`{value}` without quotes, which readers of YAML 1.1 take for a boolean,"),
                );
            }
            YamlData::Value(Scalar::String(value)) => Value::String(value.to_string()),
            YamlData::Sequence(items) => {
                let mut array = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    array.push(self.descend(item, pointer, &index.to_string(), text)?);
                }
                Value::Array(array)
            }
            YamlData::Mapping(entries) => {
                let mut object = Map::new();
                for (key, value) in entries {
                    let name = match &key.data {
                        YamlData::Value(Scalar::String(name)) => name.to_string(),
                        _ => return self.refuse(pointer, "a key that is not text (write it in quotes)"),
                    };
                    let place = format!("{pointer}/{}", escape(&name));
                    self.lines.insert(place, key.span.start.line());
                    let value = self.descend(value, pointer, &escape(&name), text)?;
                    object.insert(name, value);
                }
                Value::Object(object)
            }
            YamlData::Tagged(..) => return self.refuse(pointer, "a YAML tag"),
            YamlData::Alias(_) => return self.refuse(pointer, "a YAML alias"),
            YamlData::BadValue | YamlData::Representation(..) => {
                return self.refuse(pointer, "a value that YAML cannot read");
            }
        })
    }

    fn refuse(&self, pointer: &str, what: &str) -> Result<Value, Mistake> {
        Err(self.mistake(pointer, format!("{what} has no place in a spec")))
    }

    fn descend(
        &mut self,
        node: &MarkedYaml<'_>,
        pointer: &mut String,
        step: &str,
        text: &str,
    ) -> Result<Value, Mistake> {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(step);
        let value = self.convert(node, pointer, text);
        pointer.truncate(length);
        value
    }
}

/// Whether a text is a boolean of YAML 1.1 that is written without quotes.
fn is_bare_word(value: &str, node: &MarkedYaml<'_>, text: &str) -> bool {
    BOOLEANS.iter().any(|word| value.eq_ignore_ascii_case(word))
        && !text.chars().nth(node.span.start.index()).is_some_and(|first| ['\'', '"'].contains(&first))
}

/// A name as one step of a JSON pointer.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
