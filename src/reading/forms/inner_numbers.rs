//! Labels that a program numbers in their middle: `item_1_qty`, 'pos 2 menge', `items[0].sku`.

use super::labels::{self, Label};
use crate::reading::text::words;

/// The label of folded words, and its number.
pub(crate) fn label(words: &str) -> Option<(Label, u32)> {
    let (head, rest) = words.split_once([' '])?;
    if !counts(head) {
        return None;
    }
    let (number, tail) = rest.split_once(' ').filter(|(number, _)| number.len() <= 3)?;
    let number: u32 = number.parse().ok()?;
    let label = match tail {
        "code" | "id" | "sku" | "ref" | "reference" => Label::Code,
        "text" | "name" | "title" | "desc" => Label::Name,
        "due" | "date" => Label::Delivery,
        tail => labels::exact(tail)?,
    };
    label.is_of_line().then_some((label, number))
}

/// What programs count the lines of an order by.
fn counts(word: &str) -> bool {
    words!(
        "item items line lines row rows pos position product products produkt produkte artikel article articles zeile ligne lignes \
         poste articolo articoli riga righe articulo articulos linea lineas regel regels"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_within_labels() {
        for (words, want, number) in [
            ("item 1 qty", Label::Quantity, 1),
            ("pos 2 menge", Label::Quantity, 2),
            ("items 0 sku", Label::Code, 0),
            ("item 3 due", Label::Delivery, 3),
            ("line 12 product", Label::Product, 12),
            ("artikel 1 bezeichnung", Label::Name, 1),
            ("ligne 2 quantite", Label::Quantity, 2),
            ("riga 3 prezzo", Label::Price, 3),
            ("product 4 delivery date", Label::Delivery, 4),
        ] {
            assert_eq!(label(words), Some((want, number)), "{words}");
        }
    }

    #[test]
    fn other_numbers_are_within_no_label_of_a_line() {
        for (words, why) in [
            ("item 3 remarks", "no label"),
            ("room 3 code", "what is counted is no line"),
            ("item code 3", "the number stands behind"),
            ("item 3", "nothing is labelled"),
            ("3 qty", "nothing is counted"),
            ("item one qty", "no number"),
            ("item 2025 date", "a year"),
            ("item 1a code", "a number with a letter"),
            ("item 1 order number", "of the order, and no line"),
            ("item 1 order date", "of the order, and no line"),
            ("item 1 delivery address", "of a place"),
            ("item 1 total", "of what it comes to"),
            ("", "no words"),
        ] {
            assert_eq!(label(words), None, "{why}: {words}");
        }
    }
}
