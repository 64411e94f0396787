//! One day below blocks that run together: 'Artikel: A, Menge: 12, Artikel: B, Menge: 2, Termin: 20.2.'. It is
//! that of the order, where nothing parts it from the first block, and each block has the same fields.

use super::fields::Field;
use super::labels::Label;
use super::values::{self, DateValue};
use crate::reading::draft::Desk;
use crate::reading::text::{Scan, TextLine};

/// Lets such a day hold for all.
pub(crate) fn share(scan: &Scan<'_>, fields: &mut [Field], desk: &Desk<'_>) {
    let mut days =
        (0..fields.len()).filter(|at| fields.get(*at).is_some_and(|f| f.label == Label::Delivery));
    let (Some(day), None) = (days.next(), days.next()) else { return };
    let of_line = |f: &&Field| f.label.names_goods() || f.label == Label::Quantity;
    let (before, behind) = fields.split_at(day);
    if behind.iter().any(|f| of_line(&f)) {
        return;
    }
    let lines: Vec<&Field> = before.iter().filter(of_line).collect();
    let (Some(first), Some(field)) = (lines.first(), fields.get(day)) else { return };
    let blank = |at: usize| scan.lines.get(at).is_none_or(TextLine::is_blank);
    let together = !(first.line..field.line).any(blank);
    let certain = matches!(
        values::date(scan, field.value.clone(), desk).0,
        DateValue::When(when) if when.day().is_some()
    );
    let plain = field.index.is_none() && lines.iter().all(|f| f.index.is_none());
    if together
        && certain
        && plain
        && are_alike(&lines)
        && let Some(field) = fields.get_mut(day)
    {
        field.all = true;
    }
}

/// Whether fields are several blocks of the same labels in the same order, each with one quantity.
fn are_alike(lines: &[&Field]) -> bool {
    let blocks = lines.iter().filter(|f| f.label == Label::Quantity).count();
    let size = lines.len().checked_div(blocks).unwrap_or_default();
    let labels = |block: &[&Field]| block.iter().map(|f| f.label).collect::<Vec<_>>();
    blocks >= 2
        && size >= 2
        && lines.len() == blocks * size
        && lines.chunks(size).all(|block| {
            lines.get(..size).is_some_and(|first| labels(first) == labels(block))
                && block.iter().filter(|f| f.label == Label::Quantity).count() == 1
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    fn is_shared(text: &str) -> bool {
        at_desk(&[("HS-100", "Heat sink"), ("HS-200", "Heat sink long")], |desk| {
            let scan = Scan::whole(Part::Text, text);
            let mut fields = super::super::fields::find(&scan, &|_| true, desk);
            share(&scan, &mut fields, desk);
            fields.iter().any(|f| f.label == Label::Delivery && f.all)
        })
    }

    #[test]
    fn one_day_below_blocks_that_run_together_is_that_of_all() {
        let blocks = "Product: HS-100\nQuantity: 3\nProduct: HS-200\nQuantity: 4\n";
        assert!(is_shared(&format!("{blocks}Delivery: 11 April 2025\n")));
        assert!(!is_shared(&format!("{blocks}Delivery: soon\n")));
        let parted = blocks.replace("3\n", "3\n\n");
        assert!(!is_shared(&format!("{parted}Delivery: 11 April 2025\n")));
        let uneven = blocks.replace("Quantity: 3\n", "");
        assert!(!is_shared(&format!("{uneven}Delivery: 11 April 2025\n")));
    }
}
