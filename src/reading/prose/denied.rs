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
        let clauses = stretch.tokens.clone().collect::<Vec<usize>>();
        for run in clauses.split(|at| scan.token(*at).is_some_and(|t| t.is_any(",;:"))) {
            let Some(clause) = Clause::of(scan, run, inside) else { return false };
            if !clause.is_clear() {
                return false;
            }
            denies |= clause.denies || clause.enough;
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

/// What a clause of such a sentence says.
#[expect(clippy::struct_excessive_bools, reason = "independent observations of one clause")]
#[derive(Debug, Default)]
struct Clause {
    denies: bool,
    enough: bool,
    still: bool,
    needs: bool,
    goods: bool,
    words: bool,
}

impl Clause {
    /// `None` where it says anything else.
    fn of(scan: &Scan<'_>, run: &[usize], inside: &[&Mention]) -> Option<Self> {
        let mut clause = Self::default();
        for at in run {
            if inside.iter().any(|m| m.tokens.contains(at)) {
                clause.goods = true;
                continue;
            }
            let Some(token) = scan.token(*at).filter(|t| t.kind == Kind::Word) else { continue };
            let (denial, enough, still) =
                (is_denial(&token.folded), is_enough(&token.folded), is_still(&token.folded));
            // 'Not without HS-200' wants some.
            if denial && clause.denies && is_without(&token.folded) {
                return None;
            }
            clause.denies |= denial;
            clause.enough |= enough;
            clause.still |= still;
            clause.needs |= is_need(&token.folded);
            clause.words = true;
            if !denial && !enough && !still && !is_small(&token.folded) {
                return None;
            }
        }
        Some(clause)
    }

    /// 'We do not have enough HS-200' and 'we still have no HS-200' may want some, and so may goods
    /// beside which nothing is denied.
    fn is_clear(&self) -> bool {
        !(self.denies && (self.enough || self.still))
            && (self.denies || !self.needs)
            && (self.denies || self.enough || !self.goods || !self.words)
    }
}

fn is_sure(named: &Named) -> bool {
    matches!(named, Named::One(_) | Named::Unknown)
}

fn is_denial(word: &str) -> bool {
    words!("no not don doesn dont kein keine keinen keiner nicht pas aucun aucune non nessun nessuno nessuna niente without ohne sans senza sin zonder ningun geen niet").has(word)
}

fn is_without(word: &str) -> bool {
    words!("without ohne sans senza sin zonder").has(word)
}

/// 'We need them.'
fn is_need(word: &str) -> bool {
    words!("need needed required wanted want require brauchen brauche benotigen besoin faut servono serve bisogno necesitamos necesito nodig").has(word)
}

/// 'We have plenty of them.'
fn is_enough(word: &str) -> bool {
    words!("enough plenty genug genugend assez suffisamment abbastanza suficiente suficientes bastante bastantes genoeg voldoende").has(word)
}

/// Words of what is on hand.
fn is_still(word: &str) -> bool {
    words!(
        "still have left stock shelf noch haben hab habe lager encore reste ancora magazzino todavia aun tenemos nog voorraad"
    ).has(word)
}

fn is_small(word: &str) -> bool {
    words!(
        "we i do t any needed required wanted is are will be need want require the a of this time today now at moment for currently ps p s month week them these those on in \
         wir ich brauchen brauche benotigen diesmal dieses mal heute momentan zurzeit im moment derzeit die der das den dem davon von an am auf monat \
         nous je n ne avons ai besoin de d du des la le les cette fois aujourd hui pour l instant il faut ci en mois \
         servono serve ci mi di questa volta oggi per ora abbiamo ho bisogno il i gli ne in mese \
         necesitamos necesito esta vez hoy de en wij we ik hebben heb nodig deze keer vandaag er van op"
    )
    .has(word)
}
