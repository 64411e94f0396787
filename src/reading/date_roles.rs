//! What a date of running text is for: the words before it, and what its sentence speaks of.

use std::ops::Range;

use super::cues::{self, Cues};
use super::dates::When;
use super::draft::Desk;
use super::mentions::Mention;
use super::stretches::Stretch;
use super::text::{Scan, words};

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

/// What a date is for.
pub(super) enum Role {
    /// A wish for no certain day.
    Vague,
    /// When the goods are wanted.
    Delivery,
    /// When they were ordered.
    Order,
    /// Nothing of the order.
    None,
    /// Nothing says what.
    Stray,
}

/// What a date of a sentence is for, by the words before it and what the sentence speaks of.
pub(super) fn role(
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
