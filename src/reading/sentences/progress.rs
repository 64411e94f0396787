//! Sentences that ask how a placed order fares: 'when will it arrive?', 'bitte Sendungsnummer schicken',
//! 'nous attendons toujours'. Beside goods that only a noun calls an order ('Our order 4711:') they say
//! that it was placed before.

use std::ops::Range;

use super::plain::Read;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::{Scan, padded, words};
use crate::reading::types::Evidence;

impl Read<'_, '_> {
    /// Such a sentence where no other asks for the goods. `orders` tells in which sentences there are
    /// goods, `dated` that a day is wished for them: then only what leads to the goods says so, for who
    /// orders for a day may ask for the parcel's number.
    pub(crate) fn asks_progress(
        &self,
        orders: impl Fn(usize) -> bool,
        dated: bool,
    ) -> Option<Evidence> {
        let fares =
            |place: usize, run: &Range<usize>| !orders(place) && is_progress(self.scan, run);
        let mut sentences = self.stretches.iter().enumerate();
        let (place, told) = sentences.find(|(place, s)| fares(*place, &s.tokens))?;
        let before = (0..place).any(&orders);
        let mut others = self.stretches.iter().enumerate();
        let asked = others.any(|(at, s)| !fares(at, &s.tokens) && self.asks(s, orders(at)));
        if asked || dated && before || !(0..self.stretches.len()).any(&orders) {
            return None;
        }
        Some(self.scan.evidence(self.scan.span(told.tokens.clone())?, "prose.unaccounted"))
    }
}

/// Whether a sentence asks how an order fares.
fn is_progress(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let said = padded(&scan.folded(run.clone()));
    FARES.are_in(&said) || asks_when(&said)
}

/// 'When does it arrive?', 'bitte mitteilen, wann geliefert wird'. Who asks when we can deliver orders.
fn asks_when(said: &str) -> bool {
    let mut words = said.split_whitespace();
    let when = words.any(|w| words!("when wann quand quando cuando wanneer").has(w));
    let behind: Vec<&str> = words.collect();
    let can = |w: &&str| {
        words!(
            "can could konnt konnen konnten kannst pouvez pourrez pourriez peut potete potreste puo podeis puede pueden podrian kunt kunnen"
        )
        .has(w)
    };
    let arrives = |w: &&str| {
        words!(
            "arrive arrives arriving ship ships shipped dispatched despatched leave leaves left come comes coming expect delivered here \
             kommt kommen ankommt ankommen verschickt versandt versendet geliefert eintrifft unterwegs \
             arrivera arriveront arrive arrivent expediee expedie partie parti livree livre recevrons \
             arriva arrivano arrivera parte partono spedito spedita spediti consegnato consegnata consegnati riceveremo \
             llega llegara llegaran sale entregado enviado komt komen aankomt verzonden geleverd"
        )
        .has(w)
    };
    when && behind.iter().any(arrives) && !behind.iter().any(can)
}

static FARES: Phrases = Phrases::whole(&[
    // The parcel's number.
    "tracking",
    "track",
    "track & trace",
    "trackingnummer",
    "sendungsnummer",
    "sendungsverfolgung",
    "paketnummer",
    "numero de suivi",
    "lien de suivi",
    "numero di spedizione",
    "codice di spedizione",
    "numero de seguimiento",
    "volgnummer",
    // How it stands.
    "the status",
    "order status",
    "status of",
    "any news",
    "any update",
    "an update",
    "where is",
    "where are",
    "where does it stand",
    "what happened to",
    "der stand",
    "lieferstatus",
    "wo ist",
    "wo sind",
    "wo bleibt",
    "wo bleiben",
    "wie weit",
    "ou en est",
    "ou en sont",
    "ou est",
    "ou sont",
    "des nouvelles",
    "statut",
    "a che punto",
    "dov ' e",
    "dove sono",
    "lo stato",
    "novita",
    "el estado",
    "donde esta",
    "waar is",
    "waar blijft",
    "waar blijven",
    // Somebody waits for it.
    "waiting",
    "wait for it",
    "wait for them",
    "warten",
    "warte",
    "attendons",
    "j ' attends",
    "aspettando",
    "aspettiamo",
    "esperando",
    "seguimos sin",
    "wachten",
    "so far",
    "bis heute",
    "bisher",
    "jusqu ' a present",
    "finora",
    "not arrived",
    "arrived yet",
    "noch nicht da",
    "noch nicht angekommen",
    "pas arrive",
    "pas arrivee",
    "pas encore recu",
    "non e arrivato",
    // Somebody shall look after it.
    "please check",
    "for checking",
    "please verify",
    "look into it",
    "look into this",
    "chase",
    "prufen",
    "uberprufen",
    "nachsehen",
    "nachschauen",
    "verifier",
    "controler",
    "verificare",
    "controllare",
    "comprobar",
    "verificar",
    "nakijken",
    "controleren",
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn fares(text: &str) -> bool {
        let scan = Scan::whole(Part::Text, text);
        is_progress(&scan, &(0..scan.tokens.len()))
    }

    #[test]
    fn a_placed_order_is_asked_after() {
        for text in [
            "When will it arrive?",
            "Could you let us know when our order ships?",
            "Please send the tracking number.",
            "Any news?",
            "Wann kommt sie an?",
            "Bitte um Rückmeldung, wann geliefert wird.",
            "Wo bleibt die Ware?",
            "Où en est-elle ?",
            "Quand arrivera-t-elle ?",
            "A che punto è?",
            "Quando arriva?",
        ] {
            assert!(fares(text), "{text}");
        }
        for text in [
            "When can you deliver?",
            "Wann könnt ihr liefern?",
            "Please confirm the order.",
            "Quand pouvez-vous livrer ?",
            "We need them when the new hall opens.",
        ] {
            assert!(!fares(text), "{text}");
        }
    }
}
