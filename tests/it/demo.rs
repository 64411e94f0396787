//! The demo as a newcomer meets it: every mail ends as its name says.

use crate::cli::{err, out, postorder};

/// Each mail: how it is understood, and where its case stands, both by their beginnings.
const SCENES: [(&str, &str, &str); 13] = [
    ("01-order-three-blocks.eml", "order, 3 lines", "done: ordered"),
    ("02-order-short.eml", "order, 2 lines", "waits for the answer to our offer"),
    ("03-answer-1-other-products.eml", "1, 2 new lines", "done: ordered"),
    ("04-order-short-fr.eml", "order, 1 line", "waits for the answer to our offer"),
    ("05-answer-2-fr.eml", "2", "waits for replenishment of 1 line"),
    ("06-order-short-de.eml", "order, 1 line", "waits for the answer to our offer"),
    ("07-answer-3-de.eml", "3", "ended: cancelled by the customer"),
    ("08-format-error-it.eml", "incomplete, 2 problems", "waits for the corrected order"),
    ("09-corrected-it.eml", "order, 2 lines", "done: ordered"),
    ("10-unknown-product.eml", "not made here", "ended: nothing of it is made here"),
    ("11-out-of-office.eml", "automatic", "ended: an automatic mail"),
    ("12-order-barcode-it.eml", "order, 2 lines", "done: ordered"),
    ("(stock has come)", "", "done: ordered"),
];

#[test]
fn every_mail_of_the_demo_ends_as_its_name_says() {
    let output = postorder(&["demo", "--letters"]).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    let text = out(&output);
    let table: Vec<&str> = text.lines().filter(|line| line.starts_with('│')).collect();
    for (name, understood, state) in SCENES {
        let row = table.iter().find(|row| row.contains(name));
        let row = row.unwrap_or_else(|| panic!("{name} is not in {text}"));
        let after = row.split(name).nth(1).expect("a row").trim_start();
        assert!(after.starts_with(understood) && after.contains(state), "{row}");
    }
    assert!(text.contains("12 mails, 8 orders in Odoo, 13 letters"), "{text}");
    // The letters are in the customers' languages, and one goes to the supplier.
    for words in [
        "“Insufficient stock: PO 2288 - hinges [#122c771418975ad8-1]”",
        "“Stock insuffisant : Commande de roulettes pour portail [#",
        "“Nicht genügend Lagerbestand: Bestellung Distanzhuelsen [#",
        "31 febbraio 2026",
        "✉ to supplier@larch-turning.example",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(!text.contains("✉ to t.odwyer@odwyer-farm.example: “Re: Automatic"), "{text}");
}
