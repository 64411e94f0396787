//! Words that may turn the lines beside them into no order, or another one: mostly the small words
//! of a language of which there are few, a 'not', 'already', 'until', 'instead', 'half'.
//!
//! A sentence with such a word is accounted for only where the word stands in a turn of speech that
//! is known to be harmless: 'no rush', 'not before 8 am'.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::governed;
use super::turns;
use crate::reading::text::{fold_phrase, padded, words};
use crate::reading::types::Lang;

/// Words that are perilous wherever they stand: folded, between bars, a star for any ending.
const PERILS: &[&str] = &[
    // What is missing.
    "that are missing|which are missing|that is missing|which is missing|that were missing|die fehlen|die noch fehlen|die fehlten|qui manquent|qui manquaient|qui manque|\
     che mancano|che mancavano|que faltan|que faltaban|die ontbreken|that are outstanding|which are outstanding|that are overdue|which are overdue|that is overdue",
    // One of several, or the price before.
    "one of the two|one of both|one of them|one of these|one of the above|either of|either one|one or the other|whichever|eines von beiden|einen von beiden|eine von beiden|eins von beiden|\
     das eine oder das andere|un seul des deux|une seule des deux|l ' un des deux|l ' un ou l ' autre|uno dei due|uno solo dei due|l ' uno o l ' altro|uno de los dos|een van beide|een van de twee|\
     beschleunig*|speed up order|speed up our order|expedite the 1*|expedite the 2*|expedite order|expedite our order|expedite po|\
     price first|prices first|preis zuerst|preise zuerst|preis vorher|preise vorher|preis vorab|prix d ' abord|prix avant|prezzo prima|prima il prezzo|precio primero|prijs eerst|eerst de prijs",
    // Stop, call first, invalid, more follows.
    "di verificare|di controllare|di restituire|di sostituire|di riparare|the order lapses|order lapses|lapses|ordine decade|decade|decadra|verfallt die|verfallt sie|verfallt der|storniert sich|se caduca|please stop|stop !|nein|nope|ignorier*|ungultig*|invalid*|unconfirmed|unbestatigt*|non confirme|non confirmee|non confermat*|sin confirmar|onbevestigd|wrong mail|wrong e - mail|falsche mail|falsche datei|mauvais mail|mail sbagliata|\
     changes follow|change follows|anderung folgt|anderungen folgen|modification suit|modifications suivent|modifica segue|modifiche seguono|cambios siguen|wijziging volgt|wijzigingen volgen|\
     po follows|po to follow|order follows|order to follow|bestellung folgt|auftrag folgt|commande suit|commande suivra|ordine segue|pedido sigue|bestelling volgt|formal order|\
     will confirm|wird bestatigen|bestatigt noch|wird noch bestatigt|werden noch bestatigt|muss noch bestatigt|noch zu bestatigen|still to be confirmed|yet to be confirmed|remains to be confirmed|\
     will be confirmed|sera confirmee|seront confirmes|sera encore confirmee|sara confermato|verra confermato|sera confirmado|wordt nog bevestigd|moet nog bevestigd|confirmera|confermera|confirmara|zal bevestigen|salvo conferma|sauf confirmation|retracted|expired|abgelaufen|uberholt|gesperrt|blocked|bloque|bloccat*|\
     call you first|call you about|call you before|call me before you|phone me before you|bitte warten|warten sie|warte bitte|nicht ausfuhren|rufe sie vorher an|bescheid folgt|bescheid kommt|vous rappelle|vous rappellerai|vous rappellerons|vi richiamo|la richiamo|ti richiamo|\
     not more than|at most 1*|at most 2*|at most 3*|at most 4*|at most 5*|hochstens 1*|hochstens 2*|hochstens 3*|hochstens 4*|hochstens 5*|max . price|maximum price|price limit|max . preis|maximalpreis|prix maximum|prezzo massimo|\
     in black|in white|in red|in blue|in green|in grey|in gray|in yellow|in silver|in schwarz|in weiss|in rot|in blau|in grun|in grau|in gelb|en noir|en blanc|en rouge|en bleu|en vert|en gris|in nero|in bianco|in rosso|in blu|in verde|in grigio|en negro|en blanco|en rojo|in het zwart|in het wit|\
     a revoir|not decided|for my call|for our call|on my call|meinen anruf|meinem anruf|mon appel|mia chiamata|draft only|brouillon|bozza|nur anfrage|quotation only|never mind|settimana dopo|week later|eine woche spater|une semaine plus tard|semana despues|week later|schlage vor|propose de|muss heissen|musste heissen|devrait etre|dovrebbe essere",
    // Regret, refusal, withdrawal, loss.
    "cancel|cancelled|canceled|cancellat*|storn*|annule|annules|annulee|annulees|annuler|annulez|annulons|annulation|\
     annulla*|annullier*|annulliert|annuliert|annuleren|anulad*|anular|anulen|geannul*|gestrichen|tachad*|unfortunately|sadly|regret*|leider|bedauer*|malheureusement|helas|regrett*|purtroppo|spiacent*|dispiace|\
     lamentamos|lamento|lamentable*|desgraciadamente|helaas|jammer|refus*|decline*|declining|rejected|ablehn*|abgelehnt|rifiut*|\
     rechaz*|weiger*|afgewezen|drop the|drop this|drop that|drop it|drop them|skip|omit|strike|forget|ignore|disregard|withdraw*|\
     obsolete|superseded|void|vergessen sie|weglassen|wegfallen|entfall*|hinfallig|sich erledigt|gegenstandslos|zuruckzieh*|zuruckgezogen|\
     lassen sie es|lassen sie das|lassen sie die|laissez tomber|laisser tomber|oubliez|renon*|supprim*|caduc*|\
     lasciate|lasciare|lasci perdere|dimenticate|togliere|togliete|eliminare|eliminate|decadut*|\
     olvid*|quitar|quiten|elimin*|suprim*|dejen|dejenlo|dejar|vergeet|laat maar|laten we maar|niks|schrappen|weglaten|vervall*|overslaan",
    // Somebody else's.
    "elsewhere|anderswo|anderweitig|ailleurs|altrove|en otro lugar|en otra parte|elders|competitor*|konkurren*|concurren*|concorren*|\
     competencia|other supplier*|another supplier|other vendor*|\
     anderen lieferanten|anderer lieferant|autre fournisseur|autres fournisseurs|altro fornitore|altri fornitori|otro proveedor|\
     otros proveedores|andere leverancier|dear suppliers|stock transfer*|internal transfer*|umlagerung*|umbuchung|transfert interne|trasferimento interno|traslado interno|someone else|somebody else|take this back|take these back|take them back|take it back|put this aside|put them aside|put it aside|put aside",
    // Done before, a copy, a trial.
    "copy|copies|kopie|kopien|copie|copia|copias|duplicate|duplikat|duplicata|\
     duplicato|duplicado|records|akten|ablage|dossier|dossiers|archiv*|administratie|for information|for your information|for info|fyi|zur information|zu ihrer information|\
     zur kenntnis|pour information|pour votre information|pour info|per conoscenza|per informazione|per vostra informazione|para su informacion|\
     a titulo informativo|ter informatie|ter kennisgeving|paperwork|formality|formsache|testmail|\
     prove|dummy|trial|simulation|reenvi*|gesendet haben|geschickt haben|avons envoye|\
     abbiamo inviato|abbiamo mandato|hemos enviado|mandamos por|you received|you have received|sie erhielten|\
     avez recu*|avete ricevuto|han recibido|recibieron|u ontving|ontvangen hebt|erhalten haben",
    // Not yet, only if, only then.
    "hold|await|pending|wait|until we|until you|until i|until further|until confirm*|until approv*|till we|till you|approval|to be approved|sign - off|\
     freigabe|freigeben|genehmigung|genehmigt werden|zustimmung|bewilligung|zuruckhalten|zuruckstellen|abwarten|tant que|avant que|des que|une fois que|\
     aussitot que|attendre|attendez|en attente|approbation|validation|suspend*|approvazione|autorizzazione|benestare|finche|prima che|attendere|\
     attendete|sospe*|visto bueno|aprobacion|en cuanto|hasta que|antes de que|en espera|esperen|esperar|todavia|aun|goedkeuring|akkoord van|zodra|totdat|\
     voordat|wachten|sobald|bevor sie|ehe sie|once we|once you|once i|once approved|until our|until my|until he|until she|until they|until it|until then|until someone|\
     bis wir|bis unser*|bis der|bis zur freigabe|jusqu ' a ce que|jusqu ' a notre|fino a quando|fino alla|hasta nuev*|hasta nuestr*|tot wij|tot we|tot onze|tot ik|tot nader|\
     green light|go - ahead|grunes licht|feu vert|via libera|luz verde|groen licht|nog even|wacht*|en pausa|pour l ' instant|as soon as|before you|only after|only when|only once|provisional*|\
     provvisori*|provisoire*|provisorisch*|voorlopig*|tentative*|preliminary|vorlaufig*|unless|yet",
    // Another amount, another day, another thing.
    "\
     genugt|reicht|suffit|suffisent|basta|bastano|bastan|\
     prima di partire|prima di procedere|avant de commencer|avant de lancer|\
     double|doubled|twice|triple|halve|halved|instead|verdoppel*|doppelt*|dreifach*|halfte|halbier*|statt|anstelle|\
     doubler|doublez|tripler|au lieu|a la place|raddoppi*|doppio|doppia|meta|dimezz*|invece|al posto|doblar|doble|duplicar|dupliquen|\
     en lugar de|en vez de|verdubbel*|dubbele|in plaats van|version|variant*|uitvoering|colour|color|farbe|couleur|colore|kleur|\
     on reflection|after all|on second thought*|changed our mind|tout compte fait|finalement|reflexion faite|en fin de compte|ripensandoci|\
     a ben pensare|pensandolo bien|al final|bij nader inzien|plutot|piuttosto|\
     liever",
    // Somebody has to allow it, or it binds nobody.
    "has to release|have to release|has to approve|has to sign|muss noch|mussen noch|doit encore|dois encore|devons encore|doivent encore|deve ancora|devo ancora|dobbiamo ancora|devono ancora|tiene que|tengo que|tenemos que|moet nog|moeten nog|\
     still have to|still has to|still need to|still needs to|still must|must still|muss erst|mussen erst|muss zuerst|mussen zuerst|dois d ' abord|doit d ' abord|devons d ' abord|\
     devo prima|deve prima|dobbiamo prima|moet eerst|moeten eerst|have to check|has to check|need to check|needs to check|have to ask|need to ask|\
     definitive order follows|definitive order will|definitive bestellung folgt|endgultige bestellung folgt|commande definitive suit|commande definitive suivra|\
     ordine definitivo segue|pedido definitivo sigue|definitieve bestelling volgt|seguira ordine|pedido definitivo seguira|akkoord volgt|vorausgesetzt|provided that|a condition que|a condizione|siempre que|only place|\
     preisangabe|per set|per month|por mes|al mese|per maand|split|de plus|same quantity again|\
     vorbehalt|sous reserve|con riserva|onder voorbehoud|a reserva de|subject to|sans engagement|senza impegno|sin compromiso|vrijblijvend|\
     jahresbedarf|annual requirement|annual demand|yearly demand|besoin annuel|besoins annuels|fabbisogno annuale|fabbisogno annuo|necesidad anual|jaarbehoefte|\
     vorschau|preview|previsi*|uberfallig|atrasad*|\
     restitu*|devolv*|retournons|retourner|zuruckschick*|terugstur*|sustituye*|vervangt|ersetzt|remplace|sostituisce|replaces|collect these|pick these up|\
     times two|times three|mal zwei|mal drei|dreimal|zweimal|deux fois|trois fois|due volte|tre volte|dos veces|tres veces|twee keer|drie keer|dupliq*|\
     vervallen|vervalt|erledigt|cancel|delete|loschen|supprimer|caduque|suban|augmentez|verhoog*|aumenten|erhohen|per ongeluk|aanvulling|nalevering",
    // Some of the goods came before.
    "were delivered|was delivered|wurden geliefert|wurde geliefert|ont ete livr*|a ete livr*|sono stati consegnat*|sono state consegnat*|fueron entregad*|\
     zijn geleverd|werden geleverd",
    // Somebody waits, or something is wrong.
    "aspett*|in attesa|pendiente*|release it|release them|only valid|only need 1*|only need 2*|only need 3*|only need 4*|only need 5*|only need 6*|only need 7*|only need 8*|only need 9*|brauchen nur 1*|brauchen nur 2*|brauchen nur 3*|brauchen nur 4*|brauchen nur 5*|brauchen nur 6*|brauchen nur 7*|brauchen nur 8*|brauchen nur 9*|uiteindelijk|is wrong|are wrong|was wrong|ist falsch|sind falsch|\
     sbagliat*|errat*|errone*|est faux|est fausse|sont faux|sont fausses|equivocad*|verkeerd|doppellieferung*|doppelbestellung*|double delivery|doublon|\
     duplicada|sign it off|signs it off|sign this off|sign off|signs off|to be signed|to sign|a valider|a confirmer|da confermare|da approvare|por confirmar|te bevestigen|zwei mal|drei mal|once they|once he|once she|konnt ihr vergessen|kannst du vergessen|vergesst|solo se|solo si|only if|seulement si|uniquement si|alleen als|nur falls|nur wenn|or equivalent|or similar|oder gleichwertig*|ou equivalent*|o equivalent*|of gelijkwaardig*|each to|per year|pro jahr|par an|all ' anno|al ano|per jaar",
    // A day that is counted from another one, or meant otherwise.
    "day before|day after|next day|following day|tag davor|tag danach|tag vorher|folgetag|la veille|le lendemain|giorno prima|giorno dopo|giorno precedente|\
     giorno successivo|dia antes|dia despues|dia anterior|dia siguiente|dag ervoor|dag erna|dag eerder|week after|still open|noch offen|gemeint ist|\
     i mean|we mean|ik bedoel|perdon",
    // No purchase: a loan, a gift, a question whether it can be done.
    "feasib*|machbar*|faisab*|fattibil*|factible|viable|haalbaar|loan|lend|leihweise|leihgabe|ausleihen|en pret|preter|prestito|comodato|\
     prestamo|bruikleen|lenen|free of charge|for free|free sample*|gratis|kostenlos*|gratuit*|omaggio",
    // A supplier speaks of the buyer's order.
    "your order|your purchase order|ihre bestellung|ihrer bestellung|ihren auftrag|ihrem auftrag|ihres auftrags|eure bestellung|votre commande|\
     vos commandes|vostro ordine|suo ordine|su pedido|vuestro pedido|uw bestelling|uw order|jullie bestelling",
];

/// Words that are perilous in a sentence about the order, and say nothing in one about lifts and
/// floors: folded, between bars.
const WEAK: &[&str] = &[
    "not|never|none|nothing|neither|nor|cannot|don ' t|doesn ' t|didn ' t|won ' t|isn ' t|aren ' t|wasn ' t|can ' t|couldn ' t|shouldn ' t|wouldn ' t|haven ' t|hasn ' t|mustn ' t|dont|wont|cant|didnt|nowhere|hardly|\
     kein|keine|keinen|keiner|keinem|keines|keins|nicht|nie|niemals|nichts|weder|keinesfalls|keineswegs|\
     pas|jamais|aucun|aucune|rien|nessun*|niente|nulla|neanche|nemmeno|neppure|\
     nunca|ningun*|nada|jamas|tampoco|niet|geen|nooit|niets|non",
    "this time|diesmal|dieses mal|cette fois|questa volta|esta vez|deze keer|dit keer",
    "type|model|modele|modello",
];

/// What was, what is now and how much of it: perilous as those, but in running text of the order only
/// where the sentence is about it.
const PASSING: &str = "lost|perdu|perdus|perso|persi|perdido|verloren|already|bereits|schon|deja|gia|reeds|appena|erst|later|earlier|\
     sooner|spater|fruher|eerder|vroeger|more|less|fewer|mehr|weniger|moins|meno|menos|meer|minder|half|moitie|\
     mitad|helft|test|tests|testing|prova|essai|prueba|pruebas|proef|manquaient|manquait|mancavano|mancava|faltaban|\
     ontbraken|doch|toch|rather|lieber|mejor|liever|enough|genug|genoeg|plus tard|plus tot|piu tardi|piu presto|\
     mas tarde|mas temprano|mas pronto|en retard|in ritardo|te laat|overdue";

/// Words that are perilous in one language, and say nothing in another.
const OF_LANG: &[(Lang, &str)] = &[
    (Lang::En, "no"),
    (Lang::Fr, "ne|n '|sinon"),
    (Lang::It, "mai|salvo"),
    (Lang::Es, "no|ya|ni|salvo"),
    (Lang::Nl, "al"),
];

/// A price or an offer, in a sentence that neither takes one up nor states one.
const OFFERS: &str = "offer|offers|quote|quotes|quotation|quotations|price|prices|pricing|bid|bids|tender|estimate|best terms|your terms|proposal|pro forma|proforma|\
     angebot|angebote|offerte|offerten|preis|preise|preisen|richtpreis*|zielpreis*|kostenvoranschlag|kalkulation|ihre konditionen|\
     offre|offres|prix|devis|tarif|tarifs|vos conditions|vos meilleures|proposition|offerta|prezzo|prezzi|preventivo|quotazione|vostre condizioni|\
     oferta|ofertas|precio|precios|presupuesto|cotiz*|cotic*|propuesta|sus condiciones|prijs|prijzen|prijsopgave|tarief|uw voorwaarden|\
     enquiry|inquiry|anfrage|solicitud|aanvraag";

/// What tells of some goods without naming them.
const RESTS: &str = "remainder|the rest|der rest|rest in|le reste|il resto|el resto|de rest";

/// Words that together say what the lines' numbers are of, or which line is meant: one of each.
const TOGETHER: &[(&str, &str)] = &[
    (
        "quantities|quantity|amounts|figures|numbers|all|everything|menge|mengen|mengenangabe*|angaben|zahlen|stuckzahl*|alle|alles|quantite|quantites|chiffres|tout|\
         tous|quantita|cifre|tutto|tutti|tutte|cantidad|cantidades|cifras|todo|todas|hoeveelheid|hoeveelheden|aantallen|aantal",
        "box|boxes|case|cases|carton|cartons|dozen|dozens|packs|packets|bags|pairs|pallets|hundreds|kartons|karton|schachteln|packungen|paketen|beuteln|\
         dutzend|paaren|paletten|gebinde|gebinden|verpackungseinheiten|boites|caisses|sachets|douzaines|paquets|paires|scatole|confezioni|dozzine|sacchetti|\
         cartoni|paia|cajas|docenas|paquetes|bolsas|dozen|dozijn|zakken|pakken|paren",
    ),
    (
        "first|second|third|fourth|last|erste*|zweite*|dritte*|vierte*|letzte*|premier*|deuxieme*|seconde|troisieme*|dernier*|primo|prima|secondo|seconda|\
         terzo|terza|ultimo|ultima|primer*|segund*|tercer*|eerste|tweede|derde|laatste|top|bottom|obere*|untere*|both|other|lower|upper|unterste*|oberste*",
        "line|lines|one|ones|item|items|entry|row|rows|position*|zeile*|posten|artikel|ligne*|poste|postes|article|articles|riga|righe|voce|voci|articolo|articoli|\
         posizione|linea|lineas|articulo|partida|posicion|regel|regels",
    ),
    (
        "except|excepto|ausser|sauf|tranne|eccetto|behalve|only|nur|uniquement|seulement|solo|soltanto|alleen|slechts|but",
        "line|position|zeile|pos|posten|ligne|poste|riga|voce|linea|partida|regel|yellow|red|green|blue|bold|marked|highlighted|gelb*|rot*|grun*|blau*|fett*|markiert*|jaunes|rouges|verts|gras|surlign*|gialli|gialle|rossi|rosse|grassetto|evidenziat*|amarill*|negrita|gele|vetgedrukte|gemarkeerde",
    ),
    (
        "only|nur|erst|uniquement|seulement|solo|soltanto|solamente|unicamente|lediglich|slechts|alleen|pas",
        "after|when|once|nach|nachdem|mit ihrem|wenn|apres|quand|lorsque|avec votre|dopo|quando|despues|tras|cuando|nadat|na|als|wanneer",
    ),
    (
        "sample|samples|muster|echantillon*|campion*|muestra*|monster|monsters",
        "receive|send|like|need|would|bitte|senden|schicken|brauchen|recevoir|envoyer|souhait*|voudri*|ricevere|inviar*|vorremmo|\
         recibir|enviar*|ontvangen|sturen|graag",
    ),
];

/// Turns of speech whose words are perilous elsewhere.
const HARMLESS: &str = "retourner une confirmation|retourner la confirmation|retourner votre confirmation|retourner un accuse de reception|retourner l ' accuse de reception|retourner votre accuse de reception|portal version 1*|portal version 2*|portal version 3*|portal version 4*|portal version 5*|portal version 6*|portal version 7*|portal version 8*|portal version 9*|portalversion 1*|portalversion 2*|portalversion 3*|portalversion 4*|portalversion 5*|portalversion 6*|portalversion 7*|portalversion 8*|portalversion 9*|software version 1*|software version 2*|software version 3*|software version 4*|software version 5*|software version 6*|software version 7*|software version 8*|software version 9*|softwareversion 1*|softwareversion 2*|softwareversion 3*|softwareversion 4*|softwareversion 5*|softwareversion 6*|softwareversion 7*|softwareversion 8*|softwareversion 9*|shop version 1*|shop version 2*|shop version 3*|shop version 4*|shop version 5*|shop version 6*|shop version 7*|shop version 8*|shop version 9*|system version 1*|system version 2*|system version 3*|system version 4*|system version 5*|system version 6*|system version 7*|system version 8*|system version 9*|version du portail 1*|version du portail 2*|version du portail 3*|version du portail 4*|version du portail 5*|version du portail 6*|version du portail 7*|version du portail 8*|version du portail 9*|versione portale 1*|versione portale 2*|versione portale 3*|versione portale 4*|versione portale 5*|versione portale 6*|versione portale 7*|versione portale 8*|versione portale 9*|only if possible|nur wenn moglich|seulement si possible|solo se possibile|and a half tonnes|and a half tons|and a half dozen|half a gross|half a ton|half a tonne|half a metric ton|half a kilo|half a metre|half a meter|halve ton|and a half kilos|and a half metres|and a half meters|do not reply|not monitored|is not read|nicht gelesen|n ' est pas lue|non viene letta|no reply to this|no reply needed|no reply necessary|schon , dass|schon , dich|schon , sie|schon , euch|schon dass|nicht mehr im haus|day after tomorrow|as the rest|rest is right|rest is correct|rest is fine|rest stays|rest stimmt|rest bleibt|reste est juste|reste est correct|resto va bene|nicht mehr im buro|could not be delivered over the peppol network|could not be sent over the peppol network|formular - version|form - version|franco nostro stabilimento|\
     do not answer|do not respond|form version|version of the form|formularversion|version du formulaire|no delivery date|no fixed date|\
     no specific date|no particular date|no special date|no deadline|kein liefertermin|kein fixer termin|kein bestimmter termin|kein fester termin|\
     kein fixes lieferdatum|pas de date|pas de delai|aucune date|aucun delai|nessuna data|nessun termine|ninguna fecha|sin fecha|geen leverdatum|\
     the same lines again|same lines again|not urgent|isn ' t urgent|non urgente|non e urgente|niente di urgente|no es urgente|niet dringend|\
     not reply to this|please do not reply|nicht auf diese|bitte nicht antworten|ne pas repondre a ce|ne repondez pas a ce|non rispondere a quest*|\
     no responda a este|niet op deze mail|schickt uns doch|schickt mir doch|schick uns doch|schick mir doch|sendet uns doch|liefert uns doch|\
     schicken sie uns doch|senden sie uns doch|liefern sie uns doch|no rush|no hurry|no more than|once more|more information|more details|\
     more info|more questions|mehr informationen|al meno|per lo meno|au moins|al menos|meer informatie|better late|nicht eilig|eilt nicht|eilen nicht|eilt uns nicht|\
     nicht dringend|keine eile|pas urgent|aucune urgence|pas d ' urgence|pas presse|rien ne presse|non c ' e fretta|nessuna fretta|senza fretta|no hay prisa|no corre prisa|\
     geen haast|do not hesitate|don ' t hesitate|zogern sie nicht|n ' hesitez pas|ne pas hesiter|non esitate|non esiti|no dude|no duden|\
     aarzel niet|no later than|not later than|no later|nicht spater als|pas plus tard que|au plus tard|plus tot possible|al piu tardi|\
     piu presto possibile|non oltre|mas tardar|mas tarde del|mas pronto posible|niet later dan|no part deliveries|no part delivery|\
     no partial deliveries|no partial delivery|no partial shipments|keine teillieferung|keine teillieferungen|pas de livraison partielle|\
     pas de livraisons partielles|nessuna consegna parziale|geen deelleveringen|no entregas parciales|no substitutes|no substitutions|no problem|\
     kein problem|pas de probleme|nessun problema|geen probleem|nothing special this time|nothing special|nothing else|nothing to do with|\
     nicht vergessen|do not forget|don ' t forget|n ' oubliez pas|non dimenticate|do not stack|nicht stapeln|nicht sturzen|ne pas gerber|\
     non sovrapporre|do not bend|no deliveries after|no deliveries before|no deliveries on|not to the|not at the|not only|nicht nur|non solo|\
     no solo|niet alleen|as soon as possible|as soon as you can|sobald wie moglich|sobald als moglich|sobald moglich|so bald wie moglich|\
     zo snel mogelijk|des que possible|non appena possibile|appena possibile|en cuanto sea posible|en cuanto puedan|zodra mogelijk|\
     thank you already|thanks already|already discussed|already agreed|already mentioned|already said|already know|already spoke|already spoken|\
     already looking|bereits besprochen|schon besprochen|bereits erwahnt|schon erwahnt|deja discute|deja mentionne|deja convenu|gia discusso|\
     gia concordato|gia detto|ya comentado|ya acordado|al besproken|schon jetzt|bereits jetzt|schon im voraus|bereits im voraus|schon mal|\
     merci deja|d ' ores et deja|gia grazie|grazie gia|de nada|not at all|none left|nothing left|not many left|not enough left|not many more|\
     nicht mehr genug|nichts mehr an lager|nichts mehr auf lager|n ' en avons plus|n ' avons plus de stock|ne nous en reste plus|il ne nous reste|\
     il n ' en reste|non ne abbiamo piu|non ce ne sono piu|no nos quedan|no nos queda|hebben er geen meer|there is nobody|is nobody|half a dozen|\
     half dozen|half past|half an hour|half day|await your|awaiting your|en attente de votre|en attente d ' une|en espera de su|en espera de sus|\
     a la espera|for our records|for our test|for our tests|for tests|for testing|fur tests|fur unsere tests|copy of the invoice|\
     copy of your invoice|copy of the order confirmation|copy of the confirmation|copy of the delivery note|copie de la facture|copie du bon|\
     copie de la confirmation|kopie der rechnung|kopie der auftragsbestatigung|kopie des lieferscheins|copia della fattura|copia della conferma|\
     copia del ddt|copia de la factura|kopie van de factuur|in copy|in kopie|en copie|in copia|en copia|wait for your|wait on your|doch bitte|\
     ya que|why not|last but not least|per your quotation|per your quote|per your offer|for your offer|for your quotation|for your quote|\
     for the quote|for the offer|for the quotation|fur ihr angebot|fur ihre offerte|fur das angebot|fur die offerte|pour votre offre|\
     pour l ' offre|pour votre devis|per l ' offerta|per la vostra offerta|por su oferta|por la oferta|voor uw offerte|price list|agreed prices|\
     agreed price|usual prices|prix convenus|prix convenu|prezzi concordati|prezzo concordato|vereinbarten preisen|vereinbarten preis|\
     vereinbarte preise|test bench|test stand|test rig|test bed|cannot open|can ' t open|cannot be opened|can ' t be opened|cannot read it|\
     can ' t read it|could not open|nicht offnen konnen|nicht offnen lasst|nicht offnen lassen|nicht lesbar sein|ne pouvez pas l ' ouvrir|\
     ne pouvez pas ouvrir|ne s ' ouvre pas|ne s ' ouvrait pas|n ' arrivez pas a l ' ouvrir|non riuscite ad aprir*|non riesce ad aprir*|non si apre|\
     non si aprisse|no pueden abrir*|no puede abrir*|no se abre|niet kunt openen|niet opent|your order form|your order confirmation|non - stop|\
     rest of the week|rest of the day|rest der woche|rest des tages|reste de la semaine|reste de la journee|resto della settimana|resto del giorno|resto de la semana|rest van de week|already on site|already on the spot|schon vor ort|bereits vor ort|deja sur place|gia sul posto|ya en el sitio|drop them at|drop it at|drop them off|drop it off|not the office|message type|nachrichtentyp|type de message|tipo messaggio|tipo di messaggio|zum offerierten preis|zum angebotenen preis|zu den offerierten preisen|zu den angebotenen preisen|at the quoted price|at the quoted prices|at the price quoted|at the prices quoted|at your quoted price|at your quoted prices|at the offered price|au prix offert|au prix du devis|au prix indique|aux prix indiques|al prezzo offerto|al prezzo indicato|ai prezzi indicati|al precio ofertado|schon war ' s|schon war es|sehr schon|danke schon|bitte schon|banc d ' essai|bancs d ' essai|banco prova|banco di prova|banco de pruebas|prufstand|diesmal per mail|diesmal per e - mail|this time by mail|this time by email|this time by e - mail|cette fois par mail|cette fois par courriel|questa volta via mail|questa volta per mail|no panic|no worries|keine panik|keine sorge|pas de panique|nessun panico|not the intended|nicht der richtige adressat|pas le destinataire|see you later|sooner or later";

/// What packs goods: then 'all in boxes' says how.
const PACKING: &str = "pack|packed|packing|packaging|verpack*|emball*|imball*|embal*|verpak*";

struct Finder {
    /// Every word that may turn an order, in any language: most sentences have none, and need no
    /// closer look.
    any: AhoCorasick,
    perils: AhoCorasick,
    passing: AhoCorasick,
    weak: AhoCorasick,
    of_lang: Vec<(Lang, AhoCorasick)>,
    offers: AhoCorasick,
    rests: AhoCorasick,
    together: Vec<(AhoCorasick, AhoCorasick)>,
    harmless: AhoCorasick,
    packing: AhoCorasick,
}

fn automaton(phrases: &str) -> Option<AhoCorasick> {
    let patterns = phrases.split('|').map(|phrase| match phrase.strip_suffix('*') {
        Some(beginning) => format!(" {}", fold_phrase(beginning)),
        None => format!(" {} ", fold_phrase(phrase)),
    });
    // Each begins with a blank: to look for the next one takes longer than to read on.
    let builder = &mut AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest).prefilter(false).build(patterns).ok()
}

// The patterns are plain strings; building fails only for absurd sizes.
static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| {
    let of_lang = |(lang, words): &(Lang, &str)| Some((*lang, automaton(words)?));
    let pair = |(one, other): &(&str, &str)| Some((automaton(one)?, automaton(other)?));
    let every = PERILS.iter().chain(WEAK).chain([&PASSING, &OFFERS, &RESTS]).copied();
    let every = every.chain(OF_LANG.iter().map(|(_, words)| *words));
    let every: Vec<&str> = every.chain(TOGETHER.iter().map(|(one, _)| *one)).collect();
    Some(Finder {
        any: automaton(&every.join("|"))?,
        perils: automaton(&PERILS.join("|"))?,
        passing: automaton(PASSING)?,
        weak: automaton(&WEAK.join("|"))?,
        of_lang: OF_LANG.iter().filter_map(of_lang).collect(),
        offers: automaton(OFFERS)?,
        rests: automaton(RESTS)?,
        together: TOGETHER.iter().filter_map(pair).collect(),
        harmless: automaton(&format!("{HARMLESS}|{}", turns::ALL.join("|")))?,
        packing: automaton(PACKING)?,
    })
});

/// A sentence, with what is known of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sentence<'a> {
    /// Its folded words beside the products that it names, with one space between.
    pub(crate) folded: &'a str,
    /// Its language, where that is known.
    pub(crate) lang: Option<Lang>,
    /// It takes up an offer, states a price, or asks for a word on one.
    pub(crate) priced: bool,
    /// It names goods and how many: its own numbers are of those.
    pub(crate) goods: bool,
}

impl<'a> Sentence<'a> {
    /// A sentence without goods and prices.
    pub(crate) fn of(folded: &'a str, lang: Option<Lang>) -> Self {
        Self { folded, lang, priced: false, goods: false }
    }
}

/// Whether a sentence may turn the lines beside it into no order, or another one.
pub(crate) fn has(sentence: Sentence<'_>) -> bool {
    is_turned(sentence, Heard::All)
}

/// Whether it may, by more than a word that says nothing in a sentence about other things: a 'not', a
/// 'this time'.
pub(crate) fn is_strong(sentence: Sentence<'_>) -> bool {
    is_turned(sentence, Heard::Strong)
}

/// Whether it may, whatever else it speaks of.
pub(crate) fn is_sure(sentence: Sentence<'_>) -> bool {
    is_turned(sentence, Heard::Sure)
}

/// Which words are listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Heard {
    Sure,
    Strong,
    All,
}

fn is_turned(sentence: Sentence<'_>, heard: Heard) -> bool {
    let Some(finder) = FINDER.as_ref() else { return true };
    let padded = padded(sentence.folded);
    if !finder.any.is_match(&padded) {
        return false;
    }
    let padded = turns::untroubled(&padded);
    let padded = governed::without(&padded);
    let bare = without(&turns::cited(&padded), &finder.harmless);
    let bare = undiscounted(&bare);
    let bare = asked_to_confirm(&bare);
    let bare = not_to_the_office(&bare);
    let bare = if sentence.goods { counted_now(&bare) } else { Cow::Borrowed(bare.as_ref()) };
    let bare = bare.as_ref();
    let mut own = finder.of_lang.iter().filter(|(lang, _)| sentence.lang == Some(*lang));
    let offers = !sentence.priced && !states_price(bare);
    let together = |(one, other): &(AhoCorasick, AhoCorasick)| {
        one.is_match(bare) && other.is_match(bare) && !finder.packing.is_match(bare)
    };
    let own = own.any(|(_, words)| {
        words.find_iter(bare).any(|at| !is_number_sign(bare, at.range(), sentence.goods))
    });
    finder.perils.is_match(bare)
        || heard >= Heard::Strong && finder.passing.is_match(bare)
        || heard == Heard::All && (own || finder.weak.is_match(bare))
        || offers && finder.offers.is_match(bare)
        || !sentence.goods && (finder.rests.is_match(bare) || finder.together.iter().any(together))
}

/// Whether a sentence speaks of an offer or a price.
pub(crate) fn names_offer(folded: &str) -> bool {
    FINDER.as_ref().is_none_or(|finder| finder.offers.is_match(&padded(folded)))
}

/// Whether the word there is the 'no' of 'order no 4711'; that of 'we need no 20 pcs' is none.
fn is_number_sign(bare: &str, at: Range<usize>, goods: bool) -> bool {
    if bare.get(at.clone()).is_none_or(|word| word.trim() != "no") {
        return false;
    }
    let before = bare.get(..at.start).unwrap_or_default().rsplit(' ').next().unwrap_or_default();
    let behind = bare.get(at.end..).unwrap_or_default().split(' ').next().unwrap_or_default();
    crate::reading::text::noise::is_role(before)
        || words!("part reg registration company material p o").has(before)
        || behind.starts_with(|c: char| ".:#°º".contains(c) || c.is_ascii_digit() && !goods)
}

/// '… at CHF 12.50': a price that is stated is not asked for.
fn states_price(bare: &str) -> bool {
    bare.split(' ').any(|word| words!("chf eur euro euros usd gbp € $ £ fr sfr").has(word))
}

/// The words without 'less 3 %': a discount takes no goods away.
fn undiscounted(bare: &str) -> Cow<'_, str> {
    let words: Vec<&str> = bare.split(' ').collect();
    let off = |at: usize| {
        let word = |at: usize| words.get(at).copied().unwrap_or_default();
        let number = |at: usize| word(at).starts_with(|c: char| c.is_ascii_digit());
        let percent = |at: usize| matches!(word(at), "%" | "percent" | "prozent");
        matches!(word(at), "less" | "minus" | "weniger" | "moins" | "meno" | "menos" | "minder")
            && number(at + 1)
            && (percent(at + 2) || number(at + 3) && percent(at + 4))
    };
    if !(0..words.len()).any(off) {
        return Cow::Borrowed(bare);
    }
    let kept = words.iter().enumerate().map(|(at, word)| if off(at) { "_" } else { *word });
    Cow::Owned(kept.collect::<Vec<_>>().join(" "))
}

/// The words without 'nicht ins Büro liefern', 'ne pas livrer au bureau': where goods do not go.
fn not_to_the_office(bare: &str) -> Cow<'_, str> {
    const NEAR: usize = 6;
    let words: Vec<&str> = bare.split(' ').collect();
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let denies = words!("not nicht pas non no niet");
    let place = words!(
        "office reception shop showroom home private postbox buro empfang rezeption laden verkaufsladen privatadresse postfach bureau accueil magasin \
         ufficio negozio reception oficina recepcion tienda kantoor receptie winkel"
    );
    let delivers = words!(
        "deliver send ship leave liefern anliefern schicken senden abgeben abladen livrer deposer envoyer consegnare lasciare spedire entregar dejar leveren afgeven bezorgen"
    );
    let small = words!(
        "to the at in into our ins in im an am ans das die den der dem unser unsere unser das beim au a la le notre l ' all alla in nostro nostra la en el nuestra op het ons onze bij naar d ne please bitte merci de veuillez prego favore si prega di"
    );
    let at = (0..words.len()).find(|at| {
        denies.has(word(*at)) && {
            let near = || at + 1..(at + 1 + NEAR).min(words.len());
            near().any(|i| place.has(word(i)))
                && near().any(|i| delivers.has(word(i)))
                && near().all(|i| {
                    place.has(word(i))
                        || delivers.has(word(i))
                        || small.has(word(i))
                        || !word(i).contains(char::is_alphanumeric)
                })
        }
    });
    match at {
        Some(at) => {
            let kept = words.iter().enumerate().map(|(i, word)| if i == at { "_" } else { *word });
            Cow::Owned(kept.collect::<Vec<_>>().join(" "))
        }
        None => Cow::Borrowed(bare),
    }
}

/// The words without the verb of 'gelieve deze order te bevestigen': who asks for a confirmation says
/// nothing of goods that are still to be confirmed.
fn asked_to_confirm(bare: &str) -> Cow<'_, str> {
    const CONFIRM: &str = " te bevestigen ";
    let asks = |before: &str| {
        [" gelieve ", " verzoeken ", " verzoek "].iter().any(|plea| before.contains(plea))
            && [" order ", " bestelling ", " opdracht ", " ontvangst ", " inkooporder "]
                .iter()
                .any(|paper| before.contains(paper))
    };
    // 'Te bevestigen dat', 'of', 'wanneer': something else is to be confirmed.
    if [" dat ", " of ", " wanneer "].iter().any(|word| bare.contains(word)) {
        return Cow::Borrowed(bare);
    }
    match bare.find(CONFIRM) {
        Some(at) if asks(bare.get(..=at).unwrap_or_default()) => {
            Cow::Owned(bare.replacen(CONFIRM, " _ ", 1))
        }
        _ => Cow::Borrowed(bare),
    }
}

/// The words without the 'this time' of 'we order this time 30 pcs': it stands between what asks for
/// goods and their number.
fn counted_now(bare: &str) -> Cow<'_, str> {
    const NOW: [&str; 7] = [
        " diesmal ",
        " dieses mal ",
        " this time ",
        " cette fois ",
        " questa volta ",
        " esta vez ",
        " deze keer ",
    ];
    let counts = |end: usize| {
        bare.get(end..).is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()))
    };
    let asks = |at: usize| {
        let word = bare.get(..at).and_then(|before| before.rsplit(' ').next()).unwrap_or_default();
        words!(
            ": bestelle bestellen brauche brauchen benotige benotigen order need require please send commande commandons voudrions \
             ordiniamo ordino vorremmo servono pedimos necesitamos bestel nodig"
        )
        .has(word)
    };
    let said = NOW.iter().find_map(|now| {
        let at = bare.find(now)?;
        (asks(at) && counts(at + now.len())).then_some((at, now.len()))
    });
    let Some((at, length)) = said else { return Cow::Borrowed(bare) };
    let before = bare.get(..at).unwrap_or_default();
    Cow::Owned(format!("{before} _ {}", bare.get(at + length..).unwrap_or_default()))
}

/// The words without those turns of speech; a mark stays where one stood.
fn without(padded: &str, harmless: &AhoCorasick) -> String {
    let mut bare = String::with_capacity(padded.len());
    let mut at = 0;
    for found in harmless.find_iter(padded) {
        bare.push_str(padded.get(at..found.start()).unwrap_or_default());
        bare.push_str(" _");
        at = found.end().saturating_sub(1);
    }
    bare.push_str(padded.get(at..).unwrap_or_default());
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::Scan;
    use crate::reading::types::Part;

    fn perilous(text: &str, lang: Lang) -> bool {
        let scan = Scan::whole(Part::Text, text);
        let folded = scan.folded(0..scan.tokens.len());
        has(Sentence { folded: &folded, lang: Some(lang), priced: false, goods: false })
    }

    #[test]
    fn small_words_may_turn_an_order_around() {
        for (lang, text) in [
            (Lang::En, "Nothing here is wanted by anyone"),
            (Lang::En, "We want no pieces of these"),
            (Lang::En, "Please drop the second item"),
            (Lang::En, "Everything is meant in dozens"),
            (Lang::De, "Bitte liefern Sie KEINE"),
            (Lang::De, "Die letzte Zeile streichen wir"),
            (Lang::De, "Versand erst nach Rücksprache"),
            (Lang::Fr, "Nous n'en voulons plus"),
            (Lang::Fr, "Toutes les quantités sont à doubler"),
            (Lang::It, "Non spedite"),
            (Lang::It, "Restiamo in attesa del benestare"),
            (Lang::Es, "No lo tramiten aún"),
            (Lang::Es, "¿Nos pueden cotizar lo siguiente?"),
            (Lang::Nl, "Dit is geen bestelling"),
            (Lang::Nl, "De helft is genoeg"),
        ] {
            assert!(perilous(text, lang), "{text}");
        }
    }

    #[test]
    fn this_time_counts_where_goods_are_asked_for() {
        assert_eq!(
            counted_now(" wir bestellen diesmal 30 stuck _ "),
            " wir bestellen _ 30 stuck _ "
        );
        for text in [" es lagen diesmal 30 stuck _ im paket ", " wir bestellen diesmal keine "] {
            assert_eq!(counted_now(text), text);
        }
    }

    #[test]
    fn known_turns_of_speech_do_not() {
        for (lang, text) in [
            (Lang::En, "No rush, but no later than 12 May"),
            (Lang::En, "Our order no. 4711, account no HX-9"),
            (Lang::En, "Please do not hesitate to call"),
            (Lang::En, "half a dozen knobs"),
            (Lang::En, "Subject to our standard terms of purchase rev. 9"),
            (Lang::En, "Thank you for your offer"),
            (Lang::En, "Please pack everything in boxes"),
            (Lang::De, "Es eilt nicht"),
            (Lang::De, "Vielen Dank für Ihr Angebot"),
            (Lang::Fr, "au plus tard le 12 mai, merci"),
            (Lang::It, "Grazie già per la consegna"),
            (Lang::Nl, "Er is geen haast bij"),
        ] {
            assert!(!perilous(text, lang), "{text}");
        }
    }
}
