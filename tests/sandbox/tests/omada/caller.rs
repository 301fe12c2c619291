use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hotspot_vouchers_sandbox::{Omada, Sandbox};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// 2026-01-01T12:00:00Z.
pub const NOON_MILLIS: i64 = 1_767_268_800_000;

/// A sandbox, and a client that has signed in to its Omada controller.
pub struct Caller {
    pub sandbox: Sandbox,
    http: Client,
    pub authorization: Option<String>,
}

/// What came back; a body that is no JSON reads as null.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    pub async fn of(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().await.expect("the body arrives");
        Self { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    pub fn code(&self) -> i64 {
        self.body["errorCode"].as_i64().unwrap_or_else(|| panic!("no errorCode: {self:?}"))
    }

    pub fn message(&self) -> &str {
        self.body["msg"].as_str().unwrap_or_else(|| panic!("no msg: {self:?}"))
    }

    #[track_caller]
    pub fn result(&self) -> &Value {
        assert_eq!((self.status, self.code()), (200, 0), "{self:?}");
        assert_eq!(self.headers["content-type"], "application/json");
        &self.body["result"]
    }

    /// A call that only does something has no result.
    #[track_caller]
    pub fn assert_done(&self) {
        assert_eq!((self.status, self.code(), self.body.get("result")), (200, 0, None), "{self:?}");
    }

    /// A refusal rides on HTTP 200 and has no result.
    #[track_caller]
    pub fn assert_refused(&self, code: i64, parameter: &str) {
        assert_eq!((self.status, self.code()), (200, code), "{parameter}: {self:?}");
        assert_eq!(self.body.get("result"), None);
        let named = parameter.is_empty() || self.message().contains(&format!("[{parameter}]"));
        assert!(named, "{parameter} is not named: {self:?}");
    }

    /// The framework's own refusal has no `errorCode`.
    #[track_caller]
    pub fn assert_bad_request(&self, path: &str) {
        assert_eq!(self.status, 400, "{self:?}");
        let timestamp = &self.body["timestamp"];
        assert!(timestamp.is_string());
        let body = json!({
            "timestamp": timestamp, "status": 400, "error": "Bad Request", "path": path,
        });
        assert_eq!(self.body, body);
    }
}

impl Caller {
    pub async fn start() -> Self {
        let sandbox = Sandbox::start().await;
        let mut caller = Self { sandbox, http: Client::new(), authorization: None };
        caller.sign_in().await;
        caller
    }

    /// Signed in for a week, with the clock stopped at noon.
    pub async fn at_noon() -> Self {
        let mut caller = Self::start().await;
        caller.sandbox.clock().set_unix_millis(NOON_MILLIS);
        caller.omada().set_access_token_lifetime(Duration::from_secs(7 * 86_400));
        caller.sign_in().await;
        caller
    }

    pub fn omada(&self) -> &Omada {
        self.sandbox.omada()
    }

    pub fn credentials(&self) -> Value {
        let omada = self.omada();
        json!({
            "omadacId": omada.omadac_id(),
            "client_id": omada.client_id(),
            "client_secret": omada.client_secret(),
        })
    }

    pub async fn sign_in(&mut self) {
        let path = "/openapi/authorize/token?grant_type=client_credentials";
        let answer = self.send(Method::POST, path, Some(self.credentials().to_string())).await;
        let token = answer.result()["accessToken"].as_str().expect("a token").to_owned();
        self.authorization = Some(format!("AccessToken={token}"));
    }

    /// Sends to a path below the controller's URL.
    pub async fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.omada().url()));
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body);
        }
        Answer::of(request.send().await.expect("the sandbox answers")).await
    }

    pub fn hotspot(&self, rest: &str) -> String {
        let (omadac_id, site_id) = (self.omada().omadac_id(), self.omada().site_id());
        format!("/openapi/v1/{omadac_id}/sites/{site_id}/hotspot/{rest}")
    }

    pub async fn get(&self, rest: &str) -> Answer {
        self.send(Method::GET, &self.hotspot(rest), None).await
    }

    /// A call below `hotspot` that has a body.
    pub async fn send_json(&self, method: Method, rest: &str, body: &Value) -> Answer {
        self.send(method, &self.hotspot(rest), Some(body.to_string())).await
    }

    pub async fn delete(&self, rest: &str) -> Answer {
        self.send(Method::DELETE, &self.hotspot(rest), None).await
    }

    /// Sends a request of any make, with the headers of this caller.
    pub async fn send_with(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.omada().url())).body(body);
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request.send().await.expect("the sandbox answers")).await
    }

    pub async fn post(&self, body: &Value) -> Answer {
        self.send(Method::POST, &self.hotspot("voucher-groups"), Some(body.to_string())).await
    }

    pub async fn create(&self, edits: &[(&str, Value)]) -> String {
        let answer = self.post(&group(edits)).await;
        answer.result()["id"].as_str().expect("an id").to_owned()
    }

    /// A page of a group, `query` being what follows `page` and `pageSize`.
    pub async fn detail(&self, group_id: &str, query: &str) -> Value {
        let path = format!("voucher-groups/{group_id}?page=1&pageSize=1000{query}");
        self.get(&path).await.result().clone()
    }
}

/// A request that breaks no rule, under a name of its own, after these edits.
pub fn group(edits: &[(&str, Value)]) -> Value {
    static NAMES: AtomicUsize = AtomicUsize::new(0);
    let mut group = json!({
        "name": format!("Lobby {}", NAMES.fetch_add(1, Ordering::Relaxed)),
        "amount": 1,
        "codeLength": 8,
        "codeForm": [0],
        "limitType": 2,
        "durationType": 0,
        "duration": 60,
        "timingType": 0,
        "rateLimit": {
            "mode": 0,
            "customRateLimit": {"downLimitEnable": false, "upLimitEnable": false},
        },
        "trafficLimitEnable": false,
        "applyToAllPortals": true,
    });
    for (path, value) in edits {
        *field(&mut group, path) = value.clone();
    }
    group
}

/// The field at a dotted path, with the objects around it.
pub fn field<'a>(object: &'a mut Value, path: &str) -> &'a mut Value {
    path.split('.').fold(object, |object, name| &mut object[name])
}

/// Takes a field away, which is not the same as a null.
pub fn remove(object: &mut Value, path: &str) {
    let (outer, name) = path.rsplit_once('.').unwrap_or(("", path));
    let outer = if outer.is_empty() { object } else { field(object, outer) };
    outer.as_object_mut().expect("an object").remove(name);
}

/// Edits that make every field of the page part of a request that breaks no rule.
pub fn all_of_it(name: &str) -> Vec<(&'static str, Value)> {
    let mut edits = vec![
        ("limitType", json!(0)),
        ("limitNum", json!(5)),
        ("rateLimit.customRateLimit.downLimit", json!(1)),
        ("rateLimit.customRateLimit.upLimit", json!(1)),
        ("trafficLimit", json!(1)),
        ("trafficLimitFrequency", json!(0)),
        ("unitPrice", json!(5)),
        ("currency", json!("EUR")),
        ("portals", json!([])),
        ("logout", json!(true)),
        ("description", json!("")),
        ("printComments", json!("")),
    ];
    if name.starts_with("schedule") {
        edits.extend([
            ("validityType", json!(2)),
            ("schedule.type", json!(0)),
            ("schedule.dailyStartHour", json!(8)),
            ("schedule.dailyStartMin", json!(0)),
            ("schedule.dailyEndHour", json!(18)),
            ("schedule.dailyEndMin", json!(30)),
            ("schedule.weeklyEnableDays", json!([1])),
        ]);
    } else {
        edits.extend([
            ("validityType", json!(1)),
            ("effectiveTime", json!(1)),
            ("expirationTime", json!(4_000_000_000_000_i64)),
        ]);
    }
    edits
}

/// One field of every row.
pub fn column(detail: &Value, name: &str) -> Vec<Value> {
    column_of(&detail["data"], name)
}

/// One field of every row of a bare list.
pub fn column_of(rows: &Value, name: &str) -> Vec<Value> {
    rows.as_array().expect("rows").iter().map(|row| row[name].clone()).collect()
}

/// Queries that no paged call understands, and those that it refuses by name.
pub const UNREADABLE_PAGES: [&str; 5] =
    ["", "page=1", "pageSize=1", "page=one&pageSize=1", "page=1&pageSize=2147483648"];
pub const WRONG_PAGES: [(&str, &str); 4] = [
    ("page=0&pageSize=1", "page"),
    ("page=-1&pageSize=1", "page"),
    ("page=1&pageSize=0", "pageSize"),
    ("page=1&pageSize=1001", "pageSize"),
];
