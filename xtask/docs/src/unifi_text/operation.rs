//! The operations of a page of text.

use super::fields::fields;
use super::filter::filters;
use super::lines::{End, Line};
use super::whole;
use crate::field::{Field, Kind};
use crate::operation::Operation;
use crate::page::{Others, Scope, Unreadable};
use crate::prose;
use crate::vendor::{Key, Vendor};

const METHODS: [&str; 5] = ["GET", "PUT", "POST", "DELETE", "PATCH"];

/// A page that explains has more lines than this, and one of an operation has its path before it.
const SHORT: usize = 12;

/// What the lines of a page are about, as its headings tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Words,
    Path,
    Query,
    Header,
    Request,
    Answer,
    Sample,
}

/// The operations of a page, and the addresses that it gives as its own.
pub fn operations(
    lines: &[Line],
    scope: &Scope,
    end: &End,
    others: &mut Others,
) -> Result<(Vec<Operation>, Vec<String>), Unreadable> {
    let sources: Vec<String> =
        lines.iter().filter_map(|line| line.text.strip_prefix("Source:")).map(|url| url.trim().to_owned()).collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|index| address(lines, *index).is_some()).collect();
    let mut operations = Vec::new();
    for (number, start) in starts.iter().enumerate() {
        let stop = starts.get(number + 1).copied().unwrap_or(lines.len());
        let part = &lines[*start..stop];
        let own = match end {
            End::Known => &End::Known,
            _ if number + 1 < starts.len() => &End::Line(part[part.len() - 1].number),
            end => end,
        };
        // A page about one operation has the vendor's name of it in its address.
        let name =
            sources.first().filter(|_| starts.len() == 1).and_then(|url| url.trim_end_matches('/').rsplit('/').next());
        match operation(part, scope, own, name.unwrap_or_default())? {
            Some(operation) => operations.push(operation),
            None => *others.entry(Vendor::Unifi).or_default() += 1,
        }
    }
    match end {
        // Some pages explain things at length and are about no operation.
        End::Line(line) if starts.is_empty() && lines.len() < SHORT => {
            Err(Unreadable::new(*line, "the page ends before any method and path; it is cut off"))
        }
        End::InLine(line) if starts.is_empty() && lines.len() < SHORT => {
            Err(Unreadable::new(*line, "the page ends before any method and path; it is cut off"))
        }
        End::Known | End::Line(_) | End::InLine(_) if starts.is_empty() => Ok((operations, Vec::new())),
        End::InSample(line) if starts.is_empty() => {
            Err(Unreadable::new(*line, "the page ends before any method and path; it is cut off"))
        }
        _ => Ok((operations, sources)),
    }
}

/// The method and the path that begin an operation, on one line or two, and how many lines they take.
pub fn address(lines: &[Line], index: usize) -> Option<(&'static str, String, usize)> {
    let text = lines.get(index)?.text.trim_start_matches(['#', '*', ' ']);
    let method = METHODS.into_iter().find(|method| text.starts_with(method))?;
    let rest = text[method.len()..].trim().trim_matches(['`', '*']).trim();
    let (path, count) = match rest {
        "" => (lines.get(index + 1)?.text.trim_matches(['`', ' ']).to_owned(), 2),
        rest => (rest.to_owned(), 1),
    };
    let is_path = path.starts_with('/') && !path.contains(char::is_whitespace) && path.len() > 1;
    is_path.then_some((method, path, count))
}

/// The section that a line opens.
fn section(text: &str) -> Option<Section> {
    let text = text.trim_matches(['#', '*', ' ', ':']);
    Some(match text.to_lowercase().as_str() {
        "path parameters" => Section::Path,
        "query parameters" => Section::Query,
        "header parameters" => Section::Header,
        "request body" | "request body schema" => Section::Request,
        "responses" => Section::Answer,
        "example - call" | "response sample" | "response samples" | "request sample" | "request samples" => {
            Section::Sample
        }
        lower if lower.starts_with("request body schema:") => Section::Request,
        _ => return None,
    })
}

fn operation(lines: &[Line], scope: &Scope, end: &End, name: &str) -> Result<Option<Operation>, Unreadable> {
    let first = lines.first().map_or(1, |line| line.number);
    let Some((method, path, count)) = address(lines, 0) else { return Ok(None) };
    let mut parts: Vec<(Section, Vec<Line>)> = vec![(Section::Words, Vec::new())];
    for line in &lines[count..] {
        match section(&line.text) {
            // A sample holds whatever it likes, and nothing comes after it but other samples.
            Some(next) if parts.last().is_some_and(|(section, _)| *section != Section::Sample) => {
                parts.push((next, Vec::new()))
            }
            _ => parts.last_mut().into_iter().for_each(|(_, part)| part.push(line.clone())),
        }
    }
    let has = |wanted: Section| parts.iter().any(|(section, _)| *section == wanted);
    match end {
        End::InSample(line) => return Err(Unreadable::new(*line, "a sample does not end; the page is cut off")),
        // Where a sample begins, every fact was told.
        End::InLine(line) | End::Line(line) if !has(Section::Sample) => {
            let answer = parts.iter().filter(|(section, _)| *section == Section::Answer).flat_map(|(_, part)| part);
            let key = Key::new(method, &path);
            let expected = key.and_then(|key| scope.answers.get(&key)).map(Vec::as_slice).unwrap_or_default();
            let is_in_line = matches!(end, End::InLine(_));
            if let Err(what) = whole::check(&answer.cloned().collect::<Vec<_>>(), expected, is_in_line) {
                return Err(Unreadable::new(
                    *line,
                    format!("the page ends without a sample and {what}; it is cut off"),
                ));
            }
        }
        _ if !has(Section::Answer) => {
            return Err(Unreadable::new(first, "the operation has no responses; the page may be cut off"));
        }
        _ => {}
    }
    let Some(key) = Key::new(method, &path).filter(|key| scope.has(key) || scope.names(name)) else { return Ok(None) };
    let mut operation = Operation::new(key, &path, first);
    operation.id = name.to_lowercase();
    for (section, lines) in &parts {
        let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
        match section {
            Section::Words => {
                operation.filters = filters(&text);
                let words = text.split("Filterable properties").next().unwrap_or_default();
                operation.words.push(prose::one_line(words));
            }
            Section::Path => parameters(&mut operation, "path", lines),
            Section::Query => parameters(&mut operation, "query", lines),
            Section::Header => parameters(&mut operation, "header", lines),
            Section::Request => operation.request = body("request", lines),
            Section::Answer => answer(&mut operation, lines),
            Section::Sample => {}
        }
    }
    for field in operation.parameters.iter_mut().chain(&mut operation.request).chain(&mut operation.answer) {
        prose::enrich_tree(field);
    }
    Ok(Some(operation))
}

fn parameters(operation: &mut Operation, place: &str, lines: &[Line]) {
    for mut field in fields(lines) {
        field.name = format!("{place}.{}", field.name);
        operation.parameters.push(field);
    }
}

/// Statuses come before the fields, and may run together.
fn answer(operation: &mut Operation, lines: &[Line]) {
    for line in lines {
        let is_number =
            !line.text.is_empty() && line.text.len() % 3 == 0 && line.text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            break;
        }
        operation
            .status
            .extend(line.text.as_bytes().chunks(3).map(|status| String::from_utf8_lossy(status).into_owned()));
    }
    let start = lines.iter().position(|line| line.text.starts_with("Response Schema")).map_or(0, |index| index + 1);
    operation.answer = body("answer", &lines[start.min(lines.len())..]);
}

fn body(name: &str, lines: &[Line]) -> Option<Field> {
    let mut body = Field::named(name);
    body.kind = Some(Kind::plain("object"));
    body.line = lines.first().map_or(0, |line| line.number);
    body.fields = fields(lines);
    (!body.fields.is_empty()).then_some(body)
}
