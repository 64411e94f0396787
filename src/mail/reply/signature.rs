//! Where a signature begins, and with it what the sender did not write for this mail.
//!
//! To strip an order line as a signature is worse than to keep a signature: whatever looks like
//! an order stays.

use std::sync::LazyLock;

use regex::Regex;

use super::Hints;
use super::closings::{Leave, leave};
use super::heading;
use super::lines::Line;
use super::words::{DEVICES, SENT_FROM};

/// A field of an order, or a counted item: no signature holds one.
#[expect(clippy::unwrap_used, reason = "the pattern is fixed, and tests compile it")]
static ORDER_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
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
    .unwrap()
});

/// A telephone or fax number, a mail or web address, a company's register.
#[expect(clippy::unwrap_used, reason = "the pattern is fixed, and tests compile it")]
static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b(?:tel|tél|telefon|téléphone|telefono|phone|fon|fax|mob|mobile|mobil|handy|cell|natel|
           direkt|direct|office|büro|skype|whatsapp)\b\.?\s*(?:no\.?|nr\.?)?\s*[:.+(\d|]
        | [\w.+-]+@[\w-]+\.\w | \bwww\.\w | https?://
        | \+\d{1,3}[\s().\d-]{7,} | \b0\d{1,4}[\s/-]\d{2,4}[\s.-]?\d{2,}
        | \b(?:gmbh|ag|sa|sàrl|sarl|s\.?r\.?l\.?|spa|s\.p\.a\.|ltd|limited|inc|llc|bv|b\.v\.|ab|a/s|oy|kg)$
        | \b(?:hrb|ust-?id|che-\d|mwst|vat|iban|siret|p\.?\s?iva|kvk|amtsgericht|geschäftsführer)\b
        ",
    )
    .unwrap()
});

/// What the small print below a mail says.
#[expect(clippy::unwrap_used, reason = "the pattern is fixed, and tests compile it")]
static SMALL_PRINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        ^\W*(?:
          (?:this|the\ information|the\ content\w*|any)\b.{0,80}\b(?:e-?mail|message|communication|transmission)\b.{0,300}\b(?:confidential|privileged|intended|addressee|recipient)
        | (?:confidentiality|disclaimer|legal)\ (?:notice|note|disclaimer) | disclaimer\b | confidential\b
        | diese\ (?:e-?mail|nachricht|mitteilung)\b.{0,200}\b(?:vertraulich|empfänger|bestimmt)
        | ce\ (?:message|courriel|mail)\b.{0,200}\b(?:confidentiel|destinataire)
        | (?:il\ presente|questo|le\ informazioni|questa)\b.{0,120}\b(?:messaggio|e-?mail)\b.{0,300}\b(?:riservat|destinatari)
        | este\ (?:mensaje|correo|mensagem|e-?mail)\b.{0,200}\b(?:confidencial|destinatari)
        | (?:dit\ bericht|deze\ e-?mail)\b.{0,200}\b(?:vertrouwelijk|geadresseerde|bestemd)
        | (?:please|bitte|pensez|s'il).{0,40}\b(?:environment|umwelt|environnement|print|drucken|imprimer)
        | (?:virus-free|virenfrei|sans\ virus|privo\ di\ virus|libre\ de\ virus)\b
        | (?:this\ e-?mail\ has\ been\ (?:checked|scanned)|diese\ e-?mail\ wurde\ von)
        )",
    )
    .unwrap()
});

/// Sets `keep` to false for the lines of this run of own text that are signature.
///
/// `alone` says that the mail holds nothing else: then something of it stays.
pub(super) fn strip(lines: &[Line<'_>], keep: &mut [bool], hints: &Hints<'_>, alone: bool) {
    let region = Region { lines, hints };
    let Some(first) = lines.iter().position(|line| !line.is_blank()) else { return };
    for (at, line) in lines.iter().enumerate().skip(first) {
        let end = match region.begins(at) {
            Some(end) if !alone || at > first => end,
            _ => continue,
        };
        if line.is_blank() {
            continue;
        }
        for kept in keep.iter_mut().take(end).skip(at) {
            *kept = false;
        }
        // A postscript below a signature stays.
        if end < lines.len() {
            let rest = lines.get(end..).unwrap_or_default();
            strip(rest, keep.get_mut(end..).unwrap_or_default(), hints, false);
        }
        return;
    }
    region.strip_marked(keep, alone);
    region.strip_tail(keep);
}

struct Region<'a, 'h> {
    lines: &'a [Line<'a>],
    hints: &'h Hints<'h>,
}

impl Region<'_, '_> {
    fn after(&self, at: usize) -> &[Line<'_>] {
        self.lines.get(at + 1..).unwrap_or_default()
    }

    /// Where the signature ends that begins at this line, if one does.
    fn begins(&self, at: usize) -> Option<usize> {
        let line = self.lines.get(at)?.trimmed();
        let all = self.lines.len();
        if is_mobile_note(line) || is_delimiter(line) || is_list_footer(line, self.after(at)) {
            return (!self.holds_order(at + 1, all)).then_some(all);
        }
        match leave(line) {
            Some(Leave::Closing) => {
                let end = self.signature_end(at);
                (!self.holds_order(at + 1, end)).then_some(end)
            }
            Some(Leave::Thanks) => {
                let tail = self.after(at);
                let block = !tail.is_empty() && tail.iter().any(|line| is_contact(line.trimmed()));
                (block && self.is_name_block(at + 1)).then_some(all)
            }
            None if self.is_sender(line) => self.is_name_block(at).then_some(all),
            None => None,
        }
    }

    /// A signature ends before a postscript, and before a paragraph of real sentences.
    fn signature_end(&self, at: usize) -> usize {
        let mut after_blank = false;
        for (distance, line) in self.after(at).iter().enumerate() {
            let text = line.trimmed();
            if text.is_empty() {
                after_blank = true;
            } else {
                let own = after_blank && distance > 1 && is_sentence(text);
                if is_postscript(text) || own {
                    return at + 1 + distance;
                }
                after_blank = false;
            }
        }
        self.lines.len()
    }

    fn holds_order(&self, from: usize, to: usize) -> bool {
        let lines = self.lines.get(from..to).unwrap_or_default();
        lines.iter().any(|line| is_order_line(line.trimmed()))
    }

    /// From `at` on only short lines as a signature has them.
    fn is_name_block(&self, at: usize) -> bool {
        let lines = self.lines.get(at..).unwrap_or_default();
        let filled = || lines.iter().map(Line::trimmed).filter(|text| !text.is_empty());
        // A label above makes it an address of the order: 'Ship to:'.
        let above = self.lines.get(..at).unwrap_or_default().iter().rev();
        let labelled = above.map(Line::trimmed).find(|text| !text.is_empty());
        let labelled = labelled.is_some_and(|text| text.ends_with(':') || is_order_line(text));
        !labelled
            && filled().count() <= 12
            && filled().all(|text| text.len() <= 120 && !is_order_line(text) && !is_sentence(text))
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
        line.len() <= 80 && name.len() >= 3 && words(line) == words(name)
    }

    /// Drops what the sender's program marked as the signature.
    fn strip_marked(&self, keep: &mut [bool], alone: bool) {
        let marked = |line: &Line<'_>| line.mark.signature && !line.is_blank();
        let holds_order = self.lines.iter().any(|l| marked(l) && is_order_line(l.trimmed()));
        let nothing_else = !self.lines.iter().any(|line| !line.mark.signature && !line.is_blank());
        if holds_order || alone && nothing_else {
            return;
        }
        for (kept, line) in keep.iter_mut().zip(self.lines) {
            *kept &= !line.mark.signature;
        }
    }

    /// Drops paragraphs at the end that are nothing but contact data or small print.
    fn strip_tail(&self, keep: &mut [bool]) {
        let mut end = self.lines.len();
        loop {
            let before = self.lines.get(..end).unwrap_or_default();
            let Some(last) = before.iter().rposition(|line| !line.is_blank()) else { return };
            let start = before.iter().take(last).rposition(Line::is_blank).map_or(0, |at| at + 1);
            let paragraph = before.get(start..=last).unwrap_or_default();
            if start == 0 || !(self.is_contact_block(start, paragraph) || is_small_print(paragraph))
            {
                return;
            }
            for kept in keep.iter_mut().take(end).skip(start) {
                *kept = false;
            }
            end = start;
        }
    }

    fn is_contact_block(&self, start: usize, paragraph: &[Line<'_>]) -> bool {
        let contacts = paragraph.iter().filter(|line| is_contact(line.trimmed())).count();
        contacts >= 2 && self.is_name_block(start)
            || paragraph.iter().all(|line| is_rule_like(line))
    }
}

fn is_rule_like(line: &Line<'_>) -> bool {
    heading::is_rule(line.trimmed(), 5)
}

fn is_small_print(paragraph: &[Line<'_>]) -> bool {
    let text: Vec<&str> = paragraph.iter().take(12).map(Line::trimmed).collect();
    let text = text.join(" ");
    SMALL_PRINT.is_match(text.get(..1500).unwrap_or(&text))
}

/// RFC 3676 section 4.3, and what is left of it when white space is trimmed.
fn is_delimiter(line: &str) -> bool {
    line == "--"
}

/// The footer that a mailing list sets below: a line drawn, then its name and address.
fn is_list_footer(line: &str, after: &[Line<'_>]) -> bool {
    let filled = || after.iter().map(Line::trimmed).filter(|text| !text.is_empty());
    line.len() >= 2
        && line.bytes().all(|b| b == b'_')
        && (1..=8).contains(&filled().count())
        && filled().any(is_contact)
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

/// Words that someone wrote for this mail, not contact data or small print.
fn is_sentence(line: &str) -> bool {
    line.split_whitespace().count() >= 6
        && line.trim_end_matches([')', '"', ' ']).ends_with(['.', '?', '!'])
        && !is_contact(line)
        && !SMALL_PRINT.is_match(line.get(..1500).unwrap_or(line))
}

fn is_order_line(line: &str) -> bool {
    ORDER_LINE.is_match(line.get(..200).unwrap_or(line)) && !is_contact(line)
}

fn is_contact(line: &str) -> bool {
    CONTACT.is_match(line.get(..300).unwrap_or(line))
}
