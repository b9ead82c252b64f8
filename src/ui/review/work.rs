//! How far comparing the texts is, with what stops it and goes on.

use egui::{ProgressBar, RichText, Ui};

use super::Work;
use crate::embed::Progress;
use crate::ui::action::Action;
use crate::ui::scene::Scene;

/// Draws it; nothing where nothing is going on.
pub fn work_ui(ui: &mut Ui, scene: &Scene<'_>, work: &Work, actions: &mut Vec<Action>) {
    let theme = scene.theme;
    let (words, button, action) = match work {
        Work::Idle => return,
        Work::Failed(why) => {
            ui.label(RichText::new(why).color(theme.warning));
            return;
        }
        Work::Running(progress) => (running_words(*progress), "Cancel", Action::StopComparing),
        Work::Stopped => (
            "You stopped comparing the texts".to_owned(),
            "Go on comparing",
            Action::GoOnComparing,
        ),
    };
    if let Work::Running(Some(Progress { done, all })) = work {
        #[expect(clippy::cast_precision_loss, reason = "a part of a bar")]
        let part = *done as f32 / (*all).max(1) as f32;
        let bar = ProgressBar::new(part).desired_height(6.0);
        ui.add(
            bar.fill(theme.accent)
                .desired_width(ui.available_width().min(320.0)),
        );
    }
    ui.horizontal(|ui| {
        let name = format!("{button}: {words}");
        ui.label(RichText::new(&words).color(theme.text_muted));
        if ui.button(button).accessible_name(name).clicked() {
            actions.push(action);
        }
    });
}

/// How far comparing is, in words.
fn running_words(progress: Option<Progress>) -> String {
    match progress {
        Some(Progress { done, all }) if done < all => {
            format!("Comparing: {done} of {all} places read")
        }
        _ => "Comparing …".to_owned(),
    }
}
