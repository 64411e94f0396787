//! What a program prints below what it sends: 'Generated automatically by the purchasing portal,
//! version 3.2.1'. The version is the program's, and the day that of printing.

use std::ops::Range;

use super::closed::{ARTICLES, Closed, Marks, Numbers, OURS, has};
use super::perils::{self, Sentence};
use crate::reading::text::units;
use crate::reading::text::{Kind, Scan, Token, WordList, words};

/// Most words of a program's name.
const NAME: usize = 4;

/// It was made, by whom, when, and needs no signature.
static IMPRINT: Closed = Closed {
    needs: &[MADE],
    beside: &[LEADS, MACHINE, VERSION, BESIDE, ARTICLES, OURS],
    marks: Marks::AllBut("?!"),
    most: 40,
    ..Closed::STATEMENT
};

/// 'Formular F-118, Version 7, Vorgang 550213.': the numbers of a printed form.
static FORM: Closed = Closed {
    needs: &[FORMS],
    beside: &[VERSION, FORM_WORDS],
    numbers: Numbers::Any,
    marks: Marks::AllBut("?!+*"),
    most: 20,
    ..Closed::STATEMENT
};

/// Whether a sentence names a form, its version and its number, and nothing else.
fn numbers_form(scan: &Scan<'_>, tokens: &[Token]) -> bool {
    let digits = |token: &Token| token.kind == Kind::Digits;
    // The 'F' of 'F-118'; 'form for 20 A' says more.
    let joint = |t: &Token| t.glued && t.is_any("-/.");
    let code = |at: usize| {
        let short = tokens.get(at).is_some_and(|t| {
            t.folded.len() <= 3 && scan.words(t.span).chars().all(char::is_uppercase)
        });
        let leads = tokens.get(at + 1).is_some_and(|t| joint(t) || t.glued && digits(t));
        let ends = tokens.get(at).is_some_and(|t| t.glued)
            && at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(joint);
        short && (leads || ends)
    };
    // 'Form 20' counts nothing that a unit stands behind.
    let counted = tokens.windows(2).any(
        |pair| matches!(pair, [one, two] if digits(one) && units::unit_of(&two.folded).is_some()),
    );
    tokens.iter().any(digits) && !counted && FORM.is_said_with(tokens, code)
}

/// Whether a sentence says nothing but what made it, when, and that it needs no signature.
pub(crate) fn are_meant(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    if numbers_form(scan, tokens) {
        return true;
    }
    let makers = makers(scan, tokens);
    let known = |at: usize| {
        makers.iter().any(|maker| maker.contains(&at)) || is_of_version_or_time(tokens, at)
    };
    // 'Version 2 of our order' is none of a program.
    let of_order = has(tokens, VERSION) && has(tokens, ORDER);
    (!makers.is_empty() || has(tokens, MACHINE)) && !of_order && IMPRINT.is_said_with(tokens, known)
}

/// The names of programs behind 'by' and 'with'.
fn makers(scan: &Scan<'_>, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut makers = Vec::new();
    if tokens.len() > IMPRINT.most {
        return makers;
    }
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if LEADS.has(&token.folded) {
            let length = name(scan, tokens.get(at..).unwrap_or_default());
            makers.extend((length > 0).then_some(at..at + length));
            at += length;
        }
    }
    makers
}

/// How many tokens behind 'by' or 'with' name a program or an address.
fn name(scan: &Scan<'_>, tokens: &[Token]) -> usize {
    let mut said = 0;
    let mut end = 0;
    for (at, token) in tokens.iter().enumerate() {
        let capital = scan.words(token.span).starts_with(char::is_uppercase);
        let within = match token.kind {
            Kind::Word if token.glued && at > 0 => true,
            Kind::Word => {
                said += usize::from(capital);
                let is_article = ARTICLES.has(&token.folded) || OURS.has(&token.folded);
                // 'https://…', 'shop@…'
                let address = at == 0
                    && tokens.get(1).is_some_and(|t| t.glued && t.is_any(":@."))
                    && tokens.get(2).is_some_and(|t| t.glued);
                capital && said <= NAME || said == 0 && is_article || address
            }
            Kind::Digits => at > 0,
            Kind::Mark => token.glued && token.is_any("@./:-_&+'’") || token.is('&'),
        };
        if !within || token.kind == Kind::Word && is_doubtful(&token.folded) {
            break;
        }
        if token.is_alnum() {
            end = at + 1;
        }
    }
    if said > 0 || tokens.iter().take(end).any(|t| t.is_any("/@")) { end } else { 0 }
}

/// Whether a word tells of something else than an order.
pub(crate) fn is_doubtful(word: &str) -> bool {
    const PARTS: &[&str] = &[
        "quot",
        "anfrage",
        "inquir",
        "enquir",
        "angebot",
        "offer",
        "offre",
        "oferta",
        "devis",
        "prevent",
        "presupuesto",
        "draft",
        "entwurf",
        "bozza",
        "brouillon",
        "borrador",
        "concept",
        "test",
        "demo",
        "sample",
        "muster",
        "retour",
        "return",
        "reklam",
        "archiv",
        "kopie",
        "copy",
        "simul",
        "schul",
        "train",
        "approv",
        "freig",
        "genehm",
        "cancel",
        "storn",
    ];
    PARTS.iter().any(|part| word.contains(part))
        || perils::has(Sentence { folded: word, lang: None, priced: false, goods: false })
}

/// The digits of '3.2.1', '14:05', '12/11/2025', 'v3' and 'page 1 of 1'.
fn is_of_version_or_time(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|t| t.kind == Kind::Digits) else { return false };
    let joint = |t: Option<&Token>| t.is_some_and(|t| t.glued && t.is_any(".:/-"));
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let counted =
        before.is_some_and(|t| words!("v page seite pagina of von sur di de van").has(&t.folded));
    let first = joint(before) && token.glued;
    let last = joint(tokens.get(at + 1)) && tokens.get(at + 2).is_some_and(|t| t.glued);
    first || last || counted && token.folded.len() <= 2
}

static VERSION: &WordList = words!("version versione versie release");

static FORMS: &WordList = words!(
    "form template \
     formular formblatt vorlage vorgang vorgangsnummer \
     formulaire modele \
     modulo modello \
     formulario plantilla \
     formulier sjabloon"
);

static FORM_WORDS: &WordList = words!(
    "id no nr number rev revision edition issue of page transaction process as \
     nummer ausgabe stand seite von vorgang vorgangs belegnummer beleg \
     numero n edition page sur de du \
     pagina di del edizione \
     pagina edicion \
     van uitgave proces"
);

static ORDER: &WordList = words!("order bestellung commande ordine pedido bestelling");

static MADE: &WordList = words!(
    "generated autogenerated created produced printed issued sent exported submitted transmitted \
     erstellt generiert erzeugt gedruckt ausgedruckt gesendet versendet verschickt ubermittelt exportiert \
     genere generee cree creee imprime imprimee edite editee envoye envoyee transmis transmise emis emise \
     generato generata creato creata stampato stampata inviato inviata emesso emessa trasmesso trasmessa \
     generado generada creado creada impreso impresa enviado enviada emitido emitida \
     gegenereerd aangemaakt afgedrukt verzonden verstuurd opgesteld"
);

/// What leads to a program's name.
static LEADS: &WordList = words!(
    "by from with via using through on at \
     von vom mit aus durch uber \
     par depuis avec \
     dal dalla da con \
     desde por \
     door met vanuit"
);

static MACHINE: &WordList = words!(
    "automatically automatic auto computer system electronically machine \
     maschinell automatisch elektronisch edv systemseitig \
     automatiquement electroniquement informatiquement \
     automaticamente elettronicamente \
     automaticamente electronicamente \
     automatisch elektronisch"
);

static BESIDE: &WordList = words!(
    "this document email mail message purchase order form pdf e was is has been and as valid without signature \
     requires no required needed page v software am on at dated date time \
     dieses dieser diese dokument beleg nachricht bestellung bestellformular formular wurde wird ist und ohne unterschrift gultig \
     rechtsgultig seite uhr um \
     ce cet cette courriel commande bon a ete est et sans valable valide page \
     questo questa documento messaggio ordine e stato stata senza firma valido valida pagina alle \
     este esta mensaje correo pedido ha sido es y sin valido pagina \
     dit deze bericht bestelling is werd zonder handtekening geldig pagina op om"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn what_programs_print_says_nothing_of_goods() {
        let printed = |text: &str| {
            let scan = Scan::whole(Part::Text, text);
            are_meant(&scan, 0..scan.tokens.len())
        };
        for text in [
            "Automatisch erstellt vom Beschaffungsportal, Version 3.2.1",
            "Generated automatically by PurchasePro v4.10",
            "This purchase order was created by Dynamics 365 and is valid without signature.",
            "Dieses Dokument wurde maschinell erstellt und ist ohne Unterschrift gültig.",
            "Document généré automatiquement par Sage X3, version 12.0.34",
            "Documento generato automaticamente da Gestionale Zeta, versione 8.1",
            "Enviado el 12/11/2025 09:15 desde https://pons.example/pedidos",
            "Automatisch gegenereerd door Exact Online",
            "Formular F-118, Version 7, Vorgang 550213.",
            "Form QF-07 rev. 3, page 1 of 1",
            "Modulo MOD-12/A, versione 4",
        ] {
            assert!(printed(text), "{text}");
        }
        for text in [
            "Automatically created, version 2 of our order",
            "Form for 20 A",
            "Formular 20 Stück",
            "Vorgang 550213 storniert",
            "Form cancelled, version 2",
            "Automatisch erstellt, Version 3.2.1 ersetzt Version 3.2.0",
            "Generated by Quotation Tool, version 1.2",
            "Erstellt vom Testportal, Version 3.2",
            "Created from an unapproved requisition",
            "Created automatically, do not process",
            "Erstellt als Entwurf",
            "Sent by mistake.",
            "Sent from our site, 20 pieces",
            "Generated by the portal, not released",
            "The goods were sent by DHL",
        ] {
            assert!(!printed(text), "{text}");
        }
    }
}
