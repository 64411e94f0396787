//! What the cells of a row say of one another: boxes times pieces per box are the pieces, and the
//! quantity times the price is the amount. A row that does not add up is for a person.

use rust_decimal::Decimal;

use super::profile;
use super::{Cell, Heading, has_alnum};
use crate::reading::draft::{Amount, Desk, Named, Wish};
use crate::reading::forms::labels::Label;
use crate::reading::prose::amounts;
use crate::reading::text::Scan;
use crate::reading::text::numbers::{self, Number};
use crate::reading::text::units::{self, Unit};

/// Settles a row's quantity by its other cells.
pub(crate) fn settle(scan: &Scan<'_>, row: &[(&Heading, &Cell)], desk: &Desk<'_>, wish: &mut Wish) {
    head_unit(scan, row, wish);
    packed(scan, row, desk, wish);
    let unsure = is_other_count(scan, row, wish) || is_packed_unsaid(scan, row, wish);
    if unsure || may_be_pieces(scan, row, desk, wish) {
        wish.amount = Some(Amount::Bad);
    }
}

fn cell<'r>(
    scan: &Scan<'_>,
    row: &'r [(&Heading, &Cell)],
    label: Label,
) -> Option<(&'r Heading, &'r Cell)> {
    let found = row.iter().find(|(head, cell)| head.label == Some(label) && has_alnum(scan, cell));
    found.map(|(head, cell)| (*head, *cell))
}

/// The number that a whole cell is, if it means one thing.
fn number(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> Option<Decimal> {
    let (number, end) = numbers::digits_at(scan, cell.tokens.start)?;
    (end == cell.tokens.end).then(|| number.settle(desk.lang, false).ok())?
}

/// How many pieces one holds: '25', '25 pcs'.
fn held(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> Option<Decimal> {
    // 'à 25 Stk'
    let content = amounts::content_at(scan, cell.tokens.start);
    if let Some((held, _)) = content.filter(|(_, end)| *end == cell.tokens.end) {
        return Some(held);
    }
    let hit = amounts::amount_within(scan, cell.tokens.start, cell.tokens.end, desk)?;
    match hit.amount {
        Amount::Of { number, unit: None | Some(Unit::Pieces(1)), .. } => {
            (hit.end == cell.tokens.end).then(|| number.settle(desk.lang, false).ok())?
        }
        _ => None,
    }
}

/// The heading's unit is that of its numbers.
fn head_unit(scan: &Scan<'_>, row: &[(&Heading, &Cell)], wish: &mut Wish) {
    let Some((head, _)) = cell(scan, row, Label::Quantity) else { return };
    let Some(Amount::Of { number, unit, content }) = wish.amount else { return };
    let Some(of) = head.unit else { return };
    wish.amount = match unit {
        None => Some(Amount::Of { number, unit: Some(of), content }),
        // A cell may say '40 m' under 'Stk.', but not '2 boxes'.
        Some(Unit::Pack(_)) if of != unit.unwrap_or(of) => Some(Amount::Bad),
        Some(_) => wish.amount,
    };
}

/// Packages, what one holds, and the pieces.
fn packed(scan: &Scan<'_>, row: &[(&Heading, &Cell)], desk: &Desk<'_>, wish: &mut Wish) {
    let held = cell(scan, row, Label::Held).map(|(_, cell)| held(scan, cell, desk));
    if held == Some(None) {
        wish.amount = wish.amount.map(|_| Amount::Bad);
        return;
    }
    let held = held.flatten();
    let Some((head, packs)) = cell(scan, row, Label::Packs) else {
        if let (Some(held), Some(amount)) = (held, wish.amount) {
            wish.amount = Some(beside_held(amount, held, desk));
        }
        return;
    };
    let Some(many) = number(scan, packs, desk) else {
        wish.amount = Some(Amount::Bad);
        return;
    };
    wish.amount = match wish.amount {
        None => {
            wish.amount_words =
                scan.span(packs.tokens.clone()).map(|s| scan.evidence(s, "table.quantity"));
            let number = Number::Plain(many);
            Some(Amount::Of { number, unit: head.unit, content: held })
        }
        Some(Amount::Of { number, unit: None | Some(Unit::Pieces(1)), .. }) => {
            let pieces = number.settle(desk.lang, false).ok();
            let product = match wish.named {
                Named::One(place) => desk.catalog.product(place),
                _ => None,
            };
            let known = product.and_then(|p| units::in_own_unit(p, many, head.unit, None).ok());
            let stated = held.and_then(|held| many.checked_mul(held)).or(known);
            let agrees = stated.is_some() && stated == pieces;
            if agrees { wish.amount } else { Some(Amount::Bad) }
        }
        Some(_) => Some(Amount::Bad),
    };
}

/// A quantity beside what one package holds: packages hold that many, and pieces come in them.
fn beside_held(amount: Amount, held: Decimal, desk: &Desk<'_>) -> Amount {
    match amount {
        Amount::Of { number, unit: Some(unit @ Unit::Pack(_)), content } => {
            let agrees = content.is_none_or(|content| content == held);
            let content = Some(held);
            if agrees { Amount::Of { number, unit: Some(unit), content } } else { Amount::Bad }
        }
        Amount::Of { number, .. } => {
            let pieces = number.settle(desk.lang, false).ok();
            let whole = pieces.and_then(|n| n.checked_rem(held)).is_some_and(|r| r.is_zero());
            if whole { amount } else { Amount::Bad }
        }
        Amount::Bad => Amount::Bad,
    }
}

/// Whether the amount of money is that of another quantity: then this one counts packages and nobody says so,
/// or one of the two is wrong.
fn is_other_count(scan: &Scan<'_>, row: &[(&Heading, &Cell)], wish: &Wish) -> bool {
    let Some(Amount::Of { number, unit: None | Some(Unit::Pieces(1)), .. }) = wish.amount else {
        return false;
    };
    let money = |label| {
        let (_, cell) = cell(scan, row, label)?;
        cell.tokens.clone().find_map(|at| numbers::digits_at(scan, at))?.0.plain()
    };
    let counts = || {
        let price = money(Label::Price)?;
        Some((number.plain()?, money(Label::Amount)?.checked_div(price)?))
    };
    counts().is_some_and(|(count, paid)| is_of_another(count, paid))
}

/// Whether so many are paid, and not `count` with a discount, a tax or a price for several.
fn is_of_another(count: Decimal, paid: Decimal) -> bool {
    /// Taxes on sales, per thousand, that an amount may include.
    const TAXES: [i64; 16] =
        [25, 26, 38, 55, 70, 77, 81, 90, 100, 190, 200, 210, 220, 230, 240, 250];
    let Some(times) = paid.checked_div(count) else { return false };
    if !paid.fract().is_zero() || paid == count {
        return false;
    }
    if times > Decimal::ONE {
        return !TAXES.iter().any(|tax| times == Decimal::ONE + Decimal::new(*tax, 3));
    }
    let several = count.checked_rem(paid).is_none_or(|rest| rest.is_zero());
    times < Decimal::new(5, 1) && !several
}

/// '100' beside the packing 'Bag of 50': bags, or pieces that come in bags.
fn may_be_pieces(scan: &Scan<'_>, row: &[(&Heading, &Cell)], desk: &Desk<'_>, wish: &Wish) -> bool {
    let packing = cell(scan, row, Label::Unit).is_some_and(|(head, _)| head.unit.is_some());
    let (
        true,
        Some(Amount::Of { number, unit: unit @ Some(Unit::Pack(_)), content }),
        Named::One(place),
    ) = (packing, wish.amount, &wish.named)
    else {
        return false;
    };
    let product = desk.catalog.product(*place);
    let held = product.and_then(|p| units::in_own_unit(p, Decimal::ONE, unit, content).ok());
    let whole = held.zip(number.settle(desk.lang, false).ok());
    whole.and_then(|(held, n)| n.checked_rem(held)).is_some_and(|rest| rest.is_zero())
}

/// Whether a cell under other words names a package that the quantity does not.
fn is_packed_unsaid(scan: &Scan<'_>, row: &[(&Heading, &Cell)], wish: &Wish) -> bool {
    matches!(wish.amount, Some(Amount::Of { unit: None | Some(Unit::Pieces(1)), .. }))
        && row.iter().any(|(head, cell)| {
            let unit = head.label.is_none().then(|| profile::unit_cell(scan, cell)).flatten();
            matches!(unit, Some(Unit::Pack(_)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_of_money_is_that_of_the_quantity_or_of_another() {
        let number = |n: i64| Decimal::from(n);
        for (count, paid, another) in [
            (20, 20, false),
            (20, 30, true),
            (20, 40, true),
            (20, 18, false),
            (20, 24, false),
            (600, 6, false),
            (600, 7, true),
        ] {
            assert_eq!(is_of_another(number(count), number(paid)), another, "{count}, {paid}");
        }
        assert!(!is_of_another(number(20), Decimal::new(205, 1)));
    }
}
