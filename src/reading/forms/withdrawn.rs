//! An item of a form that a sentence below takes out again: 'Please leave out item 2, it was a
//! mistake'. Only where the form itself numbers its items, and the sentence says nothing else.

use crate::reading::draft::{Form, Wish};
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::text::stretches::Stretch;
use crate::reading::text::{Kind, Scan, words};

/// The number of the item that a sentence takes out of a form.
pub(crate) fn item(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    formal: &[Wish],
) -> Option<u32> {
    let goods = inside.iter().any(|m| matches!(m.what, What::Product(..) | What::Date(_)));
    if formal.len() < 2 || goods || stretch.question {
        return None;
    }
    let run = stretch.tokens.clone();
    let end = run
        .clone()
        .find(|at| scan.token(*at).is_some_and(|t| t.is_any(",;–—-(")))
        .unwrap_or(run.end);
    let main = scan.tokens.get(run.start..end)?;
    let mut numbers = main.iter().filter(|t| t.kind == Kind::Digits);
    let (Some(number), None) = (numbers.next(), numbers.next()) else { return None };
    let of = |known: &dyn Fn(&str) -> bool| main.iter().filter(|t| known(&t.folded)).count();
    let known = main.iter().all(|t| {
        t.kind != Kind::Word || takes_out(&t.folded) || is_item(&t.folded) || is_beside(&t.folded)
    });
    let one = of(&|w| takes_out(w)) >= 1 && of(&|w| is_item(w)) == 1;
    let number: u32 = number.folded.parse().ok()?;
    if !known || !one || !is_reason(scan, end..run.end) {
        return None;
    }
    // The whole form is looked at for the few sentences that are left: there may be thousands of both.
    let block = |w: &Wish| w.form == Form::Block;
    let counted = (1..).zip(formal).all(|(nth, w): (u32, &Wish)| w.block == nth && block(w));
    let there = formal.iter().any(|w| w.block == number);
    (counted && there && numbers_items(scan, formal)).then_some(number)
}

fn takes_out(word: &str) -> bool {
    words!(
        "leave skip ignore drop delete remove omit disregard strike \
         weglassen streichen ignorieren loschen entfernen auslassen \
         supprimer ignorer retirer enlever omettre \
         togliere eliminare ignorare omettere saltare \
         eliminar omitir ignorar quitar weglaten schrappen negeren"
    )
    .has(word)
}

fn is_item(word: &str) -> bool {
    words!(
        "item line position pos product artikel posten zeile article articolo riga posizione ligne poste \
         posicion linea articulo regel positie product produkt produit prodotto"
    )
    .has(word)
}

/// Words that such a sentence may have beside.
fn is_beside(word: &str) -> bool {
    words!(
        "please kindly out the no nr number above off from list form order this of sorry oops ps p s edit \
         bitte die den das der oben aus von formular liste bestellung nummer sorry \
         merci d de veuillez svp la le l ci dessus du formulaire commande n numero \
         per favore prego vi di il lo sopra dal modulo ordine \
         por el arriba del pedido a u b graag hierboven gelieve te"
    )
    .has(word)
}

/// What follows may say why, and nothing else.
fn is_reason(scan: &Scan<'_>, run: std::ops::Range<usize>) -> bool {
    let folded = scan.folded(run.clone());
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let says = |t: &crate::reading::text::Token| {
        words!(
            "if unless until till when once only just_ but instead then replace change later next more less half rather \
             also other others another add take send make put double increase reduce keep \
             wenn falls bis sobald nur aber sondern dafur stattdessen ersetzen spater mehr weniger auch andere noch \
             nehmen liefern senden erhohen dann \
             si sauf jusqu quand seulement mais plutot remplacer tard plus_ aussi autre ajouter prendre envoyer livrer puis place \
             se finche quando solo ma invece sostituire dopo piu anche altro aggiungere prendere inviare poi \
             pero sino tambien otro maar ook ander"
        )
        .has(&t.folded)
    };
    tokens
        .iter()
        .all(|t| t.kind != Kind::Digits && !t.is_any("?:") && !says(t) && !is_item(&t.folded))
        && !cues::of(&folded)
            .has(Cues::CONDITION.and(Cues::DELIVERY).and(Cues::QUOTE).and(Cues::COMPLAINT))
}

/// Whether the form numbers its items from 1 on, each on a line of its own or before its fields.
fn numbers_items(scan: &Scan<'_>, formal: &[Wish]) -> bool {
    let mut next = 1;
    for line in &scan.lines {
        let mut tokens =
            line.tokens.clone().filter_map(|at| scan.token(at)).filter(|t| t.is_alnum());
        let first = tokens.next();
        let number = match first {
            Some(word) if is_item(&word.folded) => tokens.next(),
            Some(digits) if digits.kind == Kind::Digits => {
                let at = line
                    .tokens
                    .clone()
                    .find(|at| scan.token(*at).is_some_and(crate::reading::text::Token::is_alnum));
                let closed =
                    at.and_then(|at| scan.token(at + 1)).is_some_and(|t| t.glued && t.is_any(".)"));
                first.filter(|_| closed)
            }
            _ => None,
        };
        // 'Product: 1' and 'Artikel 2, Menge 5' name goods where the number is one of them.
        if number.is_some_and(|t| t.kind == Kind::Digits && t.folded == next.to_string()) {
            next += 1;
        }
    }
    next > formal.len()
}
