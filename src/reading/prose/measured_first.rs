//! Amounts whose unit stands before its number: 'kg 320,5 Lingotto alluminio', 'Profilo bordo m 60'.

use super::mentions::{Mention, What, is_filler_before, is_free, take};
use crate::reading::draft::Amount;
use crate::reading::forms::list_marks;
use crate::reading::text::numbers;
use crate::reading::text::units::{self, Pack, Unit};
use crate::reading::text::{Kind, Scan, words};

/// Most tokens between such an amount and its product.
const APART: usize = 3;

/// Finds such amounts beside the products of a line, and takes them.
pub(crate) fn find(scan: &Scan<'_>, taken: &mut [bool], found: &mut Vec<Mention>) {
    let mut amounts: Vec<Mention> = Vec::new();
    for at in 0..scan.tokens.len() {
        let Some(mention) = measure_at(scan, at) else { continue };
        let free = is_free(taken, mention.tokens.clone());
        if free
            && (begins(scan, at)
                || behind_product(scan, at, found)
                || is_of(scan, mention.tokens.end) && !is_rate(scan, at)
                || packs_right_before(scan, &mention, found))
            && beside_product(scan, &mention, found)
        {
            take(taken, mention.tokens.clone());
            amounts.push(mention);
        }
    }
    found.append(&mut amounts);
    found.sort_by_key(|m| m.tokens.start);
}

/// A weight, a length in metres or a volume in litres, and a number that no unit of its own follows.
fn measure_at(scan: &Scan<'_>, at: usize) -> Option<Mention> {
    let (unit, next) = units::unit_at(scan, at).or_else(|| abbreviated(scan, at))?;
    let (number, end) = numbers::digits_at(scan, next)?;
    let of = is_of(scan, end);
    let measures = match unit {
        // 'TR-1 mm 60' is a size, 'mm 60 di TR-1' none.
        Unit::Length(_) | Unit::Volume(_) => units::is_base(unit) || of,
        Unit::Pieces(_) => scan.token(end).is_some_and(|t| t.folded == "di"),
        Unit::Weight(_) | Unit::Pack(_) => true,
        Unit::Area(_) | Unit::Time => false,
    };
    let apart = !scan.token(at)?.glued && scan.token(next).is_some_and(|t| !t.glued && !t.gap);
    let line = scan.token(at)?.line;
    let closes = scan.token(end).is_none_or(|t| {
        let apart = !t.glued && t.kind == Kind::Word && t.folded != "x";
        t.line != line
            || apart
            || t.gap
            || t.is_any(",;:-–—(.") && !scan.token(end + 1).is_some_and(|t| t.glued)
    });
    let own =
        units::unit_at(scan, end).is_some() && scan.token(end).is_some_and(|t| t.line == line);
    let whole = scan.token(next).is_some_and(|t| t.line == line);
    // 'Cf 4 di A' counts packages; 'Karton 25 A' may tell what one holds, 'carton 3 of A' which one.
    let idiom = scan.token(end).is_some_and(|t| t.folded == "di")
        && !at.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| {
            words!("la il lo le una un nella dalla della alla per in da").has(&t.folded)
        });
    let amount = match unit {
        Unit::Pack(_) if !idiom => Amount::Bad,
        _ => Amount::Of { number, unit: Some(unit), content: None },
    };
    let what = What::Amount { amount, marked: true, each: false };
    (measures && apart && closes && !own && whole).then_some(Mention { what, tokens: at..end })
}

/// 'Ordiniamo cf 4 VC-12', 'Karton 25 VC-12': a package before a number, which may be how many there are
/// or what one holds. It is asked.
fn packs_right_before(scan: &Scan<'_>, amount: &Mention, found: &[Mention]) -> bool {
    let What::Amount { amount: Amount::Bad, .. } = amount.what else { return false };
    let before = amount.tokens.start.checked_sub(1).and_then(|at| scan.token(at));
    before.is_none_or(|t| t.kind != Kind::Digits)
        && found.iter().any(|m| is_product(m) && m.tokens.start == amount.tokens.end)
}

/// Abbreviations that are units only before a number: 'cf 4 di VC-12' (confezioni), 'q 2 di ZA-ING'
/// (quintals of 100 kg).
fn abbreviated(scan: &Scan<'_>, at: usize) -> Option<(Unit, usize)> {
    let unit = match scan.token(at)?.folded.as_str() {
        "cf" | "cnf" => Unit::Pack(Pack::Packet),
        "sc" | "scat" | "krt" | "kart" | "crt" | "cart" | "bx" | "bxs" | "schtl" => {
            Unit::Pack(Pack::Box)
        }
        "sac" | "bst" => Unit::Pack(Pack::Bag),
        "lt" => Unit::Volume(1_000),
        "q" | "ql" => Unit::Weight(100_000_000),
        _ => return None,
    };
    let next = at + 1 + usize::from(scan.token(at + 1).is_some_and(|t| t.is('.')));
    let (_, end) = numbers::digits_at(scan, next)?;
    let di = scan.token(end).is_some_and(|t| t.folded == "di");
    (di || matches!(unit, Unit::Pack(_))).then_some((unit, next))
}

/// 'Di', 'of': what is measured follows.
fn is_of(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| words!("di d of de von van").has(&t.folded))
}

/// 'Al kg', 'per kg', 'peso kg': a price or a weight of something else.
fn is_rate(scan: &Scan<'_>, at: usize) -> bool {
    at.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| {
        t.is('/')
            || words!("al a per je pro par por peso weight gewicht poids totale total")
                .has(&t.folded)
    })
}

/// It is the first of its line, or of its cell.
fn begins(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.token(at) else { return false };
    token.gap || list_marks::first_word(scan, token.line) == at
}

/// Nothing but a mark parts it from the product before it.
fn behind_product(scan: &Scan<'_>, at: usize, found: &[Mention]) -> bool {
    let last = found.partition_point(|m| m.tokens.start < at);
    let before = last.checked_sub(1).and_then(|last| found.get(last));
    before.is_some_and(|m| {
        is_product(m)
            && m.tokens.end <= at
            && (m.tokens.end..at).all(|at| scan.token(at).is_some_and(|t| t.is_any(",;:-–—.)")))
    })
}

/// A product stands right before it or right behind it, on the same line.
fn beside_product(scan: &Scan<'_>, amount: &Mention, found: &[Mention]) -> bool {
    let line = scan.token(amount.tokens.start).map(|t| t.line);
    let filled = |at: usize| {
        scan.token(at).is_some_and(|t| {
            Some(t.line) == line && (t.kind == Kind::Mark || is_filler_before(&t.folded))
        })
    };
    let joined =
        |from: usize, to: usize| from <= to && to - from <= APART && (from..to).all(filled);
    found.iter().filter(|m| is_product(m)).any(|m| {
        let same = scan.token(m.tokens.start).map(|t| t.line) == line;
        let behind = joined(amount.tokens.end, m.tokens.start);
        let before = joined(m.tokens.end, amount.tokens.start);
        same && (behind || before)
    })
}

fn is_product(mention: &Mention) -> bool {
    matches!(mention.what, What::Product(..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::prose::mentions;
    use crate::reading::types::Part;

    fn measured(text: &str) -> Vec<String> {
        at_desk(&[("AL-1", "Ingot"), ("TR-1", "Edge profile")], |desk| {
            let scan = Scan::whole(Part::Text, text);
            let free = vec![true; scan.tokens.len()];
            let (found, _) = mentions::find(&scan, &free, desk);
            let unit = |m: &&Mention| {
                matches!(m.what, What::Amount { amount: Amount::Of { unit: Some(_), .. }, .. })
            };
            found.iter().filter(unit).map(|m| scan.run(m.tokens.clone()).to_owned()).collect()
        })
    }

    #[test]
    fn a_unit_may_stand_before_its_number() {
        for (text, want) in [
            ("kg 320,5 AL-1", "kg 320,5"),
            ("- m 60 TR-1", "m 60"),
            ("TR-1, m 60", "m 60"),
            ("TR-1 m 60", "m 60"),
            ("g 500 AL-1", "g 500"),
            ("ordiniamo g 500 di AL-1", "g 500"),
            ("we order cm 60 of TR-1", "cm 60"),
        ] {
            assert_eq!(measured(text), [want], "{text}");
        }
        for text in [
            "peso kg 75",
            "al kg 12,50 AL-1",
            "kg 75/80 AL-1",
            "peso kg 75 di AL-1",
            "M 079 555 12 12",
            "TR-1 mm 60",
        ] {
            assert!(measured(text).is_empty(), "{text}");
        }
    }
}
