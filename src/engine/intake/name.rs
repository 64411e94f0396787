//! File names in a maildir: a unique part, then `:2,` and flags
//! (<https://cr.yp.to/proto/maildir.html>).

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use sha2::{Digest as _, Sha256};

use crate::mail::MailId;

/// Longest unique part that we keep as it is, in bytes: a file name may have 255, and there must
/// be room for our own ending.
const LONGEST: usize = 200;

/// The unique part of a file's name: it stays the same while readers change the flags.
pub(super) fn base(name: &OsStr) -> &OsStr {
    OsStr::from_bytes(split(name.as_bytes()).0)
}

/// A reader has seen it, thrown it away, or not finished writing it (`S`, `T`, `D`): not ours.
pub(super) fn touched(name: &OsStr) -> bool {
    let flags = split(name.as_bytes()).1;
    flags.iter().any(|flag| matches!(flag, b'S' | b'T' | b'D'))
}

/// The name under which a file of this name lies once it is ours: its unique part in UTF-8 and of
/// bearable length, and its flags with `S` among them. Always the same for the same name.
pub(super) fn seen(name: &OsStr) -> String {
    let (base, flags) = split(name.as_bytes());
    format!("{}:2,{}", bearable(base), with_seen(flags))
}

/// The same without `S`, so that it shows as unread.
pub(super) fn unseen(name: &OsStr) -> String {
    let seen = seen(name);
    match seen.rsplit_once(":2,") {
        Some((base, flags)) => format!("{base}:2,{}", flags.replacen('S', "", 1)),
        None => seen,
    }
}

/// The same name with a number in its unique part, where the name itself is taken.
pub(super) fn numbered(seen: &str, number: u32) -> String {
    match seen.rsplit_once(":2,") {
        Some((base, flags)) => format!("{base}_{number}:2,{flags}"),
        None => format!("{seen}_{number}"),
    }
}

/// Unique part and flags. Only the last `:2,` (or the experimental `:1,`) begins the flags, since
/// some writers have colons in the unique part.
fn split(name: &[u8]) -> (&[u8], &[u8]) {
    let at = |mark: &[u8]| name.windows(mark.len()).rposition(|window| window == mark);
    let Some(at) = at(b":2,").or_else(|| at(b":1,")) else { return (name, b"") };
    match name.get(at..at + 3) {
        Some(b":2,") => (name.get(..at).unwrap_or(name), name.get(at + 3..).unwrap_or_default()),
        // What the experimental form holds are no flags.
        _ => (name.get(..at).unwrap_or(name), b""),
    }
}

/// The flags with `S`, in the order that maildirs want; whatever else they hold stays behind them.
fn with_seen(flags: &[u8]) -> String {
    let letters = flags.iter().take_while(|flag| flag.is_ascii_alphabetic()).count();
    let (letters, rest) = flags.split_at(letters);
    let mut letters: Vec<u8> = letters.iter().copied().chain([b'S']).collect();
    letters.sort_unstable();
    letters.dedup();
    let rest: String = rest.iter().map(|byte| plain(char::from(*byte))).collect();
    String::from_utf8_lossy(&letters).into_owned() + &rest
}

fn bearable(base: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(base)
        && text.len() <= LONGEST
        && !text.chars().any(char::is_control)
    {
        return text.to_owned();
    }
    // What was lost would make two names one: a digest keeps them apart.
    let digest = MailId::from_digest(&Sha256::digest(base));
    let digest = digest.as_str().get(..16).unwrap_or_default();
    let mut kept: String = String::from_utf8_lossy(base).chars().map(plain).collect();
    while kept.len() > LONGEST - 17 {
        kept.pop();
    }
    format!("{kept}-{digest}")
}

fn plain(letter: char) -> char {
    if letter.is_control() || letter == char::REPLACEMENT_CHARACTER || letter == '/' {
        '_'
    } else {
        letter
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;

    use super::*;

    fn check(name: &str, base_is: &str, seen_is: &str) {
        assert_eq!(base(OsStr::new(name)), base_is, "{name}");
        assert_eq!(seen(OsStr::new(name)), seen_is, "{name}");
    }

    #[test]
    fn names_are_parted_and_marked() {
        check("1.M2.host", "1.M2.host", "1.M2.host:2,S");
        check("1.M2.host:2,", "1.M2.host", "1.M2.host:2,S");
        check("1.M2.host:2,FR", "1.M2.host", "1.M2.host:2,FRS");
        check("1.M2.host:2,S", "1.M2.host", "1.M2.host:2,S");
        // Keywords of an IMAP server are lower case, and stay.
        check("1.M2.host,S=12:2,Fa", "1.M2.host,S=12", "1.M2.host,S=12:2,FSa");
        check("1:2:2,R", "1:2", "1:2:2,RS");
        check("1.host:1,x", "1.host", "1.host:2,S");
        check("odd:3,x", "odd:3,x", "odd:3,x:2,S");
        check("1.host:2,F,W=9", "1.host", "1.host:2,FS,W=9");
        check("größe", "größe", "größe:2,S");
        assert_eq!(unseen(OsStr::new("1.host:2,FS")), "1.host:2,F");
        assert_eq!(unseen(OsStr::new("1.host")), "1.host:2,");
    }

    #[test]
    fn bytes_that_are_no_text_keep_names_apart() {
        let one = OsString::from_vec(b"1.\xFF.host".to_vec());
        let two = OsString::from_vec(b"1.\xFE.host".to_vec());
        assert_ne!(seen(&one), seen(&two));
        assert_eq!(seen(&one), seen(&one));
        assert!(seen(&one).starts_with("1._.host-") && seen(&one).ends_with(":2,S"));
        let line = OsStr::new("1\n2");
        assert!(!seen(line).contains('\n'));
    }

    #[test]
    fn long_names_fit_and_stay_apart() {
        let long = |end: &str| OsString::from("ä".repeat(120) + end);
        for name in [long("1"), long("2")] {
            assert!(numbered(&seen(&name), u32::MAX).len() <= 255);
        }
        assert_ne!(seen(&long("1")), seen(&long("2")));
    }

    #[test]
    fn touched_by_a_reader() {
        for (name, is) in
            [("1", false), ("1:2,", false), ("1:2,F", false), ("1:2,S", true), ("1:2,FT", true)]
        {
            assert_eq!(touched(OsStr::new(name)), is, "{name}");
        }
    }

    #[test]
    fn numbers_go_into_the_unique_part() {
        assert_eq!(numbered("1.host:2,FS", 2), "1.host_2:2,FS");
    }
}
