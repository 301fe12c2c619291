//! An answer to some operation, and what has to hold whatever it is.

use bytes::Bytes;
use hotspot_vouchers::Secret;
use hotspot_vouchers::fuzzing::{Answer, Outcome, Reader};
use hotspot_vouchers::{omada, unifi};

/// The secret of the client that is answered.
pub const SECRET: &str = "hunter2-hunter2";

/// The code of a voucher, and every other secret in the answers that the targets begin with.
pub const CODE: &str = "0300459449";

/// An answer without its body, read from a line such as `omada/listSites 200 1.5`: the operation, the status and
/// `Retry-After`. Any other line is an answer as well.
pub struct Head {
    pub reader: Reader,
    pub status: u16,
    pub retry_after: Option<String>,
}

impl Head {
    pub fn parse(line: &str) -> Self {
        let mut words = line.splitn(3, ' ');
        let name = words.next().unwrap_or_default();
        let (vendor, operation) = name.split_once('/').unwrap_or_default();
        let table = if vendor == "unifi" { unifi::generated::READERS } else { omada::generated::READERS };
        let any = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let named = table.iter().find(|(id, _)| *id == operation);
        let (_, reader) = named.unwrap_or(&table[any % table.len()]);
        let status = words.next().and_then(|word| word.parse().ok()).unwrap_or(200);
        Self { reader: *reader, status, retry_after: words.next().map(str::to_owned) }
    }

    /// Reads the answer, and checks what can be checked of all answers.
    pub fn read(self, body: impl Into<Bytes>) -> Outcome {
        let content_type = Some(format!("application/json; charset={CODE}"));
        let Self { reader, status, retry_after } = self;
        let answer = Answer { status, content_type, retry_after, body: body.into(), secret: Secret::from(SECRET) };
        let outcome = reader(&answer);
        assert_eq!(outcome.changed, None, "it is something else after it was written and read again");
        if !outcome.is_read {
            assert!(!outcome.shown.contains(SECRET), "an error shows a secret of the client: {}", outcome.shown);
            // What a controller says of a refusal is told in its own words, whatever is in them.
            let tells = outcome.is_refusal && outcome.shown.contains(CODE);
            assert!(tells || !outcome.shown.contains(CODE), "an error shows a code: {}", outcome.shown);
            // Twice with indentation, and what is quoted of a body is short; a refusal is as long as the controller's words.
            assert!(outcome.is_refusal || outcome.shown.len() < 8 * 1024, "an error of {} bytes", outcome.shown.len());
        }
        outcome
    }
}
