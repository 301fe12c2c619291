use hotspot_vouchers_sandbox::{Door, Faults, Issued, Received, Sandbox, SandboxBuilder};
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, Response, redirect};
use serde_json::{Value, json};

/// The three ways to a controller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum At {
    Omada,
    Unifi,
    Cloud,
}

pub const EVERYWHERE: [At; 3] = [At::Omada, At::Unifi, At::Cloud];

/// A sandbox and a plain client that follows no redirect.
pub struct Caller {
    pub sandbox: Sandbox,
    pub http: Client,
    pub token: String,
}

impl Caller {
    pub async fn start() -> Self {
        Self::with(Sandbox::builder(), client()).await
    }

    pub async fn with(builder: SandboxBuilder, client: ClientBuilder) -> Self {
        let sandbox = builder.start().await.expect("loopback is there");
        let http = client.build().expect("a client");
        let token = sign_in(&sandbox, &http).await;
        sandbox.omada().clear_received();
        Self { sandbox, http, token }
    }

    pub fn faults(&self, at: At) -> &Faults {
        if at == At::Omada { self.sandbox.omada().faults() } else { self.sandbox.unifi().faults() }
    }

    pub fn books(&self, at: At) -> Vec<Issued> {
        if at == At::Omada { self.sandbox.omada().books() } else { self.sandbox.unifi().books() }
    }

    pub fn carried_out(&self, at: At) -> Vec<Received> {
        if at == At::Omada { self.sandbox.omada().carried_out() } else { self.sandbox.unifi().carried_out() }
    }

    pub fn door(&self, at: At) -> &Door {
        match at {
            At::Omada => self.sandbox.omada().door(),
            At::Unifi => self.sandbox.unifi().door(),
            At::Cloud => self.sandbox.unifi().cloud_door(),
        }
    }

    /// A request for the vouchers of the site, or for its groups at Omada; `rest` follows their path.
    pub fn request(&self, at: At, method: Method, rest: &str) -> RequestBuilder {
        let (omada, unifi) = (self.sandbox.omada(), self.sandbox.unifi());
        let vouchers = format!("proxy/network/integration/v1/sites/{}/hotspot/vouchers{rest}", unifi.site_id());
        match at {
            At::Omada => {
                let site = format!("{}/openapi/v1/{}/sites/{}", omada.url(), omada.omadac_id(), omada.site_id());
                let request = self.http.request(method, format!("{site}/hotspot/voucher-groups{rest}"));
                request.header("Authorization", format!("AccessToken={}", self.token))
            }
            At::Unifi => {
                let request = self.http.request(method, format!("{}/{vouchers}", unifi.url()));
                request.header("X-API-Key", unifi.api_key())
            }
            At::Cloud => {
                let console = format!("{}/v1/connector/consoles/{}", unifi.cloud_url(), unifi.console_id());
                let request = self.http.request(method, format!("{console}/{vouchers}"));
                request.header("X-API-Key", unifi.cloud_api_key())
            }
        }
    }

    /// Two vouchers under this name.
    pub fn create(&self, at: At, name: &str) -> RequestBuilder {
        self.request(at, Method::POST, "").json(&match at {
            At::Omada => json!({
                "name": name, "amount": 2, "codeLength": 8, "codeForm": [0], "limitType": 2, "durationType": 0,
                "duration": 60, "timingType": 0, "trafficLimitEnable": false, "applyToAllPortals": true,
                "rateLimit": {"mode": 0, "customRateLimit": {"downLimitEnable": false, "upLimitEnable": false}},
            }),
            _ => json!({"name": name, "count": 2, "timeLimitMinutes": 60}),
        })
    }

    /// The page of this number, from 0, with so many rows.
    pub fn page(&self, at: At, number: usize, rows: usize) -> RequestBuilder {
        self.request(
            at,
            Method::GET,
            &match at {
                At::Omada => format!("?page={}&pageSize={rows}", number + 1),
                _ => format!("?offset={}&limit={rows}", number * rows),
            },
        )
    }
}

pub fn client() -> ClientBuilder {
    // Bodies are looked at as they travel, even where another crate has reqwest inflate them.
    Client::builder().redirect(redirect::Policy::none()).no_gzip()
}

async fn sign_in(sandbox: &Sandbox, http: &Client) -> String {
    let omada = sandbox.omada();
    let credentials = json!({
        "omadacId": omada.omadac_id(), "client_id": omada.client_id(), "client_secret": omada.client_secret(),
    });
    let url = format!("{}/openapi/authorize/token?grant_type=client_credentials", omada.url());
    let Ok(answer) = http.post(url).json(&credentials).send().await else {
        return String::new();
    };
    json_of(answer).await["result"]["accessToken"].as_str().expect("a token").to_owned()
}

pub async fn json_of(answer: Response) -> Value {
    answer.json().await.expect("a JSON body")
}

/// What happened to a request: the status and the body as text, or what the client says went wrong.
pub async fn outcome(request: RequestBuilder) -> Result<(u16, String), reqwest::Error> {
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    Ok((status, answer.text().await?))
}
