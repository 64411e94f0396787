//! What stands beside a plain answer and leaves it open: other numbers, days by which goods are
//! wished, a wish for more or less, a bound to the wait.

use std::ops::Range;

use super::bounds::{ends_sooner, goes_elsewhere, is_at_most, is_bounded, is_demand};
use super::clauses::clause;
use super::number_at;
use super::plain::{Beside, belongs, explained, lasts};
use super::words::Rest;
use crate::reading::dates;
use crate::reading::text::{Kind, Scan, WordList, words};
use crate::reading::types::Choice;

/// What stands beside a plain answer and leaves it open all the same.
pub(crate) fn is_left_open(
    scan: &Scan<'_>,
    claimed: &[Range<usize>],
    rest: Rest,
    beside: &Beside<'_>,
) -> bool {
    let choice = beside.choice;
    let end = sign_off(scan, claimed);
    let within =
        |at: usize| beside.idle.holds(at) || claimed.iter().any(|claim| claim.contains(&at));
    let explained = explained(scan, claimed, beside);
    let named = |at: usize| {
        beside.figure(scan, at).is_some()
            && (choice == Choice::Available || explained.iter().any(|run| run.contains(&at)))
    };
    let bounds = |at: usize| {
        ends_sooner(scan, at, beside.offer, beside.desk)
            || is_bounded(scan, at, beside.offer, beside.desk)
            || goes_elsewhere(scan, at)
    };
    if choice == Choice::Wait
        && (is_at_most(&scan.padded(0..end)) || (0..end).any(|at| !within(at) && bounds(at)))
    {
        return true;
    }
    let mut dated = 0;
    for at in 0..end {
        let Some(token) = scan.token(at).filter(|_| !within(at) && at >= dated) else { continue };
        let ranged = || range_end(scan, at, beside);
        let day = dates::date_at(scan, at, beside.desk.calendar()).map(|(_, behind)| behind);
        if let Some(behind) = day.or_else(ranged) {
            if wished(scan, at) && choice != Choice::Available {
                return true;
            }
            dated = behind;
            continue;
        }
        let all = || match choice {
            Choice::Wait => is_all_of_them(scan, at, beside),
            Choice::Cancel => needs_whole(scan, at, beside),
            Choice::Available => false,
        };
        if token.kind == Kind::Digits
            && !named(at)
            && is_other_number(scan, at, choice)
            && !all()
            && !is_ruled_out(scan, at)
        {
            return true;
        }
        if choice == Choice::Available && LEAVES.has(&token.folded) && rest == Rest::Unsaid {
            return true;
        }
        if choice != Choice::Available && asks_besides(scan, at) {
            return true;
        }
        if choice != Choice::Available && CHANGES.has(&token.folded) {
            return true;
        }
        if choice == Choice::Cancel && KEEPS.has(&token.folded) && !is_other_business(scan, at) {
            return true;
        }
    }
    false
}

/// A discount, an express delivery, another address.
fn asks_besides(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    // 'Ce n'est que partie remise'
    let put_off = word(at) == "remise" && word(at.wrapping_sub(1)) == "partie";
    let addressed = words!("address adresse adres direccion").has(word(at)) && word(at + 1) == ":";
    let place = words!("lieferadresse lieferanschrift indirizzo").has(word(at));
    addressed || place || is_demand(word(at)) && !put_off
}

/// 'Vom 14. bis 25. Juli', 'from 14 to 25 July': where the second day ends.
fn range_end(scan: &Scan<'_>, at: usize, beside: &Beside<'_>) -> Option<usize> {
    scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2)?;
    let dot = usize::from(scan.token(at + 1).is_some_and(|t| t.is('.')));
    let to = at + 1 + dot;
    let joins = scan.token(to).is_some_and(|t| {
        words!("bis to till until au al fino hasta tot und and et e").has(&t.folded)
            || t.is_any("-–—")
    });
    let next = scan.token(to + 1).is_some_and(|t| t.kind == Kind::Digits);
    let (_, end) =
        dates::date_at(scan, to + 1, beside.desk.calendar()).filter(|_| joins && next)?;
    Some(end)
}

/// '033 971 30 22': groups of digits that are one number to call.
fn is_phone(scan: &Scan<'_>, at: usize) -> bool {
    const DIGITS: usize = 8;
    const GROUPS: usize = 6;
    let line = scan.token(at).map_or(0, |t| t.line);
    let of_phone = |i: &usize| {
        scan.token(*i)
            .is_some_and(|t| t.line == line && (t.kind == Kind::Digits || t.is_any("+()/-.")))
    };
    let left = (at.saturating_sub(GROUPS)..at).rev().take_while(|i| of_phone(i));
    let run = left.chain((at..at + GROUPS).take_while(|i| of_phone(i)));
    let groups: Vec<usize> = run
        .filter_map(|i| scan.token(i).filter(|t| t.kind == Kind::Digits).map(|t| t.folded.len()))
        .collect();
    groups.len() > 1 && groups.iter().sum::<usize>() >= DIGITS
}

/// 'There will be other occasions': nothing of an order.
fn is_other_business(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let bare =
        !words!("the these those all das die der les los gli le de").has(word(at.wrapping_sub(1)));
    let other = words!(
        "other another autre autres altre altri altro altra andere anderen otra otro otras otros ander"
    );
    let occasion = words!(
        "occasion occasions opportunity opportunities time times project projects gelegenheit gelegenheiten projekt projekte occasions projets projet \
         occasioni occasione progetti progetto ocasiones ocasion proyectos keer projecten"
    );
    // 'We found another supplier'
    let source = words!(
        "supplier suppliers source vendor solution lieferanten lieferant anbieter quelle losung fournisseur solution fornitore soluzione proveedor solucion leverancier oplossing"
    );
    if bare && other.has(word(at)) && source.has(word(at + 1)) {
        return true;
    }
    let again = word(at) == "reorder"
        && words!("in next later again").has(word(at + 1))
        && scan.token(at + 2).is_some_and(|t| t.kind == Kind::Word);
    again || bare && other.has(word(at)) && occasion.has(word(at + 1))
}

/// Words that change how many are wished, or bound the wait.
static CHANGES: WordList = WordList::new(
    "storniert annulliert geannuleerd annullato annullata anulado double reduce reduced increase increased max maximum maximal maximal massimo maximaal hochstens doppelt verdoppeln reduzieren \
     erhohen doubler reduire augmenter ridurre riducete aumentare raddoppiare reducir reduzcan aumentar verlagen verhogen",
);

/// Words for what choice 1 gives up.
static LEAVES: WordList = WordList::new(
    "remaining remainder rest restliche restlichen reste restants restantes resto rimanenti rimanente overige others missing outstanding backorder \
     balance later fehlende fehlenden anderen ubrigen nachliefern nachlieferung spater manquant manquants manquante manquantes autres solde mancanti \
     altri altre successivamente faltantes demas ontbrekende later",
);

/// Words for what a cancellation leaves.
static KEEPS: WordList = WordList::new(
    "rest remaining remainder other others stays keep only position positions rest ubrigen ubrige andere anderen nur bleibt behalten autres \
     reste restent seulement altre altri restano saldo demas siguen resto regels ontbrekende blijven reorder",
);

/// A day by which goods are wished.
fn wished(scan: &Scan<'_>, at: usize) -> bool {
    let line = scan.token(at).and_then(|t| scan.lines.get(t.line)).map(|l| l.tokens.clone());
    let article = |at: usize| {
        scan.token(at).is_some_and(|t| words!("the le la il den dem de el").has(&t.folded))
    };
    let led = at.checked_sub(1).map(|before| before - usize::from(before > 0 && article(before)));
    let by = led.and_then(|before| scan.token(before)).is_some_and(|t| {
        words!("by before latest entro vor spatestens avant ici voor uiterlijk").has(&t.folded)
    });
    // 'Must be here on 1 October', 'our shutdown starts on 1 October, so not later'
    let bound = words!(
        "must need needs later muss mussen mussten spater doit doivent devons tard deve devono dobbiamo oltre debe deben moet moeten"
    );
    let around = clause(scan, &(at..at + 1));
    let must = (around.start..around.end + 5)
        .any(|i| scan.token(i).is_some_and(|t| bound.has(&t.folded)))
        && !super::bounds::is_away(scan, &around);
    by || must || line.is_some_and(|line| {
        line.clone().any(|at| {
            !is_needless(scan, at) && scan.token(at).is_some_and(|t| {
                words!("need needed latest delivery deliver delivered geliefert livre livres livrees consegnato consegnati liefertermin lieferung liefern livraison livrer livrez consegna consegnate entrega levering besoin brauchen benotigen spatestens faut tard entro servono necesitamos nodig uiterlijk")
                    .has(&t.folded)
            })
        })
    })
}

/// 'No need to cancel' wishes nothing.
fn is_needless(scan: &Scan<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| scan.token(before));
    let to = scan.token(at + 1).is_some_and(|t| words!("to for").has(&t.folded));
    to && before.is_some_and(|t| words!("no not any").has(&t.folded))
}

/// A number beside the answer that is neither it nor explained. Beside choice 1 stand new lines,
/// which count for themselves.
fn is_other_number(scan: &Scan<'_>, at: usize, choice: Choice) -> bool {
    // 'Wir brauchen nur noch 5'
    let only = (at.saturating_sub(3)..at).any(|i| {
        scan.token(i).is_some_and(|t| {
            words!("only nur seulement solo need needs brauchen benotigen besoin faut servono")
                .has(&t.folded)
        })
    });
    if number_at(scan, at) == Some(u8::from(choice)) || !only && !is_loose_number(scan, at) {
        return false;
    }
    let alone = scan.token(at + 1).is_none_or(|t| t.kind == Kind::Mark);
    choice != Choice::Available || alone && (number_at(scan, at).is_some() || only)
}

/// 'We need all 20': what was ordered.
fn is_all_of_them(scan: &Scan<'_>, at: usize, beside: &Beside<'_>) -> bool {
    let word = |back: usize| {
        at.checked_sub(back).and_then(|at| scan.token(at)).map_or("", |t| t.folded.as_str())
    };
    let all = words!("all alle tutti tutte tous toutes todos todas");
    let article = words!("the of die les e gli le i los las");
    let said = all.has(word(1)) || article.has(word(1)) && all.has(word(2));
    said && beside.offer.is_whole(scan.token(at).map_or("", |t| t.folded.as_str()))
}

/// 'We need all 60 at once', 'il nous faut les 60 pièces': why less is of no use.
fn needs_whole(scan: &Scan<'_>, at: usize, beside: &Beside<'_>) -> bool {
    let needs = words!(
        "need needed require brauchen brauche benotigen benotige faut besoin servono bisogno necesitamos nodig"
    );
    let around = clause(scan, &(at..at + 1));
    let needed = around.into_iter().any(|i| scan.token(i).is_some_and(|t| needs.has(&t.folded)));
    let denied = super::denied_before(scan, at) || super::denied_behind(scan, at);
    let led = at.checked_sub(1).and_then(|before| scan.token(before)).is_some_and(|t| {
        words!("the die les i le los las de all alle tous toutes tutti tutte todos todas")
            .has(&t.folded)
    });
    needed && !denied && led && beside.offer.is_whole(scan.token(at).map_or("", |t| &t.folded))
}

/// '3 is out of the question', '1 would leave us with half a machine': an option that is not taken.
fn is_ruled_out(scan: &Scan<'_>, at: usize) -> bool {
    let next = scan.token(at + 1).map_or("", |t| t.folded.as_str());
    let is = words!("is ist est e ware would kommt scheidet");
    let better = words!("be suit work do help prefer like love");
    let behind = scan.token(at + 2).map_or("", |t| t.folded.as_str());
    number_at(scan, at).is_some()
        && (is.has(next) && super::denied_behind(scan, at)
            || next == "would" && !better.has(behind))
}

/// A number that counts something of the order, or is another choice.
fn is_loose_number(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.token(at) else { return false };
    let glued = token.glued || scan.token(at + 1).is_some_and(|t| t.glued && !t.is_any(".,;:!?)"));
    let labelled = scan.lines.get(token.line).is_some_and(|line| {
        line.tokens.clone().any(|i| scan.token(i).is_some_and(|t| t.is_any(":=|@")))
    });
    let role = (at.saturating_sub(2)..at).any(|i| {
        // 'So order 5'
        let few = |word: &str| word == "no" || word == "order" && token.folded.len() < 3;
        scan.token(i)
            .is_some_and(|t| !few(&t.folded) && crate::reading::text::noise::is_role(&t.folded))
    });
    // 'Not 3. 2 please.'
    let denied = at.checked_sub(1).and_then(|before| scan.token(before)).is_some_and(|t| {
        words!("not nicht pas non niet kein keine geen weder noch neither nor ni ne").has(&t.folded)
    });
    // 'Period 9'
    let numbers = number_at(scan, at).is_none()
        && at.checked_sub(1).and_then(|before| scan.token(before)).is_some_and(|t| {
            t.kind == Kind::Word
                && t.folded.len() >= 4
                && !crate::reading::text::lang::is_common(&t.folded)
                && !belongs(&t.folded)
                && !CHANGES.has(&t.folded)
        });
    // 'I am here until 3 pm'
    let is_hour = |at: usize| {
        scan.token(at).is_some_and(|t| words!("pm am uhr heures h ore uur").has(&t.folded))
    };
    let minutes = |at: usize| {
        scan.token(at).is_some_and(|t| t.glued && t.is_any(".:"))
            && scan.token(at + 1).is_some_and(|t| t.glued && t.folded.len() == 2)
    };
    let hour = is_hour(at + 1) || minutes(at + 1) && is_hour(at + 3);
    let year = token.folded.len() == 4 && token.folded.starts_with("20");
    token.folded.len() <= 4
        && !year
        && !hour
        && !is_phone(scan, at)
        && !numbers
        && !glued
        && !labelled
        && !role
        && !denied
        && !lasts(scan, at)
}

/// Where the signature begins: at a closing formula behind the answer, or at a line of names.
fn sign_off(scan: &Scan<'_>, claimed: &[Range<usize>]) -> usize {
    let from = claimed.iter().map(|claim| claim.end).max().unwrap_or(0);
    let begins = |line: &crate::reading::text::TextLine| {
        let tokens = scan.tokens.get(line.tokens.clone()).unwrap_or_default();
        let closes = tokens.first().is_some_and(|t| {
            words!(
                "regards best kind sincerely yours cheers gruss grusse freundliche freundlichen beste besten viele schone liebe mfg lg cordialement salutations \
                 meilleures avec saluti cordiali distinti un saludos atentamente groet groeten vriendelijke met mit sent von envoye inviato"
            )
            .has(&t.folded)
        });
        let name = tokens.len() <= 4
            && tokens.iter().all(|t| {
                t.is_any(".,'-&")
                    || t.kind == Kind::Word && scan.words(t.span).starts_with(char::is_uppercase)
            })
            && !tokens.iter().any(|t| crate::reading::text::lang::is_common(&t.folded));
        let digits: usize =
            tokens.iter().filter(|t| t.kind == Kind::Digits).map(|t| t.folded.len()).sum();
        let phone = digits >= 8
            && tokens.iter().all(|t| {
                t.kind != Kind::Word
                    || scan.words(t.span).starts_with(char::is_uppercase)
                        && !crate::reading::text::lang::is_common(&t.folded)
                    || words!("tel telefon phone mobile mob mobil fax direct direkt cell")
                        .has(&t.folded)
            });
        let parted = tokens.iter().any(|t| t.is_any("|/·•"))
            && !tokens.iter().any(|t| crate::reading::text::lang::is_common(&t.folded));
        line.tokens.start >= from && !tokens.is_empty() && (closes || name || phone || parted)
    };
    scan.lines.iter().find(|line| begins(line)).map_or(scan.tokens.len(), |line| line.tokens.start)
}
