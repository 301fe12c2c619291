//! Polymorphic schemas, in every form in which a document can list the variants of one.

use serde_json::{Value, json};

use super::{differences, lines, print_openapi, yaml};
use crate::spec::Spec;
use crate::vendor::Vendor;

const CLIENT: &str = "/v1/sites/{siteId}/clients/{clientId}";

/// The part of a document that gives the access of a client: the schema of the field, and the schemas that it needs.
fn forms() -> Vec<(&'static str, Value, Value)> {
    let base = json!({"type": "object", "required": ["type"], "properties": {"type": {"type": "string", "enum": ["DEFAULT", "GUEST"]}}});
    let own = json!({"type": "object", "properties": {
        "authorized": {"type": "boolean"},
        "authorization": {"$ref": "#/components/schemas/GuestAuthorization"},
    }});
    let named = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let built_on = |base: &str, part: &Value| json!({"allOf": [named(base), part]});
    let typed = |value: &str, part: &Value| {
        let mut part = part.clone();
        part["properties"]["type"] = json!({"type": "string", "enum": [value]});
        part
    };
    let empty = json!({"type": "object"});
    let discriminator = |start: &str, plain: &str, guest: &str| json!({"propertyName": "type", "mapping": {"DEFAULT": format!("{start}{plain}"), "GUEST": format!("{start}{guest}")}});
    let start = "#/components/schemas/";
    let with = |base: &Value, key: &str, value: Value| {
        let mut base = base.clone();
        base[key] = value;
        base
    };
    let list = |key: &str, names: [&str; 2]| json!({key: names.map(named)});
    let plain = "Plain access";
    let guest = "Guest access";
    let both = json!({plain: built_on("Access", &empty), guest: built_on("Access", &own), "Access": base});
    let mapped = |start: &str, plain: &str, guest: &str| {
        with(&both, "Access", with(&base, "discriminator", discriminator(start, plain, guest)))
    };
    let apart = json!({plain: typed("DEFAULT", &empty), guest: typed("GUEST", &own)});
    vec![
        ("one of", list("oneOf", [plain, guest]), both.clone()),
        ("any of", list("anyOf", [guest, plain]), both.clone()),
        ("one of, apart", list("oneOf", [plain, guest]), apart.clone()),
        ("any of, apart", list("anyOf", [plain, guest]), apart.clone()),
        ("one of inline", json!({"oneOf": [typed("DEFAULT", &empty), typed("GUEST", &own)]}), json!({})),
        (
            "one of with a discriminator",
            with(&list("oneOf", [plain, guest]), "discriminator", discriminator(start, plain, guest)),
            both.clone(),
        ),
        (
            "one of with an encoded discriminator",
            with(
                &list("oneOf", [plain, guest]),
                "discriminator",
                discriminator(start, "Plain%20access", "Guest%20access"),
            ),
            both.clone(),
        ),
        (
            "one of with a discriminator that has no mapping",
            with(&list("oneOf", [plain, guest]), "discriminator", json!({"propertyName": "type"})),
            both.clone(),
        ),
        ("a base with a mapping", named("Access"), mapped(start, plain, guest)),
        ("a base with an encoded mapping", named("Access"), mapped(start, "Plain%20access", "Guest%20access")),
        ("a base with a mapping of names", named("Access"), mapped("", plain, guest)),
        ("one of variants of a base with a mapping", list("oneOf", [plain, guest]), mapped(start, plain, guest)),
        (
            "a base without a mapping",
            named("Access"),
            with(&both, "Access", with(&base, "discriminator", json!({"propertyName": "type"}))),
        ),
        ("all of a base", json!({"description": "How.", "allOf": [named("Access")]}), mapped(start, plain, guest)),
        (
            "a base that lists its variants",
            named("Access"),
            with(
                &both,
                "Access",
                with(
                    &with(&base, "discriminator", discriminator(start, plain, guest)),
                    "oneOf",
                    list("oneOf", [plain, guest])["oneOf"].clone(),
                ),
            ),
        ),
        (
            "nullable",
            json!({"oneOf": [named("Union"), {"type": "null"}]}),
            with(&both, "Union", list("oneOf", [plain, guest])),
        ),
    ]
}

/// A document with the client alone, whose access is polymorphic.
fn document(access: &Value, schemas: &Value) -> Value {
    let mut page: Value =
        serde_json::from_str(&print_openapi::print_path(&yaml(Vendor::Unifi).json, Some(CLIENT))).expect("JSON");
    page["components"]["schemas"]["ConnectedClient"]["properties"]["access"] = access.clone();
    for (name, schema) in schemas.as_object().expect("schemas") {
        page["components"]["schemas"][name] = schema.clone();
    }
    page
}

fn told(page: &str) -> Vec<String> {
    let found = lines(&differences(Spec::new(Vendor::Unifi, yaml(Vendor::Unifi)).expect("a spec"), page));
    // The spec requires no field of the access.
    found.into_iter().filter(|line| !line.contains("access.type required")).collect()
}

#[test]
fn every_variant_is_compared() {
    let mut wrong = Vec::new();
    for (form, access, schemas) in forms() {
        let page = document(&access, &schemas).to_string();
        let mut check = |from: &str, to: &str, expected: &[&str]| {
            assert!(page.contains(from), "{form}: {from}");
            let found = told(&page.replace(from, to));
            let expected: Vec<_> = expected.iter().map(|line| format!("readClient answer.access.{line}")).collect();
            if found != expected {
                wrong.push(format!("{form}, {to}: {found:#?}"));
            }
        };
        check("paths", "paths", &[]);
        let field = "\"authorized\":{\"type\":\"boolean\"}";
        check(field, "\"authorized\":{\"type\":\"string\"}", &["authorized type: boolean -> string (major)"]);
        check("\"authorized\":{", "\"admitted\":{", &["authorized name: authorized -> admitted (major)"]);
        let new = "\"portal\":{\"type\":\"string\"},\"authorized\":{";
        check("\"authorized\":{", new, &["portal exists: - -> string (minor)"]);
        check(
            "\"rxRateLimitKbps\":{",
            "\"rxRate\":{",
            &["authorization.rxRateLimitKbps name: rxRateLimitKbps -> rxRate (major)"],
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_unchanged_result_of_an_action_requires_the_action() {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/mistakes.yaml");
    let mistakes = std::fs::read_to_string(root).expect("the mistakes");
    let repository = crate::Repository::new(&specs, &mistakes, "").expect("a repository");
    let path = "/v1/sites/{siteId}/clients/{clientId}/actions";
    let mut page: Value =
        serde_json::from_str(&print_openapi::print_path(&yaml(Vendor::Unifi).json, Some(path))).expect("JSON");
    let schemas = &mut page["components"]["schemas"];
    schemas["ClientActionResult"]["required"] = json!(["action"]);
    schemas["GuestAuthorization"]["required"] = json!(["authorizedAt", "authorizationMethod", "expiresAt"]);
    schemas["GuestUsage"]["required"] = json!(["durationSec", "rxBytes", "txBytes", "bytes"]);
    let examination = repository.examine_page("page.json", page.to_string().as_bytes());
    assert_eq!((lines(&examination.differences), examination.status()), (Vec::new(), 0));
}
