//! Days that a sentence behind the goods says of each of them: 'the pump bodies by 20 March, the
//! impellers by 27 March', 'die dreiflügeligen brauchen wir am 10. April'.

use std::ops::Range;

use super::wished_days;
use crate::reading::draft::{Dated, Desk, Named, Wish};
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::text::stretches::{Stretch, is_amount};
use crate::reading::text::{Kind, Scan, Token, words};

/// Gives each wish the day that the sentence says of it; `false` where it says anything else, or
/// not of every wish.
pub(crate) fn give(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    wishes: &mut [Wish],
    desk: &Desk<'_>,
) -> bool {
    let days: Vec<&&Mention> = inside.iter().filter(|m| matches!(m.what, What::Date(_))).collect();
    let counted = inside.iter().any(|m| is_amount(m));
    let dated = wishes.iter().any(|wish| wish.delivery.is_some());
    if days.len() < 2 || days.len() != wishes.len() || counted || dated || stretch.question {
        return false;
    }
    let mut from = stretch.tokens.start;
    let mut given: Vec<(usize, Dated)> = Vec::new();
    for day in days {
        let Some(wish) = told(scan, from..day.tokens.start, inside, wishes, desk) else {
            return false;
        };
        let What::Date(when) = day.what else { return false };
        let ahead = when.day().zip(desk.today).is_some_and(|(day, today)| day > today);
        let twice = given.iter().any(|(other, _)| *other == wish);
        let Some(span) = scan.span(day.tokens.clone()).filter(|_| ahead && !twice) else {
            return false;
        };
        let evidence = scan.evidence(span, "prose.delivery_date");
        given.push((wish, Dated { when: Some(when), evidence }));
        from = day.tokens.end;
    }
    if !(from..stretch.tokens.end).all(|at| is_small(scan, at)) {
        return false;
    }
    for (place, dated) in given {
        if let Some(wish) = wishes.get_mut(place) {
            wish.delivery = Some(dated);
        }
    }
    true
}

/// The one wish that words before a day name; all other words must be small ones.
fn told(
    scan: &Scan<'_>,
    run: Range<usize>,
    inside: &[&Mention],
    wishes: &[Wish],
    desk: &Desk<'_>,
) -> Option<usize> {
    let names = &desk.catalog.index().names;
    let mut stems: Vec<u32> = Vec::new();
    let mut coded = None;
    for at in run {
        let mention = inside.iter().find(|m| m.tokens.contains(&at));
        if let Some(What::Product(Named::One(place), crate::reading::forms::values::BY_CODE)) =
            mention.map(|m| &m.what)
        {
            coded = coded.or(Some(*place));
            continue;
        }
        let own = names.words_at(scan, at);
        if own.is_empty() && !is_small(scan, at) && !scan.token(at).is_some_and(is_joint) {
            return None;
        }
        if !is_small(scan, at) || own.len() > 1 {
            stems.extend(own);
        }
    }
    let fits = |wish: &Wish| match wish.named {
        Named::One(place) => match coded {
            Some(code) => code == place && stems.is_empty(),
            None => !stems.is_empty() && names.has_all(place, &stems),
        },
        _ => false,
    };
    let mut places = (0..).zip(wishes).filter(|(_, wish)| fits(wish)).map(|(place, _)| place);
    let only = places.next()?;
    places.next().is_none().then_some(only)
}

fn is_joint(token: &Token) -> bool {
    token.kind == Kind::Mark && !token.is('?')
}

fn is_small(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_none_or(|t| {
        is_joint(t)
            || t.kind == Kind::Word
                && (wished_days::is_word(scan, at)
                    || words!("ones one of each while whereas can may follow folgen konnen quelli quelle ceux celles peuvent suivre possono seguire").has(&t.folded))
    })
}
