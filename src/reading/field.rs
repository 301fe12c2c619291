//! Reads the fields of responses, each on its own if the body is not as documented.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::items::Items;
use super::moment::Moment;
use super::{is_documented, parse};

/// Reads an optional field. What cannot be read is left out.
pub(crate) fn field<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    match is_documented() {
        true => Option::deserialize(deserializer),
        false => capture(deserializer, parse),
    }
}

/// Reads a field that may be absent, and has to be as documented if it is there.
pub(crate) fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    if is_documented() {
        return Option::deserialize(deserializer);
    }
    let read = capture(deserializer, |json| if json == "null" { Some(None) } else { parse(json).map(Some) })?;
    read.ok_or_else(|| D::Error::custom("an undocumented value"))
}

/// Reads a field without which nothing can be done with the rest.
pub(crate) fn required<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    match is_documented() {
        true => T::deserialize(deserializer),
        false => capture(deserializer, parse)?.ok_or_else(|| D::Error::custom("an undocumented value")),
    }
}

/// Reads an optional list of values.
pub(crate) fn items<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(field::<D, Items<T>>(deserializer)?.map(|items| items.0))
}

/// Reads an optional moment, in more forms than the vendor documents.
pub(crate) fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(field::<D, Moment>(deserializer)?.map(|moment| moment.0))
}

/// Hands over the JSON of a value before it is read.
pub(crate) fn capture<'de, D, R>(deserializer: D, read: impl FnOnce(&str) -> R) -> Result<R, D::Error>
where
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(RAW, Captured(read, PhantomData))
}

/// The name by which `serde_json` knows that a value is wanted as its text; see `serde_json::value::RawValue`. Other formats take
/// it for the name of any newtype.
pub(crate) const RAW: &str = "$serde_json::private::RawValue";

/// Goes to the text of a value in the map in which `serde_json` hands it over. Any other map is none.
pub(crate) fn raw_key<'de, M: MapAccess<'de>>(map: &mut M) -> Result<(), M::Error> {
    let key: Option<Cow<'_, str>> = map.next_key()?;
    key.filter(|key| key == RAW).map(drop).ok_or_else(|| M::Error::custom("an object in place of a value"))
}

struct Captured<F, R>(F, PhantomData<fn() -> R>);

impl<'de, R, F: FnOnce(&str) -> R> Visitor<'de> for Captured<F, R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<R, M::Error> {
        raw_key(&mut map)?;
        map.next_value_seed(self)
    }

    fn visit_str<E: Error>(self, json: &str) -> Result<R, E> {
        Ok((self.0)(json))
    }

    /// A format that is not JSON.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<R, D::Error> {
        Ok((self.0)(&Value::deserialize(deserializer)?.to_string()))
    }
}

impl<'de, R, F: FnOnce(&str) -> R> DeserializeSeed<'de> for Captured<F, R> {
    type Value = R;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R, D::Error> {
        deserializer.deserialize_str(self)
    }
}
