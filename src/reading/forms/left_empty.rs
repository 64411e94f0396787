//! Lines of a form that were left empty: 'Farbe: -', 'Disegno: /', 'Special requests: none'. Beside the goods
//! they say nothing.

use std::ops::Range;

use super::relabel;
use super::values;
use crate::reading::draft::Desk;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::text::{Kind, Scan, words};

/// Most words of such a line's label.
const MOST: usize = 4;

/// Takes such lines of a form.
pub(crate) fn leave(scan: &Scan<'_>, free: &mut [bool], desk: &Desk<'_>) {
    for line in &scan.lines {
        let run = line.tokens.clone();
        let open = free.get(run.clone()).is_some_and(|line| line.iter().all(|free| *free));
        if open && is_empty(scan, &run, desk) {
            free.get_mut(run).into_iter().flatten().for_each(|free| *free = false);
        }
    }
}

fn is_empty(scan: &Scan<'_>, line: &Range<usize>, desk: &Desk<'_>) -> bool {
    let Some(colon) = line.clone().find(|at| scan.token(*at).is_some_and(|t| t.is(':'))) else {
        return false;
    };
    let (label, value) = (line.start..colon, colon + 1..line.end);
    let tokens = scan.tokens.get(label.clone()).unwrap_or_default();
    let worded = tokens.iter().all(|t| t.kind == Kind::Word || t.is_any(".°/-"));
    let count = tokens.iter().filter(|t| t.kind == Kind::Word).count();
    if value.is_empty() || !worded || !(1..=MOST).contains(&count) {
        return false;
    }
    let names = &desk.catalog.index().names;
    let beside = tokens.iter().any(|t| is_beside(&t.folded));
    let plain = (beside || cues::of(&scan.folded(label.clone())) == Cues::default())
        && !relabel::holds_goods(scan, label.clone(), desk)
        && names.find(scan, label.clone()).is_empty();
    let dashes = || value.clone().all(|at| scan.token(at).is_some_and(|t| t.is_any("-–—/")));
    plain && (dashes() || beside && says_none(scan, value.clone()))
}

fn says_none(scan: &Scan<'_>, value: Range<usize>) -> bool {
    let no = || scan.folded(value.clone());
    values::says_none(scan, value.clone()) || words!("no non nein nee n/a").has(&no())
}

/// What a form asks for beside the goods.
fn is_beside(word: &str) -> bool {
    words!(
        "wishes requests request instructions options extras comments colour color drawing finish engraving attachment attachments \
         wunsche sonderwunsche anweisungen optionen farbe zeichnung oberflache gravur beilagen anhang zusatze \
         souhaits demande demandes consignes couleur dessin finition gravure annexe annexes \
         richieste richiesta istruzioni opzioni colore disegno finitura incisione allegati \
         peticiones instrucciones opciones color plano acabado anexos wensen opties kleur tekening afwerking bijlagen"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    fn leaves(text: &str) -> bool {
        at_desk(&[("HS-100", "Heat sink")], |desk| {
            let scan = Scan::whole(Part::Text, text);
            let mut free = vec![true; scan.tokens.len()];
            leave(&scan, &mut free, desk);
            !free.contains(&true)
        })
    }

    #[test]
    fn empty_lines_of_a_form_say_nothing() {
        for text in [
            "Farbe: -",
            "Disegno: /",
            "Colour: --",
            "Special requests: none",
            "Autre demande : non",
        ] {
            assert!(leaves(text), "{text}");
        }
        for text in
            ["Order: -", "Heat sink: -", "HS-100: none", "Needed: none", "Colour: red", "Farbe:"]
        {
            assert!(!leaves(text), "{text}");
        }
    }
}
