//! The customer's own number for goods beside ours: 'HS-200 (our part no. 4711-08)', 'Unsere Art.-Nr.
//! 900-4812, Ihre Art.-Nr. CP-48'. It names nothing and counts nothing.

use std::ops::Range;

use super::mentions::{Mention, What, is_free, take};
use crate::reading::draft::{Desk, Named};
use crate::reading::text::units;
use crate::reading::text::{Kind, Scan, words};

/// Fewest letters and digits of such a number.
const SHORTEST: usize = 3;

/// Takes all such numbers with the words that lead to them, before any of them is read as a code.
pub(crate) fn take_all(scan: &Scan<'_>, taken: &mut [bool], desk: &Desk<'_>) {
    for at in 0..scan.tokens.len() {
        if let Some(number) = number(scan, at, desk)
            && is_free(taken, number.clone())
        {
            take(taken, number);
        }
    }
}

/// Lets products take in a bracket behind them that holds nothing but such a number.
pub(crate) fn take_in(scan: &Scan<'_>, taken: &mut [bool], found: &mut [Mention]) {
    for place in 0..found.len() {
        let Some(mention) = found.get(place) else { continue };
        let end = mention.tokens.end;
        let named = matches!(mention.what, What::Product(Named::One(_), _));
        let bracket = Some(end).filter(|_| named).and_then(|at| bracket(scan, at));
        let Some(bracket) = bracket else { continue };
        let apart = found.iter().all(|m| !bracket.contains(&m.tokens.start));
        if let Some(mention) = found.get_mut(place).filter(|_| apart) {
            take(taken, bracket.clone());
            mention.tokens.end = bracket.end;
        }
    }
}

/// '(our part no. 4711-08)' from a token on.
fn bracket(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    let line = scan.token(at).filter(|t| t.is('('))?.line;
    let (_, number) = led(scan, at + 1)?;
    let close = scan.token(number.end).filter(|t| t.is(')') && t.line == line)?;
    (close.line == line).then_some(at..number.end + 1)
}

/// The number that is announced from a token on; `None` where it is a code that we know.
fn number(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> Option<Range<usize>> {
    let (_, number) = led(scan, at)?;
    let codes = desk.catalog.index();
    let known = codes.code_at(scan, number.start, desk.domain).is_some_and(|hit| {
        hit.end >= number.end && scan.run(number.clone()).chars().any(char::is_alphabetic)
    });
    (!known).then_some(number)
}

/// 'Our part no.' at a token, and the number behind it.
fn led(scan: &Scan<'_>, at: usize) -> Option<(usize, Range<usize>)> {
    let first = scan.token(at)?;
    let own = words!(
        "our unsere unser unserer uns notre nos nostro nostra ns nuestro nuestra onze ons interne internal eigene"
    );
    if !own.has(&first.folded) {
        return None;
    }
    let noun = words!(
        "part art article artikel artikelnummer artikelnr artnr item material materialnummer matnr teilenummer teilenr sachnummer sachnr code codice codigo cod \
         articolo articulo referencia artikelcode piece"
    );
    let sign = words!("no nr n number num nummer numero ref reference id");
    let (mut end, mut told) = (at + 1, false);
    while let Some(token) = scan.token(end).filter(|t| t.line == first.line && end < at + 7) {
        told |= noun.has(&token.folded);
        if !(noun.has(&token.folded) || sign.has(&token.folded) || token.is_any(".:-#°º")) {
            break;
        }
        end += 1;
    }
    let start = end;
    while scan.token(end).is_some_and(|t| {
        (end == start || t.glued)
            && (t.is_alnum()
                || t.is_any("-/._")
                    && scan.token(end + 1).is_some_and(|next| next.glued && next.is_alnum()))
    }) {
        end += 1;
    }
    let run = scan.tokens.get(start..end)?;
    let digits = run.iter().any(|t| t.kind == Kind::Digits);
    let length: usize = run.iter().filter(|t| t.is_alnum()).map(|t| t.folded.len()).sum();
    let counted = units::unit_at(scan, end).is_some();
    let same = run.first()?.line == first.line;
    (told && digits && same && !counted && length >= SHORTEST).then_some((at, start..end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn own_numbers_are_announced() {
        let number = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            led(&scan, 0).map(|(_, run)| scan.run(run).to_owned())
        };
        for (text, told) in [
            ("our part no. 4711-08)", "4711-08"),
            ("Unsere Art.-Nr. 900-4812, Ihre", "900-4812"),
            ("ns. codice 88-1204, vs.", "88-1204"),
            ("onze artikelcode X-4711.", "X-4711"),
        ] {
            assert_eq!(number(text).as_deref(), Some(told), "{text}");
        }
        for text in ["our article 200 pcs", "our order 4711", "your part no. 4711", "our parts 12"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_bracket_holds_nothing_else() {
        let whole = |text: &str| bracket(&Scan::whole(Part::Text, text), 0).is_some();
        assert!(whole("(our part no. 4711-08): 4 off"));
        assert!(!whole("(our part no. 4711-08, 5 pcs)"));
        assert!(!whole("(was 4711)"));
    }
}
