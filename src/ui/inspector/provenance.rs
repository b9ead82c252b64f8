//! Who made a record, and when, as the inspector's last lines.

use egui::Ui;

use super::muted_ui;
use crate::model::Timestamp;
use crate::text::with_signs;
use crate::ui::scene::Scene;

/// Draws the lines.
pub(super) fn provenance_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    author: &str,
    created: Option<Timestamp>,
    modified: Option<Timestamp>,
) {
    for line in lines(author, created, modified) {
        muted_ui(ui, scene.theme, with_signs(&line));
    }
}

/// `by R.A., 2026-11-21 14:02 UTC`, and a line more where it was changed in a later minute.
fn lines(author: &str, created: Option<Timestamp>, modified: Option<Timestamp>) -> Vec<String> {
    let minute = |time: Timestamp| time.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let (created, modified) = (created.map(minute), modified.map(minute));
    let by = (!author.is_empty()).then(|| format!("by {author}"));
    let made: Vec<String> = by.into_iter().chain(created.clone()).collect();
    let changed = modified
        .filter(|time| Some(time) != created.as_ref())
        .map(|time| format!("changed {time}"));
    let made = (!made.is_empty()).then(|| made.join(", "));
    made.into_iter().chain(changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out() {
        let at = |text: &str| text.parse::<Timestamp>().ok();
        let (made, later) = ("2026-11-21T14:02:05Z", "2026-11-21T15:00:00Z");
        for (author, created, modified, expected) in [
            (
                "R.A.",
                at(made),
                at(made),
                &["by R.A., 2026-11-21 14:02 UTC"][..],
            ),
            (
                "Ə. Ş.",
                at(made),
                at(later),
                &[
                    "by Ə. Ş., 2026-11-21 14:02 UTC",
                    "changed 2026-11-21 15:00 UTC",
                ],
            ),
            ("", at(made), None, &["2026-11-21 14:02 UTC"]),
            ("Ա.", None, None, &["by Ա."]),
            ("", None, None, &[]),
        ] {
            assert_eq!(lines(author, created, modified), expected);
        }
    }
}
