//! The words of a sentence that orders goods and says nothing else, and those that it may not have.

use std::sync::LazyLock;

use foldhash::HashSet;

use crate::reading::text::{fold, words};

/// What asks for goods, of which the goods are the object. Folded, tokens parted by one space.
pub(crate) const ASKS: &str = "nehmen es gerne an|nehmen es an|nehmen dieses an|nehmen dieses gerne an|nehmen ihr angebot gerne an|passons la commande suivante|passe la commande suivante|passons la presente commande|passons la commande ci - dessous|please replenish :|please replenish the following|please replenish these|kindly replenish the following|please restock us with|we ' re after|i ' m after|we re after|writing to order|writing to place an order for|\
     legen sie einen auftrag an|legen sie eine bestellung an|legt einen auftrag an|leg einen auftrag an|richtet uns|richten sie uns|richte uns|darf ich bestellen|durfen wir bestellen|\
     priere de nous|priere de livrer|priere d ' expedier|priere d ' envoyer|me mettre|nous mettre|\
     ti chiedo di mandarci|ti chiedo di mandarmi|ti chiedo di inviarci|ti chiedo di inviarmi|ti chiedo di spedirci|ti chiedo di spedirmi|ti chiedo di prepararci|ti chiedo di prepararmi|ti chiedo di consegnarci|ti chiedo di consegnarmi|ti chiedo di fornirci|ti chiedo di fornirmi|ti chiediamo di mandarci|ti chiediamo di mandarmi|ti chiediamo di inviarci|ti chiediamo di inviarmi|ti chiediamo di spedirci|ti chiediamo di spedirmi|ti chiediamo di prepararci|ti chiediamo di prepararmi|ti chiediamo di consegnarci|ti chiediamo di consegnarmi|ti chiediamo di fornirci|ti chiediamo di fornirmi|vi chiedo di mandarci|vi chiedo di mandarmi|vi chiedo di inviarci|vi chiedo di inviarmi|vi chiedo di spedirci|vi chiedo di spedirmi|vi chiedo di prepararci|vi chiedo di prepararmi|vi chiedo di consegnarci|vi chiedo di consegnarmi|vi chiedo di fornirci|vi chiedo di fornirmi|le chiediamo di mandarci|le chiediamo di mandarmi|le chiediamo di inviarci|le chiediamo di inviarmi|le chiediamo di spedirci|le chiediamo di spedirmi|le chiediamo di prepararci|le chiediamo di prepararmi|le chiediamo di consegnarci|le chiediamo di consegnarmi|le chiediamo di fornirci|le chiediamo di fornirmi|siamo a richiedere|siamo a richiedervi|siamo ad ordinare|siamo a ordinare|siamo ad ordinarvi|siamo a ordinarvi|inserire a nostro nome|gradiremmo ricevere|gradirei ricevere|gradiremmo avere|mettimi in ordine|mettetemi in ordine|mettici in ordine|preparatemi|preparami|preparateci|preparaci|mi prepari|ci prepari|mi prepara|mi preparate|ci preparate|procedere con la fornitura|voler fornire|voler evadere|voler procedere|\
     nos gustaria encargar|quisiera encargar|quisieramos encargar|pasamos pedido|paso pedido|sirvanse enviarnos|sirvanse enviar|sirvase enviarnos|sirvase enviar|me hacen falta|me hace falta|necesitariamos|necesitaria|\
     procediamo con|procedemos con|we go with|we ll go with|we ' ll go with|we will go with|let ' s go with|please proceed with|partons sur|we call off from|call off from|call off against|geht uns aus|gehen uns aus|please rush us|rush us|please get us|please get me|enter an order|enter our order|enter my order|enter this order|put in an order|raise an order|register an order|register our order|log an order|book an order|book our order|\
     note our order|note an order|take our order|take my order|take an order|make an order|submit an order|submit our order|bestellung aufgeben|bestellung aufnehmen|bestellung erfassen|\
     bestellung notieren|auftrag erteilen|auftrag erfassen|nehmen sie bitte folgende|saisir la commande|saisir notre commande|noter la commande|enregistrer la commande|enregistrer notre commande|enregistrer ma commande|enregistrer cette commande|enregistrer la presente commande|enregistrer notre bon de commande|enregistrer le bon de commande|noter notre commande|noter une commande|\
     inserire l ' ordine|inserire un ordine|registrare l ' ordine|registrare un ordine|fare un ordine|effettuare un ordine|hacer un pedido|realizar un pedido|anotar el pedido|\
     bestelling plaatsen|bestelling noteren|grateful if you could supply|grateful if you could send|grateful if you could deliver|glad if you could supply|glad if you could send|kindly process|\
     solicitamos|solicito|und bestellen|bestellen|put through an order for|pourriez - vous nous expedier|pourriez - vous nous fournir|pourriez - vous nous faire parvenir|could i get|can i get|j ' aurais besoin|nous aurions besoin|aurait besoin|prevoyez|preparez|prenez note|prendre note|enregistrer la commande|enregistrer notre commande|\
     mettez nous|mettez - nous|souhaite recevoir|souhaitons recevoir|aimerions recevoir|voudrions recevoir|serait - il possible d ' avoir|\
     potrei avere|potremmo avere|mi occorrono|mi occorre|ci occorrerebbero|si richiede la fornitura|richiediamo la fornitura|\
     chiediamo la fornitura|seguente ordine|could do with|we are after|i am after|in need of|find our order|find my order|accept our order|accept my order|\
     book the following|enter the following|wir haben bedarf|brauch|brauchte|ersuchen wir|wollen wir bestellen|wir wunschen|ich wunsche|bitte einplanen|\
     bitte einpacken|bitte zusenden|bitte zuschicken|bitte mitschicken|bitte mitliefern|bitte notieren|bitte notiere|bitte erfasse|bitte senden|hatt gern|pouvez - vous nous livrer|pouvez vous nous livrer|pouvez - vous nous envoyer|pourriez - vous nous livrer|pourriez - vous nous envoyer|\
     pouvez - vous nous fournir|pouvez - vous me livrer|pouvez - vous m ' envoyer|farci avere|fateci avere|farci pervenire|potreste farci|so freundlich waren|so nett waren|so freundlich sein|waren sie so freundlich|so freundlich|\
     rufen wir ab|wir rufen ab|wir rufen aus|rufen wir aus|le chiedo|rufe ich ab|rufen wir bei ihnen ab|enter an order for|pack uns|packt uns|pack mir|packen sie uns|\
     go ahead|we go ahead|to send us|to supply us|to deliver us|doe mij maar|doe mij|prendo|prendiamo|je prends|nous prenons|wir nehmen|ich nehme|nehmen wir|we take|we will take|we ll take|we ' ll take|i ' ll take|i will take|want buy|want buying|replenishment for|we order|i order|we hereby order|i hereby order|hereby order|like to order|want to order|wish to order|\
     would order|to order from you|order from you|please order|place an order for|place the following order|place our order|\
     place an order|place this order|wanting to buy|want to buy|like to buy|like to purchase|wish to purchase|we buy|order the following|\
     please send|please supply|please deliver|please ship|please book|please provide|please prepare|please dispatch|\
     please arrange|please to deliver|please to send|pls send|pls ship|pls supply|pls deliver|plz send|plz deliver|\
     kindly send|kindly supply|kindly despatch|please despatch|arrange to despatch|arrange to dispatch|arrange to send|arrange to supply|kindly deliver|kindly ship|kindly arrange|kindly provide|send us|send me|supply us|\
     supply us with|ship us|ship to us|deliver us|deliver to us|we need|i need|we also need|i also need|we will need|we require|i require|\
     we ' d need|i ' d need|would need|need to order|we ' d like|i ' d like|we would like|i would like|would like to have|we want|i want|\
     let us have|let me have|can i have|could i have|can we have|could we have|may we have|may i have|can i get|can we get|\
     could i get|get us|get me|put us down for|put me down for|so kind as to send|so kind as to supply|so kind as to deliver|\
     so kind as to ship|so very kind as to send|so very kind as to supply|so very kind as to deliver|so good as to send|so good as to supply|so good as to deliver|\
     we shall need|we shall require|please add|order as follows|order is as follows|needs|braucht|benotigt|a besoin de|ha bisogno di|necessita|necessita di|heeft nodig|please process|please let us have|please let me have|we request|we are ordering|i am ordering|ordering|\
     wir bestellen|ich bestelle|bestellen wir|bestelle ich|bestellen mochten wir|bestellen wir hiermit|mochten wir bestellen|mochte ich bestellen|\
     wir mochten bestellen|ich mochte bestellen|wir ordern|ordern wir|wir brauchen|ich brauche|brauchen wir|brauche ich|brauche|brauchen|wir brauchten|\
     ich brauchte|brauchten wir|brauchte ich|benotigen wir|wir benotigen|ich benotige|benotige ich|benotigen|benotige|wir benotigten|benotigten wir|\
     liefern sie|bitte liefern|bitte liefert|senden sie|bitte senden|bitte sendet|schicken sie|bitte schicken|bitte schickt|schickt uns|\
     liefert uns|sendet uns|schick mir|schick uns|bitte um lieferung|bitten um lieferung|bitte um zusendung|bitten um zusendung|\
     wir hatten gerne|wir hatten gern|hatten wir gern|hatten wir gerne|ich hatte gern|ich hatte gerne|hatte gern|hatte gerne|hatten gern|hatten gerne|\
     mochten wir|wir mochten|ich mochte|mochte ich|bitten wir um|bitte um|please put through|please register|bitte bestellen|bitte auch|bitte noch|bitte vorbereiten|bitte bereitstellen|bitte buchen|bitte erfassen|\
     uns folgendes|uns folgende|geht folgende bestellung|erteilen wir ihnen|erteilen ihnen|als neue bestellung|\
     nous commandons|je commande|vous commandons|vous commande|commandons|passons commande|passe commande|passer commande|passer la commande|commander|\
     veuillez livrer|veuillez nous livrer|veuillez nous envoyer|veuillez envoyer|veuillez nous faire parvenir|veuillez nous expedier|veuillez me livrer|\
     veuillez me faire parvenir|veuillez m ' envoyer|veuillez noter la commande|veuillez preparer|veuillez prevoir|\
     merci de nous livrer|merci de livrer|merci de nous envoyer|merci d ' envoyer|merci de m ' envoyer|merci de nous faire parvenir|merci de nous expedier|\
     merci de me livrer|merci de me faire parvenir|merci de prevoir|merci de preparer|merci d ' expedier|merci de fournir|merci de nous fournir|\
     faire parvenir|nous avons besoin|j ' ai besoin|ai besoin|avons besoin|aurions besoin|il nous faut|il me faut|il nous faudrait|il me faudrait|il faut nous|\
     nous souhaitons|nous souhaiterions|nous voudrions|nous desirons|je voudrais|je souhaite|nous aimerions|j ' aimerais|\
     envoyez nous|envoyez - nous|envoyez - moi|livrez nous|livrez - nous|livrez - moi|vouloir nous livrer|vouloir nous envoyer|vouloir livrer|vouloir nous faire parvenir|\
     prions de nous livrer|prions de livrer|prions de nous envoyer|prie de livrer|prie de nous livrer|prie de m ' envoyer|prie de nous envoyer|\
     vi ordiniamo|ordiniamo|ordino|si ordina|ordinare|vi chiediamo di spedir|vi chiediamo di consegnare|vi chiediamo|inviateci|inviatemi|\
     speditemi|spediteci|mandateci|mandatemi|fateci avere|abbiamo bisogno|ho bisogno|avremmo bisogno|avrei bisogno|ci servono|ci serve|mi servono|\
     mandami|inviami|spediscimi|mi serve|ci servirebbero|mi servirebbero|servono|ci occorrono|ci occorre|occorrono|vorremmo|vorrei|desideriamo|prego inviare|prego spedire|prego consegnare|pregasi inviare|\
     preghiamo di consegnare|preghiamo di spedire|preghiamo di inviare|preghiamo di inviarci|preghiamo di spedirci|preghiamo di fornirci|\
     vi preghiamo di|vogliate consegnare|vogliate spedire|vogliate inviarci|vogliate fornirci|si prega di consegnare|si prega di inviare|si prega di spedire|\
     potete inviarci|potete spedirci|potete mandarci|potreste spedirci|potreste inviarci|potreste mandarci|mi mandi|ci mandi|mi mandate|ci mandate|\
     pedimos|pido|necesitamos|necesito|envienos|enviennos|rogamos nos envien|rogamos envien|rogamos nos suministren|queremos pedir|quisieramos pedir|\
     queriamos pedir|nos hace falta|nos hacen falta|por favor envien|por favor envie|por favor enviennos|deseamos pedir|hacemos el siguiente pedido|pasamos el siguiente pedido|\
     wij bestellen|we bestellen|bestellen wij|bestel ik|ik bestel|wij willen|we willen|wil ik|wij hebben nodig|hebben nodig|hebben wij|nodig|gelieve|graag leveren|graag|\
     gelieve te leveren|gelieve ons te leveren";

/// Words that only help to order goods.
const HELPS: &str = "nonche soonest denselben selben gleichen servirebbero servirebbe tegen despatch undermentioned consignee telefonat stamattina telefonata soeben vorhin writing her gustaria puedes mandar encargar sirvanse sirvase pasamos falta hacen hace siamo richiedere richiedervi ordinarvi nome gradiremmo gradirei ricevere prepararci preparateci prepararmi legen noter nota voler procedere priere mind sending supplying top inserire mettimi zwischen uhr between entre tra fra tussen anlieferung zustellung net netto brutto gross excl excluding inkl exkl vat mwst ust iva ht ttc hors taxe taxes tu te peux peut peuvent puoi puo mi spedisce spedisci invia invii konntest konntet konntst kannst konnt wurdest wurdet potresti potrebbe potrei potremmo      puede puedes pueden podria podrian podriamos kunt kun kunnen je wilt wil zou zouden pourrais pourrions pouvons chance chontsch chonntsch chasch channsch chonted mer      schickst sendest lieferst bringst schicksch noch might things thing sachen dinge choses cose ferner weiters desweiteren nebst total insgesamt totale fresh frische frischer mandami inviami spediscimi schick schicke schickt sende sendet liefere liefert bring bringt bringen stell stellt notier notiert \
     envoie envoies envoi mets mettez mettre prepare preparez prevois prevoyez apporte apportez \
     manda mandi mandate spedisci spedisca metti metta mettete mettere prepara preparate porta portate \
     avrei avremmo gleich doch abruf abrufbestellung express expresso espresso next van truck corretto corretta corrette corrected correct korrigierte korrigierten korrigiert berichtigte richtige richtig corrige corrigee corrigees completo completa \
     complete completed vollstandig vollstandige vollstandigen complet completee gecorrigeerde juiste corregido corregida abend abends morgen tarde comme ean gtin sku barcode prends prenons prendo prendiamo doe mij maar any case bestelldatum orderdatum special time unten furthermore moreover ausserdem inoltre over eben petite petit piccola piccolo delivered foundry account mail email message letter company shop store workshop werkstatt magazin lager atelier magazzino officina produktion production \
     hey helo hoi sali salut servus moin zame zusammen bonsoir buon pomeriggio buenas evening tous ciao hola goedendag all team again encore \
         find hier nun bellow under like hereunder mio mia miei mie questo questa questi seguito este mi bestelling ordernummer bestellen bon bons accept against next lot \
         notieren notiere erfassen erfasse itself attached enclosed enclosing allegato anhang beilage beiliegend beiliegende beiliegender beiliegenden ci joint jointe joindre \
         piece trouver trouverez fichier file datei formular formulaire form moglich vogliate prendere nota plaisir replenishment restock refill reassort \
         rifornimento aber etwas squeeze go ahead but with other drop site bruche vo eu ist das dies es sich am gewunschter gewunschtes basis general conditions bedingungen \
         condizioni einkaufsbedingungen allgemeinen condition tabelle table liste gemass laut selon comes kommt nur number numbers \
         fornitore lieferant fournisseur wanted buying buy we ' d sollen firm customer below- kit zur auftrags bestell nummer dazu noch same convenience nochmals \
         a an the this that these those it them we us our i me my you your of for to and in on by at with as per plus \
         also both each all only just so more further additional another please pls plz kindly thanks thank thx hi hello dear \
         morning afternoon day sir madam sirs regards best kind order orders ordering need needed needs require required want wanted like \
         would could can may shall will be is are have let buy purchase purchasing send supply deliver ship provide book arrange \
         prepare place put get request wish looking item items article articles product products part parts piece pieces \
         pcs unit units quantity quantities qty number no nr code reference ref delivery deliveries date dates address shipment goods \
         material materials following follows below listed list detail details position positions line lines po requirement requirements \
         until till before latest days week weeks soon possible earliest convenience asap urgent urgently today tomorrow \
         now then together altogether total make arrive arriving due type model size off ones from new hereby herewith \
         s d ll m re x everything everyone team sales sent shipped how one two three yes ok \
         le la les l un une des du de au aux en et ce cet cette ces voici suivant suivante suivants suivantes ci dessous apres nous vous je \
         il elle notre nos votre vos mon ma mes par pour sur avec dans y est sont sera seront serait faut faudrait besoin avons avez \
         ai aimerais aimerions voudrais voudrions souhaite souhaitons souhaitee souhaite desirons commande commander commandons commandes passer \
         passons envoyer envoyez livrer livrez livraison livrable livrables fournir expedier expediez parvenir preparer prevoir svp stp merci \
         bonjour plait vouloir bien veuillez prie prions prier produit produits quantite quantites qte delai adresse \
         plus tard avant ici jusqu tout tous toutes toute chaque chacun chacune ainsi que aussi egalement puis ensemble rapidement \
         vite des qu qui nouveau nouvelle presente suit faire auriez pourriez pouvez c ces monsieur madame cher chere \
         der die das den dem ein eine einen einer eines und sowie mit fur von vom zu zum zur an am ans im ins auf bei bis ab uns unser \
         unsere unserer unserem unseren wir ich mir mein meine meinem meiner sie ihnen ihr du dir euch bitte danke dank besten vielen gerne gern hiermit anbei \
         folgende folgenden folgendes folgender folgend nachfolgend nachfolgende nachstehend nachstehende untenstehende aufgefuhrten bestellen bestelle bestellung bestellungen auftrag erteilen \
         ordern brauche brauchen benotige benotigen mochte mochten nehmen nehme liefern lieferung schicken senden zusenden zuschicken zukommen lassen \
         bereitstellen vorbereiten sollen sollte sollten stuck stk artikel teile ware menge mengen termin liefertermin lieferdatum \
         lieferadresse spatestens moglichst dringend schnell schnellstmoglich rasch bald sobald so als wie moglich umgehend wieder noch auch ebenfalls ausserdem \
         zusatzlich dazu je jeweils elk elke entrambi entrambe insgesamt zusammen gesamt alle alles beide beiden woche kw konnten konnen wurden wie folgt neue neuen neuer weitere weiteren \
         guten tag hallo gruezi sehr geehrte damen herren liebe lieber frau herr per nachschub bestellschein \
         lo i gli uno una dei degli delle del della dello di da con su tra e ed anche inoltre nostro nostra nostri nostre vostro vostra \
         ci vi mi ne ordine ordini ordinare ordino ordiniamo richiediamo chiediamo vorrei vorremmo desideriamo servono serve occorrono \
         occorre bisogno avremmo prego preghiamo cortesemente gentilmente favore grazie buongiorno buonasera salve inviare inviarci inviateci \
         spedire spedirci spediteci mandare mandarci consegnare consegna consegnarci fornire fornirci fornitura seguente seguenti quanto segue sotto articolo \
         articoli prodotto prodotti pezzo pezzi pz quantita data termine indirizzo entro giorno possibile presto urgente urgentemente subito tutto \
         tutti tutte ciascuno ciascuna cadauno totale al alla gentile gentili spett nuovo ecco confermare potreste potete \
         el los las una del con por para lo nos nuestro nuestra nuestros les su sus pedido pedidos pedir pedimos necesitamos necesito queremos \
         rogamos favor gracias hola buenos dias tardes enviar enviarnos entregar entrega siguiente siguientes piezas unidades cantidad fecha \
         direccion antes cada estimados senores sr sra \
         het een wij ik u jullie ons onze mijn graag bestel leveren levering leverdatum sturen willen wil nodig hebben voor van op te tot \
         uiterlijk stuks aantal hierbij als volgt volgende onderstaande adres alstublieft aub bedankt spoed goedemorgen goedemiddag geachte";

static HELPERS: LazyLock<HashSet<String>> =
    LazyLock::new(|| HELPS.split_whitespace().map(fold).collect());

pub(crate) fn helps(word: &str) -> bool {
    HELPERS.contains(word)
}

/// What goods are never for where they are ordered.
pub(crate) fn is_no_purpose(word: &str) -> bool {
    words!(
        "insurance valuation collection pickup rework coating painting regrinding grinding sale shoot costing claim swap comparison wish wishlist look training practice rehearsal complaint refund scrap \
         versicherung inventur abholung nacharbeit pulverbeschichtung beschichtung offertanfrage nachkalkulation verschrottung wunschliste schulung reklamation abholer \
         peinture chiffrage avoir reprise echange remboursement formation reclamation assurance verniciatura esercitazione formazione reclamo rimborso inventario assicurazione \
         inventaris verzekering ruiling klacht record records information info reference file test tests testing review inspection quote quotation quotations offer price calculation \
         kalkulation credit return repair reparatur dossier archives archive akten ablage conoscenza archivio check checking verification prufung \
         kontrolle free nothing budget planning planung approval evaluation test prova verifica controle verification devis offre preventivo \
         offerta angebot anfrage demo sample samples muster"
    )
    .has(word)
}

/// What is asked for where it is not the goods.
pub(crate) fn is_other_thing(word: &str) -> bool {
    OTHERS.contains(word)
}

static OTHERS: LazyLock<HashSet<String>> =
    LazyLock::new(|| OTHER_THINGS.split_whitespace().map(fold).collect());

const OTHER_THINGS: &str = "offenen offene openstaande openstaand ouverts remaining missing outstanding owe owed restlichen restliche fehlenden fehlende bestellten endlich restant restants restantes manquants manquantes \
     restanti rimanenti mancanti ordinati resterende ontbrekende bestelde pendientes faltantes note notes offer offers quote quotes quotation quotations price prices pricing terms invoice invoices bill certificate certificates certification \
     drawing drawings sample samples info information status update updates someone somebody anyone person people technician engineer \
     fitter truck lorry van driver courier credit refund replacement replacements label labels copy copies document documents documentation \
     datasheet datasheets catalogue brochure proposal bid estimate feedback reply answer answers help advice support explanation reason visit \
     meeting call return returns know discuss talk ask check cancel change test tests warranty repair repairs report photo photos picture \
     pictures tracking exchange swap back to_ whether why how what when which not no never free \
     angebot angebote offerte offerten preis preise richtpreis rechnung lieferschein muster zeichnung zeichnungen auskunft informationen \
     jemand jemanden monteur techniker fahrer lkw lastwagen gutschrift ersatz ersatzlieferung etikett etiketten kopie unterlagen datenblatt \
     datenblatter katalog vorschlag antwort hilfe grund besuch wissen ob warum wie_ wann welche nicht kein keine nie prufung reparatur \
     garantie bericht foto fotos bild bilder umtausch zuruck abholung ruckgabe rucknahme kostenlos gratis bescheid \
     gtins eans offre offres devis prix tarif facture certificat certificats echantillon echantillons plan_ renseignement renseignements \
     quelqu technicien chauffeur camion avoir remplacement copie document fiche fiches catalogue proposition reponse aide visite savoir \
     pourquoi comment quand quel quelle ne pas jamais garantie reparation rapport photo photos echange retour reprise gratuit gratuits gratuite gratuitement \
     offerta offerte preventivo preventivi prezzo prezzi fattura certificato certificati campione campioni disegno disegni informazioni \
     qualcuno tecnico autista camion sostituzione copia documento documenti scheda schede catalogo proposta risposta aiuto visita sapere \
     perche quando quale non mai garanzia riparazione rapporto foto cambio reso ritiro omaggio gratis gratuito \
     oferta presupuesto precio precios factura muestra muestras plano informacion alguien tecnico respuesta saber no nunca \
     prijs prijzen offerte factuur monster monsters tekening iemand monteur antwoord weten niet nooit";
