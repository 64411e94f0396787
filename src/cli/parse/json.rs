//! A reading as scripts take it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::reading::{Evidence, Line, Part, Problem, ProductRef, Reading, Unknown};

#[derive(Serialize)]
struct Shown<'a> {
    intent: &'a crate::reading::Intent,
    lines: Vec<ShownLine<'a>>,
    order_date: Option<NaiveDate>,
    address: Option<&'a str>,
    reference: Option<&'a str>,
    choice: Option<u8>,
    problems: &'a [Problem],
    unknown: &'a [Unknown],
    language: Option<crate::reading::Lang>,
    certainty: u8,
    evidence: BTreeMap<&'static str, ShownEvidence<'a>>,
}

#[derive(Serialize)]
struct ShownLine<'a> {
    product: &'a ProductRef,
    quantity: String,
    delivery_date: Option<NaiveDate>,
    address: Option<&'a str>,
    stated_price: Option<String>,
    certainty: u8,
    evidence: Vec<ShownEvidence<'a>>,
}

#[derive(Serialize)]
struct ShownEvidence<'a> {
    field: &'a str,
    part: String,
    start: usize,
    end: usize,
    words: &'a str,
    rule: &'a str,
}

/// One JSON object, with a line break behind it.
pub(super) fn print(reading: &Reading) -> serde_json::Result<String> {
    let mut of = BTreeMap::new();
    if let Some(read) = &reading.order_date {
        of.insert("order_date", evidence(&read.evidence));
    }
    if let Some(read) = &reading.address {
        of.insert("address", evidence(&read.evidence));
    }
    if let Some(read) = &reading.reference {
        of.insert("reference", evidence(&read.evidence));
    }
    if let Some(read) = &reading.choice {
        of.insert("choice", evidence(&read.evidence));
    }
    let shown = Shown {
        intent: &reading.intent,
        lines: reading.lines.iter().map(line).collect(),
        order_date: reading.order_date.as_ref().map(|r| r.value),
        address: reading.address.as_ref().map(|r| r.value.as_str()),
        reference: reading.reference.as_ref().map(|r| r.value.as_str()),
        choice: reading.choice.as_ref().map(|r| r.value.into()),
        problems: &reading.problems,
        unknown: &reading.unknown,
        language: reading.lang,
        certainty: reading.certainty,
        evidence: of,
    };
    Ok(serde_json::to_string_pretty(&shown)? + "\n")
}

fn line(line: &Line) -> ShownLine<'_> {
    ShownLine {
        product: &line.product,
        quantity: line.quantity.normalize().to_string(),
        delivery_date: line.delivery_date,
        address: line.address.as_deref(),
        stated_price: line.stated_price.map(|p| p.normalize().to_string()),
        certainty: line.certainty,
        evidence: line.evidence.iter().map(evidence).collect(),
    }
}

fn evidence(evidence: &Evidence) -> ShownEvidence<'_> {
    ShownEvidence {
        field: field(evidence),
        part: part(evidence.part),
        start: evidence.start,
        end: evidence.end,
        words: &evidence.words,
        rule: &evidence.rule,
    }
}

/// What words say, by the rule that took them: `quantity` of `block.quantity`.
pub(super) fn field(evidence: &Evidence) -> &str {
    evidence.rule.rsplit('.').next().unwrap_or_default()
}

/// Where words stand, in a word.
pub(super) fn part(part: Part) -> String {
    match part {
        Part::Subject => "subject".to_owned(),
        Part::Text => "text".to_owned(),
        Part::Html => "html".to_owned(),
        Part::Attachment(number) => format!("attachment {}", number + 1),
    }
}
