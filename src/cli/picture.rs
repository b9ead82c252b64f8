//! `counterclaim picture`: the window's view as a picture, drawn by the window's own code.

use std::path::PathBuf;
use std::str::FromStr;

use super::failure::{Failure, choice};
use super::window::Window;
use super::{Outcome, output, session};
use crate::model::{Session, Side, StatementId};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session; `-` is standard input
    file: PathBuf,
    /// The PNG file to write; `-` is standard output
    #[arg(short, long, value_name = "OUT.png")]
    output: PathBuf,
    /// Which of the window's views
    #[arg(long, value_enum, default_value_t)]
    view: View,
    /// Width and height in pixels
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "1600x1000")]
    size: Size,
    /// Light or dark
    #[arg(long, value_enum, default_value_t)]
    theme: Theme,
    /// The statement on show on the left, by its id; without one, the side's first
    #[arg(long, value_name = "STATEMENT")]
    left: Option<StatementId>,
    /// The statement on show on the right, by its id; without one, the side's first
    #[arg(long, value_name = "STATEMENT")]
    right: Option<StatementId>,
    /// The claim or link that is selected, by its id
    #[arg(long, value_name = "ID")]
    select: Option<String>,
}

/// What a picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOptions {
    pub view: View,
    pub size: Size,
    pub theme: Theme,
    /// A statement of the left side; `None` for the side's first.
    pub left: Option<StatementId>,
    /// A statement of the right side; `None` for the side's first.
    pub right: Option<StatementId>,
    /// The id of a claim or a link of the session.
    pub select: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum View {
    #[default]
    Compare,
    Terms,
    Pairs,
    Matrix,
    /// The matrix of claims held against each other.
    Claims,
    Unanswered,
    Timeline,
    Review,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// A picture's width and height in pixels, each from [`Size::LEAST`] to [`Size::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    /// Pixels below which no part of the window would be left.
    pub const LEAST: u32 = 200;
    /// Pixels of the largest picture's edge: four bytes each, it takes 256 MB.
    pub const MOST: u32 = 8192;
}

/// Why a text is no [`Size`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "write two numbers of pixels from {} to {}, such as 1600x1000",
    Size::LEAST,
    Size::MOST
)]
pub struct SizeError;

impl FromStr for Size {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        let edge = |text: &str| {
            let pixels: u32 = text.parse().ok()?;
            (Self::LEAST..=Self::MOST)
                .contains(&pixels)
                .then_some(pixels)
        };
        let (width, height) = text.split_once('x').ok_or(SizeError)?;
        Ok(Self {
            width: edge(width).ok_or(SizeError)?,
            height: edge(height).ok_or(SizeError)?,
        })
    }
}

pub(super) fn run(arguments: Arguments, window: Option<&Window>) -> Result<Outcome, Failure> {
    let window = window.ok_or(Failure::BuiltWithoutWindow)?;
    let path = session::name_of(&arguments.file);
    let opened = session::open(&arguments.file)?;
    let options = PictureOptions {
        view: arguments.view,
        size: arguments.size,
        theme: arguments.theme,
        left: arguments.left,
        right: arguments.right,
        select: arguments.select,
    };
    check_ids(&opened.session, &options).map_err(|message| Failure::NotInSession {
        path: path.clone(),
        message,
    })?;
    let png = (window.picture)(&opened.session, &options)
        .map_err(|message| Failure::Picture { path, message })?;
    output::write_to(Some(&arguments.output), &arguments.file, |out| {
        out.write_all(&png)
    })?;
    Ok(Outcome::Done)
}

/// Refuses ids that are not in the session, and statements of the other side.
fn check_ids(session: &Session, options: &PictureOptions) -> Result<(), String> {
    for (side, id) in [(Side::Left, &options.left), (Side::Right, &options.right)] {
        let Some(id) = id else { continue };
        let is_there = session
            .statement(id)
            .is_some_and(|statement| statement.side == side);
        if !is_there {
            let known: Vec<&str> = session
                .statements_of(side)
                .iter()
                .map(|statement| statement.id.as_str())
                .collect();
            let name = &session.side(side).name;
            return Err(format!(
                "{id} is no statement of {name}; {}",
                choice(&known)
            ));
        }
    }
    let Some(id) = &options.select else {
        return Ok(());
    };
    let is_claim = id.parse().is_ok_and(|id| session.claim(&id).is_some());
    let is_link = id.parse().is_ok_and(|id| session.link(&id).is_some());
    if is_claim || is_link {
        Ok(())
    } else {
        Err(format!(
            "there is no claim or link {id:?}; look its id up in the file"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_bounded_numbers() {
        let size = |text: &str| {
            text.parse::<Size>()
                .map(|size| (size.width, size.height))
                .ok()
        };
        assert_eq!(size("1600x1000"), Some((1600, 1000)));
        for text in [
            "",
            "x",
            "1600",
            "1600x",
            "0x0",
            "9000x900",
            "-1x5",
            "300 x 300",
            "1e3x1000",
            "٣٠٠x300",
        ] {
            assert_eq!(size(text), None, "{text}");
        }
    }
}
