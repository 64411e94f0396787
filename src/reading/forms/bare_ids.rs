//! Labels and values with nothing between, as phones are typed on: 'artikel 12' above 'menge 400',
//! 'Cod. HS-100 - Q.tà 20 - Consegna 4/4'.

use std::ops::Range;

use super::fields::{self, Field, behind_bullet, key};
use super::labels::{self, Label};
use super::values;
use super::wrapped::behind_emphasis;
use crate::reading::dates;
use crate::reading::draft::Desk;
use crate::reading::text::{Kind, Scan};

/// 'artikel 12' above or below 'menge 400', with nothing between label and id: in a block, that is
/// the product. Where such numbers count the blocks (1, 2, 3), they may be nothing else.
pub(crate) fn numbered_products(
    scan: &Scan<'_>,
    free: &dyn Fn(usize) -> bool,
    fields: &mut Vec<Field>,
) {
    let taken = |line: usize| fields.iter().any(|f| f.line <= line && line <= f.last_line);
    let counts: Vec<usize> =
        fields.iter().filter(|f| f.label == Label::Quantity && f.leads).map(|f| f.line).collect();
    let mut found: Vec<(u32, Field)> = Vec::new();
    for line in counts.iter().flat_map(|line| [line.checked_sub(1), line.checked_add(1)]).flatten()
    {
        let known = found.iter().any(|(_, field)| field.line == line);
        if !known && free(line) && !taken(line) {
            found.extend(numbered_product(scan, line));
        }
    }
    found.sort_by_key(|(_, field)| field.line);
    let counted = (1..).zip(&found).all(|(place, (number, _)): (u32, _)| *number == place);
    if !counted {
        fields.extend(found.into_iter().map(|(_, field)| field));
        fields.sort_by_key(|field| (field.line, field.value.start));
    }
}

/// A line that is a label for a product and a short number, nothing else.
fn numbered_product(scan: &Scan<'_>, line: usize) -> Option<(u32, Field)> {
    let end = scan.lines.get(line)?.tokens.end;
    let start = behind_emphasis(scan, behind_bullet(scan, line), end);
    let number = scan.token(end.checked_sub(1).filter(|at| *at > start)?)?;
    let words = start..end - 1;
    let said = key(scan, words.clone());
    let said = [" n", " no", " nr", " number", " nummer", " numero"]
        .iter()
        .find_map(|number| said.strip_suffix(number))
        .unwrap_or(&said);
    let worded = |t: &crate::reading::text::Token| t.kind == Kind::Word || t.is_any(".°º#");
    let labelled = scan.tokens.get(words.clone())?.iter().all(worded)
        && labels::exact(said) == Some(Label::Product);
    let short = number.kind == Kind::Digits && number.folded.len() <= 3 && !number.glued;
    let value = number.folded.parse().ok()?;
    (labelled && short).then(|| {
        let field = Field {
            label: Label::Product,
            index: None,
            all: false,
            value: end - 1..end,
            label_span: scan.span(words),
            line,
            leads: true,
            last_line: line,
        };
        (value, field)
    })
}

/// Several labels on one line, each with its value: where every part of the line is such a pair, and
/// one is a product and one a quantity.
pub(crate) fn fields_of_run(
    scan: &Scan<'_>,
    number: usize,
    line: Range<usize>,
    desk: &Desk<'_>,
) -> Option<Vec<Field>> {
    let mut starts: Vec<usize> =
        line.clone().filter(|at| begins_pair(scan, *at, line.end)).collect();
    // 'Delivery date' is one label, not a second one within the first.
    starts.dedup_by(|at, before| *at == *before + 1);
    if starts.len() < 2 || starts.first() != Some(&line.start) {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([line.end]);
    let mut found = Vec::new();
    for (start, mut end) in starts.iter().copied().zip(ends) {
        while end > start + 1 && scan.token(end - 1).is_some_and(|t| t.is_any(",;|-–—/.")) {
            end -= 1;
        }
        let mut field = fields::without_separator(scan, number, start..end, desk)?;
        if !is_whole(scan, &field, desk) {
            return None;
        }
        field.leads = start == line.start;
        found.push(field);
    }
    let one =
        |wanted: &dyn Fn(Label) -> bool| found.iter().filter(|f| wanted(f.label)).count() == 1;
    let whole = one(&|l| l == Label::Quantity)
        && one(&|l| matches!(l, Label::Product | Label::Code | Label::Barcode));
    whole.then_some(found)
}

/// Nothing stands behind a value that could take it back or set it a condition.
pub(crate) fn is_whole(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> bool {
    let value = field.value.clone();
    let names = &desk.catalog.index().names;
    let ends = |from: usize, known: &dyn Fn(&crate::reading::text::Token) -> bool| {
        (from..value.end).filter_map(|at| scan.token(at)).all(|t| t.is_any(".,;()\"") || known(t))
    };
    match field.label {
        Label::Quantity => true,
        Label::Product | Label::Code | Label::Barcode => {
            let code = desk.catalog.index().code_at(scan, value.start, desk.domain);
            let from = code.map_or(value.start, |code| code.end);
            ends(from, &|t| t.kind == Kind::Digits || names.knows(t) || values::is_small(&t.folded))
        }
        _ => value.clone().take(4).any(|at| {
            dates::date_at(scan, at, desk.calendar()).is_some_and(|(_, end)| ends(end, &|_| false))
        }),
    }
}

/// Whether a label of a line begins at a token, with a value behind it.
fn begins_pair(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    (1..=3).rev().map(|length| at + length).filter(|to| *to < end).any(|to| {
        let words = key(scan, at..to);
        let id = (words == "id").then_some(Label::Product);
        let label = labels::exact(&words).or(id);
        // '40 Stk, 11.04.2025' has no quantity of 11.
        let parted = scan.token(to - 1).is_some_and(|t| t.is_any(",;"));
        let number = !parted && scan.token(to).is_some_and(|t| t.kind == Kind::Digits);
        match label {
            Some(Label::Quantity) => number,
            Some(Label::Product | Label::Code | Label::Barcode | Label::Delivery) => true,
            _ => false,
        }
    }) && scan.token(at).is_some_and(|t| t.kind == Kind::Word && !t.glued)
}
