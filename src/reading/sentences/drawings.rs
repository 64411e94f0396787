//! 'As per drawing 88-1042 C' below a row or beside a product: the paper that goods are made by, and no
//! other number of them.

use std::ops::Range;

use super::closed::{Closed, Marks, Numbers};
use crate::reading::text::{Kind, Scan, WordList, words};

/// 'As per our' before the drawing.
static LEAD: Closed = Closed { beside: &[LEADS], marks: Marks::Only(".,(-"), ..Closed::STATEMENT };

/// 'No. 88-1042 C', with its index.
static NUMBER: Closed = Closed {
    beside: &[OF_NUMBER, DRAWING],
    numbers: Numbers::Any,
    marks: Marks::Only(".:-/_#°"),
    most: 9,
    ..Closed::STATEMENT
};

/// Whether some words name a drawing by its number, and say nothing else.
pub(crate) fn is_named(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let Some(noun) = tokens.iter().position(|t| DRAWING.has(&t.folded)) else { return false };
    let (before, behind) = tokens.split_at(noun);
    let number = behind.get(1..).unwrap_or_default();
    let of_number = |at: usize| {
        number.get(at).is_some_and(|t| {
            t.kind == Kind::Word && (t.folded.len() == 1 || t.glued && t.folded.len() <= 4)
        })
    };
    number.iter().any(|t| t.kind == Kind::Digits)
        && NUMBER.is_said_with(number, of_number)
        && LEAD.is_said(before)
}

static LEADS: &WordList = words!(
    "as per according to see your our \
     gem gemass nach laut lt siehe ihrer unserer \
     selon suivant conforme a votre notre \
     come da secondo conforme al nostro \
     segun conforme \
     volgens zie"
);

static OF_NUMBER: &WordList = words!("nr no rev index ind nummer number numero");

static DRAWING: &WordList = words!(
    "drawing drawings dwg \
     zeichnung zeichnungsnr zeichnungsnummer zchng zng \
     dessin plan \
     disegno dis \
     plano \
     tekening"
);

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
