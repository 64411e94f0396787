//! Where the values of fields end: some go on over the ends of their lines, some end before.

use std::ops::Range;

use super::fields::{Field, behind_bullet};
use super::labels::Label;
use crate::reading::draft::Desk;
use crate::reading::text::noise;
use crate::reading::text::{Kind, Scan, Span, Token, WordList, words};

/// Lets values go on over the ends of their lines.
pub(crate) fn wrap(scan: &Scan<'_>, free: &dyn Fn(usize) -> bool, fields: &mut [Field]) {
    let lines_with_fields: Vec<usize> = fields.iter().map(|f| f.line).collect();
    for place in 0..fields.len() {
        if let Some(value) = before_next_label(scan, fields, place)
            && let Some(field) = fields.get_mut(place)
        {
            field.last_line = scan.token(value.start).map_or(field.line, |t| t.line);
            field.value.end = value.end;
            if field.value.start >= value.start || field.value.is_empty() {
                field.value.start = value.start;
            }
            continue;
        }
        let next_field_line = lines_with_fields.get(place + 1).copied();
        let Some(field) = fields.get_mut(place) else { continue };
        let empty_row = field.index.is_some() && field.value.is_empty();
        if next_field_line == Some(field.line) || empty_row {
            continue;
        }
        let mut line = field.line;
        loop {
            let next = line + 1;
            if next_field_line == Some(next) || !free(next) || !goes_on(scan, field, line, next) {
                break;
            }
            let Some(tokens) = scan.lines.get(next).map(|l| l.tokens.clone()) else { break };
            if field.value.is_empty() {
                field.value = tokens;
            } else {
                field.value.end = tokens.end;
            }
            line = next;
            field.last_line = next;
            if next > field.line + 6 {
                break;
            }
        }
    }
}

/// '… - Delivery date: / 28 May 2025 - Product: A', '… - Address: 12 Mill Lane, / Leeds - Qty: 4': what
/// stands on the next line before its first label, where fields run on and a line's end came in between.
fn before_next_label(scan: &Scan<'_>, fields: &[Field], place: usize) -> Option<Range<usize>> {
    let (field, next) = (fields.get(place)?, fields.get(place + 1)?);
    let label = next.label_span?;
    let line = scan.lines.get(field.line + 1)?;
    let last = field.value.end.checked_sub(1).and_then(|at| scan.token(at));
    let open = field.value.is_empty()
        || field.label == Label::Address && last.is_some_and(|t| t.is(',') || t.kind == Kind::Word);
    let whole = scan.lines.get(field.line).is_some_and(|l| l.tokens.end <= field.value.end);
    if next.line != field.line + 1 || next.leads || !open || !whole {
        return None;
    }
    let dash = |at: usize| scan.token(at).is_some_and(|t| t.is_any("-–—•*·|;") && !t.glued);
    let end = line
        .tokens
        .clone()
        .find(|at| scan.token(*at).is_some_and(|t| t.span.start >= label.start))?;
    let end = end.checked_sub(1).filter(|at| dash(*at))?;
    let begins = behind_bullet(scan, field.line + 1) == line.tokens.start;
    (begins && end > line.tokens.start).then_some(line.tokens.start..end)
}

/// Whether a value goes on in the next line.
fn goes_on(scan: &Scan<'_>, field: &Field, line: usize, next: usize) -> bool {
    let Some(following) = scan.lines.get(next) else { return false };
    if following.is_blank() {
        return false;
    }
    let bulleted = behind_bullet(scan, next) > following.tokens.start;
    if bulleted {
        return false;
    }
    if field.value.is_empty() {
        return true;
    }
    let last = scan.token(field.value.end.saturating_sub(1));
    let comma = last.is_some_and(|t| t.is_any(",-–") && !t.is('.'));
    let words = scan.tokens.get(field.value.clone()).unwrap_or_default();
    let opened =
        words.iter().filter(|t| t.is('(')).count() > words.iter().filter(|t| t.is(')')).count();
    let parent = scan.lines.get(field.line);
    let deeper = following.indented
        && parent.is_some_and(|p| {
            let indent = |span: Span| {
                let text = scan.words(span);
                text.len() - text.trim_start().len()
            };
            !p.indented || indent(following.span) > indent(p.span)
        });
    match field.label {
        Label::Address => {
            comma
                || deeper
                || postcode_leads(scan, following.tokens.clone())
                || (field.last_line > field.line
                    && field.value.start >= parent.map_or(0, |p| p.tokens.end))
        }
        Label::Quantity | Label::Reference => false,
        // A lone line break in the middle of a date or name.
        Label::Delivery | Label::OrderDate => {
            let year = |t: &Token| t.kind == Kind::Digits && t.folded.len() == 4;
            comma || deeper && !words.iter().any(year)
        }
        Label::Product | Label::Code | Label::Name => deeper || opened,
        _ => line == field.line && deeper,
    }
}

/// '8820 Wädenswil', 'CH-3000 Bern', 'D 12555 Berlin'.
fn postcode_leads(scan: &Scan<'_>, tokens: Range<usize>) -> bool {
    let mut at = tokens.start;
    let country = scan.token(at).is_some_and(|t| t.kind == Kind::Word && t.folded.len() <= 2);
    if country {
        at += 1;
        at += usize::from(scan.token(at).is_some_and(|t| t.is('-')));
    }
    let code =
        scan.token(at).is_some_and(|t| t.kind == Kind::Digits && (4..=5).contains(&t.folded.len()));
    let town = scan.token(at + 1).is_some_and(|t| {
        t.kind == Kind::Word && scan.words(t.span).starts_with(char::is_uppercase)
    });
    code && town && tokens.len() <= 8
}

/// A date's value ends with its sentence, or where a wide gap begins another column.
pub(crate) fn end_date(scan: &Scan<'_>, field: &mut Field, desk: &Desk<'_>) {
    if !matches!(field.label, Label::Delivery | Label::OrderDate) {
        return;
    }
    let found = (field.value.clone())
        .take(8)
        .find_map(|at| crate::reading::dates::date_at(scan, at, desk.calendar()));
    let Some((_, end)) = found else { return };
    let stop = (end..field.value.end).find(|at| {
        scan.token(*at).is_some_and(|t| t.gap)
            || *at > 0 && crate::reading::text::stretches::sentence_ends(scan, *at - 1)
            || scan.token(*at).is_some_and(|t| t.is(','))
                && (are_terms(scan, *at..field.value.end)
                    || leads_to_place(scan, *at + 1)
                    || is_for_delivery(scan, field.label, *at + 1))
            || scan.token(*at).is_some_and(|t| t.is(',') || t.is_any("-–—") && !t.glued)
                && labels_another(scan, *at..field.value.end)
    });
    if let Some(stop) = stop {
        field.value.end = stop;
    }
}

/// ', Lieferantennr.: 700518', '- Delivery dt.: 28 May': another label that is known, behind the day.
fn labels_another(scan: &Scan<'_>, run: Range<usize>) -> bool {
    const LONGEST: usize = 4;
    let from = run.start + 1;
    let length = (from..run.end)
        .take(LONGEST + 1)
        .position(|at| scan.token(at).is_none_or(|t| t.kind != Kind::Word && !t.is_any(".-/")));
    // ', Seite 1 von 1'
    let page = scan.token(from).is_some_and(|t| words!("page seite pagina").has(&t.folded))
        && scan.token(from + 1).is_some_and(|t| t.kind == Kind::Digits);
    if page {
        return true;
    }
    let Some(end) = length.filter(|length| *length > 0).map(|length| from + length) else {
        return false;
    };
    let beside = words!(
        "einkaufergruppe kreditor debitor supplier lieferant lieferantennr lieferantennummer fournisseur fornitore leverancier customer kunde kundennr kundennummer client cliente klant \
         page seite pagina contact kontakt buyer besteller acheteur currency wahrung dt"
    );
    scan.token(end).is_some_and(|t| t.is(':'))
        && ((from..end).any(|at| scan.token(at).is_some_and(|t| beside.has(&t.folded)))
            || super::labels::near(&super::fields::key(scan, from..end)).is_some())
}

/// 'Commande du 10 novembre, à livrer le 1er décembre :': when to deliver, behind the day of the order.
fn is_for_delivery(scan: &Scan<'_>, label: Label, at: usize) -> bool {
    label == Label::OrderDate
        && (at..at + 3).any(|at| {
            scan.token(at).is_some_and(|t| crate::reading::dates::clauses::is_delivery(&t.folded))
        })
}

/// 'To our site at …', 'an unser Werk in …': where the goods go, behind the day.
fn leads_to_place(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    words!("to at nach an in a au chez presso alla al naar op bij en").has(word(at))
        && words!("our the unser unsere unseren notre nos nostra nostro la il nuestro nuestra onze ons de das den")
            .has(word(at + 1))
}

/// 'DAP, 30 days net': how goods are delivered and paid, and no other day.
fn are_terms(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let terms = words!(
        "dap ddp exw fca cpt cip fob cif dpu franko franco frei haus prepaid carriage paid net netto incoterms incoterm"
    );
    let beside = words!(
        "days day tage tagen dagen giorni dias jours giorni domicile domicilio free porto works werk payment payable zahlung paiement pagamento pago betaling zahlbar in a binnen within innert innerhalb sous entro"
    );
    let pay = words!("payment payable zahlung paiement pagamento pago betaling zahlbar");
    let days = words!("days tage tagen dagen jours giorni dias");
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let known = |t: &Token| t.kind != Kind::Word || terms.has(&t.folded) || beside.has(&t.folded);
    let has = |words: &WordList| tokens.iter().any(|t| words.has(&t.folded));
    (has(terms) || has(pay) && has(days)) && tokens.iter().all(known)
}

/// 'Livraison : le 22 avril 2025, rue du Lac 3, 1630 Bulle': the place behind the day, as a field.
pub(crate) fn place_behind_date(
    scan: &Scan<'_>,
    field: &mut Field,
    desk: &Desk<'_>,
) -> Option<Field> {
    if field.label != Label::Delivery || field.index.is_some() {
        return None;
    }
    let (_, end) = field
        .value
        .clone()
        .take(5)
        .find_map(|at| crate::reading::dates::date_at(scan, at, desk.calendar()))
        .filter(|(when, _)| when.day().is_some())?;
    let start = super::places::ends_run(scan, end..field.value.end)?;
    let value = start..field.value.end;
    field.value.end = end;
    Some(Field { label: Label::Address, value, leads: false, label_span: None, ..field.clone() })
}

/// A quantity ends with its sentence: 'quantity: 20. Thank you'.
pub(crate) fn end_quantity(scan: &Scan<'_>, field: &mut Field) {
    let mut inside = field.value.start + 1..field.value.end;
    let named = field.label.names_goods() || field.label == Label::Quantity;
    // 'Quantity: 10 Thank you, best regards, Liam'
    let bye = |at: &usize| closes(scan, *at) && says_bye(scan, *at..field.value.end);
    if let Some(bye) = inside.clone().find(|at| named && bye(at)) {
        field.value.end = bye;
        return;
    }
    // 'Prod. ID: 1 - Delivery dt.: 28 May'
    let dash = |at: &usize| scan.token(*at).is_some_and(|t| t.is_any("-–—") && !t.glued);
    let other = |at: &usize| labels_another(scan, *at..field.value.end);
    if let Some(next) = inside.clone().find(|at| named && dash(at) && other(at)) {
        field.value.end = next;
        return;
    }
    if field.label != Label::Quantity {
        return;
    }
    // 'Qty: 600 │ £1.95'
    let cell = inside.clone().find(|at| scan.token(*at).is_some_and(|t| t.gap));
    if let Some(cell) = cell.filter(|cell| is_money(scan, *cell..field.value.end)) {
        field.value.end = cell;
        return;
    }
    let stop = inside.find(|at| crate::reading::text::stretches::sentence_ends(scan, *at));
    if let Some(stop) = stop.filter(|stop| scan.token(*stop).is_some_and(|t| t.is('.'))) {
        field.value.end = stop;
    }
}

/// Nothing but what is polite, and names.
fn says_bye(scan: &Scan<'_>, mut run: Range<usize>) -> bool {
    const MOST: usize = 14;
    let polite = |word: &str| {
        crate::reading::sentences::accounts::is_courtesy(word)
            || words!("regards best kind warm u bonne journee saluti saludo").has(word)
    };
    run.len() <= MOST
        && run.all(|at| {
            scan.token(at).is_none_or(|t| match t.kind {
                Kind::Digits => false,
                Kind::Mark => t.is_any(",.!-–—&'"),
                Kind::Word => {
                    polite(&t.folded)
                        || scan.words(t.span).starts_with(char::is_uppercase)
                            && !crate::reading::text::lang::is_common(&t.folded)
                }
            })
        })
}

/// Words that close a mail begin here.
fn closes(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let two = (word(at), word(at + 1));
    words!("regards thanks danke merci cordialement grazie gracias saludos bedankt cheers")
        .has(two.0)
        || matches!(
            two,
            ("thank", "you" | "u")
                | ("best" | "kind" | "warm", "regards" | "wishes")
                | ("yours", "sincerely" | "faithfully")
                | ("vielen" | "besten" | "herzlichen", "dank")
                | (
                    "mit" | "beste" | "viele" | "liebe",
                    "freundlichen" | "freundlichem" | "besten" | "grusse" | "grussen" | "gruss"
                )
                | ("freundliche" | "freundlichen", "grusse" | "grussen")
                | ("meilleures" | "bien" | "salutations", "salutations" | "a" | "distinguees")
                | ("cordiali" | "distinti", "saluti")
                | ("un", "saludo")
                | ("met", "vriendelijke")
        )
}

/// Nothing but prices with their currency.
fn is_money(scan: &Scan<'_>, run: Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let currency = |t: &Token| noise::is_currency(&t.folded);
    let known = |t: &Token| t.kind == Kind::Digits || t.is_any(".,'’-–") || currency(t);
    tokens.iter().any(currency) && tokens.iter().all(known)
}

/// Takes the marks of emphasis off a value.
pub(crate) fn plain_value(scan: &Scan<'_>, field: &mut Field) {
    let start = behind_emphasis(scan, field.value.start, field.value.end);
    while field.value.end > start
        && scan.token(field.value.end - 1).is_some_and(|t| t.is_any("*_`"))
    {
        field.value.end -= 1;
    }
    field.value.start = start;
    // '#21' is the product 21.
    let sign = scan.token(start).is_some_and(|t| t.is_any("#№"));
    let id = scan.token(start + 1).is_some_and(|t| t.kind == Kind::Digits);
    if field.label == Label::Product && sign && id && start + 1 < field.value.end {
        field.value.start += 1;
    }
    // '"20"': quotes around the whole value.
    let quote = |at: usize| scan.token(at).is_some_and(|t| t.is_any("\"“”„«»"));
    if field.value.len() >= 3 && quote(start) && quote(field.value.end - 1) {
        field.value.start += 1;
        field.value.end -= 1;
    }
}

/// Behind the stars and underscores that make a word bold in plain text: '**Quantity:** 20'.
pub(crate) fn behind_emphasis(scan: &Scan<'_>, mut at: usize, end: usize) -> usize {
    while at < end && scan.token(at).is_some_and(|t| t.is_any("*_`")) {
        at += 1;
    }
    at
}
