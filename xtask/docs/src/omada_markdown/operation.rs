//! The operations of a page of Markdown.

use super::block::{Block, Kind, Row};
use super::table;
use crate::field::{self, Field};
use crate::operation::Operation;
use crate::page::{Others, Scope, Unreadable};
use crate::prose;
use crate::vendor::Key;

/// What stands under the labels of one operation.
#[derive(Default)]
struct Draft<'a> {
    line: usize,
    /// Where what is last of it begins.
    last: usize,
    title: String,
    path: String,
    method: String,
    description: String,
    /// The label whose text or table comes next.
    label: String,
    parameters: Option<&'a [Row]>,
    status: Option<&'a [Row]>,
    responses: Option<&'a [Row]>,
    has_sample: bool,
}

/// Reads the operations that matter. One that lacks a part is an error, and so is one without the sample that ends it.
pub fn operations(
    text: &str,
    blocks: &[Block],
    scope: &Scope,
    others: &mut Others,
) -> Result<Vec<Operation>, Unreadable> {
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    let mut title = String::new();
    for block in blocks {
        match &block.kind {
            Kind::Heading(html) => {
                if std::ptr::eq(block, &blocks[blocks.len() - 1]) {
                    return Err(Unreadable::new(block.line, "the page ends behind a title; it is cut off"));
                }
                title = prose::one_line(&prose::from_html(html));
                // What follows belongs to no operation until its address comes.
                if let Some(draft) = drafts.last_mut() {
                    draft.label = "none".to_owned();
                }
            }
            Kind::Paragraph { label, html } => {
                paragraph(&mut drafts, block.line, label.as_deref(), html, &title);
                drafts.last_mut().into_iter().for_each(|draft| draft.last = block.line);
            }
            Kind::Table(rows) => {
                if let Some(draft) = drafts.last_mut() {
                    let slot = match draft.label.as_str() {
                        "params" => &mut draft.parameters,
                        "status" => &mut draft.status,
                        "responses" => &mut draft.responses,
                        _ => continue,
                    };
                    *slot = Some(rows);
                    draft.last = rows.last().map_or(block.line, |row| row.line);
                }
            }
            Kind::Code => {
                if let Some(draft) = drafts.last_mut() {
                    draft.has_sample |= draft.label.starts_with("response sample");
                }
            }
        }
    }
    let mut operations = Vec::new();
    let count = drafts.len();
    for (index, draft) in drafts.into_iter().enumerate() {
        let key = Key::new(&draft.method, &draft.path);
        let is_ours = key.as_ref().is_some_and(|key| scope.has(key) || is_named(&draft, scope));
        // The operations of others may be as they like, but for the last, which tells where the page is cut off.
        let is_cut = index + 1 == count && (!text.ends_with('\n') || draft.label.ends_with("sample"));
        let (last, has_sample) = (draft.last, draft.has_sample);
        if is_ours || index + 1 == count {
            operations.extend(operation(draft, scope)?);
        }
        if !has_sample && (is_ours || is_cut) {
            return Err(Unreadable::new(last, "the operation ends without the sample of its answer; it is cut off"));
        }
        if let Some(key) = key.filter(|_| !is_ours) {
            *others.entry(key.vendor).or_default() += 1;
        }
    }
    Ok(operations)
}

/// Whether one of the vendor's names of its bodies is known.
fn is_named(draft: &Draft<'_>, scope: &Scope) -> bool {
    let entries = [draft.status, draft.parameters].map(|rows| table::entries(rows.unwrap_or_default()));
    entries.into_iter().flatten().flatten().any(|entry| scope.names(entry.cell("schema")))
}

fn paragraph(drafts: &mut Vec<Draft<'_>>, line: usize, label: Option<&str>, html: &str, title: &str) {
    let name = label.map(|label| prose::one_line(label).trim_end_matches(':').trim().to_lowercase());
    let content = html.trim_start_matches([' ', ':', '\u{ff1a}']);
    match name.as_deref() {
        Some("url") => drafts.push(Draft {
            line,
            title: title.to_owned(),
            path: prose::one_line(&prose::from_html(content)),
            label: "url".to_owned(),
            ..Draft::default()
        }),
        Some(name) => {
            let Some(draft) = drafts.last_mut() else { return };
            draft.label = name.to_owned();
            match name {
                "method" => draft.method = prose::one_line(&prose::from_html(content)),
                "description" => draft.description = content.to_owned(),
                _ => {}
            }
        }
        None => {
            if let Some(draft) = drafts.last_mut().filter(|draft| draft.label == "description") {
                draft.description.push_str("\n\n");
                draft.description.push_str(html);
            }
        }
    }
}

fn operation(draft: Draft<'_>, scope: &Scope) -> Result<Option<Operation>, Unreadable> {
    let missing =
        |what: &str| Unreadable::new(draft.line, format!("the operation has no {what}; the page may be cut off"));
    let is_method =
        ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"].contains(&draft.method.to_uppercase().as_str());
    if !is_method {
        return Err(missing("method"));
    }
    if !draft.path.starts_with('/') || draft.path.contains(' ') {
        return Err(Unreadable::new(draft.line, "the address of the operation is no path"));
    }
    let status = draft.status.ok_or_else(|| missing("table of statuses"))?;
    let responses = draft.responses.ok_or_else(|| missing("table of responses"))?;
    let Some(key) = Key::new(&draft.method, &draft.path).filter(|key| scope.has(key) || is_named(&draft, scope)) else {
        return Ok(None);
    };

    let mut operation = Operation::new(key, &draft.path, draft.line);
    operation.name = draft.title;
    let description = prose::from_html(&draft.description);
    operation.errors = prose::errors(&description);
    operation.permission = prose::permission(&description);
    operation.words.push(prose::one_line(&description));
    for entry in table::entries(status)? {
        operation.add_alias(entry.cell("schema"));
        operation.status.push(entry.cell("code").to_owned());
    }
    parameters(&mut operation, &table::entries(draft.parameters.unwrap_or_default())?);
    let entries = table::entries(responses)?;
    let line = entries.first().map_or(draft.line, |entry| entry.line);
    operation.answer = body("answer", line, table::fields(&entries, 0));
    for field in operation.parameters.iter_mut().chain(&mut operation.request).chain(&mut operation.answer) {
        prose::enrich_tree(field);
    }
    Ok(Some(operation))
}

/// Parameters of the path and the query stand beside the body, whose fields nest in its row.
fn parameters(operation: &mut Operation, entries: &[table::Entry]) {
    let mut rest = entries;
    while let Some((entry, after)) = rest.split_first() {
        let inside = after.iter().take_while(|entry| entry.depth > 0).count();
        let mut field = entry.field();
        table::hold(&mut field, table::fields(&after[..inside], 1));
        match entry.cell("in") {
            "body" => {
                field.name = "request".to_owned();
                operation.add_alias(entry.cell("schema"));
                operation.request = Some(field);
            }
            "formData" | "form-data" | "form" => {
                let empty =
                    Field { kind: Some(field::Kind::plain("object")), line: entry.line, ..Field::named("request") };
                operation.request.get_or_insert(empty).fields.push(field);
            }
            place => {
                field.name = format!("{place}.{}", field.name);
                operation.parameters.push(field);
            }
        }
        rest = &after[inside..];
    }
}

fn body(name: &str, line: usize, fields: Vec<Field>) -> Option<Field> {
    let mut body = Field::named(name);
    body.kind = Some(field::Kind::plain("object"));
    body.line = line;
    body.fields = fields;
    (!body.fields.is_empty()).then_some(body)
}
