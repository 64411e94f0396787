//! Clauses that ask the reader to take what stands beside them as an order: 'could you book these in
//! for us', 'potresti inserirmi questo ordine', '¿nos pueden registrar este pedido?'.
//!
//! Such a clause has a plea to the reader, a verb of entering, and this, these or the order as its
//! object. What else it holds may only say for whom and where it is entered. A time, a condition,
//! another thing or any word of undoing makes it a sentence as all others.

use std::ops::Range;

use super::accounts::is_courtesy;
use super::announcing;
use super::instructions;
use super::perils;
use super::plain_words::{is_no_purpose, is_other_thing};
use crate::reading::prose::mentions::{Mention, within};
use crate::reading::text::{Kind, Scan, words};

/// Most words of a sentence that asks so.
const MOST: usize = 26;
/// Most words that name for whom or where.
const WHOM: usize = 8;

/// Whether a sentence asks for what it comes with to be done as an order.
pub(crate) fn are_in(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    // 'BITTE NICHT BEARBEITEN': a capital makes no name of a 'not'.
    let undone = || {
        let folded = scan.folded(run.clone());
        let (priced, goods) = (true, false);
        perils::has(perils::Sentence { folded: &folded, lang: None, priced, goods })
    };
    instructions::bids(scan, run.clone(), found) && !undone()
        || announcing::is_meant(scan, &run)
        || asks_to_enter(scan, run, found)
}

/// 'Pourriez-vous noter cette commande : 50 A': where the words stand before a colon that ask for
/// what follows it to be entered.
pub(crate) fn leading(scan: &Scan<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let colon = run.clone().find(|at| scan.token(*at).is_some_and(|t| t.is(':')))?;
    let lead = run.start..colon;
    asks_to_enter(scan, lead.clone(), &[]).then_some(lead)
}

/// Whether a sentence asks for what it comes with to be entered, and says nothing else.
fn asks_to_enter(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    let word = |at: usize| scan.token(at).filter(|t| t.kind == Kind::Word);
    // Most sentences end here.
    if !run.clone().any(|at| word(at).is_some_and(|t| enters(&t.folded) || sees_to(&t.folded))) {
        return false;
    }
    let said = run.clone().filter(|at| word(*at).is_some()).count();
    let number = order_number(scan, &run);
    let digits = run
        .clone()
        .filter(|at| !number.contains(at))
        .any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits));
    let counts = |m: &Mention| m.tokens.len() > 1 || scan.folded(m.tokens.clone()) != "one";
    if said > MOST || digits || within(found, &run).iter().any(counts) {
        return false;
    }
    let folded = scan.folded(run.clone());
    let sentence = perils::Sentence { folded: &folded, lang: None, priced: false, goods: false };
    if perils::has(sentence) {
        return false;
    }
    let mut asked = false;
    for clause in clauses(scan, run) {
        let bids = clause_bids(scan, &clause, &number);
        asked |= bids;
        if !bids && !is_polite(scan, &clause) && !says_number(scan, &clause, &number) {
            return false;
        }
    }
    asked
}

/// Where the number of an order stands behind its name: 'PO PI-60771'.
fn order_number(scan: &Scan<'_>, run: &Range<usize>) -> Range<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let names = words!("po order bestellung auftrag commande ordine pedido bestelling");
    let sign = |at: usize| words!("no nr n number numero nummer . : #").has(word(at));
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued);
    let behind = |name: usize| {
        let from = (name + 1..run.end).find(|at| !sign(*at)).unwrap_or(run.end);
        let end = (from + 1..run.end).find(|at| !glued(*at)).unwrap_or(run.end);
        let digits = (from..end).any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits));
        digits.then_some(from..end)
    };
    // 'A new order for us, PO number 4711'
    run.clone().filter(|at| names.has(word(*at))).find_map(behind).unwrap_or(0..0)
}

/// The parts of a sentence between its marks.
fn clauses(scan: &Scan<'_>, run: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = run.start;
    for at in run.clone() {
        let Some(token) = scan.token(at) else { continue };
        if token.is_any(",;:.!?()\u{2013}\u{2014}\u{bf}\u{a1}") || token.is('-') && !token.glued {
            parts.push(start..at);
            start = at + 1;
        }
    }
    parts.push(start..run.end);
    parts.retain(|part| !part.is_empty());
    parts
}

/// A greeting, thanks, or a name behind one.
fn is_polite(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    clause.clone().all(|at| {
        scan.token(at).is_none_or(|t| {
            t.kind == Kind::Mark
                || is_courtesy(&t.folded)
                || is_small(&t.folded)
                || pleads(&t.folded)
                || is_name(scan, at) && clause.len() <= 4
        })
    })
}

/// 'Our PO number RV-8841' and nothing else.
fn says_number(scan: &Scan<'_>, clause: &Range<usize>, number: &Range<usize>) -> bool {
    let names = words!(
        "po order bestellung bestell auftrag commande ordine pedido bestelling no nr n number numero nummer ref reference referenz our unsere notre          nostro nuestro onze"
    );
    !number.is_empty()
        && clause.start <= number.start
        && clause.clone().all(|at| {
            number.contains(&at)
                || scan.token(at).is_some_and(|t| t.kind == Kind::Mark || names.has(&t.folded))
        })
}

fn clause_bids(scan: &Scan<'_>, clause: &Range<usize>, number: &Range<usize>) -> bool {
    let word = |at: usize| {
        scan.token(at).filter(|t| t.kind == Kind::Word).map_or("", |t| t.folded.as_str())
    };
    let any = |is: fn(&str) -> bool| clause.clone().any(|at| is(word(at)));
    let named = |word: &str| {
        words!("po order orders list bestellung bestellungen auftrag liste commande commandes ordine ordini lista pedido pedidos bestelling lijst")
            .has(word)
    };
    // Items may be handled in many ways, an order in one.
    let object =
        clause.clone().any(|at| named(word(at))) || (any(is_order) || any(is_this)) && any(enters);
    let verb = any(enters) || any(sees_to);
    // 'Inserirlo', 'evaderla': the verb holds its object.
    let held = clause.clone().any(|at| enters(word(at)) && holds_object(word(at)));
    // 'Put these through'
    let through = clause.clone().any(|at| word(at) == "put")
        && clause.clone().any(|at| word(at) == "through");
    // 'Can you get these on the system'
    let placed = any(is_this) && any(|word| words!("system systeem sistema sap").has(word));
    if !(verb
        && (object || held || placed || through && any(is_this))
        && (any(pleads) || clause.clone().any(|at| asks_reader(scan, at))))
    {
        return false;
    }
    let mut at = clause.start;
    while at < clause.end {
        if let Some(end) = whom(scan, at, clause.end) {
            at = end;
            continue;
        }
        let known = word(at).is_empty()
            || number.contains(&at)
            || [enters, sees_to, is_order, is_this, pleads, is_reader, is_small, is_courtesy]
                .iter()
                .any(|is| is(word(at)))
            || asks_reader(scan, at)
            || word(at) == "out" && word(clause.start.max(at.saturating_sub(2))) == "sort";
        if !known {
            return false;
        }
        at += 1;
    }
    true
}

/// The end of 'for our Leeds site', 'für meinen Kollegen', 'under our account'.
fn whom(scan: &Scan<'_>, at: usize, end: usize) -> Option<usize> {
    let word = |at: usize| {
        scan.token(at).filter(|t| t.kind == Kind::Word).map_or("", |t| t.folded.as_str())
    };
    let leads = words!(
        "for under on onto into in against from of fur unter auf ins im von aus pour sous sur dans de du per sotto nel su di para bajo en voor onder van op"
    );
    let own = words!(
        "our my your his her their the unser unsere unseren unserem unserer mein meine meinen meinem meiner den dem das die der notre nos mon ma votre le la les \
         nostro nostra mio mia vostro il nuestro nuestra mi su el onze mijn jullie uw het"
    );
    if !leads.has(word(at)) || !own.has(word(at + 1)) {
        return None;
    }
    // Whose it is, is open; what is done in the book or the system, few words say.
    let purpose = words!("for fur pour per para voor").has(word(at))
        && !words!("your votre vostro su uw jullie").has(word(at + 1));
    let theirs = !purpose
        && words!("the den dem das die der le la les il el het your votre vostro su uw jullie")
            .has(word(at + 1));
    let joins = |at: usize| {
        scan.token(at).is_some_and(|t| t.is_any("'\u{2019}"))
            || words!("of von der des d de du des di del della dell van nos notre our unserer nostro nostra").has(word(at))
    };
    let names = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Word
                && !is_no_purpose(&t.folded)
                && !is_other_thing(&t.folded)
                && !is_time(&t.folded)
                && (!theirs || is_place(&t.folded))
        })
    };
    let last = (at + 2..end.min(at + 2 + WHOM)).take_while(|at| names(*at) || joins(*at)).last()?;
    Some(last + 1)
}

fn is_name(scan: &Scan<'_>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| {
        t.kind == Kind::Word
            && scan.words(t.span).starts_with(char::is_uppercase)
            && !crate::reading::text::lang::is_common(&t.folded)
    })
}

fn pleads(word: &str) -> bool {
    words!("please pls plz kindly bitte merci veuillez svp plait prego favore cortesemente pregasi graag gelieve aub alstublieft alsjeblieft favor prie prions priere")
        .has(word)
}

/// Whether the word there asks whether the other would: 'could' before 'you', or 'pourriez'.
fn asks_reader(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    words!(
        "konntest konntet kannst konnt konntst wurdest wurdet pourriez pouvez pourrais peux potete potreste potresti puoi \
         potrebbe podrian podria pueden puede puedes podeis podriais kun kunt"
    )
    .has(word(at))
        || words!("could can would konnten konnen wurden mogen zou zouden kunnen wil wilt willen").has(word(at))
            && words!("you sie u je jullie").has(word(at + 1))
}

/// Whom one asks.
fn is_reader(word: &str) -> bool {
    words!("you sie ihr du vous tu u je jullie").has(word)
}

/// Verbs that bring an order into a book.
fn enters(word: &str) -> bool {
    const OPEN: [&str; 10] = [
        "inserir",
        "registrar",
        "enregistr",
        "einbuch",
        "erfass",
        "eintrag",
        "einpfleg",
        "inbok",
        "invor",
        "tramit",
    ];
    OPEN.iter().any(|stem| word.starts_with(stem))
        || words!(
            "booked entered processed registered book enter process register key execute fulfil fulfill \
             buchen buche aufnehmen eingeben anlegen verbuchen bearbeiten ausfuhren ubernehmen auslosen \
             saisir saisissez traiter passer \
             caricare caricarci caricarmi caricarlo processare evadere evaderlo evaderla elaborare inserite inserisci \
             ingresar procesar introducir anotar boeken verwerken registreren"
        )
        .has(word)
}

/// 'Inserirlo', 'tramitarlo'.
fn holds_object(word: &str) -> bool {
    word.len() > 7 && (word.ends_with("lo") || word.ends_with("la") || word.ends_with("li"))
}

/// Verbs that see to a matter: which one must be said.
fn sees_to(word: &str) -> bool {
    words!(
        "noter notez notieren notiere notiert notare annotare anotar noteren noteer handle arrange sort take taking care see put place get through system \
         erledigen veranlassen kummern vous occuper charger prendre charge lancer donner suite \
         gestire occuparti occuparvene procedere gestionar encargarse regelen behandelen afhandelen plaatsen"
    )
    .has(word)
}

fn is_order(word: &str) -> bool {
    words!(
        "po order orders list items lines parts following below \
         bestellung bestellungen auftrag liste positionen artikel folgendes folgende folgenden untenstehende untenstehenden \
         commande commandes articles suivante suivantes suivants dessous \
         ordine ordini lista articoli seguente seguenti pedido pedidos siguiente siguientes \
         bestelling bestellingen lijst artikelen volgende onderstaande"
    )
    .has(word)
}

fn is_this(word: &str) -> bool {
    words!(
        "this these those them it dies diese diesen dieses das es sie ceci cela ca cette ces ce l \
         questo questa questi queste lo la este esta estos estas esto lo dit deze dat"
    )
    .has(word)
}

/// Small words that change nothing.
fn is_small(word: &str) -> bool {
    words!(
        "s in on into up for us me our my his her their the a an as it stands so just and simply straight directly with of order one through mind would be \
         fur uns mich mir meine meinen unsere unseren seine ihre die der das den so einfach direkt gleich wie steht ins im system ein auf \
         pour nous moi notre nos sa son leur la le les telle quelle tel quel comme en d de dans \
         ci mi per noi me nostro nostra il lo i gli le cosi come nel sistema suo loro al \
         nos nuestro nuestra el los para nosotros en sistema tal cual por \
         ons voor onze het de zo in \
         now one qui suit d jetzt nun maintenant ora further another new additional weitere weiteren weiteres neue neuen autre nouvelle nouveau nuovo altro ulteriore otro nuevo nieuwe"
    )
    .has(word)
}

/// Where an order is entered.
fn is_place(word: &str) -> bool {
    words!("system systems sap erp account order book books computer workshop site office team system systeme konto auftragsbuch werkstatt compte sistema conto cuenta rekening systeem account company firm colleague customer")
        .has(word)
}

/// Whatever is done then is not done now.
fn is_time(word: &str) -> bool {
    words!(
        "next last later week weeks weekend month months quarter year years spring summer autumn winter today tomorrow monday tuesday wednesday thursday friday \
         next nachste nachsten nachster woche wochen monat quartal jahr sommer morgen ende end prochaine prochain semaine mois trimestre annee fin demain \
         prossima prossimo settimana mese trimestre anno fine domani proxima proximo semana mes ano fin volgende week maand kwartaal jaar eind future zukunft meeting \
         discussion discuss only nur back off later stock service overhaul collection pickup visit"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn what_stands_beside_is_to_be_entered() {
        for (text, want) in [
            ("Could you book these in for us, please?", true),
            ("Could you please book his order as it stands?", true),
            ("Can you get these on the system for me please:", true),
            ("Can you get these for me please:", false),
            ("Can you get this order on the system for me please:", true),
            ("Please enter this under our Leeds account.", true),
            ("Pourriez-vous enregistrer la commande suivante ?", true),
            ("potresti inserirmi questo ordine?", true),
            ("¿Nos pueden registrar este pedido, por favor?", true),
            ("Kun je dit voor ons inboeken?", true),
            ("Könntest du das bitte für uns erfassen?", true),
            ("Könnt ihr folgende Bestellung für unsere Filiale Chur erfassen?", true),
            ("Could you book these in next week?", false),
            ("Could you book these in for our next visit?", false),
            ("Could you book these back in for us?", false),
            ("Could you book these out for us?", false),
            ("Could you enter this complaint for us?", false),
            ("Could you process this return, please?", false),
            ("Could you book these in for repair?", false),
            ("Could you register these for our inspection?", false),
            ("Could you enter these in the competition?", false),
            ("Could you sort this out, please?", false),
            ("Could you book these in once they arrive?", false),
            ("Please enter PO PI-60771:", true),
            ("Please now register one new order:", true),
            ("Merci d'enregistrer ce qui suit pour la révision de nos téléskis :", true),
            ("Please enter 12 of these:", false),
            ("Please enter this for the return of our tools:", false),
            ("Did you book these in for us?", false),
            ("Könntest du das bitte nicht erfassen?", false),
            ("Pourriez-vous enregistrer ceci comme devis ?", false),
        ] {
            let scan = Scan::whole(Part::Text, text);
            assert_eq!(asks_to_enter(&scan, 0..scan.tokens.len(), &[]), want, "{text}");
        }
    }
}
