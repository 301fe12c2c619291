use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::clock::rfc3339;

pub(crate) const MILLIS_PER_MINUTE: i64 = 60_000;

/// One voucher. Only what it was asked for is shown: an optional field is absent, never null.
pub(crate) struct Voucher {
    pub(crate) id: String,
    pub(crate) code: String,
    /// `name`, `timeLimitMinutes` and the limits, as they were sent.
    settings: Map<String, Value>,
    created_unix_millis: i64,
    activated_unix_millis: Option<i64>,
    /// When a test ended it, before its time or without it having begun.
    ended_unix_millis: Option<i64>,
    guests: u64,
}

impl Voucher {
    pub(crate) fn new(code: String, settings: Map<String, Value>, now: i64) -> Self {
        let id = Uuid::new_v4().to_string();
        Self {
            id,
            code,
            settings,
            created_unix_millis: now,
            activated_unix_millis: None,
            ended_unix_millis: None,
            guests: 0,
        }
    }

    pub(crate) fn name(&self) -> &str {
        self.settings.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn authorize_guest(&mut self, now: i64) {
        self.guests += 1;
        self.activated_unix_millis.get_or_insert(now);
    }

    pub(crate) fn end(&mut self, now: i64) {
        self.ended_unix_millis.get_or_insert(now);
    }

    pub(crate) fn view(&self, now: i64) -> Value {
        let mut view = self.settings.clone();
        let mut set = |name: &str, value: Value| view.insert(name.to_owned(), value);
        set("id", json!(self.id));
        set("code", json!(self.code));
        set("createdAt", json!(rfc3339(self.created_unix_millis, 0)));
        set("authorizedGuestCount", json!(self.guests));
        set("expired", json!(self.expires_unix_millis().is_some_and(|end| end <= now)));
        if let Some(activated) = self.activated_unix_millis {
            set("activatedAt", json!(rfc3339(activated, 0)));
        }
        if let Some(expires) = self.expires_unix_millis() {
            set("expiresAt", json!(rfc3339(expires, 0)));
        }
        Value::Object(view)
    }

    /// The end counts from the first guest, and is the same for all, unless a test ended it earlier.
    fn expires_unix_millis(&self) -> Option<i64> {
        let minutes = self.settings.get("timeLimitMinutes").and_then(Value::as_i64).unwrap_or(0);
        let span = minutes.saturating_mul(MILLIS_PER_MINUTE);
        let regular = self.activated_unix_millis.map(|start| start.saturating_add(span));
        [regular, self.ended_unix_millis].into_iter().flatten().min()
    }
}
