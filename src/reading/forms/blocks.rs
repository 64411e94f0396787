//! The agreed form: labelled fields grouped into order blocks, with what holds for all of them.

use super::fields::Field;
use super::headers::{address, dated, evidence, header};
use super::labels::Label;
use super::relabel;
use super::said_twice;
use super::trailing_day;
use super::values;
use crate::reading::draft::{Amount, Desk, Draft, Form, Named, Wish};
use crate::reading::prose::amounts;
use crate::reading::text::units;
use crate::reading::text::{Kind, Scan};
use crate::reading::types::{Field as Part, Problem, ProblemCode, Read};

/// Reads fields as order blocks. `rows` are the lines on which a list of items ends a block even
/// without a blank line: 'Item 2'.
pub(crate) fn read(scan: &Scan<'_>, fields: &[Field], desk: &Desk<'_>) -> Draft {
    let mut fields: Vec<Field> =
        fields.iter().map(|f| relabel::settle_label(scan, f, desk)).collect();
    relabel::same_label(scan, &mut fields);
    relabel::number_items(scan, &mut fields);
    relabel::counted_amounts(scan, &mut fields, desk);
    relabel::numbered_goods(&mut fields);
    date_behind_rows(scan, &mut fields, desk);
    trailing_day::share(scan, &mut fields, desk);
    let mut draft = Draft::default();
    let (indexed, plain): (Vec<&Field>, Vec<&Field>) = fields
        .iter()
        .filter(|f| !matches!(f.label, Label::Other | Label::Amount | Label::Position))
        .partition(|f| f.index.is_some() && f.label.is_of_line());
    if !indexed.is_empty() {
        draft.problems.extend(relabel::unnumbered(scan, &plain, desk));
    }
    let groups = group(scan, &plain, desk);
    check_order(&groups, &mut draft, scan);
    let mut block = 0;
    for group in &groups {
        let wish = group.fields.iter().any(|f| f.label.names_goods() || f.label == Label::Quantity);
        let several = groups.len() > 1;
        let of_line: Vec<&Field> =
            group.fields.iter().copied().filter(|f| f.label.is_of_line()).collect();
        let only = group.fields.iter().all(|f| f.label.is_of_line() || f.value.is_empty());
        if wish && several && only && is_left_out(scan, &of_line) {
            continue;
        }
        if wish {
            block += 1;
            let wish = wish_of(scan, &group.fields, block, desk, &mut draft);
            draft.wishes.push(wish);
        } else {
            header(scan, &group.fields, desk, &mut draft);
        }
    }
    share_leading_date(&groups, &mut draft);
    let mut indices: Vec<u32> = indexed.iter().filter_map(|f| f.index).collect();
    indices.sort_unstable();
    indices.dedup();
    for index in indices {
        let of: Vec<&Field> = indexed.iter().copied().filter(|f| f.index == Some(index)).collect();
        if is_left_out(scan, &of) {
            continue;
        }
        let wish = wish_of(scan, &of, index, desk, &mut draft);
        draft.wishes.push(wish);
    }
    draft
}

/// Whether fields hold an order at all: a product or quantity label with a value.
pub(crate) fn is_order(fields: &[Field]) -> bool {
    fields.iter().any(|f| f.label.names_goods() || f.label == Label::Quantity)
}

/// A form's row that was left empty, or says so: 'Product 3: -', 'Quantity 3: 0'.
fn is_left_out(scan: &Scan<'_>, fields: &[&Field]) -> bool {
    let zero = |f: &&Field| f.label == Label::Quantity && scan.run(f.value.clone()).trim() == "0";
    let none = |f: &&Field| values::says_none(scan, f.value.clone());
    fields.iter().all(|f| none(f) || zero(f)) && fields.iter().any(none)
}

/// Where each item is one line with its count, a date below them holds for all.
fn date_behind_rows(scan: &Scan<'_>, fields: &mut [Field], desk: &Desk<'_>) {
    let items: Vec<&Field> = fields.iter().filter(|f| f.label.names_goods()).collect();
    let counts = |line: usize| {
        fields.iter().filter(|f| f.label == Label::Quantity && f.line == line).count() == 1
    };
    let rows = items.iter().all(|f| count_behind_code(scan, f, desk).is_some() || counts(f.line));
    let lines: Vec<usize> = items.iter().map(|f| f.line).collect();
    let counted = fields.iter().any(|f| f.label == Label::Quantity && !lines.contains(&f.line));
    let last = items.last().map_or(0, |f| f.line);
    let rows = rows && items.len() >= 2 && !counted;
    let mut dates = fields.iter_mut().filter(|f| f.label == Label::Delivery);
    if let (true, Some(date), None) = (rows, dates.next(), dates.next())
        && date.line > last
    {
        date.all = true;
    }
}

struct Group<'f> {
    fields: Vec<&'f Field>,
}

/// Parts fields into blocks: where a field of a line comes again, and at blank lines where these
/// part blocks.
fn group<'f>(scan: &Scan<'_>, fields: &[&'f Field], desk: &Desk<'_>) -> Vec<Group<'f>> {
    let blanks_part = blanks_part_blocks(scan, fields);
    let mut groups: Vec<Group<'f>> = Vec::new();
    let mut current: Vec<&'f Field> = Vec::new();
    let mut last_line: Option<usize> = None;
    for field in fields {
        let blank = last_line.is_some_and(|last| gap(scan, last, field.line));
        let again = current.iter().any(|f| same_kind(f.label, field.label) && !f.all)
            && !says_code_too(scan, &current, field, desk);
        let complete = |fields: &[&Field]| {
            fields.iter().any(|f| f.label.names_goods())
                && fields.iter().any(|f| f.label == Label::Quantity)
        };
        let header = !current.iter().any(|f| f.label.names_goods() || f.label == Label::Quantity);
        let parts = again
            || (blank && blanks_part && (complete(&current) || header))
            || (blank && blanks_part && matches!(field.label, Label::Address | Label::Reference));
        if parts && !current.is_empty() {
            groups.push(Group { fields: std::mem::take(&mut current) });
        }
        // What holds for the whole order stands apart from the blocks.
        if field.all || field.label == Label::Reference {
            groups.push(Group { fields: vec![field] });
        } else {
            current.push(field);
        }
        last_line = Some(field.last_line);
    }
    if !current.is_empty() {
        groups.push(Group { fields: current });
    }
    groups
}

/// Two labels that cannot stand twice in one block. A code and a name of one product can.
fn same_kind(one: Label, other: Label) -> bool {
    one == other
        || (matches!(one, Label::Product | Label::Code)
            && matches!(other, Label::Product | Label::Code))
}

/// 'Product: Heat sink 100 mm' above 'Code: HS-100': what a block names by both, and counts only behind
/// them, is one product.
fn says_code_too(scan: &Scan<'_>, current: &[&Field], field: &Field, desk: &Desk<'_>) -> bool {
    let named = |f: &Field| values::product(scan, f.value.clone(), f.label, desk).0;
    let mut goods = current.iter().filter(|f| f.label.names_goods());
    let (Some(first), None) = (goods.next(), goods.next()) else { return false };
    let other = scan.run(first.value.clone()) != scan.run(field.value.clone());
    let differ = other && first.last_line + 1 == field.line;
    let counted = current.iter().any(|f| f.label == Label::Quantity);
    let one = both((named(first), 0), (named(field), 0)).0;
    differ && !counted && matches!(named(field), Named::One(_)) && matches!(one, Named::One(_))
}

/// A blank line, a rule, or a line that is no field ('Item 2'), between two lines.
fn gap(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let parts = |line: &crate::reading::text::TextLine| {
        line.is_blank()
            || line.tokens.len() <= 4
            || scan
                .tokens
                .get(line.tokens.clone())
                .is_some_and(|tokens| tokens.iter().all(|t| t.is_any("-–—_=*~#.+•·")))
    };
    (from + 1..to).any(|line| scan.lines.get(line).is_some_and(parts))
}

/// Where every field stands in a paragraph of its own, blank lines part no blocks.
fn blanks_part_blocks(scan: &Scan<'_>, fields: &[&Field]) -> bool {
    fields.windows(2).any(|pair| match pair {
        [one, two] => {
            !gap(scan, one.last_line, two.line)
                && (one.label.names_goods()
                    || one.label == Label::Quantity
                    || two.label.names_goods()
                    || two.label == Label::Quantity)
        }
        _ => false,
    })
}

/// Where nothing but repetition parts the blocks, fields must come in one order, or a field may
/// belong to the block before or behind it.
fn check_order(groups: &[Group<'_>], draft: &mut Draft, scan: &Scan<'_>) {
    let lines = |group: &Group<'_>| -> Option<(usize, usize)> {
        Some((group.fields.first()?.line, group.fields.last()?.last_line))
    };
    let kind = |label: Label| if label.names_goods() { Label::Product } else { label };
    let of = |group: &Group<'_>| -> Vec<Label> {
        group
            .fields
            .iter()
            .map(|f| kind(f.label))
            .filter(|l| matches!(l, Label::Product | Label::Quantity | Label::Delivery))
            .collect()
    };
    let wishes: Vec<&Group<'_>> = groups
        .iter()
        .filter(|g| g.fields.iter().any(|f| f.label.names_goods() || f.label == Label::Quantity))
        .collect();
    for pair in wishes.windows(2) {
        let [one, two] = pair else { continue };
        let (Some((_, end)), Some((start, _))) = (lines(one), lines(two)) else { continue };
        if end == start || gap(scan, end, start) {
            continue;
        }
        let (first, second) = (of(one), of(two));
        let shared: Vec<Label> = first.iter().copied().filter(|l| second.contains(l)).collect();
        let other: Vec<Label> = second.iter().copied().filter(|l| first.contains(l)).collect();
        let dates = first.contains(&Label::Delivery) != second.contains(&Label::Delivery);
        let leads = first.first() == Some(&Label::Delivery);
        if shared != other || (dates && !leads) {
            let at = two.fields.first();
            let words = at.and_then(|f| scan.span(f.value.clone())).map_or("", |s| scan.words(s));
            draft.problems.push(Problem {
                code: ProblemCode::AmbiguousDate,
                message: "It is not clear which date belongs to which product: the fields of the blocks come in different orders.".into(),
                words: crate::reading::text::clip(words, 80),
                block: None,
                field: Some(Part::DeliveryDate),
            });
            return;
        }
    }
}

/// A date that heads the first of several blocks run together holds for all that have none.
fn share_leading_date(groups: &[Group<'_>], draft: &mut Draft) {
    let wishes: Vec<&Group<'_>> = groups
        .iter()
        .filter(|g| g.fields.iter().any(|f| f.label.names_goods() || f.label == Label::Quantity))
        .collect();
    let dated = draft.wishes.iter().filter(|w| w.delivery.is_some()).count();
    let leads = wishes.first().is_some_and(|g| {
        let of_line = g.fields.iter().find(|f| f.label.is_of_line());
        of_line.is_some_and(|f| f.label == Label::Delivery)
    });
    if dated == 1
        && draft.wishes.len() > 1
        && leads
        && draft.deliveries.is_empty()
        && let Some(first) = draft.wishes.first_mut()
    {
        draft.deliveries.extend(first.delivery.take());
    }
}

fn wish_of(
    scan: &Scan<'_>,
    fields: &[&Field],
    block: u32,
    desk: &Desk<'_>,
    draft: &mut Draft,
) -> Wish {
    let mut wish = Wish::new(block, Form::Block);
    product(scan, fields, desk, &mut wish);
    for field in fields {
        match field.label {
            Label::Quantity => {
                wish.amount = said_twice::agreed(scan, field.value.clone(), &wish.named, desk)
                    .or_else(|| amounts::quantity(scan, field.value.clone(), desk));
                wish.amount = wish.amount.map(|amount| alone(scan, field, amount));
                label_unit(scan, field, &mut wish);
                wish.amount_words = evidence(scan, field, "block.quantity");
            }
            Label::Delivery => wish.delivery = dated(scan, field, desk, "block.delivery_date"),
            Label::Price => wish.price = price(scan, field),
            Label::Address => {
                if let Some(address) = address(scan, field, "block.address") {
                    wish.address = Some(address.clone());
                    draft.addresses.push(address);
                }
            }
            Label::OrderDate | Label::AnyDate | Label::Reference => {
                header(scan, &[field], desk, draft);
            }
            _ => {}
        }
    }
    unit(scan, fields, &mut wish);
    quantity_behind_product(scan, fields, desk, &mut wish);
    wish
}

fn product(scan: &Scan<'_>, fields: &[&Field], desk: &Desk<'_>, wish: &mut Wish) {
    let mut candidates: Option<(Named, u8)> = None;
    let ours = fields.iter().any(|f| {
        matches!(f.label, Label::Product | Label::Code | Label::Barcode) && !f.value.is_empty()
    });
    for field in fields.iter().filter(|f| f.label.names_goods()) {
        let own = field.label == Label::OwnCode;
        if own && ours && values::is_number_of_theirs(scan, field.value.clone(), desk) {
            continue;
        }
        let words = evidence(scan, field, "block.product");
        let found = values::product(scan, field.value.clone(), field.label, desk);
        if found.0 == Named::Nothing {
            continue;
        }
        if wish.product_words.is_none() || matches!(found.0, Named::Contradiction) {
            wish.product_words = words;
        }
        candidates = Some(match (candidates.take(), field.label) {
            (None, _) => found,
            (Some(before), _) => both(before, found),
        });
    }
    if let Some((named, certainty)) = candidates {
        wish.named = named;
        if matches!(wish.named, Named::One(_)) {
            wish.certainty = wish.certainty.min(certainty);
        }
    }
}

/// What two statements about one product come to.
pub(crate) fn both(one: (Named, u8), other: (Named, u8)) -> (Named, u8) {
    match (one.0, other.0) {
        (Named::One(a), Named::One(b)) if a == b => (Named::One(a), one.1.max(other.1)),
        (Named::One(a), Named::Several(of)) | (Named::Several(of), Named::One(a)) => {
            if of.contains(&a) {
                (Named::One(a), one.1.max(other.1))
            } else {
                (Named::Contradiction, 0)
            }
        }
        (Named::One(a), Named::Unknown | Named::Nothing) => (Named::One(a), one.1),
        (Named::Unknown | Named::Nothing, Named::One(b)) => (Named::One(b), other.1),
        (Named::Several(a), Named::Several(b)) => {
            let both: Vec<u32> = a.iter().copied().filter(|p| b.contains(p)).collect();
            match both.as_slice() {
                [] => (Named::Contradiction, 0),
                [only] => (Named::One(*only), values::BY_PART),
                _ => (Named::Several(both), 0),
            }
        }
        (Named::Several(of), _) | (_, Named::Several(of)) => (Named::Several(of), 0),
        (Named::One(_) | Named::Contradiction, _) | (_, Named::Contradiction) => {
            (Named::Contradiction, 0)
        }
        (Named::Nothing, Named::Nothing) => (Named::Nothing, 0),
        _ => (Named::Unknown, 0),
    }
}

/// 'Quantity: 1 000': two numbers have no place behind a label, so the space groups thousands.
fn alone(scan: &Scan<'_>, field: &Field, amount: Amount) -> Amount {
    use crate::reading::text::numbers::{Number, digits_at};
    match amount {
        Amount::Of {
            number: number @ Number::Grouped { thousands, separator: ' ', .. },
            unit: None,
            content: None,
        } if digits_at(scan, field.value.start) == Some((number, field.value.end)) => {
            Amount::Of { number: Number::Plain(thousands), unit: None, content: None }
        }
        _ => amount,
    }
}

/// 'Quantity (kg): 120' says the unit before the number.
fn label_unit(scan: &Scan<'_>, field: &Field, wish: &mut Wish) {
    let Some(label) = field.label_span.filter(|label| !is_one_word(scan.words(*label))) else {
        return;
    };
    let last = scan.words(label).rsplit(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty());
    let Some(said) = last.and_then(crate::reading::text::units::unit_of) else { return };
    let Some(Amount::Of { number, unit, content }) = wish.amount else { return };
    wish.amount = match unit {
        None => Some(Amount::Of { number, unit: Some(said), content }),
        Some(crate::reading::text::units::Unit::Pack(_)) => Some(Amount::Bad),
        Some(_) => wish.amount,
    };
}

/// 'Pieces: 2 boxes' counts boxes, and 'Stück: 12' whatever the product is sold by; 'Qty (pcs): 2
/// boxes' contradicts itself.
fn is_one_word(label: &str) -> bool {
    !label.trim().contains(|c: char| !c.is_alphanumeric())
}

/// A field for the unit goes with a quantity that has none.
fn unit(scan: &Scan<'_>, fields: &[&Field], wish: &mut Wish) {
    let Some(field) = fields.iter().find(|f| f.label == Label::Unit) else { return };
    let Some(Amount::Of { number, unit: None, content }) = wish.amount else { return };
    wish.amount = match crate::reading::text::units::unit_at(scan, field.value.start) {
        Some((unit, _)) => Some(Amount::Of { number, unit: Some(unit), content }),
        None if field.value.is_empty() => wish.amount,
        None => Some(Amount::Bad),
    };
}

/// 'Product: HS-100, 20 pcs' holds the quantity too.
fn quantity_behind_product(scan: &Scan<'_>, fields: &[&Field], desk: &Desk<'_>, wish: &mut Wish) {
    if wish.amount.is_some() || fields.iter().any(|f| f.label == Label::Quantity) {
        return;
    }
    let Some(field) = fields.iter().find(|f| f.label.names_goods()) else { return };
    let found = count_behind_code(scan, field, desk)
        .or_else(|| count_behind_label(scan, field, desk))
        .map(|(end, hit)| (end, end, hit))
        .or_else(|| count_behind_comma(scan, field, desk));
    let Some((end, from, hit)) = found else { return };
    wish.amount = Some(hit.amount);
    wish.amount_words = scan.span(from..hit.end).map(|s| scan.evidence(s, "block.quantity"));
    let (named, certainty) = values::product(scan, field.value.start..end, field.label, desk);
    wish.named = named;
    wish.certainty = wish.certainty.min(certainty.max(1));
}

/// The amount behind the first comma or dash that ends a value: 'HS-100, 20 pcs'; with the place
/// of the comma and of the amount.
fn count_behind_comma(
    scan: &Scan<'_>,
    field: &Field,
    desk: &Desk<'_>,
) -> Option<(usize, usize, amounts::AmountHit)> {
    let parts =
        |at: &usize| scan.token(*at).is_some_and(|t| t.is_any(",;–-") && !t.glued || t.is(','));
    let comma = field.value.clone().find(parts)?;
    let hit = amounts::amount_at(scan, comma + 1, desk)?;
    (hit.marked && hit.end == field.value.end).then_some((comma, comma + 1, hit))
}

/// The amount behind the word 'quantity' that ends a value: 'HS-100, heat sink, quantity 20'; with
/// the word's place.
fn count_behind_label(
    scan: &Scan<'_>,
    field: &Field,
    desk: &Desk<'_>,
) -> Option<(usize, amounts::AmountHit)> {
    let is_label = |at: &usize| {
        scan.token(*at).is_some_and(|t| super::labels::exact(&t.folded) == Some(Label::Quantity))
    };
    let mut labels = (field.value.start + 1..field.value.end).filter(is_label);
    let (Some(label), None) = (labels.next(), labels.next()) else { return None };
    let behind = label + 1 + usize::from(scan.token(label + 1).is_some_and(|t| t.is_any(":=.")));
    let hit = amounts::amount_at(scan, behind, desk)?;
    (hit.end == field.value.end).then_some((label, hit))
}

/// The amount behind a code that begins a value, where it ends the value and says so by its unit or
/// the word 'quantity': '40117 200 Stk', '40117 qté 300', 'HS-100 x 20'; with the code's end.
fn count_behind_code(
    scan: &Scan<'_>,
    field: &Field,
    desk: &Desk<'_>,
) -> Option<(usize, amounts::AmountHit)> {
    let code = desk.catalog.index().code_at(scan, field.value.start, desk.domain);
    let code = code.map(|code| code.end).or_else(|| id_at(scan, field, desk))?;
    let mut at = code;
    let mut said = false;
    while let Some(token) = scan.token(at).filter(|_| at < field.value.end) {
        // 'Art. HS-100 pz. 20'
        let word = super::labels::exact(&token.folded) == Some(Label::Quantity)
            || token.kind == Kind::Word && units::unit_at(scan, at).is_some();
        said |= word || token.is_any(":=") || matches!(token.folded.as_str(), "x" | "*");
        if !(word || token.is_any(",;:–-.=*x") || token.folded == "x") {
            break;
        }
        at += 1;
    }
    let hit = amounts::amount_at(scan, at, desk)?;
    ((hit.marked || said) && hit.end == field.value.end).then_some((code, hit))
}

/// Where the id of a product ends that begins a value: 'ID 6: 4 pcs'.
fn id_at(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> Option<usize> {
    let token = scan.token(field.value.start).filter(|t| t.kind == Kind::Digits)?;
    let known = scan.words(token.span).parse().ok().and_then(|id| desk.catalog.index().id(id));
    let parted = scan.token(field.value.start + 1).is_some_and(|t| t.is_any(":=,;–-"));
    (field.label == Label::Product && known.is_some() && parted).then_some(field.value.start + 1)
}

fn price(scan: &Scan<'_>, field: &Field) -> Option<Read<rust_decimal::Decimal>> {
    let value = field
        .value
        .clone()
        .find_map(|i| crate::reading::text::numbers::digits_at(scan, i))?
        .0
        .plain()?;
    Some(Read { value, evidence: evidence(scan, field, "block.price")? })
}
