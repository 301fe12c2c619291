//! Files that are no pages: an error at once, whatever they are.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::page;

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("xtask-docs-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let folder = folder("special");
    let (pipe, socket) = (folder.join("pipe"), folder.join("socket"));
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
    for (path, what) in
        [(pipe, "a named pipe"), (socket, "a socket"), ("/dev/zero".into(), "a device"), (folder.clone(), "a folder")]
    {
        let error = page::bytes(&path).expect_err("no page");
        assert_eq!(error, format!("cannot be read: this is {what}, and only regular files are pages"));
    }
    fs::remove_dir_all(folder).expect("to clean up");
}

#[test]
fn the_length_is_known_before_a_file_is_read() {
    let folder = folder("long");
    let path = folder.join("long.md");
    // A file with a hole takes no space.
    fs::File::create(&path).and_then(|file| file.set_len(page::LONGEST as u64 * 1000)).expect("a file");
    assert_eq!(page::bytes(&path), Err("the file has more than 256 MiB, and no page is as long".to_owned()));
    fs::remove_dir_all(folder).expect("to clean up");
}
