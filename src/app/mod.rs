//! The window's program: it collects what is asked for, draws, and then does it.
//!
//! [`App`] owns everything that changes; views get it to look at and push [`Action`]s. One frame is: answers of
//! dialogs and threads, keys, drawing, actions. The clock, randomness, the user's folders and the desktop's file dialogs
//! come in by [`Host`], so that tests can set them.

mod apply;
mod beside;
mod commands;
mod ended;
mod files;
mod host;
mod navigate;
mod picture;
mod place_again;
mod remember;
mod selections;
mod settings;
mod situation;
mod suggesting;
mod term_pairs;
mod window;

use std::path::PathBuf;

use egui::{CentralPanel, Context, Frame, Id, Margin, Panel, Popup, Ui, vec2};

pub use crate::ui::making::Job;
pub use host::{FileAnswer, FilePurpose, FileRequest, Host};
pub use picture::picture;
pub use settings::{Settings, model_file};
pub use window::{WindowError, open_window};

use crate::custody::Custody;
use crate::edit::{Revision, Stamp};
use crate::model::{BySide, ClaimId, Session, Side, StatementId};
use crate::pairs::Filter;
use crate::stats::coverage::Coverages;
use crate::ui::action::Action;
use crate::ui::banner::banner_ui;
use crate::ui::command::{self, Command, Keyboard};
use crate::ui::compare::{CompareState, compare_ui};
use crate::ui::counterparts::KeptCounterparts;
use crate::ui::dialog::Dialog;
use crate::ui::disagreement::{DisagreementState, disagreement_ui};
use crate::ui::drop_hint::drop_hint_ui;
use crate::ui::inspector::{InspectorState, inspector_ui};
use crate::ui::making::Wait;
use crate::ui::matrix::{MatrixState, grid_id, matrix_ui};
use crate::ui::menu::{MenuState, menu_bar_ui};
use crate::ui::message::{Message, message_ui};
use crate::ui::pairs_table::{PairsState, Room, pairs_ui};
use crate::ui::palette::PaletteState;
use crate::ui::pane;
use crate::ui::relation_chooser::{Linking, relation_chooser_ui};
use crate::ui::review::{self, ReviewState, review_ui};
use crate::ui::scene::{Display, Scene, Selected};
use crate::ui::search_panel::{SearchState, search_ui};
use crate::ui::status_bar::{Saved, status_bar_ui};
use crate::ui::terms::{KeptTerms, TermsState, terms_ui};
use crate::ui::theme::{Theme, ThemeChoice};
use crate::ui::timeline::{TimelineState, timeline_ui};
use crate::ui::unanswered::{UnansweredState, queue_id, unanswered_ui};
use crate::ui::unplaced::Unplaced;
use crate::ui::{fonts, pairs_table, palette, terms, timeline};
use crate::watch::Watch;
use crate::workspace::Workspace;

/// Heights of the bars at the top and the bottom, in points.
const MENU_HEIGHT: f32 = 40.0;
const STATUS_HEIGHT: f32 = 26.0;

/// Sizes of inspector and pairs before the analyst chose others, in points.
const INSPECTOR_WIDTH: f32 = 300.0;
const PAIRS_HEIGHT: f32 = 190.0;

/// Height of "Where they disagree" under the Pairs view, in points.
const DISAGREEMENTS_HEIGHT: f32 = 210.0;

/// What part of the host's patience there is for what the analyst need not wait for: what a view wants worked out, perhaps in each
/// of many frames, and what is written. It is less than a frame.
const UNNEEDED_WAIT: u32 = 3;

/// Seconds that the clipboard may take to answer: longer than any does that has something to give.
const CLIPBOARD_SECS: f64 = 0.5;

/// What the pairs leave to the panes above them, in points.
const LEAST_PANES_HEIGHT: f32 = 160.0;

/// The program of one window.
pub struct App {
    workspace: Workspace,
    custody: Custody,
    watch: Option<Watch>,
    files: files::FileState,
    /// What is being done beside the window.
    works: Vec<beside::Work>,
    /// A panic ended the work.
    ended: Option<ended::Ended>,
    host: Host,
    rng: fastrand::Rng,
    /// Stamped on what is made; `None` before the analyst was asked.
    author: Option<String>,
    theme_choice: ThemeChoice,
    applied_theme: Option<bool>,
    display: Display,
    view: View,
    /// The view that backing out comes back to, and how the pairs were filtered there.
    came_from: Option<(View, Filter)>,
    selected: Selected,
    selections: selections::Selections,
    compare: CompareState,
    is_inspector_open: bool,
    are_pairs_open: bool,
    inspector: InspectorState,
    unplaced: Unplaced,
    /// Claims whose words or places the newer version that was taken last changed, in order of place.
    changed_claims: Vec<ClaimId>,
    pairs: PairsState,
    terms: TermsState,
    kept_terms: KeptTerms,
    are_disagreements_open: bool,
    disagreements: DisagreementState,
    matrix: MatrixState,
    unanswered: UnansweredState,
    timeline: TimelineState,
    review: ReviewState,
    suggestions: suggesting::Suggestions,
    counterparts: KeptCounterparts,
    /// Coverage of both sides, and the state of the session that it was counted in.
    coverages: (Revision, Coverages),
    search: Option<SearchState>,
    palette: Option<PaletteState>,
    linking: Option<Linking>,
    dialog: Option<Dialog>,
    message: Option<Message>,
    settings: Settings,
    kept: remember::Kept,
    /// Whether the analyst was asked for a name in this run.
    was_name_asked: bool,
    /// The text field that had the keyboard in the last frame.
    typing_in: Option<Id>,
    /// The view that was on show in the last frame.
    seen: View,
    /// When the clipboard was asked for its text, by egui's clock, while it has not answered.
    asked_to_paste_secs: Option<f64>,
    /// The statement that the clipboard's text is a newer version of, while it was asked for as one.
    pasted_into: Option<StatementId>,
}

/// What fills the window between the bars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Compare,
    Pairs,
    Terms,
    Matrix,
    Unanswered,
    Timeline,
    Review,
}

impl View {
    /// The command that leads to it.
    fn command(self) -> Command {
        match self {
            Self::Compare => Command::Compare,
            Self::Pairs => Command::Pairs,
            Self::Matrix => Command::Matrix,
            Self::Unanswered => Command::Unanswered,
            Self::Terms => Command::Terms,
            Self::Timeline => Command::Timeline,
            Self::Review => Command::Review,
        }
    }

    /// Whether the inspector stands beside it: not where a view tells of what is chosen in it itself.
    fn has_inspector(self) -> bool {
        !matches!(self, Self::Terms | Self::Timeline | Self::Review)
    }

    /// The view that a command leads to, where it is one that does.
    fn of(command: Command) -> Option<Self> {
        let all = [
            Self::Compare,
            Self::Pairs,
            Self::Matrix,
            Self::Unanswered,
            Self::Terms,
            Self::Timeline,
            Self::Review,
        ];
        all.into_iter().find(|view| view.command() == command)
    }
}

impl App {
    /// A window on `workspace`. Fonts and style are installed into the context here.
    pub fn new(ctx: &Context, workspace: Workspace, host: Host) -> Self {
        fonts::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let rng = fastrand::Rng::with_seed((host.seed)());
        Self {
            custody: Custody::none(workspace.session()),
            watch: None,
            workspace,
            files: files::FileState::default(),
            works: Vec::new(),
            ended: None,
            host,
            rng,
            author: None,
            theme_choice: ThemeChoice::default(),
            applied_theme: None,
            display: Display::default(),
            view: View::default(),
            came_from: None,
            selected: Selected::default(),
            selections: selections::Selections::default(),
            compare: CompareState::default(),
            is_inspector_open: true,
            are_pairs_open: true,
            inspector: InspectorState::default(),
            unplaced: Unplaced::default(),
            changed_claims: Vec::new(),
            pairs: PairsState::default(),
            terms: TermsState::default(),
            kept_terms: KeptTerms::default(),
            are_disagreements_open: true,
            disagreements: DisagreementState::default(),
            matrix: MatrixState::default(),
            unanswered: UnansweredState::default(),
            timeline: TimelineState::default(),
            review: ReviewState::default(),
            suggestions: suggesting::Suggestions::default(),
            counterparts: KeptCounterparts::default(),
            coverages: (Revision::NONE, Coverages::default()),
            search: None,
            palette: None,
            linking: None,
            dialog: None,
            message: None,
            settings: Settings::default(),
            kept: remember::Kept::default(),
            was_name_asked: false,
            typing_in: None,
            seen: View::default(),
            asked_to_paste_secs: None,
            pasted_into: None,
        }
    }

    /// A window as the settings have it, on `file`, else on the session that was open last, else on the sample.
    pub fn start(ctx: &Context, settings: Settings, host: Host, file: Option<PathBuf>) -> Self {
        let last = settings.recent.first();
        let last = last.filter(|_| settings.reopens_last).cloned();
        let file = file.or(last);
        // The sample is not read where something else is shown.
        let session = match &file {
            Some(_) => files::empty_session((host.seed)()),
            None => crate::corpus::sample(),
        };
        let mut app = Self::new(ctx, Workspace::unsaved(session), host);
        app.start_keeping(ctx);
        app.use_settings(settings);
        match file {
            Some(path) => app.begin_opening(ctx, &path, files::Then::Start),
            None => app.offer_unsaved_work(None, None),
        }
        app
    }

    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    pub fn selected(&self) -> &Selected {
        &self.selected
    }

    fn session(&self) -> &Session {
        self.workspace.session()
    }

    fn theme(&self, ctx: &Context) -> &'static Theme {
        self.theme_choice.theme(ctx.input(|i| i.raw.system_theme))
    }

    fn stamp(&self) -> Stamp {
        Stamp {
            author: self.author.clone().unwrap_or_default(),
            now: (self.host.now)(),
        }
    }

    /// One frame of the window. A panic in it ends the work and not the window, which says what to do.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.guarded(ui, Self::frame);
    }

    fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let theme = self.wear_theme(&ctx);
        self.settle(&ctx);
        self.compare_beside(&ctx);
        let mut actions = Vec::new();
        self.collect(&ctx, &mut actions);
        self.draw(ui, theme, &mut actions);
        for action in actions {
            self.apply(&ctx, action);
        }
        self.keep(&ctx);
        self.typing_in = text_field(&ctx);
    }

    fn wear_theme(&mut self, ctx: &Context) -> &'static Theme {
        let theme = self.theme(ctx);
        if self.applied_theme != Some(theme.dark) {
            theme.apply(ctx);
            self.applied_theme = Some(theme.dark);
        }
        theme
    }

    /// Brings what is shown in line with the session: statements that are gone are shown no longer, and so on.
    fn settle(&mut self, ctx: &Context) {
        for side in Side::BOTH {
            self.compare
                .panes
                .get_mut(side)
                .settle(self.workspace.session(), side);
        }
        self.prune_selection();
        self.unplaced.refresh(&self.workspace);
        let revision = self.workspace.revision();
        // A note that is being typed covers nothing.
        let is_typing = self.workspace.history().has_open_step();
        let (counted_at, coverages) = &mut self.coverages;
        if *counted_at != revision && (*counted_at == Revision::NONE || !is_typing) {
            let known = std::mem::replace(counted_at, revision);
            let changes = self.workspace.changes_since(known);
            coverages.refresh(self.workspace.session(), changes.as_ref());
        }
        if text_field(ctx) != self.typing_in {
            self.workspace.close_step();
        }
        if std::mem::replace(&mut self.seen, self.view) != self.view {
            // Another view takes the keyboard, whatever had it.
            ctx.memory_mut(|memory| {
                memory
                    .focused()
                    .into_iter()
                    .for_each(|id| memory.surrender_focus(id));
            });
        }
        let has_focus = ctx.memory(|memory| memory.focused().is_some());
        let is_asking = self.dialog.is_some() || self.palette.is_some();
        if !has_focus && !is_asking && !Popup::is_any_open(ctx) {
            let id = match self.view {
                View::Compare => pane::text_id(self.compare.focused.0),
                View::Pairs => pairs_table::table_id(),
                View::Terms => terms::table_id(),
                View::Matrix => grid_id(),
                View::Timeline => timeline::canvas_id(),
                View::Review => review::list_id(),
                View::Unanswered => queue_id(self.compare.focused.0),
            };
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }

    /// What keys, the clipboard, dropped files and answered dialogs ask for.
    fn collect(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        self.collect_files(ctx);
        self.collect_settings(ctx);
        if Popup::is_any_open(ctx) {
            // An open menu has the keyboard, Esc included.
            return;
        }
        let keyboard = self.keyboard(ctx);
        if !matches!(keyboard, Keyboard::Pane | Keyboard::Widget) {
            // What else is being asked or typed ends the question for a relation.
            self.linking = None;
        }
        if let Some(linking) = &mut self.linking {
            actions.extend(linking.keys(ctx, self.workspace.session().relations()));
            return;
        }
        if self.view == View::Review {
            self.review.keys(ctx, self.workspace.session(), actions);
        }
        let commands = command::pressed(ctx, keyboard);
        actions.extend(commands.into_iter().map(Action::Run));
        if matches!(keyboard, Keyboard::Pane | Keyboard::Widget) {
            self.collect_clipboard(ctx, actions);
        }
    }

    fn keyboard(&self, ctx: &Context) -> Keyboard {
        let pane_ids = Side::BOTH.map(pane::text_id);
        if self.dialog.is_some() || self.palette.is_some() {
            Keyboard::Dialog
        } else if ctx.text_edit_focused() {
            Keyboard::TextField
        } else if ctx
            .memory(|memory| memory.focused())
            .is_none_or(|id| pane_ids.contains(&id))
        {
            Keyboard::Pane
        } else {
            Keyboard::Widget
        }
    }

    /// The window system tells of copying and pasting by events of their own.
    fn collect_clipboard(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        let (events, with_shift) = ctx.input(|i| (i.events.clone(), i.modifiers.shift));
        let now_secs = ctx.input(|i| i.time);
        if events
            .iter()
            .any(|event| matches!(event, egui::Event::Paste(_)))
        {
            self.asked_to_paste_secs = None;
        }
        if let Some(asked_secs) = self.asked_to_paste_secs {
            // The window system says nothing where there is nothing to paste.
            if now_secs - asked_secs > CLIPBOARD_SECS {
                self.asked_to_paste_secs = None;
                self.pasted_into = None;
                let words = "The clipboard holds no text: copy the statement first";
                actions.push(Action::Tell(words.to_owned()));
            } else {
                ctx.request_repaint_after(std::time::Duration::from_millis(100));
            }
        }
        for event in events {
            match event {
                egui::Event::Copy if with_shift => {
                    actions.push(Action::Run(Command::CopyWithCitation));
                }
                egui::Event::Copy => actions.push(Action::Run(Command::Copy)),
                egui::Event::Paste(text) => actions.push(Action::PasteStatement(text)),
                _ => {}
            }
        }
    }

    fn draw(&mut self, ui: &mut Ui, theme: &'static Theme, actions: &mut Vec<Action>) {
        let ctx = ui.ctx().clone();
        let situation = self.situation();
        let saved = Saved {
            words: self.saved_words(ui.ctx()),
            place: self.saved_place(),
        };
        let working = self.working();
        let banner = self.banner();
        self.refresh_counterparts();
        let workspace = &self.workspace;
        let hits = self.search.as_ref().map(SearchState::results);
        let linking = self.linking.clone();
        if self.view == View::Terms || self.display.shows_terms {
            let wait = Wait {
                ctx: &ctx,
                patience: self.host.patience / UNNEEDED_WAIT,
            };
            self.kept_terms.refresh(&self.workspace, wait);
        }
        let terms_shown = (self.view == View::Compare && self.display.shows_terms)
            .then(|| self.kept_terms.places());
        let scene = Scene {
            workspace,
            theme,
            selected: &self.selected,
            display: &self.display,
            unplaced: &self.unplaced,
            hits: hits.as_deref(),
            linking: linking.as_ref(),
            terms: terms_shown.as_deref(),
            counterparts: self.counterparts.get(),
            wait: Wait {
                ctx: &ctx,
                patience: self.host.patience / UNNEEDED_WAIT,
            },
        };
        let bar = |height: f32, margin: i8| {
            let frame = Frame::new().fill(theme.window);
            (frame.inner_margin(Margin::symmetric(14, margin)), height)
        };
        let (frame, height) = bar(MENU_HEIGHT, 7);
        Panel::top("menu")
            .frame(frame)
            .exact_size(height)
            .show(ui, |ui| {
                let state = MenuState {
                    is_enabled: &|command| situation.is_enabled(command),
                    is_on: &|command| situation.is_on(command),
                    label: &|entry| situation.label(entry),
                    recent: &self.settings.recent,
                    view: self.view.command(),
                };
                menu_bar_ui(ui, &scene, &state, actions);
            });
        if let Some(banner) = &banner {
            banner_ui(ui, &scene, banner, actions);
        }
        let (frame, height) = bar(STATUS_HEIGHT, 0);
        Panel::bottom("status")
            .frame(frame)
            .exact_size(height)
            .show(ui, |ui| {
                let coverage = self.coverages.1.sides();
                status_bar_ui(ui, &scene, (&saved, working.as_ref()), coverage, actions);
            });
        if let Some(search) = &mut self.search {
            let frame = Frame::new().fill(theme.window).inner_margin(16.0);
            Panel::right("search")
                .frame(frame)
                // As wide as the inspector in whose place it stands, so that the statements stay as they are.
                .default_size(points(self.settings.inspector_width, INSPECTOR_WIDTH))
                .size_range(240.0..=480.0)
                .show(ui, |ui| search_ui(ui, &scene, search, actions));
        }
        if self.search.is_none() && self.is_inspector_open && self.view.has_inspector() {
            let frame = Frame::new().fill(theme.window);
            let inspector = Panel::right("inspector")
                .frame(frame)
                .default_size(points(self.settings.inspector_width, INSPECTOR_WIDTH))
                .size_range(240.0..=480.0)
                .show(ui, |ui| {
                    inspector_ui(ui, &scene, &mut self.inspector, actions);
                });
            self.settings.inspector_width = Some(inspector.response.rect.width().round());
        }
        if self.view == View::Compare && self.are_pairs_open {
            let most_pairs = (ui.available_height() - LEAST_PANES_HEIGHT).max(90.0);
            let pairs = Panel::bottom("pairs")
                .frame(Frame::new())
                .default_size(points(self.settings.pairs_height, PAIRS_HEIGHT))
                .size_range(90.0..=most_pairs)
                .resizable(true)
                .show(ui, |ui| {
                    pairs_ui(ui, &scene, &mut self.pairs, Room::Rows, actions);
                });
            self.settings.pairs_height = Some(pairs.response.rect.height().round());
        }
        if self.view == View::Pairs && self.are_disagreements_open {
            let most = (ui.available_height() - LEAST_PANES_HEIGHT).max(90.0);
            let margin = Margin::symmetric(14, 10);
            Panel::bottom("disagreements")
                .frame(Frame::new().fill(theme.window).inner_margin(margin))
                .default_size(DISAGREEMENTS_HEIGHT)
                .size_range(90.0..=most)
                .resizable(true)
                .show(ui, |ui| {
                    let filter = self.pairs.filter();
                    disagreement_ui(ui, &scene, filter, &mut self.disagreements, actions);
                });
        }
        // Over the panes' lower edge: what was just done stands in the table below.
        let bottom = ui.available_rect_before_wrap().center_bottom() - vec2(0.0, 12.0);
        CentralPanel::default()
            .frame(Frame::new())
            .show(ui, |ui| match self.view {
                View::Compare => compare_ui(ui, &scene, &mut self.compare, actions),
                View::Pairs => {
                    self.compare.rects = BySide::default();
                    pairs_ui(ui, &scene, &mut self.pairs, Room::Window, actions);
                }
                View::Terms => {
                    self.compare.rects = BySide::default();
                    terms_ui(ui, &scene, &mut self.kept_terms, &mut self.terms, actions);
                }
                View::Matrix => {
                    self.compare.rects = BySide::default();
                    matrix_ui(ui, &scene, &mut self.matrix, actions);
                }
                View::Timeline => {
                    self.compare.rects = BySide::default();
                    timeline_ui(ui, &scene, &mut self.timeline, actions);
                }
                View::Review => {
                    self.compare.rects = BySide::default();
                    review_ui(ui, &scene, &mut self.review, actions);
                }
                View::Unanswered => {
                    self.compare.rects = BySide::default();
                    let coverage = self.coverages.1.sides();
                    unanswered_ui(ui, &scene, &mut self.unanswered, coverage, actions);
                }
            });
        if ui.input(|i| !i.raw.hovered_files.is_empty()) {
            let side = self.side_under_pointer(ui.ctx());
            let rect = self.compare.rects.get(side);
            if let Some(rect) = rect.filter(|_| self.view == View::Compare) {
                drop_hint_ui(ui, &scene, side, rect);
            }
        }
        if let Some(linking) = &self.linking {
            relation_chooser_ui(ui, &scene, linking, actions);
        }
        if let Some(palette) = &mut self.palette {
            palette::palette_ui(ui, &scene, palette, &situation, actions);
        }
        if let Some(dialog) = &mut self.dialog {
            dialog.ui(ui, &scene, actions);
        }
        message_ui(ui, &scene, &mut self.message, bottom, actions);
    }
}

/// The text field that has the keyboard.
fn text_field(ctx: &Context) -> Option<Id> {
    let focused = ctx.memory(|memory| memory.focused());
    focused.filter(|_| ctx.text_edit_focused())
}

/// A size from the settings; what a broken file may hold is no size.
fn points(kept: Option<f32>, usual: f32) -> f32 {
    kept.filter(|points| points.is_finite()).unwrap_or(usual)
}
