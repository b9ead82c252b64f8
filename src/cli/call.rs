//! [`Call`]: the program's arguments. Their help texts are the manual page and the shell completions too.

use std::path::PathBuf;

use super::{
    add, check, completions, disagreements, export, fmt, matrix, new, picture, stats, suggest,
    terms, timeline, unanswered,
};

/// Compare what two parties say about the same events, claim by claim
#[derive(Debug, clap::Parser)]
#[command(
    name = "counterclaim",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "Without a subcommand it opens the window. Exit status: 0 done; 1 done, and there is something to \
                  see to; 2 not done, and one line on standard error says why."
)]
pub(super) struct Call {
    /// The session to open in the window; without one, the last session, or else the sample as an unsaved copy
    #[arg(value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make an empty session with the default relations
    New(new::Arguments),
    /// Add statements from files to a session
    Add(add::Arguments),
    /// Say everything that is wrong in sessions
    Check(check::Arguments),
    /// Rewrite sessions in their canonical form; comments in them are not kept
    Fmt(fmt::Arguments),
    /// Export the annotated pairs
    Export(export::Arguments),
    /// Count what a session has, by side, statement, relation, topic and author
    Stats(stats::Arguments),
    /// Count who uses which word of the term pairs, since when, and who takes up whose
    Terms(terms::Arguments),
    /// List the claims that no link reaches
    Unanswered(unanswered::Arguments),
    /// Count pairs by topic and relation, or claims by topic and statement; or hold each claim against each
    Matrix(matrix::Arguments),
    /// Say where the two claims of pairs disagree, in counts
    Disagreements(disagreements::Arguments),
    /// Put statements in time, with how long answers took
    Timeline(timeline::Arguments),
    /// Propose places of the two sides that may speak to the same issue
    Suggest(suggest::Arguments),
    /// Draw the window's view as a picture, without a display
    Picture(picture::Arguments),
    /// Print completions for a shell
    Completions(completions::Arguments),
    /// Print the manual page
    Man,
}
