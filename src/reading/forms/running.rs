//! The agreed form in running sentences: 'Order date 4 Sep 2025. Product ID 4, quantity 2, delivery
//! date 19 Sep 2025. Product ID 5, …', over the ends of lines too.

use std::ops::Range;

use super::bare_ids;
use super::fields::{self, Field, add_to_key, key};
use super::labels::{self, Label};
use super::sections;
use crate::reading::dates;
use crate::reading::draft::Desk;
use crate::reading::text::stretches::sentence_ends;
use crate::reading::text::{Kind, Scan, TextLine, Token, words};

/// Finds such sentences, where they say more than their lines do one by one.
pub(crate) fn find(
    scan: &Scan<'_>,
    free: &dyn Fn(usize) -> bool,
    desk: &Desk<'_>,
    fields: &mut Vec<Field>,
) {
    // As they were found, line by line: those of a paragraph stand together.
    fields.sort_by_key(|f| (f.line, f.value.start));
    let mut told = vec![false; scan.lines.len()];
    let mut more = Vec::new();
    let mut line = 0;
    while line < scan.lines.len() {
        let filled = |line: &usize| {
            free(*line) && scan.lines.get(*line).is_some_and(|line| !line.is_blank())
        };
        let end = (line..scan.lines.len()).find(|line| !filled(line)).unwrap_or(scan.lines.len());
        let lines = line..end;
        line = end + 1;
        let Some(found) = paragraph(scan, lines.clone(), desk) else { continue };
        let from = fields.partition_point(|f| f.line < lines.start);
        let to = fields.partition_point(|f| f.line < lines.end);
        let of_goods = |fields: &[Field]| fields.iter().filter(|f| names(f.label)).count();
        if of_goods(&found) > of_goods(fields.get(from..to).unwrap_or_default()) {
            told.get_mut(lines).unwrap_or_default().fill(true);
            more.extend(found);
        }
    }
    fields.retain(|f| told.get(f.line) != Some(&true));
    fields.extend(more);
    fields.sort_by_key(|f| (f.line, f.value.start));
}

fn names(label: Label) -> bool {
    matches!(label, Label::Product | Label::Code | Label::Barcode)
}

/// The fields of a paragraph: nothing but such pairs stands between the first and the last one.
fn paragraph(scan: &Scan<'_>, lines: Range<usize>, desk: &Desk<'_>) -> Option<Vec<Field>> {
    let tokens = tokens_of(scan, lines)?;
    let digits = scan.tokens.get(tokens.clone())?.iter().any(|t| t.kind == Kind::Digits);
    if !digits {
        return None;
    }
    let parts = parts(scan, tokens);
    // Most paragraphs name no such pair: to try each of their parts takes long.
    let labels: Vec<Label> = parts.iter().flat_map(|part| labels_of(scan, part)).collect();
    if !labels.iter().any(|l| names(*l)) || !labels.contains(&Label::Quantity) {
        return None;
    }
    let mut found: Vec<Field> = Vec::new();
    let mut place = 0;
    while place < parts.len() {
        match pair(scan, parts.get(place..)?, desk) {
            Some((field, taken)) => {
                found.push(field);
                place += taken;
            }
            None if is_order(&found) && !may_follow(scan, parts.get(place..)?) => return None,
            None if is_order(&found) => break,
            // What began and is broken off would be lost.
            None if found.iter().any(|f| names(f.label) || f.label == Label::Quantity) => {
                return None;
            }
            None => {
                found.clear();
                place += 1;
            }
        }
    }
    // 'Artikel 1, Menge 20; Artikel 2, Menge 5' may count its articles.
    let counts = |(nth, field): (u32, &Field)| {
        let label = field.label_span.map_or("", |span| scan.words(span)).to_lowercase();
        !label.contains("id") && scan.run(field.value.clone()) == nth.to_string()
    };
    let counted = (1..).zip(found.iter().filter(|f| names(f.label))).all(counts);
    (is_order(&found) && !counted).then_some(found)
}

/// The labels that a part may begin with.
fn labels_of(scan: &Scan<'_>, part: &Range<usize>) -> Vec<Label> {
    let start = part.start + usize::from(scan.token(part.start).is_some_and(joins));
    let last =
        scan.token(start).map_or(start, |t| scan.lines.get(t.line).map_or(start, |l| l.tokens.end));
    let label = |words: &str| match fields::label(words, true) {
        Some(found) => Some(found.label),
        None => (words == "id").then_some(Label::Product),
    };
    // No label begins with a number or goes on behind one.
    let most = 6.min(part.end.max(last).saturating_sub(start));
    let run = scan.tokens.get(start..start + most).unwrap_or_default();
    let number = run.iter().position(|t| t.kind == Kind::Digits);
    let most = number.map_or(most, |at| if at == 0 { 0 } else { at + 1 });
    let mut words = String::new();
    let labels = run.iter().take(most).filter_map(|token| {
        let before = words.len();
        add_to_key(token, &mut words);
        // What a mark adds nothing to, says nothing new.
        if words.len() > before { label(&words) } else { None }
    });
    labels.collect()
}

fn joins(token: &Token) -> bool {
    words!("and und et e ed y en then").has(&token.folded)
}

fn is_order(found: &[Field]) -> bool {
    found.iter().any(|f| names(f.label)) && found.iter().any(|f| f.label == Label::Quantity)
}

/// What stands behind the last pair begins a sentence and names no further label.
fn may_follow(scan: &Scan<'_>, rest: &[Range<usize>]) -> bool {
    let Some(first) = rest.first() else { return true };
    let begins = first.start.checked_sub(1).is_some_and(|at| sentence_ends(scan, at));
    let labelled = |part: &Range<usize>| {
        (1..=3.min(part.len())).any(|length| {
            let label = labels::exact(&key(scan, part.start..part.start + length));
            label.is_some_and(|l| names(l) || l == Label::Quantity)
        })
    };
    begins && !rest.iter().any(labelled)
}

fn tokens_of(scan: &Scan<'_>, lines: Range<usize>) -> Option<Range<usize>> {
    let first: &TextLine = scan.lines.get(lines.start)?;
    let last = scan.lines.get(lines.end.checked_sub(1)?)?;
    (first.tokens.start < last.tokens.end).then_some(first.tokens.start..last.tokens.end)
}

/// What commas, semicolons, colons behind sentences and the ends of sentences part.
fn parts(scan: &Scan<'_>, run: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = run.start;
    for at in run.clone() {
        let Some(token) = scan.token(at) else { break };
        let number = token.is(',')
            && at > run.start
            && scan.token(at - 1).is_some_and(|t| t.kind == Kind::Digits)
            && scan.token(at + 1).is_some_and(|t| t.glued && t.kind == Kind::Digits);
        if token.is_any(",;:") && !number || sentence_ends(scan, at) {
            parts.push(from..at);
            from = at + 1;
        }
    }
    let end = run.end - usize::from(scan.token(run.end - 1).is_some_and(|t| t.is('.')));
    parts.push(from..end.max(from));
    parts.retain(|part| !part.is_empty());
    parts
}

/// The pair that the first parts are, and how many: 'Friday, 4 April 2025' has a comma of its own,
/// and so have addresses.
fn pair(scan: &Scan<'_>, parts: &[Range<usize>], desk: &Desk<'_>) -> Option<(Field, usize)> {
    let first = parts.first()?;
    let start = first.start + usize::from(scan.token(first.start).is_some_and(joins));
    let line = scan.token(start)?.line;
    for taken in (1..=4.min(parts.len())).rev() {
        let run = start..parts.get(taken - 1)?.end;
        let inside = (run.start..run.end).any(|at| sentence_ends(scan, at));
        if run.is_empty() || inside {
            continue;
        }
        let found = fields::without_separator(scan, line, run.clone(), desk)
            .or_else(|| short_id(scan, line, run.clone(), parts.get(taken)))
            .or_else(|| told_day(scan, line, run.clone(), desk));
        let Some(field) = found else { continue };
        let one = taken == 1
            || matches!(field.label, Label::Delivery | Label::OrderDate | Label::Address);
        let stated = matches!(field.label, Label::Address | Label::Reference);
        if one && (stated || bare_ids::is_whole(scan, &field, desk)) {
            let last_line = scan.token(run.end - 1)?.line;
            return Some((Field { leads: false, last_line, ..field }, taken));
        }
    }
    None
}

/// 'Produit 9' before 'quantité 50'.
fn short_id(
    scan: &Scan<'_>,
    line: usize,
    run: Range<usize>,
    next: Option<&Range<usize>>,
) -> Option<Field> {
    let value = run.end.checked_sub(1).filter(|at| *at > run.start)?;
    let label = labels::exact(&key(scan, run.start..value)).filter(|l| names(*l))?;
    let short = scan.token(value).is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= 3);
    let counted = next.is_some_and(|next| {
        (1..=2.min(next.len())).any(|length| {
            labels::exact(&key(scan, next.start..next.start + length)) == Some(Label::Quantity)
        })
    });
    (short && counted).then(|| field(scan, label, line, run.start..value, value..run.end))
}

/// 'To be delivered on 4 April 2025': nothing but a day and words of delivery.
fn told_day(scan: &Scan<'_>, line: usize, run: Range<usize>, desk: &Desk<'_>) -> Option<Field> {
    let (at, end) = run.clone().find_map(|at| {
        let (_, end) = dates::date_at(scan, at, desk.calendar())?;
        Some((at, end))
    })?;
    let known = |word: &str| {
        sections::is_of_delivery(word)
            || words!("to be delivered shipped zu wird geliefert a livrable da consegnarsi")
                .has(word)
    };
    let plain = at > run.start
        && (run.start..at).all(|at| scan.token(at).is_some_and(|t| known(&t.folded)))
        && end == run.end;
    plain.then(|| field(scan, Label::Delivery, line, run.start..at, at..end))
}

fn field(
    scan: &Scan<'_>,
    label: Label,
    line: usize,
    words: Range<usize>,
    value: Range<usize>,
) -> Field {
    Field {
        label,
        index: None,
        all: false,
        value,
        label_span: scan.span(words),
        line,
        leads: false,
        last_line: line,
    }
}
