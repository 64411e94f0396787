//! Whether a sentence about goods says nothing but that they are ordered. An order word somewhere in
//! a mail is no order of what another sentence tells of goods: 'Order 4711: 20 HS-100 are here'.
//! So a sentence must ask for its goods itself, or hold no word that may say something else.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::bids;
use super::cues::Cues;
use super::plain_words::{ASKS, helps, is_other_thing};
use super::pleas::{bidding, declaring};
use super::turns;
use super::weighed;
use crate::reading::prose::instalments;
use crate::reading::prose::mentions::{Mention, What, within};
use crate::reading::text::stretches::Stretch;
use crate::reading::text::{Kind, Scan, Token, fold, words};
use crate::reading::types::{Evidence, Lang};

static PHRASES: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Vec<String>>> = HashMap::default();
    for phrase in ASKS.split('|') {
        let words: Vec<String> = phrase.split_whitespace().map(fold).collect();
        if let Some(first) = words.first().cloned() {
            phrases.entry(first).or_default().push(words);
        }
    }
    phrases
});

pub(crate) fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

/// Where the words stand that ask for goods.
fn asking(scan: &Scan<'_>, run: Range<usize>, inside: &[&Mention]) -> Vec<Range<usize>> {
    let told = |at: usize| inside.iter().any(|m| m.tokens.contains(&at));
    let mut found = Vec::new();
    found.extend(bids::leading(scan, &run));
    // 'Need 10 of these': who is left out.
    if matches!(word(scan, run.start), "need" | "require" | "brauche" | "brauchen") {
        found.push(run.start..run.start + 1);
    }
    for at in run.clone() {
        found.extend(bidding(scan, at, run.end, &told));
        found.extend(presenting(scan, at, run.end));
        found.extend(declaring(scan, at, run.end));
        let Some(phrases) = PHRASES.get(word(scan, at)) else { continue };
        let longest = phrases
            .iter()
            .filter(|phrase| {
                at + phrase.len() <= run.end
                    && phrase.iter().enumerate().all(|(n, w)| word(scan, at + n) == w)
            })
            .map(Vec::len)
            .max();
        // 'We need to return', 'we would like to know': the verb behind says what for.
        if let Some(length) = longest {
            found.push(at..at + length);
        }
    }
    found
}

/// 'Ecco il nostro primo ordine', 'hier unsere Bestellung': whoever hands an order over asks for it.
/// An 'order confirmation' is another paper.
fn presenting(scan: &Scan<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    const APART: usize = 6;
    let presents =
        words!("here hier voici ecco anbei nachfolgend nachstehend hiermit hierbij aqui");
    if !presents.has(word(scan, at)) {
        return None;
    }
    let names = |at: &usize| {
        words!("order bestellung auftrag commande ordine pedido bestelling").has(word(scan, *at))
    };
    let last = (at + 1..end.min(at + APART)).find(names)?;
    let plain = (at + 1..last).all(|between| {
        scan.token(between).is_some_and(|t| t.is_any("'\u{2019}"))
            || words!(
                "is s comes follows our my the a an new next first little small short urgent ist kommt folgt unsere meine die der eine unser mein neue \
                 nachste erste kleine kurze dringende notre ma la une nouvelle prochaine premiere petite il nostro mio un primo nuovo prossimo piccolo \
                 nuestro mi el nuevo primer onze mijn de een nieuwe eerste volgende"
            )
            .has(word(scan, between))
    });
    // 'Notre commande du mois'
    let months = word(scan, last + 1) == "du" && word(scan, last + 2) == "mois";
    let last = if months { last + 2 } else { last };
    let behind = scan.token(last + 1).filter(|_| last + 1 < end);
    let ends = behind.is_none_or(|t| {
        t.is_any(":,.")
            || words!("for below fur pour per in schriftlich list wie voor para").has(&t.folded)
    });
    // 'Our order for Smith that you sent to us'
    let told = (last + 1..end).any(|at| {
        words!(
            "that which who you your was were has had have is are last die welche sie ihr ist war hat wurde qui que vous est a ete che voi e stato \
             history delivered sent missing"
        )
        .has(word(scan, at))
    });
    let ends = ends && !told;
    (plain && ends).then_some(at..last + 1)
}

/// A text with its sentences.
pub(crate) struct Read<'s, 't> {
    /// The text.
    pub(crate) scan: &'s Scan<'t>,
    /// Its sentences.
    pub(crate) stretches: &'s [Stretch],
    /// What it mentions.
    pub(crate) found: &'s [Mention],
    /// The language of the mail.
    pub(crate) lang: Option<Lang>,
    /// Tokens that are something else: telephone numbers, order numbers.
    pub(crate) taken: &'s [bool],
}

impl Read<'_, '_> {
    /// A word that may say that goods are not ordered, in a sentence about them or in one that leads
    /// to them. `orders` tells in which sentences there are goods; `strangers` are rows
    /// of goods that we do not make.
    pub(crate) fn odd(
        &self,
        orders: impl Fn(usize) -> bool,
        strangers: &[usize],
    ) -> Option<Evidence> {
        let mut odd = None;
        // The sentence that leads to the goods below it, and whether it asks for them.
        let mut intro = None;
        let mut asked = false;
        for (place, stretch) in self.stretches.iter().enumerate() {
            if strangers.contains(&place) {
                continue;
            }
            let whole = self.inside(&stretch.tokens);
            let stretch = &instalments::before_parts(self.scan, stretch, &whole);
            let inside = self.inside(&stretch.tokens);
            let sentence = self.sentence(stretch, &inside, orders(place));
            if orders(place) {
                let listed = asked && self.is_row(&stretch.tokens);
                if !listed && !sentence.asks(stretch.polite) {
                    odd = odd
                        .or_else(|| sentence.odd(stretch.tokens.clone()))
                        .or_else(|| sentence.taken_back())
                        .or(intro);
                } else {
                    odd = odd.or_else(|| sentence.odd_between()).or_else(|| sentence.state(listed));
                }
                continue;
            }
            let next = self.stretches.get(place + 1).map(|s| s.tokens.start);
            let leads = self.leads(stretch, next);
            asked = sentence.asks(stretch.polite);
            intro = None;
            let idle = stretch.is_idle(self.scan);
            let aside = idle || stretch.aside.is_some();
            if leads && !asked && !aside && !self.thanks(stretch) && !self.names(stretch) {
                intro = sentence.odd(stretch.tokens.clone());
            }
        }
        // What stands above a form `accounts` weighs.
        let odd = odd?;
        Some(self.scan.evidence(self.scan.span(odd..odd + 1)?, "prose.odd"))
    }

    /// 'Merci encore pour votre accueil', with nothing about goods.
    fn thanks(&self, stretch: &Stretch) -> bool {
        let first = stretch.tokens.start..stretch.tokens.end.min(stretch.tokens.start + 4);
        first.into_iter().any(|at| {
            words!("thank thanks danke dank merci grazie gracias bedankt").has(word(self.scan, at))
        }) && self.inside(&stretch.tokens).iter().all(|m| matches!(m.what, What::Date(_)))
    }

    /// 'Sandra,' at the head of a mail.
    fn names(&self, stretch: &Stretch) -> bool {
        let mut words = stretch.tokens.clone().filter_map(|at| self.scan.token(at));
        let ends = stretch.tokens.end.checked_sub(1).and_then(|at| self.scan.token(at));
        stretch.tokens.start == 0
            && stretch.tokens.len() <= 3
            && ends.is_some_and(|t| t.is(','))
            && words.all(|t| {
                t.is(',')
                    || t.kind == Kind::Word
                        && scan_capital(self.scan, t)
                        && !crate::reading::text::lang::is_common(&t.folded)
            })
    }

    /// Whether a stretch is a row of a list.
    fn is_row(&self, run: &Range<usize>) -> bool {
        let line = self.scan.token(run.start).map_or(0, |t| t.line);
        crate::reading::text::stretches::goods(self.scan, line, self.found)
    }

    fn inside(&self, run: &Range<usize>) -> Vec<&Mention> {
        within(self.found, run).iter().collect()
    }

    /// Whether a sentence asks for its goods, or for what stands below it.
    pub(super) fn asks(&self, stretch: &Stretch, goods: bool) -> bool {
        let inside = self.inside(&stretch.tokens);
        self.sentence(stretch, &inside, goods).asks(stretch.polite)
    }

    fn sentence<'a>(
        &'a self,
        stretch: &Stretch,
        inside: &'a [&'a Mention],
        goods: bool,
    ) -> Sentence<'a, 'a> {
        let according = stretch.cues.has(Cues::ACCORDING);
        Sentence {
            scan: self.scan,
            run: stretch.tokens.clone(),
            inside,
            lang: self.lang,
            according,
            goods,
            orders: weighed::orders(stretch.ordering),
            taken: self.taken,
        }
    }

    /// Whether a sentence leads to what begins at the next: by a colon, or since it has no end.
    fn leads(&self, stretch: &Stretch, next: Option<usize>) -> bool {
        let last = stretch.tokens.end.checked_sub(1).and_then(|at| self.scan.token(at));
        let (Some(last), Some(next)) = (last, next.and_then(|at| self.scan.token(at))) else {
            return false;
        };
        last.is(':') || !last.is_any(".!") && next.line.saturating_sub(last.line) <= 2
    }
}

/// Headings of a report: 'Ordered | Delivered | Open'.
fn heads_report(word: &str) -> bool {
    words!(
        "delivered received open outstanding backlog geliefert offen restmenge evaso residuo livre reste accepted rejected stock \
         inventory bestand giacenza pendiente openstaand"
    )
    .has(word)
}

pub(crate) fn scan_capital(scan: &Scan<'_>, token: &Token) -> bool {
    scan.words(token.span).starts_with(char::is_uppercase)
}

/// A slip of the keyboard in a word of ordering.
pub(crate) fn near_order(word: &str) -> bool {
    const WORDS: [&str; 8] =
        ["order", "please", "below", "following", "bestellung", "bestellen", "commande", "ordine"];
    // 'Die bestellten 20' came before.
    if words!("bestellten bestellte bestellt commandes commandee ordini").has(word) {
        return false;
    }
    word.chars().count() >= 4
        && WORDS.iter().any(|near| crate::reading::forms::labels::is_slip(near, word))
}

/// Whether a sentence has no word that may say something else than that goods are ordered.
pub(crate) fn is_plain(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    lang: Option<Lang>,
) -> bool {
    let according = stretch.cues.has(Cues::ACCORDING);
    let run = stretch.tokens.clone();
    let sentence = Sentence {
        scan,
        run: run.clone(),
        inside,
        lang,
        according,
        goods: true,
        orders: false,
        taken: &[],
    };
    // The words that ask are no odd ones.
    let mut from = run.start;
    for ask in asking(scan, run.clone(), inside) {
        if from < ask.start && sentence.odd(from..ask.start).is_some() {
            return false;
        }
        from = from.max(ask.end);
    }
    sentence.odd(from..run.end).is_none()
}

/// The sentence of some goods, or the one that leads to a list of them.
pub(crate) struct Sentence<'s, 't> {
    pub(crate) scan: &'s Scan<'t>,
    pub(crate) run: Range<usize>,
    pub(crate) inside: &'s [&'s Mention],
    pub(super) lang: Option<Lang>,
    /// 'According to your offer': it may speak of offers and prices.
    according: bool,
    /// There are goods in it.
    pub(super) goods: bool,
    /// The model is sure that it orders them.
    orders: bool,
    taken: &'s [bool],
}

impl Sentence<'_, '_> {
    /// Asks for its goods, or for what stands below it, by itself.
    fn asks(&self, polite: bool) -> bool {
        let goods = self.inside.iter().filter(|m| self.goods && !matches!(m.what, What::Date(_)));
        let first = goods.clone().map(|m| m.tokens.start).min();
        let last = goods.map(|m| m.tokens.end).max();
        if last.is_some_and(|last| self.takes_back(last)) {
            return false;
        }
        // 'Can I order only 20?'
        let only = |at: usize| {
            words!("only just nur bloss seulement uniquement solo soltanto solamente alleen maar")
                .has(word(self.scan, at))
        };
        let before = self.run.start..first.unwrap_or(self.run.end);
        if word(self.scan, self.run.end.wrapping_sub(1)) == "?" && before.clone().any(only) {
            return false;
        }
        if self.orders {
            return true;
        }
        if polite
            && self
                .odd(self.run.start..first.unwrap_or(self.run.end))
                .is_none_or(|at| self.scan.token(at).is_some_and(|t| t.is('?')))
        {
            return true;
        }
        let (Some(first), Some(last)) = (first, last) else {
            return asking(self.scan, self.run.clone(), self.inside)
                .iter()
                .any(|ask| !self.asks_else(ask.end..self.run.end));
        };
        asking(self.scan, self.run.clone(), self.inside).iter().any(|ask| {
            let between = if ask.end <= first {
                ask.end..first
            } else if ask.start >= last {
                last..ask.start
            } else {
                return true;
            };
            !self.asks_else(between)
        })
    }

    /// What a row of a list says of itself: '5 pcs PB-55 - received', '(on hold)'.
    fn state(&self, listed: bool) -> Option<usize> {
        let last = self.inside.iter().map(|m| m.tokens.end).max()?;
        let conditional = |at: &usize| {
            crate::reading::tables::columns::is_state(word(self.scan, *at))
                || words!("open offen ouvert aperto abierto when if wenn falls quand se cuando als")
                    .has(word(self.scan, *at))
        };
        listed.then(|| (last..self.run.end).find(conditional)).flatten()
    }

    /// A word between some goods and others that may say something else of these: 'please send 20 A,
    /// we still have 5 B'.
    fn odd_between(&self) -> Option<usize> {
        let goods = self.inside.iter().filter(|m| !matches!(m.what, What::Date(_)));
        // 'We have run out of A, so 20 pieces'
        if self.orders && goods.clone().count() == 2 {
            return None;
        }
        let first = goods.clone().map(|m| m.tokens.end).min()?;
        let last = goods.map(|m| m.tokens.start).max()?;
        // 'Together with the 5 B of our last order'
        let along = |at: &usize| {
            words!("together zusammen ensemble insieme junto samen").has(word(self.scan, *at))
                && words!("with mit avec con a met").has(word(self.scan, at + 1))
        };
        // 'With the 5 B of order 4711'
        let with = |at: &usize| {
            words!("with mit avec con met").has(word(self.scan, *at))
                && words!("the den les los las i le de die gli").has(word(self.scan, at + 1))
                && self.counts(at + 2)
        };
        if let Some(at) = (first..last).find(|at| along(at) || with(at)) {
            return Some(at);
        }
        let odd = (first < last).then(|| self.odd(first..last)).flatten()?;
        // '180 m on 8 June and the remaining 120 m on 6 July'
        let splits = words!("remaining other rest restlichen restantes restanti resterende");
        (!splits.has(word(self.scan, odd))).then_some(odd)
    }

    /// Whether words between the asking and the goods name another thing that is asked for: 'please
    /// send an offer for 20 A'.
    fn asks_else(&self, mut run: Range<usize>) -> bool {
        run.any(|at| {
            let told = self.taken.get(at) == Some(&true)
                || self.inside.iter().any(|m| m.tokens.contains(&at));
            let accepted = self.according && self::word(self.scan, at) != "to";
            self.scan.token(at).is_some_and(|t| {
                !told
                    && (t.is('?') && at + 1 < self.run.end
                        || !accepted && is_other_thing(&t.folded))
            })
        })
    }

    /// The first word that may say something else.
    fn odd(&self, run: Range<usize>) -> Option<usize> {
        let mut at = self.greeting(&run);
        while at < run.end {
            if self.taken.get(at) == Some(&true)
                || self.inside.iter().any(|m| m.tokens.contains(&at))
            {
                at += 1;
                continue;
            }
            if let Some(end) = turns::end_at(self.scan, at, run.end)
                .or_else(|| turns::ever_to_place(self.scan, at, run.end))
            {
                at = end;
                continue;
            }
            let Some(token) = self.scan.token(at) else { break };
            // 'What is struck through we no longer need.'
            if words!("struck crossed durchgestrichen durchgestrichene durchgestrichenen gestrichene barre barres raye barrati").has(&token.folded) {
                return None;
            }
            if token.kind != Kind::Word {
                // A question is no plain wish.
                if token.is('?') {
                    return Some(at);
                }
                at += 1;
                continue;
            }
            if matches!(
                token.folded.as_str(),
                "for" | "fur" | "furs" | "pour" | "per" | "voor" | "para"
            ) && let Some(end) = self.purpose(at + 1, run.end)
            {
                at = end;
                continue;
            }
            if let Some(end) = self.destination(at, run.end) {
                at = end;
                continue;
            }
            if self.is_agent(at) {
                at += 3;
                continue;
            }
            if self.is_odd(at, run.start) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// An amount begins here.
    fn counts(&self, at: usize) -> bool {
        self.inside
            .iter()
            .any(|m| crate::reading::text::stretches::is_amount(m) && m.tokens.start == at)
    }

    /// Small words before an amount that only join it to others.
    fn leads_to_count(&self, at: usize, word: &str) -> bool {
        // '150 on 4 May and the last 100 on 1 June'
        let days = || self.inside.iter().filter(|m| matches!(m.what, What::Date(_))).count();
        let last = words!(
            "last final letzten restlichen derniers dernieres ultimi ultime ultimos ultimas laatste"
        );
        if last.has(word) {
            return days() >= 2 && self.counts(at + 1);
        }
        match word {
            // 'Più 2 IM-5'
            "piu" | "mas" => self.counts(at + 1),
            // 'Oltre a 30 IM-5': and these.
            "oltre" => self.counts(at + 2) && matches!(self::word(self.scan, at + 1), "a" | "ad"),
            _ => false,
        }
    }

    /// 'Call-off 4711'
    fn is_call_off(&self, at: usize) -> bool {
        let words = [at, at + 1, at + 2].map(|at| word(self.scan, at));
        words == ["call", "-", "off"]
    }

    /// Whether a word for what is done says so of the goods: 'to be delivered on' does not, 'Delivered on
    /// Monday:' above a list does.
    fn tells_done(&self, at: usize, said: &str) -> Option<bool> {
        let done = words!(
            "delivered shipped sent supplied dispatched geliefert zugestellt versandt livre livres livree livrees expedies expediees \
             consegnato consegnati consegnata consegnate spediti spedite entregado entregados geleverd"
        );
        if !done.has(said) {
            return None;
        }
        let to_come = words!("be etre essere werden worden ser to")
            .has(word(self.scan, at.wrapping_sub(1)))
            || words!("werden worden").has(word(self.scan, at + 1));
        if to_come {
            return Some(false);
        }
        (!self.goods).then_some(true)
    }

    fn is_odd(&self, at: usize, start: usize) -> bool {
        let Some(token) = self.scan.token(at) else { return false };
        let word = token.folded.as_str();
        if word == "good" {
            return !matches!(
                self::word(self.scan, at + 1),
                "morning" | "afternoon" | "evening" | "day"
            );
        }
        // 'PS: please also add 4 A'
        let ps = at == start && matches!(word, "ps" | "nb") && self::word(self.scan, at + 1) == ":";
        if ps || self.is_welcome(at) || self.is_call_off(at) {
            return false;
        }
        if word == "nothing" {
            return !matches!(
                self::word(self.scan, at + 1),
                "special" | "else" | "unusual" | "new"
            );
        }
        // 'My oder below'
        if self.leads_to_count(at, word) || near_order(word) {
            return false;
        }
        // 'Here is our order', but not '20 HS-100 are here'.
        if word == "here" {
            return !matches!(
                self::word(self.scan, at + 1),
                "is" | "are" | "comes" | "s" | "'" | "follows" | "our" | "my" | "with"
            );
        }
        if let Some(odd) = self.tells_done(at, word) {
            return odd;
        }
        if self.according
            && words!(
                "offer offerte angebot quote quotation devis offre offerta preventivo preisliste list price prices preis preise prix prezzo \
                 prezzi tarif listino confermiamo confermo confirmons confirme agreed ihre ihrer ihrem ihr your votre vostra vostro terms telephone telephonique telefonisch telefono phone according come accordi reference besprochen vereinbart abgemacht soeben vorhin eben heute gestern just call telefonat stamattina telefonata discussed discute discusso convenu concordato"
            )
            .has(word)
        {
            return false;
        }
        if heads_report(word) {
            return true;
        }
        let opens = at == start
            || self.scan.token(at.wrapping_sub(1)).is_some_and(|t| t.is_any(".!?:;\u{2022}"));
        let capital = self.scan.words(token.span).starts_with(char::is_uppercase);
        let name = capital && !opens && self.lang != Some(Lang::De);
        let herr = matches!(
            self::word(self.scan, at.wrapping_sub(1)),
            "herr" | "frau" | "herrn" | "mr" | "mrs" | "ms"
        );
        !(helps(word)
            || name
            || herr
            || super::asides::is_way(word)
            || crate::reading::text::units::unit_at(self.scan, at).is_some()
            || crate::reading::dates::weekday_at(self.scan, at).is_some()
            || crate::reading::dates::is_month(self.scan, at)
            || crate::reading::text::number_words::words_at(self.scan, at, self.lang).is_some()
            || crate::reading::prose::mentions::is_filler_before(word)
            || super::noun_slots::is_noun(self.scan, at, self.lang))
    }
}
