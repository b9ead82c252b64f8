//! The program's icon, for the window's frame and the desktop's lists of windows.

use egui::IconData;

/// 256 × 256 pixels; drawn in `assets/icon/counterclaim.svg`.
const PNG: &[u8] = include_bytes!("../../assets/icon/counterclaim-256.png");

#[expect(
    clippy::expect_used,
    reason = "the picture is the program's own, and a test reads it"
)]
pub fn icon() -> IconData {
    eframe::icon_data::from_png_bytes(PNG).expect("the bundled icon is a PNG")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_icon_is_a_picture_with_transparent_corners() {
        let IconData {
            rgba,
            width,
            height,
        } = icon();
        assert_eq!((width, height), (256, 256));
        assert_eq!(rgba[3], 0);
        let middle_of_the_upper_left_bar = 4 * (64 * 256 + 64);
        assert_eq!(
            rgba[middle_of_the_upper_left_bar..][..4],
            [0x1F, 0x6F, 0x8B, 255]
        );
    }
}
