//! Bodies: encodings, alternatives, attachments, limits.

use super::{own, read, read_bytes};
use crate::mail::{Fault, Limits, Mail, parse};

/// A mail with one body of this type.
fn body(content_type: &str, body: &str) -> Mail {
    read(&format!("From: Ann Smith <ann@buyer.example>\nContent-Type: {content_type}\n\n{body}"))
}

#[test]
fn transfer_encodings_and_charsets_are_undone() {
    let encoded = |header: &str, bytes: &[u8]| {
        let mut mail = format!("From: a@b.example\n{header}\n\n").into_bytes();
        mail.extend_from_slice(bytes);
        read_bytes(&mail).text.full.trim_end().to_owned()
    };
    let utf8 = "Content-Type: text/plain; charset=utf-8\n";
    let latin = "Content-Type: text/plain; charset=iso-8859-1\n";
    let quoted = "Content-Transfer-Encoding: quoted-printable";
    let base64 = "Content-Transfer-Encoding: BASE64";
    for (header, bytes, text) in [
        (
            format!("{utf8}{quoted}"),
            &b"K=C3=BChler f=\n=C3=BCr 5=20=\n Tage"[..],
            "Kühler für 5  Tage",
        ),
        (format!("{latin}{quoted}"), b"K=FChler 100 % = gut", "Kühler 100 % = gut"),
        (format!("{utf8}{base64}"), b"S8O8aGxl\ncg==\n", "Kühler"),
        (format!("{utf8}{base64}"), b"S8O8 aGxl!cg", "Kühler"),
        (latin.to_owned(), b"K\xfchler", "Kühler"),
        ("Content-Type: text/plain; charset=windows-1252".into(), b"5 \x80", "5 €"),
        // Nothing stated, or stated wrongly.
        ("X-None: x".into(), b"K\xfchler", "Kühler"),
        ("X-None: x".into(), "Kühler".as_bytes(), "Kühler"),
        (utf8.to_owned(), b"K\xfchler", "Kühler"),
        ("Content-Type: text/plain; charset=us-ascii".into(), "Kühler".as_bytes(), "Kühler"),
        ("Content-Type: text/plain; charset=x-nothing".into(), "Kühler".as_bytes(), "Kühler"),
        (utf8.to_owned(), b"\xef\xbb\xbf20 HS-100", "20 HS-100"),
    ] {
        assert_eq!(encoded(header.trim_end(), bytes), text, "{header}");
    }
}

#[test]
fn what_no_one_sees_is_not_read() {
    let text =
        body("text/plain; charset=utf-8", "HS\u{ad}-1\u{200b}00\u{feff}: 1\u{a0}200\u{a0}kg").text;
    assert_eq!(text.full, "HS-100: 1\u{a0}200 kg");
}

#[test]
fn flowed_lines_are_joined_and_others_are_not() {
    let text = "please send \n20 HS-100\n\n> quoted \n> line\n \n-- \nAnn";
    let flowed = body("text/plain; format=flowed", text).text;
    assert_eq!(flowed.full, "please send 20 HS-100\n\n> quoted line\n\n-- \nAnn");
    assert_eq!(flowed.newly_written(), "please send 20 HS-100");
    let fixed = body("text/plain", text).text;
    assert_eq!(fixed.full, text);
    let delsp = body("text/plain; format=flowed; delsp=yes", "Dampf \nschiff").text;
    assert_eq!(delsp.full, "Dampfschiff");
}

#[test]
fn text_and_html_of_an_alternative_are_both_told() {
    let mail = body(
        "multipart/alternative; boundary=\"b 1\"",
        "preamble\n--b 1\nContent-Type: text/plain\n\n20 HS-100\n--b 1\nContent-Type: text/html\n\n\
         <p>20 HS-100</p>\n--b 1--\nepilogue\n",
    );
    assert_eq!(mail.text.full, "20 HS-100");
    assert_eq!(mail.html_text.expect("HTML").full, "20 HS-100");
    assert_eq!(mail.attachments, []);
}

#[test]
fn html_alone_is_the_text() {
    let mail = body("text/html", "<p>20&nbsp;HS-100</p>");
    assert_eq!(mail.text.newly_written(), "20 HS-100");
    assert!(mail.html.is_some());
    let disguised = body("text/plain", "<!DOCTYPE html><html><body><b>20</b> HS-100</body></html>");
    assert_eq!(disguised.text.full, "20 HS-100");
}

#[test]
fn parts_are_found_in_any_nesting() {
    let mail = body(
        "multipart/mixed; boundary=out",
        "--out\nContent-Type: multipart/related; boundary=rel\n\n\
         --rel\nContent-Type: multipart/alternative; boundary=alt\n\n\
         --alt\n\nplain 5\n--alt\nContent-Type: text/html\n\n<b>html 5</b><img src=cid:1>\n--alt--\n\
         --rel\nContent-Type: image/png; name=logo.png\nContent-ID: <1>\n\
         Content-Transfer-Encoding: base64\n\niVBORw==\n--rel--\n\
         --out\nContent-Type: text/csv; charset=windows-1252\n\
         Content-Disposition: attachment; filename=\"order.csv\"\n\nHS-100;20\n--out--\n",
    );
    assert_eq!(mail.text.full, "plain 5");
    assert_eq!(mail.html_text.expect("HTML").full, "html 5");
    let [logo, csv] = &mail.attachments[..] else { panic!("{:?}", mail.attachments) };
    assert_eq!(
        (logo.name.as_str(), logo.inline, &logo.bytes[..]),
        ("logo.png", true, &b"\x89PNG"[..])
    );
    assert_eq!((csv.name.as_str(), csv.media_type.as_str()), ("order.csv", "text/csv"));
    assert_eq!((csv.inline, csv.charset.as_deref()), (false, Some("windows-1252")));
    assert_eq!(csv.bytes, b"HS-100;20");
}

#[test]
fn text_around_a_file_is_one_text() {
    let mail = body(
        "multipart/mixed; boundary=b",
        "--b\n\nfirst\n--b\nContent-Type: application/pdf\nContent-Disposition: inline; \
         filename=a.pdf\n\nx\n--b\nContent-Type: text/plain\n\nsecond\n--b--\n",
    );
    assert_eq!(mail.text.full, "first\nsecond");
    assert!(!mail.attachments[0].inline, "a PDF that is shown is still a file");
}

#[test]
fn file_names_are_read_and_hold_no_path() {
    let name = |disposition: &str| {
        let part =
            format!("--b\nContent-Type: text/csv\nContent-Disposition: {disposition}\n\nx\n--b--");
        body("multipart/mixed; boundary=b", &part).attachments[0].name.clone()
    };
    assert_eq!(name("attachment; filename*=UTF-8''Auftr%C3%A4ge%202025.csv"), "Aufträge 2025.csv");
    assert_eq!(name("attachment; filename=\"=?utf-8?Q?Auftr=C3=A4ge?=.csv\""), "Aufträge.csv");
    assert_eq!(name("attachment; filename=\"../../etc/passwd\""), "passwd");
    assert_eq!(name("attachment; filename=\"C:\\\\orders\\\\a.csv\""), "a.csv");
    assert_eq!(name("attachment; filename=\"..\""), "");
}

#[test]
fn a_text_that_is_a_file_is_no_body() {
    let mail = body(
        "multipart/mixed; boundary=b",
        "--b\n\n20 HS-100\n--b\nContent-Type: text/plain; name=terms.txt\n\n5 days net\n--b--",
    );
    assert_eq!(mail.text.full, "20 HS-100");
    assert_eq!(mail.attachments[0].bytes, b"5 days net");
}

#[test]
fn a_mail_within_a_mail_is_an_attachment() {
    let mail = body(
        "multipart/mixed; boundary=b",
        "--b\n\nsee below\n--b\nContent-Type: message/rfc822\n\nFrom: c@d.example\n\
         Content-Type: multipart/mixed; boundary=in\n\n--in\n\n20 HS-100\n--in--\n--b--",
    );
    assert_eq!(mail.text.full, "see below");
    assert_eq!(mail.attachments[0].media_type, "message/rfc822");
    assert!(mail.attachments[0].bytes.ends_with(b"20 HS-100\n--in--"));
}

#[test]
fn encrypted_mails_are_named() {
    let pgp = body(
        "multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"",
        "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n\
         Content-Type: application/octet-stream\n\nx\n--b--",
    );
    assert_eq!(pgp.faults, [Fault::Encrypted]);
    assert_eq!(body("application/pkcs7-mime; name=smime.p7m", "MII").faults, [Fault::Encrypted]);
}

#[test]
fn malformed_multiparts_are_read_as_far_as_they_go() {
    // Never closed.
    let open =
        body("multipart/mixed; boundary=b", "--b\n\n20 HS-100\n--b\nContent-Type: text/csv\n\n1;2");
    assert_eq!(open.text.full, "20 HS-100");
    assert_eq!(open.attachments[0].bytes, b"1;2");
    // No boundary stated, or another one.
    assert_eq!(body("multipart/mixed", "20 HS-100").text.full, "20 HS-100");
    // The inner one is closed by the outer one.
    let inner = body(
        "multipart/mixed; boundary=b",
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\n20 HS-100\n--b\n\n5 GH\n--b--",
    );
    assert_eq!(inner.text.full, "20 HS-100\n5 GH");
}

#[test]
fn depth_parts_and_text_are_bounded() {
    let limits = Limits { depth: 3, parts: 10, text: 1000, ..Limits::default() };
    let parse = |body: &str| {
        let mail =
            format!("From: a@b.example\nContent-Type: multipart/mixed; boundary=b0\n\n{body}");
        parse(mail.as_bytes(), &limits, &own())
    };
    let open = |at| format!("--b{at}\nContent-Type: multipart/mixed; boundary=b{}\n\n", at + 1);
    let deep: Vec<String> = (0..20).map(open).collect();
    assert!(parse(&deep.concat()).faults.contains(&Fault::TooDeep));
    let many = parse(&"--b0\nContent-Type: text/csv\n\nx\n".repeat(100));
    assert_eq!((many.faults, many.attachments.len()), (vec![Fault::TooManyParts], 10));
    let long = parse(&format!("--b0\n\n{}\n--b0--", "20 HS-100\n".repeat(1000)));
    assert_eq!(long.faults, [Fault::TextCut]);
    assert!(long.text.full.len() <= 1000);
}

#[test]
fn the_senders_name_begins_a_signature() {
    let new = |text: &str| body("text/plain", text).text.newly_written();
    assert_eq!(new("1\n\nAnn Smith\nBuyer Ltd\nTel. 01632 960 001\n"), "1");
    assert_eq!(new("1\n\nSmith Ann\nBuyer Ltd\n"), "1");
    // Here it is an address.
    let address = "20 HS-100\nShip to:\nAnn Smith\n3 Long Lane\nLeeds";
    assert_eq!(new(address), address);
}

#[test]
fn a_forwarded_mail_is_apart_and_can_be_reached() {
    let heading = "From: Bob <bob@buyer.example>\nSent: Monday\nTo: Ann\nSubject: parts";
    let mail = read(&format!(
        "From: ann@buyer.example\nSubject: FW: parts\n\nplease process, see below\n\n{heading}\n\n20 HS-100\n"
    ));
    assert_eq!(mail.text.newly_written(), "please process, see below");
    let forwarded = mail.text.forwarded.clone().expect("a forwarded mail");
    assert_eq!(&mail.text.full[forwarded], "20 HS-100");
    // The same below an answer is what is answered.
    let answer = read(&format!(
        "From: ann@buyer.example\nSubject: RE: parts\nIn-Reply-To: <a@b>\n\n{heading}\n\n20 HS-100\n"
    ));
    assert_eq!((answer.text.new, answer.text.forwarded), (vec![], None));
}

#[test]
fn what_was_taken_for_a_signature_can_be_looked_at() {
    let text =
        body("text/plain", "20 HS-100\n\nBest regards\nAnn\n\n5 of those with the red cap\n").text;
    assert_eq!(text.newly_written(), "20 HS-100");
    let signature: Vec<&str> =
        text.signature.iter().map(|range| &text.full[range.clone()]).collect();
    assert_eq!(signature, ["Best regards\nAnn\n\n5 of those with the red cap"]);
}

#[test]
fn the_letterhead_of_an_order_is_no_quoted_mail() {
    let order = "From: Buyer Ltd\nTo: Maker AG\nDate: 4 March 2025\nSubject: Purchase order 4711\n\n20 HS-100";
    assert_eq!(body("text/plain", order).text.newly_written(), order);
    let answer = format!("From: ann@buyer.example\nSubject: [EXT] Re: parts\n\n{order}");
    assert_eq!(read(&answer).text.newly_written(), "");
}
