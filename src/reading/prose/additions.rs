//! Goods that a sentence adds to those of a form: 'P.S. Please add 2 pcs PB-55-T, same delivery date'.

use super::Prose;
use crate::reading::draft::{Dated, Draft, Named, Wish};
use crate::reading::sentences::cues::Cues;
use crate::reading::text::Scan;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::stretches::sentence_ends;

/// What adds.
static ADDS: Phrases = Phrases::whole(&[
    "please add",
    "please also add",
    "please also send",
    "also please",
    "add to this order",
    "bitte auch noch",
    "bitte noch",
    "bitte auch",
    "bitte zusatzlich",
    "dazu bitte noch",
    "veuillez ajouter",
    "merci d ' ajouter",
    "ajoutez s ' il vous plait",
    "ajoutez svp",
    "aggiungete anche",
    "aggiungete per favore",
    "si prega di aggiungere",
    "agreguen por favor",
    "por favor anadan",
    "graag ook",
]);

/// For the day of the other lines.
static SAME_DAY: Phrases = Phrases::whole(&[
    "same delivery date",
    "same date",
    "same day",
    "same delivery",
    "gleicher termin",
    "gleichen termin",
    "gleicher liefertermin",
    "gleiches datum",
    "gleiche lieferung",
    "selben termin",
    "denselben termin",
    "demselben termin",
    "meme date",
    "meme delai",
    "meme livraison",
    "stessa data",
    "stessa consegna",
    "misma fecha",
    "zelfde datum",
    "zelfde leverdatum",
]);

/// Whether words ask for the day of the other lines.
pub(crate) fn says_same_day(scan: &Scan<'_>, run: &std::ops::Range<usize>) -> bool {
    SAME_DAY.are_in(&scan.padded(run.clone()))
}

/// Adds a wish of a sentence to those of a form, if the sentence asks for just that and says for
/// when.
pub(crate) fn take(scan: &Scan<'_>, draft: &mut Draft, wish: &Wish, prose: &Prose) -> bool {
    let known = draft.wishes.iter().any(|other| other.named == wish.named);
    let doubtful =
        prose.cues.has(Cues::CORRECTION.and(Cues::CANCEL).and(Cues::CHANGE).and(Cues::UNSURE));
    if known || doubtful || !matches!(wish.named, Named::One(_)) || wish.amount.is_none() {
        return false;
    }
    let said = sentence(scan, wish);
    let same = || SAME_DAY.are_in(&said).then(|| common(draft)).flatten();
    let Some(delivery) = wish.delivery.clone().or_else(same).filter(|_| ADDS.are_in(&said)) else {
        return false;
    };
    let block = u32::try_from(draft.wishes.len() + 1).unwrap_or(u32::MAX);
    draft.wishes.push(Wish { block, delivery: Some(delivery), ..wish.clone() });
    true
}

/// The one day of all lines.
fn common(draft: &Draft) -> Option<Dated> {
    let first = draft.wishes.first()?.delivery.clone()?;
    let alike = |wish: &Wish| wish.delivery.as_ref().is_some_and(|day| day.when == first.when);
    draft.wishes.iter().all(alike).then_some(first)
}

/// The folded words of the sentence in which a wish stands.
fn sentence(scan: &Scan<'_>, wish: &Wish) -> String {
    let Some(words) = &wish.product_words else { return String::new() };
    let at = scan.tokens.partition_point(|t| t.span.start < words.start);
    let from = (0..at).rev().find(|before| sentence_ends(scan, *before)).map_or(0, |end| end + 1);
    let to = (at..scan.tokens.len()).find(|end| sentence_ends(scan, *end));
    scan.padded(from..to.unwrap_or(scan.tokens.len()))
}
