//! 'We don't need any HS-200 this time': a product that is not ordered, and that the mail does not
//! order elsewhere, says nothing of the others.

use super::draft::{Named, Wish};
use super::mentions::{Mention, What};
use super::stretches::Stretch;
use super::text::{Kind, Scan, words};

/// The products that a sentence says are not needed, where it says nothing else.
pub(super) fn read(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Option<Vec<Named>> {
    let named = |m: &&Mention| match &m.what {
        What::Product(Named::One(one), _) => Some(Named::One(*one)),
        _ => None,
    };
    let products: Vec<Named> = inside.iter().map(named).collect::<Option<_>>()?;
    let mentioned = |at: &usize| inside.iter().any(|m| m.tokens.contains(at));
    let beside = || stretch.tokens.clone().filter(|at| !mentioned(at));
    let any =
        |is: fn(&str) -> bool| beside().any(|at| scan.token(at).is_some_and(|t| is(&t.folded)));
    let known = beside().all(|at| {
        scan.token(at).is_some_and(|t| match t.kind {
            Kind::Mark => !t.is('?') && !t.is(':'),
            Kind::Digits => false,
            Kind::Word => needs(&t.folded) || denies(&t.folded) || joins(&t.folded),
        })
    });
    (!products.is_empty() && any(needs) && any(denies) && known).then_some(products)
}

/// Whether the lines of an order hold none of these, and there are lines at all.
pub(super) fn is_beside(declined: &[Named], ordered: &[&Wish]) -> bool {
    declined.is_empty()
        || !ordered.is_empty() && ordered.iter().all(|wish| !declined.contains(&wish.named))
}

fn needs(word: &str) -> bool {
    words!(
        "need needed require required want brauchen brauche benotigen benotige gebraucht benotigt besoin faut serve servono occorre occorrono bisogno \
         necesitamos necesito nodig hace hacen"
    )
    .has(word)
}

fn denies(word: &str) -> bool {
    words!("not no t kein keine keinen nicht pas ne n non nessun nessuna geen niet").has(word)
}

/// Until when, and that there are enough.
fn joins(word: &str) -> bool {
    words!(
        "we i do don ' any of the this time for now at moment are is currently today month still have enough plenty in stock and or thanks \
         wir ich es wird werden diesmal dieses mal im moment momentan zurzeit derzeit vorerst jetzt von davon und oder haben noch genug die der den das \
         nous on en avons a il nous cette fois pour l instant le moment actuellement de d du des et ou encore assez stock \
         ci mi abbiamo questa volta per ora al momento di del della e o ancora abbastanza \
         esta vez por ahora momento y falta nos wij ik we hebben deze keer nu op dit de het"
    )
    .has(word)
}
