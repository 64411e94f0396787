//! What the columns of a table are for, where their headings alone do not tell.

use super::profile;
use super::{Cell, Heading, columns, has_alnum, names};
use crate::reading::dates::When;
use crate::reading::draft::{Amount, Desk, Named, Wish};
use crate::reading::forms::labels::{self, Label};
use crate::reading::forms::values::{self, DateValue};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::perils::{self, Sentence};
use crate::reading::text::units::Unit;
use crate::reading::text::{Kind, Scan, clip, words};
use crate::reading::types::{Field, Part, Problem, ProblemCode};

/// A row with its cells.
pub(crate) type Row = (usize, Vec<Cell>);

/// 'Notre réf.', 'Unsere Ref.': an order's number beside its date, but above a column it is what
/// the customer calls each product.
pub(crate) fn own_references(heads: &mut [Heading]) {
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
pub(crate) fn dates(
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
        let (mut days, mut soon) = (0, 0);
        for (_, row) in body.iter().take(200) {
            let places = columns(row, &snapshot, tabbed);
            let cell = row.iter().zip(places).find(|(_, p)| *p == place).map(|(cell, _)| cell);
            let Some(cell) = cell.filter(|cell| has_alnum(scan, cell)) else { continue };
            cells += 1;
            days += usize::from(is_day(scan, cell, desk));
            soon += usize::from(is_soon(scan, cell, desk));
        }
        if days > 0 && (days + soon) * 2 >= cells {
            found.push(place);
        }
    }
    let words = |place: usize| {
        head_cells.get(place).map(|c| scan.run(c.tokens.clone())).unwrap_or_default()
    };
    let delivery = |place: &usize| {
        let cell = head_cells.get(*place);
        cell.is_some_and(|c| {
            let said = scan.folded(c.tokens.clone());
            // 'Offer valid until', 'Payment due'
            let other = perils::names_offer(&said)
                || said.split(' ').any(|word| {
                    words!(
                        "offer valid validity payment pay paid price invoice contract warranty expiry expires angebot gultig \
                         zahlung zahlbar rechnung preis offre valable validite paiement facture offerta valido validita pagamento \
                         fattura oferta pago factura aanbieding geldig betaling factuur"
                    )
                    .has(word)
                });
            // 'Due from' is the first day that would do.
            let bounds = said.split(' ').any(|word| {
                words!("from after earliest fruhestens partir dal vanaf not nicht").has(word)
            });
            !other && !bounds && (asks_when(said.trim_end_matches([' ', '?', '.']))
                || labels::wants_day(&said)
                || cues::of(&said).has(Cues::DELIVERY)
                || profile::names_part(&said)
                    && profile::ahead(scan, body, *place, &snapshot, tabbed, desk))
        })
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

/// Headings that ask for a day, and would begin a sentence elsewhere.
fn asks_when(said: &str) -> bool {
    matches!(
        said,
        "when"
            | "by when"
            | "by"
            | "wann"
            | "bis wann"
            | "quand"
            | "pour quand"
            | "quando"
            | "per quando"
            | "entro quando"
            | "cuando"
            | "para cuando"
            | "wanneer"
            | "pour le"
            | "para el"
            | "per il"
            | "entro il"
            | "zum"
            | "voor"
    )
}

/// 'As soon as possible', in a column of days.
fn is_soon(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> bool {
    values::date(scan, cell.tokens.clone(), desk).0 == DateValue::Soon
}

/// A whole date; '10.5' is more likely a price.
pub(crate) fn is_day(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> bool {
    let words = scan.run(cell.tokens.clone());
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let long = digits >= 5 || digits > 0 && words.contains(char::is_alphabetic);
    let date = values::date(scan, cell.tokens.clone(), desk).0;
    long && matches!(date, DateValue::When(When::Day(_) | When::Either(..)))
}

/// A column without which a table has no quantities: 'to order', or 'order' beside what is in stock.
pub(crate) fn order_column(scan: &Scan<'_>, cells: &[Cell], heads: &mut [Heading]) {
    if heads.iter().any(|h| h.label == Some(Label::Quantity)) {
        return;
    }
    // A name in Spanish, but beside what names the goods it is French for how many.
    let goods = heads.iter().filter(|h| h.label.is_some_and(names)).count();
    let number = |cell: &Cell| scan.folded(cell.tokens.clone()) == "nombre";
    if goods >= 3
        && let Some(place) = cells.iter().position(number)
        && let Some(head) = heads.get_mut(place)
    {
        head.label = Some(Label::Quantity);
        return;
    }
    // 'Ordered' beside 'delivered' is a report, and none alone beside what names the goods.
    let ordered = |cell: &Cell| {
        words!("ordered bestellt ordinato ordinata besteld").has(&scan.folded(cell.tokens.clone()))
    };
    let dated = |h: &Heading| matches!(h.label, None | Some(Label::OrderDate));
    if heads.iter().filter(|head| dated(head)).count() == 1
        && let Some(place) = cells.iter().position(ordered)
        && let Some(head) = heads.get_mut(place).filter(|head| dated(head))
    {
        head.label = Some(Label::Quantity);
        return;
    }
    let has = |label| heads.iter().any(|h| h.label == Some(label));
    let form = has_stock(scan, cells) || has(Label::Price);
    let measured = has(Label::Unit);
    let orders = |cell: &Cell| {
        let said = scan.folded(cell.tokens.clone());
        let asks = matches!(
            said.as_str(),
            "to order"
                | "to be ordered"
                | "please order"
                | "please send"
                | "bestellen"
                | "zu bestellen"
                | "bitte bestellen"
                | "bitte liefern"
                | "commander"
                | "a commander"
                | "ordinare"
                | "da ordinare"
                | "a pedir"
                | "te bestellen"
        );
        let names = words!("order bestellung commande ordine pedido bestelling").has(&said);
        let wants =
            words!("bedarf besoin besoins fabbisogno need needed required wanted").has(&said);
        asks || form && names || (form || measured) && wants
    };
    let mut found = (1..heads.len()).filter(|place| cells.get(*place).is_some_and(orders));
    let (Some(place), None) = (found.next(), found.next()) else { return };
    // 'On order' beside 'need': what is needed may be on its way.
    let other = cells.iter().enumerate().any(|(at, cell)| {
        at != place && cues::of(&scan.folded(cell.tokens.clone())).has(Cues::ORDER)
    });
    if !other && let Some(head) = heads.get_mut(place) {
        head.label = Some(Label::Quantity);
    }
}

/// Whether a column says what the customer has in stock.
pub(crate) fn has_stock(scan: &Scan<'_>, cells: &[Cell]) -> bool {
    cells.iter().any(|cell| {
        matches!(
            scan.folded(cell.tokens.clone()).trim_end_matches([' ', '.']),
            "stock"
                | "in stock"
                | "on stock"
                | "our stock"
                | "current stock"
                | "stock qty"
                | "on hand"
                | "bestand"
                | "lagerbestand"
                | "istbestand"
                | "ist"
                | "ist - bestand"
                | "an lager"
                | "lager"
                | "vorrat"
                | "en stock"
                | "stock actuel"
                | "notre stock"
                | "giacenza"
                | "giacenze"
                | "scorta"
                | "scorte"
                | "a magazzino"
                | "existencias"
                | "voorraad"
        )
    })
}

/// How a row says that nothing of it is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// It does not say so.
    Not,
    /// A dash, or a word for none.
    None,
    /// Zero.
    Zero,
}

/// Whether the quantity of a row is none.
pub(crate) fn left_out(scan: &Scan<'_>, row: &[(Option<Label>, &Cell)]) -> LeftOut {
    let mut quantities = row.iter().filter(|(label, _)| *label == Some(Label::Quantity));
    let (Some((_, cell)), None) = (quantities.next(), quantities.next()) else {
        return LeftOut::Not;
    };
    let words = scan.run(cell.tokens.clone()).trim();
    if words.is_empty() {
        LeftOut::Not
    } else if values::says_none(scan, cell.tokens.clone()) {
        LeftOut::None
    } else if words.bytes().all(|b| b == b'0') {
        LeftOut::Zero
    } else {
        LeftOut::Not
    }
}

/// Which rows of a table are wished.
///
/// A filled-in form lists all products, and has a quantity where one is wished: in a file or page,
/// rows without one are not ordered where they are the most, or where what is in stock stands
/// beside. A dash or 'none' says so of its row; a zero only among its like, in such a form, or beside
/// the stock: it may be a slip.
pub(crate) fn kept(
    scan: &Scan<'_>,
    wishes: &[Wish],
    from: usize,
    left_out: &[LeftOut],
    stock: bool,
) -> Vec<bool> {
    let rows = wishes.get(from..).unwrap_or_default();
    let blank = rows.iter().filter(|wish| wish.amount.is_none()).count();
    let of = |kind: LeftOut| left_out.iter().filter(|l| **l == kind).count();
    let (none, zero) = (of(LeftOut::None), of(LeftOut::Zero));
    let filled = rows.len().saturating_sub(blank + none + zero);
    let paged = matches!(scan.part, Part::Attachment(_) | Part::Html);
    let empty = blank + none;
    let form = paged && filled > 0 && (empty >= 3 && empty * 2 >= rows.len() || stock);
    let zeros = filled > 0 && (stock || form || zero >= 2);
    let wished = |(wish, left): (&Wish, &LeftOut)| match left {
        LeftOut::None => filled == 0,
        LeftOut::Zero => !zeros,
        LeftOut::Not => !(form && wish.amount.is_none()),
    };
    rows.iter().zip(left_out).map(wished).collect()
}

/// Whether a row is of none of our products: its code is none of ours, and its description has a
/// number that no product has that it could be.
pub(crate) fn is_stranger(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    candidates: &[u32],
    desk: &Desk<'_>,
) -> bool {
    let coded = |label: &Label| matches!(label, Label::Product | Label::Code);
    let unknown = row.iter().any(|(label, cell)| {
        label.filter(coded).is_some_and(|label| {
            values::product(scan, cell.tokens.clone(), label, desk).0 == Named::Unknown
        })
    });
    let known = |digits: &str| {
        candidates.iter().filter_map(|place| desk.catalog.product(*place)).any(|product| {
            let names = product.names.values().chain([&product.name, &product.default_code]);
            names.flat_map(|name| name.split(|c: char| !c.is_ascii_digit())).any(|n| n == digits)
        })
    };
    unknown
        && row.iter().filter(|(label, _)| *label == Some(Label::Name)).any(|(_, cell)| {
            let tokens = scan.tokens.get(cell.tokens.clone()).unwrap_or_default();
            tokens.iter().any(|t| t.kind == Kind::Digits && !known(&t.folded))
        })
}

/// What became of a row, or that it is not yet to be ordered.
pub(crate) fn tells_state(folded: &str) -> bool {
    perils::has(Sentence { folded, lang: None, priced: true, goods: false })
        || folded
            .split(' ')
            .scan("", |before, word| Some((std::mem::replace(before, word), word)))
            .any(|(before, word)| is_state(word) && !is_like(before, word))
}

/// 'Wie Muster': what goods are to be like.
fn is_like(before: &str, word: &str) -> bool {
    words!("wie as like comme selon come da gemass laut per according nach conforme segun")
        .has(before)
        && words!("example beispiel exemple esempio ejemplo voorbeeld muster").has(word)
}

/// A word for what became of goods, or that says that they may not be meant.
pub(crate) fn is_state(word: &str) -> bool {
    words!(
        "approved released reserve reserved reserviert zuruckgestellt suspens hold received done delivered closed rejected blocked shipped or erhalten geliefert storniert abgelehnt gesperrt oder recu livre livree annule refuse ou \
         ricevuto consegnato chiuso annullato oppure optional optionnel optionnelle opzionale optioneel example beispiel \
         exemple esempio ejemplo voorbeeld muster tbc tbd provisional tentative provisorisch recibido entregado anulado ontvangen geleverd geannuleerd"
            )
            .has(word)
}

/// Whether a line below a row says nothing but what its goods are: no day, and nothing that takes the
/// row back or counts it anew.
pub(crate) fn only_describes(
    scan: &Scan<'_>,
    line: usize,
    row: Option<usize>,
    desk: &Desk<'_>,
) -> bool {
    let words = |line: usize| scan.lines.get(line).map_or("", |l| scan.words(l.span));
    let run = scan.lines.get(line).map_or(0..0, |l| l.tokens.clone());
    let other = run.clone().any(|at| {
        let code = desk.catalog.index().code_at(scan, at, desk.domain);
        let sized = |code: &str| code.bytes().all(|b| b.is_ascii_digit()) && code.len() < 4;
        code.is_some_and(|code| {
            let code = scan.run(at..code.end);
            !sized(code) && !row.is_some_and(|row| words(row).contains(code))
        })
    });
    if other || run.len() > 14 || run.clone().any(|at| scan.token(at).is_some_and(|t| t.is('?'))) {
        return false;
    }
    let folded = scan.folded(run.clone());
    let doubts = Cues::CANCEL.and(Cues::CONDITION).and(Cues::CORRECTION).and(Cues::UNSURE);
    let counted = run.clone().any(|at| {
        crate::reading::prose::amounts::amount_at(scan, at, desk).is_some_and(|hit| {
            match hit.amount {
                Amount::Of { unit, .. } => {
                    matches!(unit, Some(Unit::Pieces(_) | Unit::Pack(_) | Unit::Weight(_)))
                }
                Amount::Bad => true,
            }
        })
    });
    let dated =
        run.clone().any(|at| crate::reading::dates::date_at(scan, at, desk.calendar()).is_some());
    !counted && !dated && !cues::of(&folded).has(doubts) && !tells_state(&folded)
}

/// A remark beside a row that takes it back or sets it a condition.
pub(crate) fn doubted(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    block: usize,
) -> Option<Problem> {
    let doubts = Cues::CANCEL.and(Cues::CONDITION).and(Cues::CORRECTION).and(Cues::UNSURE);
    row.iter().filter(|(label, _)| matches!(label, None | Some(Label::Other))).find_map(
        |(_, cell)| {
            let folded = scan.folded(cell.tokens.clone());
            (cues::of(&folded).has(doubts) || tells_state(&folded)).then(|| Problem {
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

/// '20,000' beside '04.04.2025': where days are written so, a comma parts decimals, whatever the
/// language of the mail.
pub(crate) fn has_foreign_comma(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    desk: &Desk<'_>,
) -> bool {
    let thousands = |cell: &Cell| {
        let words = scan.run(cell.tokens.clone());
        let number = words.split_whitespace().next().unwrap_or_default();
        number.split_once(',').is_some_and(|(whole, rest)| {
            (1..=3).contains(&whole.len())
                && whole.bytes().all(|b| b.is_ascii_digit())
                && rest == "000"
        })
    };
    let dotted = |cell: &Cell| {
        let words = scan.run(cell.tokens.clone());
        let parts: Vec<&str> = words.split('.').collect();
        matches!(parts.as_slice(), [day, month, year] if day.len() <= 2 && month.len() <= 2 && year.len() == 4)
            && words.bytes().all(|b| b == b'.' || b.is_ascii_digit())
    };
    desk.lang.is_none_or(|lang| lang == crate::reading::types::Lang::En)
        && row.iter().any(|(label, cell)| *label == Some(Label::Quantity) && thousands(cell))
        && row.iter().any(|(_, cell)| dotted(cell))
}

/// A remark beside a row that names a day ahead which is not the row's: 'not before 4 May'.
pub(crate) fn dated_remark(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    wish: &Wish,
    desk: &Desk<'_>,
) -> Option<Problem> {
    let remarks = row.iter().filter(|(label, _)| matches!(label, None | Some(Label::Other)));
    remarks.map(|(_, cell)| cell).find_map(|cell| {
        let (at, when, end) = cell.tokens.clone().find_map(|at| {
            let (when, end) = crate::reading::dates::date_at(scan, at, desk.calendar())?;
            Some((at, when, end))
        })?;
        let words = scan.run(at..end);
        let whole = words.chars().filter(char::is_ascii_digit).count() >= 5
            || words.contains(char::is_alphabetic);
        let day = when.day().filter(|_| whole)?;
        let ahead = desk.today.is_some_and(|today| day > today);
        let own = wish.delivery.as_ref();
        // A column of days beside that of the deliveries says something else.
        let bare = at == cell.tokens.start && end >= cell.tokens.end;
        let other = own.is_none_or(|own| own.when != Some(When::Day(day)) && !bare);
        (ahead && other).then(|| Problem {
            code: ProblemCode::AmbiguousDate,
            message: format!(
                "Line {}: the remark \"{}\" names a date, but not for sure that of the delivery.",
                wish.block,
                clip(scan.run(cell.tokens.clone()), 80)
            ),
            words: clip(scan.run(cell.tokens.clone()), 80),
            block: Some(wish.block),
            field: Some(Field::DeliveryDate),
        })
    })
}

/// A line of headings directly above the headings ('Article │ │ Order') spans several columns.
pub(crate) fn is_upper_heading(scan: &Scan<'_>, cells: &[Cell]) -> bool {
    cells.len() >= 2
        && cells.iter().any(|cell| has_alnum(scan, cell))
        && cells.iter().all(|cell| {
            let words = scan.run(cell.tokens.clone());
            cell.tokens.len() <= 4 && !words.contains(|c: char| c.is_ascii_digit() || c == ':')
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::catalog::CatalogFile;
    use crate::reading::draft::Draft;
    use crate::reading::tables;

    fn table(text: &str) -> Draft {
        let product = |id: i64| serde_json::json!({"id": id, "default_code": format!("AB-{id}0"), "name": "", "uom": "Units"});
        let products: Vec<_> = (1..=3).map(product).collect();
        let file = serde_json::json!({ "products": products }).to_string();
        let catalog = CatalogFile::parse(&file).expect("a catalogue").catalog;
        let desk = Desk {
            catalog: &catalog,
            domain: "buyer.example",
            lang: None,
            today: None,
            answers: false,
        };
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
    fn days_may_stand_among_words_for_soon() {
        let read = table("Part\tQty\tWhen\nAB-10\t5\tASAP\nAB-20\t6\t2026-03-28\nAB-30\t6\tASAP\n");
        let days = read.wishes.iter().flat_map(|w| &w.delivery).filter(|d| d.when.is_some());
        assert_eq!(days.count(), 1, "{read:?}");
        assert!(read.problems.is_empty(), "{read:?}");
    }

    #[test]
    fn what_is_in_stock_is_not_ordered() {
        let read =
            table("Artikel\tBestand\tBestellen\nAB-10\t180\t60\nAB-20\t950\t0\nAB-30\t7\t25\n");
        let words: Vec<_> =
            read.wishes.iter().flat_map(|w| &w.amount_words).map(|e| e.words.as_str()).collect();
        assert_eq!(words, ["60", "25"], "{read:?}");
        // Without a column for it, nothing tells which numbers are ordered.
        assert!(table("Artikel\tBestand\tX\nAB-10\t180\t60\n").wishes.is_empty());
    }

    #[test]
    fn a_dash_orders_nothing_and_a_lone_zero_is_asked() {
        let count = |rows: &str| table(&format!("Article\tQuantity\n{rows}")).wishes.len();
        assert_eq!(count("AB-10\t3\nAB-20\t-\n"), 1);
        assert_eq!(count("AB-10\t3\nAB-20\tnone\n"), 1);
        assert_eq!(count("AB-10\t3\nAB-20\t0\n"), 2);
        assert_eq!(count("AB-10\t3\nAB-20\t0\nAB-30\t0\n"), 1);
        assert_eq!(count("AB-10\t-\nAB-20\t-\n"), 2);
    }

    #[test]
    fn days_between_rows_are_those_of_the_rows_below() {
        let read = table(
            "Article\tQuantity\nDelivery 4 April 2025\nAB-10\t3\nAB-20\t4\nDelivery 9 May 2025\nAB-30\t5\n",
        );
        let days: Vec<_> = read.wishes.iter().flat_map(|w| &w.delivery).map(|d| d.when).collect();
        let day = |month, day| chrono::NaiveDate::from_ymd_opt(2025, month, day).map(When::Day);
        assert_eq!(days, [day(4, 4), day(4, 4), day(5, 9)], "{read:?}");
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
            .map(|w| w.amount == Some(crate::reading::draft::Amount::Bad))
            .collect();
        assert_eq!(amounts, [true, false], "{read:?}");
    }

    #[test]
    fn headings_may_have_headings_above() {
        let read = table("Artikel\t\tBestellung\nNummer\tBezeichnung\tMenge\nAB-10\tAB-10\t5\n");
        assert!(read.wishes.iter().all(|w| matches!(w.named, Named::One(_))), "{read:?}");
    }
}
