//! [`Progress`]: how far something long has come, told to whoever waits for it, and the word that it may stop.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Parts that the whole is counted in.
const PARTS: f32 = 1_000.0;

/// How far something has come, from 0 to 1, and whether it was given up. Copies are of the same.
#[derive(Clone, Debug)]
pub struct Progress {
    shared: Arc<Shared>,
    /// The part of the whole that this one is, from and to.
    from: f32,
    to: f32,
}

#[derive(Debug, Default)]
struct Shared {
    parts: AtomicU32,
    is_given_up: AtomicBool,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            shared: Arc::default(),
            from: 0.0,
            to: 1.0,
        }
    }
}

impl Progress {
    /// How far the whole has come, from 0 to 1.
    pub fn share(&self) -> f32 {
        self.shared.parts.load(Ordering::Relaxed) as f32 / PARTS
    }

    /// Says that `share` of this part is done, from 0 to 1.
    pub fn reach(&self, share: f32) {
        let share = self.from + share.clamp(0.0, 1.0) * (self.to - self.from);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 1"
        )]
        let parts = (share.clamp(0.0, 1.0) * PARTS) as u32;
        self.shared.parts.store(parts, Ordering::Relaxed);
    }

    /// What is done between two shares of this part.
    #[must_use]
    pub fn part(&self, from: f32, to: f32) -> Self {
        let at = |share: f32| self.from + share * (self.to - self.from);
        Self {
            shared: Arc::clone(&self.shared),
            from: at(from),
            to: at(to),
        }
    }

    /// One part for each of the sizes, as large among them as the size is.
    pub fn parts(&self, sizes: impl IntoIterator<Item = usize>) -> Vec<Self> {
        let sizes: Vec<usize> = sizes.into_iter().collect();
        let all = sizes.iter().sum::<usize>().max(1) as f32;
        let mut behind = 0;
        let parts = sizes.into_iter().map(|size| {
            let from = behind;
            behind += size;
            self.part(from as f32 / all, behind as f32 / all)
        });
        parts.collect()
    }

    /// The items, telling before each how many are behind.
    pub fn over<'a, T>(&'a self, items: &'a [T]) -> impl Iterator<Item = &'a T> {
        let count = items.len().max(1) as f32;
        items
            .iter()
            .enumerate()
            .inspect(move |(at, _)| self.reach(*at as f32 / count))
            .map(|(_, item)| item)
    }

    /// Asks for it to stop before it is done.
    pub fn give_up(&self) {
        self.shared.is_given_up.store(true, Ordering::Relaxed);
    }

    pub fn is_given_up(&self) -> bool {
        self.shared.is_given_up.load(Ordering::Relaxed)
    }

    /// What is written goes to `out`, until it is given up: then it is refused.
    pub fn guard<W: Write>(&self, out: W) -> Guard<'_, W> {
        Guard {
            progress: self,
            out,
        }
    }
}

/// See [`Progress::guard`].
#[derive(Debug)]
pub struct Guard<'p, W> {
    progress: &'p Progress,
    out: W,
}

impl<W: Write> Write for Guard<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.progress.is_given_up() {
            return Err(io::Error::other("it was given up"));
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_way_is_told_as_a_share_of_the_whole() {
        let whole = Progress::default();
        let percent = || (whole.share() * 100.0).round();
        let half = whole.part(0.5, 1.0);
        half.part(0.0, 0.5).reach(1.0);
        let mut shares = vec![percent()];
        whole.reach(7.0);
        shares.push(percent());
        shares.extend(half.over(&[1, 2]).map(|_| percent()));
        assert_eq!(format!("{shares:?}"), "[75.0, 100.0, 50.0, 75.0]");
        let shares = half.parts([1, 0, 3]).into_iter().map(|part| {
            part.reach(1.0);
            percent()
        });
        let shares: Vec<f32> = shares.collect();
        assert_eq!(format!("{shares:?}"), "[63.0, 63.0, 100.0]");
        assert_eq!(half.parts([]).len(), 0);
    }

    #[test]
    fn what_is_given_up_writes_no_further() {
        let progress = Progress::default();
        let mut written = Vec::new();
        let mut out = progress.guard(&mut written);
        out.write_all("ə".as_bytes()).expect("it is written");
        progress.part(0.2, 0.3).give_up();
        out.write_all(b"x").expect_err("it was given up");
        assert_eq!(written, "ə".as_bytes());
    }
}
