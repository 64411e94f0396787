//! Orders put together from plain parts: pleas, days, rows, labels, headings. Each part is plain by
//! itself and each mail right by construction, so what is missed is the reader's mistake.
//!
//! The parts are in a data file for each language: a phrase that is added there is tried in
//! thousands of mails. `{d}`, `{D}` and `{}` are places for the day, `{G}` for the goods; days are
//! written as by `chrono`, with months and weekdays of the language, `%a` as the first two letters
//! of a weekday, and `%O` as '28th'.
//!
//! `POSTORDER_COMBOS=5000` draws as many of each kind, `POSTORDER_COMBOS_SEED=7` draws others; both
//! show every miss, and the parts that are missed most.

mod forms;
mod lists;
mod sentences;
mod tables;

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use postorder::reading::Intent;
use serde::Deserialize;

use crate::cases::{self, Case, Label, Line};
use crate::grammar::{self, Dice, Good};
use crate::root;
use crate::score::{self, Tally, Verdict};

/// The languages that have a data file. The catalogue has names in the first of them.
const LANGUAGES: [&str; 6] = ["en", "de", "fr", "it", "es", "nl"];

/// Those that the catalogue has names in.
const NAMED: [&str; grammar::LANGUAGES] = ["en", "de", "fr", "it"];

/// Those in which fewer forms and sentences are known.
const OTHERS: [&str; 2] = ["es", "nl"];

/// How many misses are shown where no others were asked for.
const SHOWN: usize = 5;

/// A language's parts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tongue {
    months: Vec<String>,
    /// From Monday.
    weekdays: Vec<String>,
    lists: lists::Parts,
    forms: forms::Parts,
    tables: tables::Parts,
    sentences: sentences::Parts,
    /// Its place among the languages.
    #[serde(skip)]
    number: usize,
}

impl Tongue {
    /// Whether the catalogue has names in this language.
    fn has_names(&self) -> bool {
        self.number < grammar::LANGUAGES
    }

    /// A product's name, where the catalogue has one in this language.
    fn name<'a>(&self, good: &'a Good) -> Option<&'a str> {
        good.name.get(self.number).map(String::as_str)
    }

    /// A day in one of the language's ways.
    fn day(&self, way: &str, day: NaiveDate) -> String {
        let weekday = &self.weekdays[day.weekday().num_days_from_monday() as usize];
        let short: String = weekday.chars().take(2).collect();
        let ordinal = match day.day() {
            1 | 21 | 31 => "st",
            2 | 22 => "nd",
            3 | 23 => "rd",
            _ => "th",
        };
        let way = way
            .replace("%B", &self.months[day.month0() as usize])
            .replace("%A", weekday)
            .replace("%a", &short)
            .replace("%O", &format!("%-d{ordinal}"));
        day.format(&way).to_string()
    }
}

fn tongues() -> Vec<Tongue> {
    let of = |(number, language): (usize, &&str)| {
        let path = root().join(format!("combos/{language}.json"));
        let text = std::fs::read_to_string(&path).expect("the language's parts");
        let read: Result<Tongue, _> = serde_json::from_str(&text);
        Tongue { number, ..read.unwrap_or_else(|e| panic!("{}: {e}", path.display())) }
    };
    LANGUAGES.iter().enumerate().map(of).collect()
}

/// What a mail orders, before it is written down.
#[derive(Debug)]
struct Order {
    /// Up to three products, in pieces.
    goods: Vec<(Good, u32)>,
    /// When it is written.
    today: NaiveDate,
    /// When all of it is to be there.
    day: NaiveDate,
}

impl Order {
    fn draw(dice: &mut Dice, catalog: &[Good]) -> Self {
        let mut left = catalog.to_vec();
        let count = match dice.below(6) {
            0 => 1,
            1 => 3,
            _ => 2,
        };
        let goods = (0..count)
            .map(|_| (left.swap_remove(dice.below(left.len())), dice.quantity().max(2)))
            .collect();
        let first = NaiveDate::from_ymd_opt(2025, 1, 6).expect("a day");
        let today = workday(first + Days::new(u64::from(dice.between(0, 700))));
        let mut day = workday(today + Days::new(u64::from(dice.between(8, 60))));
        // So that '28/05' is no month.
        while !(13..=28).contains(&day.day()) {
            day = workday(day + Days::new(1));
        }
        Self { goods, today, day }
    }

    fn label(&self) -> Label {
        let line = |(good, quantity): &(Good, u32)| Line {
            sku: good.code.clone(),
            quantity: (*quantity).into(),
            delivery_date: Some(self.day),
        };
        Label {
            intent: Intent::Order,
            lines: self.goods.iter().map(line).collect(),
            order_date: None,
            address: None,
            reference: None,
            choice: None,
            problems: Vec::new(),
        }
    }
}

/// The day, or the Monday behind its weekend.
fn workday(day: NaiveDate) -> NaiveDate {
    let behind = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    day + Days::new(behind)
}

/// A mail as one kind writes it.
#[derive(Debug)]
struct Written {
    subject: String,
    /// What the content is, and behind an empty line the content.
    content: String,
    /// What it was put together from: what it is a part of, and the part.
    parts: Vec<(&'static str, String)>,
    label: Label,
}

/// A mail of plain text.
fn plain(text: &str) -> String {
    format!(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}\n",
        text.trim_end()
    )
}

/// Some text, its lines no longer than `width` where they can be broken.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        if !out.is_empty() {
            out.push('\n');
        }
        if line.chars().count() <= width {
            out.push_str(line);
            continue;
        }
        let mut used = 0;
        for word in line.split_whitespace() {
            let long = word.chars().count();
            let gap = match used {
                0 => "",
                _ if used + 1 + long > width => "\n",
                _ => " ",
            };
            used = if gap == "\n" { long } else { used + gap.len() + long };
            out.push_str(gap);
            out.push_str(word);
        }
    }
    out
}

/// A kind of mails: its name, and what writes one.
type Kind = (&'static str, fn(&mut Dice, &Tongue, &Order) -> Written);

/// What is to be drawn.
struct Asked {
    seed: u64,
    count: usize,
    /// Every miss, not the first.
    all: bool,
}

fn asked(mails: usize) -> Asked {
    let number = |name: &str| {
        let text = std::env::var(name).ok()?;
        Some(text.parse::<u64>().unwrap_or_else(|e| panic!("{name}={text}: {e}")))
    };
    let (seed, count) = (number("POSTORDER_COMBOS_SEED"), number("POSTORDER_COMBOS"));
    Asked {
        seed: seed.unwrap_or(1),
        count: count.map_or(mails, |n| usize::try_from(n).expect("a number of mails")),
        all: seed.or(count).is_some(),
    }
}

/// A mail of a kind, and its parts.
fn draw(kind: &Kind, asked: &Asked, number: usize, of: &[Tongue], goods: &[Good]) -> Drawn {
    let mut dice = Dice::new(asked.seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
    let order = Order::draw(&mut dice, goods);
    let tongue = &of[dice.below(of.len())];
    let written = kind.1(&mut dice, tongue, &order);
    let head = format!(
        "From: Anna Keller <anna@buyer.example>\nTo: sales@ourcompany.example\nSubject: {}\n\
         Date: {}\nMessage-ID: <{}.{number}@buyer.example>\nMIME-Version: 1.0\n",
        written.subject,
        order.today.format("%a, %d %b %Y 10:28:04 +0200"),
        asked.seed,
    );
    let language = LANGUAGES[tongue.number];
    let mut parts = written.parts;
    parts.push(("language", language.to_owned()));
    let case = Case {
        name: format!("{}-{}-{number:04}-{language}", kind.0, asked.seed),
        mail: (head + &written.content).into_bytes(),
        want: written.label,
    };
    Drawn { case, parts }
}

/// A case, and what it was put together from.
struct Drawn {
    case: Case,
    parts: Vec<(&'static str, String)>,
}

/// Of each part, in how many mails it was and how many of them were missed.
type Counts = BTreeMap<(&'static str, String), (usize, usize)>;

/// What holds for the mails of a test.
struct Floor {
    languages: &'static [&'static str],
    mails: usize,
    /// At least so many of a thousand are exact.
    exact: usize,
    /// No more are WRONG than are known. This goes down only, to none.
    wrong: usize,
}

/// Scores mails of a kind.
fn floor(kind: &Kind, floor: &Floor) {
    let catalog = root().join("grammar/catalog.json");
    let file = cases::catalog(&catalog);
    let goods: Vec<Good> = grammar::goods(&catalog).into_iter().filter(Good::is_counted).collect();
    let mut tongues = tongues();
    tongues.retain(|tongue| floor.languages.contains(&LANGUAGES[tongue.number]));
    let asked = asked(floor.mails);
    let (mut tally, mut counts, mut shown) = (Tally::default(), Counts::new(), String::new());
    for number in 0..asked.count {
        let Drawn { case, parts } = draw(kind, &asked, number, &tongues, &goods);
        let reading = score::read(&case.mail, &file);
        tally.add(&case.name, &case.want, &reading);
        let mut one = Tally::default();
        one.add(&case.name, &case.want, &reading);
        let exact = one.of(Verdict::Exact) == 1;
        for part in parts {
            let (all, missed) = counts.entry(part).or_default();
            *all += 1;
            *missed += usize::from(!exact);
        }
        let first = !exact && tally.of(Verdict::Miss) <= SHOWN;
        // Of an exact one, what is wrong beside its lines.
        let note = one.to_string();
        if one.of(Verdict::Wrong) == 1 || first || asked.all && !note.is_empty() {
            let text = String::from_utf8_lossy(&case.mail);
            let from = text.find("Subject:").unwrap_or_default();
            shown.push_str(&format!(
                "{note}{}\n",
                text[from..].trim_end().replace('\n', "\n    | ")
            ));
        }
    }
    let name = format!("{} in {}", kind.0, floor.languages.join(", "));
    println!("== combos: {name}\n{shown}{}", tally.figures());
    if asked.all {
        print!("{}", most_missed(&counts));
    }
    let (exact, wrong, all) = (tally.of(Verdict::Exact), tally.of(Verdict::Wrong), tally.all());
    // Of other seeds and numbers nothing is known.
    let known = if asked.all { 0 } else { floor.wrong };
    assert!(wrong <= known, "{name}: {wrong} wrong orders");
    assert!(exact * 1000 >= all * floor.exact, "{name}: {exact} of {all} exact");
}

/// The parts that are missed most often, by share.
fn most_missed(counts: &Counts) -> String {
    let mut missed: Vec<_> = counts.iter().filter(|(_, (_, missed))| *missed > 1).collect();
    missed.sort_by_key(|(_, (all, missed))| std::cmp::Reverse(missed * 1_000_000 / all));
    let line = |((of, part), (all, missed)): &(&(&str, String), &(usize, usize))| {
        format!("    {missed} of {all} missed: {of} {part:?}\n")
    };
    missed.iter().take(25).map(line).collect()
}

#[test]
fn lists_in_all_languages() {
    let least = Floor { languages: &LANGUAGES, mails: 1000, exact: 990, wrong: 0 };
    floor(&("lists", lists::write), &least);
}

#[test]
fn agreed_forms() {
    let least = Floor { languages: &NAMED, mails: 1000, exact: 945, wrong: 0 };
    floor(&("forms", forms::write), &least);
}

#[test]
fn agreed_forms_in_spanish_and_dutch() {
    let least = Floor { languages: &OTHERS, mails: 500, exact: 780, wrong: 0 };
    floor(&("forms", forms::write), &least);
}

#[test]
fn tables() {
    let least = Floor { languages: &NAMED, mails: 1000, exact: 945, wrong: 0 };
    floor(&("tables", tables::write), &least);
}

#[test]
fn tables_in_spanish_and_dutch() {
    let least = Floor { languages: &OTHERS, mails: 500, exact: 820, wrong: 0 };
    floor(&("tables", tables::write), &least);
}

#[test]
fn sentences() {
    let least = Floor { languages: &NAMED, mails: 1000, exact: 960, wrong: 0 };
    floor(&("sentences", sentences::write), &least);
}

#[test]
fn sentences_in_spanish_and_dutch() {
    let least = Floor { languages: &OTHERS, mails: 500, exact: 440, wrong: 0 };
    floor(&("sentences", sentences::write), &least);
}
