use std::collections::HashSet;

use uuid::Uuid;

/// A random-looking id or key of up to 32 hexadecimal digits, different in every sandbox, so that a
/// search of a log for it finds nothing by accident.
pub(crate) fn hex(digits: usize) -> String {
    let mut text = Uuid::new_v4().simple().to_string();
    text.truncate(digits);
    text
}

/// Voucher codes that differ from each other and from those already `taken`, and are taken from now
/// on.
///
/// The first code of a batch begins with the first letter of the alphabet, which is `0` wherever
/// digits are allowed: whoever reads codes as numbers loses that zero in the very first test, not
/// in one of ten.
pub(crate) fn codes(alphabet: &[u8], length: usize, amount: usize, taken: &mut HashSet<String>) -> Vec<String> {
    let mut codes = Vec::with_capacity(amount);
    while codes.len() < amount {
        let mut code = text(alphabet, length);
        if codes.is_empty() {
            code.replace_range(..1, &char::from(alphabet[0]).to_string());
        }
        if taken.insert(code.clone()) {
            codes.push(code);
        }
    }
    codes
}

/// Another id or code of the same make: a UUID, hexadecimal digits, or the digits of a code.
pub(crate) fn like(original: &str) -> String {
    match original.len() {
        36 => Uuid::new_v4().to_string(),
        24 | 32 => hex(original.len()),
        length => text(b"0123456789", length),
    }
}

/// Another id or code of the same make, and always the same one: the other end of the digits, and of the letters up to `f`.
pub(crate) fn mirrored(original: &str) -> String {
    let mirror = |letter: char| match letter {
        '0'..='9' => char::from(b'0' + b'9' - letter as u8),
        'a'..='f' => char::from(b'a' + b'f' - letter as u8),
        other => other,
    };
    original.chars().map(mirror).collect()
}

fn text(alphabet: &[u8], length: usize) -> String {
    // The two highest bits of this half of a UUID are fixed, the other 62 are random: enough for
    // ten letters out of 36.
    let mut bits = Uuid::new_v4().as_u64_pair().1 & (u64::MAX >> 2);
    let letters = alphabet.len() as u64;
    let letter = |_| {
        let letter = alphabet[(bits % letters) as usize];
        bits /= letters;
        char::from(letter)
    };
    (0..length).map(letter).collect()
}

/// FNV-1a, which is the same on every machine and in every version of Rust.
pub(crate) fn digest(seed: u64, bytes: &[u8]) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ mixed(seed);
    bytes.iter().fold(start, |digest, byte| (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finish of SplitMix64: every bit of the result depends on every bit that goes in.
pub(crate) fn mixed(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::codes;

    #[test]
    fn codes_are_unique_and_the_first_has_a_leading_zero() {
        let mut taken = HashSet::new();
        let first = codes(b"0123456789", 6, 5000, &mut taken);
        let second = codes(b"0123456789", 6, 5000, &mut taken);
        assert_eq!(taken.len(), 10_000);
        for batch in [first, second] {
            assert!(batch[0].starts_with('0'));
            assert!(batch.iter().all(|code| code.len() == 6));
        }
    }
}
