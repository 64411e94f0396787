//! The day behind a product and its amount in one value: 'EAN 7612345000220, 40 pieces, 11 April'.

use std::ops::Range;

use super::fields::Field;
use super::labels::Label;
use crate::reading::dates;
use crate::reading::draft::Desk;
use crate::reading::prose::amounts;
use crate::reading::text::{Scan, words};

/// Parts such a day from its value, as a field of its own: the last of its line, and no other field of
/// the line tells a day.
pub(crate) fn part(scan: &Scan<'_>, fields: &mut Vec<Field>, desk: &Desk<'_>) {
    let mut place = 0;
    while let Some(field) = fields.get(place) {
        place += 1;
        let beside =
            fields.iter().any(|other| other.line == field.line && other.label == Label::Delivery);
        if beside || !field.label.names_goods() && field.label != Label::Quantity {
            continue;
        }
        let goods = field.label.names_goods();
        let Some((end, day)) = behind_amount(scan, field.value.clone(), goods, desk) else {
            continue;
        };
        let delivery = Field {
            label: Label::Delivery,
            value: day,
            label_span: None,
            leads: false,
            all: false,
            ..field.clone()
        };
        if let Some(field) = fields.get_mut(place - 1) {
            field.value.end = end;
        }
        fields.insert(place, delivery);
    }
}

/// A value that names goods, without such a day.
pub(crate) fn goods(scan: &Scan<'_>, value: Range<usize>, desk: &Desk<'_>) -> Range<usize> {
    let end = behind_amount(scan, value.clone(), true, desk).map_or(value.end, |(end, _)| end);
    value.start..end
}

/// Where the amount of a value ends, and the day behind it that ends the value.
fn behind_amount(
    scan: &Scan<'_>,
    value: Range<usize>,
    goods: bool,
    desk: &Desk<'_>,
) -> Option<(usize, Range<usize>)> {
    let stop = |at: usize| scan.token(at).is_some_and(|t| t.is_any(".;,"));
    let mut end = value.end;
    while end > value.start && stop(end - 1) {
        end -= 1;
    }
    let hit = (value.start + usize::from(goods)..end).find_map(|at| {
        let hit = amounts::amount_at(scan, at, desk)?;
        (hit.marked && hit.end < end).then_some(hit)
    })?;
    let amount = hit.end + usize::from(scan.token(hit.end).is_some_and(|t| t.is('.')));
    let mut at = amount;
    while at < end && scan.token(at).is_some_and(|t| t.is_any(",;–-:/") || leads_to_day(&t.folded))
    {
        at += 1;
    }
    let (when, behind) = dates::date_at(scan, at, desk.calendar())?;
    (at > hit.end && behind == end && when.day().is_some()).then_some((hit.end, at..end))
}

/// A word between goods and the day that they are wished for.
fn leads_to_day(word: &str) -> bool {
    words!(
        "for on by due delivery deliver am fur per auf zum bis den lieferung termin liefertermin pour le livraison \
         livrer au per il entro consegna para el entrega op voor levering tegen"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    fn days(text: &str) -> Vec<String> {
        at_desk(&[("HS-100", "Heat sink")], |desk| {
            let scan = Scan::whole(Part::Text, text);
            let found = super::super::fields::find(&scan, &|_| true, desk);
            let days = found.iter().filter(|f| f.label == Label::Delivery);
            days.map(|f| scan.run(f.value.clone()).to_owned()).collect()
        })
    }

    #[test]
    fn a_day_behind_an_amount_is_that_of_delivery() {
        for line in [
            "Product: HS-100, 40 pieces, 11 April",
            "Artikel HS-100, 40 Stk., 11. April 2025",
            "Art.-Nr. HS-100 40 Stk. auf 11.04.2025",
            "Code article : HS-100, 40 pièces, pour le 11 avril.",
        ] {
            assert_eq!(days(line).len(), 1, "{line}");
        }
    }

    #[test]
    fn another_day_is_not() {
        for line in [
            "Product: HS-100, 40 pieces, your quote of 11 March",
            "Product: HS-100, 40 pieces, 11 April or 18 April",
            "Product: HS-100, 40 pieces, not before 11 April",
            "Product: HS-100, 11 April",
        ] {
            assert_eq!(days(line), Vec::<String>::new(), "{line}");
        }
    }
}
