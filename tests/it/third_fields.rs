//! Vouchers, sites and clients whose id and code can be read are there, whatever the other fields hold.

use futures_util::{StreamExt, TryStreamExt};
use hotspot_vouchers::omada::{GroupId, Selection, VoucherGroupQuery};
use hotspot_vouchers::unifi::{IdempotencyKey, Voucher, VoucherState};
use hotspot_vouchers::{Connection, Error, List, unifi};
use hotspot_vouchers_sandbox::Canned;
use serde_json::{Value, json};

use crate::support::{World, group, vouchers};

const CODE: &str = "7700000001";

fn voucher() -> Value {
    json!({
        "id": "0d1f3a52-5a5b-4f3c-8f5e-0123456789ab", "createdAt": "2026-09-20T19:40:57Z", "name": "third",
        "code": CODE, "authorizedGuestLimit": 2, "authorizedGuestCount": 0, "activatedAt": "2026-09-20T19:40:57Z",
        "expiresAt": "2026-09-20T19:40:57Z", "expired": false, "timeLimitMinutes": 1440, "dataUsageLimitMBytes": 5,
        "rxRateLimitKbps": 5, "txRateLimitKbps": 5,
    })
}

/// The voucher with a third field absent, and with everything in it that JSON can be.
fn odd() -> Vec<Value> {
    let fields: Vec<String> = voucher().as_object().expect("an object").keys().cloned().collect();
    let mut odd = Vec::new();
    for field in fields.iter().filter(|field| !["id", "code"].contains(&field.as_str())) {
        let mut absent = voucher();
        absent.as_object_mut().expect("an object").remove(field);
        odd.push(absent);
        for value in
            [json!(null), json!([]), json!({"a": 1}), json!("perhaps"), json!(-1.5), json!(u64::MAX), json!(true)]
        {
            let mut other = voucher();
            other[field] = value;
            odd.push(other);
        }
    }
    odd.push(json!({"id": voucher()["id"], "code": CODE}));
    odd
}

fn page(rows: &[Value]) -> Canned {
    Canned::status(200).json(json!({"totalCount": rows.len(), "data": rows}))
}

#[tokio::test]
async fn a_voucher_of_unifi_is_never_lost_for_a_third_field() {
    let world = World::start().await;
    let (site, unifi) = (world.unifi_site(), world.sandbox.unifi());
    for row in odd() {
        let check = |voucher: &Voucher| assert_eq!(voucher.code.as_str(), CODE, "{row}");
        unifi.answer_next(page(std::slice::from_ref(&row)));
        let listed: Vec<Voucher> =
            site.vouchers(None).try_collect().await.unwrap_or_else(|error| panic!("{row}: {error}"));
        assert_eq!(listed.len(), 1, "{row}");
        check(&listed[0]);
        unifi.answer_next(page(std::slice::from_ref(&row)));
        check(&site.voucher_by_code(CODE).await.expect("a page").expect("the voucher"));
        unifi.answer_next(Canned::status(200).json(row.clone()));
        check(&site.voucher(unifi::Uuid::from_u128(1)).await.expect("the voucher"));
        unifi.answer_next(page(std::slice::from_ref(&row)));
        let page = site.voucher_page(&unifi::VoucherQuery::builder().build()).await.expect("a page");
        assert_eq!(page.data.map(|rows| (rows.len(), rows.unreadable().len())), Some((1, 0)), "{row}");
        let written = serde_json::to_value(&listed).expect("JSON");
        assert_eq!(serde_json::from_value::<List<Voucher>>(written).expect("the same").as_ref(), listed.as_slice());
    }
}

#[tokio::test]
async fn a_voucher_without_a_name_is_listed_found_purged_and_created() {
    let world = World::start().await;
    let (site, unifi) = (world.unifi_site(), world.sandbox.unifi());
    for name in [Value::Null, json!("absent")] {
        let mut row = voucher();
        match name {
            Value::Null => row["name"] = Value::Null,
            _ => drop(row.as_object_mut().expect("an object").remove("name")),
        }
        unifi.answer_next(page(std::slice::from_ref(&row)));
        let found = site.voucher_by_code(CODE).await.expect("a page").expect("the voucher");
        assert_eq!(
            (found.name.as_deref(), found.state(), found.time_limit_minutes),
            (None, VoucherState::Unused, Some(1440))
        );
        unifi.answer_next(page(std::slice::from_ref(&row)));
        let plan = site.plan_purge(Voucher::CODE.eq(CODE)).await.expect("a plan");
        assert_eq!((plan.vouchers().len(), plan.unreadable().len()), (1, 0));
        // A purge first makes sure that the console filters.
        unifi.answer_next(page(&[]));
        unifi.answer_next(Canned::status(200).json(json!({"vouchersDeleted": 1})));
        assert_eq!(plan.run().await.expect("a purge"), 1);
        let created: unifi::Voucher = serde_json::from_value(row).expect("a voucher");
        assert_eq!((created.name, created.code.as_str()), (None, CODE));
    }
    let key = IdempotencyKey::new("1042").expect("a key");
    assert_eq!(site.create_vouchers_once(&vouchers("named"), &key).await.expect("vouchers").len(), 3);
}

#[tokio::test]
async fn sites_and_clients_need_their_id_alone() {
    let world = World::start().await;
    let id = unifi::Uuid::from_u128(7);
    for row in [json!({"id": id}), json!({"id": id, "name": 7, "internalReference": [], "connectedAt": 0, "access": 1})]
    {
        world.sandbox.unifi().answer_next(page(std::slice::from_ref(&row)));
        let sites: Vec<_> = world.unifi.sites(None).collect().await;
        assert!(matches!(sites.as_slice(), [Ok(site)] if site.id == id), "{sites:?}");
        world.sandbox.unifi().answer_next(page(std::slice::from_ref(&row)));
        let clients: Vec<_> = world.unifi_site().clients(None).collect().await;
        assert!(matches!(clients.as_slice(), [Ok(client)] if client.id == id), "{clients:?}");
    }
}

#[tokio::test]
async fn a_voucher_of_omada_is_never_lost_for_a_third_field() {
    let world = World::start().await;
    let site = world.omada_site();
    site.voucher_summary().await.expect("the sign-in, which is not scripted");
    let id = GroupId::new("0123456789abcdef01234567").expect("an id");
    for odd in [json!([]), json!({"a": 1}), json!("perhaps"), json!(-1.5), json!(u64::MAX), json!(true), json!(null)] {
        // The voucher, the group around it, and what is inside of that.
        let row = json!({"id": "a", "code": "00000001", "status": odd, "startTime": odd, "trafficLimit": odd, "downLimit": odd});
        let result = json!({
            "id": odd, "name": odd, "limitType": odd, "schedule": odd, "rateLimit": {"mode": odd, "customRateLimit": odd},
            "portalNames": odd, "unitPrice": odd, "createdTime": odd, "currency": odd, "totalRows": 1, "data": [row],
        });
        world
            .sandbox
            .omada()
            .answer_next(Canned::status(200).json(json!({"errorCode": 0, "msg": odd, "result": result})));
        let rows = site.vouchers_of_group(&id, VoucherGroupQuery::full_pages().build());
        let rows: Vec<_> = rows.try_collect().await.unwrap_or_else(|error| panic!("{odd}: {error}"));
        let codes: Vec<_> = rows.iter().filter_map(|row| row.code.as_ref().map(ToString::to_string)).collect();
        assert_eq!(codes, ["00000001"], "{odd}");
    }
}

#[tokio::test]
async fn a_delete_without_a_body_is_done_at_once() {
    let world = World::connected(Connection::new()).await;
    let (site, omada) = (world.unifi_site(), world.omada_site());
    omada.voucher_summary().await.expect("the sign-in, which is not scripted");
    let id = GroupId::new("0123456789abcdef01234567").expect("an id");
    let mut answers = Vec::new();
    for status in [200, 202, 204, 205] {
        let bodies = ["", " \r\n\t", "{}", "null", " { } ", "\u{feff}", "\u{feff}null\n"];
        answers.extend(
            bodies
                .iter()
                .filter(|body| ![204, 205].contains(&status) || body.is_empty())
                .map(|body| Canned::status(status).body(*body)),
        );
    }
    let count = answers.len();
    for answer in answers {
        world.sandbox.unifi().answer_next(answer.clone());
        assert!(site.delete_voucher(unifi::Uuid::from_u128(1)).await.expect("done"));
        world.sandbox.unifi().answer_next(answer.clone());
        assert_eq!(site.delete_vouchers(&Voucher::CODE.eq(CODE)).await.expect("done"), None);
        world.sandbox.omada().answer_next(answer.clone());
        omada.delete_voucher_group(&id).await.expect("done");
        world.sandbox.omada().answer_next(answer);
        let all =
            hotspot_vouchers::omada::SelectVoucherGroup::builder().selection(Selection::Only(vec![id.clone()])).build();
        omada.delete_voucher_groups(&all).await.expect("done");
    }
    let sent =
        |requests: Vec<hotspot_vouchers_sandbox::Received>| requests.iter().filter(|it| it.method != "GET").count();
    assert_eq!(sent(world.sandbox.unifi().received()), 2 * count, "each is sent once");
    // The sign-in is a POST too.
    assert_eq!(sent(world.sandbox.omada().received()), 2 * count + 1, "each is sent once");
    // What has a result is not done without one.
    world.sandbox.omada().answer_next(Canned::status(200).body(""));
    world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": 0, "result": {"data": []}})));
    let created = World::start().await;
    created.sandbox.unifi().answer_next(Canned::status(204).body(""));
    let error = created.unifi_site().create_vouchers(&vouchers("none")).await.expect_err("no vouchers");
    assert!(error.is_unclear(), "{error}");
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped() {
    let world = World::start().await;
    let site = world.omada_site();
    site.voucher_summary().await.expect("the sign-in, which is not scripted");
    let marked = |status, body: Value| Canned::status(status).text("application/json", format!("\u{feff}{body}"));
    world.sandbox.unifi().answer_next(marked(200, voucher()));
    let read = world.unifi_site().voucher(unifi::Uuid::from_u128(1)).await.expect("a voucher");
    assert_eq!(read.code.as_str(), CODE);
    let refusal = json!({"statusCode": 409, "statusName": "CONFLICT", "code": "api.request.error", "message": "no"});
    world.sandbox.unifi().answer_next(marked(409, refusal));
    let refused = world.unifi_site().voucher(unifi::Uuid::from_u128(1)).await.expect_err("a refusal");
    assert!(matches!(refused, Error::Api(_)), "{refused}");
    world.sandbox.omada().answer_next(marked(200, json!({"errorCode": 0, "result": {"id": "ab"}})));
    assert_eq!(site.create_voucher_group(&group("marked")).await.expect("a group").as_str(), "ab");
    world.sandbox.omada().answer_next(marked(200, json!({"errorCode": -33000, "msg": "no site"})));
    assert!(site.voucher_summary().await.expect_err("a refusal").is_not_found());
}

#[tokio::test]
async fn times_and_amounts_are_read_in_many_forms() {
    let world = World::start().await;
    for (time, moment) in [
        ("9999-12-31T23:59:59Z", unifi::Timestamp::MAX.to_string()),
        ("2026-04-30T02:20:00", "2026-04-30T02:20:00Z".to_owned()),
        ("2026-04-30 04:20:00+0200", "2026-04-30T02:20:00Z".to_owned()),
        ("2026-04-30t02:20:00.5z", "2026-04-30T02:20:00.5Z".to_owned()),
    ] {
        let mut row = voucher();
        (row["createdAt"], row["expiresAt"]) = (json!(time), json!(time));
        world.sandbox.unifi().answer_next(Canned::status(200).json(row));
        let read = world.unifi_site().voucher(unifi::Uuid::from_u128(1)).await.expect("a voucher");
        assert_eq!(read.created_at.map(|time| time.to_string()), Some(moment.clone()), "{time}");
        assert_eq!(read.expires_at.map(|time| time.to_string()), Some(moment), "{time}");
    }
    let site = world.omada_site();
    site.voucher_summary().await.expect("the sign-in, which is not scripted");
    let id = GroupId::new("0123456789abcdef01234567").expect("an id");
    for (json, amount) in
        [("12.50", "12.50"), ("1.250e2", "125.0"), ("100000000000000000000.01", "100000000000000000000.01")]
    {
        // An odd field beside it sends the reader through each field on its own.
        for limit in ["1", "\"perhaps\""] {
            let body = format!(r#"{{"errorCode":0,"result":{{"unitPrice":{json},"limitType":{limit},"data":[]}}}}"#);
            world.sandbox.omada().answer_next(Canned::status(200).text("application/json", body));
            let read = site.voucher_group(&id, &VoucherGroupQuery::full_pages().build()).await.expect("a group");
            assert_eq!(read.unit_price.as_ref().map(|amount| amount.as_str()), Some(amount));
        }
    }
}
