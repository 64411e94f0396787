//! Subjects.

use super::{clean, token};
use crate::flow::LetterKind;

/// No more of the customer's subject than this comes back.
const MAX_THEIRS: usize = 78;
/// Longest subject before its token.
const MAX: usize = 150;

/// Marks of answers and forwarded mails, as mail programs of our languages write them.
const MARKS: [&str; 22] = [
    "re", "aw", "antw", "antwort", "sv", "vs", "rif", "r", "i", "fw", "fwd", "wg", "tr", "rép",
    "rep", "réf", "ref", "inoltra", "doorst", "res", "rv", "enc",
];

/// The customer's subject as letters repeat it: cleaned, without our tokens and without marks of
/// answering, so that those do not pile up.
pub(super) fn theirs(subject: &str) -> String {
    let subject = token::without_tokens(&clean::header(subject, MAX * 2));
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        let mark = mark.trim().to_lowercase();
        // `Re[2]:` and `AW (3):` count their answers.
        let name = mark.trim_end_matches(|c: char| "[]() ".contains(c) || c.is_ascii_digit());
        if !MARKS.contains(&name) {
            break;
        }
        rest = after.trim();
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    clean::cut(&words.join(" "), MAX_THEIRS)
}

/// The whole subject: what the template says, and the token where the letter may be answered.
pub(super) fn whole(kind: LetterKind, said: &str, token: &str) -> String {
    let said = clean::header(&token::without_tokens(&clean::header(said, MAX * 2)), MAX);
    if answerable(kind) {
        format!("{said} {}", token::in_subject(token)).trim().to_owned()
    } else {
        said
    }
}

/// Whether an answer to this letter continues its case.
fn answerable(kind: LetterKind) -> bool {
    match kind {
        LetterKind::Offer
        | LetterKind::AskedAgain
        | LetterKind::Reminder
        | LetterKind::Incomplete
        | LetterKind::Request => true,
        LetterKind::Confirmation
        | LetterKind::NotMade
        | LetterKind::Replenishment
        | LetterKind::Cancelled
        | LetterKind::Expired
        | LetterKind::Held => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_marks_of_answering_off() {
        for (theirs_was, kept) in [
            ("Order pump parts", "Order pump parts"),
            ("Re: AW: RE: Order", "Order"),
            ("TR : Commande n° 12: urgent", "Commande n° 12: urgent"),
            ("Re[2]: Order", "Order"),
            ("AW (3): Bestellung", "Bestellung"),
            ("Order: 12 clamps", "Order: 12 clamps"),
            ("Re: ", ""),
            ("", ""),
            ("AW: Lager [#0123456789abcdef-2]", "Lager"),
        ] {
            assert_eq!(theirs(theirs_was), kept, "{theirs_was}");
        }
    }

    #[test]
    fn the_token_survives_the_longest_subject() {
        let long = whole(LetterKind::Offer, &"word ".repeat(1000), "0123456789abcdef-2");
        assert!(long.ends_with("… [#0123456789abcdef-2]"), "{long}");
        assert!(long.chars().count() < 180);
        assert!(!whole(LetterKind::Held, "Re: x", "0123456789abcdef-2").contains('#'));
    }
}
