//! What columns that we do not know, and remarks, may say of the rows: another count, another time,
//! a sum that is none. Then a person reads the table.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::columns::{Row, has_stock, is_day};
use super::head_words;
use super::profile;
use super::totals::is_total;
use super::{Cell, Heading, cells, columns, has_alnum};
use crate::reading::dates;
use crate::reading::draft::{Amount, Desk};
use crate::reading::forms::labels::Label;
use crate::reading::prose::amounts;
use crate::reading::text::numbers;
use crate::reading::text::units::{self, Unit};
use crate::reading::text::{Kind, Scan, Token, clip, words};
use crate::reading::types::{Evidence, Field, Problem, ProblemCode};

/// What is wrong with a table beyond its own columns.
pub(crate) fn find(
    scan: &Scan<'_>,
    head_cells: &[Cell],
    body: &[Row],
    heads: &[Heading],
    tabbed: bool,
    desk: &Desk<'_>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let asks = |cell: &Cell| asks_price(scan, cell);
    if let Some(cell) = head_cells.iter().find(|cell| asks(cell)) {
        problems.push(problem(scan, cell, ProblemCode::NotAnOrder, "A column asks for a price."));
    }
    let open = |at: usize| heads.get(at).is_some_and(|h| h.label.is_none());
    // What is needed, less what is in stock, is ordered.
    let stock = has_stock(scan, head_cells);
    let counts = |at: usize| {
        open(at)
            && !stock
            && head_cells.get(at).is_some_and(|c| head_words::counts(scan, c.tokens.clone()))
    };
    for (_, row) in body.iter().filter(|(_, row)| !is_total(scan, row)) {
        let places = columns(row, heads, tabbed);
        for (cell, place) in row.iter().zip(places).filter(|(cell, _)| has_alnum(scan, cell)) {
            let remark =
                heads.get(place).is_some_and(|h| matches!(h.label, None | Some(Label::Other)));
            let of_state = remark && head_cells.get(place).is_some_and(|c| heads_states(scan, c));
            let doubt = if of_state && profile::state(scan, cell).is_none() {
                "What this says of its row is not known."
            } else if counts(place) && is_number(scan, cell) {
                "The column of this number may count the goods, too."
            } else if open(place) && bounds(scan, head_cells.get(place)) && is_day(scan, cell, desk)
            {
                "This day bounds that of the delivery."
            } else if remark
                && is_amount(scan, cell, desk)
                && !counts_again(scan, cell, row, heads, tabbed, desk)
            {
                "This remark may be another quantity."
            } else if remark && names_time(scan, cell) {
                "This remark may be another time."
            } else {
                continue;
            };
            problems.push(problem(scan, cell, ProblemCode::Conflict, doubt));
            return problems;
        }
    }
    problems.extend(sum(scan, body, heads, tabbed, desk));
    problems
}

fn problem(scan: &Scan<'_>, cell: &Cell, code: ProblemCode, message: &str) -> Problem {
    Problem {
        code,
        message: message.into(),
        words: clip(scan.run(cell.tokens.clone()), 80),
        block: None,
        field: Some(Field::Quantity),
    }
}

/// A row of cells outside of every table that was read, with a product of ours and two numbers: which
/// of them is ordered, only headings could tell.
pub(crate) fn unread(scan: &Scan<'_>, read: &BTreeSet<usize>, desk: &Desk<'_>) -> Option<Evidence> {
    let rows = scan.lines.iter().enumerate().filter(|(at, l)| l.tabbed && !read.contains(at));
    rows.map(|(at, _)| cells(scan, at)).find_map(|row| {
        let numbers =
            row.iter().filter(|cell| is_number(scan, cell) && !profile::is_code(scan, cell, desk));
        let (true, Some(code)) =
            (numbers.count() >= 2, row.iter().find(|cell| profile::is_code(scan, cell, desk)))
        else {
            return None;
        };
        scan.span(code.tokens.clone()).map(|span| scan.evidence(span, "table.unread"))
    })
}

/// That such a row is for a person.
pub(crate) fn unread_problem(row: &Evidence) -> Problem {
    Problem {
        code: ProblemCode::BadQuantity,
        message: "Of the numbers of this row, none is said to be the quantity.".into(),
        words: clip(&row.words, 80),
        block: None,
        field: Some(Field::Quantity),
    }
}

/// 'Your price?'
fn asks_price(scan: &Scan<'_>, cell: &Cell) -> bool {
    let tokens = scan.tokens.get(cell.tokens.clone()).unwrap_or_default();
    tokens.iter().any(|t| t.is('?'))
        && tokens.iter().any(|t| {
            words!("price prices preis preise prix prezzo prezzi precio prijs cost offer offre angebot offerta").has(&t.folded)
        })
}

/// 'Status'
fn heads_states(scan: &Scan<'_>, cell: &Cell) -> bool {
    words!("status state stato statut estado state").has(&scan.folded(cell.tokens.clone()))
}

/// 'Not before', 'frühestens', beside the day of the delivery.
fn bounds(scan: &Scan<'_>, head: Option<&Cell>) -> bool {
    head.and_then(|cell| scan.tokens.get(cell.tokens.clone())).unwrap_or_default().iter().any(|t| {
        words!("before earliest latest after from until fruhestens spatestens ab nach avant apres tot tard prima dopo antes despues voor vanaf uiterlijk")
            .has(&t.folded)
    })
}

fn is_number(scan: &Scan<'_>, cell: &Cell) -> bool {
    numbers::digits_at(scan, cell.tokens.start).is_some_and(|(_, end)| end == cell.tokens.end)
}

/// 'Please 6', 'x 2', '10 pcs only': words of courtesy and an amount. A bare number may be anything
/// that its heading says.
fn is_amount(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> bool {
    let run = cell.tokens.clone();
    let polite = |t: &Token| {
        words!("please only just x bitte nur svp seulement solo per favore alleen graag now total make it jetzt")
            .has(&t.folded)
    };
    let Some(first) = run.clone().find(|at| scan.token(*at).is_some_and(|t| !polite(t))) else {
        return false;
    };
    let digits = scan.token(first).is_some_and(|t| t.kind == Kind::Digits);
    let hit = amounts::amount_within(scan, first, run.end, desk).filter(|_| digits);
    let Some(hit) = hit else { return false };
    let counted = match hit.amount {
        Amount::Of { unit, .. } => unit.is_some_and(|unit| unit != Unit::Time),
        Amount::Bad => true,
    };
    let rest =
        (hit.end..run.end).all(|at| scan.token(at).is_some_and(|t| !t.is_alnum() || polite(t)));
    rest && (counted || first > run.start || hit.end < run.end)
}

/// '2 trays of 200' beside a quantity of 400.
fn counts_again(
    scan: &Scan<'_>,
    remark: &Cell,
    row: &[Cell],
    heads: &[Heading],
    tabbed: bool,
    desk: &Desk<'_>,
) -> bool {
    let places = columns(row, heads, tabbed);
    let is_quantity = |at: usize| heads.get(at).is_some_and(|h| h.label == Some(Label::Quantity));
    let quantity = row.iter().zip(places).find(|(_, at)| is_quantity(*at)).map(|(cell, _)| cell);
    let number = quantity.and_then(|cell| numbers::digits_at(scan, cell.tokens.start)?.0.plain());
    let run = &remark.tokens;
    let hit = amounts::amount_within(scan, run.start, run.end, desk).filter(|h| h.end == run.end);
    let told = hit.and_then(|hit| match hit.amount {
        Amount::Of { number, content: Some(held), .. } => number.plain()?.checked_mul(held),
        _ => None,
    });
    told.is_some() && told == number
}

/// 'In June', 'this week': a time without a day.
fn names_time(scan: &Scan<'_>, cell: &Cell) -> bool {
    cell.tokens.clone().any(|at| {
        let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Word) else { return false };
        let time = units::unit_of(&token.folded) == Some(Unit::Time)
            && !words!("h min an ora or day tag dia").has(&token.folded);
        let week = words!("week woche kw semaine settimana semana tomorrow morgen demain domani manana later spater")
            .has(&token.folded);
        time || week || dates::is_month(scan, at) && token.folded.len() > 3
    })
}

/// A sum of the quantities that is not their sum.
fn sum(
    scan: &Scan<'_>,
    body: &[Row],
    heads: &[Heading],
    tabbed: bool,
    desk: &Desk<'_>,
) -> Option<Problem> {
    let place = heads.iter().position(|h| h.label == Some(Label::Quantity))?;
    let money = heads.iter().any(|h| matches!(h.label, Some(Label::Price | Label::Amount)));
    let mut sum = Decimal::ZERO;
    for (_, row) in body {
        let places = columns(row, heads, tabbed);
        let cell = row.iter().zip(places).find(|(_, p)| *p == place).map(|(cell, _)| cell);
        let Some(cell) = cell.filter(|cell| has_alnum(scan, cell)) else { continue };
        let (number, end) = numbers::digits_at(scan, cell.tokens.start)?;
        let number = number.settle(desk.lang, false).ok()?;
        if !is_total(scan, row) {
            // '2 boxes' and '40 m' have no sum.
            if end != cell.tokens.end {
                return None;
            }
            sum = sum.checked_add(number)?;
        } else if row.len() == heads.len() || !money {
            return (number != sum).then(|| {
                problem(scan, cell, ProblemCode::Conflict, "The total is not that of the rows.")
            });
        }
    }
    None
}
