//! Matrices as CSV for spreadsheets, as [`crate::export`] writes it: byte order mark, CRLF, formulas kept from running.

use std::io;

use super::{ClaimMatrix, TopicMatrix};
use crate::export::csv::{LIST, table};
use crate::export::guard;
use crate::model::{BySide, ClaimId, Session, Side};

/// Ends the name of a column that counts a topic with those under it.
const WITH_DESCENDANTS: &str = "_with_descendants";

impl TopicMatrix {
    /// A row a topic: id, label, depth in the tree, the counts of the topic itself and those with what stands under it.
    ///
    /// The last row, whose topic is empty too, counts everything once.
    pub fn write_csv(&self, session: &Session, out: &mut dyn io::Write) -> io::Result<()> {
        let mut table = table(out)?;
        let names: Vec<&str> = (self.columns.iter().map(super::Column::id))
            .chain(["together"])
            .collect();
        let heads = ["topic", "label", "depth"].map(str::to_owned).into_iter();
        let own = names.iter().map(|name| guard((*name).to_owned()));
        let with_descendants = names
            .iter()
            .map(|name| guard(format!("{name}{WITH_DESCENDANTS}")));
        table.write_record(heads.chain(own).chain(with_descendants))?;
        let numbers = |counts: &super::Counts| -> Vec<String> {
            let counts = counts.cells.iter().chain([&counts.together]);
            counts.map(usize::to_string).collect()
        };
        for row in &self.rows {
            let heads = [
                row.id().to_owned(),
                row.label(session).to_owned(),
                row.depth.to_string(),
            ];
            let counts = numbers(&row.own)
                .into_iter()
                .chain(numbers(&row.with_descendants));
            table.write_record(heads.map(guard).into_iter().chain(counts))?;
        }
        let heads = [
            String::new(),
            "Each counted once".to_owned(),
            "0".to_owned(),
        ];
        let counts = numbers(&self.together);
        table.write_record(heads.into_iter().chain(counts.clone()).chain(counts))?;
        table.flush()
    }
}

impl ClaimMatrix {
    /// A row a claim of the first side of `order`, a column one of the other's, both with their id and words; in the cells
    /// the ids of the relations.
    pub fn write_csv(
        &self,
        session: &Session,
        order: [Side; 2],
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let [rows, columns] = order.map(|side| self.claims.get(side));
        let mut table = table(out)?;
        let quote = |id: &ClaimId| {
            let claim = session.claim(id);
            claim.map_or_else(String::new, |claim| session.quote_of(claim))
        };
        let heads = ["claim", "quote"].map(str::to_owned).into_iter();
        let named = columns
            .iter()
            .map(|id| guard(format!("{id}: {}", quote(id))));
        table.write_record(heads.chain(named))?;
        for (row, id) in rows.iter().enumerate() {
            let cells = (0..columns.len()).map(|column| {
                let [side, _] = order;
                let links = self.links(BySide::new(side, row, column)).iter();
                let relations = links
                    .filter_map(|id| session.link(id))
                    .map(|link| link.relation.as_str());
                guard(relations.collect::<Vec<_>>().join(LIST))
            });
            let heads = [id.to_string(), quote(id)].map(guard).into_iter();
            table.write_record(heads.chain(cells))?;
        }
        table.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ClaimMatrix, Subject, topics_by_relations};
    use crate::edit::Edit;
    use crate::model::fixture::{self, topic_id};
    use crate::model::{Side, Topic};
    use crate::pairs::{Filter, pairs};

    #[test]
    fn the_table_of_topics_has_a_mark_both_counts_and_no_formula() {
        let mut session = fixture::session();
        let law = session.topic(&topic_id("law")).expect("a topic").clone();
        let label = "=1+1".to_owned();
        let _inverse = Edit::put_topic(Topic { label, ..law }).apply(&mut session);
        let mut out = Vec::new();
        let matrix = topics_by_relations(&session, &pairs(&session, &Filter::default()));
        matrix.write_csv(&session, &mut out).expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines.first().copied(),
            Some(
                "\u{FEFF}topic,label,depth,reframes,shifts-blame,gone,together,reframes_with_descendants,\
                 shifts-blame_with_descendants,gone_with_descendants,together_with_descendants"
            )
        );
        assert!(lines.contains(&"law,'=1+1,0,1,1,1,3,1,1,1,3"), "{text}");
        assert!(
            lines.contains(&"access,Topic access,0,0,0,0,0,2,1,1,4"),
            "{text}"
        );
    }

    #[test]
    fn the_table_of_claims_has_relations_in_its_cells() {
        let session = fixture::session();
        let mut out = Vec::new();
        let matrix = ClaimMatrix::of(&session, &Subject::Everything, &Filter::default());
        let order = [Side::Left, Side::Right];
        matrix.write_csv(&session, order, &mut out).expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        let row = "\r\nc-a2,The “blockade” goes on,reframes,reframes,\r\n";
        assert!(text.contains(row), "{text}");
        let mut out = Vec::new();
        let order = [Side::Right, Side::Left];
        matrix.write_csv(&session, order, &mut out).expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        let head = "claim,quote,c-a2: The “blockade” goes on,c-a1: ";
        assert!(text.contains(head), "{text}");
    }
}
