//! Sentences of which the learned model (`sense`) is sure that they say nothing of the order beside them.
//! How sure it has to be depends on what the word lists make of them.

use std::ops::Range;

use chrono::NaiveDate;

use super::accounts;
use super::cues::Cues;
use super::perils::{self, Sentence};
use crate::reading::dates::When;
use crate::reading::draft::Named;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::sense;
use crate::reading::text::stretches::{Stretch, goods, is_amount, is_product, joins_goods};
use crate::reading::text::{Kind, Scan, Token, words};
use crate::reading::types::Lang;

/// How much speaks for it that a sentence turns the order; nothing of one with goods or amounts in it, or
/// that leads to some: it is half a sentence.
pub(crate) fn weigh(
    scan: &Scan<'_>,
    run: &Range<usize>,
    told: &[Mention],
    found: &[Mention],
) -> Option<f32> {
    let goods = told.iter().any(|m| is_product(m) || is_amount(m));
    let tokens = scan.tokens.get(run.clone()).filter(|_| !goods && !leads_on(scan, run, found))?;
    sense::weigh(behind_greeting(tokens))
}

/// How much speaks for it that a sentence orders the goods that it names, or leads to; nothing of one that
/// hardly says more than what the goods are.
pub(crate) fn weigh_goods(
    scan: &Scan<'_>,
    run: &Range<usize>,
    told: &[Mention],
    found: &[Mention],
) -> Option<f32> {
    let leads = leads_on(scan, run, found);
    let ours = |m: &Mention| matches!(m.what, What::Product(Named::One(_) | Named::Several(_), _));
    let goods = told.iter().any(ours) && told.iter().any(is_amount);
    let behind = run.end - behind_greeting(scan.tokens.get(run.clone())?).len();
    ((goods || leads) && says_something(scan, run, told, goods) && !fills_up(scan, told))
        .then(|| sense::weigh_goods(scan, &(behind..run.end), told, leads))
}

/// 'Please replenish to 20 A': what is to be there, not what is to come.
fn fills_up(scan: &Scan<'_>, told: &[Mention]) -> bool {
    let before = |m: &Mention| m.tokens.start.checked_sub(1).and_then(|at| scan.token(at));
    let leads = |m: &Mention| before(m).is_some_and(|t| words!("to auf tot").has(&t.folded));
    told.iter().filter(|m| is_amount(m)).any(leads)
}

/// Whether the model is sure that goods are ordered.
pub(crate) fn orders(ordering: Option<f32>) -> bool {
    ordering.is_some_and(|weight| weight >= sense::ORDERS)
}

/// The same of goods whose price is spoken of: 'your price is fine, so 20 A'.
pub(crate) fn orders_at_price(ordering: Option<f32>) -> bool {
    ordering.is_some_and(|weight| weight >= sense::ORDERS_AT_PRICE)
}

/// Whether the model is sure that they are not; words that no mark ends may be a signature, and goods that
/// are not told apart are none of the order.
pub(crate) fn orders_nothing(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> bool {
    let one = inside.iter().any(|m| matches!(m.what, What::Product(Named::One(_), _)));
    let last = stretch.tokens.end.checked_sub(1).and_then(|at| scan.token(at));
    let bound = if last.is_some_and(|t| t.is(':')) {
        sense::LEADS_TO_NOTHING
    } else {
        sense::ORDERS_NOTHING
    };
    stretch.ordering.is_some_and(|weight| weight <= bound)
        && last.is_some_and(|t| t.is(':') || t.is_any(".!?") && one)
        && !is_mostly_names(scan, stretch)
}

/// Whether a sentence has enough words beside goods to say what is to be done with them.
fn says_something(scan: &Scan<'_>, run: &Range<usize>, told: &[Mention], goods: bool) -> bool {
    /// 'Hello everybody,' leads to nothing.
    const FEWEST: usize = 3;
    let inside: Vec<&Mention> = told.iter().collect();
    let said = scan.tokens.get(run.clone()).unwrap_or_default();
    (goods || said.iter().filter(|t| t.kind == Kind::Word).nth(FEWEST - 1).is_some())
        && run.clone().any(|at| !joins_goods(scan, at, &inside))
}

/// Whether the model is sure that a sentence turns the order; words that no mark ends may be a name or a
/// cell.
pub(crate) fn turns(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let last = stretch.tokens.end.checked_sub(1).and_then(|at| scan.token(at));
    let ended = last.is_some_and(|t| t.is_any(".!?"));
    let bound = if ended { sense::TURNS } else { sense::UNENDED_TURNS };
    stretch.weight.is_some_and(|weight| weight >= bound)
        && (ended || !is_mostly_names(scan, stretch))
}

/// 'Requester Alan Tuck, School of Physics': a cell, or a line of a signature.
fn is_mostly_names(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let tokens = scan.tokens.get(stretch.tokens.clone()).unwrap_or_default();
    let words = tokens.iter().filter(|t| t.kind == Kind::Word);
    let (names, others): (Vec<&Token>, Vec<&Token>) =
        words.partition(|t| scan.words(t.span).starts_with(char::is_uppercase));
    names.len() > others.len()
}

/// Without 'Hello Sandra,' in front: a greeting makes nothing else harmless.
fn behind_greeting(tokens: &[Token]) -> &[Token] {
    const LONGEST: usize = 7;
    let greets = tokens.first().is_some_and(|t| accounts::is_courtesy(&t.folded));
    let parts = |t: &Token| t.is_any(",–:!") || t.is('-') && !t.glued;
    let end = tokens.iter().take(LONGEST).position(parts);
    let rest = end.filter(|_| greets).and_then(|end| tokens.get(end + 1..));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(tokens)
}

/// 'Thank you for the confirmation of our order 4711': what is placed is placed, and what is said beside
/// it may change it.
fn confirms_placed(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let confirms = words!(
        "confirmation confirming bestatigung auftragsbestatigung bestellbestatigung conferma confirmacion bevestiging orderbevestiging"
    );
    tokens.iter().any(|t| t.kind == Kind::Digits) && tokens.iter().any(|t| confirms.has(&t.folded))
}

/// A sentence, and what the word lists find in it.
pub(crate) struct Said<'a> {
    /// Its tokens.
    pub(crate) tokens: &'a Range<usize>,
    /// Its folded words.
    pub(crate) folded: &'a str,
    /// What they are for.
    pub(crate) cues: Cues,
    /// The mail's language.
    pub(crate) lang: Option<Lang>,
}

impl Said<'_> {
    /// Whether a sentence of such a weight says nothing of the order.
    pub(crate) fn is_harmless(&self, scan: &Scan<'_>, weight: f32) -> bool {
        weight <= self.bound()
            && !self.cues.has(Cues::SELLER)
            && !points_to_file(scan, self.tokens)
            && !confirms_placed(scan, self.tokens)
            && clauses(scan, self.tokens).all(|clause| {
                scan.tokens.get(clause).and_then(sense::weigh).is_none_or(|w| w <= sense::EVEN)
            })
            && !accounts::counts_anew(scan, self.tokens)
    }

    /// Whether a sentence that names goods, amounts or days speaks of others than those that are ordered:
    /// both models have to say so.
    pub(crate) fn is_beside(
        &self,
        scan: &Scan<'_>,
        told: &[Mention],
        found: &[Mention],
        today: Option<NaiveDate>,
    ) -> bool {
        const FEWEST: usize = 5;
        let words = self.tokens.clone().filter(|at| {
            scan.token(*at).is_some_and(|t| t.kind == Kind::Word)
                && !told.iter().any(|m| m.tokens.contains(at))
        });
        let one = told.iter().any(|m| matches!(m.what, What::Product(Named::One(_), _)));
        let amount = told.iter().any(is_amount);
        // What was is no day to deliver on.
        let gone = |when: When| when.day().zip(today).is_some_and(|(day, today)| day < today);
        let days = || {
            told.iter()
                .filter_map(|m| if let What::Date(when) = m.what { Some(when) } else { None })
        };
        let last = self.tokens.end.checked_sub(1).and_then(|at| scan.token(at));
        if one && amount
            || days().any(|when| !gone(when))
            || words.count() < FEWEST
            || self.cues.has(Cues::ORDER)
            || leads_on(scan, self.tokens, found)
        {
            return false;
        }
        let tokens = scan.tokens.get(self.tokens.clone()).map(behind_greeting).unwrap_or_default();
        let ended = last.is_some_and(|t| t.is_any(".!"));
        let goods = told.iter().any(is_product);
        let surer =
            if days().next().is_some() || goods || !ended { sense::DATED } else { sense::NUMBERED };
        sense::weigh(tokens).is_some_and(|weight| self.is_harmless(scan, weight + surer))
            && sense::weigh_goods(scan, self.tokens, told, false) <= sense::NO_ORDER
    }

    /// Up to where it is harmless, by the words that are known to turn orders.
    fn bound(&self) -> f32 {
        /// Said beside an order, they rarely turn it.
        const LIGHT: Cues = Cues::ORDER
            .and(Cues::PAST)
            .and(Cues::ANSWER)
            .and(Cues::AWAY)
            .and(Cues::DELIVERY)
            .and(Cues::REPEAT)
            .and(Cues::ACCORDING)
            .and(Cues::CALL);
        const GRAVE: Cues = Cues::TURNS.and(Cues::COMPLAINT);
        let sentence = || Sentence::of(self.folded, self.lang);
        if self.cues.has(GRAVE) || perils::is_sure(sentence()) {
            sense::AGAINST_GRAVE_WORDS
        } else if !self.cues.is_only(LIGHT) || perils::has(sentence()) {
            sense::AGAINST_WORDS
        } else {
            sense::HARMLESS
        }
    }
}

/// The parts of a sentence between its commas and its 'but': 'the driver was friendly, but the goods are
/// broken' is no more harmless than its end.
fn clauses<'a>(scan: &'a Scan<'_>, run: &'a Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let parts = |t: &Token| {
        t.is_any(",;:()–—")
            || t.is('-') && !t.glued
            || words!("but aber doch jedoch sondern mais ma pero maar sino").has(&t.folded)
    };
    let marks = run.clone().filter(move |at| scan.token(*at).is_some_and(parts));
    let ends: Vec<usize> = marks.chain([run.end]).collect();
    let mut start = run.start;
    ends.into_iter().map(move |end| {
        let clause = start.min(end)..end;
        start = end + 1;
        clause
    })
}

/// Whether a sentence speaks of a file that comes with the mail: that is weighed with the file.
fn points_to_file(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    tokens.iter().any(|t| accounts::announces_file(&t.folded))
}

/// Whether a sentence leads to what stands below it: by a colon, or since it has no end and a row of goods
/// follows.
fn leads_on(scan: &Scan<'_>, run: &Range<usize>, found: &[Mention]) -> bool {
    let last = run.end.checked_sub(1).and_then(|at| scan.token(at));
    let next = scan.token(run.end);
    last.is_some_and(|t| t.is(':'))
        || !last.is_some_and(|t| t.is_any(".!?"))
            && next.is_some_and(|t| goods(scan, t.line, found))
}
