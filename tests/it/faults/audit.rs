//! Holds what tills were told against the books.

use std::collections::{BTreeMap, BTreeSet};

use hotspot_vouchers::unifi::Voucher;
use hotspot_vouchers_sandbox::Issued;

use super::stage::Stage;
use super::till::{Deed, Told, Word, all};
use crate::support::vouchers;

/// Compares voucher by voucher, and looks again for what was unclear. Nothing may fail any more meanwhile.
pub async fn audit(stage: &Stage, told: &[Told]) {
    let books = by_name(stage);
    let existing: BTreeSet<String> = stage.existing().into_iter().collect();
    let codes: BTreeMap<String, String> = books
        .values()
        .flat_map(|issued| &issued.vouchers)
        .map(|voucher| (voucher.id.clone(), voucher.code.clone()))
        .collect();
    let groups = books.values().filter_map(|issued| issued.group.as_ref().map(|group| group.id.clone()));
    let issued: BTreeSet<String> = groups.chain(codes.keys().cloned()).collect();
    let mut may_be_gone = BTreeSet::new();
    let mut names = BTreeSet::new();
    for told in told {
        match &told.deed {
            Deed::Create { name, key } => {
                let name = key.as_ref().map_or_else(|| name.clone(), |key| format!("{name} #{key}"));
                let issued = books.get(&name);
                match told.word {
                    Word::Done => assert_eq!(Some(&told.rows), issued.map(rows).as_ref(), "{told:?}"),
                    Word::NotDone => assert!(issued.is_none(), "it was created: {told:?}"),
                    Word::Unclear => {}
                }
                names.insert(name);
            }
            Deed::Delete(ids) => {
                // A page that never ends is made of rows that no book has.
                let mut real = ids.iter().filter(|id| issued.contains(*id));
                match told.word {
                    Word::Done => assert!(!real.any(|id| existing.contains(id)), "not gone: {told:?}"),
                    Word::NotDone => assert!(real.all(|id| existing.contains(id)), "it is gone: {told:?}"),
                    Word::Unclear => {}
                }
                may_be_gone.extend(ids.iter().filter(|_| told.word != Word::NotDone).cloned());
            }
            Deed::Read => {
                for (id, code) in &told.rows {
                    let of_group = books.values().find(|issued| issued.group.as_ref().is_some_and(|it| it.id == *id));
                    let known = match of_group {
                        Some(issued) => issued.vouchers.iter().any(|voucher| voucher.code == *code),
                        None => codes.get(id) == Some(code),
                    };
                    assert!(known, "nobody issued {code}: {told:?}");
                }
            }
        }
    }
    let (_, untouched) = stage.books().into_iter().partition::<Vec<_>, _>(|issued| issued.name.starts_with("till "));
    assert!(untouched.iter().flat_map(|issued| &issued.vouchers).all(|voucher| voucher.exists));
    for (name, issued) in &books {
        assert!(names.contains(name), "nobody asked for {name}");
        let group = issued.group.as_ref();
        let group_may_be_gone = group.is_some_and(|group| may_be_gone.contains(&group.id));
        for (id, exists) in issued.vouchers.iter().map(|voucher| (&voucher.id, voucher.exists)) {
            assert!(exists || group_may_be_gone || may_be_gone.contains(id), "nobody deleted {id} of {name}");
        }
        assert!(group.is_none_or(|group| group.exists || group_may_be_gone), "nobody deleted the group {name}");
    }
    for told in told.iter().filter(|told| told.word == Word::Unclear) {
        look_again(stage, told, &books).await;
    }
    // What was looked for again was created at the most once, too.
    by_name(stage);
}

/// What tills had issued, by its name, of which each has one.
fn by_name(stage: &Stage) -> BTreeMap<String, Issued> {
    let mut books = BTreeMap::new();
    for issued in stage.books().into_iter().filter(|issued| issued.name.starts_with("till ")) {
        assert!(books.insert(issued.name.clone(), issued.clone()).is_none(), "created twice: {}", issued.name);
    }
    books
}

fn rows(issued: &Issued) -> Vec<(String, String)> {
    match &issued.group {
        Some(group) => vec![(group.id.clone(), String::new())],
        None => issued.vouchers.iter().map(|voucher| (voucher.id.clone(), voucher.code.clone())).collect(),
    }
}

/// What was unclear is found where it is in the books and nowhere else; a sale with a key is made after all.
async fn look_again(stage: &Stage, told: &Told, books: &BTreeMap<String, Issued>) {
    let Deed::Create { name, key } = &told.deed else { return };
    if told.operation.starts_with("omada") {
        let found = stage.world.omada_site().voucher_group_named(name).await.expect("the groups");
        let found = found.and_then(|group| group.id);
        assert_eq!(found.as_ref(), books.get(name).and_then(|issued| Some(&issued.group.as_ref()?.id)), "{told:?}");
        return;
    }
    let site = stage.world.unifi_site();
    let full_name = key.as_ref().map_or_else(|| name.clone(), |key| format!("{name} #{key}"));
    let found = all(site.vouchers(Voucher::NAME.eq(&full_name))).await;
    let found: Vec<_> = found.iter().map(|voucher| (voucher.id.to_string(), voucher.code.to_string())).collect();
    assert_eq!(found, books.get(&full_name).map(rows).unwrap_or_default(), "{told:?}");
    if let Some(key) = key {
        let sold = site.create_vouchers_once(&vouchers(name), key).await.expect("vouchers");
        let ids = sold.iter().map(|voucher| voucher.id.to_string());
        assert!(found.is_empty() || ids.eq(found.into_iter().map(|(id, _)| id)), "{told:?}");
    }
}
