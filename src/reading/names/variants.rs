//! Words that tell another kind of an ordered product, apart from its name: '10 pump bodies … It is the
//! textured one that we need'.

use crate::reading::catalog::Product;
use crate::reading::draft::{Desk, Named, Wish};
use crate::reading::prose::mentions::Mention;
use crate::reading::text::stretches::is_product;
use crate::reading::text::{Kind, Scan, clip, words};
use crate::reading::types::{Field, Problem, ProblemCode};

/// Most products that are looked at.
const MOST: usize = 100;

/// The first such word among the tokens that are free, as a problem.
pub(crate) fn told(
    scan: &Scan<'_>,
    free: &[bool],
    found: &[Mention],
    wishes: &[&Wish],
    desk: &Desk<'_>,
) -> Option<Problem> {
    let names = &desk.catalog.index().names;
    let mut places: Vec<u32> = wishes
        .iter()
        .filter_map(|wish| match wish.named {
            Named::One(place) => Some(place),
            _ => None,
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    places.truncate(MOST);
    let products: Vec<&Product> =
        places.iter().filter_map(|place| desk.catalog.product(*place)).collect();
    let mut kin: Vec<Option<Vec<&Product>>> = vec![None; products.len()];
    let mut named = vec![false; scan.tokens.len()];
    for mention in found.iter().filter(|m| is_product(m)) {
        if let Some(run) = named.get_mut(mention.tokens.clone()) {
            run.fill(true);
        }
    }
    for at in 0..scan.tokens.len() {
        let token = scan.token(at)?;
        let told = free.get(at) == Some(&true)
            && token.kind == Kind::Word
            && token.folded.chars().count() >= 4
            && (scan.words(token.span).starts_with(char::is_lowercase) || begins(scan, at, desk))
            && names.knows(token)
            && !is_everyday(&token.folded)
            && named.get(at) == Some(&false);
        if !told {
            continue;
        }
        for (product, kin) in products.iter().zip(&mut kin) {
            let kin = kin.get_or_insert_with(|| names.siblings(desk.catalog.products(), product));
            let other = names.contradicts(product, kin, token);
            // 'The smooth ones first', where smooth ones are ordered too.
            let ordered = || {
                let rest: Vec<&Product> =
                    products.iter().copied().filter(|p| p.id != product.id).collect();
                names.contradicts(product, &rest, token)
            };
            if other && !ordered() {
                let word = clip(scan.words(token.span), 40);
                return Some(Problem {
                    code: ProblemCode::AmbiguousProduct,
                    message: format!(
                        "\"{word}\" does not fit {}: it is not clear which product is meant.",
                        product.default_code
                    ),
                    words: word,
                    block: None,
                    field: Some(Field::Product),
                });
            }
        }
    }
    None
}

/// 'Anodised, please.': a capital that begins a line and, in German, no noun.
fn begins(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> bool {
    let line = scan.token(at).and_then(|t| scan.lines.get(t.line));
    desk.lang != Some(crate::reading::types::Lang::De)
        && line.is_some_and(|line| line.tokens.start == at)
}

/// Words of names that mails have for other reasons too.
fn is_everyday(word: &str) -> bool {
    crate::reading::text::lang::is_common(word)
        || crate::reading::text::units::unit_of(word).is_some()
        || words!(
            "left right short long light open closed standard double single plain small large straight clear free \
             kurz kurze lang lange langen links rechts offen leicht gerade frei gross klein recht rechten \
             court courte longue long droit droite gauche ouvert leger simple grand petit clair libre \
             corto corta lungo lunga destra sinistra aperto leggero grande piccolo libero diritto \
             machine maschine macchina motor pump pumpe pompe pompa tool tools parts guard cover plate cable kabel"
        )
        .has(word)
}
