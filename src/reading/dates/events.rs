//! Days of something else than the goods, told beside their own day: 'the fair opens on the 23rd', 'weil am 25. die
//! Montage beginnt', 'votre facture sera payée le 10 avril', 'Mr Weber is back on 9 March'.
//!
//! Such a clause has a subject and a verb of its own, and no word of goods, of bringing or of whom the
//! mail goes to. Its day is none of the order, where the goods have theirs and what is waited for
//! does not come before them.

use std::ops::Range;

use chrono::{Datelike as _, Months, NaiveDate};

use super::When;
use super::clauses::is_delivery;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::text::stretches::{is_amount, is_product};
use crate::reading::text::{Kind, Scan, WordList, words};

/// Whose day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Something that the goods are needed for: it comes behind them.
    Awaited,
    /// A payment, or somebody's absence.
    Apart,
}

/// A clause that tells an event, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Its tokens.
    pub(crate) clause: Range<usize>,
    /// The event.
    pub(crate) event: Event,
}

/// The clause around a day, where it tells an event.
pub(crate) fn told(
    scan: &Scan<'_>,
    run: &Range<usize>,
    inside: &[&Mention],
    day: &Mention,
) -> Option<Told> {
    if !matches!(day.what, What::Date(When::Day(_))) && !is_numbered(scan, day) {
        return None;
    }
    let mentioned = |at: usize| inside.iter().any(|m| m.tokens.contains(&at));
    let parts = |at: &usize| !mentioned(*at) && begins(scan, *at);
    let from = (run.start..=day.tokens.start).rev().find(parts).unwrap_or(run.start);
    let to = (day.tokens.end..run.end).find(parts).unwrap_or(run.end);
    let clause = from..to;
    // 'Montage' is a part of what brackets are called.
    let occasion = |m: &Mention| {
        m.tokens.len() == 1 && scan.token(m.tokens.start).is_some_and(|t| OCCASIONS.has(&t.folded))
    };
    let goods = |m: &&&Mention| {
        clause.contains(&m.tokens.start) && (is_product(m) || is_amount(m)) && !occasion(m)
    };
    let days = inside.iter().filter(|m| clause.contains(&m.tokens.start)).count();
    if inside.iter().any(|m| goods(&m)) || days > 1 {
        return None;
    }
    let event = of(scan, clause.clone(), |at| day.tokens.contains(&at))?;
    // 'The invoice is paid on 10 March, deliver after that'
    let beside = run.clone().filter(|at| !clause.contains(at));
    let delivers = |at: usize| scan.token(at).is_some_and(|t| is_delivery(&t.folded));
    if event == Event::Apart && beside.into_iter().any(delivers) {
        return None;
    }
    Some(Told { clause, event })
}

/// The day of an event: 'the 4th' is one of the next month, where it is gone in this one.
pub(crate) fn day(scan: &Scan<'_>, day: &Mention, today: NaiveDate) -> Option<NaiveDate> {
    let What::Date(when) = day.what else { return None };
    if let Some(day) = when.day() {
        return Some(day);
    }
    let mut tokens = scan.tokens.get(day.tokens.clone()).unwrap_or_default().iter();
    let number = tokens.find(|t| t.kind == Kind::Digits).filter(|_| is_numbered(scan, day))?;
    today.checked_add_months(Months::new(1))?.with_day(number.folded.parse().ok()?)
}

/// 'The 4th', 'am 4.': no more than a number.
fn is_numbered(scan: &Scan<'_>, day: &Mention) -> bool {
    let tokens = scan.tokens.get(day.tokens.clone()).unwrap_or_default();
    matches!(day.what, What::Date(When::Vague))
        && tokens.iter().filter(|t| t.kind == Kind::Digits).count() == 1
        && tokens.iter().all(|t| {
            t.kind == Kind::Digits || t.is('.') || words!("the st nd rd th e").has(&t.folded)
        })
}

/// Where a clause begins behind others that tells an event: a field's value ends before it.
pub(crate) fn behind(
    scan: &Scan<'_>,
    run: Range<usize>,
    is_day: impl Fn(usize) -> bool,
) -> Option<usize> {
    run.clone().find(|at| {
        let mark = scan.token(*at).is_some_and(|t| t.is(','));
        begins(scan, *at) && {
            let end = (*at + 1..run.end)
                .find(|to| scan.token(*to).is_some_and(|t| t.is_any(",;:()?")) && !is_day(*to));
            let clause = *at + usize::from(mark)..end.unwrap_or(run.end);
            of(scan, clause, &is_day).is_some()
        }
    })
}

/// Whether a clause begins at a token: a mark, or a word that gives a reason.
fn begins(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.token(at) else { return false };
    if token.kind == Kind::Mark {
        return token.is_any(",;:()–—") || token.is('-') && !token.glued;
    }
    let next = scan.token(at + 1).map_or("", |t| t.folded.as_str());
    words!("because weil denn puisque perche poiche omdat aangezien porque").has(&token.folded)
        || words!("as since car da").has(&token.folded) && (SUBJECT.has(next) || next == "am")
}

/// What a clause tells; `is_day` are the tokens of its day.
fn of(scan: &Scan<'_>, clause: Range<usize>, is_day: impl Fn(usize) -> bool) -> Option<Event> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let free = || clause.clone().filter(|at| !is_day(*at) && !is_bare_day(scan, *at));
    let known = free().all(|at| {
        scan.token(at).is_some_and(|t| match t.kind {
            Kind::Digits => false,
            Kind::Mark => !t.is('?'),
            Kind::Word => {
                (!OF_GOODS.has(&t.folded) || is_of_paper(scan, at)) && !TURNS.has(&t.folded)
            }
        })
    });
    let has = |list: &WordList| free().any(|at| list.has(word(at)));
    if !known {
        return None;
    }
    let brings = free().any(|at| is_delivery(word(at)) && !AWAITED.has(word(at)));
    if has(PAPERS) {
        return (has(PAID) && !brings).then_some(Event::Apart);
    }
    if has(WE) && !has(SETS_OUT) || has(TRANSPORT) {
        return None;
    }
    // 'Because our customer collects it', from whom we deliver to.
    let customer = has(CUSTOMERS);
    if brings && !customer {
        return None;
    }
    let until = has(UNTIL);
    let named = free().any(|at| names_subject(scan, at, &clause, &is_day));
    let takes_place = has(IS) && has(OCCASIONS);
    let begins = has(AWAITED) || has(SETS_OUT) || has(OPENS) && has(OCCASIONS);
    let unclear = until || has(ONCE_MORE);
    if !unclear && (named || has(WE)) && (begins || takes_place || customer && brings) {
        return Some(Event::Awaited);
    }
    let on_leave = free().any(|at| is_leave(scan, at));
    (on_leave || has(AGAIN) && has(REACHED)).then_some(Event::Apart)
}

/// 'The fitter', 'l'installation': an article with its noun.
fn names_subject(
    scan: &Scan<'_>,
    at: usize,
    clause: &Range<usize>,
    is_day: impl Fn(usize) -> bool,
) -> bool {
    let apostrophe = scan.token(at + 1).is_some_and(|t| t.is_any("'\u{2019}"));
    let noun = at + 1 + usize::from(apostrophe);
    scan.token(at).is_some_and(|t| SUBJECT.has(&t.folded))
        && clause.contains(&noun)
        && !is_day(noun)
        && scan
            .token(noun)
            .is_some_and(|t| t.kind == Kind::Word && !AWAITED.has(&t.folded) && !IS.has(&t.folded))
}

/// 'Your last invoice', 'la vostra fattura'.
fn is_of_paper(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    words!("your ihre votre vos vostra vostre su sus uw last letzte").has(word(at))
        && (PAPERS.has(word(at + 1)) || PAPERS.has(word(at + 2)))
}

/// 'On leave', 'in Elternzeit'; a boat leaves too.
fn is_leave(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    LEAVE.has(word(at))
        || word(at) == "leave"
            && words!("on maternity paternity parental annual sick").has(word(at.wrapping_sub(1)))
}

/// 'The 23rd', 'am 25.', 'le 24': a number that an article makes a day.
fn is_bare_day(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let led = |at: usize| {
        scan.token(at).is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= 2)
            && words!("the am le il el de den dem").has(word(at.wrapping_sub(1)))
    };
    let ending = words!("st nd rd th . e").has(word(at)) && scan.token(at).is_some_and(|t| t.glued);
    led(at) || ending && led(at.wrapping_sub(1))
}

/// What begins a subject.
static SUBJECT: &WordList = words!(
    "the our my a an der die das den dem unser unsere unserem unserer mein meine ein eine le la les l notre nos mon ma un une \
     il lo i gli nostro nostra nostri nostre mio mia uno una el los las nuestro nuestra mi de het onze ons mijn een"
);

/// The house itself.
static WE: &WordList = words!("we wir nous noi wij nosotros");

/// What comes or begins.
static AWAITED: &WordList = words!(
    "comes come coming visits start starts begin begins goes kommt kommen beginnt beginnen startet starten \
     vient viennent commence commencent debute debutent demarre arrive arrivent viene vengono arriva arrivano inizia iniziano comincia cominciano \
     llega llegan empieza empiezan comienza komt komen begint beginnen gaat"
);

/// What a house begins by itself.
static SETS_OUT: &WordList = words!(
    "start starts begin install assemble beginnen starten montieren commencons debutons demarrons montons \
     iniziamo cominciamo montiamo empezamos comenzamos monteren"
);

/// A fair opens and an audit 'passe'; a store that opens takes nothing in before, and who 'passe' may fetch.
static OPENS: &WordList = words!(
    "open opens offnet offnen eroffnet ouvre ouvrent ouvrons passe passent apre aprono apriamo abre abren opent openen"
);

static IS: &WordList = words!("is are ist sind est sont e sono es son is zijn findet finden lieu");

/// What goods are needed for.
static OCCASIONS: &WordList = words!(
    "fair exhibition show installation assembly commissioning inspection audit trial trials launch opening handover shutdown \
     messe ausstellung montage inbetriebnahme abnahme audit eroffnung ubergabe probelauf revision inspektion \
     foire salon exposition montage installation inauguration inspection audit reception controle \
     fiera mostra montaggio installazione collaudo inaugurazione ispezione feria montaje instalacion inspeccion \
     beurs tentoonstelling montage installatie keuring inspectie opening"
);

/// For whom the goods are.
static CUSTOMERS: &WordList = words!("customer kunde kundin client cliente klant");

/// What is paid.
static PAPERS: &WordList = words!(
    "invoice invoices rechnung rechnungen facture factures fattura fatture factura facturas factuur facturen"
);

static PAID: &WordList = words!(
    "paid pay settled settle transferred transfer bezahlt bezahlen uberwiesen uberweisen beglichen begleichen zahlen payee payees payons reglee reglees reglons \
     pagata pagate paghiamo pagheremo saldata saldiamo pagada pagaremos pagamos betaald betalen"
);

/// Who is away.
static LEAVE: &WordList = words!(
    "elternzeit vaterschaftsurlaub mutterschaftsurlaub conge maternite paternite maternita congedo baja verlof"
);

/// How long somebody is away, or the last day of a wish.
static UNTIL: &WordList = words!("until till bis jusqu fino hasta tot by");

/// What was shut before.
static ONCE_MORE: &WordList = words!("again wieder erneut nouveau nuovo weer opnieuw nuevo");

static AGAIN: &WordList = words!("back wieder zuruck nouveau retour nuovo terug weer vuelta");

static REACHED: &WordList = words!(
    "office desk reachable available erreichbar buro haus arbeit joignable disponible bureau reperibile raggiungibile ufficio \
     bereikbaar kantoor oficina disponible localizable"
);

/// Who fetches goods, or brings them.
static TRANSPORT: &WordList = words!(
    "carrier carriers courier forwarder haulier lorry truck van driver vehicle container containers ship vessel spediteur spedition kurier lkw laster fahrer wagen \
     transporteur coursier camion chauffeur livreur corriere camion furgone autista trasportatore spedizioniere transportista conductor furgoneta \
     vrachtwagen koerier bus vervoerder"
);

/// Goods and their papers, where they go, and whom the mail goes to.
static OF_GOODS: &WordList = words!(
    "warehouse store stores storeroom depot goods address gate dock confirmation approval release drawing drawings certificate number numbers quantity quantities details \
     decision answer reply po signature credit funding budget payment money deposit price prices contract change \
     lager wareneingang magazin adresse rampe tor bestatigung freigabe zeichnung nummer menge mengen entscheid entscheidung antwort unterschrift zahlung anzahlung kredit \
     auftragsnummer genehmigung preis vertrag anderung \
     entrepot magasin quai accord confirmation validation feu reponse decision numero quantite plan paiement acompte prix contrat \
     magazzino indirizzo conferma approvazione benestare disegno decisione risposta pagamento acconto prezzo contratto \
     almacen direccion confirmacion aprobacion plano respuesta pago anticipo precio magazijn adres bevestiging goedkeuring tekening betaling antwoord prijs \
     it they them these those this that all everything both ones one first second third last rest remainder remaining half halves part parts piece pieces goods item \
     items material order orders batch lot parcel pallet pallets you your yours collection pickup stock round over past \
     es alles beide beides diese dieser dieses erste ersten zweite zweiten letzte rest restliche restlichen halfte teil teile ware waren artikel bestellung auftrag palette \
     paletten sendung charge ihr ihre ihren ihrem ihnen abholung vorbei \
     ils elles celles ceux tout toutes tous reste moitie deuxieme seconde premiere premier piece pieces marchandise marchandises commande lot colis palette palettes vous votre vos \
     essi esse questi queste tutto tutti tutte resto meta seconda secondo prima primo pezzo pezzi merce ordine lotto pacco bancale voi vostro vostra vostri vi ritiro \
     ellos ellas todo resto mitad pieza piezas mercancia pedido lote usted ustedes su sus \
     ze alles rest helft deel delen stuks goederen bestelling pallet u uw jullie ophaling"
);

/// What leaves a day open, or turns what was said.
static TURNS: &WordList = words!(
    "if unless when before but instead rather or not no never only then so therefore hence maybe perhaps \
     falls wenn vor aber sondern stattdessen lieber besser oder nicht kein keine nie erst dann also daher deshalb sonst vielleicht \
     si sauf avant mais plutot ou pas ne jamais seulement donc alors peut sinon \
     se salvo entro ma invece piuttosto o oppure non mai solo quindi allora forse altrimenti \
     antes pero sino mejor no nunca solo entonces quiza als tenzij voor maar liever of niet geen nooit pas dus dan misschien"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    /// `_` stands for the day.
    fn event(text: &str) -> Option<Event> {
        let scan = Scan::whole(Part::Text, text);
        of(&scan, 0..scan.tokens.len(), |at| scan.token(at).is_some_and(|t| t.is('_')))
    }

    #[test]
    fn what_is_waited_for() {
        for text in [
            "the boat goes back in the water on _",
            "because the shutdown begins on _",
            "the audit is on the 24th.",
            "am _ beginnt die Montage.",
            "da am 25. die Montage beginnt",
            "weil unser Kunde am _ abholt",
            "la foire ouvre le 24.",
            "car le chantier commence le _",
            "il _ arriva il montatore",
            "de monteur komt op _",
            "we start on _",
        ] {
            assert_eq!(event(text), Some(Event::Awaited), "{text}");
        }
        for text in [
            "the rest goes on _",
            "the lorry comes on _",
            "your fitter comes on _",
            "they come on _",
            "we come on _",
            "but the boat only comes on _",
            "unless the fair opens on _",
            "the order starts on _",
            "am _ kommt der Spediteur",
            "il resto arriva il _",
            "le camion vient le _",
            "delivery starts on _",
            "the 20 start on _",
            "the warehouse opens on _",
            "our yard reopens on _",
            "la conferma arriva il _",
        ] {
            assert_eq!(event(text), None, "{text}");
        }
    }

    #[test]
    fn days_apart() {
        for text in [
            "the invoice will be paid with our next run on _.",
            "Die Rechnung vom Februar bezahlen wir am _.",
            "Mr Weber is on paternity leave until _",
            "Herr Weber ist ab _ wieder erreichbar.",
        ] {
            assert_eq!(event(text), Some(Event::Apart), "{text}");
        }
        assert_eq!(event("Rechnung bis _"), None);
        assert_eq!(event("il arrive le _"), None);
        assert_eq!(event("your invoice is paid on _ if they come"), None);
    }
}
