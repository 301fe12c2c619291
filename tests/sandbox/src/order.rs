use std::fmt;
use std::str::FromStr;

use crate::random::digest;

/// The order in which a controller lists rows if the caller does not sort them.
///
/// No vendor documents one. A client that works in every order here does not depend on the order of one controller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Oldest first.
    #[default]
    Created,
    /// Newest first.
    Reversed,
    /// An arbitrary order that stays the same between pages. A new row takes a place anywhere in the list.
    Shuffled {
        /// The same seed orders the same ids in the same way.
        seed: u64,
    },
}

impl Order {
    /// Brings rows that are oldest first into this order. `id` returns what identifies a row.
    pub(crate) fn arrange<T>(self, rows: &mut [T], id: impl Fn(&T) -> &str) {
        match self {
            Self::Created => {}
            Self::Reversed => rows.reverse(),
            Self::Shuffled { seed } => rows.sort_by_cached_key(|row| digest(seed, id(row).as_bytes())),
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created => f.write_str("created"),
            Self::Reversed => f.write_str("reversed"),
            Self::Shuffled { seed } => write!(f, "shuffled:{seed}"),
        }
    }
}

impl FromStr for Order {
    type Err = String;

    /// Reads `created`, `reversed`, `shuffled` or `shuffled:SEED`; without a seed it is 0.
    fn from_str(text: &str) -> Result<Self, String> {
        let shuffled = |seed: &str| seed.parse().ok().map(|seed| Self::Shuffled { seed });
        let order = match text {
            "created" => Some(Self::Created),
            "reversed" => Some(Self::Reversed),
            "shuffled" => Some(Self::Shuffled { seed: 0 }),
            _ => text.strip_prefix("shuffled:").and_then(shuffled),
        };
        order.ok_or_else(|| "the order is none of created, reversed, shuffled and shuffled:SEED".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    fn arranged(order: Order, rows: &str) -> String {
        let mut rows: Vec<String> = rows.chars().map(String::from).collect();
        order.arrange(&mut rows, |row| row);
        rows.concat()
    }

    #[test]
    fn orders_the_same_rows_in_the_same_way() {
        assert_eq!(arranged(Order::Created, "abcdef"), "abcdef");
        assert_eq!(arranged(Order::Reversed, "abcdef"), "fedcba");
        let shuffled = arranged(Order::Shuffled { seed: 1 }, "abcdefgh");
        assert_eq!(arranged(Order::Shuffled { seed: 1 }, "hgfedcba"), shuffled);
        assert_ne!(arranged(Order::Shuffled { seed: 2 }, "abcdefgh"), shuffled);
        assert_ne!(shuffled, "abcdefgh");
    }

    #[test]
    fn reads_what_it_writes() {
        for text in ["created", "reversed", "shuffled:0", "shuffled:18446744073709551615"] {
            assert_eq!(text.parse::<Order>().map(|order| order.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("shuffled".parse(), Ok(Order::Shuffled { seed: 0 }));
        for wrong in
            ["", "Created", "shuffled:", "shuffled:-1", "shuffled:x", "shuffled:18446744073709551616", "random"]
        {
            assert!(wrong.parse::<Order>().is_err(), "{wrong}");
        }
    }
}
