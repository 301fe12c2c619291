use std::collections::VecDeque;
use std::fmt;

use crate::fault::Fault;
use crate::fault::chance::Chance;
use crate::pattern::Pattern;
use crate::received::Received;
use crate::shared::Shared;

/// What will go wrong at a controller, and what has.
///
/// A request is struck by one fault at most: the next one of the script, or else the first rule for requests like it, or else
/// what chance says. A fault that cannot strike a request, such as a wrong total one that asks for no list, is left for the
/// next one. Answers that are scripted by themselves come out of the same machinery, so that a fault can strike them too.
#[derive(Default)]
pub struct Faults {
    plan: Shared<Plan>,
    strikes: Shared<Vec<Strike>>,
}

/// A request that was struck.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Strike {
    /// [The number](Received::number) of the request.
    pub request: u64,
    /// [The operation](Received::operation) that it was.
    pub operation: String,
    /// What it was struck by.
    pub fault: Fault,
}

#[derive(Default)]
struct Plan {
    next: VecDeque<Fault>,
    rules: Vec<Rule>,
    chance: Option<Chance>,
}

struct Rule {
    pattern: Pattern,
    fault: Fault,
    times: usize,
}

impl Faults {
    /// Strikes the next request that this fault can strike, whichever it is; several are taken one per request, in the
    /// order they were given in.
    pub fn next(&self, fault: Fault) {
        self.plan.lock().next.push_back(fault);
    }

    /// Strikes so many of the requests of a kind.
    ///
    /// The pattern is a verb, a blank and a path, with `*` for anything, and is held against the
    /// [operation](Received::operation), where every id is `{id}`: `"POST *voucher-groups"`, `"DELETE *vouchers/{id}"`,
    /// `"* *token"`, `"GET /v1/connector/*"`, `"* *"`.
    ///
    /// # Panics
    ///
    /// When the pattern is not a verb and a path.
    pub fn on(&self, pattern: &str, fault: Fault, times: usize) {
        self.plan.lock().rules.push(Rule { pattern: Pattern::parse(pattern), fault, times });
    }

    /// Strikes every request of a kind, until [`Faults::clear`].
    ///
    /// # Panics
    ///
    /// When the pattern is not a verb and a path.
    pub fn always(&self, pattern: &str, fault: Fault) {
        self.on(pattern, fault, usize::MAX);
    }

    /// Strikes requests by lot: each of these faults has this probability, and no two meet in one request. A lot that falls
    /// on a fault which cannot strike the request strikes nothing. Replaces an earlier chance.
    ///
    /// A lot depends on the seed, on what the request says (verb, path, query and body, without ids and tokens) and on how
    /// many such requests came before it. The order in which different requests arrive changes nothing, so a seed replays
    /// where tasks race, as long as they send the same.
    ///
    /// # Panics
    ///
    /// When the probabilities of all faults are more than 1 together, or less than 0.
    pub fn chance(&self, seed: u64, probability: f64, faults: impl IntoIterator<Item = Fault>) {
        self.plan.lock().chance = Some(Chance::new(seed, probability, faults.into_iter().collect()));
    }

    /// Takes this fault out of everything that was planned: it strikes no request any more, neither the next one, nor
    /// requests of a kind, nor by lot.
    pub fn remove(&self, fault: &Fault) {
        let mut plan = self.plan.lock();
        plan.next.retain(|planned| planned != fault);
        plan.rules.retain(|rule| rule.fault != *fault);
        if let Some(chance) = &mut plan.chance {
            chance.remove(fault);
        }
    }

    /// What is planned for requests of a kind: the pattern, the fault, and how many requests it will still strike, or none
    /// if it strikes every one.
    pub fn planned(&self) -> Vec<(String, Fault, Option<usize>)> {
        let plan = self.plan.lock();
        let rules = plan.rules.iter().filter(|rule| rule.times > 0);
        let times = |rule: &Rule| (rule.times != usize::MAX).then_some(rule.times);
        rules.map(|rule| (rule.pattern.to_string(), rule.fault.clone(), times(rule))).collect()
    }

    /// Forgets what was to go wrong; what has gone wrong stays on record.
    pub fn clear(&self) {
        *self.plan.lock() = Plan::default();
    }

    /// Which requests were struck by what, in the order it happened.
    pub fn strikes(&self) -> Vec<Strike> {
        self.strikes.lock().clone()
    }

    /// The fault that is meant for this request.
    pub(crate) fn draw(&self, request: &Received, fits: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let mut plan = self.plan.lock();
        // The lot is drawn first, so that a script changes no lot of the requests after it.
        let lot = plan.chance.as_mut().and_then(|chance| chance.draw(request)).filter(&fits);
        if plan.next.front().is_some_and(&fits) {
            return plan.next.pop_front();
        }
        let operation = request.operation();
        let meant = |rule: &&mut Rule| rule.times > 0 && rule.pattern.fits(&operation) && fits(&rule.fault);
        if let Some(rule) = plan.rules.iter_mut().find(meant) {
            rule.times = if rule.times == usize::MAX { usize::MAX } else { rule.times - 1 };
            return Some(rule.fault.clone());
        }
        lot
    }

    pub(crate) fn record(&self, request: &Received, fault: &Fault) {
        let strike = Strike { request: request.number, operation: request.operation(), fault: fault.clone() };
        self.strikes.lock().push(strike);
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faults").field("strikes", &self.strikes.lock().len()).finish_non_exhaustive()
    }
}
