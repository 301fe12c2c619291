//! What vouchers of Omada cost: numbers going in, texts coming out.

use futures_util::TryStreamExt;
use hotspot_vouchers::omada::{Amount, Currency, Money, Price, VoucherGroupListQuery, VoucherGroupQuery, VoucherId};
use hotspot_vouchers_sandbox::Canned;
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;
use serde_json::json;

use crate::answers::read_group;
use crate::support::{World, group};

fn shown(money: Option<Money>) -> String {
    money.map(|money| money.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn what_was_asked_for_comes_back_everywhere() {
    let world = World::start().await;
    let site = world.omada_site();
    let noon: Timestamp = "2026-03-04T12:00:00Z".parse().expect("a moment");
    world.sandbox.clock().set_unix_millis(noon.as_millisecond());
    let id = site.create_voucher_group(&group("priced")).await.expect("a group");
    world.sandbox.omada().mark_used(id.as_str(), &world.sandbox.omada().codes()[0]);

    let groups = site.voucher_groups(VoucherGroupListQuery::full_pages().build());
    let row = &groups.try_collect::<Vec<_>>().await.expect("groups")[0];
    assert_eq!([row.price(), row.total_value()].map(shown), ["5 EUR", "15 EUR"]);
    let page = site.voucher_group(&id, &VoucherGroupQuery::full_pages().build()).await.expect("a group");
    let values = [page.price(), page.total_value(), page.used_value(), page.unused_value()];
    assert_eq!(values.map(shown), ["5 EUR", "15 EUR", "5 EUR", "10 EUR"]);
    let first = page.data.expect("vouchers")[0].id.clone().expect("an id");
    let voucher = site.voucher(&VoucherId::new(first).expect("an id")).await.expect("a voucher");
    let brief = &site.unused_vouchers_of_group(&id).await.expect("vouchers")[0];
    assert_eq!([voucher.price(), brief.price()].map(shown), ["5 EUR", "5 EUR"]);

    let day = noon - 12.hours()..noon + 11.hours();
    let history = site.voucher_history(day.clone()).await.expect("a history");
    let bucket = history.usage.as_ref().and_then(|usage| usage.first()).and_then(|bucket| bucket.total_value());
    let sum = history.summary.and_then(|summary| summary.total_value());
    assert_eq!([bucket, sum].map(shown), ["15 EUR", "15 EUR"]);
    let prices = site.voucher_distribution_by_price(day).await.expect("prices").data.expect("prices");
    assert_eq!([prices[0].price(), prices[0].total_value()].map(shown), ["5 EUR", "5 EUR"]);
}

#[tokio::test]
async fn any_text_survives() {
    let world = World::start().await;
    let mut read = Vec::new();
    for (sent, currency) in [
        (json!("5"), json!("EUR")),
        (json!("12.50"), json!("USD")),
        (json!(" 0005.00 "), json!("KES")),
        (json!("79228162514264337593543950336"), json!("EUR")),
        (json!("five"), json!(null)),
        (json!(""), json!("EUR")),
        (json!(7), json!("JPY")),
        (json!(-1), json!("JPY")),
        (json!(2.5), json!("JPY")),
        (json!(null), json!("EUR")),
    ] {
        let body = json!({"errorCode": 0, "result": {"id": "1", "unitPrice": sent, "currency": currency}});
        let group = read_group(&world, Canned::status(200).json(body)).await.expect("a group");
        let price = group.price();
        let number = price.as_ref().map(|price| Decimal::try_from(&price.amount).map_err(|error| error.to_string()));
        read.push(format!("{sent} {currency}: {:?}, as a number {number:?}", price.map(|price| price.to_string())));
        let again = serde_json::to_value(&group).expect("JSON");
        assert!(!sent.is_string() || again["unitPrice"] == sent, "written as it was read");
    }
    insta::assert_snapshot!("omada_money", read.join("\n"));
}

#[test]
fn prices_are_money() {
    let price = Price { unit_price: 999, currency: Currency::from("KES") };
    let money = Money::from(price);
    assert_eq!((money.amount, money.currency), (Amount::from(999), Some(Currency::from("KES"))));
    assert_eq!(Currency::DOCUMENTED.len(), 41);
    let right = format!("{:>8}", Money::from(Price { unit_price: 5, currency: Currency::Eur }));
    assert_eq!(right, "   5 EUR");
}
