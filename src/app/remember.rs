//! Between the window and its [`Settings`]: what is taken over at the start, and what is kept for the next one.
//!
//! The settings are kept every half minute and with every file, not only at the end: where the display goes away, the
//! program is gone at once.

use std::time::Duration;

use egui::Context;

use super::App;
use super::settings::{PLACES, Place, Settings};
use crate::model::{BySide, Side};
use crate::ui::scene::Display;

/// Seconds between two looks at what is to be kept.
const LOOK_SECS: f64 = 30.0;

/// What was kept last, and when.
#[derive(Default)]
pub(super) struct Kept {
    settings: Option<Settings>,
    /// The time of egui's clock, in seconds.
    looked_secs: f64,
}

impl App {
    pub(super) fn use_settings(&mut self, settings: Settings) {
        self.author.clone_from(&settings.author);
        self.theme_choice = settings.theme;
        let text_size = Some(settings.text_size).filter(|size| size.is_finite());
        self.display.text_size = text_size
            .unwrap_or(Display::USUAL_TEXT_SIZE)
            .clamp(*Display::TEXT_SIZES.start(), *Display::TEXT_SIZES.end());
        self.display.scroll_together = settings.scroll_together;
        self.display.shows_counterparts = settings.shows_counterparts;
        self.is_inspector_open = settings.is_inspector_open;
        self.are_pairs_open = settings.are_pairs_open;
        self.settings = settings;
    }

    /// Keeps for the next start how the window is now.
    pub fn save_settings(&mut self) {
        if self.ended.is_some() {
            return;
        }
        self.settings.author.clone_from(&self.author);
        self.settings.theme = self.theme_choice;
        self.settings.text_size = self.display.text_size;
        self.settings.scroll_together = self.display.scroll_together;
        self.settings.shows_counterparts = self.display.shows_counterparts;
        self.settings.is_inspector_open = self.is_inspector_open;
        self.settings.are_pairs_open = self.are_pairs_open;
        self.settings.reopens_last = self.workspace.path().is_some();
        self.note_place();
        let Some(folder) = &self.host.config_folder else {
            return;
        };
        if self.kept.settings.as_ref() != Some(&self.settings) {
            // The settings are a convenience: a folder that cannot be written is no reason to hold anything up.
            self.settings.save(folder).ok();
            self.kept.settings = Some(self.settings.clone());
        }
    }

    /// Looks at the window's size in every frame, and keeps the settings from time to time.
    pub(super) fn collect_settings(&mut self, ctx: &Context) {
        let now_secs = ctx.input(|i| i.time);
        let (size, is_maximized, is_plain) = ctx.input(|i| {
            let window = i.viewport();
            let is_on = |state: Option<bool>| state == Some(true);
            let is_plain = ![window.maximized, window.fullscreen, window.minimized]
                .into_iter()
                .any(is_on);
            (
                window.inner_rect.map(|rect| rect.size()),
                is_on(window.maximized),
                is_plain,
            )
        });
        self.settings.is_maximized = is_maximized;
        if let Some(size) = size.filter(|_| is_plain) {
            self.settings.window_size = Some([size.x.round(), size.y.round()]);
        }
        if self.host.config_folder.is_none() {
            return;
        }
        let rest_secs = self.kept.looked_secs + LOOK_SECS - now_secs;
        if rest_secs <= 0.0 {
            self.kept.looked_secs = now_secs;
            self.save_settings();
        }
        let rest_secs = if rest_secs <= 0.0 {
            LOOK_SECS
        } else {
            rest_secs
        };
        ctx.request_repaint_after(Duration::from_secs_f64(rest_secs));
    }

    /// Notes which statements of the open file are on show, and where.
    pub(super) fn note_place(&mut self) {
        let Some(path) = self.workspace.path() else {
            return;
        };
        let shown = BySide::from_fn(|side| {
            let pane = self.compare.panes.get(side);
            pane.statement()
                .map(|id| (id.to_string(), pane.view.place()))
        });
        if shown == BySide::default() {
            return;
        }
        let BySide { left, right } = shown;
        let place = Place {
            path: path.to_owned(),
            left,
            right,
        };
        self.settings
            .places
            .retain(|other| other.path != place.path);
        self.settings.places.insert(0, place);
        self.settings.places.truncate(PLACES);
    }

    /// Shows the statements of the open file that were on show when it was left, where they were.
    pub(super) fn return_to_place(&mut self) {
        let session = self.workspace.session();
        let mut places = self.settings.places.iter();
        let Some(place) = places.find(|place| Some(place.path.as_path()) == self.workspace.path())
        else {
            return;
        };
        for (side, shown) in [(Side::Left, &place.left), (Side::Right, &place.right)] {
            let Some((id, byte)) = shown else { continue };
            let Ok(id) = id.parse() else { continue };
            if session
                .statement(&id)
                .is_some_and(|statement| statement.side == side)
            {
                let pane = self.compare.panes.get_mut(side);
                pane.show_statement(id);
                pane.view.start_at(*byte);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{App, Host};
    use super::*;
    use crate::model::StatementId;
    use crate::session_file::{self, Over};

    fn host(folder: &Path) -> Host {
        Host {
            config_folder: Some(folder.to_owned()),
            ..Host::still()
        }
    }

    /// Frames enough for gliding to come to rest.
    fn draw(ctx: &Context, app: &mut App) {
        for frame in 0..20 {
            let size = egui::vec2(1280.0, 800.0);
            let input = egui::RawInput {
                screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
                time: Some(f64::from(frame) / 30.0),
                ..egui::RawInput::default()
            };
            ctx.run_ui(input, |ui| app.ui(ui)).textures_delta.clear();
        }
    }

    fn shown(app: &App) -> BySide<(Option<StatementId>, usize)> {
        let panes = app.compare.panes.as_ref();
        panes.map(|pane| (pane.statement().cloned(), pane.view.place()))
    }

    #[test]
    fn the_next_start_opens_the_last_session_where_it_was_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("Laçın.ron");
        let sample = crate::corpus::sample();
        session_file::save(&path, &sample, Over::Nothing).expect("saved");
        let ctx = Context::default();
        let settings = Settings::default();
        let mut app = App::start(&ctx, settings, host(folder.path()), Some(path.clone()));
        draw(&ctx, &mut app);
        let last = sample.statements_of(Side::Left).pop().expect("a statement");
        let pane = &mut app.compare.panes.left;
        pane.show_statement(last.id.clone());
        pane.view.start_at(last.text.len() / 2);
        app.are_pairs_open = false;
        draw(&ctx, &mut app);
        let left_as = shown(&app);
        assert!(left_as.left.1 > 0, "{left_as:?}");
        app.save_settings();

        let settings = Settings::load(Some(folder.path()));
        let ctx = Context::default();
        let mut app = App::start(&ctx, settings, host(folder.path()), None);
        draw(&ctx, &mut app);
        assert_eq!(app.workspace().path(), Some(path.as_path()));
        assert_eq!(shown(&app), left_as);
        assert!(!app.are_pairs_open);
    }
}
