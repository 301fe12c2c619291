//! The statements that progenitor writes into an operation. The client keeps how they build the request and drops the rest, so
//! each of them has to be known: a statement that is not would be lost without notice.

use quote::ToTokens;
use syn::{Arm, Expr, Local, LocalInit, Stmt, parse_quote};

/// How an operation builds its request.
pub struct Request {
    /// Declares the URL.
    pub url: Stmt,
    /// Builds the request from the URL.
    pub request: Expr,
}

/// Takes the request out of the statements of an operation.
///
/// # Errors
///
/// The first statement that is not the one that progenitor 0.15.1 has in its place, or that is missing.
pub fn request(statements: Vec<Stmt>, operation_id: &str) -> Result<Request, String> {
    let mut statements = statements.into_iter().peekable();
    let mut next = |expected: &str, is_known: &dyn Fn(&Stmt) -> bool| match statements.next() {
        Some(statement) if is_known(&statement) => Ok(statement),
        Some(statement) => Err(format!("`{}` is not the {expected} that was expected", statement.to_token_stream())),
        None => Err(format!("there is no {expected}")),
    };
    let url = next("URL", &|statement| value(statement, "url").is_some())?;
    let headers: [Stmt; 2] = [
        parse_quote!(let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);),
        parse_quote! {
            header_map.append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        },
    ];
    for header in &headers {
        next("header `api-version`", &|statement| statement == header)?;
    }
    let built = next("request", &|statement| value(statement, "request").is_some())?;
    let request = value(&built, "request").cloned().ok_or("there is no request")?;
    let ending: [Stmt; 5] = [
        parse_quote!(let info = OperationInfo { operation_id: #operation_id, };),
        parse_quote!(self.pre(&mut request, &info).await?;),
        parse_quote!(let result = self.exec(request, &info).await;),
        parse_quote!(self.post(&result, &info).await?;),
        parse_quote!(let response = result?;),
    ];
    for statement in &ending {
        next("ending", &|found| found == statement)?;
    }
    next("reading of the response", &reads_response)?;
    match statements.next() {
        Some(statement) => Err(format!("`{}` follows the reading of the response", statement.to_token_stream())),
        None => Ok(Request { url, request }),
    }
}

/// What a statement assigns to a new variable of this name.
fn value<'a>(statement: &'a Stmt, name: &str) -> Option<&'a Expr> {
    let Stmt::Local(Local { pat: syn::Pat::Ident(pattern), init, .. }) = statement else { return None };
    match init {
        Some(LocalInit { expr, diverge: None, .. }) if pattern.ident == name => Some(expr),
        _ => None,
    }
}

/// Whether a statement only turns the response into a value or an error, by its status.
fn reads_response(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::Match(reading), _) = statement else { return false };
    let status: Expr = parse_quote!(response.status().as_u16());
    let known: [Expr; 4] = [
        parse_quote!(Ok(ResponseValue::empty(response))),
        parse_quote!(ResponseValue::from_response(response).await),
        parse_quote!(Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))),
        parse_quote!(Err(Error::UnexpectedResponse(response))),
    ];
    let is_known = |arm: &Arm| known.contains(bare(&arm.body));
    *reading.expr == status && reading.arms.iter().all(is_known)
}

/// An expression without the braces around it.
fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(inner, None)] if block.attrs.is_empty() && block.label.is_none() => inner,
            _ => expression,
        },
        _ => expression,
    }
}
