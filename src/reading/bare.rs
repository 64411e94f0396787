//! Mails that are nothing but a list of goods: no verb, perhaps a greeting, and it is an order all
//! the same.

use super::cues::Cues;
use super::mentions::{Mention, What};
use super::stretches::{goods, sentence_ends};
use super::text::{Kind, Scan, Token, words};

/// Most words that may stand behind the list: a name, thanks, a word on the delivery.
const MOST_WORDS: usize = 20;

/// Cues of sentences that leave a list what it is.
const HARMLESS: Cues = Cues::ORDER.and(Cues::DELIVERY);

/// Whether a text is a list of products with amounts, after a greeting at most. What stands above
/// a list says what it is of: a stock, a delivery, an offer.
pub(super) fn is_list(scan: &Scan<'_>, found: &[Mention], cues: Cues) -> bool {
    if cues.without(HARMLESS) != Cues::default() || scan.tokens.iter().any(|t| t.is('?')) {
        return false;
    }
    let lines =
        (0..scan.lines.len()).filter(|line| scan.lines.get(*line).is_some_and(|l| !l.is_blank()));
    let mut rows = 0;
    let mut ended = false;
    let mut behind = 0;
    for line in lines {
        let is_row = goods(scan, line, found) && says_no_more(scan, line, found);
        match (is_row, rows, ended) {
            (true, _, false) => {
                rows += 1;
                behind += words_behind(scan, line, found);
            }
            (false, 0, _) if greets(scan, line) => {}
            (false, 1.., _) => {
                ended = true;
                behind += words_of(scan, line);
            }
            _ => return false,
        }
    }
    rows > 0 && behind <= MOST_WORDS
}

/// Whether a subject says nothing of what the mail is.
pub(super) fn is_silent(subject: &Scan<'_>) -> bool {
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

fn words_of(scan: &Scan<'_>, line: usize) -> usize {
    let tokens = scan.lines.get(line).and_then(|l| scan.tokens.get(l.tokens.clone()));
    tokens.unwrap_or_default().iter().filter(|t| t.is_alnum()).count()
}

/// Words of the sentences behind the goods of a row.
fn words_behind(scan: &Scan<'_>, line: usize, found: &[Mention]) -> usize {
    let Some(tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { return 0 };
    let of_line = found.iter().filter(|m| tokens.contains(&m.tokens.start));
    let last = of_line.map(|m| m.tokens.end).max().unwrap_or(tokens.start);
    let end = (last..tokens.end).find(|at| sentence_ends(scan, *at)).unwrap_or(tokens.end);
    (end..tokens.end).filter(|at| scan.token(*at).is_some_and(Token::is_alnum)).count()
}

/// A row has its product, its amount, perhaps a day, and two words more at the most.
fn says_no_more(scan: &Scan<'_>, line: usize, found: &[Mention]) -> bool {
    let Some(tokens) = scan.lines.get(line).map(|l| l.tokens.clone()) else { return false };
    let from = found.partition_point(|m| m.tokens.end <= tokens.start);
    let to = found.partition_point(|m| m.tokens.start < tokens.end);
    let of_line = found.get(from..to).unwrap_or_default();
    let told = |at: usize| {
        of_line.iter().any(|m| {
            m.tokens.contains(&at)
                && matches!(m.what, What::Product(..) | What::Amount { .. } | What::Date(_))
        })
    };
    // What a further sentence says is counted with what stands behind the list.
    let last = of_line.iter().filter(|m| matches!(m.what, What::Product(..))).map(|m| m.tokens.end);
    let last = last.max().unwrap_or(tokens.start);
    let end = (last..tokens.end).find(|at| sentence_ends(scan, *at)).unwrap_or(tokens.end);
    let more = (tokens.start..end).filter(|at| !told(*at));
    more.filter(|at| {
        scan.token(*at).is_some_and(|t| t.kind == Kind::Word && !adds_nothing(&t.folded))
    })
    .count()
        <= 2
}

/// Words of courtesy and haste, and what joins goods.
fn adds_nothing(word: &str) -> bool {
    words!(
        "x and plus und sowie et e y en please pls plz thanks thx asap urgent urgently bitte danke \
         dringend svp merci urgence grazie urgente gracias dank graag alsjeblieft livrable livrables \
         lieferbar_ needed"
    )
    .has(word)
}

/// 'Hello Ann,', 'Guten Tag'.
fn greets(scan: &Scan<'_>, line: usize) -> bool {
    let Some(line) = scan.lines.get(line) else { return false };
    let first = scan.token(line.tokens.start);
    line.tokens.len() <= 6
        && first.is_some_and(|t| {
            words!(
                "hi hello hey dear good morning guten gruezi hallo hoi moin servus sali liebe lieber sehr \
                 bonjour salut bonsoir madame monsieur chers cher chere buongiorno buonasera ciao salve gentile \
                 gentili hola buenos buenas estimados beste dag goedemorgen goedendag geachte"
            )
            .has(&t.folded)
        })
}
