//! The customer's own word for goods before their code, where the catalogue has no name in the mail's
//! language: '20 Stecker CP-48', '2 docenas de placas CP-96', '50 stuks panelen CP-96'.

use crate::reading::draft::{Desk, Named};
use crate::reading::forms::values::BY_CODE;
use crate::reading::prose::amounts;
use crate::reading::prose::mentions::{Mention, What, is_free, take};
use crate::reading::text::lang;
use crate::reading::text::number_words;
use crate::reading::text::units;
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Lang;

/// Fewest letters of such a word.
const SHORTEST: usize = 4;

/// Lets codes take in the noun before them, where an amount stands before that.
pub(crate) fn take_in(scan: &Scan<'_>, taken: &mut [bool], found: &mut [Mention], desk: &Desk<'_>) {
    for mention in found.iter_mut() {
        let coded = matches!(mention.what, What::Product(Named::One(_), BY_CODE..));
        let Some(at) = mention.tokens.start.checked_sub(1).filter(|_| coded) else { continue };
        if is_free(taken, at..at + 1) && is_noun(scan, at, desk) && is_counted(scan, at, desk) {
            take(taken, at..at + 1);
            mention.tokens.start = at;
        }
    }
}

/// '6 IM-3 impellers and 2 …': lets codes take in the words of their name behind them.
pub(crate) fn take_in_behind(
    scan: &Scan<'_>,
    taken: &mut [bool],
    found: &mut [Mention],
    desk: &Desk<'_>,
) {
    let names = &desk.catalog.index().names;
    for mention in found.iter_mut() {
        let What::Product(Named::One(place), BY_CODE..) = mention.what else { continue };
        let of_name = |at: usize| {
            let stems = names.words_at(scan, at);
            let line = |at: usize| scan.token(at).map(|t| t.line);
            let word = scan.token(at).is_some_and(|t| t.kind == Kind::Word && !t.glued);
            word && line(at) == line(at - 1) && !stems.is_empty() && names.has_all(place, &stems)
        };
        let mut end = mention.tokens.end;
        while end > 0 && is_free(taken, end..end + 1) && of_name(end) {
            end += 1;
        }
        // '5 IM-3, impeller IM-5': the word of another code is not this one's.
        let next = taken.get(end) == Some(&true);
        if end > mention.tokens.end && !next {
            take(taken, mention.tokens.end..end);
            mention.tokens.end = end;
        }
    }
}

/// German nouns begin with a capital; Spanish and Dutch ones of several things end as plurals do, and
/// their adjectives stand elsewhere or end otherwise.
fn is_noun(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> bool {
    let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Word) else { return false };
    let line = |at: usize| scan.token(at).map(|t| t.line);
    let glued = scan.token(at + 1).is_none_or(|t| t.glued);
    let said = token.folded.as_str();
    let known = lang::is_common(said)
        || units::unit_of(said).is_some()
        || number_words::words_at(scan, at, None).is_some()
        || words!("tausend hundert dutzend gros schock million millionen mal cientos miles decenas centenares honderden duizenden tientallen").has(said)
        || desk.catalog.index().names.knows(token)
        || words!("statt anstatt ohne ausser instead sin menos excepto salvo zonder behalve")
            .has(said);
    let own = scan.words(token.span);
    let fits = match desk.lang {
        Some(Lang::De) => {
            own.starts_with(char::is_uppercase) && own.chars().skip(1).all(char::is_lowercase)
        }
        Some(Lang::Es) => said.ends_with('s') && own.chars().all(char::is_lowercase),
        Some(Lang::Nl) => said.ends_with(['n', 's']) && own.chars().all(char::is_lowercase),
        _ => false,
    };
    !glued && line(at) == line(at + 1) && !known && fits && said.chars().count() >= SHORTEST
}

/// An amount ends right before it, or before 'de'.
fn is_counted(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> bool {
    let of = at.checked_sub(1).and_then(|at| scan.token(at));
    let end = at - usize::from(of.is_some_and(|t| words!("de").has(&t.folded)));
    let starts = end.saturating_sub(5)..end;
    starts.into_iter().any(|start| {
        amounts::amount_within(scan, start, end, desk)
            .is_some_and(|hit| hit.end == end && hit.end > start)
    })
}
