//! Whatever the bytes are, a mail comes out, and the same one.

use proptest::prelude::*;

use super::{parse_bytes, with_crlf};
use crate::mail::{Mail, Text, newly_written, newly_written_html};

/// Pieces of which mails, sound and unsound, are put together.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "From: Ann Smith <ann@buyer.example>\n", "To: sales@maker.example\n",
    "Subject: =?utf-8?Q?x=C3?=\n", "Date: Tue, 4 Mar 2025 10:12:00 +0100\n", "Message-ID: <a@b>\n",
    "References: <a@b <c@d>\n", "Content-Type: multipart/mixed; boundary=b\n",
    "Content-Type: multipart/alternative; boundary=c\n", "Content-Type: text/html; charset=utf-8\n",
    "Content-Type: text/plain; format=flowed\n", "Content-Type: message/rfc822\n",
    "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Disposition: attachment; filename*=x''%\n", "\n", "\n\n", "\r\n", "\r", "--b\n",
    "--b--\n", "--c\n", "--c--\n", "--b", " ", "\t", "20 HS-100\n", "> quoted\n", ">> deeper\n",
    "On 4 Mar 2025, at 10:12, A <a@b> wrote:\n", "Am 04.03.25 um 10:12 schrieb A:\n",
    "-----Original Message-----\n", "________________\n", "Sent: Monday\n", "-- \n",
    "Best regards\n", "Thanks\n", "PS: more\n", "Tel. +41 44 780 00 11\n", "Sent from my iPhone\n",
    "Quantity: 5\n", "=C3=A4", "=\n", "S8O8aGxlcg==\n", "é", "\u{a0}", "\u{200b}", "🎉", "<table>",
    "<tr>", "<td rowspan=3 colspan=2>", "<td>", "</td>", "</tr>", "</table>",
    "<div style='display:none'>", "<s>", "</s>", "</div>", "<p>", "<br>", "<li>", "<ol start=3>",
    "<blockquote type=cite>", "</blockquote>", "<style>.x{display:none}", "</style>", "<p class=x>",
    "<!--", "-->", "&auml;", "&#x41;", "&#150;", "&", "<", "<a b=\"", "\"", ">", "<pre>",
    "<hr id=zwchr>", "<title>", "<div class=\"gmail_signature\">",
];

fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(PIECES).prop_map(str::to_owned);
    prop_oneof![8 => known, 1 => "\\PC{0,12}"]
}

fn assembled() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat().into_bytes())
}

fn is_sound(text: &Text) {
    let mut end = 0;
    for (at, range) in text.new.iter().enumerate() {
        assert!(range.start < range.end, "an empty piece");
        assert!(at == 0 || range.start > end, "pieces touch or are out of order");
        assert!(text.full.get(range.clone()).is_some(), "beyond the text, or within a character");
        end = range.end;
    }
    for range in &text.signature {
        assert!(text.full.get(range.clone()).is_some());
        let apart = |new: &std::ops::Range<usize>| new.end <= range.start || range.end <= new.start;
        assert!(text.new.iter().all(apart), "signature and new text overlap");
    }
    if let Some(forwarded) = &text.forwarded {
        assert!(text.full.get(forwarded.clone()).is_some());
        assert!(forwarded.start >= end, "a forwarded mail is never newly written");
    }
    assert!(!text.full.contains('\r'));
}

fn mail_is_sound(mail: &Mail) {
    is_sound(&mail.text);
    mail.html_text.iter().for_each(is_sound);
    assert!(!mail.subject.contains(['\r', '\n']));
    assert!(!mail.from.name.contains(['\r', '\n']));
    assert!(!mail.faults.contains(&crate::mail::Fault::Broken));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_give_a_mail(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        mail_is_sound(&parse_bytes(&bytes));
    }

    #[test]
    fn any_mail_like_bytes_give_a_mail(bytes in assembled()) {
        mail_is_sound(&parse_bytes(&bytes));
    }

    #[test]
    fn a_mail_cut_anywhere_gives_a_mail(bytes in assembled(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(bytes.len() + 1);
        mail_is_sound(&parse_bytes(&bytes[..cut]));
    }

    #[test]
    fn identity_does_not_depend_on_line_ends_or_trace(bytes in assembled()) {
        // As a server that only knows LF has it.
        let lf: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\r').collect();
        let id = parse_bytes(&lf).id;
        prop_assert_eq!(&parse_bytes(&with_crlf(&lf)).id, &id);
        let mut traced = b"Received: from a by b;\n\tTue, 4 Mar 2025\nDelivered-To: x\n".to_vec();
        traced.extend(&lf);
        // Where there is no header at all, the first line becomes one.
        if lf.starts_with(b"From:") {
            prop_assert_eq!(&parse_bytes(&traced).id, &id);
        }
    }

    #[test]
    fn any_text_gives_newly_written_text(text in prop::collection::vec(piece(), 0..60)) {
        let text = text.concat();
        let _ = newly_written(&text);
        let _ = newly_written_html(&text);
    }

    #[test]
    fn text_without_quotes_and_signature_is_all_new(
        lines in prop::collection::vec("[a-z]{2,9}( [a-z]{2,9}){0,8} [0-9]{1,4} HS-[0-9]{3}", 1..20)
    ) {
        let text = lines.join("\n");
        prop_assert_eq!(newly_written(&text), text);
    }
}
