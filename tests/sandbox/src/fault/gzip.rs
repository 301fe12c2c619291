use std::iter;

use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};

/// How much of the filler is compressed at once; the result is sent again and again.
const PIECE_BYTES: usize = 1024 * 1024;

/// No name, no time, no system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// A gzip stream of a text with `bytes` times the letter `a` between its start and its end, made as it is read.
pub(crate) fn padded(start: &str, bytes: u64, end: &str) -> impl Iterator<Item = Bytes> + Send + use<> {
    let piece = vec![b'a'; PIECE_BYTES];
    let pieces = usize::try_from(bytes / PIECE_BYTES as u64).unwrap_or(usize::MAX);
    let rest = &piece[..(bytes % PIECE_BYTES as u64) as usize];
    let mut sum = Crc::new();
    sum.update(start.as_bytes());
    let mut piece_sum = Crc::new();
    piece_sum.update(&piece);
    (0..pieces).for_each(|_| sum.combine(&piece_sum));
    sum.update(rest);
    sum.update(end.as_bytes());
    // The format has room for the length modulo 2^32, which is what the sum counts too.
    let trailer = [sum.sum().to_le_bytes(), sum.amount().to_le_bytes()].concat();
    let first = [&HEADER[..], &deflated(start.as_bytes(), FlushCompress::Full)].concat();
    let last = [deflated(rest, FlushCompress::Full), deflated(end.as_bytes(), FlushCompress::Finish), trailer].concat();
    let middle = iter::repeat_n(Bytes::from(deflated(&piece, FlushCompress::Full)), pieces);
    iter::once(Bytes::from(first)).chain(middle).chain([Bytes::from(last)])
}

/// Blocks that stand for themselves: they end at a whole byte, and look back at nothing before them.
fn deflated(bytes: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut compressed = Vec::with_capacity(bytes.len() + 64);
    // Writing to memory that is large enough cannot fail.
    let _ = Compress::new(Compression::fast(), false).compress_vec(bytes, &mut compressed, flush);
    compressed
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::padded;

    #[test]
    fn it_unpacks_to_what_was_asked_for() {
        for bytes in [0, 1, 1024 * 1024, 3 * 1024 * 1024 + 17] {
            let packed: Vec<u8> = padded("{\"x\":\"", bytes, "\"}").flatten().collect();
            assert!(packed.len() < 30_000, "{}", packed.len());
            let mut text = String::new();
            GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("a whole gzip stream");
            assert_eq!(text, format!("{{\"x\":\"{}\"}}", "a".repeat(bytes as usize)));
        }
    }
}
