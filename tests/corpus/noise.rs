//! Mails that are no orders: what fills an inbox between the orders. Most name our products, with
//! numbers beside them.

use crate::grammar::Dice;

/// A mail, and whether no letter may answer it.
#[derive(Debug)]
pub(crate) struct Noise {
    /// What it is.
    pub(crate) name: &'static str,
    /// The mail.
    pub(crate) mail: Vec<u8>,
    /// Automatic: to be ignored.
    pub(crate) automatic: bool,
}

const PRODUCTS: &[&str] = &[
    "FP-90",
    "Fence post 90",
    "HG-4-L",
    "60455",
    "Rope clamp, large",
    "TN/10",
    "SD-GRASS",
    "Zaunpfosten 90",
    "Tendeur M8",
    "Cerniera cancello destra",
    "WD-25",
    "Lawn seed",
];

/// Templates: name, automatic, further headers, subject, body. `{p}` is a product, `{n}` a number,
/// `{d}` a date.
type Template = (&'static str, bool, &'static str, &'static str, &'static str);

const TEMPLATES: &[Template] = &[
    (
        "bounce",
        true,
        "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
        "Undelivered Mail Returned to Sender",
        "--b\n\nYour message could not be delivered.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; x@y.example\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/plain\n\nProduct: {p}\nQuantity: {n}\n--b--\n",
    ),
    (
        "bounce by hand of a server",
        true,
        "Return-Path: <>",
        "failure notice",
        "Hi. This is the qmail-send program.\nI could not deliver your message.\n\n{n} x {p}\n",
    ),
    (
        "out of office",
        true,
        "Auto-Submitted: auto-replied",
        "Automatic reply: Order",
        "I am out of the office until {d}. For orders of {n} {p} please contact my colleague.",
    ),
    (
        "abwesend",
        true,
        "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All",
        "Automatische Antwort: Bestellung",
        "Ich bin bis {d} nicht im Büro.\n\nBestellung: {n} Stück {p}",
    ),
    (
        "absence",
        true,
        "Precedence: auto_reply",
        "Réponse automatique : commande",
        "Je suis absent jusqu'au {d}. Merci d'envoyer vos {n} {p} à l'accueil.",
    ),
    (
        "fuori sede",
        true,
        "X-Autoreply: yes",
        "Risposta automatica: ordine",
        "Sono fuori sede fino al {d}. {n} pezzi {p}",
    ),
    (
        "newsletter",
        true,
        "List-Unsubscribe: <mailto:u@shop.example>\nList-Id: <news.shop.example>\nPrecedence: bulk",
        "{n} new offers for your garden",
        "Order {n} x {p} now and save 10 %! Only until {d}.\nUnsubscribe here.",
    ),
    (
        "mailing list",
        true,
        "List-Id: <buyers.group.example>\nList-Post: <mailto:buyers@group.example>",
        "[buyers] who needs {p}?",
        "We order {n} x {p} next week, who joins?",
    ),
    (
        "receipt",
        true,
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        "Read: Order {n}",
        "--b\n\nYour message was read: {n} x {p}\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;x@y.example\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n",
    ),
    (
        "invitation",
        true,
        "Content-Type: text/calendar; method=REQUEST; charset=utf-8",
        "Meeting about {p}",
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:{n} x {p}\nDTSTART:20260310T090000Z\nEND:VEVENT\nEND:VCALENDAR\n",
    ),
    (
        "invoice",
        false,
        "",
        "Invoice {n}",
        "Dear customer,\n\nplease find our invoice no. {n} for:\n\n{p}   {n} pcs   12.50   125.00\n\nPayable within 30 days, by {d}.",
    ),
    (
        "rechnung",
        false,
        "",
        "Rechnung {n}",
        "Guten Tag\n\nWir erlauben uns, Ihnen wie folgt Rechnung zu stellen:\n\nArtikel: {p}\nMenge: {n}\nBetrag: CHF 240.00\n\nRechnungsnummer: 2026-{n}, zahlbar bis {d}.",
    ),
    (
        "delivery note",
        false,
        "",
        "Delivery note {n}",
        "The goods below left our works today:\n\n{p}  {n} pcs\n\nThey will reach you on {d}.",
    ),
    (
        "price question",
        false,
        "",
        "Question",
        "Hello,\n\nwhat would be your price for {n} x {p}, delivered by {d}?\n\nThanks",
    ),
    (
        "preisanfrage",
        false,
        "",
        "Anfrage",
        "Guten Tag\n\nBitte offerieren Sie uns {n} Stück {p}.\n\nFreundliche Grüsse",
    ),
    (
        "demande de prix",
        false,
        "",
        "Demande de prix",
        "Bonjour,\n\npourriez-vous nous faire une offre pour {n} pièces {p} ?\n\nMerci",
    ),
    (
        "richiesta",
        false,
        "",
        "Richiesta di offerta",
        "Buongiorno,\n\nvorremmo un preventivo per {n} pezzi {p}.\n\nGrazie",
    ),
    (
        "complaint",
        false,
        "",
        "Damaged goods",
        "Hello,\n\n{n} of the {p} delivered on {d} are damaged. Please send replacements for {n} pieces.\n",
    ),
    (
        "reklamation",
        false,
        "",
        "Reklamation",
        "Guten Tag\n\nVon den gelieferten {n} Stück {p} sind 3 verkratzt. Bitte um Ersatz.\n",
    ),
    (
        "change",
        false,
        "",
        "Order {n}",
        "Please change the quantity of {p} in our order {n} to 30 pieces.",
    ),
    (
        "cancel",
        false,
        "",
        "Storno",
        "Bitte stornieren Sie unsere Bestellung {n} über {n} Stück {p}.",
    ),
    (
        "where is it",
        false,
        "",
        "Lieferung",
        "Wo bleibt unsere Bestellung von {n} {p}? Sie sollte am {d} hier sein.",
    ),
    ("stock question", false, "", "stock", "Do you have {n} {p} in stock?"),
    (
        "private",
        false,
        "",
        "Saturday",
        "Hi Kim,\n\nshall we meet at {n} Mill Lane on {d}? I can bring 2 bottles. Call me on 079 555 {n} 33.\n",
    ),
    (
        "job",
        false,
        "",
        "Bewerbung",
        "Sehr geehrte Damen und Herren,\n\nhiermit bewerbe ich mich als Lagerist. Ich habe {n} Jahre Erfahrung und könnte am {d} beginnen.\n",
    ),
    (
        "advertising",
        false,
        "",
        "Web design offer",
        "We make web sites for 499 EUR, {n} customers trust us. Answer by {d}.",
    ),
    ("thanks", false, "", "Danke", "Besten Dank, die {n} Stück {p} sind heute gut angekommen."),
    (
        "order confirmation of a supplier",
        false,
        "",
        "Order confirmation {n}",
        "Thank you for your order. We confirm:\n\n{n} x {p}, delivery {d}\n\nYour supplier",
    ),
    (
        "bank",
        false,
        "",
        "Zahlungseingang",
        "Wir haben CHF {n}.00 am {d} gutgeschrieben. Referenz {p}.",
    ),
    (
        "hypothetical",
        false,
        "",
        "Planung",
        "Wenn wir im Herbst {n} Stück {p} bestellen sollten, wie lange wäre die Lieferzeit?",
    ),
    ("usual", false, "", "the usual", "Same as last time please: the usual quantity of {p}."),
    (
        "return",
        false,
        "",
        "Return",
        "We would like to return {n} x {p}, they do not fit. Please send us a credit note.",
    ),
    ("empty", false, "", "", "\n"),
    ("photo", false, "", "FYI", "See below\n\n"),
];

const DATES: &[&str] =
    &["10 April 2026", "12.05.2026", "2026-06-01", "3. Juni 2026", "15 mai 2026", "8 luglio 2026"];

/// So many mails that are no orders.
pub(crate) fn mails(seed: u64, count: usize) -> Vec<Noise> {
    (0..count)
        .map(|number| {
            let mut dice = Dice::new(seed.wrapping_mul(7_919).wrapping_add(number as u64));
            let template = TEMPLATES[number % TEMPLATES.len()];
            write(&mut dice, number, &template)
        })
        .collect()
}

fn write(dice: &mut Dice, number: usize, template: &Template) -> Noise {
    let (name, automatic, headers, subject, body) = *template;
    let fill = |dice: &mut Dice, text: &str| {
        let mut filled = text.to_owned();
        for (mark, words) in [("{p}", PRODUCTS), ("{d}", DATES)] {
            while filled.contains(mark) {
                filled = filled.replacen(mark, dice.pick(words), 1);
            }
        }
        while filled.contains("{n}") {
            filled = filled.replacen("{n}", &dice.between(2, 900).to_string(), 1);
        }
        filled
    };
    let subject = fill(dice, subject);
    let mut body = fill(dice, body);
    let plain = !headers.contains("Content-Type");
    if plain {
        mutate(dice, &mut body);
    }
    let kind = match plain {
        true => "Content-Type: text/plain; charset=utf-8\n",
        false => "",
    };
    let headers = match headers {
        "" => String::new(),
        some => format!("{some}\n"),
    };
    let mail = format!(
        "From: Somebody <somebody@elsewhere{number}.example>\nTo: sales@ourcompany.example\n\
         Subject: {subject}\nDate: Wed, 04 Mar 2026 09:15:00 +0100\nMessage-ID: <n{number}@elsewhere.example>\n\
         MIME-Version: 1.0\n{kind}{headers}\n{body}"
    );
    Noise { name, mail: mail.replace('\n', "\r\n").into_bytes(), automatic }
}

/// What people and programs do to a text without changing what it is.
fn mutate(dice: &mut Dice, body: &mut String) {
    match dice.below(8) {
        0 => *body = body.to_uppercase(),
        1 => *body = body.replace('\n', "\n\n"),
        2 => body.push_str("\n\n-- \nTel. 044 555 12 34\n8000 Zürich\n"),
        3 => *body = format!("- {}", body.replace('\n', "\n- ")),
        4 => body.push_str("\nSent from my iPhone\n"),
        5 => body.push_str("\n\nOn Mon, 2 Mar 2026 at 10:00, Sales <sales@ourcompany.example> wrote:\n> Please send 12 x TN/10\n> Menge: 20\n"),
        6 => *body = body.replace(". ", ".\n"),
        _ => {}
    }
}
