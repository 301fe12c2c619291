//! Filters beside what they mean, worked out without the vendor's language.

use arbitrary::{Arbitrary, Result, Unstructured};
use hotspot_vouchers::unifi::{Filter, Pattern, Timestamp, Uuid, Voucher};
use serde_json::{Value, json};

/// What a voucher may have, and what filters ask for: few values, so that they meet.
#[derive(Debug, Arbitrary)]
pub struct Values {
    texts: [String; 3],
    numbers: [u32; 3],
    ids: [u128; 2],
    seconds: [u32; 3],
}

/// A voucher.
#[derive(Debug, Arbitrary)]
pub struct Row {
    id: u8,
    name: u8,
    code: u8,
    expired: bool,
    created_at: u8,
    expires_at: Option<u8>,
    guest_count: u8,
    guest_limit: Option<u8>,
}

/// What may be asked of vouchers.
#[derive(Debug, Arbitrary)]
pub enum Question {
    Id(Equality, u8),
    Name(Equality, u8),
    NameIn(bool, u8, u8),
    NameLike(Place, u8),
    Code(Equality, u8),
    CodeIn(bool, u8),
    Expired(Equality, bool),
    CreatedAt(Order, u8),
    ExpiresAt(Order, u8),
    GuestCount(Order, u8),
    GuestLimit(Order, u8),
    HasGuestLimit(bool),
    Both(Box<Question>, Box<Question>),
    Either(Box<Question>, Box<Question>),
    Not(Box<Question>),
}

#[derive(Debug, Clone, Copy, Arbitrary)]
pub enum Equality {
    Eq,
    Ne,
}

#[derive(Debug, Clone, Copy, Arbitrary)]
pub enum Order {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

#[derive(Debug, Clone, Copy, Arbitrary)]
pub enum Place {
    Start,
    End,
    Anywhere,
}

/// A property with the functions of an order.
macro_rules! ordered {
    ($property:expr, $order:expr, $value:expr) => {
        match $order {
            Order::Eq => $property.eq($value),
            Order::Ne => $property.ne($value),
            Order::Gt => $property.gt($value),
            Order::Ge => $property.ge($value),
            Order::Lt => $property.lt($value),
            Order::Le => $property.le($value),
        }
    };
}

macro_rules! equal {
    ($property:expr, $equality:expr, $value:expr) => {
        match $equality {
            Equality::Eq => $property.eq($value),
            Equality::Ne => $property.ne($value),
        }
    };
}

impl Order {
    /// What is absent compares with nothing.
    fn holds<T: PartialOrd>(self, value: Option<T>, with: T) -> bool {
        value.is_some_and(|value| match self {
            Self::Eq => value == with,
            Self::Ne => value != with,
            Self::Gt => value > with,
            Self::Ge => value >= with,
            Self::Lt => value < with,
            Self::Le => value <= with,
        })
    }
}

impl Equality {
    fn holds<T: PartialEq>(self, value: T, with: T) -> bool {
        (value == with) == matches!(self, Self::Eq)
    }
}

impl Values {
    fn text(&self, index: u8) -> &str {
        &self.texts[usize::from(index) % self.texts.len()]
    }

    fn number(&self, index: u8) -> u64 {
        self.numbers[usize::from(index) % self.numbers.len()].into()
    }

    fn id(&self, index: u8) -> Uuid {
        Uuid::from_u128(self.ids[usize::from(index) % self.ids.len()])
    }

    fn time(&self, index: u8) -> Timestamp {
        let seconds = self.seconds[usize::from(index) % self.seconds.len()];
        Timestamp::from_second(seconds.into()).expect("32 bits of seconds are a moment")
    }

    /// The voucher as a console shows it.
    pub fn shown(&self, row: &Row) -> Value {
        json!({
            "id": self.id(row.id), "name": self.text(row.name), "code": self.text(row.code), "expired": row.expired,
            "createdAt": self.time(row.created_at).to_string(),
            "expiresAt": row.expires_at.map(|index| self.time(index).to_string()),
            "authorizedGuestCount": self.number(row.guest_count),
            "authorizedGuestLimit": row.guest_limit.map(|index| self.number(index)),
        })
    }

    /// The question as a filter.
    pub fn filter(&self, question: &Question) -> Filter<Voucher> {
        match question {
            Question::Id(equality, id) => equal!(Voucher::ID, equality, self.id(*id)),
            Question::Name(equality, text) => equal!(Voucher::NAME, equality, self.text(*text)),
            Question::NameIn(true, one, other) => {
                Voucher::NAME.is_in([self.text(*one), self.text(*other)]).expect("there are texts")
            }
            Question::NameIn(false, one, other) => {
                Voucher::NAME.not_in([self.text(*one), self.text(*other)]).expect("there are texts")
            }
            Question::NameLike(place, text) => Voucher::NAME.like(match place {
                Place::Start => Pattern::starts_with(self.text(*text)),
                Place::End => Pattern::ends_with(self.text(*text)),
                Place::Anywhere => Pattern::contains(self.text(*text)),
            }),
            Question::Code(equality, text) => equal!(Voucher::CODE, equality, self.text(*text)),
            Question::CodeIn(true, text) => Voucher::CODE.is_in([self.text(*text)]).expect("there is a text"),
            Question::CodeIn(false, text) => Voucher::CODE.not_in([self.text(*text)]).expect("there is a text"),
            Question::Expired(equality, value) => equal!(Voucher::EXPIRED, equality, *value),
            Question::CreatedAt(order, time) => ordered!(Voucher::CREATED_AT, order, self.time(*time)),
            Question::ExpiresAt(order, time) => ordered!(Voucher::EXPIRES_AT, order, self.time(*time)),
            Question::GuestCount(order, number) => {
                ordered!(Voucher::AUTHORIZED_GUEST_COUNT, order, self.number(*number))
            }
            Question::GuestLimit(order, number) => {
                ordered!(Voucher::AUTHORIZED_GUEST_LIMIT, order, self.number(*number))
            }
            Question::HasGuestLimit(true) => Voucher::AUTHORIZED_GUEST_LIMIT.is_not_null(),
            Question::HasGuestLimit(false) => Voucher::AUTHORIZED_GUEST_LIMIT.is_null(),
            Question::Both(one, other) => self.filter(one).and(self.filter(other)),
            Question::Either(one, other) => self.filter(one).or(self.filter(other)),
            Question::Not(one) => !self.filter(one),
        }
    }

    /// The answer to the question.
    pub fn holds(&self, question: &Question, row: &Row) -> bool {
        let name = self.text(row.name);
        match question {
            Question::Id(equality, id) => equality.holds(self.id(row.id), self.id(*id)),
            Question::Name(equality, text) => equality.holds(name, self.text(*text)),
            Question::NameIn(wanted, one, other) => [self.text(*one), self.text(*other)].contains(&name) == *wanted,
            Question::NameLike(Place::Start, text) => name.starts_with(self.text(*text)),
            Question::NameLike(Place::End, text) => name.ends_with(self.text(*text)),
            Question::NameLike(Place::Anywhere, text) => name.contains(self.text(*text)),
            Question::Code(equality, text) => equality.holds(self.text(row.code), self.text(*text)),
            Question::CodeIn(wanted, text) => (self.text(row.code) == self.text(*text)) == *wanted,
            Question::Expired(equality, value) => equality.holds(row.expired, *value),
            Question::CreatedAt(order, time) => order.holds(Some(self.time(row.created_at)), self.time(*time)),
            Question::ExpiresAt(order, time) => {
                order.holds(row.expires_at.map(|index| self.time(index)), self.time(*time))
            }
            Question::GuestCount(order, number) => {
                order.holds(Some(self.number(row.guest_count)), self.number(*number))
            }
            Question::GuestLimit(order, number) => {
                order.holds(row.guest_limit.map(|index| self.number(index)), self.number(*number))
            }
            Question::HasGuestLimit(wanted) => row.guest_limit.is_some() == *wanted,
            Question::Both(one, other) => self.holds(one, row) && self.holds(other, row),
            Question::Either(one, other) => self.holds(one, row) || self.holds(other, row),
            Question::Not(one) => !self.holds(one, row),
        }
    }
}

impl Question {
    /// How many questions are within each other.
    pub fn depth(&self) -> usize {
        match self {
            Self::Both(one, other) | Self::Either(one, other) => 1 + one.depth().max(other.depth()),
            Self::Not(one) => 1 + one.depth(),
            _ => 1,
        }
    }
}

/// A question about a voucher.
pub fn question(bytes: &mut Unstructured<'_>) -> Result<(Values, Row, Question)> {
    Ok((Values::arbitrary(bytes)?, Row::arbitrary(bytes)?, Question::arbitrary(bytes)?))
}
