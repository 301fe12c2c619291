//! What stands beside the vouchers of Omada: the controller, its sites, and what groups refer to.

use futures_util::TryStreamExt;
use hotspot_vouchers::omada::{
    CreateRateLimitProfile, Currency, ErrorCode, HotspotSiteSetting, HotspotType, SiteListQuery, SiteSummary,
};
use hotspot_vouchers::{Error, List};

use crate::support::{World, group};

#[tokio::test]
async fn a_controller_introduces_itself() {
    let world = World::start().await;
    let info = world.omada.controller_info().await.expect("an introduction");
    assert_eq!(info.omadac_id.as_deref(), Some(world.sandbox.omada().omadac_id()));
    assert_eq!(info.controller_ver.as_deref(), Some("6.0.0"));
    assert_eq!(world.sandbox.omada().tokens_issued(), 0, "anybody may ask");

    let sites: Vec<SiteSummary> =
        world.omada.sites(SiteListQuery::full_pages().build()).try_collect().await.expect("sites");
    assert_eq!(sites.len(), 1);
    assert_eq!(sites[0].site_id.as_deref(), Some(world.sandbox.omada().site_id()));
    let none = SiteListQuery::full_pages().search_key("no such site").build();
    assert_eq!(world.omada.sites(none).try_collect::<Vec<_>>().await.expect("no sites").len(), 0);
    let past = SiteListQuery::builder().page(2).page_size(1).build();
    assert_eq!(world.omada.site_page(&past).await.expect("an empty page").data, Some(List::default()));
    let query = SiteListQuery::builder().page(1).page_size(1001).build();
    assert!(world.omada.site_page(&query).await.expect_err("a page that is too large").is_invalid());
}

#[tokio::test]
async fn portals_are_listed() {
    let world = World::start().await;
    let portals = world.omada_site().portals().await.expect("portals");
    let ids: Vec<&str> = portals.iter().filter_map(|portal| portal.id.as_deref()).collect();
    assert_eq!(ids, world.sandbox.omada().portal_ids());
    assert!(portals[0].hotspot_types.as_ref().is_some_and(|types| types.contains(&HotspotType::Voucher)));
}

#[tokio::test]
async fn rate_limit_profiles_are_created() {
    let world = World::start().await;
    let site = world.omada_site();
    let profile = |down, up| CreateRateLimitProfile::builder().name("Guests").rate_limit_kbps(down, up).build();
    site.create_rate_limit_profile(&profile(Some(5000), None)).await.expect("a profile");
    let taken = site.create_rate_limit_profile(&profile(None, Some(1))).await.expect_err("a name that is taken");
    assert!(matches!(&taken, Error::Api(told) if told.code == ErrorCode::RateLimitProfileExists));
    for name in [" Guests", "Guests ", " "] {
        let profile = CreateRateLimitProfile::builder().name(name).rate_limit_kbps(Some(5000), None).build();
        let refused = site.create_rate_limit_profile(&profile).await.expect_err("a space at an end");
        assert!(refused.to_string().contains("neither begins nor ends with a space"), "{refused}");
    }
    let profiles = site.rate_limit_profiles().await.expect("profiles");
    let limits = |index: usize| (profiles[index].down_limit, profiles[index].up_limit);
    assert_eq!((profiles.len(), limits(0), limits(1)), (2, (None, None), (Some(5000), None)));
    assert_eq!(profiles[0].profile_id.as_deref(), Some(world.sandbox.omada().rate_limit_profile_id()));
    assert_eq!(profiles[0].default_profile, Some(true));
}

#[tokio::test]
async fn the_currency_is_selected() {
    let world = World::start().await;
    let site = world.omada_site();
    let setting = |currency| HotspotSiteSetting::builder().currency(currency).build();
    site.modify_hotspot_setting(&setting(Currency::Eur)).await.expect("a setting");
    let currencies = site.voucher_currencies().await.expect("currencies");
    assert_eq!(currencies.selected_currency, Some(Currency::Eur));
    assert!(currencies.currency_list.is_some_and(|list| list.contains(&Currency::Usd)));
    let unknown = site.modify_hotspot_setting(&setting("KES".into())).await.expect_err("no such currency");
    assert!(unknown.is_invalid());
    site.create_voucher_group(&group("in euros")).await.expect("a group");
}
