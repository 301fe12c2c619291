//! Ids that would address another resource never get into a path.

use hotspot_vouchers::omada::{self, GroupId, OmadacId, SiteId};
use hotspot_vouchers::unifi::Uuid;

use crate::support::World;

const BAD: [&str; 16] =
    ["", ".", "..", "a/b", "/", "a\\b", "a?b", "a#b", "%2e%2e", "a b", " ", "a\n", "a\0", "a\t", "\u{7f}", "a\u{a0}"];

#[test]
fn ids_that_break_out_are_refused() {
    let mut messages = Vec::new();
    for bad in BAD {
        messages.push(SiteId::new(bad).expect_err("an id that breaks out").to_string());
        assert!(GroupId::new(bad).is_err() && OmadacId::new(bad).is_err() && bad.parse::<Uuid>().is_err(), "{bad:?}");
    }
    messages.push(GroupId::new("..").expect_err("an id that breaks out").to_string());
    messages.push(OmadacId::new("..").expect_err("an id that breaks out").to_string());
    insta::assert_snapshot!("bad_ids", messages.join("\n"));
}

#[test]
fn ids_are_taken_as_the_vendors_write_them() {
    for good in ["66f0c0ffee66f0c0ffee66f0", "...", "a.b", "A_b-c~1", "é"] {
        assert_eq!(SiteId::new(good).map(|id| id.to_string()).as_deref(), Ok(good));
    }
}

#[tokio::test]
async fn nothing_is_sent_for_them() {
    let world = World::start().await;
    for bad in BAD {
        assert!(world.omada.site(bad).expect_err("an id that breaks out").is_invalid());
        let builder =
            omada::Client::builder(world.sandbox.omada().url()).omadac_id(bad).client_credentials("id", "secret");
        assert!(builder.build().is_err_and(|error| error.is_invalid()));
    }
    assert_eq!(world.sandbox.omada().received().len(), 0);
}
