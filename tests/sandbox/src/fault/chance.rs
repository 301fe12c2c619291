use std::collections::HashMap;

use crate::fault::Fault;
use crate::random::{digest, mixed};
use crate::received::Received;

/// Faults by lot, the same lots for the same seed.
pub(crate) struct Chance {
    seed: u64,
    probability: f64,
    faults: Vec<Fault>,
    /// How many requests of a likeness there were.
    seen: HashMap<u64, u64>,
}

impl Chance {
    /// # Panics
    ///
    /// When the probabilities are no share of 1.
    pub(crate) fn new(seed: u64, probability: f64, faults: Vec<Fault>) -> Self {
        // A share such as 20 times 0.05 may be a little more than 1 in floating point.
        let together = probability * faults.len() as f64;
        let is_share = probability >= 0.0 && together <= 1.0 + 1e-9;
        assert!(is_share, "{} faults of probability {probability} are {together} together, not 0 to 1", faults.len());
        Self { seed, probability, faults, seen: HashMap::new() }
    }

    /// The lots of the other faults change.
    pub(crate) fn remove(&mut self, fault: &Fault) {
        self.faults.retain(|other| other != fault);
    }

    pub(crate) fn draw(&mut self, request: &Received) -> Option<Fault> {
        let likeness = digest(self.seed, request.likeness().as_bytes());
        let seen = self.seen.entry(likeness).or_default();
        *seen += 1;
        // The upper 53 bits are what a float of 0 to 1 can hold.
        let lot = (mixed(likeness ^ mixed(*seen)) >> 11) as f64 / (1_u64 << 53) as f64;
        let place = lot / self.probability;
        self.faults.iter().enumerate().find(|(index, _)| place < (index + 1) as f64).map(|(_, fault)| fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;
    use crate::fault::Fault;
    use crate::received::Received;

    fn lots(seed: u64, probability: f64, faults: &[Fault]) -> Vec<Option<Fault>> {
        let mut chance = Chance::new(seed, probability, faults.to_vec());
        let request = |number| Received::of("POST", "/x", format!("{{\"name\":\"{}\"}}", number % 1000).into_bytes());
        (0..20_000).map(|number| chance.draw(&request(number))).collect()
    }

    #[test]
    fn every_fault_strikes_as_often_as_it_should() {
        let faults = [Fault::CutBody, Fault::HalveBody, Fault::NoContentType];
        let lots = lots(7, 0.05, &faults);
        for fault in &faults {
            let struck = lots.iter().filter(|lot| lot.as_ref() == Some(fault)).count();
            assert!((900..=1100).contains(&struck), "{fault:?}: {struck} of 20000");
        }
    }

    #[test]
    fn a_seed_replays_and_another_one_differs() {
        let faults = [Fault::CutBody, Fault::HalveBody];
        assert_eq!(lots(7, 0.05, &faults), lots(7, 0.05, &faults));
        assert_ne!(lots(7, 0.05, &faults), lots(8, 0.05, &faults));
        assert!(lots(7, 0.0, &faults).iter().all(Option::is_none));
        assert!(lots(7, 0.5, &faults).iter().all(Option::is_some));
    }

    #[test]
    #[should_panic(expected = "2 faults of probability 0.6 are 1.2 together, not 0 to 1")]
    fn more_than_everything_is_refused() {
        Chance::new(7, 0.6, vec![Fault::CutBody, Fault::HalveBody]);
    }
}
