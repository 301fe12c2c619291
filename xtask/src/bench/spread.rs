//! The middle of what was measured, and how far it is spread.

/// The median and the quartiles around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub median: f64,
    pub lower_quartile: f64,
    pub upper_quartile: f64,
}

impl Spread {
    /// Of any numbers, in any order; nothing where there are none, or where one is no number.
    pub fn of(samples: &[f64]) -> Option<Self> {
        if samples.is_empty() || samples.iter().any(|sample| !sample.is_finite()) {
            return None;
        }
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        Some(Self {
            median: quantile(&sorted, 0.5),
            lower_quartile: quantile(&sorted, 0.25),
            upper_quartile: quantile(&sorted, 0.75),
        })
    }

    /// The range between the quartiles, in which half of what was measured lies.
    pub fn range(&self) -> f64 {
        self.upper_quartile - self.lower_quartile
    }
}

/// What so much of the sorted numbers is below, between the two that are nearest.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(samples: &[f64], expected: [f64; 3]) {
        let [lower_quartile, median, upper_quartile] = expected;
        assert_eq!(Spread::of(samples), Some(Spread { median, lower_quartile, upper_quartile }), "{samples:?}");
    }

    #[test]
    fn quartiles_lie_between_what_was_measured() {
        check(&[3.0], [3.0, 3.0, 3.0]);
        check(&[2.0, 1.0], [1.25, 1.5, 1.75]);
        check(&[5.0, 1.0, 4.0, 2.0, 3.0], [2.0, 3.0, 4.0]);
        check(&[4.0, 1.0, 2.0, 3.0], [1.75, 2.5, 3.25]);
    }

    #[test]
    fn one_stray_value_moves_nothing() {
        check(&[1.0, 1.0, 1.0, 1.0, 1000.0], [1.0, 1.0, 1.0]);
    }

    #[test]
    fn nothing_measured_has_no_middle() {
        assert_eq!(Spread::of(&[]), None);
        assert_eq!(Spread::of(&[1.0, f64::NAN]), None);
    }
}
