//! Labels that a program numbers in their middle: `item_1_qty`, 'pos 2 menge', `items[0].sku`.

use super::labels::{self, Label};
use crate::reading::text::words;

/// The label of folded words, and its number.
pub(crate) fn label(words: &str) -> Option<(Label, u32)> {
    let (head, rest) = words.split_once(' ')?;
    let (number, tail) = rest.split_once(' ')?;
    if !counts(head) || number.len() > 3 {
        return None;
    }
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
        assert_eq!(label("item 1 qty"), Some((Label::Quantity, 1)));
        assert_eq!(label("pos 2 menge"), Some((Label::Quantity, 2)));
        assert_eq!(label("items 0 sku"), Some((Label::Code, 0)));
        assert_eq!(label("item 3 due"), Some((Label::Delivery, 3)));
        assert_eq!(label("item 3 remarks"), None);
        assert_eq!(label("room 3 code"), None);
        assert_eq!(label("item code 3"), None);
    }
}
