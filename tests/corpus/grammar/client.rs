//! The mail programs that send a form, and what they and people put around it.

use super::forms::{Form, Piece};
use super::words::Tongue;
use super::{Dice, Plan};

/// Writes the mail.
pub(crate) fn send(dice: &mut Dice, plan: &Plan, form: &Form) -> Vec<u8> {
    let tongue = plan.tongue;
    let subject = tongue.of(["Order", "Bestellung", "Commande", "Ordine"]);
    let subject = match dice.below(4) {
        0 => String::new(),
        1 => format!("{subject} 4 March"),
        _ => subject.to_owned(),
    };
    let domain = dice.pick(&["gardenworks.example", "other-customer.example"]);
    let id = dice.between(1, 1_000_000);
    let head = format!(
        "From: Kim Alder <kim@{domain}>\r\nTo: sales@ourcompany.example\r\nSubject: {subject}\r\n\
         Date: Wed, 04 Mar 2026 09:15:00 +0100\r\nMessage-ID: <{id}@{domain}>\r\nMIME-Version: 1.0\r\n"
    );
    let before = before(dice, tongue);
    let after = after(dice, tongue);
    let quoted = dice.chance(20);
    let plain = || {
        let mut text = before.clone().map(|line| line + "\n\n").unwrap_or_default();
        text.push_str(&plain(form));
        text.push_str(&after);
        if quoted {
            text.push_str(&quote(tongue));
        }
        text
    };
    let html = |nested: bool| {
        let mut text =
            before.clone().map(|l| format!("<p>{}</p>", escaped(&l))).unwrap_or_default();
        text.push_str(&html(form, nested));
        let after = escaped(after.trim()).replace('\n', "<br>\n");
        if !after.is_empty() {
            text.push_str(&format!("<p>{after}</p>"));
        }
        if quoted {
            text.push_str(
                "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, 2 Mar 2026 at 10:00, Sales \
                 &lt;sales@ourcompany.example&gt; wrote:<br></div><blockquote class=\"gmail_quote\">\
                 <table><tr><td>60456</td><td>250</td></tr></table>Please send 12 x TN/10</blockquote></div>",
            );
        }
        format!("<html><body>{text}</body></html>")
    };
    let body = match dice.below(4) {
        0 | 1 => format!(
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
            crlf(&plain())
        ),
        2 => format!(
            "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
            crlf(&html(dice.chance(30)))
        ),
        _ => format!(
            "Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: \
             text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n--b1\r\n\
             Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n\
             --b1--\r\n",
            crlf(&plain()),
            crlf(&html(false))
        ),
    };
    (head + &body).into_bytes()
}

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A remark before the order.
fn before(dice: &mut Dice, tongue: Tongue) -> Option<String> {
    let remarks = tongue.of([
        ["I hope you had a good weekend.", "Thank you for the quick delivery last time."],
        ["Besten Dank für die rasche Lieferung letzte Woche.", "Ich hoffe, es geht Ihnen gut."],
        ["J'espère que vous allez bien.", "Merci pour votre accueil de mardi."],
        ["Spero che stiate bene.", "Grazie per la vostra visita."],
    ]);
    dice.chance(10).then(|| dice.pick(&remarks).to_owned())
}

/// A greeting, a signature, a disclaimer, a telephone's last line.
fn after(dice: &mut Dice, tongue: Tongue) -> String {
    let mut text = String::from("\n");
    let greeting = tongue.of([
        "Kind regards",
        "Freundliche Grüsse",
        "Meilleures salutations",
        "Cordiali saluti",
    ]);
    if dice.chance(85) {
        text.push_str(greeting);
        text.push_str("\nKim Alder\n");
    }
    if dice.chance(50) {
        text.push_str(dice.pick(&[
            "-- \nKim Alder | Garden Works Ltd\n12 High Street, 3rd floor, Bristol BS1 4AA\nTel. +44 117 496 0182 | Fax 0117 496 0183\n",
            "\nGarden Works GmbH\nBahnhofstrasse 25, 8001 Zürich\nT 044 555 10 20  M 079 555 60 70\nwww.gardenworks.example\n",
            "\nAlder & Fils SA - Rue du Port 8 - 1820 Montreux\nTél. 021 555 30 40 - CHE-101.202.303 TVA\n",
        ]));
    }
    if dice.chance(15) {
        text.push_str(dice.pick(&[
            "\nThis message is confidential. If you are not the intended recipient, please delete it and notify us.\n",
            "\nDiese Nachricht ist vertraulich. Wenn Sie nicht der Empfänger sind, löschen Sie sie bitte.\n",
        ]));
    }
    if dice.chance(15) {
        text.push_str(tongue.of([
            "\nSent from my iPhone\n",
            "\nVon meinem iPhone gesendet\n",
            "\nEnvoyé de mon iPhone\n",
            "\nInviato da iPhone\n",
        ]));
    }
    text
}

/// An older mail with an order that must not be placed again.
fn quote(tongue: Tongue) -> String {
    let head = tongue.of([
        "On Mon, 2 Mar 2026 at 10:00, Sales <sales@ourcompany.example> wrote:",
        "Am 02.03.2026 um 10:00 schrieb Sales <sales@ourcompany.example>:",
        "Le 2 mars 2026 à 10:00, Sales <sales@ourcompany.example> a écrit :",
        "Il giorno 2 mar 2026, alle ore 10:00, Sales <sales@ourcompany.example> ha scritto:",
    ]);
    format!("\n{head}\n> Product: 60456\n> Quantity: 250\n>\n> Please send 12 x TN/10\n")
}

fn plain(form: &Form) -> String {
    let mut text = String::new();
    for piece in &form.pieces {
        match piece {
            Piece::Line(line) => {
                text.push_str(line);
                text.push('\n');
            }
            Piece::Gap => text.push('\n'),
            Piece::Table(rows) => {
                let columns = rows.first().map_or(0, Vec::len);
                let wide = |c: usize| {
                    rows.iter().map(|r| r[c].chars().count()).max().unwrap_or_default() + 3
                };
                let widths: Vec<usize> = (0..columns).map(wide).collect();
                for row in rows {
                    let mut line = String::new();
                    for (cell, width) in row.iter().zip(&widths) {
                        line.push_str(&format!("{cell:<width$}"));
                    }
                    text.push_str(line.trim_end());
                    text.push('\n');
                }
            }
        }
    }
    text
}

fn html(form: &Form, nested: bool) -> String {
    let mut text = String::new();
    for piece in &form.pieces {
        match piece {
            Piece::Line(line) => text.push_str(&format!("{}<br>\n", escaped(line))),
            Piece::Gap => text.push_str("<br>\n"),
            Piece::Table(rows) => {
                let cell = |cell: &String| {
                    format!("<td><p class=\"MsoNormal\">{}</p></td>", escaped(cell))
                };
                let row = |row: &Vec<String>| {
                    format!("<tr>{}</tr>\n", row.iter().map(cell).collect::<String>())
                };
                let table = format!(
                    "<table border=1>{}</table>\n",
                    rows.iter().map(row).collect::<String>()
                );
                let table = match nested {
                    true => format!("<table><tr><td>{table}</td></tr></table>"),
                    false => table,
                };
                text.push_str(&table);
            }
        }
    }
    text
}
