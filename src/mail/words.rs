//! Encoded words (RFC 2047), as the wild writes them: split within a character, with spaces
//! inside, within quotes, without a space between.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::decode;

/// A piece of a field's value.
enum Piece<'a> {
    Text(&'a str),
    Word { charset: &'a str, bytes: Vec<u8> },
}

/// The value with its encoded words as text.
pub(super) fn decode(value: &str) -> String {
    if !value.contains("=?") {
        return value.to_owned();
    }
    let mut decoded = String::with_capacity(value.len());
    for piece in pieces(value) {
        match piece {
            Piece::Text(text) => decoded.push_str(text),
            Piece::Word { charset, bytes } => {
                decoded.push_str(&decode::charset(&bytes, Some(charset)));
            }
        }
    }
    decoded
}

/// The value with every run of encoded words as one well-formed word in UTF-8, so that a strict
/// parser reads it.
pub(super) fn normalise(value: &str) -> String {
    if !value.contains("=?") {
        return value.to_owned();
    }
    let mut clean = String::with_capacity(value.len());
    for piece in pieces(value) {
        match piece {
            Piece::Text(text) => clean.push_str(text),
            Piece::Word { charset, bytes } => {
                let text = decode::charset(&bytes, Some(charset));
                clean.push_str("=?utf-8?B?");
                STANDARD.encode_string(text.as_bytes(), &mut clean);
                clean.push_str("?=");
            }
        }
    }
    clean
}

/// Splits a value into text and words; adjacent words of one charset are one, since senders cut
/// them in the middle of a character.
fn pieces(value: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = value;
    let mut text_start = 0;
    // Without an end behind it there is no word, neither here nor later.
    let last_end = value.rfind("?=").unwrap_or_default();
    while let Some(at) = rest.find("=?") {
        let after = rest.get(at..).unwrap_or_default();
        if value.len() - after.len() >= last_end {
            break;
        }
        let Some((charset, bytes, length)) = word(after) else {
            rest = rest.get(at + 2..).unwrap_or_default();
            continue;
        };
        let start = value.len() - after.len();
        let between = value.get(text_start..start).unwrap_or_default();
        text_start = start + length;
        rest = value.get(text_start..).unwrap_or_default();
        match pieces.last_mut() {
            Some(Piece::Word { charset: before, bytes: joined })
                if between.trim().is_empty() && before.eq_ignore_ascii_case(charset) =>
            {
                joined.extend_from_slice(&bytes);
                continue;
            }
            Some(Piece::Word { .. }) if between.trim().is_empty() => {}
            _ if between.is_empty() => {}
            _ => pieces.push(Piece::Text(between)),
        }
        pieces.push(Piece::Word { charset, bytes });
    }
    let last = value.get(text_start..).unwrap_or_default();
    if !last.is_empty() {
        pieces.push(Piece::Text(last));
    }
    pieces
}

/// Reads the word that `text` begins with: charset, content, and the word's length in bytes.
fn word(text: &str) -> Option<(&str, Vec<u8>, usize)> {
    let mut parts = text.get(2..)?.splitn(3, '?');
    let charset = parts.next()?;
    let encoding = parts.next()?;
    let content = parts.next()?;
    let sound = !charset.is_empty() && charset.len() <= 40 && !charset.contains(' ');
    if !sound || encoding.len() != 1 {
        return None;
    }
    let end = content.find("?=")?;
    let (content, _) = content.split_at_checked(end)?;
    let bytes = match encoding {
        "B" | "b" => decode::base64_lenient(content.as_bytes()),
        "Q" | "q" => decode::quoted_printable(content.replace('_', " ").as_bytes()),
        _ => return None,
    };
    let length = 2 + charset.len() + 1 + encoding.len() + 1 + end + 2;
    // RFC 2231 section 5 lets a language follow the charset.
    let charset = charset.split('*').next().unwrap_or(charset);
    Some((charset, bytes, length))
}
