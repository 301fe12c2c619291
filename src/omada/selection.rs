//! Which of several things a request is about.

use super::generated::types::SelectType;

/// Which voucher groups of a site, or which vouchers of a group, a request is about. Filters of the request narrow it further.
///
/// On the wire, leaving out which ones would mean all of them. So it has no default, and a request without it does not compile:
///
/// ```compile_fail,E0277
/// # use hotspot_vouchers::omada::SelectVoucherGroup;
/// let everything = SelectVoucherGroup::builder().build();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection<Id> {
    /// All of them.
    All,
    /// These. There has to be at least one.
    Only(Vec<Id>),
    /// All but these. There has to be at least one.
    Except(Vec<Id>),
}

impl<Id: PartialEq> Selection<Id> {
    /// Whether it selects the thing with this id.
    pub(crate) fn has(&self, id: &Id) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(id),
            Self::Except(ids) => !ids.contains(id),
        }
    }
}

impl<Id: AsRef<str>> Selection<Id> {
    /// The selection as the fields of the wire.
    pub(crate) fn fields(self) -> (SelectType, Option<Vec<String>>) {
        let texts = |ids: Vec<Id>| Some(ids.iter().map(|id| id.as_ref().to_owned()).collect());
        match self {
            Self::All => (SelectType::All, None),
            Self::Only(ids) => (SelectType::Only, texts(ids)),
            Self::Except(ids) => (SelectType::Except, texts(ids)),
        }
    }
}
