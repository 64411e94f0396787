//! Whole mails in, each with LF and with CRLF line endings.

mod automatic;
mod bodies;
mod bounces;
mod headers;
mod properties;

use super::{Limits, Mail, OwnAddresses, parse};

/// Our side of the tests' correspondence.
fn own() -> OwnAddresses {
    OwnAddresses::new(["Orders@Maker.example", "sales@maker.example"])
}

fn parse_bytes(mail: &[u8]) -> Mail {
    parse(mail, &Limits::default(), &own())
}

/// Reads a mail with LF and with CRLF, which must make no difference.
fn read(mail: &str) -> Mail {
    read_bytes(mail.as_bytes())
}

fn read_bytes(mail: &[u8]) -> Mail {
    let lf = parse_bytes(mail);
    let crlf = parse_bytes(&with_crlf(mail));
    let facts = |mail: &Mail| {
        let attachments: Vec<_> = mail
            .attachments
            .iter()
            .map(|file| (file.name.clone(), file.media_type.clone(), file.inline))
            .collect();
        let head = (mail.id.clone(), mail.from.clone(), mail.to.clone(), mail.subject.clone());
        let thread = (mail.message_id.clone(), mail.in_reply_to.clone(), mail.references.clone());
        let verdict = (mail.date, mail.automatic, mail.faults.clone());
        (head, thread, verdict, mail.text.clone(), mail.html_text.clone(), attachments)
    };
    assert_eq!(facts(&lf), facts(&crlf), "line endings must make no difference");
    lf
}

fn with_crlf(mail: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(mail.len() * 2);
    for byte in mail {
        if *byte == b'\n' {
            bytes.push(b'\r');
        }
        bytes.push(*byte);
    }
    bytes
}

/// A plain order with these further header lines.
fn with_header(lines: &str) -> Mail {
    read(&format!(
        "From: Ann Smith <ann@buyer.example>\nTo: sales@maker.example\nSubject: parts\n\
         Message-ID: <m1@buyer.example>\n{lines}\n20 HS-100, please.\n"
    ))
}
