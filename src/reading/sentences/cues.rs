//! Words that tell what a sentence is for: an order, a question, a change, a complaint, a doubt.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::governed;
use super::turns;
use crate::reading::text::{fold_phrase, padded};
use crate::reading::types::Lang;

/// What a sentence holds, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cues(u32);

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Cues {
            $($(#[$doc])* pub(crate) const $name: Cues = Cues(1 << $bit);)*
        }
    };
}

cues! {
    /// Asks for goods: 'please send', 'wir bestellen'.
    ORDER = 0;
    /// Asks for a price or an offer.
    PRICE = 1;
    /// Wants a placed order changed.
    CHANGE = 2;
    /// Goods were late, broken or wrong.
    COMPLAINT = 3;
    /// Wants something cancelled or left out.
    CANCEL = 4;
    /// Only if.
    CONDITION = 5;
    /// Not decided.
    UNSURE = 6;
    /// Speaks of goods that were delivered or ordered before.
    PAST = 7;
    /// Asks for an answer, by a date perhaps.
    ANSWER = 8;
    /// Says when somebody is away, or a shop is closed.
    AWAY = 9;
    /// Takes back or corrects what was written before.
    CORRECTION = 10;
    /// Speaks of delivery or its date.
    DELIVERY = 11;
    /// 'As last time', 'the usual'.
    REPEAT = 12;
    /// 'According to your offer'.
    ACCORDING = 13;
    /// A document that is no order: an invoice, a quotation, a delivery note.
    DOCUMENT = 14;
    /// Wants to be called.
    CALL = 15;
    /// Asks for an offer, or says that it is no order.
    QUOTE = 16;
    /// What a seller writes to a buyer: an invoice, a confirmation, a notice of dispatch.
    SELLER = 17;
    /// Again and again, on call, reserved, or what was ordered already: no plain order.
    STANDING = 18;
    /// Wants a paper, a sample or a free replacement of a product.
    PAPERS = 19;
}

impl Cues {
    /// What says that goods are not to be sent, not as they stand, or not for sure.
    pub(crate) const TURNS: Cues = Cues::CANCEL
        .and(Cues::CHANGE)
        .and(Cues::CONDITION)
        .and(Cues::UNSURE)
        .and(Cues::CORRECTION)
        .and(Cues::QUOTE);

    /// Whether any of these is there.
    pub(crate) fn has(self, any: Cues) -> bool {
        self.0 & any.0 != 0
    }

    /// Whether there are no others.
    pub(crate) const fn is_only(self, those: Cues) -> bool {
        self.0 & !those.0 == 0
    }

    /// These without those.
    pub(crate) const fn without(self, those: Cues) -> Cues {
        Cues(self.0 & !those.0)
    }

    /// Those of these that are among others.
    pub(crate) const fn only(self, those: Cues) -> Cues {
        Cues(self.0 & those.0)
    }

    /// Both together.
    pub(crate) const fn and(self, other: Cues) -> Cues {
        Cues(self.0 | other.0)
    }
}

/// Phrases, folded; a star at the end stands for any ending.
const PHRASES: &[(Cues, &str)] = &[
    (
        Cues::ORDER,
        "please replenish :|please replenish the following|please replenish these|kindly replenish the following|quick reorder|our reorder|new reorder|we ' re after|i ' m after|we re after|writing to order|writing to place an order for|legen sie einen auftrag an|legen sie eine bestellung an|legt einen auftrag an|leg einen auftrag an|richtet uns|richten sie uns|richte uns|priere de nous|priere de livrer|priere d ' expedier|priere d ' envoyer|siamo a richiedere|siamo a richiedervi|siamo ad ordinare|siamo a ordinare|siamo ad ordinarvi|siamo a ordinarvi|inserire a nostro nome|gradiremmo ricevere|gradirei ricevere|gradiremmo avere|mettimi in ordine|mettetemi in ordine|mettici in ordine|preparatemi|preparami|preparateci|preparaci|mi prepari|ci prepari|mi prepara|mi preparate|ci preparate|procedere con la fornitura|voler fornire|voler evadere|voler procedere|nos gustaria encargar|quisiera encargar|quisieramos encargar|pasamos pedido|paso pedido|sirvanse enviarnos|sirvanse enviar|sirvase enviarnos|sirvase enviar|me hacen falta|me hace falta|necesitariamos|necesitaria|\
         procediamo con|procedemos con|we go with|we ' ll go with|we will go with|let ' s go with|please proceed with|partons sur|inkooporder*|aankooporder*|orden de compra|call off from|call off against|geht uns aus|gehen uns aus|rufen wir ab|wir rufen ab|wir rufen aus|rufen wir aus|schick mir|schick uns|schickt mir|le chiedo|cde|call - off|grateful if you could supply|grateful if you could send|grateful if you could deliver|glad if you could supply|glad if you could send|kindly process|\
         solicitamos|solicito|go ahead|so freundlich waren|so nett waren|zukommen zu lassen|zukommen lassen|we order|i order|hereby order|our order below|my order|our order|this order|an order|new order|purchase order|place an order|\
         place the following order|following order|like to order|want to order|wish to order|would order|order for|to order|please order|\
         please send|please supply|please deliver|please ship|please book|please provide|please prepare|please dispatch|pls send|pls ship|\
         pls supply|plz send|kindly send|kindly supply|kindly despatch|please despatch|arrange to despatch|arrange to dispatch|arrange to send|arrange to supply|kindly deliver|kindly ship|send us|send me|supply us|ship us|ship to us|deliver us|\
         needs :|braucht :|benotigt :|brauchen :|benotigen :|a besoin de :|avons besoin de :|ha bisogno di :|necessita :|heeft nodig :|\
         we need|i need|need|we require|we would like|we ' d like|i ' d like|i would like|would like to have|we want|we take|we will take|we ' ll take|\
         so kind as to send|so very kind as to send|so very kind as to supply|so very kind as to deliver|so very kind as to ship|so good as to send|so good as to supply|so good as to deliver|so kind as to supply|so kind as to deliver|so kind as to ship|needed by|needed on|needed for|needed monday|needed tuesday|needed wednesday|\
         needed thursday|needed friday|please let us have|kindly let us have|\
         wir brauchten|brauchten wir|ich brauchte|brauchte ich|wir benotigten|benotigten wir|\
         amabilite de nous faire parvenir|amabilite de nous livrer|amabilite de nous envoyer|obligeance de nous faire parvenir|obligeance de nous livrer|\
         obligeance de nous envoyer|gentillesse de nous faire parvenir|gentillesse de nous livrer|gentillesse de nous envoyer|\
         bonte de nous faire parvenir|bonte de nous envoyer|ce qu ' il nous faut|order as follows|order of|get us|can i have|could i have|may we have|can we have|can you send|could you send|can you please send|\
         could you please send|can you please deliver|could you please deliver|can you ship|can you please ship|could you please ship|\
         can you supply us|order|please add|add to|put us down|looking for|we are out of|running low|please process|please arrange|\
         nachbestell*|bestell*|wir brauchen|ich brauche|brauchen wir|brauche|brauchen|benotig*|liefern sie|bitte liefern|senden sie|bitte senden|schicken sie|bitte schicken|\
         bitte um lieferung|bitten um lieferung|bitte um zusendung|wir hatten gerne|hatten gern*|hatte gern*|mochten wir|wir mochten|ich mochte|nachschub|\
         auftrag|ordern|wir nehmen|ich nehme|nachliefern|bitte um|schickt uns|liefert uns|sendet uns|bitte auch|bitten wir um|\
         merci de prevoir|merci de preparer|commande|commandons|commander|nous commandons|je commande|veuillez livrer|veuillez nous livrer|veuillez nous envoyer|veuillez envoyer|veuillez nous faire parvenir|\
         merci de nous livrer|merci de livrer|merci de nous envoyer|merci d ' envoyer|merci de m ' envoyer|merci de nous faire parvenir|merci de nous expedier|\
         nous avons besoin|j ' ai besoin|il nous faut|il me faut|il nous faudrait|nous souhaitons|nous souhaiterions|nous voudrions|nous desirons|je voudrais|envoyez nous|\
         a livrer|je prends|j ' aimerais|envoyez - nous|livrez - nous|nous aimerions|nous prenons|pourriez - vous nous envoyer|pouvez - vous nous envoyer|pouvez - vous nous livrer|pourriez - vous nous livrer|\
         ordin*|vi chiediamo di spedir*|chiediamo di spedir*|vi chiediamo|vogliate|preghiamo di|inviateci|speditemi|spediteci|mandateci|mandatemi|abbiamo bisogno|ci servono|\
         mi servono|mi serve|ci serve|ci occorrono|ci occorre|vorremmo|vorrei|desideriamo|prego inviare|si prega di|fornire|fornirci|inviarci|spedirci|potete spedirci|prendo|prendiamo|avremmo bisogno|si ordina|\
         potete inviarci|potreste spedirci|\
         pedimos|pedido|necesitamos|necesito|por favor envie*|rogamos|queremos|queriamos|quisieramos|envienos|enviennos|nos hace falta|nos hacen falta|\
         wij bestellen|bestelling|graag|wij willen|we willen|wij hebben nodig|hebben nodig|nodig|gelieve",
    ),
    (
        Cues::PRICE,
        "best price|your price|the price|price for|prices for|what price|which price|unit price ?|quote|quotation|quotations|quoting|rfq|request for quot*|\
         how much|what would|what does|cost|costs|please offer|offer us|send us an offer|make us an offer|pro forma ?|price and|price list ?|discount for|\
         lead time|delivery time ?|in stock|availability of|available ?|do you have|do you stock|do you still|\
         preis fur|preise fur|preisanfrage|was kostet|was kosten|wie teuer|richtpreis|angebot|offerte|anfrage|wieviel kostet|wie viel kostet|lieferbar|an lager|auf lager|\
         lieferzeit|haben sie noch|konnen sie uns einen preis|preisangebot|stuckpreis bei|\
         devis|quel prix|quel est le prix|quel serait|prix pour|offre de prix|combien coute*|vos prix|vos tarifs|votre meilleur prix|demande de prix|disponibilite|en stock|avez - vous|delai de livraison ?|\
         preventivo|offerta|quotazione|quanto costa*|prezzo per|prezzi per|qual e il prezzo|miglior prezzo|richiesta di prezzo|disponibilita di|avete|\
         presupuesto|cotizacion|cuanto cuesta*|precio de|offerteaanvraag|wat kost*|prijsopgave",
    ),
    (
        Cues::STANDING,
        "liefererinnerung*|relance|aanmaning|nachlieferung|concept bestelling|bedarfsvorschau|availability check|abruf folgt|confirmer notre commande du|in attesa di consegna|pendiente de entrega|voorraadlijst|claim list|do not book|do not ship|purchase order follows|official order follows|offizielle bestellung folgt|bestellung folgt|commande suit|commande suivra|ordine segue|pedido sigue|bestelling volgt|forecast|budget|inventory|stock list|goods received|goods receipt|not binding|non - binding|your planning|return of|returns|returned goods|revised|po revision|order revision|revision of|revision no|revision nr|revision :|new revision|auftragsrevision|bestellrevision|revision 1|revision 2|revision 3|revision 4|revision a|revision b|revision c|rev|tracking number|same as our|\
         wait with|wait until|unverbindlich|prognose|zu ihrer planung|zur planung|lagerbestand|wareneingang|retoure*|rucksendung*|revidiert*|sendungsnummer|ist unterwegs|warten sie mit|\
         previsions|inventaire|retour de|non contraignant|numero de suivi|previsione|inventario|reso|non vincolante|per month|per week|a month|monthly|weekly|every week|every month|every monday|every friday|every two weeks|each week|each month|on call|standing order|blanket order|until further notice|\
         please hold|please reserve|reserve for us|reserved for us|put aside|like to confirm the order|i confirm the order|i confirm our order|we confirm our order|confirming the order|as ordered|copy of our order|copy of the order|second copy|reminder|confirmation of our|confirming our|in confirmation of|phone order|telephone order|ordered by phone|\
         test order|this is a test|only a test|just a test|testmail|test mail|nicht beliefern|non evadere|ne pas executer|ne pas traiter|niet uitvoeren|no tramitar|prova di invio|solo una prova|essai d ' envoi|for your records|pour votre dossier|for your files|copia del pedido|ya les mandamos|bereits vorliegt|deja envoye*|already sent|do not process|draft|more than last time|less than last time|than last time|as soon as we|once we have|rest follows|rest to follow|balance to follow|\
         pro monat|pro woche|monatlich*|wochentlich*|jede woche|jeden monat|jeden montag|jeden freitag|alle zwei wochen|auf abruf|abrufauftrag|rahmenauftrag|dauerauftrag|bis auf weiteres|\
         reservier*|vormerken|zurucklegen|wie bestellt|telefonisch bestellt|telefonische bestellung|telefonischen bestellung|erinnerung|kopie unserer|testbestellung|nicht ausfuhren|entwurf|rest folgt|als letztes mal|\
         par mois|par semaine|chaque semaine|chaque mois|tous les mois|mensuel*|hebdomadaire*|sur appel|commande cadre|commande ouverte|jusqu ' a nouvel ordre|mettre de cote|reserver|reservez|rappel|\
         copie de notre commande|confirmation de notre|commande telephonique|commande par telephone|brouillon|que la derniere fois|\
         al mese|alla settimana|ogni settimana|ogni mese|mensil*|settimanal*|a chiamata|ordine quadro|fino a nuovo avviso|riservare|riservateci|tenere da parte|sollecito|promemoria|\
         copia del nostro ordine|conferma del nostro|ordine telefonico|bozza|rispetto all ' ultima|al mes|cada semana|cada mes|per maand|elke week|op afroep|herinnering",
    ),
    (
        Cues::PAPERS,
        "datasheet*|data sheet*|drawing*|catalogue*|catalog|catalogs|brochure*|sample|samples|free of charge|for free|as replacement|as a replacement|too many|pick - up slip|photo|photos|picture*|\
         datenblatt*|datenblatter|zeichnung*|katalog*|prospekt*|muster|kostenlos*|gratis|als ersatz|zu viel|zuviel|zu viele|abholschein|foto|fotos|bilder|\
         fiche technique|fiches techniques|plan de|plans de|echantillon*|gratuit*|en remplacement|en trop|scheda tecnica|schede tecniche|disegn*|campion*|gratuit*|in sostituzione|di troppo|monster|staal_|muestra*|catalogo*",
    ),
    (
        Cues::SELLER,
        "we will deliver|we can deliver|we will supply|we can supply|we can offer|we offer you|we will ship|we will bring|will leave our|leave our works|\
         wir liefern am|wir liefern ihnen|konnen wir ihnen|wir konnen ihnen|konnen wir liefern|nous vous livrons|nous pouvons vous|pouvons vous livrer|vous livrerons|\
         possiamo consegnar*|possiamo fornir*|vi consegniamo|vi consegneremo|podemos entregar*|les entregaremos|wij leveren u|wij kunnen u|\
         thank you for your order|thanks for your order|we confirm your order|we confirm :|we confirm the following|we hereby confirm|we have shipped|we have dispatched|has been shipped|\
         has been dispatched|have been shipped|left our works|left our warehouse|will reach you|find our invoice|find attached our invoice|our invoice no|our invoice number|invoice is attached|\
         rechnung zu stellen|stellen wir in rechnung|stellen wir ihnen in rechnung|unsere rechnung nr|anbei unsere rechnung|rechnungsnummer|vielen dank fur ihre bestellung|danke fur ihre bestellung|\
         besten dank fur ihre bestellung|wir bestatigen ihre|wir bestatigen ihnen|wir bestatigen den|haben wir versandt|wurde versandt|wurden versandt|wir liefern ihnen|verlasst unser|\
         merci de votre commande|merci pour votre commande|nous confirmons votre|nous vous confirmons|notre facture|a ete expedie*|ont ete expedie*|nous avons expedie|\
         grazie per il vostro ordine|grazie per l ' ordine|confermiamo il vostro|vi confermiamo|nostra fattura|abbiamo spedito|e stato spedito|sono stati spediti|\
         bedankt voor uw bestelling|wij bevestigen|onze factuur|gracias por su pedido|confirmamos su|nuestra factura",
    ),
    (
        Cues::QUOTE,
        "prijsaanvraag|unterbreiten|gunstigstes angebot|richtpreis|best terms|your terms|let us have your|votre proposition|meilleure offre|votre offre pour|coticen|cotizar|rekent u|wat rekent|lowest bid|your bid|tender|ausschreibung|appel d ' offres|gara d ' appalto|anbieten|bieten sie an|please quote|please only quote|only quote|just quote|quote for|quote us|angebotsanfrage|richiesta offerta|kindly quote|pls quote|request for quot*|rfq|please offer|send us an offer|make us an offer|send us a quot*|not an order|not a purchase order|\
         no order yet|for information only|bitte offerieren|offerieren sie|bitte um ein angebot|bitte um angebot|bitten um ein angebot|um eine offerte|preisanfrage|\
         keine bestellung|kein auftrag|noch nicht bestell*|demande de prix|demande d ' offre|faire une offre|faire parvenir une offre|etablir un devis|nous faire un devis|\
         pas une commande|pas encore une commande|pas une commande ferme|richiesta di offerta|richiesta d ' offerta|richiesta di preventivo|inviarci un ' offerta|inviare un ' offerta|\
         inviare prima un ' offerta|un preventivo|non e un ordine|non e ancora un ordine|nessun ordine|offerteaanvraag|geen bestelling|no es un pedido|solicitud de oferta",
    ),
    (
        Cues::CHANGE,
        "change to po|change to order|please move the|move the|postpone|verschieben sie|bitte verschieben|decaler|reporter la|spostare|posticipare|verplaatsen|uitstellen|porter la quantite|passer la quantite|portare la quantita|portare il quantitativo|le reste ne change pas|il resto non cambia|der rest bleibt|bleiben bestehen|rest unchanged|\
         please change|change our order|change the order|change my order|change in our order|change to our order|change of order|change order|amend*|modify|modification|\
         increase the|increase our|increase to|reduce to|reduce the|reduce our|increase it|reduce it|raise the quantity|postpone|bring forward|reschedule|move the delivery|change the delivery|change the quantity|change the date|\
         change the address|change quantity|order change|revised order|update our order|update the order|update to|earlier than|later than planned|add to our order|add to order|add to our last order|to yesterday ' s order|to last week ' s order|to our existing order|to our previous order|to our open order|to the order we|to the order i|addition to our order|add the following to our|\
         bitte andern|andern sie|anderung|abandern|andern wir|erhohen sie|reduzieren sie|erhohen|reduzieren|verschieben|vorziehen|auftragsanderung|bestellanderung|anpassen|umandern|geandert|nachtrag|erganzen sie|zu unserer bestellung|zu unserem auftrag|zu meiner bestellung|zur gestrigen bestellung|zur bestellung von|zur bestellung vom|erganzung zu|\
         modifier|modification|changer|changement|augmenter|reduire|reporter|avancer la|avancer notre|decaler|rajouter a|ajouter a notre|ajouter a la commande|ajouter a ma commande|ajoutez|ajout a|en plus de notre commande|sur notre commande|a notre commande d ' hier|complement de commande|completer notre commande|\
         modificare|modifica|cambiare|variare|variazione|aumentare|ridurre|posticipare|anticipare|spostare|aggiungere|aggiungete|aggiungi|aggiunta|all ' ordine di|sull ' ordine|\
         modificar|cambiar|aplazar|wijzig*|aanpassen|verschuiven",
    ),
    (
        Cues::COMPLAINT,
        "where is it|should have come|nothing here|wo bleibt|wanneer komt|verkeerde levering|verkeerd geleverd*|verkeerde artikel*|terugsturen|terug te sturen|lossen we dit op|entrega equivocada|take back|taken back|back by|be credited|credit us|zuruck|zurucknehm*|zuruckzunehm*|umtausch*|umzutausch*|gutschreib*|gutzuschreib*|zuruckgeb*|\
         reprendre|echanger|rembours*|crediter|riprendere|terugnem*|omruil*|crediteren|complaint|complain|damaged|defective|defect|broken|scratched|faulty|wrong item*|wrong part*|wrong article*|missing from|were missing|was missing|short delivery|not received|never received|has not arrived|have not arrived|did not arrive|still waiting for|where is our|where are our|where is the|where are the|how do we proceed|how shall we proceed|what happened to|should have been here|should have arrived|should have been delivered|overdue|late delivery|return*|credit note|replacement for|warranty|\
         reklamation|reklamier*|wo bleib*|wo ist die|wo sind die|wo ist unsere|hatte* kommen sollen|sollte* schon|wie gehen wir vor|beschadigt|defekt|kaputt|falsch geliefert|falsche*|fehlt|fehlen|fehlten|nicht erhalten|nicht angekommen|noch nicht eingetroffen|mangel|mangelhaft|gutschrift|zuruckschicken|rucksend*|retour*|verkratzt|gebrochen|ersatz fur|verspat*|\
         reclamation|endommage*|ou en est|ou en sont|rien recu|a che punto|noch nichts erhalten|nichts angekommen|nothing has arrived|nothing arrived|non abbiamo ricevuto|no hemos recibido|niets ontvangen|ou est notre|ou sont nos|ou sont les|comment procedons|defectueu*|cassees|casses|casse|rayees|rayes|manquant*|manquent|manquait|pas recu|pas encore recu|retard|avoir pour|non conforme*|abime*|\
         reclamo|danneggiat*|come procediamo|dov ' e il|dov ' e la|dove sono|dove e la|difettos*|rotto|rotti|rotte|graffiat*|mancant*|mancano|non abbiamo ricevuto|non e arrivat*|non sono arrivat*|ritardo|reso|nota di credito|sbagliat*|\
         reclamacion|danad*|defectuos*|rot*_|klacht|beschadigd|kapot|ontbreekt|ontbreken",
    ),
    (
        Cues::CANCEL,
        "anulacion|annulering|cancel|cancels|cancelled|canceled|cancellation|cancel*|do not send|don ' t send|do not deliver|don ' t deliver|do not need|don ' t need|no longer need*|do not order|not needed|no need|stop the|withdraw|\
         stornier*|storno|absagen|nicht liefern|nicht senden|brauchen wir nicht|nicht mehr|annullier*|streichen|entfallt|kein bedarf|\
         annuler|annulons|annulez|annulation|ne pas livrer|ne pas envoyer|plus besoin|supprimer|renoncons|\
         annullare|annulliamo|annullate|annullamento|non spedire|non serve piu|non servono|disdire|rinunciamo|cancellare|\
         cancelar|anular|annuleren|niet leveren|niet meer nodig",
    ),
    (
        Cues::CONDITION,
        "if|unless|provided|as long as|in case|only when|depending|subject to|assuming|on condition|\
         falls|wenn|sofern|vorbehaltlich|vorausgesetzt|nur wenn|solange|unter der bedingung|abhangig|je nach|\
         seulement si|a condition|au cas ou|pourvu que|sous reserve|\
         solo se|a condizione|qualora|purche|nel caso|siempre que|indien|mits",
    ),
    (
        Cues::UNSURE,
        "will need|+ / -|plus minus|plus ou moins|maybe|perhaps|possibly|probably|not sure|not yet sure|not quite sure|might|could be|either|undecided|not yet decided|have to ask|need to check|to be confirmed|tbc|tbd|to be advised|let you know|think about|thinking of|considering|we may|roughly|more or less|or so|either way|whichever|\
         vielleicht|eventuell|evtl|moglicherweise|wahrscheinlich|nicht sicher|nicht ganz sicher|noch unklar|noch nicht entschieden|noch offen|uberlegen|konnte sein|wohl|entweder|muss noch|noch klaren|\
         peut - etre|eventuellement|probablement|pas sur|pas encore sur|pas encore sure|pas sure|pas certain*|pas encore decide|a confirmer|soit|\
         forse|magari|eventualmente|probabilmente|non so|non sono sicur*|non sono ancora sicur*|non siamo sicur*|da confermare|oppure|\
         quizas|tal vez|misschien|waarschijnlijk|wellicht",
    ),
    (
        Cues::PAST,
        "received ok|received thanks|received , thanks|well received|safely received|bien recu*|gut erhalten|dankend erhalten|ricevuti , grazie|ricevuto , grazie|goed ontvangen|\
         arrived|have arrived|angekommen|eingetroffen|sind gekommen|sont arrive*|est arrive*|sono arrivat*|e arrivat*|we have|still have|we got|i got|yesterday|already|bereits|schon bestellt|wir haben noch|haben noch|nous avons|il nous reste|deja|abbiamo ancora|abbiamo gia|gia ordinat*|were ordered|was ordered|ordered by|delivered on|delivered in|delivered last|as delivered|last delivery|your delivery of|received on|we received|have received|last order|previous order|last time|ordered on|ordered last|shipped on|invoice|your invoice|order confirmation of|last year|last month|last week|\
         geliefert am|gelieferten|bestellt am|bestellt hatten|haben wir erhalten|sind angekommen|geliefert wurde*|lieferung vom|erhalten haben|letzte bestellung|letzten bestellung|letzte lieferung|rechnung|vom letzten|letztes jahr|letztes mal|letzten monat|\
         avons recu|ai recu|livres le|livrees le|livre le|livree le|recus le|derniere livraison|derniere commande|facture|livraison du|recu le|\
         abbiamo ricevuto|consegnati il|consegnate il|consegnato il|consegna del|ultima consegna|ultimo ordine|fattura|ricevuti il|ricevuto il",
    ),
    (
        Cues::ANSWER,
        "tell us|advise us|nennen sie|teilen sie|mitteil*|communiquer|communiquez|comunicat*|indiquen*|doorgeven|confirm|confirmation|reply|answer|respond|get back|let us know|let me know|inform us|acknowledge|\
         bestatig*|antwort*|ruckmeldung|melden sie|geben sie uns bescheid|bescheid|\
         confirmer|confirmation|repondre|reponse|nous informer|tenir au courant|\
         confermar*|conferma|rispondere|risposta|farci sapere|comunicarci|confirmar|bevestig*|laat ons weten",
    ),
    (
        Cues::AWAY,
        "haben wir zu|ist niemand|nobody is|niemand da|bank holiday|public holiday|jour ferie|ferie|feestdag|festivo|en travaux|im umbau|under repair|under construction|in lavori|gesperrt|in riparazione|closed|holiday|holidays|vacation|out of office|out of the office|away|open|opening hours|office hours|absent|not available|day off|maternity|\
         uhr offen|uhr geoffnet|geoffnet|uhr besetzt|ferien|betriebsferien|urlaub|geschlossen|abwesend|abwesenheit|offnungszeiten|feiertag|\
         ouvert de|ouverts de|ouvert jusqu|ouverts jusqu|ouverte jusqu|conges|vacances|ferme|fermee|fermeture|absent|absente|horaires|\
         aperto dalle|aperti dalle|aperto fino|aperti fino|ferie|chiuso|chiusi|chiusa|chiusura|assente|orari|vacanza|vacaciones|cerrado|vakantie|gesloten",
    ),
    (
        Cues::CORRECTION,
        "sorry|correction|corrigendum|not that many|instead|rather than|make that|make it|i mean|i meant|scratch that|let ' s be clear|to be clear|or rather|better still|ignore the|disregard|forget the|forget about|replaces|supersedes|actually|oops|oh wait|no wait|wait , no|wait , make|mistake|typo|on second thought*|not but|except|apart from|leave out|without the|\
         entschuldigung , es|verzeihung|es mussen|es sollten|korrektur|korrigier*|berichtig*|besser gesagt|genauer gesagt|oder besser|nein ,|lieber doch|entschuldigung , von|entschuldigung , bei|entschuldigung , doch|sorry , von|doch besser|ich meinte|ach nein|statt|anstatt|anstelle|stattdessen|doch lieber|ich meine|ich meinte|ersetzt|vergessen sie|irrtum|versehen|ausser|verschrieben|bzw|\
         rectification|correction|je corrige|je rectifie|je me corrige|non pardon|non ,|soyons clairs|soyons precis|disons plutot|ou plutot|plutot|au lieu|a la place|je voulais dire|remplace|erreur|oubliez|sauf|excepte|en fait|pardon|\
         correzione|correggo|correggiamo|mi correggo|rettifico|rettifica|anzi no|o meglio|diciamo|per essere chiari|invece|anzi|al posto|volevo dire|sostituisce|errore|dimenticate|tranne|eccetto|scusate|\
         en vez de|en lugar de|in plaats van|behalve",
    ),
    (
        Cues::DELIVERY,
        "we expect the goods|expect the goods|we expect them|we expect delivery|expect the delivery|wir erwarten die ware|erwarten die ware|erwarten die lieferung|attendons la marchandise|attendons la livraison|attendiamo la merce|attendiamo la consegna|all on|everything on|all of it on|all for|everything for|alles auf|alles per|tout le|tout pour le|le tout pour|tutto il|tutto per il|tutti per il|alles op|alles tegen|wanted|eta|chercher|passe prendre|ritir*|holen|hole|holt|abgeholt|dispatched|sent out|sent on|by|until|till|before|del . date|del date|deliver|delivered|delivery|deliver*|needed|required|arrive|latest|due|ship|shipment|dispatch|for the|want them|need it|need them|receive|pick up|collect|ready|\
         bis|liefer*|anliefer*|angeliefert|zustell*|zugestellt|termin|wunschtermin|spatestens|eintreffen|benotig*|abhol*|versand|versend*|schick*|zum|auf den|per|fur den|\
         livr*|delai|au plus tard|avant|d ' ici|pour le|pour|souhait*|recevoir|\
         consegn*|entro|spedi*|termine|per il|al piu tardi|prima del|riceve*|\
         entrega*|antes del|para el|lever*|uiterlijk|voor|tegen|tot",
    ),
    (
        Cues::REPEAT,
        "as last time|same as last|as usual order|the usual order|same order|repeat order|repeat our|as in our last|like last time|the same again|same again|as before|reorder as|the usual quantity|usual quantities|\
         wie letztes mal|wie immer|wie beim letzten|wie gehabt|gleiche bestellung|wie bisher|dasselbe|nochmals das gleiche|ubliche menge|die ublichen|wie letzte bestellung|\
         comme d ' habitude|comme la derniere fois|meme commande|comme d ' hab|la meme chose|quantite habituelle|\
         come al solito|come l ' ultima volta|come sempre|stesso ordine|lo stesso ordine|solita quantita|como siempre|zoals altijd|zoals gewoonlijk",
    ),
    (
        Cues::ACCORDING,
        "accept your offer|accept your quotation|accept your quote|accept the offer|accept the quotation|nehmen ihr angebot an|nehmen ihre offerte an|acceptons votre offre|acceptons votre devis|accettiamo la vostra offerta|accettiamo il vostro preventivo|aceptamos su oferta|aceptamos su presupuesto|vs . rif|rif . offerta|ihr angebot nr|ihre offerte nr|votre ref|votre reference|your reference|your ref|we refer to|beziehen uns auf|beziehe mich auf|nous nous referons|ci riferiamo|mi riferisco|as discussed|as just discussed|as we discussed|as arranged|soeben besprochen|eben besprochen|vorhin besprochen|heute besprochen|gestern besprochen|telefonisch vereinbart|telefonisch besprochen|telefonisch abgemacht|am telefon besprochen|further to|following your|in response to your|for your offer|for your quote|for your quotation|your quote no|your quotation no|your offer no|as per|as agreed|according to|per your|based on|in line with|with reference to|referring to|as quoted|as offered|as in your offer|as in your quotation|as in your quote|as in the offer|as in the quotation|at the price|agreed|under your|\
         fur ihr angebot|fur ihre offerte|auf ihr angebot|auf ihre offerte|bezug auf|bezug nehmend|basis ihres|basis ihrer|gemass|laut|entsprechend|bezugnehmend|auf grund|aufgrund|wie telefonisch besprochen|wie besprochen|wie offeriert|wie im angebot|wie in ihrem angebot|wie in eurem angebot|wie in ihrer offerte|wie in der offerte|wie in der letzten offerte|wie angeboten|basierend auf|\
         faisant suite|nous referant|reference a votre|pour votre offre|reponse a votre|selon|conformement|suivant|suite a|d ' apres|comme discute|comme convenu|comme dans votre offre|comme dans l ' offre|comme sur votre offre|\
         facendo seguito|a seguito|in seguito|dando seguito|riferimento a|per la vostra offerta|per l ' offerta|come da|come discusso|secondo|in base a|con riferimento|come nella vostra offerta|come nell ' offerta|come concordato|segun|volgens|conform",
    ),
    (
        Cues::DOCUMENT,
        "invoice no|invoice number|our invoice|your invoice|quotation no|quotation number|our quotation|our offer|delivery note|packing list|order confirmation|order acknowledgement|pro forma|proforma|credit note|statement of account|reminder|\
         rechnung nr|rechnungsnummer|unsere rechnung|lieferschein|auftragsbestatigung|angebot nr|unser angebot|mahnung|gutschrift|packliste|\
         facture n|notre facture|bon de livraison|confirmation de commande|notre offre|devis n|avoir n|rappel|\
         fattura n|nostra fattura|bolla|documento di trasporto|conferma d ' ordine|conferma ordine|nostra offerta|preventivo n|sollecito",
    ),
    (
        Cues::CALL,
        "will call you|call you on|ring you|phone you|rufe sie|rufe ich|werde anrufen|vous appellerai|vous appelle|vi chiamo|vi chiamero|la chiamero|call me|call us|give me a call|give us a call|ring me|phone me|please call|call back|contact me|speak to|talk to|discuss|\
         rufen sie|ruf mich|anrufen|telefonieren|bitte um ruckruf|ruckruf|zuruckrufen|besprechen|\
         appelez|appeler|rappeler|rappelez|telephonez|en parler|contactez|\
         chiamate*|chiamare|chiamami|richiamare|telefonat*|parlarne|contattat*|llamar|llame*|bel mij|bel me|bellen",
    ),
];

struct Finder {
    automaton: AhoCorasick,
    cues: Vec<Cues>,
}

static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| {
    let mut patterns = Vec::new();
    let mut cues = Vec::new();
    for (cue, phrases) in PHRASES {
        for phrase in phrases.split('|') {
            let pattern = match phrase.strip_suffix('*') {
                Some(beginning) => format!(" {}", fold_phrase(beginning)),
                None => format!(" {} ", fold_phrase(phrase)),
            };
            patterns.push(pattern);
            cues.push(*cue);
        }
    }
    // The patterns are plain strings; building fails only for absurd sizes.
    // Each begins with a blank: to look for the next one takes longer than to read on.
    let builder = &mut AhoCorasick::builder();
    let automaton =
        builder.match_kind(MatchKind::Standard).prefilter(false).build(patterns).ok()?;
    Some(Finder { automaton, cues })
});

/// The cues of folded words with one space between, in a language where it is known: some small
/// words set a condition in one language and mean nothing in another.
pub(crate) fn of_lang(folded: &str, lang: Option<Lang>) -> Cues {
    let padded = padded(folded);
    let mut found = of_padded(&padded);
    let sets = |word: &str| {
        padded.contains(word) && !HARMLESS_IF.iter().any(|phrase| padded.contains(phrase))
    };
    let condition = match lang {
        Some(Lang::Fr) => sets(" si ") || sets(" s ' il "),
        Some(Lang::Es) => sets(" si "),
        Some(Lang::It) => sets(" se "),
        Some(Lang::Nl) => sets(" als "),
        _ => false,
    };
    if condition {
        found = found.and(Cues::CONDITION);
    }
    found
}

/// The cues of folded words with one space between.
pub(crate) fn of(folded: &str) -> Cues {
    of_padded(&padded(folded))
}

fn of_padded(padded: &str) -> Cues {
    let Some(finder) = FINDER.as_ref() else { return Cues::default() };
    if !finder.automaton.is_match(padded) {
        return Cues::default();
    }
    let padded = turns::untroubled(padded);
    let padded = governed::without(&padded);
    let padded = turns::cited(&padded);
    let padded = turns::without(&padded);
    let mut found = Cues::default();
    for hit in finder.automaton.find_overlapping_iter(padded.as_ref()) {
        if let Some(cue) = finder.cues.get(hit.pattern().as_usize()) {
            found = found.and(*cue);
        }
    }
    // 'If possible' sets no condition.
    for phrase in HARMLESS_IF {
        if found.has(Cues::CONDITION) && padded.contains(phrase) {
            let rest = padded.replace(phrase, " ");
            let again = finder.automaton.find_overlapping_iter(&rest).any(|hit| {
                finder.cues.get(hit.pattern().as_usize()).is_some_and(|c| c.has(Cues::CONDITION))
            });
            if !again {
                found = Cues(found.0 & !Cues::CONDITION.0);
            }
        }
    }
    found
}

const HARMLESS_IF: &[&str] = &[
    " si vous voulez bien ",
    " si vous le voulez bien ",
    " wenn sie so nett sind ",
    " wenn sie so freundlich sind ",
    " let me know if ",
    " let us know if ",
    " tell me if ",
    " tell us if ",
    " inform us if ",
    " bescheid wenn ",
    " bescheid , wenn ",
    " bescheid falls ",
    " bescheid , falls ",
    " melden sie sich , falls ",
    " melden sie sich , wenn ",
    " grateful if you could ",
    " grateful if you would ",
    " appreciate if you could ",
    " appreciate it if you could ",
    " glad if you could ",
    " great if you could ",
    " dankbar wenn sie ",
    " dankbar , wenn sie ",
    " nett wenn sie ",
    " nett , wenn sie ",
    " demander si vous auriez ",
    " demander si vous pourriez ",
    " chiedervi se potreste ",
    " chiederle se potrebbe ",
    " chiedere se potreste ",
    " chiedere se potrebbe ",
    " wondering if you could ",
    " wondered if you could ",
    " wonder if you could ",
    " wondering if you would ",
    " ask if you could ",
    " ask if you would ",
    " savoir si ",
    " dire si ",
    " sapere se ",
    " dirci se ",
    " if possible ",
    " if poss ",
    " if you please ",
    " wenn moglich ",
    " falls moglich ",
    " si possible ",
    " se possibile ",
    " s ' il vous plait ",
    " indien mogelijk ",
    " si posible ",
    " wenn es geht ",
    " if there are any questions ",
    " if you have any questions ",
    " if anything is unclear ",
    " per se ",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::Scan;
    use crate::reading::types::Part;

    fn cues(text: &str) -> Cues {
        let scan = Scan::whole(Part::Text, text);
        of(&scan.folded(0..scan.tokens.len()))
    }

    #[test]
    fn sentences_are_told_apart() {
        for (text, want) in [
            ("Please send 20 pieces", Cues::ORDER),
            ("Wir bestellen hiermit", Cues::ORDER),
            ("Merci de nous livrer pour vendredi", Cues::ORDER),
            ("What would be your best price?", Cues::PRICE),
            ("Bitte ändern Sie in unserer Bestellung die Menge", Cues::CHANGE),
            ("10 pièces sont rayées", Cues::COMPLAINT),
            ("If you can't deliver by Friday", Cues::CONDITION),
            ("Sorry, make that 30", Cues::CORRECTION),
            ("pour mardi... non, soyons précis : le 12", Cues::CORRECTION),
            ("Nein, genauer gesagt am Montag", Cues::CORRECTION),
            ("Could you put 20 more to yesterday's order", Cues::CHANGE),
            ("sull'ordine di ieri aggiungete 5 pezzi", Cues::CHANGE),
            ("Ajoutez 3 vannes, svp", Cues::CHANGE),
            ("we are closed in August", Cues::AWAY),
            ("Please call me", Cues::CALL),
        ] {
            assert!(cues(text).has(want), "{text}");
        }
        assert!(!cues("deliver by Friday if possible").has(Cues::CONDITION));
        assert!(!cues("the bestseller").has(Cues::CHANGE.and(Cues::COMPLAINT)));
    }
}
