//! Uploading the pictures that head printed vouchers.

use hotspot_vouchers::omada::{EditVoucherGroupPattern, PatternType, PictureId, UploadVoucherLogo};

use crate::support::{World, group};

#[tokio::test]
async fn a_picture_is_uploaded_and_printed() {
    let world = World::start().await;
    let site = world.omada_site();
    // A picture that holds what looks like the end of a part.
    let mut bytes = b"\x89PNG\r\n\x1a\n\r\n--hotspot-vouchers-0\r\n".to_vec();
    bytes.extend((0..=255).cycle().take(70_000));
    let logo = UploadVoucherLogo::builder().file_name("Caf\u{e9} \"Sol\".png").md5("0cc175b9c0f1b6a8").build();
    // A token that dies on the way does not need a second upload by hand.
    site.client().token().await.expect("a token");
    world.sandbox.omada().expire_tokens();
    let picture = site.upload_voucher_logo(&logo, bytes.clone()).await.expect("a picture");
    assert_eq!(picture.file_name.as_deref(), Some("Caf\u{e9} \"Sol\".png"));

    let upload = world.sandbox.omada().received().pop().expect("a request");
    assert!(upload.header("content-type").is_some_and(|kind| kind.starts_with("multipart/form-data; boundary=")));
    assert!(upload.raw_body.windows(bytes.len()).any(|window| window == bytes));
    let id = PictureId::new(picture.id.clone().expect("an id")).expect("an id");
    assert_eq!(site.voucher_logo(&id).await.expect("the picture")["id"], id.as_str());

    let by_md5 = UploadVoucherLogo::builder().md5("0cc175b9c0f1b6a8").build();
    assert_eq!(site.reuse_voucher_logo(&by_md5).await.expect("the picture").id, picture.id);
    let group_id = site.create_voucher_group(&group("printed")).await.expect("a group");
    let pattern = EditVoucherGroupPattern::builder()
        .pattern_type(PatternType::Logo)
        .logo_picture_id(id.as_str())
        .logo_size(100)
        .build();
    site.edit_voucher_group_pattern(&group_id, &pattern).await.expect("a pattern");
}

#[tokio::test]
async fn what_is_no_picture_is_not_sent() {
    let world = World::start().await;
    let site = world.omada_site();
    let logo = UploadVoucherLogo::builder().file_name("logo.png").build();
    let empty = site.upload_voucher_logo(&logo, Vec::new()).await.expect_err("an empty file");
    insta::assert_snapshot!(world.shown(&empty), @"`file` is missing");
    let unknown = site.reuse_voucher_logo(&logo).await.expect_err("no MD5");
    insta::assert_snapshot!(world.shown(&unknown), @"`md5` is missing");
    assert!(world.sandbox.omada().received().is_empty());

    let other = UploadVoucherLogo::builder().md5("of another picture").build();
    assert!(site.reuse_voucher_logo(&other).await.expect_err("no such picture").is_invalid());
    world.sandbox.omada().set_controller_version("5.15.24");
    let old = site.upload_voucher_logo(&logo, "picture").await.expect_err("an old controller");
    insta::assert_snapshot!(world.shown(&old), @"the controller refused `uploadVoucherLogo`, which came with version 6, with code -1600: The path or the verb is not supported; check the address, the ids, and the version of the controller");
}
