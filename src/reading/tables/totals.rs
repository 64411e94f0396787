//! Rows of a table that are sums: 'Total', 'Order total', 'Carried forward', 'Übertrag'.

use super::sheet_words;
use super::{Cell, has_alnum, names};
use crate::reading::draft::{Desk, Named};
use crate::reading::forms;
use crate::reading::forms::labels::Label;
use crate::reading::forms::values;
use crate::reading::text::{Kind, Scan, Token, words};
use crate::reading::types::{Lang, Problem};

/// A row of totals, not of a product of ours whose name begins like one.
pub(crate) fn is_total_row(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    desk: &Desk<'_>,
) -> bool {
    let cells: Vec<Cell> = row.iter().map(|(_, cell)| (*cell).clone()).collect();
    is_total(scan, &cells)
        && !row.iter().any(|(label, cell)| {
            let label = label.filter(|l| names(*l) && *l != Label::AnyReference);
            label.is_some_and(|label| {
                let named = values::product(scan, cell.tokens.clone(), label, desk).0;
                matches!(named, Named::One(_))
            })
        })
}

/// What a row that is no goods' says of those of the others: 'Total (cancelled)'.
pub(crate) fn turned(scan: &Scan<'_>, cells: &[Cell], lang: Option<Lang>) -> Option<Problem> {
    let cell = cells.iter().find(|cell| sheet_words::in_cell(scan, &cell.tokens, lang))?;
    Some(forms::doubts::open(scan.run(cell.tokens.clone())))
}

/// A row of a sum.
pub(crate) fn is_total(scan: &Scan<'_>, cells: &[Cell]) -> bool {
    let sums = |t: &Token| {
        words!("total totals sum subtotal untaxed summe gesamt gesamtsumme totale totaal vat mwst tva iva netto \
        somme montant sous zwischensumme gesamtbetrag importo grand shipping freight net nett imponibile \
        imposta subtotale zwischentotal nettowert nettobetrag warenwert bruttobetrag ust taxes transport \
        trasporto porto fracht versandkosten btw subtotaal ubertrag").has(&t.folded)
    };
    // 'Order total', 'Brought forward'
    let ends = |t: &Token| {
        words!("total totals totale totaal gesamt summe subtotal forward riporto report reporter overdracht transporte")
            .has(&t.folded)
    };
    // 'VAT 0%' in a column of taxes is no sum.
    let rate = |cell: &Cell| {
        let first = scan.token(cell.tokens.start);
        first.is_some_and(|t| words!("vat mwst tva iva ust btw taxes imposta tax").has(&t.folded))
            && scan.tokens.get(cell.tokens.clone()).is_some_and(|run| run.iter().any(|t| t.is('%')))
    };
    let filled = cells.iter().filter(|cell| has_alnum(scan, cell));
    let first = cells.iter().position(|cell| has_alnum(scan, cell));
    let full = cells.iter().enumerate().filter(|(_, cell)| !cell.tokens.is_empty());
    full.filter(|(at, cell)| Some(*at) == first || !rate(cell))
        .filter_map(|(_, c)| scan.token(c.tokens.start))
        .any(sums)
        || filled.clone().count() <= 3
            && filled.clone().any(|cell| {
                let tokens = scan.tokens.get(cell.tokens.clone()).unwrap_or_default();
                tokens.len() <= 4
                    && tokens.iter().all(|t| t.kind != Kind::Digits)
                    && tokens.iter().any(ends)
            })
}
