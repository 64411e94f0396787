//! Mails by two people who were asked to make the reader order what nobody wants, each with the
//! reading that it gave at first sight, which is wrong, and what a clerk makes of it. What still hits
//! is known and counted; the counts go down only.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use postorder::reading::CatalogFile;
use serde::Deserialize;

use crate::cases::Label;
use crate::score::{Verdict, acts, read, verdict};

#[derive(Debug, Deserialize)]
struct Attack {
    class: String,
    mail: String,
    /// What was ordered or chosen, and nobody asked for.
    wrong: Label,
    /// What is right, in words.
    clerk: String,
}

/// How many of a file's mails still have the wrong reading, by their class.
pub(crate) fn hits(path: &Path, file: &CatalogFile) -> (usize, BTreeMap<String, Vec<String>>) {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut hits: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut all = 0;
    for (number, line) in (1..).zip(text.lines()) {
        let attack: Attack = serde_json::from_str(line)
            .unwrap_or_else(|e| panic!("{}:{number}: {e}", path.display()));
        assert!(acts(attack.wrong.intent), "{}:{number} attacks nothing", path.display());
        let reading = read(attack.mail.as_bytes(), file);
        if acts(reading.intent) && verdict(&attack.wrong, &reading) == Verdict::Exact {
            hits.entry(attack.class).or_default().push(format!("{number}: {}", attack.clerk));
        }
        all += 1;
    }
    (all, hits)
}
