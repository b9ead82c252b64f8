//! The line over the table: how many pairs there are, and what they are filtered by.

use egui::{Sides, Ui};

use super::PairsState;
use super::listing::Counts;
use crate::ui::heading::heading_ui;
use crate::ui::pair_filter::pair_filter_ui;
use crate::ui::scene::Scene;
use crate::wording::counted;

/// Draws the line.
pub(super) fn head_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut PairsState) {
    let unanswered = scene.session().unanswered_counts();
    let unanswered = unanswered.left + unanswered.right;
    let words = count_words(state.listing.counts, state.listing.whole, unanswered);
    Sides::new()
        .shrink_left()
        .height(ui.available_height())
        .show(
            ui,
            |ui| heading_ui(ui, scene, ("Pairs", "Pairs of the session"), &words),
            |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.add_space(8.0);
                pair_filter_ui(
                    ui,
                    scene,
                    &mut state.filter,
                    &mut state.listing.authors.keys(),
                );
            },
        );
}

/// What the line says of the links that are listed and of all; unanswered claims are of no filter.
fn count_words(listed: Counts, whole: Counts, unanswered: usize) -> Vec<String> {
    let mut words = Vec::new();
    let is_part = listed.links < whole.links;
    if is_part {
        words.push(format!("{} of {}", listed.links, whole.links));
    }
    words.push(format!("{} confirmed", listed.confirmed));
    if whole.tentative() > 0 {
        words.push(format!("{} tentative", listed.tentative()));
    }
    if !is_part {
        words.push(format!(
            "{} unanswered",
            counted(unanswered, "claim", "claims")
        ));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_counts_what_is_listed_and_says_of_how_many() {
        let counts = |links, confirmed| Counts { links, confirmed };
        for (listed, whole, unanswered, expected) in [
            (
                counts(62, 58),
                counts(62, 58),
                25,
                &["58 confirmed", "4 tentative", "25 claims unanswered"][..],
            ),
            (
                counts(12, 12),
                counts(62, 58),
                25,
                &["12 of 62", "12 confirmed", "0 tentative"],
            ),
            (
                counts(2, 2),
                counts(2, 2),
                1,
                &["2 confirmed", "1 claim unanswered"],
            ),
            (counts(0, 0), counts(2, 2), 1, &["0 of 2", "0 confirmed"]),
        ] {
            assert_eq!(count_words(listed, whole, unanswered), expected);
        }
    }
}
