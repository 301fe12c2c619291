//! The lint of the specs: they are clean, and each kind of mistake is told with its place and how to mend it.

use std::fmt::Write;

#[allow(dead_code, unused_imports, reason = "the build uses more of it")]
#[path = "../../build"]
mod passes {
    pub mod document;
    pub mod lint;
    pub mod mistake;
    pub mod schema;
}

use passes::document::Document;
use passes::lint::lint;

const OMADA: &str = include_str!("../../spec/omada.yaml");
const UNIFI: &str = include_str!("../../spec/unifi.yaml");

/// The mistakes of a spec, one a line.
fn mistakes(file: &str, text: &str) -> String {
    let mistakes = match Document::parse(file, text) {
        Ok(document) => lint(&document),
        Err(mistake) => vec![mistake],
    };
    mistakes.iter().fold(String::new(), |text, mistake| text + &mistake.to_string() + "\n")
}

#[test]
fn the_specs_are_clean() {
    assert_eq!(mistakes("spec/omada.yaml", OMADA), "");
    assert_eq!(mistakes("spec/unifi.yaml", UNIFI), "");
}

#[test]
fn mistakes_are_told_with_their_place() {
    // What is written in Omada's spec, and what a maintainer may write instead.
    let cases = [
        ("a misspelled keyword", "minimum: 1\n          maximum: 5000", "minimun: 1\n          maximum: 5000"),
        ("a misspelled extension", "x-enum-varnames: [Number, Letter]", "x-enum-varname: [Number, Letter]"),
        ("an enum without names", "      x-enum-varnames: [Number, Letter]\n", ""),
        ("too few names", "x-enum-varnames: [Number, Letter]", "x-enum-varnames: [Number]"),
        ("no descriptions of codes", "      x-enum-descriptions: [Digits., Letters.]\n", ""),
        ("a rule about no field", "require: [limitNum]", "require: [limitNumber]"),
        ("a rule governed by no field", "when: {limitType: [0, 1]}", "when: {limitTyp: [0, 1]}"),
        ("a rule with a value that is none", "when: {limitType: [0, 1]}", "when: {limitType: [0, 3]}"),
        ("a rule with a misspelled key", "require: [limitNum]", "requires: [limitNum]"),
        ("a rule that forbids what is required", "forbid: [schedule]", "forbid: [name]"),
        ("a rule that fills what is no list", "fill: [portals]", "fill: [name]"),
        ("a rule without a condition", "- when: {limitType: [0, 1]}\n          require", "- require"),
        ("a setter of no field", "limit: [limitType, limitNum]", "limit: [limitType, limitNumber]"),
        (
            "a range in an answer",
            "description: The page size. It",
            "minimum: 1\n          description: The page size. It",
        ),
        ("a code that the table lacks", "[-33000, -33004, -33732, -42010", "[-33000, -33004, -33732, -42011"),
        ("a code twice", "{code: -1, name: General", "{code: -1001, name: General"),
        ("a class that is none", "name: SiteBusy, class: busy", "name: SiteBusy, class: later"),
        (
            "no source",
            "      externalDocs:\n        url: https://use1-omada-northbound.tplinkcloud.com/doc.html#/home\n",
            "",
        ),
        ("a source that is no address", "https://use1-omada-northbound.tplinkcloud.com/doc.html#/home", "''"),
        ("a bound that is no number", "maximum: 5000", "maximum: many"),
        ("a description that is none", "summary: Trades the credentials", "summary: [Trades]\n      # the credentials"),
        ("no permission", "      x-permission: []\n", ""),
        ("no version", "      x-since: \"5.12\"\n", ""),
        ("get in a name", "operationId: readVoucherGroup", "operationId: getVoucherGroup"),
        ("an operation twice", "operationId: readVoucherHistory", "operationId: readVoucherGroup"),
        (
            "an id that can be anything",
            "format: path-segment\n      description: The id of a site",
            "description: The id of a site",
        ),
        ("a path parameter that is not declared", "        - {$ref: '#/components/parameters/groupId'}\n", ""),
        (
            "another content type",
            "            application/json:\n              schema: {$ref: '#/components/schemas/OperationResponseToken'}",
            "            text/plain:\n              schema: {$ref: '#/components/schemas/OperationResponseToken'}",
        ),
        (
            "a default response",
            "        4XX: {$ref: '#/components/responses/Refused'}",
            "        default: {$ref: '#/components/responses/Refused'}",
        ),
        (
            "two successes",
            "          description: The envelope with the token.",
            "          description: The envelope with the token.\n        \"201\":\n          description: Another.",
        ),
        (
            "a list that cannot be null",
            "          nullable: true\n          description: The vouchers of this page.",
            "          description: The vouchers of this page.",
        ),
        ("one schema for both ways", "#/components/schemas/RateLimitRead", "#/components/schemas/RateLimit"),
        ("no description", "          description: How many vouchers to create.\n", ""),
        (
            "no name of the vendor's",
            "      x-vendor-name: RateLimitOpenApiVO\n      type: object\n      description: The rate limit of a voucher, either its own or a profile's.\n      required",
            "      type: object\n      description: The rate limit of a voucher, either its own or a profile's.\n      required",
        ),
        (
            "an integer without a size",
            "          type: integer\n          format: int32\n          description: How many vouchers to create.",
            "          type: integer\n          description: How many vouchers to create.",
        ),
        (
            "a bound of another type",
            "          minLength: 1\n          maxLength: 32",
            "          minimum: 1\n          maxLength: 32",
        ),
        ("a range that holds nothing", "minimum: 6\n          maximum: 10", "minimum: 11\n          maximum: 10"),
        (
            "codes without a schema",
            "items: {$ref: '#/components/schemas/CodeForm'}",
            "items: {type: integer, format: int32, enum: [0, 1]}",
        ),
        (
            "a reference to nothing",
            "items: {$ref: '#/components/schemas/CodeForm'}",
            "items: {$ref: '#/components/schemas/CodeForms'}",
        ),
        (
            "a schema that nothing uses",
            "    # Requests.\n",
            "    Spare: {type: object, description: Spare., x-vendor-name: Spare}\n",
        ),
        ("another version of OpenAPI", "openapi: 3.0.3", "openapi: 3.1.0"),
        ("a version that is not ASCII", "version: 5.15.24", "version: \"5.15\u{2013}6\""),
        (
            "a key twice",
            "  description: The voucher operations of an Omada",
            "  title: Again\n  description: The voucher operations of an Omada",
        ),
        (
            "a key that is no text",
            "        \"200\":\n          description: The envelope with the token.",
            "        200:\n          description: The envelope with the token.",
        ),
        ("no YAML", "openapi: 3.0.3", "openapi: [3.0.3"),
    ];
    let mut told = String::new();
    for (name, written, instead) in cases {
        assert!(OMADA.contains(written), "{name}: the spec no longer says {written:?}");
        let mistakes = mistakes("spec/omada.yaml", &OMADA.replacen(written, instead, 1));
        assert_ne!(mistakes, "", "{name}");
        writeln!(told, "## {name}\n{mistakes}").expect("text");
    }
    insta::assert_snapshot!("spec_mistakes", told);
}
