//! Transfer encodings and charsets, undone leniently: whatever the bytes, something comes out.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use mail_parser::decoders::charsets::map::charset_decoder;

/// Takes base64 with or without padding, and bits left over at the end.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// How a body is encoded for transfer (RFC 2045 section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transfer {
    Base64,
    QuotedPrintable,
    /// 7bit, 8bit, binary, and whatever is unknown.
    Plain,
}

impl Transfer {
    pub(super) fn named(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "base64" => Self::Base64,
            "quoted-printable" => Self::QuotedPrintable,
            _ => Self::Plain,
        }
    }

    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Base64 => base64_lenient(bytes).into(),
            Self::QuotedPrintable => quoted_printable(bytes).into(),
            Self::Plain => bytes.into(),
        }
    }
}

/// Base64 with everything outside its alphabet passed over (RFC 2045 section 6.8), and cut where
/// it is cut.
pub(super) fn base64_lenient(bytes: &[u8]) -> Vec<u8> {
    let in_alphabet =
        |byte: &u8| matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/');
    let mut clean = Vec::with_capacity(bytes.len());
    // Padding ends the data; some senders join several padded pieces.
    let mut decoded = Vec::new();
    for piece in bytes.split(|&byte| byte == b'=') {
        clean.clear();
        clean.extend(piece.iter().copied().filter(in_alphabet));
        if clean.len() % 4 == 1 {
            clean.pop();
        }
        // Cannot fail: only the alphabet is left, in a length that exists.
        let _ = LENIENT.decode_vec(&clean, &mut decoded);
    }
    decoded
}

/// Quoted-printable; an `=` that starts no code stays as it is.
pub(super) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&byte| byte == b'=') {
        let (before, after) = rest.split_at(at);
        decoded.extend_from_slice(before);
        let after = after.get(1..).unwrap_or_default();
        if let [high, low, tail @ ..] = after
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            decoded.push(high << 4 | low);
            rest = tail;
        } else if let Some(tail) = soft_break(after) {
            rest = tail;
        } else {
            decoded.push(b'=');
            rest = after;
        }
    }
    decoded.extend_from_slice(rest);
    decoded
}

/// What follows a soft line break: blanks that a gateway may have added, then the line end.
fn soft_break(after: &[u8]) -> Option<&[u8]> {
    let blanks = after.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    let blanks = blanks.count();
    match after.get(blanks) {
        Some(b'\n') => after.get(blanks + 1..),
        None if blanks == after.len() => Some(&[]),
        _ => None,
    }
}

pub(super) fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// Bytes as text by the charset that is stated; UTF-8, else windows-1252, where none is stated,
/// where it is unknown, or where it is stated as UTF-8 or ASCII and is not.
pub(super) fn charset<'a>(bytes: &'a [u8], stated: Option<&str>) -> Cow<'a, str> {
    let stated = stated.map(|name| name.trim().trim_matches(['"', '\'']).to_ascii_lowercase());
    match stated.as_deref() {
        None
        | Some("" | "utf-8" | "utf8" | "us-ascii" | "ascii" | "unknown-8bit" | "x-unknown") => {
            utf8_or_1252(bytes)
        }
        Some(name) => match charset_decoder(name.as_bytes()) {
            Some(decode) => decode(bytes).into(),
            None => utf8_or_1252(bytes),
        },
    }
}

/// UTF-8 where the bytes are that, else windows-1252.
pub(super) fn utf8_or_1252(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        // One stray byte in a long text that is UTF-8 otherwise: keep the rest readable.
        Err(_) if mostly_utf8(bytes) => String::from_utf8_lossy(bytes),
        Err(_) => match charset_decoder(b"windows-1252") {
            Some(decode) => decode(bytes).into(),
            None => String::from_utf8_lossy(bytes),
        },
    }
}

/// More well-formed multi-byte characters than broken ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let mut good = 0_usize;
    let mut bad = 0_usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}
