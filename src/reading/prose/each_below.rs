//! One amount for each of the goods on the lines below it: 'We order 12 pcs each of', 'HS-100', 'HS-200'.

use super::mentions::{Mention, What, within};
use crate::reading::text::stretches::{is_amount, is_product};
use crate::reading::text::{Kind, Scan, TextLine, words};

/// Most lines of goods.
const MOST: usize = 60;

/// Whether a line of nothing but goods stands below the words that count each of them, with nothing
/// but other such lines between.
pub(crate) fn goes_on(scan: &Scan<'_>, before: usize, line: usize, found: &[Mention]) -> bool {
    if !names_only(scan, line, found) {
        return false;
    }
    let blank = |line: usize| scan.lines.get(line).is_none_or(TextLine::is_blank);
    let mut above = (0..=before).rev().take(MOST);
    let Some(lead) = above.find(|line| !blank(*line) && !names_only(scan, *line, found)) else {
        return false;
    };
    // What stands apart below the first row may be something else.
    let first = (lead + 1..=line).find(|line| !blank(*line)).unwrap_or(line);
    leads(scan, lead, found) && !(first..line).any(blank) && are_several(scan, first, found)
}

/// Whether there is more than one such line, and no number below them that might count one again.
fn are_several(scan: &Scan<'_>, first: usize, found: &[Mention]) -> bool {
    let behind = (first..first + MOST).find(|line| !names_only(scan, *line, found));
    let counts = |line: usize| {
        let tokens = scan.lines.get(line).map_or(0..0, |l| l.tokens.clone());
        let inside = within(found, &tokens);
        inside.iter().any(is_amount) && !inside.iter().any(is_product)
    };
    behind.is_some_and(|behind| behind > first + 1 && !counts(behind))
}

/// A line with one product and nothing else but a mark before or behind it.
fn names_only(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let Some(tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { return false };
    let [only] = within(found, &tokens) else { return false };
    let mark = |at: usize| scan.token(at).is_some_and(|t| t.is_any("-\u{2013}*\u{2022},."));
    is_product(only)
        && only.tokens.end <= tokens.end
        && tokens.into_iter().filter(|at| !only.tokens.contains(at)).all(mark)
}

/// A line that ends with 'each of' or 'je 12 Stück:', and names no goods itself.
fn leads(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let Some(tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { return false };
    let [Mention { what: What::Amount { each: true, .. }, tokens: amount }] =
        within(found, &tokens)
    else {
        return false;
    };
    let last = tokens.end.checked_sub(1).and_then(|at| scan.token(at));
    let opens = last.is_some_and(|t| {
        t.is(':') || t.kind == Kind::Word && words!("of von de di van").has(&t.folded)
    });
    // 'Je 12 Stück der folgenden Artikel:'
    let small = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.is_any(":,")
                || words!(
                    "each of the following these items parts articles products below von der den dieser folgenden nachstehenden artikel artikeln teile \
                     chacun chacune chaque de des du les ces articles suivants produits references suivantes ciascuno ciascuna di dei delle seguenti articoli \
                     prodotti cada uno los siguientes articulos elk van volgende artikelen"
                )
                .has(&t.folded)
        })
    };
    opens && (amount.end..tokens.end).all(small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::prose::mentions;
    use crate::reading::types::Part;

    /// Whether the last line of a text goes on with the amount above the goods.
    fn goes_on(text: &str, last: usize) -> bool {
        let products = [("HS-100", "Heat sink"), ("HS-200", "Heat pipe"), ("GH-20", "Housing")];
        at_desk(&products, |desk| {
            let scan = Scan::whole(Part::Text, text);
            let free = vec![true; scan.tokens.len()];
            let (found, _) = mentions::find(&scan, &free, desk);
            super::goes_on(&scan, last - 1, last, &found)
        })
    }

    #[test]
    fn each_of_the_lines_below_is_counted() {
        for text in [
            "We order 12 pcs each of\nHS-100\nHS-200",
            "12 pcs each of the following items:\n- HS-100\n- HS-200",
            "Wir bestellen je 12 Stück von:\nHS-100,\nHS-200,",
            "Bitte je 12 Stück der folgenden Artikel:\n* HS-100\n* HS-200",
        ] {
            assert!(goes_on(text, 2), "{text}");
        }
        assert!(goes_on("We order 12 pcs each of\nHS-100\nHS-200\nGH-20", 3));
        assert!(goes_on("We order 12 pcs each of\n\nHS-100\nHS-200\n\nThank you.", 3));
    }

    #[test]
    fn other_lines_below_are_counted_by_themselves() {
        for (text, why) in [
            ("We order 12 pcs of\nHS-100\nHS-200", "it is not said that each is"),
            ("We order 12 pcs each of HS-100\nHS-100\nHS-200", "the amount has its goods"),
            ("We order 12 pcs each next week\nHS-100\nHS-200", "nothing leads to the lines"),
            ("We order 12 pcs each of\nHS-100\nnot HS-200", "the line says more"),
            ("We order 12 pcs each of\nHS-100\nHS-200 5 pcs", "the line has its own amount"),
            ("We order 12 pcs each of\nHS-100\nHS-200\n5 pcs", "an amount stands below"),
            ("5 pcs HS-100 and 12 pcs each of\nHS-100\nHS-200", "two amounts lead"),
        ] {
            assert!(!goes_on(text, 2), "{why}: {text}");
        }
        assert!(!goes_on("We order 12 pcs each of\nHS-100", 1), "one line is not each of some");
        let apart = "We order 12 pcs each of\nHS-100\nHS-200\n\nGH-20";
        assert!(!goes_on(apart, 4), "what stands apart may be something else");
    }
}
