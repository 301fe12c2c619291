use crate::received::Received;

/// One part of a form that was uploaded.
pub(crate) struct Part<'a> {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: &'a [u8],
}

/// The parts of a `multipart/form-data` request; none when it is anything else, or is cut off.
pub(crate) fn parts(request: &Received) -> Option<Vec<Part<'_>>> {
    let content_type = request.header("content-type")?;
    let boundary = parameter(content_type.strip_prefix("multipart/form-data")?, "boundary")?;
    let delimiter = format!("--{boundary}");
    let mut rest = request.raw_body.strip_prefix(delimiter.as_bytes())?;
    let delimiter = format!("\r\n{delimiter}");
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (part, after) = split(rest.strip_prefix(b"\r\n")?, delimiter.as_bytes())?;
        parts.push(Part::read(part)?);
        rest = after;
    }
    Some(parts)
}

impl<'a> Part<'a> {
    fn read(part: &'a [u8]) -> Option<Self> {
        let (head, bytes) = split(part, b"\r\n\r\n")?;
        let head = std::str::from_utf8(head).ok()?;
        let header = |name: &str| {
            let headers = head.lines().filter_map(|line| line.split_once(':'));
            let mut same = headers.filter(|(candidate, _)| candidate.eq_ignore_ascii_case(name));
            same.next().map(|(_, value)| value.trim().to_owned())
        };
        let disposition = header("Content-Disposition")?;
        Some(Self {
            name: parameter(&disposition, "name")?,
            file_name: parameter(&disposition, "filename"),
            content_type: header("Content-Type"),
            bytes,
        })
    }
}

fn parameter(header: &str, name: &str) -> Option<String> {
    let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(candidate, _)| *candidate == name)?;
    Some(value.trim_matches('"').to_owned())
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let position = bytes.windows(at.len()).position(|window| window == at)?;
    Some((&bytes[..position], &bytes[position + at.len()..]))
}
