//! What looks like an amount or a code and is none: addresses, links, telephone numbers, money, and
//! numbers that belong to the noun before them.

use std::ops::Range;

use super::units::{self, Unit};
use super::{Kind, Scan, words};
use crate::reading::prose::mentions::{Mention, What, is_free, take};

/// Mail addresses, links, telephone numbers, money: nothing of an order's lines.
pub(crate) fn noise(scan: &Scan<'_>, taken: &mut [bool]) {
    counted_lines(scan, taken);
    lettered_lines(scan, taken);
    for at in 0..scan.tokens.len() {
        if taken.get(at) != Some(&false) {
            continue;
        }
        let Some(token) = scan.token(at) else { break };
        if (token.is('@')
            && (token.glued || scan.token(at + 1).is_some_and(|t| t.glued && t.kind == Kind::Word)))
            || (token.is('/') && scan.token(at + 1).is_some_and(|t| t.glued && t.is('/')))
            || token.folded == "www"
        {
            take(taken, glued_run(scan, at));
        } else if token.is('+')
            && scan
                .token(at + 1)
                .is_some_and(|t| t.glued && t.kind == Kind::Digits && t.folded.len() <= 3)
        {
            take(taken, digits_run(scan, at + 1));
        } else if is_currency(&token.folded) {
            money(scan, at, taken);
        } else if token.is('@')
            || is_sum(&token.folded)
            || words!("at a zu").has(&token.folded)
            || token.is('=') && follows_price(scan, at, taken)
        {
            priced(scan, at, taken);
        } else if token.is_any("-–") && is_round_price(scan, at) {
            take(taken, at - 2..at + 1);
        } else if let Some(end) = clock_at(scan, at) {
            take(taken, at..end);
        } else if token.is('%') {
            take(taken, at.saturating_sub(1)..at + 1);
            let decimal = at >= 3 && scan.token(at - 2).is_some_and(|t| t.glued && t.is_any(".,"));
            if decimal {
                take(taken, at - 3..at);
            }
        }
    }
    super::registers::take_all(scan, taken);
}

/// The sign of 'at 54.00 each = 432.00'.
fn follows_price(scan: &Scan<'_>, at: usize, taken: &[bool]) -> bool {
    let line = scan.token(at).map(|t| t.line);
    (at.saturating_sub(4)..at).any(|at| {
        scan.token(at).is_some_and(|t| Some(t.line) == line && t.kind == Kind::Digits)
            && taken.get(at) == Some(&true)
    })
}

/// '119.-', '119,-': no cents.
fn is_round_price(scan: &Scan<'_>, at: usize) -> bool {
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued);
    let ends = scan.token(at + 1).is_none_or(|t| !t.glued || t.is_any(".,;)/"));
    at >= 2
        && ends
        && glued(at)
        && glued(at - 1)
        && scan.token(at - 1).is_some_and(|t| t.is_any(".,"))
        && scan.token(at - 2).is_some_and(|t| t.kind == Kind::Digits)
}

/// 'By 8.30 on Monday', 'um 14.45': a time that no day can be.
fn clock_at(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let digits = |at: usize, length: usize| {
        let token =
            scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= length)?;
        token.folded.parse::<u32>().ok()
    };
    let led = words!("at by um ab bis gegen vor before from after a alle ore h entre between zwischen und and et to")
        .has(&scan.token(at.checked_sub(1)?)?.folded);
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued);
    let (hour, minute) = (digits(at, 2)?, digits(at + 2, 2)?);
    let joined = scan.token(at + 1)?.is('.') && glued(at + 1) && glued(at + 2);
    let counted = glued(at + 3) && !scan.token(at + 3)?.is_any(".,;:)")
        || units::unit_at(scan, at + 3).is_some_and(|(unit, _)| unit != Unit::Time);
    let more = scan.token(at + 3).is_some_and(|t| t.is_any(".,") && t.glued)
        && scan.token(at + 4).is_some_and(|t| t.glued && t.kind == Kind::Digits);
    (led && joined && !counted && !more && hour <= 23 && (13..=59).contains(&minute))
        .then_some(at + 3)
}

/// '1)', '2)', '3)', each alone on its line: they count what stands below them.
fn counted_lines(scan: &Scan<'_>, taken: &mut [bool]) {
    let alone = scan.lines.iter().filter(|line| {
        line.tokens.len() == 2
            && scan.token(line.tokens.start).is_some_and(|t| t.kind == Kind::Digits)
            && scan.token(line.tokens.start + 1).is_some_and(|t| t.glued && t.is_any(").:"))
    });
    let lines: Vec<Range<usize>> = alone.map(|line| line.tokens.clone()).collect();
    let counts = (1_usize..).zip(&lines).all(|(place, tokens)| {
        scan.token(tokens.start).is_some_and(|t| t.folded.parse() == Ok(place))
    });
    if lines.len() >= 2 && counts {
        for tokens in lines {
            take(taken, tokens);
        }
    }
}

/// 'a)', 'b)' or 'i.', 'ii.' before the words of lines that follow one another: they count these.
fn lettered_lines(scan: &Scan<'_>, taken: &mut [bool]) {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    const LETTERS: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let led = scan.lines.iter().filter_map(|line| {
        let first = scan.token(line.tokens.start).filter(|_| line.tokens.len() > 2)?;
        let mark = scan.token(line.tokens.start + 1)?;
        let behind = scan.token(line.tokens.start + 2)?;
        let short = first.kind == Kind::Word && first.folded.len() <= 4;
        (short && mark.glued && mark.is_any(").") && !behind.glued).then_some(line.tokens.start)
    });
    let led: Vec<usize> = led.collect();
    let word = |at: &usize| scan.token(*at).map_or("", |t| t.folded.as_str());
    let counts = |order: &[&str]| {
        led.len() >= 2
            && led.len() <= order.len()
            && led.iter().zip(order).all(|(at, said)| word(at) == *said)
    };
    if counts(&LETTERS) || counts(&ROMAN) {
        for at in led {
            take(taken, at..at + 2);
        }
    }
}

/// The tokens around one without white space between.
fn glued_run(scan: &Scan<'_>, at: usize) -> Range<usize> {
    let mut start = at;
    while start > 0 && scan.token(start).is_some_and(|t| t.glued) {
        start -= 1;
    }
    let mut end = at + 1;
    while scan.token(end).is_some_and(|t| t.glued) {
        end += 1;
    }
    start..end
}

/// Digits with spaces and marks between, as telephone numbers have them.
fn digits_run(scan: &Scan<'_>, at: usize) -> Range<usize> {
    let mut end = at + 1;
    let line = scan.token(at).map(|t| t.line);
    while let Some(token) = scan.token(end).filter(|t| Some(t.line) == line) {
        // '1    HS-100    875    27/05/2025': two cells of a numbered row.
        let date = |at: usize| scan.token(at).is_some_and(|t| t.glued && t.is_any("./-"));
        let other = token.gap && date(end + 1) && date(end + 3) && is_numbered_row(scan, at);
        let digits = token.kind == Kind::Digits && !other;
        let joins = token.is_any("-/.()")
            && scan.token(end + 1).is_some_and(|t| t.kind == Kind::Digits || t.is_any("(/"));
        if !(digits || joins) {
            break;
        }
        end += 1;
    }
    at..end
}

/// Whether the line of a token begins with another, short number.
fn is_numbered_row(scan: &Scan<'_>, at: usize) -> bool {
    let line = scan.token(at).and_then(|t| scan.lines.get(t.line));
    let first = line.map(|line| line.tokens.start).filter(|first| *first < at);
    first
        .and_then(|first| scan.token(first))
        .is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= 3)
}

pub(crate) fn is_currency(word: &str) -> bool {
    words!("chf eur euro euros usd gbp € $ £ sfr fr franken francs franchi dollar dollars pounds")
        .has(word)
}

fn is_sum(word: &str) -> bool {
    words!("total subtotal totale gesamt gesamtbetrag summe zwischensumme betrag montant importo amount sum preis price prix prezzo precio stuckpreis").has(word)
}

/// '@ 18.50', 'total: 370.00': a number with two decimals is money there.
fn priced(scan: &Scan<'_>, at: usize, taken: &mut [bool]) {
    let after = at + 1 + usize::from(scan.token(at + 1).is_some_and(|t| t.is_any(":=")));
    let Some((_, end)) = super::numbers::digits_at(scan, after) else { return };
    let cents = scan.token(end - 1).is_some_and(|t| t.glued && t.folded.len() == 2)
        && end >= after + 3
        && scan.token(end - 2).is_some_and(|t| t.is_any(".,"));
    let measured = units::unit_at(scan, end).is_some_and(|(unit, _)| unit != Unit::Pieces(1));
    if cents && !measured {
        let each = scan
            .token(end)
            .is_some_and(|t| words!("each ea cad cadauno piece pce pc stk stuck").has(&t.folded));
        let end = end + usize::from(each);
        take(taken, at..line_sum(scan, at, after, end).unwrap_or(end));
    }
}

/// '200 off … @ 3.35 670.00': what the line comes to, behind its price.
fn line_sum(scan: &Scan<'_>, at: usize, price: usize, end: usize) -> Option<usize> {
    let line = scan.lines.get(scan.token(at)?.line)?.tokens.clone();
    let number = |at: usize| {
        let (number, end) = super::numbers::digits_at(scan, at)?;
        Some((number.plain()?, end))
    };
    let each = number(price)?.0;
    let (sum, behind) = number(end).filter(|(_, behind)| *behind == line.end)?;
    let cents = scan.token(behind - 1).is_some_and(|t| t.glued && t.folded.len() == 2);
    let count =
        |at: usize| number(at).is_some_and(|(count, _)| count.checked_mul(each) == Some(sum));
    (cents && (line.start..at).any(count)).then_some(behind)
}

/// 'CHF 12.50', '12.50 €', 'à 12.50'.
fn money(scan: &Scan<'_>, at: usize, taken: &mut [bool]) {
    take(taken, at..at + 1);
    let after = at + 1 + usize::from(scan.token(at + 1).is_some_and(|t| t.is('.')));
    let line = scan.token(at).map(|t| t.line);
    // 'À 27.40 CHF' at a line's end: what begins the next line is no sum.
    let own = at.checked_sub(1).and_then(|at| scan.token(at));
    let ends = own.is_some_and(|t| Some(t.line) == line && t.kind == Kind::Digits)
        && scan.token(after).is_some_and(|t| Some(t.line) != line);
    if let Some((_, end)) = super::numbers::digits_at(scan, after).filter(|_| !ends) {
        take(taken, after..end);
        return;
    }
    let mut start = at;
    while start > 0
        && scan.token(start - 1).is_some_and(|t| {
            Some(t.line) == line && (t.kind == Kind::Digits || (t.glued && t.is_any(".,'’")))
        })
    {
        start -= 1;
        if scan.token(start).is_some_and(|t| !t.glued) {
            break;
        }
    }
    take(taken, start..at);
}

/// Nouns that a number behind them belongs to: 'line 7', 'project 5500-12', 'gate 4'.
pub(crate) fn is_role(word: &str) -> bool {
    words!(
        "bestellnummer bestellnr auftragsnummer auftragsnr kommissionsnummer referenznummer referenz \
         kundenreferenz projektnummer vorgangsnummer angebotsnummer rechnungsnummer riferimento \
         bestelnummer ordernummer referentie \
         line lines project job jobs gate room page lot batch order po invoice no nr number ext extension \
        tel phone fax mobile cell iban vat account customer supplier vendor dock hall building \
        floor street rev serial machine ramp ref reference t f m p box_ week year since projekt \
        linie tor halle seite rampe werk auftrag bestellung rechnung telefon telefax mobil natel \
        postfach charge kunde kundennummer kostenstelle zeichnung stock projet ligne quai rampe_ \
        page_ commande facture usine batiment bp client chantier progetto linea pagina ordine \
        fattura rampa capannone commessa cantiere lotto telefono cellulare pos position \
        posizione poste option variante choice art code article artikel item type typ articolo \
        offer quote quotation contract angebot offerte vertrag devis contrat preventivo offerta \
        contratto determina capitolo reg cig cup kreditor debitor kommission client centre center centro kostenplaats leitweg \
         formular formblatt formulaire modulo formulario formulier template vorlage vorgang \
         rahmenvertrag rahmenvereinbarung rahmenauftrag kontrakt drawing drawings dwg budget ticket blueprint plan plans zeichnungsnummer disegno dessin kommissionsnr tekening dis"
    )
    .has(word)
}

/// Numbers that belong to the noun before them.
pub(crate) fn roles(scan: &Scan<'_>, taken: &mut [bool], found: &[Mention]) {
    for at in 1..scan.tokens.len() {
        let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Digits) else { continue };
        if !is_free(taken, at..at + 1) {
            continue;
        }
        let Some(mut before) = scan.token(at - 1) else { continue };
        let mut back = at - 1;
        while back > 0 && before.is_any(".:#°º") {
            // 'A rush job. 3 housings': the point ends a sentence.
            let Some(earlier) = scan.token(back - 1) else { break };
            if before.is('.') && !token.glued && ends_word(&earlier.folded) {
                break;
            }
            back -= 1;
            before = earlier;
        }
        // 'Offerta n. 2026-118'
        let named = back.checked_sub(1).and_then(|at| scan.token(at));
        if before.folded == "n" && named.is_some_and(|t| is_role(&t.folded)) {
            back -= 1;
            before = named.unwrap_or(before);
        }
        // The 'T' of 'PB-55-T 5' is no telephone.
        let joins = back.checked_sub(1).and_then(|at| scan.token(at));
        let sign = words!("nr no num").has(&before.folded);
        let of_code = before.glued && !sign && joins.is_some_and(|t| t.glued && t.is_any("-/"));
        let same_line = (before.line == token.line || wraps(scan, at - 1)) && !of_code;
        // 'item 3 pcs' would be odd; 'line 7' is common. A unit behind makes it an amount.
        let counted = units::unit_at(scan, at + 1).is_some_and(|(u, _)| u != Unit::Time)
            || scan.token(at + 1).is_some_and(|t| t.folded == "x");
        let colon = scan.token(at - 1).is_some_and(|t| t.is(':'));
        let phone = words!("tel telefon phone fax telefax mobile mobil cell natel t f m handy on")
            .has(&before.folded);
        if same_line && phone && (token.folded.len() >= 3 || token.folded.starts_with('0')) {
            take(taken, digits_run(scan, at));
        } else if same_line && !counted && names_place(scan, at) {
            take(taken, at..at + 1);
        } else if same_line
            && is_role(&before.folded)
            && !counted
            && !(is_verb(scan, back)
                || counts_by_sign(scan, back, at, found)
                || back == at - 1 && counts_code(scan, at, &before.folded)
                || colon && counts_behind_order(scan, at, &before.folded))
        {
            let mut end = at + 1;
            while scan.token(end).is_some_and(|t| t.glued && (t.is_alnum() || t.is_any("-/."))) {
                end += 1;
            }
            take(taken, at..end);
        } else if looks_like_phone(scan, at) {
            take(taken, digits_run(scan, at));
        }
    }
}

/// 'Cost centre' at the end of a full line: its number is on the next.
fn wraps(scan: &Scan<'_>, at: usize) -> bool {
    const FULL: usize = 50;
    let Some(token) = scan.token(at) else { return false };
    let full = scan.lines.get(token.line).is_some_and(|line| {
        scan.span(line.tokens.clone())
            .is_some_and(|span| span.end.saturating_sub(span.start) >= FULL)
    });
    full && words!("centre center kostenstelle kostenplaats").has(&token.folded)
}

/// 'Für unseren Neubau 612:', 'for assembly 4 I need': the number of what goods are for, where nothing
/// that it could count stands behind it.
fn names_place(scan: &Scan<'_>, at: usize) -> bool {
    let word = |back: usize| {
        at.checked_sub(back).and_then(|at| scan.token(at)).map_or("", |t| t.folded.as_str())
    };
    let line = scan.token(at).map(|t| t.line);
    let next = scan.token(at + 1).filter(|t| Some(t.line) == line);
    let leads = |back: usize| {
        words!("for fur pour per para voor in im an am at to nach zu zur zum au aux dans a al alla en bij").has(word(back))
    };
    let own = words!("our my the unser unsere unseren unserem unserer den dem die das der notre nos mon ma le la les nostro nostra il la mio nuestro nuestra el onze de het")
        .has(word(2));
    let noun = at.checked_sub(1).is_some_and(|at| {
        crate::reading::sentences::ties::is_own(scan, at)
            && !crate::reading::dates::is_month(scan, at)
            && crate::reading::dates::weekday_at(scan, at).is_none()
            && units::unit_at(scan, at).is_none()
    });
    let wants = next.is_some_and(|t| {
        t.is(':')
            || words!(
                "brauche brauchen benotige benotigen need needs require bestelle bestellen bestell"
            )
            .has(&t.folded)
    });
    noun && wants && (leads(2) || own && leads(3))
}

/// 'Nr. 40 piastre connettore': an Italian count of what stands right behind it; of several lines
/// that count up from one it is their numbering.
fn counts_by_sign(scan: &Scan<'_>, sign: usize, at: usize, found: &[Mention]) -> bool {
    let is_sign = |at: usize| scan.token(at).is_some_and(|t| words!("n nr num").has(&t.folded));
    let line = scan.token(at).map(|t| t.line);
    let leads = sign.checked_sub(1).and_then(|at| scan.token(at)).is_none_or(|t| {
        Some(t.line) != line || t.is_any("-•*–,:;") || words!("e ed").has(&t.folded)
    });
    let product = |at: usize| {
        found.iter().any(|m| m.tokens.start == at && matches!(m.what, What::Product(..)))
    };
    let first = (1..scan.tokens.len()).any(|i| {
        let number = i + usize::from(scan.token(i).is_some_and(|t| t.is_any(".°")));
        is_sign(i - 1) && scan.token(number).is_some_and(|t| t.folded == "1")
    });
    is_sign(sign) && leads && product(at + 1) && !first
}

/// Whether a run is a number behind its sign: '#21'.
pub(crate) fn is_number_sign(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    run.len() > 1
        && scan.token(run.start).is_some_and(|t| t.is('#'))
        && scan.token(run.start + 1).is_some_and(|t| t.kind == Kind::Digits && t.glued)
}

/// Words that nobody shortens, so that a point behind them is the end of a sentence.
fn ends_word(word: &str) -> bool {
    words!(
        "line lines project job jobs gate room page batch order phone mobile cell account customer supplier dock hall building \
         floor street machine ramp reference year projekt halle rampe werk auftrag bestellung rechnung telefon charge kunde \
         stock projet commande facture usine chantier progetto ordine fattura cantiere offer contract angebot vertrag devis \
         preventivo offerta contratto drawing budget ticket option plan"
    )
    .has(word)
}

/// 'Order 20 HS-100 by Friday': a short number right before a code counts it, where nothing else on
/// the line does.
fn counts_code(scan: &Scan<'_>, at: usize, role: &str) -> bool {
    let order = words!("order bestellung commande ordine auftrag pedido bestelling").has(role);
    let short = scan.token(at).is_some_and(|t| t.folded.len() <= 3);
    let line = scan.token(at).and_then(|t| scan.lines.get(t.line)).map(|l| l.tokens.clone());
    let behind = scan.token(at + 1).is_some_and(|t| !t.glued);
    let Some(code) =
        crate::reading::names::index::code_like(scan, at + 1).filter(|_| order && short && behind)
    else {
        return false;
    };
    let rest = code..line.map_or(code, |line| line.end.max(code));
    let counts = |i: usize| {
        let token = scan.token(i);
        token.is_some_and(|t| t.folded == "x")
            || token.is_some_and(|t| t.kind == Kind::Digits)
                && units::unit_at(scan, i + 1).is_some()
    };
    !rest.into_iter().any(counts)
}

/// 'We order 20 HS-100', 'je commande 20 HS-100': the word before the number is what somebody does.
fn is_verb(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let Some(before) = at.checked_sub(1).map(word) else { return false };
    match word(at) {
        "order" => words!("we i to please pls kindly hereby herewith d ll can want").has(before),
        "commande" => matches!(before, "je" | "on" | "vous" | "te"),
        _ => false,
    }
}

/// 'Order: 20 HS-100', 'il seguente ordine: 300 staffe': a number with words behind it counts them.
fn counts_behind_order(scan: &Scan<'_>, at: usize, role: &str) -> bool {
    let order =
        words!("order ordine bestellung commande auftrag pedido bestelling ordre orders").has(role);
    let line = scan.token(at).map(|t| t.line);
    let goods = scan.token(at + 1).is_some_and(|t| {
        t.kind == Kind::Word
            && !t.glued
            && Some(t.line) == line
            && !words!("of from vom du del dated van").has(&t.folded)
    });
    order && (goods || role == "order")
}

/// '044 860 12 25', '01332 496 0017': a leading zero and more groups of digits.
fn looks_like_phone(scan: &Scan<'_>, at: usize) -> bool {
    let run = digits_run(scan, at);
    let groups =
        run.clone().filter(|i| scan.token(*i).is_some_and(|t| t.kind == Kind::Digits)).count();
    let zero = scan.token(at).is_some_and(|t| t.folded.starts_with('0') && t.folded.len() >= 2);
    (zero && groups >= 2) || groups >= 4
}
