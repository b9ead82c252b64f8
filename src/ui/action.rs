//! [`Action`]: what a view asks for. Views draw and ask; `crate::app` does it after drawing.

use std::collections::BTreeSet;

use super::command::Command;
use super::dialog::Scope;
use crate::anchor::carry::Newer;
use crate::earlier::Version;
use crate::edit::Target;
use crate::edit::annotate::{Direction, Edge, LinkEnd, LinkValue, Placement, Record, Selection};
use crate::edit::new_version::NewVersion;
use crate::edit::statements::Metadata;
use crate::edit::terms::TermChange;
use crate::export::Format;
use crate::import::Draft;
use crate::model::{
    BySide, ClaimId, LinkId, Relation, RelationId, Side, Statement, StatementId, Topic, TopicId,
};
use crate::pairs::Filter;
use crate::text::Span;

/// Something to be done once the frame is drawn.
#[derive(Clone, Debug)]
pub enum Action {
    /// A command of the table.
    Run(Command),
    /// A change of the session: one undo step.
    Change(Change),
    /// Makes a claim the selected one of its side and shows it; see [`Reach`].
    SelectClaim(ClaimId, Reach),
    /// The same for a claim that was clicked in its pane: what is shown of it stays where it is.
    ClickClaim(ClaimId, Reach),
    /// Takes the selected claims of a side off, and what the inspector shows with them.
    Deselect(Side),
    /// Makes a link the selected one and shows both its ends.
    SelectLink(LinkId),
    /// Selects one claim of each side, and the link between them where there is one.
    SelectPair(BySide<ClaimId>),
    /// Lists just these pairs in the Pairs view; backing out comes back.
    ShowPairs(Filter),
    /// Goes to the view of this command; backing out comes back.
    LookInto(Command),
    /// Shows a statement in its side's pane.
    ShowStatement(StatementId),
    /// Shows a place in a statement with these words selected.
    ShowWords(Selection),
    /// Shows a place in a statement and leaves selected what is selected.
    ShowPlace(Selection),
    /// Asks for the relation of a link between these ends, and makes it.
    StartLink(BySide<LinkEnd>),
    /// Gives a pane the keyboard.
    FocusPane(Side),
    /// Opens the questions that need more than a click.
    Ask(Question),
    /// Adds text from the clipboard as a statement, after asking what is known of it.
    PasteStatement(String),
    /// Closes the dialog that is open and does nothing else.
    CloseDialog,
    /// Closes the dialog that is open and goes on as it was answered.
    Answer(Answer),
    ClosePalette,
    CloseSearch,
    /// Opens a session file from the list of recent ones.
    OpenRecent(std::path::PathBuf),
    /// Opens an address that the analyst was shown in the browser, and closes the dialog.
    OpenInBrowser(String),
    /// Stops comparing the texts.
    StopComparing,
    /// Goes on with comparing the texts.
    GoOnComparing,
    /// Shows a likely counterpart of the selected claim, by its number.
    ShowCounterpart(usize),
    /// Says something in the message line.
    Tell(String),
}

/// How a selected claim joins what is selected already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It becomes its side's only selected claim.
    Only,
    /// It is added to its side's selected claims, or taken off where it is one: for merging and deleting several.
    Toggle,
}

/// What a dialog of files and sessions was told.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Make a session with these names.
    NewSession {
        title: String,
        names: BySide<String>,
    },
    /// Save the open session, then go on with what would have lost its changes.
    SaveFirst,
    /// Go on and lose the changes of the open session.
    Discard,
    /// The path as it was typed, in the place of the desktop's file dialog.
    Path(String),
    /// Write over the file that was asked about.
    WriteOver,
    /// Ask for another file to write to.
    WriteElsewhere,
    /// Ask for another text in the place of one that was not imported.
    ReadAnother,
    /// Add a text as a statement of a side.
    Import { draft: Draft, side: Side },
    /// Leave this text out and go on with the next one.
    SkipImport,
    /// Ask for a file and write pairs to it.
    Export { format: Format, scope: Scope },
    /// Take a newer version of a statement's text, with what the dialog showed of its claims.
    TakeNewer(Box<Newer>, Option<Metadata>),
    /// The name that new claims and links carry; empty for none.
    Author(String),
    /// What becomes of work that an earlier run left; its number in the list that was offered is from 0.
    Recovery(usize, RecoveryChoice),
    /// Bring the file's changes into the session, with the file's value at these places where both changed it.
    BringIn(BTreeSet<Target>),
    /// Open this earlier version of the session's file as a copy.
    OpenVersion(Version),
}

/// What becomes of work that an earlier run left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryChoice {
    Restore,
    /// Show it without changing anything.
    Look,
    ThrowAway,
}

/// A dialog that a view wants opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    DescribeStatement(StatementId),
    /// The statement's source, in the browser.
    OpenSource(StatementId),
    RemoveStatement(StatementId),
    /// The topics, with this one chosen.
    Topics(Option<TopicId>),
    SessionDetails,
    Relations,
    Problems,
    /// Which term pair a word is added to.
    AddToTermPair {
        side: Side,
        word: String,
    },
    /// Why this claim is left unanswered on purpose.
    LeaveOpen(ClaimId),
}

/// A change of the session, composed and applied by the app as one undo step.
#[derive(Clone, Debug)]
#[expect(
    clippy::enum_variant_names,
    reason = "`ChangeTopic` is what the analyst does"
)]
pub enum Change {
    Mark(Vec<Selection>),
    Link {
        ends: BySide<LinkEnd>,
        relation: RelationId,
    },
    LinkValue(LinkId, LinkValue),
    /// Says that two places are no pair.
    Dismiss(BySide<Selection>),
    /// Links two places that were suggested as a pair.
    AcceptSuggestion {
        ends: BySide<LinkEnd>,
        relation: RelationId,
    },
    /// Forgets all that was said to be no pair.
    ForgetDismissals,
    /// Links two claims, changes their relation, or removes it where it is this one.
    ToggleRelation(BySide<ClaimId>, RelationId),
    /// Leaves a claim unanswered on purpose, with this note.
    LeaveOpen(ClaimId, String),
    /// Takes it off the claim again.
    TakeUp(ClaimId),
    TurnRound(LinkId),
    /// The note as it is being typed: grows one undo step while the field keeps the focus.
    Note(Record, String),
    ToggleTopic(Record, TopicId),
    /// Makes the topic where no topic has this label.
    AddTopicLabeled(Record, String),
    CreateTopic(String),
    ChangeTopic(Topic),
    /// The session's list of relations, whole.
    Relations(Vec<Relation>),
    MergeTopics {
        from: TopicId,
        into: TopicId,
    },
    DeleteTopic(TopicId),
    Term(TermChange),
    AddPassage(ClaimId, Selection),
    /// The byte tells which of its passages is meant; `None`: its first start, or its last end.
    MoveEdge(ClaimId, Option<usize>, Edge, Direction),
    /// The passage's number in the claim, from 0.
    RemovePassage(ClaimId, usize),
    /// Gives a passage that lost its place another one; its number in the claim is from 0.
    PlacePassage(ClaimId, usize, Selection),
    /// The same for many passages at once.
    PlacePassages(Vec<Placement>),
    ResizeClaim {
        claim: ClaimId,
        old: Span,
        new: Span,
    },
    MergeClaims(Vec<ClaimId>),
    DeleteClaims(Vec<ClaimId>),
    DeleteLink(LinkId),
    AddStatements(Vec<Statement>),
    Describe(StatementId, Metadata),
    TakeNewVersion(StatementId, NewVersion),
    RemoveStatement(StatementId),
    Rename {
        title: String,
        names: BySide<String>,
    },
}
