//! Forms with a file in them. Unlike a streamed form, one that is held whole can be sent once more with a new token.

use bytes::Bytes;

/// A form that is ready to be sent.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) content_type: String,
    pub(super) body: Bytes,
}

/// One part of a form.
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    /// The name of the file that the part holds, where it holds one.
    pub(super) file_name: Option<&'a str>,
    pub(super) content_type: &'a str,
    pub(super) bytes: &'a [u8],
}

impl Form {
    /// Puts parts together, between boundaries that are in none of them.
    pub(super) fn new(parts: &[Part<'_>]) -> Self {
        let boundary = boundary(parts);
        let mut body = Vec::new();
        for part in parts {
            let Part { name, file_name, content_type, bytes } = part;
            let file_name = file_name.map(|name| format!("; filename=\"{}\"", quoted(name))).unwrap_or_default();
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\nContent-Type: {content_type}\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Self { content_type: format!("multipart/form-data; boundary={boundary}"), body: body.into() }
    }
}

/// The first of a row of texts that no part holds.
fn boundary(parts: &[Part<'_>]) -> String {
    let mut number = 0_u64;
    loop {
        let boundary = format!("hotspot-vouchers-{number}");
        let is_in = |part: &Part<'_>| part.bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes());
        if !parts.iter().any(is_in) {
            return boundary;
        }
        number += 1;
    }
}

/// A file name within quotation marks, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_between_boundaries_that_they_do_not_hold() {
        let file = Part {
            name: "file",
            file_name: Some("a\"b\r\n.png"),
            content_type: "image/png",
            bytes: b"hotspot-vouchers-0 and hotspot-vouchers-1",
        };
        let form = Form::new(&[file]);
        assert_eq!(form.content_type, "multipart/form-data; boundary=hotspot-vouchers-2");
        let expected = "--hotspot-vouchers-2\r\n\
                        Content-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0A.png\"\r\n\
                        Content-Type: image/png\r\n\r\n\
                        hotspot-vouchers-0 and hotspot-vouchers-1\r\n\
                        --hotspot-vouchers-2--\r\n";
        assert_eq!(form.body, expected);
    }
}
