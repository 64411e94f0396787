//! Files that mean harm, or are broken: a clear problem in the reading, and nothing ends.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;

use base64::Engine as _;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::{Value, json};

/// What `postorder parse` makes of a mail that orders by an attached file.
pub(crate) fn reading_of(name: &str, bytes: &[u8]) -> Value {
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    let lines: Vec<&str> =
        encoded.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    let mail = format!(
        "From: Ann <ann@buyer.example>\r\nTo: sales@maker.example\r\nSubject: Order\r\n\
         Date: Mon, 9 Jun 2025 08:41:12 +0200\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nPlease find our order attached.\r\n\
         --b\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    );
    let folder = tempfile::tempdir().expect("a folder");
    let products: Vec<Value> = (1..=3)
        .map(|n| json!({"id": n, "default_code": format!("AB-{n}0"), "name": format!("Ring {n}0"), "uom": "Units"}))
        .collect();
    let catalog = folder.path().join("catalog.json");
    std::fs::write(&catalog, json!({ "products": products }).to_string()).expect("a catalogue");
    let path = folder.path().join("mail.eml");
    std::fs::write(&path, mail).expect("a mail");
    let done = Command::new(env!("CARGO_BIN_EXE_postorder"))
        .args(["parse", "--json", "--catalog"])
        .args([&catalog, &path])
        .output()
        .expect("postorder");
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("JSON")
}

#[track_caller]
fn is_unreadable(name: &str, bytes: &[u8]) {
    let reading = reading_of(name, bytes);
    assert_eq!(reading["intent"], "review", "{name}: {reading}");
    assert_eq!(reading["problems"][0]["code"], "unreadable_attachment", "{name}: {reading}");
}

/// A ZIP archive of deflated files. `claims` is what it says that they unpack to.
fn zip(files: &[(&str, &[u8])], claims: Option<u32>) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).expect("deflate");
        let packed = encoder.finish().expect("deflate");
        let size = claims.unwrap_or(u32::try_from(content.len()).expect("small"));
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let mut head = Vec::new();
        head.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
        head.extend(crc.sum().to_le_bytes());
        head.extend(u32::try_from(packed.len()).expect("small").to_le_bytes());
        head.extend(size.to_le_bytes());
        head.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
        head.extend([0, 0]);
        let offset = u32::try_from(archive.len()).expect("small");
        archive.extend(b"PK\x03\x04");
        archive.extend(&head);
        archive.extend(name.as_bytes());
        archive.extend(&packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = u32::try_from(archive.len()).expect("small");
    let count = u16::try_from(files.len()).expect("few").to_le_bytes();
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\x00\x00\x00\x00");
    archive.extend([count, count].concat());
    archive.extend(u32::try_from(directory.len()).expect("small").to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// A book with one sheet of these cells, each a reference and the XML of its content.
fn xlsx(cells: &[(&str, &str)], sheet_state: &str) -> Vec<u8> {
    let mut rows = String::new();
    for (cell, content) in cells {
        let row: String = cell.chars().filter(char::is_ascii_digit).collect();
        write!(rows, r#"<row r="{row}"><c r="{cell}" {content}</c></row>"#).expect("a string");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let sheet = format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#);
    let book = format!(
        r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="One" sheetId="1" {sheet_state} r:id="r1"/></sheets></workbook>"#
    );
    let links = format!(
        r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let root = format!(
        r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let types = format!(
        r#"<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
    );
    zip(
        &[
            ("[Content_Types].xml", types.as_bytes()),
            ("_rels/.rels", root.as_bytes()),
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", links.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ],
        None,
    )
}

const TEXT: &str = r#"t="inlineStr"><is><t>"#;

fn text(words: &str) -> String {
    format!("{TEXT}{words}</t></is>")
}

/// A PDF around one object.
fn pdf(object: &str) -> Vec<u8> {
    let head = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Extra ";
    let pages = " >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n";
    let body = format!("{head}{object}{pages}");
    let second = body.find("2 0 obj").expect("the second object");
    let table = body.len();
    format!(
        "{body}xref\n0 3\n0000000000 65535 f \n{:010} 00000 n \n{second:010} 00000 n \n\
         trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        9
    )
    .into_bytes()
}

#[test]
fn a_book_is_read_by_its_cached_values() {
    let (article, quantity, code) = (text("Article"), text("Quantity"), text("AB-20"));
    let book = xlsx(
        &[
            ("A1", &article),
            ("B1", &quantity),
            ("A2", &code),
            ("B2", "><f>SYSTEM(\"rm\")+2*3</f><v>6</v>"),
        ],
        "",
    );
    let reading = reading_of("order.xlsx", &book);
    assert_eq!(reading["intent"], "order", "{reading}");
    assert_eq!(reading["lines"][0]["quantity"], "6", "{reading}");
}

#[test]
fn hidden_sheets_are_not_read() {
    let (article, quantity, code) = (text("Article"), text("Quantity"), text("AB-20"));
    let cells: [(&str, &str); 4] =
        [("A1", &article), ("B1", &quantity), ("A2", &code), ("B2", "><v>6</v>")];
    let reading = reading_of("order.xlsx", &xlsx(&cells, r#"state="hidden""#));
    assert_ne!(reading["intent"], "order", "{reading}");
}

#[test]
fn archives_that_unpack_without_end() {
    let zeros = vec![b'0'; 200 << 20];
    is_unreadable("order.xlsx", &zip(&[("xl/workbook.xml", &zeros)], None));
    is_unreadable("order.xlsx", &zip(&[("xl/workbook.xml", &zeros)], Some(100)));
}

#[test]
fn a_sheet_with_cells_far_apart() {
    let (near, far) = (text("Article"), text("Quantity"));
    is_unreadable("order.xlsx", &xlsx(&[("A1", &near), ("XFD1048576", &far)], ""));
}

#[test]
fn a_book_of_nested_elements() {
    let deep = "<is>".repeat(400_000);
    let cell = format!(r#"t="inlineStr">{deep}"#);
    is_unreadable("order.xlsx", &xlsx(&[("A1", &cell)], ""));
}

#[test]
fn pdfs_of_nested_objects() {
    is_unreadable("order.pdf", &pdf(&"[".repeat(2_000_000)));
    is_unreadable("order.pdf", &pdf(&"<</A".repeat(1_000_000)));
    is_unreadable("order.pdf", &pdf(&("[".repeat(500_000) + &"]".repeat(500_000))));
}

#[test]
fn xml_that_nests_or_grows() {
    is_unreadable("order.xml", "<a>".repeat(1_000_000).as_bytes());
    let mut bomb = String::from("<!DOCTYPE a [<!ENTITY b0 \"ten times\">");
    for n in 1..12 {
        let ten = format!("&b{};", n - 1).repeat(10);
        write!(bomb, "<!ENTITY b{n} \"{ten}\">").expect("a string");
    }
    is_unreadable("order.xml", format!("{bomb}]><Order>&b11;</Order>").as_bytes());
}

#[test]
fn what_is_broken_or_locked() {
    is_unreadable("order.xlsx", b"PK\x03\x04 and nothing more");
    is_unreadable("order.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more");
    is_unreadable("order.pdf", b"%PDF-1.7\n%%EOF");
    is_unreadable("order.csv", &[0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3]);
}

#[test]
fn a_name_says_little_about_a_file() {
    let reading = reading_of("order.pdf", b"Article;Quantity\r\nAB-10;7\r\nAB-30;8\r\n");
    assert_eq!(reading["intent"], "order", "{reading}");
    assert_eq!(reading["lines"][1]["quantity"], "8", "{reading}");
}

#[test]
fn a_mail_that_is_longer_than_is_read_orders_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, lines) in [("long", 30_000), ("cut", 100_000)] {
        let text = "please send 5 Ring 10 and word after word\n".repeat(lines);
        let path = folder.path().join(name);
        let mail = format!("From: Ann <ann@buyer.example>\nSubject: Order\n\n5 AB-10\n{text}");
        std::fs::write(&path, mail).expect("a mail");
        let done = Command::new(env!("CARGO_BIN_EXE_postorder"))
            .args(["parse", "--json"])
            .arg(&path)
            .output()
            .expect("postorder");
        let reading: Value = serde_json::from_slice(&done.stdout).expect("JSON");
        assert_eq!(reading["intent"], "review", "{name}: {reading}");
        assert_eq!(reading["problems"][0]["message"], "The mail is longer than is read.");
    }
}

#[test]
fn long_orders_are_read_whole_or_not_at_all() {
    let order = |rows: usize| {
        let mut csv = String::from("Article;Quantity;Date\n");
        for row in 0..rows {
            writeln!(csv, "AB-{}0;{};2025-07-{:02}", row % 3 + 1, row + 1, row % 28 + 1)
                .expect("a string");
        }
        csv.into_bytes()
    };
    let reading = reading_of("order.csv", &order(80));
    assert_eq!(reading["lines"].as_array().map(Vec::len), Some(80), "{reading}");
    let reading = reading_of("order.csv", &order(10_000));
    assert_eq!(reading["intent"], "review");
    assert_eq!(reading["lines"].as_array().map(Vec::len), Some(10_000));
    is_unreadable("order.csv", &order(20_000));
}

/// A limit on address space counts what the allocator has reserved: it must leave room beside that, or a file
/// is opened at times only.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait for another process")]
fn what_opens_files_has_room_beside_what_its_allocator_reserves() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_postorder"))
        .arg("read-file")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("postorder");
    let told = |file: &str, line: &str| -> Option<u64> {
        let text = std::fs::read_to_string(format!("/proc/{}/{file}", child.id())).ok()?;
        let rest = text.lines().find_map(|l| l.strip_prefix(line).map(str::to_owned))?;
        rest.split_whitespace().next()?.parse().ok()
    };
    // It waits for the file; the limit is set before.
    let limit = (0..500).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        told("limits", "Max address space")
    });
    let reserved = told("status", "VmSize:").map(|kib| kib << 10);
    drop(child.stdin.take());
    let _ = child.wait();
    let (limit, reserved) = (limit.expect("a limit"), reserved.expect("a size"));
    assert!(limit >= reserved + (512 << 20), "{limit} bytes, {reserved} of them reserved");
}
