//! Several labels on one line: behind commas, in the cells of a row, and one cell with two.

use std::ops::Range;

use super::fields::{self, Field};
use super::labels::{self, Label};
use super::values::{self, DateValue};
use crate::reading::draft::{Desk, Named};
use crate::reading::text::Scan;

/// The fields of a row of cells with two labels and more, each with the cells behind it: 'Customer │
/// Keller Ltd │ │ Delivery date │ 4 April'. Only of labels that are of no line of the order.
pub(crate) fn cells(
    scan: &Scan<'_>,
    number: usize,
    line: Range<usize>,
    desk: &Desk<'_>,
) -> Option<Vec<Field>> {
    if !scan.lines.get(number).is_some_and(|l| l.tabbed) {
        return None;
    }
    let begins = |at: &usize| *at == line.start || scan.token(*at).is_some_and(|t| t.gap);
    let starts: Vec<usize> = line.clone().filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([line.end]);
    let cells: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(a, b)| a..b).collect();
    let labelled: Vec<Option<Label>> = cells.iter().map(|cell| head(scan, cell.clone())).collect();
    let many = labelled.iter().flatten().count();
    if many < 2 && !(many == 1 && stands_beside(scan, &cells, &labelled, desk)) {
        return None;
    }
    let mut found = Vec::new();
    for (place, label) in labelled.iter().enumerate() {
        let Some(label) = *label else { continue };
        let of_order = matches!(
            label,
            Label::Delivery
                | Label::OrderDate
                | Label::AnyDate
                | Label::Address
                | Label::Reference
                | Label::AnyReference
                | Label::Other
        );
        let next = (place + 1..cells.len()).find(|at| labelled.get(*at) != Some(&None));
        let (first, last) = (cells.get(place + 1), cells.get(next.unwrap_or(cells.len()) - 1));
        // Two labels side by side are headings.
        let (Some(first), Some(last), true) = (first, last, of_order && next != Some(place + 1))
        else {
            return None;
        };
        let value = first.start..last.end;
        let day = matches!(values::date(scan, value.clone(), desk).0, DateValue::When(_));
        if matches!(label, Label::Delivery | Label::OrderDate) && !day {
            return None;
        }
        found.push(Field {
            label,
            index: None,
            all: false,
            value,
            label_span: cells.get(place).and_then(|cell| scan.span(cell.clone())),
            line: number,
            leads: place == 0,
            last_line: number,
        });
    }
    Some(found)
}

/// 'Keller Ltd │ │ Delivery date │ 4 April': a label for a day or the order's number beside what is no
/// goods.
fn stands_beside(
    scan: &Scan<'_>,
    cells: &[Range<usize>],
    labelled: &[Option<Label>],
    desk: &Desk<'_>,
) -> bool {
    let Some(place) = labelled.iter().position(Option::is_some).filter(|place| *place > 0) else {
        return false;
    };
    let of_order = matches!(
        labelled.get(place),
        Some(Some(Label::Delivery | Label::OrderDate | Label::Reference))
    );
    let goods = cells.iter().take(place).any(|cell| {
        cell.clone().any(|at| {
            desk.catalog
                .index()
                .code_at(scan, at, desk.domain)
                .is_some_and(|hit| scan.run(at..hit.end).len() >= 4)
        })
    });
    of_order && !goods && place + 2 == cells.len()
}

/// The label that a whole cell is, its colon left aside.
fn head(scan: &Scan<'_>, cell: Range<usize>) -> Option<Label> {
    let colon = scan.token(cell.end.checked_sub(1)?).is_some_and(|t| t.is(':'));
    let words = cell.start..cell.end - usize::from(colon);
    let wanted = || labels::wants_day(&fields::key(scan, words.clone())).then_some(Label::Delivery);
    fields::label_of(scan, words.clone()).or_else(wanted)
}

/// 'Material / Description' names goods by either, 'Menge/Einheit' is a quantity with its unit.
pub(crate) fn joint_label(scan: &Scan<'_>, cell: Range<usize>) -> Option<Label> {
    let slash = cell.clone().find(|at| scan.token(*at).is_some_and(|t| t.is('/')))?;
    let one =
        |run: Range<usize>| fields::label(&fields::key(scan, run), false).map(|found| found.label);
    let (left, right) = (one(cell.start..slash)?, one(slash + 1..cell.end)?);
    let names =
        |label: Label| matches!(label, Label::Product | Label::Code | Label::Name | Label::Barcode);
    match (left, right) {
        (left, right) if names(left) && names(right) => Some(Label::Product),
        (Label::Quantity, Label::Unit | Label::Quantity) => Some(Label::Quantity),
        _ => None,
    }
}

/// 'Product: HS-100, quantity 5, delivery date 3 October': labels that nothing parts from their
/// values, behind the commas of a value.
pub(crate) fn behind_commas(
    scan: &Scan<'_>,
    first: usize,
    desk: &Desk<'_>,
    found: &mut Vec<Field>,
) {
    let mut place = first;
    while let Some(field) = found.get(place) {
        let goods = field.label.names_goods();
        let splits = goods || matches!(field.label, Label::Quantity | Label::Delivery);
        let value = field.value.clone();
        let comma = |at: &usize| scan.token(*at).is_some_and(|t| t.is_any(",;"));
        let commas: Vec<usize> = value.clone().filter(comma).filter(|_| splits).collect();
        let next = commas.iter().enumerate().find_map(|(nth, at)| {
            let end = commas.get(nth + 1).copied().unwrap_or(value.end);
            let whole = |end: usize| fields::without_separator(scan, field.line, at + 1..end, desk);
            let place = |found: &Field| found.label == Label::Address;
            let next = whole(value.end).filter(place).or_else(|| whole(end))?;
            let worth = matches!(
                next.label,
                Label::Quantity
                    | Label::Delivery
                    | Label::OrderDate
                    | Label::Address
                    | Label::Reference
            );
            worth.then(|| {
                let value = next.value.start..value.end;
                (*at, Field { leads: false, last_line: field.last_line, value, ..next })
            })
        });
        if let Some((comma, next)) = next
            && let Some(field) = found.get_mut(place)
        {
            field.value.end = comma;
            found.insert(place + 1, next);
        }
        place += 1;
    }
}

/// 'Artikel TH-1 - Werkzeuggriff - Menge: 55': the product before the first label of a line.
pub(crate) fn product_before(
    scan: &Scan<'_>,
    start: usize,
    first: Option<&Field>,
    desk: &Desk<'_>,
) -> Option<Field> {
    let first = first.filter(|f| f.label == Label::Quantity && !f.leads)?;
    let label = first.label_span?;
    let mut end = scan.tokens.partition_point(|t| t.span.start < label.start);
    while end > start && scan.token(end - 1).is_some_and(|t| t.is_any(",;|-–—/(•·*")) {
        end -= 1;
    }
    let worded = [2, 1].into_iter().find(|length| {
        start + length < end
            && matches!(
                labels::exact(&fields::key(scan, start..start + length)),
                Some(Label::Product | Label::Code)
            )
    });
    let value = start + worded.unwrap_or(0)..end;
    let (named, _) = values::product(scan, value.clone(), Label::Product, desk);
    let sentence = scan.tokens.get(value.clone())?.iter().any(|t| t.is_any("!?;:"));
    let fits = match named {
        Named::One(_) | Named::Several(_) | Named::Contradiction => value.len() <= 14,
        Named::Unknown => worded.is_some() && value.len() <= 8,
        Named::Nothing => false,
    };
    (fits && !sentence).then(|| Field {
        label: Label::Product,
        index: None,
        all: false,
        label_span: worded.and_then(|length| scan.span(start..start + length)),
        line: first.line,
        leads: true,
        last_line: first.line,
        value,
    })
}
