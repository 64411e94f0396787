//! What takes an answer to an offer back: a question, a condition, a doubt, somebody else's word.

use super::cues::{self, Cues};
use super::text::{Scan, words};
use super::types::Lang;

/// A question, a condition or a doubt takes the answer back.
pub(super) fn is_doubtful(
    scan: &Scan<'_>,
    sentence: std::ops::Range<usize>,
    lang: Option<Lang>,
) -> bool {
    let tokens = scan.tokens.get(sentence.clone()).unwrap_or_default();
    if tokens.iter().any(|t| t.is('?')) {
        return true;
    }
    let folded = scan.folded(sentence);
    let padded = format!(" {folded} ");
    // 'Option 3, sorry' is no slip that is put right.
    let regret = folded.trim_end_matches([' ', '.', '!']);
    let regret = ["sorry", "leider", "desole", "desolee", "desoles", "purtroppo", "helaas"]
        .iter()
        .find_map(|word| regret.strip_suffix(word))
        .unwrap_or(&folded);
    let cues = cues::of_lang(regret, lang);
    // 'Doe maar': Dutch softens a wish with its word for 'but'.
    let softens = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        before.is_some_and(|t| words!("doe doen neem stuur geef laat kies").has(&t.folded))
    };
    let but = tokens.iter().enumerate().any(|(at, t)| {
        (t.folded != "maar" || !softens(at))
            && words!(
                "but however aber jedoch allerdings mais cependant toutefois ma pero tuttavia maar \
        although except ausser sauf tranne unless provided"
            )
            .has(&t.folded)
    });
    but || cues.has(
        Cues::CONDITION
            .and(Cues::UNSURE)
            .and(Cues::CALL)
            .and(Cues::COMPLAINT)
            .and(Cues::CORRECTION),
    ) || REPORTED.iter().any(|words| padded.contains(words))
        || folded.contains("would like to know")
        || folded.contains("need to know")
        || folded.contains("please explain")
}

/// What somebody else says, or not yet.
const REPORTED: &[&str] = &[
    " says ",
    " said ",
    " thinks ",
    " suggests ",
    " sagt ",
    " meint ",
    " findet ",
    " dit ",
    " pense ",
    " dice ",
    " pensa ",
    " zegt ",
    " vindt ",
    " would prefer ",
    " has to agree ",
    " must agree ",
    " has to approve ",
    " must approve ",
    " hear from me ",
    " zustimmen ",
    " muss noch ",
    " rucksprache ",
    " doit encore ",
    " deve ancora ",
    " do nothing ",
    " nothing yet ",
    " not yet ",
    " noch nichts ",
    " noch nicht ",
    " rien encore ",
    " pas encore ",
    " ne faites rien ",
    " non ancora ",
    " non fate ",
    " todavia no ",
    " nog niet ",
    " nog niets ",
];
