//! What the build makes of the spec: the public surface of both clients, and the JSON of representative requests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hotspot_vouchers::omada::Validity;
use hotspot_vouchers::unifi::CreateVouchers;
use serde::Serialize;
use serde_json::Value;

use crate::support::{daily, group, vouchers, weekly, with_validity};

#[test]
fn surfaces() {
    insta::assert_snapshot!("omada_surface", include_str!(concat!(env!("OUT_DIR"), "/omada.surface")));
    insta::assert_snapshot!("unifi_surface", include_str!(concat!(env!("OUT_DIR"), "/unifi.surface")));
}

/// The whole output of the build, so that a change of the generator shows as a diff that is reviewed like code.
#[test]
fn clients() {
    insta::assert_snapshot!("omada_client", include_str!(concat!(env!("OUT_DIR"), "/omada.rs")));
    insta::assert_snapshot!("unifi_client", include_str!(concat!(env!("OUT_DIR"), "/unifi.rs")));
}

#[test]
fn requests() {
    let moment = |text: &str| text.parse().expect("a moment");
    let period =
        Validity::Between { effective: moment("2026-12-24T12:00:00Z"), expiration: moment("2026-12-26T12:00:00.5Z") };
    let mut some_portals = with_validity("some portals", Validity::AnyTime);
    (some_portals.apply_to_all_portals, some_portals.portals) =
        (false, Some(vec!["66f0c0ffee66f0c0ffee66f1".to_owned()]));
    let small = CreateVouchers::builder().name("small").time_limit_minutes(1).build();
    let requests = [
        json(&group("everything")),
        json(&with_validity("a period", period)),
        json(&daily("every day")),
        json(&weekly("the weekend")),
        json(&some_portals),
        json(&vouchers("everything")),
        json(&small),
    ];
    insta::assert_snapshot!("requests", requests.join("\n"));
}

#[test]
fn schemas_are_those_of_the_specs() {
    let written = |texts: &[&str]| {
        let maps = texts.iter().map(|text| serde_json::from_str::<BTreeMap<String, Value>>(text).expect("JSON"));
        maps.flatten().collect::<BTreeMap<_, _>>()
    };
    let written = [
        ("omada", written(&[include_str!(concat!(env!("OUT_DIR"), "/omada.schemas"))])),
        ("unifi", written(&[include_str!(concat!(env!("OUT_DIR"), "/unifi.schemas"))])),
        (
            "openapi",
            written(&[
                include_str!(concat!(env!("OUT_DIR"), "/omada.openapi")),
                include_str!(concat!(env!("OUT_DIR"), "/unifi.openapi")),
            ]),
        ),
    ];
    for (vendor, written) in written {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(vendor);
        let files = fs::read_dir(folder).expect("the vendor's schemas").map(|file| file.expect("a file").path());
        let mut present: BTreeMap<String, Value> = files
            .map(|file| {
                let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
                (name, serde_json::from_str(&fs::read_to_string(file).expect("a text")).expect("JSON"))
            })
            .collect();
        for (name, schema) in written {
            assert!(present.remove(&name) == Some(schema), "{vendor}/{name} is stale: run `cargo xtask regen`");
        }
        assert!(present.is_empty(), "nothing writes these any more, so run `cargo xtask regen`: {:?}", present.keys());
    }
}

fn json(request: &impl Serialize) -> String {
    serde_json::to_string_pretty(request).expect("a request is JSON")
}
