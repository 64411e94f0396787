//! How each language says what an order says.

use chrono::{Datelike as _, NaiveDate};

use super::{Dice, Good, Unit, Wish};

/// A language of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    En,
    De,
    Fr,
    It,
}

/// All of them.
pub(crate) const TONGUES: [Tongue; 4] = [Tongue::En, Tongue::De, Tongue::Fr, Tongue::It];

impl Tongue {
    /// The one of four words that is in this language.
    pub(crate) fn of<T: Copy>(self, four: [T; 4]) -> T {
        four[self as usize]
    }
}

/// What can be labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Product,
    Name,
    Id,
    Quantity,
    Delivery,
    OrderDate,
    Address,
    Reference,
}

/// One of the labels that a language has.
pub(crate) fn label(dice: &mut Dice, tongue: Tongue, said: Said) -> String {
    let of: &[&str] = match said {
        Said::Product => tongue.of([
            &["Product", "Article", "Item", "Item code", "Part no.", "SKU"] as &[&str],
            &["Artikel", "Artikelnummer", "Art.-Nr.", "Produkt", "Artikel-Nr."],
            &["Article", "Référence", "Réf.", "Produit", "Code article"],
            &["Articolo", "Codice", "Prodotto", "Codice articolo"],
        ]),
        Said::Name => tongue.of([
            &["Product", "Description", "Item"] as &[&str],
            &["Bezeichnung", "Artikel", "Produkt"],
            &["Désignation", "Article", "Produit"],
            &["Descrizione", "Articolo", "Prodotto"],
        ]),
        Said::Id => tongue.of([
            &["Product ID", "product id", "Product-ID"] as &[&str],
            &["Produkt-ID", "Produkt ID"],
            &["ID produit", "Id produit"],
            &["ID prodotto", "Id prodotto"],
        ]),
        Said::Quantity => tongue.of([
            &["Quantity", "Qty", "qty.", "QUANTITY"] as &[&str],
            &["Menge", "Anzahl", "Bestellmenge"],
            &["Quantité", "Qté", "quantité"],
            &["Quantità", "Q.tà", "quantita"],
        ]),
        Said::Delivery => tongue.of([
            &["Delivery Date", "Delivery date", "Requested delivery", "Deliver by"] as &[&str],
            &["Lieferdatum", "Liefertermin", "Wunschtermin"],
            &["Date de livraison", "Livraison", "Livraison souhaitée"],
            &["Data di consegna", "Consegna", "Consegna entro"],
        ]),
        Said::OrderDate => tongue.of([
            &["Order Date", "Order date", "Date of order"] as &[&str],
            &["Bestelldatum", "Datum der Bestellung"],
            &["Date de commande", "Date de la commande"],
            &["Data ordine", "Data dell'ordine"],
        ]),
        Said::Address => tongue.of([
            &["Address", "Delivery address", "Ship to", "Deliver to"] as &[&str],
            &["Adresse", "Lieferadresse", "Lieferanschrift"],
            &["Adresse", "Adresse de livraison", "Lieu de livraison"],
            &["Indirizzo", "Indirizzo di consegna", "Luogo di consegna"],
        ]),
        Said::Reference => tongue.of([
            &["Our order number", "PO number", "Purchase order no.", "Our PO"] as &[&str],
            &["Unsere Bestellnummer", "Bestellnummer", "Bestell-Nr.", "Unsere Bestell-Nr."],
            &["Notre numéro de commande", "N° de commande", "Notre commande n°"],
            &["Nostro ordine n.", "Ordine n.", "Numero d'ordine"],
        ]),
    };
    dice.pick(of).to_owned()
}

const MONTHS: [[&str; 12]; 4] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
];

/// A date that means one day.
pub(crate) fn date(dice: &mut Dice, tongue: Tongue, day: NaiveDate) -> String {
    let (d, m, y) = (day.day(), day.month(), day.year());
    let month = tongue.of(MONTHS)[day.month0() as usize];
    match (dice.below(5), tongue) {
        (0, _) => day.format("%Y-%m-%d").to_string(),
        (1, Tongue::En) => format!("{month} {d}, {y}"),
        (1 | 2, Tongue::De) => format!("{d}. {month} {y}"),
        (1 | 2, _) => format!("{d} {month} {y}"),
        (_, Tongue::En) => format!("{d} {} {y}", &month[..3]),
        (3, _) => format!("{d:02}.{m:02}.{y}"),
        (_, Tongue::De) => format!("{d}.{m}.{y}"),
        _ => format!("{d:02}/{m:02}/{y}"),
    }
}

/// Digits, with the separators that the language groups them by.
pub(crate) fn number(dice: &mut Dice, tongue: Tongue, number: u32) -> String {
    if number < 1000 || dice.chance(50) {
        return number.to_string();
    }
    let (head, tail) = (number / 1000, number % 1000);
    let mark = match tongue {
        Tongue::En => ',',
        Tongue::De => dice.pick(&['\'', '.']),
        Tongue::Fr => '\u{a0}',
        Tongue::It => dice.pick(&['.', '\'']),
    };
    format!("{head}{mark}{tail:03}")
}

/// The quantity of a wish, with its unit where that may be said.
pub(crate) fn amount(dice: &mut Dice, tongue: Tongue, wish: &Wish, bare: bool) -> String {
    if let (Some(packages), Some((holds, boxed))) = (wish.packages, wish.good.pack) {
        let word = match (boxed, packages) {
            (true, 1) => tongue.of(["box", "Karton", "carton", "scatola"]),
            (true, _) => tongue.of(["boxes", "Kartons", "cartons", "scatole"]),
            (false, 1) => tongue.of(["bag", "Beutel", "sachet", "sacchetto"]),
            (false, _) => tongue.of(["bags", "Beutel", "sachets", "sacchetti"]),
        };
        let of = tongue.of(["of", "zu", "de", "da"]);
        return match dice.chance(50) {
            true => format!("{packages} {word}"),
            false => format!("{packages} {word} {of} {holds}"),
        };
    }
    let digits = number(dice, tongue, wish.quantity);
    let unit = unit(dice, tongue, &wish.good);
    // What has no pieces is told with its unit.
    match bare && wish.good.unit == Unit::Piece {
        true => digits,
        false => format!("{digits} {unit}"),
    }
}

fn unit(dice: &mut Dice, tongue: Tongue, good: &Good) -> &'static str {
    match good.unit {
        Unit::Metre => "m",
        Unit::Kilo => "kg",
        Unit::Piece => {
            let of = tongue.of([
                ["pcs", "pieces", "units"],
                ["Stück", "Stk.", "St."],
                ["pièces", "pcs", "unités"],
                ["pezzi", "pz", "pz."],
            ]);
            dice.pick(&of)
        }
    }
}

/// A delivery address on one line.
pub(crate) fn address(dice: &mut Dice, tongue: Tongue) -> String {
    let of = tongue.of([
        [
            "Unit 7, 18 Mill Lane, Ludlow SY8 1AA",
            "Garden Works Ltd, 4 Quay Street, Bristol BS1 6DX",
        ],
        ["Gartenbau Wyss, Bachweg 12, 3400 Burgdorf", "Am Hafen 3, Halle 4, 28195 Bremen"],
        ["Jardins Favre, Chemin du Lac 21, 1800 Vevey", "Zone Nord 8, 1260 Nyon"],
        ["Vivaio Bianchi, Via Cantonale 40, 6500 Bellinzona", "Via dei Pini 9, 20121 Milano"],
    ]);
    dice.pick(&of).to_owned()
}

/// The customer's own order number.
pub(crate) fn reference(dice: &mut Dice) -> String {
    let n = dice.between(1000, 99999);
    match dice.below(4) {
        0 => format!("PO-{n}"),
        1 => format!("26-{n}"),
        2 => format!("GW/2026/{n}"),
        _ => format!("45000{n}"),
    }
}
