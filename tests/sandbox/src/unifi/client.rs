use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::clock::rfc3339;
use crate::unifi::voucher::MILLIS_PER_MINUTE;

/// A guest that is authorized without a time gets what the site's settings say: eight hours.
const DEFAULT_TIME_LIMIT_MINUTES: i64 = 480;

/// A device that is connected to a site.
pub(crate) struct Client {
    pub(crate) id: String,
    mac_address: String,
    link: Link,
    connected_unix_millis: i64,
    uplink_device_id: String,
    authorization: Option<Authorization>,
}

/// How a client is connected: guests come over the radio, the others by wire.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Link {
    Guest,
    Wired,
}

/// What was granted to a guest through the API.
struct Authorization {
    /// The limits as they were sent.
    limits: Map<String, Value>,
    start_unix_millis: i64,
    end_unix_millis: i64,
}

impl Client {
    pub(crate) fn new(mac_address: &str, link: Link, now: i64) -> Self {
        Self {
            id: Uuid::new_v4().to_string(),
            mac_address: mac_address.to_lowercase(),
            link,
            connected_unix_millis: now,
            uplink_device_id: Uuid::new_v4().to_string(),
            authorization: None,
        }
    }

    pub(crate) fn is_guest(&self) -> bool {
        self.link == Link::Guest
    }

    /// Grants access with these limits, and shows what was granted.
    pub(crate) fn authorize(&mut self, mut limits: Map<String, Value>, now: i64) -> Value {
        let minutes = limits.remove("timeLimitMinutes").and_then(|minutes| minutes.as_i64());
        let span = minutes.unwrap_or(DEFAULT_TIME_LIMIT_MINUTES) * MILLIS_PER_MINUTE;
        let end_unix_millis = now.saturating_add(span);
        self.authorization.insert(Authorization { limits, start_unix_millis: now, end_unix_millis }).view(now)
    }

    /// Ends the authorization, and shows the one that was active.
    pub(crate) fn revoke(&mut self, now: i64) -> Option<Value> {
        self.authorization.take().filter(|it| it.is_active(now)).map(|it| it.view(now))
    }

    /// The client drops off the network and, as phones do, is back at once.
    pub(crate) fn reconnect(&mut self, now: i64) {
        self.connected_unix_millis = now;
    }

    /// The client as a list shows it.
    pub(crate) fn overview(&self, now: i64) -> Value {
        let (kind, access) = match self.link {
            Link::Guest => ("WIRELESS", json!({"type": "GUEST", "authorized": self.active(now).is_some()})),
            Link::Wired => ("WIRED", json!({"type": "DEFAULT"})),
        };
        let mut view = json!({
            "type": kind,
            "id": self.id,
            "name": self.mac_address,
            "connectedAt": rfc3339(self.connected_unix_millis, 0),
            "macAddress": self.mac_address,
            "uplinkDeviceId": self.uplink_device_id,
            "access": access,
        });
        // A device that has just joined by radio has no address yet.
        if self.link == Link::Wired {
            view["ipAddress"] = json!("192.168.1.10");
        }
        view
    }

    /// The client by itself, with what was granted to it.
    pub(crate) fn detail(&self, now: i64) -> Value {
        let mut view = self.overview(now);
        if let Some(authorization) = self.active(now) {
            view["access"]["authorization"] = authorization.view(now);
        }
        view
    }

    fn active(&self, now: i64) -> Option<&Authorization> {
        self.authorization.as_ref().filter(|it| it.is_active(now))
    }
}

impl Authorization {
    fn is_active(&self, now: i64) -> bool {
        now < self.end_unix_millis
    }

    fn view(&self, now: i64) -> Value {
        let mut view = self.limits.clone();
        let mut set = |name: &str, value: Value| view.insert(name.to_owned(), value);
        set("authorizedAt", json!(rfc3339(self.start_unix_millis, 0)));
        set("authorizationMethod", json!("API"));
        set("expiresAt", json!(rfc3339(self.end_unix_millis, 0)));
        let seconds = now.saturating_sub(self.start_unix_millis) / 1000;
        set("usage", json!({"durationSec": seconds, "rxBytes": 0, "txBytes": 0, "bytes": 0}));
        Value::Object(view)
    }
}
