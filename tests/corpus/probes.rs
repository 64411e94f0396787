//! Lines that people write on ordinary days, each in an otherwise plain mail of its language: the
//! shortest mails in which something may not be read. All order the same, so that a line is a test.

use std::fs;
use std::path::Path;

use postorder::reading::{CatalogFile, Intent, Reading};
use rust_decimal::Decimal;

use crate::score::{acts, read};

/// What all of them order, and for when.
const ORDERED: [(&str, i64); 2] = [("HS-100", 20), ("PB-55", 4)];
const DAY: &str = "2025-05-28";

/// What is around the line, in its language.
struct Frame {
    lang: &'static str,
    subject: &'static str,
    greeting: &'static str,
    bye: &'static str,
    orders: &'static str,
    pieces: &'static str,
    day: &'static str,
}

const FRAMES: [Frame; 6] = [
    Frame {
        lang: "en",
        subject: "Order",
        greeting: "Hello,",
        bye: "Kind regards",
        orders: "We would like to order:",
        pieces: "pcs",
        day: "Delivery by 28 May 2025.",
    },
    Frame {
        lang: "de",
        subject: "Bestellung",
        greeting: "Guten Tag,",
        bye: "Freundliche Grüsse",
        orders: "Wir bestellen:",
        pieces: "Stück",
        day: "Lieferung bis 28. Mai 2025.",
    },
    Frame {
        lang: "fr",
        subject: "Commande",
        greeting: "Bonjour,",
        bye: "Cordialement",
        orders: "Nous commandons :",
        pieces: "pièces",
        day: "Livraison pour le 28 mai 2025.",
    },
    Frame {
        lang: "it",
        subject: "Ordine",
        greeting: "Buongiorno,",
        bye: "Cordiali saluti",
        orders: "Vorremmo ordinare:",
        pieces: "pezzi",
        day: "Consegna entro il 28 maggio 2025.",
    },
    Frame {
        lang: "es",
        subject: "Pedido",
        greeting: "Buenos días:",
        bye: "Un saludo",
        orders: "Queremos pedir:",
        pieces: "unidades",
        day: "Entrega el 28 de mayo de 2025.",
    },
    Frame {
        lang: "nl",
        subject: "Bestelling",
        greeting: "Goedemorgen,",
        bye: "Met vriendelijke groet",
        orders: "Graag bestellen wij:",
        pieces: "stuks",
        day: "Levering op 28 mei 2025.",
    },
];

/// The mail around a line.
fn mail(kind: &str, frame: &Frame, line: &str) -> String {
    let line = line.replace("\\n", "\n").replace("\\t", "\t");
    let [first, second] = ORDERED.map(|(code, count)| format!("{count} {} {code}", frame.pieces));
    let list = format!("- {first}\n- {second}");
    let Frame { subject, greeting, bye, orders, day, .. } = frame;
    let body = match kind {
        "P" => format!("{}\n\n{day}", line.replace("{A}", &first).replace("{B}", &second)),
        "I" => format!("{line}\n\n{list}\n\n{day}"),
        "T" => format!("{line}\n\n{orders}\n{list}\n\n{day}"),
        "S" => format!("{orders}\n{list}\n\n{day}\n\n{line}"),
        "F" => line,
        other => panic!("no kind of a probe: {other}"),
    };
    format!(
        "From: Anna Keller <anna@buyer.example>\nTo: sales@mycompany.example\nSubject: {subject}\n\
         Date: Mon, 07 Apr 2025 10:28:04 +0200\nMessage-ID: <probe@buyer.example>\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\
         {greeting}\n\n{body}\n\n{bye}\nAnna Keller\n"
    )
}

/// Whether a reading orders just these goods for that day.
fn is_right(reading: &Reading) -> bool {
    let has = |(code, count): &(&str, i64)| {
        reading.lines.iter().any(|line| {
            line.product.default_code == *code
                && line.quantity == Decimal::from(*count)
                && line.delivery_date.is_some_and(|day| day.to_string() == DAY)
        })
    };
    reading.lines.len() == ORDERED.len() && ORDERED.iter().all(has)
}

/// The lines of a file that a reading acts on, though a person should see them; and how many there are.
pub(crate) fn acted_on(path: &Path, file: &CatalogFile) -> (usize, Vec<String>) {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let probes = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let acts = |probe: &&str| acts(read_probe(probe, file).intent);
    (probes.clone().count(), probes.filter(acts).map(str::to_owned).collect())
}

/// The reading of the mail around a line.
fn read_probe(probe: &str, file: &CatalogFile) -> Reading {
    let (head, line) = probe.split_once('|').expect("a bar behind kind and language");
    let (kind, lang) = head.split_once(' ').expect("kind and language");
    let frame = FRAMES.iter().find(|frame| frame.lang == lang).expect("a language of ours");
    read(mail(kind, frame, line.trim()).as_bytes(), file)
}

/// The lines of a file: how many there are, those that a person is asked about, and those that
/// order something else.
pub(crate) fn read_all(path: &Path, file: &CatalogFile) -> (usize, Vec<String>, Vec<String>) {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (mut all, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for probe in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let reading = read_probe(probe, file);
        all += 1;
        match reading.intent {
            Intent::Order if is_right(&reading) => {}
            Intent::Order | Intent::Choice => wrong.push(probe.to_owned()),
            _ => missed.push(probe.to_owned()),
        }
    }
    (all, missed, wrong)
}
