//! What is traced of a call, and that no secret is in it.

use std::io;
use std::sync::{Arc, Mutex};

use hotspot_vouchers::{Connection, unifi};
use hotspot_vouchers_sandbox::{Fault, Format, Moment, Sandbox};
use tracing_subscriber::fmt::format::FmtSpan;

use crate::support::{World, group, vouchers};

/// Everything that was traced on one thread.
#[derive(Clone, Default)]
struct Traces(Arc<Mutex<Vec<u8>>>);

impl io::Write for Traces {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic while it is held").extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_is_a_span() {
    let traces = Traces::default();
    let writer = traces.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter("hotspot_vouchers=debug")
        .with_span_events(FmtSpan::CLOSE)
        .without_time()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let sandbox = Sandbox::builder().on_this_runtime().start().await.expect("a free port");
    let world = World::on(sandbox, Connection::new().danger_trust_any_certificate());
    let (omada, unifi) = (world.omada_site(), world.unifi_site());
    let busy = Fault::ServerError { status: 503, format: Format::Html, moment: Moment::BeforeCommit };
    world.sandbox.omada().faults().on("POST *voucher-groups", Fault::ExpireToken, 1);
    omada.create_voucher_group(&group("traced")).await.expect("a group");
    omada.create_voucher_group(&group("traced")).await.expect_err("the name is taken");
    world.sandbox.unifi().faults().on("GET *info", busy, 2);
    world.unifi.info().await.expect("the third attempt");
    unifi.create_vouchers(&vouchers("traced")).await.expect("vouchers");
    let code = world.sandbox.unifi().codes()[0].clone();
    unifi.voucher_by_code(&code).await.expect("vouchers").expect("the voucher");
    unifi.voucher(unifi::Uuid::from_u128(7)).await.expect_err("no such voucher");

    let traced = String::from_utf8(traces.0.lock().expect("no panic").clone()).expect("text");
    world.assert_no_secret(&traced);
    let traced = traced.replace(world.sandbox.unifi().url(), "UNIFI");
    let lines = traced.lines().map(|line| {
        let line = line.split(" time.busy").next().unwrap_or_default();
        let words = line.split(' ').map(|word| match word.split_once('=') {
            Some(("request_id", _)) => "request_id=ID",
            Some(("pause", _)) => "pause=PAUSE",
            _ => word,
        });
        words.collect::<Vec<_>>().join(" ") + "\n"
    });
    insta::assert_snapshot!("traces", lines.collect::<String>());
}
