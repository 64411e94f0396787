//! The text of a mail with what was taken from it in colours.

use crate::mail::Mail;
use crate::reading::{Evidence, Part, Reading};

/// Most of a text that is shown, in bytes.
const MOST: usize = 20_000;

/// The texts that words were taken from, each line behind a bar; nothing where none were.
pub(super) fn print(mail: &Mail, reading: &Reading) -> String {
    let html = mail.html_text.as_ref().map_or("", |text| text.full.as_str());
    let texts =
        [(Part::Subject, &*mail.subject), (Part::Html, html), (Part::Text, &*mail.text.full)];
    let all = evidence(reading);
    let mut page = String::new();
    for (part, text) in texts {
        let of: Vec<&Evidence> = all.iter().copied().filter(|e| e.part == part).collect();
        if !of.is_empty() {
            page.push('\n');
            paint(text, &of, &mut page);
        }
    }
    page
}

/// All evidence of a reading, in the order of the texts.
fn evidence(reading: &Reading) -> Vec<&Evidence> {
    let mut all: Vec<&Evidence> = reading.lines.iter().flat_map(|line| &line.evidence).collect();
    all.extend(reading.order_date.iter().map(|read| &read.evidence));
    all.extend(reading.address.iter().map(|read| &read.evidence));
    all.extend(reading.reference.iter().map(|read| &read.evidence));
    all.extend(reading.choice.iter().map(|read| &read.evidence));
    // Of two that begin together the shorter one says more.
    all.sort_by_key(|evidence| (evidence.start, evidence.end));
    all
}

fn colour(evidence: &Evidence) -> &'static str {
    match super::json::field(evidence) {
        "product" => "32",
        "quantity" => "36",
        "delivery_date" | "order_date" | "date" => "33",
        "address" => "35",
        "reference" => "34",
        _ => "4",
    }
}

fn paint(text: &str, all: &[&Evidence], page: &mut String) {
    let mut done = 0;
    let mut lines = String::new();
    for evidence in all {
        let (Some(before), Some(words)) =
            (text.get(done..evidence.start), text.get(evidence.start..evidence.end))
        else {
            continue;
        };
        if evidence.end > MOST {
            break;
        }
        lines.push_str(&clean(before));
        // A colour ends with its line, and begins again with the next.
        let (on, off) = (format!("\u{1b}[{}m", colour(evidence)), "\u{1b}[0m");
        let words = clean(words).replace('\n', &format!("{off}\n{on}"));
        lines.extend([&*on, &*words, off]);
        done = evidence.end;
    }
    let most = MOST.max(done).min(text.len());
    let end = (done..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(done);
    lines.push_str(&clean(text.get(done..end).unwrap_or_default()));
    for line in lines.trim_end().split('\n') {
        page.push_str("  │ ");
        page.push_str(line.trim_end());
        page.push('\n');
    }
}

/// Without control characters that a terminal would obey.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{self, Limits, OwnAddresses};
    use crate::reading::{self, CatalogFile, Context};

    #[test]
    fn each_field_has_its_colour_and_nothing_else_reaches_the_terminal() {
        let file = CatalogFile::parse(
            r#"{"products": [{"id": 1, "default_code": "HS-100", "name": "Seal"}]}"#,
        )
        .expect("well-formed");
        let raw = b"From: a@b.example\nSubject: Order\nDate: Mon, 2 Jun 2025 10:00:00 +0000\n\n\
                    Dear \x1b[Kall,\nplease send 20 HS-100 by\n12 June 2025.\n";
        let mail = mail::parse(raw, &Limits::default(), &OwnAddresses::default());
        let reading = reading::read(&mail, &file.catalog, &Context::default());
        let shown = print(&mail, &reading);
        let send = "  │ please send \u{1b}[36m20\u{1b}[0m \u{1b}[32mHS-100\u{1b}[0m by\n";
        let day = "  │ \u{1b}[33m12 June 2025\u{1b}[0m.\n";
        assert!(shown.contains(&format!("{send}{day}")), "{shown:?} {reading:?}");
        assert!(!shown.contains("\u{1b}[K"), "{shown:?}");
    }
}
