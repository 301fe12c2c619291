//! The build drops no statement of progenitor's that it does not know.

use syn::{Block, Stmt, parse_str};

#[allow(dead_code, reason = "the build uses more of it")]
#[path = "../../build/statements.rs"]
mod build;

/// What progenitor 0.15.1 writes into an operation with a query and a body.
const OPERATION: &str = r#"{
    let url = format!("{}/v1/tickets/{}", self.baseurl, encode_path(&id.to_string()),);
    let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
    header_map.append(
        ::reqwest::header::HeaderName::from_static("api-version"),
        ::reqwest::header::HeaderValue::from_static(Self::api_version()),
    );
    #[allow(unused_mut)]
    let mut request = self
        .client
        .post(url)
        .header(::reqwest::header::ACCEPT, ::reqwest::header::HeaderValue::from_static("application/json"))
        .json(&body)
        .query(&progenitor_client::QueryParam::new("page", &page))
        .headers(header_map)
        .build()?;
    let info = OperationInfo { operation_id: "edit_ticket", };
    self.pre(&mut request, &info).await?;
    let result = self.exec(request, &info).await;
    self.post(&result, &info).await?;
    let response = result?;
    match response.status().as_u16() {
        200u16 => { ResponseValue::from_response(response).await }
        400u16..=499u16 => { Err(Error::ErrorResponse(ResponseValue::from_response(response).await?)) }
        _ => Err(Error::UnexpectedResponse(response)),
    }
}"#;

/// What progenitor may write one day, and where.
const CHANGES: &[(&str, &str, &str)] = &[
    ("a header", "    #[allow(unused_mut)]", "    header_map.append(\"x-site\", site);\n    #[allow(unused_mut)]"),
    ("another header", "\"api-version\"", "\"x-api-version\""),
    ("room for more headers", "1usize", "2usize"),
    ("a statement before the URL", "{\n    let url", "{\n    self.check(id)?;\n    let url"),
    ("no URL", "let url =", "let address ="),
    ("a condition before it is sent", "    let info", "    if dry { return Err(Error::Dry); }\n    let info"),
    ("a change of the request", "    self.pre(", "    self.sign(&mut request)?;\n    self.pre("),
    ("another way to send it", "self.exec(", "self.execute("),
    ("a statement behind it", "let response = result?;", "let response = result?;\n    self.note(&response);"),
    ("another reading", "200u16 => { ResponseValue", "200u16 => { self.count(); ResponseValue"),
    ("a reading that streams", "Err(Error::UnexpectedResponse(response))", "Ok(ResponseValue::stream(response))"),
    ("a statement at the end", ",\n    }\n}", ",\n    };\n    Ok(())\n}"),
    ("an end before the reading", "    match response", "    return response;\n    match other"),
];

fn statements(text: &str) -> Vec<Stmt> {
    parse_str::<Block>(text).expect("a block").stmts
}

#[test]
fn known_statements_are_kept_or_dropped() {
    let request = build::request(statements(OPERATION), "edit_ticket").expect("an operation of progenitor's");
    let kept = statements(OPERATION);
    assert!(request.url == kept[0]);
    assert!(matches!(&kept[3], Stmt::Local(local) if *local.init.as_ref().expect("a value").expr == request.request));
}

#[test]
fn no_unknown_statement_is_dropped() {
    let mut told = String::new();
    for (change, old, new) in CHANGES {
        assert!(OPERATION.contains(old), "{change}");
        let changed = statements(&OPERATION.replacen(old, new, 1));
        let mistake = build::request(changed, "edit_ticket").err().unwrap_or_else(|| panic!("{change} is dropped"));
        told += &format!("{change}: {mistake}\n");
    }
    for count in 0..statements(OPERATION).len() {
        let mut fewer = statements(OPERATION);
        fewer.remove(count);
        assert!(build::request(fewer, "edit_ticket").is_err(), "statement {count} is missing");
    }
    assert!(build::request(statements(OPERATION), "list_tickets").is_err());
    insta::assert_snapshot!("unknown_statements", told);
}
