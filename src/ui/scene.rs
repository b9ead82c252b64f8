//! [`Scene`]: what every view draws from, and the names it shows things by.
//!
//! The names are for labels: a character that would mislead has a sign in them. Drawing is all that they are for.

use std::borrow::Cow;
use std::ops::Range;

use egui::{Color32, FontId, Ui};

use super::counterparts::Counterparts;
use super::making::Wait;
use super::relation_chooser::Linking;
use super::terms::TermPlaces;
use super::theme::Theme;
use super::unplaced::Unplaced;
use crate::model::{BySide, Claim, ClaimId, Link, LinkId, Session, Side, Statement, StatementId};
use crate::search::Results;
use crate::text::{Span, with_signs};
use crate::wording::{GAP, first_chars, shortened_beside};
use crate::workspace::Workspace;

/// What a view may look at while it draws.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub workspace: &'a Workspace,
    pub theme: &'a Theme,
    pub selected: &'a Selected,
    pub display: &'a Display,
    /// The claims that have no place.
    pub unplaced: &'a Unplaced,
    /// What the search that is open found.
    pub hits: Option<&'a Results>,
    /// The link whose relation is being asked for.
    pub linking: Option<&'a Linking>,
    /// The session's terms, where they are shown in the statements.
    pub terms: Option<&'a TermPlaces>,
    /// The likely counterparts of the selected claim, where they are shown.
    pub counterparts: Option<&'a Counterparts>,
    /// For what takes longer than a frame.
    pub wait: Wait<'a>,
}

/// How the analyst wants to see things; none of it changes the session.
#[derive(Clone, Debug, PartialEq)]
pub struct Display {
    /// Font size of the statements, in points.
    pub text_size: f32,
    /// The right side's statements are shown on the left.
    pub swapped: bool,
    /// The sides are shown as A and B, statements by number.
    pub blind: bool,
    /// Scrolling one pane scrolls the other.
    pub scroll_together: bool,
    /// Words of the term pairs are marked in the statements.
    pub shows_terms: bool,
    /// Places that may speak to the same issue as the selected claim are tinted in the other pane and listed in the inspector.
    pub shows_counterparts: bool,
}

/// Characters of a name that are laid out: no window shows more of them, and a file may hold megabytes.
const MOST_NAME_CHARS: usize = 200;

/// The same where there is little room.
const SHORT_NAME_CHARS: usize = 28;

/// The same of a title, which takes two lines.
const MOST_TITLE_CHARS: usize = 500;

impl Display {
    pub const USUAL_TEXT_SIZE: f32 = 16.0;
    pub const TEXT_SIZES: std::ops::RangeInclusive<f32> = 10.0..=32.0;

    /// The sides as they stand on the screen, from left to right.
    pub fn order(&self) -> [Side; 2] {
        if self.swapped {
            [Side::Right, Side::Left]
        } else {
            Side::BOTH
        }
    }

    /// A side's name, or A and B while blind.
    pub fn side_name<'a>(&self, session: &'a Session, side: Side) -> Cow<'a, str> {
        match (self.blind, side) {
            (false, _) => with_signs(first_chars(&session.side(side).name, MOST_NAME_CHARS)),
            (true, Side::Left) => Cow::Borrowed("A"),
            (true, Side::Right) => Cow::Borrowed("B"),
        }
    }

    /// A statement's title, or its number while blind: titles name the sides.
    pub fn statement_name(&self, session: &Session, statement: &Statement) -> String {
        if self.blind {
            let statements = session.statements_of(statement.side);
            let number = statements.iter().position(|s| s.id == statement.id);
            format!("Statement {}", number.map_or(0, |index| index + 1))
        } else {
            with_signs(first_chars(statement.name(), MOST_TITLE_CHARS)).into_owned()
        }
    }

    /// The session's file or title; neither while blind.
    pub fn session_name(&self, workspace: &Workspace) -> String {
        if self.blind {
            "Session".to_owned()
        } else {
            let name = workspace.name();
            with_signs(first_chars(&name, MOST_TITLE_CHARS)).into_owned()
        }
    }
}

impl Default for Display {
    fn default() -> Self {
        Self {
            text_size: Self::USUAL_TEXT_SIZE,
            swapped: false,
            blind: false,
            scroll_together: false,
            shows_terms: false,
            shows_counterparts: false,
        }
    }
}

/// What is selected: claims on each side, kept apart as in the panes, and what the inspector shows of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selected {
    /// In the order in which they were selected; the last one is the one that keys act on.
    pub claims: BySide<Vec<ClaimId>>,
    pub subject: Subject,
}

/// What was selected last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Subject {
    #[default]
    Nothing,
    /// The last selected claim of this side.
    Claim(Side),
    Link(LinkId),
}

impl Selected {
    /// The selected claim of a side: the last one where there are several.
    pub fn claim(&self, side: Side) -> Option<&ClaimId> {
        self.claims.get(side).last()
    }

    /// The claim that was selected last, where that was no link.
    pub fn subject_claim(&self) -> Option<&ClaimId> {
        match &self.subject {
            Subject::Claim(side) => self.claim(*side),
            Subject::Link(_) | Subject::Nothing => None,
        }
    }

    pub fn link(&self) -> Option<&LinkId> {
        match &self.subject {
            Subject::Link(id) => Some(id),
            Subject::Claim(_) | Subject::Nothing => None,
        }
    }

    pub fn has_claim(&self, id: &ClaimId) -> bool {
        self.claims.left.contains(id) || self.claims.right.contains(id)
    }

    /// Whether a link is meant by what is selected: the link itself, or one that reaches the selected claim.
    pub fn means(&self, link: &Link) -> bool {
        match &self.subject {
            Subject::Nothing => false,
            Subject::Link(id) => *id == link.id,
            Subject::Claim(side) => self.claim(*side) == Some(link.claims.get(*side)),
        }
    }
}

impl<'a> Scene<'a> {
    pub fn session(&self) -> &'a Session {
        self.workspace.session()
    }

    /// See [`Display::order`].
    pub fn order(&self) -> [Side; 2] {
        self.display.order()
    }

    /// See [`Display::side_name`].
    pub fn side_name(&self, side: Side) -> Cow<'a, str> {
        self.display.side_name(self.session(), side)
    }

    /// A side's name whole where it fits into so many points, else what tells it from the other's.
    pub fn side_name_within(&self, ui: &Ui, side: Side, font: &FontId, width: f32) -> String {
        let [name, other] = [side, side.other()].map(|side| self.side_name(side));
        let fits = |words: &str| {
            let galley = ui.fonts_mut(|fonts| {
                fonts.layout_no_wrap(words.to_owned(), font.clone(), Color32::PLACEHOLDER)
            });
            galley.size().x <= width
        };
        if fits(&name) {
            return name.into_owned();
        }
        let (mut least, mut past) = (0, name.chars().count());
        while least + 1 < past {
            let middle = usize::midpoint(least, past);
            if fits(&shortened_beside(&name, &other, middle)) {
                least = middle;
            } else {
                past = middle;
            }
        }
        shortened_beside(&name, &other, least).into_owned()
    }

    /// A side's name where there is little room.
    pub fn short_side_name(&self, side: Side) -> String {
        let names = [side, side.other()].map(|side| self.side_name(side));
        let [name, other] = &names;
        shortened_beside(name, other, SHORT_NAME_CHARS).into_owned()
    }

    /// See [`Display::statement_name`].
    pub fn statement_name(&self, statement: &Statement) -> String {
        self.display.statement_name(self.session(), statement)
    }

    /// A statement's date for a reader; empty where none is known.
    #[expect(
        clippy::unused_self,
        reason = "asked of the scene as all other names are"
    )]
    pub fn date(&self, statement: &Statement) -> String {
        statement
            .date
            .as_ref()
            .map(|date| date.display())
            .unwrap_or_default()
    }

    /// A statement's date and name in one line: `29 Jul 2023 · Press release`.
    pub fn dated_name(&self, statement: &Statement) -> String {
        let (date, name) = (self.date(statement), self.statement_name(statement));
        if date.is_empty() {
            name
        } else {
            format!("{date} · {name}")
        }
    }

    /// What the search found in the visible bytes of a statement.
    pub fn hits_in(
        &self,
        statement: &StatementId,
        visible: Range<usize>,
    ) -> impl Iterator<Item = Span> + use<'a> {
        let statements = self.hits.into_iter().flat_map(|hits| &hits.statements);
        let mut found = statements.filter(|found| found.statement == *statement);
        let hits = found.next().map_or(&[][..], |found| found.hits.as_slice());
        let first = hits.partition_point(|hit| hit.span.end() <= visible.start);
        let hits = hits.iter().skip(first).map(|hit| hit.span);
        hits.take_while(move |span| span.start() < visible.end)
    }

    /// A claim's words for a label: with signs, not to be quoted.
    pub fn quote(&self, claim: &Claim) -> String {
        with_signs(&self.session().quote_of(claim)).into_owned()
    }

    /// The first characters of a claim's words for a label, passages joined; the rest is not looked at, however long it is.
    pub fn beginning(&self, claim: &Claim, most_chars: usize) -> String {
        let statement = self.session().statement(&claim.statement);
        let text = statement.map(|statement| &statement.text);
        let mut words = String::new();
        for (at, passage) in claim.passages.iter().enumerate() {
            if at > 0 {
                words.push_str(GAP);
            }
            words.push_str(first_chars(passage.quote(text), most_chars));
            if words.len() >= most_chars {
                break;
            }
        }
        with_signs(&words).into_owned()
    }

    /// The label of a link's relation; its id where the session has no such relation.
    pub fn relation_label(&self, link: &'a Link) -> Cow<'a, str> {
        let relation = self.session().relation(&link.relation);
        let label = relation.map_or(link.relation.as_str(), |relation| &relation.label);
        with_signs(first_chars(label, MOST_NAME_CHARS))
    }

    /// The color of a link's relation as the session has it: for areas and dots, not for words.
    pub fn ribbon_color(&self, link: &Link) -> Color32 {
        let color = self
            .session()
            .relation(&link.relation)
            .and_then(|relation| relation.color);
        color.map_or(self.theme.text_muted, Color32::from)
    }

    /// The color of a link's relation, as words in it can be read.
    pub fn relation_color(&self, link: &Link) -> Color32 {
        let color = self
            .session()
            .relation(&link.relation)
            .and_then(|relation| relation.color);
        self.theme.relation_color(color)
    }
}
