use serde_json::{Map, Value};
use uuid::Uuid;

use crate::canned::Canned;
use crate::check::Shape;
use crate::order::Order;
use crate::received::{Received, segments};
use crate::unifi::error;
use crate::unifi::filter::{Filter, Property};
use crate::unifi::version::Version;

/// A request as the application sees it, behind the console's front or behind the connector.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Received,
    /// The path from `/integration` on, still percent-encoded.
    pub(crate) path: &'a str,
    pub(crate) now: i64,
    pub(crate) version: Version,
    /// How lists are ordered now.
    pub(crate) order: Order,
}

impl Call<'_> {
    pub(crate) fn segments(&self) -> Vec<String> {
        segments(self.path)
    }

    /// A path argument that must be a UUID in its 36 characters; returned in lower case, as ids are
    /// kept.
    pub(crate) fn uuid(&self, name: &str, value: &str) -> Result<String, Canned> {
        let uuid = Uuid::try_parse(value).ok().filter(|_| value.len() == 36);
        uuid.map(|uuid| uuid.to_string()).ok_or_else(|| error::argument_type(self, name, value))
    }

    /// A query argument from 0 to the largest 32-bit integer.
    pub(crate) fn count(&self, name: &str, default: usize) -> Result<usize, Canned> {
        let Some(text) = self.request.query_value(name) else {
            return Ok(default);
        };
        let number: i32 = text.parse().map_err(|_| error::argument_type(self, name, text))?;
        usize::try_from(number).map_err(|_| error::negative(self, name))
    }

    /// The filter of a call that may do without.
    pub(crate) fn filter(&self, properties: &'static [Property]) -> Result<Option<Filter>, Canned> {
        let parse = |text| Filter::parse(text, properties).map_err(|mistake| error::filter(self, &mistake));
        self.request.query_value("filter").map(parse).transpose()
    }

    /// The body, when it is a JSON object.
    pub(crate) fn object(&self) -> Result<&Map<String, Value>, Canned> {
        self.request.body.as_ref().and_then(Value::as_object).ok_or_else(|| error::not_json(self))
    }

    /// The body, when it is what the page says; what it says nothing about is refused first.
    pub(crate) fn body(&self, shape: &Shape) -> Result<Map<String, Value>, Canned> {
        let body = self.object()?;
        let is_known = |name: &str| shape.fields.iter().any(|field| field.name == name);
        if let Some(unknown) = body.keys().find(|name| !is_known(name)) {
            return Err(error::unknown_property(self, unknown));
        }
        shape.check(body).map_err(|broken| error::broken(self, &broken))?;
        Ok(shape.known_part(body))
    }
}
