//! What was measured, by the names that the programs of `benches/` file it under.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// What was measured of one thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Measurement {
    Samples(Vec<f64>),
    /// Why there is nothing.
    Absent(String),
}

/// Everything that was measured.
#[derive(Debug, Default)]
pub struct Measurements(BTreeMap<String, Measurement>);

impl Measurements {
    /// Takes what a program printed: an object of lists of numbers, or of texts where something could not be measured.
    pub fn read(&mut self, json: &str) -> Result<(), String> {
        let printed: BTreeMap<String, Value> =
            serde_json::from_str(json).map_err(|error| format!("what was printed is no object: {error}"))?;
        for (name, value) in printed {
            let measurement = match value {
                Value::String(reason) => Measurement::Absent(reason),
                value => Measurement::Samples(numbers(&value).ok_or(format!("{name} is no list of numbers: {value}"))?),
            };
            self.0.insert(name, measurement);
        }
        Ok(())
    }

    /// Takes what criterion left in its folder: `group/function/new/sample.json`.
    pub fn read_criterion(&mut self, folder: &Path) -> Result<(), String> {
        for group in folders(folder)? {
            for function in folders(&folder.join(&group))? {
                let path = folder.join(&group).join(&function).join("new/sample.json");
                let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let samples = sample(&text).ok_or(format!("{} is no sample of criterion", path.display()))?;
                self.0.insert(format!("{group}/{function}"), Measurement::Samples(samples));
            }
        }
        Ok(())
    }

    /// Hands out what was measured under a name.
    pub fn take(&mut self, name: &str) -> Option<Measurement> {
        self.0.remove(name)
    }

    /// The names under which something is left.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

fn folders(path: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let folders = entries.filter_map(Result::ok).filter(|entry| entry.path().is_dir());
    Ok(folders.filter_map(|entry| entry.file_name().into_string().ok()).collect())
}

fn numbers(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(Value::as_f64).collect()
}

/// The values of a sample: criterion keeps how often each was tried, and the sum.
fn sample(text: &str) -> Option<Vec<f64>> {
    let sample: Value = serde_json::from_str(text).ok()?;
    let (times, sums) = (numbers(&sample["iters"])?, numbers(&sample["times"])?);
    (times.len() == sums.len()).then(|| times.iter().zip(&sums).map(|(times, sum)| sum / times).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn criterion_keeps_sums() {
        let text = r#"{"sampling_mode":"Flat","iters":[10.0,10.0],"times":[10.5,11.0]}"#;
        assert_eq!(sample(text), Some(vec![1.05, 1.1]));
        assert_eq!(sample(r#"{"iters":[10.0],"times":[]}"#), None);
        assert_eq!(sample("{}"), None);
    }

    #[test]
    fn programs_print_numbers_or_a_reason() {
        let mut measurements = Measurements::default();
        measurements.read(r#"{"a": [1, 2.5], "b": "valgrind is not installed"}"#).unwrap();
        assert_eq!(measurements.take("a"), Some(Measurement::Samples(vec![1.0, 2.5])));
        assert_eq!(measurements.take("b"), Some(Measurement::Absent("valgrind is not installed".to_owned())));
        assert_eq!(measurements.take("c"), None);
        assert_eq!(measurements.read(r#"{"a": 1}"#), Err("a is no list of numbers: 1".to_owned()));
        assert!(measurements.read("thread 'main' panicked").is_err());
    }
}
