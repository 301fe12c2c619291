use std::str::FromStr;
use std::sync::MutexGuard;

use serde_json::{Map, Value};

use crate::canned::Canned;
use crate::check::Shape;
use crate::omada::controller::Omada;
use crate::omada::envelope;
use crate::omada::state::State;
use crate::received::Received;

/// One request on its way to an answer.
pub(crate) struct Call<'a> {
    pub(crate) omada: &'a Omada,
    pub(crate) request: &'a Received,
    /// The moment that the whole answer is true for.
    pub(crate) now: i64,
    /// The id that the path ends with or is about; empty where it has none.
    pub(crate) id: &'a str,
}

impl Call<'_> {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.omada.state().lock()
    }

    pub(crate) fn bad_request(&self) -> Canned {
        envelope::bad_request(&self.request.path, self.now)
    }

    /// A query parameter that the framework needs before it asks the controller.
    pub(crate) fn required_number<N: FromStr>(&self, name: &str) -> Result<N, Canned> {
        self.request.query_number(name).ok_or_else(|| self.bad_request())
    }

    /// A query parameter that may be absent or empty, but not unreadable.
    pub(crate) fn optional_number<N: FromStr>(&self, name: &str) -> Result<Option<N>, Canned> {
        match self.request.query_value(name) {
            None | Some("") => Ok(None),
            Some(_) => self.required_number(name).map(Some),
        }
    }

    /// What rows must contain; nothing, which everything contains, when no search is asked for.
    pub(crate) fn search(&self) -> &str {
        self.request.query_value("searchKey").unwrap_or_default()
    }

    /// The body, when it breaks no rule: the fields that the page knows, and no nulls.
    pub(crate) fn body(&self, shape: &Shape) -> Result<Map<String, Value>, Canned> {
        let body = self.request.body.as_ref().and_then(Value::as_object).ok_or_else(|| self.bad_request())?;
        shape.check(body).map_err(|broken| envelope::broken(&broken))?;
        Ok(shape.known_part(body))
    }
}
