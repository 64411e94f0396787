//! A text body as it is read: one kind of line end, nothing invisible, flowed lines joined.

use super::mime::Kind;

/// Line ends as LF, and what no one sees removed: it would break words and numbers apart.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        // Most of any text stays as it is.
        let plain = rest.bytes().take_while(|b| matches!(b, b'\n' | b'\t' | b' '..=b'~')).count();
        clean.push_str(rest.get(..plain).unwrap_or_default());
        let mut chars = rest.get(plain..).unwrap_or_default().chars();
        match chars.next() {
            Some('\r') => {
                if !chars.as_str().starts_with('\n') {
                    clean.push('\n');
                }
            }
            Some(c) if is_invisible(c) => {}
            Some(c) => clean.push(c),
            None => break,
        }
        rest = chars.as_str();
    }
    with_spaces(&clean)
}

/// No-break spaces as spaces, but those within a number, where they group its digits.
pub(super) fn with_spaces(text: &str) -> String {
    if !text.contains(['\u{a0}', '\u{202f}']) {
        return text.to_owned();
    }
    let mut spaced = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut in_number = || {
            spaced.ends_with(|before: char| before.is_ascii_digit())
                && chars.peek().is_some_and(char::is_ascii_digit)
        };
        let space = matches!(c, '\u{a0}' | '\u{202f}') && !in_number();
        spaced.push(if space { ' ' } else { c });
    }
    spaced
}

/// Control characters, soft hyphens, zero-width characters and marks of writing direction.
pub(super) fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
            | '\u{feff}')
}

/// Joins the lines that a sender's program broke (RFC 3676 section 4.1), if it says that it did.
pub(super) fn unflow(text: String, kind: &Kind) -> String {
    if !kind.flowed {
        return text;
    }
    let mut joined = String::with_capacity(text.len());
    // Quote depth of the line that goes on, if one does.
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let content = line.trim_start_matches('>');
        let depth = line.len() - content.len();
        let unstuffed = content.strip_prefix(' ').unwrap_or(content);
        let signature = matches!(unstuffed, "-- " | "--");
        if open == Some(depth) && !signature {
            joined.push_str(unstuffed);
        } else {
            if open.is_some() {
                joined.push('\n');
            }
            if depth > 0 {
                joined.push_str(line.get(..depth).unwrap_or_default());
                joined.push(' ');
            }
            joined.push_str(unstuffed);
        }
        if unstuffed.ends_with(' ') && !signature {
            if kind.delsp {
                joined.pop();
            }
            open = Some(depth);
        } else {
            joined.push('\n');
            open = None;
        }
    }
    // `split` gives one line more than there are line ends.
    if joined.ends_with('\n') {
        joined.pop();
    }
    joined
}
