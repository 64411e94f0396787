//! What a block of a form has from the one before it: 'Delivery Date: as above', 'Termin und Adresse
//! wie oben', '(rest identical)'; and blocks that leave their day open beside others that do not.

use std::ops::Range;

use super::fields::Field;
use super::labels::Label;
use crate::reading::draft::{Draft, Form};
use crate::reading::text::{Kind, Scan, clip, words};
use crate::reading::types::{Field as Part, Problem, ProblemCode};

/// Most words of such a line.
const MOST: usize = 10;

/// Gives fields that point to the ones above them their values, and takes the lines that do so in
/// words. `free` tells the lines that no table took.
pub(crate) fn follow(scan: &Scan<'_>, fields: &mut Vec<Field>, free: &dyn Fn(usize) -> bool) {
    for at in 1..fields.len() {
        let (before, rest) = fields.split_at_mut(at);
        let Some(field) = rest.first_mut() else { continue };
        let shared = is_shared(field.label)
            || field.label == Label::Quantity && repeats(scan, field.value.clone());
        if shared
            && points_up(scan, field.value.clone())
            && let Some(earlier) = before.iter().rev().find(|f| f.label == field.label)
        {
            field.value = earlier.value.clone();
        }
    }
    let first = fields.iter().map(|f| f.last_line).min();
    let Some(first) = first.filter(|_| super::blocks::is_order(fields)) else {
        return;
    };
    for (number, line) in scan.lines.iter().enumerate().skip(first + 1) {
        let run = line.tokens.clone();
        if !free(number) || !points_up(scan, run.clone()) {
            continue;
        }
        if fields.iter().any(|f| (f.line..=f.last_line).contains(&number)) {
            continue;
        }
        let said = |is: fn(&str) -> bool| any(scan, run.clone(), is);
        let (day, place) = (said(is_day), said(is_place));
        let both = !day && !place && !said(is_delivery);
        for (label, told) in [
            (Label::Delivery, day || both || said(is_delivery) && !place),
            (Label::Address, place || both),
        ] {
            let earlier = fields.iter().rev().find(|f| f.label == label && f.line < number);
            let Some(value) = earlier.filter(|_| told).map(|f| f.value.clone()) else { continue };
            fields.push(Field {
                label,
                index: None,
                all: false,
                value,
                label_span: scan.span(run.clone()),
                line: number,
                leads: true,
                last_line: number,
            });
        }
        fields.sort_by_key(|f| f.line);
    }
}

fn is_shared(label: Label) -> bool {
    matches!(label, Label::Delivery | Label::OrderDate | Label::Address)
}

/// 'Quantity: ditto', 'Menge: wie oben': 'the same as last time' is another.
fn repeats(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let word = |t: &&crate::reading::text::Token| t.kind == Kind::Word;
    let alone = scan.tokens.get(run.clone()).unwrap_or_default().iter().filter(word).count() == 1;
    let above = |word: &str| {
        words!("idem ditto dito above oben dessus sopra arriba boven hierboven").has(word)
    };
    alone || any(scan, run, above)
}

/// Whether words say that something is as above, and nothing else.
pub(crate) fn points_up(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let known = |word: &str| {
        is_same(word) || is_day(word) || is_place(word) || is_delivery(word) || is_beside(word)
    };
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let plain = tokens.iter().all(|t| match t.kind {
        Kind::Word => known(&t.folded),
        Kind::Digits => false,
        Kind::Mark => t.is_any("()[].,:;-–—*&/'’"),
    });
    plain && !run.is_empty() && run.len() <= 2 * MOST && any(scan, run, is_same)
}

fn any(scan: &Scan<'_>, mut run: Range<usize>, is: fn(&str) -> bool) -> bool {
    run.any(|at| scan.token(at).is_some_and(|t| is(&t.folded)))
}

fn is_same(word: &str) -> bool {
    words!(
        "idem id ditto dito same identical above oben gleich gleiche gleicher gleiches dasselbe dieselbe derselbe selbe selber ebenso identisch \
         dessus meme memes identique identiques sopra stessa stesso stesse stessi identico identica identici igual iguales misma mismo arriba \
         zelfde hetzelfde dezelfde boven hierboven"
    )
    .has(word)
}

fn is_day(word: &str) -> bool {
    words!(
        "date dates day days datum daten tag termin termine liefertermin lieferdatum wunschtermin bestelldatum jour delai data giorno termine fecha dia leverdatum dag"
    )
    .has(word)
}

fn is_place(word: &str) -> bool {
    words!(
        "address addresses adresse adressen anschrift lieferadresse lieferanschrift lieu indirizzo luogo direccion adres afleveradres leveradres place site"
    )
    .has(word)
}

fn is_delivery(word: &str) -> bool {
    words!("delivery deliveries lieferung livraison consegna entrega levering").has(word)
}

/// What stands beside, and says nothing else.
fn is_beside(word: &str) -> bool {
    words!(
        "as see the and is are for to here too also all rest everything else other others details of on \
         wie siehe der die das und ist sind fur hier auch alles rest ubrige ubrigen sonst am an auf gleichen selben demselben derselben \
         comme voir ci le la les l et est sont pour ici aussi tout reste de d a au \
         come vedi il lo i gli e per qui anche tutto resto di \
         como ver el los y para todo resto als zie de het en voor ook alles"
    )
    .has(word)
}

/// Names the blocks that leave their day open where others state one, and nothing holds for all.
pub(crate) fn ask_for_days(draft: &mut Draft) {
    let block = |w: &&crate::reading::draft::Wish| w.form == Form::Block && w.amount.is_some();
    if !draft.deliveries.is_empty()
        || !draft.wishes.iter().filter(block).any(|w| w.delivery.is_some())
    {
        return;
    }
    let open = draft.wishes.iter().filter(block).filter(|w| w.delivery.is_none());
    let problems: Vec<Problem> = open
        .map(|wish| {
            let words = wish.product_words.as_ref().map_or("", |e| e.words.as_str());
            Problem {
                code: ProblemCode::AmbiguousDate,
                message: format!(
                    "Line {}: no delivery date is given for \"{words}\", though there is one for another line.",
                    wish.block
                ),
                words: clip(words, 80),
                block: Some(wish.block),
                field: Some(Part::DeliveryDate),
            }
        })
        .collect();
    draft.problems.extend(problems);
}
