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
    let groups = books.values().filter_map(|issued| issued.group.as_ref().map(|group| group.id.clone()));
    let vouchers = books.values().flat_map(|issued| issued.vouchers.iter().map(|voucher| voucher.id.clone()));
    let issued: BTreeSet<String> = groups.chain(vouchers).collect();
    let known: BTreeSet<String> = stage.books().iter().flat_map(readable).collect();
    let mut may_be_gone = BTreeSet::new();
    let mut names = BTreeSet::new();
    for told in told {
        match &told.deed {
            Deed::Create { name, key } => {
                let name = key.as_ref().map_or_else(|| name.clone(), |key| format!("{} {name}", key.marker()));
                let issued = books.get(&name);
                match told.word {
                    Word::Done => assert_eq!(Some(&told.answer.rows), issued.map(rows).as_ref(), "{told:?}"),
                    Word::NotDone => assert!(issued.is_none(), "it was created: {told:?}"),
                    Word::Unclear => {}
                }
                names.insert(name);
            }
            Deed::Delete(ids) => {
                // A page that never ends is made of rows that no book has.
                let mut real = ids.iter().filter(|id| issued.contains(*id));
                // Each is deleted once at the most, by the till that has it.
                let count = i64::try_from(real.clone().count()).expect("a few");
                assert!(told.answer.deleted.is_none_or(|told| told == count), "{count} were there: {told:?}");
                match told.word {
                    Word::Done => assert!(!real.any(|id| existing.contains(id)), "not gone: {told:?}"),
                    Word::NotDone => assert!(real.all(|id| existing.contains(id)), "it is gone: {told:?}"),
                    Word::Unclear => {}
                }
                may_be_gone.extend(ids.iter().filter(|_| told.word != Word::NotDone).cloned());
            }
            // Who is told that rows moved, or nothing but a failure, is told of no row that it is all.
            Deed::Read(_) if told.answer.has_notice || told.word != Word::Done => {}
            Deed::Read(ids) => {
                let rows = &told.answer.rows;
                let invented = rows.iter().find(|row| !row.is_empty() && !known.contains(*row));
                assert!(invented.is_none(), "nobody issued {invented:?}: {told:?}");
                let is_told: BTreeSet<&str> = rows.iter().filter_map(|row| row.split(' ').next()).collect();
                let missing = ids.iter().find(|id| issued.contains(*id) && !is_told.contains(id.as_str()));
                assert!(missing.is_none(), "{missing:?} is there: {told:?}");
            }
        }
    }
    let (_, untouched) = stage.books().into_iter().partition::<Vec<_>, _>(|issued| issued.name.contains("till "));
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
    for issued in stage.books().into_iter().filter(|issued| issued.name.contains("till ")) {
        assert!(books.insert(issued.name.clone(), issued.clone()).is_none(), "created twice: {}", issued.name);
    }
    books
}

/// What a create answers: the group, or the vouchers where there is none.
fn rows(issued: &Issued) -> Vec<String> {
    match &issued.group {
        Some(group) => vec![group.id.clone()],
        None => issued.vouchers.iter().map(|voucher| format!("{} {}", voucher.id, voucher.code)).collect(),
    }
}

/// Every row in which it can be read: the group, and each code behind its voucher's id and behind its group's.
fn readable(issued: &Issued) -> Vec<String> {
    let group = issued.group.as_ref().map(|group| group.id.clone());
    let vouchers = issued.vouchers.iter().flat_map(|voucher| {
        [Some(&voucher.id), group.as_ref()].into_iter().flatten().map(|id| format!("{id} {}", voucher.code))
    });
    vouchers.chain(group.clone()).collect()
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
    let full_name = key.as_ref().map_or_else(|| name.clone(), |key| format!("{} {name}", key.marker()));
    let found = all(site.vouchers(Voucher::NAME.eq(&full_name))).await;
    let found: Vec<_> = found.iter().map(|voucher| format!("{} {}", voucher.id, voucher.code)).collect();
    assert_eq!(found, books.get(&full_name).map(rows).unwrap_or_default(), "{told:?}");
    if let Some(key) = key {
        let order = vouchers(name);
        match site.create_vouchers_once(&order, key).await {
            Ok(sold) => {
                let sold = sold.iter().map(|voucher| format!("{} {}", voucher.id, voucher.code));
                assert!(found.is_empty() || sold.eq(found), "{told:?}");
            }
            // Fewer than were ordered stay fewer.
            Err(error) => {
                assert!(error.is_unclear() && !found.is_empty(), "{error} after {told:?}");
                assert!(
                    i64::try_from(found.len()).expect("a few") < i64::from(order.count.unwrap_or(1)),
                    "{error} after {told:?}"
                );
            }
        }
    }
}
