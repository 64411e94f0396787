//! Labels that are of all lines: 'Delivery date (for all three items)'.

use crate::reading::text::words;

/// The words before 'for all three items', 'pour toutes les lignes'.
pub(crate) fn before(words: &str) -> Option<&str> {
    let leads = words!("for fur pour per voor para");
    let all = words!(
        "all both alle beide tous toutes tout toute tutti tutte tutto entrambi todos todas todo"
    );
    let goods = words!(
        "the of them these two three four five six items item lines line positions position articles article products product goods parts pieces order \
         die der den drei vier funf sechs zwei artikel positionen position zeilen teile waren les des deux trois quatre cinq articles lignes postes pieces produits \
         gli i le e due tre quattro cinque articoli righe voci pezzi prodotti los las lineas articulos productos de drie vier twee artikelen regels"
    );
    let mut lead = 0;
    for word in words.split([' ']) {
        if lead > 0 && leads.has(word) {
            break;
        }
        lead += word.len() + 1;
    }
    let mut rest = words.get(lead..)?.split(' ').skip(1).peekable();
    let said = rest.next_if(|w| all.has(w)).is_some();
    (said && rest.all(|w| goods.has(w))).then(|| words.get(..lead - 1).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_all_is_no_part_of_a_label() {
        for (words, want) in [
            ("delivery date for all three items", Some("delivery date")),
            ("liefertermin fur alle positionen", Some("liefertermin")),
            ("date de livraison pour toutes les lignes", Some("date de livraison")),
            ("quantity for all boxes", None),
            ("delivery date for item", None),
        ] {
            assert_eq!(before(words), want, "{words}");
        }
    }
}
