//! Remarks that people put beside an order and that say nothing of its goods: that they want to know
//! when it leaves, how good the last delivery was, that a machine stands still, that the prices are
//! those of last time. Each is known whole by its words (`closed`).

use std::ops::Range;

use super::accounts::is_courtesy;
use super::closed::{ARTICLES, Closed, IS, Marks, OURS};
use crate::reading::text::{Kind, Scan, WordList, words};

/// Most tokens of one.
const MOST: usize = 24;

static REMARKS: [Closed; 18] = [
    // 'Please let us know when the goods are on their way.'
    Closed { needs: &[TELLS, WHEN, LEAVES], beside: &[PLEADS, WHOM, GOODS, ON_WAY], ..ASKED },
    // 'Bitte schicken Sie mir die Sendungsnummer.'
    Closed {
        needs: &[TRACKING, GIVES],
        beside: &[PLEADS, WHOM, WHEN, LEAVES, GOODS, ON_WAY],
        ..ASKED
    },
    // 'The last parts were great.'
    Closed { needs: &[LAST, DELIVERED, WERE, GREAT], beside: &[VERY, WHOM], ..ANY },
    // 'Our stock is nearly empty.'
    Closed { needs: &[STOCK, OUT, OURSELVES], beside: &[RUNS, VERY], ..ANY },
    // 'Our line is down, so it is urgent.'
    Closed { needs: &[MACHINE, STANDS], beside: &[URGENT, VERY], ..ANY },
    // 'Prices as last time.'
    Closed { needs: &[PRICES, AS, BEFORE], beside: &[AT], ..ANY },
    // 'All prices net.'
    Closed { needs: &[PRICES, NET], beside: &[TAX], ..ANY },
    // 'No plastic, please.'
    Closed { needs: &[NO, PLASTIC], beside: &[PLEADS, PACKING], ..ANY },
    // 'The colour does not matter.'
    Closed { needs: &[COLOUR, INDIFFERENT], beside: &[NOT, DOES], ..ANY },
    // 'Please copy in my colleague tom@…'
    Closed { needs: &[IN_COPY], beside: &[PLEADS, COLLEAGUE], addresses: true, ..ANY },
    // 'Please see to it that everything arrives in time.'
    Closed { needs: &[SEE_TO, IN_TIME], beside: &[PLEADS, ARRIVES, WHOM], ..ANY },
    // 'Otherwise everything as usual.'
    Closed { needs: &[OTHERWISE, AS, EVER], beside: &[EVERYTHING], ..ANY },
    // 'For a short confirmation I would be grateful.'
    Closed { needs: &[CONFIRMATION, GRATEFUL], beside: &[PLEADS, WHOM, WOULD], ..ANY },
    // 'If any details are missing, please call.'
    Closed { needs: &[IF, LACKING, CALLS], beside: &[PLEADS, WHOM, DETAILS], ..ANY },
    // 'We no longer have the old order form.'
    Closed { needs: &[FORM, NOT, OPENS], beside: &[HERE, WHOM], ..ANY },
    // 'I hope all is well with you.'
    Closed { needs: &[HOPE, WELL], beside: &[EVERYTHING, WHOM], ..ANY },
    // 'Please do not send them to the old address.'
    Closed { needs: &[NOT, FORMER, PLACE], beside: &[PLEADS, SENDS, AT], ..ANY },
    // 'Invoice to accounts@…, please.'
    Closed { needs: &[INVOICE, TO], beside: &[PLEADS, OFFICE, SENDS], addresses: true, ..ANY },
];

/// What may stand in any of them.
static ANY: Closed =
    Closed { beside: &[], marks: Marks::AllBut("?:"), most: MOST, ..Closed::STATEMENT };

/// The same, as a polite question too.
static ASKED: Closed = Closed { marks: Marks::AllBut(":"), ..ANY };

/// 'I am covering for Mr Meier this week.'
static COVERS: Closed = Closed { needs: &[I, STANDS_IN], beside: &[TITLE, THIS_WEEK], ..ANY };

/// Whether a sentence is such a remark, and says nothing else.
pub(crate) fn are_meant(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    if tokens.len() > MOST {
        return false;
    }
    let small = |at: usize| {
        tokens.get(at).is_some_and(|t| {
            ARTICLES.has(&t.folded)
                || OURS.has(&t.folded)
                || IS.has(&t.folded)
                || is_courtesy(&t.folded)
        })
    };
    let name = |at: usize| {
        tokens.get(at).is_some_and(|t| {
            t.kind == Kind::Word
                && scan.words(t.span).starts_with(char::is_uppercase)
                && !crate::reading::text::lang::is_common(&t.folded)
        })
    };
    let mailed = || tokens.iter().any(|t| t.is('@'));
    REMARKS.iter().any(|kind| kind.is_said_with(tokens, small) && (!kind.addresses || mailed()))
        || COVERS.is_said_with(tokens, |at| small(at) || name(at))
}

static PLEADS: &WordList = words!(
    "please pls plz kindly let could can would you \
     bitte konnen konnten kannst konnt sie ihr kurz \
     merci veuillez svp pouvez pourriez \
     prego favore cortesemente fatemi fateci potete potreste \
     favor por pueden \
     graag gelieve aub laat laten kunt u"
);

static WHOM: &WordList = words!(
    "me us you your i we from to for with \
     mir uns mich ihnen euch dir ihrer ihre von an bei wir ich \
     m nous moi me vous votre chez toi pour je \
     mi ci me noi voi vostra vostro te da a per \
     nos ustedes su \
     mij ons u jullie uw van"
);

static TELLS: &WordList = words!(
    "know inform tell notify informed \
     bescheid informieren mitteilen wissen sagen \
     informer prevenir avertir prevenez informez dites savoir \
     sapere avvisare avvisate avvisatemi avvisateci ditemi diteci informare informateci \
     avisen avisar saber \
     weten informeren"
);

static WHEN: &WordList = words!(
    "when once as soon wenn sobald wann quand lorsque des que quando appena cuando zodra wanneer"
);

static LEAVES: &WordList = words!(
    "ship ships shipped dispatch dispatched leave leaves sent way \
     unterwegs versandt versendet verschickt rausgeht abgeht rausgegangen abgegangen \
     part partent partie partira expedie expediee expedies expediees route chemin \
     parte partono partita partiti spedita spedito spediti spedite viaggio \
     sale salen camino \
     verzonden verstuurd onderweg"
);

static GOODS: &WordList = words!(
    "goods order parts they it this \
     ware waren bestellung teile lieferung sie es \
     marchandise marchandises commande pieces ca livraison elle elles \
     merce ordine pezzi consegna \
     mercancia pedido \
     goederen bestelling onderdelen het"
);

static ON_WAY: &WordList = words!(
    "have has been on its their \
     ist sind hat geben gebt gib geben geht gehen wird auf dem weg \
     en cours chemin a ete sera sur \
     in viaggio stata stato siete \
     en \
     op weg zijn"
);

static TRACKING: &WordList = words!(
    "tracking sendungsnummer trackingnummer trackinglink paketnummer sendungsverfolgung suivi seguimiento volgnummer"
);

static GIVES: &WordList = words!(
    "send give mail email number code link \
     schicken senden mailen geben sende schick schicke gebt nummer \
     envoyer envoyez communiquer transmettre donner numero lien \
     mandare mandatemi mandateci mandarmi mandarci inviare inviatemi inviateci inviarmi inviarci comunicare codice \
     enviar enviarnos mandar \
     sturen geven doorgeven"
);

static LAST: &WordList = words!(
    "last previous letzte letzten letzter derniere dernieres derniers dernier precedente ultima ultime ultimi ultimo anterior vorige laatste"
);

static DELIVERED: &WordList = words!(
    "delivery deliveries parts pieces goods batch \
     lieferung teile ware \
     livraison pieces marchandise \
     consegna pezzi merce fornitura \
     entrega piezas \
     levering onderdelen"
);

static WERE: &WordList = words!(
    "was were went arrived came is are \
     war waren kam kamen ist sind \
     etait etaient est sont \
     era erano e sono stata \
     fue fueron estaba \
     was waren"
);

static GREAT: &WordList = words!(
    "great perfect excellent good top super fine flawless superb nice well safely \
     gut perfekt bestens einwandfrei tadellos super prima klasse \
     parfait parfaite parfaites parfaits impeccable impeccables excellente excellentes \
     perfetta perfetti ottima ottimi impeccabile bene \
     perfecta perfectas bien \
     goed perfect prima"
);

static VERY: &WordList = words!(
    "very really all everything absolutely again nearly almost soon now so \
     sehr wirklich alles wieder fast bald jetzt \
     tres vraiment tout encore presque bientot nouveau \
     molto davvero tutto ancora quasi presto nuovo di \
     muy todo casi otra vez \
     heel alles weer bijna"
);

static STOCK: &WordList = words!(
    "stock stocks parts pieces shelves shelf stores material supplies \
     lager bestand vorrat teile teilen material regal \
     pieces stock stocks materiel rayon \
     pezzi scorte scorta magazzino materiale ricambi \
     existencias piezas material almacen \
     voorraad onderdelen materiaal"
);

static OUT: &WordList = words!(
    "out short low empty bare \
     aus leer neige knapp \
     court rupture bas vide \
     finendo finiti finite esaurendo esaurite esauriti scarseggiano vuoto esaurimento \
     agotando acabando bajo vacio \
     leeg op"
);

/// Whose stock it is.
static OURSELVES: &WordList = words!(
    "we our \
     wir uns unser unsere unserem \
     nous notre nos \
     stiamo ci nostre nostro noi abbiamo nostri siamo \
     nos estamos nuestro nuestras \
     we wij ons onze"
);

static RUNS: &WordList = words!(
    "is are running run getting of \
     geht gehen zur zu ende sind haben ist die der \
     sommes en a de bientot \
     in via sono \
     se nos estan \
     raakt raken door zijn heen"
);

static MACHINE: &WordList = words!(
    "line machine press plant production pump \
     anlage maschine linie produktion presse pumpe \
     ligne machine pompe presse \
     macchina linea impianto produzione pressa pompa \
     maquina linea produccion \
     machine lijn productie"
);

static STANDS: &WordList = words!(
    "down stopped standstill stands standing \
     steht stillstand \
     arret arretee bloquee panne \
     ferma fermo fermi guasta \
     parada \
     stil stilstaat"
);

static URGENT: &WordList = words!(
    "so it urgent because therefore hence at still \
     es dringend eilt deshalb darum daher weil also still momentan \
     c urgent urgente donc a l en car \
     urgente percio quindi perche abbiamo la \
     por eso es \
     dus dringend staat spoed"
);

static PRICES: &WordList = words!(
    "price prices conditions terms \
     preis preise preisen konditionen bedingungen \
     prix tarif tarifs conditions \
     prezzo prezzi condizioni \
     precio precios condiciones \
     prijs prijzen condities"
);

static NET: &WordList = words!(
    "net ex excl excluding exclusive plus without netto zzgl exkl ohne hors ht hf netti esclusa esclusi netos excluido"
);

static TAX: &WordList =
    words!("vat tax taxes all mwst ust alle unsere ihre tva tous taxe iva tutti btw");

static NO: &WordList =
    words!("no without kein keine keinen ohne pas sans niente senza nessuna sin geen zonder");

static PLASTIC: &WordList = words!(
    "plastic polystyrene styrofoam plastik kunststoff styropor plastique polystyrene plastica polistirolo plastico plastic"
);

static PACKING: &WordList = words!(
    "packaging packing foil wrap film verpackung folie als emballage d film imballaggio imballo embalaje verpakking"
);

static COLOUR: &WordList = words!("colour color farbe couleur colore kleur");

static INDIFFERENT: &WordList = words!(
    "matter matters important egal unwichtig wichtig importance importe importa importante indifferente maakt"
);

static DOES: &WordList = words!("does n a d ist spielt rolle uit importa");

static IN_COPY: &WordList = words!("copy cc kopie copie copia");

static COLLEAGUE: &WordList = words!(
    "in my colleague meinen kollegen kollegin meine nehmen setzen auch mettre mettez mon ma collegue en mettete il mio mia collega mijn collega also always"
);

static SEE_TO: &WordList = words!(
    "sure ensure see sorgen achten sorgt achtet veiller veillez assurer assicuratevi assicurarsi raccomando asegurense zorg"
);

static IN_TIME: &WordList = words!(
    "time punctual punctually rechtzeitig punktlich punktliche temps heure ponctuelle ponctuel tempo puntuale puntualita puntuali tiempo tijd"
);

static ARRIVES: &WordList = words!(
    "make that they it everything all goods arrive arrives arriving come comes in on a delivery      dafur dass alles es sie ankommt ankommen kommt kommen auf lieferung bitte      ce que tout arrive arrivent soit la livraison une      che tutto arrivi arrivino in la consegna mi      de que todo llegue a      ervoor dat alles op aankomt"
);

static AS: &WordList = words!(
    "as same wie gleiche gleicher gleichen gleich comme meme memes que come stesso stessi stesse stessa como mismo mismos als zoals zelfde"
);

static BEFORE: &WordList = words!(
    "last usual before always \
     letztes letzten gehabt bisher immer ublich gewohnt \
     derniere habitude toujours \
     ultima ultimo sempre solito \
     siempre \
     vorige altijd"
);

static EVER: &WordList = words!(
    "usual before always immer gehabt bisher ublich gewohnt habitude toujours sempre solito siempre altijd gewoonlijk"
);

static AT: &WordList = words!(
    "at to time order the \
     zu beim mal an bestellung den \
     aux a au fois commande d l \
     a al agli alla volta ordine dell \
     a vez pedido la \
     tegen keer naar"
);

static OTHERWISE: &WordList =
    words!("otherwise sonst ansonsten ubrigen sinon ailleurs resto demas verder overigens");

static EVERYTHING: &WordList = words!(
    "all everything is well with you \
     alles ist im bleibt bei geht es \
     tout reste pour par est d va que \
     tutto per il al come che vada stia stiate \
     todo por lo \
     alles blijft"
);

static CONFIRMATION: &WordList = words!(
    "confirmation acknowledgement reply bestatigung auftragsbestatigung ruckmeldung confirmation conferma riscontro confirmacion bevestiging"
);

static GRATEFUL: &WordList = words!(
    "grateful glad appreciated appreciate dankbar froh freuen reconnaissant reconnaissante reconnaissants grato grata grati agradeceria dankbaar"
);

static WOULD: &WordList = words!(
    "would be short quick brief it for \
     ware waren wurden wurde fur kurze schnelle uber sehr \
     serais serions une courte rapide d \
     sarei saremmo una breve veloce di \
     una breve \
     zou zouden een korte voor"
);

static IF: &WordList = words!("if should falls wenn sollte sollten si s se als indien");

static LACKING: &WordList = words!(
    "missing unclear fehlen fehlt fehlten unklar manque manquait manquent manca mancano mancasse falta ontbreekt"
);

static CALLS: &WordList = words!(
    "call ring tell contact know shout melden meldet bescheid anrufen anruf appelez appeler contactez contacter dites chiamatemi chiamate ditemi contattate sapere \
     avisen llamen bel laat"
);

static DETAILS: &WordList = words!(
    "any anything something information details data let \
     noch etwas was angaben infos informationen daten einfach geben \
     il une des information informations quelque chose encore \
     qualcosa dati informazioni informazione fatemi \
     algo datos \
     iets gegevens weten"
);

static FORM: &WordList = words!(
    "form formular bestellformular formulaire modulo formulario formulier bestelformulier webshop shop bestellschein"
);

static NOT: &WordList =
    words!("not t no don nicht kein keine keinen mehr pas plus non no niet geen ne longer");

static OPENS: &WordList = words!(
    "open have find work works load print \
     offnen offnet haben habe finden funktioniert geht aufgeht drucken lasst liess \
     ouvre ouvrir avons ai trouve marche fonctionne s \
     apre abbiamo trovo funziona si \
     abre tenemos funciona \
     opent hebben werkt"
);

static HERE: &WordList = words!(
    "your old here so this way therefore on computer writing down it by mail would will does could am any right now \
     ihr ihre euer alte altes sich darum deshalb also hier so per gerade \
     ici ainsi donc par chez ecris ancien \
     qui quindi cosi scrivo vecchio \
     aqui por eso \
     hier dus oude meer"
);

static HOPE: &WordList =
    words!("hope hoping hoffe hoffen hoffentlich espere esperons spero speriamo espero hoop hopen");

static WELL: &WordList = words!("well good fine bien bene gut goed");

static FORMER: &WordList = words!(
    "old previous former alte alten alter ancienne ancien vecchio vecchia antigua antiguo oude"
);

static PLACE: &WordList = words!(
    "address site adresse anschrift lieferadresse standort indirizzo sede direccion adres warehouse lager magasin depot magazzino"
);

static SENDS: &WordList = words!(
    "do send deliver ship them it these this anything goods \
     liefern senden schicken sie ware \
     livrer envoyer expedier de les la \
     consegnare spedire mandare inviare \
     enviar entregar \
     leveren sturen de"
);

static INVOICE: &WordList = words!(
    "invoice invoices rechnung rechnungen facture factures fattura fatture factura factuur facturen"
);

static TO: &WordList = words!("to an a alla all naar zu per by via");

static OFFICE: &WordList = words!(
    "accounts accounting department mail email e always as usual only \
     buchhaltung mail immer wie nur bitte \
     comptabilite compta service mail \
     contabilita amministrazione ufficio mail \
     administracion contabilidad \
     administratie boekhouding mail"
);

static I: &WordList = words!("i m je j ich io yo ik");

static STANDS_IN: &WordList =
    words!("covering cover standing remplace vertrete sostituisco sustituyo vervang");

static TITLE: &WordList = words!(
    "am in for mr mrs ms colleague my herrn herr frau meinen meine kollegen kollegin m mme monsieur madame mon ma collegue il la sig signor signora mio collega \
     al sr sra mijn collega dhr mevr"
);

static THIS_WEEK: &WordList = words!(
    "this week month today until diese dieser woche heute diesen monat zurzeit cette semaine ce mois aujourd hui questa settimana oggi esta semana hoy deze week vandaag"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn they_are_known_by_all_their_words() {
        for (text, want) in [
            ("Please let us know when the goods are on their way.", true),
            ("Bitte geben Sie uns Bescheid, wenn die Ware unterwegs ist.", true),
            ("Fatemi sapere quando parte la merce.", true),
            ("Please let us know when the goods may be collected.", false),
            ("Bitte schicken Sie mir die Sendungsnummer.", true),
            ("Die Sendungsnummer lautet 4711.", false),
            ("The last parts were great.", true),
            ("The last parts were too short.", false),
            ("Uns gehen wieder die Teile aus.", true),
            ("Nous sommes à court de pièces.", true),
            ("The parts are short.", false),
            ("Our line is down, so it is urgent.", true),
            ("Our line is down until you deliver.", false),
            ("Preise wie letztes Mal.", true),
            ("Preise wie letztes Mal?", false),
            ("Preise bitte bestätigen wie letztes Mal.", false),
            ("Sonst alles wie immer.", true),
            ("Der Rest wie immer.", false),
            ("Falls noch Angaben fehlen, bitte melden.", true),
            ("Falls noch Teile fehlen, bitte melden.", false),
            ("Das alte Bestellformular haben wir nicht mehr.", true),
            ("Bitte nicht an die alte Adresse.", true),
            ("Bitte nicht liefern.", false),
            ("Invoice to accounts@buyer.example please.", true),
            ("Je remplace M. Martin cette semaine.", true),
            ("Je remplace les 20 pièces cette semaine.", false),
        ] {
            let scan = Scan::whole(Part::Text, text);
            assert_eq!(are_meant(&scan, &(0..scan.tokens.len())), want, "{text}");
        }
    }
}
