//! Goods that we do not make, by their names, in a list beside goods that we do: '20 x O-ring 12 mm'.
//! The customer is told so, and the rest of the list stands.

use crate::reading::draft::{Amount, Desk, Form, Named, Wish};
use crate::reading::prose::amounts;
use crate::reading::prose::mentions::{Mention, What, is_filler_before, within};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::text::stretches::{Stretch, is_amount, is_bare_row, row};
use crate::reading::text::{Kind, Scan, Token, words};

/// Most words of such a name.
const MOST_WORDS: usize = 8;

/// Most lines of such goods.
const MOST_LINES: usize = 20;

/// The wish of a row that orders what we do not make; `None` where it may be something of ours, or
/// no goods at all.
pub(crate) fn read(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    found: &[Mention],
    desk: &Desk<'_>,
    block: u32,
) -> Option<Wish> {
    let first = inside.first()?;
    let What::Amount { amount: amount @ Amount::Of { .. }, each: false, .. } = first.what else {
        return None;
    };
    // What follows can only be its size, or a code of the like.
    if !inside.iter().all(|m| is_amount(m) || is_unknown(m)) || stretch.question {
        return None;
    }
    let line = scan.token(first.tokens.start)?.line;
    let tokens = scan.lines.get(line)?.tokens.clone();
    let whole = crate::reading::forms::fields::behind_bullet(scan, line) == first.tokens.start
        && stretch.tokens.end >= tokens.end;
    let beside = [line.checked_sub(1), Some(line + 1)];
    let listed = beside.into_iter().flatten().any(|near| row(scan, near, found));
    let harmless = Cues::ORDER.and(Cues::DELIVERY);
    if !whole || !listed || stretch.cues.without(harmless) != Cues::default() {
        return None;
    }
    let name = name_behind(scan, first, inside, tokens.end, desk)?;
    let mut wish = Wish::new(block, Form::Prose);
    wish.named = Named::Unknown;
    wish.amount = Some(amount);
    wish.amount_words =
        scan.span(first.tokens.clone()).map(|span| scan.evidence(span, "prose.quantity"));
    wish.product_words = scan.span(name).map(|span| scan.evidence(span, "prose.product"));
    Some(wish)
}

/// A code that is none of ours.
fn is_unknown(mention: &Mention) -> bool {
    matches!(mention.what, What::Product(Named::Unknown, _))
}

/// The name behind an amount, up to the end of its line, where it can only be one.
fn name_behind(
    scan: &Scan<'_>,
    first: &Mention,
    inside: &[&Mention],
    end: usize,
    desk: &Desk<'_>,
) -> Option<std::ops::Range<usize>> {
    let mut start = first.tokens.end;
    while scan.token(start).is_some_and(|t| is_filler_before(&t.folded)) && start < end {
        start += 1;
    }
    let name = scan.tokens.get(start..end)?;
    let words = name.iter().filter(|t| t.kind == Kind::Word).count();
    // '20 pieces per carton' says how they are packed.
    if name.first().is_some_and(|t| words!("per pro par").has(&t.folded)) {
        return None;
    }
    let noun = name.iter().filter(|t| t.is_alnum()).take(2).any(|t| {
        t.kind == Kind::Word
            && t.folded.chars().count() >= 3
            && !crate::reading::text::lang::is_common(&t.folded)
            && !super::neighbours::is_small_word(&t.folded)
    });
    let sizes = |at: usize| inside.iter().skip(1).any(|m| m.tokens.contains(&at));
    let plain = (start..end)
        .filter(|at| !sizes(*at))
        .all(|at| scan.token(at).is_none_or(|t| is_of_name(scan, t, desk)));
    let sized = inside.iter().skip(1).all(|m| is_unknown(m) || is_size(scan, m, desk));
    (noun && words <= MOST_WORDS && plain && sized).then_some(start..end)
}

/// Whether a line begins at a token that is one of these, or stands below one.
pub(crate) fn part(scan: &Scan<'_>, at: usize, lines: &[usize]) -> bool {
    let before = at.checked_sub(1).and_then(|at| scan.token(at));
    let (Some(token), Some(before)) = (scan.token(at), before) else { return false };
    token.line != before.line && (lines.contains(&token.line) || lines.contains(&before.line))
}

/// Lines of such goods right above or below a row with nothing but goods of ours: '20 drive belts'
/// below '40 valve covers 12'. They go on with no sentence.
pub(crate) fn lines(scan: &Scan<'_>, found: &[Mention], desk: &Desk<'_>) -> Vec<usize> {
    let mentions = |line: usize| {
        let tokens = scan.lines.get(line).map_or(0..0, |l| l.tokens.clone());
        (within(found, &tokens), tokens)
    };
    // Both lists begin with what they count.
    let leads = |line: usize| {
        let (inside, _) = mentions(line);
        inside.first().filter(|m| {
            m.tokens.start == crate::reading::forms::fields::behind_bullet(scan, line)
                && matches!(m.what, What::Amount { amount: Amount::Of { .. }, each: false, .. })
        })
    };
    let bare = |line: usize| leads(line).is_some() && is_bare_row(scan, line, found);
    (0..scan.lines.len())
        .filter(|line| {
            let (inside, tokens) = mentions(*line);
            let beside = line.checked_sub(1).is_some_and(bare) || bare(*line + 1);
            let inside: Vec<&Mention> = inside.iter().collect();
            leads(*line)
                .filter(|_| beside && inside.iter().all(|m| is_amount(m) || is_unknown(m)))
                .and_then(|first| name_behind(scan, first, &inside, tokens.end, desk))
                .is_some()
        })
        .take(MOST_LINES)
        .collect()
}

/// A word of a name that is none of ours, nor like one, and speaks of no other line.
fn is_of_name(scan: &Scan<'_>, token: &Token, desk: &Desk<'_>) -> bool {
    if token.kind != Kind::Word {
        return !token.is_any("?!;:@€$£");
    }
    let names = &desk.catalog.index().names;
    let speaks = words!(
        "same ditto idem dito gleiche gleichen selbe selben dasselbe meme memes stesso stessa stessi \
         ones those these them davon dazu more mehr further weitere weiteren other others andere \
         anderen autre autres altri altre each not nicht pas non if only nur or oder ou oppure \
         again extra spare spares reserve ersatz gratis free kostenlos gratuit gratuits sample samples muster echantillon \
         echantillons campione campioni muestra muestras monster monsters back zuruck above below oben unten total chf eur usd gbp"
    )
    .has(&token.folded);
    let sense = cues::of(&token.folded).without(Cues::ORDER.and(Cues::DELIVERY));
    !speaks
        && sense == Cues::default()
        && !names.knows(token)
        && !names.resembles(&token.folded)
        && crate::reading::dates::weekday_at(
            scan,
            scan.tokens.partition_point(|t| t.span.start < token.span.start),
        )
        .is_none()
}

/// '12 mm', '2 m': a measure within the name, not one more amount of goods.
fn is_size(scan: &Scan<'_>, mention: &Mention, desk: &Desk<'_>) -> bool {
    let hit = amounts::amount_at(scan, mention.tokens.start, desk);
    hit.is_some_and(|hit| {
        matches!(
            hit.amount,
            Amount::Of {
                unit: None | Some(crate::reading::text::units::Unit::Length(_)),
                content: None,
                ..
            }
        )
    })
}
