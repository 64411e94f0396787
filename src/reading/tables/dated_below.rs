//! Positions of two rows, as machines print them: the goods, and below them their description and their day,
//! 'Maschinenschutz / Liefertermin: 25.08.2025'. Each row has its day below, or none has one.

use std::ops::Range;

use super::columns;
use super::row_details::describes;
use super::totals::is_total;
use super::{Cell, cells, has_alnum};
use crate::reading::draft::{Dated, Desk, Named, Wish};
use crate::reading::forms::labels::Label;
use crate::reading::forms::sections;
use crate::reading::forms::values;
use crate::reading::text::{Kind, Scan, TextLine};

/// Most lines below a row.
const MOST: usize = 4;

/// What stands below a row.
#[derive(Debug, Clone)]
pub(crate) struct Below {
    row: usize,
    day: Option<Dated>,
    /// Its lines.
    pub(crate) lines: Range<usize>,
}

/// What stands below the rows of a table, where that is all that stands there.
pub(crate) fn find(scan: &Scan<'_>, head_line: usize, desk: &Desk<'_>) -> Vec<Below> {
    let mut found: Vec<Below> = Vec::new();
    let mut line = head_line + 1;
    while let Some(here) = scan.lines.get(line) {
        if super::row_details::is_rule(scan, here) && !here.is_blank() {
            line += 1;
            continue;
        }
        let row = cells(scan, line);
        let filled = row.iter().filter(|cell| has_alnum(scan, cell)).count();
        if here.is_blank() || filled < 2 || is_total(scan, &row) {
            break;
        }
        let Some(below) = product(scan, &row, desk).and_then(|ours| group(scan, line, ours, desk))
        else {
            return Vec::new();
        };
        line = below.lines.end;
        found.push(below);
    }
    let dated = found.iter().filter(|below| below.day.is_some()).count();
    // Lines that only describe are read with their rows, but for those in cells.
    let in_cells = |below: &Below| {
        below.lines.clone().all(|line| scan.lines.get(line).is_some_and(|l| l.tabbed))
    };
    let whole = dated == found.len() || dated == 0 && found.iter().all(in_cells);
    if whole { found } else { Vec::new() }
}

/// The one product that the cells of a row name by its code.
fn product(scan: &Scan<'_>, row: &[Cell], desk: &Desk<'_>) -> Option<u32> {
    let index = desk.catalog.index();
    let coded = row.iter().filter(|cell| {
        index
            .code_at(scan, cell.tokens.start, desk.domain)
            .is_some_and(|hit| hit.end <= cell.tokens.end)
    });
    let named = coded.filter_map(|cell| {
        // The number of a position may be a code too.
        let short = cell.tokens.len() == 1
            && scan
                .token(cell.tokens.start)
                .is_some_and(|t| t.kind == Kind::Digits && t.folded.len() < 4);
        match values::product(scan, cell.tokens.clone(), Label::Code, desk).0 {
            Named::One(place) if !short => Some(place),
            _ => None,
        }
    });
    let mut named: Vec<u32> = named.collect();
    named.dedup();
    match named.as_slice() {
        [place] => Some(*place),
        _ => None,
    }
}

/// The lines below a row, up to the next one.
fn group(scan: &Scan<'_>, row: usize, ours: u32, desk: &Desk<'_>) -> Option<Below> {
    let mut day = None;
    let mut line = row + 1;
    while let Some(run) = only_cell(scan, line) {
        let (told, said) = day_in(scan, line, run.clone(), desk);
        if told.is_some() && day.is_some() || line > row + MOST {
            return None;
        }
        let plain = told.is_some() || columns::only_describes(scan, line, Some(row), desk);
        if !plain || !describes(scan, &said, ours, desk) {
            return None;
        }
        day = day.or(told);
        line += 1;
    }
    Some(Below { row, day, lines: row + 1..line })
}

/// The only cell of a line that is filled.
fn only_cell(scan: &Scan<'_>, line: usize) -> Option<Range<usize>> {
    scan.lines.get(line).filter(|line: &&TextLine| !line.is_blank())?;
    let row = cells(scan, line);
    let mut filled = row.iter().filter(|cell| has_alnum(scan, cell));
    let (Some(cell), None) = (filled.next(), filled.next()) else { return None };
    let total = is_total(scan, &row);
    // A row of an empty form begins with what it is of.
    let below = row.len() == 1 || row.first().is_some_and(|first| !has_alnum(scan, first));
    (below && !total).then(|| cell.tokens.clone())
}

/// The day that ends a line, with the words for it, and what stands before them.
fn day_in(
    scan: &Scan<'_>,
    line: usize,
    run: Range<usize>,
    desk: &Desk<'_>,
) -> (Option<Dated>, Range<usize>) {
    let begins = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| scan.token(at));
        *at == run.start || before.is_some_and(|t| t.is_any(",;|/–-("))
    };
    let found = run.clone().filter(begins).find_map(|at| {
        let worded = scan.token(at).is_some_and(|t| t.kind == Kind::Word);
        let day = worded.then(|| sections::of_run(scan, line, at..run.end, desk)).flatten()?;
        Some((at, day.dated()))
    });
    match found {
        Some((at, day)) => (Some(day), run.start..at),
        None => (None, run),
    }
}

/// Gives a row the day below it. Another day of its own leaves it open.
pub(crate) fn date(wish: &mut Wish, row: usize, below: &[Below]) {
    let Some(day) = below.iter().find(|b| b.row == row).and_then(|b| b.day.clone()) else { return };
    let differs = wish.delivery.as_ref().is_some_and(|own| own.when != day.when);
    let when = if differs { Some(crate::reading::dates::When::Vague) } else { day.when };
    wish.delivery = Some(Dated { when, ..day });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    /// How many rows have something below them, and how many of these a day.
    fn below(text: &str) -> (usize, usize) {
        at_desk(&[("HS-100", "Heat sink 100 mm"), ("HS-200", "Heat sink 200 mm")], |desk| {
            let scan = Scan::whole(Part::Html, text);
            let found = find(&scan, 0, desk);
            let dated = found.iter().filter(|below| below.day.is_some()).count();
            (found.len(), dated)
        })
    }

    #[test]
    fn each_row_has_its_day_below() {
        let text = "Pos\tItem\tQty\n10\tHS-100\t8\n\tHeat sink 100 mm\nDelivery date: 1 September 2025\n\
                    20\tHS-200\t4\n\tHeat sink 200 mm, delivery: 15 September 2025\n\tTotal\t12\n";
        assert_eq!(below(text), (2, 2));
        let described = "Pos\tItem\tQty\n10\tHS-100\t8\n\tHeat sink 100 mm\n20\tHS-200\t4\n";
        assert_eq!(below(described), (2, 0));
    }

    #[test]
    fn what_says_more_is_no_such_detail() {
        for text in [
            "Pos\tItem\tQty\n10\tHS-100\t8\n\tDelivery: 1 September 2025\n20\tHS-200\t4\n",
            "Pos\tItem\tQty\n10\tHS-100\t8\n\tcancelled, delivery: 1 September 2025\n",
            "Pos\tItem\tQty\n10\tHS-100\t8\n\tHeat sink 200 mm\n",
            "Pos\tItem\tQty\n10\tHS-100\t8\n\tonly 3 of them now\n",
        ] {
            assert_eq!(below(text), (0, 0), "{text}");
        }
    }
}
