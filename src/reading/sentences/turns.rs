//! Turns of speech whose words would say something elsewhere: 'sorry for the short notice' corrects
//! nothing, 'in case the file does not open' sets no condition.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use foldhash::HashMap;

use crate::reading::text::phrases::Phrases;
use crate::reading::text::{Scan, WordList, fold, fold_phrase, words};

/// Their words, parted by blanks as the tokens of a text are.
const TURNS: &[&str] = &[
    "me instead of to you",
    "me instead of you",
    "me and not to you",
    "mir statt ihnen",
    "mir statt an sie",
    "mir statt zu ihnen",
    "moi au lieu de vous",
    "moi au lieu d ' a vous",
    "me invece che a voi",
    "me anziche a voi",
    "cancello principale",
    "as well as",
    "along with",
    "put an order through",
    "put through an order",
    "en deux fois",
    "en trois fois",
    "en quatre fois",
    "in due volte",
    "in tre volte",
    "en dos veces",
    "en tres veces",
    "in twee keer",
    "in drie keer",
    "soit le",
    "soit pour le",
    "soit au plus tard le",
    "entro e non oltre",
    "e non oltre",
    "unless another date is given",
    "unless another date is stated",
    "unless another date is noted",
    "unless a different date is given",
    "unless other date is given",
    "sofern kein anderer termin angegeben ist",
    "sofern kein anderes datum angegeben ist",
    "wenn kein anderer termin angegeben ist",
    "wenn kein anderer termin steht",
    "falls kein anderer termin angegeben ist",
    "sauf autre date indiquee",
    "sauf si une autre date est indiquee",
    "salvo altra data indicata",
    "salvo diversa data",
    "salvo otra fecha indicada",
    "tenzij anders aangegeven",
    "where not stated otherwise",
    "where not otherwise stated",
    "if not stated otherwise",
    "unless noted",
    "sofern nichts anderes angegeben ist",
    "wo nichts anderes steht",
    "wo nicht anders vermerkt",
    "unless stated otherwise",
    "unless otherwise stated",
    "unless noted otherwise",
    "sofern nicht anders angegeben",
    "wenn nicht anders angegeben",
    "falls nicht anders angegeben",
    "wo nicht anders angegeben",
    "sauf indication contraire",
    "sauf mention contraire",
    "salvo diversa indicazione",
    "salvo indicazione contraria",
    "salvo indicacion contraria",
    "tenzij anders vermeld",
    "if anything is not readable",
    "if anything cannot be read",
    "si quelque chose n ' est pas lisible",
    "si quelque chose n ' est pas clair",
    "se qualcosa non e leggibile",
    "se qualcosa non fosse leggibile",
    "se qualcosa non e chiaro",
    "come sempre franco",
    "come sempre da consegnare in",
    "come sempre da consegnare presso",
    "come sempre presso",
    "while i am at it",
    "while we are at it",
    "while i ' m at it",
    "goods - in",
    "cost centre",
    "cost center",
    "if you could get them here",
    "in case you cannot open the file",
    "in case you cannot open it",
    "falls sich die datei nicht offnen lasst",
    "falls die datei nicht aufgeht",
    "au cas ou le fichier ne s ' ouvre pas",
    "nel caso il file non si apra",
    "by return",
    "by return of post",
    "par retour de courrier",
    "par retour",
    "a giro di posta",
    "by return mail",
    "sorry to bother you",
    "sorry for bothering you",
    "excuse my english",
    "sorry for my english",
    "sorry about my english",
    "pardon pour le retard",
    "desole pour le retard",
    "desole pour la commande tardive",
    "scusate il ritardo",
    "scusate per il ritardo",
];

/// Turns with words that may stand for one another, parted by bars; an empty one may be left out.
const FRAMES: &[&[&str]] = &[
    &[
        "vi confermo|vi confermiamo|le confermo|le confermiamo",
        "il seguente ordine|l ' ordine seguente",
    ],
    &["je vous confirme|nous vous confirmons", "la commande suivante"],
    &[
        "wir bestatigen|ich bestatige",
        "|ihnen",
        "|hiermit",
        "folgende bestellung|die folgende bestellung",
    ],
    &["we|i", "|hereby", "confirm", "the following order"],
    &[
        "same",
        "place|address|delivery address|terms|conditions|gate|carrier|procedure",
        "as",
        "last time|before|always|usual|ever|the last time",
    ],
    &[
        "we do not need|we don ' t need|we do not want|we will not need|i do not need|i don ' t need",
        "everything|all of it|all of them|all the items|all items",
        "from it|on it|in it|of it|from the quotation|on the quotation|in the quotation|from your quotation|from the offer",
    ],
    &[
        "wir brauchen|wir benotigen|ich brauche",
        "nicht alles",
        "davon|daraus|aus dem angebot|aus der offerte",
    ],
    &[
        "|gleiche",
        "adresse|lieferadresse|anschrift|konditionen|bedingungen",
        "wie",
        "letztes mal|beim letzten mal|immer|gehabt|bisher|ublich",
    ],
    &[
        "meme adresse|meme lieu|memes conditions",
        "que d ' habitude|que la derniere fois|qu ' avant|que toujours",
    ],
    &["stesso indirizzo|stesso posto", "di sempre|dell ' ultima volta|come sempre|come al solito"],
    &["misma direccion", "de siempre|que siempre|que la ultima vez"],
    &["zelfde adres als", "altijd|vorige keer"],
    &[
        "the rest|everything else|the others|the other lines|the other items",
        "is|are|stays|stay|remains|remain|",
        "as above|as ordered above|as listed above|as stated above",
    ],
    &[
        "der rest|alles andere|die anderen positionen|die ubrigen positionen",
        "ist|bleibt|bleiben|",
        "wie oben",
    ],
    &["le reste|tout le reste", "est|reste|", "comme ci - dessus"],
    &["il resto|tutto il resto", "e|resta|rimane|", "come sopra"],
    &["el resto", "es|sigue|queda|", "como arriba"],
    &["de rest", "is|blijft|", "zoals hierboven"],
    &["il|del|al|dal", "cancello"],
    &["falls|wenn", "etwas", "nicht lesbar|unklar", "ist"],
    &["if", "it|they", "could", "be here|arrive|be delivered"],
    &["in case", "the file|the attachment", "does not open|cannot be opened|can ' t be opened"],
    &["no signature", "|is", "required|needed|necessary"],
    &["keine unterschrift", "|ist", "erforderlich|notig|notwendig"],
    &["copy|kopie|copie|copia", "to|an|a|per|pour", "me|myself|mich|moi"],
    &["do not|don ' t|not to", "print|print out"],
    &["nicht", "drucken|ausdrucken|zu drucken"],
    &["ne pas|de ne pas", "imprimer|l ' imprimer"],
    &["non|di non", "stampare|stampate"],
    &["niet", "printen|afdrukken"],
    &["you have received", "a|an", "|new", "purchase order|order"],
    &["sie haben eine", "|neue", "bestellung", "erhalten"],
    &["vous avez recu une", "|nouvelle", "commande"],
    &["avete ricevuto un|ha ricevuto un", "|nuovo", "ordine"],
    &["quote", "our|this|the|", "reference|ref|order number|order no|po|number"],
    &[
        "sorry for",
        "the",
        "short notice|early mail|early message|late mail|late message|long mail|late order|rush|inconvenience|delay",
    ],
    &[
        "that ' s|that is|thats|this is",
        "all|it",
        "for",
        "this time|now|today|the moment|this week",
    ],
    &[
        "das ist|das war ' s|das ware|das war|das waren",
        "alles|",
        "fur",
        "diesmal|heute|dieses mal|jetzt|den moment",
    ],
    &[
        "c ' est|ce sera|voila",
        "tout",
        "pour",
        "cette fois|aujourd ' hui|l ' instant|le moment|cette fois - ci",
    ],
    &["e|questo e", "tutto", "per", "questa volta|oggi|ora|adesso|il momento"],
    &[
        "in attesa di|in attesa della",
        "|una",
        "|vostra|sua|tua|cortese|gentile|vs .",
        "|cortese|gentile",
        "conferma|risposta|riscontro",
    ],
    &[
        "in attesa di|in attesa del",
        "|un",
        "|vostro|suo|tuo|cortese|gentile|vs .",
        "|cortese|gentile",
        "riscontro",
    ],
    &["no matter|regardless of", "what it costs|the cost|the costs"],
    &["hat|haben|ist|sind", "keine eile|nicht eilig"],
    &["n ' est|ne sont|n ' a|n ' ont", "pas presse|pas pressee|pas urgent|aucune urgence"],
    &["non ha|non hanno|non c ' e", "fretta|urgenza"],
    &[
        "meta",
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|mese|settimana",
    ],
    &["in", "no hurry|no rush"],
    &[
        "no rush|no hurry",
        "with|for|on",
        "the|your",
        "paperwork|papers|invoice|confirmation|order confirmation",
    ],
    &[
        "sorry for|sorry about|please excuse|excuse|pardon pour|desole pour|scusate|scusi|entschuldigung fur",
        "|the|any|my|les|gli|eventuali|mogliche",
        "typos|typing errors|spelling|brevity|fautes|fautes de frappe|errori|refusi|tippfehler",
    ],
    &[
        "scusate|scusi|scusa|ci scusiamo per|mi scuso per",
        "il|per il",
        "poco preavviso|breve preavviso|disturbo",
    ],
    &[
        "no",
        "|separate|further|extra|paper",
        "po|purchase order|order",
        "|will",
        "follow|follows|be sent",
    ],
    &["and|und|et|e|", "not|nicht|pas|non", "loose|lose|en vrac|sfusi|sfuso"],
    &[
        "please|bitte|merci de|si prega di",
        "|do",
        "not print|nicht drucken|nicht ausdrucken|ne pas imprimer|non stampare",
    ],
    &["egal", "was es kostet|wie teuer"],
    &["no|kein|keinen|pas de|nessuno|zero", "stress|rush|hurry|pressure|druck|panik|panic|urgence"],
    &["if", "you please|the computer asks|anybody asks|anyone asks"],
    &[
        "koste es was es wolle|koste es , was es wolle|peu importe le prix|quel qu ' en soit le prix|costi quel che costi|cueste lo que cueste|ongeacht de kosten|whatever it costs",
    ],
];

/// All of them.
pub(crate) static ALL: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut turns: Vec<String> = TURNS.iter().map(|turn| (*turn).to_owned()).collect();
    for frame in FRAMES {
        let mut made = vec![String::new()];
        for slot in *frame {
            let longer = |begun: &String| -> Vec<String> {
                let words = slot.split('|');
                words.map(|words| format!("{begun} {words}").trim().to_owned()).collect()
            };
            made = made.iter().flat_map(longer).collect();
        }
        turns.extend(made);
    }
    turns
});

// The patterns are plain strings; building fails only for absurd sizes.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let patterns = ALL.iter().map(|turn| format!(" {} ", fold_phrase(turn)));
    let builder = &mut AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest).prefilter(false).build(patterns).ok()
});

/// By their first words.
static BY_FIRST: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut turns: HashMap<String, Vec<Vec<String>>> = HashMap::default();
    for turn in ALL.iter() {
        let words: Vec<String> = turn.split(' ').map(fold).collect();
        if let Some(first) = words.first().cloned() {
            turns.entry(first).or_default().push(words);
        }
    }
    turns
});

/// Folded words in which 'quote' asks for no price: 'please quote DP0088 on the delivery note'.
pub(crate) fn cited(padded: &str) -> Cow<'_, str> {
    const REACH: usize = 9;
    let Some(at) = padded.find(" quote ") else { return Cow::Borrowed(padded) };
    let (before, behind) = (padded.get(..at), padded.get(at + " quote".len()..));
    let (Some(before), Some(behind)) = (before, behind) else { return Cow::Borrowed(padded) };
    let words: Vec<&str> = behind.split_whitespace().take(REACH + 5).collect();
    let on = words.iter().take(REACH).position(|word| matches!(*word, "on" | "in"));
    let told = on.is_some_and(|on| {
        let named = words.iter().take(on).any(|word| {
            word.contains(|c: char| c.is_ascii_digit())
                || matches!(*word, "number" | "no" | "ref" | "reference" | "po" | "it" | "this")
        });
        let paper = |word: &&str| {
            matches!(
                *word,
                "note"
                    | "notes"
                    | "invoice"
                    | "invoices"
                    | "paperwork"
                    | "document"
                    | "documents"
                    | "correspondence"
                    | "label"
                    | "labels"
                    | "parcel"
                    | "parcels"
                    | "paper"
                    | "papers"
                    | "docket"
            )
        };
        named && words.iter().skip(on).take(5).any(paper)
    });
    if told { Cow::Owned(format!("{before} state{behind}")) } else { Cow::Borrowed(padded) }
}

/// Folded words without 'if anything does not load', where that is when the reader shall call: it
/// sets no condition to the goods.
pub(crate) fn untroubled(padded: &str) -> Cow<'_, str> {
    let Some(turn) = TROUBLES.find(padded) else { return Cow::Borrowed(padded) };
    let calls = padded.split(' ').any(|word| CALLS.has(word));
    let (Some(before), Some(behind)) = (padded.get(..turn.start), padded.get(turn.end..)) else {
        return Cow::Borrowed(padded);
    };
    if !calls {
        return Cow::Borrowed(padded);
    }
    let ends =
        [" , ", " . ", " ; ", " : ", " ! "].iter().filter_map(|mark| behind.find(mark)).min();
    let rest = ends.and_then(|end| behind.get(end..)).unwrap_or(" ");
    Cow::Owned(format!("{before} _{rest}"))
}

static TROUBLES: Phrases = Phrases::whole(&[
    "if anything",
    "if something",
    "should anything",
    "falls etwas",
    "wenn etwas",
    "sollte etwas",
    "falls was",
    "wenn was",
    "si quelque chose",
    "se qualcosa",
    "si algo",
    "als er iets",
    "als iets",
]);

static CALLS: WordList = WordList::new(
    "shout call ring phone tell know write email mail message text ask contact touch bescheid melden melde meldet \
     anrufen anruf rufen ruf schreiben schreibt sagen dites prevenez avertissez contactez appelez ecrivez signe fatemi \
     ditemi avvisate avvisatemi scrivete chiamate chiamatemi contattate avisen avisenme llamen escriban weten bel bellen",
);

/// Folded words without them; a blank stands before and behind each word.
pub(crate) fn without(padded: &str) -> Cow<'_, str> {
    let Some(finder) = FINDER.as_ref() else { return Cow::Borrowed(padded) };
    let mut bare = String::new();
    let mut from = 0;
    for turn in finder.find_iter(padded) {
        bare.push_str(padded.get(from..turn.start()).unwrap_or_default());
        from = turn.end() - 1;
    }
    if from == 0 {
        return Cow::Borrowed(padded);
    }
    bare.push_str(padded.get(from..).unwrap_or_default());
    Cow::Owned(bare)
}

/// Where the one ends that begins at a token.
pub(crate) fn end_at(scan: &Scan<'_>, at: usize, end: usize) -> Option<usize> {
    let word = |at: usize| scan.token(at).filter(|_| at < end).map(|t| t.folded.as_str());
    let turns = BY_FIRST.get(word(at)?)?;
    let said = |turn: &&Vec<String>| {
        (at..).zip(turn.iter()).all(|(at, said)| word(at) == Some(said.as_str()))
    };
    turns.iter().filter(said).map(|turn| at + turn.len()).max()
}

/// 'Unser Wareneingang ist bis 11 Uhr offen' speaks of a place, where 'Wareneingang:' heads a list of
/// what came.
pub(crate) fn place_not_list(folded: Cow<'_, str>) -> Cow<'_, str> {
    const LEADS: [&str; 9] =
        ["unser", "unserem", "unseren", "im", "am", "beim", "der", "den", "zum"];
    if !folded.contains("wareneingang") {
        return folded;
    }
    let place = |said: String, lead: &&str| {
        said.replace(&format!("{lead} wareneingang "), &format!("{lead} lager "))
    };
    Cow::Owned(LEADS.iter().fold(folded.into_owned(), place))
}

/// Where 'as always' ends before a place: 'wie immer in die Werkstatt' says where goods go.
pub(crate) fn ever_to_place(scan: &Scan<'_>, at: usize, end: usize) -> Option<usize> {
    const EVER: [&[&str]; 12] = [
        &["as", "always"],
        &["as", "usual"],
        &["wie", "immer"],
        &["wie", "ublich"],
        &["wie", "gewohnt"],
        &["comme", "toujours"],
        &["comme", "d", "'", "habitude"],
        &["come", "sempre"],
        &["come", "al", "solito"],
        &["como", "siempre"],
        &["zoals", "altijd"],
        &["zoals", "gewoonlijk"],
    ];
    let word = |at: usize| scan.token(at).filter(|_| at < end).map_or("", |t| t.folded.as_str());
    let said = |turn: &&&[&str]| {
        (at..).zip(turn.iter()).all(|(at, said)| match *said {
            "'" => matches!(word(at), "'" | "\u{2019}"),
            said => word(at) == said,
        })
    };
    let behind = at + EVER.iter().find(said)?.len();
    let leads = words!(
        "to at into in an ans nach zu zur zum ins a au aux chez presso al alla en naar bij aan op"
    );
    leads.has(word(behind)).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::Scan;
    use crate::reading::types::Part;

    #[test]
    fn they_are_taken_out_and_all_else_stays() {
        assert_eq!(without(" send 5 "), " send 5 ");
        assert_eq!(without(" sorry for the rush send 5 "), " send 5 ");
        let scan = Scan::whole(Part::Text, "Again in case the file does not open.");
        assert_eq!(end_at(&scan, 1, scan.tokens.len()), Some(scan.tokens.len() - 1));
        assert_eq!(end_at(&scan, 1, 4), None);
        assert_eq!(end_at(&scan, 0, scan.tokens.len()), None);
    }
}
