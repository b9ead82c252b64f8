//! [`Theme`]: the window's colors by meaning, read from `assets/theme`.
//!
//! No view names a color itself. What egui's own widgets make of a theme is in `super::style`.

use std::sync::LazyLock;

use egui::Color32;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::contrast;
use crate::model::{BySide, Rgb};

/// Every color of the window. What "readable" promises is at least 4.5:1 on [`Self::page`], [`Self::window`] and
/// [`Self::row_selected`].
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub dark: bool,
    /// Ground of bars, inspector and dialogs.
    #[serde(deserialize_with = "color")]
    pub window: Color32,
    /// Ground of panes, tables and fields.
    #[serde(deserialize_with = "color")]
    pub page: Color32,
    /// Ground between the panes, under the ribbons.
    #[serde(deserialize_with = "color")]
    pub gutter: Color32,
    /// Readable, also on claims, search hits and selected text.
    #[serde(deserialize_with = "color")]
    pub text: Color32,
    /// Readable; for what says less.
    #[serde(deserialize_with = "color")]
    pub text_muted: Color32,
    /// For what cannot be used now; promises no contrast.
    #[serde(deserialize_with = "color")]
    pub text_disabled: Color32,
    /// Hairlines around fields and between panels.
    #[serde(deserialize_with = "color")]
    pub line: Color32,
    /// Fill of a button at rest.
    #[serde(deserialize_with = "color")]
    pub control: Color32,
    /// Fill of a button under the pointer.
    #[serde(deserialize_with = "color")]
    pub control_hover: Color32,
    /// Fill of a pressed button and of the chosen view's tab.
    #[serde(deserialize_with = "color")]
    pub control_active: Color32,
    /// Ground of the chosen row.
    #[serde(deserialize_with = "color")]
    pub row_selected: Color32,
    /// Outline of what is selected, focus ring, caret: readable.
    #[serde(deserialize_with = "color")]
    pub accent: Color32,
    /// Behind selected text; translucent.
    #[serde(deserialize_with = "color")]
    pub selection: Color32,
    /// Behind what a search found; translucent.
    #[serde(deserialize_with = "color")]
    pub hit: Color32,
    /// Behind places that may speak to the same issue as the selected claim; translucent.
    #[serde(deserialize_with = "color")]
    pub likely: Color32,
    /// Text that warns: readable.
    #[serde(deserialize_with = "color")]
    pub warning: Color32,
    /// Text that reports a failure: readable.
    #[serde(deserialize_with = "color")]
    pub error: Color32,
    /// Text that reports a success: readable.
    #[serde(deserialize_with = "color")]
    pub success: Color32,
    /// Under menus and dialogs; translucent.
    #[serde(deserialize_with = "color")]
    pub shadow: Color32,
    #[serde(deserialize_with = "by_side")]
    pub sides: BySide<SideColors>,
    pub ribbons: Ribbons,
}

/// What is one side's in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideColors {
    /// The side's name, bars and underlines: readable, also on [`Self::chip`] and [`Self::fill`].
    #[serde(deserialize_with = "color")]
    pub strong: Color32,
    /// Behind a claim; translucent, so that claims that overlap look it.
    #[serde(deserialize_with = "color")]
    pub fill: Color32,
    /// Behind the side's name.
    #[serde(deserialize_with = "color")]
    pub chip: Color32,
}

/// How opaque ribbons are, by how much they stand out.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ribbons {
    pub selected: RibbonOpacity,
    pub normal: RibbonOpacity,
    pub faded: RibbonOpacity,
}

/// Shares of the relation's color, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RibbonOpacity {
    pub fill: f32,
    pub edge: f32,
}

/// Which theme the analyst wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the desktop; light where it does not say.
    #[default]
    System,
    Light,
    Dark,
}

impl ThemeChoice {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The theme to show where the desktop wants `system` (`None`: it does not say).
    pub fn theme(self, system: Option<egui::Theme>) -> &'static Theme {
        let dark = match self {
            Self::System => system == Some(egui::Theme::Dark),
            Self::Light => false,
            Self::Dark => true,
        };
        if dark { Theme::dark() } else { Theme::light() }
    }
}

/// How much a ribbon stands out; what stands out more is painted over the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Emphasis {
    /// Something else is selected.
    Faded,
    Normal,
    Selected,
}

impl Theme {
    pub fn light() -> &'static Self {
        static LIGHT: LazyLock<Theme> =
            LazyLock::new(|| bundled(include_str!("../../assets/theme/light.ron")));
        &LIGHT
    }

    pub fn dark() -> &'static Self {
        static DARK: LazyLock<Theme> =
            LazyLock::new(|| bundled(include_str!("../../assets/theme/dark.ron")));
        &DARK
    }

    /// A relation's or topic's color, as light or dark as it must be to be readable, its hue kept; without a color,
    /// that of muted text.
    pub fn relation_color(&self, color: Option<Rgb>) -> Color32 {
        // A chosen row is the ground nearest to the text's lightness in both themes: what reads there reads everywhere.
        color.map_or(self.text_muted, |color| {
            contrast::readable(color.into(), self.row_selected)
        })
    }

    /// Fill of a ribbon whose relation shows as `color`; translucent, so that ribbons that cross look it.
    pub fn ribbon_fill(&self, color: Color32, emphasis: Emphasis) -> Color32 {
        color.gamma_multiply(self.ribbons.opacity(emphasis).fill)
    }

    /// Edges of a ribbon whose relation shows as `color`.
    pub fn ribbon_edge(&self, color: Color32, emphasis: Emphasis) -> Color32 {
        color.gamma_multiply(self.ribbons.opacity(emphasis).edge)
    }
}

impl Ribbons {
    fn opacity(&self, emphasis: Emphasis) -> RibbonOpacity {
        match emphasis {
            Emphasis::Selected => self.selected,
            Emphasis::Normal => self.normal,
            Emphasis::Faded => self.faded,
        }
    }
}

impl From<Rgb> for Color32 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the color is the session's, not the window's"
    )]
    fn from(Rgb([r, g, b]): Rgb) -> Self {
        Self::from_rgb(r, g, b)
    }
}

#[expect(
    clippy::expect_used,
    reason = "the text is the program's own, and a test reads both"
)]
fn bundled(text: &str) -> Theme {
    ron::from_str(text).expect("a bundled theme is well-formed")
}

/// `#RRGGBB` or `#RRGGBBAA`.
fn color<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(deserializer)?;
    Color32::from_hex(&text).map_err(|_cause| {
        D::Error::custom(format!(
            "\"{text}\" is no color, write #RRGGBB or #RRGGBBAA"
        ))
    })
}

fn by_side<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BySide<SideColors>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sides {
        left: SideColors,
        right: SideColors,
    }
    let Sides { left, right } = Sides::deserialize(deserializer)?;
    Ok(BySide { left, right })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Side;
    use crate::ui::contrast::{MARK, TEXT, contrast};
    use egui::Rgba;

    const THEMES: [fn() -> &'static Theme; 2] = [Theme::light, Theme::dark];

    #[track_caller]
    fn check(what: &str, theme: &Theme, color: Color32, ground: Color32, least: f32) {
        let found = contrast(color, ground);
        assert!(
            found >= least,
            "{what}, dark {}: {color:?} on {ground:?} is {found:.2}:1",
            theme.dark
        );
    }

    #[test]
    fn both_bundled_themes_are_well_formed() {
        assert!(!Theme::light().dark);
        assert!(Theme::dark().dark);
    }

    #[test]
    fn a_theme_file_says_which_color_is_wrong() {
        let text = include_str!("../../assets/theme/light.ron").replace("#23211F\"", "ink\"");
        let error = ron::from_str::<Theme>(&text).expect_err("no color");
        assert!(error.to_string().contains("\"ink\" is no color"), "{error}");
    }

    #[test]
    fn text_reads_on_every_ground() {
        for theme in THEMES.map(|theme| theme()) {
            let grounds = [theme.page, theme.window, theme.gutter, theme.row_selected];
            let controls = [theme.control, theme.control_hover, theme.control_active];
            for ground in grounds.into_iter().chain(controls) {
                for (what, color) in [
                    ("text", theme.text),
                    ("muted text", theme.text_muted),
                    ("accent", theme.accent),
                    ("warning", theme.warning),
                    ("error", theme.error),
                    ("success", theme.success),
                    ("left", theme.sides.left.strong),
                    ("right", theme.sides.right.strong),
                ] {
                    check(what, theme, color, ground, TEXT);
                }
            }
        }
    }

    #[test]
    fn text_reads_on_claims_hits_and_selections_over_each_other() {
        for theme in THEMES.map(|theme| theme()) {
            let page = theme.page;
            for (_, side) in theme.sides.iter() {
                let claim = page.blend(side.fill);
                let overlap = claim.blend(side.fill);
                for ground in [claim, overlap] {
                    check("claim", theme, theme.text, ground, TEXT);
                    check("hit", theme, theme.text, ground.blend(theme.hit), TEXT);
                    let likely = ground.blend(theme.likely);
                    check("likely", theme, theme.text, likely, TEXT);
                    check("outline on likely", theme, theme.accent, likely, MARK);
                    check("underline on likely", theme, side.strong, likely, MARK);
                    let selected = ground.blend(theme.selection);
                    check("selection", theme, theme.text, selected, TEXT);
                    check("outline", theme, theme.accent, ground, MARK);
                    check("underline", theme, side.strong, ground, MARK);
                }
                check("quotation's side", theme, side.strong, claim, TEXT);
                check("chip", theme, side.strong, side.chip, TEXT);
                check("text on a chip", theme, theme.text, side.chip, TEXT);
            }
            // A text field shows selected text in the accent.
            let selected = page.blend(theme.selection);
            check("selected in a field", theme, theme.accent, selected, TEXT);
        }
    }

    #[test]
    fn both_sides_weigh_the_same() {
        for theme in THEMES.map(|theme| theme()) {
            let weights = theme.sides.map(|side| {
                [
                    contrast(side.strong, theme.page),
                    contrast(theme.page.blend(side.fill), theme.page),
                    contrast(side.chip, theme.page),
                ]
            });
            for (left, right) in weights.left.into_iter().zip(weights.right) {
                let ratio = left / right;
                assert!((0.95..1.05).contains(&ratio), "{left} and {right}");
            }
        }
    }

    /// How a color looks without one kind of cone: Machado, Oliveira and Fernandes, "A physiologically-based model for
    /// simulation of color vision deficiency", 2009, matrices for severity 1, applied to linear light.
    const VISION: [(&str, [[f32; 3]; 3]); 4] = [
        (
            "three kinds of cones",
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        ),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    /// CIE 1976 L*a*b* of a color as seen by `vision`, white D65.
    fn lab(color: Color32, vision: &[[f32; 3]; 3]) -> [f32; 3] {
        let dot = |m: &[f32; 3], v: [f32; 3]| m[0] * v[0] + m[1] * v[1] + m[2] * v[2];
        let light = Rgba::from(color);
        let light = [light.r(), light.g(), light.b()];
        let seen = vision.map(|row| dot(&row, light).clamp(0.0, 1.0));
        let root = |t: f32| {
            if t > 216.0 / 24389.0 {
                t.cbrt()
            } else {
                (24389.0 / 27.0 * t + 16.0) / 116.0
            }
        };
        let x = root(dot(&[0.412_456, 0.357_576, 0.180_438], seen) / 0.950_47);
        let y = root(dot(&[0.212_673, 0.715_152, 0.072_175], seen));
        let z = root(dot(&[0.019_334, 0.119_192, 0.950_304], seen) / 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// A difference of 2.3 in CIE L*a*b* is just noticed side by side (Mahy, van Eycken and Oosterlinck, 1994). The
    /// sides are seen apart, so large areas must differ by some five of these, and lines by twenty.
    #[test]
    fn color_blind_readers_tell_the_sides_apart() {
        for theme in THEMES.map(|theme| theme()) {
            let seen = |side: Side| theme.sides.get(side);
            for (name, vision) in &VISION {
                for (what, color, least) in [
                    ("strong", (|c| c.strong) as fn(&SideColors) -> Color32, 46.0),
                    ("chip", |c| c.chip, 11.5),
                ] {
                    let [left, right] = Side::BOTH.map(|side| lab(color(seen(side)), vision));
                    let distance = left
                        .iter()
                        .zip(right)
                        .map(|(l, r)| (l - r).powi(2))
                        .sum::<f32>()
                        .sqrt();
                    assert!(distance >= least, "{what}, {name}: {distance}");
                }
            }
        }
    }

    #[test]
    fn a_claim_looks_as_its_sides_chip() {
        for theme in THEMES.map(|theme| theme()) {
            for (side, colors) in theme.sides.iter() {
                let claim = theme.page.blend(colors.fill).to_array();
                for (found, expected) in claim.into_iter().zip(colors.chip.to_array()) {
                    assert!(found.abs_diff(expected) <= 2, "{side:?}: {claim:?}");
                }
            }
        }
    }

    #[test]
    fn relation_colors_read_on_every_ground() {
        for theme in THEMES.map(|theme| theme()) {
            for text in [
                "#000000", "#FFFFFF", "#D55E00", "#B0578D", "#F0E442", "#0072B2",
            ] {
                let color = theme.relation_color(text.parse().ok());
                for ground in [theme.page, theme.window, theme.row_selected] {
                    check(text, theme, color, ground, TEXT);
                }
            }
            assert_eq!(theme.relation_color(None), theme.text_muted);
        }
    }

    #[test]
    fn as_the_system_is_light_where_the_system_does_not_say() {
        for (choice, system, dark) in [
            (ThemeChoice::System, None, false),
            (ThemeChoice::System, Some(egui::Theme::Dark), true),
            (ThemeChoice::Light, Some(egui::Theme::Dark), false),
            (ThemeChoice::Dark, None, true),
        ] {
            assert_eq!(choice.theme(system).dark, dark, "{choice:?}, {system:?}");
        }
    }

    #[test]
    fn a_selected_ribbon_stands_out_and_others_fade() {
        let theme = Theme::light();
        let alphas = [Emphasis::Selected, Emphasis::Normal, Emphasis::Faded].map(|emphasis| {
            (
                theme.ribbon_fill(theme.accent, emphasis).a(),
                theme.ribbon_edge(theme.accent, emphasis).a(),
            )
        });
        assert!(
            alphas.is_sorted_by(|a, b| a.0 > b.0 && a.1 > b.1),
            "{alphas:?}"
        );
    }
}
