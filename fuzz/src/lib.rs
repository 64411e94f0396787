//! What strangers write, handed to whatever reads it: one function for each reader. They must not
//! panic, and none may take long; what they read means nothing here.
//!
//! `make fuzz` runs each under libFuzzer. The tests run the same functions over mutated samples.

mod answers;

use std::sync::LazyLock;

use postorder::config::{self, Environment};
use postorder::mail::{self, Fault, Limits, OwnAddresses};
use postorder::reading::{self, Catalog, CatalogFile, Context};

pub use answers::odoo;

/// A reader of what strangers write.
pub type Target = fn(&[u8]);

/// All of them, each with the name of its file in `targets/`.
pub const ALL: &[(&str, Target)] = &[
    ("catalog", catalog),
    ("configuration", configuration),
    ("csv", csv),
    ("dates", dates),
    ("edifact", edifact),
    ("html", html),
    ("labelled", labelled),
    ("mime", mime),
    ("newly_written", newly_written),
    ("numbers", numbers),
    ("odoo", odoo),
    ("pdf", pdf),
    ("prose", prose),
    ("sheet", sheet),
    ("table", table),
    ("xml", xml),
];

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let json = include_str!("../../maildir-fixtures/catalog.json");
    CatalogFile::parse(json).expect("the fixtures' catalogue").catalog
});

/// A whole mail as it lies in a maildir.
pub fn mime(data: &[u8]) {
    let limits = Limits::default();
    let own = OwnAddresses::new(["orders@shop.example"]);
    let mail = mail::parse(data, &limits, &own);
    assert!(!mail.faults.contains(&Fault::Broken), "a library panicked");
    assert!(mail.attachments.len() <= limits.parts);
    assert_eq!(mail::head(data, &limits).id, mail.id, "it is filed under one name");
    let _ = mail::bounce(&mail);
    for text in std::iter::once(&mail.text).chain(&mail.html_text) {
        for range in text.new.iter().chain(&text.signature).chain(&text.forwarded) {
            assert!(text.full.get(range.clone()).is_some(), "{range:?} is no part of the text");
        }
    }
    read(&mail);
}

/// A text that may hold quotes and signatures.
pub fn newly_written(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = mail::newly_written(&text);
    let _ = mail::newly_written_html(&text);
}

/// An order in labelled fields.
pub fn labelled(data: &[u8]) {
    let [address, date, product, quantity] = parts(data);
    body(&[
        b"- Address: ",
        address,
        b"\n- Order Date: April 1, 2026\n- Delivery Date: ",
        date,
        b"\n- Product ID: ",
        product,
        b"\n- Quantity: ",
        quantity,
        b"\n",
    ]);
}

/// An order as a table.
pub fn table(data: &[u8]) {
    body(&[b"Article | Quantity | Date\n--- | --- | ---\nAB-10 | 4 | 3.5.2026\n", data]);
}

/// An order in running text, or an answer to an offer.
pub fn prose(data: &[u8]) {
    body(&[data]);
}

/// An order in HTML.
pub fn html(data: &[u8]) {
    part(b"text/html; charset=utf-8", data);
}

/// A date in every place that may hold one.
pub fn dates(data: &[u8]) {
    body(&[b"- Delivery Date: ", data, b"\n- Product ID: AB-10\n- Quantity: 3\n"]);
    body(&[b"Please send 3 AB-10 by ", data, b".\n"]);
}

/// A quantity in every place that may hold one.
pub fn numbers(data: &[u8]) {
    body(&[b"- Delivery Date: 3.5.2026\n- Product ID: AB-10\n- Quantity: ", data, b"\n"]);
    body(&[b"Please send ", data, b" AB-10 by 3 May 2026.\n"]);
}

/// An attached table of values.
pub fn csv(data: &[u8]) {
    part(b"text/csv; name=order.csv", data);
}

/// An attached spreadsheet.
pub fn sheet(data: &[u8]) {
    part(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name=order.xlsx",
        data,
    );
}

/// An attached PDF.
pub fn pdf(data: &[u8]) {
    part(b"application/pdf; name=order.pdf", data);
}

/// An attached order in XML.
pub fn xml(data: &[u8]) {
    part(b"application/xml; name=order.xml", data);
}

/// An attached order in EDIFACT.
pub fn edifact(data: &[u8]) {
    part(b"application/edifact; name=order.edi", data);
}

/// A catalogue for `postorder parse`.
pub fn catalog(data: &[u8]) {
    let _ = CatalogFile::parse(&String::from_utf8_lossy(data));
}

/// A configuration file.
pub fn configuration(data: &[u8]) {
    let nothing = Environment::of::<String, String>([]);
    if let Err(faults) = config::parse("postorder.toml", &String::from_utf8_lossy(data), &nothing) {
        assert!(!faults.to_string().is_empty(), "a fault without a word");
    }
}

fn read(mail: &mail::Mail) {
    for offered in [false, true] {
        let context = Context { offered, ..Context::default() };
        let _ = reading::read(mail, &CATALOG, &context);
    }
}

/// A plain mail with this text.
fn body(pieces: &[&[u8]]) {
    part(b"text/plain; charset=utf-8", &pieces.concat());
}

/// A mail that is nothing but this.
fn part(kind: &[u8], content: &[u8]) {
    let mail = [
        b"From: Ada <ada@buyer.example>\nTo: orders@shop.example\nSubject: Order\n\
          Date: Wed, 1 Apr 2026 09:00:00 +0200\nMIME-Version: 1.0\nContent-Type: "
            .as_slice(),
        kind,
        b"\nContent-Transfer-Encoding: binary\n\n",
        content,
    ]
    .concat();
    let own = OwnAddresses::new(["orders@shop.example"]);
    let mail = mail::parse(&mail, &Limits::default(), &own);
    assert!(!mail.faults.contains(&Fault::Broken), "a library panicked");
    read(&mail);
}

/// The data in as many parts, as zero bytes divide it.
fn parts<const N: usize>(data: &[u8]) -> [&[u8]; N] {
    let mut pieces = data.splitn(N, |byte| *byte == 0);
    std::array::from_fn(|_| pieces.next().unwrap_or_default())
}
