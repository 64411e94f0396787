//! What a heading says by its words, in whatever order and company: 'Order qty (pcs)',
//! 'Bestellmenge Stk.', 'Pz/sacchetto'. One word that is not known leaves it unsaid.

use std::ops::Range;

use crate::reading::forms::fields;
use crate::reading::forms::labels::{self, Label};
use crate::reading::forms::several;
use crate::reading::text::units::{self, Unit};
use crate::reading::text::{Kind, Scan, words};

/// What a heading is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    /// What its column holds.
    pub(crate) label: Label,
    /// The unit of its numbers.
    pub(crate) unit: Option<Unit>,
}

/// What the words of a heading are.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations of one heading")]
struct Heard {
    /// 'Menge', 'how many'.
    count: bool,
    /// 'No.', which counts only beside what it counts.
    number: bool,
    /// 'Ordered'.
    ordering: bool,
    /// 'Wanted'.
    wanting: bool,
    /// 'To deliver'.
    giving: bool,
    /// 'Date'.
    day: bool,
    /// 'By'.
    before_day: bool,
    /// 'On order' is ordered already.
    on: bool,
    /// 'Per', and a slash.
    per: bool,
    price: bool,
    money: bool,
    currency: bool,
    total: bool,
    /// 'Unit', 'line': of a price or an amount where a currency stands beside.
    each: bool,
    line: bool,
    /// 'Units' are pieces where they are asked for.
    units: bool,
    /// 'Content'.
    inner: bool,
    measure: Option<Unit>,
    pack: Option<Unit>,
    /// The package stands in the plural.
    packs: bool,
}

/// What a heading says, and the unit of the numbers below: as a known label, or by its words.
pub(crate) fn label(scan: &Scan<'_>, run: Range<usize>) -> (Option<Label>, Option<Unit>) {
    // 'Stk./Karton' is neither a quantity nor a unit, and 'Unit £' a price.
    let mark = |at| scan.token(at).is_some_and(|t| t.is_any("/£€$"));
    let by_words = || of(scan, run.clone());
    let first = run.clone().any(mark).then(by_words).flatten();
    let first = first.filter(|s| matches!(s.label, Label::Held | Label::Price | Label::Amount));
    let known = first.is_none().then(|| fields::label_of(scan, run.clone())).flatten();
    let known = known.filter(|label| !is_mistaken(scan, run.clone(), *label));
    let said = first.or_else(|| known.is_none().then(by_words).flatten());
    let unit = match known {
        Some(Label::Quantity) if run.len() > 1 => by_words().and_then(|said| said.unit),
        Some(Label::Unit) => packing(scan, run.clone()),
        _ => said.and_then(|said| said.unit),
    };
    (known.or(said.map(|said| said.label)), unit)
}

/// The last line of headings: 'Description' alone below them heads what stands below each row.
pub(crate) fn second_line(scan: &Scan<'_>, line: usize) -> usize {
    let below = scan.lines.get(line + 1).filter(|l| !l.is_blank() && !l.tabbed && l.indented);
    let named = below.and_then(|l| label(scan, l.tokens.clone()).0) == Some(Label::Name);
    line + usize::from(named)
}

/// 'Ordered' is nearly 'order id', 'Qty on order' nearly 'qty to order', and 'Qty 2024' that of a year.
fn is_mistaken(scan: &Scan<'_>, run: Range<usize>, label: Label) -> bool {
    let exact = || labels::exact(&fields::key(scan, run.clone())).is_some();
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    match label {
        Label::Reference => tokens.len() == 1 && !exact(),
        // 'Ordered units'
        Label::Unit => {
            tokens.len() > 1
                && !exact()
                && of(scan, run).is_some_and(|said| said.label == Label::Quantity)
        }
        Label::Quantity => {
            let words = tokens.iter().filter(|t| t.is_alnum()).count();
            let known = || {
                exact()
                    || several::joint_label(scan, run.clone()).is_some()
                    || of(scan, run.clone()).is_some()
            };
            tokens.iter().any(|t| t.kind == Kind::Digits) || words > 1 && !known()
        }
        _ => false,
    }
}

/// What a heading says, where each of its words is known.
fn of(scan: &Scan<'_>, cell: Range<usize>) -> Option<Said> {
    if cell.is_empty() || cell.len() > 10 {
        return None;
    }
    // 'We order' beside what a price list has.
    if matches!(
        scan.folded(cell.clone()).as_str(),
        "we order"
            | "wir bestellen"
            | "nous commandons"
            | "ordiniamo"
            | "noi ordiniamo"
            | "pedimos"
            | "wij bestellen"
    ) {
        return Some(Said { label: Label::Quantity, unit: None });
    }
    let mut heard = Heard::default();
    for token in scan.tokens.get(cell)? {
        match token.kind {
            Kind::Mark if token.is('/') => heard.per = true,
            Kind::Mark if token.is('#') => heard.number = true,
            Kind::Mark if token.is_any("€$£") => heard.currency = true,
            Kind::Mark if token.is_any(".-()[]:'’°ºo?") => {}
            Kind::Digits | Kind::Mark => return None,
            Kind::Word => heard.hear(&token.folded)?,
        }
    }
    heard.said()
}

/// Whether a word of a heading speaks of how many: 'Nog te leveren', 'VPE'.
pub(crate) fn counts(scan: &Scan<'_>, cell: Range<usize>) -> bool {
    let mut heard = Heard::default();
    for token in scan.tokens.get(cell).unwrap_or_default() {
        // 'Stk im Regal' counts, whatever the other words are; the 'P.' of 'P.U. HT' does not.
        if token.folded.len() > 1 {
            let _ = heard.hear(&token.folded);
        }
    }
    let asks = heard.ordering || heard.wanting || heard.giving;
    let pieces = matches!(heard.measure, Some(Unit::Pieces(_)));
    heard.count || pieces || heard.pack.is_some() || asks && !heard.day
}

/// A heading of how the goods are packed, by the customer or by us: not for sure what is counted.
fn packing(scan: &Scan<'_>, cell: Range<usize>) -> Option<Unit> {
    let mut tokens = scan.tokens.get(cell)?.iter().filter(|t| t.is_alnum());
    let packs = tokens.all(|t| {
        words!(
            "pack size packing packaging verpackung packung emballage conditionnement cond confezione imballo \
             imballaggio envase embalaje verpakking"
        )
        .has(&t.folded)
    });
    packs.then_some(Unit::Pack(units::Pack::Any))
}

impl Heard {
    fn hear(&mut self, word: &str) -> Option<()> {
        if words!("menge mengen anzahl anz stuckzahl qty quantity quantities quant qnty qte quantite quantites qta quantita q ta cantidad cant aantal hoeveelheid nb nbr nbre nombre many much viel viele wieviel wieviele combien quanti quante quanto cuantos cuantas hoeveel").has(word) {
            self.count = true;
        } else if words!("number numero nr no n num nº n°").has(word) {
            self.number = true;
        } else if words!("order ordered orders ordering call off bestellt bestellte bestellten bestell bestellung commande commandee commandees commander cdee cde ordinata ordinate ordinati ordinato ordinare ordine pedida pedidas pedido pedidos pedir besteld bestelde bestellen abruf abrufen").has(word) {
            self.ordering = true;
        } else if words!("wanted want needed need required require req reqd requested request wish wished desired gewunscht gewunschte gewunschter gewunschtes wunsch benotigt benotigte bedarf besoin besoins demandee demande demandees souhaitee souhaite souhaitees voulu voulue desiree richiesta richiesto richieste fabbisogno desiderata desiderato solicitada deseada deseado gewenst gewenste nodig benodigd").has(word) {
            self.wanting = true;
        } else if words!("deliver delivery supply livrer livraison fournir liefern lieferung consegnare consegna fornire entregar entrega leveren levering arrival").has(word) {
            self.giving = true;
        } else if words!("date day datum tag termin data giorno fecha jour dag when wann quand quando wanneer due").has(word) {
            self.day = true;
        } else if words!("by bis am le il entro el op").has(word) {
            self.before_day = true;
        } else if word == "on" {
            self.on = true;
        } else if words!("per pro je par por @").has(word) {
            self.per = true;
        } else if words!("price preis prijs prix prezzo precio ep pu").has(word) {
            self.price = true;
        } else if words!("amount value betrag wert montant importo importe bedrag positionswert").has(word) {
            self.money = true;
        } else if words!("chf eur usd gbp euro sfr").has(word) {
            self.currency = true;
        } else if words!("total totals totale totali totaux gesamt insgesamt totaal summe").has(word) {
            self.total = true;
        } else if words!("content contents inhalt contenu contenuto").has(word) {
            self.inner = true;
        } else if words!("our your the of in to be zu a de la du les des di da d l i for fur pour please bitte how wie f s req'd ns vs para voor te").has(word) {
        } else if !self.compound(word) {
            self.unit(word)?;
        }
        Some(())
    }

    /// 'Abrufmenge', 'Wunschtermin'; not 'Restmenge', 'Mindestmenge'.
    fn compound(&mut self, word: &str) -> bool {
        let heads = |tail: &str| {
            word.strip_suffix(tail).is_some_and(|head| {
                words!("bestell bedarfs bedarf abruf order auftrags liefer wunsch wunschliefer gesamt bestel lever").has(head)
            })
        };
        let count =
            ["menge", "anzahl", "stuckzahl", "hoeveelheid", "aantal"].iter().any(|t| heads(t));
        let day = ["termin", "datum"].iter().any(|tail| heads(tail)) && !word.starts_with("bestel");
        self.count |= count;
        self.giving |= day;
        self.day |= day;
        count || day
    }

    fn unit(&mut self, word: &str) -> Option<()> {
        if words!("unit each einzel unitaire unitario unit").has(word) {
            self.each = true;
            return Some(());
        }
        if words!("units unites unidades einheiten").has(word) {
            self.units = true;
            return Some(());
        }
        if words!("line ligne riga zeile position pos").has(word) {
            self.line = true;
            return Some(());
        }
        if words!("item items einheit unite unita unidad lot lots set sets").has(word) {
            return None;
        }
        match units::unit_of(word)? {
            Unit::Time => return None,
            unit @ Unit::Pack(_) => {
                self.pack = Some(unit);
                self.packs |= words!("boxes cartons ctns cases kartons kartone schachteln kisten boites caisses scatole scatoloni cartoni casse cajas dozen_ bags sacke sachets sacs sacchetti sacchi buste bolsas zakken packs packets packages packungen pakete paquets pacchi pacchetti confezioni pallets paletten palettes palets rolls reels rollen rouleaux rotoli beutel btl gebinde").has(word);
            }
            unit => self.measure = Some(unit),
        }
        Some(())
    }

    fn said(&self) -> Option<Said> {
        let say = |label, unit| Some(Said { label, unit });
        let pieces = matches!(self.measure, Some(Unit::Pieces(_)));
        let asked = self.ordering || self.wanting || self.giving;
        if self.on && self.ordering {
            return None;
        }
        if self.price {
            let sum = self.money || self.total;
            return say(if sum { Label::Amount } else { Label::Price }, None);
        }
        if self.currency && self.each {
            return say(Label::Price, None);
        }
        if self.money || (self.total || self.line) && self.currency {
            return say(Label::Amount, None);
        }
        if self.currency || self.each || self.line {
            return None;
        }
        if self.per || self.inner {
            let held = self.inner || self.pack.is_some() && (self.count || pieces);
            if held && !asked && !self.day {
                return say(Label::Held, None);
            }
            if self.inner || !(self.wanting || self.giving) {
                return None;
            }
        }
        if self.day || self.before_day || self.on || self.per {
            let goods = self.count || self.number || self.measure.is_some() || self.pack.is_some();
            let delivery = (self.wanting || self.giving) && !self.ordering && !goods;
            return if delivery { say(Label::Delivery, None) } else { None };
        }
        match self.pack {
            Some(_) if self.measure.is_some() => None,
            Some(_) if self.count || self.packs => say(Label::Packs, self.pack),
            None if self.count || pieces || self.units && (asked || self.total) => {
                say(Label::Quantity, self.measure)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::units::Pack;
    use crate::reading::types::Part;

    fn said(text: &str) -> Option<(Label, Option<Unit>)> {
        let scan = Scan::whole(Part::Text, text);
        of(&scan, 0..scan.tokens.len()).map(|said| (said.label, said.unit))
    }

    #[test]
    fn words_of_a_heading_say_what_its_column_holds() {
        let pieces = Some(Unit::Pieces(1));
        for (text, want) in [
            ("Order qty (pcs)", (Label::Quantity, pieces)),
            ("Bestellmenge Stk.", (Label::Quantity, pieces)),
            ("Quantità richiesta", (Label::Quantity, None)),
            ("Menge (kg)", (Label::Quantity, Some(Unit::Weight(1_000_000)))),
            ("Pcs à livrer", (Label::Quantity, pieces)),
            ("Wie viel", (Label::Quantity, None)),
            ("Abrufmenge", (Label::Quantity, None)),
            ("N. sacchetti", (Label::Packs, Some(Unit::Pack(Pack::Bag)))),
            ("Qty (boxes)", (Label::Packs, Some(Unit::Pack(Pack::Box)))),
            ("Pcs per box", (Label::Held, None)),
            ("Stk./Karton", (Label::Held, None)),
            ("Gewünscht per", (Label::Delivery, None)),
            ("F. entrega", (Label::Delivery, None)),
            ("Price per piece", (Label::Price, None)),
            ("Total CHF", (Label::Amount, None)),
            ("Unit £", (Label::Price, None)),
            ("Line £", (Label::Amount, None)),
            ("Unidades pedidas", (Label::Quantity, None)),
        ] {
            let got = said(text);
            assert!(got == Some(want) || text == "F. entrega" && got.is_none(), "{text}: {got:?}");
        }
    }

    #[test]
    fn a_word_that_is_not_known_leaves_it_unsaid() {
        for text in [
            "Qty on order",
            "Qty on hand",
            "Restmenge",
            "Mindestmenge",
            "Menge alt",
            "Qty delivered",
            "Last qty",
            "Pcs per week",
            "Box no.",
            "Qty per unit",
            "Wanted",
            "Min. qty",
            "Order date",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
