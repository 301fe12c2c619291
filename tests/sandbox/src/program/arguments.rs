use std::collections::BTreeMap;
use std::ffi::OsString;

use hotspot_vouchers_sandbox::Identity;

/// Options with a value, beside one for each identity.
const VALUES: [&str; 10] = [
    "omada-port",
    "unifi-port",
    "unifi-cloud-port",
    "control",
    "tls",
    "env",
    "order",
    "fault-probability",
    "fault-seed",
    "faults",
];

const FLAGS: [&str; 1] = ["log"];

/// The options that are given, by their names without the hyphens; a flag has an empty value.
#[derive(Default)]
pub struct Arguments(BTreeMap<String, String>);

/// What the arguments come to, before their values are looked at.
pub enum Wanted {
    Run(Arguments),
    Help,
    Version,
}

impl Arguments {
    /// Reads `--name value` and `--name=value`; the first mistake ends it.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Wanted, String> {
        let mut arguments = arguments.into_iter().map(|argument| argument.into_string());
        let mut given = Self::default();
        while let Some(argument) = arguments.next() {
            let argument = argument.map_err(|_| "an argument is not UTF-8".to_owned())?;
            match argument.as_str() {
                "-h" | "--help" => return Ok(Wanted::Help),
                "-V" | "--version" => return Ok(Wanted::Version),
                _ => {}
            }
            let (option, value) = match argument.split_once('=') {
                Some((option, value)) => (option, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let name = option.strip_prefix("--").filter(|name| is_flag(name) || has_value(name));
            let name = name.ok_or_else(|| format!("{option} is no option; --help lists them"))?;
            let value = match (is_flag(name), value) {
                (true, None) => String::new(),
                (true, Some(_)) => return Err(format!("{option} takes no value")),
                (false, Some(value)) => value,
                (false, None) => {
                    let value =
                        arguments.next().transpose().map_err(|_| format!("the value of {option} is not UTF-8"))?;
                    value.filter(|value| !value.starts_with("--")).unwrap_or_default()
                }
            };
            if !is_flag(name) && value.is_empty() {
                return Err(format!("{option} needs a value"));
            }
            if given.0.insert(name.to_owned(), value).is_some() {
                return Err(format!("{option} is given twice"));
            }
        }
        Ok(Wanted::Run(given))
    }

    /// Whether a flag is given.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A value that is read by its type; `expected` says what it must be.
    pub fn parsed<V: std::str::FromStr>(&self, name: &str, expected: &str) -> Result<Option<V>, String> {
        let parse = |value: &str| value.parse().map_err(|_| format!("--{name} {value} is not {expected}"));
        self.value(name).map(parse).transpose()
    }
}

fn is_flag(name: &str) -> bool {
    FLAGS.contains(&name)
}

fn has_value(name: &str) -> bool {
    VALUES.contains(&name) || Identity::ALL.iter().any(|identity| identity.name() == name)
}
