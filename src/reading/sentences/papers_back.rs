//! Papers that are to come back: 'order confirmation to be returned within 3 days', 'invoices without
//! our number will be returned'. Of goods, the same words are a complaint.

use std::ops::Range;

use crate::reading::text::{Kind, Scan, Token, WordList, words};

/// Whether a sentence says nothing but that a paper comes back, and by when.
pub(crate) fn are_meant(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let any = |is: fn(&str) -> bool| tokens.iter().any(|t| is(&t.folded));
    // 'Invoices without our number are not processed.'
    let handled = any(is_invoice) && any(is_without) && any(is_handled);
    let known = |word: &str| {
        is_paper(word) || comes_back(word) || stands_beside(word) || handled && is_handled(word)
    };
    any(is_paper)
        && (any(comes_back) || handled)
        && tokens.iter().enumerate().all(|(at, t)| match t.kind {
            Kind::Word if is_order(&t.folded) => of_paper(tokens, at),
            Kind::Word => known(&t.folded),
            Kind::Digits => t.folded.len() <= 2,
            Kind::Mark => !t.is('?'),
        })
}

/// 'Could you mention our PO number on the invoice?': what is to be written on a paper.
pub(crate) fn ask_for_note(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let any =
        |list: &WordList| run.clone().any(|at| scan.token(at).is_some_and(|t| list.has(&t.folded)));
    let writes = words!(
        "mention put quote print state add write note show include angeben vermerken auffuhren schreiben notieren aufdrucken indiquer \
         mentionner noter ajouter inscrire reporter faire figurer indicare riportare mettere scrivere inserire vermelden zetten poner indicar"
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
fn of_paper(tokens: &[Token], at: usize) -> bool {
    let number = |word: &str| words!("number numbers no nr nummer numero").has(word);
    let next = tokens.get(at + 1).is_some_and(|t| is_paper(&t.folded) || number(&t.folded));
    let of = |t: &&Token| {
        t.kind == Kind::Mark
            || words!("of de d dell di der von van la the our notre nostro").has(&t.folded)
    };
    let before = tokens.get(..at).unwrap_or_default().iter().rev().find(|t| !of(t));
    next || before.is_some_and(|t| is_paper(&t.folded) || number(&t.folded))
}

fn is_order(word: &str) -> bool {
    words!("order bestellung commande ordine pedido").has(word)
}

fn is_invoice(word: &str) -> bool {
    words!("invoice invoices rechnung rechnungen facture factures fattura fatture factuur facturen")
        .has(word)
}

fn is_paper(word: &str) -> bool {
    words!(
        "reception confirmation confirmations acknowledgement acknowledgment copy copies document invoice invoices \
         accuse recepisse ack auftragsbestatigung bestatigung kopie dokument rechnung rechnungen copie document facture factures \
         conferma confirmacion copia documento fattura fatture orderbevestiging bevestiging kopie factuur facturen"
    )
    .has(word)
}

fn comes_back(word: &str) -> bool {
    words!(
        "return returned retourner retournee retournees retour renvoyer renvoyee zuruck zuruckzusenden \
         zurucksenden zuruckgesendet zuruckgesandt zuruckgewiesen rucksendung retournieren restituire restituita \
         rinviare rinviata ritornare ritornarci respinte devolver devuelvan devuelva remitir terug terugsturen teruggestuurd"
    )
    .has(word)
}

fn is_handled(word: &str) -> bool {
    words!(
        "processed accepted paid rejected not cannot bearbeitet akzeptiert bezahlt beglichen abgelehnt nicht \
         konnen traitee traitees acceptee acceptees payee payees rejetee rejetees ne pas seront \
         accettate accettata pagate pagata elaborate non verwerkt geaccepteerd betaald niet"
    )
    .has(word)
}

fn is_without(word: &str) -> bool {
    words!("without ohne sans senza zonder").has(word)
}

fn stands_beside(word: &str) -> bool {
    words!(
        "your receipt mention stating quoting angabe mention indication indicazione vermelding our the a an to be must should will shall is are of by in within at latest signed stamped please us with without \
         number numbers reference po day days hour hours h working business \
         unsere unserer unser der die das den dem eine einer innert innerhalb von binnen spatestens unterschrieben \
         unterzeichnet bitte wir bitten um ist sind wird werden uns an ohne mit bestellnummer nummer tag tagen stunden \
         arbeitstagen \
         votre vos h reception delai notre la le les de d une un a sous dans signe signee svp merci nous veuillez est sont sera seront sans avec \
         numero jour jours heures ouvres ouvrables \
         vogliate vostra vostro ricevuta ihre ihren ihrer uw nostro nostra il lo dell l da entro firmato firmata per favore prego e senza con giorni giorno ore lavorativi \
         verranno saranno \
         firmada rogamos favor plazo dias laborables en ondertekend graag aan ons zonder worden dagen werkdagen"
    )
    .has(word)
}

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
