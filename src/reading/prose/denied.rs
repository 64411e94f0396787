//! Sentences that say of a product only that it is not wanted: 'We don't need any HS-200 this time'.
//! Where no line orders it they change nothing.

use super::mentions::{Mention, What};
use crate::reading::draft::{Named, Wish};
use crate::reading::text::stretches::{Stretch, is_amount, is_product};
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Evidence;

/// Products that a mail does not want.
#[derive(Debug, Default)]
pub(crate) struct Denied(Vec<(Named, Evidence)>);

impl Denied {
    /// Takes in a sentence; `false` where it says anything else.
    pub(crate) fn take(&mut self, scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> bool {
        let named: Vec<&Named> = inside
            .iter()
            .filter_map(|m| match &m.what {
                What::Product(named @ Named::One(_), _) => Some(named),
                _ => None,
            })
            .collect();
        let goods = inside.iter().filter(|m| is_product(m)).count();
        let other = inside.iter().any(|m| is_amount(m) || !is_product(m));
        if named.is_empty() || named.len() != goods || other || stretch.question {
            return false;
        }
        let mut denies = false;
        for at in stretch.tokens.clone().filter(|at| !inside.iter().any(|m| m.tokens.contains(at)))
        {
            let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Word) else { continue };
            denies |= is_denial(&token.folded);
            if !is_denial(&token.folded) && !is_small(&token.folded) {
                return false;
            }
        }
        let span = scan.span(stretch.tokens.clone()).filter(|_| denies);
        let Some(span) = span else { return false };
        let evidence = scan.evidence(span, "prose.unaccounted");
        self.0.extend(named.into_iter().map(|named| (named.clone(), evidence.clone())));
        true
    }

    /// The first such sentence whose product is ordered all the same.
    pub(crate) fn ordered(self, wishes: &[&Wish]) -> Option<Evidence> {
        self.0
            .into_iter()
            .find(|(named, _)| {
                wishes.iter().any(|wish| wish.named == *named || !is_sure(&wish.named))
            })
            .map(|(_, evidence)| evidence)
    }
}

fn is_sure(named: &Named) -> bool {
    matches!(named, Named::One(_) | Named::Unknown)
}

fn is_denial(word: &str) -> bool {
    words!("no not don doesn dont kein keine keinen keiner nicht pas aucun aucune non nessun nessuno nessuna no ningun geen niet").has(word)
}

fn is_small(word: &str) -> bool {
    words!(
        "we i do t any needed required wanted is are will be need want require the a of this time today now at moment for currently ps p s \
         wir ich brauchen brauche benotigen diesmal dieses mal heute momentan zurzeit im moment derzeit die der das den \
         nous je n ne avons ai besoin de d du des la le les cette fois aujourd hui pour l instant il faut \
         servono serve ci mi di questa volta oggi per ora abbiamo ho bisogno il i gli \
         necesitamos necesito esta vez hoy wij we ik hebben heb nodig deze keer vandaag"
    )
    .has(word)
}
