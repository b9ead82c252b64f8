//! What is found of words that stand elsewhere, are written otherwise, or were changed, and how sure it is.

use super::*;

const TEXT: &str = "The Ministry says that the so-called blockade of the Lachin road does not exist. \
    Laçın yolu bağlı deyil, yalnız keçid məntəqəsi var. Արցախի ժողովուրդը շրջափակման մեջ է 🕊️ արդեն ութ ամիս:\n\n\
    Il n’y a pas de blocus, dit-il au cafe\u{301}. The road is open to all who register at the checkpoint.";

fn found(quote: &str) -> Vec<(String, How)> {
    let text = Text::from(TEXT);
    let places = places(&text, quote, 0);
    for place in &places {
        assert!((0.0..=1.0).contains(&place.score), "{place:?}");
        assert_eq!(
            text.span(place.span.start(), place.span.end()),
            Some(place.span)
        );
        assert_eq!(
            place.score >= 1.0,
            place.how != How::Approximate,
            "{place:?}"
        );
    }
    let words = |place: Found| (text.quote(place.span).to_owned(), place.how);
    places.into_iter().map(words).collect()
}

#[track_caller]
fn first_is(quote: &str, words: &str, how: How) {
    assert_eq!(
        found(quote).first(),
        Some(&(words.to_owned(), how)),
        "{quote}"
    );
}

#[test]
fn the_very_words_come_first_and_the_nearest_of_them() {
    let text = Text::from("Laçın yolu. LAÇIN  YOLU! Laçın yolu? Լաչին.");
    let found = places(&text, "Laçın yolu", 24);
    let starts: Vec<_> = found
        .iter()
        .map(|found| (text.char_of(found.span.start()), found.how))
        .collect();
    assert_eq!(
        starts,
        [(25, How::Exact), (0, How::Exact), (12, How::Folded)]
    );
}

#[test]
fn words_that_are_not_there_have_no_place() {
    let text = Text::from("The road is open 🚧.");
    for quote in [
        "",
        "  ",
        "closed",
        "a wholly other sentence on convoys",
        "🕊️",
        "?!",
    ] {
        assert_eq!(places(&text, quote, 3), [], "{quote:?}");
    }
    for quote in ["", "x"] {
        assert_eq!(places(&Text::from(""), quote, 3), [], "{quote:?}");
    }
}

#[test]
fn words_that_were_changed_are_found_as_whole_words() {
    use How::{Approximate, Folded};
    for (quote, words, how) in [
        // Another sign, another case, no mark.
        (
            "the “so-called” blockade",
            "the so-called blockade",
            Approximate,
        ),
        ("il n'y a pas de blocus", "Il n’y a pas de blocus", Folded),
        ("dit-il au café", "dit-il au cafe\u{301}", Folded),
        // A word removed, added, replaced.
        (
            "that the so-called blockade of the road does not exist",
            "that the so-called blockade of the Lachin road does not exist",
            Approximate,
        ),
        (
            "Laçın yolu bağlı deyil, yalnız yeni keçid məntəqəsi var",
            "Laçın yolu bağlı deyil, yalnız keçid məntəqəsi var",
            Approximate,
        ),
        (
            "The road is open to everybody who registers",
            "The road is open to all who register",
            Approximate,
        ),
        (
            "Արցախի ժողովուրդը շրջափակման մեջ է արդեն ինը ամիս",
            "Արցախի ժողովուրդը շրջափակման մեջ է 🕊️ արդեն ութ ամիս",
            Approximate,
        ),
        // One word, spelled otherwise.
        ("blokade", "blockade", Approximate),
        ("chekpoint", "checkpoint", Approximate),
        ("ժողովուրդ", "ժողովուրդ", How::Exact),
    ] {
        first_is(quote, words, how);
    }
}

#[test]
fn what_stood_around_the_words_tells_places_of_the_same_words_apart() {
    let text =
        Text::from("First, it must end. Then, he said, it must end now. Axırda it must end, dedi.");
    for (before, behind, start_char) in [
        ("First, ", ". Then", 7),
        ("he said, ", " now.", 35),
        ("Axırda ", ", dedi", 59),
    ] {
        let sought = Sought {
            quote: "it must end",
            start_char: 0,
            surroundings: Some(Surroundings { before, behind }),
        };
        let places = Finder::new(&text).places(&sought);
        assert_eq!(places.len(), 3);
        let first = places.first().expect("three places");
        assert_eq!(text.char_of(first.span.start()), start_char);
        assert_eq!(clearly_meant(&places), Some(*first));
    }
    let places = places(&text, "it must end", 0);
    assert_eq!(clearly_meant(&places), None, "nothing tells them apart");
}

#[test]
fn only_words_that_stand_once_have_an_only_place() {
    let text = Text::from("Yol, yol və yollar. Ճանապարհ");
    for (quote, stands_once) in [
        ("Yol,", true),
        ("yol", false),
        ("Ճանապարհ", true),
        ("", false),
        ("Weg", false),
    ] {
        assert_eq!(only_place(&text, quote).is_some(), stands_once, "{quote}");
    }
}

#[test]
fn long_quotations_are_found_by_their_ends() {
    let sentence = |n: usize| {
        format!(
            "Sentence {n} of the statement speaks of convoy {} and road {}. ",
            n * 7,
            n * 13
        )
    };
    let whole: String = (0..400).map(sentence).collect();
    let text = Text::new(format!("Before. {whole}Behind."));
    let quote = whole
        .replace("convoy 1", "column 1")
        .replace("Sentence 200 of", "Sentence of");
    let places = places(&text, &quote, 0);
    let first = places.first().expect("a place");
    assert_eq!(text.quote(first.span), whole.trim());
    assert!(first.score > 0.9 && first.score < 1.0, "{first:?}");
}

#[test]
fn quotations_that_are_meant_to_be_slow_are_not() {
    // Looked at letter by letter each of these would take minutes in a build for tests.
    let endless = "a".repeat(1 << 18);
    let words = "the of and ".repeat(1 << 14);
    let marks = "e\u{301}".repeat(1 << 14);
    for text in [&endless, &words, &marks] {
        let text = Text::from(text.as_str());
        for quote in [&endless, &words, &marks, "aaaaab", "the of end", "🕊️"] {
            let places = places(&text, quote, 1 << 10);
            assert!(places.len() <= MOST_PLACES);
        }
    }
}

/// A text of words that are drawn from a small stock, as many as sixty of them, so that they repeat as in real texts.
fn random_text(rng: &mut fastrand::Rng) -> Vec<&'static str> {
    const STOCK: [&str; 32] = [
        "the",
        "of",
        "and",
        "road",
        "Lachin",
        "blockade",
        "checkpoint",
        "convoy",
        "said",
        "Ministry",
        "open",
        "closed",
        "humanitarian",
        "that",
        "is",
        "not",
        "Laçın",
        "yolu",
        "bağlıdır",
        "və",
        "ki",
        "İşğal",
        "Արցախ",
        "ճանապարհ",
        "փակ",
        "է",
        "եւ",
        "🕊️",
        "cafe\u{301}",
        "“so-called”",
        "2023,",
        "law.",
    ];
    (0..rng.usize(80..400))
        .map(|_| *rng.choice(STOCK.iter()).expect("words"))
        .collect()
}

/// Replaces, removes or adds a word.
fn edit(words: &mut Vec<&'static str>, at: usize, rng: &mut fastrand::Rng) {
    match rng.u8(0..3) {
        0 => words[at] = "changed",
        1 => {
            words.remove(at);
        }
        _ => words.insert(at, "newly"),
    }
}

/// One trial: a passage of a random text, looked for in the text after edits; where it truly is then, and what was found.
fn trial(seed: u64, edits_inside: usize) -> (Text, Span, Vec<Found>) {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut words = random_text(&mut rng);
    let length = rng.usize(6..24);
    let start = rng.usize(0..words.len() - length);
    let quote = words[start..start + length].join(" ");
    let start_char = words[..start].join(" ").chars().count();
    let mut behind = words.split_off(start + length);
    let mut inside = words.split_off(start);
    for _ in 0..rng.usize(1..12) {
        let part = if rng.bool() { &mut words } else { &mut behind };
        if !part.is_empty() {
            let at = rng.usize(0..part.len());
            edit(part, at, &mut rng);
        }
    }
    for _ in 0..edits_inside {
        let at = rng.usize(0..inside.len());
        edit(&mut inside, at, &mut rng);
    }
    let (before, inside) = (words.join(" "), inside.join(" "));
    let start = before.len() + usize::from(!before.is_empty());
    let parts = [before, inside.clone(), behind.join(" ")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let text = Text::new(parts.join(" "));
    let truth = text.span(start, start + inside.len()).expect("not empty");
    let found = places(&text, &quote, start_char);
    (text, truth, found)
}

#[test]
fn edits_elsewhere_lose_no_passage_and_edits_inside_few() {
    for seed in 0..80 {
        let (text, truth, found) = trial(seed, 0);
        assert!(
            found
                .iter()
                .any(|found| found.span == truth && found.how == How::Exact),
            "{seed}: {:?}",
            text.quote(truth)
        );
    }
    let trials = 120;
    let overlapping = |seed: &u64| {
        let (_, truth, found) = trial(*seed, [1, 2, 3][usize::try_from(seed % 3).expect("small")]);
        found
            .first()
            .is_some_and(|first| first.span.overlaps(truth))
    };
    let hits = (0..120).filter(overlapping).count();
    // Measured: 118 of 120, with one to three edits in 6 to 23 words.
    assert!(hits * 100 >= 95 * trials, "{hits} of {trials}");
}

#[test]
fn in_the_sample_words_that_are_quoted_and_others_are_far_apart() {
    let sample = crate::corpus::sample();
    let (mut quoted, mut others) = (0, 0);
    for statement in sample.statements().values() {
        let finder = Finder::new(&statement.text);
        // A third of them, which takes long enough in a build for tests.
        let claims = sample.claims().values().step_by(3);
        for claim in claims.filter(|claim| claim.statement != statement.id) {
            let quote = sample.quote_of(claim);
            let sought = Sought {
                quote: &quote,
                ..Sought::default()
            };
            let Some(first) = finder.places(&sought).first().copied() else {
                continue;
            };
            let words = statement.text.quote(first.span);
            if first.score >= SURE_SCORE {
                quoted += 1;
                assert!(first.score > 0.9, "{quote} / {words}");
                assert_eq!(sample.side_of(&claim.id), Some(statement.side), "{quote}");
            } else {
                others += 1;
                assert!(first.score < 0.77, "{quote} / {words}");
            }
        }
    }
    assert!(quoted > 2 && others > 2, "{quoted} quoted, {others} others");
}

#[test]
fn a_proposed_place_has_no_signs_at_its_ends_that_the_words_have_not() {
    let text = Text::from("Sülh naminə, “Laçın yolu heç vaxt bağlı olmayıb”, dedi.");
    for (quote, words) in [
        (
            "Laçın yolu heç zaman bağlı olmayıb",
            "Laçın yolu heç vaxt bağlı olmayıb",
        ),
        (
            "“Laçın yolu heç zaman bağlı olmayıb”",
            "“Laçın yolu heç vaxt bağlı olmayıb”",
        ),
    ] {
        let places = places(&text, quote, 0);
        let found = places.first().map(|found| text.quote(found.span));
        assert_eq!(found, Some(words));
    }
}
