use hotspot_vouchers_sandbox::Sandbox;
use reqwest::{Client, Method};
use serde_json::{Map, Value, json};

/// A sandbox with a control port.
struct Controlled {
    sandbox: Sandbox,
    http: Client,
}

impl Controlled {
    async fn start() -> Self {
        let sandbox = Sandbox::builder().control_port(0).start().await.expect("a sandbox");
        Self { sandbox, http: Client::new() }
    }

    async fn send(&self, method: Method, path: &str, body: &str) -> (u16, Value) {
        let url = format!("{}{path}", self.sandbox.control_url().expect("a control port"));
        let answer = self.http.request(method, url).body(body.to_owned()).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    #[track_caller]
    fn done(answer: (u16, Value)) -> Value {
        assert_eq!(answer.0, 200, "{}", answer.1);
        answer.1
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        Self::done(self.send(Method::POST, path, &body.to_string()).await)
    }

    async fn get(&self, path: &str) -> Value {
        Self::done(self.send(Method::GET, path, "").await)
    }

    /// The vouchers as the console lists them.
    async fn vouchers(&self) -> (u16, Value) {
        let unifi = self.sandbox.unifi();
        let url = format!("{}/proxy/network/integration/v1/sites/{}/hotspot/vouchers", unifi.url(), unifi.site_id());
        let answer = self.http.get(url).header("X-API-Key", unifi.api_key()).send().await.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.json::<Value>().await.unwrap_or_default()["data"].take())
    }
}

#[tokio::test]
async fn vouchers_are_used_and_expired_by_code_or_id() {
    let it = Controlled::start().await;
    let ids = [0, 1].map(|_| it.sandbox.unifi().add_voucher(&Map::new()));
    let code = it.sandbox.unifi().codes()[0].clone();
    assert_eq!(it.post("/vouchers/use", json!({"voucher": code})).await, json!({"vendor": "unifi"}));
    it.post("/vouchers/use", json!({"voucher": ids[0], "vendor": "unifi"})).await;
    it.post("/vouchers/expire", json!({"voucher": ids[1]})).await;
    let rows = it.vouchers().await.1;
    assert_eq!([&rows[0]["authorizedGuestCount"], &rows[0]["expired"]], [&json!(2), &json!(false)]);
    assert_eq!([&rows[1]["authorizedGuestCount"], &rows[1]["expired"]], [&json!(0), &json!(true)]);
    for call in ["/vouchers/use", "/vouchers/expire"] {
        for body in [json!({"voucher": "nothing"}), json!({"voucher": code, "vendor": "omada"})] {
            let (status, answer) = it.send(Method::POST, call, &body.to_string()).await;
            assert_eq!((status, answer), (404, json!({"error": "no voucher has this code or id"})));
        }
    }
}

#[tokio::test]
async fn the_ledger_shows_what_was_issued() {
    let it = Controlled::start().await;
    let id = it.sandbox.unifi().add_voucher(&Map::new());
    let code = it.sandbox.unifi().codes()[0].clone();
    it.sandbox.unifi().delete_voucher(&id);
    let ledger = it.get("/ledger").await;
    let issued = it.sandbox.unifi().books()[0].unix_millis;
    let vouchers = json!([{"id": id, "code": code, "exists": false}]);
    let entry = json!({"request": null, "unixMillis": issued, "name": "Lobby", "group": null, "vouchers": vouchers});
    assert_eq!(ledger, json!({"omada": [], "unifi": [entry]}));
}

#[tokio::test]
async fn the_clock_moves() {
    let it = Controlled::start().await;
    let clock = it.sandbox.clock();
    let stopped = json!({"unixMillis": 1_767_268_800_000_i64, "time": "2026-01-01T12:00:00.000Z"});
    assert_eq!(it.post("/clock", json!({"stopAtUnixMillis": 1_767_268_800_000_i64})).await, stopped);
    it.post("/clock", json!({"advanceSeconds": 90.5})).await;
    assert_eq!(
        (clock.now_unix_millis(), it.get("/clock").await["unixMillis"].as_i64()),
        (1_767_268_890_500, Some(1_767_268_890_500))
    );
    it.post("/clock", json!({"release": true})).await;
    assert!(clock.now_unix_millis() > 1_767_268_890_500);
}

#[tokio::test]
async fn faults_are_switched_on_and_off() {
    let it = Controlled::start().await;
    let on = json!({"fault": "503-json", "pattern": "GET *vouchers", "times": 2, "vendor": "unifi"});
    let planned = it.post("/faults", on).await;
    assert_eq!(planned["unifi"]["planned"], json!([{"fault": "503-json", "pattern": "GET *vouchers", "times": 2}]));
    assert_eq!(planned["omada"], json!({"planned": [], "strikes": []}));
    assert_eq!(it.vouchers().await.0, 503);
    let shown = it.get("/faults").await["unifi"].clone();
    assert_eq!([&shown["planned"][0]["times"], &shown["strikes"][0]["fault"]], [&json!(1), &json!("503-json")]);
    Controlled::done(it.send(Method::DELETE, "/faults?fault=503-json&vendor=omada", "").await);
    assert_eq!(it.vouchers().await.0, 503);
    assert_eq!(it.vouchers().await.0, 200);
    it.post("/faults", json!({"fault": "429"})).await;
    it.post("/faults", json!({"fault": "503-json"})).await;
    assert_eq!(it.vouchers().await.0, 429);
    Controlled::done(it.send(Method::DELETE, "/faults?fault=429", "").await);
    assert_eq!(it.vouchers().await.0, 503);
    let left = Controlled::done(it.send(Method::DELETE, "/faults", "").await);
    assert_eq!([&left["omada"]["planned"], &left["unifi"]["planned"]], [&json!([]), &json!([])]);
    assert_eq!(it.vouchers().await.0, 200);
    // Requests to the control port itself are never struck.
    it.post("/faults", json!({"fault": "reset-before-commit"})).await;
    it.get("/faults").await;
}

#[tokio::test]
async fn lists_are_reordered() {
    let it = Controlled::start().await;
    let ids: Vec<String> = (0..3).map(|_| it.sandbox.unifi().add_voucher(&Map::new())).collect();
    assert_eq!(it.post("/order", json!({"order": "reversed"})).await, json!({"order": "reversed"}));
    assert_eq!(it.vouchers().await.1[0]["id"], ids[2]);
    it.post("/order", json!({"order": "shuffled", "vendor": "omada"})).await;
    assert_eq!(it.vouchers().await.1[0]["id"], ids[2]);
}

#[tokio::test]
async fn wrong_calls_are_refused_in_a_sentence() {
    let it = Controlled::start().await;
    let post = Method::POST;
    let long = format!("GET {}", "*".repeat(300));
    for (method, path, body, status, complaint) in [
        (Method::GET, "/", json!({}), 404, "there is no such path"),
        (post.clone(), "/vouchers/delete", json!({}), 404, "there is no such path"),
        (Method::GET, "/code-lag", json!({}), 405, "the verbs of this path are POST"),
        (Method::PUT, "/faults", json!({}), 405, "the verbs of this path are GET, POST, DELETE"),
        (post.clone(), "/code-lag", json!([]), 400, "the body is not a JSON object; its fields are seconds"),
        (post.clone(), "/code-lag", json!({}), 400, "seconds is missing"),
        (post.clone(), "/code-lag", json!({"seconds": -1}), 400, "seconds is not a number of seconds from 0 on"),
        (post.clone(), "/code-lag", json!({"seconds": "1"}), 400, "seconds is not a number of seconds from 0 on"),
        (post.clone(), "/code-lag", json!({"seconds": 1e300}), 400, "seconds is not a number of seconds from 0 on"),
        (post.clone(), "/code-lag", json!({"millis": 1}), 400, "\"millis\" is no field; the fields are seconds"),
        (post.clone(), "/clock", json!({}), 400, "exactly one is needed"),
        (post.clone(), "/clock", json!({"release": true, "advanceSeconds": 1}), 400, "exactly one is needed"),
        (post.clone(), "/clock", json!({"release": false}), 400, "release is not true"),
        (post.clone(), "/clock", json!({"stopAtUnixMillis": 1.5}), 400, "stopAtUnixMillis is not a 64-bit integer"),
        (post.clone(), "/order", json!({"order": "random"}), 400, "the order is none of"),
        (post.clone(), "/order", json!({"order": "created", "vendor": "cisco"}), 400, "vendor is neither"),
        (post.clone(), "/vouchers/use", json!({"voucher": 5}), 400, "voucher is not a text"),
        (post.clone(), "/faults", json!({"fault": "fire"}), 400, "fault is none of those"),
        (post.clone(), "/faults", json!({"fault": "429", "pattern": "vouchers"}), 400, "pattern is not a verb"),
        (post.clone(), "/faults", json!({"fault": "429", "pattern": long}), 400, "pattern is not a verb"),
        (post.clone(), "/faults", json!({"fault": "429", "times": 0}), 400, "times is not an integer from 1 on"),
        (Method::DELETE, "/faults?name=429", json!({}), 400, "\"name\" is no query parameter"),
        (Method::DELETE, "/faults?fault=fire", json!({}), 400, "fault is none of those"),
    ] {
        let (answered, answer) = it.send(method.clone(), path, &body.to_string()).await;
        let told = answer["error"].as_str().unwrap_or_default();
        assert!(answered == status && told.starts_with(complaint), "{method} {path} {body}: {answered} {told}");
    }
    let (status, _) = it.send(post, "/code-lag", "{").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn web_pages_are_kept_out() {
    let it = Controlled::start().await;
    let url = format!("{}/ledger", it.sandbox.control_url().expect("a control port"));
    for (name, value, status) in
        [("Origin", "https://elsewhere.example", 403), ("Host", "elsewhere.example", 403), ("Host", "localhost:1", 200)]
    {
        let answer = it.http.get(&url).header(name, value).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{name}: {value}");
    }
    assert_eq!(Sandbox::start().await.control_url(), None);
}

#[tokio::test]
async fn the_code_lag_of_omada_is_set() {
    let it = Controlled::start().await;
    assert_eq!(it.post("/code-lag", json!({"seconds": 2.5})).await, json!({"seconds": 2.5}));
}
