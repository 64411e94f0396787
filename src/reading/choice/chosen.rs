//! Whether a clause chooses, whatever else it says: 'after checking with production we go for option
//! 2'. It has somebody who chooses and the verb for it, or says that the option suits; and nothing in
//! it doubts, bounds, reports or counts. Its other words need not be known.

use std::ops::Range;

use super::NOT;
use super::plain::{Beside, is_time};
use super::words::{is_supplier, without_easy};
use crate::reading::dates;
use crate::reading::text::{Kind, Scan, WordList, words};
use crate::reading::types::Choice;

/// Verbs that choose; in the first person, or without one.
pub(crate) static CHOOSES: WordList = WordList::new(
    "choose choosing chosen select selected pick picked opt opting prefer go going settle settled decide decided deciding stick \
     entscheiden entscheide entschieden wahlen wahle gewahlt optiere optieren bevorzugen bevorzuge \
     choisissons choisis choisi choisit choisir optons opte opter retenons preferons prefere \
     partons deciso optato preferirei preferiremmo scegliamo scelgo scelto scegliere optiamo opto optare preferiamo preferisco \
     quedamos quedo elegimos elijo elegir escogemos optamos preferimos prefiero kiezen kies gekozen gaan ga \
     confirm confirming agree agreed agreeing proceed proceeding bestatigen bestatige bestatigt ausfuhren umsetzen einverstanden \
     confirmons confirme acceptons accepte procedez confermiamo confermo accettiamo accetto procedete procedere procediamo procedi \
     confirmamos aceptamos bevestigen bevestig",
);

/// Verbs that take or wish.
pub(crate) static TAKES: WordList = WordList::new(
    "take taking like want wish nehmen nehme nimm genommen mochten mochte wollen hatten prenons prends prend prendre voulons voudrions voudrais souhaitons \
     desirons prendiamo prendo prendere vogliamo vorremmo vorrei desideriamo tomamos tomo queremos quisieramos nemen neem willen",
);

/// Words by which something suits.
pub(crate) static APPROVES: WordList = WordList::new(
    "ordnung fine ok okay good great perfect best works work suits passt stimmt gefallt gut super prima perfekt ideal recht convient conviendra parfait parfaite ira bene benissimo \
     perfetto ottimo goed perfecto",
);

/// Verbs that say who chooses by their ending.
static OWN: WordList = WordList::new(
    "we i wir ich nous je j on noi wij ik nosotros please bitte merci prego \
     chiediamo chiedo preghiamo demandons preferirei preferiremmo abbiamo ho hemos dobbiamo devo debemos \
     choisissons choisis optons opte retenons preferons prefere prenons prends voulons voudrions voudrais souhaitons desirons \
     attendons attends attendrons patientons patienterons \
     scegliamo scelgo optiamo opto preferiamo preferisco prendiamo prendo vogliamo vorremmo vorrei desideriamo \
     aspettiamo aspetto aspetteremo attendiamo attenderemo \
     confirmons confirme acceptons bestatige bestatigen confermiamo confermo accettiamo procedete procediamo proceed \
     elegimos elijo escogemos optamos preferimos prefiero tomamos queremos quisieramos esperamos esperaremos",
);

/// What keeps a clause from being a choice: doubt, degree, time, alternatives, parts, reports.
static TROUBLES: WordList = WordList::new(
    "too enough zu trop troppo demasiado te only nur seulement uniquement solo soltanto solamente slechts just_ \
     might may could should maybe perhaps probably likely possibly inclined tend tending think guess suppose consider considering believe hope assume \
     konnte konnten sollte sollten durfte vielleicht eventuell evtl wohl vermutlich wahrscheinlich voraussichtlich moglicherweise tendieren tendiere glaube denke \
     uberlegen uberlege hoffe grundsatzlich eigentlich prinzip \
     pourrait pourrions devrait devrions peut etre probablement sans doute pense pensons croyons esperons reflechissons eventuellement principe \
     potrebbe potremmo dovremmo forse probabilmente magari penso pensiamo crediamo speriamo eventualmente principio valutiamo valutando quizas talvez creo \
     misschien waarschijnlijk denk \
     was were had last previous previously earlier before usually normally always often sometimes once yesterday tomorrow next already still ever later soon \
     war waren hatte letztes letzten letzte fruher damals ublicherweise normalerweise immer oft manchmal gestern morgen nachste nachsten schon noch spater \
     zunachst zuerst vorerst erst derniere dernier precedente fois avant hier demain prochain prochaine toujours souvent deja encore plus tard abord \
     scorsa scorso prima ieri domani prossima prossimo sempre spesso gia ancora dopo poi vroeger altijd gisteren morgen nog al \
     other others another andere anderen anderer anderes autre autres altro altra altri altre otro otra both beide beiden deux entrambe ambas between zwischen entre tra \
     half part partial partially teil teilweise halfte partie partiellement moitie parte parziale meta rest remaining remainder balance reste solde resto rimanente \
     what which why how when who whether welche welcher welches was warum wieso wie wann ob quel quelle pourquoi comment quand \
     quale quali perche come quando if unless falls wenn sofern sobald si se als or oder ou o either entweder soit \
     but however aber jedoch allerdings mais pero ma instead statt anstatt stattdessen lieu invece except ausser sauf tranne \
     they he she er ils elles elle lui loro says said told tell hear recommend recommended suggest suggested advise advised supposed wonder understand mean means \
     sagt sagte empfiehlt empfohlen meint rat raten heisst bedeutet dit disent recommande conseille signifie dice dicono consiglia significa \
     clarify check klaren abklaren prufen besprechen verifier clarifier discuter verificare chiarire discutere \
     until till bis jusqu jusque finche fino hasta tot since seit depuis been gewartet attendu aspettato \
     would wurde wurden were refuse refuses because weil denn puisque perche poiche porque omdat nobody everyone everybody anyone \
     hate hates dislike fear tired unwilling reluctant reluctantly hassen hasse weigern ungern detestons refusons detesto odio odiamo detestiamo rifiutiamo \
     avoir lu avere letto ricevuto received receipt erhalt empfang decision will gone against tonight meeting \
     price cost costs discount preis rabatt prix remise prezzo sconto surcharge extra free kosten gratis lesser more less mehr weniger moins piu meno",
);

/// Words behind which an object of the sentence stands.
static OBJECTS: WordList = WordList::new(
    "for of fur von vom zur zum auf um pour de du des d sur per di del della dei delle su para op voor van upon until",
);

/// Whether a clause that names an option, or its act, chooses it.
pub(crate) fn is_chosen(
    scan: &Scan<'_>,
    claim: &Range<usize>,
    clause: &Range<usize>,
    beside: &Beside<'_>,
) -> bool {
    let words = || clause.clone().filter(|at| !claim.contains(at));
    let any =
        |list: &WordList| words().any(|at| scan.token(at).is_some_and(|t| list.has(&t.folded)));
    if would_be_best(scan, claim, clause) {
        return true;
    }
    if negates(scan, claim, clause) || any(&TROUBLES) {
        return false;
    }
    let figures = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Digits && !beside.offer.is_about(t) || t.is('?') || is_time(&t.folded)
        })
    };
    let dated = |at: usize| dates::date_at(scan, at, beside.desk.calendar()).is_some();
    if words().any(|at| figures(at) || dated(at)) {
        return false;
    }
    let has =
        |is: fn(&str) -> bool| words().any(|at| scan.token(at).is_some_and(|t| is(&t.folded)));
    let numbered = claim.len() > 1 || claim.clone().any(|at| super::number_at(scan, at).is_some());
    let own = clause.clone().any(|at| scan.token(at).is_some_and(|t| OWN.has(&t.folded)));
    let chosen = match beside.choice {
        _ if numbered => own && (any(&CHOOSES) || any(&TAKES)) || suits(scan, claim, clause),
        Choice::Wait => own || yours(scan, clause),
        Choice::Cancel => {
            own && (has(is_order) || claim.end == clause.end || ends_at(scan, claim.end))
        }
        Choice::Available => false,
    };
    chosen && words().all(|at| is_beside(scan, at, claim, clause, beside))
}

/// 'Option 2 wäre uns am liebsten', 'option 2 would be best for us': who names the best of three
/// takes it, and says it softly.
fn would_be_best(scan: &Scan<'_>, claim: &Range<usize>, clause: &Range<usize>) -> bool {
    let would = words!("would d ware serait sarebbe seria zou");
    let best = words!(
        "best ideal perfect preferred preference favourite liebsten besten beste perfekt optimal parfaite parfait ideale perfetta perfetto mieux meglio mejor"
    );
    // 'Wir würden Option 2 nehmen'
    let own = words!("we i wir ich nous je wij ik");
    let may = words!("would d wurden wurde zouden zou");
    let takes = words!(
        "take choose prefer go opt pick like nehmen wahlen bevorzugen entscheiden kiezen nemen gern gerne rather lieber"
    );
    let beside = words!(
        "be us me our my for the with to solution option choice uns mir fur unser unsere die das der am sicher nous moi pour notre la le l ' mieux \
         per noi me ci la il soluzione losung wahl nosotros para el lo ons voor het zijn de please bitte danke merci grazie thanks then dann also daher _"
    );
    let numbered = claim.clone().any(|at| super::number_at(scan, at).is_some());
    let words = || clause.clone().filter(|at| !claim.contains(at)).filter_map(|at| scan.token(at));
    let has = |list: &WordList| words().any(|t| list.has(&t.folded));
    let soft = has(would) && has(best);
    let taken = has(own) && has(may) && has(takes);
    let lists = [would, best, own, may, takes, beside];
    numbered
        && (soft || taken)
        && words().all(|t| lists.iter().any(|list| list.has(&t.folded)) || t.is_any(".,!-–"))
}

/// Whether a clause denies anything, the 'no' of 'no. 2' left aside.
fn negates(scan: &Scan<'_>, claim: &Range<usize>, clause: &Range<usize>) -> bool {
    let before = without_easy(&scan.padded(clause.start..claim.start));
    let behind = without_easy(&scan.padded(claim.end..clause.end));
    let not = |said: &str| {
        let mut words = said.split_whitespace().peekable();
        std::iter::from_fn(move || {
            Some((words.next()?.to_owned(), words.peek().is_some_and(|w| matches!(*w, "°" | "º"))))
        })
        .any(|(word, numbers)| NOT.contains(&word.as_str()) && !numbers)
    };
    not(&before) || not(&behind)
}

/// 'Option 2 is fine', 'ok for no. 2': it is the option that suits, and us.
fn suits(scan: &Scan<'_>, claim: &Range<usize>, clause: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let beside =
        |mut run: Range<usize>| run.any(|at| clause.contains(&at) && APPROVES.has(word(at)));
    let mut near = clause.clone().filter(|at| !claim.contains(at));
    let others =
        words!("you sie ihnen euch vous voi vi lei u jullie that dass que che dat would ware");
    (beside(claim.end..claim.end + 3) || beside(claim.start.saturating_sub(3)..claim.start))
        && !near.any(|at| others.has(word(at)))
}

/// 'From your supplier', not from ours.
fn yours(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    clause.clone().any(|at| {
        let said = |at: usize, is: fn(&str) -> bool| scan.token(at).is_some_and(|t| is(&t.folded));
        let your =
            |word: &str| words!("your ihrem eurem deinem votre vostro suo su uw jullie").has(word);
        said(at, your) && said(at + 1, is_supplier)
    })
}

/// Whether a sentence ends at a token, with nothing that could be its object.
fn ends_at(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_none_or(|t| t.is_any(".!,"))
}

fn is_order(word: &str) -> bool {
    words!("order bestellung auftrag commande ordine pedido bestelling").has(word)
}

/// A word that is known, or one before the choice that names neither goods nor what is chosen for.
/// Behind it, it may bound what is chosen: 'option 2 with partial delivery'.
fn is_beside(
    scan: &Scan<'_>,
    at: usize,
    claim: &Range<usize>,
    clause: &Range<usize>,
    beside: &Beside<'_>,
) -> bool {
    let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Word) else { return true };
    let chooses = [&CHOOSES, &TAKES, &APPROVES].iter().any(|list| list.has(&token.folded));
    if chooses || beside.knows(scan, at, clause) {
        return true;
    }
    if at >= claim.end {
        return false;
    }
    // 'We fear to wait'
    let numbered = claim.clone().any(|i| super::number_at(scan, i).is_some());
    let infinitive = claim.start.checked_sub(1).and_then(|before| scan.token(before));
    let governs = infinitive.is_some_and(|t| words!("to zu di de d ' a").has(&t.folded))
        && at + 3 >= claim.start;
    if !numbered && governs {
        return false;
    }
    let names = &beside.desk.catalog.index().names;
    let near = clause.start.max(at.saturating_sub(2))..at;
    let object = near.clone().any(|i| scan.token(i).is_some_and(|t| OBJECTS.has(&t.folded)));
    let article = near.last().is_some_and(|i| {
        scan.token(i).is_some_and(|t| {
            words!("the these this die der das den diese dieses le la les l ces il lo i gli el los las de het our your unsere unseren nos vos nostri").has(&t.folded)
        })
    });
    // 'Dans ces conditions nous préférons annuler'
    let adverbial = (clause.start.max(at.saturating_sub(2))..at).any(|i| {
        scan.token(i).is_some_and(|t| {
            words!("dans in unter under bei nach after apres dopo con with avec given wegen")
                .has(&t.folded)
        })
    });
    let noun = scan.words(token.span).starts_with(char::is_uppercase);
    !object
        && !names.knows(token)
        && !(beside.choice == Choice::Cancel && (article || noun) && !adverbial)
}
