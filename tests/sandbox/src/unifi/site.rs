use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::books::Issued;
use crate::random::codes;
use crate::unifi::call::Call;
use crate::unifi::client::Client;
use crate::unifi::voucher::Voucher;

const CODE_DIGITS: usize = 10;
const DIGITS: &[u8] = b"0123456789";

/// One site, with the vouchers and the clients that belong to it alone.
pub(crate) struct Site {
    pub(crate) id: String,
    internal_reference: String,
    name: String,
    /// Oldest first, which is the order they are listed in.
    pub(crate) vouchers: Vec<Voucher>,
    pub(crate) clients: Vec<Client>,
    taken_codes: HashSet<String>,
    /// What was ever issued here.
    books: Vec<Issued>,
}

impl Site {
    pub(crate) fn new(id: &str, internal_reference: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            internal_reference: internal_reference.to_owned(),
            name: name.to_owned(),
            vouchers: Vec::new(),
            clients: Vec::new(),
            taken_codes: HashSet::new(),
            books: Vec::new(),
        }
    }

    pub(crate) fn view(&self) -> Value {
        json!({"id": self.id, "internalReference": self.internal_reference, "name": self.name})
    }

    /// Issues vouchers of an accepted request, and shows them.
    pub(crate) fn issue(&mut self, count: usize, settings: &Map<String, Value>, call: &Call) -> Vec<Value> {
        let now = call.now;
        let codes = codes(DIGITS, CODE_DIGITS, count, &mut self.taken_codes);
        let issued: Vec<Voucher> = codes.into_iter().map(|code| Voucher::new(code, settings.clone(), now)).collect();
        let shown = issued.iter().map(|voucher| voucher.view(now)).collect();
        self.book(Some(call.request.number), now, &issued);
        self.vouchers.extend(issued);
        shown
    }

    /// Takes in a voucher that came from elsewhere, perhaps with a code of its own, and returns its
    /// id.
    pub(crate) fn adopt(&mut self, code: Option<String>, settings: Map<String, Value>, now: i64) -> String {
        let code = code.unwrap_or_else(|| codes(DIGITS, CODE_DIGITS, 1, &mut self.taken_codes).concat());
        self.taken_codes.insert(code.clone());
        let voucher = Voucher::new(code, settings, now);
        let id = voucher.id.clone();
        self.book(None, now, std::slice::from_ref(&voucher));
        self.vouchers.push(voucher);
        id
    }

    /// What was ever issued here, and what of it is left.
    pub(crate) fn books(&self) -> Vec<Issued> {
        let left = self.vouchers.iter().map(|voucher| voucher.id.as_str()).collect();
        self.books.iter().map(|issued| issued.as_of_now(&HashSet::new(), &left)).collect()
    }

    fn book(&mut self, request: Option<u64>, now: i64, vouchers: &[Voucher]) {
        let name = vouchers.first().map(Voucher::name).unwrap_or_default();
        let vouchers = vouchers.iter().map(|voucher| (voucher.id.as_str(), voucher.code.as_str()));
        self.books.push(Issued::new(request, now, name, vouchers));
    }
}
