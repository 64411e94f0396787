//! Plans of deliveries: goods on the left, days above, and how many of the one on the other where they
//! meet.

use rust_decimal::Decimal;

use super::rows::wish_of;
use super::totals::is_total;
use super::{Cell, Tables, cells, has_alnum, labelled, names, no_order};
use crate::reading::dates::{self, When};
use crate::reading::draft::{Amount, Desk, Wish};
use crate::reading::forms::labels::Label;
use crate::reading::forms::values::{self, DateValue};
use crate::reading::text::numbers;
use crate::reading::text::{Kind, Scan};

/// Fewest days that make a plan; a table with one day above its numbers is another.
const FEWEST: usize = 2;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Names goods, or says what they are.
    Of(Label),
    /// How many are to come on the day above.
    Day,
    /// What the row comes to.
    Total,
}

/// Reads the plan that begins at a line; the line behind it. All of it is plain, or it is none: each row
/// names goods, and below the days stand bare numbers or nothing.
pub(crate) fn read(
    scan: &Scan<'_>,
    line: usize,
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> Option<usize> {
    let heads = cells(scan, line);
    let columns = columns(scan, &heads, desk)?;
    if no_order(scan, line, desk).is_some() {
        return None;
    }
    let mut wishes: Vec<(usize, Wish)> = Vec::new();
    let mut sums = vec![Decimal::ZERO; heads.len()];
    let mut next = line + 1;
    let mut closed = false;
    while scan.lines.get(next).is_some_and(|l| !l.is_blank()) {
        let row = cells(scan, next);
        if row.len() != heads.len() || closed {
            return None;
        }
        closed = is_total(scan, &row);
        if !adds_up(scan, &columns, &row, closed.then_some(&*sums)) {
            return None;
        }
        if closed {
            next += 1;
            continue;
        }
        let first = wishes.len();
        for (place, head) in heads.iter().enumerate() {
            if columns.get(place) != Some(&Column::Day) {
                continue;
            }
            let count = row.get(place)?;
            if is_empty(scan, count) {
                continue;
            }
            let block = u32::try_from(tables.draft.wishes.len() + wishes.len() + 1).ok()?;
            let sum = sums.get_mut(place)?;
            *sum = sum.checked_add(number(scan, count)?)?;
            wishes.push((next, wish(scan, &columns, &row, (head, count), block, desk)?));
        }
        // A row that orders nothing names goods all the same.
        let named = columns.iter().zip(&row).any(|(column, cell)| match column {
            Column::Of(label) => names(*label) && has_alnum(scan, cell),
            Column::Day | Column::Total => false,
        });
        if wishes.len() == first && !named {
            return None;
        }
        next += 1;
    }
    if wishes.is_empty() {
        return None;
    }
    tables.headed = true;
    tables.last = false;
    for (row, wish) in wishes {
        tables.draft.wishes.push(wish);
        tables.add(row, line);
    }
    tables.lines.extend(line..next);
    Some(next)
}

/// The number that a cell is, with its unit or without.
fn number(scan: &Scan<'_>, cell: &Cell) -> Option<Decimal> {
    numbers::digits_at(scan, cell.tokens.start)?.0.plain()
}

/// Whether a row's total is the sum of what stands before it, and a row of totals holds those of the rows
/// above.
fn adds_up(scan: &Scan<'_>, columns: &[Column], row: &[Cell], above: Option<&[Decimal]>) -> bool {
    let mut sum = Some(Decimal::ZERO);
    let mut whole = true;
    for (place, (column, cell)) in columns.iter().zip(row).enumerate() {
        let count = if is_empty(scan, cell) { Some(Decimal::ZERO) } else { number(scan, cell) };
        match column {
            Column::Day => {
                sum = sum.and_then(|sum| sum.checked_add(count?));
                let due = above.and_then(|sums| sums.get(place)).copied();
                whole &= above.is_none() || count.is_some() && count == due;
            }
            Column::Total => whole &= count.is_some() && count == sum,
            Column::Of(_) => {}
        }
    }
    whole
}

/// The columns below some headings: goods on the left, and days ahead on the right of them.
fn columns(scan: &Scan<'_>, heads: &[Cell], desk: &Desk<'_>) -> Option<Vec<Column>> {
    if !(FEWEST + 1..=40).contains(&heads.len()) {
        return None;
    }
    let mut columns: Vec<Column> = Vec::new();
    let mut days: Vec<chrono::NaiveDate> = Vec::new();
    for (cell, head) in heads.iter().zip(labelled(scan, heads)) {
        if let Some(day) = day_ahead(scan, cell, desk) {
            days.push(day);
            columns.push(Column::Day);
            continue;
        }
        if !days.is_empty() && is_total(scan, std::slice::from_ref(cell)) {
            columns.push(Column::Total);
            continue;
        }
        let label =
            head.label.filter(|l| names(*l) || matches!(l, Label::Unit | Label::Position))?;
        if !days.is_empty() {
            return None;
        }
        columns.push(Column::Of(label));
    }
    let named = columns.iter().any(|c| matches!(c, Column::Of(label) if names(*label)));
    let in_turn = days.windows(2).all(|pair| matches!(pair, [one, two] if one < two));
    (named && days.len() >= FEWEST && in_turn).then_some(columns)
}

/// The day that a cell is, and nothing else.
fn day_ahead(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> Option<chrono::NaiveDate> {
    let (when, end) = dates::date_at(scan, cell.tokens.start, desk.calendar())?;
    let told = values::date(scan, cell.tokens.clone(), desk).0;
    let day = when.day().filter(|_| end == cell.tokens.end)?;
    let digits = scan.token(end.checked_sub(1)?)?.kind == Kind::Digits;
    (told == DateValue::When(When::Day(day)) && digits && Some(day) > desk.today).then_some(day)
}

/// An empty cell, a dash or a zero.
fn is_empty(scan: &Scan<'_>, cell: &Cell) -> bool {
    !has_alnum(scan, cell)
        && cell.tokens.clone().all(|at| scan.token(at).is_some_and(|t| t.is_any("-–—/")))
        || scan.run(cell.tokens.clone()) == "0"
}

/// What a cell of the plan wishes; `None` where it holds something else than a number.
fn wish(
    scan: &Scan<'_>,
    columns: &[Column],
    row: &[Cell],
    (head, count): (&Cell, &Cell),
    block: u32,
    desk: &Desk<'_>,
) -> Option<Wish> {
    let mut told: Vec<(Option<Label>, &Cell)> = columns
        .iter()
        .zip(row)
        .filter_map(|(column, cell)| match column {
            Column::Of(label) => Some((Some(*label), cell)),
            Column::Day | Column::Total => None,
        })
        .collect();
    told.push((Some(Label::Quantity), count));
    told.push((Some(Label::Delivery), head));
    let wish = wish_of(scan, &told, block, desk);
    matches!(wish.amount, Some(Amount::Of { .. })).then_some(wish)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    fn planned(rows: &str) -> Option<Vec<String>> {
        at_desk(&[("A-10", "Valve"), ("B-10", "Pump")], |desk| {
            let scan = Scan::whole(Part::Text, rows);
            let mut tables = Tables::default();
            read(&scan, 0, desk, &mut tables)?;
            let told = tables.draft.wishes.iter().map(|wish| {
                let words = |read: &Option<crate::reading::types::Evidence>| {
                    read.as_ref().map_or(String::new(), |e| e.words.clone())
                };
                let day =
                    wish.delivery.as_ref().map_or(String::new(), |d| d.evidence.words.clone());
                format!("{} {} {day}", words(&wish.product_words), words(&wish.amount_words))
            });
            Some(told.collect())
        })
    }

    #[test]
    fn goods_meet_their_days() {
        let head = "Article\t01.09.2095\t06.10.2095";
        let both = ["A-10 5 01.09.2095", "A-10 7 06.10.2095"];
        assert_eq!(
            planned(&format!("{head}\nA-10\t5\t7")).as_deref(),
            Some(both.map(String::from).as_slice())
        );
        assert_eq!(planned(&format!("{head}\nA-10\t5\t-\nB-10\t\t7")).map(|w| w.len()), Some(2));
        assert_eq!(
            planned(&format!("{head}\tTotal\nA-10\t5\t7\t12\nTotal\t5\t7\t12")).map(|w| w.len()),
            Some(2)
        );
    }

    #[test]
    fn what_is_not_plain_is_no_plan() {
        let head = "Article\t01.09.2095\t06.10.2095";
        for rows in
            ["A-10\t5\ttbd", "A-10\t5\t7?", "A-10\t5", "\t5\t7\nnothing", "A-10\t5\t7\nTotal\t5\t9"]
        {
            assert!(planned(&format!("{head}\n{rows}")).is_none(), "{rows}");
        }
        assert!(planned("Article\t06.10.2095\t01.09.2095\nA-10\t5\t7").is_none());
        assert!(planned("Article\t01.09.2095\tPrice\nA-10\t5\t7").is_none());
        assert!(planned(&format!("{head}\tTotal\nA-10\t5\t7\t13")).is_none());
    }
}
