//! The client: what progenitor makes of the spec, with every operation ending in the session.
//!
//! progenitor's own ending loses the status of an answer it cannot read, prints its body, voucher codes included, and reads
//! bodies of any size. So each operation keeps how progenitor builds its request, and hands it to `Session::send`, which signs
//! it and reads the answer.

use std::collections::BTreeMap;
use std::error::Error;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;
use syn::punctuated::Punctuated;
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{Expr, ExprCall, ExprMethodCall, File, ImplItem, ImplItemFn, Item, Macro, ReturnType, Stmt, Token, Type};
use syn::{parse_quote, parse2};

use super::documentation::documentation;
use super::rate_limits::{RateLimit, rate_limits};
use super::rows::Rows;
use super::rust::{Struct, first_argument, snake};
use super::schema::{is_codes, is_hand_written, is_value, operations, schema, schemas, text, texts};
use super::{
    bounds, enums, errors, filters, hand_written, json_schema, lists, operations as known, readers, rules, rust,
    servers, statements, structs,
};

/// What the build writes for a vendor.
pub struct Client {
    pub file: File,
    pub structs: BTreeMap<String, Struct>,
}

/// Generates the client of a spec whose requests are the named schemas.
pub fn generate(json: &Value, vendor: &str, requests: &[String]) -> Result<Client, Box<dyn Error>> {
    let mut file: File = parse2(progenitor(json, vendor)?)?;
    let mut types = Vec::new();
    let mut methods = Vec::new();
    for item in std::mem::take(&mut file.items) {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                types = module.content.map(|(_, items)| items).unwrap_or_default()
            }
            Item::Impl(block) if block.trait_.is_none() => methods.extend(block.items),
            _ => {}
        }
    }
    types.retain(|item| !matches!(item, Item::Mod(_)));
    let rows = Rows::of(json);
    for item in &mut types {
        if let Item::Struct(item) = item {
            structs::finish(item, json, vendor, requests, &rows);
        }
    }
    let structs = rust::structs(&types);

    let methods = methods.into_iter().filter_map(|method| match method {
        ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(finish_operation(method, json)),
        _ => None,
    });
    let methods = methods.collect::<Result<Vec<_>, _>>()?;
    let (unfinished, servers) = (hand_written::methods(json)?, servers::constants(json));
    let readers = readers::table(json, vendor, methods.iter().chain(&unfinished))?;
    let checked = requests.iter().map(|name| checks(json, name, &structs[name]));
    let described = requests.iter().map(|name| json_schema::item(json, name));
    let (codes, errors, filters) = (enums::items(json), errors::items(json), filters::items(json));
    let names = schemas(json).filter(|(_, schema)| is_codes(schema));
    let names: Vec<_> = names.map(|(name, _)| format_ident!("{name}")).collect();
    let title = json.pointer("/info/title").and_then(Value::as_str).unwrap_or_default();
    let operations = known::items(json);
    let session: TokenStream = format!("crate::{vendor}::auth::Session").parse()?;

    let rate_limits = rate_limits(json).map(|limit| rate_limit_constant(&limit));
    file.items = parse2::<File>(quote! {
        #[allow(unused_imports)]
        use self::types::{#(#names),*};

        /// The types of requests and answers.
        #[allow(clippy::all)]
        pub mod types {
            #[allow(unused_imports)]
            use super::*;
            #(#types)*
            #codes
            #errors
            #filters
            #(#checked)*
            #(#described)*
        }

        #(#rate_limits)*

        #operations

        #readers

        #[doc = #title]
        ///
        /// One method for each operation, as the vendor documents it. Requests are sent as they are, unchecked.
        #[derive(Clone, Debug)]
        pub struct Client {
            baseurl: std::sync::Arc<str>,
            client: reqwest::Client,
            session: #session,
        }

        impl Client {
            #(#servers)*

            pub(crate) fn new(baseurl: std::sync::Arc<str>, client: reqwest::Client, session: #session) -> Self {
                Self { baseurl, client, session }
            }
        }

        #[allow(clippy::all)]
        impl Client {
            #(#methods)*
            #(#unfinished)*
        }
    })?
    .items;
    Ok(Client { file, structs })
}

fn progenitor(json: &Value, vendor: &str) -> Result<TokenStream, Box<dyn Error>> {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional).with_derive("PartialEq");
    settings.with_inner_type(format!("crate::{vendor}::auth::Session").parse()?);
    for (name, schema) in schemas(json) {
        if is_codes(schema) || is_value(schema) {
            settings.with_replacement(name, name, [TypeImpl::Display].into_iter());
        }
    }
    let mut bare = json.clone();
    // A variable of a server needs its default, and progenitor reads no servers.
    bare.as_object_mut().map(|bare| bare.remove("servers"));
    bounds::strip(&mut bare);
    for (_, path) in bare.pointer_mut("/paths").and_then(Value::as_object_mut).into_iter().flatten() {
        path.as_object_mut().into_iter().for_each(|path| path.retain(|_, operation| !is_hand_written(operation)));
    }
    // progenitor would make an absent list or map and an empty one the same.
    for (_, schema) in bare.pointer_mut("/components/schemas").and_then(Value::as_object_mut).into_iter().flatten() {
        let required: Vec<String> = texts(schema, "required").map(str::to_owned).collect();
        for (name, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            let many = ["items", "additionalProperties"].iter().any(|key| property.get(*key).is_some());
            if many && !required.contains(name) {
                property["nullable"] = Value::Bool(true);
            }
        }
    }
    let openapi: OpenAPI = serde_json::from_value(bare)?;
    Ok(Generator::new(&settings).generate_tokens(&openapi)?)
}

/// Keeps how the request of an operation is built, and sends it through the session.
fn finish_operation(mut method: ImplItemFn, json: &Value) -> Result<ImplItemFn, Box<dyn Error>> {
    let name = method.sig.ident.to_string();
    let found = operations(json).find(|(_, _, _, operation)| snake(&id(operation)) == name);
    let (_, _, _, operation) = found.ok_or_else(|| format!("progenitor made `{name}` of no operation"))?;
    let send = hand_written::send(operation);
    let answer = answer(&method.sig.output).cloned();
    let mut answer = answer.ok_or_else(|| format!("progenitor changed what `{name}` answers"))?;
    lists::open(json, &mut answer);
    method.sig.output = parse_quote!(-> Result<#answer, Error>);
    method.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
    for line in documentation(json, operation).lines() {
        let line = format!(" {line}");
        method.attrs.push(parse_quote!(#[doc = #line]));
    }
    let id = id(operation);
    let statements::Request { mut url, mut request } =
        statements::request(std::mem::take(&mut method.block.stmts), &name)
            .map_err(|why| format!("progenitor changed `{id}`: {why}"))?;
    BareRequest.visit_stmt_mut(&mut url);
    BareRequest.visit_expr_mut(&mut request);
    method.block.stmts.extend([url, parse_quote!(let request = || #request;)]);
    // Where nothing is promised, which is `()`, it does not matter what comes.
    let operation = known::variant(&id);
    let sent: Expr = match matches!(answer, Type::Tuple(_)) {
        true => parse_quote! {
            self.session.#send::<::serde::de::IgnoredAny>(&request, Operation::#operation).await.map(|_| ())
        },
        false => parse_quote!(self.session.#send(&request, Operation::#operation).await),
    };
    method.block.stmts.push(Stmt::Expr(sent, None));
    Ok(method)
}

/// Removes the header `api-version`, which progenitor sends and no vendor knows, leaves a request that cannot be built to the
/// session, borrows the address for when it is built once more, and puts ids into paths as they are.
struct BareRequest;

impl VisitMut for BareRequest {
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        if let Ok(mut arguments) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            arguments.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            call.tokens = arguments.into_token_stream();
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_expr_mut(self, expression);
        match expression {
            Expr::MethodCall(call) if call.method == "headers" && takes_headers(call) => {
                *expression = (*call.receiver).clone()
            }
            Expr::Path(path) if path.path.is_ident("url") => *expression = parse_quote!(&url),
            Expr::Try(tried) => *expression = (*tried.expr).clone(),
            Expr::Call(call) => {
                if let Some(id) = escaped(call) {
                    *expression = parse_quote!(crate::path_segment::plain(#id));
                }
            }
            _ => {}
        }
    }
}

/// Whether a call adds the headers of which only `api-version` is one.
fn takes_headers(call: &ExprMethodCall) -> bool {
    matches!(call.args.first(), Some(Expr::Path(headers)) if headers.path.is_ident("header_map"))
}

/// The id in `encode_path(&id.to_string())`.
fn escaped(call: &ExprCall) -> Option<&Expr> {
    match (&*call.func, call.args.first()?) {
        (Expr::Path(function), Expr::Reference(text)) if function.path.is_ident("encode_path") => match &*text.expr {
            Expr::MethodCall(call) if call.method == "to_string" => Some(&call.receiver),
            _ => None,
        },
        _ => None,
    }
}

/// The `T` in `Result<ResponseValue<T>, Error<E>>`.
fn answer(output: &ReturnType) -> Option<&Type> {
    match output {
        ReturnType::Type(_, result) => first_argument(first_argument(result)?),
        ReturnType::Default => None,
    }
}

fn id(operation: &Value) -> String {
    text(operation, "operationId").to_owned()
}

/// The number of requests and the number of seconds of a rate limit.
fn rate_limit_constant(limit: &RateLimit<'_>) -> TokenStream {
    let name = format_ident!("{}_PACE", limit.name);
    let requests = u32::try_from(limit.requests.unwrap_or_default()).unwrap_or(u32::MAX);
    let (seconds, description) = (limit.seconds.unwrap_or_default(), format!(" {}", limit.description));
    quote! {
        #[doc = #description]
        pub(crate) const #name: (u32, u64) = (#requests, #seconds);
    }
}

/// `validate` for a request.
fn checks(json: &Value, name: &str, fields: &Struct) -> TokenStream {
    let schema = schema(json, name).cloned().unwrap_or_default();
    let (bounds, rules) = (bounds::checks(json, &schema, fields), rules::checks(&schema, fields));
    let constants = bounds::constants(json, &schema, fields);
    let name = format_ident!("{name}");
    quote! {
        impl #name {
            #constants

            /// Checks the request against everything that the vendor documents, and lists every rule that it breaks.
            pub fn validate(&self) -> Result<(), crate::validate::Violations> {
                crate::validate::validate(self)
            }
        }

        impl crate::validate::Validate for #name {
            #[allow(unused_variables)]
            fn check(&self, found: &mut crate::validate::Validator<'_>) {
                #bounds
                #rules
            }
        }
    }
}
