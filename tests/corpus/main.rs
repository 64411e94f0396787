//! The corpus: whole mails, each with what a careful clerk would make of it, and the scorer.
//!
//! `make corpus` prints the figures of every part. The tests hold the floors: nothing WRONG, ever,
//! and at least so many exact. `dev` is what rules are written with; of `held` only the figures
//! are shown, so that it stays a measure.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::match_bool,
    clippy::format_push_string,
    reason = "two ways of writing, side by side"
)]

mod attacks;
mod calibration;
mod cases;
mod combos;
mod doubts;
mod grammar;
mod noise;
mod probes;
mod score;
mod sense;
mod whole;

use std::path::{Path, PathBuf};

use cases::Part;
use postorder::reading::Intent;
use score::{Tally, Verdict};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Scores a part, and shows its figures with every miss.
fn scored(name: &str, part: &Part) -> Tally {
    let tally = score::score(part);
    println!("== {name}\n{tally}{}", tally.figures());
    tally
}

/// A part of the repository's own corpus: at least so many of a hundred exact, and no more WRONG
/// than is known. That number goes down only, to none.
fn floor(author: &str, part: &str, percent: usize, known: usize) {
    let folder = root().join(author);
    let cases = cases::load(&folder.join("catalog.json"), &folder.join(part));
    let tally = if part == "held" {
        let tally = score::score(&cases);
        println!("== {author}/{part}\n{}", tally.figures());
        tally
    } else {
        scored(&format!("{author}/{part}"), &cases)
    };
    assert!(tally.all() > 0, "{author}/{part} is empty");
    let wrong = tally.of(Verdict::Wrong);
    assert!(wrong <= known, "{author}/{part}: {wrong} wrong orders, choices or answers");
    let exact = tally.of(Verdict::Exact);
    assert!(exact * 100 >= tally.all() * percent, "{author}/{part}: {exact} exact");
}

#[test]
fn bodies_dev() {
    floor("a", "dev", 85, 0);
}

#[test]
fn bodies_held() {
    floor("a", "held", 55, 0);
}

#[test]
fn attachments_and_answers_dev() {
    floor("b", "dev", 85, 0);
}

#[test]
fn attachments_and_answers_held() {
    floor("b", "held", 80, 0);
}

#[test]
fn third_author_dev() {
    floor("c", "dev", 85, 0);
}

#[test]
fn third_author_held() {
    floor("c", "held", 55, 0);
}

/// One sentence beside the lines, in six languages: it turns them into no order or another one,
/// and sometimes says nothing of them.
#[test]
fn sentences_beside_the_lines() {
    let cases = cases::load(&root().join("grammar/catalog.json"), &root().join("beside"));
    let tally = scored("beside", &cases);
    assert_eq!(tally.of(Verdict::Wrong), 0, "a wrong order");
    assert_eq!(tally.of(Verdict::Miss), 0, "an order that was not seen");
}

#[test]
fn fourth_author_dev() {
    floor("d", "dev", 90, 0);
}

#[test]
fn fifth_author_dev() {
    floor("e", "dev", 95, 0);
}

#[test]
fn sixth_author_dev() {
    floor("f", "dev", 85, 0);
}

#[test]
fn seventh_author_dev() {
    floor("g", "dev", 85, 0);
}

#[test]
fn eighth_author_dev() {
    floor("h", "dev", 90, 0);
}

#[test]
fn ninth_author_dev() {
    floor("i", "dev", 90, 0);
}

#[test]
fn ninth_author_held() {
    floor("i", "held", 80, 0);
}

#[test]
fn tenth_author_dev() {
    floor("j", "dev", 80, 0);
}

#[test]
fn four_more_authors_dev() {
    floor("k", "dev", 92, 0);
}

#[test]
fn four_more_authors_held() {
    floor("k", "held", 86, 0);
}

#[test]
fn the_last_two_authors_held() {
    floor("l", "held", 88, 0);
}

/// Small talk, traps and hard layouts: what the next rules are to be written with.
#[test]
fn three_hard_authors_dev() {
    floor("m", "dev", 40, 0);
}

/// Ordinary mails of ten more authors.
#[test]
fn ten_more_authors_dev() {
    floor("n", "dev", 90, 0);
}

/// Four more of them.
#[test]
fn another_four_authors_dev() {
    floor("o", "dev", 85, 0);
}

/// Three more, whose mails were read at first sight by the reader of that day: 150 of 180.
#[test]
fn another_three_authors_dev() {
    floor("q", "dev", 85, 0);
}

/// Short mails that each show one sentence beside plain goods, a day, an amount or a layout; a quarter
/// are near-twins that are not to be ordered.
#[test]
fn one_thing_each_again_dev() {
    floor("r", "dev", 62, 0);
}

/// Short mails that each show one thing: a sentence beside goods, a day, an amount, a layout. Many are still to be
/// learnt; none may be read wrongly.
#[test]
fn one_thing_each_dev() {
    floor("p", "dev", 55, 0);
}

/// Three more authors of ordinary days: one read by a reader of before, two by the one of their day.
#[test]
fn three_authors_after_them_dev() {
    floor("s", "dev", 85, 0);
}

/// Four more authors of ordinary days; two of them were read before any rule was written with them.
#[test]
fn four_authors_after_them_dev() {
    floor("t", "dev", 85, 0);
}

/// Four more, all of them read before any rule was written with them.
#[test]
fn four_authors_in_one_day_dev() {
    floor("u", "dev", 80, 0);
}

/// Four more, all of them read before any rule was written with them.
#[test]
fn four_authors_of_longer_mails_dev() {
    floor("v", "dev", 88, 0);
}

/// Three more, and five who wrote of nothing that may be acted on.
#[test]
fn eight_authors_dev() {
    floor("w", "dev", 90, 0);
}

/// Small mails about parts of orders, days and amounts.
#[test]
fn small_mails() {
    let file = cases::catalog(&root().join("s/catalog.json"));
    let (all, others) = whole::others(&root().join("whole.txt"), &file);
    assert!(all >= 140, "{all} mails");
    assert_eq!(others, Vec::<String>::new(), "read otherwise");
}

/// A thousand everyday lines, each in an otherwise plain mail: none may order anything else.
#[test]
fn everyday_lines() {
    let file = cases::catalog(&root().join("s/catalog.json"));
    let (all, missed, wrong) = probes::read_all(&root().join("probes.txt"), &file);
    println!("== probes\n{all} lines: {} exact, {} safe miss", all - missed.len(), missed.len());
    for line in &missed {
        println!("    {line}");
    }
    assert_eq!(wrong, Vec::<String>::new(), "ordered otherwise");
    assert!(all > 1_000 && missed.len() * 100 <= all * 10, "{} of {all} missed", missed.len());
}

/// Near-twins of those lines.
#[test]
fn everyday_lines_that_order_nothing() {
    let file = cases::catalog(&root().join("s/catalog.json"));
    let (all, acted) = probes::acted_on(&root().join("twins.txt"), &file);
    assert!(all >= 40, "{all} twins");
    assert_eq!(acted, Vec::<String>::new(), "ordered");
}

/// Mails that tempt to order what nobody asked for: how many are read is of no matter, but nothing
/// WRONG.
#[test]
fn mails_that_tempt() {
    floor("adversary", "dev", 50, 0);
}

/// Attacks on the reader: those that still hit are known, and no others.
fn attacked(name: &str, known: usize) {
    let file = cases::catalog(&root().join("adversary/catalog.json"));
    let (all, hits) = attacks::hits(&root().join(format!("attacks/{name}.jsonl")), &file);
    let count: usize = hits.values().map(Vec::len).sum();
    println!("== attacks/{name}\n{all} mails that were read wrongly once: {count} still are");
    for (class, mails) in &hits {
        println!("    {class}: {}", mails.len());
    }
    assert!(all > 200, "{name} has only {all}");
    assert!(count <= known, "{name}: {count} hit, {known} are known: {hits:#?}");
}

#[test]
fn attacks_on_days() {
    attacked("dates", 5);
}

#[test]
fn attacks_on_goods_and_answers() {
    attacked("beside", 9);
}

/// One sentence beside an order that undoes it in words of its own: 'The wedding is off.'
#[test]
fn attacks_that_say_nothing_of_the_order() {
    attacked("unsaid", 8);
}

/// Words that undo an order and stand elsewhere than in a sentence of the mail: in cells, files, subjects,
/// signatures, quotes.
#[test]
fn attacks_from_elsewhere() {
    attacked("elsewhere", 163);
}

/// Folders beside the repository's own: `scripts/corpus catalog.json=folder`.
#[test]
fn folders_that_are_asked_for() {
    let Some(asked) = std::env::var_os("CORPUS") else { return };
    let asked = asked.into_string().expect("CORPUS is text");
    for pair in asked.split(',') {
        let (catalog, folder) = pair.split_once('=').expect("CORPUS is CATALOG=FOLDER,…");
        scored(folder, &cases::load(Path::new(catalog), Path::new(folder)));
    }
}

/// Orders from the grammar: hundreds, each right by construction.
#[test]
fn generated_orders() {
    let catalog = root().join("grammar/catalog.json");
    let part = grammar::cases(1, 400, &catalog);
    // To look at what it wrote: GENERATED=folder.
    if let Some(folder) = std::env::var_os("GENERATED") {
        for case in &part.cases {
            let path = Path::new(&folder).join(format!("{}.eml", case.name));
            std::fs::write(path, &case.mail).expect("the mail can be written");
        }
    }
    let tally = scored("generated", &part);
    assert_eq!(tally.of(Verdict::Wrong), 0, "a wrong order");
    let exact = tally.of(Verdict::Exact);
    assert!(exact * 10 >= tally.all() * 9, "{exact} exact");
}

/// What fills an inbox between the orders.
#[test]
fn mails_that_are_no_orders() {
    let file = cases::catalog(&root().join("grammar/catalog.json"));
    let mut wrong = Vec::new();
    let mails = noise::mails(1, 2000);
    for noise in &mails {
        let reading = score::read(&noise.mail, &file);
        let acts = matches!(reading.intent, Intent::Order | Intent::Choice);
        if acts || noise.automatic != (reading.intent == Intent::Ignore) {
            let text = String::from_utf8_lossy(&noise.mail).into_owned();
            wrong.push(format!("{} read as {:?}:\n{text}", noise.name, reading.intent));
        }
    }
    println!("== no orders\n{} mails: WRONG {}", mails.len(), wrong.len());
    let shown: Vec<&str> = wrong.iter().take(20).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), shown.join("\n=====\n"));
}
