//! What the library costs beside what it could cost: runs the programs of `benches/`, and makes one table of what they measure.

mod arguments;
mod machine;
mod measurements;
mod programs;
mod spread;
mod table;
mod targets;

use std::fs;

pub use arguments::Arguments;

use machine::Machine;
use measurements::Measurements;
use table::Table;

/// What `--help` tells beside the usage.
pub const HELP: &str = "\
Each row is a ratio, ours to the opponent's, where nothing else is said: the median of many, and the quartiles around it. The two
took turns within one run, so that what changed on the machine meanwhile struck both. The instructions need valgrind.

--quick      fewer and shorter samples: under two minutes once it is built
--build      also what building costs, which takes some minutes, and needs all processors to itself
--json FILE  writes the record: every row with its samples, and the machine

The exit status is 0 also where a target is missed, and 3 for a wrong command line.";

/// Measures, and prints the table.
pub fn run(arguments: &Arguments) -> Result<(), String> {
    let mut measurements = Measurements::default();
    programs::measure(arguments, &mut measurements)?;
    let build_targets = if arguments.is_build { targets::BUILD_TARGETS.as_slice() } else { &[] };
    let table = Table::new(targets::TARGETS.iter().chain(build_targets), measurements)?;
    let machine = Machine::read();
    println!("{machine}\n\n{table}");
    match &arguments.json {
        Some(path) => fs::write(path, format!("{:#}\n", table.json(&machine)))
            .map_err(|error| format!("{}: {error}", path.display())),
        None => Ok(()),
    }
}
