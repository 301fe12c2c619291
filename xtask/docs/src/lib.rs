//! Reads the vendors' pages back, in every form in which they exist, and compares their facts with the specs.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod compare;
mod difference;
mod examination;
mod fact;
mod field;
mod form;
mod mistakes;
mod omada_markdown;
mod openapi;
mod operation;
mod page;
mod prose;
mod report;
mod spec;
mod suggestion;
mod unconfirmed;
mod unifi_html;
mod unifi_text;
mod unread;
mod vendor;
pub mod verdict;
mod wording;
mod words;
mod write;

pub use difference::Difference;
pub use examination::{Examination, Repository};
pub use fact::Attribute;
pub use page::Unreadable;
pub use report::{Report, json};
pub use vendor::Vendor;
pub use write::{Written, readme};

#[cfg(test)]
mod tests;
