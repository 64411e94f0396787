//! Products and their amounts on lines by turns: 'HS-100', '6 pcs', 'IM-3', '8 pcs'.

use super::mentions::{Mention, What, within};
use crate::reading::draft::{Amount, Named};
use crate::reading::forms::fields::behind_bullet;
use crate::reading::text::stretches::{is_amount, is_product};
use crate::reading::text::{Scan, TextLine, words};

/// Most lines of such a list.
const MOST: usize = 120;

/// What a line is in such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// One product, and nothing else.
    Product,
    /// One amount with its unit, and nothing else.
    Amount,
    /// A product or an amount that is not sure, and nothing else: the list is none.
    Unsure,
}

/// Lets the amounts of such lists count the products above them.
pub(crate) fn link(scan: &Scan<'_>, found: &mut [Mention]) {
    let mut line = 0;
    while line < scan.lines.len() {
        let run = turns(scan, line, found);
        let next = run.last().map_or(line, |(last, _)| *last) + 1;
        if are_pairs(&run) {
            for (line, turn) in &run {
                let Some(tokens) = scan.lines.get(*line).map(|l| l.tokens.clone()) else {
                    continue;
                };
                let place = found.partition_point(|m| m.tokens.start < tokens.start);
                let amount = found.get_mut(place);
                if let (Turn::Amount, Some(Mention { what: What::Amount { each, .. }, .. })) =
                    (turn, amount)
                {
                    *each = true;
                }
            }
        }
        line = next;
    }
}

/// Whether a stretch begins with a line of such a list, or behind one; `None` where it is of none.
pub(crate) fn part(scan: &Scan<'_>, before: usize, line: usize, found: &[Mention]) -> Option<bool> {
    if before + 1 == line && counts_above(scan, line, found) {
        return Some(false);
    }
    (counts_above(scan, before, found) || counts_above(scan, line + 1, found)).then_some(true)
}

/// Whether a line counts the product on the line above it, and is one of such a list. `link` has
/// found it.
fn counts_above(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let Some(above) = line.checked_sub(1) else { return false };
    let amount = scan.lines.get(line).map_or(0..0, |l| l.tokens.clone());
    turn(scan, above, found) == Some(Turn::Product)
        && turn(scan, line, found) == Some(Turn::Amount)
        && within(found, &amount).iter().any(|m| matches!(m.what, What::Amount { each: true, .. }))
}

/// The lines of products and amounts from a line on, with blank ones between them left out.
fn turns(scan: &Scan<'_>, from: usize, found: &[Mention]) -> Vec<(usize, Turn)> {
    let mut run = Vec::new();
    for line in from..scan.lines.len().min(from + MOST) {
        if scan.lines.get(line).is_none_or(TextLine::is_blank) {
            continue;
        }
        match turn(scan, line, found) {
            Some(turn) => run.push((line, turn)),
            None => break,
        }
    }
    run
}

/// A product, its amount right below it, and so on to the end.
fn are_pairs(run: &[(usize, Turn)]) -> bool {
    let pair = |pair: &[(usize, Turn)]| matches!(pair, [(above, Turn::Product), (below, Turn::Amount)] if *below == above + 1);
    !run.is_empty() && run.len() < MOST && run.chunks(2).all(pair)
}

/// What a line is in a list; `None` where it holds anything else.
fn turn(scan: &Scan<'_>, line: usize, found: &[Mention]) -> Option<Turn> {
    let tokens = scan.lines.get(line)?.tokens.clone();
    let inside = within(found, &tokens);
    let first = inside.first().filter(|m| is_product(m) || is_amount(m))?;
    let small = |at: usize| {
        at < behind_bullet(scan, line)
            || scan.token(at).is_some_and(|t| {
                t.is_any(",.:;")
                    || words!("quantity qty menge anzahl quantite qte quantita qta cantidad aantal")
                        .has(&t.folded)
            })
    };
    let named = |at: usize| inside.iter().any(|m| m.tokens.contains(&at));
    if !tokens.clone().all(|at| named(at) || small(at)) {
        return None;
    }
    let whole = inside.len() == 1 && first.tokens.end <= tokens.end;
    Some(match first.what {
        What::Product(Named::One(_), _) if whole => Turn::Product,
        What::Amount { amount: Amount::Of { .. }, marked: true, each: _ } if whole => Turn::Amount,
        _ => Turn::Unsure,
    })
}
