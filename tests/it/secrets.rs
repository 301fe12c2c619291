//! Keys, tokens and voucher codes are in no error, no Debug output and no trace.

use std::time::Duration;

use futures_util::StreamExt;
use hotspot_vouchers::omada::{Timestamp, VoucherGroupQuery};
use hotspot_vouchers::{Secret, omada, unifi};
use hotspot_vouchers_sandbox::Canned;
use jiff::ToSpan;
use serde_json::json;

use crate::log::Log;
use crate::support::{World, group, vouchers};

#[tokio::test]
async fn nothing_shows_a_secret() {
    let (log, _kept) = Log::begin();
    let world = World::start().await;
    let mut shown = String::new();
    let (omada, unifi) = (world.omada_site(), world.unifi_site());
    let id = omada.create_voucher_group(&group("secrets")).await.expect("a group");
    let code = world.sandbox.omada().codes()[0].clone();
    let omada_code = code.clone();
    let query = VoucherGroupQuery::builder().page(1).page_size(10).search_key(code.as_str()).build();
    shown += &world.debugged(&query);
    shown += &world.debugged(&omada.voucher_group(&id, &query).await.expect("the group"));
    let found = omada.find_voucher(code.as_str()).await.expect("the groups");
    assert!(found.is_some());
    shown += &world.debugged(&found);
    let everything =
        omada::SelectVoucherGroup::builder().selection(omada::Selection::All).search_key(code.as_str()).build();
    shown += &world.debugged(&everything);
    shown += &world.debugged(&omada.codes_of_group(&id, 3, Duration::from_secs(5)).await.expect("the codes"));
    shown += &world.debugged(&omada.unused_vouchers_of_groups(&everything).await.expect("the vouchers"));
    let records = omada::AuthedRecordListQuery::full_pages().search_key(code.as_str()).build();
    shown += &world.debugged(&records);
    world.sandbox.omada().mark_used(id.as_str(), &code);
    shown += &world.debugged(&omada.authed_record_page(&records).await.expect("the records"));
    let now = Timestamp::now();
    shown += &world.debugged(&omada.voucher_history(now - 1.hour()..now).await.expect("the history"));
    let created = unifi.create_vouchers(&vouchers("secrets")).await.expect("vouchers");
    shown += &world.debugged(&created);
    shown += &world.debugged(&unifi.voucher(created[0].id).await.expect("a voucher"));
    let filter = unifi::Voucher::CODE.eq(&created[0].code);
    shown += &world.debugged(&filter);
    let page = unifi::VoucherQuery::builder().filter(filter).build();
    shown += &world.debugged(&page);
    shown += &world.debugged(&unifi.voucher_page(&page).await.expect("a page"));
    let cloud =
        unifi::Cloud::builder().url(world.sandbox.unifi().cloud_url()).api_key(world.sandbox.unifi().cloud_api_key());
    shown += &world.debugged(&cloud);
    shown += &world.debugged(&cloud.build().expect("an account"));
    shown += &world.debugged(&(&world.omada, &world.unifi, &omada, &unifi));
    shown += &format!(
        "{:?}",
        omada::Client::builder("http://127.0.0.1")
            .omadac_id("id")
            .client_credentials("id", world.sandbox.omada().client_secret())
    );
    shown += &format!("{:?}", unifi::Client::builder("http://127.0.0.1").api_key(world.sandbox.unifi().api_key()));
    shown += &format!("{:?}", Secret::from(world.sandbox.unifi().api_key()));

    // Every step of a user's sign-in, and of a refresh, some of which carry secrets in their address.
    let (username, password) = (world.sandbox.omada().username(), world.sandbox.omada().password());
    let user = world.omada_builder().user(username, password);
    shown += &world.debugged(&user);
    let user = user.build().expect("a client");
    shown += &world.debugged(&user.token().await.expect("a token"));
    world.sandbox.omada().expire_tokens();
    shown += &world.debugged(&user.sites(omada::SiteListQuery::full_pages().build()).collect::<Vec<_>>().await);
    let grants = world.sandbox.omada().received().into_iter().flat_map(|call| call.query);
    assert!(grants.into_iter().any(|(name, value)| name == "grant_type" && value == "refresh_token"));
    let own = user.token().await.expect("a token");
    let refresh_token = own.refresh_token.expect("a refresh token");
    world.sandbox.omada().expire_tokens();
    for echo in [world.sandbox.omada().client_secret(), password, refresh_token.expose()] {
        let busy = json!({"errorCode": -7132, "msg": format!("{echo} is busy"), "result": echo});
        world.sandbox.omada().answer_next_token(Canned::status(200).json(busy));
        let page = omada::SiteListQuery::full_pages().build();
        shown += &world.shown(&user.site_page(&page).await.expect_err("a busy controller"));
    }

    // A controller that says back what it was told, in every place from which an error is made.
    let secrets = world.secrets();
    for secret in &secrets {
        let bodies = [
            Canned::status(200).json(json!({"errorCode": 0, "result": {"data": [{"code": secret}], "totalRows": "x"}})),
            Canned::status(200).json(json!({"code": secret, "expired": "x"})),
            Canned::status(200).json(json!({"result": secret})),
            Canned::status(500).text("text/plain", format!("the secret {secret} is wrong")),
            Canned::status(500).text("text/html", format!("<title>{secret}</title>")),
            Canned::status(500).body(format!("{{\"a\":\"{secret}")),
            Canned::status(500).text(secret, "a type that is a secret"),
            Canned::status(500).text("text/plain", format!("{}{secret}", "0123456789abcdef-".repeat(74))),
        ];
        for body in bodies {
            world.sandbox.omada().answer_next(body.clone());
            world.sandbox.unifi().answer_next(body);
            shown += &world.shown(&omada.voucher_group(&id, &query).await.expect_err("no answer"));
            shown += &world.shown(&unifi.voucher(created[0].id).await.expect_err("no answer"));
        }
    }
    // A refusal is told in the vendor's own words, but without the client's own secrets.
    let own =
        [world.sandbox.omada().client_secret(), world.sandbox.unifi().api_key(), &world.sandbox.omada().tokens()[0]];
    for secret in own {
        let message = format!("{secret} is wrong");
        world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": -1, "msg": message})));
        world.sandbox.unifi().answer_next(Canned::status(400).json(json!({
            "message": message, "code": secret, "requestId": secret,
        })));
        let omada = omada.voucher_group(&id, &query).await.expect_err("a refusal");
        let unifi = unifi.voucher(created[0].id).await.expect_err("a refusal");
        if secret == world.sandbox.unifi().api_key() {
            shown += &world.shown(&unifi);
        } else {
            shown += &world.shown(&omada);
        }
    }
    // Codes that it was asked for, or that it told before.
    for code in [omada_code.as_str(), "abcdefgh", created[0].code.as_str()] {
        let message = format!("no voucher has the code {code}.");
        world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": -1001, "msg": message})));
        let query = VoucherGroupQuery::builder().page(1).page_size(10).search_key(code).build();
        let refused = world.shown(&omada.voucher_group(&id, &query).await.expect_err("a refusal"));
        assert!(refused.contains("no voucher has the code …"), "{refused}");
    }
    let code = created[0].code.as_str();
    for code in [code.to_owned(), format!("{}-{}", &code[..5], &code[5..])] {
        let body = json!({"message": format!("'{code}' is wrong"), "statusCode": 400});
        world.sandbox.unifi().answer_next(Canned::status(400).json(body));
        let refused = world.shown(&unifi.voucher(created[0].id).await.expect_err("a refusal"));
        assert!(refused.contains("'…' is wrong"), "{refused}");
    }
    // The wrong secret is a secret as well.
    let wrong = omada::Client::builder(world.sandbox.omada().url())
        .omadac_id(world.sandbox.omada().omadac_id())
        .client_credentials(world.sandbox.omada().client_id(), "hunter2-hunter2")
        .build()
        .expect("a client");
    let site = wrong.site(world.sandbox.omada().site_id()).expect("an id");
    let error = site.create_voucher_group(&group("wrong")).await.expect_err("a wrong secret");
    shown += &format!("{error} {error:?} {wrong:?}");

    assert!(shown.len() > 1000, "something was shown");
    let traced = log.take();
    assert!(traced.len() > 1000, "something was traced");
    for secret in world.secrets().iter().map(String::as_str).chain(["hunter2-hunter2"]) {
        assert!(!shown.contains(secret), "{secret} is shown");
        let line = traced.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is traced");
    }
}

/// What a controller says back of a request is hidden in whatever form it says it.
#[tokio::test]
async fn what_is_said_back_is_hidden_in_every_form() {
    let world = World::start().await;
    let omada = world.sandbox.omada();
    let password = r#"Sommer"Wind\ & 5%"#;
    let request = json!({"username": omada.username(), "password": password}).to_string();
    let echoes = [
        request.clone(),
        "password=Sommer%22Wind%5C+%26+5%25".to_owned(),
        "password=Sommer%22Wind%5C%20%26%205%25".to_owned(),
        password.to_owned(),
    ];
    for echo in echoes {
        for body in
            [json!({"errorCode": -1001, "msg": echo}), json!({"msg": echo}), json!({"error": {"message": echo}})]
        {
            omada.answer_next(Canned::status(200).json(body));
            let user = world.omada_builder().user(omada.username(), password).build().expect("a client");
            let error = user.token().await.expect_err("a refusal");
            let shown = format!("{} {error:?}", world.shown(&error));
            assert!(shown.contains('…') && !shown.contains("Sommer") && !shown.contains("Wind"), "{shown}");
        }
    }
}

/// Codes of letters alone look like words. What is searched for is known; of what is not, capitals are hidden.
#[tokio::test]
async fn codes_of_letters_are_hidden() {
    let world = World::start().await;
    let site = world.omada_site();
    site.voucher_summary().await.expect("the sign-in, which is not scripted");
    let refuse = |code: &str| {
        let message = format!("The voucher [{code}] is not there.");
        world.sandbox.omada().answer_next(Canned::status(200).json(json!({"errorCode": -1001, "msg": message})));
    };
    let check = |error: omada::Error| {
        let shown = format!("{} {error:?}", world.shown(&error));
        assert!(shown.contains("The voucher […] is not there"), "{shown}");
    };
    refuse("KJHGFDSA");
    check(site.voucher_summary().await.expect_err("a refusal"));

    let code = "kjhgfdsa";
    let query = VoucherGroupQuery::builder().page(1).page_size(10).search_key(code).build();
    refuse(code);
    check(site.voucher_group(&omada::GroupId::new("1").expect("an id"), &query).await.expect_err("a refusal"));
    let groups = omada::SelectVoucherGroup::builder().selection(omada::Selection::All).search_key(code).build();
    refuse(code);
    check(site.unused_vouchers_of_groups(&groups).await.expect_err("a refusal"));
    let vouchers = omada::SelectIds::builder().selection(omada::Selection::All).group_id("1").search_key(code).build();
    refuse(code);
    check(site.selected_vouchers(&vouchers).await.expect_err("a refusal"));
    let asked = omada::OpenApiQueryData::builder().page(1).page_size(10).search_key(code).build();
    let export = omada::ExportVoucher::builder().format(omada::ExportFormat::Csv).query_data(asked);
    refuse(code);
    check(site.export_vouchers(&export.selection(omada::Selection::All).build()).await.expect_err("a refusal"));
}
