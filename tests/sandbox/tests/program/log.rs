use std::sync::{Arc, Mutex};

use hotspot_vouchers_sandbox::{Fault, Moment, Sandbox};
use serde_json::json;

use crate::running::Program;

#[tokio::test]
async fn requests_are_written_to_standard_error_without_their_secrets() {
    let program = Program::start(&["--log"]);
    let (url, key, site) = (program.value("UNIFI_URL"), program.value("UNIFI_API_KEY"), program.value("UNIFI_SITE"));
    let vouchers = format!("{url}/proxy/network/integration/v1/sites/{site}/hotspot/vouchers");
    let client = reqwest::Client::new();
    let create =
        client.post(&vouchers).header("X-API-Key", key).json(&json!({"name": "Suite", "timeLimitMinutes": 60}));
    let created: serde_json::Value = create.send().await.expect("an answer").json().await.expect("JSON");
    let code = created["vouchers"][0]["code"].as_str().expect("a code").to_owned();
    let find = client.get(format!("{vouchers}?filter=code.eq(%27{code}%27)")).header("X-API-Key", key);
    find.send().await.expect("an answer");
    for misplaced in [code.as_str(), key] {
        client
            .get(format!("{vouchers}/{misplaced}?key={misplaced}&{misplaced}&limit={misplaced}"))
            .bearer_auth(key)
            .header("X-Trace", misplaced)
            .header("User-Agent", misplaced)
            .send()
            .await
            .expect("an answer");
    }
    let (key, path) = (key.to_owned(), format!("/proxy/network/integration/v1/sites/{site}/hotspot/vouchers"));
    let log = program.end();
    assert!(!log.contains(&key) && !log.contains(&code) && !log.contains("Suite"), "{log}");
    for expected in [
        format!("unifi #1 POST {path}: 201, "),
        "    x-api-key: (hidden)\n".to_owned(),
        "    content-type: application/json\n".to_owned(),
        "    body of 38 bytes (hidden)\n".to_owned(),
        format!("unifi #2 GET {path}?filter=(hidden): 200, "),
        format!("unifi #3 GET {path}/(hidden)?key=(hidden)&(hidden)=(hidden)&limit=(hidden): 401, "),
        "    authorization: Bearer (hidden)\n".to_owned(),
        "    user-agent: (hidden)\n".to_owned(),
    ] {
        assert!(log.contains(&expected), "{expected}: {log}");
    }
}

#[tokio::test]
async fn the_log_of_omada_has_no_secret_of_either_vendor() {
    let entries = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&entries);
    let sandbox = Sandbox::builder().log(move |entry| sink.lock().expect("a lock").push(entry.to_owned()));
    let sandbox = sandbox.start().await.expect("a sandbox");
    let omada = sandbox.omada();
    let client = reqwest::Client::new();
    let token = format!("{}/openapi/authorize/token?grant_type=client_credentials", omada.url());
    let ids =
        json!({"omadacId": omada.omadac_id(), "client_id": omada.client_id(), "client_secret": omada.client_secret()});
    let pair: serde_json::Value =
        client.post(&token).json(&ids).send().await.expect("an answer").json().await.expect("JSON");
    let (access, refresh) = (&pair["result"]["accessToken"], &pair["result"]["refreshToken"]);
    let (access, refresh) = (access.as_str().expect("a token"), refresh.as_str().expect("a token"));
    let renewal = format!(
        "{}/openapi/authorize/token?grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={refresh}",
        omada.url(),
        omada.client_id(),
        omada.client_secret()
    );
    client.post(renewal).send().await.expect("an answer");
    let login = format!("{}/openapi/authorize/login?client_id={}", omada.url(), omada.client_id());
    let user = json!({"username": omada.username(), "password": omada.password()});
    client.post(login).json(&user).send().await.expect("an answer");
    let lost = format!("{}/{}/{}", omada.url(), sandbox.unifi().api_key(), omada.password());
    omada.faults().next(Fault::Reset(Moment::BeforeCommit));
    let cookie = format!("TPOMADA_SESSIONID={access}");
    let lost = client.get(lost).header("Authorization", format!("AccessToken={access}")).header("Cookie", cookie);
    lost.send().await.expect_err("a reset");
    let log = entries.lock().expect("a lock").join("\n");
    let unifi_key = sandbox.unifi().api_key();
    for secret in
        [omada.client_id(), omada.client_secret(), omada.username(), omada.password(), access, refresh, unifi_key]
    {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    assert!(log.contains("omada #1 POST /openapi/authorize/token?grant_type=client_credentials: 200, "), "{log}");
    assert!(
        log.contains("GET /(hidden)/(hidden): no response, ") && log.contains("authorization: AccessToken=(hidden)"),
        "{log}"
    );
}
