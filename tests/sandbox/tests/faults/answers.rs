use std::time::Duration;

use hotspot_vouchers_sandbox::{Fault, Format, Moment, Target};

use crate::caller::{At, Caller, EVERYWHERE, json_of, outcome};

#[tokio::test]
async fn too_many_requests_with_and_without_a_time() {
    let times = [(None, None), (Some(2000), Some("2")), (Some(500), Some("0.5")), (Some(1250), Some("1.25"))];
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        for (millis, header) in times {
            let retry_after = millis.map(Duration::from_millis);
            caller.faults(at).next(Fault::TooManyRequests { retry_after });
            let answer = caller.create(at, "Busy").send().await.expect("an answer");
            assert_eq!(answer.status(), 429);
            let found = answer.headers().get("retry-after").map(|value| value.to_str().expect("text").to_owned());
            assert_eq!(found.as_deref(), header, "{at:?}");
            json_of(answer).await;
        }
        assert!(caller.books(at).is_empty());
    }
}

#[tokio::test]
async fn server_errors_speak_as_the_controller_or_as_a_proxy() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        for status in [500, 502, 503, 504] {
            let fault = |format| Fault::ServerError { status, format, moment: Moment::BeforeCommit };
            caller.faults(at).next(fault(Format::Json));
            let answer = caller.create(at, "Broken").send().await.expect("an answer");
            assert_eq!((answer.status().as_u16(), &answer.headers()["content-type"]), (status, &json_type()));
            let body = json_of(answer).await;
            let told = match at {
                At::Omada => &body["status"],
                At::Unifi => &body["statusCode"],
                At::Cloud => &body["httpStatusCode"],
            };
            assert_eq!(told, status, "{at:?}: {body}");
            caller.faults(at).next(fault(Format::Html));
            let answer = caller.create(at, "Broken").send().await.expect("an answer");
            assert_eq!((answer.status().as_u16(), &answer.headers()["content-type"]), (status, &html_type()));
            assert!(answer.text().await.expect("a body").starts_with("<html>"));
        }
    }
}

#[tokio::test]
async fn tokens_end_in_flight() {
    let caller = Caller::start().await;
    let tokens = [(Fault::ExpireToken, -44112), (Fault::RevokeToken, -44113)];
    for (fault, code) in tokens {
        caller.faults(At::Omada).next(fault);
        let body = json_of(caller.create(At::Omada, "Ended").send().await.expect("an answer")).await;
        assert_eq!(body["errorCode"], code);
    }
    assert_eq!((caller.sandbox.omada().tokens_issued(), caller.sandbox.omada().tokens().len()), (1, 0));
    for at in EVERYWHERE {
        caller.faults(at).next(Fault::Unauthorized);
        assert_eq!(outcome(caller.create(at, "Nobody")).await.expect("an answer").0, 401);
        assert!(caller.books(at).is_empty());
    }
}

#[tokio::test]
async fn redirects_point_where_they_should_and_nobody_follows() {
    for at in EVERYWHERE {
        let caller = Caller::start().await;
        for status in [301, 302, 303, 307, 308] {
            let request = caller.page(at, 1, 2).build().expect("a request");
            let path = format!("{}?{}", request.url().path(), request.url().query().expect("a query"));
            let base = request.url().origin().ascii_serialization();
            for (to, host) in [(Target::Same, base.as_str()), (Target::OtherHost, caller.sandbox.elsewhere().url())] {
                caller.faults(at).next(Fault::Redirect { status, to });
                let answer = caller.page(at, 1, 2).send().await.expect("an answer");
                let location = answer.headers()["location"].to_str().expect("text");
                assert_eq!((answer.status().as_u16(), location), (status, &*format!("{host}{path}")), "{at:?}");
            }
        }
        assert!(caller.sandbox.elsewhere().received().is_empty());
    }
}

#[tokio::test]
async fn elsewhere_records_what_a_careless_client_sends() {
    let careless = reqwest::Client::builder();
    let caller = Caller::with(hotspot_vouchers_sandbox::Sandbox::builder(), careless).await;
    caller.faults(At::Unifi).next(Fault::Redirect { status: 307, to: Target::OtherHost });
    let (status, body) = outcome(caller.create(At::Unifi, "Carried away")).await.expect("an answer");
    assert_eq!((status, body.as_str()), (200, "{}"));
    let received = caller.sandbox.elsewhere().received();
    assert_eq!(received[0].header("x-api-key"), Some(caller.sandbox.unifi().api_key()));
    assert_eq!(received[0].body.as_ref().expect("a body")["name"], "Carried away");
}

fn json_type() -> reqwest::header::HeaderValue {
    "application/json".parse().expect("a header value")
}

fn html_type() -> reqwest::header::HeaderValue {
    "text/html".parse().expect("a header value")
}
