//! Goods beside dated ones whose day is left open in so many words: 'TH-2, no hurry with these', 'diese eilen
//! nicht', 'as soon as possible'.

use std::ops::Range;

use super::{When, times};
use crate::reading::draft::{Dated, Draft, Wish};
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::sentences::cues::Cues;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::stretches::{Stretch, is_product};
use crate::reading::text::{Scan, words};

/// The rule that takes words which leave a day open.
const OPEN_DAY: &str = "prose.open_day";

/// What leaves a day open, folded.
static OPEN: Phrases = Phrases::whole(&[
    "no hurry",
    "no rush",
    "not urgent",
    "no urgency",
    "as soon as possible",
    "asap",
    "keine eile",
    "eilt nicht",
    "eilen nicht",
    "nicht eilig",
    "nicht dringend",
    "ohne eile",
    "so rasch wie moglich",
    "so schnell wie moglich",
    "so bald wie moglich",
    "schnellstmoglich",
    "baldmoglichst",
    "sans urgence",
    "aucune urgence",
    "pas d ' urgence",
    "pas urgent",
    "rien ne presse",
    "des que possible",
    "au plus vite",
    "non c ' e fretta",
    "nessuna fretta",
    "senza fretta",
    "non urgente",
    "non urgenti",
    "il prima possibile",
    "appena possibile",
    "al piu presto",
    "no hay prisa",
    "no corre prisa",
    "no corren prisa",
    "sin prisa",
    "lo antes posible",
    "geen haast",
    "niet dringend",
    "zo snel mogelijk",
]);

/// Leaves the day of the one wish of a sentence open, where it says so and tells no time.
pub(crate) fn leave(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention], wish: &mut Wish) {
    let dated = inside.iter().any(|m| matches!(m.what, What::Date(_)));
    let tied = stretch.question
        || stretch.cues.has(Cues::CONDITION)
        || times::first(scan, &stretch.tokens, |_| true).is_some()
        || stretch.tokens.clone().any(|at| comes_with_others(scan, at));
    if dated || tied || !says(scan, stretch.tokens.clone()) || wish.delivery.is_some() {
        return;
    }
    let Some(span) = scan.span(stretch.tokens.clone()) else { return };
    let evidence = scan.evidence(span, OPEN_DAY);
    wish.delivery = Some(Dated { when: None, evidence });
}

/// '20 A by 5 June and 5 B as soon as possible': behind goods that follow a day, it is not of all of them.
pub(crate) fn ends_with(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> bool {
    let Some(last) = inside.iter().filter(|m| is_product(m)).map(|m| m.tokens.end).max() else {
        return false;
    };
    let day = inside.iter().any(|m| matches!(m.what, What::Date(_)) && m.tokens.end < last);
    let before = inside.iter().any(|m| is_product(m) && m.tokens.end < last);
    day && before && says(scan, last..stretch.tokens.end)
}

fn says(scan: &Scan<'_>, run: Range<usize>) -> bool {
    OPEN.are_in(&scan.padded(run))
}

/// 'No hurry, they can come with the rest': on the day of the others, or on a later one.
fn comes_with_others(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let these = words!(
        "these those them it this that diesen denen dem ceux celles celui celle queste questi quelle quelli estos estas deze die"
    );
    let with = words!("with mit avec con met").has(word(at)) && !these.has(word(at + 1));
    with || words!(
        "together along zusammen damit miteinander ensemble insieme junto juntos samen mee mitkommen mitschicken mitliefern next nachste nachsten nachster \
         prochain prochaine prossimo prossima proximo proxima volgende same gleichen gleiche selben meme stesso stessa mismo misma zelfde later spater after \
         before until till but aber mais ma pero maar jedoch however bis spatestens latest entro avant jusqu hasta tot uiterlijk nach vor apres dopo"
    )
    .has(word(at))
}

/// Where no goods have any other day, nothing is said by words that leave it open.
pub(crate) fn forget(draft: &mut Draft) {
    if draft.wishes.iter().all(is_open) {
        for wish in &mut draft.wishes {
            wish.delivery = None;
        }
    }
}

/// A day above or below the goods, where there is one, contradicts one that is left open.
pub(crate) fn ask(headed: bool, draft: &mut Draft) {
    if !headed {
        return;
    }
    for wish in draft.wishes.iter_mut().filter(|wish| is_open(wish)) {
        if let Some(dated) = &mut wish.delivery {
            dated.when = Some(When::Vague);
        }
    }
}

fn is_open(wish: &Wish) -> bool {
    let open = |dated: &Dated| dated.when.is_none() && dated.evidence.rule == OPEN_DAY;
    wish.delivery.as_ref().is_some_and(open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn words_that_leave_a_day_open() {
        let open = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            let run = 0..scan.tokens.len();
            says(&scan, run.clone()) && !run.into_iter().any(|at| comes_with_others(&scan, at))
        };
        assert!(open("TH-2, no hurry with these"));
        assert!(open("diese eilen nicht"));
        assert!(open("non c'è fretta"));
        assert!(open("aucune urgence"));
        assert!(!open("no hurry, they can come with the next delivery"));
        assert!(!open("keine Eile, aber bis Freitag"));
        assert!(!open("TH-2 by Friday"));
    }
}
