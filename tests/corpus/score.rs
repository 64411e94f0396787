//! What a reading is worth: exact, a safe miss, or WRONG.

use std::collections::BTreeMap;
use std::fmt;

use postorder::mail::{self, Limits, OwnAddresses};
use postorder::reading::{self, CatalogFile, Context, Intent, Reading};

use crate::cases::{Label, Line, Part};

/// How a reading stands to its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Intent, choice and every line right: nothing is left for a person to do.
    Exact,
    /// Not exact, but nothing wrong would have been ordered or answered.
    Miss,
    /// An order, a choice, a line or an answer that the customer did not ask for, or a real order
    /// that nobody would have seen.
    Wrong,
}

pub(crate) fn acts(intent: Intent) -> bool {
    matches!(intent, Intent::Order | Intent::Choice)
}

fn lines(reading: &Reading) -> Vec<Line> {
    let line = |l: &reading::Line| Line {
        sku: l.product.default_code.clone(),
        quantity: l.quantity.normalize(),
        delivery_date: l.delivery_date,
    };
    sorted(reading.lines.iter().map(line))
}

fn wanted(label: &Label) -> Vec<Line> {
    let normal = |l: &Line| Line { quantity: l.quantity.normalize(), ..l.clone() };
    sorted(label.lines.iter().map(normal))
}

fn sorted(lines: impl Iterator<Item = Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = lines.collect();
    lines.sort();
    lines
}

/// Judges one reading.
pub(crate) fn verdict(want: &Label, got: &Reading) -> Verdict {
    let should_act = acts(want.intent);
    if acts(got.intent) {
        if !should_act || got.intent != want.intent || got.choice() != want.choice {
            return Verdict::Wrong;
        }
        let (wanted, found) = (wanted(want), lines(got));
        let fewer = !found.is_empty() && found.iter().all(|line| wanted.contains(line));
        return match wanted == found {
            true => Verdict::Exact,
            false if fewer && !got.problems.is_empty() => Verdict::Miss,
            false => Verdict::Wrong,
        };
    }
    if should_act {
        return if got.intent == Intent::Ignore { Verdict::Wrong } else { Verdict::Miss };
    }
    if want.intent == got.intent {
        Verdict::Exact
    } else if want.intent == Intent::Ignore || got.intent == Intent::Ignore {
        Verdict::Wrong
    } else {
        // `incomplete` and `review` taken for one another.
        Verdict::Miss
    }
}

trait Chosen {
    fn choice(&self) -> Option<u8>;
}

impl Chosen for Reading {
    fn choice(&self) -> Option<u8> {
        self.choice.as_ref().map(|c| c.value.into())
    }
}

/// Reads a mail as `postorder parse` does.
pub(crate) fn read(bytes: &[u8], file: &CatalogFile) -> Reading {
    read_with(bytes, file, &Context::default())
}

/// Reads a mail under another bar.
pub(crate) fn read_with(bytes: &[u8], file: &CatalogFile, context: &Context) -> Reading {
    let own = OwnAddresses::new(&file.own_addresses).named(&file.own_name);
    let mail = mail::parse(bytes, &Limits::default(), &own);
    let context = Context { house: own.house(), ..context.clone() };
    reading::read(&mail, &file.catalog, &context)
}

/// The figures of a part.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Readings by verdict.
    pub(crate) verdicts: BTreeMap<Verdict, usize>,
    /// Field → right, of those stated.
    fields: BTreeMap<&'static str, (usize, usize)>,
    /// Label's intent → reading's intent → how often.
    confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
    /// Certainty in tens → exact lines' readings, and all that acted.
    certainty: BTreeMap<u8, (usize, usize)>,
    notes: Vec<String>,
}

impl Tally {
    /// How many readings have a verdict.
    pub(crate) fn of(&self, verdict: Verdict) -> usize {
        self.verdicts.get(&verdict).copied().unwrap_or_default()
    }

    /// How many there are.
    pub(crate) fn all(&self) -> usize {
        self.verdicts.values().sum()
    }

    /// Takes in one reading.
    pub(crate) fn add(&mut self, name: &str, want: &Label, got: &Reading) {
        let verdict = verdict(want, got);
        *self.verdicts.entry(verdict).or_default() += 1;
        let row = self.confusion.entry(word(want.intent)).or_default();
        *row.entry(word(got.intent)).or_default() += 1;
        if acts(got.intent) {
            let (exact, all) = self.certainty.entry(got.certainty / 5 * 5).or_default();
            *all += 1;
            *exact += usize::from(verdict == Verdict::Exact);
        }
        if acts(want.intent) && want.intent == got.intent {
            self.add_fields(name, want, got);
        }
        if verdict != Verdict::Exact {
            let (wanted, found) = (wanted(want), lines(got));
            let problem = |p: &reading::Problem| format!("{} ({})", p.message, p.words);
            let problems: Vec<String> = got.problems.iter().map(problem).collect();
            self.notes.push(format!(
                "{} {name}: want {} {} {:?} {:?}\n    got {} {} {:?} {problems:?}",
                if verdict == Verdict::Wrong { "WRONG" } else { "miss " },
                word(want.intent),
                shown(&wanted),
                want.choice,
                want.problems,
                word(got.intent),
                shown(&found),
                got.choice(),
            ));
        }
    }

    fn add_fields(&mut self, name: &str, want: &Label, got: &Reading) {
        let squeeze = |text: String| text.split_whitespace().collect::<String>().to_lowercase();
        let stated = [
            ("order_date", want.order_date.map(|d| d.to_string())),
            ("address", want.address.clone()),
            ("reference", want.reference.clone()),
        ];
        let found = [
            got.order_date.as_ref().map(|d| d.value.to_string()),
            got.address.as_ref().map(|a| a.value.clone()),
            got.reference.as_ref().map(|r| r.value.clone()),
        ];
        for ((field, want), got) in stated.into_iter().zip(found) {
            if want.is_none() && got.is_some() {
                self.notes.push(format!("{field} of {name}: want none, got {got:?}"));
            }
            let Some(want) = want else { continue };
            let right = squeeze(want.clone()) == squeeze(got.clone().unwrap_or_default());
            let (of, all) = self.fields.entry(field).or_default();
            *all += 1;
            *of += usize::from(right);
            if !right {
                self.notes.push(format!("{field} of {name}: want {want:?}, got {got:?}"));
            }
        }
    }
}

fn word(intent: Intent) -> &'static str {
    match intent {
        Intent::Order => "order",
        Intent::Choice => "choice",
        Intent::Incomplete => "incomplete",
        Intent::Review => "review",
        Intent::Ignore => "ignore",
    }
}

fn shown(lines: &[Line]) -> String {
    let line = |l: &Line| {
        let day = l.delivery_date.map_or_else(|| "-".to_owned(), |d| d.to_string());
        format!("{} x {} {day}", l.quantity, l.sku)
    };
    format!("[{}]", lines.iter().map(line).collect::<Vec<_>>().join(", "))
}

impl Tally {
    /// The figures, without what was missed.
    pub(crate) fn figures(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for (field, (right, all)) in &self.fields {
            lines.push(format!("{field}: {right}/{all}"));
        }
        for (want, row) in &self.confusion {
            let row: Vec<String> = row.iter().map(|(got, n)| format!("{got} {n}")).collect();
            lines.push(format!("{want:>10} read as: {}", row.join(", ")));
        }
        for (from, (exact, all)) in &self.certainty {
            lines.push(format!("certainty {from} and more: {exact} exact of {all} that acted"));
        }
        lines.push(format!(
            "{} mails: exact {}  safe miss {}  WRONG {}",
            self.all(),
            self.of(Verdict::Exact),
            self.of(Verdict::Miss),
            self.of(Verdict::Wrong)
        ));
        lines.join("\n")
    }
}

/// What was missed.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}

/// Reads all mails of a part.
pub(crate) fn score(part: &Part) -> Tally {
    let mut tally = Tally::default();
    for case in &part.cases {
        tally.add(&case.name, &case.want, &read(&case.mail, &part.file));
    }
    tally
}
