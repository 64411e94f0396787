//! What documents with a schema say in words: notes, terms, remarks. Their other elements hold codes,
//! names and numbers that the rows are made of.

use super::xml::Node;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::perils::{self, Sentence};
use crate::reading::tables::sheet_words;
use crate::reading::text::Scan;
use crate::reading::types::Part;

/// Whether a document says anywhere that it is no order, or another one.
pub(super) fn turn(root: &Node) -> bool {
    if !root.text.is_empty() && !holds_data(&root.name) {
        // Names of goods and streets have a 'half' or a 'no' of their own.
        let told = match root.name.as_str() {
            "Note" | "REMARKS" | "REMARK" | "SpecialTerms" => is_perilous(&root.text),
            _ => sheet_words::in_name_of_goods(&root.text),
        };
        if told {
            return true;
        }
    }
    root.children.iter().any(turn)
}

/// Elements with codes and numbers only, and names that are compared with those of the catalogue.
fn holds_data(name: &str) -> bool {
    name.ends_with("ID")
        || name.ends_with("Code")
        || name.ends_with("Date")
        || name.ends_with("DATE")
        || matches!(name, "Name" | "DESCRIPTION_SHORT" | "NAME" | "RegistrationName")
}

/// Whether a remark in a document with a schema may say that it is no order, or another one: 'test,
/// do not process', 'line cancelled'. What it says of terms of business says nothing of this order.
pub(super) fn is_perilous(remark: &str) -> bool {
    const TERMS: [&str; 6] =
        ["conditions", "terms", "bedingungen", "condizioni", "condiciones", "voorwaarden"];
    let cues = Cues::CANCEL.and(Cues::CHANGE).and(Cues::STANDING).and(Cues::QUOTE);
    remark.split(['.', ';', '\n']).any(|sentence| {
        let scan = Scan::whole(Part::Text, sentence);
        let folded = scan.folded(0..scan.tokens.len());
        let sentence = Sentence { folded: &folded, lang: None, priced: true, goods: false };
        let told = cues::of(&folded).has(cues) || perils::has(sentence);
        told && !TERMS.iter().any(|terms| folded.contains(terms))
    }) || sheet_words::in_remark(remark)
}
