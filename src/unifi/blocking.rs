//! The clients without async, as the build writes them from the methods in this folder.

include!(concat!(env!("OUT_DIR"), "/unifi_blocking.rs"));
