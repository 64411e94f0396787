//! The words by which an answer 1 leads to its new lines, or gives up what is missing: 'please change
//! our order to', 'new order:', 'instead', 'we do not need the rest'. They turn nothing about; what is
//! left of the answer is read as any order is.

use std::ops::Range;

use super::clauses::clause;
use super::offer::Quoted;
use super::plain::belongs;
use super::rest::gives_up;
use super::{is_option, number_at, sentences};
use crate::reading::text::{Kind, Scan, Token, words};

/// Most words between a verb of change and the lines.
const FAR: usize = 14;

/// A reply's text with blanks in the place of such words; `None` where it has none.
pub(crate) fn without_frames(scan: &Scan<'_>) -> Option<String> {
    let offer = Quoted::beside(scan);
    let said = sentences(scan);
    let mut gone: Vec<Range<usize>> = Vec::new();
    for at in 0..scan.tokens.len() {
        let found = changed(scan, at).or_else(|| made(scan, at)).or_else(|| announced(scan, at));
        gone.extend(found.or_else(|| replaced_by(scan, at, &offer)));
    }
    for sentence in &said {
        gone.extend(changed_behind(scan, sentence).into_iter().flatten());
        gone.extend(replacing(scan, sentence));
        gone.extend(given_up(scan, sentence, &offer));
        gone.extend(refused(scan, sentence));
    }
    if gone.is_empty() {
        return None;
    }
    let mut text = scan.text.to_owned();
    for span in gone.into_iter().filter_map(|run| scan.span(run)) {
        if let Some(said) = text.get(span.start..span.end) {
            let blanks: String = said.chars().map(blank).collect();
            text.replace_range(span.start..span.end, &blanks);
        }
    }
    Some(text)
}

/// Where runs of a text's tokens stand in the text with blanks.
pub(crate) fn runs_in(
    scan: &Scan<'_>,
    framed: &Scan<'_>,
    runs: &[Range<usize>],
) -> Vec<Range<usize>> {
    let place = |at: usize| framed.tokens.partition_point(|t| t.span.start < at);
    let spans = runs.iter().filter_map(|run| scan.span(run.clone()));
    spans.map(|span| place(span.start)..place(span.end)).collect()
}

/// A claim with the words before it that choose: 'scegliamo la 1'.
pub(crate) fn led(scan: &Scan<'_>, claim: Range<usize>) -> Range<usize> {
    let start = clause(scan, &claim).start;
    let known =
        |at: usize| scan.token(at).is_some_and(|t| t.kind == Kind::Word && belongs(&t.folded));
    if (start..claim.start).all(known) { start..claim.end.max(start) } else { claim }
}

/// As many blanks as a letter has bytes; line breaks stay.
fn blank(letter: char) -> &'static str {
    match letter {
        '\n' => "\n",
        letter => "    ".get(..letter.len_utf8()).unwrap_or(" "),
    }
}

fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

fn is_digits(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| t.kind == Kind::Digits)
}

fn changes(word: &str) -> bool {
    words!(
        "change amend adjust modify update andern andert andere abandern anpassen passen korrigieren umstellen modifier modifiez modifions changer \
         changez adapter adaptez modificare modificate modifichi cambiare cambiate cambi cambiad cambien cambie modificar modifiquen wijzigen wijzig \
         aanpassen veranderen verander"
    )
    .has(word)
}

/// What stands between a verb of change and the lines.
fn leads(word: &str) -> bool {
    words!(
        "it that this the our my order please pls kindly as follows sie ihr uns unsere unseren die den das meine bestellung auftrag bitte wie folgt ab um la le les l ' \
         notre ma commande donc ainsi s il vous plait svp merci comme suit de facon suivante maniere il lo nostro nostra ordine per favore come segue el \
         nuestro pedido por como sigue het onze bestelling graag als volgt"
    )
    .has(word)
}

/// 'Please change our order to 8 A', 'nous modifions la commande de la façon suivante :'.
fn changed(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    changes(word(scan, at)).then_some(())?;
    let own =
        words!("we i wir ich nous je on noi io wij ik to zu would like want mochten mochte wollen");
    let mut start = at;
    while start > 0 && own.has(word(scan, start - 1)) {
        start -= 1;
    }
    let to = words!("to auf in en a naar into zu");
    // 'Bitte ändern auf:' above the lines.
    let opens = |at: usize| is_digits(scan, at) || scan.token(at).is_some_and(|t| t.is(':'));
    let end = (at + 1..at + FAR).find(|i| {
        to.has(word(scan, *i)) && opens(i + 1)
            || scan.token(*i).is_some_and(|t| t.is(':'))
            || !leads(word(scan, *i))
    })?;
    let goods = |end: usize| is_digits(scan, end).then_some(start..end);
    if to.has(word(scan, end)) {
        goods(end + 1).or_else(|| colon(scan, start, end + 1))
    } else {
        colon(scan, start, end).or_else(|| goods(end))
    }
}

/// A run up to the colon behind which the lines stand.
fn colon(scan: &Scan<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let colon = scan.token(end).filter(|t| t.is(':'))?;
    let line = colon.line;
    let ends = scan.token(end + 1).is_none_or(|t| t.line > line || t.kind == Kind::Digits);
    ends.then_some(start..end + 1)
}

/// 'Bitte die Bestellung auf 8 A und 4 B ändern'.
fn changed_behind(scan: &Scan<'_>, sentence: &Range<usize>) -> Option<[Range<usize>; 2]> {
    let last = sentence.clone().rev().find(|at| scan.token(*at).is_some_and(Token::is_alnum))?;
    let order = words!("bestellung auftrag bestelling menge");
    let to = words!("auf naar in");
    let from = sentence.clone().find(|at| order.has(word(scan, *at)))?;
    let to = (from + 1..from + 4).find(|at| to.has(word(scan, *at)) && is_digits(scan, at + 1))?;
    let between = (from + 1..to).all(|at| leads(word(scan, at)));
    (between && last > to && changes(word(scan, last))).then_some([from..to + 1, last..last + 1])
}

/// 'Make it 8 A'.
fn made(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    let made = scan.says(at, "make it") || scan.says(at, "make that");
    let end = at + 2;
    (made && is_digits(scan, end)).then_some(at..end)
}

/// 'Replace the 20 A by 8 B', where 20 A were ordered and are short.
fn replaced_by(scan: &Scan<'_>, at: usize, offer: &Quoted<'_, '_>) -> Option<Range<usize>> {
    let replaces = words!(
        "replace substitute swap exchange ersetzen ersetzt ersetze tauschen remplacer remplacez sostituire sostituite sustituir sustituyan cambiar vervangen vervang"
    );
    let beside = words!(
        "sie die den the all our unsere les nos i gli le los las de onze pcs pieces stuck stk pezzi piezas stuks pcs ."
    );
    let by = words!("by with for durch gegen mit par con por door");
    replaces.has(word(scan, at)).then_some(())?;
    let mut end = at + 1;
    let mut named = false;
    while end < at + FAR {
        let whole = scan.token(end).is_some_and(|t| offer.is_whole(&t.folded));
        if let Some(behind) = offer.names(scan, end) {
            (named, end) = (true, behind);
        } else if whole || beside.has(word(scan, end)) {
            end += 1;
        } else {
            break;
        }
    }
    (named && by.has(word(scan, end)) && is_digits(scan, end + 1)).then_some(at..end + 1)
}

/// 'Bitte neu:', 'con queste righe nuove:', 'our changed order:'.
fn announced(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    let token = scan.token(at).filter(|t| t.is(':'))?;
    let line = scan.lines.get(token.line)?.tokens.clone();
    let new = words!(
        "new neu neue neuen changed revised updated amended geandert geanderte angepasste korrigierte nouveau nouvelle nouvelles modifiee modifie corrigee nuovo nuova nuove \
         modificato aggiornato nuevo nueva nuevas modificado nieuw nieuwe aangepaste gewijzigde instead stattdessen dafur place invece posto loro lugar \
         plaats daarvan"
    );
    let beside = words!(
        "please pls here is are the our my order orders line lines with these those this following and now so s bitte hier ist sind die das unsere unser meine \
         bestellung auftrag zeile zeilen position positionen bestellzeile bestellzeilen bestellpositionen auftragszeilen mit diesen folgende folgenden jetzt also dann voici est notre ma la le les commande ligne lignes \
         avec ces ce merci de livrer a en ecco con queste questi le la il ordine riga righe ora in al per aqui esta con estas lineas linea pedido su el hier is \
         onze bestelling regel regels met deze send deliver ship liefern schicken senden envoyer consegnare mandare spedire leveren dus donc alors quindi ,"
    );
    let mut start = at;
    while start > line.start
        && (new.has(word(scan, start - 1)) || beside.has(word(scan, start - 1)))
    {
        start -= 1;
    }
    // What stands before is the number, or the end of another sentence.
    let begins = start == line.start
        || number_at(scan, start - 1).is_some()
        || scan.token(start - 1).is_some_and(|t| t.is_any(".)-–—!:"));
    let told = (start..at).any(|i| new.has(word(scan, i)));
    colon(scan, start, at).filter(|_| begins && told)
}

/// 'We take 60 B instead', 'wir nehmen stattdessen 60 B'.
fn replacing(scan: &Scan<'_>, sentence: &Range<usize>) -> Option<Range<usize>> {
    const TURNS: [&str; 9] = [
        "instead",
        "stattdessen",
        "a la place",
        "a leur place",
        "invece",
        "al loro posto",
        "en su lugar",
        "in plaats daarvan",
        "en remplacement",
    ];
    let of = words!("of von der den de des du di del dei della van");
    let found = sentence.clone().find_map(|at| {
        let length = TURNS.iter().filter(|turn| scan.says(at, turn)).map(|t| t.split(' ').count());
        Some(at..at + length.max()?)
    })?;
    let counts = sentence.clone().any(|at| is_digits(scan, at));
    (counts && !of.has(word(scan, found.end))).then_some(found)
}

/// 'The remaining 38 we do not need any more', 'den Rest bitte streichen': in a part of a sentence that
/// holds no other number.
fn given_up(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    offer: &Quoted<'_, '_>,
) -> Option<Range<usize>> {
    let parts =
        |at: &usize| scan.token(*at).is_some_and(|t| t.is_any(",;.–—") || t.is('-') && !t.glued);
    let mut start = sentence.start;
    let ends = sentence.clone().filter(parts).chain(std::iter::once(sentence.end));
    ends.map(|end| {
        let part = start..end;
        start = end + 1;
        part
    })
    .find(|part| {
        let foreign = |at: usize| {
            let number = scan.token(at).filter(|t| t.kind == Kind::Digits);
            number.is_some_and(|t| t.folded.parse().map_or(true, |n| !offer.lacks(n)))
        };
        gives_up(&scan.padded(part.clone())) && !part.clone().any(foreign)
    })
}

/// 'Surtout pas l'option 3 !': an option that is not taken, and nothing else.
fn refused(scan: &Scan<'_>, sentence: &Range<usize>) -> Option<Range<usize>> {
    let option = sentence.clone().find(|at| is_option(word(scan, *at)))?;
    let numbers = sentence.clone().filter(|at| is_digits(scan, *at)).count();
    let other = number_at(scan, option + 1).is_some_and(|number| number > 1);
    let denied = other && super::denied_before(scan, option);
    (denied && numbers <= 1 && sentence.len() <= FAR).then(|| sentence.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn left(text: &str) -> String {
        let scan = Scan::whole(Part::Text, text);
        let left = without_frames(&scan).unwrap_or_else(|| text.to_owned());
        assert_eq!(left.len(), text.len(), "{text}");
        left.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_leads_to_lines_is_left_out() {
        for (text, want) in [
            ("please change our order to 8 A and 4 B", "please 8 A and 4 B"),
            ("bitte ändern Sie die Bestellung auf 8 A", "bitte 8 A"),
            ("bitte die Bestellung auf 8 A und 4 B ändern", "bitte die 8 A und 4 B"),
            ("Nous modifions donc la commande de la façon suivante :\n8 A", "8 A"),
            ("1\nUnsere geänderte Bestellung:\n8 A", "1 8 A"),
            ("1, con queste righe nuove:\n8 A", "1 8 A"),
            ("Bitte ändern auf:\n8 A", "Bitte 8 A"),
            ("Modifier la commande en :\n8 A", "8 A"),
            ("please make it 8 A instead", "please 8 A"),
            ("wir nehmen stattdessen 8 A", "wir nehmen 8 A"),
            ("8 A, den Rest bitte streichen", "8 A,"),
            ("Surtout pas l'option 3 !\n8 A", "8 A"),
        ] {
            assert_eq!(left(text), want, "{text}");
        }
    }

    #[test]
    fn what_says_more_stays() {
        for text in [
            "please change our order of last week",
            "we change from 8 A to the other one",
            "8 A instead of 4 B",
            "8 A, den Rest von 4 B bitte streichen",
            "new prices are: unknown",
        ] {
            assert_eq!(left(text), text, "{text}");
        }
    }
}
