//! The examples, on a sandbox whose past is known: what they print, and how they end.

use std::env::VarError;
use std::io::{self, Write};
use std::process::ExitCode;

use hotspot_vouchers_sandbox::Sandbox;
use jiff::Timestamp;

#[path = "../../examples/clean_up.rs"]
#[allow(dead_code)]
mod clean_up;
#[path = "../../examples/front_desk.rs"]
#[allow(dead_code)]
mod front_desk;
#[path = "../../examples/issue_vouchers.rs"]
#[allow(dead_code)]
mod issue_vouchers;
#[path = "../../examples/report.rs"]
#[allow(dead_code)]
mod report;
#[path = "../../examples/self_service.rs"]
#[allow(dead_code)]
mod self_service;
#[path = "../../examples/top_up.rs"]
#[allow(dead_code)]
mod top_up;

/// A reader who has left.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A text without what differs from run to run: ids, and the codes, which are numbered in the order in which they come.
fn steady(text: &str, site_id: &str, codes: &[String]) -> String {
    let mut text = text.replace(site_id, "SITE_ID");
    let dashed = |code: &str| code.split_at_checked(5).map(|(first, second)| format!("{first}-{second}"));
    let mut shown: Vec<(usize, [String; 2])> = Vec::new();
    for code in codes {
        let forms = [code.clone(), dashed(code).unwrap_or_else(|| code.clone())];
        let first = forms.iter().filter_map(|form| text.find(form.as_str())).min();
        shown.extend(first.map(|first| (first, forms)));
    }
    shown.sort();
    shown.dedup();
    for (number, (_, forms)) in (1..).zip(shown) {
        for form in forms {
            text = text.replace(&front_desk::shared::large::large(&form), "(THE CODE, LARGE)\n");
            text = text.replace(&form, &format!("CODE {number}"));
        }
    }
    text
}

/// The codes of all vouchers.
fn codes(sandbox: &Sandbox) -> Vec<String> {
    [sandbox.omada().codes(), sandbox.unifi().codes()].concat()
}

/// Runs an example with each of some command lines, one after the other on one sandbox.
macro_rules! told {
    ($example:ident, $lines:expr) => {{
        let sandbox = Sandbox::start().await;
        let moment: Timestamp = "2026-09-01T12:00:00Z".parse().expect("a moment");
        let controllers = $example::shared::sandbox::history(sandbox, moment).await.expect("a sandbox");
        let sandbox = controllers.sandbox.as_ref().expect("the sandbox");
        sandbox.clock().advance(std::time::Duration::from_secs(26 * 3600));
        let first = codes(sandbox);
        let mut told = String::new();
        for line in $lines {
            let (mut out, line): (Vec<u8>, &str) = (Vec::new(), line);
            let line = line.replace("USED", &first[0]).replace("NEW", &first[2]);
            let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            let outcome = $example::run(&arguments, &controllers, &mut out).await;
            told += &format!("$ {} {line}\n{}", stringify!($example), String::from_utf8(out).expect("text"));
            if let Err(error) = outcome {
                told += &format!("error: {error}\n");
            }
        }
        let closed = $example::run(&[], &controllers, &mut Closed).await;
        assert_eq!($example::shared::end(closed), ExitCode::SUCCESS, "a closed pipe is no failure");
        steady(&told, sandbox.omada().site_id(), &[first, codes(sandbox)].concat())
    }};
}

#[tokio::test]
async fn front_desk_issues_one_voucher() {
    insta::assert_snapshot!(
        "example_front_desk",
        told!(front_desk, ["60 1042", "60 1042", "60", "an hour now", "hour", "0", "1 2 3", "1 a:b"])
    );
    insta::assert_snapshot!(
        "example_large",
        front_desk::shared::large::large("0123456789-")
            + "letters stay as they are: "
            + &front_desk::shared::large::large("a1")
    );
}

#[tokio::test]
async fn top_up_fills_what_is_missing() {
    insta::assert_snapshot!("example_top_up", told!(top_up, ["4", "4", "6", "2", "0", "-1", "4294967296"]));
}

#[tokio::test]
async fn clean_up_deletes_only_where_it_is_told_to() {
    let lines = ["", "unused", "expired --delete", "expired", "unused --delete", "unused", "all", "--delete unused"];
    insta::assert_snapshot!("example_clean_up", told!(clean_up, lines));
}

#[tokio::test]
async fn report_counts_day_by_day() {
    let lines = ["2026-08-31 2026-09-02", "2026-09-01 2026-09-01", "2026-09-02 2026-09-01", "2026-09-01", "yesterday"];
    insta::assert_snapshot!("example_report", told!(report, lines));
}

#[tokio::test]
async fn self_service_tells_a_state() {
    insta::assert_snapshot!(
        "example_self_service",
        told!(self_service, ["", "USED", "NEW", "00000-00000", "-", "1 2"])
    );
}

#[tokio::test]
async fn issue_vouchers_issues() {
    let told = told!(issue_vouchers, ["", "everything"]);
    let told: Vec<&str> =
        told.lines().filter(|line| !line.contains("Reception 2") && !line.contains(" until ")).collect();
    insta::assert_snapshot!("example_issue_vouchers", told.join("\n"));
}

#[test]
fn a_failure_is_told() {
    let failed = issue_vouchers::shared::end(Err(io::Error::other("the disk is full").into()));
    assert_eq!(failed, ExitCode::FAILURE);
    assert_eq!(issue_vouchers::shared::end(Ok(())), ExitCode::SUCCESS);
}

#[test]
fn the_environment_names_controllers_in_full_or_not_at_all() {
    let omada = [
        "OMADA_URL=https://192.0.2.1:8043",
        "OMADA_ID=abc",
        "OMADA_CLIENT_ID=app",
        "OMADA_CLIENT_SECRET=hunter2",
        "OMADA_SITE=site",
    ];
    let unifi =
        ["UNIFI_URL=https://192.0.2.1", "UNIFI_API_KEY=hunter2", "UNIFI_SITE=88f7af54-98f8-306a-a1c7-c9349722b1f6"];
    let all: Vec<&str> = omada.iter().chain(&unifi).copied().collect();
    let mut told = String::new();
    let pinned = format!("UNIFI_FINGERPRINT={}", "AB:".repeat(32).trim_end_matches(':'));
    let environments: [(&str, Vec<&str>); 11] = [
        ("nothing", vec![]),
        ("Omada", omada.to_vec()),
        ("UniFi", unifi.to_vec()),
        ("both", all.clone()),
        ("half of Omada", omada[..2].to_vec()),
        ("UniFi and one of Omada", [&omada[..1], &unifi].concat()),
        ("a secret that is empty", [&omada[..3], &["OMADA_CLIENT_SECRET= "], &omada[4..]].concat()),
        ("an address that is none", [&["OMADA_URL=192.0.2.1"], &omada[1..]].concat()),
        ("a fingerprint", [&unifi[..], &[pinned.as_str()]].concat()),
        ("a fingerprint that is none", [&unifi[..], &["UNIFI_FINGERPRINT=AB:CD"]].concat()),
        ("a site by its name", [&unifi[..2], &["UNIFI_SITE=default"]].concat()),
    ];
    for (name, environment) in environments {
        let variable = |name: &str| {
            let found = environment.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            found.map(str::to_owned).ok_or(VarError::NotPresent)
        };
        let read = issue_vouchers::shared::environment::read(variable);
        let read = match read {
            Ok(named) => format!("Omada {}, UniFi {}", named.omada.is_some(), named.unifi.is_some()),
            Err(error) => error.to_string(),
        };
        assert!(!read.contains("hunter2"), "{read}");
        told += &format!("{name}: {read}\n");
    }
    insta::assert_snapshot!("example_environment", told);
}
