//! Ids that would address another resource never get into a path.

use hotspot_vouchers::omada::{self, GroupId, OmadacId, SiteId};
use hotspot_vouchers::unifi::{ConsoleId, Uuid};

use crate::support::World;

/// What breaks out of a segment, or becomes something that does where a server, a proxy or a framework strips parameters, decodes
/// once more, folds letters, or drops what it cannot show.
const BAD: [&str; 48] = [
    "",
    ".",
    "..",
    "a/b",
    "/",
    "a\\b",
    "a?b",
    "a#b",
    "%2e%2e",
    "a b",
    " ",
    "a\n",
    "a\0",
    "a\t",
    "\u{7f}",
    "a\u{a0}",
    "..;",
    ".;",
    ";",
    "a;b",
    "a;jsessionid=1",
    "..;a",
    "%2e",
    "..%2f",
    "%252e",
    "..%5c",
    "..%00",
    "a%3b",
    "a&b",
    "a=b",
    "a+b",
    "a,b",
    "a*b",
    "a|b",
    "a\"b",
    "a<b",
    "\u{ff0e}\u{ff0e}",
    "a\u{ff0f}b",
    "a\u{2215}b",
    "a\u{2044}b",
    "\u{2025}",
    "\u{2024}\u{2024}",
    "a\u{29f5}b",
    "\u{feff}a",
    "a\u{200b}",
    "a\u{202e}b",
    "a\u{3164}",
    "a\u{1f}b",
];

#[test]
fn ids_that_break_out_are_refused() {
    let mut messages = Vec::new();
    for bad in BAD {
        messages.push(SiteId::new(bad).expect_err("an id that breaks out").to_string());
        assert!(GroupId::new(bad).is_err() && OmadacId::new(bad).is_err() && bad.parse::<Uuid>().is_err(), "{bad:?}");
        assert!(omada::VoucherId::new(bad).is_err() && omada::PictureId::new(bad).is_err(), "{bad:?}");
        assert!(omada::AuthedRecordId::new(bad).is_err() && ConsoleId::new(bad).is_err(), "{bad:?}");
        assert!(serde_json::from_value::<GroupId>(bad.into()).is_err() && bad.parse::<SiteId>().is_err(), "{bad:?}");
    }
    messages.push(GroupId::new("..").expect_err("an id that breaks out").to_string());
    messages.push(OmadacId::new("..").expect_err("an id that breaks out").to_string());
    insta::assert_snapshot!("bad_ids", messages.join("\n"));
}

#[test]
fn ids_are_taken_as_the_vendors_write_them() {
    for good in ["66f0c0ffee66f0c0ffee66f0", "...", "a.b", "A_b-c~1", "é", "0A1B:2"] {
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
