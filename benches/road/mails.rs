//! Order mails of three lines, each from another sender, in a maildir.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

/// Products of `maildir-fixtures/catalog.json` that are kept in whole units.
pub(crate) const PRODUCTS: [i64; 6] = [101, 102, 103, 107, 108, 110];

/// The three products of mail `n`.
pub(crate) fn lines(n: usize) -> [(i64, u32); 3] {
    let at = |k: usize| PRODUCTS[(n + k) % PRODUCTS.len()];
    [(at(0), 1), (at(1), 2), (at(2), 1)]
}

/// Sender of mail `n`.
pub(crate) fn sender(run: &str, n: usize) -> String {
    format!("buyer{n}@{run}-{n}.example")
}

/// Mail `n` in the agreed form.
pub(crate) fn mail(run: &str, n: usize) -> String {
    let from = sender(run, n);
    let mut text = format!(
        "From: Buyer {n} <{from}>\r\nTo: orders@company.example\r\nSubject: Order {n}\r\n\
         Date: Mon, 05 Oct 2026 09:12:27 +0200\r\nMessage-ID: <{run}.{n}@buyer.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\n\
         Hello, this is my order below,\r\n"
    );
    for (product, quantity) in lines(n) {
        let _ = write!(
            text,
            "- Order Date: October 5, 2026\r\n- Delivery Date: October 26, 2026\r\n\
             - Product ID: {product}\r\n- Quantity: {quantity}\r\n\r\n"
        );
    }
    text.push_str("Thank you\r\n");
    text
}

/// Mails that wait have lain for a while: a file that was changed within the last second might still
/// be written to, and is left for another look.
pub(crate) const SETTLED: Duration = Duration::from_millis(1100);

/// Delivers a mail as a mail server does: written to `tmp`, renamed into `new`.
pub(crate) fn deliver(maildir: &Path, name: &str, mail: &str) -> std::io::Result<()> {
    let tmp = maildir.join("tmp").join(name);
    std::fs::write(&tmp, mail)?;
    std::fs::rename(tmp, maildir.join("new").join(name))
}
