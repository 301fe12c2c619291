//! Pages of the vendors, in whatever form they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::form::Form;
use crate::operation::Operation;
use crate::spec::Spec;
use crate::vendor::{Key, Vendor};
use crate::{omada_markdown, openapi, unifi_html, unifi_text};

/// No page is anywhere near as long.
pub const LONGEST: usize = 256 * 1024 * 1024;

/// What a page says of the operations that matter.
#[derive(Debug)]
pub struct Page {
    /// The file, as it was given.
    pub file: String,
    pub form: Form,
    pub operations: Vec<Operation>,
    /// How many operations it has that do not matter, by vendor, which tells an extract from a whole document.
    pub others: Others,
    /// The addresses that the page gives as its own.
    pub sources: Vec<String>,
    /// The operations that other parts of the same documentation have, once all pages of a run are read.
    pub elsewhere: BTreeSet<Key>,
}

/// How many operations of each vendor's a page has that do not matter.
pub type Others = BTreeMap<Vendor, usize>;

/// Why a page could not be read, and at which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The first line is 1.
    pub line: usize,
    /// What is wrong, in words that begin with a small letter.
    pub message: String,
}

impl Unreadable {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line: line.max(1), message: message.into() }
    }
}

/// The operations that matter: those of the specs, and every one about vouchers.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub keys: BTreeSet<Key>,
    /// The vendor's names of the operations and of their bodies, in lower case.
    names: BTreeSet<String>,
    /// The fields that every page of an operation shows in its answer, so that a page without a sample can be told to be whole.
    pub answers: BTreeMap<Key, Vec<String>>,
}

impl Scope {
    /// The operations of these specs.
    pub fn of(specs: &[Spec]) -> Self {
        let mut scope = Self::default();
        for operation in specs.iter().flat_map(|spec| &spec.operations) {
            let names = operation.aliases.iter().chain([&operation.id]);
            scope.names.extend(names.filter(|name| !name.is_empty()).cloned());
            let fields = operation.answer.iter().flat_map(|answer| &answer.fields);
            let shown = fields.filter(|field| !field.is_observed && field.since.is_none());
            scope.answers.insert(operation.key.clone(), shown.map(|field| field.name.clone()).collect());
            scope.keys.insert(operation.key.clone());
        }
        scope
    }

    /// Whether an operation matters, or may be one that matters under another address.
    pub fn has(&self, key: &Key) -> bool {
        self.matters(key) || self.keys.iter().any(|known| known.is_near(key))
    }

    /// Whether the vendor's name of an operation or of a body is known.
    pub fn names(&self, name: &str) -> bool {
        self.names.contains(&name.trim().to_lowercase())
    }

    /// Whether an operation matters.
    pub fn matters(&self, key: &Key) -> bool {
        self.keys.contains(key) || key.is_about_vouchers()
    }
}

/// Reads a page. What form it has, its content tells.
pub fn read(file: &str, bytes: &[u8], scope: &Scope) -> Result<Page, Unreadable> {
    let text = text(bytes)?;
    let start = text.trim_start();
    let head: String = start.chars().take(4096).collect::<String>().to_lowercase();
    let mut others = Others::new();
    let (form, (operations, sources)) = if start.starts_with(['{', '[']) {
        (Form::OpenApi, (openapi::read(text, scope, &mut others)?, Vec::new()))
    } else if start.starts_with('<')
        && ["<!doctype", "<html", "<head", "<body", "<div", "<main"].iter().any(|tag| head.contains(tag))
    {
        (Form::UnifiHtml, unifi_html::read(text, scope, &mut others)?)
    } else if omada_markdown::is_like(text) {
        (Form::OmadaMarkdown, (omada_markdown::read(text, scope, &mut others)?, Vec::new()))
    } else if unifi_text::is_like(text) {
        (Form::UnifiText, unifi_text::read(text, scope, &mut others)?)
    } else {
        let known = "OpenAPI JSON, Omada's Markdown with **Url** and **Method**, or UniFi's page text or HTML";
        return Err(Unreadable::new(1, format!("this is in none of the forms that vendors publish: {known}")));
    };
    Ok(Page { file: file.to_owned(), form, operations, others, sources, elsewhere: BTreeSet::new() })
}

/// The bytes as text; what is no text is no page.
fn text(bytes: &[u8]) -> Result<&str, Unreadable> {
    let line = |end: usize| bytes[..end].iter().filter(|byte| **byte == b'\n').count() + 1;
    if bytes.len() > LONGEST {
        return Err(Unreadable::new(1, too_long()));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Unreadable::new(line(error.valid_up_to()), "this is no UTF-8 text"))?;
    if let Some(place) = text.bytes().position(|byte| byte == 0) {
        return Err(Unreadable::new(line(place), "this is binary and no text"));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Unreadable::new(1, "the file is empty"));
    }
    Ok(text)
}

/// The content of a file. Only regular files are read, and only as far as a page can be long.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let fail = |error: std::io::Error| format!("cannot be read: {error}");
    // Opening a pipe would wait for its writer.
    check(&fs::metadata(path).map_err(fail)?)?;
    let file = fs::File::open(path).map_err(fail)?;
    // What the path leads to may have changed.
    check(&file.metadata().map_err(fail)?)?;
    let mut bytes = Vec::new();
    // A file may grow, or not know its length.
    file.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() > LONGEST { Err(too_long()) } else { Ok(bytes) }
}

/// Checks that there is a regular file of a page's length.
fn check(metadata: &fs::Metadata) -> Result<(), String> {
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { special(metadata.file_type()) };
        return Err(format!("cannot be read: this is {what}, and only regular files are pages"));
    }
    if metadata.len() > LONGEST as u64 { Err(too_long()) } else { Ok(()) }
}

#[cfg(unix)]
fn special(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match kind {
        _ if kind.is_fifo() => "a named pipe",
        _ if kind.is_socket() => "a socket",
        _ if kind.is_char_device() || kind.is_block_device() => "a device",
        _ => "a special file",
    }
}

#[cfg(not(unix))]
fn special(_: fs::FileType) -> &'static str {
    "a special file"
}

fn too_long() -> String {
    format!("the file has more than {} MiB, and no page is as long", LONGEST / 1024 / 1024)
}

/// The files behind a path: a folder stands for all files in it, in their order, but for hidden ones and for what a browser
/// saves beside a page to show it. An error comes with the path that has it.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, (String, String)> {
    let mut files = Vec::new();
    collect(path, &mut files, 0)?;
    if files.is_empty() {
        Err((path.display().to_string(), "there is no page in this folder".to_owned()))
    } else {
        Ok(files)
    }
}

fn collect(path: &Path, files: &mut Vec<PathBuf>, depth: usize) -> Result<(), (String, String)> {
    let fail = |error: std::io::Error| (path.display().to_string(), format!("cannot be read: {error}"));
    if !fs::metadata(path).map_err(fail)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    if depth > 32 {
        return Err((path.display().to_string(), "the folders nest too deep".to_owned()));
    }
    let mut entries = fs::read_dir(path).map_err(fail)?.collect::<Result<Vec<_>, _>>().map_err(fail)?;
    entries.sort_by_key(fs::DirEntry::path);
    let is_hidden = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with('.');
    for entry in entries.iter().filter(|entry| !is_hidden(entry) && !is_company(&entry.path())) {
        collect(&entry.path(), files, depth + 1)?;
    }
    Ok(())
}

/// Whether a folder is what a browser saves beside a page: `page_files` beside `page.html`.
fn is_company(path: &Path) -> bool {
    let page = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix("_files"));
    page.is_some_and(|page| ["html", "htm"].iter().any(|end| path.with_file_name(format!("{page}.{end}")).exists()))
}
