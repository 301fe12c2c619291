//! Counts the instructions of calls, with callgrind. It prints JSON, as `cargo xtask bench` reads it.

use std::error::Error;
use std::io::ErrorKind;
use std::process::{Command, Stdio};

use hotspot_vouchers_bench::by_hand::ByHand;
use hotspot_vouchers_bench::case::{Case, Side};
use hotspot_vouchers_bench::from_slice::FromSlice;
use hotspot_vouchers_bench::ours::Ours;
use hotspot_vouchers_bench::raw::Raw;
use serde_json::{Map, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut told = Map::new();
    let is_absent = is_absent()?;
    for case in Case::ALL {
        let opponents = [(ByHand::NAME, ByHand::CASES), (Raw::NAME, Raw::CASES), (FromSlice::NAME, FromSlice::CASES)];
        let ours = if is_absent { 0.0 } else { count(Ours::NAME, case)? };
        for (opponent, cases) in opponents {
            if cases.contains(&case) {
                let value = match is_absent {
                    true => json!("valgrind is not installed"),
                    false => json!([ours / count(opponent, case)?]),
                };
                told.insert(format!("instructions-{opponent}/{}", case.name()), value);
            }
        }
    }
    println!("{}", json!(told));
    Ok(())
}

fn is_absent() -> std::io::Result<bool> {
    match Command::new("valgrind").arg("--version").stdout(Stdio::null()).status() {
        Ok(_) => Ok(false),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// The instructions of one call: of twice as many calls less of so many, so that starting and connecting do not count.
fn count(side: &str, case: Case) -> Result<f64, Box<dyn Error>> {
    let times = if case.rows() == 1 { 200 } else { 10 };
    let (once, twice) = (collect(side, case, times)?, collect(side, case, 2 * times)?);
    Ok((twice - once) / times as f64)
}

/// The instructions of a whole process.
fn collect(side: &str, case: Case, times: usize) -> Result<f64, Box<dyn Error>> {
    let calls = std::env::current_exe()?.with_file_name("calls");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(calls);
    let output = valgrind.args([side, case.name(), &times.to_string()]).output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected : "));
    match collected {
        Some((_, collected)) if output.status.success() => Ok(collected.trim().parse()?),
        _ => Err(format!("callgrind of {side}, {}: {}, {told}", case.name(), output.status).into()),
    }
}
