//! Ever longer mails of several kinds.

use std::time::Duration;

use postorder::mail::OwnAddresses;
use postorder::reading::CatalogFile;

use super::{Done, read, used};

const KIB: usize = 1024;
const CATALOG: &str = include_str!("../../maildir-fixtures/catalog.json");
const HEAD: &str = "From: a@buyer.example\r\nTo: orders@us.example\r\nSubject: Order\r\n\
    Message-ID: <size@buyer.example>\r\nDate: Mon, 2 Jun 2025 10:00:00 +0200\r\n\
    MIME-Version: 1.0\r\n";

/// Makes a mail of a size.
type Make = fn(usize) -> String;

/// A piece of text again and again, up to a size.
fn fill(piece: &str, size: usize) -> String {
    piece.repeat(size / piece.len() + 1)
}

fn plain(size: usize) -> String {
    let piece =
        "Dear all, the weather was fine at our site, and 12 people came to see the hall.\r\n";
    format!("{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{}", fill(piece, size))
}

fn lines(size: usize) -> String {
    let piece = "Product: 3\r\nQuantity: 4\r\nDelivery date: 12 June 2025\r\n\r\n";
    format!("{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{}", fill(piece, size))
}

fn html(size: usize) -> String {
    let piece = "<tr><td>HS-100</td><td align=\"right\">4</td><td>12 June 2025</td></tr>\r\n";
    let rows = fill(piece, size);
    format!("{HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n<table>{rows}</table>")
}

/// Quotes of quotes below a short text.
fn history(size: usize) -> String {
    let piece = "> On Mon, 26 May 2025, Us wrote:\r\n>> please send 4 of them by 12 June\r\n";
    let text = format!("Thank you.\r\n\r\n{}", fill(piece, size));
    format!("{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}")
}

fn file(name: &str, kind: &str, bytes: &str) -> String {
    format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nPlease see our order.\r\n--b\r\n\
         Content-Type: {kind}; name={name}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n{bytes}\r\n--b--\r\n"
    )
}

fn csv(size: usize) -> String {
    let rows = fill("HS-100;4;12.06.2025\r\n", size);
    file("order.csv", "text/csv", &format!("Artikel;Menge;Liefertermin\r\n{rows}"))
}

fn picture(size: usize) -> String {
    file(
        "site.jpg",
        "image/jpeg",
        &fill("JFIF and whatever a picture may hold, line by line\r\n", size),
    )
}

/// The mean of some times: the kernel counts processor time in ticks.
fn time(bytes: &[u8], file: &CatalogFile, own: &OwnAddresses) -> Duration {
    let start = used();
    let mut runs = 0;
    loop {
        read(bytes, own, &file.catalog);
        runs += 1;
        let took = used().saturating_sub(start);
        if runs >= 1000 || took > Duration::from_millis(500) {
            return took / runs;
        }
    }
}

pub(crate) fn run() -> Done {
    let file = CatalogFile::parse(CATALOG)?;
    let own = OwnAddresses::new(&file.own_addresses);
    let kinds: [(&str, Make); 6] = [
        ("plain text", plain),
        ("order blocks", lines),
        ("HTML table", html),
        ("history", history),
        ("CSV file", csv),
        ("other file", picture),
    ];
    let sizes = [10, 100, 1024, 10 * 1024, 25 * 1024];
    for (name, make) in kinds {
        let mut shown = Vec::new();
        for size in sizes {
            let took = time(make(size * KIB).as_bytes(), &file, &own).as_secs_f64();
            let each = took * 1e6 / f64::from(u32::try_from(size)?);
            shown.push(format!("{size} KiB {:.1} ms ({each:.1} µs/KiB)", took * 1e3));
        }
        println!("{name:>12}: {}", shown.join("  "));
    }
    Ok(())
}
