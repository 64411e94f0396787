//! Lines below a row that go on with it, and lines that end a table: the row of an order printed by a
//! machine has the buyer's own number, and below it the description and 'Your item no.: HS-100'.

use std::ops::Range;

use super::columns;
use super::rows;
use super::totals::is_total;
use super::{Cell, cells, has_alnum, names};
use crate::reading::draft::{Desk, Named};
use crate::reading::forms::fields;
use crate::reading::forms::labels::Label;
use crate::reading::forms::values;
use crate::reading::text::{Kind, Scan, TextLine};

/// Most lines of such a detail.
const MOST: usize = 3;

/// A code of ours below a row.
#[derive(Debug)]
pub(crate) struct Detail {
    /// The line of its row.
    pub(crate) row: usize,
    /// The code.
    pub(crate) code: Range<usize>,
    /// Its own lines.
    pub(crate) lines: Range<usize>,
}

/// The detail that begins on a line: a description, if any, and our code behind its label.
pub(crate) fn at(scan: &Scan<'_>, row: usize, line: usize, desk: &Desk<'_>) -> Option<Detail> {
    let mut described: Vec<Range<usize>> = Vec::new();
    for last in line..(line + MOST).min(scan.lines.len()) {
        let cells = cells(scan, last);
        let mut filled = cells.iter().filter(|cell| has_alnum(scan, cell));
        let (Some(cell), None) = (filled.next(), filled.next()) else { return None };
        let Some((label, code)) = labelled(scan, cell, desk) else {
            described.push(cell.tokens.clone());
            continue;
        };
        described.push(cell.tokens.start..label);
        let (Named::One(ours), _) = values::product(scan, code.clone(), Label::Code, desk) else {
            return None;
        };
        let fits = described.iter().all(|run| describes(scan, run, ours, desk));
        return fits.then_some(Detail { row, code, lines: line..last + 1 });
    }
    None
}

/// Where the label of a code begins in a cell, and the code, which ends it.
fn labelled(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> Option<(usize, Range<usize>)> {
    let run = &cell.tokens;
    let colon = run.clone().rev().find(|at| scan.token(*at).is_some_and(|t| t.is(':')))?;
    let code = colon + 1..run.end;
    let whole = desk.catalog.index().code_at(scan, code.start, desk.domain)?.end == code.end;
    let delimited = |at: usize| {
        at == run.start
            || at.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| t.is_any(",;|/-–("))
    };
    let label = (run.start..colon).find(|at| {
        let said = || fields::label(&fields::key(scan, *at..colon), false);
        delimited(*at) && said().is_some_and(|found| found.label == Label::Code)
    })?;
    whole.then_some((label, code))
}

/// Whether words describe a product, and say nothing else.
pub(crate) fn describes(scan: &Scan<'_>, run: &Range<usize>, ours: u32, desk: &Desk<'_>) -> bool {
    let plain = run.clone().all(|at| scan.token(at).is_some_and(|t| !t.is_any("?!:")));
    // A number is that of the product's own name.
    let counted = |at: usize| {
        let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Digits) else { return false };
        desk.catalog.product(ours).is_none_or(|product| {
            let names = product.names.values().chain([&product.name, &product.default_code]);
            let mut parts = names.flat_map(|name| name.split(|c: char| !c.is_ascii_digit()));
            !parts.any(|part| part == token.folded)
        })
    };
    let fewer = run.clone().any(|at| scan.token(at).is_some_and(|t| rows::says_fewer(&t.folded)));
    let named = values::product(scan, run.clone(), Label::Name, desk).0;
    let same = match named {
        Named::One(one) => one == ours,
        Named::Several(of) => of.contains(&ours),
        Named::Contradiction => false,
        Named::Unknown | Named::Nothing => true,
    };
    let empty =
        !run.clone().any(|at| scan.token(at).is_some_and(crate::reading::text::Token::is_alnum));
    empty
        || plain
            && same
            && run.len() <= 12
            && !fewer
            && !run.clone().any(counted)
            && !columns::tells_state(&scan.folded(run.clone()))
}

/// Adds the code below a row to its cells: what is unknown beside it is the buyer's own number.
pub(crate) fn take_in<'c>(
    scan: &Scan<'_>,
    row: &mut Vec<(Option<Label>, &'c Cell)>,
    detail: Option<&'c Cell>,
    desk: &Desk<'_>,
) {
    let Some(detail) = detail else { return };
    for (label, cell) in row.iter_mut() {
        let Some(said) = label.filter(|l| names(*l) && *l != Label::Name) else { continue };
        if values::product(scan, cell.tokens.clone(), said, desk).0 == Named::Unknown {
            *label = Some(Label::OwnCode);
        }
    }
    row.push((Some(Label::Code), detail));
}

/// 'Payment: 30 days net   Delivery: DAP Bern': each cell is a field, and none a row's.
fn are_terms(scan: &Scan<'_>, cells: &[Cell]) -> bool {
    let field = |cell: &Cell| {
        let tokens = scan.tokens.get(cell.tokens.clone()).unwrap_or_default();
        let word = tokens.first().is_some_and(|t| t.kind == Kind::Word);
        let colon = tokens.iter().position(|t| t.is(':'));
        word && colon
            .is_some_and(|at| (1..=3).contains(&at) && tokens.get(at + 1).is_some_and(|t| !t.glued))
    };
    let filled = || cells.iter().filter(|cell| has_alnum(scan, cell));
    filled().count() >= 2 && filled().all(field) && !is_total(scan, cells)
}

/// Whether a line is nothing but a rule between rows.
pub(crate) fn is_rule(scan: &Scan<'_>, line: &TextLine) -> bool {
    let tokens = scan.tokens.get(line.tokens.clone()).unwrap_or_default();
    tokens.iter().all(|t| t.is_any("-=_+|│─—*"))
}

/// Whether a table ends before a line of such fields: no row follows.
pub(crate) fn end_table(scan: &Scan<'_>, line: usize, row: &[Cell]) -> bool {
    let goes_on = |at: usize| {
        let row = cells(scan, at);
        row.len() >= 2 && !are_terms(scan, &row)
    };
    are_terms(scan, row) && !(line + 1..line + 4).any(goes_on)
}

/// The code that stands below a row.
pub(crate) fn code_below(row: usize, details: &[Detail]) -> Option<Cell> {
    let detail = details.iter().find(|detail| detail.row == row)?;
    Some(Cell::of(detail.code.clone()))
}

/// 'Payment method: │ │ Invoice' below the goods: a label where they have their names, and no number of
/// them.
pub(crate) fn is_label(scan: &Scan<'_>, row: &[(Option<Label>, &Cell)]) -> bool {
    let mut filled = row.iter().filter(|(_, cell)| has_alnum(scan, cell));
    let Some((Some(label), cell)) = filled.next() else { return false };
    let words = scan.tokens.get(cell.tokens.clone()).unwrap_or_default();
    let ends = words.last().is_some_and(|t| t.is(':'));
    let plain = words.iter().all(|t| t.kind != Kind::Digits);
    let counted = |(label, _): &(Option<Label>, &Cell)| *label == Some(Label::Quantity);
    names(*label) && ends && plain && (2..=5).contains(&words.len()) && !filled.any(counted)
}

/// Whether cells hold a few words without a field's colon or a question.
pub(crate) fn only_words(scan: &Scan<'_>, cells: &[Cell]) -> bool {
    cells.iter().all(|c| {
        scan.tokens.get(c.tokens.clone()).unwrap_or_default().len() <= 12
            && !scan.tokens.get(c.tokens.clone()).unwrap_or_default().iter().any(|t| t.is_any(":?"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    const PRODUCTS: [(&str, &str); 2] =
        [("HS-100", "Heat sink 100 mm"), ("HS-200", "Heat sink 200 mm")];

    /// The code below the first line of a text, and how many lines tell it.
    fn below(text: &str) -> Option<(String, usize)> {
        at_desk(&PRODUCTS, |desk| {
            let scan = Scan::whole(Part::Text, text);
            let detail = at(&scan, 0, 1, desk)?;
            assert_eq!(detail.row, 0);
            Some((scan.run(detail.code).trim().to_owned(), detail.lines.len()))
        })
    }

    fn is_described(text: &str) -> bool {
        at_desk(&PRODUCTS, |desk| {
            let scan = Scan::whole(Part::Text, text);
            describes(&scan, &(0..scan.tokens.len()), 0, desk)
        })
    }

    #[test]
    fn our_code_stands_below_a_row() {
        for (below_row, lines) in [
            ("Your item no.: HS-100", 1),
            ("Heat sink 100 mm\nYour item no.: HS-100", 2),
            ("Heat sink 100 mm, your item no.: HS-100", 1),
            ("Kühlkörper\nschwarz\nIhre Artikelnummer: HS-100", 3),
        ] {
            let want = Some(("HS-100".to_owned(), lines));
            assert_eq!(below(&format!("4711   20\n{below_row}\n")), want, "{below_row}");
        }
    }

    #[test]
    fn other_lines_below_a_row_tell_no_code() {
        for (below_row, why) in [
            ("Heat sink 100 mm", "no code"),
            ("Your item no.: XY-9", "none of ours"),
            ("Your item no.: HS-100 cancelled", "more behind the code"),
            ("Your item no.: HS-100 HS-200", "two codes"),
            ("Our item no.: HS-100", "a code of theirs"),
            ("Order no.: HS-100", "the number of an order"),
            ("Instead of your item no.: HS-100", "words that turn it"),
            ("Heat sink 200 mm\nYour item no.: HS-100", "another product's name"),
            ("only 5 of them\nYour item no.: HS-100", "another number"),
            ("Which one?\nYour item no.: HS-100", "a question"),
            ("cancelled\nYour item no.: HS-100", "the state of the row"),
            ("Heat sink   20\nYour item no.: HS-100", "a row of its own"),
            ("a\nb\nc\nYour item no.: HS-100", "too far below"),
        ] {
            assert_eq!(below(&format!("4711   20\n{below_row}\n")), None, "{why}: {below_row}");
        }
    }

    #[test]
    fn a_description_says_nothing_else() {
        for text in ["Heat sink 100 mm", "Heat sink, black", "black, anodised", "-", ""] {
            assert!(is_described(text), "{text}");
        }
        for text in [
            "Heat sink 200 mm",
            "Heat sink 150 mm",
            "HS-200",
            "20 pieces",
            "black?",
            "Colour: black",
            "cancelled",
            "black and so on and so on and so on and so on until the end",
        ] {
            assert!(!is_described(text), "{text}");
        }
    }

    #[test]
    fn a_code_below_makes_the_unknown_one_the_buyers() {
        at_desk(&PRODUCTS, |desk| {
            let scan = Scan::whole(Part::Text, "XY-9   20   HS-100");
            let cells = cells(&scan, 0);
            let [first, count, code] = cells.as_slice() else { panic!("{cells:?}") };
            let labels = |detail| {
                let mut row = vec![(Some(Label::Code), first), (Some(Label::Quantity), count)];
                take_in(&scan, &mut row, detail, desk);
                row.into_iter().map(|(label, _)| label).collect::<Vec<_>>()
            };
            let (theirs, ours) = (Some(Label::OwnCode), Some(Label::Code));
            assert_eq!(labels(Some(code)), [theirs, Some(Label::Quantity), ours]);
            assert_eq!(labels(None), [ours, Some(Label::Quantity)]);
        });
    }

    #[test]
    fn a_label_below_the_goods_is_no_row() {
        let labelled = |text: &str, second: Label| {
            let scan = Scan::whole(Part::Text, text);
            let cells = cells(&scan, 0);
            let labels = [Some(Label::Name), Some(second)];
            is_label(&scan, &labels.into_iter().zip(&cells).collect::<Vec<_>>())
        };
        assert!(labelled("Payment method:   Invoice", Label::Price));
        assert!(!labelled("Payment method:   5", Label::Quantity), "it is counted");
        assert!(!labelled("Payment method   Invoice", Label::Price), "no colon");
        assert!(!labelled("Heat sink 100:   Invoice", Label::Price), "a number");
    }

    #[test]
    fn terms_end_a_table_where_no_row_follows() {
        let ends = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            end_table(&scan, 0, &cells(&scan, 0))
        };
        assert!(ends("Payment: 30 days net   Delivery: DAP Bern\n\nKind regards"));
        assert!(!ends("Payment: 30 days net   Delivery: DAP Bern\nHS-100   20"));
        assert!(!ends("HS-100   20\n\nKind regards"));
    }

    #[test]
    fn rules_part_rows() {
        let rule = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            scan.lines.first().is_some_and(|line| is_rule(&scan, line))
        };
        assert!(rule("-----+-----"));
        assert!(rule("___________"));
        assert!(!rule("--- 20 ---"));
        assert!(!rule("- HS-100"));
    }

    #[test]
    fn terms_below_a_table_are_fields_in_cells() {
        let terms = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            are_terms(&scan, &cells(&scan, 0))
        };
        assert!(terms("Zahlung: 30 Tage netto, 10 Tage 2 % Skonto      Lieferung: DAP Baar"));
        assert!(terms("Payment terms: 45 days   Incoterms: DAP Hull"));
        assert!(!terms("HS-100   20   12.05.2025"));
        assert!(!terms("Payment: 30 days"));
        assert!(!terms("10 HS-100: blue   20"));
    }
}
