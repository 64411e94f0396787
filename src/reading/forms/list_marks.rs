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

/// Lines between two items of a numbered list, at the most.
const APART: usize = 12;

/// Behind '1/', '2-' and '3°)', at the beginning of a line: marks that stand behind amounts and parts
/// of codes, too, so that they number only what counts itself.
pub(crate) fn behind_counter(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let (own, end) = counter(scan, at)?;
    let line = scan.token(at)?.line;
    let says = |line: usize| {
        let filled = scan.lines.get(line).is_some_and(|line| !line.is_blank());
        let told = filled.then(|| counter(scan, behind_bullet(scan, line))).flatten();
        told.map(|(number, _)| number)
    };
    let (found, sought) = if own == 1 {
        ((line + 1..scan.lines.len()).take(APART).find_map(says), 2)
    } else {
        ((0..line).rev().take(APART).find_map(says), own.checked_sub(1)?)
    };
    (found == Some(sought)).then_some(end)
}

/// The number of such a mark that leads its line, and the token behind it.
fn counter(scan: &Scan<'_>, at: usize) -> Option<(u32, usize)> {
    let token = scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2)?;
    let glued = |at: usize, marks: &str| scan.token(at).is_some_and(|t| t.glued && t.is_any(marks));
    let end = match (glued(at + 1, "°º"), glued(at + 2, ")./-")) {
        (true, second) => at + 2 + usize::from(second),
        (false, _) if glued(at + 1, "/-–") => at + 2,
        (false, _) => return None,
    };
    let apart = scan.token(end).is_none_or(|t| !t.glued);
    (apart && behind_bullet(scan, token.line) == at)
        .then(|| Some((token.folded.parse().ok()?, end)))?
}

/// Behind '1.', '2)', '(3)', '4.)', 'a)', and '1/' of a list that counts itself.
fn behind_number(scan: &Scan<'_>, at: usize) -> usize {
    if let Some(end) = behind_counter(scan, at) {
        return end;
    }
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

/// Whether a number of a list stands there: '1)', '2.', 'a)', and '1/' of one that counts itself.
pub(crate) fn numbers(scan: &Scan<'_>, at: usize) -> bool {
    let mark = |marks: &str| scan.token(at + 1).is_some_and(|t| t.glued && t.is_any(marks));
    let closed = scan.token(at).is_some_and(|t| match t.kind {
        Kind::Digits => t.folded.len() <= 2 && mark(".)"),
        Kind::Word => t.folded.len() == 1 && mark(")"),
        Kind::Mark => false,
    });
    closed && scan.token(at + 2).is_some_and(|t| !t.glued) || behind_counter(scan, at).is_some()
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
    fn other_marks_number_what_counts_itself() {
        let behind = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            let filled = scan.lines.iter().filter(|l| !l.is_blank());
            filled.filter(|l| behind_counter(&scan, l.tokens.start).is_some()).count()
        };
        for text in
            ["1/ 20 A\n2/ 30 B", "1- A\n20 pcs\n\n2- B\n30 pcs", "1°) A\n2°) B", "1° A\n2° B"]
        {
            assert_eq!(behind(text), 2, "{text}");
        }
        for text in ["1/ 20 A", "5- A\n7- B", "1/2 A\n2/3 B", "20- A\n30- B", "1/ A\n3/ B"] {
            assert_eq!(behind(text), 0, "{text}");
        }
    }

    #[test]
    fn words_and_amounts_are_no_marks() {
        for text in ["2.5 kg", "o'ring 20", "O Quantity: 4", "20 pcs", "Q.tà: 4", "o 20 pcs"] {
            assert_eq!(rest(text), text);
        }
    }
}
