//! `counterclaim man`: the manual page, one for the program and all of its subcommands.

use std::io;

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::call::Call;
use super::failure::Failure;
use super::{Outcome, output};

pub(super) fn run() -> Result<Outcome, Failure> {
    let mut command = Call::command();
    command.build();
    output::write_out(|out| {
        let page = Man::new(command.clone()).manual("Counterclaim");
        page.render_title(out)?;
        page.render_name_section(out)?;
        page.render_synopsis_section(out)?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
        for subcommand in command.get_subcommands() {
            write_section(subcommand, out)?;
        }
        page.render_extra_section(out)?;
        page.render_version_section(out)
    })?;
    Ok(Outcome::Done)
}

/// One subcommand as a section, with the sections of what would be its own page under it.
fn write_section(subcommand: &clap::Command, out: &mut dyn io::Write) -> io::Result<()> {
    let mut sections = Vec::new();
    let page = Man::new(subcommand.clone());
    page.render_synopsis_section(&mut sections)?;
    page.render_description_section(&mut sections)?;
    page.render_options_section(&mut sections)?;
    let sections = String::from_utf8_lossy(&sections).replace(".SH ", ".SS ");
    let name = subcommand.get_name().to_uppercase();
    write!(out, ".SH \"COUNTERCLAIM {name}\"\n{sections}")
}
