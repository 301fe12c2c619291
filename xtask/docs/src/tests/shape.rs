//! Tables and pages that are written in other ways, and say the same: words of requirement, spaces, pages without a sample.

use super::{differences, lines, print_markdown, print_text, yaml};
use crate::examination::Repository;
use crate::page::{self, Scope, Unreadable};
use crate::spec::Spec;
use crate::vendor::Vendor;

const GROUPS: &str = "/openapi/v1/{omadacId}/sites/{siteId}/hotspot/voucher-groups";

fn spec(vendor: Vendor) -> Spec {
    Spec::new(vendor, yaml(vendor)).expect("a spec")
}

fn group() -> String {
    print_markdown::operation(&yaml(Vendor::Omada), GROUPS, "post")
}

fn read(vendor: Vendor, page: &str) -> Result<usize, Unreadable> {
    let scope = Scope::of(&[spec(vendor)]);
    page::read("page", page.as_bytes(), &scope).map(|page| page.operations.len())
}

#[test]
fn requirements_in_every_word() {
    for (yes, no) in [
        ("yes", "no"),
        ("Yes", "No"),
        ("Y", "N"),
        ("TRUE", "FALSE"),
        ("required", "optional"),
        ("Required", "Not required"),
        ("**Yes**", "`No`"),
        ("\u{2713}", "\u{2717}"),
        ("\u{2714}\u{fe0f}", "\u{274c}"),
        ("1", "0"),
        ("Mandatory", "-"),
    ] {
        let page = group().replace("|true|", &format!("|{yes}|")).replace("|false|", &format!("|{no}|"));
        assert_eq!(lines(&differences(spec(Vendor::Omada), &page)), Vec::<String>::new(), "{yes} {no}");
        let named = page.replace("| require |", "| Required |");
        assert_eq!(lines(&differences(spec(Vendor::Omada), &named)), Vec::<String>::new(), "{yes} {no}");
    }
    for word in ["maybe", "depends", "ja"] {
        let page = group().replace("|true|", &format!("|{word}|"));
        let error = read(Vendor::Omada, &page).expect_err("a mistake");
        assert!(error.line > 1 && error.message.contains(word), "{error:?}");
    }
}

#[test]
fn indentation_of_every_kind() {
    for space in [
        "&nbsp;&nbsp;&nbsp;&nbsp;",
        "\u{a0}\u{a0}",
        "\u{a0}",
        "&#160;&#160;",
        "&nbsp; &nbsp; ",
        "&ensp;&ensp;",
        "&emsp;",
        "\u{3000}",
        "\u{2009}\u{2009}",
        "\u{202f}\u{202f}",
        "\t",
        "&Tab;&Tab;",
    ] {
        let page = group().replace("&emsp;&emsp;", space);
        assert_eq!(lines(&differences(spec(Vendor::Omada), &page)), Vec::<String>::new(), "{space:?}");
    }
}

#[test]
fn a_range_in_brackets_before_its_unit_is_no_link() {
    let page = group().replace("0\u{2013}10485760.", "[0, 10485760](Kbps).");
    assert_ne!(page, group());
    assert_eq!(lines(&differences(spec(Vendor::Omada), &page)), Vec::<String>::new());
    let wider = page.replace("[0, 10485760](Kbps)", "[0, 20 971 520](Kbps)");
    assert!(lines(&differences(spec(Vendor::Omada), &wider)).iter().any(|line| line.contains("10485760 -> 20971520")));
}

#[test]
fn numbers_that_were_not_understood_are_told() {
    let specs = Vendor::ALL.map(|vendor| (vendor, yaml(vendor).text.to_string()));
    let repository = Repository::new(&specs, "[]", "").expect("a repository");
    let unread = |page: &str| repository.examine_page("page", page.as_bytes()).unread;
    assert_eq!(unread(&group()), Vec::<String>::new());
    let from = "It should be a value as follows: 0: Number, 1: Letter.";
    let told = unread(&group().replace(from, "Zero is a number. One of 0 and 1."));
    assert!(told.len() == 1 && told[0].contains("request.codeForm[]: the text holds numbers"), "{told:?}");
}

#[test]
fn whole_pages_of_text_without_a_sample() {
    let unifi = yaml(Vendor::Unifi);
    for (path, method) in print_text::operations(&unifi) {
        let page = print_text::print(&unifi, &path, &method);
        let without = page.split("Example - Call").next().expect("a page").to_owned();
        assert_eq!(read(Vendor::Unifi, &without).map(|count| count > 0), Ok(true), "{method} {path}");
        // With a sample, the last line needs no end.
        let lines_end = format!("{without}Example - Call\n\nNo example");
        assert_eq!(read(Vendor::Unifi, &lines_end).map(|count| count > 0), Ok(true), "{method} {path}");
        // What lacks its answer is cut off.
        let cut = without.split("## Responses").next().expect("a page");
        assert!(read(Vendor::Unifi, cut).is_err(), "{method} {path}");
    }
    let other = "Source: https://developer.ui.com/network/v10/x\n\nDELETE`/v1/others/{id}`\n\npath Parameters\n\nid\n\nrequired\n\nstring\n\n## Responses\n\n200";
    for page in [other.to_owned(), format!("{other}\n")] {
        assert_eq!(read(Vendor::Unifi, &page), Ok(0));
    }
    assert!(read(Vendor::Unifi, &format!("{other}\n\nname\n\nrequired\n")).is_err());
}
