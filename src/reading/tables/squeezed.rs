//! Tables whose columns are parted by one space only, as they come out of a PDF that was pasted into a
//! mail: 'Pos. Material Description Qty Unit Delivery date' above '10 HS-100 Heat sink 100 mm 20 pc
//! 12.05.2025'. Their ends can be told, and what is left between them is the description.

use std::ops::Range;

use super::row_details;
use super::rows::wish_of;
use super::{Cell, Tables, no_order};
use crate::reading::dates;
use crate::reading::draft::{Amount, Desk, Named};
use crate::reading::forms::fields;
use crate::reading::forms::labels::{self, Label};
use crate::reading::forms::values;
use crate::reading::prose::amounts;
use crate::reading::text::units;
use crate::reading::text::{Kind, Scan};

/// Most words of one heading, and fewest and most headings.
const WORDS: usize = 4;
const HEADINGS: std::ops::RangeInclusive<usize> = 4..=9;
/// Most tokens of a day.
const DAY: usize = 6;

/// Reads the headings on a line, and the rows below them; the line behind them.
pub(crate) fn read(
    scan: &Scan<'_>,
    line: usize,
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> Option<usize> {
    let heads = headings(scan, line)?;
    let mut rows: Vec<(usize, Vec<(Label, Cell)>)> = Vec::new();
    let mut next = line + 1;
    while let Some(row) = row_at(scan, next, &heads, desk) {
        rows.push((next, row));
        next += 1;
    }
    // What may be a further row is not read in part.
    let begins = |at: usize| {
        let first = scan.lines.get(at).map_or(0..0, |line| line.tokens.clone());
        first.take(2).any(|at| desk.catalog.index().code_at(scan, at, desk.domain).is_some())
    };
    if rows.is_empty() || (next..next + 3).any(begins) {
        return None;
    }
    tables.headed = true;
    tables.lines.insert(line);
    tables.draft.problems.extend(no_order(scan, line, desk));
    for (at, row) in &rows {
        let row: Vec<(Option<Label>, &Cell)> = row.iter().map(|(l, c)| (Some(*l), c)).collect();
        let block = u32::try_from(tables.draft.wishes.len() + 1).unwrap_or(u32::MAX);
        tables.draft.wishes.push(wish_of(scan, &row, block, desk));
        tables.add(*at, line);
    }
    Some(next)
}

/// The headings of a line that is nothing but headings: goods first, then, if at all, their description,
/// and one quantity behind it.
fn headings(scan: &Scan<'_>, line: usize) -> Option<Vec<Label>> {
    let here = scan.lines.get(line).filter(|l| !l.tabbed && l.tokens.len() <= 24)?;
    let mut at = here.tokens.start;
    let mut heads = Vec::new();
    while at < here.tokens.end {
        let (label, end) = heading_at(scan, at, here.tokens.end)?;
        heads.push(label);
        at = end;
        while at < here.tokens.end && scan.token(at).is_some_and(|t| t.is_any(".:")) {
            at += 1;
        }
    }
    let goods = usize::from(heads.first() == Some(&Label::Position));
    let coded = |label: &Label| matches!(label, Label::Product | Label::Code);
    let behind = heads.get(goods + 1..)?;
    let behind = behind.strip_prefix(&[Label::Name]).unwrap_or(behind);
    let told = |label: &Label| {
        matches!(
            label,
            Label::Quantity | Label::Unit | Label::Price | Label::Amount | Label::Delivery
        )
    };
    let once = |label: Label| behind.iter().filter(|l| **l == label).count() == 1;
    (HEADINGS.contains(&heads.len())
        && heads.get(goods).is_some_and(coded)
        && behind.iter().all(told)
        && behind.iter().all(|label| once(*label))
        && once(Label::Quantity))
    .then_some(heads)
}

/// The longest heading that begins at a token.
fn heading_at(scan: &Scan<'_>, at: usize, end: usize) -> Option<(Label, usize)> {
    (at + 1..=end.min(at + WORDS)).rev().find_map(|to| {
        let label = labels::exact(&fields::key(scan, at..to))?;
        let whole = scan.token(to - 1).is_some_and(crate::reading::text::Token::is_alnum);
        whole.then_some((label, to))
    })
}

/// The cells of a row, told from both its ends.
fn row_at(
    scan: &Scan<'_>,
    line: usize,
    heads: &[Label],
    desk: &Desk<'_>,
) -> Option<Vec<(Label, Cell)>> {
    let here = scan.lines.get(line).filter(|l| !l.tabbed)?;
    let mut run = here.tokens.clone();
    let mut row = Vec::new();
    let mut heads = heads;
    if let Some(rest) = heads.strip_prefix(&[Label::Position]) {
        scan.token(run.start).filter(|t| t.kind == Kind::Digits)?;
        run.start += 1;
        heads = rest;
    }
    let (goods, mut heads) = heads.split_first()?;
    let code = desk.catalog.index().code_at(scan, run.start, desk.domain)?;
    let whole = scan.token(code.end).is_some_and(|t| !t.glued);
    let cell = run.start..code.end.min(run.end);
    let (Named::One(ours), _) = values::product(scan, cell.clone(), *goods, desk) else {
        return None;
    };
    row.push((*goods, Cell::of(cell.clone())));
    run.start = cell.end;
    while let Some((label, rest)) = heads.split_last().filter(|(l, _)| **l != Label::Name) {
        let cell = last_cell(scan, &run, *label, desk)?;
        run.end = cell.start;
        row.push((*label, Cell::of(cell)));
        heads = rest;
    }
    let described = !heads.is_empty();
    let fits = if described {
        !run.is_empty() && row_details::describes(scan, &run, ours, desk)
    } else {
        run.is_empty()
    };
    (whole && fits).then_some(row)
}

/// The cell that ends a run, by what its column holds.
fn last_cell(
    scan: &Scan<'_>,
    run: &Range<usize>,
    label: Label,
    desk: &Desk<'_>,
) -> Option<Range<usize>> {
    let start = match label {
        Label::Delivery => (run.end.saturating_sub(DAY).max(run.start)..run.end).find(|at| {
            let day = dates::date_at(scan, *at, desk.calendar());
            day.is_some_and(|(when, end)| end == run.end && when.day().is_some())
        })?,
        Label::Unit => {
            let at = run.end.checked_sub(1).filter(|at| *at >= run.start)?;
            let word = scan.token(at)?;
            let unit = units::unit_at(scan, at).is_some_and(|(_, end)| end == run.end)
                || units::unit_in_column(&word.folded).is_some();
            (unit && !word.glued).then_some(at)?
        }
        _ => number_before(scan, run)?,
    };
    let cell = start..run.end;
    let counted = || matches!(amounts::quantity(scan, cell.clone(), desk), Some(Amount::Of { .. }));
    (start >= run.start && (label != Label::Quantity || counted())).then_some(cell)
}

/// Where the number that ends a run begins: '1'234.50' is one, '20 18.50' are two.
fn number_before(scan: &Scan<'_>, run: &Range<usize>) -> Option<usize> {
    let number =
        |at: usize| scan.token(at).is_some_and(|t| t.kind == Kind::Digits || t.is_any(".,'’"));
    let mut at = run.end.checked_sub(1).filter(|at| *at >= run.start && number(*at))?;
    while at > run.start && scan.token(at).is_some_and(|t| t.glued) && number(at - 1) {
        at -= 1;
    }
    scan.token(at).filter(|t| !t.glued && t.kind == Kind::Digits).map(|_| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::{Wish, at_desk};
    use crate::reading::types::Part;

    const HEADS: &str = "Pos. Material Description Qty UoM Price Delivery date";

    /// The rows of a table: its wishes, and the line behind it.
    fn rows(text: &str) -> Option<(Vec<Wish>, usize)> {
        let products = [("HS-100", "Heat sink 100 mm"), ("HS-200", "Heat sink 200 mm")];
        at_desk(&products, |desk| {
            let mut tables = Tables::default();
            let scan = Scan::whole(Part::Text, text);
            read(&scan, 0, desk, &mut tables).map(|next| (tables.draft.wishes, next))
        })
    }

    fn told(text: &str) -> Vec<(Named, String, bool)> {
        let amount = |wish: &Wish| wish.amount_words.clone().map_or_else(String::new, |w| w.words);
        let told = |wish: Wish| (wish.named.clone(), amount(&wish), wish.delivery.is_some());
        rows(text).map_or_else(Vec::new, |(rows, _)| rows.into_iter().map(told).collect())
    }

    #[test]
    fn rows_are_told_from_both_ends() {
        let text = format!(
            "{HEADS}\n10 HS-100 Heat sink 100 mm 20 pc 18.50 12.05.2025\n20 HS-200 Heat sink 200 mm 5 pc 1'234.50 19.05.2025\nKind regards"
        );
        let told = told(&text);
        let (codes, rest): (Vec<_>, Vec<_>) =
            told.into_iter().map(|(named, amount, day)| (named, (amount, day))).unzip();
        assert_eq!(codes, [Named::One(0), Named::One(1)]);
        let amounts: Vec<&str> = rest.iter().map(|(amount, _)| amount.as_str()).collect();
        assert!(amounts.iter().zip(["20", "5"]).all(|(a, b)| a.starts_with(b)), "{amounts:?}");
        assert!(rest.iter().all(|(_, day)| *day));
        assert_eq!(rows(&text).map(|(_, next)| next), Some(3));
    }

    #[test]
    fn a_table_may_have_no_description() {
        assert_eq!(told("Item Qty UoM Price\nHS-100 20 pc 18.50").len(), 1);
        assert!(told("Item Qty UoM Price\nHS-100 blue 20 pc 18.50").is_empty());
    }

    #[test]
    fn what_is_not_told_from_its_ends_is_no_row() {
        for (row, why) in [
            ("10 HS-100 Heat sink 100 mm pc 18.50 12.05.2025", "no quantity"),
            ("10 HS-100 Heat sink 100 mm 20 18.50 12.05.2025", "no unit"),
            ("10 HS-100 Heat sink 100 mm 20 pc 18.50", "no day"),
            ("10 HS-100 Heat sink 100 mm 20 pc 18.50 12.05.2025 cancelled", "more behind it"),
            ("10 HS-100 Heat sink 200 mm 20 pc 18.50 12.05.2025", "another product's name"),
            ("10 HS-100 Heat sink 100 mm 7 20 pc 18.50 12.05.2025", "a number of what?"),
            ("10 HS-100 cancelled 20 pc 18.50 12.05.2025", "its state"),
            ("10 HS-100-B Heat sink 100 mm 20 pc 18.50 12.05.2025", "another code"),
            ("HS-100 Heat sink 100 mm 20 pc 18.50 12.05.2025", "no position"),
        ] {
            assert!(told(&format!("{HEADS}\n{row}\n")).is_empty(), "{why}: {row}");
        }
    }

    #[test]
    fn a_table_is_read_whole_or_not_at_all() {
        let good = "10 HS-100 Heat sink 100 mm 20 pc 18.50 12.05.2025";
        let bad = "20 HS-200 Heat sink 200 mm some pc 18.50 12.05.2025";
        assert_eq!(told(&format!("{HEADS}\n{good}\n")).len(), 1);
        assert!(told(&format!("{HEADS}\n{good}\n{bad}\n")).is_empty());
        assert!(told(&format!("{HEADS}\n{good}\n\n{bad}\n")).is_empty());
    }

    #[test]
    fn other_lines_are_no_headings() {
        let row = "10 HS-100 Heat sink 100 mm 20 pc 18.50 12.05.2025";
        for head in [
            "Pos. Material Description Qty UoM Price Delivery date please",
            "Pos. Material Description Qty Qty UoM Price Delivery date",
            "Pos. Material Description UoM Price Delivery date",
            "Pos. Description Material Qty UoM Price Delivery date",
            "Pos. Material Description Qty UoM Price Date",
            "Pos. Material Qty",
        ] {
            assert!(told(&format!("{head}\n{row}\n")).is_empty(), "{head}");
        }
    }
}
