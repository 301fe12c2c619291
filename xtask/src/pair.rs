//! Which of the old things is which of the new ones.

/// Something that has a name among its siblings.
pub trait Named {
    /// The name.
    fn name(&self) -> &str;

    /// Whether the other is the same thing under another name.
    fn is_renamed(&self, _new: &Self) -> bool {
        false
    }
}

/// An old thing and what became of it, or a new thing.
#[derive(Debug, PartialEq, Eq)]
pub enum Pair<'a, T> {
    Kept(&'a T, &'a T),
    Renamed(&'a T, &'a T),
    Removed(&'a T),
    Added(&'a T),
}

/// Pairs the things by name, and what is left by what it is. The old order comes first, then the new things in theirs.
pub fn pairs<'a, T: Named>(old: &'a [T], new: &'a [T]) -> Vec<Pair<'a, T>> {
    let named = |things: &'a [T], name: &str| things.iter().find(|thing| thing.name() == name);
    let mut added: Vec<&T> = new.iter().filter(|thing| named(old, thing.name()).is_none()).collect();
    let mut pairs = Vec::new();
    for thing in old {
        if let Some(kept) = named(new, thing.name()) {
            pairs.push(Pair::Kept(thing, kept));
        } else if let Some(place) = added.iter().position(|new| thing.is_renamed(new)) {
            pairs.push(Pair::Renamed(thing, added.remove(place)));
        } else {
            pairs.push(Pair::Removed(thing));
        }
    }
    pairs.extend(added.into_iter().map(Pair::Added));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Named for (&str, u8) {
        fn name(&self) -> &str {
            self.0
        }

        fn is_renamed(&self, new: &Self) -> bool {
            self.1 == new.1
        }
    }

    #[test]
    fn names_come_before_what_things_are() {
        let (old, new) = ([("a", 1), ("b", 2), ("c", 3)], [("d", 4), ("e", 2), ("a", 3)]);
        let expected = [
            Pair::Kept(&old[0], &new[2]),
            Pair::Renamed(&old[1], &new[1]),
            Pair::Removed(&old[2]),
            Pair::Added(&new[0]),
        ];
        assert_eq!(pairs(&old, &new), expected);
    }
}
