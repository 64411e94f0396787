//! What a mail's plain text says and its HTML does not: a condition that was typed where few look.

use std::collections::HashSet;
use std::ops::Range;

use super::below_name;
use crate::reading::text::Scan;
use crate::reading::text::stretches::sentences;
use crate::reading::types::{Evidence, Lang};

/// Words that are compared at once: a table's rows stand in another order than its cells.
const AT_ONCE: usize = 3;

/// A sentence of the plain text that turns the order and is not in the HTML.
pub(crate) fn turns(texts: &[Scan<'_>], lang: Option<Lang>) -> Option<Evidence> {
    let [html, plain] = texts else { return None };
    let mut shown: HashSet<&[&str]> = HashSet::new();
    let seen = words(html);
    for length in 1..=AT_ONCE {
        shown.extend(seen.windows(length));
    }
    let alone = |run: &Range<usize>| {
        let tokens = plain.tokens.get(run.clone()).unwrap_or_default();
        let said: Vec<&str> =
            tokens.iter().filter(|t| t.is_alnum()).map(|t| t.folded.as_str()).collect();
        let length = said.len().min(AT_ONCE);
        length > 0 && said.windows(length).any(|words| !shown.contains(words))
    };
    let turned = |run: &Range<usize>| below_name::turns_order(plain, run, lang);
    // A blank line ends a sentence, too.
    let paragraphs = below_name::paragraphs(plain);
    let mut runs = paragraphs.iter().flat_map(|paragraph| sentences(plain, paragraph));
    let found = runs.find(|run| alone(run) && turned(run))?;
    Some(plain.evidence(plain.span(found)?, "plain.only"))
}

fn words<'a>(scan: &'a Scan<'_>) -> Vec<&'a str> {
    scan.tokens.iter().filter(|t| t.is_alnum()).map(|t| t.folded.as_str()).collect()
}
