//! Pages that are asked for before their turn: faster, in order, not in vain, and no faster than allowed.

use std::time::Duration;

use futures_util::{Stream, StreamExt, TryStreamExt, pin_mut};
use hotspot_vouchers::omada::{self, SimpleVoucher, VoucherGroupQuery};
use hotspot_vouchers::{Connection, Pace};
use hotspot_vouchers_sandbox::{Fault, Moment};
use tokio::time::{Instant, sleep, timeout};

use crate::faults::stage::{Stage, virtual_time};
use crate::support::group;

const SECOND: Duration = Duration::from_secs(1);

/// How many vouchers are read, in pages of one.
const PAGES: usize = 12;

/// How many calls that takes: pages overlap, and those of one voucher are made larger for it.
const CALLS: usize = 9;

/// Where the pages are read.
const PAGE: &str = "GET *voucher-groups/{id}";

/// A group with a voucher for each page.
async fn list(stage: &Stage) -> impl Stream<Item = Result<SimpleVoucher, omada::Error>> + use<> {
    let site = stage.world.omada_site();
    let mut request = group("many");
    request.amount = i32::try_from(PAGES).expect("a few");
    let id = site.create_voucher_group(&request).await.expect("a group");
    stage.world.sandbox.omada().clear_received();
    site.vouchers_of_group(&id, VoucherGroupQuery::builder().page(1).page_size(1).build())
}

/// The codes, in the order of the books.
fn issued(stage: &Stage) -> Vec<String> {
    let issued = stage.books().into_iter().find(|issued| issued.name == "many").expect("the group");
    issued.vouchers.into_iter().map(|voucher| voucher.code).collect()
}

fn codes(rows: Vec<SimpleVoucher>) -> Vec<String> {
    rows.into_iter().map(|row| row.code.expect("a code").to_string()).collect()
}

#[test]
fn a_far_controller_is_not_waited_for_page_by_page() {
    virtual_time().block_on(async {
        let stage = Stage::set().await;
        let list = list(&stage).await;
        let faults = stage.world.sandbox.omada().faults();
        faults.always(PAGE, Fault::Delay(Moment::AfterCommit, SECOND));
        let begin = Instant::now();
        let rows: Vec<_> = list.try_collect().await.expect("a list that stands still");
        // The first page by itself, then the others, four at a time.
        assert_eq!(begin.elapsed().as_secs(), 3);
        assert_eq!(codes(rows), issued(&stage));
        assert_eq!(stage.world.sandbox.omada().received().len(), CALLS);
    });
}

#[test]
fn a_page_that_is_late_keeps_its_place() {
    virtual_time().block_on(async {
        let stage = Stage::set().await;
        let list = list(&stage).await;
        pin_mut!(list);
        let mut rows = vec![list.next().await.expect("a row").expect("it is read")];
        let faults = stage.world.sandbox.omada().faults();
        faults.on(PAGE, Fault::Delay(Moment::AfterCommit, SECOND * 5), 1);
        rows.extend(list.try_collect::<Vec<_>>().await.expect("the others"));
        assert_eq!(faults.strikes().len(), 1);
        assert_eq!(codes(rows), issued(&stage));
    });
}

#[test]
fn nothing_is_asked_for_in_vain() {
    virtual_time().block_on(async {
        let stage = Stage::set().await;
        let list = list(&stage).await;
        let received = || stage.world.sandbox.omada().received().len();
        pin_mut!(list);
        let mut rows = Vec::new();
        // Who wants the first page gets the first page. Behind it, as many are asked for as are allowed at a time.
        for expected in [1, 5] {
            rows.push(list.next().await.expect("a row").expect("it is read"));
            sleep(SECOND).await;
            assert_eq!(received(), expected);
        }
        // What lay there for long is as old as that, so it is asked for once more.
        sleep(SECOND * 60).await;
        rows.push(list.next().await.expect("a row").expect("it is read"));
        sleep(SECOND).await;
        assert_eq!(received(), 9);
        rows.extend(list.try_collect::<Vec<_>>().await.expect("the others"));
        assert_eq!(codes(rows), issued(&stage));
        assert_eq!(received(), CALLS + 3);
    });
}

#[test]
fn the_pace_is_kept() {
    virtual_time().block_on(async {
        let stage = Stage::reached_by(Connection::new().pace(Pace::new(2, SECOND))).await;
        let list = list(&stage).await;
        sleep(SECOND).await;
        let begin = Instant::now();
        let rows: Vec<_> = list.try_collect().await.expect("a list that stands still");
        assert_eq!(begin.elapsed().as_secs(), 4);
        assert_eq!(codes(rows), issued(&stage));
    });
}

#[test]
fn a_list_that_nobody_reads_on_holds_up_no_other_call() {
    virtual_time().block_on(async {
        // Which page asks for a token while another one comes is up to the order in which they arrive.
        let mut has_met = false;
        for _ in 0..8 {
            let stage = Stage::set().await;
            let list = list(&stage).await;
            pin_mut!(list);
            list.next().await.expect("a row").expect("it is read");
            let faults = stage.world.sandbox.omada().faults();
            // One of the pages that are asked for next is late, and another one finds that the token has expired.
            faults.on(PAGE, Fault::Delay(Moment::AfterCommit, SECOND * 5), 1);
            faults.on(PAGE, Fault::ExpireToken, 1);
            faults.on("POST *token", Fault::Delay(Moment::AfterCommit, SECOND * 20), 1);
            let begin = Instant::now();
            list.next().await.expect("a row").expect("it is read");
            assert_eq!(faults.strikes().len(), 3, "a page waits for a token, or has waited for it");
            has_met |= begin.elapsed() < SECOND * 10;

            let site = stage.world.omada_site();
            let begin = Instant::now();
            let deleted = timeout(SECOND * 91, site.delete_voucher(&stage.omada_vouchers[0])).await;
            deleted.expect("no call outlives its deadline").expect("it is deleted");
            assert!(begin.elapsed() < SECOND * 45, "it waits for a list that nobody reads: {:?}", begin.elapsed());
            assert_eq!(list.count().await, PAGES - 2, "the list goes on");
        }
        assert!(has_met, "no row came while a page waited for a token");
    });
}
