//! A newer version of a statement: read from a file or the clipboard, compared, shown, and taken in one step.

use std::path::PathBuf;

use egui::Context;

use super::super::App;
use super::super::beside::Manner;
use super::ask::Wanted;
use super::{import, name_of};
use crate::anchor::carry::{Newer, Outcome};
use crate::check::hex_sha256;
use crate::edit::new_version::NewVersion;
use crate::edit::statements::Metadata;
use crate::import::{Draft, from_pasted};
use crate::model::{ClaimId, StatementId};
use crate::progress::Progress;
use crate::text::Text;
use crate::ui::action::{Change, Reach};
use crate::ui::command::Command;
use crate::ui::dialog::{Dialog, NewerDialog};
use crate::ui::message::Message;
use crate::wording::counted;

/// What of it is done, about, when the text is read.
const READ_SHARE: f32 = 0.2;

impl App {
    /// Reads a newer version of a statement and shows what it would change.
    pub(super) fn import_newer(&mut self, ctx: &Context, path: PathBuf, statement: StatementId) {
        let name = name_of(&path);
        self.compare_newer(ctx, &name, statement, move |progress| {
            import::read(&path, progress)
        });
    }

    /// The same with a text from the clipboard.
    pub(in crate::app) fn paste_newer(
        &mut self,
        ctx: &Context,
        text: String,
        statement: StatementId,
    ) {
        self.compare_newer(ctx, "the clipboard’s text", statement, move |_| {
            from_pasted(&text).map_err(|error| error.to_string())
        });
    }

    /// Another text that is asked for then is a newer version of the same statement.
    fn tell_newer_not_imported(&mut self, why: &str, statement: &StatementId) {
        let statement = statement.clone();
        self.tell_not_imported(why, Wanted::Newer { statement });
    }

    fn compare_newer(
        &mut self,
        ctx: &Context,
        name: &str,
        statement: StatementId,
        read: impl FnOnce(&Progress) -> Result<Draft, String> + Send + 'static,
    ) {
        let session = self.session().clone();
        let work = move |progress: &Progress| {
            let compared = read(&progress.part(0.0, READ_SHARE)).map(|draft| {
                let text = Text::from(draft.text.as_str());
                let newer = Newer::of(&session, &statement, text);
                (draft, newer)
            });
            (statement, compared)
        };
        let words = format!("Comparing {name}");
        self.beside(
            ctx,
            (Manner::Read, words),
            work,
            |app, _, (statement, compared)| match compared {
                Ok((draft, newer)) => app.show_newer(draft, newer),
                Err(refusal) => app.tell_newer_not_imported(&refusal, &statement),
            },
        );
    }

    fn show_newer(&mut self, draft: Draft, newer: Option<Newer>) {
        let Some(newer) = newer else {
            self.tell("That statement is not in the session any more");
            return;
        };
        if newer.diff.is_same() {
            self.tell("Nothing differs: it has the very words that the statement has");
            return;
        }
        let dialog = NewerDialog::new(self.session(), newer, draft.metadata, &draft.notices);
        self.show_before(Dialog::Newer(Box::new(dialog)));
    }

    /// Gives the statement the newer text and its claims their passages in it, and goes to the first claim that is to be
    /// looked at.
    pub(super) fn take_newer(&mut self, newer: &Newer, metadata: Option<Metadata>) {
        let version = NewVersion {
            text: newer.new.clone(),
            sha256: hex_sha256(newer.new.as_str()),
            metadata,
            passages: newer.passages(self.session()),
        };
        let before = self.workspace.revision();
        self.change(Change::TakeNewVersion(newer.statement.clone(), version));
        if self.workspace.revision() == before {
            return;
        }
        let to_see = |outcome| {
            newer
                .claims
                .iter()
                .filter(move |claim| claim.outcome() == outcome)
        };
        let ids = |outcome| to_see(outcome).map(|claim| claim.id.clone());
        let changed: Vec<ClaimId> = ids(Outcome::Moved).collect();
        let first = changed
            .first()
            .cloned()
            .or_else(|| ids(Outcome::Lost).next());
        let words = summary(newer);
        let offer = match (&first, changed.is_empty()) {
            (Some(_), true) => Command::NextUnplaced,
            (Some(_), false) => Command::NextChanged,
            (None, _) => Command::Undo,
        };
        self.changed_claims = changed;
        self.show_statement(&newer.statement);
        if let Some(first) = first {
            self.unplaced.refresh(&self.workspace);
            self.select_claim(&first, Reach::Only);
        }
        self.message = Some(Message::offering(words, offer));
    }
}

/// What became of the claims, in a sentence.
fn summary(newer: &Newer) -> String {
    let counts = newer.counts();
    let count = |outcome| counts.get(&outcome).copied().unwrap_or_default();
    let kept = counted(count(Outcome::Kept), "claim stands", "claims stand");
    let (moved, lost) = (count(Outcome::Moved), count(Outcome::Lost));
    if newer.claims.is_empty() {
        return "Took the newer version; it has no claims".to_owned();
    }
    format!("Took the newer version: {kept} as before, {moved} changed, {lost} unplaced")
}
