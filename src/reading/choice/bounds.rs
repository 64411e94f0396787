//! What bounds a wait, or is awaited besides the goods, and what an answer promises and does not hold:
//! 'we can wait until the 30th', 'we wait for your answer', 'option 1, new lines to follow'.

use std::ops::Range;

use super::clauses::clause;
use super::offer::Offer;
use super::words::names_available;
use crate::reading::dates;
use crate::reading::draft::Desk;
use crate::reading::text::{Kind, Scan, words};

/// Whether a day or a time is set at a token, until which the goods are waited for.
pub(crate) fn is_bounded(scan: &Scan<'_>, at: usize, offer: &Offer, desk: &Desk<'_>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    if !words!(
        "until till til bis jusqu jusque finche fino hasta tot before by vor avant entro voor"
    )
    .has(word(at))
    {
        return false;
    }
    let around = part(scan, at);
    let only = words!("only nur seulement solo soltanto alleen");
    if !around.clone().any(|i| waits(word(i)) || only.has(word(i))) || is_away(scan, &around) {
        return false;
    }
    // 'Until in 14 days' lasts as long as it says, and 'until the missing 6 are in' as we said.
    let told = |i: usize| super::offer::number_at(scan, i, desk.lang);
    let lasting =
        |i: usize| told(i).is_some_and(|(_, end)| super::offer::days(scan, end).is_some());
    let awaited = |i: usize| told(i).is_some_and(|(number, _)| offer.awaits(number));
    let day = |i: usize| {
        scan.token(i).is_some_and(|t| t.kind == Kind::Digits) && !awaited(i)
            || dates::date_at(scan, i, desk.calendar()).is_some()
            || words!(
                "end mid middle start month week year ende mitte anfang monat monats woche jahr kw fin mois semaine annee fine mese settimana anno \
                 fin mes semana einde maand week christmas easter weihnachten ostern noel paques natale pasqua \
                 spring summer autumn winter fruhling sommer herbst printemps ete automne hiver primavera estate autunno inverno"
            )
            .has(word(i))
    };
    let near = || at + 1..around.end.min(at + NEAR);
    !near().any(lasting) && near().any(day)
}

/// What stands on the same line around a token, up to a comma.
fn part(scan: &Scan<'_>, at: usize) -> Range<usize> {
    const LONG: usize = 20;
    let line = scan.token(at).map_or(0, |t| t.line);
    let same = |i: &usize| scan.token(*i).is_some_and(|t| t.line == line && !t.is_any(",;!?()"));
    let start = (at.saturating_sub(LONG)..at).rev().take_while(|i| same(i)).last().unwrap_or(at);
    let end = (at..at + LONG).take_while(|i| same(i)).last().map_or(at, |last| last + 1);
    start..end
}

/// Words behind an 'until' that may name a day.
const NEAR: usize = 6;

/// A verb of waiting, in any form.
fn waits(word: &str) -> bool {
    ["wait", "wart", "abwart", "attend", "patient", "aspett", "esper", "wacht"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Speaks of when somebody is not there.
pub(crate) fn is_away(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let away = words!(
        "back away closed holiday holidays leave zuruck ferien urlaub geschlossen abwesend vacances conges ferme ferie chiuso chiusi rientro torno vacaciones terug vakantie gesloten"
    );
    clause.clone().any(|at| scan.token(at).is_some_and(|t| away.has(&t.folded)))
}

/// 'We can wait 1 week', where the offer speaks of two; 'we wait only 14 days', 'wir warten eine Woche'.
pub(crate) fn ends_sooner(scan: &Scan<'_>, at: usize, offer: &Offer, desk: &Desk<'_>) -> bool {
    let only = at.checked_sub(1).and_then(|before| scan.token(before)).is_some_and(|t| {
        words!("only nur seulement solo solamente soltanto slechts maar").has(&t.folded)
    });
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let around = || clause(scan, &(at..at + 1));
    let one = || {
        words!("a one eine une una una een another").has(word(at))
            && super::offer::days(scan, at + 1).is_some_and(|days| days > 1)
            && around().any(|i| waits(word(i)))
    };
    let told =
        super::offer::number_at(scan, at, desk.lang).or_else(|| one().then_some((1, at + 1)));
    let days = told.and_then(|(number, end)| number.checked_mul(super::offer::days(scan, end)?));
    days.is_some_and(|days| (only || offer.bears(days) == Some(false)) && !is_away(scan, &around()))
}

/// 'We wait for your answer', 'on attend la facture': what is awaited is no goods.
pub(crate) fn awaits_word(scan: &Scan<'_>, claim: &Range<usize>, clause: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let said = words!(
        "answer reply reponse antwort risposta respuesta antwoord confirmation bestatigung conferma confirmacion bevestiging feedback ruckmeldung riscontro \
         news nouvelles notizie noticias nachricht nachrichten message messaggio invoice rechnung facture fattura factura factuur quote quotation offer angebot offerte offre offerta oferta \
         devis preventivo presupuesto price preis prix prezzo precio prijs call anruf appel chiamata llamada drawing zeichnung decision entscheidung entscheid decisione"
    );
    let thanks = words!("danke dank thanks thank merci grazie gracias bedankt bitte please");
    let mut behind = (claim.end..clause.end).take_while(|at| !thanks.has(word(*at)));
    behind.any(|at| {
        let numbered = super::number_at(scan, at + 1).is_some();
        let back = word(at) == "retour" && word(at + 1) != "en";
        (said.has(word(at)) || back) && !numbered
    })
}

/// 'Ship to our new site': goods that go elsewhere.
pub(crate) fn goes_elsewhere(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let place = words!(
        "address adresse anschrift lieferadresse indirizzo direccion adres site branch plant warehouse baustelle filiale werk standort chantier usine depot cantiere stabilimento sede obra bouwplaats vestiging"
    );
    let to = words!("in im to an nach a au al all alla naar auf sur");
    let sends = words!(
        "delivery lieferung anlieferung livraison consegna entrega levering ship send deliver delivered sent liefern liefert schicken senden geliefert livrer livrez envoyer envoyez expedier consegnare consegnate spedire spedite inviare enviar envien entregar leveren stuur sturen"
    );
    let led = (at.saturating_sub(4)..at).any(|i| to.has(word(i)));
    place.has(word(at)) && led && clause(scan, &(at..at + 1)).any(|i| sends.has(word(i)))
}

/// Whether a text promises lines that it need not hold, or wishes less without saying how much.
pub(crate) fn promises(scan: &Scan<'_>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let new =
        words!("new neue neuen nouvelle nouvelles nuove nuova nuovi nuevas nueva nieuwe revised");
    let lines = words!(
        "line lines order quantity quantities amounts position positions positionen zeile zeilen menge mengen bestellung ligne lignes commande quantite quantites \
         riga righe ordine quantita linea lineas pedido cantidades regel regels bestelling aantallen"
    );
    let little = words!("less fewer weniger moins meno menos minder");
    let comes = words!(
        "below follow follows unten folgen folgt suivre suit sotto segue seguono volgen volgt attached anbei allegato adjunto bijgevoegd"
    );
    let said =
        |list: &crate::reading::text::WordList| (0..scan.tokens.len()).any(|at| list.has(word(at)));
    let denied = |at: usize| (at.saturating_sub(2)..at).any(|i| super::NOT.contains(&word(i)));
    let reduces = words!(
        "reduce reduced reduzieren kurzen reduire reduisez ridurre riducete reducir verlagen"
    );
    // The number of the choice counts nothing.
    let counts = scan.tokens.iter().any(|t| t.kind == Kind::Digits && t.folded != "1");
    let demands = scan.tokens.iter().any(|t| is_demand(&t.folded));
    let promised = (0..scan.tokens.len())
        .any(|at| new.has(word(at)) && lines.has(word(at + 1)) && !denied(at));
    promised
        || demands
        || said(little)
        || said(comes)
        || !counts && said(reduces) && !names_available(scan)
}

/// What a customer asks for besides.
pub(crate) fn is_demand(word: &str) -> bool {
    words!(
        "cost costs expense kosten frais spese coste expedite expedited teilliefern teilgeliefert freight fracht frachtfrei portofrei charge charged penalty verrechnen verrechnet konventionalstrafe facturer penalites penale addebitare discount rebate refund compensation rabatt entschadigung gutschrift schadenersatz remise dedommagement indemnisation sconto risarcimento rimborso \
         descuento korting vergoeding express expressversand expresslieferung teillieferung teillieferungen"
    )
    .has(word)
}

/// 'Not longer than that', 'pas plus'
pub(crate) fn is_at_most(padded: &str) -> bool {
    const MOST: [&str; 14] = [
        " at most ",
        " at the most ",
        " at the latest ",
        " not longer ",
        " no longer than ",
        " not more than ",
        " no more than ",
        " nicht langer ",
        " nicht mehr als ",
        " pas plus ",
        " non di piu ",
        " non oltre ",
        " niet langer ",
        " no mas ",
    ];
    MOST.iter().any(|turn| padded.contains(turn))
}

/// '22 A or 60 B', '60 B, sonst 22 A'.
pub(crate) fn says_either(scan: &Scan<'_>) -> bool {
    const ONE_OF: [&str; 13] = [
        "one of the two",
        "one of them",
        "one of these",
        "one of those",
        "eins von beiden",
        "eines von beiden",
        "eines der beiden",
        "einen der beiden",
        "un des deux",
        "une des deux",
        "uno dei due",
        "uno de los dos",
        "een van de twee",
    ];
    if (0..scan.tokens.len()).any(|at| ONE_OF.iter().any(|turn| scan.says(at, turn))) {
        return true;
    }
    scan.tokens.iter().any(|t| {
        words!("or otherwise else oder sonst bzw beziehungsweise respektive notfalls ansonsten ou sinon oppure altrimenti anders alternative alternatively alternativ")
            .has(&t.folded)
    })
}

/// 'Pending approval', 'ask Tom': the answer waits for somebody.
pub(crate) fn is_pending(folded: &str) -> bool {
    const OPINION: [&str; 12] = [
        " geht das ",
        " ist das moglich ",
        " ware das moglich ",
        " is that possible ",
        " is this possible ",
        " est ce possible ",
        " e possibile ",
        " was meinen sie ",
        " was meint ihr ",
        " what do you think ",
        " qu ' en pensez ",
        " cosa ne pensa",
    ];
    let pending = words!(
        "pending conditional conditionally provisional provisionally tentative tentatively preliminary approval freigabe vorlaufig provisorisch provisoire provisoirement provvisorio \
         provvisoriamente provisional voorlopig"
    );
    let asks = words!(
        "ask check frag fragt fragen demandez demande chiedete chiedi chieda pregunte pregunten vraag"
    );
    let asked = |clause: &str| {
        let mut words = clause.split_whitespace().filter(|w| w.starts_with(char::is_alphabetic));
        let first = words.next().unwrap_or_default();
        asks.has(first) || first == "please" && asks.has(words.next().unwrap_or_default())
    };
    let padded = format!(" {folded} ");
    OPINION.iter().any(|turn| padded.contains(turn))
        || padded.split(" , ").any(asked)
        || folded.split(' ').any(|w| pending.has(w))
        || is_up_to_others(&padded)
}

/// 'The boss decides', 'c'est le patron qui décide': who decides is not the one who writes.
fn is_up_to_others(padded: &str) -> bool {
    const WORD: [&str; 8] = [
        " last word ",
        " final say ",
        " final word ",
        " letzte wort ",
        " dernier mot ",
        " ultima parola ",
        " ultima palabra ",
        " laatste woord ",
    ];
    let decides = words!(
        "decide decides entscheidet entscheiden decidera deciden decidono beslist beslissen"
    );
    let own = words!("we i wir ich uns nous je noi io nosotros wij ik us have haben");
    let said: Vec<&str> = padded.split_whitespace().collect();
    let told = |at: usize| {
        // 'We decide for 2', 'wir entscheiden uns für 2'
        let near = said.get(at.saturating_sub(3)..at + 2).unwrap_or_default();
        said.get(at).is_some_and(|word| decides.has(word)) && !near.iter().any(|w| own.has(w))
    };
    WORD.iter().any(|turn| padded.contains(turn)) || (0..said.len()).any(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn what_is_promised_and_not_there() {
        for (text, want) in [
            ("option 1, new lines to follow", true),
            ("1, die neuen Mengen schicke ich morgen", true),
            ("1 please, we take less", true),
            ("1 please, reduce it", true),
            ("1 with the usual discount", true),
            ("1, no new lines", false),
            ("please reduce the quantity to 8", false),
            ("1 please, send what you have", false),
        ] {
            assert_eq!(promises(&Scan::whole(Part::Text, text)), want, "{text}");
        }
    }

    #[test]
    fn what_waits_for_somebody() {
        for (text, want) in [
            ("ask tom", true),
            ("please check with tom", true),
            ("pending approval", true),
            ("geht das bis montag", true),
            ("that is the last one , please check it", true),
            ("the boss decides", true),
            ("mein chef wird das entscheiden", true),
            ("c ' est le patron qui decide", true),
            ("decide il capo", true),
            ("my manager has the last word", true),
            ("wir entscheiden uns fur 2", false),
            ("we decide for 2", false),
            ("nous avons decide d ' attendre", false),
            ("thanks for asking", false),
            ("we have asked our fitters", false),
        ] {
            assert_eq!(is_pending(text), want, "{text}");
        }
    }
}
