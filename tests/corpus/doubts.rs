//! Short mails that are nearly orders, and some that are: each line of a table is a way of writing.

use chrono::NaiveDate;
use postorder::reading::{CatalogFile, Intent, Reading};

use crate::{cases, root, score};

fn file() -> CatalogFile {
    cases::catalog(&root().join("grammar/catalog.json"))
}

fn read(subject: &str, body: &str, file: &CatalogFile) -> Reading {
    let mail = format!(
        "From: buyer@workshop.example\nTo: sales@ourcompany.example\nSubject: {subject}\n\
         Date: Wed, 04 Mar 2026 09:15:00 +0100\nMessage-ID: <1@workshop.example>\n\
         MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nHello,\n\n{body}\n\n\
         Kind regards\nLou\n"
    );
    score::read(mail.as_bytes(), file)
}

/// Sentences after which nothing may be ordered without a person.
const ASKED: &[&str] = &[
    // Bare numbers that correct or contradict.
    "Please send 10 FP-90.\n\nP.S. 15 would be better.",
    "Please send 10 not 20 FP-90.",
    "Please send 10 FP-90 (not 20).",
    "Please send ten (12) FP-90.",
    "Order:\n1 FP-90 10\n2 FP-900 20",
    "Product ID: 101\nQuantity: 10\nNote: please 12 if possible",
    "Please send 10 FP-90 and 5 FP-900.\n\nSorry, make that 15.",
    "Please send 50 FP-90: 20 on 20 March 2026 and 20 on 3 April 2026.",
    "Please send 20 FP-90 on 20 March 2026 or 30 on 3 April 2026.",
    "Please send 20 FP-90 on 20 March 2026 and 30 padlocks on 3 April 2026.",
    "Please send 10 FP-90 in the week of 16 March 2026.",
    "Please send 10 FP-90 by the 20th of the following month.",
    "Bitte 10 FP-90 liefern, Freitag in acht Tagen.",
    // Goods and a word that may say anything.
    "Bitte 20 FP-90 zurücknehmen.",
    "Bitte 5 FP-90 umtauschen.",
    "Bitte 5 FP-90 gutschreiben.",
    "Bitte 20 FP-90 anbieten.",
    "Bitte 5 FP-90 zurück bis 20. März 2026.",
    "Please 20 FP-90 back by 20 March 2026.",
    "Please 20 FP-90 to be credited.",
    // Another product than the code says.
    "Please send 10 FP-90, but coated.",
    "Please send 10 FP-90 in stainless steel.",
    "Please send 10 Rope clamps.",
    "Please send 4 gate padlocks 60.",
    "Product ID: 101 FP-900\nQuantity: 10",
    "Please send 80 washers M8 and 10 FP-90.",
    // Again and again, later, or not yet.
    "Please send 10 FP-90 per month.",
    "Please send 10 FP-90 every Monday.",
    "Wir bestellen 10 FP-90 auf Abruf.",
    "Nous commandons 10 FP-90 sur appel.",
    "Please reserve 10 FP-90 for us.",
    "Wir bestellen 10 FP-90 vorbehaltlich der Freigabe.",
    "Please send 10 FP-90 and wait with it until I call.",
    // Ordered before, or owned.
    "Second copy of our order: 10 FP-90.",
    "Please send 10 FP-90. We still have 5 FP-900.",
    "Please send 10 FP-90. 5 FP-900 were ordered by Tom already.",
    // Something beside the goods.
    "Please send 10 FP-90 drawings.",
    "Please send 10 FP-90 free of charge as replacement.",
    "If you have 10 FP-90 on the shelf, let me know and I will decide.",
    // No sure quantity or day.
    "Please send up to 10 FP-90.",
    "Please send 10 FP-90 max.",
    "Order:\n10 FP-90\n-5 FP-900",
    "Please send 10 FP-90 between 20 March 2026 and 25 March 2026.",
    "Please send 10 FP-90 not before 20 March 2026.",
    "Product ID: 101\nQuantity: 10\nDelivery Date: 20 March 2026\nDelivery Date: 27 March 2026",
    "Product ID: 101\nQuantity: 10\nDelivery Date: 20 March 2096",
    "Item  Stock  Min qty\nFP-90  3  10",
    // What is quoted in a mail that answers none.
    "Please send 10 FP-90\n> and 5 FP-900",
    // Said again, but less surely.
    "Prodotto: 60456\nQuantità: 1.400\n\ncirca 20 pezzi di 60456",
    // A small number is no code.
    "SKU: 101\nQuantity: 10",
    // A word on prices, before anything is ordered.
    "Product ID: 101\nQuantity: 10\n\nCan you confirm the prices?",
    "Our customer sent us this, can you confirm the prices?\n\nProduct ID: 101\nQuantity: 10",
    // Two days for one line.
    "Please send 10 FP-90. Delivery on 20 March 2026. Delivery on 27 March 2026.",
    "10 FP-90 please. For 20 March 2026. For 27 March 2026.",
    "10 FP-90 please. For 20 March 2026 or later.",
    // Small words that are harmless elsewhere.
    "Wir haben es uns doch anders überlegt: 20 FP-90 bis 20. März 2026.",
    "Vergiss die 20 FP-90 bis 20. März 2026.",
    "Mettez de côté 20 FP-90 pour le 20 mars 2026 svp.",
    "Avrei ordinato 20 FP-90 per il 20 marzo 2026.",
    "Gleich 20 FP-90 weniger bis 20. März 2026 bitte.",
    "Bitte 20 FP-90 express zurück bis 20. März 2026.",
    "Bitte 20 FP-90 wie immer, Lieferadresse wie immer.",
    "Merci d'ajouter 20 FP-90 à notre commande SO123 pour le 20 mars 2026.",
    "Bestellung: 20 FP-90 von unserem Lager bis 20. März 2026 abholen.",
    "No delivery date, no order: 20 FP-90.",
    "See https://shop.example/list?product=FP-90&quantity=20",
    "20 FP-90 would be great if you had them.",
    "20 FP-90 would be fine, but not now.",
    "Call-off 4711: 20 FP-90 are void.",
    "20 FP-90 delivered on 20 March 2026, thank you.",
];

/// Subjects that say that the form below is no order.
const SUBJECTS: &[&str] = &[
    "Cancellation",
    "Stornierung",
    "Retoure",
    "Return of goods",
    "Inventory",
    "Forecast April",
    "Anfrage",
    "Demande de prix",
    "Richiesta offerta",
    "Complaint",
    "Order confirmation",
    "Delivery note 4711",
    "Change of order 4711",
    "Revised PO 4711",
];

fn acts(reading: &Reading) -> bool {
    matches!(reading.intent, Intent::Order | Intent::Choice)
}

#[test]
fn what_is_not_certain_is_asked() {
    let file = file();
    for body in ASKED {
        let reading = read("Order", body, &file);
        assert!(!acts(&reading), "{body}\n{:?}", reading.lines);
        assert_ne!(reading.intent, Intent::Ignore, "{body}");
    }
}

/// A subject that says nothing, over goods and a word that may say anything.
#[test]
fn a_list_is_an_order_only_if_it_says_nothing_else() {
    let file = file();
    for subject in ["Hi", "FP-90"] {
        for body in [
            "20 FP-90 and 5 FP-900 back today",
            "20 FP-90 too late",
            "20 FP-90 not good",
            "20 FP-90 gone",
            "20 FP-90 here, thanks",
            "20 FP-90 rendus",
            "5 FP-90 zurück",
            "20 FP-90 restituiti grazie",
            "20 FP-90\nhave left our house",
        ] {
            assert!(!acts(&read(subject, body, &file)), "{subject}: {body}");
        }
        for body in ["20 FP-90 asap pls", "20 FP-90 and 5 FP-900 by 20 March 2026 please"] {
            assert!(acts(&read(subject, body, &file)), "{subject}: {body}");
        }
    }
}

#[test]
fn subjects_tell_what_a_form_is_for() {
    let file = file();
    let form = "Product ID: 101\nQuantity: 10";
    assert!(acts(&read("Order", form, &file)));
    for subject in SUBJECTS {
        let reading = read(subject, form, &file);
        assert!(!acts(&reading), "{subject}");
    }
}

/// Body → lines as 'quantity code [day]'.
const ORDERED: &[(&str, &[&str])] = &[
    ("Could you let us have 10 FP-90 by the 20th?", &["10 FP-90 2026-03-20"]),
    ("Bitte 10 FP-90 liefern, heute in drei Wochen.", &["10 FP-90 2026-03-25"]),
    ("Please send two hundred and fifty FP-90.", &["250 FP-90"]),
    ("Please send 100 60455 (2 bags).", &["100 60455"]),
    ("Vi ordiniamo 30 pezzi FP-90. Mi correggo: 35.", &["35 FP-90"]),
    ("Bitte 20 FP-90 liefern. Entschuldigung, es müssen 30 sein.", &["30 FP-90"]),
    (
        "Please send 20 FP-90 and 10 FP-900. Correction: 15 FP-900, not 10.",
        &["20 FP-90", "15 FP-900"],
    ),
    (
        "Please send 50 FP-90: 20 on 20 March 2026 and the remaining 30 on 3 April 2026.",
        &["20 FP-90 2026-03-20", "30 FP-90 2026-04-03"],
    ),
    (
        "Please send 50 FP-90: 20 on 20 March 2026 and the rest on 3 April 2026.",
        &["20 FP-90 2026-03-20", "30 FP-90 2026-04-03"],
    ),
    (
        "Nous commandons 20 pièces FP-90 pour le 20 mars 2026 et encore 20 pièces pour le 3 avril 2026.",
        &["20 FP-90 2026-03-20", "20 FP-90 2026-04-03"],
    ),
    ("Please send 12 each of FP-90, FP-900 and LK-GATE.", &["12 FP-90", "12 FP-900", "12 LK-GATE"]),
    ("Please send half a dozen TN/8 and a dozen TN/10.", &["6 TN/8", "12 TN/10"]),
    ("Please send 2 bags (50 pcs each) 60455.", &["100 60455"]),
    ("Bitte liefern Sie 1 Beutel Seilklemmen klein (50 Stück).", &["50 60455"]),
    ("Product ID ....... 101\nQuantity ......... 10", &["10 FP-90"]),
    ("Prodotto: FP-90\nQ.tà: 7", &["7 FP-90"]),
    ("Vi ordiniamo 5 pezzi Lucchetto cancello.", &["5 LK-GATE"]),
    ("Merci pour votre accueil de mardi.\n\nNous commandons 12 pièces FP-90.", &["12 FP-90"]),
    ("Site A: please send 10 FP-90\nSite B: please send 5 FP-900", &["10 FP-90", "5 FP-900"]),
    (
        "Product ID: 101\nQuantity: 10\nDelivery date: 20 March 2026. Thank you",
        &["10 FP-90 2026-03-20"],
    ),
    // Somebody orders so many; the word is no noun with a number.
    ("We order 20 FP-90 by 20 March 2026.", &["20 FP-90 2026-03-20"]),
    ("Please order 20 FP-90 and 5 FP-900.", &["20 FP-90", "5 FP-900"]),
    ("Je commande 20 FP-90 pour le 20 mars 2026.", &["20 FP-90 2026-03-20"]),
    ("Order 20 FP-90 by 20 March 2026.", &["20 FP-90 2026-03-20"]),
    ("Bestellung 20 FP-90 bis 20. März 2026.", &["20 FP-90 2026-03-20"]),
    ("Order 112 FP-90 20 pcs.", &["20 FP-90"]),
    // Nothing between label, mark and value; a count of items in the next line is none.
    ("product id=101\nquantity=3", &["3 FP-90"]),
    ("Delivery date: 24 Mar 2026\nItem: FP-90\nQuantity: 3", &["3 FP-90 2026-03-24"]),
    // Wishes in other words.
    ("10 FP-90 on 20 March 2026 would be brilliant.", &["10 FP-90 2026-03-20"]),
    ("Ten FP-90 for 20 March 2026, thank you.", &["10 FP-90 2026-03-20"]),
    ("Call-off TW-4711, please: 10 FP-90 and 5 FP-900.", &["10 FP-90", "5 FP-900"]),
    // What is said beside the goods, and changes nothing of them.
    ("Please send 20 FP-90. No delivery date, it is not urgent.", &["20 FP-90"]),
    ("Please send 20 FP-90. Please do not reply to this address.", &["20 FP-90"]),
    ("Bitte 20 FP-90. Lieferadresse wie immer.", &["20 FP-90"]),
    ("Schickt uns doch 20 FP-90 bis 20. März 2026.", &["20 FP-90 2026-03-20"]),
    ("20 FP-90 please. For 20 March 2026.", &["20 FP-90 2026-03-20"]),
    (
        "Bitte 20 FP-90 und 5 FP-900, dazu 10 LK-GATE, per Express.",
        &["20 FP-90", "5 FP-900", "10 LK-GATE"],
    ),
];

#[test]
fn ways_of_writing_are_read() {
    let file = file();
    for (body, want) in ORDERED {
        let reading = read("Order", body, &file);
        let line = |l: &postorder::reading::Line| {
            let day = l.delivery_date.map_or(String::new(), |d: NaiveDate| format!(" {d}"));
            format!("{} {}{day}", l.quantity.normalize(), l.product.default_code)
        };
        let found: Vec<String> = reading.lines.iter().map(line).collect();
        assert_eq!(found, *want, "{body}\n{:?}", reading.problems);
        assert_eq!(reading.intent, Intent::Order, "{body}");
    }
}

#[test]
fn an_address_in_a_sentence_is_read() {
    let file = file();
    let body =
        "Please send 10 FP-90 to our yard at 5 Mill Lane, Penrith CA11 7HR by 20 March 2026.";
    let reading = read("Order", body, &file);
    let address = reading.address.map(|a| a.value);
    assert_eq!(address.as_deref(), Some("5 Mill Lane, Penrith CA11 7HR"));
    assert_eq!(reading.lines.len(), 1);
}

/// An order that is announced as a file, without the file, is asked for; a question is for a person.
#[test]
fn a_forgotten_file_is_asked_for() {
    let file = file();
    for body in
        ["Im Anhang finden Sie unsere Bestellung 25/302.", "Please find our order attached."]
    {
        assert_eq!(read("Order", body, &file).intent, Intent::Incomplete, "{body}");
    }
    for body in ["Please find our order attached. When will it be here?", "Order follows."] {
        assert_eq!(read("Order", body, &file).intent, Intent::Review, "{body}");
    }
}
