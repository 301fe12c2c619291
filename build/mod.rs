//! The passes that turn a spec into a client. `build.rs` puts them in order.

pub mod bounds;
pub mod client;
pub mod document;
pub mod documentation;
pub mod enums;
pub mod envelope;
pub mod errors;
pub mod filterable;
pub mod filters;
pub mod hand_written;
pub mod json_schema;
pub mod lint;
pub mod lists;
pub mod mistake;
pub mod operations;
pub mod paces;
pub mod query;
pub mod readers;
pub mod rows;
pub mod rules;
pub mod rust;
pub mod schema;
pub mod servers;
pub mod statements;
pub mod structs;
pub mod surface;
