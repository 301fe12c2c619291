//! Building the library, and where its build script put the surfaces.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::Stdio;
use std::{fs, thread};

use serde_json::Value;

use crate::cargo::command;

/// The same units as the tests need, so that nothing is compiled twice, and no more of them.
const BUILD: &str = "cargo test --workspace --test it --no-run --message-format=json-render-diagnostics";

/// What cargo puts before a mistake that the build script of the library found in a spec.
const MISTAKE: &str = "error: hotspot-vouchers@";

/// What a build left behind.
pub struct Library {
    out: PathBuf,
    /// Whether the code around the generated clients, and the tests, compile with them.
    pub compiles: bool,
}

impl Library {
    /// Builds the library and its tests. A spec with mistakes is an error that lists them.
    pub fn build() -> Result<Self, String> {
        let mut command = command(BUILD)?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("cannot run cargo: {error}"))?;
        let stdout = child.stdout.take();
        let messages = thread::spawn(move || {
            let mut text = String::new();
            stdout.map_or(Ok(0), |mut stdout| stdout.read_to_string(&mut text)).map(|_| text)
        });

        let mut mistakes = Vec::new();
        for line in child.stderr.take().into_iter().flat_map(|stderr| BufReader::new(stderr).lines()) {
            let line = line.map_err(|error| format!("cannot read what cargo says: {error}"))?;
            match mistake(&line) {
                Some(mistake) => mistakes.push(mistake.to_owned()),
                // After the mistakes cargo tells once more how the build script ended.
                None if mistakes.is_empty() => eprintln!("{line}"),
                None => {}
            }
        }
        let status = child.wait().map_err(|error| format!("cannot wait for cargo: {error}"))?;
        let messages = messages.join().map_err(|_| "cannot read the messages of cargo")?;
        let messages = messages.map_err(|error| format!("cannot read the messages of cargo: {error}"))?;
        if !mistakes.is_empty() {
            return Err(format!("the spec has mistakes\n{}", mistakes.join("\n")));
        }
        // Only the library's build script writes surfaces; those of other crates leave none.
        let out = outputs(&messages).find(|out| out.join("omada.surface").is_file());
        Ok(Self { out: out.ok_or("the library does not build")?, compiles: status.success() })
    }

    /// The surface of a vendor.
    pub fn surface(&self, vendor: &str) -> Result<String, String> {
        self.read(&format!("{vendor}.surface"))
    }

    /// The JSON Schemas of a vendor's requests, as one object.
    pub fn schemas(&self, vendor: &str) -> Result<String, String> {
        self.read(&format!("{vendor}.schemas"))
    }

    /// The specs of a vendor as OpenAPI 3.1, as one object.
    pub fn openapi(&self, vendor: &str) -> Result<String, String> {
        self.read(&format!("{vendor}.openapi"))
    }

    fn read(&self, name: &str) -> Result<String, String> {
        let file = self.out.join(name);
        fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    }
}

/// The mistake in a line of cargo, without what cargo puts before it.
fn mistake(line: &str) -> Option<&str> {
    line.strip_prefix(MISTAKE)?.split_once(": ").map(|(_, mistake)| mistake)
}

/// The directories into which the build scripts of path packages wrote.
fn outputs(messages: &str) -> impl Iterator<Item = PathBuf> {
    messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).filter_map(|message| {
        let text = |key| message.get(key).and_then(Value::as_str);
        let is_ours = text("reason")? == "build-script-executed" && text("package_id")?.starts_with("path+");
        is_ours.then_some(PathBuf::from(text("out_dir")?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_loses_what_cargo_says_of_the_package() {
        let line = "error: hotspot-vouchers@0.1.0: spec/omada.yaml:47: /paths: `get` is no verb";
        assert_eq!(mistake(line), Some("spec/omada.yaml:47: /paths: `get` is no verb"));
        assert_eq!(mistake("error: could not compile `hotspot-vouchers` (lib)"), None);
    }

    #[test]
    fn only_build_scripts_of_path_packages_count() {
        let messages = r#"
            {"reason":"compiler-artifact","package_id":"path+file:///a#0.1.0","out_dir":"/no"}
            {"reason":"build-script-executed","package_id":"registry+https://example.org#ring@1","out_dir":"/no"}
            {"reason":"build-script-executed","package_id":"path+file:///a#0.1.0","out_dir":"/yes"}
            plain text of a tool"#;
        assert_eq!(outputs(messages).collect::<Vec<_>>(), [PathBuf::from("/yes")]);
    }
}
