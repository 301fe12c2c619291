//! Moments as controllers write them.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

/// How many fractional digits of a second can be kept.
const DIGITS: usize = 9;

/// A moment in a response: RFC 3339, and what is seen beside it. A time without an offset is UTC. What lies beyond the moments
/// that a `Timestamp` can be, such as the last second of the year 9999, is the last or the first of them.
pub(super) struct Moment(pub(super) Timestamp);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(MomentVisitor)
    }
}

struct MomentVisitor;

impl Visitor<'_> for MomentVisitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a moment")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
        let moment = text.parse().ok().or_else(|| read(text));
        moment.map(Moment).ok_or_else(|| E::custom("no moment"))
    }
}

fn read(text: &str) -> Option<Timestamp> {
    let text = normal(text)?;
    if let Some(years) = text.strip_prefix(['+', '-'])
        && years.find(|c: char| !c.is_ascii_digit()).is_some_and(|digits| digits > 4)
    {
        return text.parse().ok().or(Some(if text.starts_with('-') { Timestamp::MIN } else { Timestamp::MAX }));
    }
    let pieces = Pieces::parse(&text).ok()?;
    let time = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let beyond = if pieces.date().year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Some(offset.to_timestamp(time).unwrap_or(beyond))
}

/// The same with a `T` before the time, nothing before the offset, capitals, and no more fractional digits than can be kept.
fn normal(text: &str) -> Option<String> {
    // No moment is longer, and longer texts are not worth copying.
    let text = Some(text.trim()).filter(|text| text.len() < 80)?.to_ascii_uppercase();
    let text = ["UTC", "GMT"]
        .iter()
        .find_map(|zone| text.strip_suffix(zone).map(|time| format!("{}Z", time.trim_end())))
        .unwrap_or(text);
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((&text, ""));
    let time: String = time.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = time.split_once(['.', ',']).unwrap_or((&time, ""));
    let (whole, zone) = match fraction.is_empty() {
        true => (whole, ""),
        false => (whole, fraction.trim_start_matches(|c: char| c.is_ascii_digit())),
    };
    let fraction = &fraction[..fraction.len() - zone.len()];
    let fraction = &fraction[..fraction.len().min(DIGITS)];
    Some(match (whole, fraction) {
        ("", _) => date.to_owned(),
        (whole, "") => format!("{date}T{whole}{zone}"),
        (whole, fraction) => format!("{date}T{whole}.{fraction}{zone}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_many_forms() {
        let moment = |text: &str| serde_json::from_value::<Moment>(text.into()).ok().map(|moment| moment.0.to_string());
        for text in [
            "2026-04-30T02:20:00Z",
            "2026-04-30t02:20:00z",
            "2026-04-30T02:20:00",
            "2026-04-30 02:20:00",
            "2026-04-30  02:20:00Z",
            " 2026-04-30 02:20:00 Z ",
            "2026-04-30T02:20",
            "2026-04-30T02:20Z",
            "2026-04-30T04:20:00+02:00",
            "2026-04-30T04:20:00+0200",
            "2026-04-30T04:20:00+02",
            "2026-04-30 04:20:00 +0200",
            "2026-04-29T21:20:00-0500",
            "2026-04-30 02:20:00 UTC",
            "2026-04-30 02:20:00 GMT",
            "20260430T022000Z",
            "2026-04-30T02:20:00+00:00[UTC]",
        ] {
            assert_eq!(moment(text).as_deref(), Some("2026-04-30T02:20:00Z"), "{text}");
        }
        for text in [
            "2026-04-30T02:20:00.1234567891234Z",
            "2026-04-30 02:20:00,123456789",
            "2026-04-30t04:20:00.123456789+0200",
        ] {
            assert_eq!(moment(text).as_deref(), Some("2026-04-30T02:20:00.123456789Z"), "{text}");
        }
        assert_eq!(moment("2026-04-30").as_deref(), Some("2026-04-30T00:00:00Z"));
        let last = Timestamp::MAX.to_string();
        for text in [
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59.999Z",
            "9999-12-31T23:59:59",
            "9999-12-31 23:59:59",
            "9999-12-31T23:59:59-12:00",
            "9999-12-31",
            "+10000-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59.999999999Z",
        ] {
            assert_eq!(moment(text), Some(last.clone()), "{text}");
        }
        assert_eq!(moment("-1000000000-01-01T00:00:00Z"), Some(Timestamp::MIN.to_string()));
        assert_eq!(moment("0001-01-01T00:00:00Z").as_deref(), Some("0001-01-01T00:00:00Z"));
        for text in [
            "",
            "T",
            "perhaps",
            "0000-00-00T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-04-30T99:00:00Z",
            "never.",
            "ä.ö",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
