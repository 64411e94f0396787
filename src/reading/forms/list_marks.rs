//! Bullets and numbers before the words of a list's line.

use std::ops::Range;

use super::fields::Field;
use crate::reading::text::{Kind, Scan};

/// The first token of a line behind its bullet or number.
pub(crate) fn behind_bullet(scan: &Scan<'_>, line: usize) -> usize {
    let Some(line) = scan.lines.get(line) else { return 0 };
    let mut at = line.tokens.start;
    while at < line.tokens.end
        && scan.token(at).is_some_and(|t| t.is_any("-*•·–—>+‣▪◦●○■□→»~") && t.kind == Kind::Mark)
    {
        at += 1;
    }
    // The hollow bullet of word processors, where it was pasted as a letter.
    let hollow = at == line.tokens.start
        && scan.token(at).is_some_and(|t| scan.words(t.span) == "o")
        && scan.token(at + 1).is_some_and(|t| t.kind == Kind::Word && !t.glued)
        && at + 1 < line.tokens.end;
    at + usize::from(hollow)
}

/// Behind '1.', '2)', '(3)', '4.)', 'a)'.
fn behind_number(scan: &Scan<'_>, at: usize) -> usize {
    let open = usize::from(scan.token(at).is_some_and(|t| t.is('(')));
    let short = scan.token(at + open).is_some_and(|t| {
        (t.kind == Kind::Digits && t.folded.len() <= 3)
            || (t.kind == Kind::Word && t.folded.len() == 1)
    });
    let closes = scan.token(at + open + 1).is_some_and(|t| t.glued && t.is_any(".)"));
    // '2.5' is a number, and 'Q.tà' a word.
    let letter = scan.token(at + open).is_some_and(|t| t.kind == Kind::Word);
    let glued =
        scan.token(at + open + 2).is_some_and(|t| t.glued && (letter || t.kind == Kind::Digits));
    let both = scan.token(at + open + 1).is_some_and(|t| t.is('.'))
        && scan.token(at + open + 2).is_some_and(|t| t.glued && t.is(')'));
    if short && closes && !glued { at + open + 2 + usize::from(both) } else { at }
}

/// The first token of a line behind its bullet and its number.
pub(crate) fn first_word(scan: &Scan<'_>, line: usize) -> usize {
    behind_number(scan, behind_bullet(scan, line))
}

/// The number of a list's line before the label that leads it.
pub(crate) fn number_before(scan: &Scan<'_>, field: &Field) -> Option<Range<usize>> {
    let span = field.label_span?;
    let label = scan.tokens.partition_point(|t| t.span.start < span.start);
    let begin = behind_bullet(scan, field.line);
    (behind_number(scan, begin) == label && begin < label).then_some(begin..label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn rest(text: &str) -> String {
        let scan = Scan::whole(Part::Text, text);
        scan.run(first_word(&scan, 0)..scan.tokens.len()).to_owned()
    }

    #[test]
    fn bullets_and_numbers_stand_before_the_words() {
        for text in [
            "- Quantity: 4",
            "• Quantity: 4",
            "o Quantity: 4",
            "1. Quantity: 4",
            "1.) Quantity: 4",
            "(2) Quantity: 4",
            "a) Quantity: 4",
            "* 3) Quantity: 4",
        ] {
            assert_eq!(rest(text), "Quantity: 4", "{text}");
        }
    }

    #[test]
    fn words_and_amounts_are_no_marks() {
        for text in ["2.5 kg", "o'ring 20", "O Quantity: 4", "20 pcs", "Q.tà: 4", "o 20 pcs"] {
            assert_eq!(rest(text), text);
        }
    }
}
