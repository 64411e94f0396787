//! What the subject of a mail tells: an answer, another paper than an order, words that undo it.

use super::accounts;
use super::cues::{self, Cues};
use super::imprints;
use super::perils::{self, Sentence};
use crate::mail::Mail;
use crate::reading::draft::Desk;
use crate::reading::forms::references;
use crate::reading::meaning;
use crate::reading::text::lang;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::{Kind, Scan, words};

/// How the Message-IDs of our letters begin.
const OUR_LETTERS: [&str; 11] = [
    "confirmation.",
    "incomplete.",
    "not-made.",
    "offer.",
    "replenishment.",
    "request.",
    "cancelled.",
    "asked-again.",
    "reminder.",
    "expired.",
    "held.",
];

/// Whether the subject turns the lines around. That of an answer to us is our own.
pub(crate) fn is_turned(mail: &Mail, subject: &Scan<'_>, cues: Cues, desk: &Desk<'_>) -> bool {
    if is_reply(&mail.subject) {
        let ours = OUR_LETTERS.iter().any(|kind| meaning::answers(mail, kind));
        !ours && accounts::is_turned(subject, desk.lang)
    } else {
        accounts::is_perilous(subject, cues, desk.lang)
    }
}

/// 'Your quotation Q-1180': the subject names an offer of ours.
pub(crate) fn names_our_offer(subject: &Scan<'_>) -> bool {
    let word = |at: usize| subject.token(at).map_or("", |t| t.folded.as_str());
    (0..subject.tokens.len()).any(|at| {
        let point = usize::from(word(at + 1) == ".");
        words!("vs vtra your ihr ihre ihrer ihrem euer eure votre vostra vostro sua suo su vuestra uw jullie")
            .has(word(at))
            && words!(
                "offer quote quotation proposal angebot offerte offre devis proposition offerta preventivo oferta presupuesto prijsopgave"
            )
            .has(word(at + 1 + point))
    })
}

/// Whether the subject of a reply is that of an order's confirmation.
pub(crate) fn is_confirmation(subject: &Scan<'_>) -> bool {
    let folded = subject.folded(0..subject.tokens.len());
    [
        "order confirmation",
        "auftragsbestatigung",
        "bestellbestatigung",
        "confirmation de commande",
        "conferma d ' ordine",
        "conferma ordine",
        "confirmacion de pedido",
        "orderbevestiging",
    ]
    .iter()
    .any(|words| folded.contains(words))
}

/// Whether a subject begins as an order does: 'Order: 12 A', 'Bitte 5 B'.
pub(crate) fn begins_order(subject: &Scan<'_>) -> bool {
    let first = subject.tokens.iter().find(|t| t.is_alnum()).map_or("", |t| t.folded.as_str());
    words!("order bestellung commande ordine pedido bestelling please pls bitte po new neue nouvelle nuovo nuevo nieuwe")
        .has(first)
}

/// By which words a text points to its subject.
static POINTS: Phrases = Phrases::whole(&[
    "see subject",
    "see the subject",
    "see subject line",
    "as per subject",
    "as in subject",
    "as in the subject",
    "as in the subject line",
    "siehe betreff",
    "s . betreff",
    "gemass betreff",
    "wie im betreff",
    "laut betreff",
    "voir objet",
    "voir l ' objet",
    "voir sujet",
    "cf objet",
    "cf . objet",
    "vedi oggetto",
    "come da oggetto",
    "come in oggetto",
    "ver asunto",
    "ver el asunto",
    "zie onderwerp",
]);

/// Whether a text points to its subject, whatever else it says.
pub(crate) fn points_to_subject(said: &Scan<'_>) -> bool {
    POINTS.find(&said.padded(0..said.tokens.len())).is_some()
}

/// 'See subject, thanks': whether a text says nothing but that its subject says it.
pub(crate) fn is_pointed_to(said: &Scan<'_>, desk: &Desk<'_>) -> bool {
    let padded = said.padded(0..above_signature(said));
    let padded = match number(said, desk) {
        Some(number) => padded.replacen(&said.padded(number), " ", 1),
        None => padded,
    };
    let Some(turn) = POINTS.find(&padded) else { return false };
    if said.tokens.iter().any(|t| imprints::is_doubtful(&t.folded)) {
        return false;
    }
    let polite = |word: &str| {
        !word.contains(char::is_alphanumeric)
            || accounts::is_courtesy(word)
            || words!("please pls plz bitte svp prego favore favor thx ta cheers line ok all")
                .has(word)
    };
    // A name stands below.
    let named = |word: &str| {
        !words!("no not never cancel kein keine nicht pas non nein stop hold").has(word)
            && said
                .tokens
                .iter()
                .any(|t| t.folded == word && said.words(t.span).starts_with(char::is_uppercase))
    };
    let beside = [padded.get(..turn.start), padded.get(turn.end..)];
    let words: Vec<&str> = beside.into_iter().flatten().flat_map(str::split_whitespace).collect();
    let plain = words.iter().all(|w| polite(w) || confirms(w) || named(w));
    let other = |w: &&&str| !polite(w) && !confirms(w);
    plain && words.iter().filter(other).count() <= 4
}

/// 'Order number 2025-66.', 'Our PO: 4711': the tokens of an order's number with what it is called by.
fn number(said: &Scan<'_>, desk: &Desk<'_>) -> Option<std::ops::Range<usize>> {
    let stated = references::find(said, &vec![true; said.tokens.len()], desk)?;
    let at = |place: usize| said.tokens.partition_point(|t| t.span.start < place);
    let (from, to) = (at(stated.reference.evidence.start), at(stated.reference.evidence.end));
    let called = |at: usize| {
        said.token(at).is_some_and(|t| {
            t.is_any(".:#°-") || words!("number no nr nummer numero n is est e").has(&t.folded)
        })
    };
    let noun = (from.saturating_sub(4)..from).rev().find(|at| !called(*at))?;
    let own = words!("our unsere notre nostro nuestro onze my");
    let owned =
        noun.checked_sub(1).is_some_and(|at| said.token(at).is_some_and(|t| own.has(&t.folded)));
    Some(noun - usize::from(owned)..to)
}

/// 'Please confirm'
fn confirms(word: &str) -> bool {
    words!("confirm receipt order to us me back by return mail email de par retour per di um der bestellung die de por bestatigen bestatigung confirmer confirmez confermare conferma confirmar bevestigen").has(word)
}

/// The lines of a text above a signature: names, a street and a town below a blank line, with nothing else.
fn above_signature(said: &Scan<'_>) -> usize {
    const MOST: usize = 8;
    let blank =
        |line: usize| said.lines.get(line).is_none_or(crate::reading::text::TextLine::is_blank);
    let first = (0..said.lines.len()).find(|line| !blank(*line));
    let below = first.and_then(|first| (first..said.lines.len()).find(|line| blank(*line)));
    let Some(below) = below.filter(|below| said.lines.len() <= below + MOST + 1) else {
        return said.tokens.len();
    };
    let start = said.lines.get(below).map_or(0, |l| l.tokens.start);
    let signs = |at: usize| {
        said.token(at).is_some_and(|t| match t.kind {
            Kind::Word => {
                accounts::is_courtesy(&t.folded)
                    || said.words(t.span).starts_with(char::is_uppercase)
                        && !lang::is_common(&t.folded)
            }
            Kind::Digits => t.line > said.token(start).map_or(0, |t| t.line),
            Kind::Mark => !t.is_any("?!"),
        })
    };
    let told = said.folded(start..said.tokens.len());
    let odd = perils::has(Sentence { folded: &told, lang: None, priced: false, goods: false });
    if !odd && cues::of(&told) == Cues::default() && (start..said.tokens.len()).all(signs) {
        start
    } else {
        said.tokens.len()
    }
}

/// Whether a subject begins with the name of a paper that is no order.
pub(crate) fn names_document(subject: &Scan<'_>) -> bool {
    let first = subject.tokens.iter().filter(|t| t.is_alnum()).take(2);
    let paper = first.into_iter().any(|t| {
        words!(
            "invoice quotation quote offer enquiry inquiry rfq anfrage angebot offerte rechnung \
             lieferschein auftragsbestatigung mahnung gutschrift facture devis preventivo offerta \
             fattura bolla presupuesto cotizacion factura factuur offerteaanvraag"
        )
        .has(&t.folded)
    });
    // Customers who want theirs confirmed write 'Order confirmation - new' over it.
    let new = subject.tokens.iter().any(|t| {
        words!("new neu neue neuer nouveau nouvelle nuovo nuova nuevo nueva nieuw nieuwe requested needed please erbeten demandee souhaitee richiesta gevraagd")
            .has(&t.folded)
    });
    let folded = subject.padded(0..subject.tokens.len());
    paper
        || !new
            && [
                " order confirmation ",
                " confirmation of order ",
                " delivery note ",
                " credit note ",
                " confirmation de commande ",
                " bon de livraison ",
                " conferma d ' ordine ",
                " conferma ordine ",
                " orderbevestiging ",
            ]
            .iter()
            .any(|words| folded.starts_with(words))
}

/// Whether a subject is that of an answer, or of what is passed on.
pub(crate) fn is_reply(subject: &str) -> bool {
    let subject = subject.trim_start().to_lowercase();
    ["re:", "aw:", "sv:", "antw:", "r:", "rif:", "tr:", "wg:", "fw:", "fwd:", "i:"]
        .iter()
        .any(|prefix| subject.starts_with(prefix))
}
