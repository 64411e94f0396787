//! The small print of orders: 'Goods will not be accepted without an order number.' It says how any
//! delivery must be marked, and nothing of the goods of one.

use std::ops::Range;

use crate::reading::text::{Kind, Scan, Token, words};

/// Whether a sentence says nothing but that deliveries without a paper or its number are refused.
pub(crate) fn are_meant(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let Some(without) = tokens.iter().position(|t| is_without(&t.folded)) else { return false };
    let any = |is: fn(&str) -> bool| tokens.iter().any(|t| is(&t.folded));
    let behind = tokens.get(without + 1..).unwrap_or_default();
    let paper = behind.iter().take_while(|t| !is_refused(&t.folded) && !t.is(','));
    let known = |token: &Token| match token.kind {
        Kind::Word => {
            is_delivery(&token.folded)
                || is_without(&token.folded)
                || is_refused(&token.folded)
                || is_paper(&token.folded)
                || stands_beside(&token.folded)
        }
        Kind::Digits => false,
        Kind::Mark => !token.is_any("?:"),
    };
    any(is_delivery)
        && any(is_refused)
        && paper.clone().any(|t| is_paper(&t.folded))
        && tokens.iter().all(known)
        && !tokens.iter().any(|t| is_this(&t.folded))
}

/// 'Please confirm this order within 3 working days to buying@…': by when, and where to.
pub(crate) fn ask_for_confirmation(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let any = |is: fn(&str) -> bool| tokens.iter().any(|t| is(&t.folded));
    let address = tokens.iter().position(|t| t.is('@'));
    // An address runs from its first word to its end.
    let of_address = |at: usize| {
        address.is_some_and(|sign| {
            let glued =
                |range: Range<usize>| tokens.get(range).unwrap_or_default().iter().all(|t| t.glued);
            if at < sign { glued(at + 1..sign + 1) } else { glued(sign + 1..at + 1) }
        })
    };
    let within = |at: usize| {
        let next = tokens.get(at + 1).map_or("", |t| t.folded.as_str());
        is_time(next)
            || words!("working business werk ouvres").has(next)
            || tokens.get(at + 1).is_some_and(|t| t.is('-'))
    };
    any(is_polite)
        && any(confirms)
        && tokens.len() <= 40
        && tokens.iter().enumerate().all(|(at, t)| {
            of_address(at)
                || match t.kind {
                    Kind::Word => {
                        is_polite(&t.folded)
                            || confirms(&t.folded)
                            || is_time(&t.folded)
                            || beside_confirmation(&t.folded)
                    }
                    Kind::Digits => t.folded.len() <= 2 && within(at),
                    Kind::Mark => !t.is_any("?:;"),
                }
        })
}

fn is_polite(word: &str) -> bool {
    words!(
        "please kindly bitte gelieve graag verzoeken vriendelijk bitten merci veuillez prions prego preghiamo vogliate favor rogamos"
    )
    .has(word)
}

fn confirms(word: &str) -> bool {
    words!(
        "confirm confirmation acknowledge acknowledgement bestatigen bestatigung auftragsbestatigung confirmer confirmation confirmare conferma \
         confermare confermarci confirmar confirmen confirmacion bevestigen bevestiging orderbevestiging"
    )
    .has(word)
}

fn is_time(word: &str) -> bool {
    words!(
        "day days hour hours h working business tag tage tagen stunden arbeitstagen arbeitstage werktagen werktage jour jours heures ouvres ouvrables \
         giorno giorni ore lavorativi dia dias horas laborables habiles dag dagen uur werkdagen werkdag"
    )
    .has(word)
}

fn beside_confirmation(word: &str) -> bool {
    words!(
        "this the our your us receipt of order purchase within by in to at e mail email and return \
         wir um ihre ihren diese dieser den der die das uns unsere innert innerhalb von binnen per an auf bestellung auftrag auftrags erhalt eingang sie schriftlich \
         nous de d cette la le les commande reception sous dans bon a par courriel \
         vi di il lo la questo ordine entro via ricezione ricevuta per a \
         les se le este el pedido en plazo un por correo recepcion \
         wij u om deze dit de het ons onze order bestelling te aan via ontvangst van een"
    )
    .has(word)
}

fn is_delivery(word: &str) -> bool {
    words!(
        "goods deliveries delivery shipments consignments parcels packages invoices \
         ware waren warenlieferungen lieferungen sendungen anlieferungen pakete rechnungen \
         marchandise marchandises livraisons livraison colis envois factures \
         merce merci consegne consegna colli spedizioni fatture \
         mercancia mercancias entregas paquetes envios facturas \
         goederen leveringen zendingen pakketten facturen"
    )
    .has(word)
}

fn is_without(word: &str) -> bool {
    words!(
        "without lacking missing ohne fehlende fehlender sans senza priva prive privi sin zonder"
    )
    .has(word)
}

fn is_refused(word: &str) -> bool {
    words!(
        "accepted rejected refused processed received paid returned \
         angenommen akzeptiert abgelehnt zuruckgewiesen bearbeitet bezahlt entgegengenommen zuruckgesandt \
         acceptee acceptees accepte acceptes refusee refusees refuse refuses traitee traitees payees renvoyees renvoyes \
         accettata accettate accettati respinta respinte respinti ricevuta rifiutate rifiutata pagate \
         aceptara aceptaran aceptan aceptada aceptadas rechazada rechazadas rechazaran rechazados pagadas \
         geaccepteerd geweigerd aangenomen verwerkt betaald teruggestuurd"
    )
    .has(word)
}

fn is_paper(word: &str) -> bool {
    words!(
        "number numbers no po reference slip note label barcode \
         bestellnummer bestellnummern auftragsnummer bestellnr lieferschein lieferscheine referenznummer referenz etikett \
         numero numeros reference bordereau bon bl etiquette \
         numero riferimento ddt bolla etichetta \
         albaran referencia etiqueta \
         ordernummer bestelnummer inkoopnummer pakbon referentie referentienummer leverbon"
    )
    .has(word)
}

/// Words that mean the goods of one order.
fn is_this(word: &str) -> bool {
    words!("this these dieser diese dieses cette ces questo questa queste esta estas deze")
        .has(word)
}

fn stands_beside(word: &str) -> bool {
    words!(
        "will can cannot shall must not be is are the a an our any all valid purchase order delivery packing stating quoting by goods in at \
         werden wird konnen nicht sind unsere unserer gultige gultiger angabe der einer eine die das den von an bestellung unseren im wareneingang \
         ne n pas sera seront est sont la le les l un une d de du notre nos commande livraison valable toute toutes tout \
         non sara saranno verra verranno e sono il lo i un una d di del dell nostro nostra ordine consegna trasporto \
         no se ser seran sera el los las un una de del nuestro nuestra pedido entrega valido \
         worden niet wordt kunnen het de een ons onze geldig geldige zonder"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn confirmations_are_asked_for() {
        let asks = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            ask_for_confirmation(&scan, 0..scan.tokens.len())
        };
        for text in [
            "Gelieve deze order binnen 3 werkdagen te bevestigen aan inkoop@van-laar.example.",
            "Please confirm this order within 48 hours to buying@buyer.example",
            "Bitte bestätigen Sie den Auftrag innert 2 Tagen an einkauf@kunde.example.",
            "Merci de confirmer la réception de cette commande sous 48 heures.",
        ] {
            assert!(asks(text), "{text}");
        }
        for text in [
            "Deze order is nog te bevestigen.",
            "Please confirm the price within 3 days.",
            "Please do not confirm this order.",
            "Please confirm 20 pieces.",
            "Please confirm this order before delivery.",
            "Please wait for our confirmation.",
            "Please confirm this order by phone first.",
            "We will confirm this order within 3 days.",
        ] {
            assert!(!asks(text), "{text}");
        }
    }

    #[test]
    fn what_holds_for_any_delivery_is_none_of_one() {
        let terms = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            are_meant(&scan, 0..scan.tokens.len())
        };
        for text in [
            "Goods will not be accepted without an order number.",
            "Deliveries without a delivery note will be rejected.",
            "Invoices without our PO number cannot be processed.",
            "Lieferungen ohne Angabe der Bestellnummer werden nicht angenommen.",
            "Ware ohne Lieferschein wird zurückgewiesen.",
            "Les marchandises sans numéro de commande seront refusées.",
            "La merce senza numero d'ordine non verrà accettata.",
            "No se aceptarán mercancías sin número de pedido.",
            "Goederen zonder bestelnummer worden niet aangenomen.",
        ] {
            assert!(terms(text), "{text}");
        }
        for text in [
            "The goods were not accepted.",
            "These goods will not be accepted without an order number.",
            "Goods will not be accepted without approval.",
            "Goods will not be accepted before May.",
            "The order is not accepted without a price.",
            "Ware wird nicht angenommen.",
            "Do not deliver goods without an order number.",
            "Lieferungen ohne Preis werden nicht angenommen.",
            "5 deliveries without a delivery note were rejected.",
        ] {
            assert!(!terms(text), "{text}");
        }
    }
}
