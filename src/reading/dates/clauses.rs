//! Dates beside something that is no delivery: an answer that is wanted, days on which nobody is
//! there, thanks. A sentence may speak of both, each in a clause of its own: 'for 9 January, please
//! confirm', 'we are closed until 2 January, so deliver on the 9th'.

use std::ops::Range;

use crate::reading::prose::mentions::{Mention, What};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::perils::{self, Sentence};
use crate::reading::text::stretches::{Stretch, is_product, joins_goods};
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Lang;

/// What the clause of a date leaves of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clause {
    /// The date is of something else.
    Aside,
    /// The date may be of something else.
    Unsure,
    /// The clause tells by itself.
    Own(Range<usize>),
}

/// What sentences speak of beside the delivery.
const BESIDE: Cues = Cues::ANSWER.and(Cues::AWAY);

/// What becomes of a date by the clause in which it stands.
pub(crate) fn of(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    mention: &Mention,
    past: bool,
    lang: Option<Lang>,
) -> Clause {
    let clause = around(scan, &stretch.tokens, inside, mention);
    if !stretch.cues.has(BESIDE) || names_product(&clause, inside) {
        return Clause::Own(stretch.tokens.clone());
    }
    let folded = scan.folded(clause.clone());
    let own = cues::of_lang(&folded, lang);
    let deadline = is_deadline(scan, &clause, mention);
    let delivers = delivers(scan, &clause);
    match (own.has(Cues::AWAY), own.has(Cues::ANSWER)) {
        (true, _) if delivers && !past => Clause::Unsure,
        (true, _) => Clause::Aside,
        (_, true) if past || deadline && !delivers => Clause::Aside,
        (_, true) if deadline || !delivers => Clause::Unsure,
        (_, true) => Clause::Own(clause),
        // '24 December, 25 December and 26 December'
        _ if goes_on(scan, stretch, &clause, inside) => Clause::Aside,
        _ if is_turned(&folded, lang) => Clause::Unsure,
        _ => Clause::Own(clause),
    }
}

/// Whether words name an act of delivery.
pub(crate) fn delivers(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    tokens.iter().any(|t| t.kind == Kind::Word && is_delivery(&t.folded))
}

/// Whether a word names an act of delivery.
pub(crate) fn is_delivery(word: &str) -> bool {
    const BEGINNINGS: [&str; 29] = [
        "liefer", "gelief", "anliefer", "deliver", "livr", "consegn", "entreg", "lever", "gelever",
        "bezorg", "termin", "arriv", "eintreff", "ship", "versand", "versend", "spedi", "expedi",
        "dispatch", "abhol", "abgeholt", "ritir", "enlev", "collect", "pick", "schick", "send",
        "envoi", "envoy",
    ];
    BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
        || words!("wunschtermin wunschdatum zieltermin fixtermin needed required due eta wanted brauchen benotigen benotigt")
            .has(word)
}

/// The part of a sentence around a date: between commas, brackets and dashes.
pub(crate) fn around(
    scan: &Scan<'_>,
    run: &Range<usize>,
    inside: &[&Mention],
    mention: &Mention,
) -> Range<usize> {
    let parts = |at: &usize| {
        scan.token(*at).is_some_and(|t| t.is_any(",;:()–—") || t.is('-') && !t.glued)
            && !inside.iter().any(|m| m.tokens.contains(at))
    };
    let from = (run.start..mention.tokens.start).rev().find(parts).map_or(run.start, |at| at + 1);
    // 'By 28 May and ask for your confirmation'
    let asks = |at: &usize| {
        let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
        words!("and und et e y en").has(word(*at))
            && words!(
                "ask request await please kindly bitten bitte ersuchen wunschen erwarten danken prions demandons attendons remercions chiediamo preghiamo attendiamo aspettiamo \
                 ringraziamo restiamo pedimos rogamos esperamos agradecemos verzoeken vragen danken graag"
            )
            .has(word(at + 1))
    };
    let to = (mention.tokens.end..run.end).find(|at| parts(at) || asks(at)).unwrap_or(run.end);
    from..to
}

fn names_product(run: &Range<usize>, inside: &[&Mention]) -> bool {
    inside.iter().any(|m| is_product(m) && run.contains(&m.tokens.start))
}

/// 'By', 'until': an answer is wanted until then.
fn is_deadline(scan: &Scan<'_>, clause: &Range<usize>, mention: &Mention) -> bool {
    (mention.tokens.start.saturating_sub(3).max(clause.start)..mention.tokens.start).any(|at| {
        scan.token(at).is_some_and(|t| {
            words!("by until till before latest bis vor spatestens avant ici tard entro prima voor uiterlijk antes tot").has(&t.folded)
        })
    })
}

/// A clause of nothing but days goes on with the one before it, where that tells of days too.
fn goes_on(scan: &Scan<'_>, stretch: &Stretch, clause: &Range<usize>, inside: &[&Mention]) -> bool {
    let day = |m: &&&Mention| matches!(m.what, What::Date(_));
    let led = clause.clone().any(|at| {
        scan.token(at).is_some_and(|t| {
            words!("for by on until till before bis zum am auf fur per pour avant per entro para antes voor op tegen tot delivery needed required")
                .has(&t.folded)
        })
    });
    !led && inside
        .iter()
        .filter(day)
        .any(|m| m.tokens.end <= clause.start && m.tokens.start >= stretch.tokens.start)
        && clause.clone().all(|at| joins_goods(scan, at, inside))
}

/// 'No deliveries before 2 January'
fn is_turned(folded: &str, lang: Option<Lang>) -> bool {
    perils::has(Sentence { folded, lang, priced: false, goods: false })
}
