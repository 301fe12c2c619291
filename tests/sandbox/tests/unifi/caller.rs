use hotspot_vouchers_sandbox::{Sandbox, Unifi};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, Url};
use serde_json::{Value, json};

/// A sandbox, and a client that holds the key of its UniFi console.
pub struct Caller {
    pub sandbox: Sandbox,
    http: Client,
    pub key: Option<String>,
}

/// What came back; a body that is no JSON reads as null.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    #[track_caller]
    pub fn assert_refused(&self, status: u16, code: &str, message: &str) {
        assert_eq!((self.status, &self.body["code"]), (status, &json!(code)), "{self:?}");
        assert_eq!(self.body["message"], message);
        let name = if status == 404 { "NOT_FOUND" } else { "BAD_REQUEST" };
        assert_eq!(self.body["statusName"], name);
        assert_eq!(self.body["statusCode"], status);
        assert!(self.body["timestamp"].as_str().is_some_and(|time| time.ends_with('Z')));
        let path = self.body["requestPath"].as_str();
        assert!(path.is_some_and(|path| path.starts_with("/integration/v1/")), "{self:?}");
        assert_eq!(self.body["requestId"].as_str().map(str::len), Some(36));
    }
}

impl Caller {
    pub async fn start() -> Self {
        let sandbox = Sandbox::start().await;
        let key = Some(sandbox.unifi().api_key().to_owned());
        Self { sandbox, http: Client::new(), key }
    }

    pub fn unifi(&self) -> &Unifi {
        self.sandbox.unifi()
    }

    /// Sends to a path below the API's base path.
    pub async fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let url = format!("{}/proxy/network/integration{path}", self.unifi().url());
        self.send_to(method, &url, self.key.as_deref(), body).await
    }

    /// Sends to a path below the console in the cloud.
    pub async fn send_through_cloud(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let (cloud, console_id) = (self.unifi().cloud_url(), self.unifi().console_id());
        let url = format!("{cloud}/v1/connector/consoles/{console_id}/proxy/network/integration{path}");
        self.send_to(method, &url, Some(self.unifi().cloud_api_key()), body).await
    }

    pub async fn send_to(&self, method: Method, url: &str, key: Option<&str>, body: Option<String>) -> Answer {
        let mut request = self.http.request(method, url);
        if let Some(key) = key {
            request = request.header("X-API-KEY", key);
        }
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body);
        }
        let response = request.send().await.expect("the sandbox answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("the body arrives");
        Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    pub fn vouchers(&self) -> String {
        format!("/v1/sites/{}/hotspot/vouchers", self.unifi().site_id())
    }

    pub async fn post(&self, body: &Value) -> Answer {
        self.send(Method::POST, &self.vouchers(), Some(body.to_string())).await
    }

    pub async fn create(&self, body: &Value) -> Vec<Value> {
        let answer = self.post(body).await;
        assert_eq!(answer.status, 201, "{body}: {answer:?}");
        assert_eq!(answer.headers["content-type"], "application/json");
        answer.body["vouchers"].as_array().expect("vouchers").clone()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Sends to the vouchers with this filter, which is encoded here.
    pub async fn filtered(&self, method: Method, filter: &str) -> Answer {
        self.send(method, &with_filter(&self.vouchers(), filter), None).await
    }

    /// A page that must come, and the values of one field of its rows.
    pub async fn column(&self, path: &str, field: &str) -> Vec<Value> {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        let rows = answer.body["data"].as_array().expect("rows");
        assert_eq!(answer.body["count"], rows.len());
        rows.iter().map(|row| row[field].clone()).collect()
    }

    pub async fn show(&self, voucher_id: &str) -> Answer {
        self.send(Method::GET, &format!("{}/{voucher_id}", self.vouchers()), None).await
    }
}

/// A request that breaks no rule, after these edits.
pub fn request(edits: &[(&str, Value)]) -> Value {
    let mut request = json!({"name": "Lobby", "timeLimitMinutes": 60});
    for (name, value) in edits {
        request[*name] = value.clone();
    }
    request
}

/// A path with this filter behind it, percent-encoded.
pub fn with_filter(path: &str, filter: &str) -> String {
    let mut url = Url::parse("http://localhost").expect("a URL");
    url.query_pairs_mut().append_pair("filter", filter);
    format!("{path}?{}", url.query().expect("a query"))
}

/// The id of a voucher as it is shown.
pub fn id(voucher: &Value) -> &str {
    voucher["id"].as_str().expect("an id")
}
