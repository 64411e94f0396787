//! The amounts that a text mentions beside its products, and numbers that only look like one: times
//! of day, the numbering of a list, what goods are for.

use super::amounts;
use super::mentions::{Mention, What, is_filler_before, is_free, take};
use crate::reading::draft::{Amount, Desk};
use crate::reading::forms::list_marks;
use crate::reading::text::number_words;
use crate::reading::text::units::Unit;
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Lang;

/// Finds amounts among the tokens that are free, and takes them.
pub(crate) fn find(scan: &Scan<'_>, taken: &mut [bool], found: &mut Vec<Mention>, desk: &Desk<'_>) {
    let mut at = 0;
    while at < scan.tokens.len() {
        if !is_free(taken, at..at + 1) {
            at += 1;
            continue;
        }
        // '4 scatole ingranaggi': a word of the product's name is no unit.
        let limit = (at..taken.len())
            .take(12)
            .find(|i| taken.get(*i) == Some(&true))
            .filter(|i| scan.token(*i).is_some_and(|t| !t.glued));
        let hit = amounts::amount_within(scan, at, limit.unwrap_or(usize::MAX), desk);
        let Some(hit) = hit.filter(|hit| is_free(taken, at..hit.end)) else {
            at += 1;
            continue;
        };
        let time = matches!(hit.amount, Amount::Of { unit: Some(Unit::Time), .. });
        let clock = clock(scan, at, hit.end);
        take(taken, at..hit.end);
        let things = is_things(scan, hit.end) || is_trips(scan, at + 1);
        let purpose = !hit.marked && is_purpose(scan, at, hit.end, taken);
        let carrier = is_carrier(scan, at, hit.end);
        let told = time || clock || things || purpose || carrier || is_times(scan, at, hit.end);
        if !told && !is_numbering(scan, at, hit.end) {
            let word =
                |i: Option<usize>| i.and_then(|i| scan.token(i)).map_or("", |t| t.folded.as_str());
            let before = word(at.checked_sub(1));
            let before_two = word(at.checked_sub(2));
            let each = matches!(before, "je" | "jeweils" | "each" | "chacun" | "chacune" | "ciascuno" | "ognuno")
                || matches!(before, "elk" | "elke")
                || super::both::counts(scan, &(at..hit.end))
                || hit.end > at + 1 && word(Some(hit.end - 1)) == "each"
                || matches!(
                    word(Some(hit.end)),
                    "each"
                        | "cadauno"
                        | "cadauna"
                        | "cad"
                        | "chacun"
                        | "chacune"
                        | "ciascuno"
                        | "ciascuna"
                        | "ognuno"
                        | "cada"
                        | "elk"
                )
                || (matches!(word(Some(hit.end)), "de" | "of" | "di" | "von" | "van")
                    && words!(
                        "each chaque chacun chacune ciascuno ciascuna ciascun ognuno ognuna cadauno \
                         jedem jeder elk elke cada"
                    )
                    .has(word(Some(hit.end + 1))));
            let approximate = amounts::is_approximate(before)
                || (before == "." && amounts::is_approximate(before_two))
                || before == "~"
                || before == "to" && before_two == "up"
                || is_second_of_two(scan, at, desk.lang)
                || is_bound(word(Some(hit.end)))
                || is_negative(scan, at);
            let amount = if approximate { Amount::Bad } else { hit.amount };
            let times = before == "x" || before == "*";
            found.push(Mention {
                what: What::Amount { amount, marked: hit.marked || times, each },
                tokens: at..hit.end,
            });
        }
        at = hit.end;
    }
}

/// The 'two' of 'one or two', 'ein, zwei', 'une ou deux', 'a couple or three', '20 to 30': nobody knows which.
fn is_second_of_two(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> bool {
    let word = |back: usize| {
        at.checked_sub(back).and_then(|at| scan.token(at)).map_or("", |t| t.folded.as_str())
    };
    let one =
        words!("a an one ein eine einen un une uno una een couple few paar paire paio par coppia");
    let digits = |back: usize| {
        at.checked_sub(back).and_then(|at| scan.token(at)).is_some_and(|t| t.kind == Kind::Digits)
    };
    let spelled = |back: usize| {
        at.checked_sub(back).is_some_and(|at| {
            one.has(word(back))
                || number_words::words_at(scan, at, None).is_some_and(|(_, end)| end == at + 1)
        })
    };
    let joint = match word(1) {
        "of" | "tot" => lang == Some(Lang::Nl),
        "a" | "al" => matches!(lang, Some(Lang::Fr | Lang::It | Lang::Es)),
        // 'Ein, zwei'; '20, 30 HS-100' may be a list's number.
        "," => return one.has(word(2)) && word(2) != "a" && !digits(0),
        other => words!("or oder ou o oppure to bis").has(other),
    };
    joint && (digits(2) || spelled(2))
}

/// 'Two things:', 'one more thing', 'eine Frage noch': what is said, and no goods.
fn is_things(scan: &Scan<'_>, end: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let things = words!(
        "things thing sachen dinge choses cose cosas dingen products articoli artikel produkte produits prodotti positions positionen lines"
    );
    let told = scan.token(end + 1).is_none_or(|t| t.is_any(":.,"));
    let more = words!(
        "more last other further final quick small little kleine letzte weitere kurze autre derniere petite altra ultima otra laatste"
    );
    let noun = if more.has(word(end)) { end + 1 } else { end };
    let said = words!(
        "thing question favour favor sache frage bitte chose question cosa domanda cosa pregunta vraag ding"
    );
    // '4', and 'Bitte bis Freitag.' in the next paragraph; a sentence may go on in the next line.
    let line = |at: usize| scan.token(at).map(|t| t.line);
    let near = end.checked_sub(1).and_then(line).zip(line(end)).is_some_and(|(a, b)| b <= a + 1);
    let begins = scan.token(end).is_some_and(|t| {
        end.checked_sub(1).and_then(line) != Some(t.line)
            && scan.words(t.span).starts_with(char::is_uppercase)
    });
    // 'One of our pumps is down'
    let ours = words!(
        "our my your unserer unserem unseren meiner meinem nos mes nostri nostre miei mie nuestros nuestras onze mijn"
    );
    let one = words!("one ein eine einer eines einem un une uno una een")
        .has(word(end.wrapping_sub(1)))
        && (words!("of de dei delle van").has(word(end)) && ours.has(word(end + 1))
            || words!("unserer unserem meiner meinem").has(word(end)));
    one || near
        && (things.has(word(end)) && told || said.has(word(noun)) && !begins || is_trips(scan, end))
}

/// 'Our PO for all three deliveries'
fn is_trips(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| {
        words!("deliveries shipments consignments lieferungen sendungen livraisons envois consegne spedizioni entregas leveringen")
            .has(&t.folded)
    })
}

/// 'In three lots', 'en trois fois', 'in drei Teillieferungen': how often, not how many.
fn is_times(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let led = at.checked_sub(1).is_some_and(|at| words!("in en a op").has(word(at)));
    let times = |word: &str| {
        words!(
            "lots lot parts deliveries instalments installments shipments batches tranches portions consignments teillieferungen teilmengen lieferungen raten tranchen losen teilen chargen              fois livraisons parties volte consegne rate tranche lotti parti veces entregas partes keer leveringen delen"
        )
        .has(word)
    };
    let equal = words!("equal gleichen gleich gleiche uguali iguales gelijke").has(word(end));
    led && (at..=end + usize::from(equal)).any(|at| times(word(at)))
}

/// 'On one pallet', 'sur 2 palettes': how goods are sent.
fn is_carrier(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let word =
        |at: Option<usize>| at.and_then(|at| scan.token(at)).map_or("", |t| t.folded.as_str());
    let pallet = |word: &str| {
        words!("pallet pallets palette paletten palettes europalette europaletten bancale bancali palet palets")
            .has(word)
    };
    words!("on auf sur su op in per en").has(word(at.checked_sub(1)))
        && (at..=end).any(|at| pallet(word(Some(at))))
}

/// 'For the two hulls', 'für unsere 3 Pressen', 'pour les deux coques': what goods are for, where no
/// product stands behind.
fn is_purpose(scan: &Scan<'_>, at: usize, end: usize, taken: &[bool]) -> bool {
    let word =
        |at: Option<usize>| at.and_then(|at| scan.token(at)).map_or("", |t| t.folded.as_str());
    let determined = words!(
        "the our these those die unsere unseren diese les nos ces i le gli nostri nostre los las \
         nuestros nuestras de onze"
    )
    .has(word(at.checked_sub(1)));
    let leads = words!("for at on in fur an auf pour dans sur per su nei para voor")
        .has(word(at.checked_sub(2)));
    // 'For skid 12, please enter'
    let numbered = words!("for fur pour per voor para").has(word(at.checked_sub(2)))
        && scan.token(at.wrapping_sub(1)).is_some_and(|t| {
            t.kind == Kind::Word
                && t.folded.len() >= 4
                && !crate::reading::text::lang::is_common(&t.folded)
        })
        && scan
            .token(end)
            .is_some_and(|t| words!("please bitte merci per gelieve kindly , :").has(&t.folded));
    if numbered {
        return true;
    }
    let noun = scan.token(end).is_some_and(|t| {
        t.kind == Kind::Word && taken.get(end) == Some(&false) && !is_filler_before(&t.folded)
    });
    determined && leads && noun
}

/// Words behind a number that make it a bound.
pub(crate) fn is_bound(word: &str) -> bool {
    words!("max maximum maximal min minimum minimal mindestens hochstens environ circa ca approx")
        .has(word)
}

/// '-5': a minus, unless the lines around begin like that too.
fn is_negative(scan: &Scan<'_>, at: usize) -> bool {
    let minus = |at: usize| {
        scan.token(at).is_some_and(|t| t.is_any("-−"))
            && scan.token(at + 1).is_some_and(|t| t.glued && t.kind == Kind::Digits)
    };
    let Some(line) = scan.token(at).map(|t| t.line).filter(|_| at >= 1 && minus(at - 1)) else {
        return false;
    };
    let begins = |line: Option<usize>| {
        line.and_then(|l| scan.lines.get(l)).is_some_and(|l| !l.is_blank() && minus(l.tokens.start))
    };
    let leads = scan.lines.get(line).is_some_and(|l| l.tokens.start == at - 1);
    let bulleted = begins(line.checked_sub(1)) || begins(Some(line + 1));
    let apart = !scan.token(at - 1).is_some_and(|t| t.glued);
    apart && !(leads && bulleted)
}

/// '14:30', 'at 3 pm', '8 h'.
fn clock(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let colon = |i: usize| scan.token(i).is_some_and(|t| t.is(':') && t.glued);
    let digits = |i: usize| scan.token(i).is_some_and(|t| t.kind == Kind::Digits && t.glued);
    (colon(end) && digits(end + 1))
        || (at >= 2
            && colon(at - 1)
            && scan.token(at).is_some_and(|t| t.glued)
            && scan.token(at - 2).is_some_and(|t| t.kind == Kind::Digits))
        || scan.token(end).is_some_and(|t| matches!(t.folded.as_str(), "uhr" | "o'clock"))
        || opens_hours(scan, at)
        // '20 am 10. Juni' is German.
        || end == at + 1
            && scan.token(end).is_some_and(|t| matches!(t.folded.as_str(), "am" | "pm"))
            && scan.token(end + 1).is_none_or(|t| t.kind != Kind::Digits)
}

/// '7 und 11 Uhr', '8 to 12 am': the first of two hours.
fn opens_hours(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let hour = |at: usize| {
        let digits = scan.token(at).is_some_and(|t| t.kind == Kind::Digits);
        digits && word(at).parse::<u32>().is_ok_and(|hour| hour <= 24)
    };
    let joined = words!("und bis and to till until et a e y en tot alle als - –").has(word(at + 1));
    let second = if words!("las le the").has(word(at + 2)) { at + 3 } else { at + 2 };
    let hours = words!("uhr h heures heure ore horas uur o'clock am pm").has(word(second + 1));
    hour(at) && joined && hour(second) && hours
}

/// '1.', '2)' at the beginning of a line with more behind it.
fn is_numbering(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let Some(token) = scan.token(at) else { return false };
    if end == at + 1 && list_marks::behind_counter(scan, at).is_some() {
        return true;
    }
    // 'I need: 1. ten A, 2. five B'
    let short = token.kind == Kind::Digits && token.folded.len() <= 2;
    let counted = scan.token(end + 1).is_some_and(|t| {
        t.line == token.line
            && (t.kind == Kind::Digits
                || crate::reading::text::number_words::words_at(scan, end + 1, None).is_some())
    });
    let closes = scan.token(end).is_some_and(|t| t.glued && t.is_any(".)"))
        && scan.token(end + 1).is_some_and(|t| !t.glued);
    if short && closes && counted && end == at + 1 {
        return true;
    }
    if end == at + 1 && numbers_rows(scan, token.line) {
        return scan.lines.get(token.line).is_some_and(|l| l.tokens.start == at);
    }
    let leads = scan.lines.get(token.line).is_some_and(|l| {
        l.tokens.start == at
            || (l.tokens.start + 1 == at && scan.token(at - 1).is_some_and(|t| t.is('(')))
    });
    let point = scan.token(end).is_some_and(|t| t.glued && t.is_any(".)"));
    let more = scan.token(end + 1).is_some_and(|t| t.line == token.line && !t.glued);
    leads && point && more && end == at + 1
}

/// '1  HS-100  Heat sink  20 pcs' above '2  HS-200  …': rows of cells that count themselves from 1 or
/// 10 on, each with an amount in its last cell.
fn numbers_rows(scan: &Scan<'_>, line: usize) -> bool {
    let number = |line: usize| -> Option<u32> {
        let tokens = scan.lines.get(line)?.tokens.clone();
        let first = scan.token(tokens.start).filter(|t| t.kind == Kind::Digits)?;
        let begins = |at: &usize| scan.token(*at).is_some_and(|t| t.gap);
        let cells: Vec<usize> = tokens.clone().skip(1).filter(begins).collect();
        let last_at = *cells.last()?;
        let last = scan.token(last_at)?;
        let parted = cells.first() == Some(&(tokens.start + 1)) && cells.len() >= 2;
        let counted = crate::reading::text::units::unit_at(scan, last_at + 1).is_some();
        (parted && counted && last.kind == Kind::Digits)
            .then(|| first.folded.parse().ok())
            .flatten()
    };
    let Some(own) = number(line) else { return false };
    let step = if own % 10 == 0 { 10 } else { 1 };
    let up = (1..).take_while(|n| {
        line.checked_sub(*n).and_then(number)
            == u32::try_from(*n).ok().and_then(|n| own.checked_sub(n * step))
    });
    let first = own.checked_sub(u32::try_from(up.count()).unwrap_or(0) * step);
    let neighbour = number(line + 1) == Some(own + step) || own > step;
    first == Some(step) && neighbour
}
