//! Rows of a list that name a code which is none of ours, with a description like ours: '6 pcs HS-400
//! heat sink 400 mm'. A number that no product of ours has tells that it is another one.

use std::ops::Range;

use crate::reading::draft::{Desk, Named};
use crate::reading::prose::amounts;
use crate::reading::prose::mentions::{Mention, What, is_free, take};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::perils::{self, Sentence};
use crate::reading::text::{Kind, Scan};

/// Most tokens of such a description.
const MOST: usize = 12;

/// Lets the unknown codes of such rows take in what stands behind them.
pub(crate) fn take_descriptions(
    scan: &Scan<'_>,
    taken: &mut [bool],
    found: &mut [Mention],
    desk: &Desk<'_>,
) {
    for mention in found.iter_mut() {
        if !matches!(mention.what, What::Product(Named::Unknown, _)) {
            continue;
        }
        let Some(rest) = rest_of_row(scan, mention, desk) else { continue };
        if is_free(taken, rest.clone()) && is_other(scan, rest.clone(), desk) {
            take(taken, rest.clone());
            mention.tokens.end = rest.end;
        }
    }
}

/// What stands behind the code to the end of its line, where an amount and the code begin it.
fn rest_of_row(scan: &Scan<'_>, mention: &Mention, desk: &Desk<'_>) -> Option<Range<usize>> {
    let number = scan.token(mention.tokens.start)?.line;
    let line = scan.lines.get(number)?;
    let start = crate::reading::forms::fields::behind_bullet(scan, number);
    let hit = amounts::amount_within(scan, start, mention.tokens.start, desk)?;
    let leads = (hit.end..mention.tokens.start)
        .all(|at| scan.token(at).is_some_and(|t| t.is_any("x-–:") || t.folded == "x"));
    let rest = mention.tokens.end..line.tokens.end;
    (leads && !rest.is_empty() && rest.len() <= MOST).then_some(rest)
}

/// Nothing but a description of goods, with a number that none of ours like it has.
fn is_other(scan: &Scan<'_>, run: Range<usize>, desk: &Desk<'_>) -> bool {
    let folded = scan.folded(run.clone());
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let plain = tokens.iter().all(|t| t.is_alnum() || t.is_any(",.-–/()\"'")) && {
        let sentence = Sentence { folded: &folded, lang: None, priced: true, goods: false };
        !perils::has(sentence) && cues::of(&folded) == Cues::default()
    };
    let hits = desk.catalog.index().names.find(scan, run);
    let products = || hits.iter().flat_map(|hit| &hit.products);
    let has = |digits: &str| {
        products().filter_map(|place| desk.catalog.product(*place)).any(|product| {
            let names = product.names.values().chain([&product.name, &product.default_code]);
            names.flat_map(|name| name.split(|c: char| !c.is_ascii_digit())).any(|n| n == digits)
        })
    };
    let full = hits.iter().any(|hit| hit.full);
    plain && !full && tokens.iter().any(|t| t.kind == Kind::Digits && !has(&t.folded))
}
