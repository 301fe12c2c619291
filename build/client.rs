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
use quote::{format_ident, quote};
use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{Expr, File, GenericArgument, ImplItem, ImplItemFn, Item, ItemStruct, PathArguments, ReturnType, Stmt, Type};
use syn::{parse_quote, parse2};

use super::documentation::documentation;
use super::rust::{Struct, documented, renamed, structs};
use super::schema::{is_codes, is_value, operations, reference, resolve, schema, schemas, texts};
use super::{bounds, enums, errors, filters, json_schema, rules};

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
    for item in &mut types {
        if let Item::Struct(item) = item {
            finish_struct(item, json, requests);
        }
    }
    let structs = structs(&types);

    let operations = methods.into_iter().filter_map(|method| match method {
        ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(finish_operation(method, json)),
        _ => None,
    });
    let operations = operations.collect::<Result<Vec<_>, _>>()?;
    let checked = requests.iter().map(|name| checks(json, name, &structs[name]));
    let described = requests.iter().map(|name| json_schema::item(json, name));
    let (codes, errors, filters) = (enums::items(json), errors::items(json), filters::items(json));
    let names = schemas(json).filter(|(_, schema)| is_codes(schema));
    let names: Vec<_> = names.map(|(name, _)| format_ident!("{name}")).collect();
    let title = json.pointer("/info/title").and_then(Value::as_str).unwrap_or_default();
    let session: TokenStream = format!("crate::{vendor}::auth::Session").parse()?;

    file.items = parse2::<File>(quote! {
        use progenitor_client::encode_path;
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

        #[doc = #title]
        ///
        /// One method for each operation, as the vendor documents it. Requests are sent as they are, unchecked.
        #[derive(Clone, Debug)]
        pub struct Client {
            baseurl: String,
            client: reqwest::Client,
            session: #session,
        }

        impl Client {
            pub(crate) fn new(baseurl: String, client: reqwest::Client, session: #session) -> Self {
                Self { baseurl, client, session }
            }
        }

        #[allow(clippy::all)]
        impl Client {
            #(#operations)*
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
    bounds::strip(&mut bare);
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

/// Opens a struct to later fields, gives a request its builder, and gives every field a description.
fn finish_struct(item: &mut ItemStruct, json: &Value, requests: &[String]) {
    let name = item.ident.to_string();
    let Some(schema) = schema(json, &name) else { return };
    let is_request = requests.contains(&name);
    item.attrs.push(parse_quote!(#[non_exhaustive]));
    if is_request {
        let module = format_ident!("{}", snake(&format!("{name}Builder")));
        item.attrs.push(parse_quote!(#[derive(::bon::Builder)]));
        item.attrs.push(parse_quote!(#[builder(state_mod(name = #module, vis = "pub"))]));
    }
    let paired: Vec<&str> = schema
        .get("x-setters")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .flat_map(|(_, fields)| fields.as_array().into_iter().flatten().filter_map(Value::as_str))
        .collect();
    for field in &mut item.fields {
        let Some(ident) = &mut field.ident else { continue };
        let wire = renamed(&field.attrs).unwrap_or_else(|| ident.to_string());
        // progenitor splits `MBytes` in two.
        *ident = format_ident!("{}", ident.to_string().replace("_m_bytes", "_mbytes"));
        if !documented(&field.attrs)
            && let Some(text) = described(json, schema, &wire)
        {
            field.attrs.push(parse_quote!(#[doc = #text]));
        }
        if is_request {
            let property = schema.pointer("/properties").and_then(|properties| properties.get(&wire));
            let bounds = property.map(|property| bounds::describe(resolve(json, property))).unwrap_or_default();
            if !bounds.is_empty() {
                let text = format!(" Documented as `{}`.", bounds.join("`, `"));
                field.attrs.push(parse_quote!(#[doc = ""]));
                field.attrs.push(parse_quote!(#[doc = #text]));
            }
            if paired.contains(&wire.as_str()) {
                // `builder_ext` has a setter of the plain name that sets this field with its siblings.
                let raw = format_ident!("set_{ident}");
                field.attrs.push(parse_quote!(#[builder(setters(name = #raw, vis = "pub(crate)"))]));
            } else if takes_anything_like_it(json, &field.ty) {
                field.attrs.push(parse_quote!(#[builder(into)]));
            }
        }
    }
}

/// What the schema that a field refers to says of itself.
fn described<'a>(json: &'a Value, owner: &'a Value, wire: &str) -> Option<&'a str> {
    schema(json, reference(owner.pointer("/properties")?.get(wire)?)?)?.get("description")?.as_str()
}

/// Whether a setter takes whatever can be turned into the field: a text, a list, or a value whose type is written by hand.
fn takes_anything_like_it(json: &Value, kind: &Type) -> bool {
    let Type::Path(path) = kind else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    match &last.arguments {
        PathArguments::AngleBracketed(inner) if last.ident == "Option" => {
            matches!(inner.args.first(), Some(GenericArgument::Type(inner)) if takes_anything_like_it(json, inner))
        }
        _ if last.ident == "String" || last.ident == "Vec" => true,
        _ => schema(json, &last.ident.to_string()).is_some_and(is_value),
    }
}

/// Keeps how the request of an operation is built, and sends it through the session.
fn finish_operation(mut method: ImplItemFn, json: &Value) -> Result<ImplItemFn, Box<dyn Error>> {
    let name = method.sig.ident.to_string();
    let found = operations(json).find(|(_, _, _, operation)| snake(&id(operation)) == name);
    let (_, _, _, operation) = found.ok_or_else(|| format!("progenitor made `{name}` of no operation"))?;
    let send = match operation.get("security").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        true => format_ident!("send_unsigned"),
        false => format_ident!("send"),
    };
    let answer = answer(&method.sig.output).ok_or_else(|| format!("progenitor changed what `{name}` answers"))?;
    method.sig.output = parse_quote!(-> Result<#answer, Error>);
    method.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
    for line in documentation(json, operation).lines() {
        let line = format!(" {line}");
        method.attrs.push(parse_quote!(#[doc = #line]));
    }
    let id = id(operation);
    let end = method.block.stmts.iter().position(|statement| declares(statement, "info"));
    method.block.stmts.truncate(end.ok_or_else(|| format!("progenitor changed how `{name}` ends"))?);
    method.block.stmts.retain(|statement| !declares(statement, "header_map") && !matches!(statement, Stmt::Expr(..)));
    BareRequest.visit_block_mut(&mut method.block);
    // Where nothing is promised, which is `()`, it does not matter what comes.
    let sent: Expr = match matches!(answer, Type::Tuple(_)) {
        true => parse_quote!(self.session.#send::<::serde::de::IgnoredAny>(request, #id).await.map(|_| ())),
        false => parse_quote!(self.session.#send(request, #id).await),
    };
    method.block.stmts.push(Stmt::Expr(sent, None));
    Ok(method)
}

/// Removes the header `api-version`, which progenitor sends and no vendor knows, and leaves a request that cannot be built to
/// the session.
struct BareRequest;

impl VisitMut for BareRequest {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_expr_mut(self, expression);
        match expression {
            Expr::MethodCall(call) if call.method == "headers" => *expression = (*call.receiver).clone(),
            Expr::Try(tried) => *expression = (*tried.expr).clone(),
            _ => {}
        }
    }
}

fn declares(statement: &Stmt, name: &str) -> bool {
    matches!(statement, Stmt::Local(local) if matches!(&local.pat, syn::Pat::Ident(pattern) if pattern.ident == name))
}

/// The `T` in `Result<ResponseValue<T>, Error<E>>`.
fn answer(output: &ReturnType) -> Option<Type> {
    let first = |kind: &Type| match kind {
        Type::Path(path) => match &path.path.segments.last()?.arguments {
            PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                GenericArgument::Type(kind) => Some(kind.clone()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    match output {
        ReturnType::Type(_, result) => first(&first(result)?),
        ReturnType::Default => None,
    }
}

fn id(operation: &Value) -> String {
    operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned()
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

/// The snake_case of a name in camelCase or PascalCase.
fn snake(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(character.to_ascii_lowercase());
    }
    text
}
