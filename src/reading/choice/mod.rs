//! The answer to an offer: 1, 2 or 3, as a number or in words; anything less clear is none.

pub(super) mod amounts;
pub(super) mod beside;
pub(super) mod bounds;
pub(super) mod chosen;
pub(super) mod clauses;
pub(super) mod doubts;
pub(super) mod elsewhere;
pub(super) mod frames;
pub(super) mod greeted;
pub(super) mod idle;
pub(super) mod inline;
pub(super) mod offer;
pub(super) mod open;
pub(super) mod plain;
pub(super) mod points;
pub(super) mod rest;
pub(super) mod words;

use std::ops::Range;

use self::clauses::breaks;
use self::doubts::is_doubtful;
use self::elsewhere::Elsewhere;
use self::greeted::{begins, behind_greeting, is_refused, polite_to, stands_alone};
use self::idle::Idle;
use self::offer::Offer;
use self::plain::Beside;
use self::words::{Rest, is_easy, meaning};
use crate::reading::draft::Desk;
use crate::reading::text::stretches::sentence_ends;
use crate::reading::text::{Kind, Scan, Span, words};
use crate::reading::types::Choice;

/// An answer found in a reply.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Which.
    pub(crate) choice: Choice,
    /// Its words.
    pub(crate) span: Span,
    /// Tokens that are the choice, and no part of any order line.
    pub(crate) tokens: Vec<Range<usize>>,
}

/// A claim that the mail makes.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) choice: Choice,
    pub(crate) tokens: Range<usize>,
    pub(crate) denied: bool,
}

pub(crate) fn choice_of(number: u8) -> Option<Choice> {
    Choice::try_from(number).ok()
}

/// The digit 1, 2 or 3, or a number word, at a token.
pub(crate) fn number_at(scan: &Scan<'_>, at: usize) -> Option<u8> {
    let token = scan.token(at)?;
    Some(match token.folded.as_str() {
        "1" | "one" | "eins" | "un" | "uno" | "ein" => 1,
        "2" | "two" | "zwei" | "deux" | "due" | "dos" | "twee" => 2,
        "3" | "three" | "drei" | "trois" | "tre" | "tres" | "drie" => 3,
        _ => return None,
    })
}

fn ordinal_at(scan: &Scan<'_>, at: usize) -> Option<u8> {
    Some(match scan.token(at)?.folded.as_str() {
        "first" | "erste" | "ersten" | "erster" | "premiere" | "premier" | "prima" | "primo"
        | "primera" | "eerste" => 1,
        "second" | "zweite" | "zweiten" | "zweiter" | "deuxieme" | "seconde" | "second_"
        | "seconda" | "secondo" | "segunda" | "tweede" => 2,
        "third" | "dritte" | "dritten" | "dritter" | "troisieme" | "terza" | "terzo"
        | "tercera" | "derde" | "last" | "letzte" | "derniere" | "ultima" => 3,
        _ => return None,
    })
}

/// Nouns for one of the three.
pub(crate) fn is_option(word: &str) -> bool {
    words!(
        "option options variant variante choice number no nr n numero nummer possibility \
        moglichkeit opzione choix auswahl solution losung alternative alternativa point punkt \
        punto scelta optie opcion possibilite possibilita proposition vorschlag proposal \
        proposta antwort answer reponse risposta ziffer chiffre keuze soluzione case cas"
    )
    .has(word)
}

/// Words that deny.
pub(crate) const NOT: &[&str] = &[
    "not",
    "don",
    "dont",
    "never",
    "no",
    "nicht",
    "kein",
    "keine",
    "keinesfalls",
    "pas",
    "ne",
    "n",
    "non",
    "nessun",
    "without",
    "cannot",
    "can",
    "niet",
    "sans",
    "rather_",
    "won",
    "couldn",
    "geen",
    "ohne",
    "senza",
];

/// Whether anything in a reply is an answer, clear or not.
pub(crate) fn is_told(scan: &Scan<'_>) -> bool {
    let offer = Offer::quoted(scan);
    let mut claims = numbered(scan);
    spoken(scan, &offer, &mut claims);
    let mut said = sentences(scan).into_iter();
    said.any(|s| meaning(scan, s, &offer, None, &mut claims).is_none()) || !claims.is_empty()
}

/// Lines that are a number.
fn numbered(scan: &Scan<'_>) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut content_lines = 0;
    for line in &scan.lines {
        if line.is_blank() {
            continue;
        }
        let greeting = line.tokens.len() <= 6
            && scan.token(line.tokens.start).is_some_and(|t| is_greeting(&t.folded));
        if let Some(claim) = number_line(scan, line.tokens.clone(), content_lines == 0) {
            claims.push(claim);
        }
        content_lines += usize::from(!greeting);
    }
    claims
}

pub(crate) fn is_polite(word: &str) -> bool {
    words!(
        "please pls plz thx tks ta cheers bitte svp merci thanks thank danke grazie s per prego it is gracias graag \
         sorry leider unfortunately sadly malheureusement alstublieft alsjeblieft aub helas desole desolee desoles purtroppo peccato helaas lamentablemente"
    )
        .has(word)
}

/// Most claims of an answer; they are held against each other.
pub(crate) const MOST: usize = 100;

/// The one answer of a reply; `None` where there is none, or more than one.
pub(crate) fn read(scan: &Scan<'_>, desk: &Desk<'_>) -> Option<Answer> {
    let offer = Offer::quoted(scan);
    let mut claims = numbered(scan);
    spoken(scan, &offer, &mut claims);
    claims.extend(inline::affirmed(scan));
    let mut rest = Rest::Unsaid;
    let sentences = sentences(scan);
    for sentence in &sentences {
        if claims.len() > MOST {
            return None;
        }
        let said = meaning(scan, sentence.clone(), &offer, desk.lang, &mut claims)?;
        rest = if said == Rest::GivenUp { said } else { rest };
    }
    let idle = Idle::of(scan, &sentences, &claims);
    claims.retain(|claim| !idle.holds(claim.tokens.start));
    let starts: Vec<usize> = claims.iter().map(|claim| claim.tokens.start).collect();
    let elsewhere = |s: &Range<usize>| elsewhere::told(scan, s, &claims);
    let doubtful = |s: &Range<usize>| {
        elsewhere(s) != Elsewhere::All && is_doubtful(scan, s.clone(), &starts, &idle, desk.lang)
    };
    if sentences.iter().any(doubtful) {
        return None;
    }
    let said: Vec<&Claim> = claims.iter().filter(|c| !c.denied).collect();
    let first = said.first()?;
    let one = said.iter().all(|c| c.choice == first.choice)
        && sentences.iter().all(|s| elsewhere(s).allows(first.choice));
    let denied = claims.iter().any(|c| c.denied && c.choice == first.choice);
    if !one || denied || rest == Rest::GivenUp && first.choice != Choice::Available {
        return None;
    }
    // A claim that a sentence comes to need not be the first.
    let beside = Beside { offer: &offer, choice: first.choice, idle: &idle, desk };
    let plain = said.iter().any(|claim| plain::is_plain(scan, &claim.tokens, &beside));
    let claimed: Vec<Range<usize>> = claims.iter().map(|claim| claim.tokens.clone()).collect();
    if !plain || open::is_left_open(scan, &claimed, rest, &beside) {
        return None;
    }
    let mut tokens = vec![first.tokens.clone()];
    tokens.extend(plain::explained(scan, &claimed, &beside));
    Some(Answer { choice: first.choice, span: scan.span(first.tokens.clone())?, tokens })
}

pub(crate) fn is_greeting(word: &str) -> bool {
    words!(
        "hoi moin servus sali salu coucou saluti buenos buenas goedendag goedemorgen goedemiddag hello hi dear good hallo guten gruezi sehr liebe lieber bonjour bonsoir madame monsieur \
        chere cher buongiorno buonasera gentile salve ciao spettabile egregio hola beste geachte \
        goden hey morning salut"
    )
    .has(word)
}

/// A line that is the number, alone or before a mark: '2', '2.', '(3)', '1 - please change …',
/// '2 please'. With more behind it, only as the first thing that is said.
fn number_line(scan: &Scan<'_>, line: Range<usize>, first: bool) -> Option<Claim> {
    let mut at = behind_greeting(scan, line.start, line.end);
    let boxed = scan.token(at).is_some_and(|t| t.is('['));
    while at < line.end
        && scan.token(at).is_some_and(|t| {
            let ticked = t.folded == "x" && scan.token(at + 1).is_some_and(|t| t.is(']'));
            ticked || t.is_any("(#*>\"'[]-•☑☒✓✔👍👌✅😊🙂")
        })
    {
        at += 1;
    }
    let token = scan.token(at)?;
    let choice = choice_of(number_at(scan, at)?)?;
    let digit = token.kind == Kind::Digits;
    let end = at + 1;
    let rest = end..line.end;
    let only_marks =
        rest.clone().all(|i| scan.token(i).is_some_and(|t| t.is_any(".)]!\"'*-\u{fe0f}\u{20e3}")));
    if only_marks && at < line.end {
        let from = if boxed { line.start } else { at };
        return Some(Claim { choice, tokens: from..line.end, denied: false });
    }
    if !digit {
        let polite =
            |i: usize| scan.token(i).is_some_and(|t| t.is_any(".!,") || is_polite(&t.folded));
        let said =
            (end..line.end).take_while(|i| !scan.token(*i - 1).is_some_and(|t| t.is_any(".!")));
        let article = words!("un uno ein").has(&token.folded);
        let all = !article && first && said.clone().count() > 0 && said.clone().all(polite);
        return all.then_some(Claim { choice, tokens: at..end, denied: false });
    }
    let mark = scan.token(end).is_some_and(|t| t.is_any(".):,-–—;!]👍👌✅😊🙂😉😀🙏"));
    let number_goes_on = scan.token(end + 1).is_some_and(|t| t.glued && t.is_alnum()) && mark
        || scan.token(end).is_some_and(|t| t.glued && t.is_alnum());
    // '2 is enough' counts.
    let closing = polite_to(scan, end);
    let polite = closing.is_some();
    let said = first && closing.is_some_and(|last| stands_alone(scan, last, line.end));
    // A second numbered line makes a list, and no answer of either.
    let first = first || scan.token(end).is_some_and(|t| t.is_any(".)") && t.glued);
    let goods = scan.token(end + 1).is_some_and(|t| t.is(','))
        && scan.token(end + 2).is_some_and(|t| {
            words!("the this these those of from die der den les des le la lo i gli dei big small left right and und et e")
                .has(&t.folded)
        })
        && !begins(scan, end + 2)
        && !begins(scan, end + 3);
    let rest_short = rest.len() <= 6 && !goods;
    if number_goes_on || !(mark && first || polite && rest_short || said) {
        return None;
    }
    // '1 - 3 pcs'
    let count = scan.token(end + 1).is_some_and(|t| t.kind == Kind::Digits);
    if mark && count && !scan.token(end).is_some_and(|t| t.is_any(".:-–—,)")) {
        return None;
    }
    // '2 is no good to us', '2, no thanks'
    let denied = !polite && denied_behind(scan, at) || is_refused(scan, end + usize::from(polite));
    Some(Claim { choice, tokens: at..end, denied })
}

/// 'Option 2', 'number 3', 'l'option deux', 'the second option'.
fn spoken(scan: &Scan<'_>, offer: &Offer, claims: &mut Vec<Claim>) {
    for at in 0..scan.tokens.len() {
        let Some(token) = scan.token(at) else { break };
        if is_option(&token.folded) {
            let mut next = at + 1;
            while next < at + 5
                && scan.token(next).is_some_and(|t| {
                    t.is_any(".:#°º-(\"'*")
                        || words!(
                            "no nr n number numero nummer is ist est e would be will ware sera sara"
                        )
                        .has(&t.folded)
                })
            {
                next += 1;
            }
            // 'no 2' needs a noun or a verb of choosing to be an option rather than an amount.
            let number = number_at(scan, next).filter(|_| !goes_on(scan, next));
            if let Some(choice) = number.and_then(choice_of) {
                claims.push(Claim { choice, tokens: at..next + 1, denied: denied(scan, at) });
                // 'option 1 or 2'
                if scan
                    .token(next + 1)
                    .is_some_and(|t| words!("or oder ou o and und et e /").has(&t.folded))
                    && let Some(other) = number_at(scan, next + 2).and_then(choice_of)
                {
                    claims.push(Claim { choice: other, tokens: next + 2..next + 3, denied: false });
                }
            }
        }
        if let Some(choice) = points::pointed(scan, at, offer).and_then(choice_of) {
            let denied = is_pointed_away(scan, at);
            claims.push(Claim { choice, tokens: at..at + 1, denied });
        }
        let noun_behind = scan.token(at + 1).is_some_and(|t| {
            is_option(&t.folded) && !matches!(t.folded.as_str(), "no" | "n" | "nr")
                || matches!(t.folded.as_str(), "one")
        });
        if let Some(choice) = ordinal_at(scan, at).filter(|_| noun_behind).and_then(choice_of) {
            claims.push(Claim { choice, tokens: at..at + 2, denied: denied(scan, at) });
        }
    }
}

/// 'We do not want the 2', '2 is no good', '2, no thanks'.
fn is_pointed_away(scan: &Scan<'_>, at: usize) -> bool {
    let numbers = |back: usize| {
        let before = at.checked_sub(back).and_then(|at| scan.token(at));
        before.is_some_and(|t| words!("no n nr").has(&t.folded))
    };
    let dotted = scan.token(at.wrapping_sub(1)).is_some_and(|t| t.is('.')) && numbers(2);
    let polite = polite_to(scan, at + 1).is_some();
    !numbers(1) && !dotted && denied_before(scan, at)
        || !polite && denied_behind(scan, at)
        || is_refused(scan, at + 1)
}

/// '2 pcs', '3.5', '2nd': no number of an option.
pub(crate) fn goes_on(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at + 1).is_some_and(|t| {
        (t.glued && t.is_alnum())
            || (t.glued
                && t.is_any(".,")
                && scan.token(at + 2).is_some_and(|t| t.glued && t.kind == Kind::Digits))
    }) || crate::reading::text::units::unit_at(scan, at + 1).is_some()
}

/// A 'not' around an option: within the words before it, or behind it in its part of the sentence.
fn denied(scan: &Scan<'_>, at: usize) -> bool {
    denied_before(scan, at) || denied_behind(scan, at)
}

/// 'Option 2 is out of the question', 'Variante 3 kommt keinesfalls in Frage', 'l'option 2 est exclue'.
pub(crate) fn denied_behind(scan: &Scan<'_>, at: usize) -> bool {
    let line = scan.token(at).map_or(0, |t| t.line);
    // A wrapped line goes on.
    let broken =
        |i: usize| scan.token(i).is_some_and(|t| t.line > line && breaks(scan, line, t.line));
    (at + 1..at + 12)
        .take_while(|i| !broken(*i) && !scan.token(*i).is_none_or(|t| t.is_any(".!?;,:–—") || t.is('-') && !t.glued))
        .any(|i| {
            let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
            // 'No problem', 'no. 2'
            let bare = !words!("need panic stress pressure problem problems hurry rush worries eile souci probleme problema probleem number .")
                .has(word(i + 1))
                && scan.token(i + 1).is_none_or(|t| t.kind != Kind::Digits);
            bare && words!("no kein keine keinen aucun aucune nessun nessuna ningun ninguna geen").has(word(i))
                || scan.token(i).is_some_and(|t| {
                words!(
                    "not never nicht keinesfalls keineswegs ausgeschlossen unmoglich frage pas jamais exclu exclue exclus impossible non mai \
                     esclusa escluso impossibile imposible excluida nunca niet nooit uitgesloten onmogelijk excluded impossible question \
                     unacceptable inakzeptabel inacceptable inaccettabile"
                )
                .has(&t.folded)
            })
        })
}

/// A 'not' within the four words before.
pub(crate) fn denied_before(scan: &Scan<'_>, at: usize) -> bool {
    if is_forced(scan, at) {
        return false;
    }
    // 'Réponse n° 3'
    let numbers = |at: usize| scan.token(at + 1).is_some_and(|t| t.is_any("°º"));
    // 'We can't wait'
    let cannot = |at: usize| {
        let before = at.checked_sub(2).map(|from| scan.padded(from..at));
        scan.token(at).is_some_and(|t| t.folded == "t")
            && before.is_some_and(|said| said.ends_with(" ' ") || said.ends_with(" ’ "))
    };
    (at.saturating_sub(5)..at)
        .rev()
        .take_while(|i| {
            !scan.token(*i).is_some_and(|t| t.is_any(".!?;,:–—") || t.is('-') && !t.glued)
        })
        .any(|i| {
            scan.token(i).is_some_and(|t| {
                (NOT.contains(&t.folded.as_str()) || is_pointless(&t.folded) || cannot(i))
                    && !matches!(t.folded.as_str(), "can")
                    && !numbers(i)
                    && !is_easy(&scan.padded(i.saturating_sub(1)..(i + 5).min(scan.tokens.len())))
            })
        })
        || is_replaced(scan, at)
}

/// 'We have no choice but to cancel', 'nous n'avons pas d'autre choix que d'annuler': it is done.
pub(crate) fn is_forced(scan: &Scan<'_>, at: usize) -> bool {
    const FORCED: [&str; 14] = [
        " no choice but to ",
        " no other choice but to ",
        " no option but to ",
        " no alternative but to ",
        " nichts anderes ubrig als zu ",
        " nichts anderes ubrig , als zu ",
        " keine andere wahl als zu ",
        " keine andere wahl , als zu ",
        " pas d ' autre choix que d ' ",
        " pas d ' autre choix que de ",
        " non ci resta che ",
        " non abbiamo altra scelta che ",
        " no nos queda mas remedio que ",
        " geen andere keus dan te ",
    ];
    let before = scan.padded(at.saturating_sub(10)..at);
    FORCED.iter().any(|turn| before.ends_with(turn))
}

/// 'We wait rather than cancel': what stands behind such words is not done.
fn is_replaced(scan: &Scan<'_>, at: usize) -> bool {
    let word = |back: usize| {
        at.checked_sub(back).and_then(|at| scan.token(at)).map_or("", |t| t.folded.as_str())
    };
    let than = words!("than que che");
    let rather = words!("rather plutot piuttosto");
    (1..=3).any(|back| than.has(word(back)) && rather.has(word(back + 1)))
        || word(1) == "zu" && words!("statt anstatt").has(word(2))
}

/// 'Inutile d'annuler'
fn is_pointless(word: &str) -> bool {
    words!("inutile inutil unnecessary needless unnotig overbodig avoid eviter evitare vermeiden")
        .has(word)
}

fn sentences(scan: &Scan<'_>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..scan.tokens.len() {
        let blank = scan.token(at + 1).zip(scan.token(at)).is_some_and(|(next, here)| {
            next.line > here.line
                && ((here.line + 1..next.line).any(|l| {
                    scan.lines.get(l).is_some_and(crate::reading::text::TextLine::is_blank)
                }))
        });
        if sentence_ends(scan, at) || blank || at + 1 == scan.tokens.len() {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn answer(text: &str) -> Option<u8> {
        let catalog = crate::reading::catalog::Catalog::default();
        let desk = Desk {
            catalog: &catalog,
            domain: "buyer.example",
            lang: None,
            today: None,
            answers: true,
        };
        read(&Scan::whole(Part::Text, text), &desk).map(|a| u8::from(a.choice))
    }

    #[test]
    fn numbers_and_words() {
        for (text, want) in [
            ("1", 1),
            ("2.", 2),
            ("(3)", 3),
            ("Hello,\n\n2\n\nRegards, Paul", 2),
            ("Option 2 please.", 2),
            ("We choose number 3.", 3),
            ("Nous choisissons l'option 2, merci.", 2),
            ("Wir nehmen Variante 3.", 3),
            ("Hi, we will take the second option. Thanks!", 2),
            ("Please do not cancel anything.\n\n2", 2),
            ("1 - please change our order to 3 pieces", 1),
            ("Then cancel it please.", 3),
            ("Wir warten.", 2),
            ("On prend ce qu'il y a.", 1),
            ("Prendiamo la terza opzione", 3),
            ("Bitte stornieren", 3),
            ("Nummer 1 bitte", 1),
            ("Aspettiamo, grazie.", 2),
            ("2 please", 2),
            ("Option 3, sorry. Reto", 3),
            ("Not 3, we still need them. 2 please.", 2),
            ("Nicht 1. Bitte 2.\n\n2", 2),
            ("Die erste Variante bitte", 1),
            ("Purtroppo non possiamo aspettare: opzione 3.", 3),
            ("Doe maar optie 2.", 2),
            ("Hi, 2 please, thank you. Thomas", 2),
            ("2 please mate, can wait", 2),
            ("Hallo, 2 bitte. Gruß Thomas", 2),
            ("Fine by me, 2.", 2),
            ("Option 2 wäre uns am liebsten", 2),
            ("Wir würden die Option 2 nehmen. Danke", 2),
            ("We have no choice but to cancel. Option 3.", 3),
            ("Sorry, too late for us. Please cancel. Regards, Paul", 3),
            ("Annuleer maar, bedankt", 3),
            ("Doe maar 2, dank je. Piet", 2),
            ("Le 2 nous va très bien", 2),
            ("Ja, bitte nachbestellen.", 2),
            ("2 👍", 2),
            ("We would rather wait, please order the missing ones from your supplier.", 2),
            ("2. I was surprised, but we can wait.", 2),
            ("3, sorry, we found another supplier.", 3),
            ("3 please, we found them elsewhere.", 3),
            ("3 graag, het duurt te lang.", 3),
            ("Nummer 3. Tut uns leid, aber der Kunde ist abgesprungen.", 3),
        ] {
            assert_eq!(answer(text), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_is_no_answer() {
        for text in [
            "",
            "1 or 2? Which one is sooner?",
            "Please call me on 079 321 12 33, tomorrow between 1 and 3.",
            "could you send the 3 that you have this week?",
            "2 if it arrives before Friday, otherwise 3",
            "Option 1 or 3",
            "We cannot wait.",
            "2, but please deliver by Monday",
            "3 pieces please",
            "Thank you",
            "1\n\nor maybe 2",
            "not option 2",
            "Optie 2, maar graag voor maandag",
            "1) A 5 pcs\n2) B 3 pcs",
            "Hi, 2 more please",
            "2 is no good to us",
            "2, no thanks",
            "2 please, can wait until 5 May",
            "On attend votre réponse",
            "Aspettiamo una settimana, non di più",
            "Please cancel one of them",
            "Option 2 would be best for you",
            "2. Fragen Sie Herrn Huber",
            "Hi, 2 please. Pending approval",
            "2, deliver to our site in Leeds",
            "2. Sorry, wrong one",
            "Bitte 20 Stück nachbestellen",
            "cancel the rest",
            "Option 3, sorry, option 2",
            "Take the other impeller instead. 2 please.",
            "We wait for the missing ones",
            "Cancel what your supplier lets us wait for",
            "Bitte stornieren, was nicht da ist",
            "Bitte stornieren, soweit nicht lieferbar",
            "2 please, the boss decides",
            "3. Purchasing decides, I am only the fitter.",
            "2, but we wait for your price first.",
            "3, sorry, not the whole order.",
            "3, sorry, I mean 2.",
        ] {
            assert_eq!(answer(text), None, "{text}");
        }
    }
}
