//! A quantity that is said twice, in packages and in pieces: '4 bags (200 pcs)', '50 Stk. = 2 Karton'.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::reading::draft::{Amount, Desk, Named};
use crate::reading::prose::amounts;
use crate::reading::text::units;
use crate::reading::text::{Scan, words};

/// The amount of a value that says it twice, where both come to the same of its product.
pub(crate) fn agreed(
    scan: &Scan<'_>,
    value: Range<usize>,
    named: &Named,
    desk: &Desk<'_>,
) -> Option<Amount> {
    let Named::One(place) = named else { return None };
    let product = desk.catalog.product(*place)?;
    let mark = |at: &usize| scan.token(*at).is_some_and(|t| t.is_any("([=/,–-"));
    let parted = value.clone().skip(1).find(mark)?;
    let first = amounts::amount_within(scan, value.start, parted, desk)?;
    let joins = |at: &usize| {
        scan.token(*at).is_some_and(|t| {
            t.is_any("([=/,.:–-")
                || words!(
                    "ie i e that is also d h das sind soit cioe ossia total dat dus zijn es decir"
                )
                .has(&t.folded)
        })
    };
    let second = (parted + 1..value.end).find(|at| !joins(at))?;
    let second = amounts::amount_within(scan, second, value.end, desk)?;
    let over = (second.end..value.end).all(|at| {
        scan.token(at).is_some_and(|t| {
            t.is_any(")].,")
                || words!("in total insgesamt gesamt zusammen en tout au totale totaal tutto todo altogether all").has(&t.folded)
        })
    });
    let own = |amount: Amount| -> Option<Decimal> {
        let Amount::Of { number, unit, content } = amount else { return None };
        units::in_own_unit(product, number.plain()?, unit, content).ok()
    };
    let one = own(first.amount)?;
    // One of them needs its unit, or two numbers stand there.
    let marked = first.marked || second.marked;
    (first.end == parted && over && marked && own(second.amount) == Some(one))
        .then_some(first.amount)
}
