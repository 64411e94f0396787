//! The shape of the bodies: paragraphs, and line lengths of the plain text.

use std::fmt::Write as _;

/// Lines of plain text are wrapped here (RFC 3676 section 4.2 advises against more than 78).
const WIDTH: usize = 76;

/// Takes the `Subject:` line off what a letter's template gave. `None` where it has none.
pub(super) fn split_subject(rendered: &str) -> Option<(&str, &str)> {
    let rendered = rendered.trim_start();
    let (first, body) = rendered.split_once('\n').unwrap_or((rendered, ""));
    let subject = first.strip_prefix("Subject:")?.trim();
    (!subject.is_empty()).then_some((subject, body))
}

/// Plain text with no more than one empty line in a row, no spaces at line ends, and lines no
/// longer than [`WIDTH`] where their words allow it.
pub(super) fn plain(text: &str) -> String {
    let mut shaped = String::with_capacity(text.len() + text.len() / 16);
    let mut gap = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            gap = !shaped.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            shaped.push('\n');
        }
        wrap(line, &mut shaped);
    }
    shaped
}

/// Wraps one line; what follows hangs below its text where it is an item of a list.
fn wrap(line: &str, out: &mut String) {
    let indent = line.len() - line.trim_start().len();
    let rest = line.get(indent..).unwrap_or_default();
    let mark = rest.len() - rest.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit()).len();
    let after = rest.get(mark..).unwrap_or_default();
    let gap = after.len() - after.trim_start_matches(' ').len();
    // `- text` and `  1  text` hang; `1 text` at the margin is a sentence.
    let listed = mark > 0 && gap > 0 && (rest.starts_with("- ") || indent > 0);
    let head = if listed { indent + mark + gap } else { indent };
    out.push_str(line.get(..head).unwrap_or_default());
    let mut column = head;
    for word in line.get(head..).unwrap_or_default().split(' ') {
        let length = word.chars().count();
        if column > head && column + 1 + length > WIDTH {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', head));
            column = head;
        } else if column > head {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
}

/// HTML with `<p>` around what stands between empty lines, except where that begins with a tag of
/// its own. Text from outside is escaped before it comes here and cannot begin with one.
pub(super) fn paragraphs(html: &str, style: &str) -> String {
    let mut shaped = String::with_capacity(html.len() + html.len() / 8);
    for block in blocks(html) {
        if block.trim_start().starts_with('<') {
            shaped.push_str(&block);
            shaped.push('\n');
        } else {
            let text = block.replace('\n', "<br>\n");
            // Writing to a String never fails.
            let _ = writeln!(shaped, "<p style=\"{style}\">{text}</p>");
        }
    }
    shaped
}

/// What stands between empty lines, without spaces at line ends.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut fresh = true;
    for line in text.lines().map(str::trim_end) {
        match blocks.last_mut() {
            _ if line.is_empty() => fresh = true,
            Some(block) if !fresh => {
                block.push('\n');
                block.push_str(line);
            }
            _ => {
                blocks.push(line.to_owned());
                fresh = false;
            }
        }
    }
    blocks
}

/// The first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_and_lists_hang() {
        let long = format!("{}end", "word ".repeat(20));
        let words = |count| vec!["word"; count].join(" ");
        let (first, second) = (words(15), format!("{} end", words(5)));
        assert_eq!(
            plain(&format!("\n\n{long}  \n\n\n\n- {long}\n  1  {long}\n")),
            format!(
                "{first}\n{second}\n\n- {first}\n  {second}\n  1  {}\n     word {second}\n",
                words(14)
            )
        );
        let endless = "x".repeat(200);
        assert_eq!(plain(&endless), format!("{endless}\n"));
    }

    #[test]
    fn paragraphs_leave_blocks_alone() {
        let html = "one\ntwo\n\n\n<table>\n<tr></tr>\n</table>\n\n&lt;b&gt; three\n";
        assert_eq!(
            paragraphs(html, "s"),
            "<p style=\"s\">one<br>\ntwo</p>\n<table>\n<tr></tr>\n</table>\n\
             <p style=\"s\">&lt;b&gt; three</p>\n"
        );
    }

    #[test]
    fn a_letter_begins_with_its_subject() {
        assert_eq!(split_subject("\nSubject: a: b \n\nbody"), Some(("a: b", "\nbody")));
        assert_eq!(split_subject("Subject:\nbody"), None);
        assert_eq!(split_subject("body"), None);
    }
}
