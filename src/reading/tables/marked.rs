//! Lists whose columns a mark parts, under a line that names them: 'EAN / pieces:' above
//! '7612345000152 / 300'.

use super::rows::wish_of;
use crate::reading::draft::Desk;
use crate::reading::forms::fields;
use crate::reading::forms::labels::Label;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::tables::{self, Cell, Tables, has_alnum, names};
use crate::reading::text::{Kind, Scan, Token};

/// Marks that part columns; the longest first.
const MARKS: [&str; 5] = ["->", "/", "→", ";", "-"];

/// Reads the list under the headings of a line; the line behind it.
pub(crate) fn read(
    scan: &Scan<'_>,
    head_line: usize,
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> Option<usize> {
    let line =
        scan.lines.get(head_line).filter(|l| !l.tabbed && (3..=24).contains(&l.tokens.len()))?;
    let mark = MARKS.into_iter().find(|mark| parts(scan, head_line, mark).len() >= 2)?;
    let mut heads = parts(scan, head_line, mark);
    // 'Our order, EAN / pieces:' says more before the first heading.
    let first = heads.first_mut()?;
    let said = first.clone().rev().find(|at| scan.token(*at).is_some_and(|t| t.is_any(",:;(")));
    first.start = said.map_or(first.start, |at| at + 1);
    let whole = first.start == line.tokens.start;
    let labels: Vec<Label> =
        heads.iter().map(|head| label_of(scan, head.clone())).collect::<Option<_>>()?;
    let product = labels.iter().filter(|l| names(**l)).count() >= 1;
    let quantity = labels.iter().filter(|l| **l == Label::Quantity).count() == 1;
    if !product || !quantity {
        return None;
    }
    let mut rows = Vec::new();
    let mut next = head_line + 1;
    while let Some(here) = scan.lines.get(next) {
        let cells = parts(scan, next, mark);
        if here.is_blank() && rows.is_empty() && next == head_line + 1 {
            next += 1;
            continue;
        }
        if here.is_blank() || cells.len() < 2 {
            break;
        }
        // A row with a cell too many or too few may say something else.
        if cells.len() != labels.len() {
            return None;
        }
        rows.push((next, cells));
        next += 1;
    }
    for (line, cells) in &rows {
        let cells: Vec<Cell> = cells.iter().cloned().map(Cell::of).collect();
        let row: Vec<(Option<Label>, &Cell)> =
            labels.iter().map(|label| Some(*label)).zip(&cells).collect();
        if !cells.iter().all(|cell| has_alnum(scan, cell)) {
            return None;
        }
        let block = u32::try_from(tables.draft.wishes.len() + 1).unwrap_or(u32::MAX);
        tables.draft.wishes.push(wish_of(scan, &row, block, desk));
        tables.add(*line, head_line);
        tables.headed = true;
    }
    // 'Our stock, EAN / pieces:' orders nothing; what stands before the headings must.
    let before = cues::of(&scan.folded(line.tokens.start..heads.first()?.start));
    let told = !whole && before.without(Cues::DELIVERY) != Cues::ORDER;
    if !rows.is_empty() {
        let problem = tables::no_order(scan, head_line, desk);
        tables
            .draft
            .problems
            .extend(problem.or_else(|| told.then(|| tables::is_none(scan, head_line))));
    }
    if whole && !rows.is_empty() {
        tables.lines.insert(head_line);
    }
    (!rows.is_empty()).then_some(next)
}

fn label_of(scan: &Scan<'_>, head: std::ops::Range<usize>) -> Option<Label> {
    let id = fields::key(scan, head.clone()) == "id";
    if id { Some(Label::Product) } else { fields::label_of(scan, head) }
}

/// The runs of tokens that a mark with blanks around it parts.
fn parts(scan: &Scan<'_>, line: usize, mark: &str) -> Vec<std::ops::Range<usize>> {
    let Some(line) = scan.lines.get(line) else { return Vec::new() };
    let end = (line.tokens.start..line.tokens.end)
        .rev()
        .find(|at| scan.token(*at).is_some_and(|t| !t.is_any(":.)]")))
        .map_or(line.tokens.start, |at| at + 1);
    let mut parts = Vec::new();
    let mut from = line.tokens.start;
    let mut at = from;
    while at < end {
        let length = mark.chars().count();
        let stands = scan.run(at..at + length) == mark
            && scan.token(at).is_some_and(|t| !t.glued && t.kind == Kind::Mark)
            && scan.token(at + length).is_none_or(|t| !t.glued);
        if stands && at > line.tokens.start {
            parts.push(from..at);
            from = at + length;
            at = from;
        } else {
            at += 1;
        }
    }
    parts.push(from..end.max(from));
    parts
}

/// Whether a label behind such a mark heads a column, not the rest of its line.
pub(crate) fn heads_column(scan: &Scan<'_>, label: usize) -> bool {
    let before = label.checked_sub(1).and_then(|at| scan.token(at));
    before.is_some_and(|t: &Token| t.is_any("/>→") && !t.glued)
}
