//! What a date of running text is for: the words before it, and what its sentence speaks of.

use std::ops::Range;

use chrono::NaiveDate;

use super::When;
use super::clauses::Clause;
use super::guards::{self, Guard};
use super::wished_days;
use super::words::{
    APPROXIMATE, CALLS, FROM, NOT_BEFORE, NOT_ON, OF_PAST, ORDER_DATE, PLEASANT, UNTIL,
    VALID_UNTIL, WANTED, WEEK_OF,
};
use crate::reading::draft::Desk;
use crate::reading::prose::mentions::Mention;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::ties;
use crate::reading::text::stretches::Stretch;
use crate::reading::text::{Kind, Scan, ends_in, words};

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

/// Whether a sentence that names no product is about the delivery of goods: it has a word that means
/// just that, or no word that may say something else.
fn asks_delivery(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention], desk: &Desk<'_>) -> bool {
    let strong = stretch.tokens.clone().any(|at| {
        scan.token(at).is_some_and(|t| {
            words!(
                "these those them goods ware marchandise merce mercancia goederen everything alles tout tutto here sein order orders bestellung commande ordine pedido bestelling \
                 needs need"
            )
            .has(&t.folded)
                || t.folded.starts_with("receiv")
                || words!("lot stuff").has(&t.folded)
                    && at.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| {
                        words!("whole entire complete all the").has(&t.folded)
                    })
        })
    });
    let strong = strong || super::clauses::delivers(scan, &stretch.tokens);
    // 'I need to know by Friday', 'please mail the delivery note by 2 May'
    let other = stretch.tokens.clone().any(|at| {
        scan.token(at).is_some_and(|t| {
            words!("know note notes wissen bescheid lieferschein savoir sapere saber weten")
                .has(&t.folded)
        })
    });
    strong && !other || crate::reading::sentences::plain::is_plain(scan, stretch, inside, desk.lang)
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
    let all = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("both all everything beide beides alle alles tout tous toutes deux tutto tutti tutte entrambi todo todos ambos ambas together zusammen ensemble insieme juntos samen")
                .has(&t.folded)
        })
    };
    let agreed = |at: usize| guards::is_as_agreed(scan, at) || guards::is_as_agreed(scan, at + 1);
    let joins = |at: usize| {
        all(at) || agreed(at) || crate::reading::text::stretches::joins_goods(scan, at, inside)
    };
    !stretch.question && stretch.tokens.clone().all(joins)
}

/// What a date is for.
pub(crate) enum Role {
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

/// Whether a day is more than the name of one of the week.
fn has_digits(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    run.clone().any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits))
}

/// What is known of a day before its sentence is weighed.
#[derive(Debug, Clone, Copy)]
struct Day<'a> {
    mention: &'a Mention,
    when: When,
    /// It is gone.
    past: bool,
    /// It is that of the mail.
    own: bool,
    /// The words before it wish it.
    wanted: bool,
}

/// What a date of a sentence is for, by the words before it and what the sentence speaks of.
pub(crate) fn role(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    mention: &Mention,
    when: When,
    has_product: bool,
    desk: &Desk<'_>,
) -> Role {
    if super::barred_days::told(scan, &stretch.tokens, desk.calendar()).is_some() {
        return Role::None;
    }
    let start = mention.tokens.start;
    let before = scan.folded(start.saturating_sub(5).max(stretch.tokens.start)..start);
    let tail = |words: &[&str]| words.iter().any(|words| ends_in(&before, words));
    let (day, today) = (when.day(), desk.today);
    let past = day.zip(today).is_some_and(|(day, today)| day < today);
    let own = day.is_some() && day == today;
    let day = Day { mention, when, past, own, wanted: tail(WANTED) };
    if let Some(role) = led(scan, stretch, &tail, day, has_product) {
        return role;
    }
    if !has_product && let Some(role) = thanked(scan, stretch, day) {
        return role;
    }
    match super::clauses::of(scan, stretch, inside, mention, past, desk.lang) {
        Clause::Aside => Role::None,
        Clause::Unsure => Role::Stray,
        Clause::Own(tokens) if tokens == stretch.tokens => {
            told(scan, stretch, inside, day, has_product, desk)
        }
        Clause::Own(tokens) => {
            let cues = cues::of_lang(&scan.folded(tokens.clone()), desk.lang);
            let alone = Stretch { tokens, cues, ..stretch.clone() };
            told(scan, &alone, inside, day, false, desk)
        }
    }
}

/// What the words right before a date make of it.
fn led(
    scan: &Scan<'_>,
    stretch: &Stretch,
    tail: &dyn Fn(&[&str]) -> bool,
    day: Day<'_>,
    has_product: bool,
) -> Option<Role> {
    let tokens = &day.mention.tokens;
    if tail(ORDER_DATE) || tail(&["order date :", "order date is", "order dated", "order date ("]) {
        return Some(Role::Order);
    }
    // 'Today a new order: 12 pcs' is written today.
    if tokens.start == stretch.tokens.start && dates_the_mail(scan, tokens.clone()) {
        return Some(Role::None);
    }
    // 'For today we only need these:' may speak of the mail.
    if day.own && !has_product && tokens.start == stretch.tokens.start + 1 && day.wanted {
        return Some(Role::Stray);
    }
    // 'Only not on 19 June' wishes any other day.
    if tail(NOT_ON) {
        return Some(Role::Vague);
    }
    // 'I will call you on 30 June about the delivery'
    if tail(CALLS) {
        return Some(Role::None);
    }
    // The first day that would do is not the day that is wished.
    if tail(NOT_BEFORE) && (has_product || super::clauses::delivers(scan, &stretch.tokens)) {
        return Some(Role::Vague);
    }
    // The day of the mail above its goods is when it was written.
    if day.own && !has_product && !day.wanted && !stretch.cues.has(Cues::DELIVERY) {
        return Some(Role::None);
    }
    // 'Around 12 May' is no day.
    if tail(APPROXIMATE) {
        return Some(Role::Vague);
    }
    // 'Delivery from 12 May' names the first day that would do.
    let later = !day.past && !day.own;
    if later && tail(FROM) && (has_product || super::clauses::delivers(scan, &stretch.tokens)) {
        return Some(Role::Vague);
    }
    // 'Merci de confirmer la livraison du 12 mai', which is still to come.
    if later && tail(&["livraison du", "lieferung vom", "consegna del", "entrega del"]) {
        return Some(Role::Stray);
    }
    // 'Your offer, valid until 30 June'
    if !has_product && tail(VALID_UNTIL) && names_paper(scan, stretch.tokens.start..tokens.start) {
        return Some(Role::None);
    }
    // 'Your offer, which holds until 30 June'
    if tail(UNTIL) && holds(scan, tokens.end) {
        return Some(Role::None);
    }
    // 'Last year you delivered on 2 December, so please by 25 November'
    if is_of_last_year(scan, stretch, tokens.start) {
        return Some(Role::None);
    }
    // 'Our P.O. No. 1029 dt. 14-08-2025'
    if (day.past || day.own) && tail(&["dt", "dt .", "dtd", "dtd ."]) {
        return Some(Role::Order);
    }
    // 'Gemäss unserem Telefonat von heute'
    if (day.past || day.own) && dates_talk(scan, tokens.start) {
        return Some(Role::None);
    }
    // 'Your quotation Q-2231 of 12 March'
    if (day.past || day.own) && dates_paper(scan, tokens.start) {
        return Some(Role::None);
    }
    // A form says when it was filled in: 'Received on 25 August'.
    (tail(OF_PAST) && !tail(WEEK_OF) && (day.past || day.own || !day.wanted)).then_some(Role::None)
}

/// 'Das bis 30. Juni gilt': what ends with a day is no delivery.
fn holds(scan: &Scan<'_>, behind: usize) -> bool {
    scan.token(behind).is_some_and(|t| {
        words!("gilt gelten galt gultig valid valide valides valable valables valido valida validi geldig geldt")
            .has(&t.folded)
    })
}

/// Whether the clause before a day begins with 'last year' and tells what was.
fn is_of_last_year(scan: &Scan<'_>, stretch: &Stretch, day: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let from = (stretch.tokens.start..day)
        .rev()
        .find(|at| scan.token(*at).is_some_and(|t| t.is_any(",;:.!?")))
        .map_or(stretch.tokens.start, |at| at + 1);
    let last = (from..day).any(|at| {
        matches!(
            (word(at), word(at + 1)),
            ("last", "year")
                | ("letztes" | "vergangenes", "jahr")
                | ("annee" | "an", "derniere" | "dernier")
                | ("anno", "scorso")
                | ("ano", "pasado")
                | ("vorig", "jaar")
        )
    });
    let came = (from..day).any(|at| {
        words!("delivered came arrived sent shipped geliefert kam kamen livre livres arrive arrives consegnato arrivato entregado geleverd kwam")
            .has(word(at))
    });
    last && (came || ties::tells_past(scan, &(from..day)))
}

/// Whether what stands before a day is a talk or a message: 'our call of', 'Telefonat von'.
fn dates_talk(scan: &Scan<'_>, day: usize) -> bool {
    const NEAR: usize = 3;
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let of = words!("of from this von vom de du d di del della dal da van");
    let mut at = day;
    while at > 0
        && day - at < NEAR
        && (of.has(word(at - 1)) || matches!(word(at - 1), "'" | "\u{2019}"))
    {
        at -= 1;
    }
    at > 0
        && words!(
            "call conversation talk discussion discussions chat meeting visit email mail telefonat gesprach telefongesprach anruf besuch besprechung \
             entretien conversation appel courriel visite telefonata chiamata colloquio visita conversacion llamada gesprek telefoontje"
        )
        .has(word(at - 1))
}

/// Whether what stands before a day is a paper with its number: 'offerta n. 2026-118 del'.
fn dates_paper(scan: &Scan<'_>, day: usize) -> bool {
    const NEAR: usize = 10;
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let of = words!("of dated from vom del du dal van");
    let Some(last) = day.checked_sub(1).filter(|at| of.has(word(*at))) else { return false };
    let numbered = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Digits
                || t.is_any("-./#°")
                || t.folded.len() <= 2
                || words!("num numero nummer number ref").has(&t.folded)
        })
    };
    let paper = (last.saturating_sub(NEAR)..last).rev().find(|at| !numbered(*at));
    paper.is_some_and(|at| at + 1 < last && names_paper(scan, at..at + 1))
}

/// Whether words name an offer or an invoice.
fn names_paper(scan: &Scan<'_>, mut run: Range<usize>) -> bool {
    run.any(|at| {
        scan.token(at).is_some_and(|t| {
            words!(
                "offer quote quotation proposal angebot offerte offre devis proposition offerta preventivo oferta presupuesto prijsopgave \
                 invoice rechnung facture fattura factura factuur"
            )
            .has(&t.folded)
        })
    })
}

/// 'Thank you for your visit on Tuesday' wishes no delivery.
fn thanked(scan: &Scan<'_>, stretch: &Stretch, day: Day<'_>) -> Option<Role> {
    let sentence = scan.padded(stretch.tokens.clone());
    if !PLEASANT.iter().any(|words| sentence.contains(words)) && !thanks(&sentence) {
        return None;
    }
    let delivers = super::clauses::delivers(scan, &stretch.tokens);
    // Nobody says thanks for what a later day brings, but for the goods.
    let later = !day.past && !day.own && has_digits(scan, &day.mention.tokens);
    match (later, delivers) {
        (true, true) => None,
        (true, false) => Some(Role::Stray),
        (false, _) if delivers && !day.past => Some(Role::Stray),
        (false, _) => Some(Role::None),
    }
}

/// What a sentence, or the one clause of it, says of a date.
fn told(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    day: Day<'_>,
    has_product: bool,
    desk: &Desk<'_>,
) -> Role {
    // An address within the sentence parts it: 'deliver to …, 8000 Zurich, on 12 June:'.
    let line = scan.token(day.mention.tokens.start).and_then(|t| scan.lines.get(t.line));
    let around = line.map_or(Cues::default(), |line| cues::of(&scan.folded(line.tokens.clone())));
    let delivery = stretch.cues.and(around).has(Cues::DELIVERY.and(Cues::ORDER));
    if day.past {
        // A wish for a day that is gone is a wish all the same, and named as wrong.
        return match (day.wanted && delivery, has_product) {
            (true, _) => Role::Delivery,
            (false, true) => Role::Vague,
            (false, false) => Role::None,
        };
    }
    if is_farewell(scan, &stretch.tokens, day.mention) {
        return Role::Stray;
    }
    let clause = super::clauses::around(scan, &stretch.tokens, inside, day.mention);
    let guarded = with_label(scan, &stretch.tokens, &clause);
    let soon = is_soon(day.when, desk.today);
    match super::guards::of(scan, &guarded, inside, day.mention, (day.own, soon)) {
        Guard::Free => {}
        Guard::Foreign if day.when == When::Vague && !has_product => return Role::None,
        Guard::Foreign => return Role::Stray,
        Guard::Shifted => return Role::Vague,
        Guard::Written => return Role::None,
    }
    if has_product
        || delivery && asks_delivery(scan, stretch, inside, desk)
        || day.wanted && says_no_more(scan, stretch, inside)
        || wished_days::wishes(scan, &clause, inside)
        || wished_days::wishes(scan, &stretch.tokens, inside)
    {
        return Role::Delivery;
    }
    // 'We meet at the fair on 30 June' says nothing of the goods, perhaps.
    if delivery && day.when != When::Vague {
        return Role::Stray;
    }
    match day.when {
        When::Day(_) | When::Either(..) => Role::Stray,
        // 'Week 26.' alone wishes a time that is no day.
        When::Vague if stretch.tokens.len() <= day.mention.tokens.len() + 2 => Role::Vague,
        _ => Role::None,
    }
}

/// Whether a day lies ahead, and so near that it can be none of the last year.
fn is_soon(when: When, today: Option<NaiveDate>) -> bool {
    const NEAR: i64 = 120;
    let days = when.day().zip(today).map(|(day, today)| (day - today).num_days());
    days.is_some_and(|days| (1..=NEAR).contains(&days))
}

/// 'Tot vrijdag!', 'Bis am 12. Mai dann!'
fn is_farewell(scan: &Scan<'_>, run: &Range<usize>, day: &Mention) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let beside = run.clone().filter(|at| !day.tokens.contains(at));
    let small = words!(
        "bis tot hasta a au fino till until am zum den op le el il al dann dan then alors allora entonces also und ! . ,"
    );
    let leads = words!("bis tot hasta a till until");
    let soon = words!("bald gauw bientot presto pronto soon");
    let ends = run.end.checked_sub(1).is_some_and(|at| word(at) == "!");
    let then = words!("dann dan then alors allora entonces");
    leads.has(word(run.start))
        && (soon.has(word(run.start + 1))
            || beside.clone().all(|at| small.has(word(at)))
                && (ends || beside.clone().any(|at| then.has(word(at)))))
}

/// A clause with what stands before its colon or bracket: 'Order confirmation: 2 May', 'a week before the fair (19
/// May)'.
fn with_label(scan: &Scan<'_>, run: &Range<usize>, clause: &Range<usize>) -> Range<usize> {
    let line = scan.token(clause.start).and_then(|t| scan.lines.get(t.line));
    let from = line.map_or(run.start, |line| line.tokens.start.min(run.start));
    let joined = clause.start.checked_sub(1).filter(|at| *at > from);
    let Some(mark) = joined.filter(|at| scan.token(*at).is_some_and(|t| t.is_any(":("))) else {
        return clause.clone();
    };
    let parts = |at: &usize| scan.token(*at).is_some_and(|t| t.is_any(",;:()"));
    let from = (from..mark).rev().find(parts).map_or(from, |at| at + 1);
    from..clause.end
}
