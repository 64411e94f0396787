//! What an answer to an offer says of the goods that are missing: that they are not wanted any more,
//! or are to follow.

use super::NOT;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::words;

/// Words for what is missing.
pub(crate) static RESTS: Phrases = Phrases::whole(&[
    "rest",
    "remaining",
    "remainder",
    "balance",
    "missing",
    "reste",
    "solde",
    "resto",
    "fehlende",
    "fehlenden",
    "ubrigen",
    "rimanente",
    "rimanenti",
    "restliche",
    "restlichen",
    "manquantes",
    "manquants",
    "mancanti",
]);

/// Other words for it.
static OTHERS: Phrases = Phrases::whole(&[
    "the others",
    "the other",
    "the last one",
    "the last piece",
    "das letzte stuck",
    "la derniere piece",
    "l ' ultimo pezzo",
    "die anderen",
    "die ubrigen",
    "les autres",
    "gli altri",
    "le altre",
    "los demas",
    "las demas",
    "los otros",
    "de andere",
]);

/// That it is not needed.
static NEEDLESS: Phrases = Phrases::whole(&[
    "not needed",
    "no longer needed",
    "not required",
    "no longer required",
    "not necessary",
    "not be needed",
    "isn ' t needed",
    "aren ' t needed",
    "do not need",
    "don ' t need",
    "dont need",
    "no longer need",
    "won ' t need",
    "will not need",
    "no need",
    "nicht benotigt",
    "nicht mehr benotigt",
    "nicht gebraucht",
    "nicht mehr gebraucht",
    "nicht notig",
    "nicht mehr notig",
    "nicht erforderlich",
    "brauchen wir nicht",
    "brauchen wir dann nicht",
    "benotigen wir nicht",
    "brauche ich nicht",
    "n ' est pas necessaire",
    "n ' est plus necessaire",
    "ne sont pas necessaires",
    "ne sont plus necessaires",
    "pas besoin",
    "plus besoin",
    "inutile",
    "non serve",
    "non servono",
    "non ci serve",
    "non ci servono",
    "non mi serve",
    "non mi servono",
    "non occorre",
    "non occorrono",
    "no hace falta",
    "no hacen falta",
    "no necesitamos",
    "niet nodig",
    "niet meer nodig",
    "hat sich erledigt",
    "haben sich erledigt",
    "ist erledigt",
    "hoeft niet",
    "hoeven niet",
    "hoef ik niet",
    "hoeven we niet",
    "tant pis pour",
    "pazienza per",
    "never mind",
    "don ' t bother",
    "dont bother",
    "can do without",
    "can live without",
    "geschenkt",
    "elsewhere",
    "anderweitig",
    "woanders",
    "ailleurs",
    "altrove",
    "elders",
]);

/// That it is given up.
static DROPS: Phrases = Phrases::whole(&[
    "cancel",
    "cancelled",
    "canceled",
    "forget",
    "drop",
    "leave out",
    "strike",
    "strike off",
    "cross out",
    "be left out",
    "stornieren",
    "streichen",
    "streicht",
    "gestrichen",
    "verzichten",
    "renoncons",
    "rinunciamo",
    "weggelassen",
    "geloscht",
    "annulliert",
    "streich",
    "storniert",
    "vergesst",
    "vergiss",
    "lasst weg",
    "entfallen",
    "entfallt",
    "weglassen",
    "fallt weg",
    "vergessen",
    "annuler",
    "annulez",
    "annule",
    "oubliez",
    "oublie",
    "oublions",
    "annullatelo",
    "annullatela",
    "laissez tomber",
    "laisse tomber",
    "laissons tomber",
    "lasciamo perdere",
    "annullare",
    "annullate",
    "lasciate perdere",
    "lasciate stare",
    "dimenticate",
    "cancelar",
    "cancelen",
    "anular",
    "anulen",
    "annuleren",
    "vervallen",
]);

/// That it is wanted all the same, or only not yet.
static LATER: Phrases = Phrases::whole(&[
    "dringend",
    "eilig",
    "sofort",
    "unbedingt",
    "urgent",
    "immediately",
    "straight",
    "wait",
    "later",
    "yet",
    "now",
    "moment",
    "today",
    "week",
    "weeks",
    "before",
    "until",
    "till",
    "when",
    "if",
    "soon",
    "first",
    "warten",
    "spater",
    "noch",
    "jetzt",
    "momentan",
    "derzeit",
    "vorerst",
    "heute",
    "woche",
    "wochen",
    "bis",
    "vor",
    "wenn",
    "sobald",
    "attendre",
    "tard",
    "maintenant",
    "instant",
    "semaine",
    "semaines",
    "avant",
    "quand",
    "si",
    "aspettare",
    "aspettiamo",
    "dopo",
    "ora",
    "adesso",
    "subito",
    "settimana",
    "settimane",
    "prima",
    "quando",
    "se",
    "despues",
    "ahora",
    "antes",
    "cuando",
    "later",
    "nu",
    "nog",
    "als",
]);

/// That it is to come.
pub(crate) static SENDS: Phrases = Phrases::whole(&[
    "deliver",
    "send",
    "ship",
    "follow",
    "liefern",
    "senden",
    "schicken",
    "nachliefern",
    "folgen",
    "livrer",
    "livrez",
    "envoyer",
    "envoyez",
    "spedite",
    "mandate",
]);

/// Whether a sentence gives up what is missing: it is neither wanted later nor waited for.
pub(crate) fn gives_up(padded: &str) -> bool {
    // 'Send what you have and forget about the rest'
    static JOINED: Phrases = Phrases::whole(&["and", "und", "et", "e", "ed", "y", "en"]);
    let joined: &[&str] = &[" and ", " und ", " et ", " e ", " ed ", " y ", " en "];
    let joined = if JOINED.are_in(padded) { joined } else { &[] };
    let parted = joined.iter().fold(padded.to_owned(), |said, join| said.replace(join, " , "));
    // 'The 3 others'
    let bare = |clause: &str| {
        let words = clause.split_whitespace();
        words.filter(|w| !w.starts_with(|c: char| c.is_ascii_digit())).collect::<Vec<_>>().join(" ")
    };
    let mut clauses = parted.split(" , ").map(|clause| format!(" {} ", bare(clause)));
    // 'Den Rest brauchen wir dieses Jahr nicht mehr'
    let unneeded = |clause: &str| {
        let mut words = clause.split(' ');
        words.any(|w| words!("brauchen brauche benotigen benotige").has(w))
            && words.any(|w| w == "nicht")
            && words.next().is_none_or(|w| words!("mehr . !").has(w) || w.is_empty())
    };
    let told = |clause: &str| {
        let denies = || clause.split(' ').any(|word| NOT.contains(&word));
        (RESTS.are_in(clause) || OTHERS.are_in(clause))
            && (NEEDLESS.are_in(clause) || unneeded(clause) || DROPS.are_in(clause) && !denies())
    };
    // What is sent stands before what is given up.
    let given_up = clauses.find(|clause| told(clause));
    let rest = given_up.into_iter().chain(clauses);
    let mut rest = rest.peekable();
    rest.peek().is_some() && !LATER.are_in(padded) && !rest.any(|clause| SENDS.are_in(&clause))
}
