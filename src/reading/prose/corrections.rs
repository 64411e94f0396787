//! A number that the next sentence puts right: 'Sorry, make that 30', 'Correction: 15 A, not 10'.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::mentions::{Mention, What, is_filler_before};
use crate::reading::draft::{Amount, Desk, Draft, Named, Wish};
use crate::reading::forms::labels::Label;
use crate::reading::forms::values;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::perils::{self, Sentence};
use crate::reading::text::stretches::{Stretch, is_amount, is_product};
use crate::reading::text::{Kind, Scan, ends_in, words};

/// Gives the line that a sentence corrects its new quantity; `false` where it corrects none for
/// sure. `before` is the stretch that orders, right before.
pub(crate) fn apply(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    before: &Stretch,
    draft: &mut Draft,
) -> bool {
    if !stretch.cues.has(Cues::CORRECTION) || stretch.question {
        return false;
    }
    let run = stretch.tokens.start..reason(scan, stretch, inside).unwrap_or(stretch.tokens.end);
    let within = |m: &&&Mention| m.tokens.start < run.end;
    let inside: Vec<&Mention> = inside.iter().filter(within).copied().collect();
    let inside = inside.as_slice();
    if !is_plain(scan, run, inside, false) {
        return false;
    }
    let Some(Correction { new, was, products }) = Correction::of(scan, inside) else {
        return false;
    };
    let fits = fitting(&draft.wishes, was, &products);
    let [only] = fits.as_slice() else { return false };
    let goes_on = scan.token(before.tokens.end.saturating_sub(1)).map(|t| t.line)
        == scan.token(stretch.tokens.start).map(|t| t.line);
    // Of several lines the last is meant only where the sentence goes on with it.
    let told = was.is_some() || products.len() == 1 || draft.wishes.len() == 1;
    if products.len() > 1 || !(told && (goes_on || draft.wishes.len() == 1 || products.len() == 1))
    {
        return false;
    }
    draft.wishes.get_mut(*only).is_some_and(|wish| put_right(scan, wish, new))
}

/// Gives the line of a form that a sentence beside it corrects its new quantity: 'PS: please make
/// it 350 knobs instead of the 200 above'. The sentence must name the product.
pub(crate) fn of_form(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    formal: &mut [Wish],
    desk: &Desk<'_>,
) -> bool {
    if formal.is_empty() || !inside.iter().any(|m| is_amount(m)) {
        return false;
    }
    let from = clause_of(scan, stretch, inside);
    let before = cues::of(&scan.folded(stretch.tokens.start..from));
    let excuse = Cues::CORRECTION.and(Cues::ORDER).and(Cues::DELIVERY);
    let run = from..rest_begins(scan, stretch, inside).unwrap_or(stretch.tokens.end);
    let told = scan.folded(stretch.tokens.start..from);
    if before.without(excuse) != Cues::default()
        || perils::has(Sentence { folded: &told, lang: desk.lang, priced: false, goods: false })
        || stretch.question
        || !is_plain(scan, run, inside, true)
    {
        return false;
    }
    let (numbered, inside) = by_number(scan, inside, desk);
    let inside = inside.as_slice();
    let Some(Correction { new, was, mut products }) = Correction::of(scan, inside) else {
        return false;
    };
    products.extend(&numbered);
    let fits = fitting(formal, was, &products);
    // Without the old number it may be one more wish.
    match (products.as_slice(), fits.as_slice()) {
        ([Named::One(_)], [only]) if was.is_some() => {
            formal.get_mut(*only).is_some_and(|wish| put_right(scan, wish, new))
        }
        _ => false,
    }
}

/// 'Product 17': a product by its number, and what else a sentence mentions.
fn by_number<'m>(
    scan: &Scan<'_>,
    inside: &[&'m Mention],
    desk: &Desk<'_>,
) -> (Option<Named>, Vec<&'m Mention>) {
    let led = |m: &Mention| {
        let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
        let at = m.tokens.start;
        let number = words!("id no nr number numero nummer");
        let at = if number.has(word(at.wrapping_sub(1))) { at - 1 } else { at };
        words!("product produkt produit prodotto producto artikel article articolo articulo")
            .has(word(at.wrapping_sub(1)))
    };
    let (numbers, rest): (Vec<&Mention>, Vec<&Mention>) =
        inside.iter().copied().partition(|m| is_amount(m) && m.tokens.len() == 1 && led(m));
    match numbers.as_slice() {
        [one] => match values::product(scan, one.tokens.clone(), Label::Product, desk).0 {
            named @ Named::One(_) => (Some(named), rest),
            _ => (None, inside.to_vec()),
        },
        _ => (None, inside.to_vec()),
    }
}

/// Where 'I have just been told that we scrapped five' begins behind a correction: why it is one.
/// It wishes nothing.
fn reason(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Option<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let first = inside.iter().find(|m| is_amount(m))?.tokens.end;
    let at = (first..stretch.tokens.end).find(|at| scan.token(*at).is_some_and(|t| t.is(',')))?;
    let who = words!("i we ich wir je j nous mi ci io");
    let past = words!(
        "have had was were just ve forgot misread miscounted habe hatte haben hatten war viens venons avais avions ai avons ho avevo abbiamo avevamo"
    );
    let told = who.has(word(at + 1)) && (at + 2..at + 5).any(|at| past.has(word(at)))
        || past.has(word(at + 1));
    let wishes = (at + 1..stretch.tokens.end).any(|at| {
        words!(
            "need needs want also plus more too add another extra keep and brauchen brauche auch noch dazu und aussi encore plus et anche ancora e \
             order ordered bestellt commande ordinato"
        )
        .has(word(at))
    });
    let bare = |m: &&Mention| {
        is_amount(m)
            && m.tokens.len() == 1
            && scan.token(m.tokens.start).is_some_and(|t| t.kind == Kind::Word)
    };
    let alone = inside.iter().filter(|m| m.tokens.start > at).all(bare);
    (told && !wishes && alone).then_some(at)
}

/// 'The rest stays as above', 'die CP-96 bleiben': of other lines it changes nothing.
pub(crate) fn leaves_others(scan: &Scan<'_>, run: Range<usize>, inside: &[&Mention]) -> bool {
    leaves_said(scan, &run.collect::<Vec<_>>(), inside)
}

fn leaves_said(scan: &Scan<'_>, said: &[usize], inside: &[&Mention]) -> bool {
    let stays = words!(
        "stay stays remain remains unchanged bleibt bleiben unverandert reste restent inchange inchangee inchanges inchangees resta restano rimane rimangono \
         invariato invariata invariati invariate igual blijft blijven ongewijzigd"
    );
    let small = words!(
        "the other others rest remaining all everything else line lines item items position positions as is are it they same before above ordered listed p s ps \
         der die das den anderen andere ubrigen ubrige alles positionen so wie gehabt bestellt oben gleich le la les autre autres lignes tel quel comme dessus ci sans changement \
         il lo gli altri altre righe come sopra el resto de het overige zoals hierboven"
    );
    let mut told = false;
    let plain = said.iter().all(|at| {
        scan.token(*at).is_some_and(|t| {
            told |= stays.has(&t.folded);
            t.is_any(".,;:!()-\u{2013}")
                || stays.has(&t.folded)
                || small.has(&t.folded)
                || inside.iter().any(|m| is_product(m) && m.tokens.contains(at))
        })
    });
    plain && told
}

/// 'VC-12 stays at 50', 'die 50 VC-12 bleiben': what a line has already.
pub(crate) fn leaves_at(
    scan: &Scan<'_>,
    run: &Range<usize>,
    inside: &[&Mention],
    wishes: &[Wish],
) -> bool {
    let (amounts, rest): (Vec<&Mention>, Vec<&Mention>) =
        inside.iter().copied().partition(|m| is_amount(m));
    let ([amount], [product]) = (amounts.as_slice(), rest.as_slice()) else { return false };
    let What::Product(named, _) = &product.what else { return false };
    let What::Amount { amount: Amount::Of { unit, .. }, .. } = amount.what else { return false };
    let same = fitting(wishes, number_of(amount), &[named]);
    let [only] = same.as_slice() else { return false };
    // '50 boxes' are not 50.
    let counted = wishes.get(*only).is_some_and(|wish| match wish.amount {
        Some(Amount::Of { unit: own, .. }) => unit.is_none() || unit == own,
        _ => false,
    });
    let beside = |at: usize| !amount.tokens.contains(&at);
    let small = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("at on with bei mit auf a avec con de en op met its sein seine quantity menge quantite quantita cantidad aantal").has(&t.folded)
        })
    };
    let said: Vec<usize> = run.clone().filter(|at| beside(*at) && !small(*at)).collect();
    counted && number_of(amount).is_some() && leaves_said(scan, &said, inside)
}

/// Where ', the rest as above' begins behind a correction.
fn rest_begins(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Option<usize> {
    let last = inside.iter().filter(|m| is_amount(m)).map(|m| m.tokens.end).max()?;
    (last..stretch.tokens.end)
        .filter(|at| scan.token(*at).is_some_and(|t| t.is_any(",;-\u{2013}")))
        .find(|at| leaves_others(scan, at + 1..stretch.tokens.end, inside))
}

/// Where the clause with the first mention begins: behind a dash, a colon or a comma.
fn clause_of(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> usize {
    let first = inside.first().map_or(stretch.tokens.start, |m| m.tokens.start);
    (stretch.tokens.start..first)
        .rev()
        .find(|at| scan.token(*at).is_some_and(|t| t.is_any(":,") || t.is_any("-–—") && !t.glued))
        .map_or(stretch.tokens.start, |at| at + 1)
}

/// What a sentence puts right.
struct Correction<'m> {
    new: &'m Mention,
    was: Option<Decimal>,
    products: Vec<&'m Named>,
}

impl<'m> Correction<'m> {
    /// One new amount, and at most one that is taken back.
    fn of(scan: &Scan<'_>, inside: &[&'m Mention]) -> Option<Self> {
        let amounts = inside.iter().copied().filter(|m| is_amount(m));
        let (old, new): (Vec<&Mention>, Vec<&Mention>) =
            amounts.partition(|m| is_taken_back(scan, m));
        let ([new], 0..=1) = (new.as_slice(), old.len()) else { return None };
        if is_year(new) {
            return None;
        }
        let named = inside.iter().filter_map(|m| match &m.what {
            What::Product(named, _) => Some(named),
            _ => None,
        });
        let was = old.first().and_then(|m| number_of(m));
        (old.is_empty() || was.is_some()).then(|| Self { new, was, products: named.collect() })
    }
}

/// 'Sorry, 2026.' corrects a day.
fn is_year(mention: &Mention) -> bool {
    let bare = matches!(mention.what, What::Amount { amount: Amount::Of { unit: None, .. }, .. });
    let number = number_of(mention).and_then(|number| number.to_i64());
    bare && number.is_some_and(|number| (2020..2100).contains(&number))
}

/// The lines that a correction can be meant for.
fn fitting(wishes: &[Wish], was: Option<Decimal>, products: &[&Named]) -> Vec<usize> {
    (0..)
        .zip(wishes)
        .filter(|(_, wish)| was.is_none_or(|was| count(wish.amount) == Some(was)))
        .filter(|(_, wish)| products.iter().all(|named| **named == wish.named))
        .map(|(place, _)| place)
        .collect()
}

fn put_right(scan: &Scan<'_>, wish: &mut Wish, new: &Mention) -> bool {
    let What::Amount { amount: Amount::Of { number, unit, content }, each: false, .. } = new.what
    else {
        return false;
    };
    let Some(Amount::Of { unit: own, content: held, .. }) = wish.amount else { return false };
    wish.amount = Some(match unit {
        Some(_) => Amount::Of { number, unit, content },
        None => Amount::Of { number, unit: own, content: held },
    });
    wish.amount_words = scan.span(new.tokens.clone()).map(|s| scan.evidence(s, "prose.correction"));
    true
}

fn count(amount: Option<Amount>) -> Option<Decimal> {
    match amount {
        Some(Amount::Of { number, .. }) => number.plain(),
        _ => None,
    }
}

fn number_of(mention: &Mention) -> Option<Decimal> {
    match mention.what {
        What::Amount { amount, .. } => count(Some(amount)),
        _ => None,
    }
}

/// 'Instead of 20', 'not 20'.
fn is_taken_back(scan: &Scan<'_>, mention: &Mention) -> bool {
    let start = mention.tokens.start;
    let near = scan.folded(start.saturating_sub(3)..start);
    [
        "instead of",
        "instead of the",
        "rather than",
        "not",
        "statt",
        "anstatt",
        "anstelle von",
        "nicht",
        "statt der",
        "au lieu de",
        "au lieu des",
        "et non",
        "pas",
        "et pas",
        "invece di",
        "anziche",
        "al posto di",
        "e non",
        "non",
        "en vez de",
        "en lugar de",
        "in plaats van",
        "niet",
    ]
    .iter()
    .any(|words| ends_in(&near, words))
}

/// Whether some words hold nothing but a correction: no date, no other word. What the numbers are of
/// is told only beside the old one.
fn is_plain(scan: &Scan<'_>, run: Range<usize>, inside: &[&Mention], form: bool) -> bool {
    if inside.iter().any(|m| !is_amount(m) && !is_product(m)) {
        return false;
    }
    let both = form && inside.iter().filter(|m| is_amount(m)).count() > 1;
    let mentioned = |at: usize| inside.iter().any(|m| m.tokens.contains(&at));
    run.filter(|at| !mentioned(*at)).all(|at| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Mark && !t.is('?')
                || is_filler_before(&t.folded)
                || both && tells_of_number(&t.folded)
                || words!(
                    "bei beim vom von bezuglich concernant concerning regarding ps p s above oben obigen obige dessus ci sopra suddetti for fur pour per line \
                     sorry oops correction please pls make made that it this instead rather than not no wait \
                     i we mean meant actually should be is are need needed want it's us send deliver take increase raise reduce change to have book would like better of \
                     korrektur korrigiere korrigieren entschuldigung entschuldigen verzeihung pardon bitte sie ich wir \
                     meinte meinten wollen nehmen nehmt nehme hatten gerne gern liefern schicken machen mach macht statt anstatt anstelle nicht sondern es mussen sollen sollten sein sind nein \
                     doch lieber besser gesagt stattdessen brauchen benotigen uns \
                     je corrige merci de d mettre passer changer prendre livrer livrez prenez nous corrigeons rectification voulais voulions dire au lieu pas non et plutot \
                     disons il en faut faudrait svp excusez excusez-moi moi c est oups \
                     mi correggo correggiamo correzione rettifica rettifico scusate scusi volevo volevamo dire anzi \
                     invece anziche al posto facciamo mettete mettere mandate inviate prendiamo ci ne servono servono occorrono sono devono essere e ho sbagliato per favore prego \
                     perdon quiero decir en vez lugar niet in plaats van moet moeten zijn"
                )
                .has(&t.folded)
        })
    })
}

fn tells_of_number(word: &str) -> bool {
    words!(
        "the of quantity must product id number article item line menge muss soll produkt artikel nummer die der das la le les quantite produit \
         numero doit doivent etre quantita prodotto deve cantidad producto debe ser hoeveelheid"
    )
    .has(word)
}
