//! Omada, from sign-in to codes, against the sandbox.

use std::collections::HashSet;
use std::time::Duration;

use hotspot_vouchers::Error;
use hotspot_vouchers::omada::{
    Client, CodeForm, ErrorCode, GrantType, GroupId, SiteId, SortOrder, Timestamp, TokenRequest, UnixMillis,
    UnixSeconds, VoucherGroupQuery, VoucherStatus,
};
use jiff::ToSpan;

use crate::support::{World, group, with_validity};

fn page(number: i32, size: i32) -> VoucherGroupQuery {
    VoucherGroupQuery::builder().page(number).page_size(size).build()
}

#[tokio::test]
async fn a_group_is_created_and_its_codes_are_read() {
    let world = World::start().await;
    let site = world.omada_site();
    let id = site.create_voucher_group(&group("lobby")).await.expect("a group");
    let read = site.voucher_group(&id, &page(1, 10)).await.expect("the group");

    assert_eq!(read.name.as_deref(), Some("lobby"));
    assert_eq!(read.limit_num, Some(2));
    assert_eq!(read.unit_price.as_deref(), Some("5"));
    assert_eq!(read.total_rows, Some(3));
    let rows = read.data.expect("vouchers");
    let codes: HashSet<String> =
        rows.iter().filter_map(|voucher| voucher.code.as_ref()).map(ToString::to_string).collect();
    assert_eq!(codes, world.sandbox.omada().codes().into_iter().collect());
    assert!(codes.iter().all(|code| code.len() == 8));
    assert!(rows.iter().all(|voucher| voucher.status == Some(VoucherStatus::Unused)));
    assert!(rows.iter().all(|voucher| voucher.end_time.is_some_and(UnixMillis::is_no_end)));
}

#[tokio::test]
async fn codes_come_late_and_in_pages() {
    let world = World::start().await;
    world.sandbox.omada().set_code_lag(Duration::from_secs(5));
    let site = world.omada_site();
    let mut request = group("stock");
    request.amount = 25;
    let id = site.create_voucher_group(&request).await.expect("a group");

    let early = site.voucher_group(&id, &page(1, 10)).await.expect("the group");
    assert_eq!((early.total_rows, early.data.unwrap_or_default().len()), (Some(0), 0));

    world.sandbox.clock().advance(Duration::from_secs(6));
    let mut codes = HashSet::new();
    for (number, rows) in [(1, 10), (2, 10), (3, 5), (4, 0)] {
        let read = site.voucher_group(&id, &page(number, 10)).await.expect("a page").data.unwrap_or_default();
        assert_eq!(read.len(), rows, "page {number}");
        codes.extend(read.into_iter().filter_map(|voucher| voucher.code));
    }
    assert_eq!(codes.len(), 25);
}

#[tokio::test]
async fn the_query_selects() {
    let world = World::start().await;
    let site = world.omada_site();
    let id = site.create_voucher_group(&group("query")).await.expect("a group");
    let code = world.sandbox.omada().codes()[1].clone();
    world.sandbox.omada().mark_used(id.as_str(), &code);

    let codes = async |query: VoucherGroupQuery| -> Vec<String> {
        let read = site.voucher_group(&id, &query).await.expect("the group").data.unwrap_or_default();
        read.into_iter().filter_map(|voucher| voucher.code).map(|code| code.to_string()).collect()
    };
    let in_use = VoucherGroupQuery::builder().page(1).page_size(9).filters_status(VoucherStatus::InUse).build();
    assert_eq!(codes(in_use).await, [code.as_str()]);
    let searched = VoucherGroupQuery::builder().page(1).page_size(9).search_key(code.as_str()).build();
    assert_eq!(codes(searched).await, [code]);
    let mut sorted = world.sandbox.omada().codes();
    sorted.sort();
    let query = |order| VoucherGroupQuery::builder().page(1).page_size(9).sorts_code(order).build();
    assert_eq!(codes(query(SortOrder::Ascending)).await, sorted);
    sorted.reverse();
    assert_eq!(codes(query(SortOrder::Descending)).await, sorted);
}

#[tokio::test]
async fn history_asks_in_seconds_and_answers_in_milliseconds() {
    let world = World::start().await;
    let site = world.omada_site();
    let noon: Timestamp = "2026-03-04T12:00:00.999Z".parse().expect("a moment");
    world.sandbox.clock().set_unix_millis(noon.as_millisecond());
    site.create_voucher_group(&group("history")).await.expect("a group");

    let history = site.voucher_history(noon - 1.hour()..noon + 1.hour()).await.expect("the history");
    let summary = history.summary.expect("a summary");
    assert_eq!((summary.count, summary.duration, summary.amount.as_deref()), (Some(3), Some(180), Some("15")));
    let usage = history.usage.expect("buckets");
    let end = usage.iter().filter_map(|bucket| bucket.time).next().and_then(UnixMillis::timestamp);
    assert_eq!(end.map(|end| end.to_string()).as_deref(), Some("2026-03-05T00:00:00Z"));
    assert_eq!(usage[0].time_interval, Some(24));

    let received = world.sandbox.omada().received();
    let query = &received.last().expect("a request").query;
    let seconds = |shift: i64| (noon.as_second() + shift).to_string();
    assert!(query.contains(&("filters.timeStart".to_owned(), seconds(-3600))), "{query:?}");
    assert!(query.contains(&("filters.timeEnd".to_owned(), seconds(3600))), "{query:?}");

    let refused = site.voucher_history(noon..noon - 1.second()).await.expect_err("a period that ends before it starts");
    insta::assert_snapshot!(world.shown(&refused), @"`filters.timeStart` is 2026-03-04T12:00:00.999Z, after `filters.timeEnd`, which is 2026-03-04T11:59:59.999Z");
}

#[tokio::test]
async fn requests_are_what_the_vendor_documents() {
    let world = World::start().await;
    let site = world.omada_site();
    let id = site
        .create_voucher_group(&with_validity("wire", hotspot_vouchers::omada::Validity::AnyTime))
        .await
        .expect("a group");
    site.voucher_group(&id, &page(1, 7)).await.expect("the group");

    let received = world.sandbox.omada().received();
    let methods: Vec<&str> = received.iter().map(|request| request.method.as_str()).collect();
    assert_eq!(methods, ["POST", "POST", "GET"]);
    assert_eq!(received[0].query, [("grant_type".to_owned(), "client_credentials".to_owned())]);
    assert_eq!(received[0].header("authorization"), None);
    let token = received[1].header("authorization").expect("a token");
    assert!(token.starts_with("AccessToken=AT-"));
    for request in &received {
        assert_eq!(request.header("api-version"), None, "progenitor's header stays at home");
    }
    let mut query = received[2].query.clone();
    query.sort();
    assert_eq!(query, [("page".to_owned(), "1".to_owned()), ("pageSize".to_owned(), "7".to_owned())]);
}

#[tokio::test]
async fn one_sign_in_serves_all_clones() {
    let world = World::start().await;
    let calls = (0..32).map(|number| {
        let client = world.omada.clone();
        let site = client.site(world.sandbox.omada().site_id()).expect("a site");
        tokio::spawn(async move { site.create_voucher_group(&group(&format!("clone {number}"))).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("no panic").expect("a group");
    }
    assert_eq!(world.sandbox.omada().tokens_issued(), 1);
}

#[tokio::test]
async fn an_expired_token_is_replaced_once() {
    let world = World::start().await;
    let site = world.omada_site();
    site.create_voucher_group(&group("before")).await.expect("a group");
    world.sandbox.omada().expire_tokens();
    site.create_voucher_group(&group("after")).await.expect("a group with a new token");
    assert_eq!(world.sandbox.omada().tokens_issued(), 2);

    // A controller that refuses the new token too is not asked for ever.
    for _ in 0..2 {
        let body = serde_json::json!({"errorCode": -44112, "msg": "expired"});
        world.sandbox.omada().answer_next(hotspot_vouchers_sandbox::Canned::status(200).json(body));
    }
    let refused = site.create_voucher_group(&group("never")).await.expect_err("a refusal");
    assert!(refused.is_auth());
    assert_eq!(world.sandbox.omada().tokens_issued(), 3);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let world = World::start().await;
    world.sandbox.omada().set_access_token_lifetime(Duration::ZERO);
    let site = world.omada_site();
    let refused = site.create_voucher_group(&group("no life")).await.expect_err("a token without a life");
    assert!(refused.is_auth());
    world.sandbox.omada().set_access_token_lifetime(Duration::from_secs(7200));
    site.create_voucher_group(&group("a life")).await.expect("a group");
}

#[tokio::test]
async fn wrong_credentials_are_told() {
    let world = World::start().await;
    let client = Client::builder(world.sandbox.omada().url())
        .omadac_id(world.sandbox.omada().omadac_id())
        .client_credentials(world.sandbox.omada().client_id(), "the wrong secret")
        .build()
        .expect("a client");
    let site = client.site(world.sandbox.omada().site_id()).expect("a site");
    let refused = site.create_voucher_group(&group("wrong")).await.expect_err("wrong credentials");
    assert!(refused.is_auth() && !refused.is_retryable());
    assert!(matches!(&refused, Error::Api(refusal) if refusal.code == ErrorCode::ClientCredentialsInvalid));
    insta::assert_snapshot!("omada_wrong_credentials", world.shown(&refused));
}

#[tokio::test]
async fn refusals_have_their_variants() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    let site = world.omada_site();
    site.create_voucher_group(&group("taken")).await.expect("a group");
    let code = async |request| match site.create_voucher_group(&request).await {
        Err(Error::Api(refusal)) => refusal.code,
        other => panic!("expected a refusal, got {other:?}"),
    };

    assert_eq!(code(group("taken")).await, ErrorCode::GroupNameTaken);
    let mut request = group("portal");
    (request.apply_to_all_portals, request.portals) = (false, Some(vec!["no such portal".to_owned()]));
    assert_eq!(code(request).await, ErrorCode::PortalNotFound);
    let mut request = group("currency");
    request.currency = Some(hotspot_vouchers::omada::Currency::Usd);
    assert_eq!(code(request).await, ErrorCode::CurrencyMixed);
    let mut request = group("profile");
    (request.rate_limit.mode, request.rate_limit.custom_rate_limit) = (1.into(), None);
    request.rate_limit.rate_limit_profile_id = Some("no such profile".to_owned());
    assert_eq!(code(request).await, ErrorCode::RateLimitProfileNotFound);
    let effective = Timestamp::now();
    let expiration = effective + (24 * 1001).hours();
    let request = with_validity("too far", hotspot_vouchers::omada::Validity::Between { effective, expiration });
    assert_eq!(code(request).await, ErrorCode::ExpirationTooFar);
    omada.set_voucher_limit(4);
    assert_eq!(code(group("limit")).await, ErrorCode::VoucherLimitReached);
    omada.set_site_busy(true);
    let busy = site.create_voucher_group(&group("busy")).await.expect_err("a busy site");
    assert!(busy.is_busy() && busy.is_retryable());
    omada.set_site_busy(false);

    let elsewhere = world.omada.site("ffffffffffffffffffffffff").expect("an id");
    assert!(elsewhere.create_voucher_group(&group("elsewhere")).await.expect_err("no such site").is_not_found());
    let query = page(1, 1);
    let unknown = GroupId::new("ffffffffffffffffffffffff").expect("an id");
    assert!(site.voucher_group(&unknown, &query).await.expect_err("no such group").is_invalid());
}

#[tokio::test]
async fn the_generated_client_is_signed_in_and_unchecked() {
    let world = World::start().await;
    let (raw, omadac_id) = (world.omada.generated(), world.omada.omadac_id());
    let site_id = SiteId::new(world.sandbox.omada().site_id()).expect("an id");
    let mut request = group("raw");
    request.code_form = vec![CodeForm::Number];
    let created = raw.create_voucher_group(omadac_id, &site_id, &request).await.expect("a group");
    let group_id = GroupId::new(created.id.expect("an id")).expect("an id");
    let read = raw.read_voucher_group(omadac_id, &site_id, &group_id, None, 1, 5, None, None).await.expect("the group");
    assert_eq!(read.data.map(|rows| rows.len()), Some(3));
    let now = UnixSeconds::from(Timestamp::now());
    raw.read_voucher_history(omadac_id, &site_id, &UnixSeconds(now.0 + 60), &now).await.expect("the history");
    let credentials = TokenRequest::builder()
        .omadac_id(world.sandbox.omada().omadac_id())
        .client_id(world.sandbox.omada().client_id())
        .client_secret(world.sandbox.omada().client_secret())
        .build();
    let token = raw.request_token(&GrantType::ClientCredentials, &credentials).await.expect("a token");
    assert_eq!(token.expires_in, Some(7200));
    world.debugged(&token);
    world.debugged(&credentials);
}
