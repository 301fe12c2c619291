//! The rehearsal of `spec/README.md`: a page changes, its facts are typed, and the library follows. It runs on a copy of the
//! repository, with the same commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program that only compiles with the new field, and that looks at both sides of the new edge.
const USER: &str = r#"
use hotspot_vouchers::omada::{
    CodeForm, CreateVoucherGroup, Duration, ErrorCode, Limit, Portals, RateLimits, TimingType, TrafficLimit,
};

fn main() {
    let refused = |length| {
        let group = CreateVoucherGroup::builder()
            .name("Lobby")
            .amount(50)
            .code_length(length)
            .code_form([CodeForm::Number])
            .limit(Limit::Uses(1))
            .duration(Duration::PerClient { minutes: 1440 })
            .timing(TimingType::Time)
            .rate_limit(RateLimits::None)
            .traffic_limit(TrafficLimit::None)
            .portals(Portals::All)
            .tariff("summer")
            .build();
        group.validate().err().map(|violations| violations.to_string()).unwrap_or_default()
    };
    println!("{:?} {:?}", CodeForm::Symbol, ErrorCode::TariffDoesNotExist);
    println!("12: {}", refused(12));
    println!("13: {}", refused(13));
}
"#;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a root").to_path_buf()
}

/// The copy. It is built where the library is, so that nothing else is built once more.
fn place() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("rehearsal")
}

/// What a file of the copy holds. Its version has a word more than the library's, because cargo would take both for the same,
/// wherever they are; to whoever demands a version, they are.
fn contents(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).expect("a file");
    if path != root().join("Cargo.toml") {
        return bytes;
    }
    let text = String::from_utf8(bytes).expect("a manifest");
    let version = |suffix| format!("\nversion = \"{}{suffix}\"\n", env!("CARGO_PKG_VERSION"));
    let copied = text.replacen(&version(""), &version("+rehearsal"), 1);
    assert_ne!(copied, text);
    copied.into_bytes()
}

/// Copies what differs, so that nothing else is built anew, and removes what is not there any more.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(to).expect("a folder") {
        let path = entry.expect("an entry").path();
        match (from.join(path.file_name().expect("a name")).exists(), path.is_dir()) {
            (true, _) => {}
            (false, true) => fs::remove_dir_all(path).expect("to clean up"),
            (false, false) => fs::remove_file(path).expect("to clean up"),
        }
    }
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        // This test is not to rehearse itself.
        if ["target", ".git", "snapshots", "rehearsal.rs"].iter().any(|skipped| name == *skipped)
            && !path.ends_with("it/snapshots")
        {
            continue;
        }
        let target = to.join(name);
        if path.is_dir() {
            copy(&path, &target);
        } else {
            let contents = contents(&path);
            if fs::read(&target).ok().as_ref() != Some(&contents) {
                fs::write(&target, contents).expect("a copy");
            }
        }
    }
}

fn run(program: &str, arguments: &[&str]) -> Output {
    let (copy, target) = (place(), Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder"));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(&copy).env("CARGO_MANIFEST_DIR", copy.join("xtask"));
    command.env("CARGO_TARGET_DIR", target).env("CARGO_NET_OFFLINE", "true").env_remove("CARGO_TARGET_TMPDIR");
    command.output().expect("a program that runs")
}

#[test]
fn a_page_changes_and_the_library_follows() {
    let (root, place) = (root(), place());
    copy(&root, &place);
    let page = fs::read_to_string(root.join("xtask/tests/rehearsal.md")).expect("the page");
    let row = "|&emsp;&emsp;logout|";
    let changed = [
        ("6\u{2013}10", "6\u{2013}12"),
        (row, &format!("|&emsp;&emsp;tariff|The tariff.||false|string||\n{row}")),
        ("0: Number, 1: Letter", "0: Number, 1: Letter, 2: Symbol"),
        ("<br/>-42060  -", "<br/>-42058  -  The tariff does not exist.<br/>-42060  -"),
    ]
    .iter()
    .fold(page.clone(), |page, (old, new)| page.replace(old, new));
    assert_ne!(page, changed);
    fs::write(place.join("page.md"), changed).expect("the new page");

    let docs = run(env!("CARGO_BIN_EXE_xtask"), &["regen", "--docs", "page.md", "--write"]);
    let told = String::from_utf8_lossy(&docs.stdout).into_owned();
    assert_eq!(docs.status.code(), Some(1), "{told}{}", String::from_utf8_lossy(&docs.stderr));
    assert!(told.contains("the spec says 10, the page 12 (minor: wider)"), "{told}");
    assert!(told.ends_with("verdict: minor\n"), "{told}");
    let changelog = fs::read_to_string(place.join("CHANGELOG.md")).expect("the changelog");
    assert!(changelog.contains("- Omada: `createVoucherGroup` takes the field `tariff`.\n"), "{changelog}");
    assert!(
        changelog
            .contains("- Omada: `createVoucherGroup` has 12 instead of 10 as the largest number of `codeLength`.\n"),
        "{changelog}"
    );

    let regen = run(env!("CARGO_BIN_EXE_xtask"), &["regen"]);
    let told = String::from_utf8_lossy(&regen.stdout).into_owned();
    assert!(
        told.contains("codeLength went from 6..=10 to 6..=12 (minor: wider)"),
        "{told}{}",
        String::from_utf8_lossy(&regen.stderr)
    );
    assert!(told.contains("tariff is new"), "{told}");
    // Once before the tests, and once after them.
    assert!(told.ends_with("verdict: minor\n"), "{told}");
    assert!(regen.status.success(), "{told}{}", String::from_utf8_lossy(&regen.stderr));
    let left = String::from_utf8_lossy(&regen.stderr).into_owned();
    for what in ["`Symbol` and the description of 2", "the description of `tariff`", "class `missing`"] {
        assert!(
            left.lines().any(|line| line.starts_with("to confirm: spec/omada.yaml:") && line.contains(what)),
            "{left}"
        );
    }

    // Everything that is made of the specs is as they are: nothing is stale, and the surface has nothing new any more.
    let check = run(env!("CARGO_BIN_EXE_xtask"), &["regen", "--check"]);
    let told = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(check.status.success(), "{told}{}", String::from_utf8_lossy(&check.stderr));
    assert!(told.starts_with("verdict: none\n"), "{told}");
    let read = |name: &str| fs::read_to_string(place.join(name)).expect("a file");
    assert!(read("schemas/omada/CreateVoucherGroup.json").contains("\"tariff\""));
    assert!(read("tests/it/snapshots/it__generated__omada_surface.snap").contains("TariffDoesNotExist"));
    assert!(read("tests/it/snapshots/it__bounds__omada_bounds.snap").contains("`codeLength` is 13, outside 6..=12"));
    assert_eq!(read("CHANGELOG.md"), changelog);

    fs::write(place.join("examples/rehearsal.rs"), USER).expect("a program");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let user = run(&cargo, &["run", "--quiet", "--example", "rehearsal"]);
    let told = String::from_utf8_lossy(&user.stdout).into_owned();
    assert_eq!(
        told,
        "Symbol TariffDoesNotExist\n12: \n13: `codeLength` is 13, outside 6..=12\n",
        "{}",
        String::from_utf8_lossy(&user.stderr)
    );
}
