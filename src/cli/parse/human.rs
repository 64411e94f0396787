//! A reading as a person takes it.

use std::fmt::Write as _;

use crate::reading::{Catalog, Evidence, Intent, Line, Reading};

/// What the mail means, field by field, with the words that say so.
pub(super) fn print(reading: &Reading, catalog: &Catalog, coloured: bool) -> String {
    let page = Page { coloured };
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}", page.bold(intent(reading)));
    for (number, line) in (1..).zip(&reading.lines) {
        page.line(&mut text, number, line, catalog);
    }
    if let Some(read) = &reading.choice {
        page.field(&mut text, "choice", &u8::from(read.value).to_string(), &read.evidence);
    }
    if let Some(read) = &reading.order_date {
        page.field(&mut text, "order date", &read.value.to_string(), &read.evidence);
    }
    if let Some(read) = &reading.address {
        page.field(&mut text, "address", &read.value, &read.evidence);
    }
    if let Some(read) = &reading.reference {
        page.field(&mut text, "reference", &read.value, &read.evidence);
    }
    for unknown in &reading.unknown {
        let _ = writeln!(text, "  not ours    {}", clean(&unknown.words));
    }
    for problem in &reading.problems {
        let code = serde_json::to_value(problem.code).ok();
        let code = code.as_ref().and_then(|c| c.as_str()).unwrap_or_default().to_owned();
        let message = clean(&problem.message);
        let words = clean(&problem.words);
        let said = if words.is_empty() || message.contains(words.as_str()) {
            String::new()
        } else {
            format!(" (\"{words}\")")
        };
        let _ = writeln!(text, "  {} {message}{said}", page.warn(&format!("{code}:")));
    }
    let _ = writeln!(text, "  {}", page.dim(&format!("certainty {} %", reading.certainty)));
    text
}

fn intent(reading: &Reading) -> &'static str {
    match reading.intent {
        Intent::Order => "An order.",
        Intent::Choice => "An answer to an offer.",
        Intent::Incomplete => "Meant as an order, but not complete: the customer is asked.",
        Intent::Review => "For a person to decide.",
        Intent::Ignore => "Not answered: an automatic mail, or one of our own.",
    }
}

/// Text from outside, without control characters that a terminal would obey.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

struct Page {
    coloured: bool,
}

impl Page {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.coloured { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.paint("2", text)
    }

    fn warn(&self, text: &str) -> String {
        self.paint("33", text)
    }

    fn line(&self, text: &mut String, number: usize, line: &Line, catalog: &Catalog) {
        let product = catalog.by_id(line.product.id);
        let name = product.map_or("", |p| p.name.as_str());
        let uom = product.map_or("", |p| p.uom.as_str());
        let date = line.delivery_date.map_or("no date asked".to_owned(), |d| d.to_string());
        let _ = writeln!(
            text,
            "  {} {} {}  {} {}, {}",
            self.bold(&format!("{number}.")),
            self.bold(&line.product.default_code),
            clean(name),
            line.quantity.normalize(),
            uom,
            date,
        );
        if let Some(address) = &line.address {
            let _ = writeln!(text, "       to {}", clean(address));
        }
        for evidence in &line.evidence {
            let _ = writeln!(text, "       {}", self.dim(&from(evidence)));
        }
    }

    fn field(&self, text: &mut String, name: &str, value: &str, evidence: &Evidence) {
        let _ = writeln!(text, "  {name:<11} {}  {}", clean(value), self.dim(&from(evidence)));
    }
}

/// From which words, where, and by which rule.
fn from(evidence: &Evidence) -> String {
    let place = super::json::part(evidence.part);
    format!(
        "\"{}\" ({place} {}–{}, {})",
        clean(&evidence.words),
        evidence.start,
        evidence.end,
        evidence.rule
    )
}
