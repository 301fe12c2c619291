//! The specs in the hands of others: linters, and clients in TypeScript and Python that are generated from them and run on the
//! sandbox. It needs node with npm, and Python with pip.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::{command, root, run};
use crate::metadata::Metadata;
use crate::sandbox::Sandbox;

/// The specs, and what a module of Python is called that is made of each.
const SPECS: [(&str, &str); 3] = [("omada", "omada"), ("unifi", "unifi"), ("unifi-cloud", "unifi_cloud")];

/// The files of `spec/clients` that each language needs.
const TYPESCRIPT: [&str; 3] = ["package.json", "tsconfig.json", "check.ts"];
const PYTHON: [&str; 2] = ["requirements.txt", "check.py"];

/// The folders with what is installed and generated, below that of the target.
struct Folders {
    specs: PathBuf,
    derived: PathBuf,
    typescript: PathBuf,
    python: PathBuf,
}

/// Lints the specs, generates the clients, and runs them.
pub fn check() -> Result<(), String> {
    let folders = Folders::prepared()?;
    folders.lint()?;
    folders.generate()?;
    let sandbox = Sandbox::start("clients")?;
    for (line, folder) in [("node built/check.js", &folders.typescript), ("venv/bin/python check.py", &folders.python)]
    {
        let mut program = program(line, folder)?;
        program.envs(&sandbox.variables);
        run(program, line)?;
    }
    Ok(())
}

impl Folders {
    /// Copies the programs, and installs what they need.
    fn prepared() -> Result<Self, String> {
        let (root, target) = (root()?, Metadata::read()?.target.join("clients"));
        let (typescript, python) = (target.join("typescript"), target.join("python"));
        for (folder, files) in [(&typescript, &TYPESCRIPT[..]), (&python, &PYTHON[..])] {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            for file in files {
                let from = root.join("spec/clients").join(file);
                fs::copy(&from, folder.join(file)).map_err(|error| format!("{}: {error}", from.display()))?;
            }
        }
        step("npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error", &typescript)?;
        step("python3 -m venv venv", &python)?;
        step("venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt", &python)?;
        Ok(Self { specs: root.join("spec"), derived: root.join("schemas/openapi"), typescript, python })
    }

    /// Runs the linters on the specs and on what is derived from them.
    fn lint(&self) -> Result<(), String> {
        let tool = |name: &str| self.typescript.join("node_modules/.bin").join(name).display().to_string();
        let mut redocly =
            program(&format!("{} lint --config redocly.yaml --format stylish", tool("redocly")), &self.specs)?;
        redocly.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        run(redocly, "redocly lint")?;
        let mut spectral = program(&format!("{} lint -F hint -r spectral.yaml", tool("spectral")), &self.specs)?;
        let mut validator =
            program(&self.python.join("venv/bin/openapi-spec-validator").display().to_string(), &self.specs)?;
        for (spec, _) in SPECS {
            for file in [self.specs.join(format!("{spec}.yaml")), self.derived.join(format!("{spec}.json"))] {
                spectral.arg(&file);
                validator.arg(&file);
            }
        }
        run(spectral, "spectral lint")?;
        run(validator, "openapi-spec-validator")
    }

    /// Generates the clients, and compiles them with the programs that use them.
    fn generate(&self) -> Result<(), String> {
        for (spec, module) in SPECS {
            let file = self.specs.join(format!("{spec}.yaml"));
            let line = format!("node_modules/.bin/openapi-typescript --output {spec}.d.ts");
            let mut generator = program(&line, &self.typescript)?;
            generator.arg(&file);
            run(generator, &line)?;
            let line = format!(
                "venv/bin/openapi-python-client generate --overwrite --meta none --fail-on-warning --output-path {module}"
            );
            let mut generator = program(&line, &self.python)?;
            // It formats what it writes with a program beside it.
            let path = std::env::var("PATH").unwrap_or_default();
            generator
                .arg("--path")
                .arg(&file)
                .env("PATH", format!("{}:{path}", self.python.join("venv/bin").display()));
            run(generator, &line)?;
        }
        step("node_modules/.bin/tsc", &self.typescript)?;
        step("venv/bin/python -m compileall -q omada unifi unifi_cloud", &self.python)?;
        // What the generator writes into every client is not strict; the program that uses it is.
        step("venv/bin/mypy --strict --follow-imports silent check.py", &self.python)
    }
}

fn step(line: &str, folder: &Path) -> Result<(), String> {
    run(program(line, folder)?, line)
}

/// A command line whose program may be below the folder.
fn program(line: &str, folder: &Path) -> Result<std::process::Command, String> {
    let (name, _) = line.split_once(' ').unwrap_or((line, ""));
    let below = folder.join(name);
    let line = if below.is_file() { format!("{}{}", below.display(), &line[name.len()..]) } else { line.to_owned() };
    let mut command = command(&line)?;
    command.current_dir(folder);
    Ok(command)
}
