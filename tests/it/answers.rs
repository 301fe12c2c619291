//! What may be odd in an answer without harm.

use hotspot_vouchers::omada;
use hotspot_vouchers::omada::{
    GroupId, LimitType, OmadacId, Timestamp, UnixMillis, VoucherGroupGrid, VoucherGroupQuery, VoucherStatus, Weekday,
};
use hotspot_vouchers::unifi::{self, Voucher};
use hotspot_vouchers::validate::Violations;
use hotspot_vouchers_sandbox::Canned;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{World, vouchers};

/// What a group answers to, once the answer is scripted.
pub async fn read_group(world: &World, answer: Canned) -> Result<VoucherGroupGrid, omada::Error> {
    world.sandbox.omada().answer_next(answer);
    let query = VoucherGroupQuery::builder().page(1).page_size(10).build();
    world.omada_site().voucher_group(&GroupId::new("0123456789abcdef01234567")?, &query).await
}

pub async fn read_voucher(world: &World, answer: Canned) -> Result<Voucher, unifi::Error> {
    world.sandbox.unifi().answer_next(answer);
    world.unifi_site().voucher(unifi::Uuid::from_u128(1)).await
}

#[tokio::test]
async fn odd_omada_answers_are_read() {
    let world = World::start().await;
    let result = json!({
        "id": "1", "newField": {"deep": [1, 2]}, "limitType": 77, "durationType": null, "limitNum": null,
        "expirationTime": i64::MAX, "effectiveTime": null, "rateLimit": {"mode": null, "customRateLimit": null},
        "schedule": {"type": 9, "weeklyEnableDays": [1, 8, 77]}, "portalNames": null, "currency": "XYZ", "statisticsCount": null,
        "totalRows": 3, "voucherPattern": {"patternType": 3, "ssidList": null},
        "data": [
            {"id": "a", "code": "00012345", "status": 3, "startTime": 0, "endTime": i64::MAX, "extra": true},
            {"id": "b", "code": 12345, "status": null, "endTime": i64::MIN},
            {},
        ],
    });
    let answer = Canned::status(200).json(json!({"errorCode": 0, "msg": null, "result": result, "traceId": 1}));
    let read = read_group(&world, answer).await.expect("an odd answer");

    assert_eq!(read.limit_type, Some(LimitType::Unknown(77)));
    assert_eq!(read.expiration_time, Some(UnixMillis::NO_END));
    assert_eq!(read.expiration_time.and_then(UnixMillis::timestamp), None);
    assert_eq!(read.currency, Some(omada::Currency::from("XYZ")));
    let days = read.schedule.and_then(|schedule| schedule.weekly_enable_days);
    assert_eq!(days, Some(vec![Weekday::Monday, Weekday::Unknown(8), Weekday::Unknown(77)]));
    let rows = read.data.expect("rows");
    assert_eq!(rows.len(), 3);
    let codes: Vec<_> = rows.iter().map(|row| row.code.as_ref().map(ToString::to_string)).collect();
    assert_eq!(codes, [Some("00012345".to_owned()), Some("12345".to_owned()), None]);
    assert_eq!(rows[0].status, Some(VoucherStatus::Unknown(3)));
    assert_eq!(rows[0].start_time.and_then(UnixMillis::timestamp), Some(Timestamp::UNIX_EPOCH));
    // What is not known is sent back unchanged.
    assert_eq!(serde_json::to_value(&rows[0]).expect("JSON")["status"], json!(3));

    let nulls = read_group(&world, Canned::status(200).json(json!({"errorCode": 0, "result": {"data": null}}))).await;
    assert_eq!(nulls.expect("an answer of nulls").data, None);
}

/// A voucher as consoles send it, with some fields replaced.
fn voucher(replaced: &[(&str, Value)]) -> Value {
    let mut voucher = json!({
        "id": "0d1f3a52-5a5b-4f3c-8f5e-0123456789ab", "createdAt": "2026-09-20T19:40:57Z", "name": "hotel-guest",
        "code": "0300459449", "authorizedGuestCount": 0, "expired": false, "timeLimitMinutes": 1440,
    });
    for (field, value) in replaced {
        voucher[*field] = value.clone();
    }
    voucher
}

#[tokio::test]
async fn odd_unifi_answers_are_read() {
    let world = World::start().await;
    let read = async |replaced: &[(&str, Value)]| {
        let read = read_voucher(&world, Canned::status(200).json(voucher(replaced))).await;
        read.unwrap_or_else(|error| panic!("{replaced:?}: {error}"))
    };
    assert_eq!(read(&[]).await.code.as_str(), "0300459449");
    assert_eq!(read(&[("code", json!(4_861_409_510_u64))]).await.code.as_str(), "4861409510");
    // Legacy vouchers outlast what a new one may.
    assert_eq!(read(&[("timeLimitMinutes", json!(5_184_000))]).await.time_limit_minutes, Some(5_184_000));
    read(&[("brandNew", json!({"deep": []}))]).await;
    for optional in [
        "activatedAt",
        "expiresAt",
        "authorizedGuestLimit",
        "dataUsageLimitMBytes",
        "rxRateLimitKbps",
        "txRateLimitKbps",
    ] {
        read(&[(optional, Value::Null)]).await;
    }
    let digits = "123456789";
    for count in 0..=9 {
        let fraction = if count == 0 { String::new() } else { format!(".{}", &digits[..count]) };
        let moment = format!("2026-04-30T02:20:00{fraction}Z");
        let read = read(&[("activatedAt", json!(moment)), ("createdAt", json!(moment))]).await;
        assert_eq!(read.created_at, read.activated_at);
        assert_eq!(read.created_at.map(|created| created.to_string()), Some(moment));
    }
}

#[tokio::test]
async fn unifi_vouchers_may_come_under_another_name() {
    let world = World::start().await;
    // What is returned has to be what was ordered, each time something new.
    let mut order = vouchers("either");
    order.count = None;
    let row = |number| voucher(&[("id", json!(unifi::Uuid::from_u128(number))), ("name", json!("either"))]);
    for body in [json!({"vouchers": [row(1)]}), json!({"data": [row(2)]}), json!({"vouchers": null, "data": [row(3)]})]
    {
        world.sandbox.unifi().answer_next(Canned::status(201).json(body));
        let created = world.unifi_site().create_vouchers(&order).await.expect("vouchers");
        assert_eq!(created.len(), 1);
    }
}

#[test]
fn clients_and_errors_travel_between_tasks() {
    fn travels<T: Send + Sync + 'static>() {}
    travels::<omada::Client>();
    travels::<omada::Site>();
    travels::<omada::Error>();
    travels::<unifi::Client>();
    travels::<unifi::Site>();
    travels::<unifi::Error>();
    travels::<Violations>();
    travels::<OmadacId>();
}

/// Every answer of Omada by its name, read from an object in which everything is null.
macro_rules! nulls {
    ($($name:ident)*) => {
        [$((stringify!($name), read::<omada::$name> as Read)),*]
    };
}

type Read = fn(Value) -> serde_json::Result<()>;

fn read<T: DeserializeOwned>(json: Value) -> serde_json::Result<()> {
    serde_json::from_value::<T>(json).map(drop)
}

#[test]
fn whatever_an_answer_may_lack_may_be_null() {
    let surface = include_str!(concat!(env!("OUT_DIR"), "/omada.surface"));
    let read = nulls!(
        AllTimeVoucherSummary
        AuthClient
        AuthClientPage
        ControllerInfo
        CreatedResId
        CurrencyCandidates
        CustomRateLimitRead
        IssuedToken
        PictureInfo
        Portal
        RateLimitProfile
        RateLimitRead
        SimpleVoucher
        SiteSummary
        SiteSummaryPage
        StatisticsCount
        UserSession
        Voucher
        VoucherBrief
        VoucherConfigLimit
        VoucherDurationDistribution
        VoucherDurationDistributionPage
        VoucherGroup
        VoucherGroupGrid
        VoucherGroupOption
        VoucherGroupOptionPage
        VoucherGroupPage
        VoucherLogo
        VoucherPattern
        VoucherScheduleRead
        VoucherStatisticsHistory
        VoucherSummary
        VoucherUnitPriceDistribution
        VoucherUnitPriceDistributionPage
        VoucherUsage
    );
    let answers: Vec<&str> = surface.lines().filter_map(|line| line.strip_prefix("answer ")).collect();
    assert_eq!(read.iter().map(|(name, _)| *name).collect::<Vec<_>>(), answers, "every answer is tried");
    for (name, read) in read {
        let lines = surface.lines().skip_while(|line| *line != format!("answer {name}")).skip(1);
        let fields = lines.take_while(|line| line.starts_with(' ')).filter_map(|line| line.split('`').nth(1));
        let nulls: serde_json::Map<String, Value> = fields.map(|field| (field.to_owned(), Value::Null)).collect();
        assert!(!nulls.is_empty(), "{name}");
        for json in [Value::Object(nulls), json!({}), json!({"never": {"heard": ["of", 1]}})] {
            read(json).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}
