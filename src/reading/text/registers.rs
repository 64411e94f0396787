//! The numbers under which a firm is registered, as they stand below its name: 'P.IVA 00551230148 - REA
//! SO-41255', 'Reg. Merc. de Madrid, tomo 1234, folio 56'.

use std::ops::Range;

use super::{Kind, Scan, units, words};
use crate::reading::prose::mentions::{is_free, take};

/// Digits of the shortest number of a register.
const SHORTEST: usize = 5;

/// Takes such numbers.
pub(crate) fn take_all(scan: &Scan<'_>, taken: &mut [bool]) {
    for at in 0..scan.tokens.len() {
        let volume = scan.token(at).is_some_and(|t| words!("tomo folio hoja").has(&t.folded));
        let Some(behind) = register(scan, at).or_else(|| volume.then_some(at + 1)) else {
            continue;
        };
        if let Some(number) = number_behind(scan, behind, if volume { 1 } else { SHORTEST })
            && is_free(taken, number.clone())
        {
            take(taken, number);
        }
    }
}

/// The token behind the name of a register, or of the number that a tax office gives.
fn register(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let spelt = |letters: &[&str]| {
        (0..).zip(letters).all(|(nth, letter)| {
            let place = at + 2 * nth;
            word(place) == *letter
                && word(place + 1) == "."
                && scan.token(place + 1).is_some_and(|t| t.glued)
        })
    };
    if spelt(&["r", "e", "a"]) {
        return Some(at + 6);
    }
    let before = if word(at.wrapping_sub(1)) == "." {
        word(at.wrapping_sub(2))
    } else {
        word(at.wrapping_sub(1))
    };
    let whole = words!("rea hrb hra siret siren rcs kvk cciaa piva").has(word(at));
    let named = match word(at) {
        "iva" => matches!(before, "p" | "partita"),
        "fisc" | "fiscale" => words!("cod codice c").has(before),
        "imprese" | "merc" | "mercantil" => words!("reg registro").has(before),
        _ => false,
    };
    (whole || named).then_some(at + 1)
}

/// The number that stands behind a register's name, with at most a town between.
fn number_behind(scan: &Scan<'_>, from: usize, shortest: usize) -> Option<Range<usize>> {
    const NEAR: usize = 7;
    let line = scan.token(from)?.line;
    let mut towns = 0;
    for at in from..from + NEAR {
        let token = scan.token(at).filter(|t| t.line == line)?;
        let joined = (at + 1..).take_while(|at| {
            scan.token(*at).is_some_and(|t| {
                t.glued
                    && (t.is_alnum()
                        || t.is_any("-/.")
                            && scan.token(at + 1).is_some_and(|t| t.glued && t.is_alnum()))
            })
        });
        let end = joined.last().map_or(at + 1, |last| last + 1);
        let digits: usize = scan
            .tokens
            .get(at..end)?
            .iter()
            .filter(|t| t.kind == Kind::Digits)
            .map(|t| t.folded.len())
            .sum();
        if token.is_alnum() && digits > 0 {
            return (digits >= shortest && units::unit_at(scan, end).is_none()).then_some(at..end);
        }
        let small = words!("n nr no num numero di de del d").has(&token.folded);
        let capital = scan.words(token.span).starts_with(char::is_uppercase);
        towns += usize::from(token.kind == Kind::Word && !small);
        let known = token.is_any(".:°#") || small || capital && towns <= 2;
        if !known {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn numbers(text: &str) -> Vec<String> {
        let scan = Scan::whole(Part::Text, text);
        let mut taken = vec![false; scan.tokens.len()];
        take_all(&scan, &mut taken);
        let digits = (0..scan.tokens.len()).filter(|at| taken.get(*at) == Some(&true));
        let digits = digits.filter(|at| scan.token(*at).is_some_and(|t| t.kind == Kind::Digits));
        digits.filter_map(|at| Some(scan.words(scan.token(at)?.span).to_owned())).collect()
    }

    #[test]
    fn firms_tell_their_registers() {
        for (text, want) in [
            ("P.IVA 00551230148 - REA SO-41255", vec!["00551230148", "41255"]),
            ("C.F. e P.IVA: 00551230148 - R.E.A. MI 1234567", vec!["00551230148", "1234567"]),
            (
                "Cod. Fisc. 00551230148 - Reg. Imprese Sondrio n. 41255",
                vec!["00551230148", "41255"],
            ),
            (
                "Reg. Merc. de Madrid, tomo 1234, folio 56, hoja M-78901",
                vec!["1234", "56", "78901"],
            ),
            ("HRB 123456, Amtsgericht München", vec!["123456"]),
        ] {
            assert_eq!(numbers(text), want, "{text}");
        }
        for text in [
            "5 SO-41255",
            "REA 20 pcs",
            "20 + IVA 22%",
            "IVA 40117",
            "REA, 40117 pcs",
            "REA 40117 pcs",
        ] {
            assert!(numbers(text).is_empty(), "{text}");
        }
    }
}
