use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::random::{codes, hex};

const DIGITS: &[u8] = b"0123456789";
/// Which letters a live controller draws from is not published; upper case is what portals print.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS_AND_LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

pub(crate) const UNUSED: i64 = 0;
pub(crate) const IN_USE: i64 = 1;
pub(crate) const EXPIRED: i64 = 2;

/// A voucher group: what the request asked for, and the vouchers that came of it.
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) created_unix_millis: i64,
    /// The accepted request, without nulls and unknown fields.
    pub(crate) settings: Map<String, Value>,
    pub(crate) vouchers: Vec<Voucher>,
    /// How vouchers are printed, as far as it was ever edited.
    pub(crate) pattern: Map<String, Value>,
}

pub(crate) struct Voucher {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) started_unix_millis: Option<i64>,
    /// When a test ended it, before its time or without it having begun.
    pub(crate) ended_unix_millis: Option<i64>,
    /// How many guests signed in with it.
    pub(crate) uses: i64,
}

impl Group {
    /// Makes the vouchers of settings that broke no rule.
    pub(crate) fn issue(settings: Map<String, Value>, now: i64, taken_codes: &mut HashSet<String>) -> Self {
        let has_form = |form: i64| settings["codeForm"].as_array().is_some_and(|forms| forms.contains(&json!(form)));
        let alphabet = match (has_form(0), has_form(1)) {
            (true, true) => DIGITS_AND_LETTERS,
            (false, true) => LETTERS,
            (_, false) => DIGITS,
        };
        let size = |name: &str| settings[name].as_u64().and_then(|size| usize::try_from(size).ok()).unwrap_or(0);
        let codes = codes(alphabet, size("codeLength"), size("amount"), taken_codes);
        let voucher = |code| Voucher { id: hex(24), code, started_unix_millis: None, ended_unix_millis: None, uses: 0 };
        let vouchers = codes.into_iter().map(voucher).collect();
        Self { id: hex(24), created_unix_millis: now, settings, vouchers, pattern: Map::new() }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.settings.get(name).and_then(Value::as_str)
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.settings.get(name).and_then(Value::as_i64)
    }

    pub(crate) fn duration_seconds(&self) -> i64 {
        self.number("duration").unwrap_or(0) * 60
    }

    /// What this many vouchers cost, as the text that money is in every answer; none without a
    /// price.
    pub(crate) fn price_of(&self, vouchers: usize) -> Option<String> {
        let vouchers = i64::try_from(vouchers).unwrap_or(i64::MAX);
        self.number("unitPrice").map(|price| price.saturating_mul(vouchers).to_string())
    }

    /// A currency is shown only beside a price.
    pub(crate) fn priced_currency(&self) -> Option<&str> {
        self.text("currency").filter(|_| self.number("unitPrice").is_some())
    }

    /// The portals that the vouchers are bound to; none for those that work at every portal.
    pub(crate) fn portal_ids(&self) -> Option<Vec<&str>> {
        let ids = self.settings.get("portals").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        (self.settings["applyToAllPortals"] == false).then(|| ids.iter().filter_map(Value::as_str).collect())
    }

    pub(crate) fn keep_vouchers(&mut self, keep: impl Fn(&Self, &Voucher) -> bool) {
        let mut vouchers = std::mem::take(&mut self.vouchers);
        vouchers.retain(|voucher| keep(self, voucher));
        self.vouchers = vouchers;
    }

    /// How long this voucher has been in use, in seconds; the guest is taken to be online all the
    /// time.
    pub(crate) fn used_seconds(&self, voucher: &Voucher, now: i64) -> i64 {
        let started = voucher.started_unix_millis.unwrap_or(now);
        (now.saturating_sub(started) / 1000).clamp(0, self.duration_seconds())
    }

    /// A voucher ends with its duration, or with the validity of its group, used or not.
    pub(crate) fn status(&self, voucher: &Voucher, now: i64) -> i64 {
        let ends = [self.number("expirationTime"), voucher.ended_unix_millis];
        let is_over = ends.into_iter().flatten().any(|end| end <= now);
        let is_used_up = self.used_seconds(voucher, now) == self.duration_seconds();
        match voucher.started_unix_millis {
            _ if is_over || is_used_up => EXPIRED,
            Some(_) => IN_USE,
            None => UNUSED,
        }
    }
}
