//! Ids behind their labels with nothing between, as phones are typed on: 'artikel 12', 'menge 400'.

use super::fields::{Field, behind_bullet, key};
use super::labels::{self, Label};
use super::text::{Kind, Scan};
use super::wrapped::behind_emphasis;

/// 'artikel 12' above or below 'menge 400', with nothing between label and id: in a block, that is
/// the product. Where such numbers count the blocks (1, 2, 3), they may be nothing else.
pub(super) fn numbered_products(
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
    let labelled = scan.tokens.get(words.clone())?.iter().all(|t| t.kind == Kind::Word)
        && labels::exact(&key(scan, words.clone())) == Some(Label::Product);
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
