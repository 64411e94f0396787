//! Mails that are nothing but a list of goods: no verb, perhaps a greeting, and it is an order all
//! the same.

use std::ops::Range;

use super::mentions::{Mention, within};
use crate::reading::sentences::accounts::is_idle;
use crate::reading::sentences::cues::Cues;
use crate::reading::text::stretches::{goods, is_amount, is_product, joins_goods, sentence_ends};
use crate::reading::text::{Scan, Token, words};

/// Most words that may stand behind the list: a name, thanks, a word on the delivery.
const MOST_WORDS: usize = 20;

/// Cues of sentences that leave a list what it is.
const HARMLESS: Cues = Cues::ORDER.and(Cues::DELIVERY);

/// Whether a text is a list of products with amounts, after a greeting at most. What stands above
/// a list says what it is of: a stock, a delivery, an offer.
/// What is not `free` was read as a labelled field: an address, an order number.
pub(crate) fn is_list(scan: &Scan<'_>, free: &[bool], found: &[Mention], cues: Cues) -> bool {
    if cues.without(HARMLESS) != Cues::default() || scan.tokens.iter().any(|t| t.is('?')) {
        return false;
    }
    let lines =
        (0..scan.lines.len()).filter(|line| scan.lines.get(*line).is_some_and(|l| !l.is_blank()));
    let mut rows = 0;
    let mut ended = false;
    let mut behind = 0;
    for line in lines {
        let Some(mut tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { continue };
        // 'Lieferadresse: …' behind the goods, or on a line of its own.
        tokens.end = tokens.clone().find(|at| free.get(*at) != Some(&true)).unwrap_or(tokens.end);
        if tokens.is_empty() {
            continue;
        }
        let is_row = goods(scan, line, found);
        // The sentence of the goods, and what else the line says.
        let end = if is_row { goods_end(scan, &tokens, found) } else { tokens.start };
        match (is_row && says_no_more(scan, tokens.start..end, found), rows, ended) {
            (true, _, false) => rows += 1,
            (false, 0, _) if !is_row && greets(scan, line) => continue,
            (false, 1.., _) if !is_row => ended = true,
            _ => return false,
        }
        if !tells_nothing(scan, end..tokens.end, found) {
            return false;
        }
        behind +=
            (end..tokens.end).filter(|at| scan.token(*at).is_some_and(Token::is_alnum)).count();
    }
    rows > 0 && behind <= MOST_WORDS
}

/// Whether a subject says nothing of what the mail is.
pub(crate) fn is_silent(subject: &Scan<'_>) -> bool {
    subject.tokens.iter().filter(|t| t.is_alnum()).all(|t| {
        words!(
            "hi hello hey help please pls urgent hallo hoi moin servus sali guten tag morgen bitte \
             dringend bonjour salut svp urgent bonsoir ciao salve buongiorno buonasera urgente \
             hola dag goedemorgen parts teile pieces pezzi material materiel materiale bits \
             order orders bestellung auftrag commande commandes cmd cde ordine ordini po pedido \
             bestelling brauche brauch was need needed ordre"
        )
        .has(&t.folded)
    })
}

/// Where the sentence with a line's goods ends.
fn goods_end(scan: &Scan<'_>, line: &Range<usize>, found: &[Mention]) -> usize {
    let goods = within(found, line).iter().filter(|m| is_product(m) || is_amount(m));
    let last = goods.map(|m| m.tokens.end).max().unwrap_or(line.start);
    let end = (last.max(line.start + 1) - 1..line.end).find(|at| sentence_ends(scan, *at));
    end.map_or(line.end, |at| at + 1)
}

/// Goods, their amounts and days, what joins them, and courtesy: any other word may say that they
/// are broken, or go back.
fn says_no_more(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    if is_idle(scan, run.clone()) {
        return true;
    }
    let inside: Vec<&Mention> = within(found, &run).iter().collect();
    run.into_iter().all(|at| joins_goods(scan, at, &inside))
}

/// Behind the goods stand names and places, which begin with capitals, and courtesy.
fn tells_nothing(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    let inside: Vec<&Mention> = within(found, &run).iter().collect();
    run.into_iter().all(|at| {
        let name = scan.token(at).is_some_and(|t| {
            scan.words(t.span).starts_with(char::is_uppercase)
                && !crate::reading::text::lang::is_common(&t.folded)
        });
        name || closes(scan, at) || joins_goods(scan, at, &inside)
    })
}

/// A word of a closing formula.
fn closes(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| {
        words!(
            "gruss grusse grussen freundliche freundlichen liebe lieben viele schone mfg lg vg regards best kind cheers rgds \
             salutations cordialement amicalement meilleures saluti cordiali distinti saludos groet groeten vriendelijke"
        )
        .has(&t.folded)
    })
}

/// 'Hello Ann,', 'Guten Tag'.
fn greets(scan: &Scan<'_>, line: usize) -> bool {
    let Some(line) = scan.lines.get(line) else { return false };
    let first = scan.token(line.tokens.start);
    is_idle(scan, line.tokens.clone())
        || line.tokens.len() <= 6
        && first.is_some_and(|t| {
            words!(
                "hi hello hey dear good morning guten gruezi hallo hoi moin servus sali liebe lieber sehr \
                 bonjour salut bonsoir madame monsieur chers cher chere buongiorno buonasera ciao salve gentile \
                 gentili hola buenos buenas estimados beste dag goedemorgen goedendag geachte"
            )
            .has(&t.folded)
        })
}
