//! The commands that the README promises to work.

/// The first commands of the README.
#[derive(Debug, PartialEq, Eq)]
pub struct Commands<'a> {
    pub example: &'a str,
    pub test: &'a str,
}

impl<'a> Commands<'a> {
    /// Reads the first block of shell: the example, then the tests.
    pub fn parse(readme: &'a str) -> Result<Self, String> {
        let block = readme.split_once("```sh\n").and_then(|(_, rest)| rest.split_once("```"));
        let (block, _) = block.ok_or("README.md has no block of sh")?;
        match block.lines().map(str::trim).collect::<Vec<_>>().as_slice() {
            [example, test] => Ok(Self { example, test }),
            lines => Err(format!("the first block of sh in README.md has {} lines instead of 2", lines.len())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_of_sh_counts() {
        let readme = "# A\n```rust\nlet a = 1;\n```\n```sh\ncargo run\ncargo test\n```\n```sh\ncurl\n```\n";
        assert_eq!(Commands::parse(readme), Ok(Commands { example: "cargo run", test: "cargo test" }));
    }

    #[test]
    fn other_blocks_are_refused() {
        let refused = |readme| Commands::parse(readme).unwrap_err();
        assert_eq!(refused("# A\n"), "README.md has no block of sh");
        assert_eq!(refused("```sh\ncargo run\n```\n"), "the first block of sh in README.md has 1 lines instead of 2");
    }
}
