//! 'Sorry, we found them elsewhere': the reason of who cancels; of who takes or awaits goods it is a doubt.

use std::ops::Range;

use super::Claim;
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Choice;

/// Whether a sentence tells that goods came from somebody else, and how it stands to a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    /// Nothing of it.
    Unsaid,
    /// All of them: nothing is wanted any more.
    All,
    /// Some, or nobody knows how many.
    Some,
}

impl Elsewhere {
    /// Whether a choice can stand beside it.
    pub(crate) fn allows(self, choice: Choice) -> bool {
        match self {
            Self::Unsaid => true,
            Self::All => choice == Choice::Cancel,
            Self::Some => false,
        }
    }
}

/// What a sentence that chooses nothing itself tells of it.
pub(crate) fn told(scan: &Scan<'_>, sentence: &Range<usize>, claims: &[Claim]) -> Elsewhere {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    if claims.iter().any(|claim| sentence.contains(&claim.tokens.start)) {
        return Elsewhere::Unsaid;
    }
    let got = words!(
        "found got bought sourced ordered gefunden bekommen gekauft besorgt trouve trouvee trouves trouvees eu eues achete achetes trovato trovati trovata trovate preso presi \
         comprato comprati acquistato gevonden gekocht gekregen encontrado conseguido comprado"
    );
    let elsewhere = words!("elsewhere anderswo anderweitig woanders ailleurs altrove elders");
    let other = |at: usize| {
        let others = words!(
            "another other different competing anderen anderer andere anderem autre altro altra otro ander"
        );
        let firms = words!(
            "supplier firm company dealer shop source vendor maker lieferanten lieferant firma handler fournisseur maison societe fournisseurs fornitore ditta negozio proveedor \
             empresa leverancier bedrijf"
        );
        others.has(word(at)) && firms.has(word(at + 1))
            || words!("somebody someone").has(word(at)) && word(at + 1) == "else"
    };
    let mut at = sentence.clone();
    let has = at.any(|at| elsewhere.has(word(at)) || other(at));
    if !has || !sentence.clone().any(|at| got.has(word(at))) {
        return Elsewhere::Unsaid;
    }
    let all = words!(
        "them it these those all everything the die der den das gli i los las de sie es diese alles alle les tout tous la le l li tutto tutti lo las los todo ze het alles dit deze"
    );
    let part = words!(
        "some two three few half rest remaining missing several part not einige zwei drei paar halfte rest teil nicht quelques deux trois moitie reste partie pas alcuni due tre \
         meta resto parte non algunos dos tres mitad no enkele twee drie helft deel niet but aber mais ma pero maar however only nur seulement solo alleen if wenn si se als \
         could can konnten might perhaps maybe"
    );
    let counted = |at: usize| {
        part.has(word(at)) || scan.token(at).is_some_and(|t| t.kind == Kind::Digits || t.is('?'))
    };
    // 'Nous avons trouvé ailleurs'
    let bare = |at: usize| got.has(word(at)) && elsewhere.has(word(at + 1));
    let whole = sentence.clone().any(|at| all.has(word(at)) || bare(at));
    if whole && !sentence.clone().any(counted) { Elsewhere::All } else { Elsewhere::Some }
}
