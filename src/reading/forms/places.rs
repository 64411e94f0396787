//! Delivery addresses that running text states without a label: 'please deliver to our workshop at
//! 5 Mill Lane, Penrith CA11 7HR'. Only what ends with a postcode and its town is taken for one.

use std::ops::Range;

use super::headers::one_line;
use crate::reading::dates::{self, Calendar, When};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::text::stretches::sentence_ends;
use crate::reading::text::units;
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Read;

/// Most tokens between a word of delivery and the postcode.
const REACH: usize = 40;

/// The addresses that sentences about delivery state; their tokens are no longer free. `ours` tells
/// whether a token is a word of some product: '4000 Screws' is no town.
pub(crate) fn find(
    scan: &Scan<'_>,
    free: &mut [bool],
    ours: &dyn Fn(usize) -> bool,
) -> Vec<Read<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        let place = free
            .get(at)
            .copied()
            .unwrap_or_default()
            .then(|| postcode_and_town(scan, at))
            .flatten()
            .filter(|end| !(at..*end).any(ours) || british(scan, at).is_some())
            .and_then(|end| Some((start_of(scan, at, free)?, end)));
        let Some((start, end)) = place else {
            at += 1;
            continue;
        };
        let start = behind_noun(scan, behind_day(scan, start..at)..end);
        if let Some(span) = scan.span(start..end) {
            let value = one_line(&unwrapped(scan.words(span)));
            found.push(Read { value, evidence: scan.evidence(span, "prose.address") });
            for flag in free.iter_mut().take(end).skip(start) {
                *flag = false;
            }
        }
        at = end;
    }
    found
}

/// 'Leveren op 26 mei 2025, Havenlaan 2, 1000 Brussel': the day before the place is no part of it.
fn behind_day(scan: &Scan<'_>, run: Range<usize>) -> usize {
    let calendar = Calendar { lang: None, today: None };
    let days = run.clone().filter_map(|at| dates::date_at(scan, at, calendar));
    let days = days.filter(|(when, _)| !matches!(when, When::Vague));
    let Some((_, end)) = days.filter(|(_, end)| *end < run.end).max_by_key(|(_, end)| *end) else {
        return run.start;
    };
    let joins = |at: &usize| {
        scan.token(*at).is_some_and(|t| {
            t.is_any(",;:–-")
                || words!("an to at in a au chez presso aan en te nach").has(&t.folded)
        })
    };
    (end..run.end).find(|at| !joins(at)).unwrap_or(run.start)
}

/// The words with their lines joined where a sentence goes on in small letters: 'drop at site\nhut'.
fn unwrapped(words: &str) -> String {
    let mut joined = String::new();
    for line in words.split('\n') {
        let small = line.trim_start().starts_with(char::is_lowercase);
        if !joined.is_empty() {
            joined.push(if small && !joined.trim_end().ends_with(',') { ' ' } else { '\n' });
        }
        joined.push_str(line.trim());
    }
    joined
}

/// Behind 'our workshop:', 'il nostro magazzino di', 'ons adres': what the place is to the
/// customer, before its address.
fn behind_noun(scan: &Scan<'_>, run: Range<usize>) -> usize {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let mut at = run.start;
    while at < run.end
        && (words!(
            "our the this unser unsere unserer unserem unseren das die dem der notre nos le la les l \
             il lo nostro nostra nostri i ons onze het de nuestro nuestra el"
        )
        .has(word(at))
            || scan.token(at).is_some_and(|t| t.is_any("'’")))
    {
        at += 1;
    }
    let noun = words!(
        "address workshop warehouse site plant works store stores depot yard factory office adresse \
         werk werkstatt lager baustelle lagerhaus standort atelier depot magasin usine chantier \
         entrepot magazzino officina cantiere stabilimento sede indirizzo deposito adres magazijn \
         loods werkplaats almacen taller direccion magazine"
    );
    // 'Al magazzino di', 'ins Lager': the article is a part of the word before.
    let joined = words!("al alla ins zum zur au aux im").has(word(run.start.wrapping_sub(1)));
    let determined = at > run.start || joined && run.start > 0;
    if !noun.has(word(at)) {
        return run.start;
    }
    at += 1;
    while at < run.end
        && (words!("di de in at a zu te en on is").has(word(at))
            || scan.token(at).is_some_and(|t| t.is_any(":,")))
    {
        at += 1;
    }
    // Without 'our' or 'the' it may be a name: 'Werkstatt Sepp', 'Lager, Halle 2'.
    let colon = scan.token(at - 1).is_some_and(|t| t.is(':'));
    if (determined || colon) && at < run.end { at } else { run.start }
}

/// Whether the line of a token holds a postcode with its town: its bare numbers are house numbers.
pub(crate) fn on_line(scan: &Scan<'_>, at: usize) -> bool {
    let line = scan.token(at).and_then(|t| scan.lines.get(t.line));
    let places = line.map_or(0..0, |line| line.tokens.clone());
    places.clone().any(|at| {
        let parted = at > places.start && scan.token(at - 1).is_some_and(|t| t.is_any(",-–|;·"));
        postcode_and_town(scan, at).is_some_and(|_| parted || at == places.start)
    }) || places.clone().any(|at| british(scan, at).is_some())
}

/// Where an address begins that ends a run, behind ', ', 'an', 'presso' at its beginning: it has a
/// postcode and a town at its end, and nothing that is counted.
pub(crate) fn ends_run(scan: &Scan<'_>, run: Range<usize>) -> Option<usize> {
    let joins = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.is_any(",;:–-|/")
                || words!("an to at in a au chez presso aan en te nach").has(&t.folded)
        })
    };
    let start = run.clone().find(|at| !joins(*at))?;
    let leads = capital(scan, start)
        || digits(scan, start, 1..5)
        || {
            words!(
            "gate door dock ramp bay hall warehouse tor rampe halle porte quai portone rampa rue route chemin avenue allee place quai via viale piazza strada calle rte av ch")
            .has(&scan.token(start)?.folded)
        };
    let whole = |at: &usize| {
        postcode_and_town(scan, *at)
            .is_some_and(|end| (end..run.end).all(|at| scan.token(at).is_some_and(|t| t.is('.'))))
    };
    let postcode = (start..run.end).find(whole)?;
    // The town of a British postcode stands before it, in the words that were looked at.
    (start > run.start && leads && is_place(scan, start..postcode)).then_some(start)
}

fn capital(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at)
        .is_some_and(|t| t.kind == Kind::Word && scan.words(t.span).starts_with(char::is_uppercase))
}

fn capitals(scan: &Scan<'_>, at: usize, length: Range<usize>) -> bool {
    scan.token(at).is_some_and(|t| {
        let word = scan.words(t.span);
        t.kind == Kind::Word
            && length.contains(&word.chars().count())
            && word.chars().all(char::is_uppercase)
    })
}

fn digits(scan: &Scan<'_>, at: usize, length: Range<usize>) -> bool {
    scan.token(at).is_some_and(|t| t.kind == Kind::Digits && length.contains(&t.folded.len()))
}

fn glued(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| t.glued)
}

/// The end of a postcode with its town that begins at a token.
fn postcode_and_town(scan: &Scan<'_>, at: usize) -> Option<usize> {
    british(scan, at).or_else(|| american(scan, at)).or_else(|| continental(scan, at))
}

/// 'CA11 7HR', 'SW1A 1AA', 'D20 XY15': the town stands before it.
fn british(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if glued(scan, at) || !capitals(scan, at, 1..3) || !digits(scan, at + 1, 1..3) {
        return None;
    }
    let mut next = at + 2;
    if !glued(scan, at + 1) {
        return None;
    }
    if capitals(scan, next, 1..2) && glued(scan, next) {
        next += 1;
    }
    // 'T12 X2V5', 'H91 X7KT'
    let ends = |at: usize| !glued(scan, at) || scan.token(at).is_some_and(|t| !t.is_alnum());
    let end = (next + 1..next + 5).find(|at| ends(*at)).unwrap_or(next);
    let inward_run = scan.tokens.get(next..end).unwrap_or_default();
    let mixed = inward_run.iter().map(|t| t.folded.len()).sum::<usize>() == 4
        && inward_run.iter().any(|t| t.kind == Kind::Digits)
        && inward_run.iter().all(|t| match t.kind {
            Kind::Digits => true,
            Kind::Word => scan.words(t.span).chars().all(char::is_uppercase),
            Kind::Mark => false,
        });
    // Of a key of one letter and two digits, or one that goes on with letters in turns.
    let key = capitals(scan, at, 1..2) && digits(scan, at + 1, 2..3);
    if mixed && (key || inward_run.len() == 4) && !glued(scan, next) {
        return Some(end);
    }
    let inward = digits(scan, next, 1..2) && capitals(scan, next + 1, 2..3);
    let irish = capitals(scan, next, 1..3) && digits(scan, next + 1, 2..4);
    let whole = (inward || irish) && !glued(scan, next) && glued(scan, next + 1);
    let behind = scan.token(next + 2).filter(|t| t.glued);
    (whole && behind.is_none_or(|t| t.kind == Kind::Mark)).then_some(next + 2)
}

/// 'Springfield, IL 62704': the town stands before it.
fn american(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let state = capitals(scan, at, 2..3) && !glued(scan, at);
    let zip = digits(scan, at + 1, 5..6) && !glued(scan, at + 1);
    let comma = at >= 2 && scan.token(at - 1).is_some_and(|t| t.is(',')) && capital(scan, at - 2);
    let runs_on = scan.token(at + 2).is_some_and(|t| t.glued && t.is_alnum());
    (state && zip && comma && !runs_on).then_some(at + 2)
}

/// '3600 Thun', 'CH-3000 Bern', '4331 KC Middelburg', '586 01 Jihlava', '43-300 Bielsko'.
fn continental(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if glued(scan, at) && !scan.token(at.checked_sub(1)?)?.is('-') {
        return None;
    }
    let hyphen =
        |at: usize| scan.token(at).is_some_and(|t| t.is('-') && t.glued) && glued(scan, at + 1);
    let code = if digits(scan, at, 2..3) && hyphen(at + 1) && digits(scan, at + 2, 3..4)
        || digits(scan, at, 4..5) && hyphen(at + 1) && digits(scan, at + 2, 3..4)
    {
        at + 3
    } else if digits(scan, at, 4..6) {
        at + 1
    } else if digits(scan, at, 3..4) && digits(scan, at + 1, 2..3) && !glued(scan, at + 1) {
        at + 2
    } else {
        return None;
    };
    let letters = capitals(scan, code, 2..3) && capital(scan, code + 1);
    let town = code + usize::from(letters);
    let line = scan.token(at)?.line;
    // 'bis 24. April 2026', and below an empty line 'Bestellnummer'.
    let year = at > 0 && crate::reading::dates::is_month(scan, at - 1);
    if year || scan.token(town).is_none_or(|t| t.line > line + 1) {
        return None;
    }
    // A unit or a code behind digits makes them a quantity.
    let saint = saint_at(scan, town);
    let counted = saint.is_none() && units::unit_at(scan, town).is_some();
    if !capital(scan, town) || counted || glued(scan, town) {
        return None;
    }
    let mut end = saint.unwrap_or(town + 1);
    while let Some(token) = scan.token(end).filter(|t| t.line == line) {
        let joins = token.is_any("-'’/") && token.glued && scan.token(end + 1)?.kind == Kind::Word;
        let part = joins || token.glued && token.kind == Kind::Word || capital(scan, end);
        if !part {
            break;
        }
        end += 1;
    }
    let bare = scan.tokens.get(town..end)?.iter().all(|t| t.kind != Kind::Digits);
    // '5000 HS-100': digits hang on.
    let runs_on = scan.token(end).is_some_and(|t| t.glued && (t.is_alnum() || t.is_any("-/_")));
    (bare && !runs_on).then_some(end)
}

/// 'St. Gallen', 'St-Imier': a town, while '1000 St. Schrauben' counts pieces.
fn saint_at(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let saint = words!("st ste sankt saint sainte san santa s").has(word(at));
    let name = at + 1 + usize::from(scan.token(at + 1).is_some_and(|t| t.glued && t.is_any(".-")));
    let of_town = words!(
        "gallen moritz margrethen polten ingbert wendel veit johann georgen blasien niklaus stephan imier maurice cergue \
         croix ursanne gilgen margen peter antonien anton leonhard leonard legier prex sulpice blaise aubin gingolph \
         luc martin etienne denis nazaire malo quentin germain ouen helens albans ives austell andrews neots asaph david \
         andra florian valentin aegyd pantaleon josef jakob michael ruprecht gallenkirch agata"
    )
    .has(word(name));
    (saint && of_town && capital(scan, name)).then_some(name + 1)
}

/// Where the address before a postcode begins: behind the preposition nearest to it, if the
/// sentence is one of delivery.
fn start_of(scan: &Scan<'_>, postcode: usize, free: &[bool]) -> Option<usize> {
    let floor = postcode.saturating_sub(REACH);
    let mut start = None;
    let mut at = postcode;
    while at > floor {
        at -= 1;
        if free.get(at) != Some(&true) || ends_sentence(scan, at) {
            break;
        }
        let address = |from: usize| {
            let words = from + usize::from(scan.token(from).is_some_and(|t| t.is(':')));
            (words < postcode && scan.token(words).is_some()).then_some(words)
        };
        if start.is_none() && is_preposition(scan, at) {
            start = address(at + 1).filter(|from| is_place(scan, *from..postcode));
        }
        // 'Anlieferung nur vormittags, Rampe Ost, Giessereistrasse 77, 5610 Wohlen'
        if start.is_none() && is_delivery(scan, at) {
            start = (at + 1..postcode)
                .find(|i| {
                    scan.token(i - 1).is_some_and(|t| t.is_any(",:"))
                        && (capital(scan, *i) || digits(scan, *i, 1..5))
                })
                .filter(|from| is_place(scan, *from..postcode));
        }
        if let Some(start) = start.filter(|_| is_delivery(scan, at)) {
            return plain(scan, sentence_around(scan, at, postcode)).then_some(start);
        }
    }
    None
}

/// The end of a sentence, but not the blank line behind 'deliver to:'.
fn ends_sentence(scan: &Scan<'_>, at: usize) -> bool {
    let (Some(token), Some(next)) = (scan.token(at), scan.token(at + 1)) else { return true };
    let blank = (token.line + 1..next.line)
        .any(|l| scan.lines.get(l).is_some_and(crate::reading::text::TextLine::is_blank));
    sentence_ends(scan, at) || blank && !token.is(':')
}

/// A preposition that leads to a place. 'An der Aare' is a part of one.
fn is_preposition(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.token(at) else { return false };
    let leads =
        words!("to at an on nach a al alla au chez presso aan op te en in ins").has(&token.folded);
    let inside = scan.token(at + 1).is_some_and(|t| {
        words!("der dem den la le").has(&t.folded) && token.folded != "to" && token.folded != "at"
    });
    leads && !inside && !scan.words(token.span).starts_with(char::is_uppercase)
}

fn is_delivery(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    // 'To be delivered to' is a wish, 'that you delivered to' is none.
    let to_be = at >= 1 && matches!(word(at - 1), "be" | "them" | "it" | "goods");
    if matches!(word(at), "delivered" | "shipped" | "sent") {
        return to_be;
    }
    words!(
        "drop receptionnee receptionne deliver delivery ship send supply dispatch bring liefern lieferung \
         anlieferung anliefern geliefert liefert senden versenden versand schicken livrer livraison livrez expedier \
         expediez envoyer envoyez spedire spedite spedizione consegnare consegna consegnate \
         inviare leveren levering bezorgen geleverd verzenden entregar entrega enviar"
    )
    .has(word(at))
        || is_wanted(scan, at)
}

/// 'We need them at our workshop', 'mi servono al magazzino di': where the goods are wanted.
fn is_wanted(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    words!("need needed brauchen brauche benotigen benotigt gebraucht kommen kommt besoin servono serve occorrono nodig")
        .has(word(at))
}

/// The sentence from a word before a postcode to its end.
fn sentence_around(scan: &Scan<'_>, at: usize, postcode: usize) -> Range<usize> {
    let from = (at.saturating_sub(REACH)..at).rev().find(|i| ends_sentence(scan, *i));
    let to = (postcode..postcode + REACH).find(|i| ends_sentence(scan, *i));
    from.map_or(at.saturating_sub(REACH), |i| i + 1)..to.map_or(postcode, |i| i + 1)
}

/// A place has a number or a name before its postcode, and nothing that is counted.
fn is_place(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let named = run.clone().any(|at| capital(scan, at));
    let counted = run.clone().any(|at| {
        digits(scan, at, 1..9)
            && (units::unit_at(scan, at + 1).is_some()
                || scan.token(at + 1).is_some_and(|t| t.folded == "x"))
    });
    let parted = scan
        .token(run.end)
        .zip(scan.token(run.end.saturating_sub(1)))
        .is_some_and(|(postcode, before)| before.line < postcode.line);
    let numbered = run.clone().any(|at| digits(scan, at, 1..5));
    let commas = run.clone().filter(|at| scan.token(*at).is_some_and(|t| t.is(','))).count();
    let names = run.clone().filter(|at| capital(scan, *at)).count();
    let several = commas >= 2 && names >= 3;
    named && !counted && (parted || numbered || several) && run.len() <= 30
}

/// The sentence speaks of this delivery, and of no bill.
fn plain(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let folded = scan.folded(run.clone());
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let bill = run.clone().any(|at| {
        let denied = words!("not nicht pas non niet").has(word(at))
            // 'Not to the office' names another place.
            && !words!("the to at an in our ans zum zur ins a au al alla nel naar the").has(word(at + 1));
        denied
            || words!("invoice bill invoices rechnung facture fattura factuur factura").has(word(at))
    });
    !bill && !cues::of(&folded).has(Cues::PAST.and(Cues::COMPLAINT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn found(text: &str) -> Vec<String> {
        let scan = Scan::whole(Part::Text, text);
        let mut free = vec![true; scan.tokens.len()];
        find(&scan, &mut free, &|_| false).into_iter().map(|a| a.value).collect()
    }

    #[test]
    fn places_in_sentences_about_delivery() {
        for (text, want) in [
            (
                "Please deliver to our workshop at 5 Mill Lane, Penrith CA11 7HR by Friday.",
                "5 Mill Lane, Penrith CA11 7HR",
            ),
            (
                "Lieferung bitte am Montag an:\n\nMeier Bau\nPostgasse 17\n3600 Thun\n\nDanke",
                "Meier Bau, Postgasse 17, 3600 Thun",
            ),
            (
                "Volgende week leveren aan Molenstraat 6, 5341 Oss. Groeten",
                "Molenstraat 6, 5341 Oss",
            ),
            ("Livraison à l'atelier : chemin du Lac 3, 1260 Nyon.", "chemin du Lac 3, 1260 Nyon"),
            (
                "Consegna presso il nostro magazzino di, Via Motta 3, 6500 Bellinzona.",
                "Via Motta 3, 6500 Bellinzona",
            ),
            (
                "Merci de livrer à Garage Favre, chemin du Lac 3, 1260 Nyon.",
                "Garage Favre, chemin du Lac 3, 1260 Nyon",
            ),
        ] {
            assert_eq!(found(text), [want], "{text}");
        }
    }

    #[test]
    fn other_places_are_none() {
        for text in [
            "Please send 1000 Gaskets to us.",
            "Send the invoice to Acme, 5 Mill Lane, Penrith CA11 7HR.",
            "We are at 5 Mill Lane, Penrith CA11 7HR.",
            "Bitte liefern Sie an Firma Meier, 4000 Schrauben und 20 Muttern.",
            "The parts that you delivered to Mill Lane, 3600 Thun, were damaged.",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
