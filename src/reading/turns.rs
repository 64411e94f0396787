//! Turns of speech whose words would say something elsewhere: 'sorry for the short notice' corrects
//! nothing, 'in case the file does not open' sets no condition.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use foldhash::HashMap;

use super::text::{Scan, WordList, fold, fold_phrase};

/// Their words, parted by blanks as the tokens of a text are.
pub(super) const TURNS: &[&str] = &[
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
    "same place as last time",
    "same place as before",
    "same place as always",
    "same place as usual",
    "same place as ever",
    "same place as the last time",
    "same address as last time",
    "same address as before",
    "same address as always",
    "same address as usual",
    "same address as ever",
    "same address as the last time",
    "same delivery address as last time",
    "same delivery address as before",
    "same delivery address as always",
    "same delivery address as usual",
    "same delivery address as ever",
    "same delivery address as the last time",
    "same terms as last time",
    "same terms as before",
    "same terms as always",
    "same terms as usual",
    "same terms as ever",
    "same terms as the last time",
    "same conditions as last time",
    "same conditions as before",
    "same conditions as always",
    "same conditions as usual",
    "same conditions as ever",
    "same conditions as the last time",
    "same gate as last time",
    "same gate as before",
    "same gate as always",
    "same gate as usual",
    "same gate as ever",
    "same gate as the last time",
    "same carrier as last time",
    "same carrier as before",
    "same carrier as always",
    "same carrier as usual",
    "same carrier as ever",
    "same carrier as the last time",
    "same procedure as last time",
    "same procedure as before",
    "same procedure as always",
    "same procedure as usual",
    "same procedure as ever",
    "same procedure as the last time",
    "gleiche adresse wie letztes mal",
    "adresse wie letztes mal",
    "gleiche adresse wie beim letzten mal",
    "adresse wie beim letzten mal",
    "gleiche adresse wie immer",
    "adresse wie immer",
    "gleiche adresse wie gehabt",
    "adresse wie gehabt",
    "gleiche adresse wie bisher",
    "adresse wie bisher",
    "gleiche adresse wie ublich",
    "adresse wie ublich",
    "gleiche lieferadresse wie letztes mal",
    "lieferadresse wie letztes mal",
    "gleiche lieferadresse wie beim letzten mal",
    "lieferadresse wie beim letzten mal",
    "gleiche lieferadresse wie immer",
    "lieferadresse wie immer",
    "gleiche lieferadresse wie gehabt",
    "lieferadresse wie gehabt",
    "gleiche lieferadresse wie bisher",
    "lieferadresse wie bisher",
    "gleiche lieferadresse wie ublich",
    "lieferadresse wie ublich",
    "gleiche anschrift wie letztes mal",
    "anschrift wie letztes mal",
    "gleiche anschrift wie beim letzten mal",
    "anschrift wie beim letzten mal",
    "gleiche anschrift wie immer",
    "anschrift wie immer",
    "gleiche anschrift wie gehabt",
    "anschrift wie gehabt",
    "gleiche anschrift wie bisher",
    "anschrift wie bisher",
    "gleiche anschrift wie ublich",
    "anschrift wie ublich",
    "gleiche konditionen wie letztes mal",
    "konditionen wie letztes mal",
    "gleiche konditionen wie beim letzten mal",
    "konditionen wie beim letzten mal",
    "gleiche konditionen wie immer",
    "konditionen wie immer",
    "gleiche konditionen wie gehabt",
    "konditionen wie gehabt",
    "gleiche konditionen wie bisher",
    "konditionen wie bisher",
    "gleiche konditionen wie ublich",
    "konditionen wie ublich",
    "gleiche bedingungen wie letztes mal",
    "bedingungen wie letztes mal",
    "gleiche bedingungen wie beim letzten mal",
    "bedingungen wie beim letzten mal",
    "gleiche bedingungen wie immer",
    "bedingungen wie immer",
    "gleiche bedingungen wie gehabt",
    "bedingungen wie gehabt",
    "gleiche bedingungen wie bisher",
    "bedingungen wie bisher",
    "gleiche bedingungen wie ublich",
    "bedingungen wie ublich",
    "meme adresse que d ' habitude",
    "meme adresse que la derniere fois",
    "meme adresse qu ' avant",
    "meme adresse que toujours",
    "meme lieu que d ' habitude",
    "meme lieu que la derniere fois",
    "meme lieu qu ' avant",
    "meme lieu que toujours",
    "memes conditions que d ' habitude",
    "memes conditions que la derniere fois",
    "memes conditions qu ' avant",
    "memes conditions que toujours",
    "stesso indirizzo di sempre",
    "stesso indirizzo dell ' ultima volta",
    "stesso indirizzo come sempre",
    "stesso indirizzo come al solito",
    "stesso posto di sempre",
    "stesso posto dell ' ultima volta",
    "stesso posto come sempre",
    "stesso posto come al solito",
    "misma direccion de siempre",
    "misma direccion que siempre",
    "misma direccion que la ultima vez",
    "zelfde adres als altijd",
    "zelfde adres als vorige keer",
    "il cancello",
    "del cancello",
    "al cancello",
    "dal cancello",
    "cancello principale",
    "falls etwas nicht lesbar ist",
    "wenn etwas nicht lesbar ist",
    "falls etwas unklar ist",
    "wenn etwas unklar ist",
    "if anything is not readable",
    "if anything cannot be read",
    "si quelque chose n ' est pas lisible",
    "si quelque chose n ' est pas clair",
    "se qualcosa non e leggibile",
    "se qualcosa non fosse leggibile",
    "se qualcosa non e chiaro",
    "come sempre franco",
    "while i am at it",
    "while we are at it",
    "while i ' m at it",
    "goods - in",
    "cost centre",
    "cost center",
    "if they could be here",
    "if it could be here",
    "if they could arrive",
    "if it could arrive",
    "if they could be delivered",
    "if it could be delivered",
    "if you could get them here",
    "quote our reference",
    "quote our ref",
    "quote our order number",
    "quote our order no",
    "quote our po",
    "quote our number",
    "quote this reference",
    "quote this number",
    "quote this order number",
    "quote order number",
    "quote order no",
    "quote the order number",
    "quote po",
    "in case the file does not open",
    "in case the file cannot be opened",
    "in case the file can ' t be opened",
    "in case the attachment does not open",
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
    "sorry for the short notice",
    "sorry for the early mail",
    "sorry for the early message",
    "sorry for the late mail",
    "sorry for the late message",
    "sorry for the long mail",
    "sorry for the late order",
    "sorry for the rush",
    "sorry to bother you",
    "sorry for bothering you",
    "sorry for the inconvenience",
    "sorry for the delay",
    "excuse my english",
    "sorry for my english",
    "sorry about my english",
    "pardon pour le retard",
    "desole pour le retard",
    "desole pour la commande tardive",
    "scusate il ritardo",
    "scusate per il ritardo",
];

// The patterns are plain strings; building fails only for absurd sizes.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let patterns = TURNS.iter().map(|turn| format!(" {} ", fold_phrase(turn)));
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok()
});

/// By their first words.
static BY_FIRST: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut turns: HashMap<String, Vec<Vec<String>>> = HashMap::default();
    for turn in TURNS {
        let words: Vec<String> = turn.split(' ').map(fold).collect();
        if let Some(first) = words.first().cloned() {
            turns.entry(first).or_default().push(words);
        }
    }
    turns
});

/// Folded words in which 'quote' asks for no price: 'please quote DP0088 on the delivery note'.
pub(super) fn cited(padded: &str) -> Cow<'_, str> {
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
pub(super) fn untroubled(padded: &str) -> Cow<'_, str> {
    let Some((at, turn)) =
        TROUBLES.iter().find_map(|turn| padded.find(turn).map(|at| (at, turn.len())))
    else {
        return Cow::Borrowed(padded);
    };
    let calls = padded.split(' ').any(|word| CALLS.has(word));
    let (Some(before), Some(behind)) = (padded.get(..at), padded.get(at + turn..)) else {
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

const TROUBLES: [&str; 13] = [
    " if anything ",
    " if something ",
    " should anything ",
    " falls etwas ",
    " wenn etwas ",
    " sollte etwas ",
    " falls was ",
    " wenn was ",
    " si quelque chose ",
    " se qualcosa ",
    " si algo ",
    " als er iets ",
    " als iets ",
];

static CALLS: WordList = WordList::new(
    "shout call ring phone tell know write email mail message text ask contact touch bescheid melden melde meldet \
     anrufen anruf rufen ruf schreiben schreibt sagen dites prevenez avertissez contactez appelez ecrivez signe fatemi \
     ditemi avvisate avvisatemi scrivete chiamate chiamatemi contattate avisen avisenme llamen escriban weten bel bellen",
);

/// Folded words without them; a blank stands before and behind each word.
pub(super) fn without(padded: &str) -> Cow<'_, str> {
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
pub(super) fn end_at(scan: &Scan<'_>, at: usize, end: usize) -> Option<usize> {
    let word = |at: usize| scan.token(at).filter(|_| at < end).map(|t| t.folded.as_str());
    let turns = BY_FIRST.get(word(at)?)?;
    let said = |turn: &&Vec<String>| {
        (at..).zip(turn.iter()).all(|(at, said)| word(at) == Some(said.as_str()))
    };
    turns.iter().filter(said).map(|turn| at + turn.len()).max()
}

#[cfg(test)]
mod tests {
    use super::super::text::Scan;
    use super::super::types::Part;
    use super::*;

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
