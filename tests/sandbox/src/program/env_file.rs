use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

/// Writes a file that only its owner may read. The file is complete as soon as it exists.
///
/// What is neither a regular file nor absent, such as a pipe or a link, is written to directly.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            let file = OpenOptions::new().write(true).truncate(true).open(path)?;
            restrict(&file)?;
            finish(file, text)
        }
        _ => {
            let draft = draft(path);
            let written = private(&draft).and_then(|file| finish(file, text)).and_then(|()| fs::rename(&draft, path));
            // A draft that cannot be removed is one that was never made.
            written.inspect_err(|_| _ = fs::remove_file(&draft))
        }
    }
}

fn draft(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", process::id()));
    path.with_file_name(name)
}

fn finish(mut file: File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.flush()
}

fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A link may lead to a file that others can read.
fn restrict(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    if file.metadata()?.is_file() {
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    }
    Ok(())
}
