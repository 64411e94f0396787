//! What a heading says by its words, in whatever order and company: 'Order qty (pcs)',
//! 'Bestellmenge Stk.', 'Pz/sacchetto'. One word that is not known leaves it unsaid.

use std::ops::Range;

use super::labels::Label;
use super::text::{Kind, Scan, words};
use super::units::{self, Unit};

/// What a heading is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// What its column holds.
    pub(super) label: Label,
    /// The unit of its numbers.
    pub(super) unit: Option<Unit>,
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

/// What a heading says, where each of its words is known.
pub(super) fn of(scan: &Scan<'_>, cell: Range<usize>) -> Option<Said> {
    if cell.is_empty() || cell.len() > 10 {
        return None;
    }
    let mut heard = Heard::default();
    for token in scan.tokens.get(cell)? {
        match token.kind {
            Kind::Mark if token.is('/') => heard.per = true,
            Kind::Mark if token.is('#') => heard.number = true,
            Kind::Mark if token.is_any("€$£") => heard.currency = true,
            Kind::Mark if token.is_any(".-()[]:'’°º?") => {}
            Kind::Digits | Kind::Mark => return None,
            Kind::Word => heard.hear(&token.folded)?,
        }
    }
    heard.said()
}

impl Heard {
    fn hear(&mut self, word: &str) -> Option<()> {
        if words!("menge mengen anzahl anz stuckzahl qty quantity quantities quant qnty qte quantite quantites qta quantita q ta cantidad cant aantal hoeveelheid nb nombre many much viel viele wieviel wieviele combien quanti quante quanto cuantos cuantas hoeveel").has(word) {
            self.count = true;
        } else if words!("number numero nr no n num").has(word) {
            self.number = true;
        } else if words!("order ordered orders ordering bestellt bestellte bestellten bestell bestellung commande commandee commandees commander cdee cde ordinata ordinate ordinati ordinato ordinare ordine pedida pedidas pedido pedidos pedir besteld bestelde bestellen abruf abrufen").has(word) {
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
            let held = self.pack.is_some() && (self.count || pieces || self.inner);
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
    use super::super::types::Part;
    use super::super::units::Pack;
    use super::*;

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
