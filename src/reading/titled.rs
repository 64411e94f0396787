//! What a subject orders beside the mail below it: 'Order: 50 pcs RF-220' above 'please send 60 pcs'. One of
//! the two is a slip, and nobody but the sender knows which.

use rust_decimal::Decimal;

use crate::reading::body;
use crate::reading::draft::{Desk, Draft};
use crate::reading::settle::{Settled, settle};
use crate::reading::text::{Kind, Scan, clip};
use crate::reading::types::{Field, Line, Problem, ProblemCode};

/// Asks where the subject counts goods otherwise than the lines, or counts goods that no line has.
pub(super) fn agree(subject: &Scan<'_>, settled: &mut Settled, desk: &Desk<'_>) {
    let counts = subject.tokens.iter().any(|t| t.kind == Kind::Digits);
    if settled.lines.is_empty() || !counts {
        return;
    }
    let draft = body::read(subject, 0..0, desk).draft;
    let sure = draft.loose.is_empty() && draft.problems.is_empty();
    let counted: Vec<_> = draft.wishes.into_iter().filter(|wish| wish.amount.is_some()).collect();
    if !sure || counted.is_empty() {
        return;
    }
    let told = settle(Draft { wishes: counted, ..Draft::default() }, desk);
    let other = told.lines.iter().find(|line| !is_told(line, &settled.lines));
    settled.problems.extend(other.map(|line| problem(subject, line)));
}

/// Whether lines order so many of a product, in one line or in all.
fn is_told(title: &Line, lines: &[Line]) -> bool {
    let of: Vec<Decimal> = lines
        .iter()
        .filter(|line| line.product.id == title.product.id)
        .map(|line| line.quantity)
        .collect();
    of.contains(&title.quantity) || of.iter().sum::<Decimal>() == title.quantity
}

fn problem(subject: &Scan<'_>, line: &Line) -> Problem {
    let words = clip(subject.text, 80);
    Problem {
        code: ProblemCode::Conflict,
        message: format!(
            "The subject orders {} of {}, and the mail does not: which of the two is meant?",
            line.quantity.normalize(),
            line.product.default_code,
        ),
        words,
        block: None,
        field: Some(Field::Quantity),
    }
}
