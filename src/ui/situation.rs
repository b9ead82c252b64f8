//! [`Situation`]: which commands make sense just now, which are on, and what they are called.

use super::command::{Command, Entry};
use super::theme::ThemeChoice;
use crate::model::{BySide, Level, SameEvent, Status};

/// What menus, palette and keys must know of the moment, gathered once a frame.
#[derive(Clone, Debug, Default)]
pub struct Situation {
    pub undo: Option<String>,
    pub redo: Option<String>,
    /// Labels of the session's relations in the order of their number keys.
    pub relations: Vec<String>,
    /// Whether words are selected in a side's pane.
    pub has_words: BySide<bool>,
    /// Whether the pane with the keyboard has words selected.
    pub has_focused_words: bool,
    /// How many claims are selected on a side.
    pub claims: BySide<usize>,
    /// A claim was selected last.
    pub has_subject_claim: bool,
    /// A passage of it lost its place.
    pub is_unplaced: bool,
    pub has_unplaced_claims: bool,
    /// A newer version was taken that changed words of claims.
    pub has_changed_claims: bool,
    /// How many claims are selected on the side of that claim.
    pub subject_claims: usize,
    pub has_link: bool,
    pub link: LinkSituation,
    pub is_linking: bool,
    /// The pane with the keyboard shows a statement.
    pub has_statement: bool,
    /// That statement's source is an address that may be opened, and not hidden.
    pub has_web_source: bool,
    pub has_statements: bool,
    pub has_claims: bool,
    pub has_links: bool,
    pub is_inspector_open: bool,
    pub are_pairs_open: bool,
    pub is_scrolling_together: bool,
    pub is_swapped: bool,
    pub is_blind: bool,
    pub theme: ThemeChoice,
    pub are_terms_shown: bool,
    pub are_counterparts_shown: bool,
    /// A claim is selected whose likely counterparts are shown.
    pub has_counterparts: bool,
    /// The command of the view on show; `None` only in tests.
    pub view: Option<Command>,
    /// The claim that was selected last is deliberately open.
    pub is_deliberately_open: bool,
    /// No link reaches it.
    pub is_unanswered: bool,
    /// The matrix holds two claims against each other, or two places are suggested.
    pub holds_claims: bool,
    pub are_disagreements_open: bool,
    pub looking: Option<LookingAt>,
    /// Another program changed the file, and there is work here too.
    pub is_changed_outside: bool,
    pub has_file: bool,
    /// A file is being written.
    pub is_writing: bool,
}

/// What is looked at without being changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookingAt {
    /// A session that another window has open.
    LockedFile,
    /// Work of an earlier run.
    UnsavedWork,
}

/// The values of the selected link; all empty where none is selected.
#[derive(Clone, Debug, Default)]
pub struct LinkSituation {
    pub is_directed: bool,
    pub level: Option<Level>,
    pub same_event: Option<SameEvent>,
    /// 1 to 4.
    pub confidence: Option<u8>,
    pub status: Option<Status>,
}

impl Situation {
    /// Whether a side offers an end for a link: selected words, or a selected claim.
    fn has_end(&self) -> BySide<bool> {
        BySide::from_fn(|side| *self.has_words.get(side) || *self.claims.get(side) > 0)
    }

    pub fn is_enabled(&self, command: Command) -> bool {
        if self.looking.is_some() && command.makes_changes() {
            return false;
        }
        match command {
            Command::BringIn => self.is_changed_outside,
            Command::WorkOnCopy => self.has_file && self.looking != Some(LookingAt::UnsavedWork),
            Command::EditHere => self.looking == Some(LookingAt::LockedFile),
            Command::RestoreLookedAt | Command::StopLooking => {
                self.looking == Some(LookingAt::UnsavedWork)
            }
            Command::StopWriting => self.is_writing,
            Command::Undo => self.undo.is_some(),
            Command::Redo => self.redo.is_some(),
            Command::Copy | Command::CopyWithCitation => {
                self.has_focused_words || self.has_subject_claim || self.has_link
            }
            Command::Mark | Command::NewTermPair | Command::AddToTermPair => self.has_focused_words,
            Command::AddPassage => self.has_focused_words && self.has_subject_claim,
            Command::PlacePassage => self.has_focused_words && self.is_unplaced,
            Command::Link => {
                self.has_end()
                    == BySide {
                        left: true,
                        right: true,
                    }
            }
            Command::Relation(number) => {
                let is_meant = self.has_link || self.is_linking || self.holds_claims;
                usize::from(number) <= self.relations.len() && is_meant
            }
            Command::TurnRound => self.link.is_directed,
            Command::Level(_)
            | Command::SameEvent(_)
            | Command::Confidence(_)
            | Command::Status(_) => self.has_link,
            Command::AddTopic | Command::WriteNote => self.has_link || self.subject_claims == 1,
            Command::StartBack | Command::StartAhead | Command::EndBack | Command::EndAhead => {
                self.has_subject_claim
            }
            Command::Merge => self.subject_claims > 1,
            Command::Delete => self.has_subject_claim || self.has_link,
            Command::LeaveOpen => self.is_unanswered,
            Command::NextCounterpart | Command::PreviousCounterpart => self.has_counterparts,
            Command::NextUnanswered
            | Command::PreviousUnanswered
            | Command::NextOverlap
            | Command::SelectAlso => self.has_claims,
            Command::NextUnplaced | Command::FindPlaces => self.has_unplaced_claims,
            Command::NextChanged => self.has_changed_claims,
            Command::NextLink | Command::PreviousLink | Command::Export => self.has_links,
            Command::SelectAll
            | Command::DescribeStatement
            | Command::ImportNewer
            | Command::PasteNewer
            | Command::RemoveStatement => self.has_statement,
            Command::OpenSource => self.has_web_source,
            Command::NextStatement | Command::PreviousStatement | Command::Search => {
                self.has_statements
            }
            _ => true,
        }
    }

    /// Whether a command that is a state is on.
    pub fn is_on(&self, command: Command) -> bool {
        match command {
            Command::ToggleInspector => self.is_inspector_open,
            Command::TogglePairs => self.are_pairs_open,
            Command::ScrollTogether => self.is_scrolling_together,
            Command::SwapSides => self.is_swapped,
            Command::Blind => self.is_blind,
            Command::ThemeSystem => self.theme == ThemeChoice::System,
            Command::ThemeLight => self.theme == ThemeChoice::Light,
            Command::ThemeDark => self.theme == ThemeChoice::Dark,
            Command::Level(level) => self.link.level == Some(level),
            Command::SameEvent(same) => self.link.same_event == Some(same),
            Command::Confidence(value) => self.link.confidence == Some(value),
            Command::Status(status) => self.link.status == Some(status),
            Command::Compare
            | Command::Pairs
            | Command::Matrix
            | Command::Unanswered
            | Command::Terms
            | Command::Timeline
            | Command::Review => self.view == Some(command),
            Command::Disagreements => self.are_disagreements_open,
            Command::ShowTerms => self.are_terms_shown,
            Command::ShowCounterparts => self.are_counterparts_shown,
            _ => false,
        }
    }

    /// What a command is called just now.
    pub fn label(&self, entry: &Entry) -> String {
        let named =
            |verb: &str, name: &Option<String>| name.as_ref().map(|name| format!("{verb}: {name}"));
        let special = match entry.command {
            Command::Undo => named("Undo", &self.undo),
            Command::Redo => named("Redo", &self.redo),
            Command::Relation(number) => {
                let index = usize::from(number).checked_sub(1);
                index
                    .and_then(|index| self.relations.get(index))
                    .map(|label| format!("Relation: {label}"))
            }
            Command::LeaveOpen if self.is_deliberately_open => {
                Some("Take up the open claim".to_owned())
            }
            Command::Delete if self.has_link => Some("Delete the link".to_owned()),
            Command::Delete if self.subject_claims > 1 => {
                Some(format!("Delete {} claims", self.subject_claims))
            }
            Command::Delete if self.has_subject_claim => Some("Delete the claim".to_owned()),
            _ => None,
        };
        special.unwrap_or_else(|| entry.label.to_owned())
    }

    /// Whether a command is there at all: a session has only as many numbered relations as its list.
    pub fn exists(&self, command: Command) -> bool {
        !matches!(command, Command::Relation(number) if usize::from(number) > self.relations.len())
    }
}
