//! The value of one field or table cell: a product, a quantity, a date, an address.

use std::ops::Range;

use rust_decimal::Decimal;

use super::dates::{self, When};
use super::draft::{Amount, Desk, Named};
use super::index::{CodeKind, begins_apart, code_like};
use super::labels::Label;
use super::names::NameHit;
use super::number_words;
use super::numbers::{self, Number};
use super::text::{Kind, Scan, words};
use super::types::Lang;
use super::units::{self, Unit};

/// An amount found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AmountHit {
    /// What it says.
    pub(super) amount: Amount,
    /// Index of the token after it.
    pub(super) end: usize,
    /// It has a unit or a multiplication sign, so that it can hardly be anything else.
    pub(super) marked: bool,
}

/// Words that make a number unsure.
pub(super) fn is_approximate(word: &str) -> bool {
    words!(
        "about approx approximately around roughly circa ca some maximum max minimum min least \
        most up ish maybe perhaps etwa ungefahr rund zirka mindestens hochstens maximal minimal \
        vielleicht environ approximativement quelque quelques minimo massimo almeno forse peut \
        several mehrere einige plusieurs alcuni alcune unos aprox ongeveer over under"
    )
    .has(word)
}

/// The amount that begins at a token: `20`, `20 pcs`, `a dozen`, `2 boxes of 25`, `3 x`.
pub(super) fn amount_at(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> Option<AmountHit> {
    amount_within(scan, at, usize::MAX, desk)
}

/// The same, with no look at the tokens from `limit` on.
pub(super) fn amount_within(
    scan: &Scan<'_>,
    at: usize,
    limit: usize,
    desk: &Desk<'_>,
) -> Option<AmountHit> {
    let first = scan.token(at)?;
    let digits = first.kind == Kind::Digits;
    let apart = begins_apart(scan, at) || digits && after_times(scan, at);
    if !apart {
        return None;
    }
    let (number, mut end) = match number_at(scan, at, desk) {
        Some(found) => found,
        None => article_before_unit(scan, at)?,
    };
    if digits && end < limit && hangs_on(scan, end) {
        return None;
    }
    let mut unit = None;
    let mut content = None;
    let mut marked = false;
    if end >= limit {
        let amount = Amount::Of { number, unit, content };
        return (end == limit).then_some(AmountHit { amount, end, marked });
    }
    // '20-30', '10 or 12', '10 to 12'
    let mut bad = is_range(scan, end, desk);
    if scan.token(end).is_some_and(|t| t.is_any("+~")) && digits {
        bad |= scan.token(end).is_some_and(|t| t.glued);
    }
    let times = |at: usize| scan.token(at).is_some_and(|t| matches!(t.folded.as_str(), "x" | "*"));
    if times(end) {
        end += 1;
        marked = true;
    }
    if let Some((found, next)) = units::unit_at(scan, end).filter(|(_, next)| *next <= limit) {
        marked = true;
        // A Dutch 'dozen' is a number of boxes, an English one twelve.
        let dozen = scan.token(end).is_some_and(|t| t.folded == "dozen");
        let found = match desk.lang {
            Some(Lang::Nl) if dozen => Unit::Pack(units::Pack::Box),
            Some(Lang::En) => found,
            _ => {
                bad |= dozen;
                found
            }
        };
        unit = Some(found);
        end = next;
        if let Unit::Pack(_) = found {
            if let Some((held, next)) = content_at(scan, end).filter(|(_, next)| *next <= limit) {
                content = Some(held);
                end = next;
            }
        } else if found == Unit::Pieces(1) && scan.token(end).is_some_and(|t| t.folded == "x") {
            end += 1;
        }
    }
    if let Some(ish) = scan.token(end).filter(|t| t.is('-') && t.glued) {
        let _ = ish;
        bad |= scan.token(end + 1).is_some_and(|t| t.glued && is_approximate(&t.folded));
    }
    let amount = if bad { Amount::Bad } else { Amount::Of { number, unit, content } };
    Some(AmountHit { amount, end, marked })
}

/// The digits of 'x2' and '×2'.
fn after_times(scan: &Scan<'_>, at: usize) -> bool {
    at >= 1 && scan.token(at - 1).is_some_and(|t| matches!(t.folded.as_str(), "x" | "*"))
}

fn number_at(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> Option<(Number, usize)> {
    if let Some(found) = numbers::digits_at(scan, at) {
        // '2 dozen' is a unit's matter; '24 (twenty-four)' says it twice.
        return Some(found);
    }
    let (value, end) = number_words::words_at(scan, at, desk.lang)
        .or_else(|| number_words::words_at(scan, at, None))?;
    Some((Number::Plain(value), end))
}

/// 'a dozen', 'ein Karton', 'une paire': one of a unit.
fn article_before_unit(scan: &Scan<'_>, at: usize) -> Option<(Number, usize)> {
    let word = scan.token(at)?.folded.as_str();
    let article = words!("a an one ein eine einen un une una uno een").has(word);
    let one = Number::Plain(Decimal::ONE);
    if let Some(end) = half_before_dozen(scan, at) {
        return Some((Number::Plain(Decimal::new(5, 1)), end));
    }
    if article {
        let (unit, _) = units::unit_at(scan, at + 1)?;
        let counts = matches!(unit, Unit::Pieces(_) | Unit::Pack(_));
        return counts.then_some((one, at + 1));
    }
    // 'dozen' alone
    let (unit, _) = units::unit_at(scan, at)?;
    matches!(unit, Unit::Pieces(12)).then_some((one, at))
}

/// 'half a dozen', 'ein halbes Dutzend', 'une demi-douzaine', 'mezza dozzina': the dozen's token.
fn half_before_dozen(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let from = at + usize::from(matches!(word(at), "a" | "ein" | "une" | "una" | "un" | "een"));
    let half =
        matches!(word(from), "half" | "halbes" | "halb" | "demi" | "mezza" | "media" | "halve");
    let skip = usize::from(matches!(word(from + 1), "a" | "-"));
    let end = from + 1 + skip;
    let dozen = matches!(units::unit_at(scan, end), Some((Unit::Pieces(12), _)));
    (half && dozen).then_some(end)
}

/// How many a package holds: 'of 25', 'à 100', 'zu je 50'.
fn content_at(scan: &Scan<'_>, at: usize) -> Option<(Decimal, usize)> {
    let mut next = at;
    while scan.token(next).is_some_and(|t| {
        words!("of a zu je de da with mit con x van per").has(&t.folded) || t.is_any("(@")
    }) {
        next += 1;
    }
    if next == at || next > at + 3 {
        return None;
    }
    let (number, mut end) = numbers::digits_at(scan, next)?;
    let held = number.plain()?;
    // 'boxes of 40117' or 'of 100 mm rings': a code or a size, not a content.
    if hangs_on(scan, end) {
        return None;
    }
    match units::unit_at(scan, end) {
        Some((unit, after)) if units::is_base(unit) => end = after,
        Some((Unit::Length(_), _)) => return None,
        _ => {}
    }
    if scan.token(end).is_some_and(|t| t.is(')')) && scan.run(at..next).contains('(') {
        end += 1;
    }
    Some((held, end))
}

/// Whether letters or joining marks hang on digits so that they are no number: `5G`, `48-pin`,
/// `14:30`, `5%`, `2nd`.
fn hangs_on(scan: &Scan<'_>, end: usize) -> bool {
    let Some(after) = scan.token(end).filter(|t| t.glued) else {
        return scan.token(end).is_some_and(|t| t.is('%'));
    };
    match after.kind {
        Kind::Digits => true,
        Kind::Word => after.folded != "x" && units::unit_at(scan, end).is_none(),
        Kind::Mark => {
            after.is('%')
                || (after.is_any("-/:._–°")
                    && scan.token(end + 1).is_some_and(|t| t.glued && t.is_alnum())
                    && !ishy(scan, end))
        }
    }
}

fn ishy(scan: &Scan<'_>, end: usize) -> bool {
    let range = scan.token(end).is_some_and(|t| t.is_any("-–"))
        && scan.token(end + 1).is_some_and(|t| t.kind == Kind::Digits);
    range || scan.token(end + 1).is_some_and(|t| t.folded == "ish")
}

fn is_range(scan: &Scan<'_>, end: usize, desk: &Desk<'_>) -> bool {
    let Some(joint) = scan.token(end) else { return false };
    // The dash of the next line is its bullet.
    let leads = scan.lines.get(joint.line).is_some_and(|l| l.tokens.start == end);
    if leads && joint.kind == Kind::Mark {
        return false;
    }
    let joins =
        joint.is_any("-–/~") || words!("or to oder bis ou a o oppure of tot").has(&joint.folded);
    if !joins {
        return false;
    }
    let dash = joint.is_any("-–/~");
    let after = end + 1;
    let number = numbers::digits_at(scan, after).is_some()
        || number_words::words_at(scan, after, desk.lang).is_some();
    // '10 - 12 pcs' is a range, '10 - HS-100' is not; '2 of 5' is no range of English.
    let apart = !dash || scan.token(after).is_some_and(|t| t.glued || t.kind == Kind::Digits);
    let english_of = joint.folded == "of" && desk.lang != Some(super::types::Lang::Nl);
    let a = joint.folded == "a" && scan.words(joint.span) != "a";
    number && apart && !english_of && !a
}

/// The quantity that a whole value says.
pub(super) fn quantity(scan: &Scan<'_>, value: Range<usize>, desk: &Desk<'_>) -> Option<Amount> {
    let mut at = value.start;
    while at < value.end && scan.token(at).is_some_and(|t| t.is_any("(:=*~\"'")) {
        at += 1;
    }
    if at >= value.end {
        return None;
    }
    let negative = scan.token(at).is_some_and(|t| t.is_any("-–−"));
    if negative {
        return Some(Amount::Bad);
    }
    // 'x 20', 'each 20'
    if scan.token(at).is_some_and(|t| matches!(t.folded.as_str(), "x" | "je" | "each")) {
        at += 1;
    }
    let unit_first =
        units::unit_at(scan, at).filter(|_| scan.token(at).is_some_and(|t| t.kind == Kind::Word));
    if let Some((unit, next)) = unit_first.filter(|(u, _)| !matches!(u, Unit::Pieces(12))) {
        // 'pcs 20'
        let hit = amount_within(scan, next, value.end, desk).filter(|hit| hit.end >= value.end)?;
        return match hit.amount {
            Amount::Of { number, unit: None, content } => {
                Some(Amount::Of { number, unit: Some(unit), content })
            }
            _ => Some(Amount::Bad),
        };
    }
    let Some(hit) = amount_within(scan, at, value.end, desk) else {
        return Some(Amount::Bad);
    };
    if harmless(scan, hit.end..value.end, hit.amount, desk) {
        Some(hit.amount)
    } else {
        Some(Amount::Bad)
    }
}

/// Whether what stands behind a quantity takes nothing of its meaning.
fn harmless(scan: &Scan<'_>, rest: Range<usize>, amount: Amount, desk: &Desk<'_>) -> bool {
    let mut at = rest.start;
    let mut depth = 0_u32;
    while at < rest.end {
        let Some(token) = scan.token(at) else { break };
        match token.kind {
            Kind::Mark if token.is_any("([") => depth += 1,
            Kind::Mark if token.is_any(")]") => depth = depth.saturating_sub(1),
            Kind::Mark => {
                if token.is_any("?~") {
                    return false;
                }
            }
            Kind::Digits => return same_number(scan, at, amount, desk),
            Kind::Word => {
                if let Some((value, next)) = number_words::words_at(scan, at, desk.lang)
                    .or_else(|| number_words::words_at(scan, at, None))
                {
                    let same =
                        matches!(amount, Amount::Of { number: Number::Plain(n), .. } if n == value);
                    if !same {
                        return false;
                    }
                    at = next;
                    continue;
                }
                let polite = words!("please only bitte nur svp s il vous plait total in pro insgesamt gesamt au per favore \
        pcs pieces stuck pezzi and of the each merci danke thanks").has(&token.folded);
                let unsure = is_approximate(&token.folded)
                    || matches!(token.folded.as_str(), "or" | "oder" | "ou" | "oppure" | "so");
                if unsure || (depth == 0 && !polite && units::unit_at(scan, at).is_none()) {
                    return false;
                }
            }
        }
        at += 1;
    }
    true
}

/// '2 (two)' says the same twice; '2 (= 50 pcs)' does not.
fn same_number(scan: &Scan<'_>, at: usize, amount: Amount, _: &Desk<'_>) -> bool {
    let again = numbers::digits_at(scan, at).and_then(|(n, _)| n.plain());
    matches!(amount, Amount::Of { number: Number::Plain(n), unit: None | Some(Unit::Pieces(1)), .. } if Some(n) == again)
}

/// What a date's value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateValue {
    /// A date, or words that try to be one.
    When(When),
    /// 'As soon as possible': no day is wished.
    Soon,
    /// No date in it.
    Unreadable,
    /// Empty.
    Nothing,
}

const SOON: &[&str] = &[
    "asap",
    "as soon as possible",
    "soonest",
    "immediately",
    "urgent",
    "urgently",
    "at once",
    "so rasch wie moglich",
    "so schnell wie moglich",
    "schnellstmoglich",
    "sofort",
    "dringend",
    "baldmoglichst",
    "raschmoglichst",
    "so bald wie moglich",
    "umgehend",
    "ab lager",
    "des que possible",
    "au plus vite",
    "le plus vite possible",
    "urgent",
    "le plus rapidement possible",
    "al piu presto",
    "appena possibile",
    "il prima possibile",
    "urgente",
    "subito",
    "lo antes posible",
    "zo snel mogelijk",
    "zsm",
    "no rush",
    "no hurry",
    "any time",
    "anytime",
    "open",
    "flexible",
    "egal",
    "keine eile",
    "pas urgent",
    "nicht dringend",
];

/// The date that a whole value says, and whether it is said to hold for all lines.
pub(super) fn date(scan: &Scan<'_>, value: Range<usize>, desk: &Desk<'_>) -> (DateValue, bool) {
    if value.is_empty() {
        return (DateValue::Nothing, false);
    }
    let folded = scan.folded(value.clone());
    if SOON.iter().any(|soon| folded.starts_with(soon)) {
        return (DateValue::Soon, false);
    }
    let calendar = desk.calendar();
    let start = (value.start..value.end).take(8).find_map(|at| {
        let (when, end) = dates::date_at(scan, at, calendar)?;
        Some((at, when, end))
    });
    let Some((at, when, end)) = start else {
        let dashes = value.clone().all(|i| scan.token(i).is_some_and(|t| t.is_any("-–/.")));
        return if dashes { (DateValue::Nothing, false) } else { (DateValue::Unreadable, false) };
    };
    // A number before the date that is no part of it makes it unsure.
    let before = value.start..at;
    let digits = before.clone().any(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Digits));
    let mut vague = digits;
    let mut all = false;
    for place in end.min(value.end)..value.end {
        let Some(token) = scan.token(place) else { break };
        let word = token.folded.as_str();
        all |= words!("all everything alle alles tout tous toutes tutti tutto tutte todo gesamt")
            .has(word);
        vague |= words!("or oder ou oppure latest_ ish maybe perhaps vielleicht").has(word)
            || token.is('?');
        let time = token.kind == Kind::Digits
            && (scan.token(place + 1).is_some_and(|t| {
                t.is_any(":h") || matches!(t.folded.as_str(), "h" | "uhr" | "am" | "pm" | "heures")
            }) || scan.token(place.saturating_sub(1)).is_some_and(|t| t.is(':')));
        // ', Anlieferung Tor 3'
        let of_noun = place > end + 1
            && scan.token(place - 1).is_some_and(|t| super::noise::is_role(&t.folded));
        if token.kind == Kind::Digits && !time && !of_noun {
            vague = true;
        }
    }
    let approximate = before
        .clone()
        .any(|i| scan.token(i).is_some_and(|t| is_approximate(&t.folded) && t.folded != "latest"));
    vague |= approximate;
    // The first day that would do, or the day of a part.
    let outside = |run: Range<usize>| scan.tokens.get(run).unwrap_or_default().iter();
    vague |= outside(before).any(|t| {
        words!("not before nicht vor earliest fruhestens after nach pas avant apres partir non prima dopo dal from")
            .has(&t.folded)
            && !matches!(t.folded.as_str(), "avant" | "before" | "vor" | "prima")
    });
    vague |= outside(end.min(value.end)..value.end).any(|t| {
        words!("half later rest halfte spater moitie reste meta resto teil part partie parte then")
            .has(&t.folded)
    });
    let when = if vague && !matches!(when, When::Impossible) { When::Vague } else { when };
    (DateValue::When(when), all)
}

/// How sure a named product is.
pub(super) const BY_CODE: u8 = 99;
/// By its whole name.
pub(super) const BY_NAME: u8 = 95;
/// By a part of its name that no other product has.
pub(super) const BY_PART: u8 = 85;

/// The product that a whole value names, with its certainty.
pub(super) fn product(
    scan: &Scan<'_>,
    value: Range<usize>,
    label: Label,
    desk: &Desk<'_>,
) -> (Named, u8) {
    let has_words = value.clone().any(|i| scan.token(i).is_some_and(super::text::Token::is_alnum));
    if !has_words {
        return (Named::Nothing, 0);
    }
    let index = desk.catalog.index();
    let mut coded: Vec<Vec<u32>> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut at = value.start;
    while at < value.end {
        let hit = index.code_at(scan, at, desk.domain).filter(|hit| hit.end <= value.end);
        // A number inside words is a size, not a code.
        let number =
            scan.run(at..hit.as_ref().map_or(at, |h| h.end)).bytes().all(|b| b.is_ascii_digit());
        let fits = |hit: &super::index::CodeHit| match label {
            Label::Name => hit.kind == CodeKind::Reference && !number,
            Label::Barcode => hit.kind == CodeKind::Barcode,
            _ => {
                !number
                    || at == value.start
                    || hit.kind == CodeKind::Barcode
                    || in_brackets(scan, at)
            }
        };
        match hit.filter(fits) {
            Some(hit) => {
                taken.push(at..hit.end);
                at = hit.end;
                coded.push(hit.products);
            }
            None => at += 1,
        }
    }
    let first = scan.token(value.start);
    let number = first.filter(|t| t.kind == Kind::Digits && alone(scan, value.clone()));
    if let Some(token) = number.filter(|_| label == Label::Product) {
        let by_id = scan.words(token.span).parse().ok().and_then(|id| index.id(id));
        let leading_zero = token.folded.starts_with('0');
        if let Some(place) = by_id.filter(|_| !leading_zero) {
            if taken.first().is_some_and(|t| t.start == value.start) {
                // The number is an id and a code: of one product, or it cannot be told.
                if let Some(codes) = coded.first_mut().filter(|codes| !codes.contains(&place)) {
                    codes.push(place);
                }
            } else {
                taken.push(value.start..value.start + 1);
                coded.push(vec![place]);
            }
        }
    }
    // 'Product ID: 2 BV-25' is a number too many.
    let stray = number.is_none()
        && first.is_some_and(|t| t.kind == Kind::Digits)
        && taken.iter().any(|t| t.start == value.start + 1)
        && !taken.iter().any(|t| t.start == value.start);
    if stray {
        return (Named::Contradiction, 0);
    }
    let names = names_outside(scan, value.clone(), &taken, desk);
    judge(scan, value, &coded, &taken, &names, desk)
}

fn in_brackets(scan: &Scan<'_>, at: usize) -> bool {
    at >= 1 && scan.token(at - 1).is_some_and(|t| t.is_any("(["))
}

/// Whether the number that begins a value stands by itself: nothing behind it, or a bracket,
/// dash or comma.
fn alone(scan: &Scan<'_>, value: Range<usize>) -> bool {
    let Some(next) = scan.token(value.start + 1).filter(|_| value.start + 1 < value.end) else {
        return true;
    };
    !next.glued && next.is_any("(-–:,/[")
        || next.is_any("(:,;.)")
            && !scan
                .token(value.start + 2)
                .is_some_and(|t| t.glued && t.kind == Kind::Digits && value.start + 2 < value.end)
}

/// Names in a value, outside the codes.
pub(super) fn names_outside(
    scan: &Scan<'_>,
    value: Range<usize>,
    taken: &[Range<usize>],
    desk: &Desk<'_>,
) -> Vec<NameHit> {
    let mut hits = Vec::new();
    let mut from = value.start;
    let mut sorted: Vec<Range<usize>> = taken.to_vec();
    sorted.sort_by_key(|r| r.start);
    for code in sorted.into_iter().chain(std::iter::once(value.end..value.end)) {
        if from < code.start {
            hits.extend(desk.catalog.index().names.find(scan, from..code.start));
        }
        from = from.max(code.end);
    }
    hits
}

/// One product out of codes and names, or why not.
fn judge(
    scan: &Scan<'_>,
    value: Range<usize>,
    coded: &[Vec<u32>],
    taken: &[Range<usize>],
    names: &[NameHit],
    desk: &Desk<'_>,
) -> (Named, u8) {
    if let Some((first, rest)) = coded.split_first() {
        let mut candidates = first.clone();
        for other in rest {
            let both: Vec<u32> = candidates.iter().copied().filter(|p| other.contains(p)).collect();
            if both.is_empty() {
                return (Named::Contradiction, 0);
            }
            candidates = both;
        }
        // A name may tell which of several is meant.
        if candidates.len() > 1 {
            let full = names.iter().filter(|n| n.full);
            for name in full {
                candidates.retain(|p| name.products.contains(p));
            }
        }
        return match candidates.as_slice() {
            [] => (Named::Contradiction, 0),
            [one] => {
                if contradicted(scan, *one, names, desk) {
                    (Named::Contradiction, 0)
                } else {
                    (Named::One(*one), BY_CODE)
                }
            }
            _ => (Named::Several(candidates), 0),
        };
    }
    by_name(scan, value, taken, names, desk)
}

/// Whether a name beside a product's code is another product's.
pub(super) fn contradicted(
    scan: &Scan<'_>,
    place: u32,
    names: &[NameHit],
    desk: &Desk<'_>,
) -> bool {
    let Some(product) = desk.catalog.product(place) else { return true };
    let mut siblings = None;
    names.iter().any(|name| {
        if name.products.contains(&place) {
            return false;
        }
        if name.full || name.words >= 2 {
            return true;
        }
        let index = desk.catalog.index();
        let siblings =
            siblings.get_or_insert_with(|| index.names.siblings(desk.catalog.products(), product));
        name.tokens
            .clone()
            .any(|at| scan.token(at).is_some_and(|t| index.names.contradicts(product, siblings, t)))
    })
}

fn by_name(
    scan: &Scan<'_>,
    value: Range<usize>,
    taken: &[Range<usize>],
    names: &[NameHit],
    desk: &Desk<'_>,
) -> (Named, u8) {
    let full: Vec<&NameHit> = names.iter().filter(|n| n.full).collect();
    let unknown_code = value
        .clone()
        .find_map(|at| Some((at, code_like(scan, at).filter(|end| *end <= value.end)?)))
        .filter(|(at, _)| !full.iter().any(|n| n.tokens.contains(at)));
    if let Some((at, end)) = unknown_code {
        let beginnings = desk.catalog.index().beginning(scan, at, end);
        return match beginnings {
            [] => (Named::Unknown, 0),
            some => (Named::Several(some.to_vec()), 0),
        };
    }
    let best = full.first().copied().or_else(|| names.iter().max_by_key(|n| n.words));
    let Some(best) = best else { return (Named::Unknown, 0) };
    let [one] = best.products.as_slice() else {
        let enough = best.full || best.words >= 2 || names.len() == 1;
        return if enough {
            (Named::Several(best.products.clone()), 0)
        } else {
            (Named::Unknown, 0)
        };
    };
    if full.iter().any(|other| !other.products.contains(one)) {
        return (Named::Contradiction, 0);
    }
    let others: Vec<NameHit> = names.iter().filter(|n| *n != best).cloned().collect();
    if contradicted(scan, *one, &others, desk) {
        return (Named::Contradiction, 0);
    }
    if strange_words(scan, value, best, taken, desk) {
        return (Named::Several(best.products.clone()), 0);
    }
    match (best.full, best.words) {
        (true, _) => (Named::One(*one), BY_NAME),
        (false, 2..) => (Named::One(*one), BY_PART),
        _ => (Named::Several(best.products.clone()), 0),
    }
}

/// Whether a value has words beside a name that could make it another product: 'heat sink 100 mm
/// black' is perhaps none of ours.
fn strange_words(
    scan: &Scan<'_>,
    value: Range<usize>,
    name: &NameHit,
    taken: &[Range<usize>],
    desk: &Desk<'_>,
) -> bool {
    let mut depth = 0_u32;
    for at in value {
        let Some(token) = scan.token(at) else { break };
        if token.is_any("([") {
            depth += 1;
        } else if token.is_any(")]") {
            depth = depth.saturating_sub(1);
        }
        let known = name.tokens.contains(&at)
            || taken.iter().any(|t| t.contains(&at))
            || desk.catalog.index().names.knows(token);
        if depth == 0 && !known && token.is_alnum() && !is_small(&token.folded) {
            return true;
        }
    }
    false
}

/// Words that add nothing to a product's name.
pub(super) fn is_small(word: &str) -> bool {
    words!(
        "the a of our your x no nr n art item product article artikel produkt articolo prodotto \
        id ref type typ code der die das den le la les de du des d l il lo di del per for fur \
        und and et e please bitte new neu same as see above ihr ihre vos votre vostro mm with \
        mit avec con pcs stk stuck pz pieces pezzi ean gtin sku"
    )
    .has(word)
}
