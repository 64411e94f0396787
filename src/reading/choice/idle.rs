//! What an answer tells that claims nothing: what would have been, what others wished before, a word
//! of regret, where one was, what one has in reserve. It neither chooses nor unsettles a choice that
//! stands in a clause of its own.

use std::collections::HashSet;
use std::ops::Range;

use super::doubts::is_softened;
use super::plain::is_time;
use super::{Claim, NOT};
use crate::reading::text::{Kind, Scan, Token, WordList, words};
use crate::reading::types::Choice;

/// The tokens that claim nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Idle {
    tokens: HashSet<usize>,
}

impl Idle {
    /// The idle clauses of some sentences; a 'but' behind one is idle too where only a reason
    /// follows.
    pub(crate) fn of(scan: &Scan<'_>, sentences: &[Range<usize>], claims: &[Claim]) -> Self {
        let mut idle = Self::default();
        let parted: Vec<_> = sentences.iter().map(|s| (clauses(scan, s), s)).collect();
        for (clauses, sentence) in &parted {
            let acts = has(scan, sentence, &ACTS);
            for clause in clauses {
                let claimed = || claims.iter().any(|c| clause.contains(&c.tokens.start));
                if is_unreal(scan, clause) || !acts && is_elsewhere(scan, clause) && !claimed() {
                    idle.tokens.extend(clause.clone());
                }
            }
        }
        let mut live = claims.iter().filter(|c| !idle.holds(c.tokens.start) && !c.denied);
        let says = live.next().map(|c| c.choice);
        for (clauses, sentence) in &parted {
            idle.contrast(scan, clauses, sentence, claims, says);
        }
        idle
    }

    /// Whether a token claims nothing.
    pub(crate) fn holds(&self, at: usize) -> bool {
        self.tokens.contains(&at)
    }

    /// A sentence without them.
    pub(crate) fn without(&self, scan: &Scan<'_>, sentence: Range<usize>) -> String {
        let said = sentence.filter(|at| !self.holds(*at));
        said.map(|at| scan.folded(at..at + 1)).collect::<Vec<_>>().join(" ")
    }

    /// 'We would have waited, but the customer is gone': what is contrasted is not the choice.
    fn contrast(
        &mut self,
        scan: &Scan<'_>,
        clauses: &[Range<usize>],
        sentence: &Range<usize>,
        claims: &[Claim],
        says: Option<Choice>,
    ) {
        for (at, clause) in clauses.iter().enumerate() {
            let Some(but) = but_behind(scan, clause.end, sentence) else { continue };
            let led = self.holds(clause.start)
                || at == 0 && is_regret(scan, clause)
                || is_others_past(scan, clause);
            let rest = but + 1..sentence.end;
            let claimed = claims.iter().any(|c| rest.contains(&c.tokens.start));
            if led && !claimed && is_reason(scan, &rest, says == Some(Choice::Wait)) {
                self.tokens.extend(clause.start..=but);
                // Who cancels, because it does not do: what is kept is no part of the order.
                if says == Some(Choice::Cancel) && denies(scan, &rest) {
                    self.tokens.extend(rest);
                }
            }
        }
    }
}

fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

fn has(scan: &Scan<'_>, run: &Range<usize>, list: &WordList) -> bool {
    run.clone().any(|at| list.has(word(scan, at)))
}

fn is_but(scan: &Scan<'_>, at: usize) -> bool {
    words!("but however aber jedoch mais ma pero maar").has(word(scan, at))
        && !is_softened(scan, at)
}

/// The clauses of a sentence: between marks, and before a 'but'.
fn clauses(scan: &Scan<'_>, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = sentence.start;
    for at in sentence.clone() {
        let mark = |t: &Token| t.is_any(",;:()!?–—.") || t.is('-') && !t.glued;
        let ends = scan.token(at).is_some_and(mark) || is_but(scan, at);
        if ends {
            if at > start {
                found.push(start..at);
            }
            start = at + 1;
        }
    }
    if sentence.end > start {
        found.push(start..sentence.end);
    }
    found
}

/// The 'but' that follows a clause, behind a comma or none.
fn but_behind(scan: &Scan<'_>, end: usize, sentence: &Range<usize>) -> Option<usize> {
    let at = if scan.token(end).is_some_and(|t| t.is(',')) { end + 1 } else { end };
    (sentence.contains(&at) && is_but(scan, at)).then_some(at)
}

/// Verbs in the past that something would have done. What would have been delivered may be a wish.
static DONE: WordList = WordList::new(
    "taken waited gone chosen picked opted preferred liked loved been had kept planned managed accepted wanted settled known told worked \
     gewartet abgewartet genommen gewahlt entschieden bevorzugt gehabt gewesen behalten gereicht gepasst geklappt verzichtet geplant vorgezogen \
     akzeptiert angenommen konnen gekonnt \
     attendu pris choisi prefere opte voulu aime pu garde accepte eu ete dit prevenus su souhaite patiente \
     aspettato atteso preso scelto preferito optato voluto potuto accettato tenuto stato stati avuto detto saputo",
);

/// What asks for something, or does something with the order.
static ACTS: WordList = WordList::new(
    "please pls kindly need needs want wants send ship deliver delivered supply order take keep change replace add make cancel wait must should let \
     tell call confirm check decide decides decision ask instead you your first later \
     bitte brauchen brauche braucht benotigen schicken geschickt senden gesendet liefern geliefert zugestellt bestellen nehmen behaltet andern ersetzen \
     stornieren warten mussen muss sollten soll sollen entscheidet entscheiden fragen sie ihr ihre ihnen \
     merci veuillez faut besoin voulons veut envoyer envoyez livrer livrez livre livres commander prendre prenons changer remplacer annuler attendre \
     devons doit decide decider vous votre vos \
     prego servono serve vogliamo vuole mandare mandate spedire spedite consegnare consegnate consegnato consegnati ordinare prendere prendiamo \
     cambiare sostituire annullare aspettare dobbiamo deve decidere decide voi vi vostro",
);

/// 'We would have taken 1', 'wir hätten gern gewartet', 'if you had told us'.
fn is_unreal(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let would = words!(
        "hatte hatten hattest ware waren aurions aurais aurait auraient auriez serions serais avremmo avrei avrebbe avrebbero avreste saremmo \
         sarei sarebbe"
    );
    let modal = words!("would could should d");
    let perfect = |at: usize| {
        modal.has(word(scan, at)) && (at + 1..at + 4).any(|i| words!("have ve").has(word(scan, i)))
    };
    let said = has(scan, clause, would) || clause.clone().any(perfect);
    let condition = clause.clone().any(|at| words!("if wenn si se falls").has(word(scan, at)));
    let unmet = !condition
        || clause.clone().any(|at| words!("had hatten hatte aviez avions").has(word(scan, at)));
    let wished = clause.clone().any(|at| {
        words!(
            "send ship deliver delivered geliefert geschickt gesendet zugestellt livre livres envoye envoyes consegnato consegnati spedito spediti"
        )
        .has(word(scan, at))
    });
    let counts = clause.clone().any(|at| {
        scan.token(at).is_some_and(|t| t.kind == Kind::Digits)
            && (super::number_at(scan, at).is_none() || super::goes_on(scan, at))
    });
    let perfect = said || unmet && condition;
    perfect && unmet && !wished && !counts && has(scan, clause, &DONE)
}

/// 'I was at a fair for 3 days', 'il nous reste 1 carter en réserve': numbers of our own affairs.
fn is_elsewhere(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let digits = |at: &usize| scan.token(*at).is_some_and(|t| t.kind == Kind::Digits);
    let timed = || clause.clone().filter(digits).all(|at| is_time(word(scan, at + 1)));
    clause.clone().any(|at| digits(&at))
        && (timed() && was_away(scan, clause) || has_spare(scan, clause))
}

/// 'I was away', 'ich war auf einer Messe'.
fn was_away(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let been = |at: usize| {
        let pair = (word(scan, at), word(scan, at + 1));
        let english = words!("at away off out ill sick on in travelling");
        words!("i we").has(pair.0)
            && words!("was were").has(pair.1)
            && english.has(word(scan, at + 2))
            || words!("ich wir").has(pair.0) && words!("war waren").has(pair.1)
            || words!("war waren").has(pair.0) && words!("ich wir").has(pair.1)
            || words!("etais etions ero eravamo").has(pair.0)
    };
    let away = words!(
        "at away off out ill sick on travelling auf im krank weg ferien urlaub unterwegs verreist absent salon malade vacances voyage fiera malato \
         ferie viaggio"
    );
    clause.clone().any(been) && has(scan, clause, away)
}

/// 'We still have 2 in reserve'.
fn has_spare(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let spare = words!("reserve riserva scorta spare");
    let left = words!("have left reste haben noch resta abbiamo avons");
    has(scan, clause, spare) && has(scan, clause, left)
}

/// 'A pity', 'schade', 'peccato'.
fn is_regret(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let regret = words!(
        "a pity shame sorry unfortunately sadly too bad schade leider sehr dommage malheureusement desole c ' est peccato purtroppo mi dispiace jammer helaas \
         es tut uns mir leid so very lo siento sentimos mucho het spijt me ons mij nous sommes desoles desolee navres navre spiacenti siamo we are am i m"
    );
    clause.clone().all(|at| regret.has(word(scan, at)))
}

/// 'My colleague was leaning towards waiting': somebody else, and before.
fn is_others_past(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let own = words!("i we you us ich wir sie ihr uns je j nous on vous io noi voi wij ik u");
    let wished = words!(
        "wanted favoured favored preferred wollte tendierte bevorzugte voulait preferait penchait voleva preferiva propendeva"
    );
    let leaned = |at: usize| {
        word(scan, at) == "was" && words!("leaning inclined tempted for").has(word(scan, at + 1))
    };
    let not_own = !clause.clone().any(|at| own.has(word(scan, at)));
    not_own && clause.clone().any(|at| wished.has(word(scan, at)) || leaned(at))
}

fn denies(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    run.clone().any(|at| NOT.contains(&word(scan, at)))
}

/// Whether the rest of a sentence only tells why: it asks for nothing and counts nothing. Who waits
/// has no reason that denies or bounds.
fn is_reason(scan: &Scan<'_>, rest: &Range<usize>, waits: bool) -> bool {
    let counted = rest.clone().any(|at| {
        scan.token(at).is_some_and(|t| t.kind == Kind::Digits || t.is('?')) || is_but(scan, at)
    });
    let bounds = || {
        rest.clone().any(|at| {
            is_time(word(scan, at))
                || words!(
                    "only until by before till latest nur bis vor spatestens seulement avant jusqu solo entro prima fino monday tuesday wednesday thursday friday"
                )
                .has(word(scan, at))
        })
    };
    let open = words!(
        "doubt doubts settled unsettled open unclear sure unsure nothing nobody decided answered offen unklar zweifle nichts niemand entschieden geklart \
         doute rien ouvert decide niente dubbio aperto deciso"
    );
    !counted
        && !has(scan, rest, &ACTS)
        && !has(scan, rest, open)
        && !(waits && (bounds() || denies(scan, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn left(text: &str) -> String {
        let scan = Scan::whole(Part::Text, text);
        let all = 0..scan.tokens.len();
        Idle::of(&scan, std::slice::from_ref(&all), &[]).without(&scan, all)
    }

    #[test]
    fn what_would_have_been_claims_nothing() {
        for (text, want) in [
            ("We would have taken 1, but the machine leaves", "the machine leaves"),
            ("Wir hätten gern gewartet, aber der Kunde ist weg", "der kunde ist weg"),
            ("Peccato, ma i tempi non ci stanno", "i tempi non ci stanno"),
            ("If you had told us we could have planned", ""),
        ] {
            assert_eq!(left(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_wished_claims() {
        for text in [
            "we would have 2 please",
            "wir hatten die ware gern bis freitag geliefert",
            "we would have liked 12 of them",
            "if you have told him we wait",
            "a pity , but please send 4",
        ] {
            assert_eq!(left(text), text, "{text}");
        }
    }
}
