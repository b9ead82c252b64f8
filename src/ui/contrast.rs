//! How well one color reads on another: luminance and contrast as WCAG 2.2 defines them.
//!
//! Measures and moves single colors; which color stands on which is [`super::theme`]'s knowledge.

use egui::{Color32, Rgba};

/// The least contrast of text with its ground (WCAG 2.2, success criterion 1.4.3).
pub const TEXT: f32 = 4.5;

/// The least contrast of a mark that carries meaning (WCAG 2.2, success criterion 1.4.11).
pub const MARK: f32 = 3.0;

/// Relative luminance, 0 (black) to 1 (white), of an opaque color.
pub fn luminance(color: Color32) -> f32 {
    linear_luminance(Rgba::from(color))
}

/// 1 (the same luminance) to 21 (black on white), of opaque colors in any order.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + FLARE) / (a.min(b) + FLARE)
}

/// The color nearest to `color` in lightness that is at least [`TEXT`] dark on a light `ground`, or light on a dark one.
///
/// Linear light is mixed with black or white, which leaves the hue (the dominant wavelength) where it was and makes
/// the needed share a quotient instead of a search.
pub fn readable(color: Color32, ground: Color32) -> Color32 {
    // Rounding to 8 bits must not fall short of the bound.
    const AIM: f32 = TEXT + 0.1;
    if contrast(color, ground) >= TEXT {
        return color;
    }
    let linear = Rgba::from(color);
    let have = linear_luminance(linear);
    let ground = luminance(ground);
    let lighter = (ground + FLARE) * AIM - FLARE;
    let mixed = if lighter < 1.0 {
        let share = (lighter - have) / (1.0 - have);
        linear * (1.0 - share) + Rgba::WHITE * share
    } else {
        let darker = (ground + FLARE) / AIM - FLARE;
        linear * (darker / have)
    };
    let [r, g, b, _] = mixed.to_array();
    Rgba::from_rgb(r, g, b).into()
}

/// Light that every screen reflects, as WCAG supposes it.
const FLARE: f32 = 0.05;

fn linear_luminance(color: Rgba) -> f32 {
    let [r, g, b, _] = color.to_array();
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Color32 {
        Color32::from_hex(text).expect("a color")
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        for (a, b, expected) in [
            ("#000000", "#FFFFFF", 21.0),
            ("#FFFFFF", "#000000", 21.0),
            ("#777777", "#FFFFFF", 4.48),
            ("#767676", "#FFFFFF", 4.54),
            ("#FF0000", "#FF0000", 1.0),
        ] {
            let found = contrast(hex(a), hex(b));
            assert!((found - expected).abs() < 0.01, "{a} on {b}: {found}");
        }
    }

    #[test]
    fn every_color_becomes_readable_and_keeps_its_hue() {
        for ground in ["#FFFFFF", "#EFECE6", "#2B2E33", "#202226"] {
            for step in 0..=0xFFF_u32 {
                let [r, g, b] = [step >> 8, (step >> 4) & 15, step & 15].map(|d| d * 17);
                let color = hex(&format!("#{r:02X}{g:02X}{b:02X}"));
                let found = readable(color, hex(ground));
                let reached = contrast(found, hex(ground));
                assert!(reached >= TEXT, "{color:?} on {ground}: {reached}");
                let order = |c: Color32| [c.r() >= c.g(), c.g() >= c.b(), c.b() >= c.r()];
                let flat = |c: Color32| {
                    let [r, g, b, _] = c.to_array();
                    r.max(g).max(b) - r.min(g).min(b) < 24
                };
                assert!(
                    flat(found) || r == g || g == b || b == r || order(found) == order(color),
                    "{color:?} on {ground} turned into {found:?}"
                );
            }
        }
    }

    #[test]
    fn a_readable_color_stays_as_it_is() {
        assert_eq!(readable(hex("#1F6F8B"), Color32::WHITE), hex("#1F6F8B"));
    }
}
