//! Goods on a line of their own above their count: '[HS-100] Heat sink 100 mm' above 'Quantity: 30'.

use std::ops::Range;

use super::bare_ids::is_whole;
use super::fields::Field;
use super::labels::Label;
use super::list_marks::first_word;
use super::values;
use crate::reading::draft::{Desk, Named};
use crate::reading::tables::row_details::describes;
use crate::reading::text::{Kind, Scan};

/// Most tokens of such a line.
const MOST: usize = 16;

/// Reads such lines as fields: where each quantity has one right above it, and no field names goods.
pub(crate) fn find(
    scan: &Scan<'_>,
    free: &dyn Fn(usize) -> bool,
    desk: &Desk<'_>,
    fields: &mut Vec<Field>,
) {
    let counts: Vec<&Field> = fields.iter().filter(|f| f.label == Label::Quantity).collect();
    let alone =
        |line: usize| free(line) && !fields.iter().any(|f| (f.line..=f.last_line).contains(&line));
    let told = fields.iter().any(|f| f.label.names_goods() || f.index.is_some());
    if told || counts.is_empty() || counts.iter().any(|f| !f.leads) {
        return;
    }
    let above = |field: &&Field| {
        let line = field.line.checked_sub(1).filter(|line| alone(*line))?;
        goods(scan, line, desk)
    };
    let found: Option<Vec<Field>> = counts.iter().map(above).collect();
    let named =
        (0..scan.lines.len()).filter(|line| alone(*line) && goods(scan, *line, desk).is_some());
    let Some(found) = found else { return };
    if named.count() == found.len() {
        fields.extend(found);
        fields.sort_by_key(|field| (field.line, field.value.start));
    }
}

/// A line that names one product and says nothing else.
fn goods(scan: &Scan<'_>, line: usize, desk: &Desk<'_>) -> Option<Field> {
    let end = scan.lines.get(line)?.tokens.end;
    let start = first_word(scan, line);
    let value = start..end;
    if value.is_empty() || value.len() > MOST {
        return None;
    }
    let (named, _) = values::product(scan, value.clone(), Label::Product, desk);
    let field = Field {
        label: Label::Product,
        index: None,
        all: false,
        value: value.clone(),
        label_span: None,
        line,
        leads: true,
        last_line: line,
    };
    let number = value.len() == 1 && scan.token(start).is_some_and(|t| t.kind == Kind::Digits);
    let whole =
        is_whole(scan, &Field { value: named_part(scan, value, desk), ..field.clone() }, desk);
    let Named::One(place) = named else { return None };
    let plain = describes(scan, &field.value, place, desk);
    (plain && !number && whole).then_some(field)
}

/// What stands beside a code in brackets, at the begin or the end of a line.
fn named_part(scan: &Scan<'_>, value: Range<usize>, desk: &Desk<'_>) -> Range<usize> {
    let is = |at: usize, marks: &str| scan.token(at).is_some_and(|t| t.is_any(marks));
    let code = |at: usize| desk.catalog.index().code_at(scan, at, desk.domain);
    if let Some(code) =
        code(value.start + 1).filter(|code| is(value.start, "[(") && is(code.end, "])"))
    {
        return code.end + 1..value.end;
    }
    let last = value.end.saturating_sub(1);
    let opens = value.clone().rev().find(|at| is(*at, "[(")).filter(|_| is(last, "])"));
    match opens.filter(|at| code(at + 1).is_some_and(|code| code.end == last)) {
        Some(at) => value.start..at,
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    const PRODUCTS: [(&str, &str); 2] =
        [("HS-100", "Heat sink 100 mm"), ("HS-200", "Heat sink 200 mm")];

    fn goods_of(text: &str) -> usize {
        at_desk(&PRODUCTS, |desk| {
            let scan = Scan::whole(Part::Text, text);
            let found = super::super::fields::find(&scan, &|_| true, desk);
            found.iter().filter(|f| f.label.names_goods()).count()
        })
    }

    #[test]
    fn goods_above_their_counts_are_products() {
        for text in [
            "HS-100\nQuantity: 30\n",
            "[HS-100] Heat sink 100 mm\nQuantity: 30 (thirty)\n",
            "1. Heat sink 100 mm (HS-100)\n   Qty: 30\n",
        ] {
            assert_eq!(goods_of(text), 1, "{text}");
        }
        assert_eq!(goods_of("HS-100\nQty: 3\nDelivery: 14 April\n\nHS-200\nQty: 4\n"), 2);
    }

    #[test]
    fn what_says_more_or_leaves_goods_over_is_none() {
        for text in [
            "HS-100\nHS-200\nQuantity: 4\n",
            "HS-100 or HS-200\nQuantity: 4\n",
            "HS-100 is what we spoke of\nQuantity: 4\n",
            "HS-100\nQuantity: 4\n\nThe other one\nQuantity: 2\n",
        ] {
            assert_eq!(goods_of(text), 0, "{text}");
        }
    }
}
