//! Text from outside is data: one line, no tricks, bounded.

use unicode_normalization::char::is_combining_mark;

/// Marks stacked on one letter beyond this are dropped.
const MAX_MARKS: usize = 3;

/// The text on one line, without control, direction and invisible characters, with single spaces
/// and without links, at most `max` characters long.
///
/// Links are taken out because a stranger may have written the text, and our letter goes to
/// whomever they claimed to be.
pub(super) fn line(text: &str, max: usize) -> String {
    let mut plain = String::with_capacity(text.len().min(max * 4));
    let mut marks = 0;
    // Beyond this, nothing could be kept anyway.
    for c in text.chars().take(max.saturating_mul(4).saturating_add(64)) {
        if is_combining_mark(c) {
            marks += 1;
        } else {
            marks = 0;
        }
        if c.is_whitespace() || c.is_control() {
            plain.push(' ');
        } else if !invisible(c) && marks <= MAX_MARKS {
            plain.push(c);
        }
    }
    let words: Vec<&str> = plain
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(|w| if link(w) { "[…]" } else { w })
        .collect();
    cut(&words.join(" "), max)
}

/// The text, at most `max` characters long; what is cut ends in an ellipsis.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A line for a header: as [`line`], and never taken for an encoded word (RFC 2047), which would
/// be decoded a second time by the reader.
pub(super) fn header(text: &str, max: usize) -> String {
    line(&text.replace("=?", "= ?"), max)
}

/// Changes the direction of text, shows nothing, or belongs to nobody.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
        | '\u{E0000}'..='\u{10FFFF}')
}

fn link(word: &str) -> bool {
    let word = word.to_lowercase();
    word.contains("://") || word.contains("www.") || word.contains("mailto:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_one_plain_line_of_anything() {
        assert_eq!(line("Müller\r\nBcc: all@x\t\u{0}end", 80), "Müller Bcc: all@x end");
        assert_eq!(line("a\u{2028}b\u{85}c\u{a0}d", 80), "a b c d");
        assert_eq!(line("in\u{202E}voice\u{200B}s\u{2066}!", 80), "invoices!");
        assert_eq!(line("e\u{301}\u{301}\u{301}\u{301}\u{301}x", 80), "e\u{301}\u{301}\u{301}x");
        assert_eq!(line("  Dr.   Who  ", 80), "Dr. Who");
        assert_eq!(line("", 80), "");
    }

    #[test]
    fn shows_no_link() {
        let spam = "Win https://evil.example/x and WWW.evil.example now";
        assert_eq!(line(spam, 80), "Win […] and […] now");
    }

    #[test]
    fn bounds_the_length() {
        assert_eq!(line(&"x".repeat(10_000), 10), "xxxxxxxxx…");
        assert_eq!(line(&"\u{301}".repeat(10_000), 10).chars().count(), 3);
        assert_eq!(line("ab cd", 4), "ab…");
        assert_eq!(line("äöüß", 4), "äöüß");
    }

    #[test]
    fn leaves_no_encoded_word_in_a_header() {
        assert_eq!(header("=?utf-8?q?=0D=0ABcc?=", 80), "= ?utf-8?q?=0D=0ABcc?=");
    }
}
