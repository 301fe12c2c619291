//! Answers in full: what the sandbox sends, which is the second transcription of the vendors' pages, is what the specs describe.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::{Stream, StreamExt, TryStreamExt};
use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::omada::{
    AuthedRecordListQuery, CreateRateLimitProfile, Currency, EditVoucherGroupPattern, GroupId, HotspotSiteSetting,
    PatternPosition, PatternType, RateLimitMode, SelectIds, SelectVoucherGroup, Selection, SiteListQuery, Timestamp,
    VoucherGroupListQuery, VoucherGroupOptionListQuery, VoucherGroupQuery, VoucherId,
};
use hotspot_vouchers::unifi::{ClientAction, ClientActionName};
use hotspot_vouchers::{Error, omada, unifi};
use hotspot_vouchers_sandbox::Received;
use serde_json::Value;

use crate::readme::{TABLES, documents};
use crate::spec::passes::schema::{component, operations, properties, reference, resolve};
use crate::support::{World, daily, group, vouchers, weekly, with_validity};

/// Reads a list to its end.
async fn all<T, A: Refusal>(rows: impl Stream<Item = Result<T, Error<A>>>) -> Vec<T> {
    rows.map(|row| row.unwrap_or_else(|error| panic!("{error}"))).collect().await
}

/// Groups with every setting there is, some of their vouchers used.
async fn issue(world: &World, site: &omada::Site) -> Vec<GroupId> {
    let now = Timestamp::now();
    let period = omada::Validity::Between { effective: now, expiration: now + Duration::from_secs(86_400) };
    let mut ids = Vec::new();
    let mut profiled = with_validity("period", period);
    (profiled.apply_to_all_portals, profiled.portals) = (false, Some(world.sandbox.omada().portal_ids().to_vec()));
    profiled.rate_limit.mode = RateLimitMode::Profile;
    profiled.rate_limit.rate_limit_profile_id = Some(world.sandbox.omada().rate_limit_profile_id().to_owned());
    profiled.rate_limit.custom_rate_limit = None;
    for request in [group("priced"), daily("daily"), weekly("weekly"), profiled] {
        let first = world.sandbox.omada().codes().len();
        ids.push(site.create_voucher_group(&request).await.expect("a group"));
        world.sandbox.omada().mark_used(ids[ids.len() - 1].as_str(), &world.sandbox.omada().codes()[first]);
    }
    ids
}

/// Calls every operation of Omada that reads.
async fn read_omada(world: &World) {
    let (client, site) = (&world.omada, world.omada_site());
    let ids = issue(world, &site).await;
    let profile = CreateRateLimitProfile::builder().name("Guests").rate_limit_kbps(Some(1000), Some(500)).build();
    site.create_rate_limit_profile(&profile).await.expect("a profile");
    let pattern = EditVoucherGroupPattern::builder()
        .pattern_type(PatternType::Title)
        .title("Hotel")
        .title_size(16)
        .logo_size(100)
        .position(PatternPosition::Middle)
        .print_comments("Welcome")
        .duration_enable(true)
        .limit_enable(true)
        .ssid_networkenable(true)
        .ssid_list([world.sandbox.omada().ssid_ids()[0].clone()])
        .network_list([world.sandbox.omada().network_ids()[0].clone()]);
    site.edit_voucher_group_pattern(&ids[0], &pattern.build()).await.expect("a pattern");
    let euros = HotspotSiteSetting::builder().currency(Currency::Eur).build();
    site.modify_hotspot_setting(&euros).await.expect("a currency");
    world.sandbox.omada().clear_received();

    client.controller_info().await.expect("an introduction");
    all(client.sites(SiteListQuery::full_pages().build())).await;
    all(site.voucher_groups(VoucherGroupListQuery::full_pages().build())).await;
    all(site.voucher_group_options(VoucherGroupOptionListQuery::full_pages().build())).await;
    all(site.authed_records(AuthedRecordListQuery::full_pages().build())).await;
    site.voucher_group_limits().await.expect("limits");
    site.voucher_currencies().await.expect("currencies");
    site.portals().await.expect("portals");
    site.rate_limit_profiles().await.expect("profiles");
    site.voucher_summary().await.expect("a summary");
    let period = || Timestamp::now() - Duration::from_secs(3600)..Timestamp::now() + Duration::from_secs(3600);
    site.voucher_history(period()).await.expect("a history");
    site.voucher_distribution_by_price(period()).await.expect("prices");
    site.voucher_distribution_by_duration(period()).await.expect("durations");
    for id in &ids {
        let rows = all(site.vouchers_of_group(id, VoucherGroupQuery::full_pages().build())).await;
        let voucher = VoucherId::new(rows[0].id.as_deref().expect("an id")).expect("an id");
        site.voucher(&voucher).await.expect("a voucher");
        let selected = SelectIds::builder().group_id(id.as_str()).selection(Selection::Only(vec![voucher])).build();
        site.selected_vouchers(&selected).await.expect("vouchers");
        site.unused_vouchers_of_group(id).await.expect("vouchers");
        site.voucher_summary_of_group(id).await.expect("a summary");
        site.voucher_history_of_group(id, period()).await.expect("a history");
        all(site.voucher_distribution_by_price_of_group(id, period()).expect("a period")).await;
        all(site.voucher_distribution_by_duration_of_group(id, period()).expect("a period")).await;
    }
    let selected = SelectVoucherGroup::builder().selection(Selection::Only(ids)).build();
    site.unused_vouchers_of_groups(&selected).await.expect("vouchers");
}

/// Calls every operation of UniFi that answers something that stays true.
async fn read_unifi(world: &World) {
    let site = world.unifi_site();
    let created = site.create_vouchers(&vouchers("full")).await.expect("vouchers");
    world.sandbox.unifi().mark_used(&created[0].id.to_string());
    world.sandbox.unifi().add_wired_client("02:00:00:00:00:01");
    let guest = world.sandbox.unifi().add_guest("02:00:00:00:00:02").parse().expect("an id");
    let action = ClientAction::builder()
        .action(ClientActionName::AuthorizeGuestAccess)
        .time_limit_minutes(60)
        .data_usage_limit_mbytes(100)
        .rx_rate_limit_kbps(1000)
        .tx_rate_limit_kbps(500)
        .build();
    world.sandbox.unifi().clear_received();
    for _ in 0..2 {
        site.execute_client_action(guest, &action).await.expect("a guest is let in");
    }
    site.create_vouchers(&vouchers("more")).await.expect("vouchers");
    world.unifi.info().await.expect("a version");
    all(world.unifi.sites(None)).await;
    all(site.clients(None)).await;
    site.client(guest).await.expect("a client");
    all(site.vouchers(None)).await;
    site.voucher(created[0].id).await.expect("a voucher");
    let cloud = unifi::Cloud::builder().url(world.sandbox.unifi().cloud_url());
    let cloud = cloud.api_key(world.sandbox.unifi().cloud_api_key()).build().expect("an account");
    let consoles: Vec<_> = cloud.consoles().try_collect().await.expect("consoles");
    assert_eq!(consoles.len(), 1);
}

/// Sends a request once more, and gives the answer as it is.
async fn again(base: &str, request: &Received) -> Value {
    let method = request.method.parse().expect("a verb");
    let mut sent = reqwest::Client::new().request(method, format!("{base}{}", request.path)).query(&request.query);
    for name in ["authorization", "x-api-key"] {
        if let Some(value) = request.header(name) {
            sent = sent.header(name, value);
        }
    }
    if let Some(body) = &request.body {
        sent = sent.json(body);
    }
    sent.send().await.expect("an answer").json().await.expect("JSON")
}

/// The template that a path was made of.
fn is_of(path: &str, template: &str) -> bool {
    let (path, template): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), template.split('/').collect());
    let step = |(step, of): (&&str, &&str)| of.starts_with('{') || step == of;
    path.len() == template.len() && path.iter().zip(&template).all(step)
}

/// Goes through an answer with its schema: which fields it has, and which the schema does not know.
fn walk(json: &Value, schema: &Value, answer: &Value, seen: &mut BTreeSet<String>, unknown: &mut BTreeSet<String>) {
    let name = reference(schema).unwrap_or_default();
    let schema = resolve(json, schema);
    if let (Some(items), Some(rows)) = (schema.get("items"), answer.as_array()) {
        rows.iter().for_each(|row| walk(json, items, row, seen, unknown));
    }
    let (Some(fields), Some(_)) = (answer.as_object(), schema.get("properties")) else { return };
    for (field, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        match properties(schema).find(|(property, _)| *property == field) {
            Some((_, property)) => {
                seen.insert(format!("{name}.{field}"));
                walk(json, property, value, seen, unknown);
            }
            None => drop(unknown.insert(format!("{name}.{field}"))),
        }
    }
}

/// The fields of a schema and of what is in it.
fn expected(json: &Value, schema: &Value, fields: &mut BTreeSet<String>) {
    let name = reference(schema).unwrap_or_default();
    let schema = resolve(json, schema);
    if let Some(items) = schema.get("items") {
        expected(json, items, fields);
    }
    for (field, property) in properties(schema) {
        if fields.insert(format!("{name}.{field}")) {
            expected(json, property, fields);
        }
    }
}

#[tokio::test]
async fn answers_are_what_the_specs_describe() {
    let world = World::start().await;
    read_omada(&world).await;
    read_unifi(&world).await;
    let (omada, unifi) = (world.sandbox.omada(), world.sandbox.unifi());
    let sent = [("", omada.url(), omada.received()), ("/proxy/network/integration", unifi.url(), unifi.received())];
    let mut told = String::new();
    for ((vendor, specs, _, _), (prefix, base, requests)) in TABLES.into_iter().zip(sent) {
        let documents = documents(vendor, specs);
        let (mut seen, mut unknown, mut fields) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut called = BTreeSet::new();
        for request in &requests {
            // What does not go to the API of a console goes to the cloud.
            let (base, path) = match request.path.strip_prefix(prefix) {
                Some(path) => (base, path),
                None => (unifi.cloud_url(), request.path.as_str()),
            };
            let all =
                documents.iter().flat_map(|document| operations(&document.json).map(|found| (&document.json, found)));
            let literal = all.filter(|(_, (_, template, method, _))| {
                is_of(path, template) && *method == request.method.to_lowercase()
            });
            // A path without a parameter goes before one with.
            let operation = literal.min_by_key(|(_, (_, template, _, _))| template.matches('{').count());
            let (json, (_, _, _, operation)) = operation.unwrap_or_else(|| panic!("{} is no operation", request.path));
            let id = operation["operationId"].as_str().expect("an id").to_owned();
            let success =
                operation["responses"].as_object().into_iter().flatten().find(|(status, _)| status.starts_with('2'));
            let (_, success) = success.expect("a success");
            let schema = &component(json, success)["content"]["application/json"]["schema"];
            expected(json, schema, &mut fields);
            walk(json, schema, &again(base, request).await, &mut seen, &mut unknown);
            called.insert(id);
        }
        let unseen: Vec<&str> = fields.difference(&seen).map(String::as_str).collect();
        let unknown: Vec<&str> = unknown.iter().map(String::as_str).collect();
        told += &format!("{vendor}: {} operations, {} fields\n", called.len(), seen.len());
        told += &format!("never sent: {}\nsent, and not in the spec: {}\n\n", unseen.join(", "), unknown.join(", "));
    }
    insta::assert_snapshot!("full_answers", told);
}
