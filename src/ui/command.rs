//! The one table of commands, from which menus, palette, key list, tooltips and shortcuts are made.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::model::{Level, SameEvent, Status};

/// Something the analyst can do by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Command {
    New,
    Open,
    OpenSample,
    OpenBareStatements,
    Save,
    SaveAs,
    EarlierVersions,
    UnsavedWork,
    BringIn,
    WorkOnCopy,
    EditHere,
    RestoreLookedAt,
    StopLooking,
    StopWriting,
    Import,
    Paste,
    Export,
    ExportPicture,
    ExportMatrix,
    ExportTimeline,
    SessionDetails,
    Relations,
    Author,
    Quit,

    Undo,
    Redo,
    Copy,
    CopyWithCitation,
    SelectAll,
    Search,

    Compare,
    Pairs,
    Terms,
    Matrix,
    Timeline,
    Review,
    Unanswered,
    Disagreements,
    TopicsByRelations,
    TopicsByStatements,
    HoldClaims,
    Problems,
    Palette,
    ToggleInspector,
    TogglePairs,
    LargerText,
    SmallerText,
    NormalText,
    ScrollTogether,
    ShowTerms,
    ShowCounterparts,
    SwapSides,
    Blind,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    NextPane,
    PreviousPane,
    NextStatement,
    PreviousStatement,

    Mark,
    AddPassage,
    PlacePassage,
    Link,
    Relation(u8),
    TurnRound,
    Level(Level),
    SameEvent(SameEvent),
    /// 1 to 4.
    Confidence(u8),
    Status(Status),
    AddTopic,
    WriteNote,
    StartBack,
    StartAhead,
    EndBack,
    EndAhead,
    NextOverlap,
    SelectAlso,
    Merge,
    Delete,
    NextCounterpart,
    PreviousCounterpart,
    NextUnanswered,
    PreviousUnanswered,
    LeaveOpen,
    NextUnplaced,
    NextChanged,
    FindPlaces,
    NextLink,
    PreviousLink,
    Topics,
    NewTermPair,
    AddToTermPair,
    DescribeStatement,
    OpenSource,
    ImportNewer,
    PasteNewer,
    RemoveStatement,

    Keys,
    About,
    BackOut,
}

/// The menus, in their order. A command without a menu is reached by key and palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    View,
    Annotate,
    Link,
    Help,
}

impl Menu {
    pub const ALL: [Self; 6] = [
        Self::File,
        Self::Edit,
        Self::View,
        Self::Annotate,
        Self::Link,
        Self::Help,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Annotate => "Annotate",
            Self::Link => "Link",
            Self::Help => "Help",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub command: Command,
    pub menu: Menu,
    /// A line is drawn above it in the menu.
    pub starts_group: bool,
    pub label: &'static str,
    /// What it does, in a sentence without a full stop.
    pub tooltip: &'static str,
    /// The first one is shown; all act. `COMMAND` is Ctrl, and Command on a Mac.
    pub keys: &'static [KeyboardShortcut],
}

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const COMMAND: Modifiers = Modifiers::COMMAND;
const COMMAND_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::COMMAND
};

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

const fn row(
    menu: Menu,
    command: Command,
    label: &'static str,
    keys: &'static [KeyboardShortcut],
    tooltip: &'static str,
) -> Entry {
    Entry {
        command,
        menu,
        starts_group: false,
        label,
        tooltip,
        keys,
    }
}

/// A row that begins a group of its menu.
const fn group(
    menu: Menu,
    command: Command,
    label: &'static str,
    keys: &'static [KeyboardShortcut],
    tooltip: &'static str,
) -> Entry {
    Entry {
        starts_group: true,
        ..row(menu, command, label, keys, tooltip)
    }
}

use Menu::{Annotate, Edit, File, Help, View};

/// Every command there is, in the order of the menus.
#[rustfmt::skip]
pub const TABLE: &[Entry] = &[
    row(File, Command::New, "New…", &[key(COMMAND, Key::N)], "Start a session: a title and the names of both sides"),
    row(File, Command::Open, "Open…", &[key(COMMAND, Key::O)], "Open a session file"),
    row(File, Command::OpenSample, "Open the worked sample", &[], "The five statements on the Lachin road with their claims and links, as an unsaved copy"),
    row(File, Command::OpenBareStatements, "Open the five statements unmarked", &[], "The same statements without claims and links, to be read afresh"),
    group(File, Command::Save, "Save", &[key(COMMAND, Key::S)], "Write the session to its file"),
    row(File, Command::SaveAs, "Save as…", &[key(COMMAND_SHIFT, Key::S)], "Write the session to another file"),
    row(File, Command::EarlierVersions, "Earlier versions…", &[], "What the file held before its first save of a day, to be opened as a copy"),
    row(File, Command::UnsavedWork, "Unsaved work…", &[], "What an earlier run left without saving it: restore, look at or throw away"),
    row(File, Command::BringIn, "Bring both together…", &[], "Bring what another program changed in the file into this session, record by record"),
    row(File, Command::WorkOnCopy, "Work on a copy", &[], "Go on with this session apart from its file; saving asks where"),
    row(File, Command::EditHere, "Edit here", &[], "Change the session in this window, once no other window has it open"),
    row(File, Command::RestoreLookedAt, "Restore this work", &[], "Go on with the work that is being looked at"),
    row(File, Command::StopLooking, "Stop looking", &[], "Back to what was open before; the work stays where it is"),
    group(File, Command::Import, "Import a statement…", &[key(COMMAND, Key::I)], "Add a text, Markdown or HTML file as a statement"),
    row(File, Command::Paste, "Paste as a statement…", &[key(COMMAND_SHIFT, Key::V)], "Add text that was copied elsewhere as a statement"),
    row(File, Command::Export, "Export pairs…", &[key(COMMAND, Key::E)], "Write the annotated pairs for reading, printing or other programs"),
    row(File, Command::ExportPicture, "Export a picture…", &[], "Write the present view as a PNG picture"),
    row(File, Command::ExportMatrix, "Export the matrix…", &[], "Write the matrix as it is on show as a CSV table"),
    row(File, Command::ExportTimeline, "Export the timeline…", &[], "Draw statements and answers in time as an SVG or PNG picture"),
    row(File, Command::StopWriting, "Stop saving or exporting", &[], "Give up what is being written: the file that was there stays as it was"),
    group(File, Command::SessionDetails, "Session details…", &[], "The session's title and the names of both sides"),
    row(File, Command::Relations, "Relations…", &[], "The session's relations: names, definitions, colors, and their order, which is their number keys"),
    row(File, Command::Author, "Your name…", &[], "The name that new claims and links carry"),
    group(File, Command::Quit, "Quit", &[key(COMMAND, Key::Q)], "Close the program"),

    row(Edit, Command::Undo, "Undo", &[key(COMMAND, Key::Z)], "Take the last step back"),
    row(Edit, Command::Redo, "Redo", &[key(COMMAND_SHIFT, Key::Z), key(COMMAND, Key::Y)], "Do the step again that was taken back"),
    group(Edit, Command::Copy, "Copy", &[key(COMMAND, Key::C)], "Copy the selected words exactly as the source has them"),
    row(Edit, Command::CopyWithCitation, "Copy with citation", &[key(COMMAND_SHIFT, Key::C)], "Copy the quotation with side, title, publisher and date"),
    row(Edit, Command::SelectAll, "Select all", &[key(COMMAND, Key::A)], "Select the whole statement of the pane"),
    group(Edit, Command::Search, "Search…", &[key(COMMAND, Key::F)], "Search all statements, claims and notes"),

    row(View, Command::Compare, "Compare", &[key(COMMAND, Key::Num1)], "Two statements side by side"),
    row(View, Command::Pairs, "Pairs", &[key(COMMAND, Key::Num2)], "All linked pairs in the whole window"),
    row(View, Command::Matrix, "Matrix", &[key(COMMAND, Key::Num3)], "Topics by relations or statements in counts, and the claims of a topic held against each other"),
    row(View, Command::Unanswered, "Unanswered", &[key(COMMAND, Key::Num4)], "The claims of each side that no link reaches, to be worked through"),
    row(View, Command::Terms, "Terms", &[key(COMMAND, Key::T)], "Who uses which word of the term pairs, how often, and since when"),
    row(View, Command::Timeline, "Timeline", &[key(COMMAND, Key::Num5)], "Statements in time, who answered whom and how much later, and relations by month"),
    row(View, Command::Review, "Review", &[key(COMMAND, Key::Num6)], "Pairs of places that may speak to the same issue, to be linked, passed over or dismissed"),
    row(View, Command::Disagreements, "Where they disagree", &[], "Show or hide what the pairs on show turn on, in counts"),
    row(View, Command::TopicsByRelations, "Topics by relations", &[], "The matrix that counts how many pairs of each topic have which relation"),
    row(View, Command::TopicsByStatements, "Topics by statements", &[], "The matrix that counts how many claims of each statement have which topic"),
    row(View, Command::HoldClaims, "Hold claims against each other", &[key(NONE, Key::H)], "Each claim of the matrix's topic against each of the other side; a number sets or removes a relation"),
    row(View, Command::Problems, "Problems…", &[], "What is wrong in the session, record by record"),
    row(View, Command::Palette, "Command palette…", &[key(COMMAND, Key::K)], "Every command by name"),
    group(View, Command::ToggleInspector, "Inspector", &[], "Show or hide what is known of the selected claim or link"),
    row(View, Command::TogglePairs, "Pairs below", &[], "Show or hide the table of pairs under the statements"),
    group(View, Command::LargerText, "Larger text", &[key(COMMAND, Key::Plus), key(COMMAND, Key::Equals)], "Make the statements' text larger"),
    row(View, Command::SmallerText, "Smaller text", &[key(COMMAND, Key::Minus)], "Make the statements' text smaller"),
    row(View, Command::NormalText, "Normal text size", &[key(COMMAND, Key::Num0)], "Set the statements' text to its usual size"),
    group(View, Command::ScrollTogether, "Scroll together", &[key(NONE, Key::Y)], "Both panes scroll together, with linked claims as anchors; while Alt is held, apart"),
    row(View, Command::ShowTerms, "Terms in the statements", &[key(COMMAND_SHIFT, Key::T)], "Show a line under every word of the term pairs in the statements"),
    row(View, Command::ShowCounterparts, "Likely counterparts", &[], "Tint the places that may speak to the same issue as the selected claim in the other pane, and list them in the inspector"),
    row(View, Command::SwapSides, "Swap sides", &[], "Show the left side's statements on the right, and the right side's on the left"),
    row(View, Command::Blind, "Blind", &[], "Show the sides as A and B, without names and titles"),
    group(View, Command::ThemeSystem, "Colors as the system", &[], "Light or dark as the desktop is"),
    row(View, Command::ThemeLight, "Light colors", &[], "Dark text on light"),
    row(View, Command::ThemeDark, "Dark colors", &[], "Light text on dark"),
    group(View, Command::NextPane, "Next pane", &[key(NONE, Key::F6)], "Move the keyboard to the next pane"),
    row(View, Command::PreviousPane, "Previous pane", &[key(SHIFT, Key::F6)], "Move the keyboard to the previous pane"),
    row(View, Command::NextStatement, "Next statement", &[key(ALT, Key::PageDown)], "Show the pane's side's next statement in order of date"),
    row(View, Command::PreviousStatement, "Previous statement", &[key(ALT, Key::PageUp)], "Show the pane's side's previous statement in order of date"),

    row(Annotate, Command::Mark, "Mark as a claim", &[key(NONE, Key::A), key(NONE, Key::Enter)], "Make a claim of the selected words"),
    row(Annotate, Command::AddPassage, "Add to the claim", &[key(SHIFT, Key::A)], "Add the selected words to the selected claim as a further passage"),
    row(Annotate, Command::PlacePassage, "Place the claim here", &[key(NONE, Key::P)], "Give the selected unplaced claim the selected words as its place"),
    group(Annotate, Command::StartBack, "Start one word earlier", &[key(NONE, Key::OpenBracket)], "Move the selected claim's start back by a word"),
    row(Annotate, Command::StartAhead, "Start one word later", &[key(NONE, Key::CloseBracket)], "Move the selected claim's start ahead by a word"),
    row(Annotate, Command::EndBack, "End one word earlier", &[key(SHIFT, Key::OpenBracket), key(SHIFT, Key::OpenCurlyBracket)], "Move the selected claim's end back by a word"),
    row(Annotate, Command::EndAhead, "End one word later", &[key(SHIFT, Key::CloseBracket), key(SHIFT, Key::CloseCurlyBracket)], "Move the selected claim's end ahead by a word"),
    row(Annotate, Command::NextOverlap, "Next claim here", &[key(NONE, Key::O)], "Select the next of the claims that overlap at this place"),
    row(Annotate, Command::SelectAlso, "Select this claim also", &[key(SHIFT, Key::O)], "Add the claim at the caret to the selected ones, or take it off"),
    row(Annotate, Command::Merge, "Merge claims", &[], "Make one claim of the selected ones; Ctrl and click or Shift+O select several"),
    row(Annotate, Command::Delete, "Delete", &[key(NONE, Key::Delete), key(NONE, Key::Backspace)], "Delete the selected link, or the selected claims with their links"),
    group(Annotate, Command::NextUnanswered, "Next unanswered claim", &[key(NONE, Key::N)], "Go to the next claim of this side that no link reaches"),
    row(Annotate, Command::PreviousUnanswered, "Previous unanswered claim", &[key(SHIFT, Key::N)], "Go to the previous claim of this side that no link reaches"),
    row(Annotate, Command::NextCounterpart, "Next likely counterpart", &[key(NONE, Key::C)], "Go to the next place of the other side that may speak to the same issue as the selected claim"),
    row(Annotate, Command::PreviousCounterpart, "Previous likely counterpart", &[key(SHIFT, Key::C)], "Go to the previous place of the other side that may speak to the same issue as the selected claim"),
    row(Annotate, Command::LeaveOpen, "Deliberately open…", &[key(NONE, Key::D)], "Leave the selected claim unanswered on purpose, with a note that says why"),
    row(Annotate, Command::NextUnplaced, "Next unplaced claim", &[key(NONE, Key::U)], "Go to the next unplaced claim, whose words were not found in its statement, on either side"),
    row(Annotate, Command::NextChanged, "Next changed claim", &[key(SHIFT, Key::U)], "Go to the next claim whose words the newer version that was taken last changed"),
    row(Annotate, Command::FindPlaces, "Find the places again", &[], "Place all unplaced passages whose very words stand once in their statement"),
    group(Annotate, Command::AddTopic, "Add a topic…", &[key(NONE, Key::T)], "Give the selected claim or link a topic, a new one too"),
    row(Annotate, Command::WriteNote, "Write the note", &[key(NONE, Key::E)], "Go to the note of the selected claim or link; Esc comes back"),
    row(Annotate, Command::Topics, "Topics…", &[], "Make, rename, color, nest and merge topics"),
    row(Annotate, Command::NewTermPair, "New term pair", &[key(NONE, Key::W)], "Make a term pair of the selected word"),
    row(Annotate, Command::AddToTermPair, "Add to a term pair…", &[key(SHIFT, Key::W)], "Add the selected word to a term pair"),
    row(Annotate, Command::DescribeStatement, "Describe the statement…", &[], "Title, publisher, date, source and language of the pane's statement"),
    row(Annotate, Command::OpenSource, "Open the source…", &[], "Show where the pane's statement came from, in the browser, where that is an address of the web"),
    row(Annotate, Command::ImportNewer, "Import a newer version…", &[], "Compare the pane's statement with a newer version in a file, and take that with all its claims"),
    row(Annotate, Command::PasteNewer, "Paste a newer version…", &[], "Compare the pane's statement with a newer version that was copied elsewhere, and take that with all its claims"),
    row(Annotate, Command::RemoveStatement, "Remove the statement…", &[], "Remove the pane's statement from the session"),

    row(Menu::Link, Command::Link, "Link…", &[key(NONE, Key::L)], "Link what is selected on both sides; then choose the relation by its number"),
    group(Menu::Link, Command::Relation(1), "Relation 1", &[key(NONE, Key::Num1)], "Give the link relation 1"),
    row(Menu::Link, Command::Relation(2), "Relation 2", &[key(NONE, Key::Num2)], "Give the link relation 2"),
    row(Menu::Link, Command::Relation(3), "Relation 3", &[key(NONE, Key::Num3)], "Give the link relation 3"),
    row(Menu::Link, Command::Relation(4), "Relation 4", &[key(NONE, Key::Num4)], "Give the link relation 4"),
    row(Menu::Link, Command::Relation(5), "Relation 5", &[key(NONE, Key::Num5)], "Give the link relation 5"),
    row(Menu::Link, Command::Relation(6), "Relation 6", &[key(NONE, Key::Num6)], "Give the link relation 6"),
    row(Menu::Link, Command::Relation(7), "Relation 7", &[key(NONE, Key::Num7)], "Give the link relation 7"),
    row(Menu::Link, Command::Relation(8), "Relation 8", &[key(NONE, Key::Num8)], "Give the link relation 8"),
    row(Menu::Link, Command::Relation(9), "Relation 9", &[key(NONE, Key::Num9)], "Give the link relation 9"),
    row(Menu::Link, Command::TurnRound, "Turn round", &[key(NONE, Key::R)], "Let the other side act a directed link"),
    group(Menu::Link, Command::Level(Level::Fact), "Level: fact", &[], "The two claims disagree at this level; once more takes it off"),
    row(Menu::Link, Command::Level(Level::Definition), "Level: definition", &[], "The two claims disagree at this level; once more takes it off"),
    row(Menu::Link, Command::Level(Level::Cause), "Level: cause", &[], "The two claims disagree at this level; once more takes it off"),
    row(Menu::Link, Command::Level(Level::Justification), "Level: justification", &[], "The two claims disagree at this level; once more takes it off"),
    row(Menu::Link, Command::Level(Level::Authority), "Level: authority", &[], "The two claims disagree at this level; once more takes it off"),
    row(Menu::Link, Command::SameEvent(SameEvent::Yes), "Same event: yes", &[], "Whether both claims speak of one event; once more takes it off"),
    row(Menu::Link, Command::SameEvent(SameEvent::No), "Same event: no", &[], "Whether both claims speak of one event; once more takes it off"),
    row(Menu::Link, Command::SameEvent(SameEvent::Unclear), "Same event: unclear", &[], "Whether both claims speak of one event; once more takes it off"),
    row(Menu::Link, Command::Confidence(1), "Confidence: 1 of 4", &[], "How sure you are of the link; once more takes it off"),
    row(Menu::Link, Command::Confidence(2), "Confidence: 2 of 4", &[], "How sure you are of the link; once more takes it off"),
    row(Menu::Link, Command::Confidence(3), "Confidence: 3 of 4", &[], "How sure you are of the link; once more takes it off"),
    row(Menu::Link, Command::Confidence(4), "Confidence: 4 of 4", &[], "How sure you are of the link; once more takes it off"),
    row(Menu::Link, Command::Status(Status::Confirmed), "Status: confirmed", &[], "Whether the link stands or is still to be looked at"),
    row(Menu::Link, Command::Status(Status::Tentative), "Status: tentative", &[], "Whether the link stands or is still to be looked at"),
    group(Menu::Link, Command::NextLink, "Next link", &[key(ALT, Key::ArrowDown)], "Select the next pair"),
    row(Menu::Link, Command::PreviousLink, "Previous link", &[key(ALT, Key::ArrowUp)], "Select the previous pair"),

    row(Help, Command::Keys, "Keys", &[key(NONE, Key::F1)], "The list of keys"),
    row(Help, Command::BackOut, "Back out", &[key(NONE, Key::Escape)], "Back out of whatever is going on"),
    group(Help, Command::About, "About Counterclaim", &[], "Version, licence, sources"),
];

/// A shortcut as the platform writes it, with the sign of a key where egui has a name for it.
pub fn written(ctx: &egui::Context, keys: KeyboardShortcut) -> String {
    let signs = [
        ("OpenBracket", "["),
        ("CloseBracket", "]"),
        ("Plus", "+"),
        ("Minus", "−"),
    ];
    let words = ctx.format_shortcut(&keys);
    signs
        .into_iter()
        .find_map(|(name, sign)| Some(format!("{}{sign}", words.strip_suffix(name)?)))
        .unwrap_or(words)
}

impl Command {
    /// The table's row of this command.
    pub fn entry(self) -> Option<&'static Entry> {
        TABLE.iter().find(|entry| entry.command == self)
    }

    /// The menu inside its menu that it stands in.
    pub fn submenu(self) -> Option<&'static str> {
        match self {
            Self::Level(_) => Some("Level"),
            Self::SameEvent(_) => Some("Same event"),
            Self::Confidence(_) => Some("Confidence"),
            Self::Status(_) => Some("Status"),
            Self::BringIn
            | Self::WorkOnCopy
            | Self::EditHere
            | Self::RestoreLookedAt
            | Self::StopLooking => Some("Other versions"),
            _ => None,
        }
    }

    /// Whether it changes the session or its file, which cannot be where the session is only looked at.
    pub fn makes_changes(self) -> bool {
        // Every command is named, so that a new one is asked about here.
        match self {
            Self::Save
            | Self::SaveAs
            | Self::Import
            | Self::Paste
            | Self::SessionDetails
            | Self::Relations
            | Self::Undo
            | Self::Redo
            | Self::Mark
            | Self::AddPassage
            | Self::PlacePassage
            | Self::Link
            | Self::Relation(_)
            | Self::TurnRound
            | Self::Level(_)
            | Self::SameEvent(_)
            | Self::Confidence(_)
            | Self::Status(_)
            | Self::AddTopic
            | Self::WriteNote
            | Self::LeaveOpen
            | Self::StartBack
            | Self::StartAhead
            | Self::EndBack
            | Self::EndAhead
            | Self::Merge
            | Self::Delete
            | Self::FindPlaces
            | Self::Topics
            | Self::NewTermPair
            | Self::AddToTermPair
            | Self::DescribeStatement
            | Self::ImportNewer
            | Self::PasteNewer
            | Self::RemoveStatement
            | Self::BringIn => true,
            Self::New
            | Self::Open
            | Self::OpenSample
            | Self::OpenBareStatements
            | Self::EarlierVersions
            | Self::UnsavedWork
            | Self::WorkOnCopy
            | Self::EditHere
            | Self::RestoreLookedAt
            | Self::StopLooking
            | Self::StopWriting
            | Self::Export
            | Self::ExportPicture
            | Self::ExportMatrix
            | Self::ExportTimeline
            | Self::Author
            | Self::Quit
            | Self::Copy
            | Self::CopyWithCitation
            | Self::SelectAll
            | Self::Search
            | Self::Compare
            | Self::Pairs
            | Self::Terms
            | Self::Matrix
            | Self::Unanswered
            | Self::Timeline
            | Self::Review
            | Self::Disagreements
            | Self::TopicsByRelations
            | Self::TopicsByStatements
            | Self::HoldClaims
            | Self::Problems
            | Self::Palette
            | Self::ToggleInspector
            | Self::TogglePairs
            | Self::LargerText
            | Self::SmallerText
            | Self::NormalText
            | Self::ScrollTogether
            | Self::ShowTerms
            | Self::ShowCounterparts
            | Self::NextCounterpart
            | Self::PreviousCounterpart
            | Self::SwapSides
            | Self::Blind
            | Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::NextPane
            | Self::PreviousPane
            | Self::NextStatement
            | Self::PreviousStatement
            | Self::NextOverlap
            | Self::SelectAlso
            | Self::NextUnanswered
            | Self::PreviousUnanswered
            | Self::NextUnplaced
            | Self::NextChanged
            | Self::NextLink
            | Self::PreviousLink
            | Self::OpenSource
            | Self::Keys
            | Self::About
            | Self::BackOut => false,
        }
    }

    /// Whether it acts while a text field has the focus: letters and arrows belong to the field then.
    pub fn acts_while_typing(self) -> bool {
        use Command::{
            BackOut, Compare, Export, Import, Keys, Matrix, New, NextPane, Open, Pairs, Palette,
            PreviousPane, Quit, Review, Save, SaveAs, Search, Terms, Timeline, Unanswered,
        };
        matches!(
            self,
            BackOut
                | Compare
                | Export
                | Import
                | Keys
                | Matrix
                | Timeline
                | Review
                | New
                | NextPane
                | Open
                | Pairs
                | Palette
                | PreviousPane
                | Quit
                | Save
                | SaveAs
                | Search
                | Terms
                | Unanswered
        )
    }
}

/// What has the keyboard, and so which commands' keys act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// A pane, or nothing: all keys act.
    Pane,
    /// A button or the like, reached by Tab: Enter, Space and arrows are its own.
    Widget,
    /// A text field: letters, arrows and undo are its own.
    TextField,
    /// A dialog asks something: only backing out acts.
    Dialog,
}

impl Keyboard {
    fn allows(self, entry: &Entry, keys: KeyboardShortcut) -> bool {
        match self {
            Self::Pane => true,
            Self::Widget => keys.logical_key != Key::Enter,
            Self::TextField => entry.command.acts_while_typing(),
            Self::Dialog => entry.command == Command::BackOut,
        }
    }
}

/// The commands whose keys were pressed in this frame, in the order of the presses, which are taken out of the input so
/// that nothing else acts on them.
///
/// Copying and pasting come from the window system as events of their own and are read by the app.
pub fn pressed(ctx: &egui::Context, keyboard: Keyboard) -> Vec<Command> {
    ctx.input_mut(|input| {
        let mut commands = Vec::new();
        input.events.retain(|event| {
            let found = TABLE.iter().find(|entry| {
                let mut keys = entry.keys.iter();
                keys.any(|keys| keyboard.allows(entry, *keys) && is_press(event, *keys))
            });
            commands.extend(found.map(|entry| entry.command));
            found.is_none()
        });
        commands
    })
}

/// Whether an event is a press of a shortcut. Unlike egui's own it is exact about Shift and Alt (egui lets a Shift
/// pass that the shortcut does not name), and finds digits and brackets by their place on keyboards that have other
/// signs there.
fn is_press(event: &egui::Event, shortcut: KeyboardShortcut) -> bool {
    let by_place = matches!(
        shortcut.logical_key,
        Key::Num1
            | Key::Num2
            | Key::Num3
            | Key::Num4
            | Key::Num5
            | Key::Num6
            | Key::Num7
            | Key::Num8
            | Key::Num9
            | Key::OpenBracket
            | Key::CloseBracket
    );
    let egui::Event::Key {
        key,
        physical_key,
        modifiers,
        pressed: true,
        ..
    } = event
    else {
        return false;
    };
    let same_key =
        *key == shortcut.logical_key || (by_place && *physical_key == Some(shortcut.logical_key));
    let same_modifiers = if shortcut.logical_key == Key::Plus {
        modifiers.matches_logically(shortcut.modifiers)
    } else {
        modifiers.matches_exact(shortcut.modifiers)
    };
    same_key && same_modifiers
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_commands_share_a_key_on_any_platform() {
        let on = |mac: bool| -> Vec<String> {
            let resolve = |shortcut: &KeyboardShortcut| {
                let m = shortcut.modifiers;
                let (ctrl, mac_command) = (
                    m.ctrl || (m.command && !mac),
                    m.mac_cmd || (m.command && mac),
                );
                format!(
                    "{ctrl} {mac_command} {} {} {:?}",
                    m.alt, m.shift, shortcut.logical_key
                )
            };
            TABLE
                .iter()
                .flat_map(|entry| entry.keys)
                .map(resolve)
                .collect()
        };
        for keys in [on(false), on(true)] {
            assert_eq!(
                keys.iter().collect::<BTreeSet<_>>().len(),
                keys.len(),
                "{keys:?}"
            );
        }
    }

    #[test]
    fn bringing_in_what_another_program_wrote_is_a_change() {
        for (command, makes_changes) in [
            (Command::BringIn, true),
            (Command::FindPlaces, true),
            (Command::WorkOnCopy, false),
            (Command::NextUnplaced, false),
        ] {
            assert_eq!(command.makes_changes(), makes_changes, "{command:?}");
        }
    }

    #[test]
    fn every_command_stands_in_the_table_once_and_says_what_it_does() {
        let commands: BTreeSet<Command> = TABLE.iter().map(|entry| entry.command).collect();
        assert_eq!(commands.len(), TABLE.len());
        for entry in TABLE {
            assert!(
                !entry.tooltip.is_empty() && !entry.tooltip.ends_with('.'),
                "{entry:?}"
            );
            assert!(
                entry
                    .command
                    .entry()
                    .is_some_and(|found| found.label == entry.label)
            );
        }
    }
}
