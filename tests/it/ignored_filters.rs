//! Servers and proxies that ignore filters: what was not asked for is not used.

use std::collections::HashSet;

use futures_util::{Stream, StreamExt, pin_mut};
use hotspot_vouchers::Error;
use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::omada::{GroupId, UnixMillis, VoucherGroupListQuery, VoucherGroupQuery, VoucherStatus};
use hotspot_vouchers::unexpected::Reason;
use hotspot_vouchers::unifi::{ConnectedClient, Filter, Pattern, SiteOverview, Uuid, Voucher};
use serde_json::{Value, json};

use crate::own_server::{Server, Target, envelope, grid, page, voucher};

/// A console that sends all rows for whatever filter, with or without its pages.
fn console() -> Server {
    Server::start(|method, target| {
        if method == "DELETE" {
            return json!({"vouchersDeleted": 3});
        }
        let rows: Vec<Value> = match target.path.rsplit('/').next() {
            Some("vouchers") => [("lobby", "0000000001"), ("bar", "0000000002"), ("lobby #1", "0000000003")]
                .iter()
                .enumerate()
                .map(|(number, (name, code))| voucher(number, name, code))
                .collect(),
            Some("clients") => vec![
                json!({"id": Uuid::from_u128(1), "type": "WIRED", "macAddress": "02:00:00:00:00:01", "access": {"type": "DEFAULT"}}),
            ],
            _ => [("Default", "default"), ("Annex", "a1"), ("Twin", "t1"), ("Twin", "t2"), ("t1", "t3")]
                .iter()
                .enumerate()
                .map(|(number, (name, reference))| {
                    json!({"id": Uuid::from_u128(number as u128 + 1), "name": name, "internalReference": reference})
                })
                .collect(),
        };
        page(&rows, target, 200)
    })
}

fn is_unasked<T, A: Refusal>(outcome: Result<T, Error<A>>) -> bool {
    matches!(outcome, Err(Error::Unexpected(unexpected)) if unexpected.reason == Reason::Unasked)
}

async fn last<T, A: Refusal>(rows: impl Stream<Item = Result<T, Error<A>>>) -> Option<Result<T, Error<A>>> {
    pin_mut!(rows);
    let mut last = None;
    while let Some(row) = rows.next().await {
        last = Some(row);
    }
    last
}

#[tokio::test]
async fn sites_are_compared() {
    let server = console();
    let find = async |name: &str| server.console().find_site(name).await;
    for (name, expected) in
        [("Default", Some(1)), ("default", Some(1)), ("a1", Some(2)), ("t1", Some(3)), ("Nowhere", None)]
    {
        let found = find(name).await.expect("a list").map(|site| site.id());
        assert_eq!(found, expected.map(Uuid::from_u128), "{name}");
    }
    for name in ["annex", "DEFAULT", " Annex", ""] {
        assert!(find(name).await.expect("a list").is_none(), "{name}");
    }
    assert!(find("Twin").await.expect_err("two of a name").is_invalid());
    assert!(is_unasked(last(server.console().sites(SiteOverview::NAME.eq("Annex"))).await.expect("an error")));
}

#[tokio::test]
async fn vouchers_are_compared() {
    let server = console();
    let site = server.unifi();
    let filters: [Filter<Voucher>; 6] = [
        Voucher::NAME.eq("lobby"),
        Voucher::NAME.like(Pattern::starts_with("lobby")),
        Voucher::EXPIRED.eq(true),
        Voucher::AUTHORIZED_GUEST_LIMIT.eq(1),
        !Voucher::NAME.is_in(["bar"]).expect("a name"),
        Filter::raw("name.eq('nobody''s')").expect("a filter"),
    ];
    for filter in filters {
        let text = filter.to_string();
        assert!(is_unasked(last(site.vouchers(filter.clone())).await.expect("an error")), "{text}");
        assert!(is_unasked(site.plan_purge(filter).await), "{text}");
    }
    assert!(is_unasked(site.voucher_by_code("0000000002").await));
    assert!(is_unasked(
        last(site.clients(ConnectedClient::MAC_ADDRESS.eq("02:00:00:00:00:02"))).await.expect("an error")
    ));
    assert!(server.received("DELETE").is_empty());
}

#[tokio::test]
async fn a_purge_deletes_only_what_matches_here() {
    // All vouchers match when they are listed, but filters are ignored.
    let server = console();
    let site = server.unifi();
    let plan = site.plan_purge(Voucher::EXPIRED.eq(false)).await.expect("a plan");
    assert_eq!(plan.vouchers().len(), 3);
    assert!(is_unasked(plan.run().await));

    // It is not documented whether what lacks a limit has another limit.
    let plan = site.plan_purge(Voucher::AUTHORIZED_GUEST_LIMIT.ne(1)).await.expect("a plan");
    assert_eq!((plan.vouchers().len(), plan.undecided().len()), (0, 3));
    assert_eq!(plan.run().await.expect("nothing to delete"), 0);
    let plan = site.plan_purge(Filter::raw("name.sounds('like')").expect("a filter")).await.expect("a plan");
    assert_eq!((plan.vouchers().len(), plan.undecided().len()), (0, 3));
    assert!(server.received("DELETE").is_empty());
}

#[tokio::test]
async fn endless_lists_are_not_collected() {
    // Whatever page is asked for has new rows, and the list is as long as it can be.
    let endless = |target: &Target, row: &dyn Fn(usize) -> Value| {
        let (first, size) = match target.query("pageSize") {
            Some(_) => ((target.number("page") - 1) * target.number("pageSize"), target.number("pageSize")),
            None => (target.number("offset"), target.number("limit")),
        };
        (first..first + size).map(row).collect::<Vec<Value>>()
    };
    let server = Server::start(move |_, target| {
        let total = 9_000_000;
        if target.path.ends_with("/voucher-groups") {
            return envelope(json!({"totalRows": 1, "data": [{"id": "g", "name": "g"}]}));
        }
        if target.path.contains("/voucher-groups/") {
            let rows =
                endless(target, &|number| json!({"id": number.to_string(), "code": number.to_string(), "status": 2}));
            return envelope(json!({"totalRows": total, "data": rows}));
        }
        let rows = endless(target, &|number| voucher(number, "lobby", "0000000001"));
        json!({"offset": 0, "limit": 1, "count": rows.len(), "totalCount": total, "data": rows})
    });
    let plan = server.unifi().plan_purge(Voucher::NAME.eq("lobby")).await;
    let refused = plan.expect_err("no end").to_string();
    assert!(refused.contains("150000 were read; select fewer of them"), "{refused}");
    let plan = server.omada().plan_purge(hotspot_vouchers::omada::Selection::All, VoucherStatus::Expired).await;
    let refused = plan.expect_err("no end").to_string();
    assert!(refused.contains("150000 were read"), "{refused}");
}

#[tokio::test]
async fn omada_is_compared() {
    let server = Server::start(|_, target| {
        let rows = match target.path.contains("/voucher-groups/") {
            true => vec![json!({"id": "1", "code": "1", "status": 0}), json!({"id": "2", "code": "2", "status": 2})],
            false => vec![json!({"id": "g", "name": "g", "createdTime": 1_700_000_000_000_i64})],
        };
        grid(&rows, target, 1000)
    });
    let site = server.omada();
    let id = GroupId::new("g").expect("an id");
    let unused = VoucherGroupQuery::full_pages().filters_status(VoucherStatus::Unused).build();
    assert!(is_unasked(last(site.vouchers_of_group(&id, unused.clone())).await.expect("an error")));
    assert!(is_unasked(site.voucher_group(&id, &unused).await));
    let later = UnixMillis(1_800_000_000_000);
    let period = VoucherGroupListQuery::full_pages().filters_time_start(later).build();
    assert!(is_unasked(last(site.voucher_groups(period)).await.expect("an error")));
    assert!(site.voucher_group_named("other").await.expect("a list").is_none());
    let plan = site.plan_purge(hotspot_vouchers::omada::Selection::All, VoucherStatus::Expired).await.expect("a plan");
    let planned: HashSet<_> = plan.vouchers().filter_map(|voucher| voucher.id.as_deref()).collect();
    assert_eq!(planned, HashSet::from(["2"]));
}
