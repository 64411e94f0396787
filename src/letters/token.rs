//! Tokens: how an answer finds back to its case.
//!
//! A letter's token is `<case key>-<number>`: 16 hexadecimal digits, `-`, and a number. With the
//! letter's kind it makes the Message-ID `<kind.token@domain>`; in the subject of a letter that
//! may be answered it stands as `[#token]`.

use crate::flow::LetterKind;

/// Message-ID of a letter, without angle brackets.
#[must_use]
pub fn message_id(kind: LetterKind, token: &str, domain: &str) -> String {
    format!("{}.{token}@{domain}", kind.name())
}

/// The kind and the token of a letter of ours that has this Message-ID; `None` if it is not ours
/// in form. Takes it with or without angle brackets, and in any case: some mail programs change
/// it on the way. Whose domain it is, the caller checks.
#[must_use]
pub fn token_of_message_id(message_id: &str) -> Option<(LetterKind, String)> {
    let id = message_id.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, _domain) = id.split_once('@')?;
    let (kind, token) = local.split_once('.')?;
    let kind = LetterKind::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(kind))?;
    Some((kind, well_formed(token)?))
}

/// The first token in a subject, `[#token]`.
#[must_use]
pub fn token_in_subject(subject: &str) -> Option<String> {
    subject.split("[#").skip(1).find_map(|rest| {
        let (token, _) = rest.split_once(']')?;
        well_formed(token)
    })
}

/// Writes a token for a subject.
pub(super) fn in_subject(token: &str) -> String {
    format!("[#{token}]")
}

/// The subject without any token.
pub(super) fn without_tokens(subject: &str) -> String {
    let mut kept = String::with_capacity(subject.len());
    let mut pieces = subject.split("[#");
    kept.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece.split_once(']') {
            Some((token, rest)) if well_formed(token).is_some() => kept.push_str(rest),
            _ => {
                kept.push_str("[#");
                kept.push_str(piece);
            }
        }
    }
    kept
}

fn well_formed(token: &str) -> Option<String> {
    let token = token.trim().to_ascii_lowercase();
    let (key, number) = token.split_once('-')?;
    let ok = key.len() == 16
        && key.bytes().all(|byte| byte.is_ascii_hexdigit())
        && (1..=9).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit());
    ok.then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_the_message_id_of_every_kind() {
        for kind in LetterKind::ALL {
            let id = message_id(kind, "0123456789abcdef-12", "mycompany.example");
            let read = token_of_message_id(&format!("<{id}>"));
            assert_eq!(read, Some((kind, "0123456789abcdef-12".to_owned())));
        }
        let shouted = "OFFER.0123456789ABCDEF-3@MYCOMPANY.EXAMPLE";
        let read = token_of_message_id(shouted);
        assert_eq!(read, Some((LetterKind::Offer, "0123456789abcdef-3".to_owned())));
    }

    #[test]
    fn takes_no_foreign_message_id() {
        for foreign in [
            "",
            "<>",
            "@",
            "offer.@x",
            "offer.0123456789abcdef@x",
            "offer.0123456789abcdeg-1@x",
            "offer.0123456789abcdef-@x",
            "offer.0123456789abcdef-1x@x",
            "offer.0123456789abcdef-1234567890@x",
            "offers.0123456789abcdef-1@x",
            "offer.0123456789abcdef-1",
            "CAGz-+T@mail.gmail.com",
        ] {
            assert_eq!(token_of_message_id(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn finds_and_takes_out_the_token_of_a_subject() {
        let subject = "AW: [EXT] Lager [#1] [#0123456789ABCDEF-2] (x)";
        assert_eq!(token_in_subject(subject), Some("0123456789abcdef-2".to_owned()));
        assert_eq!(without_tokens(subject), "AW: [EXT] Lager [#1]  (x)");
        assert_eq!(token_in_subject("[#0123456789abcdef-2"), None);
        assert_eq!(without_tokens("[#0123456789abcdef-2"), "[#0123456789abcdef-2");
    }
}
