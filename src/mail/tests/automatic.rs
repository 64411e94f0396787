//! Mails that no person wrote, and persons' mails that look like it.

use super::{own, read, with_header};
use crate::mail::Automatic::{self, *};
use crate::mail::{Limits, OwnAddresses, parse};

#[test]
fn automatic_mails_are_known_by_their_header() {
    let cases: [(&str, Option<Automatic>); 24] = [
        ("", None),
        ("Auto-Submitted: no\n", None),
        ("Auto-Submitted: auto-replied\n", Some(AutoReply)),
        ("Auto-Submitted: auto-generated (rejected)\n", Some(AutoReply)),
        ("X-Autoreply: yes\n", Some(AutoReply)),
        ("Precedence: auto_reply\n", Some(AutoReply)),
        ("Precedence: bulk\n", Some(Bulk)),
        ("Precedence: junk\n", Some(Bulk)),
        ("Precedence: list\n", Some(List)),
        ("Precedence: first-class\n", None),
        ("Return-Path: <>\n", Some(Bounce)),
        ("Return-Path: <>\nAuto-Submitted: auto-replied\n", Some(AutoReply)),
        ("Return-Path: <ann@buyer.example>\n", None),
        ("X-Failed-Recipients: bob@buyer.example\n", Some(Bounce)),
        ("List-Id: Casting <casting.lists.example>\n", Some(List)),
        ("List-Post: <mailto:casting@lists.example>\n", Some(List)),
        ("List-Unsubscribe: <https://news.example/u>\n", Some(Bulk)),
        ("X-Auto-Response-Suppress: All\n", Some(Bulk)),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply\n", Some(Bulk)),
        // About notes of absence and receipts, not about answers: ordinary orders carry it.
        ("X-Auto-Response-Suppress: OOF\n", None),
        ("X-Auto-Response-Suppress: DR, RN, NRN, OOF\n", None),
        ("Content-Class: urn:content-classes:calendarmessage\n", Some(Calendar)),
        // Our own shared mailbox, kept as a group that customers write to.
        ("List-Id: <orders.maker.example>\nPrecedence: list\n", None),
        ("X-Postorder: 7f31\n", Some(Own)),
    ];
    for (header, expected) in cases {
        assert_eq!(with_header(header).automatic, expected, "{header}");
    }
}

#[test]
fn automatic_mails_are_known_by_their_subject() {
    let automatic = |subject: &str| {
        read(&format!("From: ann@buyer.example\nTo: sales@maker.example\nSubject: {subject}\n\nx"))
            .automatic
    };
    for subject in [
        "Automatic reply: your order",
        "Out of Office: back on Monday",
        "Abwesenheitsnotiz: Auftrag 5",
        "Automatische Antwort: Auftrag 5",
        "Réponse automatique : commande",
        "Risposta automatica: ordine",
        "Automatisch antwoord: bestelling",
        "Respuesta automática: pedido",
    ] {
        assert_eq!(automatic(subject), Some(AutoReply), "{subject}");
    }
    for subject in ["Undeliverable: your order", "Mail delivery failed: returning to sender"] {
        assert_eq!(automatic(subject), Some(Bounce), "{subject}");
    }
    for subject in ["Re: Automatic reply: your order", "Automatic lubricator, 2 pieces", "Order"] {
        assert_eq!(automatic(subject), None, "{subject}");
    }
}

#[test]
fn daemons_are_known_by_their_name() {
    for from in ["MAILER-DAEMON@mx.buyer.example", "postmaster@buyer.example"] {
        let mail = read(&format!("From: {from}\nSubject: your mail\n\nx"));
        assert_eq!(mail.automatic, Some(Bounce), "{from}");
    }
}

#[test]
fn reports_are_known_by_their_parts() {
    let report = |kind: &str, part: &str| {
        read(&format!(
            "From: ann@buyer.example\nContent-Type: multipart/report; report-type={kind}; \
             boundary=b\n\n--b\nContent-Type: text/plain\n\nIt was displayed.\n--b\n\
             Content-Type: {part}\n\nx\n--b--\n"
        ))
        .automatic
    };
    assert_eq!(report("delivery-status", "message/delivery-status"), Some(Bounce));
    assert_eq!(
        report("disposition-notification", "message/disposition-notification"),
        Some(Receipt)
    );
    assert_eq!(report("feedback-report", "message/feedback-report"), Some(Bounce));
}

#[test]
fn an_invitation_is_automatic_and_a_calendar_file_is_not() {
    let mail = |outer: &str, part: &str| {
        read(&format!(
            "From: ann@buyer.example\nContent-Type: multipart/{outer}; boundary=b\n\n--b\n\
             Content-Type: text/plain\n\n20 HS-100, please.\n--b\n{part}\n\nBEGIN:VCALENDAR\n--b--\n"
        ))
        .automatic
    };
    let invitation = "Content-Type: text/calendar; method=REQUEST";
    assert_eq!(mail("alternative", invitation), Some(Calendar));
    let file =
        "Content-Type: text/calendar; name=\"holidays.ics\"\nContent-Disposition: attachment";
    assert_eq!(mail("mixed", file), None);
}

#[test]
fn our_own_letters_are_known() {
    let from = |from: &str, id: &str| {
        read(&format!("From: {from}\nTo: sales@maker.example\nMessage-ID: <{id}>\n\n1")).automatic
    };
    assert_eq!(from("Sales <SALES@maker.example>", "x@y"), Some(Own));
    assert_eq!(from("noreply@maker.example", "x@y"), Some(Own));
    assert_eq!(from("desk@maker.example", "offer.ab12@maker.example"), Some(Own));
    // Colleagues pass orders on, and customers may have any Message-ID.
    assert_eq!(from("colleague@maker.example", "x@maker.example"), None);
    assert_eq!(from("ann@buyer.example", "offer.ab12@buyer.example"), None);
    assert_eq!(from("noreply@buyer.example", "x@buyer.example"), None);
}

#[test]
fn our_own_letters_are_known_without_knowing_our_addresses() {
    let mail = b"From: sales@maker.example\nTo: sales@maker.example\n\n1";
    let nobody = OwnAddresses::default();
    assert_eq!(parse(mail, &Limits::default(), &nobody).automatic, Some(Own));
    assert_eq!(own().domains, ["maker.example"]);
}
