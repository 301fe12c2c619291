//! One fact in which a spec and a page differ.

use crate::fact::Attribute;
use crate::field::Field;
use crate::vendor::{Key, Vendor};
use crate::verdict::Event;

/// One fact in which a spec and a page differ.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The vendor.
    pub vendor: Vendor,
    /// Our name of the operation, or its method and path where the spec does not have it.
    pub operation: String,
    pub(crate) key: Option<Key>,
    /// Where on the wire, such as `request.codeLength`, `answer.result.data[].status`, `query.page` or `errors.-42059`.
    pub place: String,
    /// In which respect.
    pub attribute: Attribute,
    /// What the spec says, where it says anything.
    pub spec: Option<String>,
    /// What the page says, where it says anything.
    pub page: Option<String>,
    /// What happened, which has its verdict.
    pub event: Event,
    /// The place in the YAML, as a JSON pointer.
    pub(crate) pointer: String,
    /// Where the YAML stands: `spec/omada.yaml:12`.
    pub at: String,
    /// Where the page says so: its file and line.
    pub seen: String,
    /// What the page says of a whole field that the spec lacks.
    pub(crate) field: Option<Box<Field>>,
    /// Whether the page can be read in several ways, so that a person has to look.
    pub(crate) is_doubtful: bool,
    /// The vendor's words about it.
    pub(crate) words: String,
}

/// What two differences share that tell the same change of the same line of the YAML, though of different operations.
pub type Change = (Vendor, Attribute, Option<String>, Option<String>, String, Option<String>);

impl Difference {
    /// The change of the YAML that it asks for. Operations that share a schema share its changes.
    pub fn change(&self) -> Change {
        let last = self.place.rsplit('.').next().map(str::to_owned);
        (self.vendor, self.attribute, self.spec.clone(), self.page.clone(), self.pointer.clone(), last)
    }
}
