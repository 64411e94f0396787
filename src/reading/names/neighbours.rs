//! Words beside a product that may make another product of it.

use crate::reading::draft::{Desk, Named};
use crate::reading::names::belongings;
use crate::reading::prose::mentions::Mention;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::text::{Kind, Scan, words};

/// Whether the words behind a product's code make another product of it: 'HS-1 in brass', 'HS-1,
/// but black' where a black one exists.
pub(crate) fn made_other(
    scan: &Scan<'_>,
    mention: &Mention,
    named: &Named,
    end: usize,
    desk: &Desk<'_>,
) -> bool {
    let Named::One(place) = named else { return false };
    let Some(product) = desk.catalog.product(*place) else { return false };
    let names = &desk.catalog.index().names;
    let mut siblings = None;
    for at in mention.tokens.end..end.min(mention.tokens.end + 5) {
        let Some(token) = scan.token(at) else { break };
        let parts = token.kind == Kind::Digits
            || token.is_any(".;:?!")
            || words!("and und et e y en plus sowie").has(&token.folded);
        if parts {
            break;
        }
        if names.knows(token) {
            let kin =
                siblings.get_or_insert_with(|| names.siblings(desk.catalog.products(), product));
            if names.contradicts(product, kin, token) {
                return true;
            }
        }
        let material = token.glued || !words!("in aus en").has(&token.folded);
        let next = scan.token(at + 1).filter(|t| t.kind == Kind::Word && t.folded.len() >= 4);
        // 'For our plant in Leeds'
        let town = desk.lang != Some(crate::reading::types::Lang::De)
            && next.is_some_and(|t| scan.words(t.span).starts_with(char::is_uppercase));
        if !(material || town)
            && let Some(next) = next
            && !crate::reading::text::lang::is_common(&next.folded)
            && !words!("auftrag bestellung ordnung empfang rechnung total stock week case order boxes bags kartons beuteln einer einem kurze zwei three four february january").has(&next.folded)
            && crate::reading::text::units::unit_at(scan, at + 1).is_none()
            && crate::reading::text::number_words::words_at(scan, at + 1, None).is_none()
            && crate::reading::dates::date_at(scan, at, desk.calendar()).is_none()
            && crate::reading::dates::date_at(scan, at + 1, desk.calendar()).is_none()
            && !names_word(product, &next.folded)
        {
            return true;
        }
    }
    false
}

/// Whether a word is part of a product's name.
fn names_word(product: &crate::reading::catalog::Product, folded: &str) -> bool {
    let has = |name: &String| crate::reading::text::fold(name).contains(folded);
    has(&product.name) || product.names.values().any(has)
}

/// A word right behind a name that may make it another product.
pub(crate) fn strange_neighbour(scan: &Scan<'_>, mention: &Mention, certainty: u8) -> bool {
    let next = scan.token(mention.tokens.end);
    let line = mention.tokens.end.checked_sub(1).and_then(|at| scan.token(at)).map(|t| t.line);
    if next.is_some_and(|t| Some(t.line) == line && !t.gap && belongings::is_one(&t.folded)) {
        return true;
    }
    if certainty >= crate::reading::forms::values::BY_CODE {
        return false;
    }
    let mut at = mention.tokens.end;
    if scan.token(at).is_some_and(|t| t.is(',')) {
        at += 1;
    }
    let Some(last) = scan.token(mention.tokens.end.saturating_sub(1)) else { return false };
    let Some(token) =
        scan.token(at).filter(|t| t.kind == Kind::Word && t.line == last.line && !t.gap)
    else {
        return false;
    };
    let lower = scan.words(token.span).starts_with(char::is_lowercase);
    let long = token.folded.chars().count() >= 4;
    lower
        && long
        && !crate::reading::text::lang::is_common(&token.folded)
        && !crate::reading::forms::values::is_small(&token.folded)
        && !is_small_word(&token.folded)
        && crate::reading::text::units::unit_at(scan, at).is_none()
        && crate::reading::dates::weekday_at(scan, at).is_none()
        && crate::reading::text::number_words::words_at(scan, at, None).is_none()
        && !matches!(token.folded.as_str(), "half" | "halb" | "demi" | "mezza")
        && !cues::of(&token.folded).has(
            Cues::ORDER
                .and(Cues::DELIVERY)
                .and(Cues::ANSWER)
                .and(Cues::CONDITION)
                .and(Cues::UNSURE),
        )
}

/// Words that say nothing of a thing, so that they make no other product of one: conjunctions,
/// adverbs, verbs of wishing and handing over.
pub(crate) fn is_small_word(word: &str) -> bool {
    words!(
        "under unter sous sotto against bittschon bitteschon davon dont thereof here there today tomorrow tonight hier hierher dort heute morgen ici demain aujourd qui domani oggi hoy manana aqui vandaag everything all alles alle tout toutes tutto tutti tutte both beide ones those these them they some same then than else also plus could would should shall will might must can          please along together again asap soon once now still only just well which where when while until before          after should needed required shipped delivered sent dispatched arriving available thanks thank cheers          stp hand handed side full stop comma period kindly urgently altogether total over both instead          konnten konnte wurden wurde sollten sollte konnen kann soll mochten mochte zukommen lassen liefern          schicken senden zusenden zuschicken bestellen ordern benotigen benotigt brauchen gebraucht geliefert          haben hatten hatte waren sind wird werden sein dazu ausserdem zusatzlich ferner sowie dann noch auch          bitte danke gebrauchen muss mussen nehmen nehme lieferbar gerne gern spatestens moglichst insgesamt jeweils          zusammen sobald damit weil wobei dringend schnellstmoglich umgehend bevor nochmals wieder parat bereit          ainsi puis ensuite aussi egalement encore alors afin donc mais pourriez pouvez voudrais voudrions          aimerions souhaitons livrer livres livrees envoyer envoyes expedier recevoir fournir commander prevoir          avant apres depuis lorsque quand merci rapidement chacun chacune ensemble celle celles celui ceux          doit doivent sera seront serait besoin faudrait svp plait          inoltre anche ancora oltre insieme nonche quindi oppure poi entro prima dopo quando grazie cortesemente          deve devono possibilmente consegnare consegnati consegnate spedire spediti spedite inviare ricevere ordinare          ciascuno ciascuna cadauno cadauna urgente urgentemente servono occorrono servirebbero occorrerebbero          quelli quelle quello quella          tambien ademas luego antes gracias ook samen graag tevens daarnaast bestellen leveren ontvangen willen"
    )
    .has(word)
}
