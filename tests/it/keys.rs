//! Keys that were not copied as they are.

use std::fmt::Write;

use hotspot_vouchers::{omada, unifi};

const URL: &str = "https://192.168.1.1:8043";

/// Keys with what editors, files, chats and password managers add to them.
const SPOILT: [(&str, &str); 16] = [
    ("byte order mark", "\u{feff}hunter2"),
    ("byte order mark at the end", "hunter2\u{feff}"),
    ("zero-width space", "hun\u{200b}ter2"),
    ("zero-width joiner", "hunter2\u{200d}"),
    ("word joiner", "\u{2060}hunter2"),
    ("soft hyphen", "hun\u{ad}ter2"),
    ("right-to-left mark", "\u{200f}hunter2"),
    ("line break", "hunter2\n"),
    ("Windows line break", "hunter2\r\n"),
    ("line separator", "hun\u{2028}ter2"),
    ("tab", "hunter2\t"),
    ("nul", "hunter2\0"),
    ("no-break space", "hunter2\u{a0}"),
    ("blank at the start", " hunter2"),
    ("letter", "hünter2"),
    ("full-width letters", "ｈunter2"),
];

#[test]
fn spoilt_keys_are_refused_with_one_sentence_that_does_not_show_them() {
    let mut messages = String::new();
    for (name, spoilt) in SPOILT {
        let omada = || omada::Client::builder(URL).omadac_id("id");
        let token = omada::Token::builder().access_token(spoilt).build();
        let errors = [
            unifi::Client::builder(URL).api_key(spoilt).build().map(drop).expect_err(name).to_string(),
            unifi::Cloud::builder().api_key(spoilt).build().map(drop).expect_err(name).to_string(),
            omada().client_credentials(spoilt, "secret").build().map(drop).expect_err(name).to_string(),
            omada().client_credentials("id", spoilt).build().map(drop).expect_err(name).to_string(),
            omada().client_credentials("id", "secret").token(token).build().map(drop).expect_err(name).to_string(),
        ];
        for error in &errors {
            for part in ["hun", "ter2", "ünter", "ｈ"] {
                assert!(!error.contains(part), "{name}: {error}");
            }
            assert!(!error.contains("; `") && !error.contains('\n'), "one sentence: {error}");
        }
        writeln!(messages, "{name}: {}\n    {}", errors[0], errors[2]).expect("text");
    }
    for (name, blank) in [("blank inside", "hun ter2"), ("invisible alone", "\u{feff}\u{200b}")] {
        let error = unifi::Client::builder(URL).api_key(blank).build().expect_err(name);
        writeln!(messages, "{name}: {error}").expect("text");
    }
    insta::assert_snapshot!("spoilt_keys", messages);
}

#[test]
fn users_and_passwords_may_be_of_any_language() {
    let builder = || omada::Client::builder(URL).omadac_id("id").client_credentials("id", "secret");
    for good in ["Zoë Müller", "パスワード", "pass word", "می\u{200c}خواهم", "👩\u{200d}💻"] {
        builder().user(good, good).build().expect(good);
    }
    for spoilt in ["\u{feff}user", "user\n", "us\u{200b}er", "user\0", "\u{2060}"] {
        assert!(builder().user(spoilt, "password").build().is_err(), "{spoilt:?}");
        assert!(builder().user("user", spoilt).build().is_err(), "{spoilt:?}");
    }
}
