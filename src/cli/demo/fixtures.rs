//! The mails of the demo. The files in `maildir-fixtures/` are the source; the binary holds copies.

/// A mail of the demo.
pub(super) struct Fixture {
    /// Name of its file.
    pub(super) name: &'static str,
    /// The mail, as a mail server leaves it in a maildir.
    pub(super) mail: &'static [u8],
    /// What it is there to show.
    pub(super) shows: &'static str,
}

macro_rules! fixture {
    ($name:literal, $shows:literal) => {
        Fixture {
            name: $name,
            mail: include_bytes!(concat!("../../../maildir-fixtures/", $name)),
            shows: $shows,
        }
    };
}

/// All mails, in the order played. An answer names the letter that it answers by its Message-ID:
/// that follows from the mail that the letter answered, so it is the same in every run.
pub(super) const FIXTURES: [Fixture; 12] = [
    fixture!("01-order-three-blocks.eml", "an order of three blocks, for two delivery dates"),
    fixture!("02-order-short.eml", "more hinges than there are: the rest is ordered at once"),
    fixture!("03-answer-1-other-products.eml", "answer 1 to the offer, with other products"),
    fixture!("04-order-short-fr.eml", "in French: a product that is out of stock"),
    fixture!("05-answer-2-fr.eml", "answer 2: to wait until the supplier has delivered"),
    fixture!("06-order-short-de.eml", "in German: a product that is out of stock"),
    fixture!("07-answer-3-de.eml", "answer 3: cancelled"),
    fixture!("08-format-error-it.eml", "in Italian: February 31, and a quantity is missing"),
    fixture!("09-corrected-it.eml", "the same order, corrected by a reply"),
    fixture!("10-unknown-product.eml", "a product that we do not make"),
    fixture!("11-out-of-office.eml", "an automatic mail, which must never be answered"),
    fixture!("12-order-barcode-it.eml", "by barcode, in metres"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{CaseKey, LetterKind};
    use crate::letters::message_id;
    use crate::mail::{Limits, Mail, OwnAddresses, parse};

    fn read(name: &str) -> Mail {
        let fixture = FIXTURES.iter().find(|fixture| fixture.name == name).expect("a fixture");
        parse(fixture.mail, &Limits::default(), &OwnAddresses::default())
    }

    /// The answers' headers hold what our letters' Message-IDs are.
    #[test]
    fn answers_name_the_letters_that_they_answer() {
        for (answer, question, kind) in [
            ("03-answer-1-other-products.eml", "02-order-short.eml", LetterKind::Offer),
            ("05-answer-2-fr.eml", "04-order-short-fr.eml", LetterKind::Offer),
            ("07-answer-3-de.eml", "06-order-short-de.eml", LetterKind::Offer),
            ("09-corrected-it.eml", "08-format-error-it.eml", LetterKind::Incomplete),
        ] {
            let token = format!("{}-1", CaseKey::of(&read(question).id));
            let letter = message_id(kind, &token, "mycompany.example");
            assert_eq!(read(answer).in_reply_to, [letter], "{answer}");
            assert!(read(answer).subject.contains(&token), "{answer}: {}", read(answer).subject);
        }
    }

    /// Every `.eml` file of the folder is played, and each is its own mail.
    #[test]
    fn the_folder_holds_these_mails_and_no_others() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/maildir-fixtures");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
            .filter(|name| name != "catalog.json")
            .collect();
        files.sort();
        assert_eq!(files, FIXTURES.map(|fixture| fixture.name));
        let ids: std::collections::BTreeSet<_> = files.iter().map(|name| read(name).id).collect();
        assert_eq!(ids.len(), files.len());
    }
}
