use std::io::Read;

use crate::running::{Program, run};

fn client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
}

#[test]
fn help_names_every_option_and_every_fault() {
    let output = run(&["--help"]);
    assert!(output.status.success() && output.stderr.is_empty());
    let help = String::from_utf8(output.stdout).expect("text");
    for option in
        ["--omada-port", "--unifi-cloud-port", "--tls FILE", "--fault-probability P", "--fault-seed N", "--faults"]
    {
        assert!(help.contains(option), "{option}");
    }
    let words: Vec<&str> = help.split_whitespace().collect();
    for (name, _) in hotspot_vouchers_sandbox::Fault::gallery() {
        assert!(words.contains(&name), "{name}");
    }
    assert!(help.lines().all(|line| line.len() <= 120), "{help}");
}

#[tokio::test]
async fn faults_strike_a_till_that_is_pointed_at_the_program() {
    let program =
        Program::start(&["--fault-probability", "0.5", "--fault-seed", "3", "--faults", "503-json,429-retry-after-1"]);
    let url = program.value("UNIFI_URL");
    let mut statuses = std::collections::BTreeSet::new();
    for _ in 0..50 {
        statuses
            .insert(client().build().expect("a client").get(url).send().await.expect("an answer").status().as_u16());
    }
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), [429, 503]);
    assert!(program.lines.iter().any(|line| line == "2 faults strike with a probability of 0.5 each, seed 3"));
}

#[tokio::test]
async fn https_is_served_to_whoever_trusts_the_authority() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("authority.pem");
    let program = Program::start(&["--tls", path.to_str().expect("a path of text")]);
    let mut pem = Vec::new();
    std::fs::File::open(&path).and_then(|mut file| file.read_to_end(&mut pem)).expect("the authority was written");
    let authority = reqwest::Certificate::from_pem(&pem).expect("a PEM");
    for name in ["OMADA_URL", "UNIFI_URL", "UNIFI_CLOUD_URL"] {
        let url = program.value(name);
        assert!(url.starts_with("https://"), "{url}");
        let trusting = client().tls_certs_only([authority.clone()]).build().expect("a client");
        trusting.get(url).send().await.expect("an answer");
    }
}
