//! Calls for callgrind to count the instructions of: `calls SIDE CALL TIMES`. What starting costs is the same for any number of
//! them, so that the difference of two runs has none of it.

use std::time::Duration;

use hotspot_vouchers_bench::answers::{Answers, PAGE};
use hotspot_vouchers_bench::by_hand::ByHand;
use hotspot_vouchers_bench::case::{Case, Side, play};
use hotspot_vouchers_bench::from_slice::FromSlice;
use hotspot_vouchers_bench::ours::Ours;
use hotspot_vouchers_bench::raw::Raw;
use hotspot_vouchers_bench::server::Server;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [side, case, times] = arguments.as_slice() else { return Err("usage: calls SIDE CALL TIMES".to_owned()) };
    let case = Case::named(case).ok_or(format!("there is no call {case}"))?;
    let times = times.parse().map_err(|error| format!("{times}: {error}"))?;
    let server = Server::beside(PAGE, Duration::ZERO).map_err(|error| format!("the server: {error}"))?;
    match side.as_str() {
        Ours::NAME => repeat(&Ours::new(server.url()), case, times).await,
        ByHand::NAME => repeat(&ByHand::new(server.url()), case, times).await,
        Raw::NAME => repeat(&Raw::new(server.url()), case, times).await,
        FromSlice::NAME => repeat(&FromSlice::new(&Answers::new(PAGE)), case, times).await,
        _ => return Err(format!("there is no side {side}")),
    }
    Ok(())
}

async fn repeat(side: &(impl Side + Sync), case: Case, times: usize) {
    for _ in 0..times {
        play(side, case).await;
    }
}
