use hyper::Response;
use tokio::time::sleep;

use crate::canned::Canned;
use crate::clock::http_date;
use crate::fault::request::{changed, quoting};
use crate::fault::rewrite::{around_padding, nested, padded, with_huge_numbers};
use crate::fault::rows::with_wrong_rows;
use crate::fault::{Fault, Format, Moment, Target, gzip};
use crate::received::Received;
use crate::serve::{self, Body, Certificate, Desk};

/// Short enough for any limit on one header.
const HEADER_LINE_BYTES: usize = 8 * 1024;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Answers a request under a fault; no answer means that the connection is reset.
pub(crate) async fn strike(desk: &Desk, request: &Received, fault: &Fault) -> Option<Response<Body>> {
    let controller = &desk.controller;
    let record = || controller.intake().faults.record(request, fault);
    if let Some(answer) = instead(desk, request, fault) {
        record();
        return Some(answer.into_response());
    }
    match fault {
        Fault::Refuse(_) | Fault::WrongCertificate | Fault::Reset(Moment::BeforeCommit) => {
            record();
            match (fault, &desk.tls) {
                (Fault::Refuse(span), _) => desk.door.refuse_for(*span).await,
                (Fault::WrongCertificate, Some(tls)) => tls.show_once(Certificate::OtherAuthority),
                _ => {}
            }
            return None;
        }
        Fault::Delay(Moment::BeforeCommit, span) => {
            record();
            sleep(*span).await;
            return Some(controller.answer(request).into_response());
        }
        Fault::ExpireToken => controller.expire_tokens(),
        Fault::RevokeToken => controller.revoke_tokens(),
        _ => {}
    }
    let answer = match changed(fault, controller.paging(request), request) {
        Some(request) => controller.answer(&request),
        None => controller.answer(request),
    };
    let Some(answer) = edited(desk, request, fault, &answer) else {
        return Some(answer.into_response());
    };
    record();
    match fault {
        Fault::Reset(Moment::AfterCommit) | Fault::CommitPart => return None,
        Fault::Delay(Moment::AfterCommit, span) => sleep(*span).await,
        _ => {}
    }
    Some(with_body(fault, answer))
}

/// The answer where there is no commit.
fn instead(desk: &Desk, request: &Received, fault: &Fault) -> Option<Canned> {
    match fault {
        Fault::TooManyRequests { retry_after } => {
            let refusal = desk.controller.failure(429, request);
            Some(match retry_after {
                Some(span) => refusal.header("Retry-After", &span.as_secs_f64().to_string()),
                None => refusal,
            })
        }
        Fault::ServerError { status, format, moment: Moment::BeforeCommit } => {
            Some(server_error(desk, request, *status, *format))
        }
        Fault::Answer(Moment::BeforeCommit, answer) => Some(answer.clone()),
        Fault::Quote { bytes } => quoting(desk.controller.failure(400, request), request, *bytes),
        Fault::Unauthorized => Some(desk.controller.failure(401, request)),
        Fault::Redirect { status, to } => {
            let host = match to {
                Target::Same => desk.door.url(),
                Target::OtherHost => &desk.elsewhere_url,
            };
            Some(Canned::status(*status).header("Location", &format!("{host}{}", request.target)))
        }
        _ => None,
    }
}

/// Another answer after the commit, or the same where only its way is spoiled; none where the fault found nothing to do.
fn edited(desk: &Desk, request: &Received, fault: &Fault, answer: &Canned) -> Option<Canned> {
    let controller = &desk.controller;
    let paging = controller.paging(request);
    let first_page = || paging.map(|paging| (paging, controller.answer(&paging.first_page_of(request))));
    match fault {
        Fault::ServerError { status, format, .. } => Some(server_error(desk, request, *status, *format)),
        Fault::Answer(_, answer) => Some(answer.clone()),
        Fault::WrongContentType(wrong) => Some(answer.clone().without_content_type().header("Content-Type", wrong)),
        Fault::NoBody { status } => Some(Canned::status(*status)),
        Fault::ByteOrderMark => Some(answer.clone().behind(BYTE_ORDER_MARK)),
        Fault::WrongDate { seconds } => {
            let unix_millis = desk.clock.now_unix_millis().saturating_add(seconds.saturating_mul(1000));
            Some(answer.clone().header("Date", &http_date(unix_millis)))
        }
        Fault::StaleAnswer => controller.intake().last_answer(request),
        Fault::WrongRows(wrong) => with_wrong_rows(answer.clone(), *wrong),
        Fault::NoContentType => Some(answer.clone().without_content_type()),
        Fault::WrongTotal(lie) => paging?.with_total(answer.clone(), *lie, request),
        Fault::RepeatPage => first_page().and_then(|(paging, first)| paging.repeated(first, request)),
        Fault::EndlessPages => first_page().and_then(|(paging, first)| paging.endless(first, request)),
        Fault::Bottomless(rows) => first_page().and_then(|(paging, first)| paging.bottomless(first, *rows, request)),
        Fault::DeepNesting { levels } => Some(nested(answer.clone(), *levels)),
        Fault::HugeNumbers => with_huge_numbers(answer.clone()),
        Fault::HugeHeaders { bytes } => {
            let lines = bytes.div_ceil(HEADER_LINE_BYTES);
            let line = "a".repeat(HEADER_LINE_BYTES);
            Some((0..lines).fold(answer.clone(), |answer, _| answer.header("X-Padding", &line)))
        }
        _ => Some(answer.clone()),
    }
}

/// The answer on the wire.
fn with_body(fault: &Fault, answer: Canned) -> Response<Body> {
    match fault {
        Fault::Drip { chunk_bytes, pause } => answer.sent_as(|bytes| serve::drip(bytes, *chunk_bytes, *pause)),
        Fault::Stall(pause) => answer.sent_as(|bytes| serve::halted(bytes, *pause)),
        Fault::CutBody => answer.sent_as(serve::truncated),
        Fault::HalveBody => answer.halved().into_response(),
        Fault::HugeBody { bytes } => {
            let (start, end) = around_padding(&answer);
            answer.with_chunks(serve::endless(padded(&start, *bytes, end)))
        }
        Fault::GzipBomb { bytes } => {
            let (start, end) = around_padding(&answer);
            let bomb = gzip::padded(&start, *bytes, end);
            answer.header("Content-Encoding", "gzip").with_chunks(serve::endless(bomb))
        }
        _ => answer.into_response(),
    }
}

fn server_error(desk: &Desk, request: &Received, status: u16, format: Format) -> Canned {
    match format {
        Format::Json => desk.controller.failure(status, request),
        Format::Html => {
            let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n");
            Canned::status(status).text("text/html", page)
        }
    }
}
