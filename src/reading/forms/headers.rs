//! What holds for a whole order: its dates, its address, the customer's own number.

use super::fields::Field;
use super::labels::Label;
use super::values::{self, DateValue};
use crate::reading::dates::When;
use crate::reading::draft::{Dated, Desk, Draft};
use crate::reading::text::{Kind, Scan, Span};
use crate::reading::types::{Evidence, Read};

/// The words of a field, or of its label where it has none.
pub(crate) fn evidence(scan: &Scan<'_>, field: &Field, rule: &'static str) -> Option<Evidence> {
    let span = scan.span(field.value.clone()).or(field.label_span)?;
    Some(scan.evidence(span, rule))
}

pub(crate) fn dated(
    scan: &Scan<'_>,
    field: &Field,
    desk: &Desk<'_>,
    rule: &'static str,
) -> Option<Dated> {
    let (value, _) = values::date(scan, field.value.clone(), desk);
    let evidence = evidence(scan, field, rule)?;
    let when = match value {
        DateValue::When(when) => Some(when),
        DateValue::Soon => None,
        DateValue::Unreadable => Some(When::Vague),
        DateValue::Nothing => return None,
    };
    Some(Dated { when, evidence })
}

/// Fields that hold for the whole mail.
pub(crate) fn header(scan: &Scan<'_>, fields: &[&Field], desk: &Desk<'_>, draft: &mut Draft) {
    for field in fields {
        match field.label {
            Label::Delivery => {
                draft.deliveries.extend(dated(scan, field, desk, "header.delivery_date"));
            }
            Label::OrderDate => {
                draft.order_dates.extend(dated(scan, field, desk, "header.order_date"));
            }
            Label::AnyDate => {
                // A bare 'Date' is the order's date unless it lies ahead.
                let found = dated(scan, field, desk, "header.date");
                let past = found.as_ref().and_then(|d| d.when?.day()).zip(desk.today);
                match past {
                    Some((day, today)) if day <= today => draft.order_dates.extend(found),
                    Some(_) => draft
                        .deliveries
                        .extend(found.map(|d| Dated { when: Some(When::Vague), ..d })),
                    None => {}
                }
            }
            Label::Address => draft.addresses.extend(address(scan, field, "header.address")),
            Label::Reference => {
                let span = reference_span(scan, field.value.start, field.value.end);
                let behind = span.map(|s| scan.tokens.partition_point(|t| t.span.start < s.end));
                if let Some(behind) = behind.filter(|_| draft.order_dates.is_empty()) {
                    draft.order_dates.extend(super::references::dated(scan, behind, desk));
                }
                draft.references.extend(reference(scan, field));
            }
            _ => {}
        }
    }
}

/// An address on one line, its parts joined by commas.
pub(crate) fn address(scan: &Scan<'_>, field: &Field, rule: &'static str) -> Option<Read<String>> {
    let span = scan.span(field.value.clone())?;
    let value = one_line(scan.words(span));
    let known = value.chars().any(char::is_alphabetic);
    known.then(|| Read { value, evidence: scan.evidence(span, rule) })
}

/// The lines of an address, joined by commas where they have none.
pub(crate) fn one_line(words: &str) -> String {
    let mut line = String::new();
    for part in words.split(['\n', '\t']) {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let part = part.trim_matches(|c: char| matches!(c, ',' | ';' | '|') || c.is_whitespace());
        if part.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(part);
    }
    line.trim_end_matches(['.', ';']).to_owned()
}

/// The first word of a reference's value.
pub(crate) fn reference(scan: &Scan<'_>, field: &Field) -> Option<Read<String>> {
    let span = reference_span(scan, field.value.start, field.value.end)?;
    Some(Read {
        value: scan.words(span).to_owned(),
        evidence: scan.evidence(span, "header.reference"),
    })
}

/// An order number that begins at a token: joined letters and digits with a digit among them.
pub(crate) fn reference_span(scan: &Scan<'_>, from: usize, to: usize) -> Option<Span> {
    let mut at = from;
    while at < to
        && scan.token(at).is_some_and(|t| {
            t.is_any("#:.-*\"'([°º")
                || matches!(t.folded.as_str(), "nr" | "no" | "n" | "number" | "numero" | "nummer")
        })
    {
        at += 1;
    }
    let mut end = at;
    while end < to {
        let Some(token) = scan.token(end) else { break };
        let joins =
            token.is_any("-/._–+#") && scan.token(end + 1).is_some_and(|t| t.glued && t.is_alnum());
        if (end > at && !token.glued) || !(token.is_alnum() || joins) {
            break;
        }
        end += 1;
    }
    // 'PO 4711', 'AB 2025-3': letters before the number belong to it.
    let letters_only = (at..end).all(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Word));
    let short = end == at + 1 && scan.token(at).is_some_and(|t| t.folded.len() <= 4);
    if letters_only && short && scan.token(end).is_some_and(|t| t.kind == Kind::Digits) && end < to
    {
        let rest = reference_span(scan, end, to)?;
        return Some(scan.span(at..end)?.to(rest));
    }
    let digit = (at..end).any(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Digits));
    digit.then(|| scan.span(at..end)).flatten()
}
