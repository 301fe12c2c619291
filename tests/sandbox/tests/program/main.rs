//! The program around the sandbox, as programs in other languages meet it.

mod arguments;
mod control;
#[cfg(unix)]
mod curl;
#[cfg(unix)]
mod env_file;
mod faults;
mod log;
mod running;
