//! Composes the taking of a newer version of a statement: its text and the places of its claims change in one step.
//!
//! Where the passages went is worked out above (`crate::anchor::carry`); here only what is put where is decided. No claim
//! and no passage is ever left out.

use std::collections::BTreeMap;

use super::statements::Metadata;
use super::{Edit, Refusal, Stamp, Transaction};
use crate::model::{Claim, ClaimId, Passage, Session, Statement, StatementId};
use crate::text::{Span, Text};

/// What takes the place of a statement's text.
#[derive(Clone, Debug)]
pub struct NewVersion {
    pub text: Text,
    /// Of the text's UTF-8, in lower-case hexadecimal.
    pub sha256: String,
    /// What is known of the newer version; `None` leaves what is known of the old one.
    pub metadata: Option<Metadata>,
    /// The passages of the claims that get other ones, each as many as it has.
    pub passages: Vec<(ClaimId, Vec<Passage>)>,
}

/// Gives a statement a newer text and its claims their passages in it.
///
/// A claim whose words stay the same is not stamped: nobody has changed it. It refuses passages that are fewer or more than a claim has, and places that the new text does
/// not have.
pub fn take(
    session: &Session,
    id: &StatementId,
    version: NewVersion,
    stamp: &Stamp,
) -> Result<Transaction, Refusal> {
    let NewVersion {
        text,
        sha256,
        metadata,
        passages,
    } = version;
    let old = session.statement(id).ok_or(Refusal::Gone)?;
    let described = match metadata {
        Some(metadata) => metadata.put_on(Statement::clone(old)),
        None => Statement::clone(old),
    };
    let statement = Statement {
        sha256,
        text,
        ..described
    };
    if statement == **old {
        return Err(Refusal::NothingChanged);
    }
    let mut others: BTreeMap<ClaimId, Vec<Passage>> = passages.into_iter().collect();
    let mut edits = Vec::new();
    for claim in session.claims_of(id).filter_map(|id| session.claim(id)) {
        let passages = others
            .remove(&claim.id)
            .unwrap_or_else(|| claim.passages.clone());
        let is_in_text = |span: Span| statement.text.span(span.start(), span.end()) == Some(span);
        let had_place = |span: Span| old.text.span(span.start(), span.end()) == Some(span);
        let are_right = passages.len() == claim.passages.len()
            && passages.iter().zip(&claim.passages).all(|(new, before)| {
                match (new.span(), before.span()) {
                    (Some(span), Some(before)) => is_in_text(span) || !had_place(before),
                    (Some(span), None) => is_in_text(span),
                    (None, _) => true,
                }
            });
        if !are_right {
            return Err(Refusal::NoRoom);
        }
        if passages != claim.passages {
            edits.push(Edit::put_claim(moved(
                claim,
                passages,
                [&old.text, &statement.text],
                stamp,
            )));
        }
    }
    edits.insert(0, Edit::put_statement(statement));
    Ok(Transaction::new("take a newer version", edits))
}

fn moved(old: &Claim, passages: Vec<Passage>, texts: [&Text; 2], stamp: &Stamp) -> Claim {
    let mut claim = Claim::clone(old);
    claim.passages = passages;
    let [before, now] = texts.map(Some);
    let keeps_words = old.quote(before) == claim.quote(now);
    let keeps_places = (old.passages.iter().zip(&claim.passages))
        .all(|(old, new)| old.span().is_some() == new.span().is_some());
    if !keeps_words || !keeps_places {
        claim.modified = Some(stamp.now);
    }
    claim
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, claim_id, statement_id};

    fn version(text: &str, passages: Vec<Passage>) -> NewVersion {
        NewVersion {
            text: Text::from(text),
            sha256: "new".to_owned(),
            metadata: None,
            passages: vec![(claim_id("cl"), passages)],
        }
    }

    fn placed(text: &str, words: &str) -> Passage {
        let start = text.find(words).expect("words of the text");
        let span = Span::new(text, start, start + words.len());
        Passage::Placed(span.expect("not empty"))
    }

    #[test]
    fn text_and_places_change_in_one_step_and_come_back_in_one() {
        let session = fixture::one_link();
        let id = statement_id("sl");
        let text = "🕊 Արցախ does call it a blockade.";
        let version = version(text, vec![placed(text, "blockade")]);
        let stamp = Stamp::of_nobody();
        let step = take(&session, &id, version.clone(), &stamp).expect("a change");
        let mut after = session.clone();
        let inverse = step.apply(&mut after);
        let statement = after.statement(&id).expect("kept");
        assert_eq!(
            (statement.text.as_str(), statement.sha256.as_str()),
            (text, "new")
        );
        let claim = after.claim(&claim_id("cl")).expect("kept");
        assert_eq!(after.quote_of(claim), "blockade");
        assert_eq!(claim.modified, None, "only its place changed");
        assert_eq!(after.links().len(), 1);
        let again = take(&after, &id, version, &stamp);
        assert_eq!(again, Err(Refusal::NothingChanged));
        let _forward = inverse.apply(&mut after);
        assert_eq!(after, session);
    }

    #[test]
    fn a_claim_whose_words_changed_or_are_gone_is_stamped() {
        let session = fixture::one_link();
        let text = "Laçın yolu blokadadadır.";
        let unplaced = Passage::Unplaced {
            quote: "blockade".to_owned(),
            start_char: 11,
            end_char: 23,
        };
        for passage in [placed(text, "blokadadadır"), unplaced] {
            let version = version(text, vec![passage]);
            let stamp = Stamp::of_nobody();
            let step = take(&session, &statement_id("sl"), version, &stamp).expect("a change");
            let mut after = session.clone();
            let _inverse = step.apply(&mut after);
            let claim = after.claim(&claim_id("cl")).expect("kept");
            assert_eq!(claim.modified, Some(stamp.now));
        }
    }

    #[test]
    fn no_passage_is_left_out_and_none_is_put_where_no_text_is() {
        let session = fixture::one_link();
        let stamp = Stamp::of_nobody();
        let id = statement_id("sl");
        let far = placed(fixture::LEFT_TEXT, "wait");
        for passages in [vec![], vec![far]] {
            let refused = take(&session, &id, version("Yol.", passages), &stamp);
            assert_eq!(refused, Err(Refusal::NoRoom));
        }
        let unanswered = NewVersion {
            passages: Vec::new(),
            ..version("Yol.", vec![])
        };
        assert_eq!(
            take(&session, &id, unanswered, &stamp),
            Err(Refusal::NoRoom)
        );
    }
}
