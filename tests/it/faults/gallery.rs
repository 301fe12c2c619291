//! Every way in which the sandbox can fail a request.

use std::time::Duration;

use hotspot_vouchers_sandbox::{Fault, Format, Lie, Moment, NameChange, Rows, Target, WrongRows};

/// What is larger than this is too large for an answer here, so that the large ones cost less.
pub const LARGEST_ANSWER_BYTES: usize = 1024 * 1024;
const TOO_LARGE_BYTES: u64 = 2 * LARGEST_ANSWER_BYTES as u64;

const DAY_SECONDS: i64 = 24 * 60 * 60;
/// Longer than any message that is shown.
const QUOTED_BYTES: usize = 64 * 1024;

const MOMENTS: [(Moment, &str); 2] = [(Moment::BeforeCommit, "before"), (Moment::AfterCommit, "after")];

/// Faults that can strike any request, with what they are called in the table. They last longer than an attempt may.
pub fn faults() -> Vec<(String, Fault)> {
    let mut faults = vec![
        ("connection refused for 1 s".to_owned(), Fault::Refuse(Duration::from_secs(1))),
        ("connection refused for an hour".to_owned(), Fault::Refuse(Duration::from_secs(3600))),
    ];
    for (moment, word) in MOMENTS {
        faults.push((format!("reset {word} the commit"), Fault::Reset(moment)));
    }
    for (moment, word) in MOMENTS {
        faults.push((format!("40 s late, {word} the commit"), Fault::Delay(moment, Duration::from_secs(40))));
    }
    let drip = Fault::Drip { chunk_bytes: 1, pause: Duration::from_secs(20) };
    let bodies = [
        ("body byte by byte, for hours", drip),
        ("body halts for 40 s", Fault::Stall(Duration::from_secs(40))),
        ("body breaks off", Fault::CutBody),
        ("half of the body", Fault::HalveBody),
    ];
    faults.extend(bodies.map(|(name, fault)| (name.to_owned(), fault)));
    for (name, retry_after) in [
        ("429", None),
        ("429, Retry-After 2", Some(Duration::from_secs(2))),
        ("429, Retry-After 0.5", Some(Duration::from_millis(500))),
        ("429, Retry-After 3600", Some(Duration::from_secs(3600))),
    ] {
        faults.push((name.to_owned(), Fault::TooManyRequests { retry_after }));
    }
    for status in [500, 502, 503, 504] {
        for (format, form) in [(Format::Json, "JSON"), (Format::Html, "HTML")] {
            for (moment, word) in MOMENTS {
                let name = format!("{status} as {form}, {word} the commit");
                faults.push((name, Fault::ServerError { status, format, moment }));
            }
        }
    }
    // What a firewall or a proxy sends in the place of the console.
    for status in [401, 403, 404, 409, 451, 499] {
        for (moment, word) in MOMENTS {
            let fault = Fault::ServerError { status, format: Format::Html, moment };
            faults.push((format!("{status} as HTML, {word} the commit"), fault));
        }
    }
    let others = [
        (
            "429 as JSON, after the commit",
            Fault::ServerError { status: 429, format: Format::Json, moment: Moment::AfterCommit },
        ),
        ("token expires", Fault::ExpireToken),
        ("token revoked", Fault::RevokeToken),
        ("401", Fault::Unauthorized),
        ("wrong Content-Type", Fault::WrongContentType("text/html".to_owned())),
        ("no Content-Type", Fault::NoContentType),
        ("200 without a body", Fault::NoBody { status: 200 }),
        ("204 without a body", Fault::NoBody { status: 204 }),
        ("byte order mark before the body", Fault::ByteOrderMark),
        ("`Date` a day behind", Fault::WrongDate { seconds: -DAY_SECONDS }),
        ("`Date` a day ahead", Fault::WrongDate { seconds: DAY_SECONDS }),
        ("body of the request before", Fault::StaleAnswer),
        ("query dropped", Fault::DropQuery),
        ("name cut to 12 characters", Fault::ChangeName(NameChange::Cut(12))),
        ("name in small letters", Fault::ChangeName(NameChange::LowerCase)),
        ("one of several committed, then reset", Fault::CommitPart),
        ("fewer vouchers than created", Fault::WrongRows(WrongRows::Fewer)),
        ("one voucher in the place of each", Fault::WrongRows(WrongRows::Repeated)),
        ("vouchers of another name", Fault::WrongRows(WrongRows::OtherName)),
        ("refusal that quotes the request", Fault::Quote { bytes: QUOTED_BYTES }),
        ("redirect to the same host", Fault::Redirect { status: 307, to: Target::Same }),
        ("redirect to another host", Fault::Redirect { status: 307, to: Target::OtherHost }),
        ("body twice as large as allowed", Fault::HugeBody { bytes: TOO_LARGE_BYTES }),
        ("gzip bomb twice as large as allowed", Fault::GzipBomb { bytes: TOO_LARGE_BYTES }),
        ("100,000 arrays in each other", Fault::DeepNesting { levels: 100_000 }),
        ("numbers of 64 bits", Fault::HugeNumbers),
        ("1 MiB of headers", Fault::HugeHeaders { bytes: 1 << 20 }),
    ];
    faults.extend(others.map(|(name, fault)| (name.to_owned(), fault)));
    faults
}

/// Faults that can strike lists.
pub fn list_faults() -> Vec<(String, Fault)> {
    let faults = [
        ("total too large", Fault::WrongTotal(Lie::TooMany)),
        ("total too small", Fault::WrongTotal(Lie::TooFew)),
        ("total that changes", Fault::WrongTotal(Lie::Changing)),
        ("total of 64 bits", Fault::WrongTotal(Lie::Largest)),
        ("pages of one row at most", Fault::CapPage { rows: 1 }),
        ("page repeated", Fault::RepeatPage),
        ("pages without end", Fault::EndlessPages),
        ("new rows without end, total of 64 bits", Fault::Bottomless(Rows::New)),
        ("the same rows without end, total of 64 bits", Fault::Bottomless(Rows::Same)),
        ("two pages by turns without end, total of 64 bits", Fault::Bottomless(Rows::TakingTurns)),
    ];
    faults.map(|(name, fault)| (name.to_owned(), fault)).into()
}
