//! The key in a certificate, read from any version of X.509 and whatever else is in the certificate.

use rustls::pki_types::SubjectPublicKeyInfoDer;

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
/// The tag of the version, which certificates of version 1 do not have.
const VERSION: u8 = 0xa0;
/// `rsaEncryption`, with its tag and length.
const RSA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The key of a certificate.
pub(super) struct Key<'a> {
    /// The whole `SubjectPublicKeyInfo`.
    info: &'a [u8],
    /// The algorithm, as the content of its sequence.
    pub(super) algorithm: &'a [u8],
    /// The key itself.
    pub(super) bytes: &'a [u8],
}

impl<'a> Key<'a> {
    /// Reads the key of a certificate in DER.
    pub(super) fn of(certificate: &'a [u8]) -> Option<Self> {
        let mut outer = Reader(certificate);
        let mut fields = Reader(Reader(outer.value(SEQUENCE)?).value(SEQUENCE)?);
        if fields.0.first() == Some(&VERSION) {
            fields.any()?;
        }
        // The serial number, the algorithm of the signature, the issuer, the validity, and the subject.
        for _ in 0..5 {
            fields.any()?;
        }
        let info = fields.any()?;
        let mut parts = Reader(Reader(info).value(SEQUENCE)?);
        let algorithm = parts.value(SEQUENCE)?;
        // The first byte counts unused bits, of which keys have none.
        let (0, bytes) = parts.value(BIT_STRING)?.split_first().map(|(unused, bytes)| (*unused, bytes))? else {
            return None;
        };
        Some(Self { info, algorithm, bytes })
    }

    pub(super) fn info(&self) -> SubjectPublicKeyInfoDer<'a> {
        SubjectPublicKeyInfoDer::from(self.info)
    }

    /// How many bits an RSA key has. Other keys have none.
    pub(super) fn rsa_bits(&self) -> Option<usize> {
        if !self.algorithm.starts_with(&RSA) {
            return None;
        }
        let modulus = Reader(Reader(self.bytes).value(SEQUENCE)?).value(INTEGER)?;
        let first = modulus.iter().position(|byte| *byte != 0)?;
        let zeros = usize::try_from(modulus[first].leading_zeros()).ok()?;
        Some((modulus.len() - first) * 8 - zeros)
    }
}

/// Reads values in DER, one after the other.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// The next value without its tag and length, if it has this tag.
    fn value(&mut self, tag: u8) -> Option<&'a [u8]> {
        if self.0.first() != Some(&tag) {
            return None;
        }
        let (head, length) = self.extent()?;
        let value = self.0.get(head..head.checked_add(length)?)?;
        self.0 = &self.0[head + length..];
        Some(value)
    }

    /// The next value with its tag and length, whatever it is.
    fn any(&mut self) -> Option<&'a [u8]> {
        let (head, length) = self.extent()?;
        let value = self.0.get(..head.checked_add(length)?)?;
        self.0 = &self.0[head + length..];
        Some(value)
    }

    /// How many bytes the tag and the length take, and the length.
    fn extent(&self) -> Option<(usize, usize)> {
        let first = usize::from(*self.0.get(1)?);
        if first < 0x80 {
            return Some((2, first));
        }
        let count = first - 0x80;
        // More bytes than these could only hold a length beyond that of every certificate.
        if !(1..=3).contains(&count) {
            return None;
        }
        let length = self.0.get(2..2 + count)?.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        Some((2 + count, length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_has_no_key() {
        let broken: [&[u8]; 7] = [
            b"",
            b"0",
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x30, 0x80],
            &[0x30, 0x83, 0xff, 0xff, 0xff, 0x30],
            &[0x30, 0x02, 0x30, 0x00],
            &[0x30, 0x04, 0x30, 0x02, 0xa0, 0x7f],
        ];
        for bytes in broken {
            assert!(Key::of(bytes).is_none(), "{bytes:?}");
        }
    }
}
