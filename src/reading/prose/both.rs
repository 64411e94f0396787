//! One amount for both of two products: '6 of both', 'von beiden 20 Stück', '8 pezzi di entrambe'.

use std::ops::Range;

use crate::reading::text::{Scan, words};

/// Whether an amount is said to be of both.
pub(crate) fn counts(scan: &Scan<'_>, amount: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let of = |at: usize| words!("of von de di van").has(word(at));
    let both = |at: usize| words!("both beiden beide entrambi entrambe ambos ambas").has(word(at));
    // 'Des deux', 'de los dos'
    let two = |at: usize| {
        word(at) == "des" && word(at + 1) == "deux"
            || word(at) == "de" && words!("los las").has(word(at + 1)) && word(at + 2) == "dos"
    };
    let start = amount.start;
    let behind = of(amount.end) && both(amount.end + 1) || two(amount.end);
    let before = start >= 2 && (of(start - 2) && both(start - 1) || two(start - 2))
        || start >= 3 && two(start - 3) && word(start - 1) == "dos";
    (behind || before) && !is_sum(scan, start)
}

/// 'Twenty of both together': the amount is that of all.
fn is_sum(scan: &Scan<'_>, at: usize) -> bool {
    let line = scan.token(at).and_then(|t| scan.lines.get(t.line)).map(|line| line.tokens.clone());
    line.unwrap_or_default().any(|at| {
        scan.token(at).is_some_and(|t| {
            words!(
                "together total altogether combined mixed overall sum zusammen insgesamt total gesamt gemischt summe totale tout ensemble total melange \
                 panaches insieme complessivi complessivamente misti totale juntos juntas totaal samen gemengd half halb halbe moitie meta mitad helft"
            )
            .has(&t.folded)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn both_are_counted_by_one_amount() {
        let counts =
            |text: &str, at: usize, end: usize| counts(&Scan::whole(Part::Text, text), &(at..end));
        assert!(counts("6 of both", 0, 1));
        assert!(counts("von beiden 20 Stück", 2, 4));
        assert!(counts("8 pezzi di entrambe", 0, 2));
        assert!(counts("15 pièces des deux", 0, 2));
        assert!(counts("de los dos 6", 3, 4));
        assert!(!counts("20 of both together", 0, 1));
        assert!(!counts("von beiden zusammen 20 Stück", 3, 5));
        assert!(!counts("6 of these", 0, 1));
        assert!(!counts("both 6", 1, 2));
    }
}
