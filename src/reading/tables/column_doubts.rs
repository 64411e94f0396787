//! Columns beside those of the goods that may turn a table's rows: boxes that are ticked for some of
//! them, weeks instead of days, a second count, a remark that counts anew, a sum that does not fit.

use rust_decimal::Decimal;

use super::columns::Row;
use super::{Cell, Heading, columns, has_alnum};
use crate::reading::dates;
use crate::reading::dates::times;
use crate::reading::draft::Wish;
use crate::reading::forms::labels::Label;
use crate::reading::sentences::perils;
use crate::reading::text::numbers;
use crate::reading::text::{Kind, Scan, clip, words};
use crate::reading::types::{Field, Problem, ProblemCode};

/// A table with its headings.
pub(crate) struct Table<'a> {
    pub(crate) scan: &'a Scan<'a>,
    pub(crate) head_cells: &'a [Cell],
    pub(crate) heads: &'a [Heading],
    pub(crate) body: &'a [Row],
    pub(crate) tabbed: bool,
}

/// What a cell of a column of marks says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tick {
    Yes,
    No,
    Blank,
}

impl Table<'_> {
    /// What its further columns leave open.
    pub(crate) fn doubts(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (place, head) in self.heads.iter().enumerate() {
            let cell = self.head_cells.get(place);
            let said = cell.map(|c| self.scan.folded(c.tokens.clone())).unwrap_or_default();
            // 'Your price?'
            if head.label == Some(Label::Price) && said.ends_with('?') {
                problems.push(self.problem(ProblemCode::NotAnOrder, place, Field::Quantity));
            }
            if !matches!(head.label, None | Some(Label::Other)) {
                continue;
            }
            problems.extend(self.heading(place, &said).or_else(|| self.marks(place)));
            problems.extend(self.remarks(place));
        }
        problems.extend(self.sum());
        problems
    }

    /// The rows of goods: neither blank nor of totals.
    fn cells(&self, place: usize) -> impl Iterator<Item = Option<&Cell>> {
        self.body.iter().filter(|(_, cells)| self.is_goods(cells)).map(move |(_, cells)| {
            let places = columns(cells, self.heads, self.tabbed);
            let found = cells.iter().zip(places).find(|(_, p)| *p == place);
            found.map(|(cell, _)| cell).filter(|cell| !cell.tokens.is_empty())
        })
    }

    fn is_goods(&self, cells: &[Cell]) -> bool {
        let places = columns(cells, self.heads, self.tabbed);
        cells.iter().zip(places).any(|(cell, place)| {
            let label = self.heads.get(place).and_then(|h| h.label);
            label == Some(Label::Quantity) && has_alnum(self.scan, cell)
        }) && !super::totals::is_total(self.scan, cells)
    }

    fn number(&self, cell: &Cell) -> Option<Decimal> {
        let (number, end) = numbers::digits_at(self.scan, cell.tokens.start)?;
        number.plain().filter(|_| end >= cell.tokens.end)
    }

    fn quantities(&self) -> Vec<Option<Decimal>> {
        let place = self.heads.iter().position(|h| h.label == Some(Label::Quantity));
        let Some(place) = place else { return Vec::new() };
        self.cells(place).map(|cell| cell.and_then(|cell| self.number(cell))).collect()
    }

    /// What a heading says by its words, with the numbers below it.
    fn heading(&self, place: usize, said: &str) -> Option<Problem> {
        let has =
            |list: &crate::reading::text::WordList| said.split(' ').any(|word| list.has(word));
        let numbers: Vec<Option<Decimal>> =
            self.cells(place).map(|cell| cell.and_then(|cell| self.number(cell))).collect();
        let counted = numbers.iter().any(Option::is_some);
        let dated = self.heads.iter().any(|h| h.label == Some(Label::Delivery));
        let weeks =
            has(words!("kw cw wk week weeks woche lieferwoche semaine settimana semana leverweek"));
        if weeks && counted && !dated {
            return Some(self.problem(ProblemCode::AmbiguousDate, place, Field::DeliveryDate));
        }
        let returns = has(words!(
            "return returns returned retour retoure reklamation reso defect defekt complaint"
        ));
        let asks = said.ends_with('?') && perils::names_offer(said);
        if returns || asks {
            return Some(self.problem(ProblemCode::NotAnOrder, place, Field::Quantity));
        }
        let owed = said.split(' ').any(dates::clauses::is_delivery) && counted;
        let differs = self.quantities().iter().zip(&numbers).any(|(q, n)| n.is_some() && q != n);
        if owed && differs && !dated {
            return Some(self.problem(ProblemCode::Conflict, place, Field::Quantity));
        }
        let packs = has(words!(
            "vpe ve pack packs packsize gebinde conditionnement colisage confezione verpakkingseenheid"
        )) || said.contains("packing unit")
            || said.contains("per box");
        let odd = self.quantities().iter().zip(&numbers).any(|(quantity, pack)| {
            let (Some(quantity), Some(pack)) = (quantity, pack) else { return false };
            *pack > Decimal::ONE && !(*quantity % *pack).is_zero()
        });
        (packs && odd).then(|| self.problem(ProblemCode::Conflict, place, Field::Quantity))
    }

    /// A column of nothing but marks, which some rows have and others have not, or that says no.
    fn marks(&self, place: usize) -> Option<Problem> {
        let ticks: Option<Vec<Tick>> = self
            .cells(place)
            .map(|cell| cell.map_or(Some(Tick::Blank), |c| self.tick(c)))
            .collect();
        let ticks = ticks?;
        let has = |tick: Tick| ticks.contains(&tick);
        let mixed = has(Tick::Yes) && has(Tick::Blank) || has(Tick::No);
        mixed.then(|| self.problem(ProblemCode::Conflict, place, Field::Quantity))
    }

    fn tick(&self, cell: &Cell) -> Option<Tick> {
        let said = self.scan.folded(cell.tokens.clone());
        let said = said.trim();
        if said.is_empty() {
            return Some(Tick::Blank);
        }
        let yes = words!("x yes y ja j oui o si s ok ✓ ✔ ☑ ✅ ✗");
        let no = words!("no n nein nee non ☐ ✘ ❌");
        match said {
            _ if yes.has(said) => Some(Tick::Yes),
            _ if no.has(said) => Some(Tick::No),
            _ => None,
        }
    }

    /// A remark with a time, or one that counts anew: 'urgent, this week', 'please 6', 'x 2'.
    fn remarks(&self, place: usize) -> Option<Problem> {
        let scan = self.scan;
        self.cells(place).flatten().find_map(|cell| {
            let run = cell.tokens.clone();
            let day = run.clone().any(|at| {
                scan.token(at).is_some_and(|t| t.kind == Kind::Digits && t.folded.len() == 4)
            });
            let time = (!day).then(|| times::first(scan, &run, |_| true)).flatten();
            let digits = run
                .clone()
                .filter(|at| scan.token(*at).is_some_and(|t| t.kind == Kind::Digits))
                .count();
            let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
            let small = run.clone().all(|at| {
                let anew = words!(
                    "x only nur just please pls bitte svp solo seulement make statt instead"
                );
                scan.token(at).is_none_or(|t| t.kind != Kind::Word || anew.has(word(at)))
            });
            let said = run.clone().any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Word));
            let counts = digits == 1 && small && said;
            let code = match (time.is_some(), counts) {
                (true, _) => ProblemCode::AmbiguousDate,
                (_, true) => ProblemCode::Conflict,
                _ => return None,
            };
            let words = clip(scan.run(run), 80);
            Some(Problem {
                code,
                message: format!(
                    "The remark \"{words}\" leaves open how many are wanted, or when."
                ),
                words,
                block: None,
                field: Some(Field::Quantity),
            })
        })
    }

    /// A row of totals with another sum than that of the quantities above it.
    fn sum(&self) -> Option<Problem> {
        let place = self.heads.iter().position(|h| h.label == Some(Label::Quantity))?;
        let told = self.quantities().into_iter().collect::<Option<Vec<Decimal>>>()?;
        let sum: Decimal = told.iter().sum();
        let total = self
            .body
            .iter()
            .filter(|(_, cells)| super::totals::is_total(self.scan, cells))
            .find_map(|(_, cells)| {
                let whole = cells.len() == self.heads.len();
                let places = columns(cells, self.heads, self.tabbed);
                let cell = cells.iter().zip(places).find(|(_, p)| *p == place)?.0;
                self.number(cell).filter(|_| whole && cell.tokens.len() == 1)
            })?;
        (told.len() > 1 && total != sum && total.fract().is_zero())
            .then(|| self.problem(ProblemCode::Conflict, place, Field::Quantity))
    }

    fn problem(&self, code: ProblemCode, place: usize, field: Field) -> Problem {
        let words = self.head_cells.get(place).map(|c| self.scan.run(c.tokens.clone()));
        let words = clip(words.unwrap_or_default(), 80);
        Problem {
            code,
            message: format!(
                "The column \"{words}\" leaves open which of its rows are ordered, or how."
            ),
            words,
            block: None,
            field: Some(field),
        }
    }
}

/// A day in the first row and in no other, under a heading for it: that of the row, or of all, as in
/// cells that were joined.
pub(crate) fn day_for_rows_below(heads: &[Heading], rows: Option<&[Wish]>) -> Option<Problem> {
    let (first, rest) = rows?.split_first()?;
    let headed = heads.iter().any(|head| head.label == Some(Label::Delivery));
    let dated = |wish: &Wish| wish.delivery.as_ref().is_some_and(|dated| dated.when.is_some());
    let alone =
        headed && dated(first) && !rest.is_empty() && rest.iter().all(|w| w.delivery.is_none());
    let words = || first.delivery.as_ref().map(|dated| clip(&dated.evidence.words, 80));
    alone.then(|| Problem {
        code: ProblemCode::AmbiguousDate,
        message: "The day of the first row may be that of all rows.".into(),
        words: words().unwrap_or_default(),
        block: None,
        field: Some(Field::DeliveryDate),
    })
}
