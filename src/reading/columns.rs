//! What the columns of a table are for, where their headings alone do not tell.

use super::cues::{self, Cues};
use super::dates::When;
use super::draft::{Desk, Wish};
use super::labels::Label;
use super::tables::{Cell, Heading, columns, has_alnum, names};
use super::text::{Scan, clip};
use super::types::{Field, Part, Problem, ProblemCode};
use super::values::{self, DateValue};

/// A row with its cells.
pub(super) type Row = (usize, Vec<Cell>);

/// 'Notre réf.', 'Unsere Ref.': an order's number beside its date, but above a column it is what
/// the customer calls each product.
pub(super) fn own_references(heads: &mut [Heading]) {
    if heads.iter().any(|h| h.label.is_some_and(|l| names(l) && l != Label::Name)) {
        return;
    }
    let mut references = heads.iter_mut().filter(|h| h.label == Some(Label::Reference));
    if let (Some(head), None) = (references.next(), references.next()) {
        head.label = Some(Label::AnyReference);
    }
}

/// Columns of dates whose heading we do not know: where it speaks of delivery ('Required'), they
/// are delivery dates; else they may say anything, and that is a problem.
pub(super) fn dates(
    scan: &Scan<'_>,
    head_cells: &[Cell],
    body: &[Row],
    heads: &mut [Heading],
    tabbed: bool,
    desk: &Desk<'_>,
) -> Option<Problem> {
    let labelled =
        |h: &Heading| matches!(h.label, Some(Label::Delivery | Label::AnyDate | Label::OrderDate));
    let known = heads.iter().any(labelled);
    let snapshot = heads.to_vec();
    let mut found = Vec::new();
    for place in 0..heads.len() {
        if snapshot.get(place).is_none_or(|h| h.label.is_some()) {
            continue;
        }
        let mut cells = 0;
        let mut days = 0;
        for (_, row) in body.iter().take(200) {
            let places = columns(row, &snapshot, tabbed);
            let cell = row.iter().zip(places).find(|(_, p)| *p == place).map(|(cell, _)| cell);
            let Some(cell) = cell.filter(|cell| has_alnum(scan, cell)) else { continue };
            cells += 1;
            days += usize::from(is_day(scan, cell, desk));
        }
        if days > 0 && days * 2 >= cells {
            found.push(place);
        }
    }
    let words = |place: usize| {
        head_cells.get(place).map(|c| scan.run(c.tokens.clone())).unwrap_or_default()
    };
    let delivery = |place: &usize| {
        let cell = head_cells.get(*place);
        cell.is_some_and(|c| cues::of(&scan.folded(c.tokens.clone())).has(Cues::DELIVERY))
    };
    match found.as_slice() {
        [place] if !known && delivery(place) => {
            if let Some(head) = heads.get_mut(*place) {
                head.label = Some(Label::Delivery);
            }
            None
        }
        [place, ..] if !known => {
            let words = clip(words(*place), 80);
            Some(Problem {
                code: ProblemCode::AmbiguousDate,
                message: format!("The column \"{words}\" holds dates, but not what they are for."),
                words,
                block: None,
                field: Some(Field::DeliveryDate),
            })
        }
        _ => None,
    }
}

/// A whole date; '10.5' is more likely a price.
fn is_day(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> bool {
    let words = scan.run(cell.tokens.clone());
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let long = digits >= 5 || digits > 0 && words.contains(char::is_alphabetic);
    let date = values::date(scan, cell.tokens.clone(), desk).0;
    long && matches!(date, DateValue::When(When::Day(_) | When::Either(..)))
}

/// A filled-in form lists all products, and has a quantity where one is wished: in a file or page, rows
/// without one are not ordered where they are the most.
pub(super) fn drop_blank_rows(scan: &Scan<'_>, wishes: &mut Vec<Wish>, from: usize) {
    if !matches!(scan.part, Part::Attachment(_) | Part::Html) {
        return;
    }
    let rows = wishes.get(from..).unwrap_or_default();
    let blank = rows.iter().filter(|wish| wish.amount.is_none()).count();
    if blank >= 3 && blank < rows.len() && blank * 2 >= rows.len() {
        let mut place = 0;
        wishes.retain(|wish| {
            place += 1;
            place <= from || wish.amount.is_some()
        });
    }
}

/// A remark beside a row that takes it back or sets it a condition.
pub(super) fn doubted(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    block: usize,
) -> Option<Problem> {
    let doubts = Cues::CANCEL.and(Cues::CONDITION).and(Cues::CORRECTION).and(Cues::UNSURE);
    row.iter().filter(|(label, _)| matches!(label, None | Some(Label::Other))).find_map(
        |(_, cell)| {
            let folded = scan.folded(cell.tokens.clone());
            cues::of(&folded).has(doubts).then(|| Problem {
                code: ProblemCode::Conflict,
                message: format!(
                    "Line {block}: the remark \"{}\" leaves open whether it is ordered.",
                    clip(scan.run(cell.tokens.clone()), 80)
                ),
                words: clip(scan.run(cell.tokens.clone()), 80),
                block: u32::try_from(block).ok(),
                field: Some(Field::Quantity),
            })
        },
    )
}

/// A line of headings directly above the headings ('Article │ │ Order') spans several columns.
pub(super) fn is_upper_heading(scan: &Scan<'_>, cells: &[Cell]) -> bool {
    cells.len() >= 2
        && cells.iter().any(|cell| has_alnum(scan, cell))
        && cells.iter().all(|cell| {
            let words = scan.run(cell.tokens.clone());
            cell.tokens.len() <= 4 && !words.contains(|c: char| c.is_ascii_digit() || c == ':')
        })
}

#[cfg(test)]
mod tests {
    use super::super::catalog::CatalogFile;
    use super::super::draft::{Draft, Named};
    use super::super::tables;
    use super::*;

    fn table(text: &str) -> Draft {
        let product = |id: i64| serde_json::json!({"id": id, "default_code": format!("AB-{id}0"), "name": "", "uom": "Units"});
        let products: Vec<_> = (1..=3).map(product).collect();
        let file = serde_json::json!({ "products": products }).to_string();
        let catalog = CatalogFile::parse(&file).expect("a catalogue").catalog;
        let desk = Desk { catalog: &catalog, domain: "buyer.example", lang: None, today: None };
        let scan = Scan::whole(Part::Attachment(0), text);
        tables::read(&scan, &desk).draft
    }

    #[test]
    fn dates_under_other_words_for_delivery_count() {
        let read = table("Part no.\tQty\tRequired\nAB-10\t5\t2026-03-27\nAB-20\t6\t2026-03-28\n");
        assert!(read.wishes.iter().all(|w| w.delivery.is_some()), "{read:?}");
        assert!(read.problems.is_empty(), "{read:?}");
    }

    #[test]
    fn dates_under_unknown_words_are_a_problem() {
        let read = table("Part no.\tQty\tXyz\nAB-10\t5\t2026-03-27\nAB-20\t6\t2026-03-28\n");
        assert_eq!(read.problems.len(), 1, "{read:?}");
    }

    #[test]
    fn a_form_with_few_rows_filled_in_orders_those() {
        let form = "Article\tQuantity\nAB-10\t\nAB-20\t4\nAB-30\t\nAB-10\t\n";
        assert_eq!(table(form).wishes.len(), 1);
        let slip = "Article\tQuantity\nAB-10\t3\nAB-20\t4\nAB-30\t\n";
        assert_eq!(table(slip).wishes.len(), 3);
    }

    #[test]
    fn remarks_that_take_a_row_back_are_a_problem() {
        let read = table("Article\tQuantity\tRemark\nAB-10\t3\tcancelled\nAB-20\t4\turgent\n");
        assert_eq!(read.problems.len(), 1, "{read:?}");
    }

    #[test]
    fn two_quantities_are_not_sure() {
        let read = table("Article\tQuantity\tQty\nAB-10\t3\t5\nAB-20\t4\t4\n");
        let amounts: Vec<bool> = read
            .wishes
            .iter()
            .map(|w| w.amount == Some(super::super::draft::Amount::Bad))
            .collect();
        assert_eq!(amounts, [true, false], "{read:?}");
    }

    #[test]
    fn headings_may_have_headings_above() {
        let read = table("Artikel\t\tBestellung\nNummer\tBezeichnung\tMenge\nAB-10\tAB-10\t5\n");
        assert!(read.wishes.iter().all(|w| matches!(w.named, Named::One(_))), "{read:?}");
    }
}
