//! Samples, spoilt in many ways from one seed, for everything that reads what strangers write: no
//! panic. `make fuzz` looks for longer, and at time and memory too.

#[expect(unreachable_pub, reason = "here it is a module, there a crate")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::path::Path;

use fastrand::Rng;

/// How often each target is tried.
const TRIES: usize = 60;

/// Pieces that have a meaning to some reader.
const WORDS: &[&str] = &[
    "\r\n\r\n",
    "--b--",
    "boundary=b",
    "multipart/mixed",
    "base64",
    "=?utf-8?Q?=FF?=",
    "On 3.5.2026, a@b.example wrote:",
    "> ",
    "-- \n",
    "Product ID:",
    "Quantity:",
    "31.02.2026",
    "next Friday",
    "übermorgen",
    "99999999999999999999",
    "1.000,5",
    "1/2",
    "½",
    "dozen",
    "\u{202e}",
    "\u{0}",
    "<table><td>",
    "</",
    "&#x110000;",
    "UNB+UNOC",
    "LIN+1++AB-10",
    "'",
    "<Order>",
    "<!DOCTYPE",
    "]]>",
    "%PDF-1.4",
    "endobj",
    "PK\u{3}\u{4}",
    ";;;;",
    "\"",
    "{\"id\": 1e999}",
    "[[[[",
    "false",
    "[odoo]",
    "url =",
];

/// Something for each target to begin with.
fn samples(name: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = |folder: &str| -> Vec<Vec<u8>> {
        let entries = std::fs::read_dir(root.join(folder)).expect("a folder of the checkout");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        paths
            .iter()
            .filter(|path| path.is_file())
            .map(|p| std::fs::read(p).expect("read"))
            .collect()
    };
    let text = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    match name {
        "mime" | "labelled" | "table" | "prose" => folder("maildir-fixtures"),
        "newly_written" | "html" => folder("tests/replies"),
        "catalog" => vec![include_bytes!("../../maildir-fixtures/catalog.json").to_vec()],
        "configuration" => vec![postorder::config::default_text().into_bytes()],
        "dates" => {
            text(&["3 May 2026", "le 3 mai", "in KW 12", "morgen", "2026-05-03", "05/03/26"])
        }
        "numbers" => text(&["12", "1.000", "1'000.50", "zwölf", "two dozen", "3x20 pcs", "½"]),
        "csv" => {
            text(&["article;quantity;date\nAB-10;4;3.5.2026\n", "\u{feff}sku,qty\n\"AB-10\",4\n"])
        }
        "edifact" => text(&["UNB+UNOC:3+A+B+260401:0900+1'UNH+1+ORDERS:D:96A:UN'BGM+220+77+9'\
                             LIN+1++AB-10:SA'QTY+21:4'DTM+2:20260503:102'UNT+6+1'UNZ+1+1'"]),
        "xml" => text(&["<Order><OrderLine><LineItem><Quantity>4</Quantity><Item>\
                         <SellersItemIdentification><ID>AB-10</ID></SellersItemIdentification>\
                         </Item></LineItem></OrderLine></Order>"]),
        "odoo" => text(&[
            "\u{0}{}",
            "\u{5}[]",
            "\u{3f}[{\"id\": 1, \"name\": false}]",
            "\u{22}{\"server_version\": \"14.0\"}",
            "\u{4}{\"error\": {\"data\": {\"name\": \"x\", \"message\": \"y\"}}}",
        ]),
        _ => text(&[
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>",
            "PK\u{3}\u{4}",
        ]),
    }
}

/// A sample with some of it gone, doubled, overwritten, or with other words in it.
fn spoilt(sample: &[u8], random: &mut Rng) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..random.usize(1..8) {
        let at = random.usize(0..=bytes.len());
        let end = bytes.len().min(at + random.usize(0..64));
        match random.u8(0..5) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let piece = bytes[at..end].repeat(random.usize(1..6));
                bytes.splice(at..at, piece);
            }
            2 => bytes[at..end].fill_with(|| random.u8(..)),
            3 => bytes.truncate(at),
            _ => {
                let word = WORDS[random.usize(..WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
        }
    }
    bytes
}

#[test]
fn nothing_that_strangers_write_breaks_a_reader() {
    let mut seed = 0xfeed;
    std::thread::scope(|scope| {
        for (name, target) in targets::ALL {
            seed += 1;
            scope.spawn(move || {
                let (samples, mut random) = (samples(name), Rng::with_seed(seed));
                for sample in &samples {
                    target(sample);
                }
                for number in 0..TRIES {
                    let bytes = spoilt(&samples[random.usize(..samples.len())], &mut random);
                    let done = std::panic::catch_unwind(|| target(&bytes));
                    assert!(
                        done.is_ok(),
                        "{name} broke on try {number}: {:?}",
                        String::from_utf8_lossy(&bytes)
                    );
                }
            });
        }
    });
}

#[test]
fn every_target_has_its_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/targets");
    let manifest = include_str!("../../fuzz/Cargo.toml");
    for (name, _) in targets::ALL {
        assert!(folder.join(format!("{name}.rs")).is_file(), "{name} has no file");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is not in Cargo.toml");
    }
    assert_eq!(std::fs::read_dir(folder).expect("a folder").count(), targets::ALL.len());
}
