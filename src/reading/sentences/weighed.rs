//! Sentences of which the learned model (`sense`) is sure that they say nothing of the order beside them.
//! How sure it has to be depends on what the word lists make of them.

use std::ops::Range;

use super::accounts;
use super::cues::Cues;
use super::perils::{self, Sentence};
use crate::reading::prose::mentions::Mention;
use crate::reading::sense;
use crate::reading::text::stretches::{Stretch, goods, is_amount, is_product};
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
    let end = tokens.iter().take(LONGEST).position(|t| t.is_any(",-–:!"));
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
