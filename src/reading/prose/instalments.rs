//! One product on several days: '50 A: 20 on 10 June and the remaining 30 on 24 June', '20 A on 10
//! June and another 20 on 24 June'.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::mentions::{Mention, What, is_filler_before, within};
use crate::reading::draft::{Amount, Dated, Wish};
use crate::reading::forms::fields;
use crate::reading::text::number_words;
use crate::reading::text::numbers::Number;
use crate::reading::text::stretches::{Stretch, is_amount, is_product};
use crate::reading::text::units::Unit;
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Evidence;

/// How many all parts come to, and the words that say it.
pub(super) struct Whole {
    pub(super) amount: Amount,
    pub(super) words: Option<Evidence>,
}

impl Whole {
    fn of(scan: &Scan<'_>, mention: &Mention) -> Option<Self> {
        let What::Amount { amount, .. } = mention.what else { return None };
        let words = scan.span(mention.tokens.clone()).map(|s| scan.evidence(s, "prose.quantity"));
        Some(Self { amount, words })
    }

    pub(super) fn number(&self) -> Option<Decimal> {
        match self.amount {
            Amount::Of { number, .. } => number.plain(),
            Amount::Bad => None,
        }
    }

    /// So many of the same.
    fn again(&self, number: Decimal) -> Option<Amount> {
        match self.amount {
            Amount::Of { unit, content, .. } => {
                Some(Amount::Of { number: Number::Plain(number), unit, content })
            }
            Amount::Bad => None,
        }
    }
}

/// A part of what is ordered, with its day.
pub(crate) struct Part {
    amount: Amount,
    words: Option<Evidence>,
    dated: Dated,
}

impl Part {
    pub(super) fn unit(&self) -> Option<Unit> {
        match self.amount {
            Amount::Of { unit, .. } => unit,
            Amount::Bad => None,
        }
    }

    /// With the unit of the whole.
    pub(super) fn counted_in(self, whole: Amount) -> Self {
        match (self.amount, whole) {
            (Amount::Of { number, unit: None, .. }, Amount::Of { unit, content, .. }) => {
                Self { amount: Amount::Of { number, unit, content }, ..self }
            }
            _ => self,
        }
    }
}

/// The wishes of a stretch that orders its one product in parts; none where it does not. `first` is
/// the wish for all of it, as it would be without days.
pub(crate) fn read(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    first: &Wish,
) -> Vec<Wish> {
    let products: Vec<&&Mention> = inside.iter().filter(|m| is_product(m)).collect();
    let [product] = products.as_slice() else { return Vec::new() };
    let rest: Vec<&Mention> = inside.iter().copied().filter(|m| !is_product(m)).collect();
    let dates = rest.iter().filter(|m| is_date(m)).count();
    if let [amount, date] = rest.as_slice()
        && first.amount.is_none()
        && is_amount(amount)
        && stands_below(scan, product, amount, date)
    {
        return part(scan, amount, date).map_or_else(Vec::new, |part| wishes(first, vec![part]));
    }
    if dates < 2 || says_or(scan, stretch) {
        return Vec::new();
    }
    if let Some(parts) = even_parts(scan, stretch, inside) {
        return wishes(first, parts);
    }
    let (total, parts) = match rest.as_slice() {
        [total, part, ..] if is_amount(total) && is_amount(part) => (Some(*total), &rest[1..]),
        _ => (None, rest.as_slice()),
    };
    let whole = total.and_then(|total| Whole::of(scan, total));
    let parts = parts_of(scan, parts, whole.as_ref(), Some(product));
    let sound = |parts: &Vec<Part>| {
        adds_up(total, parts) && told_lots(scan, stretch).is_none_or(|n| n == parts.len())
    };
    let Some(parts) = parts.filter(sound) else { return Vec::new() };
    wishes(first, parts)
}

/// Where the parts of a sentence begin that orders its one product in parts, tells how many all of it are,
/// and says no more: 'davon 6 am 3. Juni und die restlichen 6 am 17. Juni', 'half on 3 June, the other half
/// on 17 June'. What the parts say is read with them.
fn splits_at(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Option<usize> {
    let goods = |m: &&&Mention| is_product(m);
    let product = inside.iter().find(goods)?;
    let (total, parts) = match inside {
        [first, second, parts @ ..] => match (is_product(first), is_product(second)) {
            (true, false) => (second, parts),
            (false, true) => (first, parts),
            _ => return None,
        },
        _ => return None,
    };
    let start = total.tokens.end.max(product.tokens.end);
    if inside.iter().filter(goods).count() != 1 || !is_amount(total) || says_or(scan, stretch) {
        return None;
    }
    if even_parts(scan, stretch, inside).is_some() {
        return Some(start);
    }
    let last = parts.last()?;
    let gaps = std::iter::once(start).chain(parts.iter().map(|m| m.tokens.end));
    let led = skip_lead(scan, start);
    let joined = gaps.zip(parts).all(|(from, next)| {
        says_nothing(scan, if from == start { led } else { from }..next.tokens.start, None)
    });
    let closed = (last.tokens.end..stretch.tokens.end).all(|at| is_close(scan, at));
    let whole = Whole::of(scan, total)?;
    let read = parts_of(scan, parts, Some(&whole), None)?;
    (joined && closed && !stretch.question && adds_up(Some(total), &read)).then_some(start)
}

/// A sentence without its parts.
pub(crate) fn before_parts(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Stretch {
    let end = splits_at(scan, stretch, inside).unwrap_or(stretch.tokens.end);
    Stretch { tokens: stretch.tokens.start..end, ..stretch.clone() }
}

/// 'HS-100', and below it '- 20 pcs on 3 June': the only part.
fn stands_below(scan: &Scan<'_>, product: &Mention, amount: &Mention, date: &Mention) -> bool {
    let line = |m: &Mention| scan.token(m.tokens.start).map(|t| t.line);
    let deeper = line(product)
        .zip(line(amount))
        .is_some_and(|(head, part)| head < part && is_deeper(scan, head, part));
    deeper
        && is_date(date)
        && line(amount) == line(date)
        && says_nothing(scan, amount.tokens.end..date.tokens.start, None)
}

pub(super) fn wishes(first: &Wish, parts: Vec<Part>) -> Vec<Wish> {
    (first.block..)
        .zip(parts)
        .map(|(block, part)| Wish {
            block,
            amount: Some(part.amount),
            amount_words: part.words,
            delivery: Some(part.dated),
            ..first.clone()
        })
        .collect()
}

/// '400 A, half on 23 March, half on 20 April', '60 A, in three deliveries of 20 each: 2 June, 1 July and 3
/// August': the parts, where the sentence says no more.
fn even_parts(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Option<Vec<Part>> {
    let (goods, rest): (Vec<&Mention>, Vec<&Mention>) =
        inside.iter().copied().partition(|m| is_product(m));
    let ([product], [total, parts @ ..]) = (goods.as_slice(), rest.as_slice()) else {
        return None;
    };
    let What::Amount { each: false, .. } = total.what else { return None };
    let start = product.tokens.end.max(total.tokens.end);
    even_parts_behind(scan, stretch, parts, start, &Whole::of(scan, total)?)
}

/// The same, where what says so begins at a token and the parts are those of a whole.
pub(super) fn even_parts_behind(
    scan: &Scan<'_>,
    stretch: &Stretch,
    parts: &[&Mention],
    start: usize,
    whole: &Whole,
) -> Option<Vec<Part>> {
    let last = parts.last()?;
    let closed = (last.tokens.end..stretch.tokens.end).all(|at| is_close(scan, at));
    if !closed || says_or(scan, stretch) || stretch.question {
        return None;
    }
    halves(scan, parts, start, whole).or_else(|| lots(scan, stretch, parts, start, whole))
}

/// 'Half on 3 June, the other half on 17 June'.
fn halves(scan: &Scan<'_>, parts: &[&Mention], start: usize, whole: &Whole) -> Option<Vec<Part>> {
    let [one, two] = parts else { return None };
    let led = skip_lead(scan, start);
    let half = whole.number()? / Decimal::TWO;
    let told = is_date(one)
        && is_date(two)
        && led <= one.tokens.start
        && is_half(scan, led..one.tokens.start)
        && is_half(scan, one.tokens.end..two.tokens.start);
    (told && half.fract().is_zero()).then(|| equal(scan, &[one, two], half, whole)).flatten()
}

/// 'In three deliveries of 20 each: 2 June, 1 July and 3 August', 'in zwei gleichen Teilen am 2. Juni und am 1.
/// Juli'.
fn lots(
    scan: &Scan<'_>,
    stretch: &Stretch,
    parts: &[&Mention],
    start: usize,
    whole: &Whole,
) -> Option<Vec<Part>> {
    let (lot, dates) = match parts {
        [lot, dates @ ..] if is_amount(lot) => (Some(*lot), dates),
        dates => (None, dates),
    };
    let told = told_lots(scan, stretch)?;
    if dates.len() < 2 || told != dates.len() || !dates.iter().all(|m| is_date(m)) {
        return None;
    }
    let part = whole.number()?.checked_div(Decimal::from(told))?;
    let fits = match lot {
        Some(lot) => Whole::of(scan, lot)?.number()? == part,
        None => says_equal(scan, start..dates.first()?.tokens.start, part),
    };
    let led = skip_lead(scan, start);
    let first = lot.map_or(led, |lot| lot.tokens.end);
    let before = lot.is_none_or(|lot| says_nothing(scan, led..lot.tokens.start, None));
    let gaps = std::iter::once(skip_lead(scan, skip_lot(scan, first, part)))
        .chain(dates.iter().map(|m| m.tokens.end));
    let joined =
        gaps.zip(dates).all(|(from, next)| says_nothing(scan, from..next.tokens.start, None));
    let sure = fits && part.fract().is_zero() && before && joined;
    sure.then(|| equal(scan, dates, part, whole)).flatten()
}

/// So many of the whole on each of some days.
fn equal(scan: &Scan<'_>, dates: &[&Mention], part: Decimal, whole: &Whole) -> Option<Vec<Part>> {
    dates
        .iter()
        .map(|date| {
            let amount = whole.again(part)?;
            Some(Part { amount, words: whole.words.clone(), dated: dated(scan, date)? })
        })
        .collect()
}

/// 'In equal lots', 'zu gleichen Teilen', 'in two lots of 20'.
fn says_equal(scan: &Scan<'_>, mut run: Range<usize>, part: Decimal) -> bool {
    run.any(|at| {
        scan.token(at).is_some_and(|t| is_equal(&t.folded)) || skip_lot(scan, at, part) > at
    })
}

fn is_equal(word: &str) -> bool {
    words!("equal gleichen gleiche gleich egales egaux uguali iguales gelijke").has(word)
}

/// Behind 'of 20' in 'two lots of 20'.
fn skip_lot(scan: &Scan<'_>, at: usize, part: Decimal) -> usize {
    let of = |at: usize| {
        scan.token(at).is_some_and(|t| words!("of de di da von zu a van").has(&t.folded))
    };
    let same = |at: usize| scan.token(at).is_some_and(|t| t.folded.parse() == Ok(part));
    let at = if of(at) && same(at + 1) {
        at
    } else if same(at) && at.checked_sub(1).is_some_and(of) {
        at - 1
    } else {
        return at;
    };
    let unit = words!("pcs pieces units each stuck stk pieces pezzi piezas stuks");
    at + 2 + usize::from(scan.token(at + 2).is_some_and(|t| unit.has(&t.folded)))
}

/// Behind the words that lead to parts: 'please deliver', 'delivered in two lots:', 'split like this:'.
pub(super) fn skip_lead(scan: &Scan<'_>, mut at: usize) -> usize {
    let leads = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Mark && t.is_any(",:;-–(")
                || words!(
                    "davon thereof of which dont cui waarvan should sollen sollten please kindly we i would like want need to \
                     deliver delivery deliveries delivered deliverable ship shipped shipment shipments send split spread divided up \
                     in into lots lot batches parts instalments installments equal this so as follows two three four 2 3 4 bitte wir \
                     ich mochten hatten gerne gern brauchen benotigen liefern lieferung lieferungen geliefert lieferbar sie uns \
                     aufgeteilt verteilt auf zwei drei vier teilen teile teillieferungen raten tranchen losen sendungen gleichen wie \
                     folgt folgendermassen zu ein merci de nous je voudrions voudrais souhaitons souhaitions besoin avons livrer \
                     livraison livraisons livrable livrables livre livres livree livrees en deux trois quatre fois envois tranches \
                     egales egaux comme suit ainsi reparties repartis veuillez vous d ' la a da vi preghiamo di consegnare consegna \
                     consegne consegnati consegnate spedire suddivisa suddivisi suddivise due tre quattro lotti volte tranche cosi \
                     come segue vorremmo uguali per favore ci servono necessitiamo por favor entregar entrega entregas entregue dos \
                     tres cuatro veces lotes iguales como sigue necesitamos graag leveren levering leveringen geleverd twee drie \
                     keer delen partijen gelijke als volgt hebben nodig"
                )
                .has(&t.folded)
        })
    };
    while leads(at) {
        at += 1;
    }
    at
}

/// 'Half on', 'davon die Hälfte am', 'et la moitié le'.
fn is_half(scan: &Scan<'_>, mut run: Range<usize>) -> bool {
    let half = |word: &str| words!("half halfte moitie meta mitad helft").has(word);
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    run.clone().filter(|at| half(word(*at))).count() == 1
        && run.all(|at| {
            half(word(at))
                || is_close(scan, at)
                || words!(
                    "please first second erste premiere prima seconda liefern geliefert bitte of them thereof the one other and on by for delivered delivery davon die der eine andere anderen zweite und am bis zum \
                     auf den dont la le les une l autre seconde et pour de di cui il la l una un altra e per entro el otra y para wovon waarvan andere op en"
                )
                .has(word(at))
        })
}

fn is_close(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_none_or(|t| {
        t.kind == Kind::Mark && !t.is('?')
            || words!("please thanks thank you liefern geliefert delivered bitte danke merci svp grazie gracias").has(&t.folded)
    })
}

pub(super) fn is_date(mention: &Mention) -> bool {
    matches!(mention.what, What::Date(_))
}

/// Amounts and days in turns, with nothing between but small words.
pub(super) fn parts_of(
    scan: &Scan<'_>,
    rest: &[&Mention],
    total: Option<&Whole>,
    product: Option<&Mention>,
) -> Option<Vec<Part>> {
    let dates_lead = rest.first().is_some_and(|m| is_date(m));
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    while at < rest.len() {
        let one = rest.get(at)?;
        let two = rest.get(at + 1);
        let (amount, date, next) = match two {
            Some(two) if is_amount(one) && is_date(two) && !dates_lead => (*one, *two, at + 2),
            Some(two) if is_date(one) && is_amount(two) && dates_lead => (*two, *one, at + 2),
            // 'and the rest on 24 June' has no number of its own.
            _ if is_date(one) && at + 1 == rest.len() => {
                return the_rest(scan, one, rest.get(at.checked_sub(1)?)?, total?, parts);
            }
            _ => return None,
        };
        let (low, high) = if dates_lead { (date, amount) } else { (amount, date) };
        if !says_nothing(scan, low.tokens.end..high.tokens.start, product) {
            return None;
        }
        parts.push(part(scan, amount, date)?);
        at = next;
    }
    (parts.len() >= 2).then_some(parts)
}

fn part(scan: &Scan<'_>, amount: &Mention, date: &Mention) -> Option<Part> {
    let What::Amount { amount: value, each: false, .. } = amount.what else { return None };
    let words = scan.span(amount.tokens.clone()).map(|s| scan.evidence(s, "prose.quantity"));
    Some(Part { amount: value, words, dated: dated(scan, date)? })
}

fn dated(scan: &Scan<'_>, date: &Mention) -> Option<Dated> {
    let What::Date(when) = date.what else { return None };
    let span = scan.span(date.tokens.clone())?;
    Some(Dated { when: Some(when), evidence: scan.evidence(span, "prose.delivery_date") })
}

/// Most lines of parts below one product.
const MOST_PARTS: usize = 60;

/// Whether a line goes on with the parts of a product that the line above heads, or another part:
/// '300 m of A in total:', '180 m on 8 June', '120 m on 6 July'; or 'A' and its parts behind bullets.
pub(crate) fn goes_on(scan: &Scan<'_>, before: usize, line: usize, found: &[Mention]) -> bool {
    if !is_part(scan, line, found) {
        return false;
    }
    let filled = |line: &usize| scan.lines.get(*line).is_some_and(|l| !l.is_blank());
    let mut above = (0..=before).rev().filter(filled).take(MOST_PARTS);
    above
        .find(|line| !is_part(scan, *line, found))
        .is_some_and(|head| heads(scan, head, line, found))
}

/// Whether a line heads the parts of a product right below it.
pub(crate) fn begins(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    is_part(scan, line + 1, found) && heads(scan, line, line + 1, found)
}

fn counts(scan: &Scan<'_>, line: usize, found: &[Mention], is: fn(&Mention) -> bool) -> usize {
    let tokens = scan.lines.get(line).map_or(0..0, |l| l.tokens.clone());
    within(found, &tokens).iter().filter(|m| is(m)).count()
}

/// A line with an amount and a day, and no product.
fn is_part(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let counts = |is| counts(scan, line, found, is);
    counts(is_amount) >= 1 && counts(is_date) >= 1 && counts(is_product) == 0
}

/// Whether a line names the product of the parts below it: by a colon, or since they stand deeper.
fn heads(scan: &Scan<'_>, head: usize, part: usize, found: &[Mention]) -> bool {
    let counts = |is| counts(scan, head, found, is);
    let last = scan.lines.get(head).and_then(|l| l.tokens.end.checked_sub(1));
    let colon = last.and_then(|at| scan.token(at)).is_some_and(|t| t.is(':'));
    let alone = is_deeper(scan, head, part) && counts(is_amount) == 0;
    (colon || alone) && counts(is_product) == 1 && counts(is_date) == 0
        || colon && heads_over_lines(scan, head, found)
}

/// 'We order 20 pieces of the impeller (IM-3)', 'to be delivered in two lots:': one product and how many in
/// a sentence over several lines.
fn heads_over_lines(scan: &Scan<'_>, head: usize, found: &[Mention]) -> bool {
    const MOST: usize = 4;
    let ends = |line: usize| {
        let last = scan.lines.get(line).and_then(|l| l.tokens.end.checked_sub(1));
        scan.lines.get(line).is_none_or(crate::reading::text::TextLine::is_blank)
            || last.and_then(|at| scan.token(at)).is_some_and(|t| t.is_any(".:!?;"))
    };
    let first = (head.saturating_sub(MOST)..head).rev().find(|line| ends(*line));
    let Some(first) = first.map_or((head < MOST).then_some(0), |line| Some(line + 1)) else {
        return false;
    };
    let count = |is| (first..=head).map(|line| counts(scan, line, found, is)).sum::<usize>();
    first < head && count(is_product) == 1 && count(is_amount) == 1 && count(is_date) == 0
}

/// Whether a line stands below another one as its item does: behind a bullet, or indented.
fn is_deeper(scan: &Scan<'_>, head: usize, line: usize) -> bool {
    let bullet = |line: usize| {
        scan.lines.get(line).is_some_and(|l| l.tokens.start < fields::behind_bullet(scan, line))
    };
    let indented = |line: usize| scan.lines.get(line).is_some_and(|l| l.indented);
    bullet(line) && !bullet(head) || indented(line) && !indented(head)
}

/// 'A: 500 pcs on 3 March and another 500 pcs on 17 March': a line with one product and its parts.
pub(crate) fn is_row(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let tokens = scan.lines.get(line).map_or(0..0, |l| l.tokens.clone());
    let inside = within(found, &tokens);
    let count = |is: fn(&Mention) -> bool| inside.iter().filter(|m| is(m)).count();
    let parts = count(is_amount);
    count(is_product) == 1
        && parts >= 2
        && count(is_date) == parts
        && inside.iter().all(|m| m.tokens.end <= tokens.end)
}

/// The last part, where words say that it is what is left of the total.
fn the_rest(
    scan: &Scan<'_>,
    date: &Mention,
    before: &Mention,
    total: &Whole,
    mut parts: Vec<Part>,
) -> Option<Vec<Part>> {
    let gap = scan.tokens.get(before.tokens.end..date.tokens.start)?;
    let named = gap.iter().any(|t| {
        words!("rest remainder balance solde reste resto rimanenza restante rimanente")
            .has(&t.folded)
    });
    let taken = sum(parts.iter().map(|p| &p.amount))?;
    let left = total.number()?.checked_sub(taken)?;
    if !named || left <= Decimal::ZERO || parts.is_empty() {
        return None;
    }
    let dated = dated(scan, date)?;
    parts.push(Part { amount: total.again(left)?, words: total.words.clone(), dated });
    Some(parts)
}

/// How many parts a sentence says there are: 'in three lots', 'en deux fois'.
pub(super) fn told_lots(scan: &Scan<'_>, stretch: &Stretch) -> Option<usize> {
    let counted = |at: usize| {
        let token = scan.token(at)?;
        if token.kind == Kind::Digits {
            return token.folded.parse().ok();
        }
        number_words::words_at(scan, at, None)?.0.to_usize()
    };
    let lots = words!(
        "lots lot deliveries shipments batches instalments installments parts lieferungen teillieferungen teilen losen raten tranchen sendungen \
         fois livraisons envois tranches volte lotti consegne tranche rate veces entregas lotes keer leveringen partijen"
    );
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let named = |at: &usize| lots.has(word(at + usize::from(is_equal(word(at + 1))) + 1));
    stretch.tokens.clone().filter(named).find_map(counted)
}

/// The parts come to the total, where one is said, and no part is unsure.
fn adds_up(total: Option<&Mention>, parts: &[Part]) -> bool {
    let Some(taken) = sum(parts.iter().map(|p| &p.amount)) else { return false };
    match total.map(|m| &m.what) {
        Some(What::Amount { amount: Amount::Of { number, .. }, .. }) => {
            number.plain() == Some(taken)
        }
        Some(_) => false,
        None => true,
    }
}

fn sum<'a>(amounts: impl Iterator<Item = &'a Amount>) -> Option<Decimal> {
    amounts
        .map(|amount| match amount {
            Amount::Of { number, .. } => number.plain(),
            Amount::Bad => None,
        })
        .try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one?))
}

/// How many some parts are together.
pub(super) fn total(parts: &[Part]) -> Option<Decimal> {
    sum(parts.iter().map(|part| &part.amount))
}

/// '20 on 10 June or 30 on 24 June' is not decided.
pub(super) fn says_or(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    scan.tokens.get(stretch.tokens.clone()).unwrap_or_default().iter().any(|t| {
        words!("or oder ou o oppure of instead rather statt plutot anzi invece not nicht")
            .has(&t.folded)
            && t.folded != "of"
    })
}

/// Whether words between a part and its day name nothing else: '20 pieces of the same sheet on'.
pub(super) fn says_nothing(scan: &Scan<'_>, run: Range<usize>, product: Option<&Mention>) -> bool {
    let mut at = run.start;
    while at < run.end {
        if let Some(product) = product.filter(|product| product.tokens.contains(&at)) {
            at = product.tokens.end;
            continue;
        }
        let Some(token) = scan.token(at) else { return false };
        let same = words!("same selben gleichen meme memes stesso stessa stessi stesse")
            .has(&token.folded);
        if same && scan.token(at + 1).is_some_and(|t| t.kind == Kind::Word) {
            at += 2;
            continue;
        }
        let small = token.kind == Kind::Mark && !token.is('?')
            || is_filler_before(&token.folded)
            || words!(
                "on by for until to at be delivered deliver delivery due am bis zum zu den dem per le pour d ' ici \
                 livrer a il da consegnare entro el para entregar op tegen leveren davon dont cui waarvan of which us arrive arriving come with here other another others second next can may follow zweite zweiten folgen y en weitere weiteren anderen autres \
                 altri altre andere then and und et e ed in each these those them \
                 rest remaining restlichen ubrigen last final letzten derniers dernieres ultimi ultime ultimos ultimas laatste restants restantes restante restanti rimanenti balance solde saldo first premiers premieres seconds secondes primi prime secondi seconde erste ersten liefern geliefert lieferbar otros otras overige resterende wovon welche"
            )
            .has(&token.folded);
        if !small {
            return false;
        }
        at += 1;
    }
    true
}
