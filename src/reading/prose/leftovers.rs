//! Numbers and amounts of running text that no product took: what they say of the order's certainty.

use rust_decimal::Decimal;

use super::mentions::{Mention, What, is_filler_before};
use crate::reading::draft::{Amount, Desk, Draft, Named};
use crate::reading::sentences::cues::Cues;
use crate::reading::text::noise;
use crate::reading::text::numbers::Number;
use crate::reading::text::stretches::{Stretch, is_amount, is_product};
use crate::reading::text::units::Unit;
use crate::reading::text::{Kind, Scan, fold, words};
use crate::reading::types::Evidence;

/// Bare numbers beside products, or at the beginning of a sentence without any, that nothing
/// explains: '10 not 20 A', 'P.S. 15 would be better'.
pub(crate) fn bare_numbers(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    used: &[bool],
    bare: &mut Vec<Evidence>,
) {
    let number = |m: &Mention| match m.what {
        What::Amount { amount: Amount::Of { number, unit: None, .. }, marked: false, .. } => {
            Some(number)
        }
        _ => None,
    };
    let products = inside.iter().any(|m| is_product(m));
    for (place, mention) in inside.iter().enumerate() {
        let Some(value) = number(mention).filter(|_| used.get(place) == Some(&false)) else {
            continue;
        };
        let whole = value.plain().is_none_or(|n| n.fract().is_zero());
        // '10 (ten)' says it twice.
        let again = inside.iter().zip(used).any(|(other, used)| {
            let same = |n: &Number| n.plain().is_some() && n.plain() == value.plain();
            *used && matches!(&other.what, What::Amount { amount: Amount::Of { number, .. }, .. } if same(number))
        });
        let start = mention.tokens.start;
        let before = scan.tokens.get(stretch.tokens.start..start).unwrap_or_default();
        let opens = before.iter().filter(|t| t.is_alnum()).all(|t| takes_back(&t.folded));
        let line = scan.token(start).map(|t| t.line);
        let named = |at: usize| inside.iter().any(|m| is_product(m) && m.tokens.contains(&at));
        let role = (start.saturating_sub(4)..start).filter(|at| !named(*at)).any(|at| {
            scan.token(at).is_some_and(|t| {
                Some(t.line) == line
                    && t.folded.len() > 1
                    && t.folded != "no"
                    && noise::is_role(&t.folded)
            })
        });
        let near = |other: &&Mention| {
            is_amount(other)
                && other.tokens != mention.tokens
                && (other.tokens.start.abs_diff(mention.tokens.end) <= 1
                    || start.abs_diff(other.tokens.end) <= 1)
        };
        let digits =
            scan.token(start).is_some_and(|t| t.kind == Kind::Digits) || inside.iter().any(near);
        let house = crate::reading::forms::places::on_line(scan, start);
        // 'Item 3' of a form whose third row is empty.
        let row = line
            .and_then(|l| scan.lines.get(l))
            .and_then(|l| crate::reading::forms::fields::label_of(scan, l.tokens.start..start))
            .is_some_and(|label| label != crate::reading::forms::labels::Label::Other);
        let house = house || row;
        let stray = !products && is_stray(scan, stretch, mention);
        if whole && digits && !again && !role && !house && (products || opens || stray) {
            let end = words_end(scan, mention.tokens.end, stretch.tokens.end);
            let span = scan.span(mention.tokens.start..end);
            bare.extend(span.map(|s| scan.evidence(s, "prose.unexplained")));
        }
    }
}

/// 'Should be 60', 'Update: we take 60', 'up to 40': a short sentence counts something and does not say
/// what.
fn is_stray(scan: &Scan<'_>, stretch: &Stretch, mention: &Mention) -> bool {
    const SHORT: usize = 8;
    let run = stretch.tokens.clone();
    let words = run.clone().filter(|at| scan.token(*at).is_some_and(|t| t.kind == Kind::Word));
    // 'Tor 3' and '3 Monteure' count what they name.
    let noun = |at: usize| run.contains(&at) && crate::reading::sentences::ties::is_own(scan, at);
    let before = |back: usize| {
        let at = mention.tokens.start.checked_sub(back)?;
        scan.token(at).filter(|_| run.contains(&at)).map(|token| (at, token))
    };
    let led = match before(1) {
        Some((at, token)) if token.kind == Kind::Word => says_how(scan, at),
        // 'Neu: 60'; what other labels head is of their own.
        Some((_, token)) if token.is(':') => before(2).is_some_and(|(_, label)| {
            words!("neu new update edit note nota bene wichtig important correction korrektur correzione nouveau nuovo nuevo nieuw").has(&label.folded)
        }),
        _ => false,
    };
    (1..=SHORT).contains(&words.count()) && led && !noun(mention.tokens.end)
}

/// Verbs, bounds and other words before a number that name nothing it may be of.
fn says_how(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| {
        words!(
            "take taking need needs want thinks says makes become becomes be now just most least maximum nehmen brauchen benotigen sagt meint werden nur hochstens mindestens maximal jetzt \
             prenons voulons faut dit seulement desormais prendiamo vogliamo servono dice solo massimo almeno queremos tomamos dice nemen willen zegt slechts"
        )
        .has(&t.folded)
    })
}

/// Digits in a sentence about goods that are nothing that we know: 'and 7/B'.
pub(crate) fn digits(scan: &Scan<'_>, stretch: &Stretch, taken: &[bool]) -> Option<Evidence> {
    let at = stretch.tokens.clone().find(|at| {
        taken.get(*at) == Some(&false)
            && scan.token(*at).is_some_and(|t| t.kind == Kind::Digits)
            && !crate::reading::forms::places::on_line(scan, *at)
    })?;
    scan.span(at..at + 1).map(|span| scan.evidence(span, "prose.unexplained"))
}

/// Words that lead to another number than the one before.
fn takes_back(word: &str) -> bool {
    words!(
        "hm hmm hmmm oops wait actually no not rather please sorry p s ps better make it that nein nicht lieber doch besser bitte \
         non plutot pardon meglio anzi scusate mi correggo je corrige ich korrigiere \
         note notes nota remark remarks remarque hinweis bemerkung anmerkung comment correction \
         korrektur correzione rettifica"
    )
    .has(word)
}

/// Amounts that no product was found for: with a unit or sign they are part of an order that was
/// not understood.
pub(crate) fn loose_amounts(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    used: &[bool],
    draft: &mut Draft,
    desk: &Desk<'_>,
) {
    for (place, mention) in inside.iter().enumerate() {
        let What::Amount { amount, marked, .. } = &mention.what else { continue };
        if used.get(place) == Some(&true) {
            continue;
        }
        let piece = match amount {
            Amount::Of { unit: None, .. } => *marked,
            Amount::Of { unit: Some(unit), .. } => {
                matches!(unit, Unit::Pieces(_) | Unit::Pack(_) | Unit::Weight(_) | Unit::Length(_))
            }
            Amount::Bad => true,
        };
        let leads = scan.token(mention.tokens.start).is_some_and(|first| {
            crate::reading::forms::fields::behind_bullet(scan, first.line) == mention.tokens.start
        });
        let words_behind = scan.token(mention.tokens.end).is_some_and(|t| {
            t.kind == Kind::Word && scan.token(mention.tokens.start).map(|s| s.line) == Some(t.line)
        });
        let listed = leads && words_behind && inside.len() <= 2 && stretch.tokens.len() <= 14;
        let ordered = stretch.cues.has(Cues::ORDER) || inside.iter().any(|m| is_product(m));
        let whole = matches!(amount, Amount::Of { number, .. } if number.plain().is_none_or(|n| n.fract().is_zero()));
        let piece = piece || whole && !marked && counts_goods(scan, mention.tokens.end);
        if sizes_product(scan, inside, place, desk)
            || is_total(scan, inside, place, used)
            || stands_in_reason(scan, stretch, inside, mention)
        {
            continue;
        }
        let sure = *marked && !matches!(amount, Amount::Bad);
        if !sure && crate::reading::forms::places::on_line(scan, mention.tokens.start) {
            continue;
        }
        // '180 m on 8 June' is a part of something.
        let near = |m: &&&Mention| {
            matches!(m.what, What::Date(_))
                && (0..=4).contains(&m.tokens.start.saturating_sub(mention.tokens.end))
                && m.tokens.start >= mention.tokens.end
        };
        let dated = *marked && inside.iter().find(near).is_some();
        // 'The boss says 30 pcs': how many of what, beside goods that are ordered.
        let told = *marked
            && !draft.wishes.is_empty()
            && counts_pieces(amount)
            && !tells_stock(scan, stretch);
        if (piece && (ordered || listed || dated || told))
            || (listed && *marked)
            || (listed && ordered)
            || (marked_line(scan, mention) && listed)
        {
            let end = words_end(scan, mention.tokens.end, stretch.tokens.end);
            if let Some(span) = scan.span(mention.tokens.start..end) {
                let total = counts_pieces(amount) && says_total(scan, mention);
                let rule = if total { TOTAL } else { "prose.unexplained" };
                draft.loose.push(scan.evidence(span, rule));
            }
        }
    }
}

/// Rule of what is said to be the sum of all lines.
pub(crate) const TOTAL: &str = "prose.total";

/// 'Total 18 pcs', '18 pieces in total'.
fn says_total(scan: &Scan<'_>, mention: &Mention) -> bool {
    let Some(line) = scan.token(mention.tokens.start).map(|t| t.line) else { return false };
    let run = mention.tokens.start.saturating_sub(3)..mention.tokens.end + 3;
    run.filter(|at| !mention.tokens.contains(at)).any(|at| {
        scan.token(at).is_some_and(|t| {
            t.line == line
                && words!("total totale totaal insgesamt gesamt zusammen together altogether tout complessivamente summe sum")
                    .has(&t.folded)
        })
    })
}

fn counts_pieces(amount: &Amount) -> bool {
    matches!(amount, Amount::Of { unit: Some(Unit::Pieces(1)), .. })
}

/// 'We have only 30 pcs left': why goods are ordered.
fn tells_stock(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    stretch.tokens.clone().any(|at| {
        scan.token(at).is_some_and(|t| {
            words!("left stock lager ubrig reste restent restano magazzino giacenza quedan voorraad pallet pallets palette paletten box carton karton per pro par each je").has(&t.folded)
        })
    })
}

/// '20 impellers, of which 12 three-blade and 8 five-blade': the sum of the amounts behind it.
fn is_total(scan: &Scan<'_>, inside: &[&Mention], place: usize, used: &[bool]) -> bool {
    let number = |m: &Mention| match m.what {
        What::Amount { amount: Amount::Of { number, unit, .. }, .. } => {
            number.plain().filter(|_| matches!(unit, None | Some(Unit::Pieces(1))))
        }
        _ => None,
    };
    let parts: Vec<(&&Mention, bool)> = inside
        .iter()
        .zip(used.iter().copied())
        .skip(place + 1)
        .filter(|(m, _)| is_amount(m))
        .collect();
    let (Some(total), Some((first, _))) = (inside.get(place), parts.first()) else { return false };
    let splits = (total.tokens.end..first.tokens.end + 3).any(|at| {
        scan.token(at)
            .is_some_and(|t| words!("davon dont thereof which them cui : waarvan").has(&t.folded))
    });
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, (m, used)| {
        used.then(|| number(m)).flatten().and_then(|n| sum.checked_add(n))
    });
    parts.len() >= 2 && splits && sum.is_some() && sum == number(total)
}

/// 'A customer has ordered two machines, so we need:': what stands before a 'so' is why, where no product does.
fn stands_in_reason(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    mention: &Mention,
) -> bool {
    let so = |at: &usize| {
        scan.token(*at).is_some_and(|t| {
            words!("so therefore hence deshalb daher darum deswegen somit donc quindi percio pertanto entonces daarom dus").has(&t.folded)
        }) && at.checked_sub(1).and_then(|b| scan.token(b)).is_some_and(|t| t.is_any(",;:-\u{2013}"))
    };
    let Some(end) = (mention.tokens.end..stretch.tokens.end).find(so) else { return false };
    !inside.iter().any(|m| is_product(m) && m.tokens.start < end)
}

/// 'HS-100 (drawing 2231, 100 mm)': in brackets behind a product, a size that its name has.
fn sizes_product(scan: &Scan<'_>, inside: &[&Mention], place: usize, desk: &Desk<'_>) -> bool {
    let Some((mention, before)) = inside.get(place).zip(inside.get(..place)) else { return false };
    let product = before.iter().rev().find(|m| is_product(m));
    let Some((product, What::Product(Named::One(named), _))) = product.map(|m| (m, &m.what)) else {
        return false;
    };
    let gap = product.tokens.end..mention.tokens.start;
    let opened = gap.clone().any(|at| scan.token(at).is_some_and(|t| t.is('(')))
        && !gap.clone().any(|at| scan.token(at).is_some_and(|t| t.is(')')));
    let size = fold(scan.run(mention.tokens.clone()));
    let measured = matches!(
        mention.what,
        What::Amount {
            amount: Amount::Of { unit: Some(Unit::Length(_) | Unit::Weight(_)), .. },
            ..
        }
    );
    let has = |name: &str| format!(" {} ", fold(name)).contains(&format!(" {size} "));
    opened
        && measured
        && desk.catalog.product(*named).is_some_and(|p| p.all_names().any(|(_, name)| has(name)))
}

/// Whether a noun that may be some article stands behind a bare number: '80 washers M12'.
fn counts_goods(scan: &Scan<'_>, at: usize) -> bool {
    let goods = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Word
                && t.folded.chars().count() >= 4
                && !crate::reading::text::lang::is_common(&t.folded)
                && crate::reading::dates::weekday_at(scan, at).is_none()
        })
    };
    let filler =
        scan.token(at).is_some_and(|t| t.kind == Kind::Word && is_filler_before(&t.folded));
    goods(at) || filler && goods(at + 1)
}

/// '5 left-handed widgets' alone on a line.
fn marked_line(scan: &Scan<'_>, mention: &Mention) -> bool {
    scan.token(mention.tokens.start).is_some_and(|t| t.kind == Kind::Digits)
}

/// Some words behind an amount, to show.
fn words_end(scan: &Scan<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end
        && at < from + 5
        && scan.token(at).is_some_and(|t| t.kind == Kind::Word || t.is('-'))
    {
        at += 1;
    }
    at
}
