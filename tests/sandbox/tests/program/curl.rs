use std::process::Command;

use serde_json::Value;

use crate::running::{Program, file};

/// Pastes what is printed for one vendor into a shell, and returns what is printed there.
fn pasted(program: &Program, vendor: &str) -> Vec<Value> {
    let start = program.lines.iter().position(|line| line.starts_with(vendor)).expect("a part for the vendor");
    let part = program.lines[start + 1..]
        .iter()
        .take_while(|line| !line.contains(" console at ") && !line.contains("port at "));
    let is_command =
        |line: &&String| ["export ", "TOKEN=", "GROUP=", "curl "].iter().any(|start| line.starts_with(start));
    let commands: Vec<&str> = part.filter(is_command).map(String::as_str).collect();
    assert!(commands.len() >= 3, "{commands:?}");
    let output = Command::new("sh").args(["-eu", "-c", &commands.join("\n")]).output().expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn the_printed_commands_create_and_read() {
    let authority = file("pasted authority's.pem");
    let odd = r#"a'"b$c`d\"#;
    for arguments in [
        &["--control", "0"][..],
        &["--tls", &authority],
        &["--omada-client-secret", odd, "--omada-client-id", "x\"y", "--unifi-api-key", odd],
    ] {
        let program = Program::start(arguments);
        let unifi = pasted(&program, "UniFi console");
        assert_eq!(unifi.len(), 2);
        assert_eq!(unifi[0]["vouchers"][0]["name"], "Lobby");
        assert_eq!(unifi[1]["data"], unifi[0]["vouchers"]);
        let omada = pasted(&program, "Omada controller");
        assert_eq!((omada.len(), &omada[0]["errorCode"]), (1, &Value::from(0)), "{omada:?}");
        let codes = omada[0]["result"]["data"].as_array().expect("vouchers");
        assert_eq!(codes.len(), 2);
        assert!(codes.iter().all(|voucher| voucher["code"].as_str().is_some_and(|code| code.len() == 6)));
    }
}
