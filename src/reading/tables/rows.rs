//! One row of a table, or one column of a transposed one, as a wish.

use std::ops::Range;

use super::columns::{self, is_stranger};
use super::{Cell, has_alnum, names};
use crate::reading::dates::When;
use crate::reading::draft::{Amount, Dated, Desk, Form, Named, Wish};
use crate::reading::forms::blocks::both;
use crate::reading::forms::field_values;
use crate::reading::forms::headers::one_line;
use crate::reading::forms::labels::Label;
use crate::reading::forms::said_twice;
use crate::reading::forms::values::{self, DateValue};
use crate::reading::prose::amounts;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::drawings;
use crate::reading::text::numbers;
use crate::reading::text::units;
use crate::reading::text::{Kind, Scan, clip, words};
use crate::reading::types::{Field, Problem, ProblemCode, Read};

/// What a row wishes for.
pub(crate) fn wish_of(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    block: u32,
    desk: &Desk<'_>,
) -> Wish {
    let mut wish = Wish::new(block, Form::Table);
    let mut candidates: Option<(Named, u8)> = None;
    for (label, cell) in row {
        let Some(label) = label else { continue };
        let value = cell.tokens.clone();
        let evidence = |rule| scan.span(value.clone()).map(|s| scan.evidence(s, rule));
        match label {
            label if names(*label) && has_alnum(scan, cell) => {
                let kind = if *label == Label::AnyReference { Label::Code } else { *label };
                let found = values::product(scan, value.clone(), kind, desk);
                let own = *label == Label::OwnCode && is_theirs(scan, row, cell, &found.0, desk);
                if own || found.0 == Named::Nothing {
                    continue;
                }
                // A description in other words takes nothing from a code that we know.
                if wish.product_words.is_none() || *label != Label::Name {
                    wish.product_words = evidence("table.product");
                }
                candidates = Some(match candidates.take() {
                    None => found,
                    Some(before) => code_and_name(before, found, *label),
                });
            }
            Label::Quantity if wish.amount.is_none() => {
                wish.amount = amounts::quantity(scan, bare_count(scan, value.clone()), desk);
                wish.amount_words = evidence("table.quantity");
            }
            // Two columns of quantities ('ordered', 'delivered') leave it open which one counts.
            Label::Quantity if has_alnum(scan, cell) => {
                let other = amounts::quantity(scan, value.clone(), desk);
                if other != wish.amount {
                    wish.amount = Some(Amount::Bad);
                }
            }
            Label::Delivery | Label::AnyDate => {
                let (found, _) = values::date(scan, value.clone(), desk);
                let when = match found {
                    DateValue::When(when) => Some(when),
                    DateValue::Soon => None,
                    DateValue::Unreadable => Some(When::Vague),
                    DateValue::Nothing => continue,
                };
                wish.delivery =
                    evidence("table.delivery_date").map(|evidence| Dated { when, evidence });
            }
            Label::Price => {
                let found = value.clone().find_map(|i| numbers::digits_at(scan, i));
                let plain = found.and_then(|(number, _)| number.plain());
                let read = |(value, evidence)| Read { value, evidence };
                wish.price = plain.zip(evidence("table.price")).map(read);
            }
            Label::Address => {
                if let Some(evidence) = evidence("table.address") {
                    let value = one_line(scan.run(value.clone()));
                    wish.address = (!value.is_empty()).then_some(Read { value, evidence });
                }
            }
            _ => {}
        }
    }
    if let Some((named, certainty)) = candidates {
        if matches!(named, Named::One(_)) {
            wish.certainty = wish.certainty.min(certainty);
        }
        wish.named = doubted(scan, named, row, desk);
    }
    grown_into(scan, row, desk, &mut wish);
    said_again(scan, row, desk, &mut wish);
    unit(scan, row, &mut wish);
    wish
}

/// '1.500 St. AB-10' in the column of the codes, with no quantity in the row: in text that is set in
/// columns a long amount grows into its neighbour.
fn grown_into(scan: &Scan<'_>, row: &[(Option<Label>, &Cell)], desk: &Desk<'_>, wish: &mut Wish) {
    let coded = |label: &Option<Label>| label.is_some_and(|l| names(l) && l != Label::Name);
    let Some((_, cell)) = row.iter().find(|(label, _)| coded(label)) else { return };
    let run = cell.tokens.clone();
    let Some(hit) = amounts::amount_within(scan, run.start, run.end, desk) else { return };
    let code = desk.catalog.index().code_at(scan, hit.end, desk.domain);
    let whole = code.is_some_and(|code| code.end == run.end);
    if wish.amount.is_none() && hit.marked && whole && matches!(wish.named, Named::One(_)) {
        wish.amount = Some(hit.amount);
        wish.amount_words =
            scan.span(run.start..hit.end).map(|span| scan.evidence(span, "table.quantity"));
    }
}

/// What stands beside a product's own name in the cell for it may take the row back: 'cancelled', 'only 2
/// this time'.
pub(crate) fn doubted_name(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    wish: &Wish,
    desk: &Desk<'_>,
) -> Option<Problem> {
    let Named::One(place) = wish.named else { return None };
    let doubts = Cues::CANCEL.and(Cues::CONDITION).and(Cues::CORRECTION).and(Cues::UNSURE);
    row.iter().filter(|(label, _)| *label == Some(Label::Name)).find_map(|(_, cell)| {
        let folded = values::beside_name(scan, cell.tokens.clone(), place, desk);
        (cues::of(&folded).has(doubts) || columns::tells_state(&folded))
            .then(|| open(scan, wish, &cell.tokens, Field::Quantity))
    })
}

/// A cell that says more than what its column is for: '40 (not yet confirmed)'.
pub(crate) fn doubted_cell(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    wish: &Wish,
    desk: &Desk<'_>,
) -> Option<Problem> {
    let more = |(label, cell): &&(Option<Label>, &Cell)| {
        let label = label.unwrap_or(Label::Other);
        label != Label::Name && field_values::says_more(scan, label, cell.tokens.clone(), desk)
            || label == Label::Other && wishes_more(scan, cell.tokens.clone())
    };
    row.iter().find(more).map(|(_, cell)| open(scan, wish, &cell.tokens, Field::Quantity))
}

/// 'We need 10 of these' as a remark: another amount than the row's.
fn wishes_more(scan: &Scan<'_>, run: Range<usize>) -> bool {
    cues::of(&scan.folded(run.clone())).has(Cues::ORDER)
        && run.clone().any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits))
}

/// Marks before what a row holds: '#' puts it out of use, '~40' is about forty, and a box that is not
/// ticked leaves it open.
pub(crate) fn doubted_mark(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    wish: &Wish,
) -> Option<Problem> {
    let marked = |(place, (label, cell)): &(usize, &(Option<Label>, &Cell))| {
        let is = |at: usize, marks: &str| {
            scan.token(cell.tokens.start + at).is_some_and(|t| t.is_any(marks))
                && cell.tokens.start + at < cell.tokens.end
        };
        let product = label.is_some_and(|l| names(l) && l != Label::Name);
        *place == 0 && product && (is(0, "#") || is(0, "/") && is(1, "/"))
            || *label == Some(Label::Quantity) && is(0, "~≈")
            || cell.tokens.len() == 2 && is(0, "[") && is(1, "]")
            || cell.tokens.len() == 1 && is(0, "☐□")
    };
    let (_, (_, cell)) = row.iter().enumerate().find(marked)?;
    Some(open(scan, wish, &cell.tokens, Field::Product))
}

/// A bare number in the column of the customer's own ones, that happens to be one of ours: the name
/// beside it is of something else.
pub(crate) fn doubted_number(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    wish: &Wish,
    desk: &Desk<'_>,
) -> Option<Problem> {
    let Named::One(place) = wish.named else { return None };
    let filled = |of: &dyn Fn(Label) -> bool| {
        row.iter().find(|(label, cell)| label.is_some_and(of) && has_alnum(scan, cell))
    };
    let own = filled(&|l| l == Label::OwnCode)?.1;
    let code = &desk.catalog.product(place)?.default_code;
    let bare =
        code.bytes().all(|b| b.is_ascii_digit()) && scan.run(own.tokens.clone()) == code.as_str();
    if !bare || filled(&|l| names(l) && !matches!(l, Label::OwnCode | Label::Name)).is_some() {
        return None;
    }
    let name = filled(&|l| l == Label::Name)?.1;
    let same = values::product(scan, name.tokens.clone(), Label::Name, desk).0 == wish.named;
    (!same).then(|| open(scan, wish, &own.tokens, Field::Product))
}

/// That some words of a row leave open what it orders.
fn open(scan: &Scan<'_>, wish: &Wish, words: &Range<usize>, field: Field) -> Problem {
    let words = clip(scan.run(words.clone()), 80);
    Problem {
        code: ProblemCode::Conflict,
        message: format!("Line {}: \"{words}\" leaves open what is ordered.", wish.block),
        words,
        block: Some(wish.block),
        field: Some(field),
    }
}

/// 'Delivered: 1 March' alone in a row without an amount, in the column of the goods: it tells of another row.
pub(crate) fn doubted_alone(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    wish: &Wish,
) -> Option<Problem> {
    let mut filled = row.iter().filter(|(_, cell)| has_alnum(scan, cell));
    let (Some((_, cell)), None) = (filled.next(), filled.next()) else { return None };
    let told = columns::tells_state(&scan.folded(cell.tokens.clone()));
    (told && wish.named == Named::Unknown).then(|| open(scan, wish, &cell.tokens, Field::Product))
}

/// A line below a row that says more than what its goods are: 'cancelled', 'only 5 of them', another name.
pub(crate) fn doubted_below(
    scan: &Scan<'_>,
    row: usize,
    line: usize,
    wish: &Wish,
    desk: &Desk<'_>,
) -> Option<Problem> {
    let run = scan.lines.get(line)?.tokens.clone();
    if drawings::is_named(scan, run.clone()) {
        return None;
    }
    let fewer = run.clone().filter_map(|at| scan.token(at)).any(|t| says_fewer(&t.folded));
    let other = match (&wish.named, values::product(scan, run.clone(), Label::Name, desk).0) {
        (Named::One(one), Named::One(other)) => *one != other,
        (Named::One(one), Named::Several(of)) => !of.contains(one),
        (_, named) => named == Named::Contradiction,
    };
    let kin = matches!(
        doubted(scan, wish.named.clone(), &[(None, &Cell::of(run.clone()))], desk),
        Named::Several(_)
    );
    let kin = kin && matches!(wish.named, Named::One(_));
    let plain = columns::only_describes(scan, line, Some(row), desk);
    (fewer || other || kin || !plain).then(|| open(scan, wish, &run, Field::Quantity))
}

/// Whether a word says that only some of a row's goods are meant.
pub(crate) fn says_fewer(word: &str) -> bool {
    words!(
        "only just nur lediglich davon seulement uniquement dont solo soltanto solamente alleen slechts thereof"
    )
    .has(word)
}

/// An unknown code stays unknown whatever the description says, unless the description names the
/// whole product.
fn code_and_name(before: (Named, u8), found: (Named, u8), label: Label) -> (Named, u8) {
    match (&before.0, &found.0, label) {
        (Named::Unknown, Named::One(_), Label::Name) => (Named::Contradiction, 0),
        _ => both(before, found),
    }
}

/// Whether the customer's own code says nothing beside ours: we do not know it, or it is a bare number.
fn is_theirs(
    scan: &Scan<'_>,
    row: &[(Option<Label>, &Cell)],
    cell: &Cell,
    found: &Named,
    desk: &Desk<'_>,
) -> bool {
    let has = |of: &[Label]| {
        row.iter().any(|(l, c)| l.is_some_and(|l| of.contains(&l)) && has_alnum(scan, c))
    };
    let coded = has(&[Label::Product, Label::Code, Label::AnyReference]);
    let number = || values::is_number_of_theirs(scan, cell.tokens.clone(), desk);
    let named = || row.iter().any(|(label, cell)| names_whole(scan, *label, cell, desk));
    *found == Named::Unknown && (coded || named()) || (coded || has(&[Label::Barcode])) && number()
}

/// Whether a cell of names names one product of ours in full.
pub(crate) fn names_whole(
    scan: &Scan<'_>,
    label: Option<Label>,
    cell: &Cell,
    desk: &Desk<'_>,
) -> bool {
    let named = || values::product(scan, cell.tokens.clone(), Label::Name, desk);
    label == Some(Label::Name)
        && matches!(named(), (Named::One(_), values::BY_NAME | values::BY_CODE))
}

/// '20 NR', '20 U': the number alone, where the word behind it is a code for pieces.
fn bare_count(scan: &Scan<'_>, value: Range<usize>) -> Range<usize> {
    let word = value.end.checked_sub(1).filter(|at| *at > value.start);
    let coded = word.and_then(|at| scan.token(at)).filter(|t| t.kind == Kind::Word && !t.glued);
    let pieces = coded.is_some_and(|t| {
        words!("nr u un").has(&t.folded)
            && units::unit_in_column(&t.folded) == Some(units::Unit::Pieces(1))
    });
    value.start..value.end - usize::from(pieces)
}

/// A quantity that is said in packages and in pieces.
fn said_again(scan: &Scan<'_>, row: &[(Option<Label>, &Cell)], desk: &Desk<'_>, wish: &mut Wish) {
    let mut counts = row.iter().filter(|(l, c)| *l == Some(Label::Quantity) && has_alnum(scan, c));
    if let (Some((_, cell)), None) = (counts.next(), counts.next()) {
        let agreed = said_twice::agreed(scan, cell.tokens.clone(), &wish.named, desk);
        wish.amount = agreed.or(wish.amount);
    }
}

fn unit(scan: &Scan<'_>, row: &[(Option<Label>, &Cell)], wish: &mut Wish) {
    let Some((_, cell)) = row.iter().find(|(l, c)| *l == Some(Label::Unit) && has_alnum(scan, c))
    else {
        return;
    };
    let Some(Amount::Of { number, unit, content }) = wish.amount else { return };
    let found = units::unit_at(scan, cell.tokens.start)
        .map(|(u, _)| u)
        .or_else(|| units::unit_in_column(scan.run(cell.tokens.clone())));
    // 'Btl. à 50' says what one holds.
    let content = content.or_else(|| {
        let (_, end) = units::unit_at(scan, cell.tokens.start)?;
        let (held, behind) = amounts::content_at(scan, end)?;
        (behind <= cell.tokens.end).then_some(held)
    });
    wish.amount = match (unit, found) {
        (None, Some(found)) => Some(Amount::Of { number, unit: Some(found), content }),
        (Some(one), Some(other)) if one == other => wish.amount,
        _ => Some(Amount::Bad),
    };
}

/// Whether a cell of references names other goods than the row: 'our ref.' was the buyer's own number
/// of something else.
fn refers_elsewhere(
    scan: &Scan<'_>,
    named: &Named,
    row: &[(Option<Label>, &Cell)],
    desk: &Desk<'_>,
) -> bool {
    let mut references = row.iter().filter(|(label, _)| *label == Some(Label::Reference));
    references.any(|(_, cell)| {
        // A bare number is an order's as often as a product's.
        let lettered = scan.run(cell.tokens.clone()).contains(char::is_alphabetic);
        let other = values::product(scan, cell.tokens.clone(), Label::Code, desk).0;
        lettered && matches!(other, Named::One(_)) && other != *named
    })
}

/// A product is in doubt where a remark beside it has a word of its kin that it lacks: 'anodised,
/// please'.
fn doubted(
    scan: &Scan<'_>,
    named: Named,
    row: &[(Option<Label>, &Cell)],
    desk: &Desk<'_>,
) -> Named {
    if let Named::Several(of) = &named
        && is_stranger(scan, row, of, desk)
    {
        return Named::Unknown;
    }
    let Named::One(place) = named else { return named };
    if refers_elsewhere(scan, &named, row, desk) {
        return Named::Contradiction;
    }
    let names = &desk.catalog.index().names;
    let Some(product) = desk.catalog.product(place) else { return named };
    let remarks = row.iter().filter(|(label, _)| label.is_none_or(|l| l == Label::Other));
    let mut words = remarks.flat_map(|(_, cell)| cell.tokens.clone()).filter_map(|at| {
        let token = scan.token(at)?;
        let word =
            token.kind == crate::reading::text::Kind::Word && token.folded.chars().count() >= 4;
        (word && names.knows(token)).then_some(token)
    });
    let mut kin = None;
    let other = words.any(|token| {
        let kin = kin.get_or_insert_with(|| names.siblings(desk.catalog.products(), product));
        names.contradicts(product, kin, token)
    });
    if other { Named::Several(vec![place]) } else { named }
}
