//! What takes an answer to an offer back: a question, a condition, a doubt, somebody else's word.

use std::borrow::Cow;

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
    let regret = without_change(regret);
    let cues = cues::of_lang(&regret, lang);
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

/// 'Please make it 8 pcs A and 4 pcs B instead' puts other goods into the order, and corrects no
/// answer; 'make it 2' does.
pub(super) fn without_change(folded: &str) -> Cow<'_, str> {
    const MAKES: [&str; 3] = ["make it", "make that", "change it to"];
    let counts = |rest: &str| {
        let mut words = rest.split_whitespace();
        let number = words.next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        let unit =
            words!("pcs pc pieces piece x units unit of _ stk stuck pz pezzi kg m boxes bags");
        number && words.next().is_some_and(|word| unit.has(word))
    };
    let made = MAKES.iter().find_map(|make| {
        let (before, behind) = folded.split_once(make)?;
        counts(behind).then_some((before, behind))
    });
    let Some((before, behind)) = made else { return Cow::Borrowed(folded) };
    Cow::Owned(format!("{before}{}", behind.replacen(" instead", "", 1)))
}

/// What somebody else says, or not yet.
const REPORTED: &[&str] = &[
    " says ",
    " said ",
    " thinks ",
    " suggests ",
    " will confirm ",
    " confirm it later ",
    " still has to ",
    " still have to ",
    " has to release ",
    " must release ",
    " dobbiamo ancora ",
    " tiene que ",
    " moet nog ",
    " moeten nog ",
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
