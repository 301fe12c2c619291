use std::net::TcpListener;

use crate::running::{Program, file, run};

/// What is wrong with these arguments, in one line.
#[track_caller]
fn assert_refused(arguments: &[&str], complaint: &str) {
    let output = run(arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), format!("hotspot-vouchers-sandbox: {complaint}\n"));
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
}

#[test]
fn wrong_arguments_are_one_error() {
    for (arguments, complaint) in [
        (&["--port", "1"][..], "--port is no option; --help lists them"),
        (&["x"], "x is no option; --help lists them"),
        (&[""], " is no option; --help lists them"),
        (&["-x"], "-x is no option; --help lists them"),
        (&["---log"], "---log is no option; --help lists them"),
        (&["--omada-port"], "--omada-port needs a value"),
        (&["--omada-port="], "--omada-port needs a value"),
        (&["--env", ""], "--env needs a value"),
        (&["--env", "--log"], "--env needs a value"),
        (&["--log=yes"], "--log takes no value"),
        (&["--log", "yes"], "yes is no option; --help lists them"),
        (&["--help=1"], "--help is no option; --help lists them"),
        (&["--unifi-port", "many"], "--unifi-port many is not a port from 0 to 65535"),
        (&["--unifi-port=-1"], "--unifi-port -1 is not a port from 0 to 65535"),
        (&["--control", "65536"], "--control 65536 is not a port from 0 to 65535"),
        (&["--omada-port", "8043", "--control", "8043"], "--omada-port and --control are the same port 8043"),
        (&["--omada-port", "1", "--omada-port", "1"], "--omada-port is given twice"),
        (&["--log", "--log"], "--log is given twice"),
        (&["--unifi-api-key=a", "--unifi-api-key", "b"], "--unifi-api-key is given twice"),
        (&["--env", "a", "--tls", "./a"], "--tls and --env name the same file"),
        (&["--order", "random"], "--order random is not created, reversed, shuffled or shuffled:SEED"),
        (&["--order", "shuffled:-1"], "--order shuffled:-1 is not created, reversed, shuffled or shuffled:SEED"),
        (&["--omada-site", "my-site"], "--omada-site is not 24 hexadecimal digits"),
        (
            &["--unifi-api-key", "s e c r e t"],
            "--unifi-api-key is not 1 to 128 visible ASCII characters without blanks",
        ),
        (&["--unifi-api-key", "k", "--unifi-cloud-api-key", "k"], "unifi-api-key and unifi-cloud-api-key must differ"),
        (&["--fault-seed", "1"], "--fault-seed needs --fault-probability beside it"),
        (&["--faults", "429"], "--faults needs --fault-probability beside it"),
        (&["--fault-probability", "often"], "--fault-probability often is not a number such as 0.01"),
        (
            &["--fault-probability", "NaN", "--faults", "429"],
            "--fault-probability NaN is not within 0 to 1.0000, a share for each of 1 faults",
        ),
        (&["--faults", "429,fire", "--fault-probability", "0.1"], "--faults fire names no fault; --help lists them"),
        (&["--faults", "429, 429", "--fault-probability", "0.1"], "--faults names 429 twice"),
    ] {
        assert_refused(arguments, complaint);
    }
    let count = hotspot_vouchers_sandbox::Fault::gallery().len();
    let (most, each) = (1.0 / count as f64, format!("a share for each of {count} faults"));
    assert_refused(
        &["--fault-probability", "0.5"],
        &format!("--fault-probability 0.5 is not within 0 to {most:.4}, {each}"),
    );
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::process::Command;
    let odd = OsStr::from_bytes(b"\xff");
    for arguments in [vec![odd], vec![OsStr::new("--env"), odd]] {
        let output = Command::new(crate::running::PROGRAM).args(arguments).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).ends_with("is not UTF-8\n"));
    }
}

#[test]
fn help_and_version_are_printed() {
    let version = format!("hotspot-vouchers-sandbox {}\n", env!("CARGO_PKG_VERSION"));
    for (argument, begins) in [("-h", "usage: "), ("--help", "usage: "), ("-V", &version), ("--version", &version)] {
        for arguments in [&[argument][..], &["--log", argument], &[argument, "--nonsense"]] {
            let output = run(arguments);
            assert!(output.status.success() && output.stderr.is_empty());
            assert!(String::from_utf8_lossy(&output.stdout).starts_with(begins), "{arguments:?}");
        }
    }
    assert_eq!(run(&["-h"]).stdout, run(&["--help"]).stdout);
}

#[test]
fn a_taken_port_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    for option in ["--omada-port", "--unifi-port", "--unifi-cloud-port", "--control"] {
        let output = run(&[option, &port]);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        let expected = format!("hotspot-vouchers-sandbox: cannot listen on 127.0.0.1:{port}: ");
        assert!(complaint.starts_with(&expected) && complaint.lines().count() == 1, "{complaint}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn given_ids_and_keys_are_those_that_are_printed() {
    let (id, site) = ("0A".repeat(16), "0b".repeat(12));
    let program =
        Program::start(&["--omada-id", &id, "--omada-site", &site, "--unifi-api-key=key", "--omada-client-secret=a=b"]);
    assert_eq!(
        [program.value("OMADA_ID"), program.value("OMADA_SITE"), program.value("UNIFI_API_KEY")],
        [&id, &site, "key"]
    );
    assert!(program.lines.iter().any(|line| line.contains("OMADA_CLIENT_SECRET='a=b' ")));
}

#[test]
fn what_cannot_be_written_is_named() {
    for option in ["--env", "--tls"] {
        let path = file("absent/file");
        let output = run(&[option, &path]);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(complaint.starts_with(&format!("hotspot-vouchers-sandbox: cannot write {path}: ")), "{complaint}");
        assert_eq!(output.status.code(), Some(1));
    }
}
