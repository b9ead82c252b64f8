//! [`Color`]: what is blended.

use egui::Color32;

/// Red, green, blue, alpha from 0 to 1: premultiplied and in gamma space, in which egui blends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Color([f32; 4]);

impl Color {
    pub(super) const CLEAR: Self = Self([0.0; 4]);

    pub(super) fn over(self, below: Self) -> Self {
        let Self([.., alpha]) = self;
        self.each(below, |top, below| top + below * (1.0 - alpha))
    }

    pub(super) fn tinted(self, tint: Self) -> Self {
        self.each(tint, |a, b| a * b)
    }

    /// `share` 0 gives `self`, 1 gives `other`.
    pub(super) fn mix(self, other: Self, share: f32) -> Self {
        self.each(other, |a, b| a + (b - a) * share)
    }

    /// `self` and `share` of `other` added to it.
    pub(super) fn plus(self, share: f32, other: Self) -> Self {
        self.each(other, |a, b| a + b * share)
    }

    fn each(self, Self(other): Self, f: impl Fn(f32, f32) -> f32) -> Self {
        let Self(mut channels) = self;
        for (own, other) in channels.iter_mut().zip(other) {
            *own = f(*own, other);
        }
        Self(channels)
    }
}

impl From<Color32> for Color {
    fn from(color: Color32) -> Self {
        Self(color.to_normalized_gamma_f32())
    }
}

impl From<Color> for Color32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    fn from(Color(channels): Color) -> Self {
        let byte = |share: f32| (share.clamp(0.0, 1.0) * 255.0).round() as u8;
        let [r, g, b, a] = channels.map(byte);
        Self::from_rgba_premultiplied(r, g, b, a)
    }
}
