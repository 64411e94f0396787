//! Words that nobody needs to know: what stands where only a noun can stand names a thing, a place or
//! a job, and does nothing to the goods beside it. What is done, and whether, the verbs say, and the
//! small words.

use super::cues;
use super::perils;
use super::plain_words::{is_no_purpose, is_other_thing};
use crate::reading::text::{Kind, Scan, Token, words};
use crate::reading::types::Lang;

/// Whether a word that is not known stands where a noun stands, and names none that is
/// asked for instead of goods.
pub(crate) fn is_noun(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> bool {
    let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Word) else { return false };
    if token.folded.chars().count() < 3
        || token.glued
        || names_else(&token.folded)
        || is_asked_for(scan, at)
    {
        return false;
    }
    match lang {
        Some(Lang::De) => is_german(scan, at, token),
        Some(lang) => leads(scan, at, lang) && !is_verbal(&raw(scan, token), lang),
        None => false,
    }
}

fn raw(scan: &Scan<'_>, token: &Token) -> String {
    scan.words(token.span).to_lowercase()
}

/// Papers, states and what else is no name of a place or a purpose.
fn names_else(word: &str) -> bool {
    is_other_thing(word)
        || is_no_purpose(word)
        || crate::reading::tables::columns::is_state(word)
        || perils::names_offer(word)
        || cues::of(word) != cues::Cues::default()
        || words!(
            "last first second third next previous former latter remaining other others rest same previously dernier derniere derniers dernieres premier premiere \
             prochain prochaine autre autres meme memes reste ultimo ultima ultimi ultime primo prima prossimo prossima altro altri altre stesso stessa resto \
             primero primera proximo proxima otro otra otros mismo misma laatste eerste volgende vorige andere ander zelfde half double"
        )
        .has(word)
}

/// 'Send us the weight of 20 A': what is handed over are not the goods.
fn is_asked_for(scan: &Scan<'_>, at: usize) -> bool {
    let of = words!("of von vom de du des d di del dei delle van").has(word(scan, at + 1));
    let goods = (at + 2..at + 4).any(|at| {
        scan.token(at).is_some_and(|t| {
            t.kind == Kind::Digits
                || t.is(':')
                || scan.words(t.span).chars().all(char::is_uppercase)
        })
    });
    let verb = at.checked_sub(2).is_some_and(|at| {
        super::pleas::hands_over(word(scan, at))
            || words!("us uns nous mir mich me moi nos ons").has(word(scan, at))
    });
    of && goods || verb
}

/// German nouns have a capital, wherever they stand.
fn is_german(scan: &Scan<'_>, at: usize, token: &Token) -> bool {
    let opens =
        at == 0 || scan.token(at - 1).is_none_or(|t| t.line != token.line || t.is_any(".!?:;"));
    !opens && scan.words(token.span).starts_with(char::is_uppercase)
}

fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

/// Whether an article, a possessive or a preposition stands before, with an adjective at most.
fn leads(scan: &Scan<'_>, at: usize, lang: Lang) -> bool {
    let line = scan.token(at).map(|t| t.line);
    let Some(before) = at.checked_sub(1).filter(|b| scan.token(*b).map(|t| t.line) == line) else {
        return false;
    };
    let apostrophe = scan.token(before).is_some_and(|t| t.is_any("'\u{2019}"));
    let Some(before) = before.checked_sub(usize::from(apostrophe)) else { return false };
    if opens_phrase(scan, before, lang) {
        return true;
    }
    let adjective = words!(
        "new old own next big small large main whole other second first spare neue nouveau nouvelle nouveaux grand grande petit petite ancien ancienne \
         nuovo nuova nuovi nuove grande piccolo piccola vecchio vecchia nuevo nueva gran pequeno pequena nieuwe oude grote kleine eigen"
    );
    adjective.has(word(scan, before))
        && before.checked_sub(1).is_some_and(|first| opens_phrase(scan, first, lang))
}

/// Whether only a noun phrase can follow.
fn opens_phrase(scan: &Scan<'_>, at: usize, lang: Lang) -> bool {
    let said = word(scan, at);
    let before = at.checked_sub(1).map_or("", |b| word(scan, b));
    match lang {
        Lang::En => {
            words!("the a an our your my their its of for in on at by with from into onto near")
                .has(said)
        }
        Lang::Fr => {
            let pronoun = words!("je nous vous ils elles il elle on ne me te se qui").has(before);
            words!("un une du des au aux notre nos votre vos mon ma mes leur leurs cet cette chez dans sur avec par").has(said)
                || words!("le la les l d pour de").has(said) && !pronoun
        }
        Lang::It => {
            let pronoun = words!("ci vi ve ce me te se noi voi non chi").has(before);
            words!("un una uno del dello della dell dei degli delle al allo alla all ai agli alle dal dalla nel nella nell sul sulla sull nostro nostra nostri nostre con su in")
                .has(said)
                || words!("il lo la i gli le l di da per").has(said) && !pronoun
        }
        Lang::Es => {
            let pronoun = words!("nos se les me te no que").has(before);
            words!("un una unos unas del al nuestro nuestra nuestros nuestras con en").has(said)
                || words!("el la los las de para por").has(said) && !pronoun
        }
        Lang::Nl => words!("de het een onze ons mijn uw van voor in op met bij uit").has(said),
        Lang::De => false,
    }
}

/// Whether a word may be a verb by its ending.
fn is_verbal(word: &str, lang: Lang) -> bool {
    let endings: &[&str] = match lang {
        Lang::En => &["ed", "ing"],
        Lang::Fr => &["er", "ir", "ons", "ez", "\u{e9}", "\u{e9}e", "\u{e9}s", "\u{e9}es", "ant"],
        Lang::It => &[
            "are", "ere", "ire", "ato", "ata", "ati", "ate", "uto", "uta", "uti", "ute", "ito",
            "ita", "iti", "ite", "iamo", "ando", "endo", "rci", "rvi",
        ],
        Lang::Es => {
            &["ar", "er", "ir", "ado", "ada", "ados", "adas", "ido", "ida", "amos", "emos", "ando"]
        }
        Lang::Nl | Lang::De => &["en"],
    };
    endings.iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn what_stands_behind_an_article_is_a_noun_and_a_verb_is_none() {
        for (lang, text, word, want) in [
            (Lang::En, "for the planetarium", "planetarium", true),
            (Lang::En, "in our new boathouse", "boathouse", true),
            (Lang::En, "the museum borrowed", "borrowed", false),
            (Lang::En, "for scrapping", "scrapping", false),
            (Lang::En, "for a quotation", "quotation", false),
            (Lang::De, "wegen der Seilrevision", "seilrevision", true),
            (Lang::De, "die wir verschrotten", "verschrotten", false),
            (Lang::De, "zur Gutschrift", "gutschrift", false),
            (Lang::Fr, "pour la minoterie", "minoterie", true),
            (Lang::Fr, "nous les jetons", "jetons", false),
            (Lang::It, "per il frantoio", "frantoio", true),
            (Lang::It, "da rottamare", "rottamare", false),
        ] {
            let scan = Scan::whole(Part::Text, text);
            let at =
                (0..scan.tokens.len()).find(|at| scan.token(*at).is_some_and(|t| t.folded == word));
            assert_eq!(at.map(|at| is_noun(&scan, at, Some(lang))), Some(want), "{text}");
        }
    }
}
