//! Schemas with variants, in every way in which OpenAPI can write them.

use serde_json::{Value, json};

use super::{differences, lines, print_openapi, yaml};
use crate::spec::Spec;
use crate::vendor::Vendor;

const CLIENT: &str = "/v1/sites/{siteId}/clients/{clientId}";

/// The page of a client whose access is written with variants, of which the guest has `authorized` of a type.
fn page(way: &str, authorized: &str) -> String {
    let mut page: Value =
        serde_json::from_str(&print_openapi::print_path(&yaml(Vendor::Unifi).json, Some(CLIENT))).expect("JSON");
    let schemas = page["components"]["schemas"].as_object_mut().expect("schemas");
    let mut guest = schemas["ClientAccess"].clone();
    guest["properties"]["authorized"] = json!({"type": authorized});
    guest["properties"].as_object_mut().expect("properties").remove("type");
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let base = json!({"type": "object", "properties": {"type": {"type": "string"}}});
    let (mut access, mut parts) = (base.clone(), [json!({"type": "object"}), guest]);
    for part in &mut parts {
        *part = json!({"allOf": [reference("ClientAccess"), part.take()]});
    }
    let pair =
        |start: &str| json!({"DEFAULT": format!("{start}Plain%20access"), "GUEST": format!("{start}Guest%20access")});
    match way {
        "implicit" => access["discriminator"] = json!({"propertyName": "type"}),
        "encoded" => {
            access["discriminator"] = json!({"propertyName": "type", "mapping": pair("#/components/schemas/")})
        }
        "bare" => {
            access["discriminator"] =
                json!({"propertyName": "type", "mapping": {"DEFAULT": "Plain access", "GUEST": "Guest access"}});
        }
        "oneOf" | "anyOf" => {
            access = json!({way: [reference("Plain access"), reference("Guest access")]});
            for (part, value) in parts.iter_mut().zip(["DEFAULT", "GUEST"]) {
                part["allOf"][0] = base.clone();
                part["allOf"][0]["properties"]["type"]["enum"] = json!([value]);
            }
        }
        way => panic!("{way}"),
    }
    schemas.insert("ClientAccess".to_owned(), access);
    let [plain, guest] = parts;
    schemas.insert("Plain access".to_owned(), plain);
    schemas.insert("Guest access".to_owned(), guest);
    page.to_string()
}

#[test]
fn what_only_one_variant_has_is_compared() {
    for way in ["implicit", "encoded", "bare", "oneOf", "anyOf"] {
        let told = |authorized| {
            let spec = Spec::new(Vendor::Unifi, yaml(Vendor::Unifi)).expect("a spec");
            lines(&differences(spec, &page(way, authorized)))
        };
        assert_eq!(told("boolean"), Vec::<String>::new(), "{way}");
        assert_eq!(told("string"), ["readClient answer.access.authorized type: boolean -> string (major)"], "{way}");
    }
}
