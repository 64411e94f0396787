//! Questions that are orders in polite words: 'Could you let us have 20 …?'.

use std::ops::Range;

use super::accounts;
use super::perils;
use super::plain_words;
use crate::reading::text::number_words;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::{Kind, Scan, words};

/// What begins a polite question: whether the other would.
static WOULD: Phrases = Phrases::whole(&[
    "could you",
    "mag ik",
    "mogen we",
    "if you could",
    "whether you could",
    "if you would",
    "whether you would",
    "si vous auriez",
    "auriez - vous",
    "could we",
    "could i",
    "may i",
    "may we",
    "might i",
    "might we",
    "any chance of",
    "any chance you could",
    "konntst",
    "chontsch",
    "chonntsch",
    "chonted",
    "chonnted",
    "chontet",
    "pourrions - nous",
    "pourrais - je",
    "potrei",
    "potremmo",
    "podriamos",
    "zouden we",
    "would you",
    "konnten sie",
    "konntest du",
    "konntet ihr",
    "wurden sie",
    "wurdest du",
    "pourriez - vous",
    "pourriez vous",
    "pourrais - tu",
    "vous pourriez",
    "tu pourrais",
    "serait - il possible de",
    "potreste",
    "potrebbe",
    "potresti",
    "sarebbe possibile",
    "would it be possible to",
    "ware es moglich",
    "podrian",
    "podria",
    "zou u",
    "zouden jullie",
    "zou je",
]);

/// What asks whether the other can.
static CAN: Phrases = Phrases::whole(&[
    "can you",
    "can we",
    "can i",
    "chasch",
    "channsch",
    "chond",
    "chonnd",
    "kannste",
    "konnts",
    "est - ce que tu peux",
    "est - ce que vous pouvez",
    "mi spedisce",
    "mi spedisci",
    "mi invia",
    "mi invii",
    "ci spedisce",
    "ci invia",
    "mi manda",
    "ci manda",
    "on peut",
    "je peux",
    "will you",
    "konnen sie",
    "kannst du",
    "konnt ihr",
    "pouvez - vous",
    "pouvez vous",
    "peux - tu",
    "tu peux",
    "vous pouvez",
    "potete",
    "puoi",
    "puo",
    "mi mandi",
    "ci mandi",
    "mi mandate",
    "ci mandate",
    "puede",
    "pueden",
    "puedes",
    "kunt u",
    "kun je",
    "kunnen jullie",
    "mogen wij",
    "wil je",
    "wilt u",
    "willen jullie",
]);

/// Verbs that hand goods over, and nothing else: whoever asks for this does not ask whether it
/// can be done.
static HAND_OVER: Phrases = Phrases::whole(&[
    "send",
    "sending",
    "ship",
    "squeeze",
    "i get",
    "we get",
    "let us have",
    "let me have",
    "get us",
    "get me",
    "to us",
    "have",
    "order",
    "put us down",
    "put me down",
    "spedisce",
    "spedisci",
    "invia",
    "invii",
    "manda",
    "peut avoir",
    "peux avoir",
    "schicke",
    "zuschicke",
    "schicken",
    "senden",
    "zusenden",
    "zuschicken",
    "zukommen lassen",
    "m ' envoyer",
    "nous envoyer",
    "envoyer",
    "faire parvenir",
    "farci avere",
    "farmi avere",
    "farci pervenire",
    "zukommen zu lassen",
    "zuzusenden",
    "zuzuschicken",
    "zu schicken",
    "zu senden",
    "zu liefern",
    "expedier",
    "mandarci",
    "mandarmi",
    "mandare",
    "mandi",
    "mandate",
    "inviarci",
    "inviarmi",
    "inviare",
    "spedirci",
    "spedirmi",
    "spedire",
    "enviarnos",
    "enviarme",
    "enviar",
    "mandarnos",
    "mandar",
    "me mettre",
    "nous mettre",
    "sturen",
    "opsturen",
    "bestellen",
    "toesturen",
]);

/// Verbs that lead a question of their own: 'Schickst du mir bitte 20 …?'.
static VERB_FIRST: Phrases = Phrases::whole(&[
    "schickst du",
    "schickt ihr",
    "schicken sie",
    "sendest du",
    "sendet ihr",
    "senden sie",
    "lieferst du",
    "liefert ihr",
    "liefern sie",
    "bringst du",
    "bringt ihr",
    "packst du",
    "packt ihr",
    "legst du",
    "stellst du",
    "schicksch",
    "bringsch",
]);

/// Verbs that a supplier does for somebody; they need that somebody.
static SUPPLY: Phrases = Phrases::whole(&[
    "deliver",
    "supply",
    "provide",
    "prepare",
    "bring",
    "liefern",
    "ausliefern",
    "bereitstellen",
    "livrer",
    "fournir",
    "recevoir",
    "obtenir",
    "preparer",
    "fornirci",
    "consegnarci",
    "consegnare",
    "fornire",
    "ricevere",
    "avere",
    "entregar",
    "entregarnos",
    "suministrar",
    "suministrarnos",
    "leveren",
    "bezorgen",
]);

static NOUNS: Phrases = Phrases::whole(&["this order", "the order", "our order"]);

/// Whether a question asks for goods as an order does. 'Can you deliver 20 by Friday?' asks whether
/// it can be done; 'Could you deliver us 20' and 'Can you send us 20' ask for them.
pub(crate) fn is_order(scan: &Scan<'_>, run: Range<usize>) -> bool {
    // 'Noch 20' are 20 more.
    let counts = |at: usize| {
        let more = scan.token(at).is_some_and(|t| words!("noch encore ancora").has(&t.folded));
        more && scan.token(at + 1).is_some_and(|t| {
            t.kind == Kind::Digits || number_words::words_at(scan, at + 1, None).is_some()
        })
    };
    let asks_more = run.clone().filter(|at| !counts(*at)).any(|at| {
        let Some(t) = scan.token(at) else { return false };
        words!(
            "when how what which where why price wann wie was welche welcher wo ob preis quand \
             comment combien quel quelle prix quando come quanto quale prezzo cuando cuanto precio \
             wanneer hoeveel whether still noch encore ancora whose who wer qui chi quote offer \
             offerte angebot devis preventivo stock lager ab cote reserve"
        )
        .has(&t.folded)
    });
    if asks_more {
        return false;
    }
    let folded = scan.padded(run);
    // 'Book this order out': the noun hands nothing over.
    let nouns: &[&str] = &[" this order ", " the order ", " our order "];
    let nouns = if NOUNS.are_in(&folded) { nouns } else { &[] };
    let folded = nouns.iter().fold(folded, |said, noun| said.replace(noun, " _ "));
    let says = |phrases: &Phrases| phrases.are_in(&folded);
    let for_us = scan_has_us(&folded);
    let pleads = for_us && [" bitte ", " doch "].iter().any(|word| folded.contains(word));
    // 'Could you put 12 A on the van for Thursday'
    let loads = folded.contains(" put ")
        && [
            " on the van ",
            " on the truck ",
            " on the lorry ",
            " on the pallet ",
            " on your van ",
            " on your truck ",
        ]
        .iter()
        .any(|words| folded.contains(words));
    (says(&CAN) && says(&HAND_OVER))
        || loads && (says(&CAN) || says(&WOULD))
        || (says(&VERB_FIRST) && pleads)
        || (says(&WOULD) && (says(&HAND_OVER) || says(&SUPPLY) && for_us))
}

/// 'Vi confermiamo l'ordine di 500 pezzi', beside an offer of the seller that it takes up.
pub(crate) fn confirms_own_order(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    static CONFIRMS: Phrases = Phrases::whole(&[
        "confermiamo l ' ordine",
        "confermiamo l ordine",
        "confermo l ' ordine",
        "confermo l ordine",
        "confermiamo il nostro ordine",
        "confirmons la commande",
        "confirmons notre commande",
        "confirme la commande",
        "confirme ma commande",
        "bestatigen wir die bestellung",
        "bestatigen wir unsere bestellung",
        "bestatigen wir ihnen die bestellung",
        "we confirm our order",
        "we confirm the order",
        "we hereby confirm our order",
    ]);
    CONFIRMS.are_in(&scan.padded(run.clone()))
}

/// 'Morning, for the service van please:': a plea that leads to a list, with nothing but a greeting and
/// what the goods are for.
pub(crate) fn leads_to_list(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    const PURPOSE: usize = 6;
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let pleads = words!("please pls plz bitte svp prego favore aub");
    let ends = run.end.checked_sub(1).is_some_and(|at| word(at) == ":");
    if !ends || !run.clone().any(|at| pleads.has(word(at))) {
        return false;
    }
    let mut at = run.start;
    while at < run.end {
        let leads = words!("for fur pour per voor para").has(word(at));
        let plain = |at: usize| {
            scan.token(at).is_some_and(|t| t.kind == Kind::Word)
                && !pleads.has(word(at))
                && !plain_words::is_no_purpose(word(at))
                && !perils::names_offer(word(at))
                && !words!("you your ihre ihren votre vos vostro").has(word(at))
        };
        let end = (at + 1..run.end.min(at + 1 + PURPOSE)).take_while(|at| plain(*at)).last();
        // What is done there is open; a place, a vehicle and a customer do nothing.
        let place = |end: usize| {
            words!(
                "van truck workshop site hall line press machine boat ship lab laboratory stores store shop branch plant job project customer depot yard factory building kitchen \
                 werkstatt baustelle halle linie presse maschine schiff labor lager filiale werk kunde kunden projekt anlage wagen bus atelier chantier ligne machine bateau \
                 laboratoire depot usine client projet camionnette officina cantiere linea macchina barca laboratorio magazzino stabilimento cliente progetto furgone \
                 taller obra maquina almacen cliente werkplaats bouwplaats klant"
            )
            .has(word(end))
        };
        match end {
            Some(end) if leads && (at + 1..=end).any(place) => at = end + 1,
            _ => {
                let polite = scan.token(at).is_some_and(|t| {
                    t.kind == Kind::Mark && !t.is('?') || accounts::is_courtesy(&t.folded)
                });
                if !polite && !pleads.has(word(at)) {
                    return false;
                }
                at += 1;
            }
        }
    }
    true
}

/// 'PO 4711', 'P.O. no. 889-25', 'PO attached': whoever gives it is buying.
pub(crate) fn names_po(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    run.clone().any(|at| {
        let po = scan.token(at).is_some_and(|t| scan.words(t.span) == "PO" || t.folded == "po");
        let behind = (at + 1..(at + 5).min(run.end)).find(|i| {
            scan.token(*i).is_some_and(|t| {
                !t.is_any(".:#-–°º") && !words!("no nr n number nummer numero").has(&t.folded)
            })
        });
        let numbered = behind.is_some_and(|i| {
            crate::reading::forms::headers::reference_span(scan, i, (i + 9).min(run.end))
                .is_some_and(|span| span.start == scan.token(i).map_or(0, |t| t.span.start))
        });
        po && !matches!(word(at.wrapping_sub(1)), "un" | "your")
            && (numbered || words!("attached enclosed below herewith").has(word(at + 1)))
    })
}

/// Whether words say whom goods are for.
fn scan_has_us(folded: &str) -> bool {
    folded.split(' ').any(|word| {
        words!(
            "us me uns mir mer nous moi m ci fornirci consegnarci entregarnos suministrarnos ons mij \
             recevoir obtenir ricevere avere"
        )
        .has(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn a_polite_question_orders_and_a_question_does_not() {
        let order = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            is_order(&scan, 0..scan.tokens.len())
        };
        for text in [
            "Could you let us have 12 heat sinks?",
            "Can you get 4 valves to us tomorrow?",
            "Can you send 20 knobs?",
            "Pourriez-vous nous livrer 12 turbines d'ici au 25 juin ?",
            "Tu peux m'envoyer 10 manches ?",
            "Potreste fornirci 12 giranti?",
            "Mi mandi 10 manici per giovedì?",
            "Könnten Sie uns bis Freitag 10 Griffe liefern?",
            "Kunt u ons 5 stuks sturen?",
        ] {
            assert!(order(text), "{text}");
        }
        for text in [
            "Can you deliver 20 by Friday?",
            "Can you still send 20 this week?",
            "When could you let us have 12 heat sinks?",
            "Pouvez-vous livrer 20 pièces ?",
            "Können Sie 20 Stück liefern?",
            "Could you send us a price for 20?",
        ] {
            assert!(!order(text), "{text}");
        }
    }
}
