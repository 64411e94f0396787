//! What may stand in a sentence beside the goods that it asks for, and takes nothing from them: a
//! greeting, whose wish it is, what they are for, where they go.

use std::ops::Range;

use super::plain::{Sentence, scan_capital, word};
use super::plain_words::{is_no_purpose, is_other_thing};
use crate::reading::text::{Kind, words};
use crate::reading::types::Lang;

impl Sentence<'_, '_> {
    /// The end of a line that greets, where a sentence begins with one: 'Hallo Sandra'.
    pub(crate) fn greeting(&self, run: &Range<usize>) -> usize {
        let Some(first) = self.scan.token(run.start) else { return run.start };
        // 'Sandra, here is our list:' as the first words of a text
        let called = run.start == 0
            && first.kind == Kind::Word
            && scan_capital(self.scan, first)
            && !crate::reading::text::lang::is_common(&first.folded)
            && self.lang != Some(Lang::De)
            && !first.folded.ends_with("ing")
            && !first.folded.ends_with('s')
            && !words!("resi demo probe prova wishlist stock inventory backlog").has(&first.folded)
            && !super::plain_words::is_other_thing(&first.folded)
            && !self.inside.iter().any(|m| m.tokens.contains(&run.start))
            && super::cues::of(&first.folded) == super::cues::Cues::default()
            && self.scan.token(run.start + 1).is_some_and(|t| t.is(','))
            && run.start + 2 < run.end;
        if called {
            return run.start + 2;
        }
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
