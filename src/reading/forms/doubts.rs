//! Further fields of a form that may turn its lines: what was received already, whether it is released, that
//! it is a return, a price that must be kept, another week.

use super::labels;
use crate::reading::draft::Draft;
use crate::reading::sentences::perils;
use crate::reading::sentences::plain_words;
use crate::reading::tables::columns;
use crate::reading::text::{Kind, Scan, TextLine, clip, words};
use crate::reading::types::{Problem, ProblemCode};
use chrono::Datelike as _;

/// Most words of a label, and of a value.
const SHORT: usize = 4;

/// The first such field.
pub(crate) fn find(scan: &Scan<'_>, draft: &Draft) -> Option<Problem> {
    let line = scan.lines.iter().find(|line| turns(scan, line, draft))?;
    Some(open(scan.words(line.span)))
}

/// A field that leaves open what its form is for.
pub(crate) fn open(words: &str) -> Problem {
    let words = clip(words, 80);
    Problem {
        code: ProblemCode::NotAnOrder,
        message: format!("The field \"{words}\" leaves open whether its goods are ordered."),
        words,
        block: None,
        field: None,
    }
}

fn turns(scan: &Scan<'_>, line: &TextLine, draft: &Draft) -> bool {
    let run = line.tokens.clone();
    let Some(colon) = run.clone().find(|at| scan.token(*at).is_some_and(|t| t.is_any(":="))) else {
        return false;
    };
    let count = |run: std::ops::Range<usize>| {
        run.filter(|at| scan.token(*at).is_some_and(crate::reading::text::Token::is_alnum)).count()
    };
    let (label, value) = (run.start..colon, colon + 1..run.end);
    let (said, told) = (count(label.clone()), count(value.clone()));
    if said == 0 || said > SHORT || told == 0 || told > SHORT {
        return false;
    }
    let named = scan.folded(label.clone());
    let label_has = |list: &crate::reading::text::WordList| {
        label.clone().any(|at| scan.token(at).is_some_and(|t| list.has(&t.folded)))
    };
    let first = scan.token(value.start);
    let number = first.is_some_and(|t| t.kind == Kind::Digits);
    let verdict = first.is_some_and(|t| {
        words!("no nein non nee yes ja oui si pending offen open ausstehend").has(&t.folded)
    });
    let state = label.clone().any(|at| {
        scan.token(at).is_some_and(|t| {
            columns::is_state(&t.folded) && !words!("or oder ou oppure").has(&t.folded)
                || words!("freigegeben freigabe genehmigt genehmigung approval release approvato autorizzato aprobado goedgekeurd valide validation").has(&t.folded)
        })
    });
    // 'Approval level: 2' is of who had to.
    let level = number && label_has(words!("level stufe niveau livello nivel"));
    let state = state && !level;
    let typed = label_has(words!(
        "type typ art auftragsart belegart bestellart tipo soort kind purpose zweck"
    )) && value.clone().any(|at| {
        scan.token(at).is_some_and(|t| {
            perils::names_offer(&t.folded)
                || plain_words::is_other_thing(&t.folded)
                || plain_words::is_no_purpose(&t.folded)
        })
    });
    let bound =
        label_has(words!("max maximum limit preislimit hochstpreis maximal maxi massimo maximo"))
            && perils::names_offer(&named)
            || label_has(words!("preislimit hochstpreis"));
    let week =
        label_has(words!("week kw lieferwoche kalenderwoche semaine settimana semana leverweek"));
    let known = labels::exact(named.trim_start_matches(['-', '*', '•', ' '])).is_some();
    let plain = told == 1 && number && value.len() <= 2;
    let former = label_has(words!(
        "old alt alte bisher bisherige previous ancien ancienne vecchio vecchia viejo vieja anterior oud oude"
    ));
    if known || former {
        return (state || former) && plain;
    }
    state && (plain || verdict)
        || typed
        || bound
        || week && number && !is_week_of(first.map_or("", |t| t.folded.as_str()), draft)
}

/// Whether a number is that of the week of a wished day.
fn is_week_of(number: &str, draft: &Draft) -> bool {
    let wished = draft.wishes.iter().filter_map(|wish| wish.delivery.as_ref());
    wished
        .chain(&draft.deliveries)
        .filter_map(|dated| dated.when.and_then(crate::reading::dates::When::day))
        .any(|day| day.iso_week().week().to_string() == number)
}
