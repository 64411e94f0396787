//! Units and packages: what customers write, and what it comes to in a product's own unit.

use std::sync::LazyLock;

use foldhash::HashMap;
use rust_decimal::Decimal;

use super::{Kind, Scan, fold};
use crate::reading::catalog::{Packaging, Product};

/// A kind of package. Packages of one kind are called alike by customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Pack {
    /// Box, carton, case.
    Box,
    /// Bag, sachet, sack.
    Bag,
    /// Pack, packet.
    Packet,
    /// Pallet.
    Pallet,
    /// Roll, reel, coil.
    Roll,
    /// Drum, barrel, can, bucket.
    Drum,
    /// Tray.
    Tray,
    /// Bundle, set, kit.
    Bundle,
    /// 'Packaging unit', of whatever kind.
    Any,
}

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Unit {
    /// So many pieces: 1, 2 (pair), 12 (dozen), 100.
    Pieces(u16),
    /// Weight, in milligrams.
    Weight(u64),
    /// Length, in tenths of a millimetre.
    Length(u64),
    /// Volume, in millilitres.
    Volume(u64),
    /// Area, in square centimetres.
    Area(u64),
    /// Time: never an order quantity here.
    Time,
    /// A package; its content is the catalogue's.
    Pack(Pack),
}

const WORDS: &[(Unit, &str)] = &[
    (
        Unit::Pieces(1),
        "pc pcs pce pces piece pieces unit units ea each item items no's nos \
         stk stck stuck stucke stucken st einheit einheiten \
         piece pieces pce pces unite unites p pz pzz pezzo pezzi pza pzas pieza piezas unidad \
         unidades ud uds unita stuks stuk stks c62 h87 pcs \
         ex exemplaire exemplaires esemplare esemplari ejemplar ejemplares exemplar exemplare exemplaren",
    ),
    (Unit::Pieces(2), "pair pairs paar paare paire paires paio paia par pares pr"),
    (
        Unit::Pieces(12),
        "dozen dozens doz dz dzn dutzend douzaine douzaines dozzina dozzine docena docenas dozijn dzd",
    ),
    (Unit::Weight(1), "mg"),
    (Unit::Weight(1_000), "g gr gram grams gramm gramme grammes grammo grammi grm"),
    (
        Unit::Weight(1_000_000),
        "kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes chilo chili \
         chilogrammo chilogrammi kilogramo kilogramos kgm",
    ),
    (
        Unit::Weight(1_000_000_000),
        "t to tonne tonnes ton tons tonnen tonnellata tonnellate tonelada toneladas tne",
    ),
    (Unit::Length(10), "mm millimetre millimeter millimetres millimetri mmt"),
    (Unit::Length(100), "cm centimetre centimeter centimetres centimetri cmt"),
    (
        Unit::Length(10_000),
        "m mtr mtrs meter meters metre metres metern metro metri metros lfm lm ml laufmeter mt mts",
    ),
    (Unit::Length(10_000_000), "km kilometer kilometre kilometres"),
    (Unit::Volume(1), "millilitre milliliter"),
    (Unit::Volume(1_000), "l ltr liter litre liters litres litro litri litros ltrs"),
    (Unit::Area(10_000), "m2 sqm qm"),
    (
        Unit::Time,
        "day days week weeks month months hour hours h hrs minute minutes min year years working \
         tag tage tagen woche wochen monat monate monaten stunde stunden uhr jahr jahre jahren \
         jour jours semaine semaines mois heure heures an ans annee annees \
         giorno giorni settimana settimane mese mesi ora ore anno anni \
         dia dias semana semanas mes meses hora horas dag dagen weken maand maanden",
    ),
    (
        Unit::Pack(Pack::Box),
        "box boxes boxs carton cartons ctn ctns case cases karton kartons kartone kartonen schachtel \
         schachteln kiste kisten boite boites caisse caisses scatola scatole scatoloni cartone \
         cartoni cassa casse caja cajas doos dozen_ dozen-nl crate crates ct",
    ),
    (
        Unit::Pack(Pack::Bag),
        "bag bags btl beutel beuteln sack sacke sacken tute tuten sachet sachets sac sacs sacchetto \
         sacchetti sacco sacchi busta buste bolsa bolsas zak zakken zakje zakjes sacks",
    ),
    (
        Unit::Pack(Pack::Packet),
        "pack packs packet packets package packages pkg pkgs pk packung packungen pkt pack. paket \
         pakete paketen paquet paquets pacco pacchi pacchetto pacchetti confezione confezioni \
         conf paquete paquetes pak pakken pakket pakketten packen",
    ),
    (
        Unit::Pack(Pack::Pallet),
        "pallet pallets palette paletten palettes paletta palett bancale bancali palet palets plt",
    ),
    (
        Unit::Pack(Pack::Roll),
        "roll rolls reel reels coil coils rolle rollen spule spulen ring_ rouleau rouleaux bobine \
         bobines couronne couronnes rotolo rotoli bobina bobine rollo rollos rol",
    ),
    (
        Unit::Pack(Pack::Drum),
        "drum drums barrel barrels bucket buckets canister canisters jerrycan jerrycans can cans fass fasser eimer eimern kanister kanistern fassern dose dosen fut futs seau seaux \
         bidon bidons fusto fusti tanica taniche latta latte secchio secchi tambor bidones vat vaten emmer emmers",
    ),
    (
        Unit::Pack(Pack::Tray),
        "tray trays tablett tabletts trays plateau plateaux vassoio vassoi bandeja bandejas steige \
         steigen",
    ),
    (
        Unit::Pack(Pack::Bundle),
        "bundle bundles set sets kit kits bund bunde bundel satz satze lot lots jeu jeux fascio \
         fasci mazzo mazzi juego juegos",
    ),
    (Unit::Pack(Pack::Any), "ve vpe vpes gebinde verpackungseinheit verpackungseinheiten vp"),
];

static UNITS: LazyLock<HashMap<String, Unit>> = LazyLock::new(|| {
    let mut units = HashMap::default();
    for (unit, words) in WORDS {
        for word in words.split_whitespace() {
            units.entry(fold(word)).or_insert(*unit);
        }
    }
    units
});

/// Whether products are sold by just this unit, so that a number of it needs no conversion.
pub(crate) fn is_base(unit: Unit) -> bool {
    matches!(
        unit,
        Unit::Pieces(1) | Unit::Weight(1_000_000) | Unit::Length(10_000) | Unit::Volume(1_000)
    )
}

/// The unit that a word names.
pub(crate) fn unit_of(word: &str) -> Option<Unit> {
    let folded = fold(word);
    UNITS.get(folded.trim_end_matches('.')).copied()
}

/// The unit that a cell of a column of units names: there 'NR' and 'U' count pieces, which are
/// other words elsewhere.
pub(crate) fn unit_in_column(cell: &str) -> Option<Unit> {
    unit_of(cell).or_else(|| match fold(cell.trim()).trim_end_matches('.') {
        "nr" | "n" | "n°" | "no" | "num" | "u" | "un" | "cad" | "szt" | "ks" | "kos" => {
            Some(Unit::Pieces(1))
        }
        "kar" | "krt" | "car" => Some(Unit::Pack(Pack::Box)),
        _ => None,
    })
}

/// The unit at a token, and the token after it.
pub(crate) fn unit_at(scan: &Scan<'_>, at: usize) -> Option<(Unit, usize)> {
    let token = scan.token(at)?;
    if token.kind != Kind::Word {
        return None;
    }
    let unit = match UNITS.get(token.folded.as_str()) {
        Some(unit) => *unit,
        // Twelve dozen; 'gross' alone is a weight's.
        None if token.folded == "gross" => {
            return scan
                .token(at + 1)
                .filter(|t| t.folded == "of")
                .map(|_| (Unit::Pieces(144), at + 1));
        }
        None => return None,
    };
    let mut next = at + 1;
    // 'm2', and 'C62' as one code; '20 m-profile' is no metre.
    if let Some(after) = scan.token(next).filter(|t| t.glued) {
        if after.kind == Kind::Digits || after.is_any("²") {
            return match (unit, after.folded.as_str()) {
                (Unit::Length(10_000), "2" | "²") => Some((Unit::Area(10_000), next + 1)),
                _ => None,
            };
        }
        let compound = after.is_any("-/'") && scan.token(next + 1).is_some_and(|t| t.glued);
        if compound {
            return None;
        }
        if after.is('.') {
            next += 1;
        }
    }
    // 'pcs.' is two tokens; 'St. Gallen' is a town.
    if matches!(token.folded.as_str(), "st" | "to" | "p" | "an" | "no's") {
        let upper = scan.words(token.span).starts_with(char::is_uppercase);
        let town = upper && scan.token(next).is_some_and(|t| t.kind == Kind::Word);
        if town && token.folded != "st" {
            return None;
        }
        if matches!(token.folded.as_str(), "to" | "an") && !upper {
            return None;
        }
    }
    Some((unit, next))
}

/// The kind of a package of the catalogue, by its name: `Box of 25`.
fn pack_of(packaging: &Packaging) -> Option<Pack> {
    let words = packaging.name.split(|c: char| !c.is_alphabetic());
    words.filter(|w| !w.is_empty()).find_map(|word| match UNITS.get(fold(word).as_str()) {
        Some(Unit::Pack(pack)) => Some(*pack),
        _ => None,
    })
}

/// Why an amount cannot be had in a product's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// The unit measures something else than the product is sold by.
    Unit,
    /// No such package, or several.
    Package,
    /// The package holds another number than the mail says.
    Content(Decimal),
    /// Not a whole number of pieces.
    Fraction,
}

/// Whether parts of a product's unit can be ordered.
pub(crate) fn divisible(product: &Product) -> bool {
    !matches!(unit_of(&product.uom), None | Some(Unit::Pieces(_) | Unit::Pack(_)))
}

/// So much of a unit, in the product's own unit.
///
/// `content` is how many a package holds as the mail says: 'boxes of 25'.
pub(crate) fn in_own_unit(
    product: &Product,
    value: Decimal,
    unit: Option<Unit>,
    content: Option<Decimal>,
) -> Result<Decimal, Misfit> {
    let own = unit_of(&product.uom).unwrap_or(Unit::Pieces(1));
    let amount = match (unit, own) {
        (None, _) => value,
        (Some(Unit::Pack(pack)), _) => {
            value.checked_mul(content_of(product, pack, content)?).ok_or(Misfit::Unit)?
        }
        (Some(Unit::Pieces(n)), Unit::Pieces(own)) => ratio(value, n.into(), own.into())?,
        (Some(Unit::Weight(n)), Unit::Weight(own))
        | (Some(Unit::Length(n)), Unit::Length(own))
        | (Some(Unit::Volume(n)), Unit::Volume(own))
        | (Some(Unit::Area(n)), Unit::Area(own)) => ratio(value, n, own)?,
        (Some(_), _) => return Err(Misfit::Unit),
    };
    let amount = amount.normalize();
    if !divisible(product) && !amount.fract().is_zero() {
        return Err(Misfit::Fraction);
    }
    Ok(amount)
}

fn ratio(value: Decimal, from: u64, to: u64) -> Result<Decimal, Misfit> {
    let product = value.checked_mul(Decimal::from(from)).ok_or(Misfit::Unit)?;
    product.checked_div(Decimal::from(to)).ok_or(Misfit::Unit)
}

/// How many a package of this kind holds.
fn content_of(product: &Product, pack: Pack, stated: Option<Decimal>) -> Result<Decimal, Misfit> {
    let fits = |p: &&Packaging| pack == Pack::Any || pack_of(p) == Some(pack);
    let mut contents: Vec<Decimal> =
        product.packagings.iter().filter(fits).map(|p| p.quantity.normalize()).collect();
    contents.sort_unstable();
    contents.dedup();
    let stated = stated.map(|s| s.normalize());
    // '3 packs of 50', where a bag holds 50: whatever it is called, it is as many.
    if stated.is_some_and(|s| product.packagings.iter().any(|p| p.quantity.normalize() == s)) {
        return stated.ok_or(Misfit::Package);
    }
    match (stated, contents.as_slice()) {
        (Some(stated), contents) if contents.contains(&stated) => Ok(stated),
        (Some(_), [other]) => Err(Misfit::Content(*other)),
        (None, [only]) => Ok(*only),
        _ => Err(Misfit::Package),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::reading::types::Part;

    fn product(uom: &str, packagings: &[(&str, i64)]) -> Product {
        Product {
            id: 1,
            default_code: "P".into(),
            name: "P".into(),
            names: BTreeMap::new(),
            barcode: None,
            uom: uom.into(),
            packagings: packagings
                .iter()
                .map(|(name, quantity)| Packaging {
                    name: (*name).into(),
                    quantity: (*quantity).into(),
                    barcode: None,
                })
                .collect(),
            customer_codes: BTreeMap::new(),
        }
    }

    fn dec(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn amounts_come_in_the_products_own_unit() {
        let bolts = product("Units", &[("Box of 25", 25), ("Bag of 5", 5)]);
        let metal = product("kg", &[("Carton of 5", 5)]);
        let wire = product("m", &[]);
        let none = product("Units", &[]);
        for (product, value, unit, content, want) in [
            (&bolts, "2", "boxes", None, Ok("50")),
            (&bolts, "2", "Kartons", Some("25"), Ok("50")),
            (&bolts, "2", "boîtes", Some("20"), Err(Misfit::Content(dec("25")))),
            (&bolts, "3", "sachets", None, Ok("15")),
            (&bolts, "1", "VE", None, Err(Misfit::Package)),
            (&bolts, "2", "dozen", None, Ok("24")),
            (&bolts, "3", "paia", None, Ok("6")),
            (&bolts, "15", "kg", None, Err(Misfit::Unit)),
            (&bolts, "2.5", "pcs", None, Err(Misfit::Fraction)),
            (&none, "2", "boxes", None, Err(Misfit::Package)),
            (&metal, "500", "g", None, Ok("0.5")),
            (&metal, "1.5", "t", None, Ok("1500")),
            (&metal, "2", "cartons", None, Ok("10")),
            (&metal, "10", "pcs", None, Err(Misfit::Unit)),
            (&wire, "250", "cm", None, Ok("2.5")),
            (&wire, "37.5", "mètres", None, Ok("37.5")),
        ] {
            let got = in_own_unit(product, dec(value), unit_of(unit), content.map(dec));
            assert_eq!(got, want.map(dec), "{value} {unit} of {}", product.uom);
        }
    }

    #[test]
    fn codes_of_a_column_of_units() {
        for code in ["NR", "Nr.", "N.", "U", "CAD", "PCE", "Stk."] {
            assert_eq!(unit_in_column(code), Some(Unit::Pieces(1)), "{code}");
        }
        assert_eq!(unit_in_column("KAR"), Some(Unit::Pack(Pack::Box)));
        assert_eq!(unit_in_column("4711"), None);
    }

    #[test]
    fn a_unit_is_a_word_of_its_own() {
        let unit = |text: &str| unit_at(&Scan::whole(Part::Text, text), 0).map(|(u, _)| u);
        assert_eq!(unit("Stk."), Some(Unit::Pieces(1)));
        assert_eq!(unit("m2"), Some(Unit::Area(10_000)));
        assert_eq!(unit("M8"), None);
        assert_eq!(unit("m-profile"), None);
    }
}
