//! Labels over the end of a line: '… - Delivery / Date: 28 May 2025 - Product ID: …', where a mail program
//! wrapped fields that run on.

use super::fields::{self, Field};
use crate::reading::text::Scan;

/// Most words of a label on the line before.
const MOST: usize = 2;

/// Joins the end of a value with the label below it, where both together are a label.
pub(crate) fn join(scan: &Scan<'_>, fields: &mut [Field]) {
    for at in 1..fields.len() {
        let [.., before, field] = fields.get_mut(..=at).unwrap_or_default() else { continue };
        let Some(start) = first_half(scan, before) else { continue };
        let Some(label) = field.label_span.filter(|_| field.leads) else { continue };
        if field.line != before.line + 1 {
            continue;
        }
        let end = scan.tokens.partition_point(|t| t.span.end <= label.end);
        let Some(whole) = fields::label(&fields::key(scan, start..end), false) else { continue };
        field.label = whole.label;
        field.index = field.index.or(whole.index);
        if let Some(first) = scan.token(start) {
            field.label_span = Some(first.span.to(label));
        }
        before.value.end = (start - 1).max(before.value.start);
        field.leads = false;
    }
}

/// Where the words begin that stand behind the last dash of a value, up to its line's end.
fn first_half(scan: &Scan<'_>, field: &Field) -> Option<usize> {
    let end = scan.lines.get(field.line)?.tokens.end;
    let value = &field.value;
    let dash = value
        .clone()
        .rev()
        .take(MOST + 1)
        .find(|at| scan.token(*at).is_some_and(|t| t.is_any("-–—•*·|;,") && !t.glued))?;
    (value.end == end && dash > value.start && dash + 1 < end).then_some(dash + 1)
}
