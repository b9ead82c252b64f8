//! The window's view as a picture, drawn by the window's own code on a context without a display.

use egui::{Context, Frame, RawInput, Rect, Theme as SystemTheme, Ui, Vec2, pos2, vec2};
use image::ImageEncoder as _;
use image::codecs::png::PngEncoder;

use super::{App, Host, View};
use crate::cli::picture::{self, PictureOptions, Size};
use crate::model::{Session, Side};
use crate::ui::action::{Action, Reach};
use crate::ui::compare::CompareState;
use crate::ui::inspector::InspectorState;
use crate::ui::making::Wait;
use crate::ui::matrix::MatrixState;
use crate::ui::pairs_table::PairsState;
use crate::ui::raster::Raster;
use crate::ui::review::ReviewState;
use crate::ui::scene::{Display, Scene, Selected};
use crate::ui::terms::TermsState;
use crate::ui::theme::ThemeChoice;
use crate::ui::timeline::{TimelineState, picture_ui};
use crate::workspace::Workspace;

/// Frames after which layout, gliding and fading have come to rest; a picture takes fewer where they rest sooner.
const MOST_FRAMES: usize = 60;

/// Seconds between two frames of egui's clock.
const FRAME_SECS: f64 = 1.0 / 30.0;

/// Draws a view of a session as a PNG file's bytes. It needs no display and no graphics driver.
pub fn picture(session: &Session, options: &PictureOptions) -> Result<Vec<u8>, String> {
    let ctx = Context::default();
    let mut app = App::new(&ctx, Workspace::unsaved(session.clone()), Host::still());
    app.theme_choice = match options.theme {
        picture::Theme::Light => ThemeChoice::Light,
        picture::Theme::Dark => ThemeChoice::Dark,
    };
    let statements = [&options.left, &options.right]
        .into_iter()
        .flatten()
        .cloned();
    let mut wishes: Vec<Action> = statements.map(Action::ShowStatement).collect();
    if let Some(id) = &options.select {
        let claim = id.parse().ok().filter(|id| session.claim(id).is_some());
        wishes.extend(claim.map(|id| Action::SelectClaim(id, Reach::Only)));
        let link = id.parse().ok().filter(|id| session.link(id).is_some());
        wishes.extend(link.map(Action::SelectLink));
    }
    app.compare.focused.0 = Side::Left;
    app.view = match options.view {
        picture::View::Compare => View::Compare,
        picture::View::Terms => View::Terms,
        picture::View::Pairs => View::Pairs,
        picture::View::Timeline => View::Timeline,
        picture::View::Matrix => View::Matrix,
        picture::View::Claims => {
            app.matrix.hold_all_claims();
            View::Matrix
        }
        picture::View::Unanswered => View::Unanswered,
        picture::View::Review => View::Review,
    };
    if app.view == View::Review {
        app.compare_now();
    }
    render(
        &ctx,
        &mut app,
        wishes,
        [options.size.width, options.size.height],
    )
}

/// What a window shows just now, without the dialog or message over it, to be drawn on any thread.
pub(super) struct Shown {
    workspace: Workspace,
    theme: ThemeChoice,
    display: Display,
    view: View,
    selected: Selected,
    compare: CompareState,
    is_inspector_open: bool,
    are_pairs_open: bool,
    inspector: InspectorState,
    pairs: PairsState,
    terms: TermsState,
    are_disagreements_open: bool,
    matrix: MatrixState,
    timeline: TimelineState,
    review: ReviewState,
    inspector_width: Option<f32>,
    pairs_height: Option<f32>,
    /// The window's inside, in points.
    size: Vec2,
}

impl Shown {
    pub(super) fn of(window: &App, ctx: &Context) -> Self {
        Self {
            workspace: window.workspace.clone(),
            theme: if window.theme(ctx).dark {
                ThemeChoice::Dark
            } else {
                ThemeChoice::Light
            },
            display: window.display.clone(),
            view: window.view,
            selected: window.selected.clone(),
            compare: window.compare.clone(),
            is_inspector_open: window.is_inspector_open,
            are_pairs_open: window.are_pairs_open,
            inspector: window.inspector.clone(),
            pairs: window.pairs.clone(),
            terms: window.terms.clone(),
            are_disagreements_open: window.are_disagreements_open,
            matrix: window.matrix.clone(),
            timeline: window.timeline.clone(),
            review: window.review.clone(),
            inspector_width: window.settings.inspector_width,
            pairs_height: window.settings.pairs_height,
            size: ctx.content_rect().size(),
        }
    }

    /// A window of its own that shows the same.
    fn window(&self, ctx: &Context) -> App {
        let mut app = App::new(ctx, self.workspace.clone(), Host::still());
        app.theme_choice = self.theme;
        app.display = self.display.clone();
        app.view = self.view;
        app.selected = self.selected.clone();
        app.compare = self.compare.clone();
        app.is_inspector_open = self.is_inspector_open;
        app.are_pairs_open = self.are_pairs_open;
        app.inspector = self.inspector.clone();
        app.pairs = self.pairs.clone();
        app.terms = self.terms.clone();
        app.are_disagreements_open = self.are_disagreements_open;
        app.matrix = self.matrix.clone();
        app.timeline = self.timeline.clone();
        app.review = self.review.clone();
        app.keep_as_compared();
        app.settings.inspector_width = self.inspector_width;
        app.settings.pairs_height = self.pairs_height;
        app
    }

    /// The view as a PNG file's bytes.
    pub(super) fn picture(&self) -> Result<Vec<u8>, String> {
        let ctx = Context::default();
        let size_px = [pixels(self.size.x), pixels(self.size.y)];
        render(&ctx, &mut self.window(&ctx), Vec::new(), size_px)
    }

    /// The timeline alone, as wide as the window and as high as it is.
    pub(super) fn timeline(&self) -> Result<Vec<u8>, String> {
        let size_px = [pixels(self.size.x), pixels(self.timeline_height())];
        let ctx = Context::default();
        let mut app = self.window(&ctx);
        render_by(&ctx, &mut app, (Vec::new(), size_px), |app, ui| {
            timeline_alone_ui(app, ui);
        })
    }

    /// How high the timeline is, in points: known once it was drawn.
    fn timeline_height(&self) -> f32 {
        let ctx = Context::default();
        let mut app = self.window(&ctx);
        let mut height = 0.0;
        for frame in 0..2 {
            let input = still_input(frame, vec2(self.size.x, Size::MOST as f32));
            let mut output = ctx.run_ui(input, |ui| height = timeline_alone_ui(&mut app, ui));
            output.textures_delta.clear();
        }
        height
    }
}

/// A picture's side for so many points.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held between the two sizes"
)]
fn pixels(points: f32) -> u32 {
    (points.round() as u32).clamp(Size::LEAST, Size::MOST)
}

/// Draws the timeline and nothing else, and returns how high it is, in points.
fn timeline_alone_ui(app: &mut App, ui: &mut Ui) -> f32 {
    let ctx = ui.ctx().clone();
    let theme = app.wear_theme(&ctx);
    let scene = Scene {
        workspace: &app.workspace,
        theme,
        selected: &app.selected,
        display: &app.display,
        unplaced: &app.unplaced,
        hits: None,
        linking: None,
        terms: None,
        counterparts: None,
        wait: Wait {
            ctx: &ctx,
            patience: app.host.patience,
        },
    };
    let frame = Frame::new().fill(theme.page).inner_margin(24.0);
    let drawn = frame.show(ui, |ui| {
        // What is asked for is asked of a window.
        picture_ui(ui, &scene, &mut app.timeline, &mut Vec::new());
    });
    drawn.response.rect.height()
}

/// Runs frames of the window until nothing moves any more and encodes the last one.
fn render(
    ctx: &Context,
    app: &mut App,
    wishes: Vec<Action>,
    size_px: [u32; 2],
) -> Result<Vec<u8>, String> {
    render_by(ctx, app, (wishes, size_px), App::ui)
}

fn still_input(frame: usize, size: Vec2) -> RawInput {
    RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
        time: Some(frame as f64 * FRAME_SECS),
        system_theme: Some(SystemTheme::Light),
        ..RawInput::default()
    }
}

fn render_by(
    ctx: &Context,
    app: &mut App,
    (wishes, size_px): (Vec<Action>, [u32; 2]),
    mut draw: impl FnMut(&mut App, &mut Ui),
) -> Result<Vec<u8>, String> {
    let [width, height] = size_px;
    let mut raster = Raster::default();
    let mut wishes = Some(wishes);
    let mut last = None;
    for frame in 0..MOST_FRAMES {
        let input = still_input(frame, vec2(width as f32, height as f32));
        let mut output = ctx.run_ui(input, |ui| draw(app, ui));
        raster.apply(std::mem::take(&mut output.textures_delta));
        let rests = output
            .viewport_output
            .values()
            .all(|viewport| viewport.repaint_delay.as_secs_f64() > FRAME_SECS);
        last = Some(output);
        match wishes.take() {
            Some(wishes) => wishes.into_iter().for_each(|wish| app.apply(ctx, wish)),
            None if rests => break,
            None => {}
        }
    }
    let output = last.ok_or("nothing was drawn")?;
    let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
    let size = [width as usize, height as usize];
    let background = app.theme(ctx).page;
    let pixels = raster.render(&primitives, size, output.pixels_per_point, background);
    let mut png = Vec::new();
    PngEncoder::new(&mut png)
        .write_image(
            pixels.as_raw(),
            width,
            height,
            image::ExtendedColorType::Rgba8,
        )
        .map_err(|error| error.to_string())?;
    Ok(png)
}
