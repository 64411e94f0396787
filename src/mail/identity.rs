//! What makes a mail the same mail.

use sha2::{Digest as _, Sha256};

use super::header::{Header, split_line, trim_line_end};
use super::types::MailId;

/// Fields that the sender wrote and no server on the way touches.
const FIELDS: [&str; 4] = ["Message-ID", "From", "Date", "Subject"];

/// The identity of a mail with this header and body. See [`MailId`].
pub(super) fn of(header: &Header<'_>, body: &[u8]) -> MailId {
    let mut digest = Sha256::new();
    for name in FIELDS {
        // However a server folds a field, its words stay. No word holds a space or line break.
        let value = header.bytes(name).unwrap_or_default();
        for word in value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
            digest.update(word);
            digest.update(b" ");
        }
        digest.update(b"\n");
    }
    let mut rest = body;
    let mut empty_lines = 0_usize;
    while !rest.is_empty() {
        let (line, next) = split_line(rest);
        let line = trim_line_end(line);
        if line.is_empty() {
            empty_lines += 1;
        } else {
            // Empty lines count only where something follows them.
            for _ in 0..std::mem::take(&mut empty_lines) {
                digest.update(b"\n");
            }
            digest.update(line);
            digest.update(b"\n");
        }
        rest = next;
    }
    MailId::from_digest(&digest.finalize())
}
