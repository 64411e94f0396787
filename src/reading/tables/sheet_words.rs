//! What a file says beside the rows that it orders: a line above its table, a note below it or on
//! another sheet, a word after 'Total'. Each may turn the rows, as a sentence beside a form may.

use std::collections::BTreeSet;
use std::ops::Range;

use super::head_words;
use crate::reading::draft::Draft;
use crate::reading::forms::labels;
use crate::reading::sentences::accounts;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::perils::{self, Sentence};
use crate::reading::sentences::ties;
use crate::reading::tables;
use crate::reading::text::stretches::sentences;
use crate::reading::text::{Kind, Scan, Token, WordList, words};
use crate::reading::types::{Evidence, Lang, Part};

/// Most words of a file beside the one with the order that is heard: terms of business are longer.
const NOTE: usize = 150;
/// Fewest words of a sentence that may be small print.
const SMALL_PRINT: usize = 5;

/// The first words beside the rows of a file that may turn what they order.
pub(crate) fn beside(scan: &Scan<'_>, draft: &Draft, lang: Option<Lang>) -> Option<Evidence> {
    let rows = rows(scan, draft);
    let lines = (0..scan.lines.len()).filter(|line| !rows.contains(line));
    first(scan, &runs(scan, lines), lang)
}

/// Whether a cell of a row that is no goods' may turn those of the other rows: 'Total (cancelled)'.
pub(crate) fn in_cell(scan: &Scan<'_>, cell: &Range<usize>, lang: Option<Lang>) -> bool {
    sentences(scan, cell).iter().any(|run| turns(scan, run, lang))
}

/// Whether a remark of a document with a schema may turn its order.
pub(crate) fn in_remark(remark: &str) -> bool {
    let scan = Scan::whole(Part::Text, remark);
    first(&scan, &runs(&scan, 0..scan.lines.len()), None).is_some()
}

/// Whether words that may describe goods or a place turn an order even so.
pub(crate) fn in_name_of_goods(words: &str) -> bool {
    let scan = Scan::whole(Part::Text, words);
    let folded = scan.folded(0..scan.tokens.len());
    is_stamp(&folded) || cues::of(&folded).has(Cues::TURNS) || is_strong(&folded, None, true)
}

/// The name of a file, where it may turn the order within: 'order (on hold).csv'.
pub(crate) fn in_name(name: &str) -> Option<Evidence> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let said = stem.replace(['_', '-', '+', '.'], " ");
    let scan = Scan::whole(Part::Text, &said);
    let span = scan.span(0..scan.tokens.len()).filter(|_| in_name_of_goods(&said))?;
    Some(scan.evidence(span, "file.name"))
}

/// The first words of a file that orders nothing, if it is short enough for a note.
pub(crate) fn note(scan: &Scan<'_>, lang: Option<Lang>) -> Option<Evidence> {
    if scan.tokens.iter().filter(|t| t.kind == Kind::Word).count() > NOTE {
        return None;
    }
    first(scan, &runs(scan, 0..scan.lines.len()), lang)
}

fn first(scan: &Scan<'_>, runs: &[Run], lang: Option<Lang>) -> Option<Evidence> {
    let mut terms = false;
    for run in runs {
        if run.heading {
            if turns_column(scan, &run.tokens, lang) {
                return Some(scan.evidence(scan.span(run.tokens.clone())?, "file.words"));
            }
            continue;
        }
        terms |= run.alone && heads_terms(scan, &run.tokens);
        let mut sentences = sentences(scan, &run.tokens).into_iter();
        let turned = sentences.find(|s| turns(scan, s, lang) && !(terms && is_long(scan, s)));
        if let Some(turned) = turned {
            return Some(scan.evidence(scan.span(turned)?, "file.words"));
        }
    }
    None
}

/// Lines that hold goods of the draft.
fn rows(scan: &Scan<'_>, draft: &Draft) -> BTreeSet<usize> {
    let words = |wish: &crate::reading::draft::Wish| {
        wish.product_words.iter().chain(&wish.amount_words).map(|e| e.start).collect::<Vec<_>>()
    };
    let line = |start: usize| {
        let at = scan.tokens.partition_point(|t| t.span.start < start);
        scan.token(at).map(|t| t.line)
    };
    draft.wishes.iter().flat_map(words).filter_map(line).collect()
}

/// Cells of lines, or several lines of one cell each that go on with each other.
struct Run {
    tokens: Range<usize>,
    /// It stands among the headings of a table.
    heading: bool,
    /// It is all of its line.
    alone: bool,
}

/// The cells of lines; a line of one cell that goes on with the one before it is of the same run.
fn runs(scan: &Scan<'_>, lines: impl Iterator<Item = usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for line in lines {
        let cells = tables::cells(scan, line).into_iter().map(|cell| cell.tokens);
        let cells: Vec<Range<usize>> = cells.filter(|run| !run.is_empty()).collect();
        let label = |cell: &&Range<usize>| head_words::label(scan, (*cell).clone()).0.is_some();
        let heading = cells.len() > 2 && cells.iter().filter(label).count() * 2 >= cells.len();
        let alone = cells.len() == 1;
        for (place, tokens) in cells.into_iter().enumerate() {
            let goes_on = |last: &&mut Run| {
                place == 0 && last.tokens.end == tokens.start && goes_on(scan, tokens.start)
            };
            match runs.last_mut().filter(goes_on) {
                Some(last) => last.tokens.end = tokens.end,
                None => runs.push(Run { tokens, heading, alone }),
            }
        }
    }
    runs
}

/// Whether a line begins with a small letter, behind one that ends without a stop.
fn goes_on(scan: &Scan<'_>, at: usize) -> bool {
    let begins = scan.token(at).is_some_and(|t| scan.words(t.span).starts_with(char::is_lowercase));
    let before = at.checked_sub(1).and_then(|at| scan.token(at));
    begins && before.is_some_and(Token::is_alnum)
}

/// Whether a sentence of a file may turn its goods.
fn turns(scan: &Scan<'_>, run: &Range<usize>, lang: Option<Lang>) -> bool {
    let folded = scan.folded(run.clone());
    if is_small_print(scan, run) || is_label(&folded) || accounts::is_idle(scan, run.clone()) {
        return false;
    }
    if is_stamp(&folded) {
        return true;
    }
    let weak = |folded: &str| {
        perils::has(Sentence { folded, lang, priced: true, goods: false }) && folded.contains(' ')
    };
    cues::of(&folded).has(Cues::TURNS)
        || is_strong(&folded, lang, false)
        || weak(&folded) && ties::is_tied_where(scan, run, &weak)
}

fn is_strong(folded: &str, lang: Option<Lang>, goods: bool) -> bool {
    perils::is_strong(Sentence { folded, lang, priced: true, goods })
}

/// Whether a heading of a column may turn what stands below it. Its 'not before' is of its days.
fn turns_column(scan: &Scan<'_>, cell: &Range<usize>, lang: Option<Lang>) -> bool {
    let folded = scan.folded(cell.clone());
    !is_label(&folded) && (cues::of(&folded).has(Cues::TURNS) || is_strong(&folded, lang, true))
}

/// 'DRAFT', 'nur Anfrage': a stamp on a page, and nothing else beside it.
fn is_stamp(folded: &str) -> bool {
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let plain =
        words.split(' ').count() <= 2 && words.chars().all(|c| c.is_alphabetic() || c == ' ');
    plain
        && words.split(' ').any(|word| {
            words!(
                "draft drafts entwurf brouillon bozza borrador concept ontwerp rfq anfrage enquiry inquiry"
            )
            .has(word)
        })
}

/// 'Your order no.', 'Not before', 'Version 2.1': what stands before a value, and before a page's words.
fn is_label(folded: &str) -> bool {
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let mut each = words.split(' ');
    let count = words.split(' ').filter(|w| w.starts_with(char::is_alphabetic)).count();
    let numbered = words
        .rsplit(' ')
        .next()
        .is_some_and(|word| words!("no nr number nummer numero num").has(word));
    let version =
        each.next().is_some_and(|word| words!("version versione versie fassung").has(word));
    labels::exact(words).is_some()
        || numbered && (2..=4).contains(&count)
        || version && words.contains(|c: char| c.is_ascii_digit()) && count <= 4
        || matches!(words, "not before" | "nicht vor" | "pas avant" | "non prima del" | "niet voor")
}

/// Whether a sentence speaks of how business is done with the house, whatever is ordered: 'our general
/// terms', not 'weather conditions'.
fn is_small_print(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    is_long(scan, run) && names_terms(scan, run)
}

/// 'General terms of purchase': what stands below is small print, but for what is short.
fn heads_terms(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    // '2024' is a title's, the 30 of '30 days' is not.
    let number = |t: &Token| t.kind == Kind::Digits && t.folded.len() != 4;
    let plain = !tokens.iter().any(|t| number(t) || t.is_any(":="));
    plain && !is_long(scan, run) && names_terms(scan, run)
}

fn is_long(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    tokens.iter().filter(|t| t.kind == Kind::Word).count() >= SMALL_PRINT
}

fn names_terms(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let any = |list: &WordList| tokens.iter().any(|t| list.has(&t.folded));
    any(words!(
        "agb aeb geschaftsbedingungen einkaufsbedingungen lieferbedingungen zahlungsbedingungen inkoopvoorwaarden verkaufsbedingungen"
    )) || any(words!("terms conditions bedingungen condizioni condiciones voorwaarden"))
        && any(words!(
            "our your other general standard payment delivery purchase sale sales business unsere unseren ihre andere anderen allgemeine allgemeinen \
             nos vos autres generales paiement livraison vente achat nostre vostre altre generali pagamento consegna vendita acquisto \
             nuestras sus otras pago entrega onze uw andere algemene betaling levering"
        ))
}
