//! Tables whose headings stand on the left: 'Product │ A │ B', 'Quantity │ 4 │ 6'.

use super::profile;
use super::rows::wish_of;
use super::{Cell, Tables, cells, is_row, labelled, names};
use crate::reading::draft::Desk;
use crate::reading::forms::labels::Label;
use crate::reading::text::Scan;

/// Reads the table that begins at a line; the line behind it.
pub(crate) fn read(
    scan: &Scan<'_>,
    line: usize,
    desk: &Desk<'_>,
    tables: &mut Tables,
) -> Option<usize> {
    let mut rows: Vec<(Label, Vec<Cell>)> = Vec::new();
    let mut next = line;
    while let Some(here) = scan.lines.get(next) {
        if here.is_blank() && !rows.is_empty() && here.tokens.is_empty() {
            break;
        }
        let cells = cells(scan, next);
        if cells.len() < 3 {
            break;
        }
        let head = cells.first().and_then(|cell| {
            let said = labelled(scan, std::slice::from_ref(cell)).pop()?.label;
            said.or_else(|| profile::day_label(scan, &cells, desk))
        });
        let Some(label) = head else { break };
        rows.push((label, cells.get(1..).unwrap_or_default().to_vec()));
        next += 1;
    }
    let products = rows.iter().any(|(l, _)| names(*l));
    let quantities = rows.iter().any(|(l, _)| *l == Label::Quantity);
    let packed = rows.iter().any(|(l, _)| matches!(l, Label::Packs | Label::Held));
    if rows.len() < 2 || !products || !quantities || packed {
        return None;
    }
    tables.headed = true;
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0).min(200);
    for place in 0..width {
        let column: Vec<(Option<Label>, &Cell)> = rows
            .iter()
            .filter_map(|(label, cells)| Some((Some(*label), cells.get(place)?)))
            .collect();
        if is_row(scan, &column) {
            let block = u32::try_from(tables.draft.wishes.len() + 1).unwrap_or(u32::MAX);
            tables.draft.wishes.push(wish_of(scan, &column, block, desk));
            tables.add(line, line);
        }
    }
    tables.lines.extend(line..next);
    Some(next)
}
