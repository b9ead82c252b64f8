//! The window's view as a picture, drawn by the window's own code on a context without a display.

use egui::{Context, RawInput, Rect, Theme as SystemTheme, pos2, vec2};
use image::ImageEncoder as _;
use image::codecs::png::PngEncoder;

use super::FileAnswer;
use super::{App, Host, View};
use crate::cli::picture::{self, PictureOptions, Size};
use crate::model::{Session, Side};
use crate::ui::action::{Action, Reach};
use crate::ui::raster::Raster;
use crate::ui::theme::ThemeChoice;
use crate::workspace::Workspace;

/// Frames after which layout, gliding and fading have come to rest; a picture takes fewer where they rest sooner.
const MOST_FRAMES: usize = 60;

/// Seconds between two frames of egui's clock.
const FRAME_SECS: f64 = 1.0 / 30.0;

/// Draws a view of a session as a PNG file's bytes. It needs no display and no graphics driver.
pub fn picture(session: &Session, options: &PictureOptions) -> Result<Vec<u8>, String> {
    let ctx = Context::default();
    let mut app = App::new(&ctx, Workspace::unsaved(session.clone()), still_host());
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
        picture::View::Matrix => View::Matrix,
        picture::View::Claims => {
            app.matrix.hold_all_claims();
            View::Matrix
        }
        picture::View::Unanswered => View::Unanswered,
    };
    render(
        &ctx,
        &mut app,
        wishes,
        [options.size.width, options.size.height],
    )
}

/// Draws what a window shows just now, without the dialog or message over it.
pub(super) fn of_window(window: &App, window_ctx: &Context) -> Result<Vec<u8>, String> {
    let ctx = Context::default();
    let mut app = App::new(&ctx, window.workspace.clone(), still_host());
    app.theme_choice = if window.theme(window_ctx).dark {
        ThemeChoice::Dark
    } else {
        ThemeChoice::Light
    };
    app.display = window.display.clone();
    app.view = window.view;
    app.selected = window.selected.clone();
    app.compare = window.compare.clone();
    app.is_inspector_open = window.is_inspector_open;
    app.are_pairs_open = window.are_pairs_open;
    app.inspector = window.inspector.clone();
    app.pairs = window.pairs.clone();
    app.terms = window.terms.clone();
    app.are_disagreements_open = window.are_disagreements_open;
    app.matrix = window.matrix.clone();
    app.settings.inspector_width = window.settings.inspector_width;
    app.settings.pairs_height = window.settings.pairs_height;
    let size = window_ctx.content_rect().size();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between the two sizes"
    )]
    let pixels = |points: f32| (points.round() as u32).clamp(Size::LEAST, Size::MOST);
    render(&ctx, &mut app, Vec::new(), [pixels(size.x), pixels(size.y)])
}

/// Runs frames until nothing moves any more and encodes the last one.
fn render(
    ctx: &Context,
    app: &mut App,
    wishes: Vec<Action>,
    size_px: [u32; 2],
) -> Result<Vec<u8>, String> {
    let [width, height] = size_px;
    let mut raster = Raster::default();
    let mut wishes = Some(wishes);
    let mut last = None;
    for frame in 0..MOST_FRAMES {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(
                pos2(0.0, 0.0),
                vec2(width as f32, height as f32),
            )),
            time: Some(frame as f64 * FRAME_SECS),
            system_theme: Some(SystemTheme::Light),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| app.ui(ui));
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

/// A machine without clock, chance, settings and dialogs: the same session gives the same picture.
pub(super) fn still_host() -> Host {
    Host {
        now: Box::new(|| crate::model::Timestamp::UNIX_EPOCH),
        time_zone: jiff::tz::TimeZone::UTC,
        seed: Box::new(|| 0),
        config_folder: None,
        state_folder: None,
        ask_for_file: Box::new(|_| {
            let (answer, answered) = std::sync::mpsc::channel();
            answer.send(FileAnswer::Cancelled).ok();
            answered
        }),
    }
}
