use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_hotspot-vouchers-sandbox");

/// The program while it runs, and what it prints before it waits.
pub struct Program {
    child: Child,
    pub lines: Vec<String>,
}

impl Program {
    pub fn start(arguments: &[&str]) -> Self {
        let mut program = Command::new(PROGRAM);
        let mut child =
            program.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let lines = output.lines().map_while(Result::ok).take_while(|line| !line.starts_with("Ctrl-C")).collect();
        Self { child, lines }
    }

    /// The value of a variable that it exports.
    pub fn value(&self, name: &str) -> &str {
        let words = self.lines.iter().flat_map(|line| line.split(' '));
        words.filter_map(|word| word.split_once('=')).find(|(found, _)| *found == name).expect("an export").1
    }

    /// Ends it, and returns what it wrote to standard error.
    pub fn end(mut self) -> String {
        let mut errors = self.child.stderr.take().expect("its errors");
        self.child.kill().and_then(|()| self.child.wait()).expect("the program ends");
        let mut text = String::new();
        errors.read_to_string(&mut text).expect("text");
        text
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the program with arguments that make it end.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().expect("the program runs")
}

/// A file of this test alone.
pub fn file(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path.display().to_string()
}
