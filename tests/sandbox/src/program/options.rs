use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use hotspot_vouchers_sandbox::{Fault, Identity, Order, Sandbox, SandboxBuilder};

use crate::program::arguments::{Arguments, Wanted};

/// What the program is to do.
pub enum Command {
    Run(Box<Options>),
    Help,
    Version,
}

/// How it is to be done.
pub struct Options {
    pub builder: SandboxBuilder,
    pub authority_path: Option<PathBuf>,
    pub env_path: Option<PathBuf>,
    pub chance: Option<Chance>,
}

/// Which faults strike how often.
pub struct Chance {
    pub seed: u64,
    pub probability: f64,
    pub faults: Vec<Fault>,
}

impl Command {
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        match Arguments::read(arguments)? {
            Wanted::Help => Ok(Self::Help),
            Wanted::Version => Ok(Self::Version),
            Wanted::Run(arguments) => Options::read(&arguments).map(|options| Self::Run(Box::new(options))),
        }
    }
}

impl Options {
    fn read(arguments: &Arguments) -> Result<Self, String> {
        let path = |name| arguments.value(name).map(PathBuf::from);
        let (authority_path, env_path) = (path("tls"), path("env"));
        if let (Some(authority), Some(env)) = (&authority_path, &env_path)
            && is_same_file(authority, env)
        {
            return Err("--tls and --env name the same file".to_owned());
        }
        let mut builder = with_ports(Sandbox::builder(), arguments)?;
        for identity in Identity::ALL {
            if let Some(value) = arguments.value(identity.name()) {
                builder = builder.fixed(identity, value).map_err(|error| format!("--{error}"))?;
            }
        }
        if let Some(order) = arguments.parsed::<Order>("order", "created, reversed, shuffled or shuffled:SEED")? {
            builder = builder.order(order);
        }
        if authority_path.is_some() {
            builder = builder.tls();
        }
        if arguments.has("log") {
            // The sandbox goes on if standard error is closed.
            builder = builder.log(|request| _ = writeln!(std::io::stderr(), "{request}"));
        }
        Ok(Self { builder, authority_path, env_path, chance: Chance::read(arguments)? })
    }
}

fn with_ports(builder: SandboxBuilder, arguments: &Arguments) -> Result<SandboxBuilder, String> {
    let port = |name| arguments.parsed::<u16>(name, "a port from 0 to 65535");
    let names = ["omada-port", "unifi-port", "unifi-cloud-port", "control"];
    let mut taken: Vec<(&str, u16)> = Vec::new();
    for name in names {
        let Some(port) = port(name)?.filter(|port| *port != 0) else { continue };
        if let Some((other, _)) = taken.iter().find(|(_, other)| *other == port) {
            return Err(format!("--{other} and --{name} are the same port {port}"));
        }
        taken.push((name, port));
    }
    let builder = builder
        .omada_port(port("omada-port")?.unwrap_or(0))
        .unifi_port(port("unifi-port")?.unwrap_or(0))
        .unifi_cloud_port(port("unifi-cloud-port")?.unwrap_or(0));
    Ok(match port("control")? {
        Some(port) => builder.control_port(port),
        None => builder,
    })
}

impl Chance {
    fn read(arguments: &Arguments) -> Result<Option<Self>, String> {
        let probability: Option<f64> = arguments.parsed("fault-probability", "a number such as 0.01")?;
        let seed: Option<u64> = arguments.parsed("fault-seed", "an integer from 0 to 18446744073709551615")?;
        let faults = arguments.value("faults").map(named).transpose()?;
        let Some(probability) = probability else {
            let option = if seed.is_some() { "fault-seed" } else { "faults" };
            let is_alone = seed.is_some() || faults.is_some();
            return if is_alone { Err(format!("--{option} needs --fault-probability beside it")) } else { Ok(None) };
        };
        let faults = faults.unwrap_or_else(|| Fault::gallery().into_iter().map(|(_, fault)| fault).collect());
        let most = 1.0 / faults.len() as f64;
        if (0.0..=most).contains(&probability) {
            Ok(Some(Self { seed: seed.unwrap_or(0), probability, faults }))
        } else {
            let count = faults.len();
            Err(format!(
                "--fault-probability {probability} is not within 0 to {most:.4}, a share for each of {count} faults"
            ))
        }
    }
}

fn named(names: &str) -> Result<Vec<Fault>, String> {
    let mut faults: Vec<Fault> = Vec::new();
    for name in names.split(',').map(str::trim) {
        let fault = Fault::named(name).ok_or_else(|| format!("--faults {name} names no fault; --help lists them"))?;
        if faults.contains(&fault) {
            return Err(format!("--faults names {name} twice"));
        }
        faults.push(fault);
    }
    Ok(faults)
}

/// Whether two paths lead to one file, whether it exists or not.
fn is_same_file(one: &Path, other: &Path) -> bool {
    let full = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.into());
    full(one) == full(other)
}
