//! The sandbox itself: its clock, its ports, its end, and the program around it.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use hotspot_vouchers_sandbox::Sandbox;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hotspot-vouchers-sandbox");

fn is_open(url: &str) -> bool {
    TcpStream::connect(url.trim_start_matches("http://")).is_ok()
}

#[tokio::test]
async fn dropping_it_frees_both_ports() {
    let sandbox = Sandbox::start().await;
    let urls = [sandbox.omada().url(), sandbox.unifi().url()].map(str::to_owned);
    assert!(urls.iter().all(|url| is_open(url)));
    drop(sandbox);
    assert!(!urls.iter().any(|url| is_open(url)));
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let sandbox = Sandbox::start().await;
    let port = |url: &str| url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let omada = port(sandbox.omada().url());
    let unifi = port(sandbox.unifi().url());
    assert!(Sandbox::builder().omada_port(omada).start().await.is_err());
    assert!(Sandbox::builder().unifi_port(unifi).start().await.is_err());
    drop(sandbox);
    let again = Sandbox::builder().omada_port(omada).unifi_port(unifi).start().await;
    let again = again.expect("the ports are free again");
    assert_eq!((port(again.omada().url()), port(again.unifi().url())), (omada, unifi));
}

#[test]
fn it_outlives_the_runtime_that_started_it() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let sandbox = runtime().block_on(Sandbox::start());
    let url = sandbox.unifi().url().to_owned();
    let status = runtime().block_on(async { reqwest::get(url).await.map(|answer| answer.status()) });
    assert_eq!(status.expect("an answer"), 401);
}

#[tokio::test]
async fn ids_and_keys_differ_between_sandboxes() {
    let (one, other) = (Sandbox::start().await, Sandbox::start().await);
    let secrets = |sandbox: &Sandbox| {
        let omada = sandbox.omada();
        let keys = [omada.omadac_id(), omada.client_id(), omada.client_secret(), sandbox.unifi().api_key()];
        assert!(keys.iter().all(|key| key.len() == 32));
        let portals = omada.portal_ids().iter().map(String::as_str);
        let ids: Vec<&str> = [omada.site_id(), omada.rate_limit_profile_id()].into_iter().chain(portals).collect();
        assert_eq!(ids.iter().map(|id| id.len()).collect::<Vec<_>>(), [24; 4]);
        keys.into_iter().chain(ids).map(str::to_owned).collect::<Vec<_>>()
    };
    let (one, other) = (secrets(&one), secrets(&other));
    assert!(one.iter().all(|secret| !other.contains(secret)));
}

#[tokio::test]
async fn the_clock_stops_moves_and_runs_again() {
    let sandbox = Sandbox::start().await;
    let clock = sandbox.clock();
    let system = clock.now_unix_millis();
    clock.advance(Duration::from_secs(3600));
    let ahead = clock.now_unix_millis() - system;
    assert!((3_600_000..3_660_000).contains(&ahead), "{ahead}");
    clock.set_unix_millis(5);
    clock.advance(Duration::from_millis(2));
    assert_eq!(clock.now_unix_millis(), 7);
    clock.advance(Duration::MAX);
    assert_eq!(clock.now_unix_millis(), i64::MAX);
    clock.release();
    assert!((system..system + 60_000).contains(&clock.now_unix_millis()));
}

#[test]
fn it_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Sandbox>();
}

#[test]
fn the_program_refuses_wrong_arguments() {
    for (arguments, complaint) in [
        (&["--port", "1"][..], "--port is no option"),
        (&["--omada-port"], "--omada-port has no value, or is no option"),
        (&["--unifi-port", "many"], "--unifi-port many cannot be read as a number that fits"),
        (&["x"], "x has no value, or is no option"),
        (&["--fault-seed", "1"], "--fault-probability is missing: without it nothing is struck"),
        (
            &["--fault-probability", "0.5"],
            "--fault-probability 0.5 is not within 0 to 0.0128, a share for each of 78 faults",
        ),
        (&["--faults", "429,fire", "--fault-probability", "0.1"], "--faults fire names no fault"),
    ] {
        let output = Command::new(PROGRAM).args(arguments).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.starts_with(&format!("{complaint}\n\nusage: ")), "{told}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_program_prints_what_a_client_needs() {
    let mut program = Command::new(PROGRAM)
        .args(["--omada-port", "0", "--unifi-port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let output = BufReader::new(program.stdout.take().expect("its output"));
    let lines = output.lines().map_while(Result::ok);
    let lines: Vec<String> = lines.take_while(|line| !line.starts_with("Ctrl-C")).collect();
    program.kill().and_then(|()| program.wait()).expect("the program ends");
    let names = |vendor: &str| {
        let exports = lines.iter().find_map(|line| line.strip_prefix("export ").filter(|it| it.starts_with(vendor)));
        let pairs = exports.expect("an export line").split(' ').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name, value.is_empty())).collect::<Vec<_>>()
    };
    let omada = ["OMADA_URL", "OMADA_ID", "OMADA_CLIENT_ID", "OMADA_CLIENT_SECRET", "OMADA_SITE"];
    assert_eq!(names("OMADA"), omada.map(|name| (name, false)));
    let unifi = ["UNIFI_URL", "UNIFI_API_KEY", "UNIFI_SITE"];
    assert_eq!(names("UNIFI"), unifi.map(|name| (name, false)));
    assert_eq!(lines.iter().filter(|line| line.starts_with("curl ")).count(), 2);
}
