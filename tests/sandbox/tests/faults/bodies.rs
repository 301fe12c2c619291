use std::io::Read;
use std::time::{Duration, Instant};

use hotspot_vouchers_sandbox::Fault;
use serde_json::Value;

use crate::caller::{At, Caller, EVERYWHERE, json_of, outcome};

/// The honest answer to the first page, of three requests that issued two vouchers each.
async fn filled(at: At) -> (Caller, String) {
    let caller = Caller::start().await;
    for name in ["One", "Two", "Three"] {
        outcome(caller.create(at, name)).await.expect("an answer");
    }
    let honest = outcome(caller.page(at, 0, 10)).await.expect("an answer").1;
    (caller, honest)
}

#[tokio::test]
async fn slow_bodies_are_whole_in_the_end() {
    for at in EVERYWHERE {
        let (caller, honest) = filled(at).await;
        let pause = Duration::from_millis(2);
        for (fault, least) in [
            (Fault::Drip { chunk_bytes: 10, pause }, pause * (honest.len() / 10) as u32),
            (Fault::Drip { chunk_bytes: 0, pause: Duration::ZERO }, Duration::ZERO),
            (Fault::Stall(Duration::from_millis(80)), Duration::from_millis(80)),
        ] {
            caller.faults(at).next(fault.clone());
            let begun = Instant::now();
            let mut answer = caller.page(at, 0, 10).send().await.expect("an answer");
            assert_eq!(answer.content_length(), Some(honest.len() as u64));
            let (mut chunks, mut bytes) = (0, Vec::new());
            while let Some(chunk) = answer.chunk().await.expect("a chunk") {
                chunks += 1;
                bytes.extend_from_slice(&chunk);
            }
            assert_eq!(String::from_utf8(bytes).ok().as_ref(), Some(&honest), "{at:?} {fault:?}");
            assert!(chunks > 1 && begun.elapsed() >= least, "{at:?} {fault:?}: {chunks} chunks");
        }
    }
}

#[tokio::test]
async fn a_cut_body_ends_in_its_middle() {
    for at in EVERYWHERE {
        let (caller, honest) = filled(at).await;
        caller.faults(at).next(Fault::CutBody);
        let mut answer = caller.page(at, 0, 10).send().await.expect("the headers arrive");
        assert_eq!(answer.content_length(), Some(honest.len() as u64));
        let mut bytes = Vec::new();
        let error = loop {
            match answer.chunk().await {
                Ok(chunk) => bytes.extend_from_slice(&chunk.expect("the end is an error")),
                Err(error) => break error,
            }
        };
        assert!(error.is_body() || error.is_decode(), "{at:?}: {error:?}");
        assert_eq!(bytes, honest.as_bytes()[..honest.len() / 2], "{at:?}");

        caller.faults(at).next(Fault::HalveBody);
        let (status, body) = outcome(caller.page(at, 0, 10)).await.expect("an answer that looks whole");
        assert_eq!((status, body.as_str()), (200, &honest[..honest.len() / 2]), "{at:?}");
    }
}

#[tokio::test]
async fn content_types_lie_or_are_missing_over_the_right_body() {
    for at in EVERYWHERE {
        let (caller, honest) = filled(at).await;
        for (fault, told) in [
            (Fault::WrongContentType("text/html; charset=utf-8".to_owned()), Some("text/html; charset=utf-8")),
            (Fault::NoContentType, None),
        ] {
            caller.faults(at).next(fault);
            let answer = caller.page(at, 0, 10).send().await.expect("an answer");
            let found = answer.headers().get_all("content-type").iter().map(|value| value.to_str().ok());
            assert_eq!(found.collect::<Vec<_>>(), told.map(Some).into_iter().collect::<Vec<_>>(), "{at:?}");
            assert_eq!(answer.text().await.ok().as_ref(), Some(&honest), "{at:?}");
        }
    }
}

#[tokio::test]
async fn huge_bodies_are_what_was_asked_for_and_a_bomb_is_small_on_the_wire() {
    let bytes = 3 * 1024 * 1024 + 5;
    for at in EVERYWHERE {
        let (caller, honest) = filled(at).await;
        caller.faults(at).next(Fault::HugeBody { bytes });
        let answer = caller.page(at, 0, 10).send().await.expect("an answer");
        assert_eq!(answer.content_length(), None, "{at:?}");
        assert_padded(&json_of(answer).await, &honest, bytes);

        caller.faults(at).next(Fault::GzipBomb { bytes });
        let answer = caller.page(at, 0, 10).send().await.expect("an answer");
        assert_eq!(answer.headers()["content-encoding"], "gzip");
        let packed = answer.bytes().await.expect("a body");
        assert!(packed.len() < 30_000, "{at:?}: {} bytes", packed.len());
        let mut text = String::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).expect("gzip");
        assert_padded(&serde_json::from_str(&text).expect("JSON"), &honest, bytes);
    }
}

/// The honest answer with a text beside it.
#[track_caller]
fn assert_padded(found: &Value, honest: &str, bytes: u64) {
    let mut found = found.clone();
    let padding = found.as_object_mut().expect("an object").remove("padding").expect("a padding");
    assert_eq!(padding.as_str().map(|text| text.len() as u64), Some(bytes));
    assert_eq!(found, serde_json::from_str::<Value>(honest).expect("JSON"));
}

#[tokio::test]
async fn nesting_stands_where_the_result_would_be() {
    for at in EVERYWHERE {
        let (caller, _) = filled(at).await;
        caller.faults(at).next(Fault::DeepNesting { levels: 3 });
        let body = json_of(caller.page(at, 0, 10).send().await.expect("an answer")).await;
        let result = if at == At::Omada { &body["result"] } else { &body["data"] };
        assert_eq!(*result, serde_json::json!([[[]]]), "{at:?}: {body}");
        caller.faults(at).next(Fault::DeepNesting { levels: 100_000 });
        let (_, text) = outcome(caller.page(at, 0, 10)).await.expect("an answer");
        assert!(text.contains(&"[".repeat(100_000)) && text.contains(&"]".repeat(100_000)), "{at:?}");
    }
}

#[tokio::test]
async fn numbers_are_larger_than_any_program_expects() {
    for at in EVERYWHERE {
        let (caller, _) = filled(at).await;
        caller.faults(at).next(Fault::HugeNumbers);
        let body = json_of(caller.page(at, 0, 10).send().await.expect("an answer")).await;
        let row =
            if at == At::Omada { &body["result"]["data"][0]["duration"] } else { &body["data"][0]["timeLimitMinutes"] };
        assert_eq!(*row, u64::MAX, "{at:?}: {body}");
        assert!(at != At::Omada || body["errorCode"] == 0);
    }
}

#[tokio::test]
async fn headers_are_huge() {
    for at in EVERYWHERE {
        let (caller, _) = filled(at).await;
        caller.faults(at).next(Fault::HugeHeaders { bytes: 100_000 });
        let answer = caller.page(at, 0, 10).send().await.expect("an answer");
        let lengths = answer.headers().get_all("x-padding").iter().map(|line| line.len());
        assert!(lengths.sum::<usize>() >= 100_000, "{at:?}");
        // Most clients refuse what is a megabyte.
        caller.faults(at).next(Fault::HugeHeaders { bytes: 1024 * 1024 });
        assert!(caller.page(at, 0, 10).send().await.is_err(), "{at:?}");
    }
}
