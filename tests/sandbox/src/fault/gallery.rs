use std::time::Duration;

use crate::fault::{Fault, Format, Lie, Moment, NameChange, Rows, Target, WrongRows};

/// A pause that a test can afford, and still longer than any answer of the sandbox takes.
const PAUSE: Duration = Duration::from_millis(50);

/// Larger than any honest answer, and than the memory that one should take.
const LARGE_BYTES: u64 = 64 * 1024 * 1024;

/// A clock that was set to another day.
const DAY_SECONDS: i64 = 24 * 60 * 60;

impl Fault {
    /// The fault of [`Fault::gallery`] with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::gallery().into_iter().find(|(known, _)| *known == name).map(|(_, fault)| fault)
    }

    /// The name of this fault in [`Fault::gallery`]; none if it is not exactly one of those.
    pub fn name(&self) -> Option<&'static str> {
        Self::gallery().into_iter().find(|(_, known)| known == self).map(|(name, _)| name)
    }

    /// One of each, under the name that the program knows it by, in a form that ends soon: pauses take 50 ms, a body is
    /// 64 MiB. For a table of everything that can go wrong, or the faults of a [chance](crate::Faults::chance).
    pub fn gallery() -> Vec<(&'static str, Self)> {
        use Format::{Html, Json};
        use Moment::{AfterCommit, BeforeCommit};
        let too_many = |retry_after| Self::TooManyRequests { retry_after };
        let error = |status, format, moment| Self::ServerError { status, format, moment };
        vec![
            ("refuse", Self::Refuse(PAUSE)),
            ("wrong-certificate", Self::WrongCertificate),
            ("reset-before-commit", Self::Reset(BeforeCommit)),
            ("reset-after-commit", Self::Reset(AfterCommit)),
            ("delay-before-commit", Self::Delay(BeforeCommit, PAUSE)),
            ("delay-after-commit", Self::Delay(AfterCommit, PAUSE)),
            ("drip", Self::Drip { chunk_bytes: 64, pause: Duration::from_millis(1) }),
            ("stall", Self::Stall(PAUSE)),
            ("cut-body", Self::CutBody),
            ("halve-body", Self::HalveBody),
            ("429", too_many(None)),
            ("429-retry-after-1", too_many(Some(Duration::from_secs(1)))),
            ("429-retry-after-0.05", too_many(Some(PAUSE))),
            ("500-json", error(500, Json, BeforeCommit)),
            ("502-json", error(502, Json, BeforeCommit)),
            ("503-json", error(503, Json, BeforeCommit)),
            ("504-json", error(504, Json, BeforeCommit)),
            ("500-html", error(500, Html, BeforeCommit)),
            ("502-html", error(502, Html, BeforeCommit)),
            ("503-html", error(503, Html, BeforeCommit)),
            ("504-html", error(504, Html, BeforeCommit)),
            ("500-json-after-commit", error(500, Json, AfterCommit)),
            ("502-json-after-commit", error(502, Json, AfterCommit)),
            ("503-json-after-commit", error(503, Json, AfterCommit)),
            ("504-json-after-commit", error(504, Json, AfterCommit)),
            ("500-html-after-commit", error(500, Html, AfterCommit)),
            ("502-html-after-commit", error(502, Html, AfterCommit)),
            ("503-html-after-commit", error(503, Html, AfterCommit)),
            ("504-html-after-commit", error(504, Html, AfterCommit)),
            ("401-html", error(401, Html, BeforeCommit)),
            ("403-html", error(403, Html, BeforeCommit)),
            ("404-html", error(404, Html, BeforeCommit)),
            ("409-html", error(409, Html, BeforeCommit)),
            ("451-html", error(451, Html, BeforeCommit)),
            ("499-html", error(499, Html, BeforeCommit)),
            ("403-html-after-commit", error(403, Html, AfterCommit)),
            ("404-html-after-commit", error(404, Html, AfterCommit)),
            ("409-html-after-commit", error(409, Html, AfterCommit)),
            ("451-html-after-commit", error(451, Html, AfterCommit)),
            ("499-html-after-commit", error(499, Html, AfterCommit)),
            ("429-json-after-commit", error(429, Json, AfterCommit)),
            ("unauthorized", Self::Unauthorized),
            ("expire-token", Self::ExpireToken),
            ("revoke-token", Self::RevokeToken),
            ("wrong-content-type", Self::WrongContentType("text/html".to_owned())),
            ("no-content-type", Self::NoContentType),
            ("204-without-body", Self::NoBody { status: 204 }),
            ("200-without-body", Self::NoBody { status: 200 }),
            ("byte-order-mark", Self::ByteOrderMark),
            ("date-behind", Self::WrongDate { seconds: -DAY_SECONDS }),
            ("date-ahead", Self::WrongDate { seconds: DAY_SECONDS }),
            ("stale-answer", Self::StaleAnswer),
            ("drop-query", Self::DropQuery),
            ("cap-page", Self::CapPage { rows: 1 }),
            ("trim-name", Self::ChangeName(NameChange::Trim)),
            ("cut-name", Self::ChangeName(NameChange::Cut(20))),
            ("lower-case-name", Self::ChangeName(NameChange::LowerCase)),
            ("commit-part", Self::CommitPart),
            ("fewer-rows", Self::WrongRows(WrongRows::Fewer)),
            ("repeated-rows", Self::WrongRows(WrongRows::Repeated)),
            ("rows-of-another-name", Self::WrongRows(WrongRows::OtherName)),
            ("quote", Self::Quote { bytes: 64 * 1024 }),
            ("total-too-many", Self::WrongTotal(Lie::TooMany)),
            ("total-too-few", Self::WrongTotal(Lie::TooFew)),
            ("total-changing", Self::WrongTotal(Lie::Changing)),
            ("total-largest", Self::WrongTotal(Lie::Largest)),
            ("repeat-page", Self::RepeatPage),
            ("endless-pages", Self::EndlessPages),
            ("bottomless-new-rows", Self::Bottomless(Rows::New)),
            ("bottomless-same-rows", Self::Bottomless(Rows::Same)),
            ("bottomless-rows-taking-turns", Self::Bottomless(Rows::TakingTurns)),
            ("redirect", Self::Redirect { status: 307, to: Target::Same }),
            ("redirect-to-other-host", Self::Redirect { status: 307, to: Target::OtherHost }),
            ("huge-body", Self::HugeBody { bytes: LARGE_BYTES }),
            ("gzip-bomb", Self::GzipBomb { bytes: LARGE_BYTES }),
            ("deep-nesting", Self::DeepNesting { levels: 100_000 }),
            ("huge-numbers", Self::HugeNumbers),
            ("huge-headers", Self::HugeHeaders { bytes: 1024 * 1024 }),
        ]
    }
}
