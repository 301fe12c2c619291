//! Formats generated code as `cargo fmt` does.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The edition of the workspace, which `cargo fmt` passes too.
const EDITION: &str = "2024";

/// Formats a file with the settings in the root of the workspace.
pub fn format(root: &Path, text: &str) -> Result<String, String> {
    let mistake =
        |error: std::io::Error| format!("cannot run rustfmt: {error}; install it with `rustup component add rustfmt`");
    let mut command = Command::new(env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into()));
    command.args(["--quiet", "--edition", EDITION, "--config-path"]).arg(root).current_dir(root);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(mistake)?;
    // rustfmt reads all of it before it writes.
    child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes())).map_err(mistake)?;
    let output = child.wait_with_output().map_err(mistake)?;
    match output.status.success() {
        true => String::from_utf8(output.stdout).map_err(|error| format!("rustfmt: {error}")),
        false => Err(format!("rustfmt failed, {}", output.status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::root;

    #[test]
    fn the_settings_of_the_workspace_apply() {
        let (argument, root) = ("a".repeat(60), root().unwrap());
        let text = format!("fn f ( ) {{ g({argument}, 1, 2, 3, 4, 5, 6, 7, 8, 9) }}");
        let formatted = format!("fn f() {{\n    g({argument}, 1, 2, 3, 4, 5, 6, 7, 8, 9)\n}}\n");
        assert_eq!(format(&root, &text), Ok(formatted));
        assert!(format(&root, "fn f(").is_err());
    }
}
