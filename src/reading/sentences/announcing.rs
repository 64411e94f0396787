//! Lines that announce the order below them: 'Our weekly order:', 'Vi inviamo il nostro ordine:',
//! 'Nachbestellung:', 'Abruf aus Rahmenvertrag 4500:'. Each is known whole by its words (`closed`):
//! whoever hands an order of his own over asks for it.

use std::ops::Range;

use super::accounts::is_courtesy;
use super::closed::{ARTICLES, Closed, IS, Marks, Numbers, OURS, has};
use crate::reading::text::{Kind, Scan, Token, WordList, words};

static ORDERS: Closed = Closed {
    needs: &[ORDER],
    beside: &[
        ARTICLES, OURS, MINE, IS, KINDS, HANDS, BELOW, PERIODS, NUMBER, PRESENTS, WHOLE, EXCUSES,
    ],
    numbers: Numbers::Any,
    marks: Marks::AllBut("?!"),
    most: 18,
    ..Closed::STATEMENT
};

static CALL_OFFS: Closed = Closed {
    needs: &[CALL_OFF, CONTRACT],
    beside: &[ARTICLES, OURS, MINE, JOINS],
    numbers: Numbers::Any,
    marks: Marks::AllBut("?!"),
    most: 12,
    ..Closed::STATEMENT
};

/// Whether a line announces an order that follows, and says nothing else.
pub(crate) fn is_meant(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    if tokens.len() > ORDERS.most || !(has(tokens, ORDER) || has(tokens, CONTRACT)) {
        return false;
    }
    let heads = tokens.last().is_some_and(|t| t.is(':'));
    let known = |at: usize| tokens.get(at).is_some_and(|t| is_courtesy(&t.folded));
    let numbered = (0..tokens.len()).all(|at| {
        tokens.get(at).is_none_or(|t| t.kind != Kind::Digits) || numbers_paper(tokens, at)
    });
    numbered
        && (heads || has(tokens, BELOW) || has(tokens, PRESENTS) && has(tokens, WHOLE))
        && (ORDERS.is_said_with(tokens, known) || CALL_OFFS.is_said_with(tokens, known))
}

/// 'Order no. 4711': a number of three digits or more right behind what it is of.
fn numbers_paper(tokens: &[Token], at: usize) -> bool {
    let long = tokens.get(at).is_some_and(|t| t.folded.len() >= 3);
    let before = tokens.get(..at).unwrap_or_default().iter().rev();
    let named = before
        .skip_while(|t| t.is_any(".:#-–°º/") || NUMBER.has(&t.folded))
        .find(|t| t.kind != Kind::Digits);
    long && named.is_some_and(|t| ORDER.has(&t.folded) || CONTRACT.has(&t.folded))
}

static ORDER: &WordList = words!(
    "order reorder orders po \
     bestellung nachbestellung lagerbestellung monatsbestellung wochenbestellung bestellliste bestelliste sammelbestellung auftrag \
     commande commandes reassort \
     ordine ordini riordino \
     pedido \
     bestelling nabestelling"
);

/// What stands before the number of an order.
static NUMBER: &WordList = words!("no nr n number nummer numero");

static MINE: &WordList = words!(
    "my this these mein meine meinen diese dieser ma mon cette mio questo mi este mijn deze"
);

/// What kind of order it is: never one that was there before.
static KINDS: &WordList = words!(
    "small little new next first quick short weekly monthly quarterly normal regular stock restock restocking workshop purchase sheet list following only just another urgent form \
     kleine kleiner neue neuer nachste nachster erste kurze dringende heutige folgende nur wieder werkstatt lager liste weitere verbindliche \
     petite nouvelle prochaine premiere urgente mensuelle hebdomadaire suivante ferme atelier stock juste encore bon \
     piccolo nuovo prossimo primo urgente mensile settimanale seguente magazzino officina solo \
     pequeno nuevo siguiente primer urgente mensual semanal \
     kleine nieuwe volgende eerste dringende"
);

/// How it is handed over.
static HANDS: &WordList = words!(
    "i we you here s comes follows send sending submit submitting forward forwarding pass passing place placing give want to \
     ich wir hier kommt folgt lautet hiermit geben gebe senden sende schicken schicke ihnen euch dir auf anbei \
     je nous vous voici transmets transmettons envoie envoyons adresse adressons passe passons par presente \
     vi ti le invio inviamo trasmetto trasmettiamo mando mandiamo ecco con presente passiamo passo \
     les le envio enviamos paso pasamos queremos quiero hacer tomen nota adjunto \
     wij ik hier hierbij stuur sturen u jullie"
);

static BELOW: &WordList = words!(
    "below unten nachfolgend nachstehend untenstehend dessous seguito sotto abajo continuacion hieronder onderstaande"
);

static PERIODS: &WordList = words!(
    "for this time week month today now may january february march april june july august september october november december \
     fur diesmal heute diese woche diesen monat jetzt januar februar marz april mai juni juli august september oktober november dezember ci \
     pour fois semaine mois aujourd hui janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre \
     per volta settimana mese oggi gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre \
     para semana mes hoy esta \
     voor keer maand vandaag"
);

static PRESENTS: &WordList = words!("here hier voici ecco aqui hierbij");

/// 'Sorry, here is the complete order.': what was missing in a first one is there.
static WHOLE: &WordList = words!(
    "complete full vollstandig vollstandige komplette kompletten complete entiere completo completa volledige"
);

static EXCUSES: &WordList =
    words!("sorry apologies entschuldigung verzeihung desole pardon scusate scusi perdon excuses");

static CALL_OFF: &WordList = words!("call abruf appel afroep");

static CONTRACT: &WordList = words!(
    "blanket frame framework contract agreement rahmenvertrag rahmenauftrag rahmenbestellung contrat cadre contratto quadro raamcontract"
);

static JOINS: &WordList = words!(
    "off from against on under order aus auf zu zum gemass livraison sur selon notre no nr n number nummer numero uit"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn an_own_order_is_announced_and_no_former_one() {
        for (text, want) in [
            ("Our weekly order:", true),
            ("Just a small order this time:", true),
            ("Hiermit geben wir folgende Bestellung auf:", true),
            ("Nachbestellung:", true),
            ("Lagerbestellung Mai:", true),
            ("Je vous transmets notre commande :", true),
            ("Con la presente vi trasmettiamo il nostro ordine:", true),
            ("Les envío nuestro pedido:", true),
            ("Our monthly order sheet below.", true),
            ("Our order no. 4711:", true),
            ("Sorry, here is the complete order.", true),
            ("Sorry, here is the order.", false),
            ("Call-off from our blanket order 4500:", true),
            ("Abruf aus Rahmenvertrag 4500:", true),
            ("Your order:", false),
            ("Our last order:", false),
            ("Our order confirmation:", false),
            ("Our order of 12 May:", false),
            ("Copy of our order:", false),
            ("Our order for 20:", false),
            ("Our weekly order", false),
            ("Unsere Bestellung lautet auf Abruf:", false),
        ] {
            let scan = Scan::whole(Part::Text, text);
            assert_eq!(is_meant(&scan, &(0..scan.tokens.len())), want, "{text}");
        }
    }
}
