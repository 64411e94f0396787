//! A number of an option that stands alone within a sentence: 'so 3 it is', 'Die 2 bitte.', 'I choose
//! 2)'. What stands before it leads to it and what stands behind it ends there, so that it counts
//! nothing.

use super::chosen::{APPROVES, CHOOSES, TAKES};
use super::clauses::{breaks, clause};
use super::offer::Offer;
use super::plain::belongs;
use super::words::is_easy;
use super::{goes_on, is_option, is_polite, number_at};
use crate::reading::sentences::accounts::is_courtesy;
use crate::reading::text::stretches::sentence_ends;
use crate::reading::text::{Kind, Scan, words};

/// The number of an option that a sentence points at.
pub(crate) fn pointed(scan: &Scan<'_>, at: usize, offer: &Offer) -> Option<u8> {
    scan.token(at).filter(|t| t.kind == Kind::Digits && !t.glued || is_named(scan, at))?;
    let number = number_at(scan, at).filter(|_| !goes_on(scan, at))?;
    let counts = |at: usize| scan.token(at).is_some_and(|t| is_count(&t.folded));
    let points = ends(scan, at) && leads(scan, at) && !clause(scan, &(at..at + 1)).any(counts);
    (points && !offer.has(u32::from(number))).then_some(number)
}

/// 'Die Zwei', 'la trois': a number word that is a name.
fn is_named(scan: &Scan<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| word(scan, before));
    let capital =
        || scan.token(at).is_some_and(|t| scan.words(t.span).starts_with(char::is_uppercase));
    match before {
        "die" => words!("eins zwei drei").has(word(scan, at)) && capital(),
        "la" => words!("deux trois due tre uno").has(word(scan, at)),
        _ => false,
    }
}

/// Words beside which a number counts goods.
fn is_count(word: &str) -> bool {
    words!(
        "send ship deliver supply need needs needed order pcs pieces brauchen benotigen schicken schickt senden sendet liefern liefert stuck stk envoyer \
         envoyez livrer livrez expediez besoin faut pieces servono serve mandate spedite inviate consegnate pezzi necesitamos envien piezas stuur lever nodig"
    )
    .has(word)
}

fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

/// Nothing that can be counted stands behind.
fn ends(scan: &Scan<'_>, at: usize) -> bool {
    let Some(next) = scan.token(at + 1) else { return true };
    let line = scan.token(at).map_or(0, |t| t.line);
    if next.line != line && breaks(scan, line, next.line) {
        return true;
    }
    if next.kind == Kind::Mark {
        let number = scan.token(at + 2).is_some_and(|t| t.kind == Kind::Digits);
        let glued = scan.token(at + 2).is_some_and(|t| t.glued);
        return next.is_any(".!,;)\"'") && !number || next.is_any("-–—:") && !glued && !number;
    }
    let behind = (word(scan, at + 1), word(scan, at + 2));
    let for_us = is_for_us(scan, at + 1);
    let verb = behind.0;
    let concluded = words!("then dann alors donc allora entonces dan").has(verb)
        && scan.token(at + 2).is_none_or(|t| t.is_any(".!,"));
    let suits = words!("nous me uns mir ci us").has(verb)
        && (words!("va convient conviene passt gefallt").has(behind.1) || APPROVES.has(behind.1));
    behind == ("it", "is")
        || is_for_all(scan, at + 1)
        || is_this_time(scan, at + 1)
        || concluded
        || suits
        || for_us
        || is_polite(verb)
        || behind == ("por", "favor")
        || APPROVES.has(verb)
        || CHOOSES.has(verb)
        || words!("is ist est e va ware would nehmen wahlen geht").has(verb)
}

/// 'For us', at its first word.
fn is_for_us(scan: &Scan<'_>, at: usize) -> bool {
    words!("for pour per fur voor para bei").has(word(scan, at))
        && words!("us me our nous moi noi uns mich unser ons nosotros").has(word(scan, at + 1))
}

/// 'For both items', at its first word.
fn is_for_all(scan: &Scan<'_>, at: usize) -> bool {
    let for_whom = words!("for fur pour per voor para").has(word(scan, at));
    let all = words!(
        "both all beide beiden alle tous toutes entrambi entrambe tutti tutte ambos ambas todos"
    );
    for_whom
        && (all.has(word(scan, at + 1))
            || word(scan, at + 1) == "les" && word(scan, at + 2) == "deux")
}

/// 'This time', 'diesmal', at its first word.
fn is_this_time(scan: &Scan<'_>, at: usize) -> bool {
    words!("diesmal stavolta here hier ici qui").has(word(scan, at))
        || matches!(
            (word(scan, at), word(scan, at + 1)),
            ("this", "time")
                | ("cette", "fois")
                | ("questa", "volta")
                | ("esta", "vez")
                | ("deze", "keer")
        )
}

/// The beginning of a sentence, an article, a verb that chooses or a word that concludes stands
/// before.
fn leads(scan: &Scan<'_>, at: usize) -> bool {
    let names =
        words!("le la il the die el de den das l d ' nr no n number numero nummer ° º # \" ( [");
    let mut start = at;
    while start > 0
        && scan.token(start - 1).is_some_and(|t| {
            names.has(&t.folded) || t.is_any("'\"([#°º") || t.is('.') && numbers(scan, start - 1)
        })
    {
        start -= 1;
    }
    let named = (start..at).any(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Word));
    let approved = || {
        let verb = word(scan, at + 1);
        let easy = || {
            let run = clause(scan, &(at..at + 1));
            is_easy(&scan.padded(at + 1..run.end.max(at + 1)))
        };
        APPROVES.has(verb)
            || verb == "geht" && words!("klar gut").has(word(scan, at + 2))
            || words!("is ist est e").has(verb) && easy()
            || words!("is ist est e va ware would").has(verb)
                && (at + 2..at + 4).any(|i| APPROVES.has(word(scan, i)))
    };
    let Some(before) = start.checked_sub(1) else {
        return named || is_all(scan, at) || approved();
    };
    let lead = word(scan, before);
    let first = scan.token(before).is_some_and(|t| t.is_any(".,!?;:–—)") || t.is('-') && !t.glued)
        || scan.token(before).zip(scan.token(start)).is_some_and(|(before, first)| {
            first.line > before.line && breaks(scan, before.line, first.line)
        });
    if first {
        return named
            || approved()
            || is_all(scan, at) && (follows(scan, before) || is_assent(scan, before));
    }
    let chooses = |at: usize| CHOOSES.has(word(scan, at));
    // 'Put us down for 2'
    let down = || word(scan, before.saturating_sub(1)) == "down";
    // 'Va pour le 2', 'doe maar 2'
    let agrees = || {
        lead == "pour" && word(scan, before.saturating_sub(1)) == "va"
            || lead == "doe"
            || lead == "maar"
                && words!("doe dan neem geef").has(word(scan, before.saturating_sub(1)))
            || lead == "its"
            || lead == "sur"
                && words!("part pars partons parte").has(word(scan, before.saturating_sub(1)))
            || named
                && words!("for fur pour per voor para mit").has(lead)
                && words!("ok okay bon bene accord accordo vale prima")
                    .has(word(scan, before.saturating_sub(1)))
            || lead == "with"
                && words!("happy fine content").has(word(scan, before.saturating_sub(1)))
            || named && is_for_us(scan, before.saturating_sub(1))
    };
    let near = || (before.saturating_sub(2)..before).any(chooses) || down();
    let whole = || clause(scan, &(at..at + 1)).any(chooses);
    concludes(lead)
        || is_case(scan, before)
        || regrets(lead)
        || agrees()
        || chooses(before)
        || named && (TAKES.has(lead) || APPROVES.has(lead) || is_pronoun_behind_verb(scan, before))
        || words!("for with fur pour per voor mit on con por auf").has(lead)
            && (near() || !named && whole())
        || words!("is s be sera est wird sara e ist").has(lead)
            && words!("it c ce c ' es that will would sarebbe das")
                .has(word(scan, before.saturating_sub(1)))
        || words!("sera sara wird").has(lead)
}

/// 'In that case', at its last word.
fn is_case(scan: &Scan<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| word(scan, before));
    words!("case fall cas caso geval").has(word(scan, at))
        && words!("that diesem dem ce questo tal este dat").has(before)
}

/// 'Dann leider die 3', 'plutôt le 3'.
fn regrets(word: &str) -> bool {
    words!(
        "leider lieber malheureusement plutot purtroppo piuttosto unfortunately sadly rather helaas"
    )
    .has(word)
}

/// 'Nehmen wir die 2'.
fn is_pronoun_behind_verb(scan: &Scan<'_>, at: usize) -> bool {
    let verb = at.checked_sub(1).map_or("", |before| word(scan, before));
    words!("wir ich we").has(word(scan, at)) && (TAKES.has(verb) || CHOOSES.has(verb))
}

/// The dot of 'no. 2'.
fn numbers(scan: &Scan<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| words!("no nr n").has(word(scan, before)))
}

fn concludes(word: &str) -> bool {
    words!(
        "so then therefore hence dann also daher deshalb darum somit donc alors quindi allora dunque pertanto dus entonces bitte please ok okay yes ja oui si"
    )
    .has(word)
}

/// Whether a sentence is the number and polite words.
fn is_all(scan: &Scan<'_>, at: usize) -> bool {
    let mut rest = (at + 1..scan.tokens.len()).take_while(|i| !sentence_ends(scan, *i));
    let line = scan.token(at).map_or(0, |t| t.line);
    rest.all(|i| {
        scan.token(i).is_some_and(|t| t.line != line || t.is_any(".!,)") || is_polite(&t.folded))
            || is_for_us(scan, i)
            || i > at + 1 && is_for_us(scan, i - 1)
            || is_for_all(scan, i)
            || i > at + 1 && is_for_all(scan, i - 1)
            || words!("items articles artikel articoli articulos lines positionen")
                .has(word(scan, i))
    })
}

/// 'Fine by me, 2.', 'Thanks for letting us know, 2 please': before the comma stands consent or
/// thanks, and nothing else.
fn is_assent(scan: &Scan<'_>, end: usize) -> bool {
    if !scan.token(end).is_some_and(|t| t.is_any(",-–—")) {
        return false;
    }
    let run = clause(scan, &(end..end));
    let said = super::words::without_easy(&scan.padded(run.clone()));
    let denied = said.split(' ').any(|word| super::NOT.contains(&word));
    let agrees = said.split(' ').any(|word| {
        APPROVES.has(word)
            || word == "_"
            || words!("thanks thank danke dank merci grazie gracias bedankt").has(word)
    });
    let known = said.split_whitespace().all(|word| {
        word == "_"
            || APPROVES.has(word)
            || is_courtesy(word)
            || words!(
                "by with for me us we i letting let know knowing info information message the your telling mail quick heads up that ' s is all \
                 fur die das ihre info information nachricht meldung ist uns mich bei alles so geht klar \
                 pour votre l info le la message nous moi c est tout \
                 per il la messaggio noi me tutto va"
            )
            .has(word)
    });
    let counts = run.clone().any(|at| is_count(word(scan, at)));
    agrees && known && !denied && !counts
}

/// A number that is all of a sentence answers where the one before says what is not wanted, or a
/// colon leads to it.
fn follows(scan: &Scan<'_>, end: usize) -> bool {
    let run = clause(scan, &(end..end));
    if scan.token(end).is_some_and(|t| t.is(':')) {
        let known = run.clone().all(|i| {
            let word = word(scan, i);
            scan.token(i).is_some_and(|t| t.kind == Kind::Mark)
                || words!("question below above note so machen do fare faire choose").has(word)
                || belongs(word)
                || is_option(word)
                || is_courtesy(word)
        });
        return known && run.clone().any(|i| {
            words!("so machen do fare faire choose choice answer antwort reponse risposta choix wahl auswahl scelta decision entscheid")
                .has(word(scan, i))
                || CHOOSES.has(word(scan, i))
        });
    }
    let from = (0..end).rev().find(|i| sentence_ends(scan, *i)).map_or(0, |i| i + 1);
    let said = scan.folded(from..end);
    let denied = said.split(' ').any(|word| {
        super::NOT.contains(&word)
            || words!("nichts nothing rien niente nada niets too zu trop troppo te leider unfortunately malheureusement purtroppo helaas")
                .has(word)
    });
    // 'Not 3, we need them. 2 please.'
    let other = super::NOT.contains(&word(scan, from)) && number_at(scan, from + 1).is_some();
    other
        || denied
            && !crate::reading::sentences::cues::of(&said)
                .has(crate::reading::sentences::cues::Cues::ORDER)
}
