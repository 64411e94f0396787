//! The customer's own order number in running text, and the day that stands behind it: 'our order
//! M-5521 of 3 May', 'Bestellung Nr. 2025-0417 vom 3. Mai'.

use std::ops::Range;

use super::headers;
use crate::reading::dates;
use crate::reading::draft::{Dated, Desk};
use crate::reading::text::{Kind, Scan, Span, words};
use crate::reading::types::{Lang, Read};

/// An order number with its day.
#[derive(Debug)]
pub(crate) struct Stated {
    /// The number.
    pub(crate) reference: Read<String>,
    /// The day of the order.
    pub(crate) dated: Option<Dated>,
    /// The tokens of both.
    tokens: Range<usize>,
}

/// Marks all order numbers and their days as taken: none is an amount or a wished day.
pub(crate) fn take_all(scan: &Scan<'_>, taken: &mut [bool], desk: &Desk<'_>) {
    for at in 0..scan.tokens.len() {
        let stated =
            (taken.get(at) == Some(&false)).then(|| number_behind(scan, at, desk)).flatten();
        if let Some(stated) = stated {
            crate::reading::prose::mentions::take(taken, stated.tokens);
        }
    }
}

/// The first order number among the tokens that are free.
pub(crate) fn find(scan: &Scan<'_>, free: &[bool], desk: &Desk<'_>) -> Option<Stated> {
    (0..scan.tokens.len())
        .filter(|at| free.get(*at) == Some(&true))
        .find_map(|at| number_behind(scan, at, desk))
}

/// The tokens of a span.
fn tokens_of(scan: &Scan<'_>, span: Span) -> Range<usize> {
    let from = scan.tokens.partition_point(|t| t.span.start < span.start);
    let to = scan.tokens.partition_point(|t| t.span.start < span.end);
    from..to
}

fn word<'a>(scan: &'a Scan<'_>, at: Option<usize>) -> &'a str {
    at.and_then(|at| scan.token(at)).map_or("", |t| t.folded.as_str())
}

/// Whether a token is what an order number is called by: 'order', 'PO', 'our reference'.
fn announces(scan: &Scan<'_>, at: usize) -> bool {
    let noun = word(scan, Some(at));
    let before = word(scan, at.checked_sub(1));
    let order = words!(
        "order po bestellung bestellnummer bestellnr bestell commande cde ordine pedido bestelling \
         bestelnummer ordernummer auftrag auftragsnummer auftragsnr kommission bon oa"
    )
    .has(noun);
    let yours = words!(
        "your ihre ihrer ihren ihr votre vostro vostra vs sales last previous change work uw su tu"
    )
    .has(before);
    // 'Our reference BA-261', but not 'your reference'; 'n/réf'.
    let own = words!("our unsere unser unserer notre nostro nostra ns onze nuestra").has(before)
        || before == "/" && word(scan, at.checked_sub(2)) == "n";
    let reference = words!(
        "reference ref referenz riferimento rif referentie referencia zeichen number nummer numero"
    )
    .has(noun);
    (order || own && reference) && !yours && crate::reading::names::index::begins_apart(scan, at)
}

/// The number behind the noun at a token.
fn number_behind(scan: &Scan<'_>, at: usize, desk: &Desk<'_>) -> Option<Stated> {
    if !announces(scan, at) {
        return None;
    }
    let mut next = at + 1;
    while next < at + 7
        && scan.token(next).is_some_and(|t| {
            t.is_any(".:#°º-–(") && !(t.is_any("-–") && t.glued && !joins_label(scan, next))
                || words!(
                    "no nr n number nummer numero ref reference referenz d acquisto ' di achat fornitore fournisseur supplier is ist \
                     est e lautet dazu hierzu dafur de material materiale materiel material es have has hat this bei uns"
                )
                .has(&t.folded)
                || t.folded == "for" && word(scan, Some(next + 1)) == "this"
        })
    {
        next += 1;
    }
    let span = headers::reference_span(scan, next, (next + 9).min(scan.tokens.len()))?;
    let tokens = tokens_of(scan, span);
    // A sentence may go on in the next line.
    let lines = scan.token(next)?.line - scan.token(at)?.line;
    let fits = tokens.start == next && lines <= 1 && is_number(scan, &tokens, desk);
    let reference = Read {
        value: scan.words(span).to_owned(),
        evidence: scan.evidence(span, "prose.reference"),
    };
    if !fits {
        return None;
    }
    let (dated, end) = match day_behind(scan, tokens.end, desk) {
        Some((dated, end)) => (Some(dated), end),
        None => (None, tokens.end),
    };
    Some(Stated { reference, dated, tokens: tokens.start..end })
}

/// The dash of 'Bestell-Nr.'.
fn joins_label(scan: &Scan<'_>, at: usize) -> bool {
    words!("no nr n number nummer numero ref").has(word(scan, Some(at + 1)))
}

/// An amount, a year, a date or one of our codes is no order number.
fn is_number(scan: &Scan<'_>, tokens: &Range<usize>, desk: &Desk<'_>) -> bool {
    let words = scan.run(tokens.clone());
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let plain = words.bytes().all(|b| b.is_ascii_digit());
    let line = scan.token(tokens.start).map(|t| t.line);
    let behind = scan.token(tokens.end).filter(|t| Some(t.line) == line);
    let alone = behind.is_none_or(|t| {
        t.is_any(".,;:)-–")
            || t.kind == Kind::Word
                && (!plain
                    || crate::reading::text::lang::is_common(&t.folded)
                    || leads_to_day(&t.folded))
    });
    // 'An order for 20': a word of the sentence, not the letters of a number.
    let word = scan.token(tokens.start).is_some_and(|t| {
        t.kind == Kind::Word
            && scan.words(t.span).starts_with(char::is_lowercase)
            && !scan.token(tokens.start + 1).is_some_and(|next| next.glued)
    });
    let year = plain && words.len() == 4 && words.starts_with("20");
    let counted = behind.is_some_and(|t| t.folded == "x" || t.kind == Kind::Digits)
        || behind.is_some() && crate::reading::text::units::unit_at(scan, tokens.end).is_some();
    // 'We order: 20x pump bodies', '20pcs'
    let counts = tokens.len() == 2
        && scan.token(tokens.start).is_some_and(|t| t.kind == Kind::Digits)
        && (scan.token(tokens.start + 1).is_some_and(|t| t.folded == "x" || t.is('×'))
            || crate::reading::text::units::unit_at(scan, tokens.start + 1).is_some());
    let counted = counted || counts;
    let long = if plain { digits >= 4 } else { digits >= 2 };
    let calendar = dates::Calendar { lang: Some(Lang::De), today: None };
    let date = dates::whole_date(words, calendar).is_some();
    let ours = desk
        .catalog
        .index()
        .code_at(scan, tokens.start, desk.domain)
        .is_some_and(|hit| hit.end >= tokens.end);
    alone && long && !word && !year && !counted && !date && !ours
}

fn leads_to_day(word: &str) -> bool {
    words!("of dated from vom du del van datato datiert en datee").has(word)
}

/// 'of 3 May', 'vom 3. Mai', ', dated 3 May' behind an order number.
pub(crate) fn dated(scan: &Scan<'_>, end: usize, desk: &Desk<'_>) -> Option<Dated> {
    day_behind(scan, end, desk).map(|(dated, _)| dated)
}

fn day_behind(scan: &Scan<'_>, end: usize, desk: &Desk<'_>) -> Option<(Dated, usize)> {
    let mut at = end;
    while scan.token(at).is_some_and(|t| t.is_any(",(")) {
        at += 1;
    }
    let leads = leads_to_day(word(scan, Some(at)));
    at += 1;
    at += usize::from(words!("date the").has(word(scan, Some(at))));
    at += usize::from(words!("du of").has(word(scan, Some(at))));
    let (when, behind) = dates::date_at(scan, at, desk.calendar()).filter(|_| leads)?;
    when.day()?;
    let span = scan.span(at..behind)?;
    let evidence = scan.evidence(span, "prose.order_date");
    Some((Dated { when: Some(when), evidence }, behind))
}
