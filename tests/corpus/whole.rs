//! Small mails, each whole and with what it orders: the shortest in which a rule about several sentences,
//! days or amounts holds or does not.

use std::fs;
use std::path::Path;

use postorder::reading::{CatalogFile, Intent, Reading};

use crate::score::read;

/// What stands for a mail that orders nothing by itself.
const NOTHING: &str = "-";

/// The mails of a file that are read otherwise than it says; and how many there are.
pub(crate) fn others(path: &Path, file: &CatalogFile) -> (usize, Vec<String>) {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let told = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read_otherwise = |line: &str| {
        let (want, mail) = line.split_once(" <= ").expect("what it orders, an arrow, the mail");
        let (subject, body) = mail.split_once('|').expect("a subject, a bar, the text");
        let bytes = if subject.is_empty() { answer(body) } else { order(subject, body) };
        let got = told_of(&read(bytes.as_bytes(), file));
        (got != want).then(|| format!("{line} (read: {got})"))
    };
    (told.clone().count(), told.filter_map(read_otherwise).collect())
}

/// What a reading acts on, as the file writes it.
fn told_of(reading: &Reading) -> String {
    let line = |line: &postorder::reading::Line| {
        let day = line.delivery_date.map(|day| format!(" {day}")).unwrap_or_default();
        format!("{} {}{day}", line.product.default_code, line.quantity.normalize())
    };
    match (reading.intent, reading.choice.as_ref().map(|choice| u8::from(choice.value))) {
        (Intent::Order, _) => reading.lines.iter().map(line).collect::<Vec<_>>().join("; "),
        (Intent::Choice, Some(choice)) => format!("choice {choice}"),
        _ => NOTHING.to_owned(),
    }
}

fn order(subject: &str, body: &str) -> String {
    mail(&format!("Subject: {subject}"), body)
}

/// A reply to an offer, above its quote.
fn answer(body: &str) -> String {
    const QUOTE: &str = "\n\n> Dear customer,\n>\n> thank you for your order S00246. Unfortunately we have \
        insufficient stock for:\n>\n> - [WM-GUARD] Work machine guard: ordered 6, available 4\n>\n\
        > Please answer this mail with the number of your choice:\n>\n\
        > 1) Change the order: write 1 and, below it, your new order lines\n\
        > 2) Wait: we order the missing pieces from our supplier (about 14 days)\n\
        > 3) Cancel the order\n>\n> Kind regards\n> My Company, Sales\n";
    let head = "Subject: Re: Insufficient stock for your order S00246\n\
        In-Reply-To: <offer.s00246.1740987722.d411@mycompany.example>";
    mail(head, &format!("{body}{QUOTE}"))
}

fn mail(head: &str, body: &str) -> String {
    format!(
        "From: a.b@buyer.example\nTo: sales@mycompany.example\n{head}\nDate: Mon, 03 Mar 2025 09:00:00 +0100\n\
         Message-ID: <whole@buyer.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n\n{}\n",
        body.replace("\\n", "\n")
    )
}
