//! Bounces: what they tell of the letter that came back.

use crate::mail::{Bounce, Limits, OwnAddresses, bounce, parse};

const ID: &str = "offer.0123456789abcdef-2@shop.example";

fn read(mail: &str) -> Option<Bounce> {
    let own = OwnAddresses::new(["orders@shop.example"]);
    bounce(&parse(mail.as_bytes(), &Limits::default(), &own))
}

/// As Postfix writes them.
fn report(action: &str, fields: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\n\
         Subject: Undelivered Mail Returned to Sender\nTo: orders@shop.example\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n\
         \tboundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nI'm sorry.\n\n--b\n\
         Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
         Final-Recipient: rfc822; Ada@Buyer.example\nAction: {action}\n{fields}\n\n--b\n\
         Content-Type: message/rfc822\n\nFrom: orders@shop.example\nMessage-ID: <{ID}>\n\
         Subject: Your order\n\nText\n\n--b--\n"
    )
}

#[test]
fn a_report_names_letter_recipient_and_reason() {
    let fields = "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <ada@buyer.example>:\n    \
                  Recipient address rejected: User unknown";
    let bounce = read(&report("failed", fields)).unwrap();
    assert_eq!(bounce.about, [ID]);
    assert_eq!(bounce.recipient.as_deref(), Some("ada@buyer.example"));
    assert!(bounce.failed);
    assert!(bounce.message.starts_with("5.1.1 550 5.1.1"), "{}", bounce.message);
    assert!(bounce.message.ends_with("User unknown"), "{}", bounce.message);
}

#[test]
fn a_delay_is_no_failure() {
    let bounce = read(&report("delayed", "Status: 4.4.1")).unwrap();
    assert!(!bounce.failed);
}

#[test]
fn a_report_with_the_header_alone_will_do() {
    let text = report("failed", "Status: 5.2.2").replace("message/rfc822", "text/rfc822-headers");
    assert_eq!(read(&text).unwrap().about, [ID]);
}

#[test]
fn qmail_writes_words() {
    let mail = format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: orders@shop.example\n\
         Subject: failure notice\n\nHi. This is the qmail-send program at mx.example.\n\n\
         <ada@buyer.example>:\n192.0.2.1 does not like recipient.\n\
         Remote host said: 550 no such user\n\n--- Below this line is a copy of the message.\n\n\
         Return-Path: <orders@shop.example>\nMessage-ID: <{ID}>\nSubject: Your order\n\nDelayed\n"
    );
    let bounce = read(&mail).unwrap();
    assert_eq!((bounce.about.as_slice(), bounce.failed), (&[ID.to_owned()][..], true));
    assert_eq!(bounce.message, "Remote host said: 550 no such user");
    let warned = mail.replace("Hi.", "THIS IS A WARNING MESSAGE ONLY.");
    assert!(!read(&warned).unwrap().failed);
}

#[test]
fn what_is_no_bounce_tells_nothing() {
    let text = report("failed", "Status: 5.1.1");
    assert_eq!(read(&text.replace(ID, "").replace("Message-ID: <>", "")), None, "about no mail");
    let absent = format!(
        "Return-Path: <>\nFrom: ada@buyer.example\nTo: orders@shop.example\nSubject: Re: x\n\
         In-Reply-To: <{ID}>\n\nI am on holiday.\n"
    );
    assert_eq!(read(&absent), None);
    let person = format!("From: ada@buyer.example\nSubject: Re: x\n\nMessage-ID: <{ID}>\n");
    assert_eq!(read(&person), None);
}
