//! What all dialogs share: the frame in the middle of the window, its title, widths, and the row of buttons at its foot.
//!
//! Esc closes a dialog by the command "Back out", not here; what is asked and what the answer does is each dialog's own.

use egui::accesskit::Role;
use egui::{
    Align, Frame, Id, InnerResponse, Layout, Margin, Modal, Popup, Response, RichText, ScrollArea,
    Ui, vec2,
};

use crate::ui::fonts;
use crate::ui::theme::Theme;

/// Width of a dialog's contents in points: a line of some 70 characters.
pub const WIDTH: f32 = 480.0;

/// Width of the contents where they stand in columns, in points: it leaves the edges of a window of 1280.
pub const WIDE: f32 = 960.0;

/// Points of the window's height that a dialog needs below its body and around itself.
pub const AROUND_BODY: f32 = 150.0;

/// Width that a dialog's body leaves to its scroll bar, in points.
pub const SCROLL_BAR: f32 = 8.0;

/// Draws a dialog over the window, which stands still behind it.
pub fn dialog_frame<R>(ui: &Ui, title: &str, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    framed(ui, title, WIDTH, add_contents)
}

/// A [`dialog_frame`] for contents in columns.
pub fn wide_dialog_frame<R>(ui: &Ui, title: &str, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    framed(ui, title, WIDE, add_contents)
}

fn framed<R>(ui: &Ui, title: &str, width: f32, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    let ctx = ui.ctx();
    let area = Modal::default_area(Id::unique(("dialog", title)))
        .role(Role::Dialog)
        .accessible_name(title);
    let was_open = ctx.memory(|memory| memory.areas().visible_last_frame(&area.layer()));
    if !was_open {
        // The pane behind would keep the keyboard; `takes_first_focus` gives it to the dialog.
        ctx.memory_mut(|memory| memory.stop_text_input());
    }
    let frame = Frame::popup(ui.style())
        .fill(ui.visuals().panel_fill)
        .inner_margin(Margin::same(20));
    let modal = Modal {
        area,
        backdrop_color: ui.visuals().window_shadow.color,
        frame: Some(frame),
    };
    let show = |ui: &mut Ui| {
        ui.set_width(width.min(ctx.content_rect().width() - 80.0));
        // An area offers as much as it took a frame before: what scrolls in it would grow by a little in every frame.
        ui.set_max_height(ctx.content_rect().height());
        ui.label(RichText::new(title).font(fonts::strong(16.0)));
        ui.add_space(10.0);
        add_contents(ui)
    };
    modal.show(ctx, show).inner
}

/// Gives the keyboard to a dialog's first field, or to its first button, while nothing else in the dialog has it.
pub fn takes_first_focus(response: &Response) {
    let is_free = response.ctx.memory(|memory| memory.focused().is_none());
    if is_free && !Popup::is_any_open(&response.ctx) {
        response.request_focus();
    }
}

/// What scrolls where the window is too low for the whole dialog; what is above and the buttons below stay in place.
/// It is called on the dialog's own `Ui`.
pub fn dialog_body_ui<R>(ui: &mut Ui, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    let above = ui.min_rect().height();
    let most = (ui.ctx().content_rect().height() - above - AROUND_BODY).max(120.0);
    ScrollArea::vertical()
        .max_height(most)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            // The scroll bar floats in what is left.
            ui.set_max_width(ui.available_width() - SCROLL_BAR);
            add_contents(ui)
        })
        .inner
}

/// One of the rows that a dialog lists, on the page's ground.
pub fn row_frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.page)
        .corner_radius(4.0)
        .inner_margin(Margin::symmetric(12, 8))
}

/// A [`row_frame`] with its contents, over the whole width.
pub fn row_ui<R>(
    ui: &mut Ui,
    frame: Frame,
    add_contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        add_contents(ui)
    })
}

/// The row of buttons at the foot, from the right: the one that Enter means is added first.
pub fn dialog_buttons_ui<R>(ui: &mut Ui, add_buttons: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(14.0);
    let row = vec2(ui.available_width(), 28.0);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(row, layout, add_buttons).inner
}

/// A field's label above it; the field is `labelled_by` its id.
pub fn field_label_ui(ui: &mut Ui, words: &str) -> Response {
    let words = RichText::new(words)
        .font(fonts::ui(12.0))
        .color(ui.visuals().weak_text_color());
    ui.label(words)
}
