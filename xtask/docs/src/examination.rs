//! Pages against specs: everything that `cargo xtask regen --docs` finds out.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::compare;
use crate::difference::{Change, Difference};
use crate::fact::Attribute;
use crate::mistakes::Mistakes;
use crate::page::{self, Page, Scope, Unreadable};
use crate::spec::Spec;
use crate::unread;
use crate::vendor::{Key, Vendor};
use crate::verdict::{Event, Verdict};
use crate::wording::{Places, Worded, Wording};
use crate::write::Written;

/// The specs of a repository, and what is known of the vendors' pages.
#[derive(Debug)]
pub struct Repository {
    pub(crate) specs: Vec<Spec>,
    pub(crate) mistakes: Mistakes,
    pub(crate) wording: Wording,
    scope: Scope,
}

/// A page, or the file that is none and why.
type Read = Result<Page, (String, Unreadable)>;

/// What was found out.
#[derive(Debug, Default)]
pub struct Examination {
    /// The facts in which specs and pages differ.
    pub differences: Vec<Difference>,
    /// The pages that could not be read, each with its file.
    pub unreadable: Vec<(String, Unreadable)>,
    /// How many pages could be read, and how many operations that matter they have.
    pub pages: usize,
    /// How many operations that matter the pages have.
    pub operations: usize,
    /// How many differences the known mistakes silence.
    pub silenced: usize,
    /// The descriptions that are worded otherwise than when they were last reviewed, without a fact in it.
    pub reworded: Vec<Difference>,
    /// Texts with numbers that were not understood, each with its file and line.
    pub unread: Vec<String>,
    /// What was told already: operation, place and change.
    told: HashSet<(String, String, Change)>,
    /// What the descriptions are recognised by.
    pub(crate) words: BTreeSet<String>,
}

impl Repository {
    /// Reads the specs at the root of a repository.
    pub fn open(root: &Path) -> Result<Self, String> {
        let read = |name: &str| fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: {error}"));
        let texts = Vendor::ALL.into_iter().map(|vendor| Ok((vendor, read(vendor.file())?)));
        let texts = texts.collect::<Result<Vec<_>, String>>()?;
        Self::new(&texts, &read(Mistakes::FILE)?, &read(Wording::FILE)?)
    }

    /// The same from texts: the specs, the known mistakes, and the words that were reviewed.
    pub fn new(specs: &[(Vendor, String)], mistakes: &str, wording: &str) -> Result<Self, String> {
        let specs = specs.iter().map(|(vendor, text)| Spec::parse(*vendor, text)).collect::<Result<Vec<_>, _>>()?;
        let scope = Scope::of(&specs);
        let mistakes = Mistakes::parse(mistakes)?;
        Ok(Self { specs, mistakes, wording: Wording::parse(wording), scope })
    }

    /// The same with what was typed into the specs.
    pub fn with(&self, written: &Written) -> Result<Self, String> {
        let typed = |spec: &Spec| match written.specs.iter().find(|(vendor, _)| *vendor == spec.vendor) {
            Some((vendor, text)) => Spec::parse(*vendor, text),
            None => Ok(spec.clone()),
        };
        let specs = self.specs.iter().map(typed).collect::<Result<Vec<_>, _>>()?;
        let (mistakes, wording) = (self.mistakes.clone(), self.wording.clone());
        Ok(Self { specs, mistakes, wording, scope: self.scope.clone() })
    }

    /// Reads files and folders, and compares them with the specs.
    pub fn examine(&self, paths: &[PathBuf]) -> Examination {
        let mut read = Vec::new();
        for path in paths {
            match page::files(path) {
                Ok(files) => read.extend(files.iter().map(|file| self.read_file(file))),
                Err((file, error)) => read.push(Err((file, Unreadable::new(1, error)))),
            }
        }
        self.examined(read)
    }

    /// The same for one page that is read already.
    pub fn examine_page(&self, name: &str, bytes: &[u8]) -> Examination {
        self.examined(vec![self.read_page(name, bytes)])
    }

    fn read_file(&self, file: &Path) -> Read {
        let name = file.display().to_string();
        match page::bytes(file) {
            Ok(bytes) => self.read_page(&name, &bytes),
            Err(error) => Err((name, Unreadable::new(1, error))),
        }
    }

    fn read_page(&self, name: &str, bytes: &[u8]) -> Read {
        page::read(name, bytes, &self.scope).map_err(|error| (name.to_owned(), error))
    }

    /// Compares pages once all of them are read: whether an operation moved depends on all of them.
    fn examined(&self, read: Vec<Read>) -> Examination {
        let mut examination = Examination::default();
        let (pages, unreadable): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
        examination.unreadable.extend(unreadable.into_iter().filter_map(Result::err));
        let mut pages: Vec<Page> = pages.into_iter().flatten().collect();
        compare::recognise(&self.specs, &mut pages);
        for page in &pages {
            self.add(&mut examination, page);
        }
        examination
    }

    fn add(&self, examination: &mut Examination, page: &Page) {
        examination.pages += 1;
        examination.operations += page.operations.len();
        examination.unread.extend(unread::unread(&self.specs, page));
        let found = compare::compare(&self.specs, page);
        let count = found.len();
        let (kept, stale) = self.mistakes.apply(&self.specs, page, found);
        examination.silenced += count - kept.len();
        let places = Places::of(kept.iter().chain(&stale));
        for words in Wording::of(page) {
            let is_told = places.has(&words);
            let is_known = self.wording.knows(&words.fingerprint) || examination.words.contains(&words.fingerprint);
            if !is_known && !is_told {
                examination.reworded.push(self.reworded(page, &words));
            }
            examination.words.insert(words.fingerprint);
        }
        for difference in kept.into_iter().chain(stale) {
            // Several pages may say the same.
            let key = (difference.operation.clone(), difference.place.clone(), difference.change());
            if examination.told.insert(key) {
                examination.differences.push(difference);
            }
        }
    }
}

impl Repository {
    /// A description that is worded otherwise, beside what the spec says there.
    fn reworded(&self, page: &Page, words: &Worded) -> Difference {
        let found = self.specs.iter().find_map(|spec| {
            let ours = spec.operations.iter().find(|ours| ours.key == words.operation)?;
            let origin = ours.places().get(&words.place).and_then(|field| field.origin.clone());
            let pointer = origin.map_or_else(|| ours.pointer.clone(), |origin| origin.property);
            Some((ours.name.clone(), spec.at(&pointer), pointer))
        });
        let Key { vendor, method, path } = &words.operation;
        let (operation, at, pointer) =
            found.unwrap_or_else(|| (format!("{method} {path}"), format!("{}:1", vendor.file()), String::new()));
        Difference {
            vendor: *vendor,
            operation,
            key: Some(words.operation.clone()),
            place: words.place.clone(),
            attribute: Attribute::Wording,
            spec: None,
            page: Some(words.text.clone()),
            event: Event::Reworded,
            pointer,
            at,
            seen: format!("{}:{}", page.file, words.line.max(1)),
            field: None,
            is_doubtful: false,
            words: String::new(),
        }
    }
}

impl Examination {
    /// The gravest verdict of the differences.
    pub fn verdict(&self) -> Verdict {
        self.differences.iter().map(|difference| difference.event.verdict().0).max().unwrap_or(Verdict::None)
    }

    /// 0 where nothing differs, 1 where something does, 2 where a page could not be read.
    pub fn status(&self) -> u8 {
        match (self.unreadable.is_empty(), self.differences.is_empty()) {
            (false, _) => 2,
            (true, false) => 1,
            (true, true) => 0,
        }
    }
}
