//! What the server answers, made once, so that answering costs next to nothing.

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use crate::case::Case;

pub const API_KEY: &str = "an API key";
pub const TOKEN: &str = "an access token";
pub const OMADAC_ID: &str = "00112233445566778899aabbccddeeff";
pub const SITE_ID: &str = "66f0c0ffee66f0c0ffee66f0";
pub const GROUP_ID: &str = "66f0c0ffee66f0c0ffee6600";
pub const VOUCHER_ID: &str = "66f0c0ffee66f0c0ffee6601";

/// The site of the console, and its first voucher.
pub const UNIFI_ID: Uuid = Uuid::from_u128(0x8d8fd0c5_7c1c_4cf3_8dd7_000000000000);

/// The rows of a full page.
pub const PAGE: usize = 1000;

/// Where a controller has its vouchers.
pub const UNIFI_VOUCHERS: &str =
    "/proxy/network/integration/v1/sites/8d8fd0c5-7c1c-4cf3-8dd7-000000000000/hotspot/vouchers";
pub const OMADA_HOTSPOT: &str = "/openapi/v1/00112233445566778899aabbccddeeff/sites/66f0c0ffee66f0c0ffee66f0/hotspot";

/// An answer, in the pieces in which it is kept.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub body: [Bytes; 3],
}

impl Answer {
    fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, body: [body.into(), Bytes::new(), Bytes::new()] }
    }

    pub fn length(&self) -> usize {
        self.body.iter().map(Bytes::len).sum()
    }

    /// The body in one piece.
    pub fn whole(&self) -> Vec<u8> {
        self.body.concat()
    }
}

/// All answers.
pub struct Answers {
    /// The vouchers of the console, with a comma behind each, all of them equally long.
    vouchers: Bytes,
    count: usize,
    unifi_created: Answer,
    unifi_read: Answer,
    omada_created: Answer,
    omada_read: Answer,
    omada_page: Answer,
}

impl Answers {
    /// The answers of a console with so many vouchers, and of a controller.
    pub fn new(count: usize) -> Self {
        let vouchers: String = (0..count).map(|number| unifi_voucher(number) + ",").collect();
        let first = unifi_voucher(0);
        let omada_vouchers: Vec<String> = (0..PAGE).map(omada_row).collect();
        let omada_page = format!(
            r#"{OMADA_GROUP}"totalCount":1000,"totalRows":1000,"currentPage":1,"currentSize":1000,"data":[{}]}}}}"#,
            omada_vouchers.join(",")
        );
        Self {
            vouchers: vouchers.into(),
            count,
            unifi_created: Answer::new(201, format!(r#"{{"vouchers":[{first}]}}"#)),
            unifi_read: Answer::new(200, first),
            omada_created: Answer::new(
                200,
                format!(r#"{{"errorCode":0,"msg":"Success.","result":{{"id":"{GROUP_ID}"}}}}"#),
            ),
            omada_read: Answer::new(200, OMADA_VOUCHER),
            omada_page: Answer::new(200, omada_page),
        }
    }

    /// The answer to a request.
    pub fn to(&self, method: &str, target: &str) -> Answer {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        match (method, path.strip_prefix(UNIFI_VOUCHERS), path.strip_prefix(OMADA_HOTSPOT)) {
            ("POST", Some(""), _) => self.of(Case::UnifiCreate),
            ("GET", Some(""), _) => {
                self.unifi_page(number(query, "offset=").unwrap_or(0), number(query, "limit=").unwrap_or(100))
            }
            ("GET", Some(_), _) => self.of(Case::UnifiRead),
            ("POST", _, Some("/voucher-groups")) => self.of(Case::OmadaCreate),
            ("GET", _, Some(path)) if path.starts_with("/voucher-groups/") => self.of(Case::OmadaPage),
            ("GET", _, Some(path)) if path.starts_with("/vouchers/") => self.of(Case::OmadaRead),
            _ => Answer::new(404, format!("{method} {target}")),
        }
    }

    /// The answer to a call.
    pub fn of(&self, case: Case) -> Answer {
        match case {
            Case::UnifiCreate => self.unifi_created.clone(),
            Case::UnifiRead => self.unifi_read.clone(),
            Case::UnifiPage => self.unifi_page(0, PAGE),
            Case::OmadaCreate => self.omada_created.clone(),
            Case::OmadaRead => self.omada_read.clone(),
            Case::OmadaPage => self.omada_page.clone(),
        }
    }

    fn unifi_page(&self, offset: usize, limit: usize) -> Answer {
        let offset = offset.min(self.count);
        let rows = limit.min(self.count - offset);
        let begin =
            format!(r#"{{"offset":{offset},"limit":{limit},"count":{rows},"totalCount":{},"data":["#, self.count);
        let length = self.vouchers.len() / self.count;
        // Without the last comma.
        let vouchers =
            self.vouchers.slice(offset * length..((offset + rows) * length).saturating_sub(1).max(offset * length));
        Answer { status: 200, body: [begin.into(), vouchers, Bytes::from_static(b"]}")] }
    }
}

fn number(query: &str, name: &str) -> Option<usize> {
    query.split('&').find_map(|pair| pair.strip_prefix(name))?.parse().ok()
}

/// A voucher with every field that a console sends.
fn unifi_voucher(number: usize) -> String {
    let id = Uuid::from_u128(UNIFI_ID.as_u128() + number as u128);
    format!(
        concat!(
            r#"{{"id":"{}","createdAt":"2026-01-20T12:34:56Z","name":"Lobby #1042","code":"{:010}","#,
            r#""authorizedGuestLimit":2,"authorizedGuestCount":1,"activatedAt":"2026-01-20T13:05:06Z","#,
            r#""expiresAt":"2026-01-21T13:05:06Z","expired":false,"timeLimitMinutes":1440,"#,
            r#""dataUsageLimitMBytes":500,"rxRateLimitKbps":5000,"txRateLimitKbps":1000}}"#
        ),
        id,
        number * 7919 % 10_000_000_000
    )
}

/// A voucher as a page of a group has it.
fn omada_row(number: usize) -> String {
    let started = Timestamp::UNIX_EPOCH.as_millisecond() + 1_768_912_496_000 + number as i64;
    format!(
        concat!(
            r#"{{"id":"66f0c0ffee66f0c0ffee{:04x}","code":"{:08}","status":1,"startTime":{},"endTime":{},"#,
            r#""timeUsedSec":1800,"timeLeftSec":1800,"timingByClientUsage":false,"trafficUsed":1048576,"#,
            r#""trafficUnused":523239424,"trafficLimit":500,"trafficLimitFrequency":0,"downLimit":5000,"upLimit":1000}}"#
        ),
        number,
        number * 7919,
        started,
        started + 3_600_000
    )
}

/// A group up to its counters.
const OMADA_GROUP: &str = concat!(
    r#"{"errorCode":0,"msg":"Success.","result":{"id":"66f0c0ffee66f0c0ffee6600","name":"Lobby","createdTime":1768912496000,"#,
    r#""creatorName":"Open API","limitType":1,"limitNum":2,"durationType":1,"duration":60,"timingType":0,"#,
    r#""rateLimit":{"mode":0,"customRateLimit":{"downLimitEnable":true,"downLimit":5000,"upLimitEnable":true,"upLimit":1000}},"#,
    r#""trafficLimitEnable":true,"trafficLimit":500,"trafficLimitFrequency":0,"unitPrice":"5.00","currency":"EUR","#,
    r#""applyToAllPortals":true,"validityType":0,"logout":true,"description":"the lobby","printComments":"Welcome","#,
    r#""unusedCount":0,"usedCount":1000,"inUseCount":1000,"expiredCount":0,"#
);

/// A voucher by itself.
const OMADA_VOUCHER: &str = concat!(
    r#"{"errorCode":0,"msg":"Success.","result":{"id":"66f0c0ffee66f0c0ffee6601","code":"12345678","createdTime":1768912496000,"#,
    r#""startTime":1768912496000,"used":1,"valid":true,"limitType":1,"limitNum":2,"durationType":1,"duration":60,"timingType":0,"#,
    r#""rateLimit":{"mode":0,"customRateLimit":{"downLimitEnable":true,"downLimit":5000,"upLimitEnable":true,"upLimit":1000}},"#,
    r#""trafficLimitEnable":true,"trafficLimit":500,"trafficLimitFrequency":0,"trafficUsed":1048576,"trafficLeft":true,"#,
    r#""unitPrice":"5.00","currency":"EUR","portalNames":["Lobby"],"logout":true,"description":"the lobby","#,
    r#""printComments":"Welcome"}}"#
);
