//! The entry of the changelog for what was typed.

use crate::difference::Difference;
use crate::fact::Attribute;
use crate::vendor::Vendor;
use crate::verdict::{Event, Verdict};

pub const FILE: &str = "CHANGELOG.md";

/// The changelog with an entry for each change, at the end of what is not released.
pub fn with(changelog: &str, typed: &[Difference]) -> String {
    let start = changelog.find("## Unreleased").map_or(0, |start| start + "## Unreleased".len());
    let end = changelog[start..].find("\n## ").map_or(changelog.len(), |end| start + end);
    let mut text = changelog[..end].trim_end().to_owned();
    for difference in typed {
        text.push('\n');
        text.push_str(&wrap(&entry(difference)));
    }
    text.push('\n');
    text.push_str(&changelog[end..]);
    text
}

/// One change, as users meet it.
fn entry(difference: &Difference) -> String {
    let vendor = match difference.vendor {
        Vendor::Omada => "Omada",
        Vendor::Unifi | Vendor::UnifiCloud => "UniFi",
    };
    let name = difference.place.rsplit('.').next().unwrap_or_default().trim_end_matches("[]");
    let page = difference.page.as_deref().unwrap_or_default();
    let spec = difference.spec.as_deref();
    let was = spec.map(|spec| format!(" instead of {spec}")).unwrap_or_default();
    let what = match (difference.attribute, difference.event) {
        (Attribute::Exists, Event::AnswerFieldAdded) => format!("answers with the field `{name}`"),
        (Attribute::Exists, _) => format!("takes the field `{name}`"),
        (Attribute::Enum, _) => format!("knows the value {page} of `{name}`"),
        (Attribute::ErrorCode, Event::ErrorCodeAdded) => format!("can refuse with the new code {page}"),
        (Attribute::ErrorCode, _) => format!("lists the error code {page}"),
        (Attribute::Default, _) => format!("documents {page} as the default of `{name}`{was}"),
        (attribute, _) => format!("has {page}{was} as {} of `{name}`", attribute.words()),
    };
    let breaking = if difference.event.verdict().0 == Verdict::Major { "Breaking: " } else { "" };
    format!("- {breaking}{vendor}: `{}` {what}.", difference.operation)
}

/// Lines of 120 characters at most.
fn wrap(entry: &str) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for word in entry.split(' ') {
        if length > 0 && length + 1 + word.len() > 120 {
            text.push_str("\n  ");
            length = 2;
        } else if length > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += word.len();
    }
    text
}
