//! The method: what a claim, a pair and each relation mean, and what the counts count.

use maud::{Markup, html};

use super::Report;

pub(super) fn method(report: &Report<'_, '_>) -> Markup {
    let session = report.session;
    html! {
        section .method {
            h2 id="method" { "Method" }
            p {
                "A claim is a passage of a statement, or several, quoted character for character. A pair is one claim of each "
                "side and a relation that says how the two stand to each other."
                @if session.relations().is_empty() { " The session lists no relations." }
                @else { " The relations, and when each is chosen:" }
            }
            @if !session.relations().is_empty() {
                table {
                    caption { "The relations of this session" }
                    thead { tr { th scope="col" { "Relation" } th scope="col" { "Direction" } th scope="col" { "Chosen when" } } }
                    tbody {
                        @for relation in session.relations() {
                            tr {
                                th scope="row" { (relation.label) }
                                td { @if relation.directed { "by one side" } @else { "none" } }
                                td { (relation.description) }
                            }
                        }
                    }
                }
            }
            p {
                "Beside its relation a pair may have a level, which says what the two turn on: fact (what happened), definition (what "
                "to call it), cause (what caused it), justification (whether it is justified) or authority (who has authority over "
                "it). It may say whether both speak of the same event, and how sure the analyst is, from 1 (least) to 4. Tentative pairs "
                "are marked as such."
            }
            p {
                "Claims and pairs are counted as the analyst marked them. Counts of pairs are of those in this report; counts of "
                "claims are of all in the session. A claim that no link reaches says that this session has no pair for it, not that the "
                "other side never spoke of it."
            }
            p {
                "A use of a word in the term ledger is found whatever its case, its diacritics or its hyphens, and inflected forms are "
                "found by the Snowball stemmer of the statement’s language. The count in brackets leaves inflected forms out. Where two words of the "
                "ledger share a word of the text, the longer one counts. “In a thousand” is of the words of the statement, or of all "
                "statements of the side, as Unicode divides words (UAX #29). A word is taken up where a side uses it that the ledger gives to the "
                "other side alone. It is inside quotation marks where the text has it there, whoever is quoted, and as so-called "
                "where “so-called” or what stands for it in the statement’s language comes before it."
            }
            p {
                "A later statement answers an earlier one where the dates leave no doubt about which is which; days are counted between the "
                "dates as exactly as they are known. A date that the statement does not state itself was worked out, and the sources say how."
            }
            p { "The report says who says what, and in which words; it does not say who is right." }
            p .hint { "Session " code { (session.id()) } }
        }
    }
}
