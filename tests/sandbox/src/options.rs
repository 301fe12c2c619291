use std::str::FromStr;

use hotspot_vouchers_sandbox::{Fault, SandboxBuilder};

const USAGE: &str = "\
usage: hotspot-vouchers-sandbox [OPTIONS]

  --omada-port N          the port of the Omada controller; a free one without it
  --unifi-port N          the port of the UniFi console
  --unifi-cloud-port N    the port of the cloud before the console

  --tls FILE              serve HTTPS, and write the certificate of the authority that a client must trust to FILE

  --fault-probability P   strike requests by lot; every fault has this probability, such as 0.01
  --fault-seed N          the seed of the lots, which makes a run repeat itself; 0 without it
  --faults NAMES          which faults there are, with commas between them; all of them without it

  --help                  print this

faults: ";

/// Lines of the help are not longer than this.
const LINE_LETTERS: usize = 100;

/// What the arguments ask for.
#[derive(Debug, Default)]
pub struct Options {
    pub builder: SandboxBuilder,
    pub authority_path: Option<String>,
    pub chance: Option<Chance>,
}

/// Which faults strike how often.
#[derive(Debug)]
pub struct Chance {
    pub seed: u64,
    pub probability: f64,
    pub faults: Vec<Fault>,
}

impl Options {
    /// The arguments come in pairs, a name and a value each.
    pub fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let (mut probability, mut seed, mut faults) = (None, None, None);
        for pair in arguments.chunks(2) {
            let [name, value] = pair else {
                return Err(format!("{} has no value, or is no option", pair.concat()));
            };
            let builder = options.builder.clone();
            match name.as_str() {
                "--omada-port" => options.builder = builder.omada_port(read(name, value)?),
                "--unifi-port" => options.builder = builder.unifi_port(read(name, value)?),
                "--unifi-cloud-port" => options.builder = builder.unifi_cloud_port(read(name, value)?),
                "--tls" => {
                    options.builder = builder.tls();
                    options.authority_path = Some(value.clone());
                }
                "--fault-probability" => probability = Some(read(name, value)?),
                "--fault-seed" => seed = Some(read(name, value)?),
                "--faults" => faults = Some(named(value)?),
                _ => return Err(format!("{name} is no option")),
            }
        }
        options.chance = match (probability, seed, faults) {
            (None, None, None) => None,
            (None, ..) => return Err("--fault-probability is missing: without it nothing is struck".to_owned()),
            (Some(probability), seed, faults) => Some(Chance::new(probability, seed.unwrap_or(0), faults)?),
        };
        Ok(options)
    }
}

impl Chance {
    fn new(probability: f64, seed: u64, faults: Option<Vec<Fault>>) -> Result<Self, String> {
        let faults = faults.unwrap_or_else(|| Fault::gallery().into_iter().map(|(_, fault)| fault).collect());
        let most = 1.0 / faults.len() as f64;
        if (0.0..=most).contains(&probability) {
            Ok(Self { seed, probability, faults })
        } else {
            let count = faults.len();
            Err(format!(
                "--fault-probability {probability} is not within 0 to {most:.4}, a share for each of {count} faults"
            ))
        }
    }
}

/// All that the program understands.
pub fn help() -> String {
    let mut lines = vec![USAGE.lines().last().unwrap_or_default().to_owned()];
    for (name, _) in Fault::gallery() {
        if lines.last().is_some_and(|line| line.len() + name.len() > LINE_LETTERS) {
            lines.push("  ".to_owned());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(name);
            line.push(' ');
        }
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    format!("{}{}", USAGE.trim_end_matches("faults: "), lines.join("\n"))
}

fn read<V: FromStr>(name: &str, value: &str) -> Result<V, String> {
    value.parse().map_err(|_| format!("{name} {value} cannot be read as a number that fits"))
}

fn named(names: &str) -> Result<Vec<Fault>, String> {
    let gallery = Fault::gallery();
    let find = |name: &str| gallery.iter().find(|(known, _)| *known == name).map(|(_, fault)| fault.clone());
    names.split(',').map(|name| find(name.trim()).ok_or_else(|| format!("--faults {name} names no fault"))).collect()
}
