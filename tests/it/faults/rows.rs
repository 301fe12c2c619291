//! Answers that are no larger than allowed, and hold more rows than any page has.

use std::time::Duration;

use hotspot_vouchers::error::Refusal;
use hotspot_vouchers::omada::{GroupId, VoucherGroupListQuery, VoucherGroupQuery};
use hotspot_vouchers::unifi::VoucherQuery;
use hotspot_vouchers::{Connection, Error};
use hotspot_vouchers_sandbox::{Canned, Sandbox};

use crate::support::{World, vouchers};

/// What an answer may be long, by default.
const LARGEST_ANSWER_BYTES: usize = 32 * 1024 * 1024;

/// A row over and over between two texts, as often as it fits.
fn full(start: &str, row: &str, end: &str) -> Canned {
    let rows = (LARGEST_ANSWER_BYTES - start.len() - end.len() - row.len()) / (row.len() + 1);
    let body = format!("{start}{}{row}{end}", format!("{row},").repeat(rows));
    assert!(body.len() <= LARGEST_ANSWER_BYTES);
    Canned::status(200).text("application/json", body)
}

#[track_caller]
fn assert_unexpected<T, A: Refusal>(outcome: Result<T, Error<A>>, shown: &str) {
    match outcome {
        Err(Error::Unexpected(unexpected)) => assert!(unexpected.to_string().len() < 1000, "{shown}"),
        Err(other) => panic!("{other} of {shown}"),
        Ok(_) => panic!("millions of rows were read of {shown}"),
    }
}

#[tokio::test]
async fn millions_of_rows_are_refused() {
    let sandbox = Sandbox::start().await;
    let world = World::on(sandbox, Connection::new().attempts(1).deadline(Duration::from_secs(600)));
    let (omada, unifi) = (world.omada_site(), world.unifi_site());
    omada.voucher_summary().await.expect("the sign-in, which is not scripted");
    let groups = VoucherGroupListQuery::builder().page(1).page_size(10).build();
    let group = VoucherGroupQuery::builder().page(1).page_size(10).build();
    let id = GroupId::new("0123456789abcdef01234567").expect("an id");
    for row in ["{}", "0", "[]"] {
        let page = || full(r#"{"errorCode":0,"msg":"","result":{"totalRows":1,"data":["#, row, "]}}");
        world.sandbox.omada().answer_next(page());
        assert_unexpected(omada.voucher_group_page(&groups).await, row);
        world.sandbox.omada().answer_next(page());
        assert_unexpected(omada.voucher_group(&id, &group).await, row);
        world.sandbox.omada().answer_next(full(r#"{"errorCode":0,"msg":"","result":["#, row, "]}"));
        assert_unexpected(omada.unused_vouchers_of_group(&id).await, row);

        let page = full(r#"{"offset":0,"limit":10,"count":1,"totalCount":1,"data":["#, row, "]}");
        world.sandbox.unifi().answer_next(page);
        assert_unexpected(unifi.voucher_page(&VoucherQuery::builder().limit(10).build()).await, row);
        world.sandbox.unifi().answer_next(full(r#"{"vouchers":["#, row, "]}"));
        let created = unifi.create_vouchers(&vouchers("millions")).await;
        assert!(created.as_ref().is_err_and(Error::is_unclear), "{row}");
    }
}
