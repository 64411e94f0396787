//! Products by their id in running text: '20 pieces of product ID 1', '4 Stück der Produkt-ID 6', '20 x ID 1'.

use std::ops::Range;

use super::mentions::{Mention, What, is_free, take};
use crate::reading::draft::{Desk, Named};
use crate::reading::forms::values::BY_CODE;
use crate::reading::text::{Kind, Scan, words};

/// Most digits of an id.
const MOST_DIGITS: usize = 6;

/// Takes the ids of products, with the words that say that they are.
pub(crate) fn take_all(
    scan: &Scan<'_>,
    taken: &mut [bool],
    found: &mut Vec<Mention>,
    desk: &Desk<'_>,
) {
    for at in 0..scan.tokens.len() {
        let Some(run) = named_at(scan, at).filter(|run| is_free(taken, run.clone())) else {
            continue;
        };
        let Some(named) = product(scan, run.end - 1, desk) else { continue };
        take(taken, run.clone());
        found.push(Mention { what: What::Product(named, BY_CODE), tokens: run });
    }
}

/// What an id names: the product with it, or the one whose reference it is too.
fn product(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> Option<Named> {
    let index = desk.catalog.index();
    let token = scan.token(at)?;
    let place = scan.words(token.span).parse().ok().and_then(|id| index.id(id));
    let coded = index.code_at(scan, at, desk.domain).map(|hit| hit.products).unwrap_or_default();
    Some(match place {
        Some(place) if coded.is_empty() || coded == [place] => Named::One(place),
        Some(place) => Named::Several(coded.into_iter().chain([place]).collect()),
        None if coded.is_empty() => Named::Unknown,
        None => return None,
    })
}

/// The words of an id, from what says that it is one to its digits, where 'ID' stands there.
fn named_at(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    if word(at) != "id" {
        return None;
    }
    let mark = |at: usize| {
        scan.token(at).is_some_and(|t| t.is_any(".:#"))
            || words!("no nr number nummer numero n").has(word(at))
    };
    let number = (at + 1..at + 4).find(|at| !mark(*at))?;
    let token = scan.token(number)?;
    let apart = scan.token(number + 1).is_none_or(|t| !t.glued || t.is_any(".,;:)/!?"));
    let decimal = scan.token(number + 1).is_some_and(|t| t.glued && t.is_any(".,"))
        && scan.token(number + 2).is_some_and(|t| t.glued && t.kind == Kind::Digits);
    let id = token.kind == Kind::Digits
        && token.folded.len() <= MOST_DIGITS
        && !token.folded.starts_with('0')
        && apart
        && !decimal;
    let start = whose(scan, at)?;
    id.then_some(start..number + 1)
}

/// Where the words begin that say whose id it is: a product's, as far as anything says.
fn whose(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let before = |at: usize| at.checked_sub(1).and_then(|at| scan.token(at).map(|t| (at, t)));
    let hyphen = before(at).is_some_and(|(_, t)| t.is('-'));
    let named = at.checked_sub(1 + usize::from(hyphen));
    let product = words!(
        "product products item article produkt artikel produit prodotto articolo producto articulo"
    );
    if let Some(start) = named.filter(|start| product.has(word(*start))) {
        return Some(start);
    }
    // 'Customer ID 12', 'VAT-ID 99': somebody else's.
    let plain = before(at).is_none_or(|(_, t)| {
        t.kind == Kind::Digits
            || t.kind == Kind::Mark && !t.is('-')
            || words!("of x the with and mit von und de et di e y van en units pcs pc pieces stuck stk pezzi pz stuks")
                .has(&t.folded)
    });
    (plain && !hyphen).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn an_id_is_of_a_product_where_nothing_else_is_said() {
        let said = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            let run = (0..scan.tokens.len()).find_map(|at| named_at(&scan, at));
            run.map(|run| scan.run(run).to_owned())
        };
        for (text, want) in [
            ("20 pieces of product ID 1 please", Some("product ID 1")),
            ("4 Stück der Produkt-ID 6.", Some("Produkt-ID 6")),
            ("20 x ID 1, 4 x ID 6", Some("ID 1")),
            ("Product ID no. 12 (20 pcs)", Some("Product ID no. 12")),
            ("our customer ID 12", None),
            ("VAT-ID 99", None),
            ("ID 1.5", None),
            ("ID 007", None),
            ("ID card", None),
        ] {
            assert_eq!(said(text).as_deref(), want, "{text}");
        }
    }
}
