//! [`Part`]: which of a word's uses a cell of the ledger counts.

use std::iter;

use super::columns::dated;
use crate::model::{Side, StatementId};
use crate::terms::{Ledger, WordUses};
use crate::ui::scene::Scene;
use crate::wording::counted;

/// A column of the ledger, by what it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Every use: the column of the words themselves.
    #[default]
    All,
    Side(Side),
    Statement(StatementId),
    /// The first use by date.
    First,
    /// Uses in which the other side takes the word up.
    TakenUp,
}

impl Part {
    /// The columns in their order on the screen.
    pub(super) fn columns(order: [Side; 2], ledger: &Ledger) -> Vec<Self> {
        let statements = ledger.statements.iter();
        let statements = statements.map(|column| Self::Statement(column.statement.id.clone()));
        iter::once(Self::All)
            .chain(order.map(Self::Side))
            .chain(statements)
            .chain([Self::First, Self::TakenUp])
            .collect()
    }

    /// The uses that are counted, by their numbers in the word's list.
    pub(super) fn uses(&self, ledger: &Ledger, word: &WordUses) -> Vec<usize> {
        let of = |id: &StatementId| {
            let mut columns = ledger.statements.iter();
            columns.position(|column| column.statement.id == *id)
        };
        let statement = match self {
            Self::Statement(id) => of(id),
            _ => None,
        };
        let uses = word.uses.iter().enumerate();
        let counted = uses.filter(|(number, use_)| match self {
            Self::All => true,
            Self::Side(side) => use_.side == *side,
            Self::Statement(_) => Some(use_.statement) == statement,
            Self::First => *number == 0,
            Self::TakenUp => use_.is_taken_up,
        });
        counted.map(|(number, _)| number).collect()
    }

    /// What is counted, to stand behind a word and before a count; empty for every use.
    pub(super) fn words(&self, scene: &Scene<'_>, ledger: &Ledger) -> String {
        match self {
            Self::All => String::new(),
            Self::Side(side) => scene.side_name(*side).into_owned(),
            Self::Statement(id) => {
                let mut columns = ledger.statements.iter();
                let column = columns.find(|column| column.statement.id == *id);
                column.map_or_else(String::new, |column| {
                    let name = scene.statement_name(&column.statement);
                    format!("{} · {name}", dated(scene, column))
                })
            }
            Self::First => "first use".to_owned(),
            Self::TakenUp => "taken up".to_owned(),
        }
    }

    /// What a cell says to those who do not see it: `blockade, Artsakh: 10 uses, 9 as written`.
    pub(super) fn name(
        &self,
        scene: &Scene<'_>,
        ledger: &Ledger,
        (word, shown): (&WordUses, &str),
    ) -> String {
        let uses = self.uses(ledger, word);
        let places = uses.iter().filter_map(|number| word.uses.get(*number));
        let exact = places.filter(|use_| use_.is_exact).count();
        let what = self.words(scene, ledger);
        let count = match self {
            Self::First => word
                .first()
                .and_then(|first| ledger.statements.get(first))
                .map_or_else(|| "not used".to_owned(), |column| dated(scene, column)),
            Self::TakenUp => counted(uses.len(), "time", "times"),
            Self::All | Self::Side(_) | Self::Statement(_) => {
                let uses = counted(uses.len(), "use", "uses");
                format!("{uses}, {exact} as written")
            }
        };
        format!("{shown}, {what}: {count}")
    }
}
