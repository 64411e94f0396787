//! Headers: who, when, which thread, in every spelling that mail programs have.

use chrono::DateTime;

use super::{own, parse_bytes, read, read_bytes, with_header};
use crate::mail::{Fault, Limits, MailId, parse};

const ORDER: &str = "From: Ann Smith <ann@buyer.example>\n\
    To: sales@maker.example\n\
    Subject: parts for gate 4\n\
    Date: Tue, 4 Mar 2025 10:12:00 +0100\n\
    Message-ID: <m1@buyer.example>\n\
    \n\
    20 HS-100, please.\n\
    \n\
    Ann\n";

#[test]
fn identity_never_changes() {
    // Odoo's external ids derive from it: a new value here means orders placed twice.
    assert_eq!(read(ORDER).id.as_str(), "70c0d01289de752ece595b390d949d33");
}

#[test]
fn identity_is_not_touched_by_the_way_that_a_mail_takes() {
    let id = read(ORDER).id;
    let same = [
        format!(
            "Return-Path: <ann@buyer.example>\nDelivered-To: x\nReceived: by mx\n\tid 1\n{ORDER}"
        ),
        ORDER.replace("Subject:", "X-Spam-Score: 0.1\nSubject:"),
        ORDER.replace("parts for gate 4", "parts\n for gate 4"),
        ORDER.replace("Message-ID: <", "Message-Id:\n <"),
        format!("{ORDER}\n\n\n"),
        ORDER.trim_end().to_owned(),
        format!("\n\n{ORDER}"),
        format!("From ann@buyer.example Tue Mar  4 10:12:01 2025\n{ORDER}"),
    ];
    for mail in same {
        assert_eq!(read(&mail).id, id, "{mail}");
    }
}

#[test]
fn other_content_is_another_mail() {
    let id = read(ORDER).id;
    let others = [
        ORDER.replace("20 HS-100", "21 HS-100"),
        ORDER.replace("gate 4", "gate 5"),
        ORDER.replace("m1@", "m2@"),
        ORDER.replace("10:12:00", "10:12:01"),
        ORDER.replace("ann@buyer", "eve@buyer"),
        ORDER.replace("please.\n\nAnn", "please.\nAnn"),
    ];
    for mail in others {
        assert_ne!(read(&mail).id, id, "{mail}");
    }
}

#[test]
fn an_id_reads_itself_back_and_nothing_else() {
    let id = read(ORDER).id;
    assert_eq!(MailId::parse(id.as_str()), Some(id));
    assert_eq!(MailId::parse("B1"), None);
    assert_eq!(MailId::parse(&"G".repeat(32)), None);
}

#[test]
fn the_usual_fields_are_read() {
    let mail = read(ORDER);
    assert_eq!(mail.from.name, "Ann Smith");
    assert_eq!(mail.from.email, "ann@buyer.example");
    assert_eq!(mail.to[0].email, "sales@maker.example");
    assert_eq!(mail.subject, "parts for gate 4");
    assert_eq!(mail.message_id.as_deref(), Some("m1@buyer.example"));
    let date = DateTime::parse_from_rfc3339("2025-03-04T10:12:00+01:00").expect("a date");
    assert_eq!(mail.date, Some(date));
    assert_eq!(mail.text.newly_written(), "20 HS-100, please.\n\nAnn");
    assert_eq!(mail.faults, []);
}

#[test]
fn encoded_words_are_read_as_the_wild_writes_them() {
    for (subject, text) in [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?iso-8859-1?Q?K=FChlk=F6rper?= 100", "Kühlkörper 100"),
        // Cut within a character.
        ("=?utf-8?B?R3LD?=\n =?utf-8?B?vMOfZQ==?=", "Grüße"),
        ("=?UTF-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        // Spaces inside, and no space between.
        ("=?utf-8?Q?two words here?=", "two words here"),
        ("Re:=?utf-8?Q?_caf=C3=A9?=", "Re: café"),
        // A language behind the charset.
        ("=?utf-8*fr?Q?caf=C3=A9?=", "café"),
        // No words at all.
        ("=?utf-8?X?abc?= and =?", "=?utf-8?X?abc?= and =?"),
        ("a =?b", "a =?b"),
    ] {
        assert_eq!(read(&format!("From: a@b.example\nSubject: {subject}\n\nx")).subject, text);
    }
}

#[test]
fn names_are_read_as_the_wild_writes_them() {
    for (from, name, email) in [
        ("=?utf-8?Q?J=C3=BCrg_N=C3=A4geli?= <j@b.example>", "Jürg Nägeli", "j@b.example"),
        ("\"=?utf-8?Q?N=C3=A4geli=2C_J?=\" <j@b.example>", "Nägeli, J", "j@b.example"),
        ("\"Nageli, J.\" <J@B.Example>", "Nageli, J.", "j@b.example"),
        ("j@b.example (Jay)", "Jay", "j@b.example"),
        ("j@b.example", "", "j@b.example"),
        ("<j@b.example>", "", "j@b.example"),
        ("Jay at B <<j@b.example>>", "Jay at B", "j@b.example"),
        ("'Jay' <mailto:j@b.example>", "Jay", "j@b.example"),
    ] {
        let mail = read(&format!("From: {from}\n\nx"));
        assert_eq!((mail.from.name.as_str(), mail.from.email.as_str()), (name, email), "{from}");
        assert_eq!(mail.faults, [], "{from}");
    }
    assert_eq!(read("Subject: x\n\nx").faults, [Fault::NoSender]);
    assert_eq!(read("From: nobody in particular\n\nx").faults, [Fault::NoSender]);
}

#[test]
fn headers_with_raw_bytes_are_read() {
    let latin = b"From: J\xfcrg <j@b.example>\nSubject: K\xfchler\n\nx";
    let mail = read_bytes(latin);
    assert_eq!((mail.from.name.as_str(), mail.subject.as_str()), ("Jürg", "Kühler"));
    let utf8 = read("From: Jürg <j@b.example>\nSubject: Kühler\n\nx");
    assert_eq!((utf8.from.name.as_str(), utf8.subject.as_str()), ("Jürg", "Kühler"));
}

#[test]
fn a_header_field_never_holds_a_line_break() {
    let mail =
        read("From: =?utf-8?Q?a=0D=0ABcc:_x?= <a@b.example>\nSubject: =?utf-8?Q?x=0Ay?=\n\n");
    assert_eq!(mail.subject, "x y");
    assert!(!mail.from.name.contains(['\r', '\n']));
}

#[test]
fn reply_to_is_told_only_where_it_differs() {
    assert_eq!(with_header("Reply-To: Ann <ANN@buyer.example>\n").reply_to, None);
    let other = with_header("Reply-To: desk@buyer.example\n").reply_to.expect("another address");
    assert_eq!(other.email, "desk@buyer.example");
}

#[test]
fn references_are_read_even_where_broken() {
    let mail = with_header(
        "In-Reply-To: Your letter of Monday <offer.s1@maker.example>\n\
         References: <a@x> <b@x>\n\t<c@x><d@x> <e@x <f@x>\n",
    );
    assert_eq!(mail.in_reply_to, ["offer.s1@maker.example"]);
    assert_eq!(mail.references, ["a@x", "b@x", "c@x", "d@x", "e@x", "f@x"]);
    assert_eq!(with_header("In-Reply-To: a@x\n").in_reply_to, ["a@x"]);
    let many: Vec<String> = (0..5000).map(|at| format!(" <{at}@x>")).collect();
    let references = with_header(&format!("References:{}\n", many.concat())).references;
    assert_eq!((references.len(), references.last().map(String::as_str)), (100, Some("4999@x")));
}

#[test]
fn odd_dates_are_read_or_left_out() {
    let date = |value: &str| with_header(&format!("Date: {value}\n")).date;
    assert_eq!(
        date("4 Mar 2025 23:12 -0500").map(|date| date.to_rfc3339()),
        Some("2025-03-04T23:12:00-05:00".to_owned())
    );
    assert_eq!(
        date("Tue, 04 Mar 2025 10:12:60 +0000 (GMT)").map(|date| date.to_rfc3339()),
        Some("2025-03-04T10:12:59+00:00".to_owned())
    );
    assert_eq!(date("yesterday"), None);
    assert_eq!(date("Tue, 31 Feb 2025 10:12:00 +0100"), None);
}

#[test]
fn bytes_that_are_no_mail_give_a_mail_with_a_fault() {
    for bytes in [&b""[..], b"\n\n\n", b"\x00\x01\x02\xff", b"just some words\nand more\n"] {
        let mail = parse_bytes(bytes);
        assert_eq!(mail.faults, [Fault::NotAMail]);
        assert_eq!(mail.automatic, None);
    }
}

#[test]
fn a_giant_header_is_cut() {
    let limits = Limits { header: 1000, ..Limits::default() };
    let mail = format!("From: a@b.example\n{}\nbody", "X-Filler: 1234567890\n".repeat(1000));
    let mail = parse(mail.as_bytes(), &limits, &own());
    assert_eq!(mail.from.email, "a@b.example");
    assert_eq!(mail.faults, [Fault::HeaderCut]);
    assert_eq!(mail.text.full, "body");
}

#[test]
fn a_mail_beyond_the_size_limit_is_cut() {
    let limits = Limits { size: 100, ..Limits::default() };
    let mail = format!("From: a@b.example\n\n{}", "20 HS-100\n".repeat(100));
    let mail = parse(mail.as_bytes(), &limits, &own());
    assert!(mail.faults.contains(&Fault::TooLarge));
    assert!(mail.text.full.len() < 100);
}

#[test]
fn an_order_to_another_house_is_a_copy_for_us() {
    let copied = |to: &str, cc: &str| {
        let to = format!("To: {to}\nCc: {cc}\n");
        read(&ORDER.replace("To: sales@maker.example\n", &to)).copied
    };
    let (other, us, own) = ("sales@delta.example", "sales@maker.example", "bob@buyer.example");
    assert!(copied(other, us));
    assert!(copied(other, "Maker <anna@maker.example>"), "of our domain");
    assert!(!copied(us, other), "to us");
    assert!(!copied(&format!("{other}, {us}"), us), "to both");
    assert!(!copied(own, us), "to a colleague of the sender");
    assert!(!copied(other, own), "not to us at all: an alias, perhaps");
}
