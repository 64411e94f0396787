//! Tables without headings, where each column can be but one thing: 'HS-200 │ Heat sink 200 mm │ 4 │
//! pcs'. What the numbers are for, the mail's sentences must say.

use super::columns::is_day;
use super::profile::{is_code, unit_cell};
use super::rows::wish_of;
use super::totals::is_total;
use super::{Cell, Tables, cells, has_alnum};
use crate::reading::dates::When;
use crate::reading::draft::{Amount, Desk, Named};
use crate::reading::forms::labels::Label;
use crate::reading::forms::values::{self, DateValue};
use crate::reading::prose::amounts;
use crate::reading::text::{Kind, Scan};

/// Reads the rows that begin at a line; the line behind them.
pub(crate) fn read(
    scan: &Scan<'_>,
    line: usize,
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> Option<usize> {
    let tabbed = |at: usize| scan.lines.get(at).is_some_and(|l| l.tabbed);
    // Only files and pages have cells for sure.
    if !tabbed(line) || !begins(scan, line) {
        return None;
    }
    let mut rows: Vec<(usize, Vec<Cell>)> = Vec::new();
    let mut next = line;
    while tabbed(next) {
        let row = cells(scan, next);
        if is_total(scan, &row) && !rows.is_empty() {
            next += 1;
            break;
        }
        rows.push((next, row));
        next += 1;
    }
    let width = rows.first()?.1.len();
    if !(2..=8).contains(&width) || rows.iter().any(|(_, row)| row.len() != width) {
        return None;
    }
    let labels = labels(scan, &rows, width, desk)?;
    for (at, row) in &rows {
        let row: Vec<(Option<Label>, &Cell)> = labels.iter().copied().zip(row).collect();
        let block = u32::try_from(tables.draft.wishes.len() + 1).unwrap_or(u32::MAX);
        tables.draft.wishes.push(wish_of(scan, &row, block, desk));
        tables.add(*at, line);
    }
    tables.lines.extend(line..next);
    Some(next)
}

/// Whether no cells stand above that could be headings.
fn begins(scan: &Scan<'_>, line: usize) -> bool {
    let filled = |at: &usize| scan.lines.get(*at).is_some_and(|l| !l.is_blank());
    let above = (line.saturating_sub(3)..line).rev().find(filled);
    above.is_none_or(|above| cells(scan, above).len() < 2)
}

/// What each column holds, where all can be told, and there is one of quantities.
fn labels(
    scan: &Scan<'_>,
    rows: &[(usize, Vec<Cell>)],
    width: usize,
    desk: &Desk<'_>,
) -> Option<Vec<Option<Label>>> {
    let mut labels = Vec::new();
    for place in 0..width {
        let column: Vec<&Cell> = rows.iter().filter_map(|(_, row)| row.get(place)).collect();
        labels.push(column_label(scan, &column, desk)?);
    }
    let goods = |l: &Label| matches!(l, Label::Code | Label::Name);
    let numbers: Vec<usize> =
        (0..width).filter(|at| labels.get(*at) == Some(&Label::Quantity)).collect();
    // Of two columns of numbers, the one that counts the rows is no quantity.
    if let [first, _] = numbers.as_slice()
        && counts(scan, rows, *first)
        && let Some(label) = labels.get_mut(*first)
    {
        *label = Label::Position;
    } else if let [only] = numbers.as_slice()
        && rows.len() > 1
        && counts(scan, rows, *only)
    {
        return None;
    }
    let many = |of: Label| labels.iter().filter(|l| **l == of).count();
    let sure = many(Label::Quantity) == 1 && many(Label::Unit) <= 1 && many(Label::Delivery) <= 1;
    (sure && labels.iter().any(goods)).then(|| labels.into_iter().map(Some).collect())
}

/// Whether a column counts the rows: 1, 2, 3 or 10, 20, 30.
fn counts(scan: &Scan<'_>, rows: &[(usize, Vec<Cell>)], place: usize) -> bool {
    let number = |row: &[Cell]| -> Option<usize> {
        scan.run(row.get(place)?.tokens.clone()).trim_end_matches('.').parse().ok()
    };
    [1, 10]
        .iter()
        .any(|step| rows.iter().zip(1..).all(|((_, row), count)| number(row) == Some(count * step)))
}

/// What a column holds, if each of its cells is filled, and is such a thing.
fn column_label(scan: &Scan<'_>, column: &[&Cell], desk: &Desk<'_>) -> Option<Label> {
    let all = |is: &dyn Fn(&Cell) -> bool| column.iter().all(|cell| is(cell));
    if !all(&|cell| has_alnum(scan, cell)) {
        return None;
    }
    if all(&|cell| is_code(scan, cell, desk)) {
        return Some(Label::Code);
    }
    if all(&|cell| is_day(scan, cell, desk)) {
        let ahead = |cell: &Cell| match values::date(scan, cell.tokens.clone(), desk).0 {
            DateValue::When(When::Day(day)) => desk.today.is_some_and(|today| day > today),
            _ => false,
        };
        return all(&ahead).then_some(Label::Delivery);
    }
    if all(&|cell| unit_cell(scan, cell).is_some()) {
        return Some(Label::Unit);
    }
    let amount = |cell: &Cell| {
        let hit = amounts::amount_within(scan, cell.tokens.start, cell.tokens.end, desk);
        let digits = scan.token(cell.tokens.start).is_some_and(|t| t.kind == Kind::Digits);
        digits && hit.is_some_and(|h| h.end == cell.tokens.end && h.amount != Amount::Bad)
    };
    if all(&amount) {
        return Some(Label::Quantity);
    }
    let named = |cell: &Cell| {
        let words = scan.run(cell.tokens.clone());
        let found = values::product(scan, cell.tokens.clone(), Label::Name, desk).0;
        matches!(found, Named::One(_)) && words.contains(char::is_alphabetic)
    };
    all(&named).then_some(Label::Name)
}
