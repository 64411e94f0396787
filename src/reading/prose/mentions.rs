//! What a text mentions: products, amounts, dates; and what only looks like one.

use std::ops::Range;

use rust_decimal::Decimal;

use super::amounts;
use super::counted;
use crate::reading::dates::{self, When};
use crate::reading::draft::{Amount, Desk, Named};
use crate::reading::forms::values::{BY_CODE, BY_NAME, BY_PART};
use crate::reading::names::NameHit;
use crate::reading::names::index::{CodeKind, code_like};
use crate::reading::text::noise::{is_role, noise, roles};
use crate::reading::text::numbers::Number;
use crate::reading::text::units::{self, Unit};
use crate::reading::text::{Kind, Scan, words};

/// What a mention is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A product, with its certainty.
    Product(Named, u8),
    /// An amount; `each` where it counts for every product beside it.
    Amount {
        /// So many.
        amount: Amount,
        /// Has a unit or a multiplication sign.
        marked: bool,
        /// 'je', 'each'.
        each: bool,
    },
    /// A date.
    Date(When),
}

/// A mention with its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// What.
    pub(crate) what: What,
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
}

/// All mentions among the tokens that are free, in the order of the text; and which tokens they, or
/// something that is none, took.
pub(crate) fn find(scan: &Scan<'_>, free: &[bool], desk: &Desk<'_>) -> (Vec<Mention>, Vec<bool>) {
    let mut taken: Vec<bool> = free.iter().map(|f| !f).collect();
    let mut found: Vec<Mention> = Vec::new();
    noise(scan, &mut taken);
    crate::reading::forms::references::take_all(scan, &mut taken, desk);
    super::own_numbers::take_all(scan, &mut taken, desk);
    super::ids::take_all(scan, &mut taken, &mut found, desk);
    codes(scan, &mut taken, &mut found, desk);
    calendar(scan, &mut taken, &mut found, desk);
    crate::reading::dates::same_days::join(scan, &mut taken, &mut found);
    unknown_codes(scan, &mut taken, &mut found, desk);
    crate::reading::tables::strange_rows::take_descriptions(scan, &mut taken, &mut found, desk);
    names(scan, &mut taken, &mut found, desk);
    super::ellipsis::find(scan, &mut taken, &mut found, desk);
    super::ellipsis::pairs(scan, &mut taken, &mut found, desk);
    found.sort_by_key(|m| m.tokens.start);
    super::ellipsis::heads_behind(scan, &mut taken, &mut found, desk);
    crate::reading::names::kin::tell(scan, &mut taken, &mut found, desk);
    crate::reading::names::own_nouns::take_in(scan, &mut taken, &mut found, desk);
    crate::reading::names::own_nouns::take_in_behind(scan, &mut taken, &mut found, desk);
    super::own_numbers::take_in(scan, &mut taken, &mut found);
    super::remarks::take_numbers(scan, &mut taken, &found, desk);
    super::measured_first::find(scan, &mut taken, &mut found);
    roles(scan, &mut taken, &found);
    counted::find(scan, &mut taken, &mut found, desk);
    found.sort_by_key(|m| m.tokens.start);
    found = twice(scan, contents(scan, merge(scan, found, desk)));
    super::by_turns::link(scan, &mut found);
    (found, taken)
}

/// The mentions that begin within a run of tokens, of those of a text in their order.
pub(crate) fn within<'m>(found: &'m [Mention], run: &Range<usize>) -> &'m [Mention] {
    let from = found.partition_point(|m| m.tokens.start < run.start);
    let to = found.partition_point(|m| m.tokens.start < run.end);
    found.get(from..to).unwrap_or_default()
}

/// '12 (twelve) pieces' and 'half a tonne (500 kg)' say it twice, '12 (twenty) pieces' says two things.
fn twice(scan: &Scan<'_>, mut found: Vec<Mention>) -> Vec<Mention> {
    let number = |m: &Mention| match m.what {
        What::Amount { amount: Amount::Of { number, .. }, .. } => number.plain(),
        _ => None,
    };
    let mut again: Vec<usize> = Vec::new();
    for at in 1..found.len() {
        let (Some(one), Some(two)) = (found.get(at - 1), found.get(at)) else { continue };
        let bracket = two.tokens.start == one.tokens.end + 1
            && scan.token(one.tokens.end).is_some_and(|t| t.is('('));
        let bare = matches!(
            one.what,
            What::Amount { amount: Amount::Of { unit: None, .. }, marked: false, .. }
        );
        let (first, second) = (number(one), number(two));
        let closes = scan.token(two.tokens.end).is_some_and(|t| t.is(')'));
        let measured = measure(one).zip(measure(two)).filter(|_| bracket && closes && !bare);
        let other = measured.is_some_and(|(one, two)| one.0 == two.0 && one.1 != two.1);
        if measured.is_some_and(|(first, second)| first == second) {
            let end = two.tokens.end + 1;
            if let Some(one) = found.get_mut(at - 1) {
                one.tokens.end = end;
                settle_thousands(one);
            }
            again.push(at);
            continue;
        }
        if other || bracket && bare && first.is_some() && second.is_some() && first != second {
            for mention in found.iter_mut().skip(at - 1).take(2) {
                if let What::Amount { amount, .. } = &mut mention.what {
                    *amount = Amount::Bad;
                }
            }
        }
    }
    for at in again.into_iter().rev() {
        found.remove(at);
    }
    found
}

/// '1.500 kg (1,5 t)': the bracket tells what the point is.
fn settle_thousands(mention: &mut Mention) {
    if let What::Amount { amount: Amount::Of { number, .. }, .. } = &mut mention.what
        && let Number::Grouped { thousands, .. } = *number
    {
        *number = Number::Plain(thousands);
    }
}

/// What an amount comes to in the smallest unit of its kind: '1 t (1000 kg)' says one weight twice.
fn measure(mention: &Mention) -> Option<(u8, Decimal)> {
    let What::Amount { amount: Amount::Of { number, unit: Some(unit), content: None }, .. } =
        mention.what
    else {
        return None;
    };
    let (kind, own) = match unit {
        Unit::Pieces(own) => (0, u64::from(own)),
        Unit::Weight(own) => (1, own),
        Unit::Length(own) => (2, own),
        Unit::Volume(own) => (3, own),
        _ => return None,
    };
    // 'One tonne (1.000 kg)': a point of thousands, since nothing else would be the same.
    let value = match number {
        Number::Plain(value) => value,
        Number::Grouped { thousands, .. } => thousands,
        Number::Bad => return None,
    };
    Some((kind, value.checked_mul(Decimal::from(own))?.normalize()))
}

/// '2 reels A of 100 m each', '1 bag B (500 pcs)': what stands behind a product that is counted in
/// packages is what one package holds.
fn contents(scan: &Scan<'_>, found: Vec<Mention>) -> Vec<Mention> {
    let mut kept: Vec<Mention> = Vec::new();
    let mut told = 0;
    for mention in found {
        if mention.tokens.start < told {
            continue;
        }
        let held = content_of(scan, &kept, &mention);
        if held.is_some() {
            told = behind_pack(scan, mention.tokens.end).unwrap_or_default();
        }
        let pack = kept.len().checked_sub(2).and_then(|at| kept.get_mut(at));
        match (held, pack) {
            (Some(held), Some(Mention { what: What::Amount { amount, .. }, .. })) => {
                if let Amount::Of { content, .. } = amount {
                    *content = Some(held);
                }
            }
            _ => kept.push(mention),
        }
    }
    kept
}

/// The content that an amount states of the packages before it, if it does.
fn content_of(scan: &Scan<'_>, before: &[Mention], mention: &Mention) -> Option<Decimal> {
    let [.., pack, product] = before else { return None };
    let What::Amount { amount: Amount::Of { number, unit, content: None }, .. } = pack.what else {
        return None;
    };
    let What::Amount { amount: Amount::Of { number: held, unit: of, content: None }, each, .. } =
        mention.what
    else {
        return None;
    };
    let packed = matches!(unit, Some(Unit::Pack(_))) && matches!(product.what, What::Product(..));
    let gap = scan.tokens.get(product.tokens.end..mention.tokens.start)?;
    let joins = gap.iter().all(|t| {
        let same = matches!(unit, Some(Unit::Pack(_))) && units::unit_of(&t.folded) == unit;
        same || t.is_any("(,@-–")
            || words!(
                "zu je a de da of each x par with mit in les des the die ones da le van von per con"
            )
            .has(&t.folded)
    });
    // In brackets alone it may be the sum: only of one package that is the same.
    let told = each
        || gap.iter().any(|t| t.kind == Kind::Word)
        || behind_pack(scan, mention.tokens.end).is_some();
    let one = number.plain() == Some(Decimal::ONE) && !gap.is_empty();
    let base = of.is_none_or(units::is_base);
    (packed && joins && base && (told || one)).then(|| held.plain()).flatten()
}

/// Behind 'per box', '/Karton', 'par sachet', 'a scatola', 'in a box', 'each'.
fn behind_pack(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let token = scan.token(at)?;
    let each = words!("each cadauna cadauno ciascuna ciascuno chacun chacune");
    if each.has(&token.folded) {
        return Some(at + 1);
    }
    let per = words!("per je pro par a in im to the each la le ogni cada dans en por");
    let one = words!(
        "a one each every the einer einem jeder jedem une un chaque una uno ogni een elke cada"
    );
    if !token.is('/') && !per.has(&token.folded) {
        return None;
    }
    let pack = at + 1 + usize::from(scan.token(at + 1).is_some_and(|t| one.has(&t.folded)));
    match units::unit_at(scan, pack) {
        Some((Unit::Pack(_), end)) => Some(end),
        _ => None,
    }
}

pub(crate) fn take(taken: &mut [bool], run: Range<usize>) {
    for flag in taken.iter_mut().take(run.end).skip(run.start) {
        *flag = true;
    }
}

pub(crate) fn is_free(taken: &[bool], run: Range<usize>) -> bool {
    taken.get(run).is_some_and(|flags| !flags.contains(&true))
}

fn codes(scan: &Scan<'_>, taken: &mut [bool], found: &mut Vec<Mention>, desk: &Desk<'_>) {
    let index = desk.catalog.index();
    let mut at = 0;
    while at < scan.tokens.len() {
        let hit = is_free(taken, at..at + 1)
            .then(|| index.code_at(scan, at, desk.domain))
            .flatten()
            .filter(|hit| is_free(taken, at..hit.end))
            .filter(|hit| sure_code(scan, at..hit.end, hit.kind));
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        let named = match hit.products.as_slice() {
            [one] => Named::One(*one),
            _ => Named::Several(hit.products.clone()),
        };
        take(taken, at..hit.end);
        found.push(Mention { what: What::Product(named, BY_CODE), tokens: at..hit.end });
        at = hit.end;
    }
}

/// In running text a code of digits alone must be long and not a postcode, order or phone number;
/// one of letters alone must be in capitals.
fn sure_code(scan: &Scan<'_>, run: Range<usize>, kind: CodeKind) -> bool {
    let words = scan.run(run.clone());
    if words.chars().all(|c| c.is_ascii_digit()) {
        if kind == CodeKind::Barcode && words.len() >= 8 {
            return true;
        }
        let before = run.start.checked_sub(1).and_then(|i| scan.token(i));
        let role = before.is_some_and(|t| is_role(&t.folded) || t.is_any("+#"))
            && !before.is_some_and(|t| {
                matches!(
                    t.folded.as_str(),
                    "article" | "artikel" | "item" | "code" | "nr" | "no" | "articolo"
                )
            });
        let digits_before = before.is_some_and(|t| {
            t.kind == Kind::Digits && t.line == scan.token(run.start).map_or(0, |t| t.line)
        });
        let digits_after = scan.token(run.end).is_some_and(|t| {
            t.kind == Kind::Digits
                && t.line == scan.token(run.start).map_or(0, |t| t.line)
                && !t.gap
        });
        return words.len() >= 4
            && !role
            && !(digits_before && digits_after && !before.is_some_and(|t| t.gap));
    }
    if words.chars().all(|c| c.is_alphabetic() || !c.is_alphanumeric()) {
        let marks = words.chars().any(|c| !c.is_alphanumeric());
        return !words.chars().any(char::is_lowercase) || marks;
    }
    true
}

fn calendar(scan: &Scan<'_>, taken: &mut [bool], found: &mut Vec<Mention>, desk: &Desk<'_>) {
    let mut at = 0;
    while at < scan.tokens.len() {
        let hit = is_free(taken, at..at + 1)
            .then(|| dates::date_at(scan, at, desk.calendar()))
            .flatten()
            .filter(|(_, end)| is_free(taken, at..*end));
        let Some((when, end)) = hit else {
            at += 1;
            continue;
        };
        // Of a range of days neither is the day.
        let joint = |at: usize| {
            scan.token(at).is_some_and(|t| {
                t.is_any("-–")
                    || words!("or to oder bis ou au al o oppure and und et e").has(&t.folded)
            })
        };
        let second = joint(end).then(|| dates::date_at(scan, end + 1, desk.calendar())).flatten();
        let choice = scan.token(end).is_some_and(|t| {
            matches!(t.folded.as_str(), "or" | "oder" | "ou" | "o" | "oppure" | "of")
                || t.is_any("-–")
        }) || scan
            .token(end)
            .is_some_and(|t| matches!(t.folded.as_str(), "to" | "bis" | "au" | "al"));
        let span_of_days = at >= 1
            && scan
                .token(at - 1)
                .is_some_and(|t| words!("between zwischen entre tra fra tussen").has(&t.folded))
            || at >= 2
                && scan.token(at - 2).is_some_and(|t| {
                    words!("between zwischen entre tra fra tussen").has(&t.folded)
                });
        let week = [
            "week of",
            "week of the",
            "week commencing",
            "week beginning",
            "w / c",
            "woche vom",
            "woche des",
            "woche ab",
            "semaine du",
            "settimana del",
            "settimana dal",
            "semana del",
            "week van",
        ];
        let near = scan.folded(at.saturating_sub(3)..at);
        let when = if week.iter().any(|words| near.ends_with(words)) { When::Vague } else { when };
        let (when, end) = match second {
            Some((_, after)) if choice || span_of_days => (When::Vague, after),
            _ => (when, end),
        };
        let other = dates::alternatives::begins_before(scan, at, desk.lang)
            .filter(|from| is_free(taken, *from..at));
        let (when, from) = other.map_or((when, at), |from| (When::Vague, from));
        take(taken, from..end);
        found.push(Mention { what: What::Date(when), tokens: from..end });
        at = end;
    }
}

/// Code-like words that are no code of ours.
fn unknown_codes(scan: &Scan<'_>, taken: &mut [bool], found: &mut Vec<Mention>, desk: &Desk<'_>) {
    let mut at = 0;
    while at < scan.tokens.len() {
        let end = is_free(taken, at..at + 1)
            .then(|| code_like(scan, at))
            .flatten()
            .filter(|end| is_free(taken, at..*end));
        let Some(end) = end else {
            at += 1;
            continue;
        };
        // A word of a name ('ZA-8') or a size is none.
        let inner = desk
            .catalog
            .index()
            .names
            .find(scan, at.saturating_sub(4)..(end + 4).min(scan.tokens.len()));
        let of_name =
            inner.iter().any(|n| n.tokens.start <= at && end <= n.tokens.end && n.words > 1);
        let role = at.checked_sub(1).and_then(|i| scan.token(i)).is_some_and(|t| {
            t.folded == "form"
                || is_role(&t.folded)
                    && !matches!(
                        t.folded.as_str(),
                        "article" | "artikel" | "item" | "code" | "articolo" | "type" | "typ"
                    )
        });
        let behind_colon = at >= 2
            && scan.token(at - 1).is_some_and(|t| t.is_any(":.#"))
            && scan.token(at - 2).is_some_and(|t| is_role(&t.folded));
        if !of_name && !role && !behind_colon {
            let named = match desk.catalog.index().beginning(scan, at, end) {
                [] => part_of_name(scan, at..end, desk),
                some => Named::Several(some.to_vec()),
            };
            found.push(Mention { what: What::Product(named, 0), tokens: at..end });
            take(taken, at..end);
        } else if !of_name {
            take(taken, at..end);
        }
        at = end;
    }
}

/// '5G2.5' is no code, but a size that names have.
fn part_of_name(scan: &Scan<'_>, run: Range<usize>, desk: &Desk<'_>) -> Named {
    let names = &desk.catalog.index().names;
    let mut told = Vec::new();
    for token in scan.tokens.get(run).unwrap_or_default().iter().filter(|t| t.is_alnum()) {
        let stems = names.stems(token);
        if stems.is_empty() {
            return Named::Unknown;
        }
        told.extend(stems);
    }
    match names.having(&told) {
        some if told.len() >= 2 && !some.is_empty() => Named::Several(some),
        _ => Named::Unknown,
    }
}

fn names(scan: &Scan<'_>, taken: &mut [bool], found: &mut Vec<Mention>, desk: &Desk<'_>) {
    let mut from = 0;
    while from < scan.tokens.len() {
        if !is_free(taken, from..from + 1) {
            from += 1;
            continue;
        }
        let mut to = from + 1;
        while to < scan.tokens.len() && is_free(taken, to..to + 1) && to < from + 4_000 {
            to += 1;
        }
        for hit in desk.catalog.index().names.find(scan, from..to) {
            // 'Impulsor 3 palas\n5 uds': the number of the next row is no part of the name.
            let next_row = hit.tokens.clone().skip(1).any(|at| {
                let begins = |t: &crate::reading::text::Token| {
                    scan.lines.get(t.line).is_some_and(|line| {
                        crate::reading::forms::fields::behind_bullet(scan, t.line) == at
                            && line.tokens.contains(&at)
                    })
                };
                // '… 14 Steckerplatten\n48-polig': the name goes on.
                let bound = scan.token(at + 1).is_some_and(|t| t.glued && t.is('-'))
                    && scan.token(at + 2).is_some_and(|t| t.glued && t.kind == Kind::Word);
                scan.token(at).is_some_and(|t| t.kind == Kind::Digits && begins(t))
                    && !bound
                    && !(hit.full && wraps_name(scan, at, desk))
            });
            if next_row {
                continue;
            }
            if let Some(named) = named_by(scan, &hit, desk) {
                take(taken, hit.tokens.clone());
                found.push(Mention { what: What::Product(named.0, named.1), tokens: hit.tokens });
            }
        }
        from = to;
    }
}

/// '10 pieces of valve cover\n14 (VC-14)': whether a number that begins a line behind a full one counts
/// nothing there, so that it ends a name.
fn wraps_name(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> bool {
    const FULL: usize = 60;
    let Some(token) = scan.token(at) else { return false };
    let above = token.line.checked_sub(1).and_then(|line| scan.lines.get(line));
    let full = above.is_some_and(|line| line.span.end.saturating_sub(line.span.start) >= FULL);
    let counts = units::unit_at(scan, at + 1).is_some()
        || scan.token(at + 1).is_some_and(|t| {
            t.folded == "x" || t.kind != Kind::Mark && desk.catalog.index().names.knows(t)
        });
    full && !counts
}

/// What a name in running text names; `None` where a word or two are too little to tell.
fn named_by(scan: &Scan<'_>, hit: &NameHit, desk: &Desk<'_>) -> Option<(Named, u8)> {
    let single = hit.words == 1 && !hit.full;
    if single {
        let token = scan.token(hit.tokens.start)?;
        // '2 boîtes' beside 'carter de boîte': a package.
        if matches!(units::unit_of(&token.folded), Some(Unit::Pack(_))) {
            return None;
        }
        let counted =
            token.folded.chars().count() >= 5 && amount_before(scan, hit.tokens.start, desk);
        let only = match hit.products.as_slice() {
            [one] if is_head(scan, hit, *one, desk) => Some(*one),
            _ => None,
        };
        return counted.then(|| match only {
            Some(one) => (Named::One(one), BY_PART),
            None => (Named::Several(hit.products.clone()), 0),
        });
    }
    match hit.products.as_slice() {
        [one] if hit.full => Some((Named::One(*one), BY_NAME)),
        [one] => Some((Named::One(*one), BY_PART)),
        several => Some((Named::Several(several.to_vec()), 0)),
    }
}

/// Whether a long word is what a product is, not what it is for: of '5G antenna enclosure' only the
/// enclosure.
fn is_head(scan: &Scan<'_>, hit: &NameHit, place: u32, desk: &Desk<'_>) -> bool {
    let Some(token) = scan.token(hit.tokens.start) else { return false };
    let next = scan.token(hit.tokens.end);
    let compound = next.is_some_and(|t| t.glued && (t.is_alnum() || t.is('-')));
    let product = desk.catalog.product(place);
    token.folded.chars().count() >= 6
        && !compound
        && product.is_some_and(|p| desk.catalog.index().names.is_head(p, token))
}

/// Whether an amount stands right before a token, fillers allowed between.
fn amount_before(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> bool {
    (at.saturating_sub(6)..at).any(|from| {
        amounts::amount_at(scan, from, desk).is_some_and(|hit| {
            hit.end <= at
                && (hit.end..at).all(|i| scan.token(i).is_some_and(|t| is_filler_before(&t.folded)))
        })
    })
}

/// Words between an amount and its product that part neither.
pub(crate) fn is_filler_before(word: &str) -> bool {
    words!(
        "of the x * : - – ( ) \" ' de d du des di del della dei delle dell degli von vom der die \
        das den le la les l il lo gli i your our ihre ihrer ihren eurer vos votre art artikel \
        item items article articles product products part nr no type typ n ° . each more further \
        additional weitere mehr autres altri altre new pcs pieces stuck stk pezzi pz pce units \
        number code ref reference referenz sku ean gtin barcode strichcode # produkt produit articolo prodotto „ “ « » • \
        off codice modell modele model los las van ea size extra good nice standard single einzelne einzelner individual loose lose losse sfusi sfuse sueltos sueltas vrac"
    )
    .has(word)
}

/// Joins a code and the name beside it into one mention of a product.
fn merge(scan: &Scan<'_>, found: Vec<Mention>, desk: &Desk<'_>) -> Vec<Mention> {
    let mut merged: Vec<Mention> = Vec::new();
    let apart: Vec<usize> = begins_sentence(scan, &found);
    for mention in found {
        let Some(last) = merged.last_mut().filter(|_| !apart.contains(&mention.tokens.start))
        else {
            merged.push(mention);
            continue;
        };
        let joined = match (&last.what, &mention.what) {
            (What::Product(one, a), What::Product(other, b)) => {
                join(scan, last, (one, *a), &mention, (other, *b), desk)
            }
            _ => None,
        };
        match joined {
            Some((named, certainty)) => {
                last.what = What::Product(named, certainty);
                last.tokens.end = mention.tokens.end;
            }
            None => merged.push(mention),
        }
    }
    merged
}

/// The first products of lines with a day and no amount, below two rows of a list: 'The PB-55 by 12
/// May' goes on with none of them.
fn begins_sentence(scan: &Scan<'_>, found: &[Mention]) -> Vec<usize> {
    let line_of = |m: &Mention| scan.token(m.tokens.start).map_or(0, |t| t.line);
    let has = |line: usize, is: fn(&Mention) -> bool| {
        let run = scan.lines.get(line).map_or(0..0, |l| l.tokens.clone());
        within(found, &run).iter().any(is)
    };
    let product = |m: &Mention| matches!(m.what, What::Product(..));
    let amount = |m: &Mention| matches!(m.what, What::Amount { .. });
    let dated = |m: &Mention| matches!(m.what, What::Date(_));
    let row = |line: usize| has(line, product) && has(line, amount) && !has(line, dated);
    let mut apart = Vec::new();
    for pair in found.windows(2) {
        let [before, mention] = pair else { continue };
        let line = line_of(mention);
        if product(mention)
            && line > line_of(before)
            && line >= 2
            && has(line, dated)
            && !has(line, amount)
            && row(line - 1)
            && row(line - 2)
        {
            apart.push(mention.tokens.start);
        }
    }
    apart
}

/// What two neighbouring mentions of products are together, if they are one.
fn join(
    scan: &Scan<'_>,
    first: &Mention,
    one: (&Named, u8),
    second: &Mention,
    other: (&Named, u8),
    desk: &Desk<'_>,
) -> Option<(Named, u8)> {
    let gap = scan.tokens.get(first.tokens.end..second.tokens.start)?;
    // '8 pump bodies 55 (the standard ones, PB-55)'
    let aside = gap.iter().any(|t| t.is('('));
    if gap.len() > if aside { 6 } else { 4 } {
        return None;
    }
    // 'RF-220, Blindage RF 220': the words of its name.
    let own_word = |word: &str| match (one.0, other.0) {
        (Named::One(one), Named::One(other)) if one == other => {
            desk.catalog.product(*one).is_some_and(|product| product.is_called(word))
        }
        _ => false,
    };
    let close = gap.iter().all(|t| {
        t.is_any("()[]-–—:\"'„“”/,=|.«»")
            || aside && words!("standard normal plain ordinary usual one ones version hand handed ausfuhrung die der das le la les il i").has(&t.folded)
            || own_word(&t.folded)
            || words!("type typ art nr no ref item article artikel code cod codice n the our your ean sku articolo i e d h").has(&t.folded)
    });
    // 'CP-48 e CP-96' are two; 'i.e.' explains.
    if matches!(gap, [only] if only.folded == "e") {
        return None;
    }
    let comma = gap.iter().any(|t| t.is(','));
    let new_line = scan.token(first.tokens.end.saturating_sub(1))?.line
        != scan.token(second.tokens.start)?.line;
    if !close {
        return None;
    }
    let places = |named: &Named| match named {
        Named::One(one) => vec![*one],
        Named::Several(some) => some.clone(),
        _ => Vec::new(),
    };
    let (left, right) = (places(one.0), places(other.0));
    let shared: Vec<u32> = left.iter().copied().filter(|p| right.contains(p)).collect();
    match shared.as_slice() {
        [only] => return Some((Named::One(*only), one.1.max(other.1).max(BY_PART))),
        [] => {}
        _ => return Some((Named::Several(shared), 0)),
    }
    if new_line || comma {
        return None;
    }
    // A code that we do not have beside a product's name is no sure product.
    if matches!(one.0, Named::Unknown) || matches!(other.0, Named::Unknown) {
        let known = if left.is_empty() { right } else { left };
        return Some(if known.is_empty() {
            (Named::Unknown, 0)
        } else {
            (Named::Several(known), 0)
        });
    }
    let coded = one.1 == BY_CODE || other.1 == BY_CODE;
    coded.then_some((Named::Contradiction, 0))
}
