use aws_lc_rs::digest::{SHA256, digest};
use hotspot_vouchers_sandbox::{Certificate, Fault, Sandbox, Tls};
use reqwest::tls::TlsInfo;

use crate::caller::{At, Caller, EVERYWHERE, client, outcome};

/// A sandbox with TLS, and a client that trusts its authority alone.
async fn caller() -> Caller {
    // The authority is known once the sandbox runs, so the client is made afterwards.
    let mut caller = Caller::with(Sandbox::builder().tls(), client()).await;
    let authority = reqwest::Certificate::from_pem(tls(&caller).authority_pem().as_bytes()).expect("a PEM");
    caller.http = client().tls_certs_only([authority]).tls_info(true).build().expect("a client");
    caller
}

fn tls(caller: &Caller) -> &Tls {
    caller.sandbox.tls().expect("the sandbox was started with TLS")
}

/// What the client says of the certificate, down to the innermost cause.
async fn refusal(caller: &Caller, at: At) -> String {
    let error = outcome(caller.page(at, 0, 1)).await.expect_err("no trust");
    assert!(error.is_connect(), "{error:?}");
    format!("{error:?}")
}

#[tokio::test]
async fn whoever_trusts_the_authority_gets_through() {
    let caller = caller().await;
    assert!(caller.sandbox.omada().url().starts_with("https://127.0.0.1:"));
    for at in EVERYWHERE {
        let answer = caller.page(at, 0, 1).send().await.expect("an answer");
        let shown = answer.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate).expect("a certificate");
        assert_eq!(digest(&SHA256, shown).as_ref(), tls(&caller).sha256(), "{at:?}");
    }
    let hex = tls(&caller).sha256_hex();
    assert!(hex.len() == 64 && hex.starts_with(&format!("{:02x}", tls(&caller).sha256()[0])));
    assert!(tls(&caller).certificate_pem().starts_with("-----BEGIN CERTIFICATE-----"));
    assert!(Sandbox::start().await.tls().is_none());
}

#[tokio::test]
async fn a_changed_certificate_is_another_one_and_as_valid() {
    let caller = caller().await;
    let before = tls(&caller).sha256();
    outcome(caller.page(At::Unifi, 0, 1)).await.expect("an answer");
    tls(&caller).change_certificate();
    caller.door(At::Unifi).hang_up().await;
    let answer = caller.page(At::Unifi, 0, 1).send().await.expect("an answer");
    let shown = answer.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate).expect("a certificate");
    assert_eq!(digest(&SHA256, shown).as_ref(), tls(&caller).sha256());
    assert_ne!(tls(&caller).sha256(), before);
}

#[tokio::test]
async fn wrong_certificates_are_wrong_in_their_way() {
    let caller = caller().await;
    for (kind, complaint) in [
        (Certificate::OtherAuthority, "UnknownIssuer"),
        (Certificate::OtherName, "NotValidForName"),
        (Certificate::Expired, "Expired"),
    ] {
        tls(&caller).show(kind);
        for at in EVERYWHERE {
            let refusal = refusal(&caller, at).await;
            assert!(refusal.contains(complaint), "{kind:?} {at:?}: {refusal}");
        }
    }
    tls(&caller).show(Certificate::Valid);
    for at in EVERYWHERE {
        outcome(caller.page(at, 0, 1)).await.expect("an answer");
        assert!(caller.door(at).counters().handshakes_failed >= 3, "{at:?}");
    }
}

#[tokio::test]
async fn a_wrong_certificate_may_come_once() {
    for at in EVERYWHERE {
        let caller = caller().await;
        caller.faults(at).next(Fault::WrongCertificate);
        let error = outcome(caller.create(at, "Reset")).await.expect_err("a reset");
        assert!(!error.is_connect(), "{at:?}: {error:?}");
        let refusal = refusal(&caller, at).await;
        assert!(refusal.contains("UnknownIssuer"), "{at:?}: {refusal}");
        assert_eq!(outcome(caller.page(at, 0, 1)).await.expect("an answer").0, 200);
        assert!(caller.books(at).is_empty(), "{at:?}");
        // Without TLS there is no certificate to be wrong.
        let plain = Caller::start().await;
        plain.faults(at).next(Fault::WrongCertificate);
        assert!(outcome(plain.page(at, 0, 1)).await.is_ok(), "{at:?}");
    }
}
