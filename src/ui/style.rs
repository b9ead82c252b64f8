//! What egui's own widgets make of a [`Theme`]: quiet, thin lines, text of 13 px.

use egui::style::{ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{
    Button, Color32, Context, CornerRadius, Margin, RichText, Shadow, Stroke, Style, TextStyle,
    Visuals, vec2,
};

use super::fonts;
use super::theme::Theme;

const ROUNDED: CornerRadius = CornerRadius::same(6);

impl Theme {
    /// Makes every widget look like this from the next frame on. Copies a whole style: call it when the theme changes,
    /// not every frame.
    pub fn apply(&self, ctx: &Context) {
        let theme = if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        ctx.set_style_of(theme, self.style());
        ctx.set_theme(theme);
    }

    /// A tab or entry of which one at a time is chosen. egui alone would fill the chosen one like selected text.
    pub fn choice(&self, label: &str, chosen: bool) -> Button<'static> {
        if chosen {
            let label = RichText::new(label).font(fonts::strong(13.0));
            Button::selectable(true, label.color(self.text)).fill(self.control_active)
        } else {
            Button::selectable(false, RichText::new(label).color(self.text_muted))
        }
    }

    fn style(&self) -> Style {
        let mut style = Style {
            visuals: self.visuals(),
            text_styles: [
                (TextStyle::Small, fonts::ui(11.5)),
                (TextStyle::Body, fonts::ui(13.0)),
                (TextStyle::Button, fonts::ui(13.0)),
                (TextStyle::Heading, fonts::strong(15.0)),
                (TextStyle::Monospace, fonts::mono(12.0)),
            ]
            .into(),
            animation_time: 0.1,
            ..Style::default()
        };
        let spacing = &mut style.spacing;
        spacing.item_spacing = vec2(8.0, 6.0);
        spacing.button_padding = vec2(8.0, 3.0);
        spacing.interact_size = vec2(24.0, 24.0);
        spacing.window_margin = Margin::same(16);
        spacing.menu_margin = Margin::same(6);
        spacing.menu_spacing = 2.0;
        spacing.icon_width = 15.0;
        spacing.icon_width_inner = 9.0;
        // Menus and dialogs take what the window has; egui would cut them off until the next frame, or for good.
        spacing.default_area_size = vec2(600.0, 2000.0);
        spacing.scroll = ScrollStyle {
            bar_width: 8.0,
            floating_width: 4.0,
            handle_min_length: 24.0,
            ..ScrollStyle::floating()
        };
        // Labels that take a drag would compete with the panes' own selection.
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.4;
        style
    }

    fn visuals(&self) -> Visuals {
        let base = if self.dark {
            Visuals::dark()
        } else {
            Visuals::light()
        };
        let line = Stroke::new(1.0, self.line);
        let shadow = Shadow {
            offset: [0, 4],
            blur: 16,
            spread: 0,
            color: self.shadow,
        };
        Visuals {
            dark_mode: self.dark,
            override_text_color: None,
            weak_text_color: Some(self.text_muted),
            widgets: self.widgets(),
            selection: Selection {
                bg_fill: self.selection,
                stroke: Stroke::new(1.0, self.accent),
            },
            hyperlink_color: self.accent,
            faint_bg_color: self.window,
            extreme_bg_color: self.page,
            text_edit_bg_color: Some(self.page),
            code_bg_color: self.control_active,
            warn_fg_color: self.warning,
            error_fg_color: self.error,
            window_corner_radius: CornerRadius::same(10),
            window_shadow: shadow,
            window_fill: self.page,
            window_stroke: line,
            window_highlight_topmost: false,
            menu_corner_radius: CornerRadius::same(8),
            panel_fill: self.window,
            popup_shadow: shadow,
            text_cursor: TextCursorStyle {
                stroke: Stroke::new(1.5, self.accent),
                ..base.text_cursor
            },
            indent_has_left_vline: false,
            ..base
        }
    }

    fn widgets(&self) -> Widgets {
        let line = Stroke::new(1.0, self.line);
        let at_rest = WidgetVisuals {
            // Of check boxes and radio buttons, whose outline is a hairline.
            bg_fill: self.line,
            weak_bg_fill: self.control,
            bg_stroke: line,
            corner_radius: ROUNDED,
            fg_stroke: Stroke::new(1.0, self.text),
            // Nothing grows under the pointer: rows stay aligned.
            expansion: 0.0,
        };
        let filled = |fill: Color32, stroke: Stroke| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: stroke,
            ..at_rest
        };
        Widgets {
            noninteractive: filled(self.window, line),
            inactive: at_rest,
            hovered: filled(self.control_hover, line),
            active: filled(self.control_active, Stroke::new(1.0, self.accent)),
            open: filled(self.control_active, line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_reaches_egui_and_can_be_changed() {
        let ctx = Context::default();
        for theme in [Theme::dark(), Theme::light()] {
            theme.apply(&ctx);
            let style = ctx.global_style();
            assert_eq!(style.visuals.dark_mode, theme.dark);
            assert_eq!(style.visuals.panel_fill, theme.window);
            assert_eq!(style.visuals.text_color(), theme.text);
        }
    }
}
