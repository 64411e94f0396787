//! The small print of orders: 'Goods will not be accepted without an order number.' It says how any
//! delivery must be marked, and nothing of the goods of one.

use std::ops::Range;

use super::closed::{ARTICLES, Closed, IS, Marks, Numbers, OURS};
use crate::reading::text::{Scan, WordList, words};

/// Deliveries without a paper are refused. Words that mean the goods of one order, as 'these', are on
/// none of its lists.
static REFUSALS: Closed = Closed {
    needs: &[DELIVERY, WITHOUT, REFUSED, PAPER],
    beside: &[BESIDE_REFUSAL, ARTICLES, OURS, IS],
    marks: Marks::AllBut("?:"),
    ..Closed::STATEMENT
};

/// A confirmation is asked for, by when, and where to.
static CONFIRMATIONS: Closed = Closed {
    needs: &[POLITE, CONFIRMS],
    beside: &[TIME, BESIDE_CONFIRMATION, ARTICLES, OURS],
    numbers: Numbers::Counting(TIME),
    marks: Marks::AllBut("?:;"),
    addresses: true,
    most: 40,
};

/// Whether a sentence says nothing but that deliveries without a paper or its number are refused.
pub(crate) fn are_meant(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    // It is the paper that is missing.
    let mut missing = tokens
        .iter()
        .skip_while(|t| !WITHOUT.has(&t.folded))
        .take_while(|t| !REFUSED.has(&t.folded) && !t.is(','));
    REFUSALS.is_said(tokens) && missing.any(|t| PAPER.has(&t.folded))
}

/// 'Please confirm this order within 3 working days to buying@…': by when, and where to.
pub(crate) fn ask_for_confirmation(scan: &Scan<'_>, run: Range<usize>) -> bool {
    CONFIRMATIONS.is_said(scan.tokens.get(run).unwrap_or_default())
}

static POLITE: &WordList = words!(
    "please kindly \
     bitte bitten \
     merci veuillez \
     prions prego preghiamo vogliate \
     favor rogamos \
     gelieve graag verzoeken vriendelijk"
);

static CONFIRMS: &WordList = words!(
    "confirm confirmation acknowledge acknowledgement \
     bestatigen bestatigung auftragsbestatigung \
     confirmer confirmation \
     confirmare conferma confermare confermarci \
     confirmar confirmen confirmacion \
     bevestigen bevestiging orderbevestiging"
);

static TIME: &WordList = words!(
    "day days hour hours h working business \
     tag tage tagen stunden arbeitstagen arbeitstage werktagen werktage \
     jour jours heures ouvres ouvrables \
     giorno giorni ore lavorativi \
     dia dias horas laborables habiles \
     dag dagen uur werkdagen werkdag"
);

static BESIDE_CONFIRMATION: &WordList = words!(
    "this your us receipt order purchase within by in to at e mail email and return \
     wir um ihre ihren diese dieser uns innert innerhalb binnen per an auf bestellung auftrag auftrags erhalt eingang sie schriftlich \
     nous cette commande reception sous dans bon a par courriel \
     vi questo ordine entro via ricezione ricevuta per a \
     se este pedido en plazo por correo recepcion \
     wij u om deze dit order bestelling te aan via ontvangst"
);

static DELIVERY: &WordList = words!(
    "goods deliveries delivery shipments consignments parcels packages invoices \
     ware waren warenlieferungen lieferungen sendungen anlieferungen pakete rechnungen \
     marchandise marchandises livraisons livraison colis envois factures \
     merce merci consegne consegna colli spedizioni fatture \
     mercancia mercancias entregas paquetes envios facturas \
     goederen leveringen zendingen pakketten facturen"
);

static WITHOUT: &WordList = words!(
    "without lacking missing \
     ohne fehlende fehlender \
     sans \
     senza priva prive privi \
     sin \
     zonder"
);

static REFUSED: &WordList = words!(
    "accepted rejected refused processed received paid returned \
     angenommen akzeptiert abgelehnt zuruckgewiesen bearbeitet bezahlt entgegengenommen zuruckgesandt \
     acceptee acceptees accepte acceptes refusee refusees refuse refuses traitee traitees payees renvoyees renvoyes \
     accettata accettate accettati respinta respinte respinti ricevuta rifiutate rifiutata pagate \
     aceptara aceptaran aceptan aceptada aceptadas rechazada rechazadas rechazaran rechazados pagadas \
     geaccepteerd geweigerd aangenomen verwerkt betaald teruggestuurd"
);

static PAPER: &WordList = words!(
    "number numbers no po reference slip note label barcode \
     bestellnummer bestellnummern auftragsnummer bestellnr lieferschein lieferscheine referenznummer referenz etikett \
     numero numeros reference bordereau bon bl etiquette \
     numero riferimento ddt bolla etichetta \
     numero albaran referencia etiqueta \
     ordernummer bestelnummer inkoopnummer pakbon referentie referentienummer leverbon"
);

static BESIDE_REFUSAL: &WordList = words!(
    "can cannot shall must not any all valid purchase order delivery packing stating quoting by goods in at \
     konnen nicht gultige gultiger angabe an bestellung im wareneingang \
     ne n pas commande livraison valable toute toutes tout \
     non i ordine consegna trasporto \
     no se pedido entrega valido \
     niet kunnen geldig geldige zonder"
);

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
