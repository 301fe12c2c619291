//! What the program adds to the library: its arguments, what it prints, and the file that it writes.

mod arguments;
mod env_file;
mod exports;
mod help;
mod introduction;
mod options;
mod shell;

pub use env_file::write as write_env_file;
pub use exports::exports;
pub use help::help;
pub use introduction::introduction;
pub use options::{Command, Options};
