//! What stands around an answer to an offer and may turn it: below the sender's name, in the subject,
//! between the lines of the quote, in a file.

use std::ops::Range;

use super::doubts::is_unsettled;
use crate::mail::{Mail, Text};
use crate::reading::choice;
use crate::reading::sentences::accounts::is_courtesy;
use crate::reading::sentences::below_name::{self, is_of_mails};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::set_apart;
use crate::reading::text::{Kind, Scan, Token, words};
use crate::reading::types::{Choice, Lang, Part};

/// Cues of what turns an answer.
const TURNS: Cues = Cues::CANCEL.and(Cues::CHANGE).and(Cues::CORRECTION);

/// Words of a paragraph from which on it is small print, if it speaks of mails.
const SMALL_PRINT: usize = 14;

/// The words that leave an answer open, if there are any.
pub(crate) fn turn(mail: &Mail, chosen: Choice, lang: Option<Lang>) -> Option<String> {
    let html = mail.html_text.as_ref().map(|text| (Part::Html, text));
    let mut texts = std::iter::once((Part::Text, &mail.text)).chain(html);
    let beside = Beside { mail, chosen, lang };
    beside.subject().or_else(|| {
        texts.find_map(|(part, text)| {
            let scan = Scan::new(part, &text.full, &text.signature);
            beside.signature(&scan).or_else(|| beside.between(part, text))
        })
    })
}

struct Beside<'a> {
    mail: &'a Mail,
    chosen: Choice,
    lang: Option<Lang>,
}

impl Beside<'_> {
    /// Below the name only what signatures are made of says nothing.
    fn signature(&self, scan: &Scan<'_>) -> Option<String> {
        below_name::paragraphs(scan).into_iter().find_map(|paragraph| {
            let tokens = scan.tokens.get(paragraph.clone()).unwrap_or_default();
            let words = tokens.iter().filter(|t| t.kind == Kind::Word).count();
            let of_mails = |run: &Range<usize>| {
                let mut tokens = scan.tokens.get(run.clone()).unwrap_or_default().iter();
                tokens.any(|t| is_of_mails(&t.folded) || is_of_notices(&t.folded))
            };
            // Long small print is the house's, and nothing of this mail.
            if words > SMALL_PRINT && of_mails(&paragraph) {
                return None;
            }
            let open = lines(scan, &paragraph).into_iter().find_map(|run| {
                // The 'of' of 'Head of Purchasing' is a Dutch 'or' as well.
                if is_title(scan, &run) {
                    return None;
                }
                let turned = |said: &Range<usize>| !of_mails(said) && self.turns(scan, said);
                let foreign = !of_mails(&run) && !self.is_signature(scan, &run);
                sentences(scan, &run).into_iter().find(turned).or(foreign.then_some(run))
            })?;
            Some(scan.run(open).to_owned())
        })
    }

    /// Names, numbers, addresses, courtesies.
    fn is_signature(&self, scan: &Scan<'_>, line: &Range<usize>) -> bool {
        let tokens = scan.tokens.get(line.clone()).unwrap_or_default();
        let mut said = tokens.iter().filter(|t| t.is_alnum());
        if let (Some(one), None) = (said.next(), said.next())
            && matches!(one.folded.as_str(), "1" | "2" | "3")
        {
            return false;
        }
        let own = format!("{} {}", self.mail.from.name.to_lowercase(), self.mail.from.email);
        let reaches = tokens.iter().any(|t| t.is('@'))
            || scan.run(line.clone()).contains("www.")
            || tokens
                .iter()
                .filter(|t| t.kind == Kind::Digits)
                .map(|t| t.folded.len())
                .sum::<usize>()
                >= 4;
        let small = |t: &Token| {
            let word = scan.words(t.span);
            t.kind == Kind::Word
                && word.starts_with(char::is_lowercase)
                && word.chars().count() > 1
                && !is_courtesy(&t.folded)
                && !is_of_signatures(&t.folded)
                && !own.contains(&word.to_lowercase())
        };
        let others = tokens.iter().filter(|t| small(t)).count();
        let shown = scan.run(line.clone());
        let invites = [
            "Visit us",
            "Follow us",
            "Find us",
            "Besuchen Sie",
            "Folgen Sie",
            "Retrouvez",
            "Suivez",
            "Seguici",
            "Volg ons",
        ];
        let invites = invites.iter().any(|begin| shown.starts_with(begin));
        let hours = words!(
            "open opening hours offnungszeiten geoffnet burozeiten horaires ouvert orari orario openingstijden"
        );
        let hours = tokens.iter().any(|t| hours.has(&t.folded))
            && tokens.iter().any(|t| t.kind == Kind::Digits);
        // 'NE' is a part of a post code.
        let code = |t: &Token| scan.words(t.span).chars().all(char::is_uppercase);
        let says = tokens.iter().any(|t| is_said(&t.folded) && !code(t));
        let most = match shown.chars().next() {
            _ if reaches => 4,
            Some(first) if !first.is_lowercase() => 5,
            _ => 2,
        };
        hours || invites || reaches && !says || !says && others <= most
    }

    /// Words that cancel, change, doubt, ask for something first.
    fn turns(&self, scan: &Scan<'_>, run: &Range<usize>) -> bool {
        let folded = scan.folded(run.clone());
        cues::of_lang(&folded, self.lang).has(TURNS) || is_unsettled(&folded, self.lang)
    }

    /// What the customer added to the subject of our letter.
    fn subject(&self) -> Option<String> {
        let scan = Scan::whole(Part::Subject, &self.mail.subject);
        let all = 0..scan.tokens.len();
        // Our own subject says what cannot be delivered; behind the order's number the customer goes on.
        // '[#7c0a…-1]' is our mark.
        let marked = self.mail.subject.contains("[#");
        let mark = scan.tokens.iter().rposition(|t| t.is(']')).filter(|_| marked);
        let behind = mark.or_else(|| behind_number(&scan)).map_or(all.end, |at| at + 1);
        let turned = self.turns(&scan, &(behind..all.end));
        let added: Vec<usize> =
            (behind..all.end).filter(|at| scan.token(*at).is_some_and(Token::is_alnum)).collect();
        let other = |at: &usize| {
            let number = choice::number_at(&scan, *at);
            number.is_some_and(|number| number != u8::from(self.chosen))
        };
        let chosen = added.len() <= 3 && added.iter().any(other);
        (turned || chosen).then(|| self.mail.subject.clone())
    }

    /// What was written into the quote: a line between its lines, a word behind one of the choices,
    /// a '>' above it that quotes nobody.
    fn between(&self, part: Part, text: &Text) -> Option<String> {
        let mut place = Place::Above;
        let lines: Vec<Range<usize>> = set_apart::cut(text).into_iter().flatten().collect();
        let is_marked = |line: &Range<usize>| {
            text.full.get(line.clone()).is_some_and(|shown| shown.trim_start().starts_with('>'))
        };
        let marks = lines.iter().any(is_marked);
        for line in lines {
            let shown = text.full.get(line.clone())?;
            let bare = shown.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            let number =
                bare.chars().next().and_then(|c| c.to_digit(10)).filter(|n| (1..=3).contains(n));
            place = place.next(bare, number);
            let marked = is_marked(&line);
            let scan = Scan::new(part, &text.full, std::slice::from_ref(&line));
            let all = 0..scan.tokens.len();
            let folded = scan.folded(all.clone());
            let own = set_apart::remark(shown, &self.mail.from.name).is_some();
            // Our own words hold conditions, too: '2) Wait … <-- only if under 10 days'.
            let added = ["<-", "\u{2190}", "[", "!!"].iter().any(|mark| shown.contains(mark));
            let open = match place {
                Place::Choices if !added => false,
                Place::Above | Place::Choices => {
                    is_unsettled(&folded, self.lang)
                        || cues::of_lang(&folded, self.lang).has(Cues::CORRECTION)
                }
                Place::Head | Place::Below => false,
            };
            let torn = marks && !marked && place != Place::Above && number.is_none();
            let told = scan.tokens.iter().any(|t| is_own_word(&t.folded));
            if open
                || torn && place == Place::Choices && told
                || (own || torn && place == Place::Choices)
                    && below_name::turns_order(&scan, &all, self.lang)
            {
                return Some(shown.trim().to_owned());
            }
        }
        None
    }
}

/// Where in the quoted offer a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before anything says whose words are quoted.
    Above,
    /// Before the choices.
    Head,
    /// Among them.
    Choices,
    Below,
}

impl Place {
    fn next(self, line: &str, number: Option<u32>) -> Self {
        let digit =
            || line.get(1..2).is_some_and(|mark| matches!(mark, ")" | "." | ":" | " " | "-"));
        match (self, number) {
            (Self::Below, _) => Self::Below,
            (_, Some(_)) if digit() => Self::Choices,
            (Self::Choices, _) if line.trim().is_empty() => Self::Choices,
            (Self::Above, _) if line.trim_end().ends_with(':') || line.contains('@') => Self::Head,
            (here, _) => here,
        }
    }
}

/// Where the number of our order ends in a subject.
fn behind_number(scan: &Scan<'_>) -> Option<usize> {
    scan.tokens.iter().position(|t| {
        let digits = t.folded.trim_start_matches(['s', 'o']);
        digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn lines(scan: &Scan<'_>, paragraph: &Range<usize>) -> Vec<Range<usize>> {
    let first = scan.lines.partition_point(|line| line.tokens.start < paragraph.start);
    let lines = scan.lines.iter().skip(first).map(|line| line.tokens.clone());
    lines.take_while(|line| line.end <= paragraph.end).filter(|line| !line.is_empty()).collect()
}

fn sentences(scan: &Scan<'_>, paragraph: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = paragraph.start;
    for at in paragraph.clone() {
        // Small print goes on without a capital where somebody wrote into it.
        let ends = scan.token(at).is_some_and(|t| t.is_any(".!?"))
            && scan.token(at + 1).is_some_and(|t| !t.glued);
        if ends || at + 1 == paragraph.end {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    found
}

/// Words that signatures are made of: what somebody is, and how to reach them.
fn is_of_signatures(word: &str) -> bool {
    words!(
        "rd of and the for at tel fon phone fax mobile mob cell office direct ext web mail floor st nd rd th workshop stage purchasing procurement buying buyer \
         sales manager director engineer engineering technical technician assistant owner team department dept company stores store plant \
         maintenance production logistics supply chain head chief workshop accounts reg no nr \
         von der die das den und fur im am zu bei einkauf technik leiter leitung werkstatt lager \
         de du des la le les et pour au aux a el los las y del di da della dei delle per al alla e achats achat service atelier responsable \
         technique direction chef rue chemin route avenue acquisti acquisto ufficio responsabile tecnico magazzino officina via compras \
         van het voor te inkoop afdeling straat \
         gmbh ag sa sarl srl spa ltd bv kg co inc llc"
    )
    .has(word)
}

/// 'Head of Purchasing', 'Leiter Technik und Einkauf': capitals and what joins them.
fn is_title(scan: &Scan<'_>, line: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(line.clone()).unwrap_or_default();
    let named = |t: &Token| {
        scan.words(t.span).starts_with(char::is_uppercase)
            || words!("of and for the der die das fur und de du des la et di della e del y van en")
                .has(&t.folded)
    };
    let words = tokens.iter().filter(|t| t.kind == Kind::Word);
    let (first, count) = (tokens.first(), words.clone().count());
    let roles = words.clone().any(|t| is_of_signatures(&t.folded) && t.folded.len() > 3);
    let begins = first.is_some_and(|t| scan.words(t.span).starts_with(char::is_uppercase));
    begins
        && roles
        && (2..=8).contains(&count)
        && words.clone().all(named)
        && !words.clone().any(|t| is_said(&t.folded))
}

/// Words that decide, ask for something first, or set a condition.
fn is_said(word: &str) -> bool {
    words!(
        "not only if when once unless before first then but instead should must want need wait hold cancel stop ask check confirm \
         nicht nur wenn falls sobald bevor zuerst erst dann aber doch lieber soll sollte muss warten stornieren fragen prufen \
         pas seulement quand avant apres abord puis mais plutot attendre annuler appelez demandez verifiez \
         non solo se quando prima dopo poi ma piuttosto attendere annullare chiamate \
         cuando antes despues pero niet alleen als eerst dan maar liever"
    )
    .has(word)
}

/// Small words that the offer itself has none of.
fn is_own_word(word: &str) -> bool {
    words!(
        "i me but only not if unless before first until ich mich mir aber nur nicht wenn bevor zuerst erst je moi mais seulement \
         si avant pas io ma solo se prima non"
    )
    .has(word)
}

/// Words of notices about who may read a mail.
fn is_of_notices(word: &str) -> bool {
    words!(
        "error forwarding addressee delete destroy dissemination sender galaxy samsung outlook irrtumlich adressat loschen absender gesendet erreur supprimer \
         expediteur envoye errore cancellarlo mittente inviato enviado verzonden sent"
    )
    .has(word)
}
