//! What is left out of a request never makes it mean more: nothing is deleted, printed or exported that was not named.

use hotspot_vouchers::omada::{
    ExportFormat, ExportVoucher, GroupId, SelectIds, SelectVoucherGroup, Selection, VoucherId, VoucherStatus,
};
use hotspot_vouchers::unifi::filter::Filter;
use hotspot_vouchers::unifi::{IdempotencyKey, Voucher};
use serde_json::{Value, json};

use crate::support::{World, group, vouchers};

/// The bodies of everything that a request that selects can be on the wire, by its builder's compulsory parts alone.
#[test]
fn everything_has_to_be_said() {
    let bodies = [
        serde_json::to_value(SelectVoucherGroup::builder().selection(Selection::All).build()),
        serde_json::to_value(SelectIds::builder().selection(Selection::All).group_id("a").build()),
        serde_json::to_value(ExportVoucher::builder().selection(Selection::All).format(ExportFormat::Csv).build()),
    ];
    for body in bodies {
        assert_eq!(body.expect("JSON")["type"], json!(0), "only the word `All` is on the wire as all");
    }
    let none: Vec<GroupId> = Vec::new();
    let some = vec![GroupId::new("a").expect("an id")];
    let kinds = [
        Selection::Only(some.clone()),
        Selection::Except(some),
        Selection::Only(none.clone()),
        Selection::Except(none),
    ];
    for kind in kinds {
        let is_empty = matches!(&kind, Selection::Only(ids) | Selection::Except(ids) if ids.is_empty());
        let request = SelectVoucherGroup::builder().selection(kind.clone()).build();
        let body: Value = serde_json::to_value(&request).expect("JSON");
        assert_ne!(body["type"], json!(0));
        assert_eq!(request.validate().is_err(), is_empty);
        let export = ExportVoucher::builder().selection(kind).format(ExportFormat::Csv).build();
        assert_eq!(export.validate().is_err(), is_empty);
    }
}

/// No selection comes from a default. Whether a type has one, the compiler looks up: the second constant is only there if it has.
#[test]
fn nothing_that_selects_has_a_default() {
    trait Fallback {
        const HAS_DEFAULT: bool = false;
    }
    struct Probe<T>(std::marker::PhantomData<T>);
    impl<T> Fallback for Probe<T> {}
    #[allow(dead_code)]
    impl<T: Default> Probe<T> {
        const HAS_DEFAULT: bool = true;
    }
    const { assert!(Probe::<Vec<u8>>::HAS_DEFAULT, "the probe works") };
    const { assert!(!Probe::<Selection<GroupId>>::HAS_DEFAULT) };
    const { assert!(!Probe::<SelectVoucherGroup>::HAS_DEFAULT) };
    const { assert!(!Probe::<SelectIds>::HAS_DEFAULT) };
    const { assert!(!Probe::<ExportVoucher>::HAS_DEFAULT) };
    const { assert!(!Probe::<Filter<Voucher>>::HAS_DEFAULT) };
}

#[tokio::test]
async fn nothing_is_sent_that_selects_nothing_in_particular() {
    let world = World::start().await;
    let (omada, unifi) = (world.omada_site(), world.unifi_site());
    omada.create_voucher_group(&group("kept")).await.expect("a group");
    unifi.create_vouchers(&vouchers("kept")).await.expect("vouchers");
    world.sandbox.omada().clear_received();
    world.sandbox.unifi().clear_received();

    for group_id in ["", " ", ".", "..", "a/b"] {
        let all = SelectIds::builder().selection(Selection::All).group_id(group_id).build();
        assert!(omada.delete_vouchers(&all).await.expect_err("no group").is_invalid());
        assert!(omada.selected_vouchers(&all).await.expect_err("no group").is_invalid());
        assert!(GroupId::new(group_id).is_err() && VoucherId::new(group_id).is_err(), "nor is it an id");
    }
    let nothing: Selection<GroupId> = Selection::Only(Vec::new());
    let groups = SelectVoucherGroup::builder().selection(nothing.clone()).build();
    let export = ExportVoucher::builder().selection(nothing.clone()).format(ExportFormat::Csv).build();
    assert!(omada.delete_voucher_groups(&groups).await.expect_err("no group").is_invalid());
    assert!(omada.delete_expired_vouchers_of_groups(&groups).await.expect_err("no group").is_invalid());
    assert!(omada.unused_vouchers_of_groups(&groups).await.expect_err("no group").is_invalid());
    assert!(omada.export_vouchers(&export).await.expect_err("no group").is_invalid());
    assert!(omada.plan_purge(nothing, VoucherStatus::Unused).await.expect_err("no group").is_invalid());
    for text in ["", " ", "\n"] {
        assert!(Filter::<Voucher>::raw(text).is_err());
        assert!(IdempotencyKey::new(text).is_err());
    }
    let none: [&str; 0] = [];
    assert!(Voucher::NAME.is_in(none).is_err() && Voucher::NAME.not_in(none).is_err());
    assert_eq!(world.sandbox.omada().received().len() + world.sandbox.unifi().received().len(), 0);
    assert_eq!((world.sandbox.omada().codes().len(), world.sandbox.unifi().codes().len()), (3, 3));
}
