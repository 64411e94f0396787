//! What may stand in a sentence beside the goods that it asks for, and takes nothing from them: a
//! greeting, whose wish it is, what they are for, where they go.

use std::ops::Range;

use super::cues::{self, Cues};
use super::perils;
use super::plain::{Sentence, scan_capital, word};
use super::plain_words::{is_no_purpose, is_other_thing};
use crate::reading::dates::events;
use crate::reading::draft::Named;
use crate::reading::forms::values::BY_NAME;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::text::stretches::{is_amount, is_product};
use crate::reading::text::{Kind, words};
use crate::reading::types::Lang;

/// 'For next year', 'für später', 'for you to keep': a remark that is none of a purpose.
fn is_of_time(word: &str) -> bool {
    words!(
        "next last later now already still year month week you your them it only if when but or instead nachstes nachsten letzten spater schon noch jahr monat woche ihr ihre ihnen nur \
         wenn aber oder statt prochain prochaine dernier derniere plus tard deja encore annee mois semaine vous votre seulement si mais ou prossimo prossima scorso dopo gia ancora anno \
         mese settimana voi vostro solo se ma o proximo ultimo despues ya todavia ano mes semana usted su volgend vorig later al nog jaar maand u uw alleen als maar of"
    )
    .has(word)
}

impl Sentence<'_, '_> {
    /// The end of a line that greets, where a sentence begins with one: 'Hallo Sandra'.
    pub(crate) fn greeting(&self, run: &Range<usize>) -> usize {
        let Some(first) = self.scan.token(run.start) else { return run.start };
        let greets = words!(
            "hello hi hey dear morning hallo hoi sali salut salu ciao servus moin liebe lieber gruezi bonjour bonsoir \
             buongiorno buonasera salve gentile cher chere hola estimado estimada beste geachte goedemorgen goedendag guten"
        );
        let on_line = |at: &usize| self.scan.token(*at).is_some_and(|t| t.line == first.line);
        let end = run.clone().take_while(on_line).last().map_or(run.start, |at| at + 1);
        let name = |at: usize| {
            self.scan.token(at).is_some_and(|t| match t.kind {
                Kind::Mark => t.is_any(",!."),
                Kind::Digits => false,
                Kind::Word => {
                    super::accounts::is_courtesy(&t.folded)
                        || scan_capital(self.scan, t)
                            && !self.inside.iter().any(|m| m.tokens.contains(&at))
                }
            })
        };
        let greeting =
            greets.has(&first.folded) && end - run.start <= 6 && (run.start..end).all(name);
        if greeting && end < run.end { end } else { run.start }
    }

    /// 'By my boss', 'von unserem Einkauf': whoever did it.
    pub(crate) fn is_agent(&self, at: usize) -> bool {
        let by = words!("by von par da dal dalla door por").has(word(self.scan, at));
        let own = words!(
            "my our meinem meiner unserem unserer mon ma notre mio mia nostro nostra mi nuestro nuestra mijn onze"
        );
        let who = self.scan.token(at + 2).filter(|t| t.kind == Kind::Word);
        by && own.has(word(self.scan, at + 1))
            && who.is_some_and(|t| !is_other_thing(&t.folded))
            && at + 2 < self.run.end
    }

    /// 'To our foundry', 'in unsere Werkstatt': where the goods go.
    pub(crate) fn destination(&self, at: usize, end: usize) -> Option<usize> {
        let leads = words!("to at into in an nach a chez presso en zu naar bij alla nella al nel");
        let own = words!(
            "our my unser unsere unserem unseren unserer meine meinem meiner notre nos mon ma nostro nostra nostri mio mia nuestro nuestra onze ons mijn"
        );
        // 'Presso la nostra sede'
        let article = words!("la il lo le el los").has(word(self.scan, at + 1));
        let owned = at + 1 + usize::from(article);
        if !leads.has(word(self.scan, at)) || !own.has(word(self.scan, owned)) {
            return None;
        }
        // 'In our last order' is no place.
        let other = |at: usize| {
            let said = word(self.scan, at);
            is_other_thing(said)
                || words!(
                    "order orders next last previous open bestellung bestellungen auftrag nachste nachsten letzte letzten offene offenen commande commandes \
                     derniere prochaine ordine ordini ultimo prossimo pedido ultimo proximo bestelling vorige volgende lawyer insurance insurer anwalt versicherung"
                )
                .has(said)
        };
        let end = self.purpose(owned + 1, end.min(owned + 3))?;
        (!(owned + 1..end).any(other)).then_some(end)
    }

    /// The end of what goods are for: 'for the new hall', 'für die Anlage Nord'.
    pub(crate) fn purpose(&self, from: usize, end: usize) -> Option<usize> {
        let mut at = from;
        while at < end && at < from + 5 {
            let token = self.scan.token(at)?;
            let mention = self.inside.iter().any(|m| m.tokens.contains(&at));
            if token.kind != Kind::Word || mention {
                break;
            }
            if is_no_purpose(&token.folded)
                || matches!(
                    token.folded.as_str(),
                    "your" | "you" | "ihre" | "ihren" | "votre" | "vos" | "vostro" | "vostra"
                )
            {
                return None;
            }
            at += 1;
        }
        (at > from).then_some(at)
    }

    /// The end of a clause that tells an event behind the goods: ', as the fitter comes on 23 March'.
    pub(crate) fn event(&self, at: usize) -> Option<usize> {
        let goods = |m: &&Mention| is_product(m) || is_amount(m);
        let behind = self.inside.iter().copied().filter(goods).all(|m| m.tokens.end <= at);
        let told = |day: &&Mention| events::told(self.scan, &self.run, self.inside, day);
        let mut days = self.inside.iter().filter(|day| behind && day.tokens.start > at);
        days.find_map(told).filter(|told| told.clause.start == at).map(|told| told.clause.end)
    }

    /// The end of a remark in brackets behind some goods that says what they are for: '(spares for pump 12)',
    /// '(dringend)', '(pour le local 7)'.
    pub(crate) fn remark(&self, at: usize, end: usize) -> Option<usize> {
        const MOST: usize = 12;
        let goods = self.inside.iter().any(|m| is_product(m) && m.tokens.end <= at);
        self.scan.token(at).filter(|t| t.is('(') && goods)?;
        let close = (at + 1..end.min(at + MOST))
            .find(|close| self.scan.token(*close).is_some_and(|t| t.is(')')))?;
        let said = at + 1..close;
        let sure = |m: &Mention| match m.what {
            What::Date(_) => true,
            What::Product(Named::One(_) | Named::Unknown, certainty) => certainty >= BY_NAME,
            What::Amount { marked, .. } => marked,
            What::Product(..) => false,
        };
        let told = self.inside.iter().any(|m| said.contains(&m.tokens.start) && sure(m));
        let folded = self.scan.folded(said.clone());
        let sentence = perils::Sentence { folded: &folded, lang: None, priced: false, goods: true };
        if told || perils::has(sentence) || !cues::of(&folded).is_only(Cues::DELIVERY) {
            return None;
        }
        let lead = words!("for fur furs pour per para voor").has(word(self.scan, at + 1));
        let known = |at: usize| self.is_purpose_word(at, lead);
        (!said.is_empty() && said.into_iter().all(known)).then_some(close + 1)
    }

    /// A word of such a remark: any behind 'for' that is no other purpose, or haste, stock and a place.
    fn is_purpose_word(&self, at: usize, lead: bool) -> bool {
        let Some(token) = self.scan.token(at) else { return false };
        let said = token.folded.as_str();
        let small = words!(
            "the our a of in on at das die der den dem unser unsere unserer vom von im am le la les l de du des notre nos d il lo i gli del della dei nostro nostra di el los las \
             nuestro nuestra het onze ons van and und et e y en"
        );
        let haste = words!(
            "urgent dringend eilt eilig urgente urgenti spoed steht down stopped ferma fermo arretee arrete parada defekt broken bent"
        );
        let stock = words!(
            "spare spares lager stock vorrat ersatzteil ersatzteile rechange secours scorta scorte ricambio ricambi repuesto repuestos recambio \
             reserva voorraad reserveonderdeel"
        );
        let place = words!(
            "hall gate line pump machine building room unit bay shop site workshop halle tor werk linie pumpe maschine anlage gebaude raum bau baustelle werkstatt \
             porte local ligne pompe batiment salle atelier chantier quai bassin reparto linea pompa macchina capannone officina cantiere nave maquina taller bomba hal lijn pomp loods"
        );
        match token.kind {
            Kind::Mark => token.is_any(",.-/'\u{2019}"),
            // 'Pump 12', but no '12 pumps'.
            Kind::Digits => {
                token.folded.len() <= 3 && place.has(word(self.scan, at.wrapping_sub(1)))
            }
            Kind::Word => {
                small.has(said)
                    || haste.has(said)
                    || stock.has(said)
                    // 'Reserve' keeps goods back in English.
                    || said == "reserve" && matches!(self.lang, Some(Lang::De | Lang::Fr))
                    || place.has(said)
                    || token.folded.chars().count() == 1
                    || words!("for fur furs pour per para voor").has(said)
                    || lead
                        && !is_no_purpose(said)
                        && !is_other_thing(said)
                        && !crate::reading::tables::columns::is_state(said)
                        && !is_of_time(said)
            }
        }
    }

    /// 'Wanted here on 12 May'.
    pub(crate) fn wanted_here(&self, at: usize) -> bool {
        words!("wanted needed required deliver delivered").has(word(self.scan, at.wrapping_sub(1)))
    }

    /// 'Tomorrow would be brilliant.'
    pub(crate) fn is_welcome(&self, at: usize) -> bool {
        words!("be ware waren serait sarebbe seria zou").has(word(self.scan, at.wrapping_sub(1)))
            && words!(
                "great perfect brilliant lovely fine ideal super wonderful fantastic nice best toll perfekt wunderbar prima schon \
                 parfait parfaite perfetto ottimo ideale bello perfecto geweldig fijn"
            )
            .has(word(self.scan, at))
    }
}
