//! Headings of goods that are not to be ordered: 'In stock:', 'Delivered:', 'Noch da:'.

use std::ops::Range;

use super::accounts::is_courtesy;
use crate::reading::prose::mentions::Mention;
use crate::reading::tables::columns;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::stretches::goods;
use crate::reading::text::{Kind, Scan, padded, words};
use crate::reading::types::Evidence;

/// Most words and marks of such a heading.
const SHORT: usize = 5;

/// 'In stock:', 'Delivered:' above some of the goods.
pub(crate) fn heads_others(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let ends = run.end.checked_sub(1).is_some_and(|at| word(at) == ":");
    let said = padded(&scan.folded(run.clone()));
    if ends && run.len() <= SHORT + 1 && WHOLE.are_in(&said) {
        return true;
    }
    ends && run.len() <= SHORT
        && !run.clone().any(|at| {
            is_courtesy(word(at)) && word(at) != "in"
                || words!("furs for fur pour per voor").has(word(at))
        })
        && run.clone().any(|at| is_of_others(word(at)))
}

static WHOLE: Phrases = Phrases::whole(&[
    "in our warehouse",
    "on order",
    "on hand",
    "next time",
    "later on",
    "for later",
    "we still have",
    "we have",
    "nachstes mal",
    "beim nachsten mal",
    "wir haben noch",
    "in unserem lager",
    "prochaine fois",
    "nous avons encore",
    "nous avons deja",
    "prossima volta",
    "abbiamo ancora",
    "abbiamo gia",
    "proxima vez",
    "todavia tenemos",
    "volgende keer",
    "we hebben nog",
]);

fn is_of_others(word: &str) -> bool {
    columns::is_state(word) && !words!("or oder ou oppure").has(word)
        || words!(
            "stock stocks inventory lager lagernd bestand lagerbestand vorrat vorratig magazzino giacenza giacenze voorraad existencias \
             shelf regal scaffale etagere"
        )
        .has(word)
}

/// 'Noch da', 'still here': what somebody has.
fn says_there(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let still = words!("noch still encore ancora todavia nog").has(word(run.start));
    let there = words!("da vorhanden here there la presenti disponibili qui aqui hier daar");
    still && there.has(word(run.start + 1)) && run.len() <= SHORT
}

/// Such a heading on a line of its own right above a line of goods, wherever it was read: a form may
/// have taken it for a field without a value.
pub(crate) fn above_goods(scan: &Scan<'_>, found: &[Mention]) -> Option<Evidence> {
    let heads = |line: usize| {
        let run = scan.lines.get(line).map_or(0..0, |line| line.tokens.clone());
        let counts = run.clone().any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits));
        let last = run.end.checked_sub(1).and_then(|at| scan.token(at));
        !counts
            && last.is_some_and(|t| t.is(':'))
            && (heads_others(scan, &run) || says_there(scan, &run))
    };
    let next = |line: usize| {
        let filled = |at: &usize| scan.lines.get(*at).is_some_and(|line| !line.is_blank());
        (line + 1..scan.lines.len()).find(filled)
    };
    let above =
        |line: &usize| heads(*line) && next(*line).is_some_and(|next| goods(scan, next, found));
    let line = (0..scan.lines.len()).find(above)?;
    let span = scan.span(scan.lines.get(line)?.tokens.clone())?;
    Some(scan.evidence(span, "prose.unaccounted"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::prose::mentions;
    use crate::reading::types::Part;

    fn above(text: &str) -> bool {
        at_desk(&[("HS-100", "Heat sink")], |desk| {
            let scan = Scan::whole(Part::Text, text);
            let free = vec![true; scan.tokens.len()];
            let (found, _) = mentions::find(&scan, &free, desk);
            above_goods(&scan, &found).is_some()
        })
    }

    #[test]
    fn what_is_there_is_not_ordered() {
        for head in
            ["In stock:", "Delivered:", "Unser Bestand:", "Noch da:", "Giacenza:", "Stock :"]
        {
            assert!(above(&format!("{head}\n\n20 HS-100")), "{head}");
        }
        for head in ["For our stock:", "Our order:", "For stock:", "Still needed:", "In stock"] {
            assert!(!above(&format!("{head}\n20 HS-100")), "{head}");
        }
        assert!(!above("In stock:\nnothing\n20 HS-100"));
    }
}
