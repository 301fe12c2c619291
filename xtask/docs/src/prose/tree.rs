//! What descriptions say, all through a body.

use std::collections::HashSet;

use super::enrich;
use crate::field::Field;

/// Adds to a value and to all that it holds what their descriptions say.
pub fn enrich_tree(field: &mut Field) {
    let demands = enrich(field, &HashSet::new());
    debug_assert!(demands.is_empty(), "a field without siblings governs nothing");
    descend(field);
}

fn descend(field: &mut Field) {
    let siblings: HashSet<String> = field.fields.iter().map(|child| child.name.clone()).collect();
    for child in &mut field.fields {
        let demands = enrich(child, &siblings);
        field.demands.extend(demands);
        descend(child);
    }
    field.demands.sort();
    field.demands.dedup();
    if let Some(items) = &mut field.items {
        // Exporters repeat the description of a list at its items, where it means nothing.
        if items.description == field.description {
            items.description.clear();
        }
        let demands = enrich(items, &HashSet::new());
        debug_assert!(demands.is_empty(), "an item has no siblings");
        descend(items);
    }
}
