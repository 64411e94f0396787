//! 'As per drawing 88-1042 C' below a row or beside a product: the paper that goods are made by, and no
//! other number of them.

use std::ops::Range;

use crate::reading::text::{Kind, Scan, words};

/// Most tokens of a drawing's number, with its index.
const NUMBER: usize = 9;

/// Whether some words name a drawing by its number, and say nothing else.
pub(crate) fn is_named(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let leads = |word: &str| {
        words!(
            "gem gemass nach laut lt siehe as per according to see selon suivant conforme a come da secondo segun conforme al volgens zie              ihrer unserer your our notre votre nostro vostro"
        )
        .has(word)
    };
    let Some(noun) = tokens.iter().position(|t| is_drawing(&t.folded)) else { return false };
    let (before, behind) = tokens.split_at(noun);
    let number = behind.get(1..).unwrap_or_default();
    let digits = number.iter().any(|t| t.kind == Kind::Digits);
    let of_number = |word: &str| {
        word.len() == 1 || words!("nr no rev index ind nummer number numero n v").has(word)
    };
    let plain = number.iter().enumerate().all(|(at, t)| match t.kind {
        Kind::Digits => true,
        Kind::Word => {
            of_number(&t.folded) || is_drawing(&t.folded) || t.glued && t.folded.len() <= 4
        }
        Kind::Mark => t.is_any(".:-/_#°") && at < NUMBER,
    });
    digits
        && plain
        && number.len() <= NUMBER
        && before.iter().all(|t| t.is_any(".,(-") || leads(&t.folded))
}

fn is_drawing(word: &str) -> bool {
    words!(
        "drawing drawings dwg zeichnung zeichnungsnr zeichnungsnummer zchng zng dessin plan disegno dis plano tekening"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn a_drawing_is_named_by_its_number() {
        let named = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            is_named(&scan, 0..scan.tokens.len())
        };
        for text in [
            "gem. Zeichnung 88-1042 C",
            "as per drawing DWG-4471 rev. B",
            "Zeichnungsnr. 4711/2",
            "selon plan n° 55-12",
            "disegno 0042",
        ] {
            assert!(named(text), "{text}");
        }
        for text in [
            "gem. Zeichnung 88-1042 C, nur 3 Stück",
            "not as per drawing 4711",
            "drawing follows",
            "Zeichnung 4711 ist noch nicht freigegeben",
            "5 Stück nach Zeichnung 4711",
        ] {
            assert!(!named(text), "{text}");
        }
    }
}
