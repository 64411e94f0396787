//! Tables that were flattened to text: each cell on a line of its own, first the headings, then the
//! rows, as programs make plain text of a page.

use super::labels::Label;
use super::values;
use crate::reading::draft::{Amount, Desk, Named};
use crate::reading::prose::amounts;
use crate::reading::tables::head_words;
use crate::reading::tables::rows::wish_of;
use crate::reading::tables::{Cell, Tables, cells, names, no_order};
use crate::reading::text::{Scan, TextLine};

/// Fewest and most headings.
const HEADINGS: std::ops::RangeInclusive<usize> = 2..=9;

/// Reads the headings that begin at a line, and the rows below them; the line behind them.
pub(crate) fn read(
    scan: &Scan<'_>,
    line: usize,
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> Option<usize> {
    label_at(scan, line)?;
    let mut heads: Vec<Label> = Vec::new();
    let mut at = Some(line);
    let mut head_lines = Vec::new();
    while let Some((line, label)) = at.and_then(|at| Some((at, label_at(scan, at)?))) {
        heads.push(label);
        head_lines.push(line);
        at = next_filled(scan, line);
        if heads.len() > *HEADINGS.end() {
            return None;
        }
    }
    let one = |of: &dyn Fn(Label) -> bool| heads.iter().filter(|label| of(**label)).count() == 1;
    let whole = HEADINGS.contains(&heads.len())
        && one(&|label| label == Label::Quantity)
        && heads.iter().any(|label| names(*label))
        && !heads.iter().any(|label| matches!(label, Label::Packs | Label::Held));
    let mut next = at.filter(|_| whole)?;
    let mut rows: Vec<Vec<(usize, Cell)>> = Vec::new();
    while let Some(row) = row_at(scan, next, &heads, desk) {
        let last = row.last()?.0;
        rows.push(row);
        next = next_filled(scan, last).unwrap_or(scan.lines.len());
    }
    // What may be a further row, and has not all cells, is not read in part.
    if rows.is_empty() || one_cell(scan, next).is_some_and(|cell| names_ours(scan, &cell, desk)) {
        return None;
    }
    tables.headed = true;
    let told = head_lines.iter().find_map(|at| no_order(scan, *at, desk));
    tables.draft.problems.extend(told);
    tables.lines.extend(head_lines);
    for row in &rows {
        let labelled: Vec<(Option<Label>, &Cell)> =
            heads.iter().map(|label| Some(*label)).zip(row.iter().map(|(_, cell)| cell)).collect();
        let block = u32::try_from(tables.draft.wishes.len() + 1).unwrap_or(u32::MAX);
        tables.draft.wishes.push(wish_of(scan, &labelled, block, desk));
        tables.add(row.first()?.0, line);
        tables.lines.extend(row.iter().map(|(line, _)| *line));
    }
    Some(next)
}

/// The cells of a row: goods where they are named, and a whole amount where they are counted.
fn row_at(
    scan: &Scan<'_>,
    line: usize,
    heads: &[Label],
    desk: &Desk<'_>,
) -> Option<Vec<(usize, Cell)>> {
    let mut row = Vec::new();
    let mut at = Some(line);
    for label in heads {
        let here = at?;
        let cell = one_cell(scan, here)?;
        let fits = match label {
            Label::Quantity => counts(scan, &cell, desk),
            label if names(*label) && *label != Label::OwnCode => names_ours(scan, &cell, desk),
            _ => true,
        };
        if !fits {
            return None;
        }
        row.push((here, cell));
        at = next_filled(scan, here);
    }
    Some(row)
}

fn names_ours(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> bool {
    let named = values::product(scan, cell.tokens.clone(), Label::Code, desk).0;
    matches!(named, Named::One(_) | Named::Several(_))
}

fn counts(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> bool {
    matches!(amounts::quantity(scan, cell.tokens.clone(), desk), Some(Amount::Of { .. }))
}

/// What a line that is one cell says as a heading.
fn label_at(scan: &Scan<'_>, line: usize) -> Option<Label> {
    head_words::label(scan, one_cell(scan, line)?.tokens).0
}

fn one_cell(scan: &Scan<'_>, line: usize) -> Option<Cell> {
    let here = scan.lines.get(line).filter(|l| !l.is_blank() && !l.tabbed)?;
    if here.tokens.len() > 16 {
        return None;
    }
    let mut cells = cells(scan, line);
    cells.pop().filter(|_| cells.is_empty())
}

fn next_filled(scan: &Scan<'_>, line: usize) -> Option<usize> {
    let filled = |at: &usize| scan.lines.get(*at).is_some_and(|line| !TextLine::is_blank(line));
    (line + 1..(line + 4).min(scan.lines.len())).find(filled)
}
