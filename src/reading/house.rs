//! Our own house by its names: whether a name that a mail or a document states may be ours.

use crate::mail::Mail;
use crate::reading::sentences::accounts;
use crate::reading::text::{Scan, Token, fold, words};
use crate::reading::types::Part;

/// Whether a firm's name may be one of ours. Who knows no name of ours takes any for it.
pub(super) fn may_be(name: &str, house: &[String]) -> bool {
    let squeeze =
        |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let stated = squeeze(name);
    if house.is_empty() || stated.is_empty() {
        return true;
    }
    let said = firm_words(name);
    house.iter().any(|own| {
        let ours = squeeze(own);
        let holds = ours.len() >= 3 && (stated.contains(&ours) || ours.contains(&stated));
        holds || firm_words(own).iter().any(|word| said.contains(word))
    })
}

/// Whether an order is meant for our house, as far as it says.
pub(super) fn is_meant(
    mail: &Mail,
    texts: &[Scan<'_>],
    sellers: &[String],
    house: &[String],
) -> bool {
    !mail.copied
        && sellers.iter().all(|seller| may_be(seller, house))
        && !texts.iter().any(|scan| greets_another(scan, house))
}

/// Whether a mail answers a letter of ours that confirms a placed order: its subject is that
/// order's, and says nothing of a new one.
pub(super) fn has_confirmed(mail: &Mail) -> bool {
    let last = mail.references.last();
    mail.in_reply_to.iter().chain(last).any(|id| id.starts_with("confirm"))
}

/// The words of a name that tell one firm from another.
fn firm_words(name: &str) -> Vec<String> {
    let scan = Scan::whole(Part::Text, name);
    let tell =
        |word: &str| word.len() >= 3 && !is_form(word) && !words!("the and und team").has(word);
    scan.tokens.into_iter().map(|t| t.folded.into_string()).filter(|w| tell(w)).collect()
}

/// How firms are organised, and what they call themselves by what they do.
fn is_form(word: &str) -> bool {
    words!(
        "gmbh mbh ag sa sarl srl spa snc sas ltd limited inc llc plc bv nv kg ohg co corp company sl sagl \
         foundry giesserei fonderie fonderia fundicion gieterij works werke werk metal metals metall \
         steel stahl acier acciai plastics plastik castings components industries industrie industria \
         group gruppe groupe gruppo supplies trading handel manufacturing"
    )
    .has(word)
}

/// Whether a word is a part of a firm's name: 'Northgate Pumps plc'.
pub(super) fn is_in_firm(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 4;
    let capital = |at: usize| {
        scan.token(at)
            .is_some_and(|t| t.is_any("&-.") || scan.words(t.span).starts_with(char::is_uppercase))
    };
    let legal = |at: usize| {
        scan.token(at).is_some_and(|t| {
            words!("gmbh mbh ag sa sarl srl spa snc sas ltd limited inc llc plc bv nv kg ohg sl sagl aps oy ab")
                .has(&t.folded)
        })
    };
    let form = (at + 1..end.min(at + 1 + REACH)).find(|at| legal(*at));
    form.is_some_and(|form| (at..form).all(capital))
}

/// Whether a line holds nothing but the sender's firm, which their mail address names, too: 'Dekker
/// Pompen' of dekker-pompen.example.
pub(super) fn signs(scan: &Scan<'_>, run: &std::ops::Range<usize>, domain: &str) -> bool {
    const MOST: usize = 6;
    let squeezed: String =
        domain.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let capital = |t: &Token| scan.words(t.span).starts_with(char::is_uppercase);
    let named = |t: &Token| t.folded.len() >= 4 && squeezed.contains(t.folded.as_str());
    let line = tokens.first().map(|t| t.line);
    let alone = line.and_then(|line| scan.lines.get(line)).is_some_and(|l| l.tokens == *run);
    let words = tokens.iter().filter(|t| t.is_alnum());
    alone
        && tokens.len() <= MOST
        && words.clone().filter(|t| named(t)).count() >= 2
        && words.clone().all(|t| {
            capital(t) && (named(t) || is_form(&t.folded))
                || words!("and und et e y en ta").has(&t.folded)
                || accounts::is_courtesy(&t.folded)
        })
        && tokens.iter().all(|t| t.is_alnum() || t.is_any("&-.,"))
}

/// Whether a mail's salutation names a firm that is none of ours: 'Dear Delta Foundry'.
fn greets_another(scan: &Scan<'_>, house: &[String]) -> bool {
    if house.is_empty() {
        return false;
    }
    scan.lines.iter().filter(|line| !line.is_blank()).take(4).any(|line| {
        let Some(first) = scan.token(line.tokens.start) else { return false };
        let greets = words!(
            "dear hello hi sehr liebe lieber hallo guten cher chers chere bonjour mesdames madame messieurs gentile \
             gentili spett spettabile egregi alla estimados estimado hola beste geachte attn att attention an"
        )
        .has(&first.folded);
        let tokens = scan.tokens.get(line.tokens.clone()).unwrap_or_default();
        let firm = |t: &Token| is_form(&t.folded) && scan.words(t.span).starts_with(char::is_uppercase);
        // 'Dear Delta Foundry, please …' goes on: the firm stands before the comma.
        let name = scan.run(line.tokens.clone()).split([',', ':', '!']).next().unwrap_or_default();
        greets && tokens.len() <= 12 && tokens.iter().any(firm) && !may_be(name, house)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_is_known_by_a_word_of_its_name() {
        let house = ["Torbau Meier AG".to_owned(), "torbau-meier".to_owned()];
        for name in ["Torbau Meier AG", "TORBAU-MEIER", "Fa. Meier", "torbaumeier gmbh", ""] {
            assert!(may_be(name, &house), "{name}");
        }
        for name in ["Delta Foundry GmbH", "Huber AG"] {
            assert!(!may_be(name, &house), "{name}");
        }
        assert!(may_be("Delta Foundry", &[]), "no name of ours is known");
    }

    #[test]
    fn a_salutation_may_name_another_firm() {
        let house = ["Torbau Meier AG".to_owned()];
        let greets = |text: &str| greets_another(&Scan::whole(Part::Text, text), &house);
        for text in [
            "Dear Delta Foundry,\nplease",
            "Sehr geehrte Damen und Herren der Gießerei Delta,",
            "Spett. Fonderia Delta",
        ] {
            assert!(greets(text), "{text}");
        }
        for text in
            ["Dear Torbau Meier AG,", "Dear Anna Meier,", "Hello,\nthe steel is for Delta Foundry"]
        {
            assert!(!greets(text), "{text}");
        }
    }

    #[test]
    fn a_line_signs_for_the_firm_of_the_address() {
        let signed = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            signs(&scan, &(0..scan.tokens.len()), "holloway-pumps.example")
        };
        for text in ["Holloway Pumps", "Holloway Pumps Ltd.", "Thanks, Holloway Pumps"] {
            assert!(signed(text), "{text}");
        }
        for text in ["Pumps", "Holloway Pumps cancelled", "No Holloway Pumps", "holloway pumps"] {
            assert!(!signed(text), "{text}");
        }
    }
}
