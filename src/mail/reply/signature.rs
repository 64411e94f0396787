//! Where a signature begins, and with it what the sender did not write for this mail.
//!
//! To strip an order line as a signature is worse than to keep a signature: whatever looks like
//! an order stays.

use std::cell::OnceCell;
use std::ops::Range;
use std::slice::SliceIndex;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::Hints;
use super::closings::{Leave, leave};
use super::heading;
use super::lines::Line;
use super::words::{DEVICES, SENT_FROM};

// The patterns below are for text in lower case, and look at bytes: with the whole of Unicode in
// their classes they would take longer to build than a mail takes to read.

/// A field of an order, or a counted item: no signature holds one.
#[expect(clippy::expect_used, reason = "the pattern is fixed, and tests compile it")]
static ORDER_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)
        ^\W*(?:\d{1,3}\W+)?(?:
          (?:your\ |our\ |unsere?\ |votre\ |notre\ )?
          (?:p\.?o\.?\b|order|delivery|deliver|ship|product|item|article|part|sku|ref|code|
           quantity|quantities|qty|amount|pcs|
           bestell|liefer|produkt|artikel|menge|anzahl|stück|termin|
           commande|livraison|produit|référence|quantité|qté|adresse\ de|date\ de|
           ordine|consegna|prodotto|articolo|quantità|codice|indirizzo|data\ di|
           pedido|entrega|producto|cantidad|
           bestelling|levering|aantal|date|datum|data|address|adresse|choice|option|wahl|choix)
          [^:=\n]{0,30}[:=]
        | \S{0,12}\ ?\d+\ ?(?:x|×|pcs?|pieces?|stk|stück|st|units?|ea|pces?|pièces?|pz|pezzi|
             kg|boxes|kartons?|cartons?|bags|sets?)\b
        | (?:x|×)\ ?\d+\b
        )",
    )
    .expect("a fixed pattern, which tests compile")
});

/// A telephone or fax number, a mail or web address, a company's register.
#[expect(clippy::expect_used, reason = "the pattern is fixed, and tests compile it")]
static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)
        \b(?:tel|tél|telefon|téléphone|telefono|phone|fon|fax|mob|mobile|mobil|handy|cell|natel|
           direkt|direct|office|büro|skype|whatsapp)\b\.?\s*(?:no\.?|nr\.?)?\s*[:.+(\d|]
        | [\w.+-]+@[\w-]+\.\w | \bwww\.\w | https?://
        | \+\d{1,3}[\s().\d-]{7,} | (?:^|[^\w.,/-])0\d{1,4}[\s/-]\d{2,4}[\s.-]?\d{2,}
        | \b(?:gmbh|ag|sa|sàrl|sarl|s\.?r\.?l\.?|spa|s\.p\.a\.|ltd|limited|inc|llc|bv|b\.v\.|ab|a/s|oy|kg)$
        | \b(?:hrb|ust-?id|che-\d|mwst|vat|iban|siret|p\.?\s?iva|kvk|amtsgericht|geschäftsführer)\b
        ",
    )
    .expect("a fixed pattern, which tests compile")
});

/// How small print begins. Looked at first: of all patterns the one below takes longest to build.
const SMALL_PRINT_BEGINS: [&str; 33] = [
    "this",
    "the information",
    "the content",
    "any",
    "confidential",
    "disclaimer",
    "legal",
    "diese",
    "ce ",
    "il presente",
    "questo",
    "questa",
    "le informazioni",
    "este",
    "dit bericht",
    "deze",
    "please",
    "bitte",
    "pensez",
    "s'il",
    "virus-free",
    "virenfrei",
    "sans virus",
    "privo di virus",
    "libre de virus",
    "think",
    "save",
    "before",
    "denk",
    "schon",
    "vor dem",
    "avant",
    "prima di",
];

/// What the small print below a mail says.
#[expect(clippy::expect_used, reason = "the pattern is fixed, and tests compile it")]
static SMALL_PRINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)
        ^\W*(?:
          (?:this|the\ information|the\ content\w*|any)\b.{0,80}\b(?:e-?mail|message|communication|transmission)\b.{0,300}\b(?:confidential|privileged|intended|addressee|recipient)
        | (?:confidentiality|disclaimer|legal)\ (?:notice|note|disclaimer) | disclaimer\b | confidential\b
        | diese\ (?:e-?mail|nachricht|mitteilung)\b.{0,200}\b(?:vertraulich|empfänger|bestimmt)
        | ce\ (?:message|courriel|mail)\b.{0,200}\b(?:confidentiel|destinataire)
        | (?:il\ presente|questo|le\ informazioni|questa)\b.{0,120}\b(?:messaggio|e-?mail)\b.{0,300}\b(?:riservat|destinatari)
        | este\ (?:mensaje|correo|mensagem|e-?mail)\b.{0,200}\b(?:confidencial|destinatari)
        | (?:dit\ bericht|deze\ e-?mail)\b.{0,200}\b(?:vertrouwelijk|geadresseerde|bestemd)
        | (?:please|bitte|pensez|s'il).{0,40}\b(?:environment|umwelt|environnement|print|drucken|imprimer)
        | (?:think|save|before|denk|schon|vor\ dem|avant|pens|prima\ di)\w*\b.{0,60}\b(?:print(?:ing)?|(?:aus)?drucken|imprimer|stampare)\b
        | (?:virus-free|virenfrei|sans\ virus|privo\ di\ virus|libre\ de\ virus)\b
        | (?:this\ e-?mail\ has\ been\ (?:checked|scanned)|diese\ e-?mail\ wurde\ von)
        )",
    )
    .expect("a fixed pattern, which tests compile")
});

/// Lines at the end of a piece of text in which a signature is looked for.
const MAX_TAIL: usize = 100;

/// Sets `keep` to false for the lines of this run of own text that are signature.
///
/// `alone` says that the mail holds nothing else: then something of it stays.
pub(super) fn strip(lines: &[Line<'_>], keep: &mut [bool], hints: &Hints<'_>, alone: bool) {
    let from = lines.len().saturating_sub(MAX_TAIL);
    let (Some(lines), Some(keep)) = (lines.get(from..), keep.get_mut(from..)) else { return };
    let tail = Tail { lines, hints, facts: OnceCell::new() };
    let Some(first) = lines.iter().position(|line| !line.is_blank()) else { return };
    let something_above = |at: usize| from > 0 || at > first;
    // A leave in one line and nothing else, as people set it below a quote, is no signature.
    let filled = lines.iter().filter(|line| !line.is_blank()).count();
    if from == 0
        && filled == 1
        && lines.get(first).is_some_and(|line| leave(line.trimmed()).is_some())
    {
        return;
    }
    let mut found = false;
    let mut at = first;
    while at < lines.len() {
        let end = if alone && !something_above(at) { None } else { tail.begins(at) };
        // What follows a signature is a postscript, which may end in another.
        for kept in keep.iter_mut().take(end.unwrap_or(at)).skip(at) {
            *kept = false;
        }
        found |= end.is_some();
        at = end.unwrap_or(at + 1).max(at + 1);
    }
    if !found {
        tail.strip_marked(keep, alone && from == 0);
        tail.strip_last_paragraphs(keep);
    }
}

/// What a line looks like.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each on its own")]
struct Facts {
    blank: bool,
    order: bool,
    contact: bool,
    sentence: bool,
}

/// The end of a run of own text.
struct Tail<'a, 'h> {
    lines: &'a [Line<'a>],
    hints: &'h Hints<'h>,
    /// One for each line, found out when first asked for.
    facts: OnceCell<Vec<Facts>>,
}

impl Tail<'_, '_> {
    fn facts(&self, range: impl SliceIndex<[Facts], Output = [Facts]>) -> &[Facts] {
        let facts = self.facts.get_or_init(|| {
            let facts = |line: &Line<'_>| {
                let text = line.trimmed();
                let contact = is_contact(text);
                Facts {
                    blank: text.is_empty(),
                    order: !contact && is_order_line(text),
                    contact,
                    sentence: !contact && is_sentence(text),
                }
            };
            self.lines.iter().map(facts).collect()
        });
        facts.get(range).unwrap_or_default()
    }

    fn holds_order(&self, range: Range<usize>) -> bool {
        self.facts(range).iter().any(|line| line.order)
    }

    /// Where the signature ends that begins at this line, if one does.
    fn begins(&self, at: usize) -> Option<usize> {
        let line = self.lines.get(at)?.trimmed();
        let all = self.lines.len();
        if is_mobile_note(line) || is_delimiter(line) || self.is_list_footer(at, line) {
            return (!self.holds_order(at + 1..all)).then_some(all);
        }
        match leave(line) {
            Some(Leave::Closing) => {
                let end = self.signature_end(at);
                (!self.holds_order(at + 1..end)).then_some(end)
            }
            Some(Leave::Thanks) => {
                let contact = self.facts(at + 1..).iter().any(|line| line.contact);
                (contact && self.is_name_block(at + 1)).then_some(all)
            }
            None if self.is_sender(line) => self.is_name_block(at).then_some(all),
            None => None,
        }
    }

    /// A signature ends before a postscript, and before a paragraph of real sentences.
    fn signature_end(&self, at: usize) -> usize {
        let mut after_blank = false;
        let below = self.lines.iter().zip(self.facts(..)).enumerate().skip(at + 1);
        for (here, (line, facts)) in below {
            let own = after_blank && here > at + 2 && facts.sentence;
            if own || is_postscript(line.trimmed()) {
                return here;
            }
            after_blank = facts.blank;
        }
        self.lines.len()
    }

    /// From `at` on only short lines as a signature has them.
    fn is_name_block(&self, at: usize) -> bool {
        let filled = |facts: &&Facts| !facts.blank;
        // A label above makes it an address of the order: 'Ship to:'.
        let above = self.lines.get(..at).unwrap_or_default().iter().rposition(|l| !l.is_blank());
        let labelled = above.is_some_and(|above| {
            let colon = self.lines.get(above).is_some_and(|line| line.trimmed().ends_with(':'));
            colon || self.holds_order(above..above + 1)
        });
        let block = self.facts(at..);
        !labelled
            && block.iter().filter(filled).count() <= 12
            && !block.iter().any(|line| line.order || line.sentence)
            && self.lines.iter().skip(at).all(|line| line.text.len() <= 120)
    }

    /// The line is the sender's name.
    fn is_sender(&self, line: &str) -> bool {
        let words = |text: &str| {
            let mut words: Vec<String> = text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            words.sort();
            words
        };
        let name = self.hints.sender;
        name.len() >= 3 && line.len().abs_diff(name.len()) <= 4 && words(line) == words(name)
    }

    /// The footer that a mailing list sets below: a line drawn, then its name and address.
    fn is_list_footer(&self, at: usize, line: &str) -> bool {
        line.len() >= 2
            && line.bytes().all(|b| b == b'_')
            && (1..=8).contains(&self.facts(at + 1..).iter().filter(|line| !line.blank).count())
            && self.facts(at + 1..).iter().any(|line| line.contact)
            // A table below a line drawn is no footer.
            && !self.lines.iter().skip(at + 1).any(|line| line.text.contains(['\u{2502}', '\t']))
    }

    /// Drops what the sender's program marked as the signature.
    fn strip_marked(&self, keep: &mut [bool], alone: bool) {
        let marked = |line: &Line<'_>| line.mark.signature && !line.is_blank();
        let own = |line: &Line<'_>| !line.mark.signature && !line.is_blank();
        if !self.lines.iter().any(marked) || alone && !self.lines.iter().any(own) {
            return;
        }
        if self.lines.iter().zip(self.facts(..)).any(|(line, facts)| marked(line) && facts.order) {
            return;
        }
        for (kept, line) in keep.iter_mut().zip(self.lines) {
            *kept &= !line.mark.signature;
        }
    }

    /// Drops paragraphs at the end that are nothing but contact data or small print.
    fn strip_last_paragraphs(&self, keep: &mut [bool]) {
        let mut end = self.lines.len();
        loop {
            let before = self.lines.get(..end).unwrap_or_default();
            let Some(last) = before.iter().rposition(|line| !line.is_blank()) else { return };
            let start = before.iter().take(last).rposition(Line::is_blank).map_or(0, |at| at + 1);
            let paragraph = before.get(start..=last).unwrap_or_default();
            let contacts = self.facts(start..=last).iter().filter(|line| line.contact).count();
            let contact_block = contacts >= 2 && self.is_name_block(start);
            let rules = paragraph.iter().all(|line| heading::is_rule(line.trimmed(), 5));
            if start == 0 || !(contact_block || rules || is_small_print(paragraph)) {
                return;
            }
            for kept in keep.iter_mut().take(end).skip(start) {
                *kept = false;
            }
            end = start;
        }
    }
}

fn is_small_print(paragraph: &[Line<'_>]) -> bool {
    let text: Vec<&str> = paragraph.iter().take(12).map(Line::trimmed).collect();
    let text = text.join(" ");
    says_small_print(&text)
}

/// RFC 3676 section 4.3, and what is left of it when white space is trimmed.
fn is_delimiter(line: &str) -> bool {
    line == "--"
}

/// 'Sent from my iPhone'
fn is_mobile_note(line: &str) -> bool {
    let wrapped = |c: char| matches!(c, '*' | '_' | '<' | '[' | '(' | '"' | ' ');
    let line = line.trim_start_matches(wrapped);
    if line.len() > 400 || !line.starts_with(char::is_alphabetic) {
        return false;
    }
    let line = line.to_lowercase();
    if !SENT_FROM.iter().any(|words| line.starts_with(words)) {
        return false;
    }
    let head = line.split(['<', '[', ',', '(', '|']).next().unwrap_or_default();
    let head = head.split(". ").next().unwrap_or_default();
    let names_device = DEVICES.iter().any(|device| {
        head.match_indices(device).any(|(at, _)| {
            let (before, _) = head.split_at(at);
            !before.ends_with(|c: char| c.is_ascii_alphanumeric())
        })
    });
    names_device && head.split_whitespace().count() <= 10
}

fn is_postscript(line: &str) -> bool {
    let line = line.to_lowercase();
    ["ps", "p.s", "pps", "p.p.s", "nb:", "n.b.", "nachtrag", "edit:"].iter().any(|mark| {
        line.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Words that someone wrote for this mail, not small print, in a line that is no contact data.
fn is_sentence(line: &str) -> bool {
    line.trim_end_matches([')', '"', ' ']).ends_with(['.', '?', '!'])
        && line.split_whitespace().count() >= 6
        && !says_small_print(line)
}

fn is_order_line(line: &str) -> bool {
    matches(&ORDER_LINE, line, 200)
}

fn is_contact(line: &str) -> bool {
    matches(&CONTACT, line, 300)
}

fn says_small_print(text: &str) -> bool {
    let text = lower(text, 1500);
    let words = text.trim_start_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    SMALL_PRINT_BEGINS.iter().any(|begin| words.starts_with(begin))
        && SMALL_PRINT.is_match(text.as_bytes())
}

/// Whether the first so many bytes of a text, in lower case, match.
fn matches(pattern: &Regex, text: &str, most: usize) -> bool {
    pattern.is_match(lower(text, most).as_bytes())
}

fn lower(text: &str, most: usize) -> String {
    text.get(..most).unwrap_or(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_print_is_known_in_whatever_way_it_begins() {
        for text in [
            "This e-mail is confidential.",
            "The information in this message is privileged.",
            "*** The contents of this communication are intended for the addressee only",
            "Any e-mail of ours may be confidential",
            "CONFIDENTIALITY NOTICE",
            "Legal notice: none",
            "Disclaimer",
            "Confidential",
            "Diese Nachricht ist vertraulich.",
            "Ce courriel est confidentiel",
            "Il presente messaggio è riservato",
            "Questo messaggio è riservato",
            "Le informazioni di questa e-mail sono riservate",
            "Questa e-mail è riservata",
            "Este correo es confidencial",
            "Dit bericht is vertrouwelijk",
            "Deze e-mail is vertrouwelijk",
            "Please consider the environment",
            "Think of the environment before you print: 1 page = 10 litres of water.",
            "Bitte denken Sie an die Umwelt",
            "Pensez à l'environnement",
            "S'il vous plaît, pensez à l'environnement",
            "Virus-free. www.example.com",
            "Virenfrei. www.example.com",
            "Sans virus. www.example.com",
            "Privo di virus. www.example.com",
            "Libre de virus. www.example.com",
            "This e-mail has been scanned",
            "Diese E-Mail wurde von uns geprüft",
        ] {
            assert!(says_small_print(text), "{text}");
            assert!(SMALL_PRINT.is_match(text.to_lowercase().as_bytes()), "{text}");
        }
        for text in ["Thank you", "This is my order below", "Please send five", ""] {
            assert!(!says_small_print(text), "{text}");
        }
    }
}
