//! Anything as the configuration of a client: it is set up or refused, it is used, and its secrets are shown nowhere.

#![no_main]

use hotspot_vouchers_fuzz::settings::{Settings, check};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};

thread_local! {
    /// Its clock stands still while there is something to do and leaps else, so that no pause takes any time.
    static RUNTIME: Runtime = {
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build();
        runtime.expect("a runtime")
    };
}

fuzz_target!(|settings: Settings| {
    RUNTIME.with(|runtime| runtime.block_on(check(&settings)));
});
