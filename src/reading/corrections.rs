//! A number that the next sentence puts right: 'Sorry, make that 30', 'Correction: 15 A, not 10'.

use super::cues::Cues;
use super::draft::{Amount, Draft, Named};
use super::mentions::{Mention, What, is_filler_before};
use super::stretches::{Stretch, is_amount, is_product};
use super::text::{Kind, Scan, words};

/// Gives the line that a sentence corrects its new quantity; `false` where it corrects none for
/// sure. `before` is the stretch that orders, right before.
pub(super) fn apply(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    before: &Stretch,
    draft: &mut Draft,
) -> bool {
    if !stretch.cues.has(Cues::CORRECTION) || !is_plain(scan, stretch, inside) {
        return false;
    }
    let amounts: Vec<&&Mention> = inside.iter().filter(|m| is_amount(m)).collect();
    let (old, new): (Vec<&Mention>, Vec<&Mention>) =
        amounts.into_iter().copied().partition(|m| is_taken_back(scan, m));
    let ([new], 0..=1) = (new.as_slice(), old.len()) else { return false };
    let products: Vec<&Named> = inside
        .iter()
        .filter_map(|m| match &m.what {
            What::Product(named, _) => Some(named),
            _ => None,
        })
        .collect();
    let was = old.first().and_then(|m| number_of(m));
    if old.len() == 1 && was.is_none() {
        return false;
    }
    let fits: Vec<usize> = draft
        .wishes
        .iter()
        .enumerate()
        .filter(|(_, wish)| was.is_none_or(|was| count(wish.amount) == Some(was)))
        .filter(|(_, wish)| products.iter().all(|named| **named == wish.named))
        .map(|(place, _)| place)
        .collect();
    let [only] = fits.as_slice() else { return false };
    let goes_on = scan.token(before.tokens.end.saturating_sub(1)).map(|t| t.line)
        == scan.token(stretch.tokens.start).map(|t| t.line);
    // Of several lines the last is meant only where the sentence goes on with it.
    let told = was.is_some() || products.len() == 1 || draft.wishes.len() == 1;
    if products.len() > 1 || !(told && (goes_on || draft.wishes.len() == 1 || products.len() == 1))
    {
        return false;
    }
    let What::Amount { amount: Amount::Of { number, unit, content }, each: false, .. } = new.what
    else {
        return false;
    };
    let Some(wish) = draft.wishes.get_mut(*only) else { return false };
    let Some(Amount::Of { unit: own, content: held, .. }) = wish.amount else { return false };
    wish.amount = Some(match unit {
        Some(_) => Amount::Of { number, unit, content },
        None => Amount::Of { number, unit: own, content: held },
    });
    wish.amount_words = scan.span(new.tokens.clone()).map(|s| scan.evidence(s, "prose.correction"));
    true
}

fn count(amount: Option<Amount>) -> Option<rust_decimal::Decimal> {
    match amount {
        Some(Amount::Of { number, .. }) => number.plain(),
        _ => None,
    }
}

fn number_of(mention: &Mention) -> Option<rust_decimal::Decimal> {
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
    .any(|words| near == *words || near.ends_with(&format!(" {words}")))
}

/// Whether a sentence holds nothing but the correction: no date, no question, no other word.
fn is_plain(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> bool {
    if stretch.question || inside.iter().any(|m| !is_amount(m) && !is_product(m)) {
        return false;
    }
    let mentioned = |at: usize| inside.iter().any(|m| m.tokens.contains(&at));
    stretch.tokens.clone().filter(|at| !mentioned(*at)).all(|at| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Mark && !t.is('?')
                || is_filler_before(&t.folded)
                || words!(
                    "sorry oops correction please pls make made that it this instead rather than not no wait \
                     i we mean meant actually should be is are need needed want it's us send better of \
                     korrektur korrigiere korrigieren entschuldigung entschuldigen verzeihung pardon bitte sie ich wir \
                     meinte meinten statt anstatt anstelle nicht sondern es mussen sollen sollten sein sind nein \
                     doch lieber besser gesagt stattdessen brauchen benotigen uns \
                     je corrige nous corrigeons rectification voulais voulions dire au lieu pas non et plutot \
                     disons il en faut faudrait svp excusez excusez-moi moi c est oups \
                     mi correggo correggiamo correzione rettifica rettifico scusate scusi volevo volevamo dire anzi \
                     invece anziche al posto ne servono sono devono essere e ho sbagliato per favore prego \
                     perdon quiero decir en vez lugar niet in plaats van moet moeten zijn"
                )
                .has(&t.folded)
        })
    })
}
