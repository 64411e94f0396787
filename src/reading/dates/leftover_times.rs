//! Times that no date was read of: 'before Easter', 'within 10 working days', 'in June'. Where goods
//! have no other day, it is asked.

use std::ops::Range;

use super::When;
use super::times;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::sentences::accounts;
use crate::reading::sentences::cues::Cues;
use crate::reading::sentences::plain_words;
use crate::reading::text::stretches::{Stretch, is_product};
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Evidence;

/// The first such time of a sentence that orders, speaks of the delivery, or says nothing else.
/// `behind` tells whether goods stand before it.
pub(crate) fn find(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    behind: bool,
) -> Option<Evidence> {
    const SHORT: usize = 7;
    let goods = inside.iter().any(|m| is_product(m));
    let aside = Cues::AWAY.and(Cues::ANSWER).and(Cues::PAST).and(Cues::CALL);
    let speaks = stretch.cues.has(Cues::DELIVERY) && !stretch.cues.has(aside);
    let delivers =
        stretch.cues.has(Cues::DELIVERY) || super::clauses::delivers(scan, &stretch.tokens);
    let afterwards = delivers.then(|| says_afterwards(scan, stretch)).flatten();
    let dated = |m: &&&Mention| matches!(m.what, What::Date(when) if when != When::Vague);
    if inside.iter().any(|m| dated(&m)) && afterwards.is_none() {
        return None;
    }
    let told = |at: usize| {
        inside.iter().any(|m| matches!(m.what, What::Product(..)) && m.tokens.contains(&at))
    };
    let vague = inside.iter().find(|m| matches!(m.what, What::Date(_)));
    let time = afterwards
        .clone()
        .or_else(|| {
            let time = times::first(scan, &stretch.tokens, |at| !told(at))?;
            // 'In the first week of June'
            let end = vague.filter(|m| m.tokens.start <= time.end).map_or(0, |m| m.tokens.end);
            Some(time.start..time.end.max(end))
        })
        .or_else(|| vague.map(|m| m.tokens.clone()))
        .or_else(|| goods.then(|| day_behind(scan, stretch, inside)).flatten())
        .or_else(|| behind.then(|| tomorrow(scan, stretch)).flatten())?;
    let short = vague.is_none() && stretch.tokens.len() <= SHORT;
    let wished = goods
        || speaks
        || short
        || afterwards.is_some()
        || says_no_more(scan, &stretch.tokens, &time);
    let span = wished.then(|| scan.span(time)).flatten()?;
    Some(scan.evidence(span, "prose.unexplained_date"))
}

/// 'HS-100   20   12.05': a number that ends a row, and may be a day.
fn day_behind(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Option<Range<usize>> {
    let last = inside.iter().map(|m| m.tokens.end).max()?;
    let number = |at: usize, most: u32| {
        let token = scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2);
        token.and_then(|t| t.folded.parse::<u32>().ok()).is_some_and(|n| (1..=most).contains(&n))
    };
    let at = last.max(stretch.tokens.start)..stretch.tokens.end;
    let padded = scan.token(at.start + 2).is_some_and(|t| t.glued && t.folded.len() == 2);
    let mark = scan.token(at.start + 1).is_some_and(|t| t.glued && t.is_any("./"));
    let gap = scan.token(at.start).is_some_and(|t| t.gap);
    let whole = at.len() == 3 && gap && mark && padded;
    (whole && number(at.start, 31) && number(at.start + 2, 12)).then_some(at)
}

/// 'Please deal with it next week': a time at which we are to act, of goods whose day it is not.
pub(crate) fn postpones(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> bool {
    let has = |list: &crate::reading::text::WordList| {
        stretch.tokens.clone().any(|at| scan.token(at).is_some_and(|t| list.has(&t.folded)))
    };
    let asks = has(words!("please pls bitte merci veuillez prego favore favor graag gelieve"));
    let it = has(words!(
        "it them this these das dies es sie le la les cela ca li lo los las het ze dit"
    ));
    let beside = Cues::ANSWER.and(Cues::CALL).and(Cues::AWAY).and(Cues::DELIVERY).and(Cues::ORDER);
    let goods = inside.iter().any(|m| !matches!(m.what, What::Date(_)));
    if !asks
        || !it
        || goods
        || stretch.question
        || stretch.cues.has(beside)
        || super::clauses::delivers(scan, &stretch.tokens)
    {
        return false;
    }
    let day = inside.iter().find(|m| matches!(m.what, What::Date(_))).map(|m| m.tokens.clone());
    let time = times::first(scan, &stretch.tokens, |_| true).or(day);
    time.is_some_and(|time| !says_no_more(scan, &stretch.tokens, &time))
}

/// Whether the words beside a time are those of any order, or polite.
fn says_no_more(scan: &Scan<'_>, run: &Range<usize>, time: &Range<usize>) -> bool {
    run.clone().filter(|at| !time.contains(at)).all(|at| {
        scan.token(at).is_none_or(|t| match t.kind {
            Kind::Mark => !t.is('?'),
            Kind::Digits => false,
            Kind::Word => plain_words::helps(&t.folded) || accounts::is_courtesy(&t.folded),
        })
    })
}

/// 'Morgen früh.', 'Mañana.': behind goods it greets nobody.
fn tomorrow(scan: &Scan<'_>, stretch: &Stretch) -> Option<Range<usize>> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let at = stretch.tokens.clone().find(|at| words!("morgen manana").has(word(*at)))?;
    let led = at > stretch.tokens.start
        && words!("guten goede goden schonen am jeden diesen la de esta gode buena")
            .has(word(at - 1));
    let day = words!(
        "morgen manana fruh vormittag nachmittag mittag abend bitte gerne por favor graag . ! , a primera hora"
    );
    let only = stretch.tokens.clone().all(|at| day.has(word(at)));
    (!led && only).then_some(at..at + 1)
}

/// 'After that', 'danach': a day that is told nowhere.
fn says_afterwards(scan: &Scan<'_>, stretch: &Stretch) -> Option<Range<usize>> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let at = stretch.tokens.clone().find(|at| {
        words!("danach afterwards ensuite daarna dopo despues apres").has(word(*at))
            && !words!("il le la du de del el l '").has(word(at + 1))
            || word(*at) == "after" && words!("that then it").has(word(at + 1))
            || word(*at) == "from" && word(at + 1) == "then"
            || word(*at) == "ab" && word(at + 1) == "dann"
    })?;
    Some(at..at + 1)
}

/// 'A week later', 'die anderen später': one day more than is told.
pub(crate) fn later(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    stretch.tokens.clone().any(|at| {
        let denied = words!("no not nicht plus piu al au mas").has(word(at.wrapping_sub(1)))
            || words!("than als que tardi").has(word(at + 1));
        words!("later spater dopo later.").has(word(at)) && !denied
            || word(at) == "plus" && word(at + 1) == "tard" && word(at.wrapping_sub(1)) != "au"
    })
}
