//! A sentence behind the order of one product that parts it over several days: 'Please send 200 A. We need
//! 100 on 4 November and the other 100 on 18 November.'

use super::instalments::{
    self, Part, Whole, even_parts_behind, parts_of, says_nothing, says_or, skip_lead,
};
use super::mentions::Mention;
use crate::reading::draft::{Amount, Wish};
use crate::reading::text::stretches::{Stretch, is_amount, is_product};
use crate::reading::text::units::Unit;
use crate::reading::text::{Scan, words};

/// Parts the one wish before a sentence that names no goods, where its parts come to the whole; whether it
/// did.
pub(crate) fn part_before(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    ordered: &mut Vec<Wish>,
) -> bool {
    let [only] = ordered.as_slice() else { return false };
    let Some(amount) = only.amount else { return false };
    let open = only.delivery.is_none() && !stretch.question && !says_or(scan, stretch);
    let days = inside.iter().filter(|m| instalments::is_date(m)).count();
    if !open || days < 2 || inside.iter().any(|m| is_product(m)) {
        return false;
    }
    let whole = Whole { amount, words: only.amount_words.clone() };
    let start = stretch.tokens.start;
    let led = skip_lead(scan, start);
    let parts = even_parts_behind(scan, stretch, inside, start, &whole)
        .or_else(|| told(scan, stretch, inside, led, &whole));
    let Some(parts) = parts else { return false };
    *ordered = instalments::wishes(only, parts);
    true
}

/// Parts that each say how many they are, or that they are the rest.
fn told(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    led: usize,
    whole: &Whole,
) -> Option<Vec<Part>> {
    let (first, last) = (inside.first()?, inside.last()?);
    // 'Another 100 on 3 May' comes beside the whole.
    let more = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("another further more additional other others weitere weiteren nochmals noch zusatzlich autres autre encore altri altre ancora otros otras andere nog")
                .has(&t.folded)
        })
    };
    let lots = instalments::told_lots(scan, stretch);
    let edges = !(led..=first.tokens.start).any(more)
        && says_nothing(scan, led..first.tokens.start, None)
        && says_nothing(scan, last.tokens.end..stretch.tokens.end, None)
        && inside.iter().any(|m| is_amount(m));
    let parts = parts_of(scan, inside, Some(whole), None).filter(|_| edges)?;
    // 'Two boxes. 1 on 4 November' counts boxes, too: what is left out is as before.
    let unit = match whole.amount {
        Amount::Of { unit, .. } => unit,
        Amount::Bad => return None,
    };
    let pieces = |own: Unit| own == unit.unwrap_or(Unit::Pieces(1));
    let same = parts.iter().all(|part| part.unit().is_none_or(pieces));
    let parts: Vec<Part> = parts.into_iter().map(|part| part.counted_in(whole.amount)).collect();
    let sum = instalments::total(&parts)?;
    let sound = same && Some(sum) == whole.number() && lots.is_none_or(|n| n == parts.len());
    sound.then_some(parts)
}
