//! The faces of the window and of the statements, and the order in which they stand in for each other.
//!
//! The files are in `assets/fonts`. Sizes are chosen by the theme and the views, in points.

use std::sync::{Arc, LazyLock};

use egui::{Context, FontData, FontDefinitions, FontFamily, FontId};

/// Name and content of every face in `assets/fonts`.
const FACES: [(&str, &[u8]); 9] = [
    (
        "Inter",
        include_bytes!("../../assets/fonts/Inter-Regular.otf"),
    ),
    (
        "Inter SemiBold",
        include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
    ),
    (
        "Sans Armenian",
        include_bytes!("../../assets/fonts/NotoSansArmenian-Regular.ttf"),
    ),
    (
        "Sans Armenian Bold",
        include_bytes!("../../assets/fonts/NotoSansArmenian-Bold.ttf"),
    ),
    (
        "Sans Georgian",
        include_bytes!("../../assets/fonts/NotoSansGeorgian-Regular.ttf"),
    ),
    (
        "Sans Georgian Bold",
        include_bytes!("../../assets/fonts/NotoSansGeorgian-Bold.ttf"),
    ),
    (
        "Serif",
        include_bytes!("../../assets/fonts/NotoSerif-Regular.ttf"),
    ),
    (
        "Serif Armenian",
        include_bytes!("../../assets/fonts/NotoSerifArmenian-Regular.ttf"),
    ),
    (
        "Serif Georgian",
        include_bytes!("../../assets/fonts/NotoSerifGeorgian-Regular.ttf"),
    ),
];

static READING: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("reading".into()));
static STRONG: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("strong".into()));

/// Makes all faces known; they are there from the next frame on. Once per context, before the first frame: egui
/// panics at a family that it does not know.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
}

/// Statements and quotations.
pub fn reading(size: f32) -> FontId {
    FontId::new(size, READING.clone())
}

/// The window's text.
pub fn ui(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Headings and names in the window.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, STRONG.clone())
}

/// Key caps.
pub fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

fn definitions() -> FontDefinitions {
    let mut definitions = FontDefinitions::default();
    let mut defaults = |family| definitions.families.remove(&family).unwrap_or_default();
    // egui's own: a face for code with triangles and technical signs, symbols, emoji.
    let mono = defaults(FontFamily::Monospace);
    let symbols = defaults(FontFamily::Proportional);

    for (family, faces) in [
        (
            FontFamily::Proportional,
            ["Inter", "Sans Armenian", "Sans Georgian"].as_slice(),
        ),
        (
            STRONG.clone(),
            &["Inter SemiBold", "Sans Armenian Bold", "Sans Georgian Bold"],
        ),
        (
            READING.clone(),
            &["Serif", "Serif Armenian", "Serif Georgian", "Inter"],
        ),
    ] {
        let own = faces.iter().map(|&name| name.to_owned());
        let chain = own.chain(symbols.clone()).chain(mono.clone());
        definitions.families.insert(family, chain.collect());
    }
    // Hack lacks ə and some Armenian and Georgian letters.
    let behind = ["Inter", "Sans Armenian", "Sans Georgian"].map(str::to_owned);
    definitions.families.insert(
        FontFamily::Monospace,
        mono.into_iter().chain(behind).collect(),
    );

    // What stands in for single signs needs no instructions for its pixels, which are run when a face is read, before anything is
    // drawn.
    for face in definitions.font_data.values_mut() {
        Arc::make_mut(face).tweak.hinting = Some(false);
    }
    for (name, bytes) in FACES {
        let face = Arc::new(FontData::from_static(bytes));
        definitions.font_data.insert(name.to_owned(), face);
    }
    definitions
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::epaint::text::{Fonts, TextOptions};

    fn needed() -> String {
        let armenian = ('\u{531}'..='\u{556}').chain('\u{559}'..='\u{58a}');
        let georgian = '\u{10d0}'..='\u{10ff}';
        let cyrillic = '\u{400}'..='\u{45f}';
        let others = "֍֎֏ҐґҒғҚқ ƏəİıŞşĞğÇçÖöÜü ←→↑↓↔✓•…●○−–—“”„«»№§▾▸⚠ e\u{301}o\u{308}";
        armenian
            .chain(georgian)
            .chain(cyrillic)
            .chain(' '..='~')
            .chain('\u{a1}'..='\u{17f}')
            .chain(others.chars())
            .collect()
    }

    #[test]
    fn every_letter_of_the_statements_has_a_glyph_in_every_family() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut fonts = fonts.with_pixels_per_point(1.0);
        for font in [reading(16.0), ui(13.0), strong(13.0), mono(12.0)] {
            let missing: String = needed()
                .chars()
                .filter(|&c| !fonts.has_glyph(&font, c))
                .collect();
            assert_eq!(missing, "", "{:?}", font.family);
        }
    }

    #[test]
    fn emoji_fall_back_on_egui() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut fonts = fonts.with_pixels_per_point(1.0);
        for font in [reading(16.0), ui(13.0), strong(13.0), mono(12.0)] {
            assert!(fonts.has_glyphs(&font, "😀🌍📄🚧✌"), "{:?}", font.family);
        }
    }

    #[test]
    fn letters_come_from_the_face_of_their_family_not_from_a_fallback() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut fonts = fonts.with_pixels_per_point(1.0);
        for (font, letters, face) in [
            (reading(16.0), "AəİЖ…“", "Serif"),
            (reading(16.0), "Ամ", "Serif Armenian"),
            (reading(16.0), "ქ", "Serif Georgian"),
            (ui(13.0), "AəİЖ→✓●", "Inter"),
            (strong(13.0), "AəİЖ→✓", "Inter SemiBold"),
            (strong(13.0), "Ամ", "Sans Armenian Bold"),
        ] {
            let characters = fonts.characters(&font.family);
            for letter in letters.chars() {
                let first = characters.get(&letter).and_then(|faces| faces.first());
                assert_eq!(first.map(String::as_str), Some(face), "{letter}");
            }
        }
    }
}
