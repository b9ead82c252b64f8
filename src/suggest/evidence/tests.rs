//! Evidence of small pairs of quotations.

use super::*;

fn terms(pairs: &[(&str, &[&str], &[&str])]) -> SharedMap<TermId, Arc<TermPair>> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let pair = |(id, left, right): &(&str, &[&str], &[&str])| {
        let id: TermId = id.parse().expect("an id");
        let pair = TermPair {
            id: id.clone(),
            words: BySide {
                left: words(left),
                right: words(right),
            },
            note: String::new(),
        };
        (id, Arc::new(pair))
    };
    pairs.iter().map(pair).collect()
}

fn of(tag: &str, left: &str, right: &str) -> Evidence {
    let found = evidence(
        BySide { left, right },
        BySide {
            left: tag,
            right: tag,
        },
        &terms(&[
            (
                "t-1",
                &["blockade"],
                &["checkpoint", "Lachin border checkpoint"],
            ),
            ("t-2", &["Artsakh"], &["Garabagh"]),
        ]),
    );
    let quotes = BySide { left, right };
    for side in Side::BOTH {
        let quote: &str = quotes.get(side);
        let shared = found.shared.iter().map(|it| it.places.get(side));
        let places = shared.chain(found.paired.iter().map(|it| it.places.get(side)));
        for places in places {
            assert!(!places.is_empty());
            assert!(
                places
                    .iter()
                    .all(|place| quote.get(place.clone()).is_some())
            );
        }
        for stated in found.compared.iter().flat_map(|it| it.stated.get(side)) {
            assert_eq!(
                quote.get(stated.place.clone()),
                Some(stated.written.as_str())
            );
        }
    }
    found
}

#[track_caller]
fn check(tag: &str, left: &str, right: &str, expected: &[&str]) {
    let labels = of(tag, left, right).labels(Side::BOTH);
    let labels: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(labels, expected, "{left} | {right}");
}

#[test]
fn words_of_both_are_named_the_longest_run_first() {
    check(
        "en",
        "on readiness to ensure the rights and security of the residents",
        "The country will be ensuring the rights of all residents, it says: security!",
        &["shared: ensure, rights, security, residents"],
    );
    let found = of(
        "en",
        "Security and rights; security.",
        "the rights, security and rights",
    );
    let written: Vec<&str> = found
        .shared
        .iter()
        .map(|it| it.written.left.as_str())
        .collect();
    assert_eq!(written, ["Security and rights"]);
    let places = &found.shared[0].places;
    assert_eq!((places.left.len(), places.right.len()), (2, 2));
}

#[test]
fn either_sides_words_of_a_term_pair_are_found_on_either_side() {
    check(
        "en",
        "The blockade of Artsakh",
        "Garabagh has a Lachin border checkpoint",
        &[
            "term pair: blockade / Lachin border checkpoint",
            "term pair: Artsakh / Garabagh",
        ],
    );
    check(
        "en",
        "No word",
        "on “blockade”",
        &["negation cue: “No word”"],
    );
    let found = of("en", "the checkpoints", "blockades");
    assert_eq!(found.paired[0].pair.as_str(), "t-1");
    check("en", "the blockade", "a blockade", &["shared: blockade"]);
}

#[test]
fn figures_differ_where_they_count_something_alike() {
    for (left, right, label) in [
        (
            "120,000 people are cut off",
            "hundreds of people left",
            &["shared: people", "figures differ: 120,000 / hundreds"][..],
        ),
        (
            "120,000 are cut off",
            "in truth, hundreds left",
            &["figures differ: 120,000 / hundreds"],
        ),
        (
            "303 people were hurt by 12 mines",
            "hundreds of mines",
            &["shared: mines", "figures differ: 12 / hundreds"],
        ),
        (
            "303 people were hurt",
            "hundreds of people",
            &["shared: people", "same figure: 303 / hundreds"],
        ),
        (
            "2,728 landmines",
            "a total of 2,728 pieces",
            &["same figure: 2,728"],
        ),
        (
            "1,500 troops and 40 tanks crossed",
            "a dozen troops crossed",
            &["shared: troops, crossed", "figures differ: 1,500 / a dozen"],
        ),
        ("70 days ago", "32 years passed", &[]),
        (
            "70 days ago",
            "90 days passed",
            &["shared: days", "figures differ: 70 / 90"],
        ),
        (
            "two vehicles and three trucks",
            "two journalists and three cows",
            &[],
        ),
    ] {
        check("en", left, right, label);
    }
}

#[test]
fn dates_and_names_differ_where_none_is_common() {
    check(
        "en",
        "since December 12, 2022",
        "from 29 July 2023",
        &["dates differ: December 12, 2022 / 29 July 2023"],
    );
    check(
        "en",
        "since December 12",
        "on 12 December 2022 and in 1991",
        &["same date: December 12 / 12 December 2022"],
    );
    check("en", "in 2020", "on 29 July", &[]);
    check(
        "en",
        "the road to Moscow is",
        "a call with Brussels",
        &["names differ: Moscow / Brussels"],
    );
    check(
        "en",
        "the blockade of Artsakh",
        "in Garabagh",
        &["term pair: Artsakh / Garabagh"],
    );
    let found = of("en", "said Ilham Aliyev of Baku", "Aliyev said in Moscow");
    assert_eq!(
        (
            found.compared.len(),
            found.compared[0].agrees,
            found.compared[0].kind
        ),
        (1, true, Kind::Name)
    );
}

#[test]
fn cues_are_told_by_side() {
    let found = of("en", "it is a false narrative", "They deny it");
    let cues: Vec<(Side, &str)> = found
        .cues
        .iter()
        .map(|cue| (cue.side, cue.written.as_str()))
        .collect();
    assert_eq!(
        cues,
        [(Side::Left, "false narrative"), (Side::Right, "deny")]
    );
    assert_eq!(
        found.has_cues,
        BySide {
            left: true,
            right: true
        }
    );
}

#[test]
fn words_are_compared_in_their_languages() {
    check(
        "hy",
        "Արցախի շրջափակումը",
        "շրջափակում չկա",
        &["shared: շրջափակում"],
    );
    check("az", "İşğal bitdi", "işğal və yol", &["shared: işğal"]);
    check(
        "ru",
        "12 декабря 2022 года блокада",
        "о «блокаде» 29 июля 2023 г.",
        &[
            "shared: блокада",
            "dates differ: 12 декабря 2022 / 29 июля 2023",
        ],
    );
    check("", "yol e\u{301}tatlar 🕊️", "yol, E\u{301}TATLAR’ı", &[]);
    check(
        "",
        "e\u{301}tat 🕊️ yol",
        "yol e\u{301}TAT",
        &["shared: e\u{301}TAT"],
    );
    let found = evidence(
        BySide {
            left: "the Lachin roads",
            right: "Lachin roads yolu",
        },
        BySide {
            left: "en",
            right: "az",
        },
        &SharedMap::default(),
    );
    assert_eq!(found.shared[0].written.right, "Lachin roads");
    assert_eq!(
        found.has_cues,
        BySide {
            left: true,
            right: false
        }
    );
}

#[test]
fn where_nothing_speaks_for_a_pair_nothing_is_said() {
    for (left, right) in [
        ("", ""),
        ("the road", ""),
        ("🕊️", "—"),
        ("the and of", "of and the"),
        ("road", "գետ"),
    ] {
        check("en", left, right, &[]);
        check("", left, right, &[]);
    }
}

#[test]
fn sides_are_treated_alike() {
    let (one, other) = (
        "On 5 May the 120,000 residents of Artsakh did not leave",
        "Hundreds of residents left Garabagh on 6 June, no false claim",
    );
    let mirrored = |evidence: &Evidence| -> Vec<String> {
        evidence
            .compared
            .iter()
            .map(|it| {
                format!(
                    "{:?} {} {:?} {:?}",
                    it.kind, it.agrees, it.stated.right, it.stated.left
                )
            })
            .collect()
    };
    let straight = |evidence: &Evidence| -> Vec<String> {
        evidence
            .compared
            .iter()
            .map(|it| {
                format!(
                    "{:?} {} {:?} {:?}",
                    it.kind, it.agrees, it.stated.left, it.stated.right
                )
            })
            .collect()
    };
    let (there, back) = (of("en", one, other), of("en", other, one));
    assert_eq!(straight(&there), mirrored(&back));
    let words = |evidence: &Evidence| -> Vec<Vec<String>> {
        evidence.shared.iter().map(|it| it.words.clone()).collect()
    };
    assert_eq!(words(&there), words(&back));
    assert_eq!(there.cues.len(), back.cues.len());
}

#[test]
fn the_record_has_the_formats_names() {
    let found = of(
        "en",
        "The blockade hit 120,000 people in 2020",
        "The checkpoint: hundreds of people, 2020, no false claims",
    );
    let record = serde_json::to_value(found.record()).expect("a record");
    let expected = serde_json::json!({
        "terms": [
            {"kind": "shared", "left": "people", "right": "people"},
            {"kind": "pair", "pair": "t-1", "left": "blockade", "right": "checkpoint"},
        ],
        "differs": [{"kind": "figure", "left": ["120,000"], "right": ["hundreds"]}],
        "agrees": [{"kind": "date", "left": ["2020"], "right": ["2020"]}],
        "cues": [
            {"side": "right", "kind": "negation", "cue": "no"},
            {"side": "right", "kind": "denial", "cue": "false claims"},
        ],
        "without_cues": [],
    });
    assert_eq!(record, expected);
}

#[test]
fn long_quotations_take_no_time_that_grows_with_their_square() {
    for unit in ["rights ", "the rights of ", "Baku 2020, ", "no false "] {
        let quote = unit.repeat(50_000 / unit.len());
        let found = of("en", &quote, &quote);
        assert!(found.shared.len() <= 2, "{unit}");
    }
}
