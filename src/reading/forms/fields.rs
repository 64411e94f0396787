//! Labelled fields: 'Product ID: 21', 'quantity = 4', 'Delivery date 12 Jan 2026', several on one
//! line, values that go on over the line's end.

use std::ops::Range;

use super::as_above;
use super::bare_ids;
use super::broken_labels;
use super::counted_days;
use super::for_all;
use super::headed_counts;
use super::inner_numbers;
use super::labels::{self, Label};
pub(crate) use super::list_marks::behind_bullet;
use super::list_marks::first_word;
use super::relabel;
use super::running;
use super::said_behind;
use super::several;
use super::stacked;
use super::values;
use super::wrapped::{self, behind_emphasis};
use crate::reading::draft::Desk;
use crate::reading::prose::amounts;
use crate::reading::tables::empty_rows;
use crate::reading::tables::marked;
use crate::reading::text::phrases::Endings;
use crate::reading::text::{Kind, Scan, Span, Token, words};

/// A label with its value.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// What it announces.
    pub(crate) label: Label,
    /// The number behind the label: 2 of 'Quantity 2'.
    pub(crate) index: Option<u32>,
    /// The label says that it holds for all lines.
    pub(crate) all: bool,
    /// Tokens of the value.
    pub(crate) value: Range<usize>,
    /// The label's words.
    pub(crate) label_span: Option<Span>,
    /// Index of its line.
    pub(crate) line: usize,
    /// Begins its line.
    pub(crate) leads: bool,
    /// Index of the line that its value ends on.
    pub(crate) last_line: usize,
}

/// Phrases behind a label that make it hold for all lines.
static FOR_ALL: Endings = Endings::new(&[
    "for all items",
    "for all lines",
    "for all positions",
    "for all",
    "for everything",
    "for all products",
    "all items",
    "fur alle",
    "fur alles",
    "fur alle positionen",
    "fur alle artikel",
    "alle positionen",
    "pour tout",
    "pour tous",
    "pour tous les articles",
    "pour toutes les positions",
    "pour l ensemble",
    "per tutti",
    "per tutto",
    "per tutti gli articoli",
    "per tutte le posizioni",
    "para todo",
    "para todos",
    "voor alles",
    "for the whole order",
    "for this order",
    "for all of them",
    "for all three",
    "for all four",
    "for all two",
    "for both of them",
    "for both",
    "fur alle drei",
    "fur alle vier",
    "fur alle zwei",
    "fur beide",
    "pour les deux",
    "pour les trois",
    "pour les quatre",
    "pour tous les trois",
    "per tutti e due",
    "per tutte e due",
    "per tutti e tre",
    "per tutte e tre",
    "per entrambi",
    "per entrambe",
    "voor alle drie",
    "voor beide",
]);

/// Words before a label that take nothing from it.
fn stands_before(word: &str) -> bool {
    words!(
        "our your the my unser unsere ihr ihre der die das notre votre la le nostro \
         nostra vostro il requested new please gewunschter gewunschtes total ordered for with and und et ns vs"
    )
    .has(word)
}

/// All labelled fields of the lines that are free.
pub(crate) fn find(scan: &Scan<'_>, free: &dyn Fn(usize) -> bool, desk: &Desk<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for line in 0..scan.lines.len() {
        if free(line) {
            fields_of_line(scan, line, desk, &mut fields);
        }
    }
    running::find(scan, free, desk, &mut fields);
    stacked::find(scan, free, &mut fields);
    broken_labels::join(scan, &mut fields);
    for field in &mut fields {
        relabel::nombre(scan, field);
    }
    relabel::amounts(scan, &mut fields);
    fields.retain(|field| !relabel::is_no_place(scan, field));
    fields.retain(|field| field.label != Label::Reference || is_reference(scan, field));
    fields.retain(|field| !relabel::is_no_product(scan, field, desk));
    let heads = relabel::lists_goods(scan, &mut fields, desk);
    counted_days::part(scan, &mut fields, desk);
    bare_ids::numbered_products(scan, free, &mut fields);
    headed_counts::find(scan, free, desk, &mut fields);
    empty_rows::leave(scan, &mut fields);
    wrapped::wrap(scan, free, &mut fields);
    let mut whole = Vec::new();
    for mut field in fields {
        wrapped::plain_value(scan, &mut field);
        wrapped::end_date(scan, &mut field, desk);
        wrapped::end_quantity(scan, &mut field);
        said_behind::end(scan, &mut field, desk);
        let place = wrapped::place_behind_date(scan, &mut field, desk);
        whole.push(field);
        whole.extend(place);
    }
    whole.extend(heads);
    whole.sort_by_key(|field| field.line);
    whole
}

/// 'Our order: 20 pieces' has no order number.
fn is_reference(scan: &Scan<'_>, field: &Field) -> bool {
    let Some(span) = super::headers::reference_span(scan, field.value.start, field.value.end)
    else {
        return false;
    };
    let behind = scan.tokens.partition_point(|t| t.span.start < span.end);
    let token = scan.token(behind).filter(|_| behind < field.value.end);
    token.is_none_or(|t| {
        let counted =
            crate::reading::text::units::unit_at(scan, behind).is_some() || t.folded == "x";
        !counted
            && (t.gap
                || t.is_any(",;.()/|-–")
                || t.kind == Kind::Word && scan.words(span).len() >= 4)
    })
}

fn fields_of_line(scan: &Scan<'_>, number: usize, desk: &Desk<'_>, fields: &mut Vec<Field>) {
    let Some(line) = scan.lines.get(number) else { return };
    let end = line.tokens.end;
    let start = behind_emphasis(scan, first_word(scan, number), end);
    if let Some(cells) = several::cells(scan, number, start..end, desk) {
        fields.extend(cells);
        return;
    }
    let first_of_line = fields.len();
    let mut from = start;
    let mut at = start;
    while at < end {
        let Some(token) = scan.token(at) else { break };
        // '1500 pcs (= 30 bags of 50)' says it again.
        let again = token.is('=') && at > start && scan.token(at - 1).is_some_and(|t| t.is('('));
        let separates = token.is_any(":=：") && !again && !inside_time(scan, at)
            || dotted(scan, at)
            || (at > start && fields.len() == first_of_line && first_separator(scan, at, start))
            || fields.len() > first_of_line && dashed_again(scan, at, start..from);
        if separates && let Some((label_start, found)) = label_before(scan, from, at, start, desk) {
            let mut value_start = at + 1;
            while value_start < end
                && scan
                    .token(value_start)
                    .is_some_and(|t| t.is_any(":=>") || dotted(scan, at) && t.is_any(".…_:"))
            {
                value_start += 1;
            }
            // 'We go ahead, but with other quantities:' leads to a list, and '300 m in total:' to its
            // parts.
            let of_line =
                matches!(found.label, Label::Quantity | Label::Product | Label::Code | Label::Name);
            let leads = value_start == end && of_line || found.label == Label::Amount;
            let column = value_start == end && of_line && marked::heads_column(scan, label_start);
            // 'Gerade ruft die Montage an: …' goes on with what was said.
            let told =
                found.label == Label::Other && !found.delimited && !is_contact(scan, value_start);
            let wish = found.label == Label::Other && ends_wish(scan, start, label_start..at);
            if (leads || told) && !found.delimited || column || wish {
                at += 1;
                continue;
            }
            end_value(scan, fields.get_mut(first_of_line..), label_start);
            fields.push(Field {
                label: found.label,
                index: found.index,
                all: found.all,
                value: value_start..end,
                label_span: scan.span(label_start..at),
                line: number,
                leads: label_start == start,
                last_line: number,
            });
            from = value_start;
            at = value_start;
            continue;
        }
        at += 1;
    }
    if fields.len() == first_of_line {
        let several = bare_ids::fields_of_run(scan, number, start..end, desk);
        fields.extend(several.unwrap_or_else(|| {
            let found = without_separator(scan, number, start..end, desk);
            let goes_on =
                |field: &Field| field.label == Label::Delivery && goes_on(scan, number, start);
            found.into_iter().filter(|field| !goes_on(field)).collect()
        }));
        several::behind_commas(scan, first_of_line, desk, fields);
    } else {
        if let Some(field) = several::product_before(scan, start, fields.get(first_of_line), desk) {
            fields.insert(first_of_line, field);
        }
        several::behind_commas(scan, first_of_line, desk, fields);
    }
}

/// '… and 40 m of A', 'for delivery on 1 October': whether a sentence that fills the line above goes on.
fn goes_on(scan: &Scan<'_>, number: usize, start: usize) -> bool {
    const FULL: usize = 60;
    let above = number.checked_sub(1).and_then(|line| scan.lines.get(line));
    let full = above.is_some_and(|line| line.span.end - line.span.start >= FULL);
    let last = above.and_then(|line| line.tokens.end.checked_sub(1)).and_then(|at| scan.token(at));
    let small =
        scan.token(start).is_some_and(|t| scan.words(t.span).starts_with(char::is_lowercase));
    let joins = |t: &Token| {
        words!("with mit avec con met for fur pour per para voor und and et e y en zum bis")
            .has(&t.folded)
    };
    full && last.is_some_and(|t| t.is_alnum() && (small || joins(t)))
}

/// A telephone number stands there.
fn is_contact(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| t.kind == Kind::Digits || t.is_any("+("))
}

/// 'Nous avons besoin de :' names no sender, 'wir haben Bedarf an:' nobody to whom it goes.
fn ends_wish(scan: &Scan<'_>, start: usize, label: Range<usize>) -> bool {
    label.start > start
        && label.len() == 1
        && scan.token(label.start).is_some_and(|t| {
            words!("de a an von da di from to of for per fur pour bei").has(&t.folded)
        })
}

/// ';', a wide gap or a dash as separator behind the first label of a line.
fn first_separator(scan: &Scan<'_>, at: usize, start: usize) -> bool {
    let Some(token) = scan.token(at) else { return false };
    let mark = token.is(';') || (token.is_any("-–—") && !token.glued);
    let whole = || {
        let folded = key(scan, start..at);
        labels::near(&folded).is_some()
    };
    // 'pieces; EAN 4012…, 20 pieces' goes on with a list.
    let listed = token.is(';')
        && scan.token(at).is_some_and(|t| {
            scan.lines.get(t.line).is_some_and(|l| l.tokens.end > at + 8)
                || scan.token(at + 1).is_none_or(|next| next.line != t.line)
        });
    mark && !listed && at <= start + 6 && whole()
}

/// The dash of 'Item - HS-100' in 'Delivery date - 28 May; Item - HS-100; Quantity - 20', where the first
/// label of the line has one, too. `before` are the line's tokens up to the value in hand.
fn dashed_again(scan: &Scan<'_>, at: usize, before: Range<usize>) -> bool {
    let dash = |at: usize| scan.token(at).is_some_and(|t| t.is_any("-–—") && !t.glued);
    let parts = |at: &usize| scan.token(*at).is_some_and(|t| t.is_any(";,"));
    if !dash(at) || !before.end.checked_sub(1).is_some_and(dash) {
        return false;
    }
    let begins = (before.end..at).rev().find(parts).map(|mark| mark + 1);
    begins.is_some_and(|begins| begins < at && labels::near(&key(scan, begins..at)).is_some())
}

/// 'Quantity ......... 60': leaders between a label and its value.
fn dotted(scan: &Scan<'_>, at: usize) -> bool {
    let leader = |at: usize| scan.token(at).is_some_and(|t| t.is_any("._…"));
    leader(at)
        && (scan.token(at).is_some_and(|t| t.is('…'))
            || (leader(at + 1) && leader(at + 2) && scan.token(at + 1).is_some_and(|t| t.glued)))
}

/// '14:30', 'http://'.
fn inside_time(scan: &Scan<'_>, at: usize) -> bool {
    let digits =
        |i: Option<usize>| i.and_then(|i| scan.token(i)).is_some_and(|t| t.kind == Kind::Digits);
    let after = scan.token(at + 1).filter(|t| t.glued);
    let time = digits(at.checked_sub(1))
        && after.is_some_and(|t| t.kind == Kind::Digits)
        && scan.token(at).is_some_and(|t| t.glued);
    time || after.is_some_and(|t| t.is('/'))
}

/// A label with what stands around it.
pub(crate) struct Found {
    pub(crate) label: Label,
    pub(crate) index: Option<u32>,
    pub(crate) all: bool,
    /// Nothing but the label's own words stands before it, or a mark parts them.
    delimited: bool,
}

/// Folded letters and digits of a run, with one space between; marks are left out.
pub(crate) fn key(scan: &Scan<'_>, run: Range<usize>) -> String {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let mut key = String::with_capacity(tokens.iter().map(|t| t.folded.len() + 1).sum());
    for token in tokens {
        add_to_key(token, &mut key);
    }
    key
}

/// One more token of a [`key`].
pub(crate) fn add_to_key(token: &Token, key: &mut String) {
    if token.is_alnum() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&token.folded);
    } else if token.is('#') {
        key.push_str(if key.is_empty() { "#" } else { " #" });
    }
}

/// The longest label that ends at a separator.
fn label_before(
    scan: &Scan<'_>,
    from: usize,
    at: usize,
    start: usize,
    desk: &Desk<'_>,
) -> Option<(usize, Found)> {
    for begin in from.max(at.saturating_sub(12))..at {
        let delimited = begin == start || begin == from || {
            scan.token(begin - 1).is_some_and(|t| t.is_any(",;|-–(/•·.*_"))
                || scan.token(begin)?.gap
        };
        if !scan.token(begin)?.is_alnum() && !scan.token(begin)?.is('#') || inside_word(scan, begin)
        {
            continue;
        }
        let words = key(scan, begin..at);
        let other = || {
            let day = || {
                (at + 1..at + 4)
                    .any(|at| crate::reading::dates::date_at(scan, at, desk.calendar()).is_some())
            };
            let label = if words == "id" && delimited {
                Label::Product
            } else {
                let same = || as_above::points_up(scan, at + 1..line_end(scan, at));
                (begin == start && labels::wants_day(&words) && (day() || same()))
                    .then_some(Label::Delivery)?
            };
            Some(Found { label, index: None, all: false, delimited })
        };
        if let Some(found) = label(&words, delimited).or_else(other) {
            return Some((begin, Found { delimited, ..found }));
        }
    }
    None
}

fn line_end(scan: &Scan<'_>, at: usize) -> usize {
    let line = scan.token(at).and_then(|token| scan.lines.get(token.line));
    line.map_or(at + 1, |line| line.tokens.end)
}

/// The 'A' of 'MC-7/A: 6 pcs' is no label.
fn inside_word(scan: &Scan<'_>, at: usize) -> bool {
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued);
    let mark = at.checked_sub(1).and_then(|at| scan.token(at));
    glued(at) && mark.is_some_and(|t| t.is_any("/-._+") && t.glued)
}

/// The label that folded words say, with what stands around it: 'our', 'for all items', a number.
pub(crate) fn label(words: &str, typing_errors: bool) -> Option<Found> {
    let mut words = words.trim();
    let mut all = false;
    if let Some(rest) = FOR_ALL.before(words) {
        words = rest.trim_end();
        all = true;
    }
    if let Some(rest) = for_all::before(words) {
        words = rest;
        all = true;
    }
    if let Some(rest) = labels::OF_OURS.before(words) {
        words = rest.trim_end();
    }
    if let Some((label, number)) = inner_numbers::label(words) {
        return Some(Found { label, index: Some(number), all, delimited: true });
    }
    let look = |words: &str| if typing_errors { labels::near(words) } else { labels::exact(words) };
    if let Some((head, index)) =
        words.rsplit_once(' ').and_then(|(h, l)| Some((h, l.parse().ok()?)))
    {
        if let Some(label) = labels::exact(words) {
            return Some(Found { label, index: None, all, delimited: true });
        }
        // 'A: ' may be a label; 'Ingot A380: 320 kg' has none.
        let label = look(head).filter(|_| head.chars().nth(1).is_some());
        return label.map(|label| Found { label, index: Some(index), all, delimited: true });
    }
    if let Some(label) = look(words) {
        return Some(Found { label, index: None, all, delimited: true });
    }
    // 'Qty (kg)'
    if let Some((head, last)) = words.rsplit_once(' ')
        && labels::exact(head) == Some(Label::Quantity)
        && crate::reading::text::units::unit_of(head).is_none()
        && crate::reading::text::units::unit_of(last).is_some_and(|unit| {
            !matches!(
                unit,
                crate::reading::text::units::Unit::Time
                    | crate::reading::text::units::Unit::Pack(_)
            )
        })
    {
        return Some(Found { label: Label::Quantity, index: None, all, delimited: true });
    }
    let (first, tail) = words.split_once(' ')?;
    if stands_before(first) {
        let inner = label(tail, typing_errors)?;
        return Some(Found { all: all || inner.all, ..inner });
    }
    None
}

/// The label that a whole cell is.
pub(crate) fn label_of(scan: &Scan<'_>, cell: Range<usize>) -> Option<Label> {
    if cell.is_empty() || cell.len() > 10 {
        return None;
    }
    let whole = label(&key(scan, cell.clone()), true).map(|found| found.label);
    whole.or_else(|| several::joint_label(scan, cell))
}

/// Ends the value of the last field where the next label begins.
fn end_value(scan: &Scan<'_>, fields: Option<&mut [Field]>, at: usize) {
    let Some(field) = fields.and_then(|f| f.last_mut()) else { return };
    let mut end = at;
    while end > field.value.start && scan.token(end - 1).is_some_and(|t| t.is_any(",;|-–—/(•·*"))
    {
        end -= 1;
    }
    field.value.end = end;
}

/// 'Quantity 2', 'Delivery date 12 Jan 2026', 'Address Bahnhofstrasse 3': a label that leads a line
/// and a value that fits it. Two cells count as label and value too.
pub(crate) fn without_separator(
    scan: &Scan<'_>,
    number: usize,
    line: Range<usize>,
    desk: &Desk<'_>,
) -> Option<Field> {
    for length in (1..=6.min(line.len().saturating_sub(1))).rev() {
        let split = line.start + length;
        // A cell is a label, or none: 'N° de commande | F-7007'.
        if (line.start + 1..split).any(|at| scan.token(at).is_some_and(|t| t.gap)) {
            continue;
        }
        let words = key(scan, line.start..split);
        let cells = scan.token(split).is_some_and(|t| t.gap);
        let id = length == 1 && words == "id";
        let wanted = || {
            let day = || {
                let day = values::date(scan, split..line.end, desk).0;
                matches!(day, values::DateValue::When(_))
            };
            let label = if id {
                Label::Product
            } else {
                (cells && labels::wants_day(&words) && day()).then_some(Label::Delivery)?
            };
            Some(Found { label, index: None, all: false, delimited: true })
        };
        let Some(found) = label(&words, cells || words.len() >= 7).or_else(wanted) else {
            continue;
        };
        let colon = |at: &usize| cells && scan.token(*at).is_some_and(|t| t.is_any(":="));
        let split_off = split + (split..line.end).take_while(colon).count();
        let value = behind_emphasis(scan, split_off, line.end)..line.end;
        let bare = found.index.is_none();
        if cells || (bare && fits(scan, found.label, &words, value.clone(), desk)) {
            return Some(Field {
                label: found.label,
                index: found.index,
                all: found.all,
                value,
                label_span: scan.span(line.start..split),
                line: number,
                leads: true,
                last_line: number,
            });
        }
    }
    // An empty second cell, or a label alone on its line: its value may follow.
    let words = key(scan, line.clone());
    let alone = label(&words, false).filter(|_| words.contains(' ') || words.len() >= 7)?;
    let empty = |index: Option<u32>| Field {
        label: alone.label,
        index,
        all: alone.all,
        value: line.end..line.end,
        label_span: scan.span(line.clone()),
        line: number,
        leads: true,
        last_line: number,
    };
    if alone.index.is_some() {
        let of_line = matches!(alone.label, Label::Quantity | Label::Delivery | Label::Unit);
        return (of_line || crate::reading::tables::names(alone.label)).then(|| empty(alone.index));
    }
    let worth = !matches!(
        alone.label,
        Label::Other | Label::Amount | Label::Position | Label::AnyDate | Label::Name
    );
    let next_blank =
        scan.lines.get(number + 1).is_none_or(crate::reading::text::TextLine::is_blank);
    (worth && !next_blank && alone.label == Label::Address).then(|| empty(None))
}

/// Whether a value fits a label that nothing parts from it.
fn fits(scan: &Scan<'_>, label: Label, words: &str, value: Range<usize>, desk: &Desk<'_>) -> bool {
    use crate::reading::draft::{Amount, Named};
    match label {
        Label::Quantity => {
            matches!(amounts::quantity(scan, value, desk), Some(Amount::Of { .. }))
                && words.len() > 2
        }
        Label::Delivery | Label::OrderDate => {
            // 'Order from our side, delivery 22 September' tells another day.
            let first = value
                .clone()
                .find(|at| crate::reading::dates::date_at(scan, *at, desk.calendar()).is_some());
            let other = first.is_some_and(|first| {
                (value.start..first).any(|at| {
                    scan.token(at)
                        .is_some_and(|t| labels::exact(&t.folded) == Some(Label::Delivery))
                })
            });
            !other
                && matches!(values::date(scan, value.clone(), desk).0, values::DateValue::When(_))
                && value.len() <= 12
                && !scan.tokens.get(value).unwrap_or_default().iter().any(sentence)
        }
        Label::Product | Label::Code | Label::Barcode => {
            let value = counted_days::goods(scan, value, desk);
            let number =
                value.len() == 1 && scan.token(value.start).is_some_and(|t| t.kind == Kind::Digits);
            let id = words == "id"
                || words.ends_with(" id")
                || words.ends_with("nr")
                || words.ends_with("no")
                || words.contains(" id ")
                || words.starts_with("id ");
            let known = number
                && scan.token(value.start).is_some_and(|t| t.folded.len() >= 4)
                && matches!(
                    values::product(scan, value.clone(), Label::Name, desk).0,
                    Named::One(_)
                );
            (number && (id || known))
                || (!number
                    && value.len() <= 12
                    && matches!(values::product(scan, value, label, desk).0, Named::One(_)))
        }
        Label::AnyReference => refers_to_ours(scan, value, desk),
        Label::Address => {
            let digit =
                value.clone().any(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Digits));
            // A verb needs its colon: 'please deliver to us 20 pieces' is a sentence.
            let noun = ["adr", "addr", "indirizz", "direcc", "anschrift"]
                .iter()
                .any(|n| words.contains(n));
            digit && noun && value.len() >= 3
        }
        Label::Reference => {
            let one = value.len() <= 7
                && scan
                    .tokens
                    .get(value.start + 1..value.end)
                    .unwrap_or_default()
                    .iter()
                    .all(|t| t.glued);
            let digit =
                value.clone().any(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Digits));
            one && digit
        }
        _ => false,
    }
}

/// 'Réf. MC-7/A', 'Réf. MC-7/A - embout': nothing but a code of ours, or with its name behind.
fn refers_to_ours(scan: &Scan<'_>, value: Range<usize>, desk: &Desk<'_>) -> bool {
    use crate::reading::draft::Named;
    let code = desk.catalog.index().code_at(scan, value.start, desk.domain);
    code.is_some_and(|code| {
        let name = code.end + 1..value.end;
        let parted = scan.token(code.end).is_some_and(|t| t.is_any("-–—:,("));
        let named = || values::product(scan, name.clone(), Label::Name, desk).0;
        let same = || match (named(), code.products.as_slice()) {
            (Named::One(name), [only]) => name == *only,
            _ => false,
        };
        code.end == value.end || parted && name.len() <= 10 && same()
    })
}

fn sentence(token: &Token) -> bool {
    token.is_any("?!;")
}
