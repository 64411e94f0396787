//! Words behind some goods that take them for others: ordered before, owed, put aside, or more than
//! these.

use super::plain::{Sentence, word};
use super::plain_words::helps;
use crate::reading::prose::mentions::What;
use crate::reading::text::{Kind, Scan, words};

impl Sentence<'_, '_> {
    /// Where words behind the goods take them for others.
    pub(super) fn taken_back(&self) -> Option<usize> {
        let goods = self.inside.iter().filter(|m| self.goods && !matches!(m.what, What::Date(_)));
        goods
            .map(|m| m.tokens.end)
            .max()
            .filter(|last| self.takes_back(*last) && *last < self.run.end)
    }

    /// 'Plus spares', 'and something to clean them with': more goods, which are not named.
    fn adds_more(&self, last: usize) -> bool {
        const NEAR: usize = 3;
        let word = |at: usize| word(self.scan, at);
        let from = last..self.run.end.min(last + NEAR);
        from.clone().any(|at| {
            let joins = words!("plus sowie nonche nebst and und et e y en").has(word(at));
            let nouns = words!("plus sowie nonche nebst").has(word(at));
            let some = words!("something etwas quelque qualcosa algo iets some einige spares ersatzteile accessories zubehor accessoires accessori");
            let next = self.scan.token(at + 1).filter(|t| t.kind == Kind::Word && !t.folded.is_empty());
            let rest = words!("rest remainder reste resto else andere").has(word(at + 2))
                && words!("the den der das le il el de everything all alles tout tutto").has(word(at + 1));
            joins && (some.has(word(at + 1)) || rest)
                || nouns && next.is_some_and(|t| !helps(&t.folded)) && !self.inside.iter().any(|m| m.tokens.contains(&(at + 1)))
                    && !words!("vat mwst tva iva btw packing shipping fracht porto transport freight").has(word(at + 1))
        })
    }

    /// Words behind the goods that tell of others which were ordered before, or are there: 'the 20 HS-100 you
    /// still owe us', 'les 20 HS-100 restants', '5 PB-55 haben wir noch'.
    pub(super) fn takes_back(&self, last: usize) -> bool {
        const NEAR: usize = 6;
        let word = |at: usize| word(self.scan, at);
        let near = last..self.run.end.min(last + NEAR);
        let any = |list: &crate::reading::text::WordList| near.clone().any(|at| list.has(word(at)));
        let gone = words!(
            "restants restantes restanti rimanenti mancanti manquants manquantes commandes commandees ordinati ordinate ordered \
             pedidas encargadas resterende owed outstanding"
        );
        let other_code = self.scan.token(last + 1).is_some_and(|t| t.is('/') && !t.glued)
            && self.scan.token(last + 2).is_some_and(|t| t.glued);
        let placed = |at: usize| {
            word(at) == "on" && word(at + 1) == "order"
                || words!("ordered bestellt bestelden besteld commande commandes commandee commandees ordinato ordinati ordinate pedido")
                    .has(word(at))
                    && (last..at).any(|at| {
                        words!("we i wir ich avons ai abbiamo ho hemos he wij ik").has(word(at))
                    })
        };
        gone.has(word(last)) && word(last + 1) != ":"
            || other_code
            || near.clone().any(placed)
            || near.clone().any(|at| self.is_from_order(at))
            || self.adds_more(last)
            || near.clone().any(|at| {
                words!("complete completing").has(word(at)) && words!("our the").has(word(at + 1))
            })
            || near.clone().any(|at| says_same(self.scan, at))
            || any(words!(
                "short forgot forgotten backorder promised vergessen versprochen oublie oublies promis dimenticati promessi owe owes zuruck retour indietro terug aside beiseite opzij"
            ))
            || near.clone().any(|at| {
                matches!(
                    (word(at), word(at + 1)),
                    ("de", "cote") | ("da" | "a", "parte") | ("a", "part")
                )
            })
            || near.clone().any(|at| word(at) == "back" && words!("to , .").has(word(at + 1)))
            || any(words!("have haben avons abbiamo tenemos hebben"))
                && any(words!("noch still encore ancora todavia nog"))
    }

    /// 'From the last order', 'aus Auftrag 4711', 'dell'ordine 4711': goods that were ordered before.
    fn is_from_order(&self, at: usize) -> bool {
        const APART: usize = 5;
        let word = |at: usize| word(self.scan, at);
        if !words!("from of aus von vom de du del della dell dal dalla dall van uit").has(word(at))
        {
            return false;
        }
        let small = |at: usize| {
            matches!(word(at), "'" | "\u{2019}")
                || words!(
                    "the our my your last previous earlier open dem der den unserem unserer unseren meiner meinem letzten vorigen offenen la le l notre ma nos \
                     derniere precedente ordre lo il nostro mio ultimo precedente nuestro mi el onze mijn de vorige laatste"
                )
                .has(word(at))
        };
        let order = words!(
            "order orders po bestellung auftrag auftrage commande ordine pedido bestelling opdracht"
        );
        let end = self.run.end.min(at + APART);
        let noun = (at + 1..end).find(|at| !small(*at)).filter(|at| order.has(word(*at)));
        // 'From our order form', 'of order quantity'
        noun.is_some_and(|at| !words!("form list lists sheet quantity book").has(word(at + 1)))
    }
}

/// 'The same for York', 'dasselbe nach Graz': as many again, of the goods before.
fn says_same(scan: &Scan<'_>, at: usize) -> bool {
    let leads = words!("for to at fur nach an pour a per voor naar para");
    let same = words!("same dasselbe gleiche idem ditto stesso meme mismo hetzelfde desgleichen");
    same.has(word(scan, at)) && (leads.has(word(scan, at + 1)) || leads.has(word(scan, at + 2)))
}
