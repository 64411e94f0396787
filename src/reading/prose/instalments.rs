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
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Evidence;

/// A part of what is ordered, with its day.
pub(crate) struct Part {
    amount: Amount,
    words: Option<Evidence>,
    dated: Dated,
}

impl Part {
    /// With the unit of the whole.
    fn counted_in(self, whole: Option<Amount>) -> Self {
        match (self.amount, whole) {
            (Amount::Of { number, unit: None, .. }, Some(Amount::Of { unit, content, .. })) => {
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
    let parts = halves(scan, stretch, inside);
    if let Some(parts) = parts {
        return wishes(first, parts);
    }
    let (total, parts) = match rest.as_slice() {
        [total, part, ..] if is_amount(total) && is_amount(part) => (Some(*total), &rest[1..]),
        _ => (None, rest.as_slice()),
    };
    let parts = parts_of(scan, parts, total, Some(product));
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
    if halves(scan, stretch, inside).is_some() {
        return Some(start);
    }
    let last = parts.last()?;
    let gaps = std::iter::once(start).chain(parts.iter().map(|m| m.tokens.end));
    let joined =
        gaps.zip(parts).all(|(from, next)| says_nothing(scan, from..next.tokens.start, None));
    let closed = (last.tokens.end..stretch.tokens.end).all(|at| is_close(scan, at));
    let read = parts_of(scan, parts, Some(total), None)?;
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

/// 'Please send 200 A. 100 of them to arrive on 4 November and the other 100 on 18 November.': parts the
/// one wish before a sentence that names no goods, where its parts come to the whole.
pub(crate) fn part_before(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    ordered: &mut Vec<Wish>,
) -> bool {
    let [only] = ordered.as_slice() else { return false };
    let Some(Amount::Of { number, unit, .. }) = only.amount else { return false };
    let open = only.delivery.is_none() && !stretch.question && !says_or(scan, stretch);
    if !open || inside.iter().any(|m| is_product(m)) || inside.len() < 4 {
        return false;
    }
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return false };
    let quiet = |run: Range<usize>| says_nothing(scan, run, None);
    // 'Another 100 on 3 May' comes beside the whole.
    let more = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("another further more additional other others weitere weiteren nochmals noch zusatzlich autres autre encore altri altre ancora otros otras andere nog")
                .has(&t.folded)
        })
    };
    let before = stretch.tokens.start..first.tokens.start + 1;
    let edges = !before.clone().any(more)
        && quiet(stretch.tokens.start..first.tokens.start)
        && quiet(last.tokens.end..stretch.tokens.end);
    let Some(parts) = parts_of(scan, inside, None, None).filter(|_| edges) else { return false };
    // 'Two boxes. 1 on 4 November' counts boxes, too: what is left out is as before.
    let same = parts.iter().all(|part| match part.amount {
        Amount::Of { unit: own, .. } => own.is_none() || own == unit,
        Amount::Bad => false,
    });
    let parts: Vec<Part> = parts.into_iter().map(|part| part.counted_in(only.amount)).collect();
    let whole = sum(parts.iter().map(|part| &part.amount));
    if !same || whole.is_none() || whole != number.plain() {
        return false;
    }
    *ordered = wishes(only, parts);
    true
}

fn wishes(first: &Wish, parts: Vec<Part>) -> Vec<Wish> {
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

/// '400 A, half on 23 March, half on 20 April': the parts, where the sentence says no more.
fn halves(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Option<Vec<Part>> {
    let amounts: Vec<&&Mention> = inside.iter().filter(|m| is_amount(m)).collect();
    let dates: Vec<&&Mention> = inside.iter().filter(|m| is_date(m)).collect();
    let products = inside.iter().filter(|m| is_product(m)).count();
    let ([total], [one, two], 1) = (amounts.as_slice(), dates.as_slice(), products) else {
        return None;
    };
    let What::Amount { amount: Amount::Of { number, unit, content }, each: false, .. } = total.what
    else {
        return None;
    };
    let goods = inside.iter().filter(|m| !is_date(m)).map(|m| m.tokens.end).max()?;
    let half = number.plain()? / Decimal::TWO;
    let led = goods <= one.tokens.start
        && is_half(scan, goods..one.tokens.start)
        && is_half(scan, one.tokens.end..two.tokens.start)
        && (two.tokens.end..stretch.tokens.end).all(|at| is_close(scan, at));
    if !led || !half.fract().is_zero() || says_or(scan, stretch) || stretch.question {
        return None;
    }
    let amount = Amount::Of { number: Number::Plain(half), unit, content };
    [one, two]
        .into_iter()
        .map(|date| {
            let words = scan.span(total.tokens.clone()).map(|s| scan.evidence(s, "prose.quantity"));
            Some(Part { amount, words, dated: dated(scan, date)? })
        })
        .collect()
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
                    "please of them thereof the one other and on by for delivered delivery davon die der eine andere anderen zweite und am bis zum \
                     auf den dont la le les une l autre seconde et pour de di cui il la l una un altra e per entro el otra y para wovon waarvan andere op en"
                )
                .has(word(at))
        })
}

fn is_close(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_none_or(|t| {
        t.kind == Kind::Mark && !t.is('?')
            || words!("please thanks thank you bitte danke merci svp grazie gracias").has(&t.folded)
    })
}

fn is_date(mention: &Mention) -> bool {
    matches!(mention.what, What::Date(_))
}

/// Amounts and days in turns, with nothing between but small words.
fn parts_of(
    scan: &Scan<'_>,
    rest: &[&Mention],
    total: Option<&Mention>,
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
    total: &Mention,
    mut parts: Vec<Part>,
) -> Option<Vec<Part>> {
    let gap = scan.tokens.get(before.tokens.end..date.tokens.start)?;
    let named = gap.iter().any(|t| {
        words!("rest remainder balance solde reste resto rimanenza restante rimanente")
            .has(&t.folded)
    });
    let What::Amount { amount: Amount::Of { number, unit, content }, .. } = total.what else {
        return None;
    };
    let taken = sum(parts.iter().map(|p| &p.amount))?;
    let left = number.plain()?.checked_sub(taken)?;
    if !named || left <= Decimal::ZERO || parts.is_empty() {
        return None;
    }
    parts.push(Part {
        amount: Amount::Of { number: Number::Plain(left), unit, content },
        words: scan.span(total.tokens.clone()).map(|s| scan.evidence(s, "prose.quantity")),
        dated: dated(scan, date)?,
    });
    Some(parts)
}

/// How many parts a sentence says there are: 'in three lots', 'en deux fois'.
fn told_lots(scan: &Scan<'_>, stretch: &Stretch) -> Option<usize> {
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
    let named = |at: &usize| scan.token(at + 1).is_some_and(|t| lots.has(&t.folded));
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

/// '20 on 10 June or 30 on 24 June' is not decided.
fn says_or(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    scan.tokens.get(stretch.tokens.clone()).unwrap_or_default().iter().any(|t| {
        words!("or oder ou o oppure of instead rather statt plutot anzi invece not nicht")
            .has(&t.folded)
            && t.folded != "of"
    })
}

/// Whether words between a part and its day name nothing else: '20 pieces of the same sheet on'.
fn says_nothing(scan: &Scan<'_>, run: Range<usize>, product: Option<&Mention>) -> bool {
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
                 livrer a il da consegnare entro el para entregar op tegen leveren davon dont cui waarvan of which us arrive arriving come with here other another others y en weitere weiteren anderen autres \
                 altri altre andere then and und et e ed in each these those them \
                 rest remaining restlichen ubrigen last final letzten derniers dernieres ultimi ultime ultimos ultimas laatste restants restantes restante restanti rimanenti otros otras overige resterende wovon welche"
            )
            .has(&token.folded);
        if !small {
            return false;
        }
        at += 1;
    }
    true
}
