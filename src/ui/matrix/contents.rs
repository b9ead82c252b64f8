//! What the matrix shows, worked out once for a state of the session: rows, columns and the faces of their cells.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use egui::{Align, vec2};

use super::{MatrixState, Mode, SortBy};
use crate::disagreement::NOT_SAID;
use crate::edit::Revision;
use crate::matrix::{
    ClaimMatrix, Column, Row, RowTopics, Subject, TopicMatrix, topics_by_relations,
    topics_by_statements,
};
use crate::model::{BySide, ClaimId, Link, Session, Side, StatementId, TopicId};
use crate::pairs::{Filter, pairs};
use crate::text::with_signs;
use crate::ui::grid::{Cursor, FOLD_WIDTH, Face, GridState, Measures, Place};
use crate::ui::making::Making;
use crate::ui::scene::Scene;
use crate::ui::theme::Emphasis;
use crate::wording::{counted, first_chars};

/// Points that a topic stands further in than the one above it, and how often at most.
const INDENT: f32 = 16.0;
const MOST_INDENTS: usize = 8;

/// The least and the greatest width of a column of counts, and of the topics' labels, in points.
const COLUMN_WIDTHS: Range<f32> = 96.0..112.0;
const TOPIC_WIDTHS: Range<f32> = 250.0..300.0;

/// Characters of a label and of a quotation that are laid out.
const MOST_LABEL_CHARS: usize = 120;
const MOST_QUOTE_CHARS: usize = 300;

/// What the row and the column of everything are called.
const TOGETHER: &str = "together";

/// All that the counts depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    revision: Revision,
    mode: Mode,
    subject: Subject,
    filter: Filter,
    /// Where it matters.
    order: Option<[Side; 2]>,
}

/// What is counted.
#[derive(Clone, Debug, Default)]
struct Counts {
    topics: TopicMatrix,
    claims: ClaimMatrix,
    authors: BTreeSet<String>,
}

/// How the counts are arranged.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Arrangement {
    /// The columns' names are those of a blind window.
    is_blind: bool,
    folded: BTreeSet<TopicId>,
    sort: Option<SortBy>,
}

/// The rows and columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    making: Making<Key, Counts>,
    arrangement: Option<Arrangement>,
    /// Grows with each time that it is counted or arranged.
    pub(super) number: u64,
    pub(super) topics: Arc<TopicMatrix>,
    /// What the columns of `topics` are called.
    names: Vec<String>,
    /// The places in `topics` of the rows on show, in their order.
    rows: Vec<usize>,
    /// The column that sorts them.
    sorted: Option<usize>,
    pub(super) claims: Arc<ClaimMatrix>,
    /// Everybody who made a link.
    pub(super) authors: BTreeSet<String>,
}

impl Contents {
    /// Brings it up to date where anything that matters has changed; counts that take long come in a later frame.
    pub(super) fn prepare(scene: &Scene<'_>, state: &mut MatrixState) {
        let key = Key {
            revision: scene.workspace.revision(),
            mode: state.mode,
            subject: state.subject.clone(),
            filter: state.filter.clone(),
            order: (state.mode == Mode::Statements).then(|| scene.order()),
        };
        state.keep_order(scene.order());
        let arrangement = Arrangement {
            is_blind: scene.display.blind,
            folded: state.folded.clone(),
            sort: state.sort.clone(),
        };
        let is_typing = scene.workspace.history().has_open_step();
        let is_as_good = |made: &Key| {
            let revision = made.revision;
            is_typing
                && *made
                    == Key {
                        revision,
                        ..key.clone()
                    }
        };
        let begin = || {
            let (session, key) = (scene.session().clone(), key.clone());
            move || Counts::of(&session, &key)
        };
        let contents = &mut state.contents;
        let old = contents.making.made_for().cloned();
        let making = &mut contents.making;
        let counts = making.refresh(scene.wait, key.clone(), is_as_good, begin);
        if counts.is_none() && contents.arrangement.as_ref() == Some(&arrangement) {
            return;
        }
        let before = contents.clone();
        if let Some(counts) = counts {
            contents.topics = Arc::new(counts.topics);
            contents.claims = Arc::new(counts.claims);
            contents.authors = counts.authors;
        }
        contents.arrange(scene, arrangement);
        let subject = contents.making.made_for().map(|made| &made.subject);
        let has_same_subject = old.as_ref().map(|old| &old.subject) == subject;
        let contents = &state.contents;
        match state.mode {
            Mode::Claims if has_same_subject => {
                let order = scene.order();
                contents.keep_claims(&before, [order, order], &mut state.claims_grid);
            }
            Mode::Claims => {}
            Mode::Relations | Mode::Statements => {
                contents.keep_topic(&before, &mut state.topics_grid);
            }
        }
    }

    fn arrange(&mut self, scene: &Scene<'_>, arrangement: Arrangement) {
        self.number += 1;
        self.sorted = place_of(&self.topics, arrangement.sort.as_ref());
        self.rows = rows_on_show(&self.topics, &arrangement.folded, self.sorted);
        let columns = self.topics.columns.iter();
        self.names = columns.map(|column| column_name(scene, column)).collect();
        self.arrangement = Some(arrangement);
    }

    /// Whether it is what is to be shown; else that is being counted.
    pub(super) fn is_of(&self, mode: Mode) -> bool {
        self.making.made_for().is_some_and(|made| made.mode == mode)
    }

    /// Leaves the cursor on its topic and column where they were somewhere else before.
    fn keep_topic(&self, before: &Self, grid: &mut GridState) {
        let Cursor { row, column } = grid.cursor;
        let row = match before.row(row) {
            Some(known) => self.row_of(known.topic.as_ref()).unwrap_or(row),
            None if before.rows.is_empty() => row,
            // The row of everything is the last one.
            None => self.rows.len(),
        };
        let column = column.map(|at| match before.column(at) {
            Some(known) => self
                .topics
                .columns
                .iter()
                .position(|it| it == known)
                .unwrap_or(at),
            None if before.topics.columns.is_empty() => at,
            None => self.topics.columns.len(),
        });
        let cursor = Cursor { row, column };
        if cursor != grid.cursor {
            grid.move_to(cursor);
        }
    }

    /// Leaves the cursor on its two claims where they stood somewhere else before, the sides in another order, too.
    pub(super) fn keep_claims(
        &self,
        before: &Self,
        [old, new]: [[Side; 2]; 2],
        grid: &mut GridState,
    ) {
        let held = before.claims_at(old, grid.cursor);
        let Some(held) = held else { return };
        let place = |side: Side| {
            let mut claims = self.claims.claims.get(side).iter();
            claims.position(|id| id == held.get(side))
        };
        let [rows, columns] = new;
        if let (Some(row), Some(column)) = (place(rows), place(columns)) {
            let column = Some(column);
            if grid.cursor != (Cursor { row, column }) {
                grid.move_to(Cursor { row, column });
            }
        }
    }

    pub(super) fn measures(&self, mode: Mode, order: [Side; 2], width: f32) -> Measures {
        match mode {
            Mode::Relations | Mode::Statements => {
                // One more for everything together.
                let columns = self.topics.columns.len() + 1;
                let each = (width - TOPIC_WIDTHS.start) / columns as f32;
                let column_width = each.clamp(COLUMN_WIDTHS.start, COLUMN_WIDTHS.end);
                let left = width - column_width * columns as f32;
                Measures {
                    rows: self.rows.len() + 1,
                    columns,
                    row_height: 28.0,
                    column_width,
                    heads: vec2(left.clamp(TOPIC_WIDTHS.start, TOPIC_WIDTHS.end), 62.0),
                }
            }
            Mode::Claims => {
                let [rows, columns] = order.map(|side| self.claims.claims.get(side).len());
                Measures {
                    rows,
                    columns,
                    row_height: 44.0,
                    column_width: 148.0,
                    heads: vec2(300.0, 74.0),
                }
            }
        }
    }

    /// The row of topics at a place of the grid; `None`: everything together.
    pub(super) fn row(&self, at: usize) -> Option<&Row> {
        self.topics.rows.get(*self.rows.get(at)?)
    }

    /// The column of topics at a place of the grid; `None`: everything together.
    pub(super) fn column(&self, at: usize) -> Option<&Column> {
        self.topics.columns.get(at)
    }

    /// The grid's row of a topic, where it is on show.
    pub(super) fn row_of(&self, topic: Option<&TopicId>) -> Option<usize> {
        (0..self.rows.len()).find(|at| self.row(*at).is_some_and(|row| row.topic.as_ref() == topic))
    }

    /// What a column of the grid is called.
    fn column_name(&self, at: usize) -> &str {
        self.names.get(at).map_or(TOGETHER, String::as_str)
    }

    fn has_children(&self, at: usize) -> bool {
        self.rows
            .get(at)
            .is_some_and(|row| self.topics.has_children(*row))
    }

    /// Whether a row counts what stands under it too.
    fn is_folded(&self, at: usize, folded: &BTreeSet<TopicId>) -> bool {
        let topic = self.row(at).and_then(|row| row.topic.as_ref());
        self.has_children(at) && topic.is_some_and(|topic| folded.contains(topic))
    }

    /// The number of a cell; the last row and the last column count everything.
    fn count(&self, row: usize, column: Option<usize>, folded: &BTreeSet<TopicId>) -> usize {
        let counts = match self.row(row) {
            Some(counts) if self.is_folded(row, folded) => &counts.with_descendants,
            Some(counts) => &counts.own,
            None => &self.topics.together,
        };
        let cell = column.and_then(|at| counts.cells.get(at));
        cell.copied().unwrap_or(counts.together)
    }

    /// The pairs that a cell, or a row's head, counts.
    pub(super) fn filter_of(
        &self,
        session: &Session,
        state: &MatrixState,
        cursor: Cursor,
    ) -> Filter {
        let mut filter = state.filter.clone();
        if let Some(Column::Relation(id)) = cursor.column.and_then(|at| self.column(at)) {
            filter.relations = BTreeSet::from([id.clone()]);
        }
        match self.topics_of(session, state, cursor.row) {
            RowTopics::Any => {}
            RowTopics::Without => filter.own_topics = BTreeSet::from([None]),
            RowTopics::Itself(id) => {
                let is_alone = session.topic_with_descendants(&id).len() == 1;
                if is_alone && filter.topics.is_empty() {
                    filter.topics = BTreeSet::from([id]);
                } else {
                    filter.own_topics = BTreeSet::from([Some(id)]);
                }
            }
            RowTopics::OneOf(ids) => {
                let topic = self.row(cursor.row).and_then(|row| row.topic.clone());
                match topic.filter(|_| filter.topics.is_empty()) {
                    Some(topic) => filter.topics = BTreeSet::from([topic]),
                    None => filter.own_topics = ids.into_iter().map(Some).collect(),
                }
            }
        }
        filter
    }

    /// The topics that a row counts.
    pub(super) fn topics_of(
        &self,
        session: &Session,
        state: &MatrixState,
        row: usize,
    ) -> RowTopics {
        match self.row(row).map(|row| row.topic.clone()) {
            None => RowTopics::Any,
            Some(None) => RowTopics::Without,
            Some(Some(id)) if self.is_folded(row, &state.folded) => {
                RowTopics::OneOf(session.topic_with_descendants(&id))
            }
            Some(Some(id)) => RowTopics::Itself(id),
        }
    }

    /// The statement of a column; `None` where it counts those of all.
    pub(super) fn statement_of(&self, column: Option<usize>) -> Option<&StatementId> {
        match column.and_then(|at| self.column(at)) {
            Some(Column::Statement(id)) => Some(id),
            Some(Column::Relation(_)) | None => None,
        }
    }

    /// The claims that a place of the matrix of claims holds against each other; `None` at a head or outside.
    pub(super) fn claims_at(&self, order: [Side; 2], cursor: Cursor) -> Option<BySide<ClaimId>> {
        let [rows, columns] = order;
        let row = self.claims.claims.get(rows).get(cursor.row)?.clone();
        let column = self.claims.claims.get(columns).get(cursor.column?)?.clone();
        Some(BySide::new(rows, row, column))
    }
}

impl Counts {
    fn of(session: &Session, key: &Key) -> Self {
        let links = session.links().values();
        let authors = links.map(|link| link.author.clone()).collect();
        let mut counts = Self {
            authors,
            ..Self::default()
        };
        match key.mode {
            Mode::Relations => {
                counts.topics = topics_by_relations(session, &pairs(session, &key.filter));
            }
            Mode::Statements => {
                let order = key.order.unwrap_or(Side::BOTH);
                counts.topics = topics_by_statements(session, &key.filter, order);
            }
            Mode::Claims => {
                counts.claims = ClaimMatrix::of(session, &key.subject, &key.filter);
            }
        }
        counts
    }
}

/// The column of the grid that a sort means; `None` where it is gone.
fn place_of(matrix: &TopicMatrix, sort: Option<&SortBy>) -> Option<usize> {
    match sort? {
        SortBy::Column(wanted) => matrix.columns.iter().position(|it| it == wanted),
        SortBy::Together => Some(matrix.columns.len()),
    }
}

/// All rows in the order in which they are on show when none is folded.
pub(super) fn sorted(matrix: TopicMatrix, sort: Option<&SortBy>) -> TopicMatrix {
    let order = rows_on_show(&matrix, &BTreeSet::new(), place_of(&matrix, sort));
    let rows = order.into_iter().filter_map(|at| matrix.rows.get(at));
    let rows = rows.cloned().collect();
    TopicMatrix { rows, ..matrix }
}

/// The rows that no folded one hides, siblings by the column that sorts them where there is one, the greatest count first.
fn rows_on_show(
    matrix: &TopicMatrix,
    folded: &BTreeSet<TopicId>,
    sort: Option<usize>,
) -> Vec<usize> {
    // The rows under each row, and under none.
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut above: Vec<usize> = Vec::new();
    for (at, row) in matrix.rows.iter().enumerate() {
        above.truncate(row.depth);
        children.entry(above.last().copied()).or_default().push(at);
        above.push(at);
    }
    if let Some(column) = sort {
        let count = |at: &usize| {
            let counts = matrix.rows.get(*at).map(|row| &row.with_descendants);
            counts.map_or(0, |counts| {
                counts.cells.get(column).copied().unwrap_or(counts.together)
            })
        };
        for siblings in children.values_mut() {
            siblings.sort_by_key(|at| std::cmp::Reverse(count(at)));
        }
    }
    let under = |at: Option<usize>| children.get(&at).into_iter().flatten().rev().copied();
    let mut found = Vec::new();
    let mut waiting: Vec<usize> = under(None).collect();
    while let Some(at) = waiting.pop() {
        found.push(at);
        let topic = matrix.rows.get(at).and_then(|row| row.topic.as_ref());
        if !topic.is_some_and(|topic| folded.contains(topic)) {
            waiting.extend(under(Some(at)));
        }
    }
    found
}

/// The face of a place of the present matrix.
pub(super) fn face(scene: &Scene<'_>, state: &MatrixState, place: Place) -> Face {
    match state.mode {
        Mode::Claims => claims_face(scene, state, place),
        Mode::Relations | Mode::Statements => topics_face(scene, state, place),
    }
}

fn label(words: &str) -> String {
    with_signs(first_chars(words, MOST_LABEL_CHARS)).replace(['\n', '\r', '\t'], " ")
}

fn column_name(scene: &Scene<'_>, column: &Column) -> String {
    match column {
        Column::Statement(id) => {
            let statement = scene.session().statement(id);
            statement.map_or_else(|| id.to_string(), |statement| scene.dated_name(statement))
        }
        Column::Relation(_) => label(column.label(scene.session())),
    }
}

fn row_name(scene: &Scene<'_>, row: Option<&Row>) -> String {
    row.map_or_else(
        || "Each counted once".to_owned(),
        |row| label(row.label(scene.session())),
    )
}

fn topics_face(scene: &Scene<'_>, state: &MatrixState, place: Place) -> Face {
    let (theme, contents) = (scene.theme, &state.contents);
    match place {
        Place::ColumnHead(at) => {
            let column = contents.column(at);
            let name = contents.column_name(at).to_owned();
            let is_sorted = contents.sorted == Some(at);
            let arrow = if is_sorted { " ↓" } else { "" };
            let color = if is_sorted {
                theme.text
            } else {
                theme.text_muted
            };
            let mut face = Face::new(name.clone(), format!("{name}{arrow}"), color);
            face.align = Align::Max;
            let session = scene.session();
            face.bar = match column {
                Some(Column::Statement(id)) => {
                    let side = session.statement(id).map(|statement| statement.side);
                    side.map(|side| theme.sides.get(side).strong)
                }
                Some(Column::Relation(id)) => {
                    let relation = session.relation(id);
                    relation.map(|relation| theme.relation_color(relation.color))
                }
                None => None,
            };
            face
        }
        Place::RowHead(at) => {
            let row = contents.row(at);
            let name = row_name(scene, row);
            let is_folded = contents.is_folded(at, &state.folded);
            let counts = if is_folded {
                format!("{name}, with those under it")
            } else {
                name.clone()
            };
            let words = if is_folded { counts.clone() } else { name };
            let mut face = Face::new(counts, words, theme.text);
            let depth = row.map_or(0, |row| row.depth.min(MOST_INDENTS));
            face.indent = depth as f32 * INDENT;
            face.folded = contents.has_children(at).then_some(is_folded);
            if face.folded.is_none() && row.is_some() {
                // Labels of one depth begin under each other.
                face.indent += FOLD_WIDTH;
            }
            face.is_strong = row.is_none();
            face
        }
        Place::Cell { row, column } => {
            let count = contents.count(row, Some(column), &state.folded);
            let what = match state.mode {
                Mode::Statements => counted(count, "claim", "claims"),
                Mode::Relations | Mode::Claims => counted(count, "pair", "pairs"),
            };
            let head = row_name(scene, contents.row(row));
            let head = if contents.is_folded(row, &state.folded) {
                format!("{head}, with those under it")
            } else {
                head
            };
            let name = format!("{head}, {}: {what}", contents.column_name(column));
            let (words, color) = if count == 0 {
                ("·".to_owned(), theme.text_muted)
            } else {
                (count.to_string(), theme.text)
            };
            let mut face = Face::new(name, words, color);
            face.align = Align::Max;
            face.is_strong = contents.column(column).is_none() || contents.row(row).is_none();
            face
        }
    }
}

/// A claim's words as one line.
pub(super) fn quote(scene: &Scene<'_>, id: &ClaimId) -> String {
    let claim = scene.session().claim(id);
    let quote = claim.map(|claim| scene.beginning(claim, MOST_QUOTE_CHARS));
    quote.unwrap_or_default().replace(['\n', '\r', '\t'], " ")
}

fn claims_face(scene: &Scene<'_>, state: &MatrixState, place: Place) -> Face {
    let (theme, contents) = (scene.theme, &state.contents);
    let [rows, columns] = scene.order();
    let head = |side: Side, at: usize| {
        let id = contents.claims.claims.get(side).get(at);
        let words = id.map_or_else(String::new, |id| quote(scene, id));
        let name = format!("{}: “{words}”", scene.side_name(side));
        let mut face = Face::new(name, words, theme.text);
        face.bar = Some(theme.sides.get(side).strong);
        face
    };
    match place {
        Place::RowHead(at) => head(rows, at),
        Place::ColumnHead(at) => head(columns, at),
        Place::Cell { row, column } => {
            let links = contents.claims.links(BySide::new(rows, row, column));
            let links: Vec<&Link> = links
                .iter()
                .filter_map(|id| scene.session().link(id))
                .map(|link| &**link)
                .collect();
            let labels: Vec<_> = links
                .iter()
                .map(|link| scene.relation_label(link))
                .collect();
            let relation = if labels.is_empty() {
                "not linked".to_owned()
            } else {
                labels.join(", ")
            };
            let name = format!(
                "{} against {}: {relation}",
                head(rows, row).name,
                head(columns, column).name
            );
            let Some(first) = links.first() else {
                let mut face = Face::new(name, "·".to_owned(), theme.text_muted);
                face.align = Align::Center;
                return face;
            };
            let mut face = Face::new(name, relation, scene.relation_color(first));
            face.align = Align::Center;
            face.is_strong = true;
            let color = scene.ribbon_color(first);
            face.fill = Some(theme.ribbon_fill(color, Emphasis::Faded));
            face
        }
    }
}

/// Level and event of a link in words.
pub(super) fn link_values(link: &Link) -> String {
    let level = link.level.map_or(NOT_SAID, |level| level.label());
    let same_event = link.same_event.map_or(NOT_SAID, |same| same.label());
    format!(
        "level: {level} · same event: {same_event} · {}",
        link.status.label()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, topic_id};

    #[track_caller]
    fn check(folded: &[&str], sort: Option<usize>, expected: &[&str]) {
        let session = fixture::session();
        let matrix = topics_by_relations(&session, &pairs(&session, &Filter::default()));
        let folded = folded.iter().map(|id| topic_id(id)).collect();
        let rows = rows_on_show(&matrix, &folded, sort);
        let labels: Vec<&str> = rows
            .iter()
            .filter_map(|at| matrix.rows.get(*at))
            .map(|row| row.label(&session))
            .collect();
        assert_eq!(labels, expected, "{folded:?} {sort:?}");
    }

    #[test]
    fn a_folded_row_hides_those_under_it_and_a_column_sorts_siblings() {
        let (access, road, law) = ("Topic access", "Topic road", "Topic law");
        let none = Row::WITHOUT;
        check(&[], None, &[access, road, law, none]);
        check(&["access"], None, &[access, law, none]);
        check(&["road", "law"], None, &[access, road, law, none]);
        check(&[], Some(0), &[access, road, law, none]);
        check(&[], Some(2), &[access, road, law, none]);
    }

    #[test]
    fn a_sort_means_its_column_wherever_that_stands_and_nothing_once_it_is_gone() {
        let session = fixture::session();
        let mut matrix = topics_by_relations(&session, &pairs(&session, &Filter::default()));
        let last = SortBy::Column(matrix.columns.last().expect("a column").clone());
        assert_eq!(place_of(&matrix, Some(&last)), Some(2));
        matrix.columns.reverse();
        assert_eq!(place_of(&matrix, Some(&last)), Some(0));
        matrix.columns.remove(0);
        assert_eq!(place_of(&matrix, Some(&last)), None);
        assert_eq!(place_of(&matrix, Some(&SortBy::Together)), Some(2));
        assert_eq!(place_of(&matrix, None), None);
    }

    #[test]
    fn what_is_exported_stands_in_the_order_on_show() {
        let session = fixture::session();
        let mut matrix = topics_by_relations(&session, &pairs(&session, &Filter::default()));
        if let Some(law) = matrix.rows.get_mut(2) {
            law.with_descendants.together = 9;
        }
        let topics = |matrix: &TopicMatrix| -> Vec<String> {
            let rows = matrix.rows.iter();
            rows.map(|row| row.label(&session).to_owned()).collect()
        };
        let together = sorted(matrix.clone(), Some(&SortBy::Together));
        let (access, road, law) = ("Topic access", "Topic road", "Topic law");
        assert_eq!(topics(&together), [law, access, road, Row::WITHOUT]);
        assert_eq!(sorted(matrix.clone(), None), matrix);
    }
}
