//! Forms whose labels and values stand below one another, each on a line of its own: 'Product' above
//! 'HS-100', 'Quantity' above '20'.

use super::fields::{self, Field};
use super::labels::Label;
use crate::reading::tables::names;
use crate::reading::text::{Scan, TextLine};

/// Fewest labels that such a form has.
const FEWEST: usize = 3;
/// Most tokens of a value, and of a label.
const VALUE: usize = 20;
const LABEL: usize = 6;

/// Adds the fields of such a form.
pub(crate) fn find(scan: &Scan<'_>, free: &dyn Fn(usize) -> bool, fields: &mut Vec<Field>) {
    // 'Quantity 1' may be a quantity of one, or the first.
    let numbered = |line: usize| label_at(scan, line).is_some_and(|label| label.index.is_some());
    let mut taken: Vec<usize> =
        fields.iter().map(|field| field.line).filter(|line| !numbered(*line)).collect();
    taken.dedup();
    let open = |line: usize| free(line) && taken.binary_search(&line).is_err();
    let mut found: Vec<Field> = Vec::new();
    let mut line = 0;
    while line < scan.lines.len() {
        let pair = open(line).then(|| pair_at(scan, line, &open)).flatten();
        line = pair.as_ref().map_or(line, |field| field.last_line) + 1;
        found.extend(pair);
    }
    let has = |is: &dyn Fn(Label) -> bool| found.iter().any(|field| is(field.label));
    if found.len() >= FEWEST && has(&names) && has(&|label| label == Label::Quantity) {
        let lines: Vec<usize> = found.iter().map(|field| field.line).collect();
        fields.retain(|field| lines.binary_search(&field.line).is_err());
        fields.extend(found);
        fields.sort_by_key(|field| field.line);
    }
}

/// A line that is a label, with the line below it.
fn pair_at(scan: &Scan<'_>, line: usize, open: &dyn Fn(usize) -> bool) -> Option<Field> {
    let label = label_at(scan, line)?;
    let blank = |at: usize| scan.lines.get(at).is_some_and(TextLine::is_blank);
    let below = line + 1 + usize::from(blank(line + 1));
    let value = scan.lines.get(below).filter(|l| !l.is_blank() && !l.tabbed && open(below))?;
    if value.tokens.len() > VALUE || label_at(scan, below).is_some() {
        return None;
    }
    Some(Field {
        label: label.label,
        index: label.index,
        all: label.all,
        value: value.tokens.clone(),
        label_span: scan.lines.get(line).and_then(|l| scan.span(l.tokens.clone())),
        line,
        leads: true,
        last_line: below,
    })
}

fn label_at(scan: &Scan<'_>, line: usize) -> Option<fields::Found> {
    let line = scan.lines.get(line).filter(|l| !l.is_blank() && !l.tabbed)?;
    let short = line.tokens.len() <= LABEL;
    short.then(|| fields::label(&fields::key(scan, line.tokens.clone()), false)).flatten()
}
