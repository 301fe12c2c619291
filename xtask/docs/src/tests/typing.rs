//! What is typed into the specs, and what is left.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::{print_markdown, print_text, yaml};
use crate::examination::Repository;
use crate::spec::{Yaml, errors, scalars};
use crate::vendor::Vendor;

/// A folder with the files of a repository that are written to.
fn folder(name: &str) -> PathBuf {
    let root = std::env::temp_dir().join(format!("xtask-docs-{}-{name}", std::process::id()));
    fs::create_dir_all(root.join("spec")).expect("a folder");
    for vendor in Vendor::ALL {
        fs::write(root.join(vendor.file()), &*yaml(vendor).text).expect("a spec");
    }
    fs::write(root.join("spec/mistakes.yaml"), "[]\n").expect("no mistakes");
    fs::write(root.join("spec/wording.txt"), "").expect("no words");
    fs::write(root.join("CHANGELOG.md"), "# Changelog\n\n## Unreleased\n\n- Old.\n\n## 0.1.0\n\n- First.\n")
        .expect("a changelog");
    root
}

/// The lines that a text lost and got.
fn changed(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("-{line}"));
    let came = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+{line}"));
    gone.chain(came).collect()
}

#[test]
fn what_is_mechanical_is_typed_in_style() {
    let root = folder("typing");
    let groups = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
    let page = print_markdown::operation(&yaml(Vendor::Omada), groups, "post")
        .replace("6\u{2013}10", "6\u{2013}12")
        .replace(
            "|&emsp;&emsp;logout|",
            "|&emsp;&emsp;priority|Within the range of 1-9||false|integer(int32)||\n|&emsp;&emsp;logout|",
        )
        .replace("0: Number, 1: Letter", "0: Number, 1: Letter, 2: Punctuation marks")
        .replace("<br/>-42060  -", "<br/>-42059  -  x<br/>-42064  -  The tariff does not exist.<br/>-42060  -")
        .replace("sign out on the portal.||false|boolean", "sign out on the portal.||true|boolean");
    let repository = Repository::open(&root).expect("a repository");
    let examination = repository.examine_page("page.md", page.as_bytes());
    let written = repository.write(&root, &examination).expect("files");
    let left: Vec<_> = written.left.iter().map(|one| format!("{} {}", one.place, one.attribute)).collect();
    assert_eq!((written.done.len(), left), (4, vec!["request.logout required".to_owned()]));

    let new = fs::read_to_string(root.join("spec/omada.yaml")).expect("the spec");
    let expected = [
        "+  - {code: -42064, name: TariffDoesNotExist, class: missing, description: New on the vendor's page and to be described.}",
        "+        [-33000, -33004, -33732, -42010, -42036, -42059, -42060, -42061, -42062, -42063, -42064, -44111, -44112]",
        "+      x-enum-varnames: [Number, Letter, PunctuationMarks]",
        "+      x-enum-descriptions: [Digits., Letters., \"New on the vendor's page and to be described.\"]",
        "+          maximum: 12",
        "+        priority:",
        "+          description: New on the vendor's page and to be described.",
    ];
    let found = changed(&yaml(Vendor::Omada).text, &new);
    for line in expected {
        assert!(found.contains(&line.to_owned()), "{line} is not in\n{}", found.join("\n"));
    }
    // What was typed is no difference any more.
    let repository = Repository::open(&root).expect("a repository");
    let again = repository.examine_page("page.md", page.as_bytes());
    let places: Vec<_> = again.differences.iter().map(|one| format!("{} {}", one.place, one.attribute)).collect();
    let bounds = ["request.logout required", "request.priority minimum", "request.priority maximum"];
    assert_eq!((places, again.reworded.len()), (bounds.map(str::to_owned).to_vec(), 0));
    // Its bounds take a person, who is told where they go.
    let line = new.lines().position(|line| line == "        priority:").expect("the field") + 1;
    assert_eq!(
        written.bounds,
        ["minimum: 1", "maximum: 9"]
            .map(|bound| { format!("spec/omada.yaml:{line}: createVoucherGroup, request.priority: `{bound}`") })
    );

    // What was made up is told with its line, until somebody writes it.
    let lines: Vec<&str> = new.lines().collect();
    let unconfirmed: Vec<_> = repository
        .unconfirmed()
        .iter()
        .map(|told| {
            let (at, what) = told.split_once(": ").expect("a place");
            let line = at.strip_prefix("spec/omada.yaml:").and_then(|line| line.parse::<usize>().ok());
            assert!(line.is_some_and(|line| lines[line - 1].contains(crate::words::TO_CONFIRM)), "{told}");
            what.to_owned()
        })
        .collect();
    assert_eq!(
        unconfirmed,
        [
            "the name `TariffDoesNotExist`, the class `missing` and the description of -42064",
            "the name `PunctuationMarks` and the description of 2",
            "the description of `priority`",
        ]
    );

    let changelog = fs::read_to_string(root.join("CHANGELOG.md")).expect("the changelog");
    let entries = "\
- Omada: `createVoucherGroup` can refuse with the new code -42064.
- Omada: `createVoucherGroup` takes the field `priority`.
- Omada: `createVoucherGroup` has 12 instead of 10 as the largest number of `codeLength`.
- Omada: `createVoucherGroup` knows the value 2 of `codeForm`.
";
    assert_eq!(changelog, format!("# Changelog\n\n## Unreleased\n\n- Old.\n{entries}\n## 0.1.0\n\n- First.\n"));
    fs::remove_dir_all(root).expect("to clean up");
}

/// The specs as they are after what a page of Omada's says was typed.
fn typed(page: &str) -> (Yaml, Vec<String>) {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let repository = Repository::new(&specs, "[]", "").expect("a repository");
    let written = repository.typed(&repository.examine_page("page.md", page.as_bytes()));
    let (vendor, text) = written.specs.first().expect("a spec that changed");
    let left = written.left.iter().map(|one| format!("{} {}", one.place, one.attribute)).collect();
    (Yaml::parse(vendor.file(), text).expect("YAML"), left)
}

#[test]
fn what_operations_and_fields_share_is_typed_once() {
    // Many operations list -42010 or share the status; each of them tells the same news.
    let page = print_markdown::print(&yaml(Vendor::Omada))
        .replace("<br/>-33004  -", "<br/>-33003  -  The group does not exist.<br/>-33004  -")
        .replace("2: Expired", "2: Expired, 3: Blocked");
    let (yaml, left) = typed(&page);
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(errors(&yaml, "code").iter().filter(|code| *code == "-33003").count(), 1);
    assert_eq!(scalars(yaml.get("/components/schemas/VoucherStatus/enum")), ["0", "1", "2", "3"]);
    let listed = |path: &str| {
        let operation = &yaml.json["paths"][path];
        let lists = operation.as_object().into_iter().flatten().map(|(_, one)| scalars(one.get("x-error-codes")));
        lists.filter(|codes| codes.contains(&"-33003".to_owned())).count()
    };
    assert!(yaml.keys("/paths").map(|path| listed(path)).sum::<usize>() > 4);
}

#[test]
fn what_can_be_read_in_several_ways_is_left() {
    let action = print_text::print(&yaml(Vendor::Unifi), "/v1/sites/{siteId}/clients/{clientId}/actions", "post")
        .replace("AUTHORIZE\\_GUEST\\_ACCESSUN", "AUTHORIZE\\_GUEST\\_ACCESSREAUTHORIZE\\_GUEST\\_ACCESSUN");
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let repository = Repository::new(&specs, "[]", "").expect("a repository");
    let examination = repository.examine_page("page", action.as_bytes());
    let pages: Vec<_> = examination.differences.iter().map(|one| one.page.clone().unwrap_or_default()).collect();
    // The answer repeats what the request says.
    assert_eq!(pages, ["AUTHORIZE_GUEST_ACCESSREAUTHORIZE_GUEST_ACCESSUNAUTHORIZE_GUEST_ACCESS"; 2]);
    let written = repository.typed(&examination);
    assert_eq!((written.done.len(), written.left.len(), written.specs.len()), (0, 2, 0));
}

#[test]
fn names_that_are_made_up_are_names_of_their_own() {
    let groups = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";
    let known = errors(&yaml(Vendor::Omada), "name").first().cloned().expect("an error");
    let news = format!(
        "<br/>-42071  -  {known}<br/>-42072  -  No such tariff<br/>-42073  -  No such tariff<br/>-42074  -  unknown<br/>-42060  -"
    );
    let page = print_markdown::operation(&yaml(Vendor::Omada), groups, "post")
        .replace("<br/>-42060  -", &news)
        .replace("0: Number, 1: Letter", "0: Number, 1: Letter, 4: unknown, 5: self, 6: letter");
    let (yaml, _) = typed(&page);
    // What was made up is no reason for an alarm on the next run.
    let text = yaml.text.to_string();
    let specs = [(Vendor::Omada, text), (Vendor::Unifi, super::yaml(Vendor::Unifi).text.to_string())];
    let repository = Repository::new(&specs, "[]", "").expect("a repository");
    assert_eq!(super::lines(&repository.examine_page("page.md", page.as_bytes()).differences), Vec::<String>::new());
    assert_eq!(
        scalars(yaml.get("/components/schemas/CodeForm/x-enum-varnames")),
        ["Number", "Letter", "Value4", "Value5", "Value6"]
    );
    let names = errors(&yaml, "name");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    let new: Vec<_> = names.iter().filter(|name| name.starts_with("Code") || name.contains("Tariff")).collect();
    assert_eq!(new, ["Code42071", "NoSuchTariff", "Code42073", "Code42074"]);
}
