//! The table of everything that was measured.

use std::fmt;

use serde_json::{Value, json};

use super::machine::Machine;
use super::measurements::{Measurement, Measurements};
use super::spread::Spread;
use super::targets::Target;

/// The table.
pub struct Table(Vec<Row>);

struct Row {
    target: Target,
    measurement: Measurement,
    spread: Option<Spread>,
}

impl Table {
    /// One row for each target. What has no target, and a target of which nothing was measured, are mistakes.
    pub fn new<'a>(
        targets: impl IntoIterator<Item = &'a Target>,
        mut measurements: Measurements,
    ) -> Result<Self, String> {
        let mut rows = Vec::new();
        for target in targets {
            let measurement = measurements.take(target.name).ok_or(format!("{} was not measured", target.name))?;
            let spread = match &measurement {
                Measurement::Samples(samples) => {
                    Some(Spread::of(samples).ok_or(format!("{} has no median: {samples:?}", target.name))?)
                }
                Measurement::Absent(_) => None,
            };
            rows.push(Row { target: *target, measurement, spread });
        }
        match measurements.names().next() {
            Some(name) => Err(format!("{name} was measured, and is in no row of xtask/src/bench/targets.rs")),
            None => Ok(Self(rows)),
        }
    }

    /// The record: every row with its samples.
    pub fn json(&self, machine: &Machine) -> Value {
        json!({ "machine": machine.json(), "rows": self.0.iter().map(Row::json).collect::<Vec<_>>() })
    }
}

impl Row {
    /// Whether it is as little as it should be; nothing where that is not told, or was not measured.
    fn is_met(&self) -> Option<bool> {
        Some(self.spread?.median <= self.target.at_most?)
    }

    fn cells(&self) -> [String; 6] {
        let Target { what, opponent, unit, at_most, .. } = self.target;
        let measured = match (&self.measurement, self.spread) {
            (Measurement::Absent(reason), _) => reason.clone(),
            (Measurement::Samples(_), spread) => spread.map(|spread| unit.tell(spread.median)).unwrap_or_default(),
        };
        // One sample has no spread.
        let is_many = matches!(&self.measurement, Measurement::Samples(samples) if samples.len() > 1);
        let spread = self.spread.filter(|_| is_many).map(|spread| unit.tell(spread.range()));
        let verdict = match self.is_met() {
            Some(false) => "missed",
            Some(true) => "met",
            None => "",
        };
        let at_most = at_most.map(|limit| unit.tell(limit)).unwrap_or_default();
        [what.to_owned(), at_most, measured, spread.unwrap_or_default(), opponent.to_owned(), verdict.to_owned()]
    }

    fn json(&self) -> Value {
        let (samples, absent) = match &self.measurement {
            Measurement::Samples(samples) => (samples.as_slice(), None),
            Measurement::Absent(reason) => (&[][..], Some(reason)),
        };
        json!({
            "name": self.target.name,
            "measured": self.target.what,
            "opponent": self.target.opponent,
            "unit": self.target.unit.to_string().trim(),
            "at_most": self.target.at_most,
            "median": self.spread.map(|spread| spread.median),
            "lower_quartile": self.spread.map(|spread| spread.lower_quartile),
            "upper_quartile": self.spread.map(|spread| spread.upper_quartile),
            "is_met": self.is_met(),
            "absent": absent,
            "samples": samples,
        })
    }
}

/// Markdown, to be read as it is as well.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["measured", "at most", "this run", "spread", "beside", ""].map(str::to_owned);
        let rows: Vec<[String; 6]> = std::iter::once(head).chain(self.0.iter().map(Row::cells)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; 6] = std::array::from_fn(width);
        for (number, row) in rows.iter().enumerate() {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!(" {cell:width$} "));
            writeln!(f, "|{}|", cells.collect::<Vec<_>>().join("|"))?;
            if number == 0 {
                writeln!(f, "|{}|", widths.map(|width| "-".repeat(width + 2)).join("|"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::targets::Unit;
    use super::*;

    const TARGETS: [Target; 5] = [
        Target { name: "a/met", what: "read one", opponent: "by hand", unit: Unit::Ratio, at_most: Some(1.03) },
        Target { name: "a/missed", what: "create one", opponent: "by hand", unit: Unit::Ratio, at_most: Some(1.03) },
        Target { name: "b", what: "read one", opponent: "an opponent", unit: Unit::Ratio, at_most: None },
        Target { name: "c", what: "checking", opponent: "", unit: Unit::Allocations, at_most: Some(0.0) },
        Target { name: "d", what: "instructions", opponent: "by hand", unit: Unit::Ratio, at_most: Some(1.1) },
    ];

    fn measured(more: &str) -> Measurements {
        let mut measurements = Measurements::default();
        let json = format!(
            r#"{{"a/met": [1.03, 1.0, 1.5, 1.02, 1.03], "a/missed": [1.0304, 1.1, 1.05], "b": [0.9, 1.0], "c": [0],
                "d": "valgrind is not installed"{more}}}"#
        );
        measurements.read(&json).unwrap();
        measurements
    }

    #[test]
    fn rows_that_miss_are_marked() {
        insta::assert_snapshot!("bench_table", Table::new(&TARGETS, measured("")).unwrap());
    }

    #[test]
    fn the_record_has_the_samples() {
        let machine = Machine {
            processor: "a processor".to_owned(),
            threads: 2,
            system: "a system".to_owned(),
            compiler: "rustc 1.88.0".to_owned(),
        };
        let record = Table::new(&TARGETS, measured("")).unwrap().json(&machine);
        insta::assert_snapshot!("bench_record", format!("{record:#}"));
    }

    #[test]
    fn nothing_is_left_out_unseen() {
        let unknown = Table::new(&TARGETS, measured(r#", "e": [1]"#)).err();
        assert_eq!(unknown.unwrap(), "e was measured, and is in no row of xtask/src/bench/targets.rs");
        let unmeasured = Table::new(&TARGETS, Measurements::default()).err();
        assert_eq!(unmeasured.unwrap(), "a/met was not measured");
    }
}
