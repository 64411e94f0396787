//! Which amount of a stretch is of which product.

use super::mentions::{Mention, What, is_filler_before};
use crate::reading::draft::{Amount, Desk, Named};
use crate::reading::text::stretches::{is_amount, is_product, joins_goods};
use crate::reading::text::{Kind, Scan, Token, words};

/// 'je 4 Stück A und B', '4 each of A and B', 'A and B, 4 each': as far as nothing but joining words
/// stands between the products. 'Je 10 A und B, dazu ein C' orders one C.
pub(crate) fn distribute(
    scan: &Scan<'_>,
    inside: &[&Mention],
    amount_of: &mut [Option<usize>],
    used: &mut [bool],
) {
    for (place, mention) in inside.iter().enumerate() {
        if !matches!(mention.what, What::Amount { each: true, .. }) {
            continue;
        }
        let behind = reached(scan, inside, (place + 1..inside.len()).collect(), place);
        let before = reached(scan, inside, (0..place).rev().collect(), place);
        let of = if behind.is_empty() { before } else { behind };
        if of.len() != 2 && super::both::counts(scan, &mention.tokens) {
            continue;
        }
        for product in of {
            if let Some(slot) = amount_of.get_mut(product).filter(|slot| slot.is_none()) {
                *slot = Some(place);
                if let Some(flag) = used.get_mut(place) {
                    *flag = true;
                }
            }
        }
    }
}

/// The products among these places that an amount for each reaches; the nearest is the first.
fn reached(scan: &Scan<'_>, inside: &[&Mention], places: Vec<usize>, amount: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut near = amount;
    let mut pairs = false;
    for place in places {
        let (Some(mention), Some(last)) = (inside.get(place), inside.get(near)) else { break };
        if is_amount(mention) {
            break;
        }
        let between = |one: &Mention, two: &Mention| one.tokens.end..two.tokens.start;
        let gap = if place > near { between(last, mention) } else { between(mention, last) };
        near = place;
        if !is_product(mention) {
            continue;
        }
        let gap = scan.tokens.get(gap).unwrap_or_default();
        let parts = gap.iter().any(|t| adds(&t.folded));
        // 'A and B as well as C': the second joint begins anew.
        let again = pairs && gap.iter().any(|t| joins_again(&t.folded));
        let first = found.is_empty();
        if has_article(scan, mention) || parts || !first && (again || !gap.iter().all(is_joint)) {
            break;
        }
        pairs |= gap.iter().any(|t| words!("and und et e ed y en").has(&t.folded));
        found.push(place);
    }
    found
}

/// 'One C', 'ein C': an article counts by itself.
pub(crate) fn has_article(scan: &Scan<'_>, product: &Mention) -> bool {
    let before = product.tokens.start.checked_sub(1).and_then(|at| scan.token(at));
    before.is_some_and(|t| {
        words!(
            "a an another ein eine einen einem einer un une una uno un' een otro otra altro altra"
        )
        .has(&t.folded)
    })
}

/// Words that begin another wish.
fn adds(word: &str) -> bool {
    words!(
        "dazu plus zusatzlich ausserdem zudem ferner weiter auch also further furthermore additionally besides then \
         aussi egalement puis outre inoltre anche oltre poi pure tambien ademas luego ook daarnaast tevens"
    )
    .has(word)
}

fn joins_again(word: &str) -> bool {
    words!("and und et e ed y en sowie nebst nonche ainsi que well").has(word)
}

/// Words that only join products, or lead to the next.
fn is_joint(token: &Token) -> bool {
    token.kind == Kind::Mark && token.is_any(",/&+()-–\"'’„“”«»")
        || is_filler_before(&token.folded)
        || words!("and und et e ed y en sowie nebst as well ainsi que nonche aux a dem des both beide jeweils je in der die das")
            .has(&token.folded)
}

/// Links each free amount to the product right behind it (`before`: the amount stands before), or
/// right before it.
pub(crate) fn pair(
    scan: &Scan<'_>,
    inside: &[&Mention],
    products: &[usize],
    amounts: &[usize],
    before: bool,
    amount_of: &mut [Option<usize>],
    used: &mut [bool],
) {
    for place in amounts {
        if used.get(*place) != Some(&false) {
            continue;
        }
        let neighbour = if before {
            products.iter().find(|p| *p > place)
        } else {
            products.iter().rev().find(|p| *p < place)
        };
        let Some(product) = neighbour.filter(|p| amount_of.get(**p) == Some(&None)) else {
            continue;
        };
        let (low, high) = if before { (*place, *product) } else { (*product, *place) };
        let between =
            (low + 1..high).any(|i| inside.get(i).is_some_and(|m| is_amount(m) || is_product(m)));
        let (Some(amount), Some(named)) = (inside.get(*place), inside.get(*product)) else {
            continue;
        };
        let near =
            if before { gap_before(scan, amount, named) } else { gap_after(scan, named, amount) };
        if !between && near {
            if let Some(slot) = amount_of.get_mut(*product) {
                *slot = Some(*place);
            }
            if let Some(flag) = used.get_mut(*place) {
                *flag = true;
            }
        }
    }
}

/// 'Von den A hätten wir gern 4 Stück', 'Of A we need 20': the amount behind the verb is the
/// product's where no other product takes it.
pub(crate) fn topic(
    scan: &Scan<'_>,
    inside: &[&Mention],
    amount_of: &mut [Option<usize>],
    used: &mut [bool],
) {
    for place in 1..inside.len() {
        let (Some(amount), Some(product)) = (inside.get(place), inside.get(place - 1)) else {
            continue;
        };
        let free = used.get(place) == Some(&false) && amount_of.get(place - 1) == Some(&None);
        let gap = scan.tokens.get(product.tokens.end..amount.tokens.start).unwrap_or_default();
        let verb = gap.iter().any(|t| {
            crate::reading::sentences::cues::of(&t.folded)
                .has(crate::reading::sentences::cues::Cues::ORDER)
                || crate::reading::names::neighbours::is_small_word(&t.folded)
        });
        let small = gap.iter().all(|t| {
            t.kind == Kind::Word
                && (crate::reading::text::lang::is_common(&t.folded)
                    || crate::reading::names::neighbours::is_small_word(&t.folded)
                    || words!("faut servono occorrono brauche brauchen besoin gern gerne")
                        .has(&t.folded))
        });
        if free
            && is_product(product)
            && is_amount(amount)
            && matches!(amount.what, What::Amount { each: false, .. })
            && (1..=5).contains(&gap.len())
            && small
            && verb
        {
            if let Some(slot) = amount_of.get_mut(place - 1) {
                *slot = Some(place);
            }
            if let Some(flag) = used.get_mut(place) {
                *flag = true;
            }
        }
    }
}

/// 'We have run out of A, so 20 more by Friday': the only amount of a sentence that orders is that of its
/// only product.
pub(crate) fn alone(
    scan: &Scan<'_>,
    inside: &[&Mention],
    amount_of: &mut [Option<usize>],
    used: &mut [bool],
) {
    let places = |is: fn(&Mention) -> bool| -> Vec<usize> {
        (0..inside.len()).filter(|at| inside.get(*at).is_some_and(|m| is(m))).collect()
    };
    let marked = |m: &Mention| matches!(m.what, What::Amount { marked: true, .. });
    let (products, amounts) = (places(is_product), places(is_amount));
    let ([product], [amount]) = (products.as_slice(), amounts.as_slice()) else { return };
    let (Some(of), Some(used)) = (amount_of.get_mut(*product), used.get_mut(*amount)) else {
        return;
    };
    // '20 pieces of screws' are other goods.
    let names_others = |end: usize| {
        scan.token(end).is_some_and(|t| {
            t.kind == Kind::Word
                && (!joins_goods(scan, end, inside)
                    || words!("of de d di du des del von van a").has(&t.folded))
        })
    };
    let counts = inside.get(*amount).is_some_and(|m| marked(m) && !names_others(m.tokens.end));
    if product < amount && of.is_none() && !*used && counts {
        *of = Some(*amount);
        *used = true;
    }
}

/// '100 A (2 bags)', '2 bags A (100 pcs)': an amount in brackets that comes to the same is no other.
pub(crate) fn said_again(
    scan: &Scan<'_>,
    inside: &[&Mention],
    amount_of: &[Option<usize>],
    used: &mut [bool],
    desk: &Desk<'_>,
) {
    let own = |mention: &Mention, product: &crate::reading::catalog::Product| match mention.what {
        What::Amount { amount: Amount::Of { number, unit, content }, .. } => {
            crate::reading::text::units::in_own_unit(product, number.plain()?, unit, content).ok()
        }
        _ => None,
    };
    for place in 1..inside.len() {
        let (Some(again), Some(before)) = (inside.get(place), inside.get(place - 1)) else {
            continue;
        };
        let mut from = again.tokens.start;
        while from > before.tokens.end
            && scan.token(from - 1).is_some_and(|t| {
                words!("das sind also i e ie soit cioe that is are makes d h ce qui fait . so dus zijn dat es decir namely in total insgesamt totale en totaal")
                    .has(&t.folded)
            })
        {
            from -= 1;
        }
        let mark = |marks: &str| {
            from.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| t.is_any(marks))
        };
        let explains = scan.tokens.get(from..again.tokens.start).unwrap_or_default().iter().any(|t| {
            words!("ie i sind also dus zijn soit cioe that is makes so fait decir namely total insgesamt totale totaal")
                .has(&t.folded)
        });
        let bracket = mark("(=[") || explains && mark(",;–—-");
        // 'A: 5 boxes (= 500 pcs)': the amount stands between.
        let behind =
            is_amount(before).then(|| amount_of.iter().position(|at| *at == Some(place - 1)));
        let of = behind.flatten().unwrap_or(place - 1);
        let Some(What::Product(Named::One(product), _)) = inside.get(of).map(|m| m.what.clone())
        else {
            continue;
        };
        let first = amount_of.get(of).copied().flatten().and_then(|at| inside.get(at));
        let (Some(first), Some(product), true) = (first, desk.catalog.product(product), bracket)
        else {
            continue;
        };
        let (one, two) = (own(first, product), own(again, product));
        if let Some(flag) = used.get_mut(place)
            && one.is_some()
            && one == two
        {
            *flag = true;
        }
    }
}

/// Only fillers between an amount and the product behind it.
fn gap_before(scan: &Scan<'_>, amount: &Mention, product: &Mention) -> bool {
    let gap = amount.tokens.end..product.tokens.start;
    let lines = |at: usize| scan.token(at).map_or(0, |t| t.line);
    // Over a line's end only within a wrapped sentence.
    let wraps = lines(amount.tokens.start) != lines(product.tokens.start);
    if wraps && scan.token(amount.tokens.end.saturating_sub(1)).is_none() {
        return false;
    }
    gap.len() <= 6
        && gap.clone().all(|i| scan.token(i).is_some_and(|t| is_filler_before(&t.folded)))
}

/// Only a separator or the word 'quantity' between a product and the amount behind it.
fn gap_after(scan: &Scan<'_>, product: &Mention, amount: &Mention) -> bool {
    let gap = product.tokens.end..amount.tokens.start;
    let same_line = scan.token(product.tokens.end.saturating_sub(1)).map(|t| t.line)
        == scan.token(amount.tokens.start).map(|t| t.line);
    let fits = |word: &str| {
        words!(
            ": - – — x * = ( ) , | ; → > / ] . qty quantity menge anzahl quantite qte quantita qta \
        cantidad aantal in the number amount of an der zahl von au nombre de en nel numero di nella je each stuck stk pcs pieces pz a"
        )
        .has(word)
            && word != "a"
    };
    same_line
        && gap.len() <= 5
        && gap.clone().all(|i| scan.token(i).is_some_and(|t| fits(&t.folded)))
}
