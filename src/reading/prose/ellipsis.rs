//! Products that are named by what tells them from the one before: '10 heat sinks 100 mm and 5 of
//! the 200 mm', 'von den Steckerplatten 20 Stück 48-polig und 10 Stück 96-polig'.

use std::ops::Range;

use super::amounts;
use super::mentions::{Mention, What, is_filler_before, within};
use crate::reading::draft::{Desk, Named};
use crate::reading::forms::values::BY_PART;
use crate::reading::text::{Kind, Scan, words};

/// How far back the product is that words leave out.
const REACH: usize = 40;

/// Names products by the words behind amounts, where the product before them and these words leave
/// one only. `found` are the products so far, in the order of the text.
pub(crate) fn find(scan: &Scan<'_>, taken: &mut [bool], found: &mut Vec<Mention>, desk: &Desk<'_>) {
    found.sort_by_key(|m| m.tokens.start);
    let mut heads: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        if let Some((run, named)) = before_amount(scan, at, taken, found, desk) {
            super::mentions::take(taken, run.clone());
            at = run.end;
            let place = found.partition_point(|m| m.tokens.start < run.start);
            found.insert(place, Mention { what: What::Product(named, BY_PART), tokens: run });
            continue;
        }
        let hit =
            (taken.get(at) == Some(&false)).then(|| amounts::amount_at(scan, at, desk)).flatten();
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        let end = hit.end.max(at + 1);
        if let Some((head, run, named)) = left_out(scan, end, taken, found, desk) {
            heads.push(head);
            for flag in taken.iter_mut().take(run.end).skip(run.start) {
                *flag = true;
            }
            at = run.end;
            let place = found.partition_point(|m| m.tokens.start < run.start);
            match found.get_mut(place).filter(|m| m.tokens.start < run.end) {
                Some(partial) => {
                    *partial = Mention { what: What::Product(named, BY_PART), tokens: run };
                }
                None => found
                    .insert(place, Mention { what: What::Product(named, BY_PART), tokens: run }),
            }
        } else {
            at = end;
        }
    }
    // What only heads its kinds is ordered by them.
    let heads: Vec<Range<usize>> = heads
        .into_iter()
        .filter_map(|start| {
            let head = self::at(found, start)?;
            matches!(head.what, What::Product(Named::Several(_), _)).then(|| head.tokens.clone())
        })
        .collect();
    found.retain(|m| !heads.contains(&m.tokens));
}

/// The product that words behind an amount name together with a product before; with the first
/// token of that product, and the words.
fn left_out(
    scan: &Scan<'_>,
    from: usize,
    taken: &[bool],
    found: &[Mention],
    desk: &Desk<'_>,
) -> Option<(usize, Range<usize>, Named)> {
    let mut start = from;
    while scan.token(start).is_some_and(|t| {
        (is_filler_before(&t.folded)
            || words!("in mit with en da ones those denen dem d typ modell ausfuhrung")
                .has(&t.folded))
            && taken.get(start) == Some(&false)
    }) && start < from + 4
    {
        start += 1;
    }
    let names = &desk.catalog.index().names;
    if let Some(plain) = plain_kind(scan, from, start, taken, found, desk) {
        return Some(plain);
    }
    let (told, end) = told_at(scan, start, taken, found, desk)?;
    let near = |end: usize| from - end <= REACH && !blank_between(scan, end, from);
    let before = found.partition_point(|m| m.tokens.start < from);
    let before = found.get(..before).unwrap_or_default().iter().rev().take(REACH);
    let head = before.filter(|m| m.tokens.end <= from).find(|m| near(m.tokens.end));
    let only = |named: &Named| match names.told_apart(named, &told).as_slice() {
        [only] => Some(Named::One(*only)),
        _ => None,
    };
    if let Some(head) = head
        && let What::Product(named, _) = &head.what
        && let Some(one) = only(named)
    {
        return Some((head.tokens.start, start..end, one));
    }
    // 'Von den Steckerplatten 20 Stück 48-polig': one word that was too little to name a product.
    let before = head.map_or(0, |head| head.tokens.end).max(from.saturating_sub(REACH));
    let heads = names.find(scan, before..from);
    let kind = heads.iter().rev().find(|hit| !hit.full && near(hit.tokens.end))?;
    let one = only(&Named::Several(kind.products.clone()))?;
    Some((kind.tokens.start, start..end, one))
}

/// 'Vom Werkzeuggriff klassisch 25 und vom ergonomischen 15 Stück': the words stand before the amount.
fn before_amount(
    scan: &Scan<'_>,
    at: usize,
    taken: &[bool],
    found: &[Mention],
    desk: &Desk<'_>,
) -> Option<(Range<usize>, Named)> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let joins = words!("and und et e ed y en sowie ,").has(word(at));
    let mut start = at + 1;
    while words!("of the von vom den der die das du des de la les dei delle del i gli ones")
        .has(word(start))
    {
        start += 1;
    }
    let names = &desk.catalog.index().names;
    let free = |at: usize| taken.get(at) == Some(&false);
    let mut end = start;
    let mut told = Vec::new();
    while let Some(token) = scan.token(end).filter(|_| free(end) && end < start + 4) {
        let stems = names.stems(token);
        if token.kind != Kind::Word || stems.is_empty() {
            break;
        }
        told.extend(stems);
        end += 1;
    }
    let counted = free(end) && amounts::amount_at(scan, end, desk).is_some_and(|hit| hit.end > end);
    if !joins || told.is_empty() || start > at + 4 || !counted {
        return None;
    }
    let before = found.partition_point(|m| m.tokens.start < at);
    let head = found.get(..before)?.iter().rev().find(|m| m.tokens.end <= at)?;
    let near = at - head.tokens.end <= REACH / 2 && !blank_between(scan, head.tokens.end, at);
    match names.told_apart(&head_of(head).filter(|_| near)?, &told).as_slice() {
        [only] => Some((start..end, Named::One(*only))),
        _ => None,
    }
}

fn head_of(mention: &Mention) -> Option<Named> {
    match &mention.what {
        What::Product(named @ Named::One(_), _) => Some(named.clone()),
        _ => None,
    }
}

/// '5 smooth, 20 plain': the kind whose name has no such word.
fn plain_kind(
    scan: &Scan<'_>,
    from: usize,
    at: usize,
    taken: &[bool],
    found: &[Mention],
    desk: &Desk<'_>,
) -> Option<(usize, Range<usize>, Named)> {
    let token = scan.token(at).filter(|t| crate::reading::names::kin::is_plain_kind(&t.folded))?;
    let ends = scan.token(at + 1).is_none_or(|t| {
        t.line != token.line
            || t.kind == Kind::Mark && !t.is('-')
            || words!("one ones and und et e ed by for please bitte").has(&t.folded)
    });
    if !ends || taken.get(at) != Some(&false) {
        return None;
    }
    let before = found.partition_point(|m| m.tokens.start < from);
    let head = found.get(..before)?.iter().rev().find(|m| m.tokens.end <= from)?;
    let near = from - head.tokens.end <= REACH && !blank_between(scan, head.tokens.end, from);
    let What::Product(Named::One(place), _) = head.what else { return None };
    let plain = desk.catalog.index().names.plainer(place).filter(|_| near)?;
    Some((head.tokens.start, at..at + 1, Named::One(plain)))
}

/// The words of names that begin at a token and have no other word behind them, and their end.
fn told_at(
    scan: &Scan<'_>,
    start: usize,
    taken: &[bool],
    found: &[Mention],
    desk: &Desk<'_>,
) -> Option<(Vec<u32>, usize)> {
    let names = &desk.catalog.index().names;
    let line = scan.token(start)?.line;
    let partial = at(found, start);
    let partly = |m: &Mention| matches!(m.what, What::Product(Named::Several(_), _));
    if partial.is_some_and(|m| !partly(m)) {
        return None;
    }
    let mut end = start;
    let mut told = Vec::new();
    while let Some(token) = scan.token(end).filter(|t| t.line == line && end < start + 6) {
        let free =
            taken.get(end) == Some(&false) || partial.is_some_and(|m| m.tokens.contains(&end));
        let stems = names.stems(token);
        if !free || stems.is_empty() && !(token.is_any("-/'’") && token.glued) {
            break;
        }
        told.extend(stems);
        end += 1;
    }
    // '25 of the ergonomic one'
    if scan.token(end).is_some_and(|t| words!("one ones").has(&t.folded)) && !told.is_empty() {
        return Some((told, end + 1));
    }
    // A word that goes on is one that no name has.
    let goes_on = scan.token(end).is_some_and(|t| {
        t.line == line
            && t.kind != Kind::Mark
            && !crate::reading::text::lang::is_common(&t.folded)
            && !crate::reading::names::neighbours::is_small_word(&t.folded)
    });
    (!told.is_empty() && !goes_on).then_some((told, end))
}

/// 'Gearbox housings left and right', 'Torriegel links und rechts', 'brackets short, long and
/// angled': each is one more product.
pub(crate) fn pairs(
    scan: &Scan<'_>,
    taken: &mut [bool],
    found: &mut Vec<Mention>,
    desk: &Desk<'_>,
) {
    let mut more = Vec::new();
    for mention in found.iter() {
        let What::Product(Named::One(place), _) = mention.what else { continue };
        let mut end = mention.tokens.end;
        // The 'A' of '7/A' is too small a word for a name.
        while scan
            .token(end)
            .is_some_and(|t| t.glued && (t.is_any("/-") || t.is_alnum() && t.folded.len() == 1))
        {
            end += 1;
        }
        more.extend(series(scan, end, place, taken, found, desk));
    }
    for mention in more {
        found.retain(|m| m.tokens.start != mention.tokens.start);
        for flag in taken.iter_mut().take(mention.tokens.end).skip(mention.tokens.start) {
            *flag = true;
        }
        found.push(mention);
    }
}

/// What follows a product by the words that tell it apart; commas only before a last 'and'.
fn series(
    scan: &Scan<'_>,
    from: usize,
    place: u32,
    taken: &[bool],
    found: &[Mention],
    desk: &Desk<'_>,
) -> Vec<Mention> {
    let mut more = Vec::new();
    let mut end = from;
    loop {
        let comma = scan.token(end).is_some_and(|t| t.is(','));
        let joint = scan.token(end).is_some_and(|t| {
            t.is_any("&+/") || words!("and und et e ed y en sowie").has(&t.folded)
        });
        if !(joint || comma) || taken.get(end) != Some(&false) {
            return Vec::new();
        }
        let Some((told, to)) = told_at(scan, end + 1, taken, found, desk) else {
            return Vec::new();
        };
        let counted = crate::reading::text::units::unit_at(scan, to).is_some();
        let kin = desk.catalog.index().names.told_apart(&Named::One(place), &told);
        let ([only], false) = (kin.as_slice(), counted) else { return Vec::new() };
        let what = What::Product(Named::One(*only), BY_PART);
        more.push(Mention { what, tokens: end + 1..to });
        if joint {
            return more;
        }
        end = to;
    }
}

/// 'Four left and two right gearbox housings': what counts first leaves its noun to the second.
pub(crate) fn heads_behind(
    scan: &Scan<'_>,
    taken: &mut [bool],
    found: &mut Vec<Mention>,
    desk: &Desk<'_>,
) {
    for place in 0..found.len() {
        let Some(head) = found.get(place) else { continue };
        let Some((run, named)) = before_head(scan, head, found, taken, desk) else { continue };
        super::mentions::take(taken, run.clone());
        found.retain(|m| m.tokens.start < run.start || m.tokens.start >= run.end);
        found.push(Mention { what: What::Product(named, BY_PART), tokens: run });
        found.sort_by_key(|m| m.tokens.start);
    }
}

/// The words between an amount and 'and 2 right gearbox housings', and what they name.
fn before_head(
    scan: &Scan<'_>,
    head: &Mention,
    found: &[Mention],
    taken: &[bool],
    desk: &Desk<'_>,
) -> Option<(Range<usize>, Named)> {
    let What::Product(Named::One(place), _) = head.what else { return None };
    let names = &desk.catalog.index().names;
    let joint = (head.tokens.start.saturating_sub(5)..head.tokens.start).rev().find(|at| {
        scan.token(*at).is_some_and(|t| words!("and und et e ed y en sowie plus").has(&t.folded))
    })?;
    let counts = amounts::amount_at(scan, joint + 1, desk)?;
    if counts.end != head.tokens.start {
        return None;
    }
    let partly = |at: usize| {
        found.iter().filter(|m| m.tokens.contains(&at)).all(|m| {
            matches!(m.what, What::Product(Named::Several(_), _) | What::Product(_, BY_PART))
                && m.tokens.end <= joint
        })
    };
    let mut start = joint;
    let mut told = Vec::new();
    while let Some(at) = start.checked_sub(1).filter(|at| joint - at <= 4) {
        let stems = names.words_at(scan, at);
        let small =
            scan.token(at).is_some_and(|t| t.is('-') || words!("hand handed").has(&t.folded));
        let free = taken.get(at) == Some(&false) || found.iter().any(|m| m.tokens.contains(&at));
        if stems.is_empty() && !small || !free || !partly(at) {
            break;
        }
        told.extend(stems);
        start = at;
    }
    let counted = (start.saturating_sub(5)..start)
        .any(|at| amounts::amount_at(scan, at, desk).is_some_and(|hit| hit.end == start));
    if told.is_empty() || !counted {
        return None;
    }
    match names.told_apart(&Named::One(place), &told).as_slice() {
        [only] => Some((start..joint, Named::One(*only))),
        _ => None,
    }
}

/// The mention that begins at a token.
fn at(found: &[Mention], start: usize) -> Option<&Mention> {
    within(found, &(start..start + 1)).first()
}

fn blank_between(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let line = |at: usize| scan.token(at).map_or(0, |t| t.line);
    (line(from.saturating_sub(1))..line(to))
        .any(|l| scan.lines.get(l).is_some_and(crate::reading::text::TextLine::is_blank))
}
