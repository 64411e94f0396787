//! Papers that are to come back: 'order confirmation to be returned within 3 days', 'invoices without
//! our number will be returned'. Of goods, the same words are a complaint.

use std::ops::Range;

use super::closed::{ARTICLES, Closed, IS, Marks, Numbers, OURS, has};
use crate::reading::text::{Kind, Scan, Token, WordList, words};

/// A paper comes back.
static BACK: Closed = Closed {
    needs: &[PAPER, COMES_BACK],
    beside: &[BESIDE, ARTICLES, OURS, IS],
    numbers: Numbers::UpTo(2),
    marks: Marks::AllBut("?"),
    ..Closed::STATEMENT
};

/// 'Invoices without our number are not processed.'
static UNHANDLED: Closed = Closed {
    needs: &[INVOICE, WITHOUT, HANDLED],
    beside: &[PAPER, COMES_BACK, BESIDE, ARTICLES, OURS, IS],
    ..BACK
};

/// Whether a sentence says nothing but that a paper comes back, and by when.
pub(crate) fn are_meant(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let of_paper = |at: usize| is_order_of_paper(tokens, at);
    BACK.is_said_with(tokens, of_paper) || UNHANDLED.is_said_with(tokens, of_paper)
}

/// 'Could you mention our PO number on the invoice?': what is to be written on a paper.
pub(crate) fn ask_for_note(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let any = |list: &WordList| has(tokens, list);
    let writes = words!(
        "mention put quote print state add write note show include \
         angeben vermerken auffuhren schreiben notieren aufdrucken \
         indiquer mentionner noter ajouter inscrire reporter faire figurer \
         indicare riportare mettere scrivere inserire \
         poner indicar \
         vermelden zetten"
    );
    let number = words!(
        "number no nr reference ref po nummer bestellnummer auftragsnummer kommission kommissionsnummer referenz numero commande code \
         riferimento commessa cig pedido referencia ordernummer referentie"
    );
    let paper = words!(
        "invoice invoices note label labels box boxes carton cartons parcel pallet paper papers documents rechnung lieferschein etikett karton paket papieren \
         facture factures bon bordereau colis cartons etiquette fattura fatture bolla ddt scatola scatole pacco documenti factura albaran etiqueta \
         factuur pakbon doos dozen"
    );
    let asks = words!(
        "could can would konnten konnt konntest kannst konnen wurden pourriez pouvez pourrais peux potreste potete potresti puoi puo podrian pueden kunt kun"
    );
    any(asks) && any(writes) && any(number) && any(paper)
}

/// The order of 'order confirmation', 'order number', 'confirmation de commande'; one that comes back
/// itself is none.
fn is_order_of_paper(tokens: &[Token], at: usize) -> bool {
    let order = words!("order bestellung commande ordine pedido");
    let number = words!("number numbers no nr nummer numero");
    let paper = |t: &Token| PAPER.has(&t.folded) || number.has(&t.folded);
    let of = |t: &&Token| {
        t.kind == Kind::Mark
            || words!("of de d dell di der von van la the our notre nostro").has(&t.folded)
    };
    let before = tokens.get(..at).unwrap_or_default().iter().rev().find(|t| !of(t));
    tokens.get(at).is_some_and(|t| order.has(&t.folded))
        && (tokens.get(at + 1).is_some_and(paper) || before.is_some_and(paper))
}

static INVOICE: &WordList = words!(
    "invoice invoices \
     rechnung rechnungen \
     facture factures \
     fattura fatture \
     factuur facturen"
);

static PAPER: &WordList = words!(
    "confirmation confirmations acknowledgement acknowledgment ack reception copy copies document invoice invoices \
     auftragsbestatigung bestatigung kopie dokument rechnung rechnungen \
     accuse recepisse copie document facture factures \
     conferma copia documento fattura fatture \
     confirmacion copia \
     orderbevestiging bevestiging kopie factuur facturen"
);

static COMES_BACK: &WordList = words!(
    "return returned \
     zuruck zuruckzusenden zurucksenden zuruckgesendet zuruckgesandt zuruckgewiesen rucksendung retournieren \
     retourner retournee retournees retour renvoyer renvoyee \
     restituire restituita rinviare rinviata ritornare ritornarci respinte \
     devolver devuelvan devuelva remitir \
     terug terugsturen teruggestuurd"
);

static HANDLED: &WordList = words!(
    "processed accepted paid rejected not cannot \
     bearbeitet akzeptiert bezahlt beglichen abgelehnt nicht konnen \
     traitee traitees acceptee acceptees payee payees rejetee rejetees ne pas seront \
     accettate accettata pagate pagata elaborate non \
     verwerkt geaccepteerd betaald niet"
);

static WITHOUT: &WordList = words!("without ohne sans senza zonder");

/// By when, how, and whose number it has.
static BESIDE: &WordList = words!(
    "your receipt mention stating quoting to must should shall by in within at latest signed stamped please us with without \
     number numbers reference po day days hour hours h working business \
     bitte wir bitten um ihre ihren ihrer uns an innert innerhalb binnen spatestens unterschrieben unterzeichnet \
     angabe ohne mit bestellnummer nummer tag tagen stunden arbeitstagen \
     votre vos merci svp nous veuillez reception mention indication delai a sous dans signe signee sans avec \
     numero jour jours heures ouvres ouvrables \
     vogliate vostra vostro ricevuta indicazione da entro firmato firmata per favore prego senza con numero giorni giorno ore lavorativi \
     rogamos favor firmada en plazo dias laborables \
     graag uw vermelding ondertekend aan binnen zonder dagen werkdagen"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn papers_come_back_and_goods_do_not() {
        let back = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            are_meant(&scan, 0..scan.tokens.len())
        };
        for text in [
            "Confirmation de commande à retourner sous 3 jours.",
            "Order confirmation to be returned within 3 days.",
            "Auftragsbestätigung bitte innert 3 Tagen zurück.",
            "Invoices without order number will be returned.",
            "Vogliate ritornare copia firmata entro 3 giorni.",
            "Rogamos devolver copia firmada en 3 días.",
            "Rechnungen ohne Angabe der Bestellnummer werden nicht bearbeitet.",
        ] {
            assert!(back(text), "{text}");
        }
        for text in [
            "The goods will be returned.",
            "Confirmation returned, order not accepted.",
            "Order returned without confirmation.",
            "Rücksendung der Bestellung mit Rechnung.",
            "The invoice was not paid.",
            "Order not accepted without confirmation of the price.",
            "Order to be returned within 3 days.",
            "We will return 3 of them with the invoice.",
            "Please return the confirmation before we release the order.",
            "Commande à retourner, pièces cassées, facture jointe.",
            "Ware zurück, Rechnung folgt.",
            "Copy returned, order cancelled.",
        ] {
            assert!(!back(text), "{text}");
        }
    }
}
