//! What stands below the sender's name and is no signature, though it looks like one: 'Please hold this
//! until Monday.'

use std::ops::Range;

use super::cues::{self, Cues};
use super::perils::{self, Sentence};
use super::ties;
use crate::mail::{Mail, Text};
use crate::reading::text::{Kind, Scan, TextLine, words};
use crate::reading::types::{Evidence, Lang, Part};

/// Most words of such a paragraph: small print is longer.
const MOST: usize = 25;

/// So few words say nothing else.
const FEW: usize = 3;

/// Words there that may turn the order above.
pub(crate) fn turns(mail: &Mail, lang: Option<Lang>) -> Option<Evidence> {
    let html = mail.html_text.as_ref().map(|text| (Part::Html, text));
    let mut texts = std::iter::once((Part::Text, &mail.text)).chain(html);
    texts.find_map(|(part, text)| in_text(part, text, lang))
}

fn in_text(part: Part, text: &Text, lang: Option<Lang>) -> Option<Evidence> {
    let scan = Scan::new(part, &text.full, &text.signature);
    let mut found = paragraphs(&scan).into_iter().filter(|run| turns_order(&scan, run, lang));
    found.next().and_then(|run| Some(scan.evidence(scan.span(run)?, "signature.words")))
}

/// Runs of lines without a blank one between them.
pub(crate) fn paragraphs(scan: &Scan<'_>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in &scan.lines {
        match runs.last_mut().filter(|_| open && !line.is_blank()) {
            Some(run) => run.end = line.tokens.end,
            None if !line.is_blank() => runs.push(line.tokens.clone()),
            None => {}
        }
        open = !line.is_blank();
    }
    runs
}

/// Whether words turn an order.
pub(crate) fn turns_order(scan: &Scan<'_>, run: &Range<usize>, lang: Option<Lang>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let count = tokens.iter().filter(|t| t.kind == Kind::Word).count();
    if count > MOST || tokens.iter().any(|t| is_of_mails(&t.folded)) {
        return false;
    }
    let turns = |folded: &str| perils::has(Sentence { folded, lang, priced: true, goods: false });
    let folded = scan.folded(run.clone());
    cues::of(&folded).has(Cues::TURNS)
        || turns(&folded) && ties::is_tied_where(scan, run, &turns)
        || lines(scan, run).any(|line| is_short(scan, &line) && turns(&scan.folded(line)))
}

/// The lines of a paragraph.
fn lines<'s>(scan: &'s Scan<'_>, run: &'s Range<usize>) -> impl Iterator<Item = Range<usize>> + 's {
    let within = |line: &&TextLine| run.start <= line.tokens.start && line.tokens.end <= run.end;
    scan.lines.iter().filter(within).map(|line| line.tokens.clone())
}

/// 'HOLD', 'never mind'
fn is_short(scan: &Scan<'_>, line: &Range<usize>) -> bool {
    let tokens = scan.tokens.get(line.clone()).unwrap_or_default();
    (1..=FEW).contains(&tokens.iter().filter(|t| t.kind == Kind::Word).count())
}

/// Words of small print, which speaks of the mail and of who may read it.
pub(crate) fn is_of_mails(word: &str) -> bool {
    words!(
        "mail mails message messages email recipient recipients intended confidential disclaimer print printing environment iphone ipad android smartphone unsubscribe newsletter terms conditions court jurisdiction \
         nachricht nachrichten empfanger vertraulich drucken ausdrucken umwelt abmelden agb gerichtsstand \
         courriel courriels destinataire confidentiel imprimer environnement desabonner \
         messaggio destinatario riservato riservate stampare ambiente correo mensaje imprimir medio bericht geadresseerde vertrouwelijk"
    )
    .has(word)
}
