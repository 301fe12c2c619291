//! Turns `spec/` into the clients. Each pass is a module in `build/`; this is their order.

#[path = "build/mod.rs"]
mod passes;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use passes::document::Document;
use passes::mistake::Mistake;
use passes::{client, envelope, join, json_schema, lint, openapi, query, rows, schema, surface};

/// The vendors, and the specs of each.
const SPECS: [(&str, &[&str]); 2] =
    [("omada", &["spec/omada.yaml"]), ("unifi", &["spec/unifi.yaml", "spec/unifi-cloud.yaml"])];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=spec");
    let mut exit = ExitCode::SUCCESS;
    for (vendor, files) in SPECS {
        if env::var_os(format!("CARGO_FEATURE_{}", vendor.to_uppercase())).is_none() {
            continue;
        }
        if let Err(error) = generate(vendor, files) {
            println!("cargo::error={error}");
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

/// Reads a spec, and reports its mistakes.
fn read(file: &str) -> Result<Document, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let document = Document::parse(file, &text).map_err(|mistake| mistake.to_string())?;
    let mistakes = lint::lint(&document);
    if let Some((last, others)) = mistakes.split_last() {
        others.iter().for_each(|mistake: &Mistake| println!("cargo::error={mistake}"));
        return Err(last.to_string().into());
    }
    Ok(document)
}

fn generate(vendor: &str, files: &[&str]) -> Result<(), Box<dyn Error>> {
    let documents = files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let derived = documents.iter().filter_map(|document| {
        let name = Path::new(&document.file).file_stem()?.to_string_lossy().into_owned();
        Some((name, openapi::document(&document.written)))
    });
    let derived: serde_json::Value = derived.collect();
    let mut documents = documents.into_iter();
    let mut json = documents.next().ok_or("the vendor has no spec")?.json;
    envelope::open(&mut json);
    for mut document in documents {
        envelope::open(&mut document.json);
        join::join(&mut json, document.json)?;
    }
    rows::relax(&mut json);
    let queries = query::gather(&mut json);
    let requests = schema::requests(&json, queries);
    let client = client::generate(&json, vendor, &requests)?;

    let out = env::var("OUT_DIR")?;
    let schemas = json_schema::documents(&json, &requests);
    fs::write(Path::new(&out).join(format!("{vendor}.schemas")), schemas.to_string())?;
    fs::write(Path::new(&out).join(format!("{vendor}.openapi")), derived.to_string())?;
    fs::write(Path::new(&out).join(format!("{vendor}.surface")), surface::describe(&json, &client, &requests))?;
    let code = format!(
        "// Written by build.rs from {}; change that instead.\n{}",
        files.join(" and "),
        prettyplease::unparse(&client.file)
    );
    fs::write(Path::new(&out).join(format!("{vendor}.rs")), code)?;
    Ok(())
}
