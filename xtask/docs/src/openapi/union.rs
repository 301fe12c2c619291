//! The variants of a polymorphic schema as one field.

use std::collections::BTreeSet;

use crate::field::{Code, Demand, Field, Kind, Wanted};

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
        let Some(mut child) = found.first().cloned() else { continue };
        found.iter().skip(1).for_each(|other| absorb(&mut child, other));
        let is_required = found.len() == variants.len() && found.iter().all(|child| child.required == Some(true));
        child.required = Some(is_required);
        let known = field.fields.iter().position(|known| known.name == *name);
        if known.is_none() {
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
    {
        let values = variants.iter().map(|(value, _)| value).filter(|value| !value.is_empty());
        governor.codes = values.map(|value| Code { value: value.clone(), meaning: String::new() }).collect();
    }
}

/// Adds to a field what another variant has at its place.
fn absorb(field: &mut Field, other: &Field) {
    // A variant that lists no values allows all.
    if field.codes.is_empty() || other.codes.is_empty() {
        field.codes.clear();
    } else {
        let new = other.codes.iter().filter(|code| !field.codes.iter().any(|known| known.value == code.value));
        let new: Vec<Code> = new.cloned().collect();
        field.codes.extend(new);
    }
    for child in &mut field.fields {
        match other.fields.iter().find(|same| same.name == child.name) {
            Some(same) => {
                child.required = Some(child.required == Some(true) && same.required == Some(true));
                absorb(child, same);
            }
            None => child.required = Some(false),
        }
    }
    for child in &other.fields {
        if !field.fields.iter().any(|known| known.name == child.name) {
            field.fields.push(Field { required: Some(false), ..child.clone() });
        }
    }
    field.is_collapsed &= other.is_collapsed;
    match (&mut field.items, &other.items) {
        (Some(items), Some(other)) => absorb(items, other),
        (None, Some(other)) => field.items = Some(other.clone()),
        _ => {}
    }
}
