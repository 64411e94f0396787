//! Sentences about something else than the goods: how a lorry gets to the gate, a delivery or an
//! invoice that is settled, thanks for the catalogue.
//!
//! A sentence is one of these only if every word of it belongs to what it speaks of. One that names
//! a product, a day of delivery or the order, or that has any other word, is weighed as all others.

use std::ops::Range;

use super::accounts::is_courtesy;
use super::bids;
use super::closed::{ARTICLES, Closed, Numbers, OURS, has};
use super::cues::{self, Cues};
use super::instructions;
use super::perils;
use super::ties;
use crate::reading::draft::Desk;
use crate::reading::prose::mentions::{Mention, What, within};
use crate::reading::text::stretches::is_product;
use crate::reading::text::{Kind, Scan, Token, WordList, words};

/// What a sentence beside an order speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aside {
    /// How goods are unloaded, and when somebody is there.
    Access,
    /// Deliveries, invoices and orders that are done with. Above a form that nothing calls an order
    /// it may say what the form is.
    Settled,
    /// Thanks for something that is no offer.
    Thanks,
    /// It asks for what it comes with to be done.
    Bids,
    /// The mail came to the wrong person first.
    Astray,
    /// Small talk: no word of it has to do with orders.
    Aloof,
    /// It names goods, amounts or days of something else: 'No handles this time, we still have 35 of them.'
    Beside,
}

/// How one gets to a place and unloads there.
static ACCESS: Closed = Closed {
    needs: &[WAY],
    beside: &[PASSAGE, OF_ACCESS, JOINS, ARTICLES, OURS],
    numbers: Numbers::Any,
    ..Closed::STATEMENT
};

/// When a store takes in what comes.
static OPENING: Closed =
    Closed { beside: &[WEEKDAYS, OF_HOURS], numbers: Numbers::UpTo(4), ..Closed::STATEMENT };

/// Papers and parcels are settled.
static BUSINESS: Closed = Closed {
    needs: &[DONE],
    beside: &[DONE_WITH, AMISS, NONE, OF_BUSINESS, JOINS, ARTICLES, OURS],
    numbers: Numbers::Any,
    ..Closed::STATEMENT
};

/// What a sentence speaks of, if that is nothing of the order.
pub(crate) fn of(
    scan: &Scan<'_>,
    run: Range<usize>,
    found: &[Mention],
    desk: &Desk<'_>,
) -> Option<Aside> {
    let today = desk.today;
    let tokens = scan.tokens.get(run.clone())?;
    let inside = within(found, &run);
    if bids::are_in(scan, run.clone(), found) {
        return Some(Aside::Bids);
    }
    if instructions::went_astray(scan, run.clone(), found) {
        return Some(Aside::Astray);
    }
    if ties::tells_of_earlier(scan, &run, inside, desk) {
        return Some(Aside::Settled);
    }
    if tokens.iter().any(|t| t.is('?')) || inside.iter().any(is_ours) {
        return None;
    }
    // What ends with a colon leads to the goods.
    if tokens.iter().rev().find(|t| !t.is_any(")\"'")).is_none_or(|t| t.is(':')) {
        return None;
    }
    let known = |at: usize| {
        let courtesy = tokens.get(at).is_some_and(|t| is_courtesy(&t.folded));
        courtesy || names_paper(scan, run.start + at)
    };
    let dated = inside.iter().any(|m| matches!(m.what, What::Date(_)));
    // 'Cannot enter', but not 'need not come'.
    let barred = !has(tokens, DENIES) || has(tokens, PASSAGE);
    if barred && !dated && ACCESS.is_said_with(tokens, known) || receives(scan, &run) {
        return Some(Aside::Access);
    }
    // 'To arrive 23 September 2025': the year is no paper, and what is to come is not done.
    // Yet the Friday on which an invoice was paid is gone.
    let paid = has(tokens, PAID);
    let numbered = |m: &Mention| {
        !paid
            || scan
                .tokens
                .get(m.tokens.clone())
                .is_none_or(|t| t.iter().any(|t| t.kind == Kind::Digits))
    };
    let ahead = inside.iter().any(|m| match &m.what {
        What::Date(when) if numbered(m) => {
            when.day().is_some_and(|day| today.is_none_or(|today| day >= today))
        }
        _ => false,
    });
    let paper = run.clone().any(|at| names_paper(scan, at));
    if !ahead
        && (paper || has(tokens, DONE_WITH))
        && (has(tokens, AMISS) == has(tokens, NONE) || thanks_for_help(tokens))
        && BUSINESS.is_said_with(tokens, known)
    {
        return Some(Aside::Settled);
    }
    if thanks_for(tokens) && !dated && !is_about_goods(scan, &run, found) {
        return Some(Aside::Thanks);
    }
    is_aloof(scan, &run, inside, desk).then_some(Aside::Aloof)
}

/// Small talk: it has no word of buying, deciding or time, its numbers count what it names itself,
/// and nothing in it cancels or asks.
fn is_aloof(scan: &Scan<'_>, run: &Range<usize>, inside: &[Mention], desk: &Desk<'_>) -> bool {
    let folded = scan.folded(run.clone());
    let idle = Cues::DELIVERY
        .and(Cues::PAST)
        .and(Cues::DOCUMENT)
        .and(Cues::CALL)
        .and(Cues::COMPLAINT)
        .and(Cues::PAPERS)
        .and(Cues::CONDITION);
    let sentence = perils::Sentence { folded: &folded, lang: None, priced: false, goods: false };
    // A day ahead is none of what was; 'on Sunday' is the last one there.
    let ahead = inside.iter().any(|m| match &m.what {
        What::Date(when) => when.day().is_some_and(|day| {
            desk.today.is_none_or(|today| day >= today) && !ties::is_last_weekday(scan, m)
        }),
        _ => false,
    });
    let dated = inside.iter().any(|m| matches!(m.what, What::Date(_)));
    ties::is_free(scan, run, inside, desk)
        && !ahead
        && (!dated || ties::tells_past(scan, run))
        && cues::of(&folded).is_only(idle)
        && !perils::is_sure(sentence)
}

/// A product of the catalogue; a word that only looks like a code is none.
pub(crate) fn is_ours(mention: &Mention) -> bool {
    is_product(mention)
        && !matches!(mention.what, What::Product(crate::reading::draft::Named::Unknown, _))
}

/// The number of a paper: '55120' or 'SO0402' behind 'delivery note'.
pub(crate) fn names_paper(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| {
        let letters = t.folded.chars().take_while(char::is_ascii_alphabetic).count();
        letters <= 3
            && t.folded.len() > letters
            && t.folded.bytes().skip(letters).all(|b| b.is_ascii_digit())
    })
}

/// Small words that join others.
static JOINS: &WordList = words!(
    "for to in on at by with from and or as your my we is are was were be been has have had it its \
     us you all both there here this that also too so now well just only very s t ve re ll m \
     vom zu zum zur im in am auf fur mit aus bei und oder \
     ihr ihre ihrem ihrer ihren wir sie ist sind war waren hat haben hatte wurde wurden es uns alle \
     beide da hier auch so jetzt nur sehr \
     au aux en dans sur pour par avec et ou votre vos nous vous est sont etait \
     ont avons avez c qu ce ces cette y tout tous toutes ici aussi tres ils elles elle on \
     i uno dal dalla al alla nel nella su sul sulla per con e o ed \
     vostro vostra vostri e sono era erano ha hanno abbiamo tutto tutti tutte qui anche molto \
     y su sus es son fue fueron \
     voor op met en uw wij u is zijn was waren heeft hebben alles ook"
);

/// Vehicles, ways and doors.
pub(crate) fn is_way(word: &str) -> bool {
    WAY.has(word)
}

static WAY: &WordList = words!(
    "pallet pallets palette paletten bancale bancali lorry lorries truck trucks van vans trailer trailers vehicle vehicles gate gates ramp dock docks bay driveway forklift driver drivers \
     courier doorbell bell yard entrance barrier loading unloading reception tailgate tail \
     lkw laster lastwagen fahrzeug fahrzeuge tor rampe stapler gabelstapler fahrer chauffeur klingel klingeln hof hofeinfahrt einfahrt zufahrt \
     durchfahrt entladen entladung abladen hebebuhne warenannahme wareneingang empfang pforte \
     camion camions quai portail barriere chariot chauffeurs sonnette sonner cour entree dechargement decharger hayon reception \
     cancello rampa muletto carrello autista citofono cortile scarico scaricare ingresso sponda \
     muelle carretilla conductor timbre descarga patio \
     vrachtwagen poort laaddok heftruck bel bellen laadklep terrein lossen"
);

/// 'Goods received Mon-Thu 07:30-15:30.': when a store takes in what comes, and nothing else.
fn receives(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    const OPENS: [&[&str]; 12] = [
        &["goods", "received"],
        &["goods", "accepted"],
        &["goods", "in"],
        &["goods", "inwards"],
        &["deliveries", "received"],
        &["deliveries", "accepted"],
        &["deliveries"],
        &["warenannahme"],
        &["wareneingang"],
        &["anlieferung"],
        &["reception"],
        &["ricevimento"],
    ];
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let opens = |words: &&&[&str]| (run.start..).zip(words.iter()).all(|(at, w)| word(at) == *w);
    let Some(start) = OPENS.iter().find(opens).map(|words| run.start + words.len()) else {
        return false;
    };
    let told = scan.tokens.get(start..run.end).unwrap_or_default();
    let day = |at: usize| crate::reading::dates::weekday_at(scan, start + at).is_some();
    told.iter().any(|t| t.kind == Kind::Digits)
        && (has(told, WEEKDAYS) || (0..told.len()).any(day) || told.iter().any(|t| t.is(':')))
        && OPENING.is_said_with(told, day)
}

/// Days as they are cut short.
static WEEKDAYS: &WordList = words!(
    "mon tue wed thu fri sat weekdays daily \
     mo di mi do fr sa werktags taglich \
     lun mar mer jeu ven sam \
     lun mar mer gio ven sab"
);

/// What joins days and hours.
static OF_HOURS: &WordList = words!(
    "hours only from to until till and between h hrs am pm \
     uhr von bis und zwischen zeiten nur \
     marchandises merci des de a et entre heures seulement uniquement \
     merce dalle alle dal al solo ore e"
);

static DENIES: &WordList = words!(
    "not no cannot never nobody nicht kein keine keinen niemand nie pas aucun personne jamais non nessun mai no nadie nunca niet geen niemand nooit"
);

/// What a vehicle does there.
static PASSAGE: &WordList = words!(
    "use enter pass reach turn reverse park drive fit nutzen benutzen passieren befahren wenden parken utiliser entrer passer acceder \
     tourner stationner usare entrare passare accedere girare usar entrar pasar gebruiken inrijden"
);

/// All that is said of them.
static OF_ACCESS: &WordList = words!(
    "he she they arrives comes come early late wait waits report reports \
     er kommt ankommt soll sollen lauten arrive doit arriva deve suonare suoni sonne sonnez \
     over under above below up higher wider longer heavier taller lower than tonne tonnes ton tons cm metre metres meter meters long \
     cannot can not no used using access accessible unload door doors front back rear \
     side main north south east west left right street road narrow steep low wide height width limit maximum max if \
     ring call phone please minutes minute before arriving arrival arrive report sign security porter open opens closed closes opening \
     hours hour between until till pm noon lunch monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays weekdays \
     daily always usual usually before know must should need needs required goods inwards goods-in number behind next nobody somebody \
     building hall warehouse \
     uber unter breiter hoher langer schwerer als tonnen meter hoch breit lang konnen kann nicht kein keine keinen \
     ruckwarts vorne hinten seite seitlich haupttor nord sud ost west links rechts strasse eng enge steil maximal hohe breite \
     bitte vorher anrufen melden anmelden lauten minuten vor ankunft offen geoffnet geschlossen zwischen bis uhr mittag mittags montag \
     dienstag mittwoch donnerstag freitag montags dienstags mittwochs donnerstags freitags taglich immer wie ublich gewohnt bekannt muss mussen sollte nummer neben hinter \
     gebaude halle lager niemand jemand falls wenn besetzt \
     plus moins haut large long lourd tonne tonnes metre metres ne n peut peuvent pas aucun accessible \
     reculer avant arriere cote nord sud ouest gauche droite rue etroit etroite hauteur largeur limite maximum palettes merci appeler \
     telephoner minutes avant arrivee ouvert ouverte ferme fermee entre midi lundi mardi mercredi jeudi vendredi toujours comme habitude doit doivent \
     faut numero derriere batiment hall entrepot si \
     piu meno alto largo lungo pesante tonnellate metri non puo possono nessun davanti dietro lato nord sud ovest \
     sinistra destra via stretto stretta altezza larghezza limite massimo chiamare telefonare suonare prego minuti prima arrivo aperto aperta \
     chiuso chiusa tra mezzogiorno lunedi martedi mercoledi giovedi venerdi sempre come solito deve devono numero capannone magazzino se \
     mas alto ancho largo pesado toneladas metros no puede pueden llamar antes llegar abierto cerrado siempre puerta numero \
     hoger breder langer zwaarder dan ton meter kan kunnen niet geen door voorkant achterkant links rechts straat smal hoogte \
     minuten aankomst open gesloten tussen uur altijd zoals gebruikelijk moet moeten nummer achter gebouw hal als"
);

/// Papers and parcels of other business.
static DONE_WITH: &WordList = words!(
    "delivery deliveries shipment shipments parcel parcels package packages carton cartons box boxes pallet pallets invoice invoices note notes \
     payment discount rebate so \
     lieferung lieferungen sendung paket pakete karton kartons palette paletten rechnung rechnungen lieferschein lieferscheine zahlung skonto rabatt gutschrift \
     livraison livraisons colis carton cartons palette palettes facture factures bon paiement remise escompte avoir \
     consegna consegne spedizione pacco pacchi scatola scatole bancale bancali fattura fatture bolla ddt pagamento sconto \
     entrega paquete paquetes caja cajas factura facturas albaran pago descuento \
     levering pakket pakketten doos dozen pallet factuur facturen pakbon betaling korting"
);

/// That it is settled.
static DONE: &WordList = words!(
    "arrived came come received got complete correct paid settled fine perfect ok okay good safely right here booked posted clear cleared \
     sorted resolved \
     angekommen eingetroffen erhalten da gekommen vollstandig korrekt richtig bezahlt beglichen uberwiesen perfekt gut einwandfrei verbucht gebucht erledigt geklart \
     arrive arrivee arrives arrivees recu recue recus recues complet complete correct correcte conforme paye payee reglee regle parfait bien bonne regles \
     arrivato arrivata arrivati arrivate ricevuto ricevuta ricevuti ricevute completo completa corretto corretta pagato pagata saldata perfetto bene \
     llego llegaron recibido recibida completo completa correcto correcta pagado pagada perfecto bien \
     aangekomen ontvangen compleet correct juist betaald perfect goed binnen"
);

/// All that is said of business that is done with.
static OF_BUSINESS: &WordList = words!(
    "everything under may close closed sorting out resolving fixing solving clearing replacing quickly quick fast promptly prompt soon klarung losung schnelle schnell prompte rapide rapidement rapida veloce last first second third week month day yesterday today morning monday tuesday wednesday thursday friday january february march april june july august september \
     october november december full time everything condition shows show up \
     off credit order confirmation number cent percent deducted minus less agreed account already great thanks thank pieces pcs safe sound intact \
     letzte letzten letzter woche gestern heute morgen montag dienstag mittwoch donnerstag freitag januar februar marz april mai juni juli august september oktober november \
     dezember vollzahlig punktlich ordnung bestens schon bereits nummer auftragsbestatigung abzug abgezogen prozent \
     derniere dernier semaine mois matin lundi mardi mercredi jeudi vendredi janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre \
     etat deduit deja numero \
     ultima ultimo scorsa settimana mese ieri mattina lunedi martedi mercoledi giovedi venerdi gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre \
     novembre dicembre ordine gia numero stata stato stati state posto \
     semana ayer lunes martes miercoles jueves viernes enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre todo \
     vorige week gisteren vanmorgen maandag dinsdag woensdag donderdag vrijdag januari februari maart mei augustus oktober orde"
);

/// That an invoice is settled.
static PAID: &WordList = words!(
    "paid settled transferred bezahlt beglichen uberwiesen paye payee payees regle reglee vire viree pagata pagato pagate saldata saldato saldate \
     pagada pagado abonada betaald overgemaakt"
);

/// What may be wrong with it.
static AMISS: &WordList = words!(
    "open missing outstanding issue issues problem problems damage damages damaged offen fehlt fehlte schaden probleme mangel ouvert souci soucis probleme \
     problemes manque manquait aperto problema problemi manca mancava falta problemas ontbreekt openstaand problemen schade"
);

/// 'Thanks for sorting out the 2 missing boxes': what was amiss is no longer.
fn thanks_for_help(tokens: &[Token]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |t| t.folded.as_str());
    (0..tokens.len()).any(|at| {
        words!("thanks you danke dank merci grazie gracias bedankt").has(word(at))
            && words!("for fur pour per por voor d de").has(word(at + 1))
            && (at + 2..at + 6).any(|at| {
                words!("sorting resolving fixing solving clearing replacing klarung losung regularisation resolu regle risolto soluzione")
                    .has(word(at))
            })
    })
}

/// That nothing is.
static NONE: &WordList = words!(
    "nothing no without nichts keine keinen kein ohne rien aucun aucune sans nulla niente nessun nessuna senza nada ningun sin niets geen zonder"
);

/// 'Many thanks for …' and nothing before it.
fn thanks_for(tokens: &[Token]) -> bool {
    let mut said = tokens.iter().filter(|t| t.kind == Kind::Word).map(|t| t.folded.as_str());
    let mut thanked = false;
    for word in said.by_ref().take(6) {
        if words!("thanks thank thx danke dank merci grazie gracias bedankt ringrazio ringraziamo remercie remercions danken appreciate").has(word) {
            thanked = true;
        } else if words!("for fur pour per por voor de della del dell").has(word) {
            return thanked;
        } else if !is_courtesy(word)
            && !words!("again nochmals encore ancora so first zuerst la vi le vous je nous ich wir ihnen i we uns un grand").has(word)
        {
            return false;
        }
    }
    false
}

/// 'Many thanks for the quick quotation', and no other offer in the sentence: it is at hand, and
/// none is asked for.
pub(crate) fn thanks_for_offer(scan: &Scan<'_>, run: Range<usize>) -> bool {
    const REACH: usize = 12;
    let Some(tokens) = scan.tokens.get(run) else { return false };
    if !thanks_for(tokens) {
        return false;
    }
    let offers = words!(
        "offer quote quotation proposal angebot offerte offerten devis offre proposition offerta preventivo oferta presupuesto prijsopgave"
    );
    let named: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(|t| offers.has(&t.folded)))
        .collect();
    let [named] = named.as_slice() else { return false };
    let ends = |t: &Token| {
        t.is_any(",;:?")
            || words!("but aber jedoch mais ma pero maar if wenn si se please bitte").has(&t.folded)
    };
    let clause = tokens.iter().skip_while(|t| t.is(','));
    *named <= REACH
        && !tokens.iter().any(|t| t.is('?'))
        && !clause.take(*named).skip(3).any(ends)
        && !tokens.iter().skip(*named).any(|t| {
            words!(
                "but aber jedoch mais ma pero maar unfortunately leider malheureusement purtroppo"
            )
            .has(&t.folded)
        })
}

/// Whether thanks are for something that goods may be ordered by, or count any.
fn is_about_goods(scan: &Scan<'_>, run: &Range<usize>, found: &[Mention]) -> bool {
    let folded = scan.folded(run.clone());
    let sentence = perils::Sentence { folded: &folded, lang: None, priced: false, goods: false };
    let amount = |m: &Mention| matches!(m.what, What::Amount { marked: true, .. });
    perils::names_offer(&folded)
        || perils::has(sentence)
        || within(found, run).iter().any(amount)
        || !cues::of(&folded).is_only(Cues::DOCUMENT.and(Cues::PAST))
        || folded.split(' ').any(|word| {
            words!(
                "order orders bestellung bestellungen auftrag commande commandes ordine ordini pedido bestelling line lines item items \
                 quantity quantities it them these following below attached folgende folgenden unten anbei suivants suivantes seguenti \
                 delivering supplying sending shipping lieferung livraison consegna delivery"
            )
            .has(word)
        })
}
