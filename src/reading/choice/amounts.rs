//! What an answer 1 counts beside its lines: pieces of which the offer says nothing, a part of what is
//! there, and what is there where the lines order something else.

use std::ops::Range;

use rust_decimal::Decimal;

use super::clauses::clause;
use super::offer::{self, Offer};
use super::plain::is_time;
use super::rest::gives_up;
use super::words::names_available;
use crate::mail::Mail;
use crate::reading::dates;
use crate::reading::draft::Desk;
use crate::reading::text::lang::Vote;
use crate::reading::text::units::{Unit, unit_at};
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::{Lang, Line};

/// '1 / 15 pcs', 'Option 1, ten are enough', '1, not all of them': whether an answer without lines
/// wishes an amount of which the offer says nothing.
pub(crate) fn states_other(
    scan: &Scan<'_>,
    claims: &[Range<usize>],
    mail: &Mail,
    lang: Option<Lang>,
) -> bool {
    let quoted = |number: &str| {
        std::iter::once(&mail.text).chain(&mail.html_text).any(|text| {
            let new = |at: usize| text.new.iter().any(|range| range.contains(&at));
            text.full.match_indices(number).any(|(at, _)| !new(at))
        })
    };
    counts_other(scan, claims, lang, &quoted)
}

fn counts_other(
    scan: &Scan<'_>,
    claims: &[Range<usize>],
    lang: Option<Lang>,
    quoted: &dyn Fn(&str) -> bool,
) -> bool {
    let offer = Offer::quoted(scan);
    let mut vote = Vote::default();
    vote.hear(scan);
    let langs = [lang, vote.winner()];
    let beside = |at: &usize| !claims.iter().any(|claim| claim.contains(at));
    (0..scan.tokens.len()).filter(beside).any(|at| {
        let Some(token) = scan.token(at) else { return false };
        if token.kind == Kind::Digits {
            let pieces = matches!(unit_at(scan, at + 1), Some((Unit::Pieces(_), _)));
            let enough = scan.token(at + 1).is_some_and(|t| is_enough(&t.folded));
            let wished = || is_bare(scan, at) && wishes(scan, &(at..at + 1));
            return (pieces || enough || wished()) && !quoted(&token.folded);
        }
        is_part(scan, at) && wishes(scan, &(at..at + 1))
            || is_not_all(scan, at)
            || spelt(scan, at, &offer, langs)
    })
}

/// 'Ten will do', where the offer speaks of no ten. The subject of the answer is ours, and so may be the
/// language that the mail seems to have.
fn spelt(scan: &Scan<'_>, at: usize, offer: &Offer, langs: [Option<Lang>; 2]) -> bool {
    const ALL: [Lang; 6] = [Lang::En, Lang::De, Lang::Fr, Lang::It, Lang::Es, Lang::Nl];
    if scan.token(at).is_none_or(|t| t.kind != Kind::Word) {
        return false;
    }
    let told = |lang: Option<Lang>, own: bool| {
        let Some((number, end)) = offer::number_at(scan, at, lang) else { return false };
        let named = offer.has(number) || offer.awaits(number);
        let pieces = matches!(unit_at(scan, end), Some((Unit::Pieces(_), _)));
        let lasts = offer::days(scan, end).is_some();
        let is = words!("is are s will would sind ist sont serait sono e son zijn");
        let end = end + usize::from(scan.token(end).is_some_and(|t| is.has(&t.folded)));
        let enough = scan.token(end).is_some_and(|t| is_enough(&t.folded));
        // 'One is enough', but 'we take one'.
        let counts = enough || own && (pieces || number > 3 && wishes(scan, &(at..end)));
        !named && !lasts && counts
    };
    langs.into_iter().any(|lang| told(lang, true)) || ALL.iter().any(|l| told(Some(*l), false))
}

/// A number that is no part of a day, a time, a price or another number.
fn is_bare(scan: &Scan<'_>, at: usize) -> bool {
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued && !t.is_any(".,;!)"));
    let timed = |at: usize| {
        scan.token(at).is_some_and(|t| {
            is_time(&t.folded)
                || t.is_any("%:")
                || words!("uhr h oclock am pm chf eur usd th st").has(&t.folded)
        })
    };
    let short = scan.token(at).is_some_and(|t| !t.glued && t.folded.len() < 5);
    let dated = (at.saturating_sub(4)..at + 2).any(|i| {
        dates::is_month(scan, i)
            || dates::weekday_at(scan, i).is_some()
            || scan.token(i).is_some_and(|t| t.is_any("+@"))
    });
    short && !glued(at + 1) && !timed(at + 1) && !timed(at + 2) && !dated
}

/// Whether a clause says that something is enough, is needed or taken.
fn wishes(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let takes = words!(
        "need needed replace reduce change andern ersetzen reduzieren remplacer reduire modifier sostituire ridurre reducir vervangen take send ship deliver want order brauchen brauche benotigen nehmen nehme liefern liefert schicken schickt senden wollen bestellen bitte please \
         prenons prends envoyez livrez besoin faut voulons prendiamo prendo mandate spedite servono serve vogliamo bisogno tomamos envien necesitamos queremos \
         nemen neem stuur leveren nodig willen ausreichend kommen komme auskommen happy content satisfied zufrieden contents \
         contente contenti conformes tevreden zurecht manage"
    );
    let clause = clause(scan, run);
    // 'We do not need the half dozen that is missing'
    let given_up = gives_up(&scan.padded(clause.clone()));
    let said =
        |at: usize| scan.token(at).is_some_and(|t| takes.has(&t.folded) || is_enough(&t.folded));
    !given_up && clause.into_iter().any(said)
}

fn is_enough(word: &str) -> bool {
    words!(
        "enough suffice suffices sufficient do reichen reicht genugen genugt genug langen suffisent suffit suffiront suffira bastano basta bastan \
         basterebbero sufficienti suficientes genoeg volstaan voldoende"
    )
    .has(word)
}

/// A half, a dozen.
fn is_part(scan: &Scan<'_>, at: usize) -> bool {
    let part = words!(
        "half halfte moitie meta mitad helft quarters viertel quarts quarti cuartos kwart drittel tiers dozen dutzend douzaine dozzina \
         docena dozijn couple handful handvoll poignee paar decina dizaine quinzaine vingtaine ventina trentaine trentina decena tiental"
    );
    let lasts = (at + 1..at + 3).any(|i| offer::days(scan, i).is_some());
    !lasts && scan.token(at).is_some_and(|t| part.has(&t.folded))
}

/// 'Not all', 'pas toutes'.
fn is_not_all(scan: &Scan<'_>, at: usize) -> bool {
    const NOT_ALL: [&str; 12] = [
        "not all",
        "nicht alle",
        "pas tous",
        "pas toutes",
        "pas tout",
        "non tutti",
        "non tutte",
        "no todos",
        "no todas",
        "niet alle",
        "niet allemaal",
        "some of them",
    ];
    NOT_ALL.iter().any(|turn| scan.says(at, turn))
}

/// Whether lines order other goods, and not what there is, though the answer speaks of it, or as many
/// as are missing: 'send what you have, and 38 B'.
pub(crate) fn leaves_out(scan: &Scan<'_>, lines: &[Line], desk: &Desk<'_>) -> bool {
    let offer = Offer::quoted(scan);
    let counts =
        |is: &dyn Fn(u32) -> bool| lines.iter().any(|line| whole(line.quantity).is_some_and(is));
    if counts(&|number| offer.has(number)) {
        return false;
    }
    let told = |at: usize| {
        let number = scan.token(at).filter(|t| t.kind == Kind::Digits && !t.glued);
        let number = number.and_then(|t| t.folded.parse().ok()).filter(|n| *n > 3);
        number.is_some_and(|n| offer.has(n)) && dates::date_at(scan, at, desk.calendar()).is_none()
    };
    names_available(scan)
        || (0..scan.tokens.len()).any(told)
        || offer.has_any() && counts(&|number| offer.lacks(number))
}

/// 'Since you only have 22 A, please send 60 B': whether a line counts what only a reason tells.
pub(crate) fn counts_reason(scan: &Scan<'_>, lines: &[Line]) -> bool {
    let numbers = (0..scan.tokens.len()).filter(|at| {
        let number = scan.token(*at).filter(|t| t.kind == Kind::Digits && !t.glued);
        let number = number.and_then(|t| t.folded.parse().ok());
        number.is_some_and(|n: u32| lines.iter().any(|line| whole(line.quantity) == Some(n)))
    });
    let (told, wished): (Vec<usize>, Vec<usize>) = numbers.partition(|at| is_reason(scan, *at));
    let folded = |at: usize| scan.token(at).map(|t| t.folded.as_str());
    told.iter().any(|at| !wished.iter().any(|other| folded(*other) == folded(*at)))
}

/// Whether a number stands in a clause that tells why, or what the other side has.
fn is_reason(scan: &Scan<'_>, at: usize) -> bool {
    let because = words!(
        "since as because da weil nachdem comme puisque vu poiche siccome visto dato como ya porque omdat aangezien daar"
    );
    let have = words!(
        "have has haben habt hast avez as avete hai tienen teneis hebben hebt heeft sind are restent rimangono quedan zijn"
    );
    let you = words!(
        "you sie ihr du vous tu n voi lei ustedes jullie u only there nur es solo sono hay er nog noch"
    );
    let run = clause(scan, &(at..at + 1));
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let has = |at: usize| {
        have.has(word(at)) && (you.has(word(at + 1)) || at > run.start && you.has(word(at - 1)))
    };
    because.has(word(run.start)) || (run.start..at).any(has)
}

/// A number without a fraction.
fn whole(number: Decimal) -> Option<u32> {
    number.fract().is_zero().then(|| u32::try_from(number).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn a_part_or_another_amount() {
        for (text, want) in [
            ("1 please, ten are enough", true),
            ("1 bitte, zehn reichen", true),
            ("1, dix suffisent", true),
            ("1, tien is genoeg", true),
            ("1, half of them is enough", true),
            ("1, nicht alle", true),
            ("1, a dozen will do", true),
            ("1 please, thanks for all", false),
            ("1 please, half of our people are away", false),
            ("1 please, we are closed for ten days", false),
        ] {
            let scan = Scan::whole(Part::Text, text);
            let claims = std::slice::from_ref(&(0..1));
            assert_eq!(counts_other(&scan, claims, None, &|_| false), want, "{text}");
        }
    }

    #[test]
    fn what_a_reason_counts_is_not_wished() {
        for (text, want) in [
            ("since you only have 22 A, please send 60 B", true),
            ("Comme vous n'avez que 22 A, envoyez 60 B", true),
            ("send 22 A and 60 B", false),
            ("we take the 22 A", false),
        ] {
            let scan = Scan::whole(Part::Text, text);
            let at =
                (0..scan.tokens.len()).find(|at| scan.token(*at).is_some_and(|t| t.folded == "22"));
            assert_eq!(at.is_some_and(|at| is_reason(&scan, at)), want, "{text}");
        }
    }
}
