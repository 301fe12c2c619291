//! Lets progenitor make a client of the spec as it is, for the library to be compared with.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator};

const SPEC: &str = "../spec/unifi.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SPEC}");
    println!("cargo::rerun-if-changed=build.rs");
    let spec: serde_json::Value = serde_saphyr::from_str(&fs::read_to_string(SPEC)?)?;
    let spec: OpenAPI = serde_json::from_value(spec)?;
    let tokens = Generator::new(&GenerationSettings::default()).generate_tokens(&spec)?;
    let text = prettyplease::unparse(&syn::parse2(tokens)?);
    let folder = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join("unifi.rs"), text)?)
}
