//! Any bytes as the answer to any operation.

#![no_main]

use hotspot_vouchers_fuzz::answer::Head;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let head = String::from_utf8_lossy(&input[..end]);
    let body = input.get(end + 1..).unwrap_or_default().to_vec();
    Head::parse(&head).read(body);
});
