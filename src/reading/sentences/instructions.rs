//! Sentences that ask for what stands below or beside them to be taken as an order: 'could you put
//! this one through for us', 'bitte als unsere Bestellung behandeln'; and those that tell how it came
//! to the wrong person: 'Jens sent this to me by mistake'.
//!
//! Each word of such a sentence must be known to say nothing else, as in `asides`.

use std::ops::Range;

use super::accounts::is_courtesy;
use super::closed::{ARTICLES, Closed, Marks, OURS, has};
use crate::reading::prose::mentions::{Mention, within};
use crate::reading::text::{Kind, Scan, WordList, words};

/// Most words of one.
const MOST: usize = 22;

/// It is asked to be done.
static PLEA: Closed = Closed {
    needs: &[PLEADS, ACTS],
    beside: &[ASKS_POLITELY, NAMES, ARTICLES, OURS],
    marks: Marks::AllBut(""),
    ..Closed::STATEMENT
};

/// A mail went to somebody else first.
static ASTRAY: Closed =
    Closed { beside: &[ME, ADDRESS, WRONG, OF_MAIL, JOINS, ARTICLES, OURS], ..Closed::STATEMENT };

/// Whether a sentence asks for what it comes with to be done, and says nothing else.
pub(crate) fn bids(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let asks = tokens.iter().any(|t| t.is('?'));
    is_short(scan, &run, found)
        && (!asks || has(tokens, ASKS_POLITELY))
        && PLEA.is_said_with(tokens, |at| is_for_someone(scan, &run, run.start + at))
}

/// What was wrong with the way of a mail.
static WRONG: &WordList = words!(
    "mistake accident accidentally mistakenly wrong wrongly old versehentlich versehen irrtumlich irrtumlicherweise falsch falsche falschen \
     alte alten erreur mauvaise ancienne sbaglio errore vecchio sbagliato"
);

/// The first word of what says that it should have gone to us.
static INSTEAD: &WordList = words!("instead statt anstatt au invece rather");

/// Whether a sentence only tells that the mail went to somebody else first.
pub(crate) fn went_astray(scan: &Scan<'_>, run: Range<usize>, found: &[Mention]) -> bool {
    let said = |at: usize, list: &WordList| scan.token(at).is_some_and(|t| list.has(&t.folded));
    let astray = |at: usize| said(at, WRONG) || said(at, INSTEAD);
    if !is_short(scan, &run, found) || !run.clone().any(astray) {
        return false;
    }
    let to_you = [
        "instead of to you",
        "instead of you",
        "instead of yours",
        "statt zu ihnen",
        "statt an sie",
        "statt bei ihnen",
        "anstatt zu ihnen",
        "au lieu de vous",
        "au lieu d ' a vous",
        "invece che a voi",
        "invece di voi",
        "rather than you",
        "rather than to you",
    ];
    let rest = to_you.iter().fold(scan.padded(run.clone()), |said, turn| {
        said.replace(&format!(" {turn} "), " _instead ")
    });
    let has = |list: &WordList| rest.split_whitespace().any(|word| list.has(word));
    let you = words!("you yours sie ihnen vous voi vi le");
    let wrong = has(WRONG) || rest.contains(" _instead ");
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    (has(ME) || has(ADDRESS))
        && wrong
        && !has(you)
        && ASTRAY.is_said_with(tokens, |at| is_for_someone(scan, &run, run.start + at))
}

fn is_short(scan: &Scan<'_>, run: &Range<usize>, found: &[Mention]) -> bool {
    let words = run.clone().filter(|at| scan.token(*at).is_some_and(|t| t.kind == Kind::Word));
    let digits = run.clone().any(|at| scan.token(at).is_some_and(|t| t.kind == Kind::Digits));
    // 'This one' counts nothing.
    let one = |m: &Mention| {
        m.tokens.len() == 1 && scan.token(m.tokens.start).is_some_and(|t| t.folded == "one")
    };
    !digits && within(found, run).iter().all(one) && words.count() <= MOST
}

/// Whether a word greets, or is the name of a person who is greeted or begins the sentence.
fn is_for_someone(scan: &Scan<'_>, run: &Range<usize>, at: usize) -> bool {
    scan.token(at).is_some_and(|t| is_courtesy(&t.folded)) || is_name(scan, run, at)
}

fn is_name(scan: &Scan<'_>, run: &Range<usize>, at: usize) -> bool {
    let capital = |at: usize| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Word
                && scan.words(t.span).starts_with(char::is_uppercase)
                && !crate::reading::text::lang::is_common(&t.folded)
        })
    };
    let before = at.checked_sub(1).filter(|before| run.contains(before));
    let led = before.and_then(|before| scan.token(before)).is_none_or(|t| {
        is_courtesy(&t.folded)
            || t.is(',')
            || words!("colleague kollege kollegin collegue collega").has(&t.folded)
    });
    capital(at) && (led || before.is_some_and(capital))
}

static PLEADS: &WordList = words!(
    "please pls plz kindly \
     bitte \
     merci veuillez svp \
     prego favore cortesemente pregasi \
     favor \
     graag gelieve aub"
);

/// What is done with an order.
static ACTS: &WordList = words!(
    "process handle place book enter execute action arrange fulfil fulfill deliver supply ship proceed put take treat consider deal register \
     go carry accept use \
     bearbeiten ausfuhren erledigen erfassen bestellen liefern ausliefern ubernehmen umsetzen behandeln aufnehmen einbuchen buchen veranlassen anlegen \
     betrachten ansehen weiterbearbeiten verwenden \
     traiter livrer executer enregistrer saisir prendre considerer donner \
     evadere elaborare processare registrare inserire procedere considerare gestire trattare evaderlo evaderla trattarlo \
     tramitar procesar gestionar \
     verwerken uitvoeren behandelen boeken leveren"
);

static ASKS_POLITELY: &WordList = words!(
    "could can would you \
     konnten konntet kannst konnt magst mogen wurden wurdest sie ihr du \
     pourriez pouvez vous \
     potete potreste puoi \
     podrian pueden \
     kunt u jullie"
);

/// What is meant by it, and for whom it is.
static NAMES: &WordList = words!(
    "only it this that we us for as order purchase site one find request below above attached stands is from by and so just simply through ahead with care out \
     new regular official on behalf written forwarded mail message email workshop colleague office team purchasing department production \
     nur diese dieses dies es so als bestellung auftrag wie unten untenstehende untenstehenden folgende folgenden \
     anbei angehangte weitergeleitete fur uns und einfach direkt steht aus werkstatt kollegen kollege kollegin abteilung beschrieben \
     ci dessous cette ce comme commande telle quelle tel quel et compte en suite pour nous c est atelier collegue jointe \
     questo questa qui sotto come ordine e per noi cosi collega officina allegato allegata inoltrato \
     pedido este como abajo \
     deze bestelling als hieronder zo voor"
);

static ME: &WordList = words!("me mir mich moi inbox posteingang spam");

static ADDRESS: &WordList = words!("address adresse mailadresse indirizzo");

/// How a mail goes its way.
static OF_MAIL: &WordList = words!(
    "sent send went came come landed ended up arrived got reached forwarded mailed emailed addressed used using has had was have mail message email e \
     order request colleague workshop office inbox folder your old only again here forwarding passing on myself directly \
     mail nachricht bestellung kam kamen ging gegangen gekommen gelandet landete geschickt gesendet hat hatte wurde ist war an bei eure ihre \
     kollege kollegin kollegen werkstatt verwendet benutzt nochmals hier deshalb daher leite weiter ich \
     message courriel commande arrive arrivee envoye envoyee adresse utilise collegue atelier chez a ete est votre \
     messaggio mail ordine arrivato arrivata mandato mandata inviato inviata usato collega officina e stato stata a vostro"
);

static JOINS: &WordList = words!(
    "this it to with me my by in into from and so instead you i am is wrong person one also just \
     diese dieses zu mir mich in im aus meinem meine mein und so es statt bei ihnen sie per \
     ce cette cela par dans ma mon et m s au lieu vous qui que \
     questo questa per mia mio nella e mi me che invece voi casella"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn scan(text: &str) -> Scan<'_> {
        Scan::whole(Part::Text, text)
    }

    #[test]
    fn what_is_passed_on_is_to_be_done() {
        for (text, want) in [
            ("Please process it as our order, as it stands.", true),
            ("Sandra, could you please put this one through for us?", true),
            ("Bitte als unsere Bestellung behandeln.", true),
            ("Please use only this one:", true),
            ("Please use this only as a quotation.", false),
            ("Merci de traiter cette commande.", true),
            ("Please process it as a quotation.", false),
            ("Please do not process this.", false),
            ("Please put this on hold.", false),
            ("Please process it again.", false),
            ("Please process it if you can.", false),
            ("Please take 5 of these.", false),
            ("Can you take this back?", false),
        ] {
            let scan = scan(text);
            assert_eq!(bids(&scan, 0..scan.tokens.len(), &[]), want, "{text}");
        }
    }

    #[test]
    fn it_went_to_somebody_else_first() {
        for (text, want) in [
            ("Jens sent this to me by mistake.", true),
            ("This landed with me instead of you.", true),
            ("Diese Mail kam versehentlich zu mir.", true),
            ("I sent you this order by mistake.", false),
            ("This order was a mistake.", false),
            ("My order went to you by mistake.", false),
            ("You sent these to me by mistake.", false),
        ] {
            let scan = scan(text);
            assert_eq!(went_astray(&scan, 0..scan.tokens.len(), &[]), want, "{text}");
        }
    }
}
