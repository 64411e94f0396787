//! What orders printed by a machine say below their rows, each time alike: that parts are not taken,
//! that changes are made in writing, whose terms hold. Beside the goods these are no news of them.

use std::ops::Range;

use super::closed::{ARTICLES, Closed, IS, Marks, Numbers, OURS};
use super::imprints;
use super::papers_back;
use super::purchase_terms;
use crate::reading::text::stretches::sentences;
use crate::reading::text::{Scan, WordList, words};

/// Such a sentence has a word of what it is about, of what it says, and of what makes it general.
static TERMS: [Closed; 7] = [
    // 'Part deliveries only by arrangement.'
    Closed { needs: &[PARTIAL, ARRANGED], ..ANY },
    Closed { needs: &[PARTIAL, TAKEN, DENIED], ..ANY },
    Closed { needs: &[CHANGES, WRITTEN, MUST], ..ANY },
    Closed {
        needs: &[SUBJECT, CONDITIONS, OWN],
        beside: &[JOINS, ARTICLES, OURS, IS, WHERE],
        ..ANY
    },
    // 'Our conditions of purchase (version 3 of 2024) apply.'
    Closed {
        needs: &[SUBJECT, CONDITIONS, OWN, EDITION],
        beside: &[JOINS, ARTICLES, OURS, IS, WHERE],
        numbers: Numbers::UpTo(4),
        ..ANY
    },
    // 'Differing terms of the supplier do not become part of the contract.'
    Closed {
        needs: &[CONDITIONS, DIFFERING, DENIED, BIND],
        beside: &[JOINS, ARTICLES, OURS, IS, BECOMES],
        ..ANY
    },
    Closed { needs: &[PRICES, FIXED, ARE], ..ANY },
];

/// What may stand in any of them.
static ANY: Closed = Closed {
    beside: &[JOINS, ARTICLES, OURS, IS],
    marks: Marks::AllBut("?:"),
    ..Closed::STATEMENT
};

/// Takes the sentences behind the first words of a form that say nothing of its goods.
pub(crate) fn leave(scan: &Scan<'_>, free: &mut [bool]) {
    let Some(form) = free.iter().position(|free| !free) else { return };
    let behind = |at: usize| at > form && free.get(at) == Some(&true);
    let mut start = form;
    let mut runs: Vec<Range<usize>> = Vec::new();
    while start < scan.tokens.len() {
        let end = (start..scan.tokens.len()).find(|at| !behind(*at) || parted(scan, start, *at));
        let end = end.unwrap_or(scan.tokens.len());
        if end > start {
            runs.extend(sentences(scan, &(start..end)));
        }
        start = if behind(end) { end } else { end + 1 };
    }
    for run in runs.into_iter().filter(|run| are_meant(scan, run)) {
        free.get_mut(run).into_iter().flatten().for_each(|free| *free = false);
    }
}

/// Whether a blank line stands between two tokens.
fn parted(scan: &Scan<'_>, start: usize, at: usize) -> bool {
    let line = |at: usize| scan.token(at).map_or(0, |t| t.line);
    let before = at.checked_sub(1).filter(|before| *before >= start);
    before.is_some_and(|before| line(at) > line(before) + 1)
}

/// Whether a sentence says nothing but such a term.
pub(crate) fn are_meant(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    TERMS.iter().any(|term| term.is_said(tokens))
        || imprints::are_meant(scan, run.clone())
        || papers_back::are_meant(scan, run.clone())
        || purchase_terms::are_meant(scan, run.clone())
        || purchase_terms::ask_for_confirmation(scan, run.clone())
}

static PARTIAL: &WordList = words!(
    "partial part \
     teillieferung teillieferungen teilsendungen \
     partielle partielles \
     parziale parziali \
     parcial parciales \
     deellevering deelleveringen"
);

static TAKEN: &WordList = words!(
    "accepted allowed permitted accept \
     zulassig erlaubt gestattet akzeptiert angenommen \
     acceptees acceptee autorisees autorisee admises admise \
     ammesse ammessa consentite accettate accettiamo \
     admiten aceptan aceptamos permiten \
     toegestaan geaccepteerd"
);

static DENIED: &WordList =
    words!("no not cannot nicht keine kein ne pas aucune non nessuna niet geen");

static ARRANGED: &WordList = words!(
    "arrangement agreement consultation \
     absprache rucksprache vereinbarung \
     accord entente concertation \
     accordo \
     acuerdo \
     overleg"
);

static CHANGES: &WordList = words!(
    "change changes modification modifications deviation deviations amendments \
     anderung anderungen abweichungen \
     modification modifications \
     modifica modifiche variazione variazioni \
     cambio cambios modificacion modificaciones \
     wijziging wijzigingen afwijkingen"
);

static WRITTEN: &WordList = words!(
    "writing written \
     schriftlich schriftliche schriftlicher schriftlichen schriftform \
     ecrit ecrite \
     iscritto scritta \
     escrito \
     schriftelijk schriftelijke"
);

static MUST: &WordList = words!(
    "must require requires need needs only any without no \
     bedurfen bedarf mussen nur ohne keine alle \
     toute toutes doit doivent sans aucune \
     eventuali ogni devono deve senza \
     cualquier requiere requieren deben \
     moeten dienen alleen zonder"
);

static SUBJECT: &WordList = words!(
    "apply applies subject governed \
     gelten gilt unterliegt grundlage \
     s appliquent applicables soumise regie \
     applicano applicabili soggetto regolato valgono vale \
     aplican sujeto sujeta rige \
     toepassing onderworpen"
);

static CONDITIONS: &WordList = words!(
    "terms conditions \
     bedingungen einkaufsbedingungen aeb agb geschaftsbedingungen \
     conditions \
     condizioni \
     condiciones \
     voorwaarden inkoopvoorwaarden"
);

/// Which printing of the terms.
static EDITION: &WordList = words!(
    "version edition issue dated revision rev \
     fassung ausgabe stand \
     edition version \
     edizione versione \
     edicion \
     versie uitgave"
);

/// Where the terms are to be read.
static WHERE: &WordList = words!(
    "which you can find found available website site homepage online request \
     finden einsehbar abrufbar website homepage unter \
     consultables disponibles site internet \
     consultabili disponibili sul nel sito \
     consultables disponibles sitio web nuestro \
     vindt site"
);

/// Terms of who sells, that say other things than ours.
static DIFFERING: &WordList = words!(
    "differing conflicting contrary deviating supplier vendor \
     abweichende entgegenstehende lieferanten verkaufers \
     contraires fournisseur vendeur \
     contrarie difformi fornitore \
     contrarias proveedor \
     afwijkende leverancier"
);

static BECOMES: &WordList = words!("become becomes part do does other werden wird sont sono si");

static BIND: &WordList = words!(
    "apply recognised recognized accepted contract \
     gelten anerkannt vertragsbestandteil bestandteil wirksam \
     applicables acceptees reconnues opposables \
     applicano accettate riconosciute valgono \
     aplican aceptan \
     toepassing erkend"
);

/// Terms that are not those of who sells.
static OWN: &WordList = words!("our unsere unseren unserer nos nostre nuestras onze");

static PRICES: &WordList =
    words!("price prices preis preise prix prezzi prezzo precios precio prijs prijzen");

static FIXED: &WordList = words!(
    "fixed firm net excluding excl \
     binding fest festpreise verbindlich netto exkl zuzuglich zzgl \
     fermes hors \
     fissi netti esclusa \
     fijos netos \
     vast exclusief"
);

static ARE: &WordList = words!("are is sind ist verstehen sont s entendent sono si son se zijn");

/// Small words, and those of orders and deliveries.
static JOINS: &WordList = words!(
    "to by us se or and in on for with this all any \
     order orders purchase delivery deliveries shipments general standard agreed agreement consent approval prior unless expressly \
     previously made confirmed accepted valid vat tax excl taxes \
     zu uns und oder im in auf fur mit diese dieser dieses alle es sich \
     bestellung bestellungen auftrag lieferungen allgemeinen allgemeine ausschliesslich zustimmung genehmigung bestatigung \
     vorherige vorherigen ausdrucklich vereinbart bestatigt mwst mehrwertsteuer \
     a par nous et ou en sur pour cette toute toutes \
     commande commandes livraison livraisons generales achat accord prealable acceptee acceptees confirmee tva taxe \
     i o e per questo presente tutte \
     ordine ordini consegna consegne generali acquisto consenso previo previa concordate concordata approvazione confermate iva \
     y o por este esta todas \
     pedido pedidos entrega entregas generales compra aprobacion consentimiento acordarse iva \
     door en of op voor deze alle na \
     bestelling order leveringen algemene toestemming overeengekomen bevestigd btw"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn said(text: &str) -> bool {
        let scan = Scan::whole(Part::Text, text);
        are_meant(&scan, &(0..scan.tokens.len()))
    }

    #[test]
    fn standing_terms_of_orders() {
        for text in [
            "Partial deliveries are not accepted.",
            "Teillieferungen sind nicht zulässig.",
            "Les livraisons partielles ne sont pas acceptées.",
            "Le consegne parziali non sono ammesse.",
            "No se admiten entregas parciales.",
            "Deelleveringen zijn niet toegestaan.",
            "Any changes must be agreed in writing.",
            "Änderungen bedürfen unserer schriftlichen Zustimmung.",
            "Toute modification doit être acceptée par écrit.",
            "Cualquier cambio requiere nuestra aprobación por escrito.",
            "Wijzigingen alleen na schriftelijke toestemming.",
            "This order is subject to our standard terms and conditions.",
            "Es gelten ausschliesslich unsere Einkaufsbedingungen.",
            "Our general conditions of purchase (version 3 of 2024) apply.",
            "Es gelten unsere Allgemeinen Einkaufsbedingungen (Stand 01/2024).",
            "La présente est régie par nos conditions générales d'achat (version 2024).",
            "Valgono le nostre condizioni generali di acquisto, consultabili sul sito.",
            "Abweichende Bedingungen des Lieferanten werden nicht Vertragsbestandteil.",
            "Contrary terms of the supplier do not apply.",
            "Prices are fixed.",
            "Die Preise verstehen sich netto.",
        ] {
            assert!(said(text), "{text}");
        }
    }

    #[test]
    fn what_is_of_this_order_is_no_standing_term() {
        for text in [
            "The change is agreed.",
            "Changes follow in writing.",
            "The quantities were changed in writing.",
            "This order is subject to approval.",
            "This order is subject to your terms.",
            "This order does not apply.",
            "Our terms apply to 20 of them.",
            "The conditions of the supplier are not accepted for 20 of them.",
            "Goods are not accepted.",
            "Partial delivery of 5 is not accepted.",
            "The order is not accepted.",
            "Only part of it is accepted.",
            "Prices are too high.",
            "Die Preise sind nicht fest.",
            "Änderung: 20 statt 10, schriftlich folgt.",
            "Are partial deliveries not accepted?",
            "Subject to written approval.",
        ] {
            assert!(!said(text), "{text}");
        }
    }
}
