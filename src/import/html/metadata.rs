//! What a page says of itself: title, publisher, date, language and address, in its head or as JSON-LD.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::edit::statements::Metadata;
use crate::model::StatementDate;

/// What was met on the way through the page, as it was written.
#[derive(Debug, Default)]
pub(super) struct Head {
    title: String,
    first_heading: String,
    language: String,
    canonical: String,
    /// `datetime` of the first `time`.
    time: String,
    /// By name or property, lower case; the first of each.
    meta: BTreeMap<String, String>,
    json_ld: Vec<String>,
    inside: Option<Inside>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Title,
    Heading,
    JsonLd,
}

impl Head {
    pub(super) fn start(&mut self, name: &str, attribute: &impl Fn(&str) -> Option<String>) {
        let value = |name: &str| attribute(name).unwrap_or_default();
        match name {
            "title" if self.title.is_empty() => self.inside = Some(Inside::Title),
            "h1" if self.first_heading.is_empty() => self.inside = Some(Inside::Heading),
            "script" if value("type").eq_ignore_ascii_case("application/ld+json") => {
                self.inside = Some(Inside::JsonLd);
                self.json_ld.push(String::new());
            }
            "html" if self.language.is_empty() => self.language = value("lang"),
            "link" if value("rel").eq_ignore_ascii_case("canonical") => {
                self.canonical = value("href");
            }
            "time" if self.time.is_empty() => self.time = value("datetime"),
            "meta" => {
                let names = ["property", "name", "itemprop", "http-equiv"];
                if let Some(name) = names.into_iter().find_map(attribute) {
                    let entry = self.meta.entry(name.to_ascii_lowercase());
                    entry.or_insert_with(|| value("content"));
                }
            }
            _ => {}
        }
    }

    pub(super) fn words(&mut self, words: &str) {
        match self.inside {
            Some(Inside::Title) => self.title.push_str(words),
            Some(Inside::Heading) => self.first_heading.push_str(words),
            Some(Inside::JsonLd) => {
                if let Some(script) = self.json_ld.last_mut() {
                    script.push_str(words);
                }
            }
            None => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        if matches!(name, "title" | "h1" | "script") {
            self.inside = None;
        }
    }

    /// The first of these names that says anything.
    fn meta(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .filter_map(|name| self.meta.get(*name))
            .map(|value| one_line(value))
            .find(|value| !value.is_empty())
    }
}

/// What is said of the article, the most exact place first.
pub(super) fn describe(head: &Head) -> Metadata {
    let linked: Vec<Value> = head
        .json_ld
        .iter()
        .filter_map(|script| serde_json::from_str(script).ok())
        .collect();
    let linked = Linked::of(&linked);
    let said = |value: &str| Some(one_line(value)).filter(|value| !value.is_empty());
    let title = head
        .meta(&["og:title", "dc.title", "dcterms.title"])
        .or(linked.headline)
        .or_else(|| said(&head.first_heading))
        .or_else(|| said(&head.title));
    let publisher = linked.publisher.or_else(|| {
        head.meta(&[
            "og:site_name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
        ])
    });
    let stated = head
        .meta(&[
            "article:published_time",
            "datepublished",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.date",
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
        ])
        .and_then(|value| date(&value))
        .or_else(|| date(&linked.published.unwrap_or_default()))
        .or_else(|| date(&head.time));
    let language = said(&head.language)
        .or_else(|| head.meta(&["content-language", "og:locale"]))
        .map(|language| language.replace('_', "-"));
    let source = said(&head.canonical).or_else(|| head.meta(&["og:url"]));
    Metadata {
        title: title.unwrap_or_default(),
        publisher: publisher.unwrap_or_default(),
        date_basis: stated
            .as_ref()
            .map_or_else(String::new, |_| "stated in the page".to_owned()),
        date: stated,
        language: language.unwrap_or_default(),
        source: source.unwrap_or_default(),
    }
}

/// A day, a month or a year, with the time where one is given, from the start of an ISO 8601 text; the zone is dropped, so
/// that the time is the publisher's own. `None` for every other way to write a date, of which none is safe to guess.
pub(in crate::import) fn date(text: &str) -> Option<StatementDate> {
    let text = text.trim();
    let time = text.get(..16).map(|start| start.replacen(' ', "T", 1));
    let midnight = time.as_ref().is_some_and(|time| time.ends_with("T00:00"));
    let day = text.get(..10);
    let separated = text
        .get(10..)
        .is_none_or(|rest| rest.is_empty() || rest.starts_with(['T', ' ']));
    time.filter(|_| !midnight)
        .and_then(|time| time.parse().ok())
        .or_else(|| day.filter(|_| separated)?.parse().ok())
        .or_else(|| text.parse().ok())
}

/// What schema.org's description of an article says.
#[derive(Default)]
struct Linked {
    headline: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
}

impl Linked {
    /// Of the first object that has a headline or a date of publication.
    fn of(values: &[Value]) -> Self {
        let mut waiting: Vec<&Value> = values.iter().rev().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(list) => waiting.extend(list.iter().rev()),
                Value::Object(object) => {
                    let said = |value: Option<&Value>| {
                        let value = one_line(value?.as_str()?);
                        Some(value).filter(|value| !value.is_empty())
                    };
                    let found = Self {
                        headline: said(object.get("headline")),
                        published: said(object.get("datePublished")),
                        publisher: said(object.get("publisher").and_then(|p| p.get("name"))),
                    };
                    if found.headline.is_some() || found.published.is_some() {
                        return found;
                    }
                    waiting.extend(object.get("@graph"));
                }
                _ => {}
            }
        }
        Self::default()
    }
}

/// Words without the line breaks between them.
pub(in crate::import) fn one_line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn a_page_describes_itself_in_several_ways() {
        let of_head = "<html lang=az><head><title>Site | Bəyanat</title><meta property=og:title content='Bəyanat &amp; x'>
            <meta property='og:site_name' content=Report><link rel=canonical href='https://example.org/a'>
            <meta property='article:published_time' content='2023-07-29T09:19:00+04:00'></head><body>x";
        let of_script = r#"<html lang="az"><title>Site</title><script type="application/ld+json">{"@graph": [{"@type": "Site"},
            {"headline": "Bəyanat & x", "datePublished": "2023-07-29T09:19:00Z", "publisher": {"name": "Report"}}]}</script>
            <meta property="og:url" content="https://example.org/a"><p>x"#;
        for html in [of_head, of_script] {
            let metadata = read(html).metadata;
            assert_eq!(metadata.title, "Bəyanat & x");
            assert_eq!(metadata.publisher, "Report");
            assert_eq!(
                metadata.date.as_ref().map(|d| d.as_str()),
                Some("2023-07-29T09:19")
            );
            assert_eq!(metadata.date_basis, "stated in the page");
            assert_eq!(
                (metadata.language.as_str(), metadata.source.as_str()),
                ("az", "https://example.org/a")
            );
        }
    }

    #[test]
    fn a_page_that_says_nothing_leaves_it_open() {
        assert_eq!(read("<p>x").metadata, Metadata::default());
        let metadata = read("<title> A\n title </title><h1>The <i>heading</i></h1>").metadata;
        assert_eq!(metadata.title, "The heading");
        let broken = "<script type=application/ld+json>{\"headline\": </script><title>T</title>";
        assert_eq!(read(broken).metadata.title, "T");
    }

    #[test]
    fn dates_are_taken_as_exactly_as_they_are_written() {
        for (text, expected) in [
            ("2023-07-29T09:19:00+04:00", Some("2023-07-29T09:19")),
            ("2023-07-29 09:19", Some("2023-07-29T09:19")),
            ("2023-07-29T00:00:00Z", Some("2023-07-29")),
            (" 2023-07-29 ", Some("2023-07-29")),
            ("2023-07", Some("2023-07")),
            ("2023-05-28/..", Some("2023-05-28/..")),
            ("29.07.2023", None),
            ("07/08/2023", None),
            ("Sat, 29 Jul 2023", None),
            ("2023-07-299", None),
            ("", None),
        ] {
            let date = date(text);
            assert_eq!(date.as_ref().map(|d| d.as_str()), expected, "{text}");
        }
    }
}
