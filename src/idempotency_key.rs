//! The key that identifies a sale, and the marker that carries it in the names of vouchers.

use std::fmt;

use crate::validate::{Problem, Violations};

/// Identifies one sale, such as the number of its receipt. It is not a secret.
///
/// Controllers have no field for it. What is created with a key carries the key's [`marker`](Self::marker) at the front of its
/// name: `76zxnbs18mww Lobby`. The same key has the same marker on every machine.
///
/// A marker has 12 characters, which are digits and lower-case letters of ASCII. It is short enough for the names of either
/// vendor, and it survives a controller that trims a name, cuts its end, changes its case, normalizes its Unicode or removes its
/// control characters. All markers have the same length, so none is the beginning of another.
///
/// A key can be longer than its marker, so a marker is a hash of 60 bits, and two keys could have the same one. The probability
/// that any two of a million keys do is below 1 in 2 million. Keys that differ only in case have different markers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// How long a key may be.
const LONGEST: usize = 64;

/// The characters of a marker: those of base 32 that cannot be mistaken for each other, in one case.
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p',
    'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
];
/// How many bits one of them encodes.
const BITS: usize = 5;
/// How many characters a marker has.
const MARKER: usize = 12;

impl IdempotencyKey {
    /// Creates a key of 1 to 64 characters: the letters A to Z in either case, digits, dots, dashes and underscores.
    ///
    /// # Errors
    /// [`Violations`] if the key is empty, is longer, or has other characters.
    pub fn new(key: impl Into<String>) -> Result<Self, Violations> {
        let key = key.into();
        let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        match (1..=LONGEST).contains(&key.len()) && key.chars().all(fits) {
            true => Ok(Self(key)),
            false => {
                let expected = "1 to 64 of the letters a to z, digits, dots, dashes and underscores";
                Err(Violations::one("idempotencyKey", Problem::Unusable { value: Some(key), expected }))
            }
        }
    }

    /// Returns the text at the front of the name of everything that is created with this key, for example to search for it in
    /// the controller's own user interface.
    pub fn marker(&self) -> String {
        let mut bits = self.hash();
        let mut next = || {
            let digit = bits >> (u64::BITS as usize - BITS);
            bits <<= BITS;
            usize::try_from(digit).ok().and_then(|digit| ALPHABET.get(digit).copied())
        };
        (0..MARKER).filter_map(|_| next()).collect()
    }

    /// The name of what is created with this key.
    pub(crate) fn mark(&self, name: &str) -> String {
        format!("{} {name}", self.marker())
    }

    /// Whether a name begins with the marker, whatever else the controller did to it.
    pub(crate) fn is_in(&self, name: &str) -> bool {
        name.trim_start().get(..MARKER).is_some_and(|front| front.eq_ignore_ascii_case(&self.marker()))
    }

    /// A hash that is the same everywhere and for ever. Each byte is mixed into all bits, so that keys which are counted up have
    /// markers that have nothing in common.
    fn hash(&self) -> u64 {
        self.0.bytes().fold(0x6a09_e667_f3bc_c908, |hash, byte| mix(hash ^ u64::from(byte)))
    }
}

/// The finalizer of `MurmurHash3`, which maps no two numbers to the same one.
fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn key(text: &str) -> IdempotencyKey {
        IdempotencyKey::new(text).expect("a key")
    }

    #[test]
    fn markers_stay_the_same() {
        let uuid = "0d1f3a52-5a5b-4f3c-8f5e-0123456789ab";
        let markers = ["1042", "1043", "a", "A", uuid].map(|text| key(text).marker());
        assert_eq!(markers, ["76zxnbs18mww", "thhxhah29hbf", "vw1n95mwamk7", "bh02pmew17j3", "nr3cmq7t7r6j"]);
    }

    #[test]
    fn no_two_keys_have_the_same_marker() {
        let counted = (0..199_999).map(|number| number.to_string());
        let padded = (0..99_999).map(|number| format!("{number:08}"));
        let tills = (0..9_999).flat_map(|number| [format!("till-1.{number}"), format!("till-{number}.1")]);
        let cases = (0_u32..1 << 12).map(|cases| {
            let letter = |place: u32| if cases >> place & 1 == 0 { 'k' } else { 'K' };
            (0..12).map(letter).collect::<String>()
        });
        let lengths = (1..=LONGEST).flat_map(|length| ["x".repeat(length), "_".repeat(length)]);
        let keys: HashSet<String> = counted.chain(padded).chain(tills).chain(cases).chain(lengths).collect();
        let markers: HashSet<String> = keys.iter().map(|text| key(text).marker()).collect();
        assert_eq!(markers.len(), keys.len());
        for marker in &markers {
            assert_eq!(marker.len(), MARKER);
            assert!(marker.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase()), "{marker}");
        }
    }

    #[test]
    fn a_marker_survives_what_controllers_do_to_names() {
        let (key, other) = (key("1042"), key("1043"));
        let name = key.mark(" Caf\u{e9}\u{7} 7 ");
        let changed = [
            name.clone(),
            name.trim().to_owned(),
            format!("  {name}"),
            name.to_uppercase(),
            name.to_lowercase(),
            name.chars().take(16).collect(),
            name.chars().take(MARKER).collect(),
            name.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect(),
            name.replace('\u{e9}', "e\u{301}"),
        ];
        for name in changed {
            assert!(key.is_in(&name) && !other.is_in(&name), "{name:?}");
        }
        let gone = [name.chars().take(MARKER - 1).collect(), name.chars().skip(1).collect(), " 7 ".to_owned()];
        for name in gone.into_iter().chain([String::new(), "\u{e9}".repeat(MARKER)]) {
            assert!(!key.is_in(&name), "{name:?}");
        }
    }
}
