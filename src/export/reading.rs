//! What a reader is told of a link, in the words that Markdown and HTML share.

use std::borrow::Cow;

use crate::model::{Link, Session};

/// The relation as the session labels it, or its id where the session does not have it.
pub(super) fn relation<'s>(session: &'s Session, link: &'s Link) -> &'s str {
    session
        .relation(&link.relation)
        .map_or(link.relation.as_str(), |relation| relation.label.as_str())
}

/// The relation with the side that acts it: `Shifts blame, by Azerbaijan`.
pub(super) fn relation_with_direction(session: &Session, link: &Link) -> String {
    let relation = relation(session, link);
    match link.by {
        Some(side) => format!("{relation}, by {}", session.side(side).name),
        None => relation.to_owned(),
    }
}

/// What the link is described with beside its relation; what the analyst left open is left out.
pub(super) fn facts(link: &Link) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
    let level = link.level.map(|level| level.label().into());
    let same_event = link.same_event.map(|same| same.label().into());
    let confidence = link.confidence.map(|c| format!("{} of 4", c.get()).into());
    [
        ("Level", level),
        ("Same event", same_event),
        ("Confidence", confidence),
        ("Status", Some(link.status.label().into())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
}
