//! The labels of the agreed form and of tables, in six languages, with their usual typing errors.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::reading::text::phrases::Endings;
use crate::reading::text::{fold, words};

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Label {
    /// A product, named in whatever way: 'Product', 'Item', 'Product ID'.
    Product,
    /// A product by a code: 'SKU', 'Artikel-Nr.', 'Your item no.'.
    Code,
    /// A product by the customer's own code: 'Our material'.
    OwnCode,
    /// A product by its barcode.
    Barcode,
    /// A product's name: 'Description'.
    Name,
    /// Quantity.
    Quantity,
    /// How many packages, in a table: 'Boxes', 'Anzahl Kartons'.
    Packs,
    /// How many pieces one package holds, in a table: 'Pcs per box'.
    Held,
    /// Unit of measure.
    Unit,
    /// Wished delivery date.
    Delivery,
    /// Order date.
    OrderDate,
    /// A date of whatever meaning: 'Date'.
    AnyDate,
    /// Delivery address.
    Address,
    /// The customer's order number.
    Reference,
    /// 'Reference': a product in a block, the order's number in a heading.
    AnyReference,
    /// Unit price.
    Price,
    /// Amount, total.
    Amount,
    /// Position number.
    Position,
    /// Something that is no part of an order: telephone, VAT number, billing address.
    Other,
}

impl Label {
    /// Whether it names goods.
    pub(crate) const fn names_goods(self) -> bool {
        matches!(self, Self::Product | Self::Code | Self::OwnCode | Self::Barcode | Self::Name)
    }

    /// Whether each line of an order may have one of its own.
    pub(crate) const fn is_of_line(self) -> bool {
        self.names_goods()
            || matches!(self, Self::Quantity | Self::Unit | Self::Delivery | Self::Price)
    }
}

const LABELS: &[(Label, &str)] = &[
    (
        Label::Product,
        "product|product id|prod id|product no|product number|product name or id|id product|products|\
         item|item id|items|article|article id|part|part id|material|goods|what|was|quoi|cosa|wat|\
         produkt|produkt id|produktid|artikel|artikel id|produkt nr|produktnummer|teil|ware|\
         produit|produit id|id produit|id du produit|no produit|numero de produit|article|id article|\
         prodotto|id prodotto|id del prodotto|articolo|id articolo|numero prodotto|\
         producto|id producto|id de producto|articulo|product nr|productnummer|product id nr",
    ),
    (
        Label::Code,
        "ref art|art nr lieferant|artikel nr lieferant|lief art nr|lieferanten art nr|supplier part|supplier ref|vendor part no|\
         mpn|manufacturer part no|manufacturer part number|hersteller nr|herstellernummer|sku|code|item code|item no|item number|item nr|article no|article number|article code|\
         article nr|art no|art|part no|part number|part nr|product code|product ref|\
         product reference|your item no|your item|your item number|your article no|your part no|\
         your code|your material|your sku|supplier item|supplier item no|supplier code|\
         supplier part no|vendor item|vendor item no|vendor item number|vendor part|vendor part number|vendor code|vendor article no|supplier item number|supplier article no|supplier article number|supplier product code|supplier material no|seller item no|seller part no|sellers item|your product code|your item code|your article number|your part number|vendor material|seller item|material no|\
         material number|catalogue no|catalog no|model|type|\
         artikel nr|artikelnr|artikelnummer|artikel no|artikel nummer|artikelcode|art nr|artnr|\
         artikelbezeichnung nr|ihre artikelnummer|ihre artikel nr|ihre art nr|ihr artikel|\
         lieferantenartikel|lieferanten artikelnr|lieferantenartikelnummer|material nr|\
         materialnummer|sachnummer|teilenummer|teile nr|typ|produktcode|bestellcode|\
         ref article|reference article|code article|code produit|no article|n article|\
         no d article|n d article|numero d article|reference produit|ref produit|votre reference|\
         votre ref|votre code|votre article|ref fournisseur|reference fournisseur|\
         codice|codice articolo|cod articolo|cod|cod art|codice prodotto|vs codice|\
         vostro codice|vs articolo|vostro articolo|n articolo|numero articolo|codice fornitore|\
         referencia articulo|referencia de articulo|referencia del articulo|referencia producto|referencia del producto|codigo del articulo|codigo del producto|riferimento articolo|codice dell articolo|reference de l article|reference du produit|codigo|codigo articulo|codigo de articulo|codigo producto|codigo de producto|\
         su codigo|su referencia|su ref|su articulo|su cod|ref proveedor|referencia proveedor|codigo proveedor|cod proveedor|ref articulo|\
         vs cod|vs art|vostro cod|vostro art|cod fornitore|ihre materialnummer|ihre material nr|ihre artikelnr|lieferanten nr artikel|\
         artikelnummer leverancier|uw artikelnummer|uw artikelnr|uw artikel|uw artikelcode|uw code|artikelnr|productcode",
    ),
    (
        Label::OwnCode,
        "our material|our item|our item no|our item number|our article|our article no|our code|\
         our part no|our part number|our sku|our product|customer item|customer item no|\
         customer material|customer part no|buyer item|buyer part no|buyers item|\
         unser artikel|unsere artikelnummer|unsere artikel nr|unsere art nr|unsere material nr|\
         unser material|kundenartikel|kundenartikelnummer|kundenmaterial|\
         notre article|notre code|code client article|notre reference article|notre ref article|\
         ns articolo|ns codice|nostro codice|nostro articolo|nuestro codigo|nuestro articulo|\
         ns cod|ns art|nostro cod|codigo interno|nuestro cod|interne artikelnummer|interne artikelnr|eigene artikelnummer|\
         ons artikelnummer|ons artikelnr|onze artikelcode|onze code",
    ),
    (
        Label::Barcode,
        "code ean|codice ean|codigo ean|code gtin|numero ean|no ean|ean|gtin|barcode|bar code|ean code|ean nr|ean no|upc|strichcode|code barres|code barre|\
         code a barres|codice a barre|ean13|gtin ean|ean gtin|codigo de barras|streepjescode",
    ),
    (
        Label::Name,
        "descr|desc|bez|benennung|warenbezeichnung|produktbezeichnung|designation article|designation produit|item text|\
         article text|description|name|product name|item name|designation|article description|\
         item description|product description|short text|text|\
         bezeichnung|beschreibung|artikelbezeichnung|produktname|artikelname|artikeltext|kurztext|\
         libelle|nom|nom du produit|descriptif|descrizione|nome|nome prodotto|denominazione|\
         descripcion|nombre|omschrijving|naam",
    ),
    (
        Label::Quantity,
        "qty to order|quantity to order|qty req|qty required|quantity required|required qty|required quantity|requested qty|\
         requested quantity|ord qty|qty ord|qte cdee|qte cde|qte a commander|quantite a commander|qta ord|q ta ord|q ta ordinata|\
         qta da ordinare|quantita da ordinare|best menge|zu bestellende menge|quantity|qty|qnty|order quantities|quant|qtty|quantities|order qty|order quantity|ordered quantity|\
         qty ordered|quantity ordered|number of pieces|no of pieces|number of units|pieces|pcs|\
         how many|how much|count|wieviel|wie viel|wieviele|wie viele|wieviel stuck|anz|nbre|combien|quanti|quante|quanti pezzi|cuantos|cuantas|hoeveel|lange menge|menge lange|\
         menge|anzahl|stuck|stuckzahl|bestellmenge|stk|liefermenge|menge stk|menge stuck|\
         quantite|qte|qt|quantite commandee|nombre de pieces|nombre|nb|nb pieces|pieces|\
         qte commandee|\
         quantita|qta|q ta|q|qta ordinata|quantita ordinata|pezzi|numero pezzi|n pezzi|pz|\
         cantidad|cant|unidades|uds|aantal|hoeveelheid|stuks",
    ),
    (
        Label::Unit,
        "unit|uom|u o m|unit of measure|um|einheit|me|mengeneinheit|eh|unite|u|unite de mesure|\
         unita|u m|unita di misura|udm|unidad|ud|eenheid|\
         packaging|packing|packing unit|pack size|pack|verpackung|verpackungseinheit|packung|gebinde|\
         emballage|conditionnement|confezione|confezioni|imballo|imballaggio|envase|embalaje|verpakking",
    ),
    (
        Label::Delivery,
        "when|by when|pour le|pour quand|fur wann|auf wann|per wann|per quando|para cuando|voor wanneer|wanneer|cuando|plazo|wanted by|wanted on|needed on|del|deliver|delivered|wann|bis wann|quand|quando|entro quando|date liv|date de liv|date livr|liv souhaitee|date livraison demandee|date livraison souhaitee|lief termin|lief datum|\
         lieferdat|gew termin|gew liefertermin|data cons|data di cons|cons richiesta|cons ric|data cons richiesta|data consegna richiesta|\
         delivery date|delivery|eta|to be delivered|to be delivered on|to be delivered by|date of delivery|deliver by|deliver on|delivery by|delivery on|\
         requested delivery|requested delivery date|requested date|required delivery|\
         required delivery date|required date|required by|required on|needed by|need by|need by date|needed by date|need date|date needed|due date|\
         due|due on|wanted date|wished delivery date|wish date|ship date|shipping date|\
         desired delivery date|desired delivery|date required|delivery requested|delivery time|\
         wished for|wanted for|requested for|needed for|delivery wanted|delivery due|dlv date|delivery day|receipt date|requested receipt date|\
         expected receipt date|required receipt date|promised date|promised delivery date|\
         req date|reqd date|req delivery|req delivery date|req del date|del date|deliv date|deliver date|\
         exp receipt date|expected receipt date|exp receipt|requested receipt date|promised receipt date|planned receipt date|exp delivery date|\
         expected date|date req|date reqd|arrival date|requested arrival date|expected delivery date|latest delivery date|\
         requested ship date|requested shipment date|on site date|date on site|\
         eingangsdatum|gewunschtes eingangsdatum|wareneingangsdatum|spatester liefertermin|\
         date de reception|date de reception souhaitee|date de reception demandee|\
         data di ricevimento|data di ricezione|data ricezione richiesta|\
         fecha de recepcion|ontvangstdatum|gewenste ontvangstdatum|\
         lieferdatum|liefertermin|lieferung|wunschtermin|wunschdatum|termin|lieferung am|lieferung bis|\
         gewunscht zum|gewunscht bis|gewunscht am|gewunscht fur|gewunschter liefertermin|gewunschtes lieferdatum|wunschliefertermin|wunschlieferdatum|\
         erwartetes datum|erwartetes lieferdatum|bedarfsdatum|bedarfstermin|liefertag|lieferwunsch|lieferung per|lieferzeit|liefern bis|liefern am|zu liefern am|\
         zu liefern bis|datum der lieferung|bis|\
         date de livraison|livraison|livraison souhaitee|date livraison|date de la livraison|\
         date de livraison souhaitee|delai|delai de livraison|date souhaitee|delai souhaite|delai demande|delai voulu|souhaite pour le|voulu pour le|livrer le|a livrer le|\
         a livrer pour le|livraison le|livraison pour le|livraison demandee|\
         date de livraison demandee|echeance|livraison prevue|date prevue|date prevue de livraison|date requise|date de besoin|\
         desiderato|desiderata per il|desiderato per il|data di consegna|consegna|data consegna|consegna richiesta|termine di consegna|\
         data di consegna richiesta|entro il|entro e non oltre il|consegna entro|consegnare entro|consegna il|data richiesta|\
         data prevista|data prevista di consegna|data della consegna|\
         entrega deseada|entrega solicitada|deseado para|fecha prevista|fecha requerida|fecha de entrega|entrega|fecha entrega|plazo de entrega|fecha de entrega deseada|\
         leveren op|leveren voor|te leveren op|te leveren voor|gewenst op|verwachte datum|verwachte leverdatum|leverdatum|levering|gewenste leverdatum|leveringsdatum|afleverdatum|gewenste levering",
    ),
    (
        Label::OrderDate,
        "order date|order dt|order dt .|date of order|ordered on|document date|belegdatum|date du document|\
         data documento|fecha de documento|documentdatum|po date|purchase order date|date ordered|\
         date of the order|order from|order dated|\
         bestelldatum|auftragsdatum|datum der bestellung|bestellt am|bestelltag|bestellung vom|\
         date de commande|date de la commande|date commande|commande du|commande le|\
         commande en date du|date de la cde|date cde|\
         data ordine|data d ordine|data dell ordine|data di ordine|ordine del|data dell'ordine|\
         fecha de pedido|fecha del pedido|fecha pedido|besteldatum|orderdatum|datum bestelling",
    ),
    (Label::AnyDate, "date|datum|data|fecha|dated|le"),
    (
        Label::Address,
        "where|where to|wohin|a quelle adresse|dove|address|delivery address|shipping address|ship to|ship to address|deliver to|delivery to|\
         delivery location|place of delivery|send to|consignee|shipping to|addr|delivery adr|\
         adr|delivery place|deliver at|please deliver to|our address|goods to|following address|to the following address|\
         adresse suivante|l adresse suivante|folgende adresse|an folgende adresse|anlieferung bitte an|lieferung bitte an|bitte anliefern an|\
         seguente indirizzo|al seguente indirizzo|consegnare presso|livraison a l adresse suivante|volgend adres|siguiente direccion|\
         adresse|lieferadresse|lieferanschrift|versandanschrift|anlieferadresse|anlieferung an|versandadresse|lieferort|anschrift|lieferung an|\
         liefern an|versand an|ware geht an|die ware geht an|die lieferung geht an|lieferung geht an|sendung geht an|die sendung geht an|versand geht an|\
         goods go to|the goods go to|delivery goes to|la marchandise va a|la livraison va a|la merce va a|la consegna va a|warenempfanger|bitte liefern an|lieferstelle|\
         adresse de livraison|livrer a|livraison a|lieu de livraison|expedier a|a livrer a|\
         adresse livraison|livrer a l adresse|adresse d expedition|\
         indirizzo|indirizzo di consegna|indirizzo consegna|consegnare a|spedire a|consegna a|\
         luogo di consegna|destinazione|indirizzo di spedizione|destinazione merce|\
         direccion|direccion de entrega|direccion de envio|entregar en|enviar a|lugar de entrega|\
         adres|afleveradres|leveradres|bezorgadres|leveren aan|leveringsadres",
    ),
    (
        Label::Reference,
        "order no|order number|order ref|order reference|our order|our order no|our order number|\
         our order ref|our reference|our ref|our ref no|our reference no|po|po no|po number|po nr|\
         po ref|our po|our po no|our po number|purchase order|purchase order no|\
         purchase order number|purchase order nr|customer reference|customer order no|\
         customer order number|order nr|order id|purchase no|our number|customer po|\
         bestellnummer|bestell nr|bestellnr|best nr|unsere bestellnummer|unsere bestell nr|\
         unsere bestellung nr|unsere bestellung|bestellung nr|bestellung|bestellung nummer|\
         auftragsnummer|auftrag nr|unsere auftragsnummer|unsere referenz|unser zeichen|referenznummer|\
         kundenreferenz|bestellreferenz|kommission|unsere ref|unsere nummer|ihre bestellnummer|\
         numero de commande|n de commande|no de commande|n commande|commande n|commande no|\
         commande numero|nr de commande|notre commande|notre commande n|notre commande no|\
         notre reference|notre ref|notre numero de commande|notre no de commande|\
         notre n de commande|ref commande|reference commande|bon de commande|bon de commande n|\
         bon de commande no|bc n|commande ref|v ref|n cde|no cde|n ref|\
         numero ordine|numero d ordine|n ordine|ordine n|ns ordine|ns ordine n|nostro ordine|\
         nostro ordine n|nostro riferimento|ns rif|rif|riferimento|ordine numero|numero di ordine|\
         ns riferimento|nr ordine|ordine nr|rif ordine|vs rif|nostro numero d ordine|\
         nostro numero ordine|ordine di acquisto|ordine di acquisto n|ordine d acquisto n|\
         numero de pedido|pedido n|nuestro pedido|n de pedido|pedido no|nuestra referencia|\
         nuestro numero de pedido|pedido|\
         bestelnummer|ordernummer|ons bestelnummer|onze referentie|inkoopnummer|inkoopordernummer|\
         ons ordernummer|onze bestelling|uw referentie",
    ),
    (Label::AnyReference, "reference|ref|referenz|referenza|referencia|referentie|ref no"),
    (
        Label::Price,
        "price|pr unitario|pr unit|unit price|preis|einzelpreis|stuckpreis|prix|prix unitaire|pu|p u|prezzo|\
         prezzo unitario|precio|precio unitario|prijs|stukprijs|price each|e preis|price chf|\
         price eur|price usd|price gbp|prix chf|prix eur|preis chf|preis eur|prezzo chf|prezzo eur|\
         unit price chf|unit price eur|einzelpreis chf|einzelpreis eur|net price|nettopreis|\
         pu chf|pu eur|pu ht|prix unit|prezzo unit|prezzo un|ep|vk preis|per unit|rate",
    ),
    (
        Label::Amount,
        "total|amount|net|sum|subtotal|line total|net amount|net chf|net eur|value|total chf|\
         total eur|betrag|gesamt|summe|gesamtpreis|gesamt chf|gesamt eur|netto|nettobetrag|wert|\
         montant|montant chf|montant eur|montant ht|totale|importo|importo chf|importo eur|\
         importe|bedrag|totaal|grand total|total ht|gp|discount|rabatt|remise|sconto|vat|mwst|tva|iva",
    ),
    (
        Label::Position,
        "pos|position|line|line no|line item|no|nr|n|#|poste|ligne|riga|regel|lfd nr|lfd|pos nr|\
         pos no|posizione|item #|posicion|linea|lnr|row|seq",
    ),
    (
        Label::Other,
        "order form|bestellformular|formulaire de commande|modulo d ordine|modulo ordine|correction|rectification|korrektur|berichtigung|correzione|rettifica|\
         your stock|ihr bestand|ihr lagerbestand|votre stock|vostra giacenza|stock|on stock|in stock|stock qty|min|min qty|minimum|max|max qty|old qty|old quantity|\
         delivered|received|free|bestand|lagerbestand|geliefert|alte menge|giacenza|livre|recu|\
         phone|tel|telephone|telefon|telefono|fax|mobile|mob|cell|handy|natel|email|e mail|mail|\
         vat no|vat number|vat id|iban|bic|contact|company|customer|customer no|customer number|\
         customer name|supplier no|supplier number|vendor|vendor no|supplier|payment|\
         payment terms|terms|page|remarks|remark|note|notes|comment|comments|subject|from|to|sent|\
         cc|ab bis|order confirmation by|confirmation by|auftragsbestatigung bis|bestatigung bis|confirmation avant le|conferma entro|buyer|purchaser|ordered by|project|cost centre|cost center|incoterm|incoterms|\
         delivery terms|terms of delivery|shipping method|shipment|carrier|invoice address|\
         billing address|bill to|invoice to|currency|website|web|www|person|attn|attention|\
         kundennummer|kunden nr|kd nr|kunde|lieferant|lieferanten nr|lieferantennummer|\
         ansprechpartner|firma|projekt|kostenstelle|zahlung|zahlungsbedingungen|bemerkung|\
         bemerkungen|hinweis|anmerkung|rechnungsadresse|rechnung an|rechnungsanschrift|seite|\
         lieferbedingungen|versandart|mwst nr|ust id|ust idnr|kontakt|mobil|sachbearbeiter|\
         besteller|betreff|von|an|gesendet|\
         client|numero client|n client|no client|code client|fournisseur|contact|paiement|\
         conditions de paiement|remarque|remarques|adresse de facturation|facturer a|facturation|\
         page|societe|entreprise|projet|transport|conditions de livraison|de|a|envoye|objet|\
         cliente|codice cliente|fornitore|pagamento|condizioni di pagamento|osservazioni|nota|\
         indirizzo di fatturazione|fatturare a|pagina|azienda|ditta|progetto|spedizione|resa|\
         contatto|oggetto|inviato|da|p iva|partita iva|\
         cliente|proveedor|pago|observaciones|klant|klantnummer|leverancier|opmerking|opmerkingen|\
         factuuradres|betaling|empresa|correo|correo electronico|bedrijf|bedrijfsnaam|telefoon|contactpersoon|courriel|nom de l entreprise|ragione sociale|firmenname|\
         company name|budget code|budget|approval level|cost code|gl code|\
         send me a copy|send a copy to me|copy to me|copy to sender|copy to requester|email copy|email me a copy|kopie an mich|\
         kopie an besteller|kopie an absender|kopie an den besteller|kopie per mail|m envoyer une copie|copie au demandeur|\
         copie a l expediteur|inviami una copia|copia al mittente|copia al richiedente|newsletter|newsletter abonnieren|\
         subscribe to newsletter|agb akzeptiert|agb gelesen|datenschutz akzeptiert|datenschutzerklarung akzeptiert|terms accepted|\
         i accept the terms|i accept the terms and conditions|privacy policy accepted|accetto le condizioni|conditions acceptees|\
         submission id|entry id|form id|ip address|browser|user agent",
    ),
];

/// A label's words, folded and without marks.
static EXACT: LazyLock<HashMap<String, Label>> = LazyLock::new(|| {
    let mut labels = HashMap::default();
    for (label, phrases) in LABELS {
        for phrase in phrases.split('|') {
            labels.entry(key(phrase)).or_insert(*label);
        }
    }
    labels
});

/// A label without its spaces, and the set of its letters.
type Squeezed = (Vec<char>, u32, Label);

/// Labels long enough to carry a typing error, by their first letter, the shortest first.
static SQUEEZED: LazyLock<HashMap<char, Vec<Squeezed>>> = LazyLock::new(|| {
    let mut labels: Vec<(Vec<char>, Label)> = EXACT
        .iter()
        .filter(|(_, label)| !matches!(label, Label::Other | Label::Amount | Label::Position))
        .map(|(phrase, label)| (phrase.chars().filter(|c| *c != ' ').collect::<Vec<_>>(), *label))
        .filter(|(phrase, _)| phrase.len() >= 5)
        .collect();
    labels.sort_by(|one, other| one.0.len().cmp(&other.0.len()).then_with(|| one.cmp(other)));
    let mut by_first: HashMap<char, Vec<Squeezed>> = HashMap::default();
    for (phrase, label) in labels {
        let Some(first) = phrase.first().copied() else { continue };
        let letters = letters(&phrase);
        by_first.entry(first).or_default().push((phrase, letters, label));
    }
    by_first
});

/// The letters of a word as a set. One edit changes at most two members.
fn letters(word: &[char]) -> u32 {
    word.iter().fold(0, |set, c| set | 1 << (u32::from(*c) % 32))
}

/// Folded words with one space between.
fn key(phrase: &str) -> String {
    let words = phrase.split(|c: char| !(c.is_alphanumeric() || c == '#'));
    words.filter(|word| !word.is_empty()).map(fold).collect::<Vec<_>>().join(" ")
}

/// Phrases behind a label that say whose it is.
pub(crate) static OF_OURS: Endings = Endings::new(&[
    " on our side",
    " on our end",
    " from our side",
    " bei uns",
    " unsererseits",
    " chez nous",
    " de notre cote",
    " da noi",
    " da parte nostra",
]);

/// The label that folded words with one space between say exactly.
pub(crate) fn exact(folded: &str) -> Option<Label> {
    EXACT.get(folded).copied()
}

/// Whether folded words ask for a day, whatever they are: 'wanted on', 'gewünscht per', 'date
/// souhaitée chez nous'. Beside a day they are a label for it.
pub(crate) fn wants_day(folded: &str) -> bool {
    let said = |word: &str| {
        words!(
            "due wanted want wish wished needed need required requested desired delivery deliver delivered deliveries arrival arrive arriving              gewunscht gewunschter gewunschtes gewunschte wunsch wunschtermin benotigt lieferung liefern lieferdatum liefertermin geliefert anlieferung eintreffen eintreffend              souhaite souhaitee voulu voulue demande demandee desire desiree livraison livrer livrable reception              desiderata desiderato richiesta richiesto consegna consegnare arrivo              deseada deseado solicitada entrega entregar gewenst gewenste levering leveren"
        )
        .has(word)
            || ["datum", "termin", "tag"].iter().any(|tail| {
                word.strip_suffix(tail).is_some_and(|head| {
                    words!(
                        "eintreff ankunfts anliefer anlieferungs zustell wareneingangs bedarfs \
                         wunsch wunschliefer liefer"
                    )
                    .has(head)
                })
            })
    };
    let beside = |word: &str| {
        words!(
            "date day on by for the at latest before until in our us works site here please time not later than when              datum tag termin am bis per zum zu auf der baustelle bei uns hier spatestens bitte ab wann              le la les du de des pour au avant chez nous ici jour date delai plus tard quand              il lo per entro giorno data da noi presso termine quando              fecha dia el para en op voor datum dag"
        )
        .has(word)
    };
    let mut words = folded.split(' ').filter(|word| word.chars().any(char::is_alphanumeric));
    let mut some = false;
    words.all(|word| {
        some |= said(word);
        said(word) || beside(word)
    }) && some
}

/// The label that words say, typing errors allowed where only one label is near.
pub(crate) fn near(folded: &str) -> Option<Label> {
    if let Some(label) = exact(folded) {
        return Some(label);
    }
    let letters_of = || folded.chars().filter(|c| *c != ' ');
    let most = match letters_of().count() {
        5..=8 => 1,
        9..=30 => 2,
        _ => return None,
    };
    let mut squeezed: Vec<char> = Vec::with_capacity(folded.len());
    squeezed.extend(letters_of());
    let mut best: Option<(usize, Label)> = None;
    let mut tied = false;
    let own = letters(&squeezed);
    // 'Commande F' is not 'commande n': a letter that stands alone is no slip. 'Bestellung zum' is not
    // 'Bestellung vom'.
    let leads = words!("for by fur zum bis auf per pour entro para voor tegen");
    let short: Vec<char> = folded
        .rsplit_once(' ')
        .filter(|(_, last)| last.chars().count() <= 2 || leads.has(last))
        .map(|(_, last)| last.chars().collect())
        .unwrap_or_default();
    // The first letter is seldom the wrong one, and a short label takes one error only.
    let alike = squeezed.first().and_then(|c| SQUEEZED.get(c)).map_or(&[][..], Vec::as_slice);
    let alike = alike.get(alike.partition_point(|l| l.0.len() + most < squeezed.len())..);
    for (phrase, set, label) in alike.unwrap_or_default() {
        if phrase.len() > squeezed.len() + most {
            break;
        }
        let allowed = if phrase.len() < 9 { 1 } else { most };
        let apart = (set ^ own).count_ones() as usize > 2 * allowed;
        if apart || !short.is_empty() && !phrase.ends_with(&short) {
            continue;
        }
        let Some(distance) = distance(phrase, &squeezed, allowed) else { continue };
        match best {
            Some((nearest, _)) if distance > nearest => {}
            Some((nearest, other)) if distance == nearest => tied |= other != *label,
            _ => {
                best = Some((distance, *label));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, label)| label)
}

/// Whether two words differ by one edit at most.
pub(crate) fn is_slip(one: &str, other: &str) -> bool {
    if one.chars().count().abs_diff(other.chars().count()) > 1 {
        return false;
    }
    let letters = |word: &str| word.chars().collect::<Vec<_>>();
    distance(&letters(one), &letters(other), 1).is_some()
}

/// Edits between two words: insertion, deletion, exchange, and two neighbours swapped; `None`
/// where there are more than `most`.
pub(crate) fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    /// Longest word that is measured, in letters.
    const LONGEST: usize = 60;
    /// More edits than any two such words need.
    const FAR: u8 = u8::MAX / 2;
    if one.len().abs_diff(other.len()) > most || one.len().max(other.len()) > LONGEST {
        return None;
    }
    // The rows of the table that are still looked at: the last but one, the last, and the one in hand.
    let (mut two_back, mut back, mut row) =
        ([0_u8; LONGEST + 1], [0_u8; LONGEST + 1], [0_u8; LONGEST + 1]);
    for (cell, j) in back.iter_mut().zip(0..) {
        *cell = j;
    }
    let at = |row: &[u8], j: usize| row.get(j).copied().unwrap_or(FAR);
    for (i, a) in one.iter().enumerate() {
        // Only so near to the diagonal can there be few edits.
        let (from, to) = (i.saturating_sub(most), other.len().min(i + most + 1));
        let mut left = if from == 0 { u8::try_from(i + 1).unwrap_or(FAR) } else { FAR };
        let mut least_of_row = left;
        for (beside, value) in [(from, left), (to + 1, FAR)] {
            if let Some(cell) = row.get_mut(beside) {
                *cell = value;
            }
        }
        for (j, b) in other.iter().enumerate().take(to).skip(from) {
            let mut least =
                (at(&back, j) + u8::from(a != b)).min(at(&back, j + 1) + 1).min(left + 1);
            let swapped =
                i > 0 && j > 0 && other.get(j - 1) == Some(a) && one.get(i - 1) == Some(b);
            if swapped {
                least = least.min(at(&two_back, j - 1) + 1);
            }
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = least;
            }
            left = least;
            least_of_row = least_of_row.min(least);
        }
        if usize::from(least_of_row) > most {
            return None;
        }
        (two_back, back, row) = (back, row, two_back);
    }
    back.get(other.len()).map(|d| usize::from(*d)).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_each_language() {
        for (text, want) in [
            ("Product ID", Label::Product),
            ("Artikel-Nr.", Label::Code),
            ("ID produit", Label::Product),
            ("Codice articolo", Label::Code),
            ("Q.tà", Label::Quantity),
            ("Stückzahl", Label::Quantity),
            ("Gewünschter Liefertermin", Label::Delivery),
            ("date de la commande", Label::OrderDate),
            ("Unsere Bestell-Nr.", Label::Reference),
            ("N° de commande", Label::Reference),
            ("Indirizzo di consegna", Label::Address),
            ("Rechnungsadresse", Label::Other),
        ] {
            assert_eq!(exact(&key(text)), Some(want), "{text}");
        }
    }

    #[test]
    fn typing_errors_find_the_nearest_label() {
        for (text, want) in [
            ("adress", Some(Label::Address)),
            ("oder date", Some(Label::OrderDate)),
            ("delivry date", Some(Label::Delivery)),
            ("dleivery date", Some(Label::Delivery)),
            ("prodcut id", Some(Label::Product)),
            ("quantitiy", Some(Label::Quantity)),
            ("quanity", Some(Label::Quantity)),
            ("quantty", Some(Label::Quantity)),
            ("liefertemin", Some(Label::Delivery)),
            ("bestelldtaum", Some(Label::OrderDate)),
            ("date de livaison", Some(Label::Delivery)),
            ("codice aritcolo", Some(Label::Code)),
            ("correzione", Some(Label::Other)),
            ("birthday", None),
            ("invoice", None),
            ("date of birth", None),
        ] {
            assert_eq!(near(&key(text)), want, "{text}");
        }
    }

    #[test]
    fn distances() {
        let d = |a: &str, b: &str| {
            distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 3)
        };
        assert_eq!(d("order", "oder"), Some(1));
        assert_eq!(d("prodcut", "product"), Some(1));
        assert_eq!(d("abc", "abc"), Some(0));
        assert_eq!(d("kitten", "sitting"), Some(3));
        assert_eq!(d("order", "delivery"), None);
    }
}
