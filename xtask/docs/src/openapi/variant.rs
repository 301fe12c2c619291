//! Variants of a schema as one field.

use std::collections::BTreeSet;

use crate::field::{Bound, Code, Demand, Field, Kind, Wanted};

/// Makes one object of variants, and conditions of what only some of them have.
pub fn unite(field: &mut Field, variants: &[(String, Field)], discriminator: Option<&str>) {
    if variants.iter().any(|(_, variant)| variant.fields.is_empty())
        && variants.iter().all(|(_, variant)| variant.items.is_none())
    {
        field.is_collapsed = field.fields.is_empty() && variants.iter().all(|(_, variant)| variant.fields.is_empty());
    }
    let mut kinds: Vec<&Kind> = Vec::new();
    for kind in variants.iter().filter_map(|(_, variant)| variant.kind.as_ref()) {
        if !kinds.iter().any(|known| known.base == kind.base) {
            kinds.push(kind);
        }
    }
    let united = match kinds.as_slice() {
        [] => None,
        [only] => Some((*only).clone()),
        several => Some(Kind::plain(&several.iter().map(|kind| kind.base.as_str()).collect::<Vec<_>>().join(" or "))),
    };
    field.kind = field.kind.take().or(united);
    let names: BTreeSet<&String> =
        variants.iter().flat_map(|(_, variant)| &variant.fields).map(|child| &child.name).collect();
    for name in names {
        let find = |variant: &Field| variant.fields.iter().find(|child| child.name == *name).cloned();
        let found: Vec<Field> = variants.iter().filter_map(|(_, variant)| find(variant)).collect();
        let Some((first, others)) = found.split_first() else { continue };
        let mut child = first.clone();
        others.iter().for_each(|other| join(&mut child, other));
        let is_required = found.len() == variants.len() && found.iter().all(|child| child.required == Some(true));
        child.required = Some(is_required);
        if let Some(known) = field.fields.iter_mut().find(|known| known.name == *name) {
            refine(known, &child);
            known.required = Some(is_required || known.required == Some(true));
        } else {
            if let Some(governor) = discriminator.filter(|governor| governor != name) {
                for (value, _) in
                    variants.iter().filter(|(value, variant)| !value.is_empty() && find(variant).is_none())
                {
                    let (governor, value) = (governor.to_owned(), value.to_lowercase());
                    field.demands.push(Demand { target: name.clone(), what: Wanted::Forbidden, governor, value });
                }
            }
            field.fields.push(child);
        }
    }
    if let Some(governor) = field.fields.iter_mut().find(|child| Some(child.name.as_str()) == discriminator)
        && governor.codes.is_empty()
        && variants.iter().all(|(value, _)| !value.is_empty())
    {
        let values = variants.iter().map(|(value, _)| value).filter(|value| !value.is_empty());
        governor.codes = values.map(|value| Code { value: value.clone(), meaning: String::new() }).collect();
    }
}

/// Adds to a field what another variant says of it: it may be as either of them allows.
fn join(field: &mut Field, other: &Field) {
    let bases = |field: &Field| field.kind.as_ref().map(|kind| kind.base.clone()).unwrap_or_default();
    let (own, more) = (bases(field), bases(other));
    if own.is_empty() {
        field.kind.clone_from(&other.kind);
    } else if !more.is_empty() && !own.split(" or ").any(|base| base == more) {
        field.kind = Some(Kind::plain(&format!("{own} or {more}")));
    }
    // Only what both of them refuse is refused.
    for bound in Bound::ALL {
        let number = |field: &Field| field.bounds.get(&bound).and_then(|bound| bound.parse::<f64>().ok());
        match (number(field), number(other), other.bounds.get(&bound)) {
            (Some(own), Some(more), Some(text)) if (more < own) == bound.is_lower() => {
                field.bounds.insert(bound, text.clone());
            }
            (Some(_), Some(_), _) => {}
            _ => drop(field.bounds.remove(&bound)),
        }
    }
    field.unique &= other.unique;
    let new = other.codes.iter().filter(|code| !field.codes.iter().any(|known| known.value == code.value));
    field.codes.extend(new.cloned().collect::<Vec<_>>());
    if field.default != other.default {
        field.default = None;
    }
    for known in field.fields.iter_mut().filter(|known| !other.fields.iter().any(|new| new.name == known.name)) {
        known.required = Some(false);
    }
    for new in &other.fields {
        match field.fields.iter_mut().find(|known| known.name == new.name) {
            Some(known) => {
                join(known, new);
                known.required = Some(known.required == Some(true) && new.required == Some(true));
            }
            None => field.fields.push(Field { required: Some(false), ..new.clone() }),
        }
    }
    match (&mut field.items, &other.items) {
        (Some(items), Some(more)) => join(items, more),
        (None, Some(more)) => field.items = Some(more.clone()),
        _ => {}
    }
    field.is_collapsed |= other.is_collapsed;
}

/// Adds to a field of a base what the variants together say of it in more detail.
fn refine(field: &mut Field, detail: &Field) {
    field.kind = field.kind.take().or_else(|| detail.kind.clone());
    if field.codes.is_empty() {
        field.codes.clone_from(&detail.codes);
    }
    for new in &detail.fields {
        match field.fields.iter_mut().find(|known| known.name == new.name) {
            Some(known) => refine(known, new),
            None => field.fields.push(new.clone()),
        }
    }
    match (&mut field.items, &detail.items) {
        (Some(items), Some(detail)) => refine(items, detail),
        (None, Some(detail)) => field.items = Some(detail.clone()),
        _ => {}
    }
}
