//! `counterclaim completions`: what a shell needs to complete the arguments.

use clap::CommandFactory as _;

use super::call::Call;
use super::failure::Failure;
use super::{Outcome, output};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    // To memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Call::command(),
        "counterclaim",
        &mut script,
    );
    output::write_out(|out| out.write_all(&script))?;
    Ok(Outcome::Done)
}
