//! The lint of the specs: they are clean, and each kind of mistake is told with its place and how to mend it.

use std::fmt::Write;

#[allow(dead_code, unused_imports, reason = "the build uses more of it")]
#[path = "../../build"]
pub mod passes {
    pub mod document;
    pub mod filterable;
    pub mod lint;
    pub mod mistake;
    pub mod rate_limits;
    pub mod read_as;
    pub mod schema;
    pub mod variants;
}

use passes::document::Document;
use passes::lint::lint;

/// A small spec, so that the tests of mistakes do not depend on what vendors document.
const CLEAN: &str = include_str!("clean_spec.yaml");

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
    assert_eq!(mistakes("spec/omada.yaml", include_str!("../../spec/omada.yaml")), "");
    assert_eq!(mistakes("spec/unifi.yaml", include_str!("../../spec/unifi.yaml")), "");
    assert_eq!(mistakes("spec/unifi-cloud.yaml", include_str!("../../spec/unifi-cloud.yaml")), "");
    assert_eq!(mistakes("clean_spec.yaml", CLEAN), "");
}

/// What is written in the clean spec, and what a maintainer may write instead.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("a misspelled keyword", "minimum: 1\n          maximum: 50", "minimun: 1\n          maximum: 50"),
    (
        "a form that is not written by hand",
        "application/json:\n            schema: {$ref: '#/components/schemas/CreateTicket'}",
        "multipart/form-data:\n            schema: {$ref: '#/components/schemas/CreateTicket'}",
    ),
    (
        "a header that is not written by hand",
        "        - name: page\n          in: query",
        "        - name: page\n          in: header",
    ),
    (
        "written by hand for no reason",
        "      operationId: readTickets\n",
        "      operationId: readTickets\n      x-hand-written: true\n",
    ),
    (
        "a server with a bad name",
        "x-errors:\n",
        "servers:\n  - {url: 'https://vendor.example', x-name: the cloud}\nx-errors:\n",
    ),
    (
        "a server of a path with a bad name",
        "  /v1/{placeId}/tickets:\n",
        "  /v1/{placeId}/tickets:\n    servers:\n      - {url: 'https://vendor.example', x-name: the cloud}\n",
    ),
    ("a misspelled extension", "x-enum-varnames:", "x-enum-varname:"),
    ("an enum without names", "      x-enum-varnames: [Single, Return]\n", ""),
    ("too few names", "[Single, Return]", "[Single]"),
    ("no descriptions of codes", "      x-enum-descriptions: [One way., Both ways.]\n", ""),
    (
        "codes without a schema",
        "items: {$ref: '#/components/schemas/Kind'}",
        "items: {type: integer, format: int32, enum: [0]}",
    ),
    ("a rule about no field", "require: [fare]", "require: [fair]"),
    ("a rule governed by no field", "when: {kind: [0, 1]}", "when: {kin: [0, 1]}"),
    ("a rule governed by a number", "when: {kind: [0, 1]}", "when: {amount: [1]}"),
    ("a rule with a value that is none", "when: {kind: [0, 1]}", "when: {kind: [0, 3]}"),
    ("a rule without values", "when: {kind: [0, 1]}", "when: {kind: []}"),
    ("a rule on two fields", "when: {kind: [0, 1]}", "when: {kind: [0], days: [1]}"),
    ("a rule with a misspelled key", "require: [fare]", "requires: [fare]"),
    ("a rule that demands nothing", "          require: [fare]\n          fill: [days]\n", ""),
    ("a rule about what is required anyhow", "require: [fare]", "forbid: [name]"),
    ("a rule that fills what is no list", "fill: [days]", "fill: [fare]"),
    ("a rule without a condition", "- when: {kind: [0, 1]}\n          require", "- require"),
    ("a rule that is none", "- when: {kind: [0, 1]}", "- nothing\n        - when: {kind: [0, 1]}"),
    (
        "rules that are no list",
        "x-rules:\n        - when: {kind: [0, 1]}\n          require: [fare]\n          fill: [days]",
        "x-rules: {when: {kind: [0]}, require: [fare]}",
    ),
    ("a rule about an answer", "x-vendor-name: RefusalVO\n", "x-vendor-name: RefusalVO\n      x-rules: []\n"),
    ("a bounded parameter that nothing checks", "      x-query: TicketQuery\n", ""),
    (
        "objects in a list",
        "items: {$ref: '#/components/schemas/Kind'}",
        "items: {$ref: '#/components/schemas/CreateTicket'}",
    ),
    ("a setter of no field", "price: [fare]", "price: [fair]"),
    (
        "a range in an answer",
        "description: How many there are.",
        "minimum: 1\n          description: How many there are.",
    ),
    (
        "a range of an item",
        "items: {$ref: '#/components/schemas/Kind'}",
        "items: {type: integer, format: int32, minimum: 1}",
    ),
    ("a bound of another type", "minLength: 1", "minimum: 1"),
    ("a bound that is not checked", "minLength: 1", "pattern: '^a'"),
    ("an open bound", "maximum: 50", "maximum: 50\n          exclusiveMaximum: true"),
    ("a range that holds nothing", "minimum: 1\n          maximum: 50", "minimum: 51\n          maximum: 50"),
    ("a bound that is no number", "maximum: 50", "maximum: many"),
    (
        "an integer without a size",
        "          format: int32\n          description: How many.",
        "          description: How many.",
    ),
    (
        "alternatives",
        "type: string\n          description: What stands on it.",
        "oneOf: [{type: string}]\n          description: What.",
    ),
    ("a code that the table lacks", "[-1, -2]", "[-1, -3]"),
    ("a code twice", "code: -2", "code: -1"),
    ("a name of a code twice", "name: Busy", "name: Failed"),
    ("a class that is none", "class: busy", "class: later"),
    ("an entry with a misspelled key", "class: busy", "clas: busy"),
    ("no source", "      externalDocs:\n        url: https://vendor.example/create\n", ""),
    ("a source that is no address", "https://vendor.example/create", "''"),
    ("no permission", "      x-permission: []\n", ""),
    ("no version", "      x-since: \"1.0\"\n", ""),
    ("nothing on repeating", "      x-safe-to-repeat: {safe: false, because: Each call makes a ticket.}\n", ""),
    ("a repeat without a reason", "because: Each call makes a ticket.", "because: ''"),
    ("a repeat that is neither", "safe: false", "safe: maybe"),
    ("a rate limit without a name", "name: COUNTER", "name: ''"),
    ("a rate limit of nothing", "requests: 3", "requests: 0"),
    ("a rate limit without a description", "description: One ticket after another.", "description: ''"),
    ("nothing seen", "      x-availability: {train: \"yes\", bus: \"no\"}\n", ""),
    ("something seen that is none", "bus: \"no\"", "bus: perhaps"),
    ("no codes", "      x-error-codes: [-1, -2]\n", ""),
    ("get in a name", "operationId: readTickets", "operationId: getTickets"),
    ("a name that is none", "operationId: readTickets", "operationId: read_tickets"),
    ("an operation twice", "operationId: readTickets", "operationId: createTicket"),
    ("a summary that is none", "summary: Creates a ticket.", "summary: [Creates]"),
    ("an id that can be anything", "format: path-segment\n", "format: text\n"),
    (
        "a path parameter that is not declared",
        "        - {$ref: '#/components/parameters/placeId'}\n        - name",
        "        - name",
    ),
    (
        "another content type",
        "          application/json:\n            schema",
        "          text/plain:\n            schema",
    ),
    (
        "a default response",
        "4XX: {$ref: '#/components/responses/Refused'}",
        "default: {$ref: '#/components/responses/Refused'}",
    ),
    ("two successes", "        4XX:", "        \"201\":\n          description: Another.\n        4XX:"),
    ("a list that cannot be null", "          nullable: true\n", ""),
    (
        "one schema for both ways",
        "schema: {$ref: '#/components/schemas/Ticket'}",
        "schema: {$ref: '#/components/schemas/CreateTicket'}",
    ),
    ("no description", "          description: How many.\n", ""),
    ("no name of the vendor's", "      x-vendor-name: RefusalVO\n", ""),
    ("a parameter that does not exist", "parameters/placeId'", "parameters/place'"),
    ("a reference to nothing", "schemas/Refusal'", "schemas/Refusals'"),
    ("no tag", "      tags: [Tickets]\n", ""),
    ("a tag that is none", "tags: [Tickets]", "tags: [Ticket]"),
    ("an example of another type", "example: Kim", "example: 7"),
    ("an example out of range", "example: 7", "example: 51"),
    ("an example that is no code", "example: open", "example: opened"),
    ("closed codes in a response", "schemas/KindRead'", "schemas/Kind'"),
    ("open codes of nothing", "x-read-as: Kind", "x-read-as: Sort"),
    ("open codes of another type", "x-read-as: Kind", "x-read-as: Action"),
    (
        "open codes in a request",
        "kind:\n          $ref: '#/components/schemas/Kind'",
        "kind:\n          $ref: '#/components/schemas/KindRead'",
    ),
    ("a variant without a name", "- operationId: openCounter\n          require", "- require"),
    ("a variant with a key that is none", "set: {action: close}", "put: {action: close}"),
    ("a variant that requires no parameter", "require: [reason]", "require: [reasons]"),
    ("a variant that sets a value that is none", "set: {action: close}", "set: {action: shut}"),
    ("a variant that sets no parameter", "set: {action: close}", "set: {reason: close}"),
    ("a variant whose body has no such field", "require: [clerk]", "require: [clark]"),
    ("a variant whose body has no name", "{name: Opened, ", "{"),
    ("another version of OpenAPI", "openapi: 3.0.3", "openapi: 3.1.0"),
];

/// Mistakes that keep the file from being read at all.
const UNREADABLE: &[(&str, &str, &str)] = &[
    ("a version that is not ASCII", "version: 1.2.3", "version: 1.2\u{2013}3"),
    ("a key twice", "  title: Tickets", "  title: Tickets\n  title: Again"),
    ("a key that is no text", "\"200\"", "200"),
    ("a boolean of YAML 1.1", "bus: \"no\"", "bus: no"),
    ("no YAML", "openapi: 3.0.3", "openapi: [3.0.3"),
];

#[test]
fn mistakes_are_told_with_their_place() {
    let mut told = String::new();
    for (name, written, instead) in MISTAKES.iter().chain(UNREADABLE) {
        assert!(CLEAN.contains(written), "{name}: the spec does not say {written:?}");
        let mistakes = mistakes("clean_spec.yaml", &CLEAN.replacen(written, instead, 1));
        assert_ne!(mistakes, "", "{name}");
        writeln!(told, "## {name}\n{mistakes}").expect("text");
    }
    insta::assert_snapshot!("spec_mistakes", told);
}
