//! Which products of running text a date is said of.

use std::ops::Range;

use super::When;
use super::roles::{Role, role};
use crate::reading::draft::{Dated, Desk, Draft, Named, Wish};
use crate::reading::prose::Linked;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::sentences::accounts::tells_of_struck;
use crate::reading::text::stretches::{Stretch, is_product};
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Part;

/// The rule that takes a day of which nothing says what it is for.
pub(crate) const UNEXPLAINED: &str = "prose.unexplained_date";

/// The delivery dates of a stretch that names no product, or what became of those that do.
#[derive(Debug)]
pub(crate) struct StretchDates {
    header: Vec<Dated>,
    wishes: Range<usize>,
}

impl StretchDates {
    /// Whether the stretch orders something.
    pub(crate) fn orders(&self) -> bool {
        !self.wishes.is_empty()
    }

    /// Whether it tells a day that is not of its own wishes.
    pub(crate) fn has_day(&self) -> bool {
        self.header.iter().any(|dated| dated.when != Some(When::Vague))
    }

    /// Leaves open which goods its days are said of.
    pub(crate) fn blur(&mut self) {
        for dated in &mut self.header {
            dated.when = Some(When::Vague);
        }
    }

    /// Of wishes that have their dates.
    pub(crate) fn given(wishes: Range<usize>) -> Self {
        Self { header: Vec::new(), wishes }
    }
}

/// Gives the dates of a stretch to its wishes, or keeps them for others.
pub(crate) fn dates_of(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    (linked, wishes): &(Linked, Range<usize>),
    desk: &Desk<'_>,
    draft: &mut Draft,
) -> StretchDates {
    let wishes = wishes.clone();
    let mut own: Vec<(usize, Dated)> = Vec::new();
    let has_product = !linked.is_empty();
    // 'The pump bodies by 12 May' below a list is said of these only.
    let named = draft.wishes.get(wishes.clone()).unwrap_or_default();
    let of_some = draft.wishes.len() > named.len() + 1
        && named.iter().all(|wish| wish.amount.is_none())
        && inside.iter().any(|m| {
            matches!(
                m.what,
                What::Product(Named::One(_) | Named::Several(_) | Named::Contradiction, _)
            )
        });
    let reason = reason(scan, stretch, inside);
    let said: Vec<&Mention> =
        inside.iter().filter(|m| !reason.contains(&m.tokens.start)).copied().collect();
    for (place, mention) in inside.iter().enumerate() {
        let What::Date(when) = mention.what else { continue };
        let Some(span) = scan.span(mention.tokens.clone()) else { continue };
        if reason.contains(&mention.tokens.start) {
            continue;
        }
        // 'What is struck through was settled this morning' delivers nothing that day.
        let gone = when.day().zip(desk.today).is_some_and(|(day, today)| day <= today);
        if gone && scan.part == Part::Html && tells_of_struck(&scan.folded(stretch.tokens.clone()))
        {
            continue;
        }
        let dated = |rule| Dated { when: Some(when), evidence: scan.evidence(span, rule) };
        let vague = |rule| Dated { when: Some(When::Vague), ..dated(rule) };
        match role(scan, stretch, &said, mention, when, has_product, desk) {
            Role::Delivery if of_some => own.push((place, vague("prose.delivery_date"))),
            Role::Delivery => own.push((place, dated("prose.delivery_date"))),
            Role::Order => draft.order_dates.push(dated("prose.order_date")),
            Role::None => {}
            Role::Vague => own.push((place, vague("prose.delivery_date"))),
            Role::Stray => draft.loose.push(scan.evidence(span, UNEXPLAINED)),
        }
    }
    if !has_product || of_some {
        return StretchDates { header: own.into_iter().map(|(_, d)| d).collect(), wishes };
    }
    give(&own, linked, draft);
    if let [wish] = draft.wishes.get_mut(wishes.clone()).unwrap_or_default() {
        super::open_days::leave(scan, stretch, inside, wish);
    }
    // '10 A by 5 June and 5 B a week later'
    let later = super::leftover_times::later(scan, stretch)
        || super::open_days::ends_with(scan, stretch, inside);
    if later && own.len() == 1 {
        for wish in draft.wishes.get_mut(wishes.clone()).unwrap_or_default() {
            if let Some(dated) = &mut wish.delivery {
                dated.when = Some(When::Vague);
            }
        }
    }
    StretchDates { header: Vec::new(), wishes }
}

/// 'By Tuesday, because the fitter comes on Wednesday': where a sentence gives its reason behind a day, and names
/// no goods there.
fn reason(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Range<usize> {
    let run = &stretch.tokens;
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let because = |at: &usize| {
        let comma =
            at.checked_sub(1).is_some_and(|b| matches!(word(b), "," | "-" | "\u{2013}" | "("));
        words!("because weil puisque perche poiche omdat porque").has(word(*at))
            || comma && words!("as since car denn da parce want").has(word(*at))
    };
    let date = |m: &&&Mention| matches!(m.what, What::Date(_));
    let first = inside.iter().filter(date).map(|m| m.tokens.end).min();
    let from = first.and_then(|first| (first..run.end).find(because)).unwrap_or(run.end);
    let to = (from..run.end).find(|at| word(*at) == "," || word(*at) == ";").unwrap_or(run.end);
    let goods = inside.iter().any(|m| m.tokens.start >= from && is_product(m));
    let other = (from..run.end).any(|at| {
        words!(
            "or else prefer latest alternatively though fine better oder sonst spatestens notfalls lieber besser ou sinon pire tard mieux \
             oppure altrimenti massimo meglio o of desnoods liever reopens closed close closes offnen"
        )
        .has(word(at))
    });
    let delivers = super::clauses::delivers(scan, &(from..run.end));
    // What the goods are needed for does not come before them.
    let day = |m: &&Mention| match m.what {
        What::Date(when) => when.day(),
        _ => None,
    };
    let (told, wished): (Vec<&Mention>, Vec<&Mention>) =
        inside.iter().copied().partition(|m| m.tokens.start >= from);
    let wished = wished.iter().filter_map(day).max();
    let early = told.iter().filter_map(day).any(|day| wished.is_some_and(|wished| day < wished));
    if goods || other || delivers || early { run.end..run.end } else { from..to }
}

/// Whether a sentence has a word that some of the goods are called by, and others are not: 'Die
/// Kühlkörper brauchen wir am 12. Mai'.
pub(crate) fn says_of_some<'w>(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    wishes: &(impl Iterator<Item = &'w Wish> + Clone),
    desk: &Desk<'_>,
) -> bool {
    const SHORT: usize = 4;
    let names = &desk.catalog.index().names;
    let dated = |at: usize| {
        inside.iter().any(|m| matches!(m.what, What::Date(_)) && m.tokens.contains(&at))
    };
    let word = |at: &usize| {
        scan.token(*at).is_some_and(|t| t.kind == Kind::Word && t.folded.chars().count() >= SHORT)
    };
    stretch.tokens.clone().filter(|at| word(at) && !dated(*at)).any(|at| {
        let stems = names.words_at(scan, at);
        let called =
            |wish: &Wish| matches!(&wish.named, Named::One(place) if names.has_all(*place, &stems));
        !stems.is_empty() && wishes.clone().any(called) && !wishes.clone().all(called)
    })
}

/// Whether some of the goods are called by a word.
pub(crate) fn calls<'w>(
    scan: &Scan<'_>,
    at: usize,
    mut wishes: impl Iterator<Item = &'w Wish>,
    desk: &Desk<'_>,
) -> bool {
    const SHORT: usize = 5;
    let names = &desk.catalog.index().names;
    let word = scan.token(at).is_some_and(|t| {
        t.kind == Kind::Word && t.folded.chars().count() >= SHORT && names.knows(t)
    });
    let stems = if word { names.words_at(scan, at) } else { Vec::new() };
    !stems.is_empty()
        && wishes
            .any(|wish| matches!(&wish.named, Named::One(place) if names.has_all(*place, &stems)))
}

/// Gives dates to the products before or behind them, by the order in which they stand.
fn give(own: &[(usize, Dated)], linked: &Linked, draft: &mut Draft) {
    let (Some((first_date, first)), Some((last_date, _))) = (own.first(), own.last()) else {
        return;
    };
    let first_product = linked.first().map_or(0, |(place, _)| *place);
    let last_product = linked.last().map_or(0, |(place, _)| *place);
    let mut set = |wish: usize, dated: Dated| {
        if let Some(wish) = draft.wishes.get_mut(wish) {
            wish.delivery = Some(dated);
        }
    };
    if own.len() == 1 {
        for (_, wish) in linked {
            set(*wish, first.clone());
        }
        return;
    }
    let mut given: Vec<(usize, Option<usize>)> = Vec::new();
    for (place, wish) in linked {
        let date = if first_product < *first_date && last_product < *last_date {
            own.iter().position(|(date, _)| date > place)
        } else if first_date < &first_product && last_date < &last_product {
            own.iter().rposition(|(date, _)| date < place)
        } else {
            None
        };
        given.push((*wish, date));
    }
    // A day that no product takes is one too many: 'for a job starting on 1 July, so on 27 June'.
    let when = |at: usize| own.get(at).map(|(_, dated)| dated.when);
    let stray = (0..own.len())
        .any(|at| !given.iter().any(|(_, date)| date.is_some_and(|date| when(date) == when(at))));
    for (wish, date) in given {
        match date.filter(|_| !stray).and_then(|at| own.get(at)) {
            Some((_, dated)) => set(wish, dated.clone()),
            None => set(wish, Dated { when: Some(When::Vague), evidence: first.evidence.clone() }),
        }
    }
}

/// 'Also 4 A, same date': gives wishes the one day of those before them.
pub(crate) fn as_before(
    scan: &Scan<'_>,
    stretch: &Stretch,
    wishes: Range<usize>,
    draft: &mut Draft,
) {
    let first = wishes.start.min(draft.wishes.len());
    let (before, rest) = draft.wishes.split_at_mut(first);
    let Some(first) = before.first().and_then(|wish| wish.delivery.clone()) else { return };
    let one = before.iter().all(|w| w.delivery.as_ref().is_some_and(|d| d.when == first.when));
    if !one || !crate::reading::prose::additions::says_same_day(scan, &stretch.tokens) {
        return;
    }
    for wish in rest.iter_mut().take(wishes.len()).filter(|wish| wish.delivery.is_none()) {
        wish.delivery = Some(first.clone());
    }
}

/// Gives the dates that stand apart to the wishes that have none.
pub(crate) fn spread(dates: &[StretchDates], draft: &mut Draft) {
    let headers: Vec<(usize, &Dated)> = dates
        .iter()
        .enumerate()
        .flat_map(|(place, d)| d.header.iter().map(move |h| (place, h)))
        .collect();
    super::open_days::forget(draft);
    super::open_days::ask(!headers.is_empty(), draft);
    let with_wishes: Vec<usize> =
        (0..dates.len()).filter(|i| dates.get(*i).is_some_and(|d| !d.wishes.is_empty())).collect();
    match headers.as_slice() {
        [] => {
            mixed(draft);
        }
        [(_, only)] => draft.deliveries.push((*only).clone()),
        several => {
            let same =
                several.windows(2).all(|w| matches!(w, [(_, a), (_, b)] if a.when == b.when));
            let first_wish = with_wishes.first().copied().unwrap_or(0);
            let last_wish = with_wishes.last().copied().unwrap_or(0);
            let heads = several.first().is_some_and(|(p, _)| *p < first_wish)
                && several.last().is_some_and(|(p, _)| *p < last_wish);
            let tails = several.first().is_some_and(|(p, _)| *p > first_wish)
                && several.last().is_some_and(|(p, _)| *p > last_wish);
            if same {
                draft.deliveries.extend(several.first().map(|(_, d)| (*d).clone()));
                return;
            }
            // The goods stand in a form: which day is of which, the settling asks.
            if with_wishes.is_empty() {
                draft.deliveries.extend(several.iter().map(|(_, dated)| (*dated).clone()));
                return;
            }
            // A day that no dated line has: the settling asks.
            if draft.wishes.iter().all(|wish| wish.delivery.is_some()) {
                let strange = several.iter().find(|(_, day)| day.is_of_none(&draft.wishes));
                draft.deliveries.extend(strange.map(|(_, day)| (*day).clone()));
                return;
            }
            for place in with_wishes {
                let date = if heads {
                    several.iter().rev().find(|(p, _)| *p < place)
                } else if tails {
                    several.iter().find(|(p, _)| *p > place)
                } else {
                    None
                };
                let Some(range) = dates.get(place).map(|d| d.wishes.clone()) else { continue };
                for wish in draft.wishes.get_mut(range).unwrap_or_default() {
                    if wish.delivery.is_none() {
                        wish.delivery = match (date, several.first()) {
                            (Some((_, dated)), _) => Some((*dated).clone()),
                            (None, Some((_, dated))) => Some(Dated {
                                when: Some(When::Vague),
                                evidence: dated.evidence.clone(),
                            }),
                            (None, None) => None,
                        };
                    }
                }
            }
            one_too_many(&several.iter().map(|(_, dated)| *dated).collect::<Vec<_>>(), draft);
        }
    }
}

/// 'Delivery on 10 May. Delivery on 12 May.' of one product: a day that no line takes makes the
/// others doubtful.
fn one_too_many(stated: &[&Dated], draft: &mut Draft) {
    let takes = |day: &Dated| {
        draft.wishes.iter().any(|w| w.delivery.as_ref().is_some_and(|d| d.when == day.when))
    };
    if draft.wishes.is_empty() || stated.iter().all(|day| takes(day)) {
        return;
    }
    for wish in &mut draft.wishes {
        let doubtful = wish.delivery.as_mut().filter(|d| stated.iter().any(|s| s.when == d.when));
        if let Some(delivery) = doubtful {
            delivery.when = Some(When::Vague);
        }
    }
}

/// Some lines with a date and some without: it is not clear whether the date holds for all.
fn mixed(draft: &mut Draft) {
    let mut told = draft.wishes.iter().filter_map(|wish| wish.delivery.as_ref());
    let Some(dated) = told.find(|dated| dated.when.is_some()).cloned() else { return };
    for wish in &mut draft.wishes {
        if wish.delivery.is_none() {
            wish.delivery =
                Some(Dated { when: Some(When::Vague), evidence: dated.evidence.clone() });
        }
    }
}
