//! Whatever the spec states and a page too is missed when the spec lacks it.

use super::strike::{Fact, facts};
use super::{differences, lines, print_markdown, print_openapi, print_text, yaml};
use crate::compare;
use crate::fact::Attribute;
use crate::form::Form;
use crate::page::{self, Page, Scope};
use crate::spec::{Spec, Yaml};
use crate::vendor::Vendor;

/// Reads pages with the scope of the whole spec, as it would be before a fact was struck.
fn read(vendor: Vendor, texts: &[String]) -> Vec<Page> {
    let spec = Spec::new(vendor, yaml(vendor)).expect("a spec");
    let scope = Scope::of(spec.operations.iter());
    texts
        .iter()
        .map(|text| page::read("page", text.as_bytes(), &scope).unwrap_or_else(|error| panic!("{error:?}\n{text}")))
        .collect()
}

/// Strikes each fact in turn; every one has to be reported, on its line or on that of what held it.
fn check(vendor: Vendor, texts: &[String], is_told: impl Fn(&Fact) -> bool) -> usize {
    let whole = yaml(vendor);
    let pages = read(vendor, texts);
    let of = |yaml: Yaml| -> Vec<_> {
        let specs = [Spec::new(vendor, yaml).expect("a spec")];
        pages.iter().flat_map(|page| compare::compare(&specs, page)).collect()
    };
    assert_eq!(lines(&of(whole.clone())), Vec::<String>::new(), "the pages are not those of the spec");
    let facts: Vec<Fact> = facts(vendor, &whole).into_iter().filter(&is_told).collect();
    let mut missed = Vec::new();
    for fact in &facts {
        let mut struck = whole.clone();
        match fact.attribute {
            // What a value means, its name and its description tell together.
            Attribute::Meaning => {
                struck.blank(&fact.pointer);
                struck.blank(&fact.pointer.replace("/x-enum-varnames/", "/x-enum-descriptions/"));
            }
            _ => struck.strike(&fact.pointer),
        }
        let found = of(struck);
        let (holder, _) = fact.pointer.rsplit_once('/').expect("a holder");
        let (above, _) = holder.rsplit_once('/').expect("a holder");
        let kind = format!("{holder}/type");
        let places = [fact.pointer.as_str(), holder, above, &kind]
            .map(|place| format!("{}:{}", vendor.file(), whole.line(place)));
        if !found.iter().any(|difference| places.contains(&difference.at)) {
            missed.push(format!(
                "{} ({}): {:?}",
                fact.pointer,
                places.join(" "),
                found.iter().map(|one| (&one.place, &one.at)).collect::<Vec<_>>()
            ));
        }
    }
    assert_eq!(missed, Vec::<String>::new(), "{} of {} facts are missed", missed.len(), facts.len());
    facts.len()
}

#[test]
fn openapi() {
    for (vendor, at_least) in [(Vendor::Omada, 900), (Vendor::Unifi, 250)] {
        // The printed keywords list values without their meanings.
        let is_told = |fact: &Fact| fact.attribute != Attribute::Meaning;
        let count = check(vendor, &[print_openapi::print(&yaml(vendor).json)], is_told);
        assert!(count > at_least, "{vendor}: only {count} facts");
    }
}

#[test]
fn omada_markdown() {
    let page = print_markdown::print(&yaml(Vendor::Omada));
    // A type on a page of Markdown may lack its format.
    let is_told = |fact: &Fact| Form::OmadaMarkdown.tells(fact.attribute, fact.is_answer);
    let count = check(Vendor::Omada, &[page], is_told);
    assert!(count > 900, "only {count} facts");
}

#[test]
fn unifi_text_and_html() {
    let yaml = yaml(Vendor::Unifi);
    let pages: Vec<String> =
        print_text::operations(&yaml).iter().map(|(path, method)| print_text::print(&yaml, path, method)).collect();
    let shown =
        |pointer: &str| !pointer.contains("/items/") && !pointer.ends_with("/items") && !pointer.ends_with("/format");
    let is_told = |fact: &Fact| {
        Form::UnifiText.tells(fact.attribute, fact.is_answer)
            && shown(&fact.pointer)
            && is_unfolded(&yaml, &fact.pointer)
    };
    let count = check(Vendor::Unifi, &pages, is_told);
    assert!(count > 100, "only {count} facts");
    let pages: Vec<String> = pages.iter().map(|page| print_text::html(page)).collect();
    assert_eq!(check(Vendor::Unifi, &pages, is_told), count);
}

/// Whether pages of text show a place: not inside of objects that they fold.
fn is_unfolded(yaml: &Yaml, pointer: &str) -> bool {
    let Some(rest) = pointer.strip_prefix("/components/schemas/") else { return true };
    let name = rest.split('/').next().unwrap_or_default();
    let reference = format!("#/components/schemas/{name}");
    let bodies = print_text::operations(yaml).into_iter().flat_map(|(path, method)| {
        let operation = &yaml.json["paths"][&path][&method];
        let answers = operation["responses"].as_object().into_iter().flatten();
        let answers = answers.filter(|(status, _)| status.starts_with('2')).map(|(_, answer)| answer.clone());
        answers.chain([operation["requestBody"].clone()]).collect::<Vec<_>>()
    });
    let is_body =
        bodies.into_iter().any(|body| body["content"]["application/json"]["schema"]["$ref"] == reference.as_str());
    // A type that several bodies use shows in them.
    let is_value = yaml.json["components"]["schemas"][name].get("properties").is_none();
    is_body || (is_value && !["AccessType", "AuthorizationMethod", "ConsoleId", "VoucherCode"].contains(&name))
}

#[test]
fn nothing_is_reported_twice_or_for_nothing() {
    for vendor in Vendor::ALL {
        let yaml = yaml(vendor);
        let page = print_openapi::print(&yaml.json);
        assert_eq!(lines(&differences(Spec::new(vendor, yaml).expect("a spec"), &page)), Vec::<String>::new());
    }
    assert_eq!(Attribute::parse("maxItems"), Some(Attribute::MaxItems));
}
