//! Servers that send smaller pages than they are asked for: everything is found, and no notice is given.

use futures_util::TryStreamExt;
use hotspot_vouchers::omada::{
    GroupId, Selection, SiteListQuery, VoucherGroupListQuery, VoucherGroupQuery, VoucherStatus,
};
use hotspot_vouchers::unifi::{SiteOverview, Uuid, Voucher};
use serde_json::{Value, json};

use crate::own_server::{Server, envelope, grid, page, voucher};

const ROWS: usize = 37;

const CAPS: [usize; 7] = [1, 2, 3, 5, 10, 36, 200];

fn console(cap: usize) -> Server {
    Server::start(move |method, target| {
        if method == "DELETE" {
            let ids = target.query("filter").unwrap_or_default().matches("0000-").count() / 4;
            return json!({"vouchersDeleted": ids});
        }
        let filter = target.query("filter").unwrap_or_default();
        let code = filter.split_once("code.eq('").map(|(_, rest)| rest.trim_end_matches("')"));
        let rows: Vec<Value> = match target.path.rsplit('/').next() {
            Some("vouchers") if filter.contains(&Uuid::nil().to_string()) => Vec::new(),
            Some("vouchers") => {
                let all = (0..ROWS).map(|number| voucher(number, "lobby", &format!("{number:010}")));
                all.filter(|row| code.is_none_or(|code| row["code"] == json!(code))).collect()
            }
            _ => (0..ROWS)
                .map(|number| {
                    let name = format!("site {number}");
                    json!({"id": Uuid::from_u128(number as u128), "name": name, "internalReference": format!("r{number}")})
                })
                .collect(),
        };
        page(&rows, target, cap)
    })
}

#[tokio::test]
async fn of_unifi() {
    for cap in CAPS {
        let server = console(cap);
        let site = server.unifi();
        let all: Vec<Voucher> = site.vouchers(None).try_collect().await.expect("no notice");
        assert_eq!(all.len(), ROWS, "{cap}");
        assert_eq!(site.voucher_by_code("0000-000030").await.expect("a list").map(|found| found.id), Some(all[30].id));
        let plan = site.plan_purge(Voucher::NAME.eq("lobby")).await.expect("a plan");
        assert_eq!((plan.vouchers().len(), plan.undecided().len()), (ROWS, 0));
        let sites: Vec<SiteOverview> = server.console().sites(None).try_collect().await.expect("no notice");
        assert_eq!(sites.len(), ROWS);
        let found = server.console().find_site("site 36").await.expect("a list").expect("a site");
        assert_eq!(found.id(), Uuid::from_u128(36));
    }
}

fn controller(cap: usize) -> Server {
    Server::start(move |method, target| {
        if method != "GET" {
            return envelope(Value::Null);
        }
        let row = |number: usize| match target.path.split_once("/voucher-groups/") {
            Some((_, group)) => {
                json!({"id": format!("{group}-{number}"), "code": format!("{group}-{number}"), "status": 2})
            }
            None => {
                json!({"id": format!("g{number}"), "siteId": format!("s{number}"), "name": format!("group {number}")})
            }
        };
        let rows: Vec<Value> = (0..ROWS).map(row).collect();
        let key = target.query("searchKey").unwrap_or_default();
        let has_key = |row: &&Value| {
            ["code", "name"].iter().any(|field| row[field].as_str().is_some_and(|text| text.contains(key)))
        };
        let rows: Vec<Value> = rows.iter().filter(|row| key.is_empty() || has_key(row)).cloned().collect();
        grid(&rows, target, cap)
    })
}

#[tokio::test]
async fn of_omada() {
    for cap in CAPS {
        let server = controller(cap);
        let site = server.omada();
        let groups: Vec<_> =
            site.voucher_groups(VoucherGroupListQuery::full_pages().build()).try_collect().await.expect("no notice");
        assert_eq!(groups.len(), ROWS, "{cap}");
        let sites: Vec<_> =
            server.controller().sites(SiteListQuery::full_pages().build()).try_collect().await.expect("no notice");
        assert_eq!(sites.len(), ROWS);
        let id = GroupId::new("g5").expect("an id");
        let vouchers: Vec<_> = site
            .vouchers_of_group(&id, VoucherGroupQuery::full_pages().build())
            .try_collect()
            .await
            .expect("no notice");
        assert_eq!(vouchers.len(), ROWS);
        let named = site.voucher_group_named("group 36").await.expect("a list").expect("a group");
        assert_eq!(named.id.as_deref(), Some("g36"));
        let codes = site.codes_of_group(&id, ROWS as i32, std::time::Duration::from_secs(20)).await.expect("codes");
        assert_eq!(codes.len(), ROWS);
        // The code has a dash, so that only a second look finds it.
        let (group, found) = site.find_voucher("G36 36").await.expect("a search").expect("a voucher");
        assert_eq!((group.as_str(), found.id.as_deref()), ("g36", Some("g36-36")));
        let plan = site.plan_purge(Selection::Only(vec![id]), VoucherStatus::Expired).await.expect("a plan");
        assert_eq!(plan.vouchers().count(), ROWS);
        assert_eq!(plan.run().await.expect("a purge"), ROWS as i64);
    }
}
