//! All files of a vendor, and what is public of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Ident, Item};

use super::source::{Source, flatten, is_public};
use super::wrapped::Wrapped;
use super::wrapper;

/// The files of a vendor.
pub struct Vendor {
    pub name: String,
    pub sources: Vec<Source>,
    /// The names that the vendor's module makes public.
    exports: BTreeSet<String>,
    /// The modules whose public names the vendor's module makes public.
    globs: Vec<Vec<String>>,
    /// The public modules.
    modules: BTreeSet<String>,
}

impl Vendor {
    /// Reads all files in the folder of a vendor, in the order of their names.
    pub fn read(root: &Path, name: &str) -> Result<Self, String> {
        let folder = root.join("src").join(name);
        let (mut folders, mut files) = (vec![folder.clone()], Vec::<PathBuf>::new());
        while let Some(folder) = folders.pop() {
            let mistake = |error: std::io::Error| format!("{}: {error}", folder.display());
            for entry in fs::read_dir(&folder).map_err(mistake)? {
                let path = entry.map_err(mistake)?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    files.push(path);
                }
            }
        }
        files.sort();
        let mut texts = Vec::new();
        for file in files {
            let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let path = file.strip_prefix(&folder).unwrap_or(&file).with_extension("");
            let names = path.iter().map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "mod");
            texts.push((names.collect(), text));
        }
        Self::new(name, texts)
    }

    /// Parses the files of a vendor, each with the path of its module.
    pub fn new(name: &str, texts: Vec<(Vec<String>, String)>) -> Result<Self, String> {
        let mut vendor = Self {
            name: name.to_owned(),
            sources: Vec::new(),
            exports: BTreeSet::new(),
            globs: Vec::new(),
            modules: BTreeSet::new(),
        };
        for (path, text) in texts {
            let file = syn::parse_file(&text).map_err(|error| format!("{name}::{}: {error}", path.join("::")))?;
            if path.is_empty() {
                vendor.publish(&file.items);
            }
            vendor.sources.push(Source::new(name, path, file));
        }
        Ok(vendor)
    }

    /// Notes what the vendor's module makes public.
    fn publish(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Use(item) if is_public(&item.vis) => {
                    for (name, path) in flatten(&item.tree) {
                        match name.as_str() {
                            "*" => self.globs.push(path),
                            _ => _ = self.exports.insert(name),
                        }
                    }
                }
                Item::Mod(item) if is_public(&item.vis) => _ = self.modules.insert(item.ident.to_string()),
                _ => {}
            }
        }
    }

    /// Returns whether the vendor's module makes this name public.
    pub fn exports(&self, name: &Ident) -> bool {
        self.exports.contains(&name.to_string())
    }

    /// Returns how a file with wrappers names an absolute path. What the vendor makes public is named through the module of the
    /// wrappers, which has the wrapper of each type that has one.
    pub fn path_in_wrapper(&self, path: &[String]) -> Result<Vec<String>, String> {
        let names = match path {
            [first, vendor, names @ ..] if first == "crate" && *vendor == self.name => names,
            _ => return Ok(path.to_vec()),
        };
        let first = names.first();
        let is_in = |glob: &&Vec<String>| names.len() > glob.len() && names.starts_with(glob);
        let public = match self.globs.iter().find(is_in) {
            Some(glob) => &names[glob.len()..],
            None if first.is_none_or(|first| self.modules.contains(first)) => names,
            None => {
                let exported = names.iter().position(|name| self.exports.contains(name));
                &names[exported.ok_or_else(|| format!("`{}` is not public in `{}`", path.join("::"), self.name))?..]
            }
        };
        Ok(["super".to_owned()].into_iter().chain(public.iter().cloned()).collect())
    }

    /// Returns the files with the wrappers, by their names.
    pub fn wrappers(&self) -> Result<BTreeMap<String, String>, String> {
        let wrapped = Wrapped::of(self);
        let mut files = BTreeMap::new();
        let mut types = BTreeSet::new();
        for source in &self.sources {
            let module = source.path.join("_");
            let Some(file) = wrapper::file(self, &wrapped, source)? else { continue };
            if module.is_empty() || self.modules.contains(&module) {
                return Err(format!("`{}::{module}` is public, and cannot have methods with wrappers", self.name));
            }
            types.extend(file.types.iter().map(|name| format!("{module}::{name}")));
            if files.insert(format!("{module}.rs"), file.text).is_some() {
                return Err(format!("two files of `{}` would have their wrappers in `{module}.rs`", self.name));
            }
        }
        let modules: String = files.keys().map(|file| format!("mod {};\n", file.trim_end_matches(".rs"))).collect();
        let (name, exports) = (&self.name, wrapper::merged("pub use", &types));
        let head = wrapper::head(&format!("src/{name}/"));
        let text = format!(
            "//! Blocking wrappers of the types in [`{name}`](crate::{name}).\n//!\n\
             //! All other items of that module are re-exported here.\n{head}\n{modules}\npub use crate::{name}::*;\n{exports}"
        );
        files.insert("mod.rs".to_owned(), text);
        Ok(files)
    }
}
