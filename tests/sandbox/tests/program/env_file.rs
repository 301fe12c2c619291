use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::running::{Program, file};

/// What a shell has after it has read the file.
fn sourced(path: &str) -> BTreeMap<String, String> {
    let output = Command::new("sh").args(["-c", ". \"$0\" && env", path]).env_clear().output().expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn a_shell_reads_it_and_nobody_else_may() {
    use std::os::unix::fs::PermissionsExt;
    let (path, authority) = (file("sandbox.env"), file("it's authority.pem"));
    fs::write(&path, "old").expect("a file that everybody may read");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("permissions");
    let secret = r#"$HOME'"`x`\"#;
    let program =
        Program::start(&["--env", &path, "--tls", &authority, "--control", "0", "--omada-client-secret", secret]);
    assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
    let variables = sourced(&path);
    assert_eq!(variables["OMADA_CLIENT_SECRET"], secret);
    assert_eq!(variables["SANDBOX_AUTHORITY"], authority);
    for name in ["OMADA_URL", "OMADA_ID", "OMADA_CLIENT_ID", "OMADA_SITE", "UNIFI_URL", "UNIFI_SITE", "UNIFI_CLOUD_URL"]
    {
        assert_eq!(variables[name], program.value(name), "{name}");
    }
    for name in ["UNIFI_API_KEY", "UNIFI_CLOUD_API_KEY", "UNIFI_CONSOLE", "OMADA_USERNAME", "OMADA_PASSWORD"] {
        assert!(!variables[name].is_empty());
    }
    assert_eq!(variables["OMADA_PORTALS"].split(' ').count(), 2);
    assert_eq!(variables["UNIFI_FINGERPRINT"].len(), 64);
    assert!(variables["SANDBOX_CONTROL_URL"].starts_with("http://127.0.0.1:"));
}

#[test]
fn a_link_is_followed_and_its_target_restricted() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (path, target) = (file("link.env"), file("target.env"));
    fs::write(&target, "old ".repeat(10_000)).expect("a file");
    symlink(&target, &path).expect("a link");
    let _program = Program::start(&["--env", &path]);
    assert!(fs::symlink_metadata(&path).expect("the link").is_symlink());
    assert_eq!(fs::metadata(&target).expect("the file").permissions().mode() & 0o777, 0o600);
    assert!(!fs::read_to_string(&target).expect("text").contains("old"));
    assert!(!sourced(&path).contains_key("SANDBOX_CONTROL_URL"));
}
