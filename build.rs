//! Turns `spec/` into the clients. Each pass is a module in `build/`; this is their order.

#[path = "build/mod.rs"]
mod passes;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use passes::document::Document;
use passes::mistake::Mistake;
use passes::{client, envelope, json_schema, lint, query, rows, schema, surface};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=spec");
    let mut exit = ExitCode::SUCCESS;
    for vendor in ["omada", "unifi"] {
        if env::var_os(format!("CARGO_FEATURE_{}", vendor.to_uppercase())).is_none() {
            continue;
        }
        if let Err(error) = generate(vendor) {
            println!("cargo::error={error}");
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

fn generate(vendor: &str) -> Result<(), Box<dyn Error>> {
    let file = format!("spec/{vendor}.yaml");
    let text = fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
    let document = Document::parse(&file, &text).map_err(|mistake| mistake.to_string())?;
    let mistakes = lint::lint(&document);
    if let Some((last, others)) = mistakes.split_last() {
        others.iter().for_each(|mistake: &Mistake| println!("cargo::error={mistake}"));
        return Err(last.to_string().into());
    }

    let mut json = document.json;
    envelope::open(&mut json);
    rows::relax(&mut json);
    let queries = query::gather(&mut json);
    let requests = schema::requests(&json, queries);
    let client = client::generate(&json, vendor, &requests)?;

    let out = env::var("OUT_DIR")?;
    let schemas = json_schema::documents(&json, &requests);
    fs::write(Path::new(&out).join(format!("{vendor}.schemas")), schemas.to_string())?;
    fs::write(Path::new(&out).join(format!("{vendor}.surface")), surface::describe(&json, &client, &requests))?;
    let code = format!(
        "// Written by build.rs from {file}; change that file instead.\n{}",
        prettyplease::unparse(&client.file)
    );
    fs::write(Path::new(&out).join(format!("{vendor}.rs")), code)?;
    Ok(())
}
