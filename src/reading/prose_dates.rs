//! Which products of running text a date is said of.

use std::ops::Range;

use super::cues::{self, Cues};
use super::dates::When;
use super::draft::{Dated, Desk, Draft};
use super::mentions::{Mention, What};
use super::prose::Linked;
use super::stretches::Stretch;
use super::text::{Scan, words};

/// The rule that takes a day of which nothing says what it is for.
pub(super) const UNEXPLAINED: &str = "prose.unexplained_date";

/// The delivery dates of a stretch that names no product, or what became of those that do.
#[derive(Debug)]
pub(super) struct StretchDates {
    header: Vec<Dated>,
    wishes: Range<usize>,
}

impl StretchDates {
    /// Whether the stretch orders something.
    pub(super) fn orders(&self) -> bool {
        !self.wishes.is_empty()
    }

    /// Of wishes that have their dates.
    pub(super) fn given(wishes: Range<usize>) -> Self {
        Self { header: Vec::new(), wishes }
    }
}

/// Gives the dates of a stretch to its wishes, or keeps them for others.
pub(super) fn dates_of(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    linked: &Linked,
    wishes: Range<usize>,
    desk: &Desk<'_>,
    draft: &mut Draft,
) -> StretchDates {
    let mut own: Vec<(usize, Dated)> = Vec::new();
    let has_product = !linked.is_empty();
    for (place, mention) in inside.iter().enumerate() {
        let What::Date(when) = mention.what else { continue };
        let Some(span) = scan.span(mention.tokens.clone()) else { continue };
        let dated = |rule| Dated { when: Some(when), evidence: scan.evidence(span, rule) };
        match role(scan, stretch, inside, mention, when, has_product, desk) {
            Role::Delivery => own.push((place, dated("prose.delivery_date"))),
            Role::Order => draft.order_dates.push(dated("prose.order_date")),
            Role::None => {}
            Role::Vague => own.push((
                place,
                Dated {
                    when: Some(When::Vague),
                    evidence: scan.evidence(span, "prose.delivery_date"),
                },
            )),
            Role::Stray => draft.loose.push(scan.evidence(span, UNEXPLAINED)),
        }
    }
    if !has_product {
        return StretchDates { header: own.into_iter().map(|(_, d)| d).collect(), wishes };
    }
    give(&own, linked, draft);
    // '10 A by 5 June and 5 B a week later'
    if super::leftover_times::later(scan, stretch) && own.len() == 1 {
        for wish in draft.wishes.get_mut(wishes.clone()).unwrap_or_default() {
            if let Some(dated) = &mut wish.delivery {
                dated.when = Some(When::Vague);
            }
        }
    }
    StretchDates { header: Vec::new(), wishes }
}

/// Gives dates to the products before or behind them, by the order in which they stand.
fn give(own: &[(usize, Dated)], linked: &Linked, draft: &mut Draft) {
    let (Some((first_date, first)), Some((last_date, _))) = (own.first(), own.last()) else {
        return;
    };
    let first_product = linked.first().map_or(0, |(place, _)| *place);
    let last_product = linked.last().map_or(0, |(place, _)| *place);
    let mut set = |wish: usize, dated: Dated| {
        if let Some(wish) = draft.wishes.get_mut(wish) {
            wish.delivery = Some(dated);
        }
    };
    if own.len() == 1 {
        for (_, wish) in linked {
            set(*wish, first.clone());
        }
        return;
    }
    let mut given: Vec<(usize, Option<usize>)> = Vec::new();
    for (place, wish) in linked {
        let date = if first_product < *first_date && last_product < *last_date {
            own.iter().position(|(date, _)| date > place)
        } else if first_date < &first_product && last_date < &last_product {
            own.iter().rposition(|(date, _)| date < place)
        } else {
            None
        };
        given.push((*wish, date));
    }
    // A day that no product takes is one too many: 'for a job starting on 1 July, so on 27 June'.
    let when = |at: usize| own.get(at).map(|(_, dated)| dated.when);
    let stray = (0..own.len())
        .any(|at| !given.iter().any(|(_, date)| date.is_some_and(|date| when(date) == when(at))));
    for (wish, date) in given {
        match date.filter(|_| !stray).and_then(|at| own.get(at)) {
            Some((_, dated)) => set(wish, dated.clone()),
            None => set(wish, Dated { when: Some(When::Vague), evidence: first.evidence.clone() }),
        }
    }
}

const PLEASANT: &[&str] = &[
    " thank you for ",
    " thanks for ",
    " dank fur ",
    " danke fur ",
    " merci pour votre ",
    " merci pour l ",
    " merci pour la ",
    " merci de votre ",
    " grazie per ",
    " gracias por ",
    " bedankt voor ",
    " your visit ",
    " ihr besuch ",
    " ihren besuch ",
    " votre visite ",
    " votre accueil ",
    " vostra visita ",
];

/// 'Danke nochmals für den Rundgang', 'thank you again for': thanks for something that was, without
/// a word that asks for anything.
fn thanks(sentence: &str) -> bool {
    const SAYS: [&str; 8] = [
        " thank ",
        " thanks ",
        " dank ",
        " danke ",
        " merci ",
        " grazie ",
        " gracias ",
        " bedankt ",
    ];
    const AGAIN: [&str; 8] = [
        " again ",
        " nochmals ",
        " nochmal ",
        " noch einmal ",
        " encore ",
        " ancora ",
        " otra vez ",
        " nogmaals ",
    ];
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    has(&SAYS) && has(&AGAIN) && !cues::of(sentence.trim()).has(Cues::ORDER)
}

const NOT_BEFORE: &[&str] = &[
    "not before",
    "earliest",
    "earliest on",
    "after",
    "nicht vor",
    "nicht vor dem",
    "fruhestens",
    "fruhestens am",
    "nach dem",
    "pas avant",
    "pas avant le",
    "au plus tot le",
    "apres le",
    "non prima",
    "non prima del",
    "dopo il",
    "no antes del",
    "niet voor",
    "na",
];

const NOT_ON: &[&str] = &[
    "not on",
    "not the",
    "except",
    "except on",
    "nicht am",
    "nicht den",
    "ausser am",
    "pas le",
    "sauf le",
    "non il",
    "tranne il",
    "eccetto il",
    "niet op",
    "excepto el",
    "no el",
];

/// Whether a sentence that names no product is about the delivery of goods: it has a word that means
/// just that, or no word that may say something else.
fn asks_delivery(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention], desk: &Desk<'_>) -> bool {
    const BEGINNINGS: [&str; 30] = [
        "liefer", "gelief", "anliefer", "deliver", "livr", "consegn", "entreg", "lever", "gelever",
        "bezorg", "termin", "arriv", "eintreff", "ship", "versand", "versend", "spedi", "expedi",
        "dispatch", "abhol", "abgeholt", "ritir", "enlev", "collect", "pick", "schick", "send",
        "envoi", "envoy", "receiv",
    ];
    let strong = scan.tokens.get(stretch.tokens.clone()).unwrap_or_default().iter().any(|t| {
        BEGINNINGS.iter().any(|beginning| t.folded.starts_with(beginning))
            || words!("these those them everything alles tout tutto here sein here") .has(&t.folded)
            || words!("needed required due eta order orders bestellung commande ordine pedido brauchen benotigen benotigt bestelling needs need").has(&t.folded)
    });
    strong || super::plain::is_plain(scan, stretch, inside, desk.lang)
}

/// 'Today our order', 'Heute eine neue Bestellung': the day on which the mail is written.
fn dates_the_mail(scan: &Scan<'_>, day: Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |token| token.folded.as_str());
    let today = words!("today heute oggi hoy vandaag hui").has(word(day.end.saturating_sub(1)));
    let mut at = day.end;
    while words!("a an our my the new another next only just eine unsere die neue noch une notre nouvelle la un il nostro nuovo altro nuestro nuevo onze een")
        .has(word(at))
    {
        at += 1;
    }
    let order = words!("order orders bestellung commande ordine pedido bestelling").has(word(at));
    today && at > day.end && order
}

/// 'For 28 November.' behind the goods.
fn says_no_more(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> bool {
    let joins = |at: usize| super::stretches::joins_goods(scan, at, inside);
    !stretch.question && stretch.tokens.clone().all(joins)
}

enum Role {
    Vague,
    Delivery,
    Order,
    None,
    Stray,
}

fn role(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    mention: &Mention,
    when: When,
    has_product: bool,
    desk: &Desk<'_>,
) -> Role {
    let start = mention.tokens.start;
    let before = scan.folded(start.saturating_sub(5).max(stretch.tokens.start)..start);
    let tail =
        |words: &[&str]| words.iter().any(|w| before == *w || before.ends_with(&format!(" {w}")));
    if tail(ORDER_DATE) || tail(&["order date :", "order date is", "order dated", "order date ("]) {
        return Role::Order;
    }
    // 'Today a new order: 12 pcs' is written today.
    if start == stretch.tokens.start && dates_the_mail(scan, mention.tokens.clone()) {
        return Role::None;
    }
    // 'Only not on 19 June' wishes any other day.
    if tail(NOT_ON) {
        return Role::Vague;
    }
    // 'I will call you on 30 June about the delivery'
    if tail(CALLS) {
        return Role::None;
    }
    // The first day that would do is not the day that is wished.
    if tail(NOT_BEFORE) && has_product {
        return Role::Vague;
    }
    let past = match (when.day(), desk.today) {
        (Some(day), Some(today)) => day < today,
        _ => false,
    };
    let wanted = tail(WANTED);
    // The day of the mail above its goods is when it was written.
    let own = when.day().is_some() && when.day() == desk.today;
    if own && !has_product && !wanted && !stretch.cues.has(Cues::DELIVERY) {
        return Role::None;
    }
    // A form says when it was filled in: 'Received on 25 August'.
    if tail(OF_PAST) && (past || own || !wanted) {
        return Role::None;
    }
    // 'Thank you for your visit on Tuesday' wishes no delivery.
    let sentence = format!(" {} ", scan.folded(stretch.tokens.clone()));
    if !has_product && (PLEASANT.iter().any(|words| sentence.contains(words)) || thanks(&sentence))
    {
        return Role::None;
    }
    let answer = stretch.cues.has(Cues::ANSWER.and(Cues::AWAY)) && !has_product;
    if answer {
        return Role::None;
    }
    // An address within the sentence parts it: 'deliver to …, 8000 Zurich, on 12 June:'.
    let line = scan.token(start).and_then(|t| scan.lines.get(t.line)).map(|l| l.tokens.clone());
    let around = line.map_or(Cues::default(), |line| cues::of(&scan.folded(line)));
    let delivery = stretch.cues.and(around).has(Cues::DELIVERY.and(Cues::ORDER));
    if past {
        // A wish for a day that is gone is a wish all the same, and named as wrong.
        return match (wanted && delivery, has_product) {
            (true, _) => Role::Delivery,
            (false, true) => Role::Vague,
            (false, false) => Role::None,
        };
    }
    if has_product || delivery && asks_delivery(scan, stretch, inside, desk) {
        return Role::Delivery;
    }
    if wanted && says_no_more(scan, stretch, inside) {
        return Role::Delivery;
    }
    // 'We meet at the fair on 30 June' says nothing of the goods, perhaps.
    if delivery && when != When::Vague {
        return Role::Stray;
    }
    match when {
        When::Day(_) | When::Either(..) => Role::Stray,
        // 'Week 26.' alone wishes a time that is no day.
        When::Vague if stretch.tokens.len() <= mention.tokens.len() + 2 => Role::Vague,
        _ => Role::None,
    }
}

const CALLS: &[&str] = &[
    "call you on",
    "ring you on",
    "phone you on",
    "call on",
    "rufe sie am",
    "anrufen am",
    "vous appelle le",
    "chiamo il",
];

const ORDER_DATE: &[&str] = &[
    "order date",
    "date of order",
    "ordered on",
    "po date",
    "bestelldatum",
    "bestellung vom",
    "auftragsdatum",
    "date de commande",
    "commande du",
    "commande en date du",
    "data ordine",
    "ordine del",
    "data dell ' ordine",
    "purchase order dated",
    "order of",
    "our order of",
    "order from",
    "auftrag vom",
];

const WANTED: &[&str] = &[
    "by",
    "until",
    "till",
    "before",
    "for",
    "on",
    "delivery",
    "deliver by",
    "deliver on",
    "due",
    "due on",
    "latest",
    "bis",
    "zum",
    "am",
    "auf",
    "fur",
    "ab",
    "per",
    "den",
    "der",
    "bis zum",
    "pour le",
    "le",
    "avant le",
    "d ' ici le",
    "au plus tard le",
    "pour",
    "entro il",
    "entro",
    "il",
    "per il",
    "para el",
    "el",
    "op",
    "voor",
    "by the",
    "on the",
    "termin",
    "liefertermin",
];

const OF_PAST: &[&str] = &[
    "lieferung vom",
    "mail vom",
    "angebot vom",
    "offerte vom",
    "schreiben vom",
    "rechnung vom",
    "gesprach vom",
    "telefonat vom",
    "anfrage vom",
    "vom",
    "call on",
    "call of",
    "mail of",
    "email of",
    "offer of",
    "quotation of",
    "quote of",
    "invoice of",
    "delivered on",
    "delivered in",
    "received on",
    "submitted on",
    "created on",
    "sent on",
    "printed on",
    "eingegangen am",
    "gesendet am",
    "erstellt am",
    "erfasst am",
    "recu le",
    "envoye le",
    "cree le",
    "ricevuto il",
    "inviato il",
    "creato il",
    "meeting on",
    "meeting of",
    "visit on",
    "visit of",
    "shipped on",
    "livres le",
    "livrees le",
    "livre le",
    "recus le",
    "offre du",
    "mail du",
    "courriel du",
    "facture du",
    "livraison du",
    "devis du",
    "entretien du",
    "reunion du",
    "offerta del",
    "mail del",
    "fattura del",
    "consegna del",
    "preventivo del",
    "consegnati il",
    "dated",
    "price list of",
    "preisliste vom",
    "since",
    "seit",
    "depuis",
    "dal",
    "da",
    "confirm by",
    "confirm until",
    "reply by",
    "answer by",
    "valid until",
    "valid till",
    "gultig bis",
    "valable jusqu ' au",
    "starting on",
    "starts on",
    "beginning on",
    "begins on",
    "beginnt am",
    "startet am",
    "commence le",
    "debute le",
    "inizia il",
    "generated",
    "generated on",
    "created",
    "created on",
    "issued",
    "issued on",
    "date of issue",
    "erstellt am",
    "erzeugt am",
    "generiert am",
    "ausgestellt am",
    "cree le",
    "genere le",
    "emis le",
    "generato il",
    "creato il",
    "emesso il",
    "stampato il",
    "imprime le",
    "printed",
    "printed on",
    "gedruckt am",
    "discussed on",
    "spoke on",
    "agreed on",
    "besprochen am",
    "vereinbart am",
    "telefonisch am",
    "convenu le",
    "concordato il",
    "submitted on",
    "born",
    "from",
];

/// Gives the dates that stand apart to the wishes that have none.
pub(super) fn spread(dates: &[StretchDates], draft: &mut Draft) {
    let headers: Vec<(usize, &Dated)> = dates
        .iter()
        .enumerate()
        .flat_map(|(place, d)| d.header.iter().map(move |h| (place, h)))
        .collect();
    let with_wishes: Vec<usize> =
        (0..dates.len()).filter(|i| dates.get(*i).is_some_and(|d| !d.wishes.is_empty())).collect();
    match headers.as_slice() {
        [] => {
            mixed(draft);
        }
        [(_, only)] => draft.deliveries.push((*only).clone()),
        several => {
            let same =
                several.windows(2).all(|w| matches!(w, [(_, a), (_, b)] if a.when == b.when));
            let first_wish = with_wishes.first().copied().unwrap_or(0);
            let last_wish = with_wishes.last().copied().unwrap_or(0);
            let heads = several.first().is_some_and(|(p, _)| *p < first_wish)
                && several.last().is_some_and(|(p, _)| *p < last_wish);
            let tails = several.first().is_some_and(|(p, _)| *p > first_wish)
                && several.last().is_some_and(|(p, _)| *p > last_wish);
            if same {
                draft.deliveries.extend(several.first().map(|(_, d)| (*d).clone()));
                return;
            }
            for place in with_wishes {
                let date = if heads {
                    several.iter().rev().find(|(p, _)| *p < place)
                } else if tails {
                    several.iter().find(|(p, _)| *p > place)
                } else {
                    None
                };
                let Some(range) = dates.get(place).map(|d| d.wishes.clone()) else { continue };
                for wish in draft.wishes.get_mut(range).unwrap_or_default() {
                    if wish.delivery.is_none() {
                        wish.delivery = match (date, several.first()) {
                            (Some((_, dated)), _) => Some((*dated).clone()),
                            (None, Some((_, dated))) => Some(Dated {
                                when: Some(When::Vague),
                                evidence: dated.evidence.clone(),
                            }),
                            (None, None) => None,
                        };
                    }
                }
            }
            one_too_many(&several.iter().map(|(_, dated)| *dated).collect::<Vec<_>>(), draft);
        }
    }
}

/// 'Delivery on 10 May. Delivery on 12 May.' of one product: a day that no line takes makes the
/// others doubtful.
fn one_too_many(stated: &[&Dated], draft: &mut Draft) {
    let takes = |day: &Dated| {
        draft.wishes.iter().any(|w| w.delivery.as_ref().is_some_and(|d| d.when == day.when))
    };
    if draft.wishes.is_empty() || stated.iter().all(|day| takes(day)) {
        return;
    }
    for wish in &mut draft.wishes {
        let doubtful = wish.delivery.as_mut().filter(|d| stated.iter().any(|s| s.when == d.when));
        if let Some(delivery) = doubtful {
            delivery.when = Some(When::Vague);
        }
    }
}

/// Some lines with a date and some without: it is not clear whether the date holds for all.
fn mixed(draft: &mut Draft) {
    let dated = draft.wishes.iter().find_map(|w| w.delivery.clone());
    let Some(dated) = dated else { return };
    for wish in &mut draft.wishes {
        if wish.delivery.is_none() {
            wish.delivery =
                Some(Dated { when: Some(When::Vague), evidence: dated.evidence.clone() });
        }
    }
}
