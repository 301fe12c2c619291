//! The sandbox is written from the same pages by somebody else: what one refuses, so does the other. After a change of the
//! spec it contradicts until it was told of the change, and `cargo xtask regen` does not wait for that.

use hotspot_vouchers::validate::validate;
use hotspot_vouchers::{Error, omada};

use crate::bounds::{Edge, omada_edges, unifi_edges};
use crate::support::World;

#[tokio::test]
async fn omada_refuses_what_we_refuse() {
    let world = World::start().await;
    for Edge { path, value, request, .. } in omada_edges() {
        let (ours, theirs) = (validate(&request), world.create_unchecked(&request).await);
        let is_refused =
            matches!(&theirs, Err(Error::Api(refusal)) if refusal.code == omada::ErrorCode::InvalidParameter);
        assert_eq!((ours.is_ok(), ours.is_err()), (theirs.is_ok(), is_refused), "{path} = {value}: {theirs:?}");
    }
}

#[tokio::test]
async fn unifi_refuses_what_we_refuse() {
    let world = World::start().await;
    let site = world.unifi_site();
    for Edge { path, value, request, .. } in unifi_edges() {
        let (ours, theirs) = (validate(&request), world.unifi.generated().create_vouchers(&site.id(), &request).await);
        let is_refused = matches!(&theirs, Err(Error::Api(refusal)) if refusal.status == 400);
        assert_eq!((ours.is_ok(), ours.is_err()), (theirs.is_ok(), is_refused), "{path} = {value}: {theirs:?}");
    }
}
