//! One text: its tables, its labelled fields, and what it says between them.

use std::ops::Range;

use crate::reading::dates;
use crate::reading::dates::closures;
use crate::reading::dates::one_calendar;
use crate::reading::dates::open_days;
use crate::reading::draft::{Amount, Dated, Desk, Draft, Form, Named, Wish};
use crate::reading::forms;
use crate::reading::forms::as_above;
use crate::reading::forms::blocks;
use crate::reading::forms::days_between;
use crate::reading::forms::field_values;
use crate::reading::forms::fields::{self, Field};
use crate::reading::forms::headers;
use crate::reading::forms::labels::Label;
use crate::reading::forms::left_empty;
use crate::reading::forms::list_marks;
use crate::reading::forms::places;
use crate::reading::forms::references::{self, Stated};
use crate::reading::forms::relabel;
use crate::reading::forms::sections;
use crate::reading::forms::values;
use crate::reading::prose::additions;
use crate::reading::prose::qualified;
use crate::reading::prose::{self, Prose};
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::requests;
use crate::reading::sentences::standing_terms;
use crate::reading::tables;
use crate::reading::tables::unsaid;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::units;
use crate::reading::text::{Kind, Scan, Span};
use crate::reading::types::Evidence;

/// What a text was read as.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// What it orders.
    pub(super) draft: Draft,
    /// What its sentences are for.
    pub(super) prose: Prose,
    /// Lines came from labelled fields or tables.
    pub(super) formal: bool,
}

impl Body {
    /// What the text repeats of a file, the file has asked for.
    pub(super) fn follow_file(&mut self) {
        self.formal = true;
        self.prose.odd = None;
        self.prose.account.pointed = None;
    }
}

/// Reads a text. `aside` are tokens that are no part of the order: the number of a choice.
pub(super) fn read(scan: &Scan<'_>, aside: Range<usize>, desk: &Desk<'_>) -> Body {
    read_beside(scan, std::slice::from_ref(&aside), desk)
}

/// Reads a text, with several runs of tokens left aside.
pub(super) fn read_beside(scan: &Scan<'_>, asides: &[Range<usize>], desk: &Desk<'_>) -> Body {
    let tables = tables::read(scan, desk);
    let free_line = |line: usize| !tables.lines.contains(&line);
    let mut fields = fields::find(scan, &free_line, desk);
    as_above::follow(scan, &mut fields, &free_line);
    relabel::persons(scan, &mut fields, desk);
    let mut free: Vec<bool> = scan.tokens.iter().map(|t| free_line(t.line)).collect();
    for aside in asides {
        for flag in free.iter_mut().take(aside.end).skip(aside.start) {
            *flag = false;
        }
    }
    for field in &fields {
        consume(scan, field, desk, &mut free);
    }
    let formal = blocks::is_order(&fields) || tables.headed && !tables.draft.wishes.is_empty();
    let mut draft = tables.draft;
    draft.append(blocks::read(scan, &fields, desk));
    let explained = tables.explained.of(tables.headed.then_some(tables.last));
    for told in explained.chain(tables.explained.counted(draft.wishes.len())) {
        free.get_mut(told.run.clone()).into_iter().flatten().for_each(|free| *free = false);
    }
    if formal && blocks::is_order(&fields) {
        draft.problems.extend(forms::doubts::find(scan, &draft));
    }
    if formal {
        left_empty::leave(scan, &mut free, desk);
        standing_terms::leave(scan, &mut free);
    }
    let names = &desk.catalog.index().names;
    let ours = |at: usize| scan.token(at).is_some_and(|token| names.knows(token));
    let places = places::find(scan, &mut free, &ours);
    let mut prose = prose::read(scan, &free, desk, &mut draft.wishes);
    let kept = |wish: &Wish| !prose.withdrawn.contains(&wish.block);
    if draft.wishes.iter().any(kept) {
        draft.wishes.retain(kept);
    } else if !prose.withdrawn.is_empty() {
        prose.condition = true;
    }
    take_reference(&mut draft, references::find(scan, &free, desk));
    draft.addresses.extend(places);
    let said = std::mem::take(&mut prose.draft);
    combine(scan, &mut draft, said, &prose);
    days_between::give(scan, &mut draft);
    draft.loose.extend(day_in_a_field(scan, &fields, &draft, desk));
    open_days::ask(!draft.deliveries.is_empty(), &mut draft);
    sections::days_above_lists(&mut draft);
    // Who writes '19/06' and '28/05' means June by '05/06'.
    if formal {
        one_calendar::read(&mut draft);
    }
    as_above::ask_for_days(&mut draft);
    if !draft.wishes.is_empty() {
        let open =
            |field: &&Field| !is_remark(scan, field) && field_values::turns(scan, field, desk);
        let open = fields.iter().find(open).and_then(|field| {
            let value = scan.span(field.value.clone())?;
            Some(field.label_span.map_or(value, |label| label.to(value)))
        });
        draft.problems.extend(open.map(|span| forms::doubts::open(scan.words(span))));
        draft.problems.extend(closures::conflict(&prose.closures, &draft));
        draft.loose.append(&mut prose.bare);
        draft.loose.extend(qualified::open(scan, &draft.wishes, desk));
        let unread = unsaid::unread(scan, &tables.lines, desk);
        if matches!(scan.part, crate::reading::types::Part::Attachment(_)) {
            draft.problems.extend(unread.map(|row| unsaid::unread_problem(&row)));
        } else {
            prose.account.peril = prose.account.peril.take().or(unread);
        }
    }
    Body { draft, prose, formal }
}

/// Takes in an order number of running text, and its day, where no field states one.
pub(super) fn take_reference(draft: &mut Draft, stated: Option<Stated>) {
    let Some(stated) = stated else { return };
    let same = draft.references.first().is_none_or(|first| first.value == stated.reference.value);
    if draft.references.is_empty() {
        draft.references.push(stated.reference);
    }
    if draft.order_dates.is_empty() && same {
        draft.order_dates.extend(stated.dated);
    }
}

/// Marks the tokens of a field as read.
fn consume(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>, free: &mut [bool]) {
    // What is remarked may matter, and so does that it is a correction.
    if field.label == Label::Other && is_remark(scan, field) {
        let mut words = field.label_span.map(|span| tokens_of(scan, span)).unwrap_or_default();
        // 'Remarks: none'
        if values::says_none(scan, field.value.clone()) {
            words.end = field.value.end;
        }
        for flag in free.get_mut(words).into_iter().flatten().filter(|_| !corrects(scan, field)) {
            *flag = false;
        }
        return;
    }
    let label = field.label_span.map(|span| tokens_of(scan, span));
    let aside = matches!(
        field.label,
        Label::Other
            | Label::Amount
            | Label::Position
            | Label::Price
            | Label::Unit
            | Label::Packs
            | Label::Held
    );
    let value = match field.label {
        // 'Company │ Keller Ltd │ Due in Bern │ 26 May': a day under other words may be the wished one.
        Label::Other if holds_day_ahead(scan, field, desk) => None,
        // 'Entro il: 27 giugno 2025', 'In our hands: 27 June': what for, the sentence says, or nobody.
        Label::Other if dates::is_day_ahead(scan, field.value.start, desk.calendar()) => None,
        // 'Liefertermin für Pos. 2: 12.05.2025'
        Label::Other | Label::Position if is_labelled_day(scan, field, desk) => None,
        // 'Grouped by delivery day:' above the rows.
        Label::Delivery if names_code(scan, field, desk) && !tells_day(scan, field, desk) => None,
        // 'Site A: 10 HS-100' orders.
        _ if aside && names_code(scan, field, desk) => None,
        // 'Nous avons besoin de :', and '20 pump bodies' below it
        _ if aside && relabel::holds_goods(scan, field.value.clone(), desk) => None,
        // 'Pos. 1: 100 heat sinks', 'Line 2: 40119, 100 pcs' number a line.
        Label::Position if says_more(scan, field) => None,
        Label::Reference if !field.leads => {
            headers::reference_span(scan, field.value.start, field.value.end)
                .map(|s| tokens_of(scan, s))
        }
        _ => Some(field.value.clone()),
    };
    // '1. Product: HS-100'
    let numbered = field.leads.then(|| list_marks::number_before(scan, field)).flatten();
    for run in numbered.into_iter().chain(label).chain(value) {
        for flag in free.iter_mut().take(run.end).skip(run.start) {
            *flag = false;
        }
    }
}

/// A day ahead in the value of a field that is for something else, where no line has a day: for when the
/// goods are, or not.
fn day_in_a_field(
    scan: &Scan<'_>,
    fields: &[Field],
    draft: &Draft,
    desk: &Desk<'_>,
) -> Option<Evidence> {
    let dated = !draft.deliveries.is_empty() || draft.wishes.iter().any(|w| w.delivery.is_some());
    if dated || draft.wishes.is_empty() {
        return None;
    }
    let aside = |field: &&Field| {
        !matches!(field.label, Label::Delivery | Label::OrderDate | Label::AnyDate)
    };
    let ahead = |at: &usize| dates::is_day_ahead(scan, *at, desk.calendar());
    let at = fields.iter().filter(aside).find_map(|field| field.value.clone().find(ahead))?;
    let end = dates::date_at(scan, at, desk.calendar()).map_or(at + 1, |(_, end)| end);
    Some(scan.evidence(scan.span(at..end)?, dates::in_prose::UNEXPLAINED))
}

/// Whether a day ahead stands in a further cell of a field's value.
fn holds_day_ahead(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> bool {
    let cells = field.value.clone().skip(1).any(|at| scan.token(at).is_some_and(|t| t.gap));
    let ahead = |at: usize| {
        let day = dates::date_at(scan, at, desk.calendar())?.0.day()?;
        Some(day > desk.today?)
    };
    cells && field.value.clone().any(|at| ahead(at) == Some(true))
}

fn tells_day(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> bool {
    field.value.clone().any(|at| dates::date_at(scan, at, desk.calendar()).is_some())
}

/// Whether a label speaks of delivery, and its value is a day ahead.
fn is_labelled_day(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> bool {
    let said = field.label_span.map(|span| scan.folded(tokens_of(scan, span))).unwrap_or_default();
    said.split(' ').any(crate::reading::dates::clauses::is_delivery)
        && dates::is_day_ahead(scan, field.value.start, desk.calendar())
}

/// Whether a field's value is more than one number or word.
fn says_more(scan: &Scan<'_>, field: &Field) -> bool {
    let value = scan.tokens.get(field.value.clone()).unwrap_or_default();
    value.iter().filter(|t| t.is_alnum()).count() >= 2
}

/// Whether a field's value holds a code of a product: of letters and digits, a barcode, or a number that is
/// one where an amount with its unit stands beside it.
fn names_code(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> bool {
    /// The shortest barcode, EAN-8.
    const BARCODE: usize = 8;
    let counted = field.value.clone().any(|at| {
        scan.token(at).is_some_and(|t| t.kind == Kind::Digits)
            && at + 1 < field.value.end
            && units::unit_at(scan, at + 1).is_some()
    });
    field.value.clone().any(|at| {
        let hit = desk.catalog.index().code_at(scan, at, desk.domain);
        hit.is_some_and(|hit| {
            let words = scan.run(at..hit.end);
            let digits = words.bytes().filter(u8::is_ascii_digit).count();
            let mixed = words.chars().any(char::is_alphabetic) && digits > 0;
            mixed || digits >= BARCODE || digits > 3 && counted
        })
    })
}

fn corrects(scan: &Scan<'_>, field: &Field) -> bool {
    static CORRECTS: Phrases =
        Phrases::within(&["correct", "rectif", "korrek", "bericht", "correzion", "rettific"]);
    let label = field.label_span.map(|s| scan.words(s).to_lowercase()).unwrap_or_default();
    CORRECTS.are_in(&label)
}

fn is_remark(scan: &Scan<'_>, field: &Field) -> bool {
    if corrects(scan, field) {
        return true;
    }
    let label = field.label_span.map(|s| scan.words(s).to_lowercase()).unwrap_or_default();
    REMARKS.are_in(&label)
}

static REMARKS: Phrases = Phrases::within(&[
    "remark", "note", "comment", "bemerk", "hinweis", "anmerk", "remarque", "osserv", "nota",
    "observ", "opmerk",
]);

fn tokens_of(scan: &Scan<'_>, span: Span) -> Range<usize> {
    let from = scan.tokens.partition_point(|t| t.span.start < span.start);
    let to = scan.tokens.partition_point(|t| t.span.start < span.end);
    from..to
}

/// Takes what running text says into what forms and tables say.
fn combine(scan: &Scan<'_>, draft: &mut Draft, said: Draft, prose: &Prose) {
    draft.order_dates.extend(said.order_dates);
    draft.problems.extend(said.problems);
    if draft.wishes.is_empty() {
        draft.wishes = said.wishes;
        // 'For October', and the form tells the day; two days are one too many.
        let told = !draft.deliveries.is_empty();
        let certain = |dated: &Dated| dated.when.is_some_and(|when| when.day().is_some());
        draft.deliveries.extend(said.deliveries.into_iter().filter(|d| !told || certain(d)));
        draft.loose.extend(said.loose);
        return;
    }
    let several = said.deliveries.windows(2).any(|days| matches!(days, [a, b] if a.when != b.when));
    let dated = draft.wishes.iter().all(|wish| wish.delivery.is_some());
    // 'Must be with us by 2 May, the fitters start on Tuesday': a day that no line has is one too many.
    if draft.deliveries.is_empty() {
        let kept = |day: &Dated| !(several && dated) || day.is_of_none(&draft.wishes);
        draft.deliveries = said.deliveries.into_iter().filter(kept).collect();
    }
    // '12 May 2025' on a line of its own, above goods that have no day: for when they are, or not.
    if draft.deliveries.is_empty() && draft.wishes.iter().all(|wish| wish.delivery.is_none()) {
        draft.loose.extend(said.loose.iter().filter(|w| is_lone_day(scan, w)).cloned());
    }
    // 'Item - HS-100; quantity - 20' beside another line that was read as a form: goods that no line has.
    let other = |wish: &Wish| {
        wish.amount.is_none()
            && matches!(wish.named, Named::One(_))
            && !draft.wishes.iter().any(|line| line.named == wish.named)
    };
    let others: Vec<Evidence> =
        said.wishes.iter().filter(|w| other(w)).filter_map(|w| w.product_words.clone()).collect();
    draft.loose.extend(others);
    for wish in said.wishes {
        let repeated = draft.wishes.iter().any(|other| same_wish(other, &wish));
        if repeated || wish.amount.is_none() {
            continue;
        }
        if additions::take(scan, draft, &wish, prose) {
            continue;
        }
        let asked = matches!(wish.named, Named::One(_)) || prose.about.has(Cues::ORDER);
        if asked {
            draft.loose.extend(wish.amount_words.or(wish.product_words));
        }
    }
}

/// Whether a day stands on a line of its own, but for the words that come with a day.
fn is_lone_day(scan: &Scan<'_>, words: &Evidence) -> bool {
    let tokens = tokens_of(scan, Span { start: words.start, end: words.end });
    let number = scan.token(tokens.start).map(|token| token.line);
    let line = number.and_then(|number| scan.lines.get(number));
    let Some(line) = line.filter(|_| words.rule == dates::in_prose::UNEXPLAINED) else {
        return false;
    };
    // A day that is a cell of a file is there for something.
    let parted = |at: usize| scan.token(at).is_none_or(|t| t.gap || Some(t.line) != number);
    let cell = parted(tokens.end) && (tokens.start == line.tokens.start || parted(tokens.start));
    if cell && matches!(scan.part, crate::reading::types::Part::Attachment(_)) {
        return true;
    }
    // 'In our hands: 27 June 2025'
    let labelled = tokens.end == line.tokens.end
        && tokens.start.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| t.is(':'));
    if labelled {
        return true;
    }
    // 'Date de livraison:', and 'mercredi 28 mai 2025, Produit: A' below it
    let first = tokens.start == line.tokens.start
        && scan.token(tokens.end).is_some_and(|t| t.is_any(",;") && Some(t.line) == number);
    if first {
        return true;
    }
    let beside = |at: &usize| !tokens.contains(at);
    let word = |at: usize| scan.token(at).is_some_and(|token| token.kind == Kind::Word);
    line.tokens.clone().filter(beside).filter(|at| word(*at)).count() <= 1
}

fn same_wish(one: &Wish, other: &Wish) -> bool {
    let amount = |w: &Wish| match w.amount {
        Some(Amount::Of { number, .. }) => number.plain(),
        _ => None,
    };
    one.named == other.named
        && one.form != Form::Prose
        && amount(one).is_some()
        && amount(one) == amount(other)
}

/// Whether sentences beside an order's lines, or a text without any, are for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// No doubt.
    None,
    /// A placed order is to be changed.
    Change,
    /// A question, a complaint, a condition: no plain order.
    NoOrder,
    /// Nothing says that it is no order, but no words that we know say that it is one.
    Unclear,
}

impl Doubt {
    /// How certain a sound order is that is in doubt: what the corpora bear out, which cannot
    /// tell one doubt from another. The bar that ships lies far above.
    pub(super) fn certainty(self) -> u8 {
        match self {
            Self::None => 100,
            Self::Unclear | Self::NoOrder | Self::Change => 1,
        }
    }

    /// Whether the mail is not plainly an order.
    pub(super) fn is_no_order(self) -> bool {
        matches!(self, Self::NoOrder | Self::Unclear)
    }
}

/// What a mail's sentences leave of its order. `topic` is what the subject says where the sender
/// wrote it for this mail: a reply's subject is the old one. New lines below an answer to an offer
/// are an order whatever is said above them, but for what takes back, changes or cancels.
pub(super) fn doubt(body: &Body, subject: Cues, topic: Cues, offered: bool) -> Doubt {
    let all = body.prose.cues;
    let about = body.prose.about;
    if all.has(Cues::CHANGE) {
        return Doubt::Change;
    }
    if topic.has(Cues::CHANGE.and(Cues::CANCEL)) {
        return Doubt::Change;
    }
    if topic.has(Cues::COMPLAINT.and(Cues::REPEAT)) {
        return Doubt::NoOrder;
    }
    if all.and(topic).has(Cues::STANDING) || about.has(Cues::PAPERS) {
        return Doubt::NoOrder;
    }
    if all.and(topic).has(Cues::QUOTE.and(Cues::SELLER))
        || all.has(Cues::COMPLAINT.and(Cues::REPEAT))
    {
        return Doubt::NoOrder;
    }
    if all.has(Cues::CANCEL) {
        return if body.draft.wishes.is_empty() { Doubt::Change } else { Doubt::NoOrder };
    }
    // 'Can you confirm the prices?' under the subject 'Order' orders nothing yet.
    if body.prose.account.asks_price && !all.has(Cues::ORDER) {
        return Doubt::NoOrder;
    }
    if body.prose.account.astray && !all.has(Cues::ORDER) {
        return Doubt::NoOrder;
    }
    if all.has(Cues::PRICE) && body.prose.asks
        || about.has(Cues::PRICE) && !about.has(Cues::ACCORDING) && !body.formal
    {
        return Doubt::NoOrder;
    }
    if body.prose.condition || body.prose.question {
        return Doubt::NoOrder;
    }
    if all.has(Cues::CORRECTION.and(Cues::UNSURE)) || body.prose.past {
        return Doubt::NoOrder;
    }
    let asked = all.and(subject).has(Cues::ORDER);
    if body.prose.account.peril.is_some() {
        return Doubt::NoOrder;
    }
    // A form that nothing calls an order is one beside a greeting only. Its order date does, too.
    let named = !body.draft.references.is_empty() || !body.draft.order_dates.is_empty();
    let called = asked || body.prose.account.misspelt || named;
    let account = &body.prose.account;
    let strange = account.strange.is_some() || account.pointed.is_some();
    if body.formal && !offered && !called && strange {
        return Doubt::Unclear;
    }
    if !body.formal && !asked && !is_wished(body, subject) || body.prose.odd.is_some() {
        return Doubt::Unclear;
    }
    Doubt::None
}

/// '4 pcs EN-5G for 10 September': a list of goods with a day ahead is wished, though no word orders it.
fn is_wished(body: &Body, subject: Cues) -> bool {
    let certain = |dated: &Dated| dated.when.is_some_and(|when| when.day().is_some());
    let header = body.draft.deliveries.iter().any(certain);
    let wished = |wish: &Wish| {
        matches!(wish.named, Named::One(_))
            && wish.amount.is_some()
            && wish.delivery.as_ref().map_or(header, certain)
    };
    let quiet = Cues::ORDER.and(Cues::DELIVERY);
    !body.draft.wishes.is_empty()
        && body.draft.wishes.iter().all(wished)
        && body.prose.cues.and(body.prose.about).and(subject).without(quiet) == Cues::default()
}

/// Cues of a subject.
pub(super) fn subject_cues(subject: &Scan<'_>) -> Cues {
    let all = 0..subject.tokens.len();
    let cues = cues::of(&subject.folded(all.clone()));
    if requests::names_po(subject, all) { cues.and(Cues::ORDER) } else { cues }
}
