use serde_json::{Map, Value, json};

use crate::canned::Canned;
use crate::check::{Kind, Shape, optional, required};
use crate::omada::call::Call;
use crate::omada::envelope;
use crate::random::hex;

const SPEED_KBPS: Kind = Kind::Integer(1, 10_485_760);

const PROFILE: Shape = Shape {
    fields: &[
        required("name", Kind::Text(1, 64)),
        required("downLimitEnable", Kind::Boolean),
        optional("downLimit", SPEED_KBPS),
        required("upLimitEnable", Kind::Boolean),
        optional("upLimit", SPEED_KBPS),
    ],
    conditions: &[],
};

/// A rate limit profile of the site.
pub(crate) struct Profile {
    pub(crate) id: String,
    settings: Map<String, Value>,
    is_default: bool,
}

impl Profile {
    /// The profile that every site has, which limits nothing.
    pub(crate) fn standard(id: String) -> Self {
        let mut settings = Map::new();
        settings.insert("name".to_owned(), json!("Default"));
        settings.insert("downLimitEnable".to_owned(), json!(false));
        settings.insert("upLimitEnable".to_owned(), json!(false));
        Self { id, settings, is_default: true }
    }
}

/// The profiles: a bare list, no grid.
pub(crate) fn list(call: &Call<'_>) -> Result<Value, Canned> {
    let state = call.state();
    let row = |profile: &Profile| {
        let mut row = profile.settings.clone();
        row.insert("profileId".to_owned(), json!(profile.id));
        row.insert("defaultProfile".to_owned(), json!(profile.is_default));
        row
    };
    Ok(state.profiles.iter().map(row).collect())
}

/// No id comes back: the profile is looked up by its name. How many profiles a site holds is in no
/// source, so the site is never full.
pub(crate) fn create(call: &Call<'_>) -> Result<Value, Canned> {
    let mut settings = call.body(&PROFILE)?;
    // The pattern of the page, `^[^ ]$|^[^ ].{0,62}[^ ]$`, in words.
    let name = settings["name"].as_str().unwrap_or_default();
    if name.starts_with(' ') || name.ends_with(' ') || name.contains(['\n', '\r']) {
        return Err(envelope::invalid("name", "begins or ends with a space, or has more than one line"));
    }
    for (switch, speed) in [("downLimitEnable", "downLimit"), ("upLimitEnable", "upLimit")] {
        if settings[switch] == false {
            settings.remove(speed);
        } else if !settings.contains_key(speed) {
            return Err(envelope::invalid(speed, "is required here"));
        }
    }
    let mut state = call.state();
    if state.profiles.iter().any(|profile| profile.settings["name"] == settings["name"]) {
        return Err(envelope::refused(envelope::PROFILE_NAME_TAKEN));
    }
    state.profiles.push(Profile { id: hex(24), settings, is_default: false });
    Ok(envelope::NO_RESULT)
}
