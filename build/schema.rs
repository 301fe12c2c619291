//! Reading schemas: references, properties, and which of them requests and answers use.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::escape;

/// The keywords that bound a value.
pub const BOUNDS: [&str; 11] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "pattern",
];

/// What a path holds beside other things: its operations.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Where a parameter can stand.
pub const PLACES: [&str; 4] = ["path", "query", "header", "cookie"];

/// Where the schema of a body is, below a request's body or a response.
pub const BODY: &str = "/content/application~1json/schema";

/// The kind of a body that holds a file beside other parts.
pub const FORM: &str = "multipart/form-data";

const PREFIX: &str = "#/components/schemas/";

/// The named schema that a schema refers to, by `$ref` or by an `allOf` of one `$ref` (which leaves room for a description).
pub fn reference(schema: &Value) -> Option<&str> {
    let target = match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) => only.get("$ref"),
        _ => schema.get("$ref"),
    };
    target?.as_str()?.strip_prefix(PREFIX)
}

/// All named schemas.
pub fn schemas(json: &Value) -> impl Iterator<Item = (&String, &Value)> {
    json.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten()
}

/// The schema of that name.
pub fn schema<'a>(json: &'a Value, name: &str) -> Option<&'a Value> {
    json.pointer("/components/schemas")?.get(name)
}

/// What a schema says once its reference, if it is one, has been followed.
pub fn resolve<'a>(json: &'a Value, value: &'a Value) -> &'a Value {
    reference(value).and_then(|name| schema(json, name)).unwrap_or(value)
}

/// The properties of an object schema.
pub fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// The property that a name with dots leads to, through the objects on its way.
pub fn property<'a>(json: &'a Value, schema: &'a Value, name: &str) -> Option<&'a Value> {
    name.split('.').try_fold(schema, |schema, step| resolve(json, schema).get("properties")?.get(step))
}

/// Whether an object schema requires the property.
pub fn requires(schema: &Value, property: &str) -> bool {
    texts(schema, "required").any(|name| name == property)
}

/// The text under a key; nothing where there is none.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The builder methods of a request that write more than one field, with the fields.
pub fn setters(schema: &Value) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let setters = schema.get("x-setters").unwrap_or(&Value::Null);
    let names = setters.as_object().into_iter().flatten();
    names.map(|(name, _)| (name.as_str(), texts(setters, name).collect()))
}

/// The texts of an array.
pub fn texts<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Whether the pattern of a text says that it neither begins nor ends with a space: `^[^ ]$|^[^ ].{0,62}[^ ]$`, where the number
/// is the largest length less the two ends.
pub fn is_trimmed(schema: &Value) -> bool {
    let inner = text(schema, "pattern").strip_prefix("^[^ ]$|^[^ ].{0,").and_then(|rest| rest.strip_suffix("}[^ ]$"));
    let longest = inner.and_then(|number| number.parse::<i64>().ok()).map(|inner| inner + 2);
    longest.is_some() && longest == schema.get("maxLength").and_then(Value::as_i64)
}

/// Whether an operation may be called again, as the spec says; nothing where it does not.
pub fn is_safe_to_repeat(operation: &Value) -> Option<bool> {
    operation.pointer("/x-safe-to-repeat/safe").and_then(Value::as_bool)
}

/// Whether a named schema is a set of codes.
pub fn is_codes(schema: &Value) -> bool {
    schema.get("enum").is_some()
}

/// Whether a named schema is a value whose Rust type is written by hand: text or a number without codes.
pub fn is_value(schema: &Value) -> bool {
    !is_codes(schema) && schema.get("properties").is_none() && schema.get("type").is_some_and(|kind| kind != "object")
}

/// Whether the generator cannot write an operation, so that its request is finished by hand.
pub fn is_hand_written(operation: &Value) -> bool {
    operation.get("x-hand-written").is_some()
}

/// The operations, with the pointer of each.
pub fn operations(json: &Value) -> impl Iterator<Item = (String, &str, &str, &Value)> {
    let paths = json.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten().filter(|(key, _)| METHODS.contains(&key.as_str()));
        methods.map(move |(method, operation)| {
            (format!("/paths/{}/{method}", escape(path)), path.as_str(), method.as_str(), operation)
        })
    })
}

/// The servers of the spec and those of single paths, with the pointer of each.
pub fn servers(json: &Value) -> impl Iterator<Item = (String, &Value)> {
    let paths = json.get("paths").and_then(Value::as_object).into_iter().flatten();
    let paths = paths.map(|(path, item)| (format!("/paths/{}", escape(path)), item));
    std::iter::once((String::new(), json)).chain(paths).flat_map(|(pointer, place)| {
        let servers = place.get("servers").and_then(Value::as_array).into_iter().flatten();
        servers.enumerate().map(move |(index, server)| (format!("{pointer}/servers/{index}"), server))
    })
}

/// A parameter or a response, with its reference to `components` followed.
pub fn component<'a>(json: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| json.pointer(pointer)).unwrap_or(value)
}

/// The parameters of an operation that stand in `place`.
pub fn parameters<'a>(json: &'a Value, operation: &'a Value, place: &'a str) -> impl Iterator<Item = &'a Value> {
    let all = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    all.map(|parameter| component(json, parameter))
        .filter(move |parameter| parameter.get("in").and_then(Value::as_str) == Some(place))
}

/// The named schemas that requests use, and those that answers use.
pub struct Usage {
    pub requests: BTreeSet<String>,
    pub answers: BTreeSet<String>,
}

impl Usage {
    /// Follows every operation from its parameters, its body and its responses.
    pub fn of(json: &Value) -> Self {
        let mut usage = Self { requests: BTreeSet::new(), answers: BTreeSet::new() };
        for (_, _, _, operation) in operations(json) {
            for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
                follow(json, component(json, parameter), &mut usage.requests);
            }
            follow(json, operation.get("requestBody").unwrap_or(&Value::Null), &mut usage.requests);
            for response in operation.get("responses").and_then(Value::as_object).into_iter().flatten() {
                follow(json, component(json, response.1), &mut usage.answers);
            }
        }
        usage
    }
}

fn follow(json: &Value, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if let Some(name) =
                object.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix(PREFIX))
                && found.insert(name.to_owned())
                && let Some(schema) = schema(json, name)
            {
                follow(json, schema, found);
            }
            object.values().for_each(|value| follow(json, value, found));
        }
        Value::Array(array) => array.iter().for_each(|value| follow(json, value, found)),
        _ => {}
    }
}

/// The objects that are sent: what requests use, and the gathered queries.
pub fn requests(json: &Value, queries: Vec<String>) -> Vec<String> {
    let objects = Usage::of(json).requests.into_iter();
    let objects = objects.filter(|name| schema(json, name).is_some_and(|schema| schema.get("properties").is_some()));
    let mut requests: Vec<String> = objects.chain(queries).collect();
    requests.sort();
    requests
}
