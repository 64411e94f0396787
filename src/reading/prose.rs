//! Running text and lists: amounts are linked to the products beside them, dates to the products
//! that they are said of.

use std::ops::Range;

use super::cues::{self, Cues};
use super::draft::{Amount, Desk, Draft, Form, Named, Wish};
use super::mentions::{self, Mention, What, is_filler_before};
use super::numbers::Number;
use super::prose_dates::{StretchDates, dates_of, spread};
use super::text::{Kind, Scan, words};
use super::types::{Evidence, Lang};

/// A stretch of text within which mentions belong together: a sentence, or a row of a list.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// What it is for.
    pub(super) cues: Cues,
    question: bool,
}

/// What running text says, with the cues of all of it.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations of one text")]
pub(super) struct Prose {
    /// What it orders.
    pub(super) draft: Draft,
    /// Cues of all sentences.
    pub(super) cues: Cues,
    /// Cues of the sentences that mention products.
    pub(super) about: Cues,
    /// A sentence that mentions a product asks something.
    pub(super) question: bool,
    /// Any sentence asks something.
    pub(super) asks: bool,
    /// A sentence sets a condition to the order.
    pub(super) condition: bool,
    /// A sentence speaks of products that were ordered before.
    pub(super) past: bool,
    /// Bare numbers that nothing explains: beside an order's lines they may correct them.
    pub(super) bare: Vec<Evidence>,
}

/// Reads the tokens that are free.
pub(super) fn read(scan: &Scan<'_>, free: &[bool], desk: &Desk<'_>) -> Prose {
    let found = mentions::find(scan, free, desk);
    let stretches = stretches(scan, free, &found, desk.lang);
    let mut prose = Prose::default();
    let mut dates: Vec<StretchDates> = Vec::new();
    for stretch in &stretches {
        let inside: Vec<&Mention> =
            found.iter().filter(|m| stretch.tokens.contains(&m.tokens.start)).collect();
        prose.cues = prose.cues.and(stretch.cues);
        prose.asks |= stretch.question;
        let first = prose.draft.wishes.len();
        let linked = link(scan, stretch, &inside, desk, &mut prose);
        let loose = inside.iter().any(|m| matches!(m.what, What::Amount { marked: true, .. }));
        let ours = |m: &&&Mention| {
            matches!(
                &m.what,
                What::Product(Named::One(_) | Named::Several(_) | Named::Contradiction, _)
            )
        };
        if loose || inside.iter().any(|m| ours(&m)) {
            prose.hear(scan, stretch);
        }
        prose.condition |= stretch.cues.has(Cues::CONDITION)
            && (inside.iter().any(|m| is_product(m))
                || stretch.cues.has(ACTS) && !stretch.cues.has(Cues::ANSWER.and(Cues::CALL)));
        let wishes = first..prose.draft.wishes.len();
        dates.push(dates_of(scan, stretch, &inside, &linked, wishes, desk, &mut prose.draft));
    }
    spread(&dates, &mut prose.draft);
    prose
}

/// What a condition can be set to.
const ACTS: Cues = Cues::ORDER.and(Cues::DELIVERY).and(Cues::PRICE).and(Cues::CANCEL);

impl Prose {
    /// Takes in what a sentence about products is for.
    fn hear(&mut self, scan: &Scan<'_>, stretch: &Stretch) {
        self.about = self.about.and(stretch.cues);
        self.question |= stretch.question && !asks_politely(scan, stretch);
        self.past |= stretch.cues.has(Cues::PAST) && !stretch.cues.has(Cues::ORDER);
    }
}

/// 'Can you please send us …?' is an order; 'can you deliver …?' is a question.
fn asks_politely(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let words = scan.tokens.get(stretch.tokens.clone()).unwrap_or_default();
    let please = words.iter().any(|t| {
        words!("please pls plz bitte svp plait kindly favore prego favor alstublieft")
            .has(&t.folded)
    });
    please && stretch.cues.has(Cues::ORDER) && !stretch.cues.has(Cues::PRICE)
}

fn is_product(mention: &Mention) -> bool {
    matches!(mention.what, What::Product(..))
}

fn is_amount(mention: &Mention) -> bool {
    matches!(mention.what, What::Amount { .. })
}

/// Parts the free tokens into stretches: at the ends of sentences, at blank lines, and between the
/// rows of a list.
fn stretches(
    scan: &Scan<'_>,
    free: &[bool],
    found: &[Mention],
    lang: Option<Lang>,
) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut start: Option<usize> = None;
    let mut close = |from: Option<usize>, to: usize| {
        let Some(from) = from.filter(|from| *from < to) else { return };
        let tokens = from..to;
        let folded = folded_beside(scan, tokens.clone(), found);
        let mut cues = cues::of_lang(&folded, lang);
        // Struck-through words are not read of HTML; that they are told of cancels nothing else.
        let struck =
            ["struck", "crossed out", "durchgestrichen", "gestrichen", "barre", "raye", "barrat"];
        if scan.part == super::types::Part::Html && struck.iter().any(|word| folded.contains(word))
        {
            cues = cues.without(Cues::CANCEL);
        }
        let question =
            scan.tokens.get(tokens.clone()).unwrap_or_default().iter().any(|t| t.is('?'));
        stretches.push(Stretch { tokens, cues, question });
    };
    for at in 0..scan.tokens.len() {
        if free.get(at) != Some(&true) {
            close(start.take(), at);
            continue;
        }
        if start.is_some() && parts(scan, at, found) {
            close(start.replace(at), at);
        }
        start.get_or_insert(at);
    }
    close(start, scan.tokens.len());
    stretches
}

/// The folded words of a run beside its products: what a product is called says nothing of what
/// the sentence is for.
fn folded_beside(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> String {
    let from = found.partition_point(|m| m.tokens.end <= run.start);
    let mut folded = String::new();
    let mut at = run.start;
    let inside = found.iter().skip(from).take_while(|m| m.tokens.start < run.end);
    for mention in inside.filter(|m| is_product(m)) {
        folded.push_str(&scan.folded(at..mention.tokens.start.max(at)));
        folded.push_str(" _ ");
        at = mention.tokens.end.min(run.end).max(at);
    }
    folded.push_str(&scan.folded(at..run.end));
    folded
}

/// Whether a stretch begins at a token.
fn parts(scan: &Scan<'_>, at: usize, found: &[Mention]) -> bool {
    let (Some(token), Some(before)) = (scan.token(at), scan.token(at - 1)) else { return false };
    if token.line != before.line {
        let blank = (before.line + 1..token.line)
            .any(|l| scan.lines.get(l).is_some_and(super::text::TextLine::is_blank));
        let bullet =
            token.is_any("-*•·–—>‣▪●→") && scan.token(at + 1).is_some_and(|t| t.line == token.line);
        if blank || bullet || before.is(':') || numbered(scan, at) {
            return true;
        }
        // 'and 5 B' in a new line goes on with the sentence.
        let goes_on = words!("and und et e ed plus sowie y en as").has(&token.folded)
            && scan.words(token.span).starts_with(char::is_lowercase);
        if !goes_on && row(scan, token.line, found) && row(scan, before.line, found) {
            return true;
        }
        // A row under a line without any product is a row of its own: '20 June:\n3 x A'.
        let heads = !line_has(scan, before.line, found, is_product) && row(scan, token.line, found);
        let short = scan.lines.get(before.line).is_some_and(|l| l.tokens.len() <= 3);
        if heads && (short || before.is_any(",!")) {
            return true;
        }
    }
    sentence_ends(scan, at - 1)
}

fn numbered(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= 2)
        && scan.token(at + 1).is_some_and(|t| t.glued && t.is_any(".)"))
        && scan.token(at + 2).is_some_and(|t| !t.glued)
}

fn line_has(scan: &Scan<'_>, line: usize, found: &[Mention], is: fn(&Mention) -> bool) -> bool {
    let Some(tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { return false };
    let from = found.partition_point(|m| m.tokens.start < tokens.start);
    found.iter().skip(from).take_while(|m| m.tokens.start < tokens.end).any(is)
}

/// A line with a product and its amount, both whole on it.
fn row(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let Some(tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { return false };
    let from = found.partition_point(|m| m.tokens.start < tokens.start);
    let inside: Vec<&Mention> =
        found.iter().skip(from).take_while(|m| m.tokens.start < tokens.end).collect();
    let whole = inside.iter().all(|m| m.tokens.end <= tokens.end);
    let products = inside.iter().filter(|m| is_product(m)).count();
    let amounts = inside.iter().filter(|m| is_amount(m)).count();
    whole && products == 1 && amounts == 1 && tokens.len() <= 30
}

/// Whether a sentence ends with this token.
pub(super) fn sentence_ends(scan: &Scan<'_>, at: usize) -> bool {
    let (Some(token), Some(next)) = (scan.token(at), scan.token(at + 1)) else { return false };
    if !token.is_any(".!?;") || next.glued {
        return false;
    }
    if token.is_any("!?;") {
        return true;
    }
    let before = at.checked_sub(1).and_then(|i| scan.token(i));
    let short = before.is_some_and(|b| {
        b.kind == Kind::Word
            && (b.folded.chars().count() == 1
                || words!("nr no stk pcs pc art ca approx st tel resp inkl incl bzw ref qty mr mrs ms dr z b ggf \
        evtl max min pz cad num best ns pce ltd inc co str").has(&b.folded))
    });
    let ordinal = before.is_some_and(|b| b.kind == Kind::Digits)
        && (super::dates::is_month(scan, at + 1)
            || next.kind == Kind::Digits
                && next.folded.len() <= 2
                && scan.token(at + 2).is_some_and(|t| t.glued && t.is('.')));
    let lower = scan.words(next.span).starts_with(char::is_lowercase);
    !(short || ordinal || (lower && next.line == token.line))
}

/// Which product mention each wish of a stretch came from.
pub(super) type Linked = Vec<(usize, usize)>;

/// Links amounts and products of a stretch, and adds the wishes. The result pairs the place of a
/// mention within the stretch with the place of its wish in the draft.
fn link(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    desk: &Desk<'_>,
    prose: &mut Prose,
) -> Linked {
    let draft = &mut prose.draft;
    let products: Vec<usize> =
        (0..inside.len()).filter(|i| inside.get(*i).is_some_and(|m| is_product(m))).collect();
    let amounts: Vec<usize> =
        (0..inside.len()).filter(|i| inside.get(*i).is_some_and(|m| is_amount(m))).collect();
    let mut amount_of: Vec<Option<usize>> = vec![None; inside.len()];
    let mut used = vec![false; inside.len()];
    distribute(inside, &mut amount_of, &mut used);
    let order: Vec<&&Mention> = inside.iter().filter(|m| is_product(m) || is_amount(m)).collect();
    let after_only =
        order.first().is_some_and(|m| is_product(m)) && order.last().is_some_and(|m| is_amount(m));
    let before_only =
        order.first().is_some_and(|m| is_amount(m)) && order.last().is_some_and(|m| is_product(m));
    if !after_only {
        pair(scan, inside, &products, &amounts, true, &mut amount_of, &mut used);
    }
    if !before_only {
        pair(scan, inside, &products, &amounts, false, &mut amount_of, &mut used);
    }
    if after_only {
        pair(scan, inside, &products, &amounts, true, &mut amount_of, &mut used);
    }
    let mut linked = Vec::new();
    for place in &products {
        let Some(mention) = inside.get(*place) else { continue };
        let What::Product(named, certainty) = &mention.what else { continue };
        let amount = amount_of.get(*place).copied().flatten().and_then(|i| inside.get(i));
        // A word that only looks like a code is a product where an amount says so.
        if amount.is_none() && matches!(named, Named::Unknown) {
            continue;
        }
        if amount.is_none()
            && matches!(named, Named::Several(_))
            && *certainty == 0
            && !stretch.cues.has(Cues::ORDER)
        {
            continue;
        }
        let wish = wish_of(scan, stretch, inside, *place, amount.copied(), desk, draft);
        let Some(wish) = wish else { continue };
        linked.push((*place, draft.wishes.len()));
        draft.wishes.push(wish);
    }
    loose_amounts(scan, stretch, inside, &used, draft);
    bare_numbers(scan, stretch, inside, &used, &mut prose.bare);
    linked
}

/// The wish for a product with the amount that is linked to it.
fn wish_of(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    place: usize,
    amount: Option<&Mention>,
    desk: &Desk<'_>,
    draft: &Draft,
) -> Option<Wish> {
    let mention = inside.get(place)?;
    let What::Product(named, certainty) = &mention.what else { return None };
    let block = u32::try_from(draft.wishes.len() + 1).unwrap_or(u32::MAX);
    let mut wish = Wish::new(block, Form::Prose);
    let sized = *certainty == super::values::BY_PART
        && scan.token(mention.tokens.end).is_some_and(|t| {
            t.kind == Kind::Digits && amount.is_none_or(|a| !a.tokens.contains(&mention.tokens.end))
        });
    let next_mention = inside.get(place + 1).map_or(stretch.tokens.end, |next| next.tokens.start);
    let other = sized
        || strange_neighbour(scan, mention, *certainty)
        || made_other(scan, mention, named, next_mention, desk);
    wish.named = if other {
        match named {
            Named::One(one) => Named::Several(vec![*one]),
            other => other.clone(),
        }
    } else {
        named.clone()
    };
    wish.certainty = (*certainty).clamp(1, 97);
    wish.product_words =
        scan.span(mention.tokens.clone()).map(|s| scan.evidence(s, "prose.product"));
    if let Some(amount) = amount
        && let What::Amount { amount: value, .. } = &amount.what
    {
        let bound = scan.token(mention.tokens.end).is_some_and(|t| mentions::is_bound(&t.folded));
        wish.amount = Some(if bound { Amount::Bad } else { *value });
        wish.amount_words =
            scan.span(amount.tokens.clone()).map(|s| scan.evidence(s, "prose.quantity"));
    }
    Some(wish)
}

/// Bare numbers beside products, or at the beginning of a sentence without any, that nothing
/// explains: '10 not 20 A', 'P.S. 15 would be better'.
fn bare_numbers(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    used: &[bool],
    bare: &mut Vec<Evidence>,
) {
    let number = |m: &Mention| match m.what {
        What::Amount { amount: Amount::Of { number, unit: None, .. }, marked: false, .. } => {
            Some(number)
        }
        _ => None,
    };
    let products = inside.iter().any(|m| is_product(m));
    for (place, mention) in inside.iter().enumerate() {
        let Some(value) = number(mention).filter(|_| used.get(place) == Some(&false)) else {
            continue;
        };
        let whole = value.plain().is_none_or(|n| n.fract().is_zero());
        // '10 (ten)' says it twice.
        let again = inside.iter().zip(used).any(|(other, used)| {
            let same = |n: &Number| n.plain().is_some() && n.plain() == value.plain();
            *used && matches!(&other.what, What::Amount { amount: Amount::Of { number, .. }, .. } if same(number))
        });
        let start = mention.tokens.start;
        let before = scan.tokens.get(stretch.tokens.start..start).unwrap_or_default();
        let opens = before.iter().filter(|t| t.is_alnum()).all(|t| takes_back(&t.folded));
        let line = scan.token(start).map(|t| t.line);
        let named = |at: usize| inside.iter().any(|m| is_product(m) && m.tokens.contains(&at));
        let role = (start.saturating_sub(4)..start).filter(|at| !named(*at)).any(|at| {
            scan.token(at).is_some_and(|t| {
                Some(t.line) == line
                    && t.folded.len() > 1
                    && t.folded != "no"
                    && mentions::is_role(&t.folded)
            })
        });
        let near = |other: &&Mention| {
            is_amount(other)
                && other.tokens != mention.tokens
                && (other.tokens.start.abs_diff(mention.tokens.end) <= 1
                    || start.abs_diff(other.tokens.end) <= 1)
        };
        let digits =
            scan.token(start).is_some_and(|t| t.kind == Kind::Digits) || inside.iter().any(near);
        let house = super::places::on_line(scan, start);
        // 'Item 3' of a form whose third row is empty.
        let row = line
            .and_then(|l| scan.lines.get(l))
            .is_some_and(|l| super::fields::label_of(scan, l.tokens.start..start).is_some());
        let house = house || row;
        if whole && digits && !again && !role && !house && (products || opens) {
            let end = words_end(scan, mention.tokens.end, stretch.tokens.end);
            let span = scan.span(mention.tokens.start..end);
            bare.extend(span.map(|s| scan.evidence(s, "prose.unexplained")));
        }
    }
}

/// Words that lead to another number than the one before.
fn takes_back(word: &str) -> bool {
    words!(
        "no not rather please sorry p s ps better make it that nein nicht lieber doch besser bitte \
         non plutot pardon meglio anzi scusate mi correggo je corrige ich korrigiere \
         note notes nota remark remarks remarque hinweis bemerkung anmerkung comment correction \
         korrektur correzione rettifica"
    )
    .has(word)
}

/// Whether the words behind a product's code make another product of it: 'HS-1 in brass', 'HS-1,
/// but black' where a black one exists.
fn made_other(
    scan: &Scan<'_>,
    mention: &Mention,
    named: &Named,
    end: usize,
    desk: &Desk<'_>,
) -> bool {
    let Named::One(place) = named else { return false };
    let Some(product) = desk.catalog.product(*place) else { return false };
    let names = &desk.catalog.index().names;
    let mut siblings = None;
    for at in mention.tokens.end..end.min(mention.tokens.end + 5) {
        let Some(token) = scan.token(at) else { break };
        let parts = token.kind == Kind::Digits
            || token.is_any(".;:?!")
            || words!("and und et e y en plus sowie").has(&token.folded);
        if parts {
            break;
        }
        if names.knows(token) {
            let kin =
                siblings.get_or_insert_with(|| names.siblings(desk.catalog.products(), product));
            if names.contradicts(product, kin, token) {
                return true;
            }
        }
        let material = token.glued || !words!("in aus en").has(&token.folded);
        let next = scan.token(at + 1).filter(|t| t.kind == Kind::Word && t.folded.len() >= 4);
        if !material
            && let Some(next) = next
            && !super::lang::is_common(&next.folded)
            && !words!("total stock week case order boxes bags kartons beuteln einer einem kurze zwei three four february january").has(&next.folded)
            && super::units::unit_at(scan, at + 1).is_none()
            && super::numbers::words_at(scan, at + 1, None).is_none()
            && super::dates::date_at(scan, at, desk.calendar()).is_none()
            && super::dates::date_at(scan, at + 1, desk.calendar()).is_none()
            && !names_word(product, &next.folded)
        {
            return true;
        }
    }
    false
}

/// Whether a word is part of a product's name.
fn names_word(product: &super::catalog::Product, folded: &str) -> bool {
    let has = |name: &String| super::text::fold(name).contains(folded);
    has(&product.name) || product.names.values().any(has)
}

/// 'je 4 Stück A und B', '4 each of A and B', 'A and B, 4 each'.
fn distribute(inside: &[&Mention], amount_of: &mut [Option<usize>], used: &mut [bool]) {
    for (place, mention) in inside.iter().enumerate() {
        if !matches!(mention.what, What::Amount { each: true, .. }) {
            continue;
        }
        let behind: Vec<usize> = (place + 1..inside.len())
            .take_while(|i| inside.get(*i).is_some_and(|m| !is_amount(m)))
            .filter(|i| inside.get(*i).is_some_and(|m| is_product(m)))
            .collect();
        let before: Vec<usize> = (0..place)
            .rev()
            .take_while(|i| inside.get(*i).is_some_and(|m| !is_amount(m)))
            .filter(|i| inside.get(*i).is_some_and(|m| is_product(m)))
            .collect();
        let of = if behind.is_empty() { before } else { behind };
        for product in of {
            if let Some(slot) = amount_of.get_mut(product).filter(|slot| slot.is_none()) {
                *slot = Some(place);
                if let Some(flag) = used.get_mut(place) {
                    *flag = true;
                }
            }
        }
    }
}

/// Links each free amount to the product right behind it (`before`: the amount stands before), or
/// right before it.
fn pair(
    scan: &Scan<'_>,
    inside: &[&Mention],
    products: &[usize],
    amounts: &[usize],
    before: bool,
    amount_of: &mut [Option<usize>],
    used: &mut [bool],
) {
    for place in amounts {
        if used.get(*place) != Some(&false) {
            continue;
        }
        let neighbour = if before {
            products.iter().find(|p| *p > place)
        } else {
            products.iter().rev().find(|p| *p < place)
        };
        let Some(product) = neighbour.filter(|p| amount_of.get(**p) == Some(&None)) else {
            continue;
        };
        let (low, high) = if before { (*place, *product) } else { (*product, *place) };
        let between =
            (low + 1..high).any(|i| inside.get(i).is_some_and(|m| is_amount(m) || is_product(m)));
        let (Some(amount), Some(named)) = (inside.get(*place), inside.get(*product)) else {
            continue;
        };
        let near =
            if before { gap_before(scan, amount, named) } else { gap_after(scan, named, amount) };
        if !between && near {
            if let Some(slot) = amount_of.get_mut(*product) {
                *slot = Some(*place);
            }
            if let Some(flag) = used.get_mut(*place) {
                *flag = true;
            }
        }
    }
}

/// Only fillers between an amount and the product behind it.
fn gap_before(scan: &Scan<'_>, amount: &Mention, product: &Mention) -> bool {
    let gap = amount.tokens.end..product.tokens.start;
    let lines = |at: usize| scan.token(at).map_or(0, |t| t.line);
    // Over a line's end only within a wrapped sentence.
    let wraps = lines(amount.tokens.start) != lines(product.tokens.start);
    if wraps && scan.token(amount.tokens.end.saturating_sub(1)).is_none() {
        return false;
    }
    gap.len() <= 6
        && gap.clone().all(|i| scan.token(i).is_some_and(|t| is_filler_before(&t.folded)))
}

/// Only a separator or the word 'quantity' between a product and the amount behind it.
fn gap_after(scan: &Scan<'_>, product: &Mention, amount: &Mention) -> bool {
    let gap = product.tokens.end..amount.tokens.start;
    let same_line = scan.token(product.tokens.end.saturating_sub(1)).map(|t| t.line)
        == scan.token(amount.tokens.start).map(|t| t.line);
    let fits = |word: &str| {
        words!(
            ": - – — x * = ( ) , | ; → > / ] . qty quantity menge anzahl quantite qte quantita qta \
        cantidad aantal je each stuck stk pcs pieces pz a"
        )
        .has(word)
            && word != "a"
    };
    same_line
        && gap.len() <= 5
        && gap.clone().all(|i| scan.token(i).is_some_and(|t| fits(&t.folded)))
}

/// A word right behind a name that may make it another product.
fn strange_neighbour(scan: &Scan<'_>, mention: &Mention, certainty: u8) -> bool {
    if certainty >= super::values::BY_CODE {
        return false;
    }
    let mut at = mention.tokens.end;
    if scan.token(at).is_some_and(|t| t.is(',')) {
        at += 1;
    }
    let Some(last) = scan.token(mention.tokens.end.saturating_sub(1)) else { return false };
    let Some(token) =
        scan.token(at).filter(|t| t.kind == Kind::Word && t.line == last.line && !t.gap)
    else {
        return false;
    };
    let lower = scan.words(token.span).starts_with(char::is_lowercase);
    let long = token.folded.chars().count() >= 4;
    lower
        && long
        && !super::lang::is_common(&token.folded)
        && !super::values::is_small(&token.folded)
        && super::units::unit_at(scan, at).is_none()
        && super::dates::weekday_at(scan, at).is_none()
        && super::numbers::words_at(scan, at, None).is_none()
        && !matches!(token.folded.as_str(), "half" | "halb" | "demi" | "mezza")
        && !cues::of(&token.folded).has(
            Cues::ORDER
                .and(Cues::DELIVERY)
                .and(Cues::ANSWER)
                .and(Cues::CONDITION)
                .and(Cues::UNSURE),
        )
}

/// Amounts that no product was found for: with a unit or sign they are part of an order that was
/// not understood.
fn loose_amounts(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    used: &[bool],
    draft: &mut Draft,
) {
    for (place, mention) in inside.iter().enumerate() {
        let What::Amount { amount, marked, .. } = &mention.what else { continue };
        if used.get(place) == Some(&true) {
            continue;
        }
        let piece = match amount {
            Amount::Of { unit: None, .. } => *marked,
            Amount::Of { unit: Some(unit), .. } => matches!(
                unit,
                super::units::Unit::Pieces(_)
                    | super::units::Unit::Pack(_)
                    | super::units::Unit::Weight(_)
                    | super::units::Unit::Length(_)
            ),
            Amount::Bad => true,
        };
        let leads = scan.lines.iter().any(|l| {
            let first = super::fields::behind_bullet(
                scan,
                scan.token(mention.tokens.start).map_or(0, |t| t.line),
            );
            l.tokens.contains(&mention.tokens.start) && first == mention.tokens.start
        });
        let words_behind = scan.token(mention.tokens.end).is_some_and(|t| {
            t.kind == Kind::Word && scan.token(mention.tokens.start).map(|s| s.line) == Some(t.line)
        });
        let listed = leads && words_behind && inside.len() <= 2 && stretch.tokens.len() <= 14;
        let ordered = stretch.cues.has(Cues::ORDER) || inside.iter().any(|m| is_product(m));
        let whole = matches!(amount, Amount::Of { number, .. } if number.plain().is_none_or(|n| n.fract().is_zero()));
        let piece = piece || whole && !marked && counts_goods(scan, mention.tokens.end);
        let sure = *marked && !matches!(amount, Amount::Bad);
        if !sure && super::places::on_line(scan, mention.tokens.start) {
            continue;
        }
        if (piece && (ordered || listed))
            || (listed && *marked)
            || (listed && ordered)
            || (marked_line(scan, mention) && listed)
        {
            let end = words_end(scan, mention.tokens.end, stretch.tokens.end);
            if let Some(span) = scan.span(mention.tokens.start..end) {
                draft.loose.push(scan.evidence(span, "prose.unexplained"));
            }
        }
    }
}

/// Whether a noun that may be some article stands behind a bare number: '80 washers M12'.
fn counts_goods(scan: &Scan<'_>, at: usize) -> bool {
    let goods = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Word
                && t.folded.chars().count() >= 4
                && !super::lang::is_common(&t.folded)
                && super::dates::weekday_at(scan, at).is_none()
        })
    };
    let filler =
        scan.token(at).is_some_and(|t| t.kind == Kind::Word && is_filler_before(&t.folded));
    goods(at) || filler && goods(at + 1)
}

/// '5 left-handed widgets' alone on a line.
fn marked_line(scan: &Scan<'_>, mention: &Mention) -> bool {
    scan.token(mention.tokens.start).is_some_and(|t| t.kind == Kind::Digits)
}

/// Some words behind an amount, to show.
fn words_end(scan: &Scan<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end
        && at < from + 5
        && scan.token(at).is_some_and(|t| t.kind == Kind::Word || t.is('-'))
    {
        at += 1;
    }
    at
}
