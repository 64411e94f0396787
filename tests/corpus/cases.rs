//! Cases as they lie on the disk: `NAME.eml` is the mail, `NAME.json` the right reading.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use postorder::reading::{CatalogFile, Intent};
use rust_decimal::Decimal;
use serde::Deserialize;

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Line {
    /// The product's internal reference.
    pub(crate) sku: String,
    /// In the product's own unit.
    pub(crate) quantity: Decimal,
    /// Where one is asked for.
    pub(crate) delivery_date: Option<NaiveDate>,
}

/// What a careful clerk makes of a mail.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Label {
    /// What it is meant as.
    pub(crate) intent: Intent,
    /// What is ordered.
    #[serde(default)]
    pub(crate) lines: Vec<Line>,
    /// As stated.
    #[serde(default)]
    pub(crate) order_date: Option<NaiveDate>,
    /// On one line.
    #[serde(default)]
    pub(crate) address: Option<String>,
    /// The customer's order number.
    #[serde(default)]
    pub(crate) reference: Option<String>,
    /// 1, 2 or 3.
    #[serde(default)]
    pub(crate) choice: Option<u8>,
    /// Codes; not scored.
    #[serde(default)]
    pub(crate) problems: Vec<String>,
}

/// A mail with its label.
#[derive(Debug)]
pub(crate) struct Case {
    /// The file's name.
    pub(crate) name: String,
    /// The mail.
    pub(crate) mail: Vec<u8>,
    /// The right reading.
    pub(crate) want: Label,
}

/// Cases that refer to one catalogue.
#[derive(Debug)]
pub(crate) struct Part {
    /// What the clerk knows.
    pub(crate) file: CatalogFile,
    /// In the order of their names.
    pub(crate) cases: Vec<Case>,
}

/// The catalogue at a path.
pub(crate) fn catalog(path: &Path) -> CatalogFile {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    CatalogFile::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// All cases of a folder.
pub(crate) fn load(catalog_file: &Path, folder: &Path) -> Part {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut mails: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        // A case that is still being written has no label yet.
        .filter(|path| path.with_extension("json").exists())
        .collect();
    mails.sort();
    let cases = mails
        .iter()
        .map(|path| {
            let label = path.with_extension("json");
            let text = fs::read_to_string(&label).expect("the label can be read");
            Case {
                name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                mail: fs::read(path).expect("the mail can be read"),
                want: serde_json::from_str(&text)
                    .unwrap_or_else(|e| panic!("{}: {e}", label.display())),
            }
        })
        .collect();
    Part { file: catalog(catalog_file), cases }
}
