//! The machine on which it was measured.

use std::fmt;
use std::fs;
use std::process::Command;
use std::thread;

use serde_json::{Value, json};

/// What a reader has to know of the machine.
pub struct Machine {
    pub processor: String,
    pub threads: usize,
    pub system: String,
    pub compiler: String,
}

impl Machine {
    /// The machine that this runs on, as far as it tells.
    pub fn read() -> Self {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| processor(&text));
        let processor = processor.unwrap_or_else(|| "an unknown processor".to_owned());
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let version = Command::new(rustc).arg("--version").output().ok();
        let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        let compiler = version.unwrap_or_else(|| "an unknown compiler".to_owned());
        let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
        Self { processor, threads, system, compiler }
    }

    pub fn json(&self) -> Value {
        json!({
            "processor": self.processor,
            "threads": self.threads,
            "system": self.system,
            "compiler": self.compiler,
        })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} threads, {}, {}", self.processor, self.threads, self.system, self.compiler)
    }
}

fn processor(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    line.split_once(':').map(|(_, name)| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_has_a_name() {
        assert_eq!(processor("processor\t: 0\nmodel name\t: A Processor \n"), Some("A Processor".to_owned()));
        assert_eq!(processor(""), None);
    }
}
