//! What the sentences of a reply to an offer say in words: to wait, to cancel, to take what there is.

use std::ops::Range;

use super::clauses::clause;
use super::offer::Offer;
use super::rest::{RESTS, SENDS, gives_up};
use super::{Claim, MOST, NOT, denied_before, denied_behind};
use crate::reading::text::phrases::Phrases;
use crate::reading::text::units::{Unit, unit_at};
use crate::reading::text::{Kind, Scan, WordList, words};
use crate::reading::types::{Choice, Lang};

/// Verbs and nouns of a choice.
static MEANINGS: [(Choice, WordList); 2] = [
    (
        Choice::Cancel,
        WordList::new(
            "cancel loschen delete supprimer cancelling canceling cancellation cancelled withdraw stornieren storniere stornier stornierung storno annulliere annullieren \
             annuler annulez annulons annulation annule annullare annullate annulli annulliamo annullamento cancellare cancellate annuleren annuleer \
             anular anule anulen anulamos cancelar cancele cancelen cancelamos",
        ),
    ),
    (
        Choice::Wait,
        WordList::new(
            "wait warten warte abwarten attendons attendre attends attend attendrons patienter patientons patienterons aspettiamo aspettare aspetto \
             aspetteremo attendiamo attendere attenderemo wachten esperamos esperar esperaremos",
        ),
    ),
];

/// 'Take what there is.'
const AVAILABLE: &[&str] = &[
    "what you have",
    "what you have got",
    "what you ' ve got",
    "what you can send",
    "what you can ship",
    "what you can deliver",
    "what is available",
    "what ' s available",
    "what is in stock",
    "what ' s in stock",
    "what is on stock",
    "what is there",
    "what you have on the shelf",
    "what is on the shelf",
    "what ' s on the shelf",
    "whatever is on the shelf",
    "whatever is there",
    "everything you have",
    "everything that is available",
    "what ' s there",
    "whatever you have",
    "whatever you have got",
    "whatever you can send",
    "whatever is available",
    "whatever is in stock",
    "what there is",
    "the available pieces",
    "the available quantity",
    "the available quantities",
    "the available amount",
    "the available units",
    "the available stock",
    "the quantity available",
    "the quantities available",
    "the pieces available",
    "the stock available",
    "the pieces you have",
    "the quantity you have",
    "the quantities you have",
    "available ones",
    "the ones you have",
    "the ones available",
    "the ones in stock",
    "those available",
    "those in stock",
    "those you have",
    "was da ist",
    "was verfugbar ist",
    "was an lager ist",
    "was am lager ist",
    "was auf lager ist",
    "was sie haben",
    "was ihr habt",
    "was du hast",
    "was sie da haben",
    "was ihr da habt",
    "was sie an lager haben",
    "was sie am lager haben",
    "was sie auf lager haben",
    "was sie liefern konnen",
    "was ihr liefern konnt",
    "was vorhanden ist",
    "was lieferbar ist",
    "was vorratig ist",
    "verfugbare menge",
    "verfugbaren mengen",
    "verfugbaren stuck",
    "vorhandene menge",
    "vorhandenen mengen",
    "vorhandenen stuck",
    "lieferbare menge",
    "lieferbaren stuck",
    "die verfugbaren",
    "die vorhandenen",
    "die lieferbaren",
    "die vorratigen",
    "die an lager sind",
    "die am lager sind",
    "die auf lager sind",
    "die da sind",
    "die sie an lager haben",
    "die sie am lager haben",
    "die sie auf lager haben",
    "die sie da haben",
    "ce qu ' il y a",
    "ce qui est disponible",
    "ce que vous avez",
    "ce que vous avez en stock",
    "ce que vous pouvez livrer",
    "ce que vous pouvez envoyer",
    "ce qui est en stock",
    "la quantite disponible",
    "les quantites disponibles",
    "pieces disponibles",
    "les pieces en stock",
    "les pieces que vous avez",
    "quello che c ' e",
    "quello che avete",
    "quello che avete in magazzino",
    "quelli che avete",
    "cio che e disponibile",
    "cio che avete",
    "quello disponibile",
    "quelli disponibili",
    "quanto disponibile",
    "quanto avete",
    "la quantita disponibile",
    "le quantita disponibili",
    "pezzi disponibili",
    "i pezzi che avete",
    "lo que hay",
    "lo que haya",
    "lo que tienen",
    "lo que tengan",
    "la cantidad disponible",
    "las piezas disponibles",
    "wat er is",
    "wat er ligt",
    "wat jullie hebben",
    "wat u heeft",
    "wat u hebt",
    "wat beschikbaar is",
    "wat voorradig is",
    "de beschikbare stuks",
];

/// Turns of speech that agree, whatever their words deny elsewhere.
const EASY: [&str; 36] = [
    " don ' t mind ",
    " dont mind ",
    " do not mind ",
    " no panic ",
    " no stress ",
    " kein stress ",
    " no problem ",
    " not a problem ",
    " no worries ",
    " no hurry ",
    " no rush ",
    " kein problem ",
    " keine eile ",
    " pas de probleme ",
    " pas de souci ",
    " aucun probleme ",
    " aucun souci ",
    " nessun problema ",
    " ningun problema ",
    " geen probleem ",
    " no rush on our side ",
    " no hurry on our side ",
    " not urgent ",
    " es eilt nicht ",
    " eilt nicht ",
    " nicht eilig ",
    " haben zeit ",
    " hat zeit ",
    " rien ne presse ",
    " pas urgent ",
    " pas presse ",
    " non c ' e fretta ",
    " nessuna fretta ",
    " non e urgente ",
    " no hay prisa ",
    " geen haast ",
];

/// Whether a clause agrees by such a turn.
pub(crate) fn is_easy(padded: &str) -> bool {
    EASY.iter().any(|turn| padded.contains(turn))
}

/// Whether a word is part of one.
pub(crate) fn eases(word: &str) -> bool {
    EASY.iter().any(|turn| turn.split(' ').any(|part| part == word))
}

/// The words without the turns that agree.
pub(crate) fn without_easy(padded: &str) -> String {
    EASY.iter().fold(padded.to_owned(), |said, turn| said.replace(turn, " _ "))
}

fn denies(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let said = without_easy(&scan.padded(run));
    said.split(' ').any(|word| !matches!(word, "can" | "n") && NOT.contains(&word))
}

/// What a sentence makes of the goods that are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// It says nothing of them.
    Unsaid,
    /// They are not wanted any more.
    GivenUp,
}

/// Adds what a sentence says in words; `None` where it says that only a part is meant.
pub(crate) fn meaning(
    scan: &Scan<'_>,
    sentence: Range<usize>,
    offer: &Offer,
    lang: Option<Lang>,
    claims: &mut Vec<Claim>,
) -> Option<Rest> {
    let folded = scan.padded(sentence.clone());
    let given_up = gives_up(&folded);
    let claim = |choice, tokens| Claim { choice, tokens, denied: false };
    claims.extend(available(scan, &sentence, offer, lang).map(|t| claim(Choice::Available, t)));
    claims.extend(awaits(scan, &sentence, offer, lang).map(|t| claim(Choice::Wait, t)));
    // 'Order the missing ones from your supplier' is our own second offer.
    let supplier =
        sentence.clone().any(|at| scan.token(at).is_some_and(|t| is_supplier(&t.folded)));
    // So is 'we wait for the missing ones' of the one product that is short, where nothing is to be
    // sent before.
    let all = offer.is_one() && !SENDS.are_in(&folded) && !has_number(claims, Choice::Available);
    let rests = RESTS.are_in(&folded);
    for (choice, words) in &MEANINGS {
        for at in sentence.clone() {
            let said = scan.token(at).is_some_and(|t| words.has(&t.folded))
                || *choice == Choice::Cancel && gives_up_order(scan, at);
            if !said || given_up && *choice == Choice::Cancel {
                continue;
            }
            let denied = denied_before(scan, at) || denied_behind(scan, at);
            let ours = *choice == Choice::Wait && (supplier || all);
            if rests && !ours && !denied && !has_number(claims, *choice) {
                return None;
            }
            if *choice == Choice::Cancel && !denied && cancels_part(scan, at) {
                return None;
            }
            claims.push(Claim { choice: *choice, tokens: at..at + 1, denied });
            if claims.len() > MOST {
                return None;
            }
        }
    }
    Some(if given_up { Rest::GivenUp } else { Rest::Unsaid })
}

/// What bounds a cancellation to a part.
const AS_FAR: [&str; 7] = [
    "as far as",
    "insofar",
    "to the extent",
    "soweit",
    "dans la mesure",
    "nella misura",
    "voor zover",
];

/// 'Bitte stornieren, was nicht da ist', 'cancel those that you do not have': what is cancelled is what
/// a clause behind tells.
fn cancels_part(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let beside = words!(
        ", sie bitte please nur only just alles everything all those the die den das l ' tout tous toutes ceux celles les tutto tutti tutte quelli quelle todo todos lo los las \
         alle dat pieces stuck pezzi pieces stuks simply einfach seulement solo alleen"
    );
    let relative = words!("was what whatever which that welche ce quello cio que wat");
    let bounded = (at + 1..at + 8).any(|i| AS_FAR.iter().any(|turn| scan.says(i, turn)));
    let told = (at + 1..at + 6).find(|i| !beside.has(word(*i)) || relative.has(word(*i)));
    bounded
        || told.is_some_and(|i| {
            relative.has(word(i))
                && (i..i + 8).any(|i| NOT.contains(&word(i)) || word(i) == "fehlt")
        })
}

/// 'Nous renonçons à cette commande', 'wir verzichten auf die Bestellung': the whole of it.
fn gives_up_order(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let gives = words!("renoncons renonce verzichten verzichte rinunciamo rinuncio");
    let leads = words!(
        "a au cette la notre l ' auf die diese unsere ganze gesamte all alla al questo nostro"
    );
    let order = words!("commande bestellung ordine auftrag");
    let end = (at + 1..at + 6).find(|i| !leads.has(word(*i)));
    gives.has(word(at)) && end.is_some_and(|end| end > at + 1 && order.has(word(end)))
}

fn has_number(claims: &[Claim], choice: Choice) -> bool {
    claims.iter().any(|c| c.choice == choice && !c.denied)
}

/// 'We take what you have', 'send the 8', 'we can manage with 8'.
fn available(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    offer: &Offer,
    lang: Option<Lang>,
) -> Option<Range<usize>> {
    // Few sentences have any: the phrases are looked for one by one only where one is.
    let some = ANY_AVAILABLE.are_in(&scan.folded(sentence.clone()));
    let phrases = AVAILABLE.iter().filter(|_| some);
    let longest = phrases.filter_map(|p| find(scan, sentence, p)).max_by_key(Range::len);
    longest
        .filter(|at| !denies(scan, clause(scan, at)))
        .or_else(|| sentence.clone().find_map(|at| counted(scan, at, offer, lang)))
}

/// Whether a text speaks of what there is.
pub(crate) fn names_available(scan: &Scan<'_>) -> bool {
    let all = 0..scan.tokens.len();
    ANY_AVAILABLE.are_in(&scan.folded(all.clone()))
        && AVAILABLE.iter().any(|phrase| find(scan, &all, phrase).is_some())
}

static ANY_AVAILABLE: Phrases = Phrases::within(AVAILABLE);

/// Where a phrase stands in a sentence.
fn find(scan: &Scan<'_>, sentence: &Range<usize>, phrase: &str) -> Option<Range<usize>> {
    let length = phrase.split(' ').count();
    let said = |at: usize| {
        let mut words = phrase.split(' ').zip(at..);
        words.all(|(word, at)| scan.token(at).is_some_and(|t| t.folded == word))
    };
    let mut starts = sentence.start..(sentence.end + 1).saturating_sub(length);
    starts.find(|at| said(*at)).map(|at| at..at + length)
}

/// The number that is there, where it is taken, or said to be enough.
fn counted(scan: &Scan<'_>, at: usize, offer: &Offer, lang: Option<Lang>) -> Option<Range<usize>> {
    let (number, end) = super::offer::number_at(scan, at, lang)?;
    let pieces = unit_at(scan, end).filter(|(unit, _)| *unit == Unit::Pieces(1));
    // 'We take the 2' may choose.
    if !offer.has(number) || number <= 3 && pieces.is_none() {
        return None;
    }
    let end = pieces.map_or(end, |(_, end)| end);
    let clause = clause(scan, &(at..end));
    let beside = |word: fn(&str) -> bool| {
        let mut around = clause.clone().filter(|i| !(at..end).contains(i));
        around.any(|i| scan.token(i).is_some_and(|t| word(&t.folded)))
    };
    let digits = |i: usize| scan.token(i).is_some_and(|t| t.kind == Kind::Digits);
    // 'Ship the 12 and cancel the remaining 38'
    let left = |i: usize| {
        gives_up(&scan.padded(clause.clone()))
            && scan.token(i).is_some_and(|t| t.folded.parse().is_ok_and(|n| offer.lacks(n)))
    };
    let alone = clause.clone().filter(|i| !(at..end).contains(i)).all(|i| !digits(i) || left(i));
    // 'Please reduce the quantity to 4'
    let moved = beside(changes)
        && at
            .checked_sub(1)
            .and_then(|before| scan.token(before))
            .is_some_and(|t| words!("to auf a op").has(&t.folded));
    // 'We'll have the 12', 'just the 12 please'
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let had = clause.clone().any(|i| words!("ll will").has(word(i)) && word(i + 1) == "have");
    let just =
        beside(|word| words!("just only nur juste seulement solo soltanto alleen").has(word))
            && beside(|word| words!("please bitte svp grazie graag merci prego").has(word));
    // '12 please, cancel the rest'
    let line = scan.token(at).and_then(|t| scan.lines.get(t.line)).map(|line| line.tokens.clone());
    let all = beside(|word| words!("please bitte svp grazie graag merci").has(word))
        && line.is_some_and(|line| gives_up(&scan.padded(line)));
    let meant = all || had || just || beside(takes) || beside(is_enough) || moved;
    (meant && alone && !beside(comes_first) && !denies(scan, clause.clone())).then_some(at..end)
}

fn takes(word: &str) -> bool {
    words!(
        "accontentiamo contentons contenterons begnugen take takes taking send ship deliver supply accept nehmen nehme liefern liefert liefere schicken schickt senden sendet \
         prenons prend prends prendre envoyez envoyer livrez livrer expediez prendiamo prendo mandate mandateci spedite speditemi inviate inviateci \
         consegnate tomamos envien enviennos entreguen nemen neem stuur leveren doe ahead"
    )
    .has(word)
}

fn changes(word: &str) -> bool {
    words!(
        "change reduce adjust amend lower cut andern reduzieren kurzen anpassen andert reduziert modifier modifiez reduire reduisez ramener \
         modificare modificate ridurre riducete cambiar reducir verlagen wijzigen"
    )
    .has(word)
}

fn is_enough(word: &str) -> bool {
    words!(
        "enough fine ok okay do suffice sufficient manage reichen genugen genug reicht genugt suffisent suffit suffiront suffira bastano basta \
         bastan genoeg volstaan voldoende sufficienti suficientes"
    )
    .has(word)
}

/// The goods that are there first, and others behind.
fn comes_first(word: &str) -> bool {
    words!(
        "now first already immediately today tomorrow straight meanwhile moment sofort gleich zuerst zunachst schon bereits erst heute jetzt vorab \
         vorerst deja abord maintenant suite aujourd instant subito intanto gia ora adesso prima oggi ya primero ahora alvast eerst nu direct off back from"
    )
    .has(word)
}

/// 'Two weeks is fine', 'waiting is no problem', 'order them from your supplier'.
fn awaits(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    offer: &Offer,
    lang: Option<Lang>,
) -> Option<Range<usize>> {
    sentence.clone().find_map(|at| {
        let run = lasting(scan, at, offer, lang)
            .or_else(|| waiting(scan, at))
            .or_else(|| ordered_on(scan, sentence, at))
            .or_else(|| reordered(scan, sentence, at))?;
        (!denies(scan, clause(scan, &run))).then_some(run)
    })
}

/// A time as long as the offered one, which suits.
fn lasting(scan: &Scan<'_>, at: usize, offer: &Offer, lang: Option<Lang>) -> Option<Range<usize>> {
    let (number, end) = super::offer::number_at(scan, at, lang)?;
    let days = number.checked_mul(super::offer::days(scan, end)?)?;
    let run = at..end + 1;
    (offer.bears(days) == Some(true) && suits(scan, &run)).then_some(run)
}

/// 'Waiting is fine with us'; 'we are waiting for your call' chooses nothing.
fn waiting(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let is = words!("is ' would works suits");
    let mind = word(at.wrapping_sub(1)) == "mind";
    let says = word(at) == "waiting" && (mind || is.has(word(at + 1)));
    (says && suits(scan, &(at..at + 1))).then_some(at..at + 1)
}

fn suits(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let said = scan.padded(clause(scan, run));
    let fine = words!(
        "fine ok okay good alright acceptable suits works passt gut recht ordnung einverstanden convient bien bon parfait perfect bene perfetto prima \
         akkoord goed bien"
    );
    is_easy(&said) || said.split(' ').any(|word| fine.has(word))
}

pub(crate) fn is_supplier(word: &str) -> bool {
    words!("supplier suppliers lieferanten lieferant fournisseur fornitore proveedor leverancier")
        .has(word)
}

/// 'Order them from your supplier': what we offer for those who wait.
fn ordered_on(scan: &Scan<'_>, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let orders = words!(
        "order reorder bestellen bestellt bestell nachbestellen commander commandez ordinare ordinate ordinatele ordinateli pedir pidan bestel bestellen"
    );
    if !orders.has(word(at)) {
        return None;
    }
    let yours = words!("your ihrem eurem deinem votre vostro suo su uw jullie");
    // German has the verb behind: 'bei Ihrem Lieferanten bestellen'.
    let from = sentence.clone().find(|i| is_supplier(word(*i)))?;
    let same = clause(scan, &(at..at + 1)).contains(&from);
    (yours.has(word(from.wrapping_sub(1))) && same).then_some(at..at + 1)
}

/// 'Bitte nachbestellen', 'please put them on backorder': our second offer, where nothing is to be
/// sent before.
fn reordered(scan: &Scan<'_>, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let reorders = words!("nachbestellen nachbestellt backorder nabestellen bijbestellen");
    let asks = words!("please bitte graag ja yes wir we");
    let said = scan.padded(sentence.clone());
    let sends = sentence.clone().any(|i| takes(word(i)) || words!("rest reste resto").has(word(i)));
    let counts = sentence.clone().any(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Digits));
    let asked = clause(scan, &(at..at + 1)).any(|i| asks.has(word(i)));
    let plain = asked && !sends && !counts && !SENDS.are_in(&said);
    (reorders.has(word(at)) && plain).then_some(at..at + 1)
}
