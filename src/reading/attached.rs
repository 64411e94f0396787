//! What attached files order, beside what the mail's own text says.

use std::collections::BTreeSet;

use crate::mail::{Attachment, Mail};
use crate::reading::body::{self, Body};
use crate::reading::dates::one_calendar;
use crate::reading::dates::{self, When};
use crate::reading::draft::{Amount, Dated, Desk, Draft, Named};
use crate::reading::files::{self, Content, Extract};
use crate::reading::passed::{self, Is, Passed};
use crate::reading::prose::leftovers;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::settle::{self, Settled};
use crate::reading::tables::sheet_words;
use crate::reading::text::{Scan, clip, words};
use crate::reading::types::{Field, Line, Part, Problem, ProblemCode};

/// Most files of a mail that are read.
const MAX_FILES: usize = 20;
/// Most mails within mails that are opened, and how deep.
const MAX_MAILS: usize = 10;
const MAX_DEPTH: usize = 3;

/// What came with a mail, opened.
#[derive(Debug, Default)]
pub struct Opened {
    files: Vec<File>,
    /// Mails that were passed on.
    pub(super) passed: Vec<Passed>,
}

#[derive(Debug)]
struct File {
    part: Part,
    name: String,
    important: bool,
    content: Content,
    /// What a person sees of it, where the content is data within.
    pages: Option<String>,
    /// What it says or shows outside of its rows that may turn them.
    turned: Option<String>,
}

impl Opened {
    /// Opens the files that came with a mail, and those of mails within it. PDFs and spreadsheets
    /// stay closed: they are opened by [`extract`](files::extract).
    #[must_use]
    pub fn of(mail: &Mail) -> Self {
        let mut opened = Self::default();
        // What must not be answered is not read.
        if mail.automatic.is_none() {
            opened.add(mail, None, MAX_DEPTH);
        }
        opened
    }

    /// Whether nothing came with the mail that may say something about an order.
    pub(super) fn is_empty(&self) -> bool {
        self.passed.is_empty()
            && self.files.iter().all(|file| matches!(file.content, Content::Nothing))
    }

    /// Takes out a file that is still closed: its number for [`Opened::fill`], and its bytes. Until
    /// it is filled, it counts as a file that cannot be read.
    pub fn take_closed(&mut self) -> Option<(usize, Vec<u8>)> {
        let closed = |file: &File| matches!(file.content, Content::Closed(_));
        let (at, file) = self.files.iter_mut().enumerate().find(|(_, file)| closed(file))?;
        match std::mem::replace(&mut file.content, Content::Unreadable) {
            Content::Closed(bytes) => Some((at, bytes)),
            _ => None,
        }
    }

    /// Puts in what a closed file holds.
    pub fn fill(&mut self, number: usize, extract: Extract) {
        if let Some(file) = self.files.get_mut(number) {
            let told = extract.remarks.iter().find(|remark| sheet_words::in_remark(remark));
            file.turned = extract.doubts.first().or(told).cloned();
            (file.content, file.pages) = files::of_extract(extract);
        }
    }

    /// Files of a mail within a mail stand in the part of the mail that holds them.
    fn add(&mut self, mail: &Mail, part: Option<Part>, deeper: usize) {
        for (at, file) in mail.attachments.iter().enumerate() {
            if self.files.len() >= MAX_FILES {
                return;
            }
            let part = part.unwrap_or(Part::Attachment(at));
            if passed::is_mail(file) && deeper > 0 && self.passed.len() < MAX_MAILS {
                let inner = passed::open(file);
                self.passed.push(Passed::attached(&inner, part));
                self.add(&inner, Some(part), deeper - 1);
                continue;
            }
            let content = files::read(file);
            let important = is_important(file);
            let name = clip(&file.name, 80);
            self.files.push(File { part, name, important, content, pages: None, turned: None });
        }
    }

    /// The texts of files, to be heard for the language of the mail.
    pub(super) fn scans(&self) -> Vec<Sheet<'_>> {
        self.files
            .iter()
            .filter_map(|file| {
                let (schema, text) = match &file.content {
                    Content::Text(text) => (false, text),
                    Content::Order(text, _) => (true, text),
                    _ => return None,
                };
                Some(Sheet { name: &file.name, schema, scan: Scan::whole(file.part, text) })
            })
            .collect()
    }
}

/// The text of a file.
pub(super) struct Sheet<'a> {
    name: &'a str,
    /// A document with a schema that is an order.
    schema: bool,
    /// Its rows.
    pub(super) scan: Scan<'a>,
}

/// What the files are.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations of one mail")]
pub(super) struct Attached {
    /// Files that order something.
    pub(super) orders: Vec<Draft>,
    /// What the pages of files order whose data counts.
    pages: Vec<Draft>,
    /// One changes an order: its name.
    pub(super) change: Option<String>,
    /// One is another document than an order: its name.
    pub(super) no_order: Option<String>,
    /// One cannot be read: its name.
    pub(super) unreadable: Option<String>,
    /// One that cannot be read says by its name or kind that it is an order.
    pub(super) important: bool,
    /// A file says of itself that it is an order.
    pub(super) titled: bool,
    /// One order is a mail that was passed on.
    pub(super) passed_on: bool,
    /// A mail of another house was passed on: whose order it would be, a person says.
    pub(super) strange: bool,
    /// Words beside the rows of a file, or in one without any, that may turn the order.
    pub(super) turned: Option<String>,
    /// Whom orders with a schema name as the seller.
    pub(super) sellers: Vec<String>,
    /// What there is without the mail below the text.
    without_inline: Option<Box<Attached>>,
}

/// Reads the files, and the mails that were passed on.
pub(super) fn read(opened: &Opened, sheets: &[Sheet<'_>], desk: &Desk<'_>) -> Attached {
    let mut attached = Attached::default();
    for file in &opened.files {
        let name = file.name.clone();
        match &file.content {
            Content::Change => attached.change = Some(name),
            Content::NoOrder => attached.no_order = Some(name),
            Content::Unreadable | Content::Closed(_) => {
                attached.important |= file.important;
                attached.unreadable = Some(name);
            }
            Content::Order(_, seller) => attached.sellers.extend(seller.clone()),
            Content::Text(_) | Content::Nothing => {}
        }
    }
    for sheet in sheets {
        attached.take(sheet, desk);
    }
    let turned = opened.files.iter().find_map(|file| file.turned.clone());
    attached.turned = attached.turned.take().or(turned);
    for file in &opened.files {
        let Some(pages) = &file.pages else { continue };
        let scan = Scan::whole(file.part, pages);
        if !scan.cut && title(&scan) != Title::Other {
            attached.pages.push(body::read(&scan, 0..0, desk).draft);
        }
    }
    for mail in &opened.passed {
        attached.take_passed(mail, desk);
    }
    attached
}

impl Attached {
    fn take(&mut self, sheet: &Sheet<'_>, desk: &Desk<'_>) {
        let Sheet { name, schema, scan } = sheet;
        if scan.cut {
            self.unreadable = Some((*name).to_owned());
            self.important = true;
            return;
        }
        let title = if *schema { Title::Order } else { title(scan) };
        let title = if !*schema && names_none(name) { Title::Other } else { title };
        if title == Title::Other {
            self.no_order = Some((*name).to_owned());
            return;
        }
        let read: Body = body::read(scan, 0..0, desk);
        let calls_itself = title == Title::Order || names_order(name);
        // Terms and brochures mention products too.
        if read.draft.wishes.is_empty() || !read.formal && !calls_itself {
            self.turned =
                self.turned.take().or_else(|| Some(sheet_words::note(scan, desk.lang)?.words));
            return;
        }
        let beside = || sheet_words::beside(scan, &read.draft, desk.lang).filter(|_| !*schema);
        let named = || sheet_words::in_name(name);
        let told = || beside().or_else(named).map(|told| told.words);
        self.turned = self.turned.take().or_else(told);
        self.titled |= calls_itself;
        let mut draft = read.draft;
        one_calendar::read(&mut draft);
        // Chatter of a form (terms, totals) is no part of its order.
        if read.formal {
            // A day that nothing explains may be the wished one, where no other is told.
            let dated = !draft.deliveries.is_empty()
                || draft.wishes.iter().any(|wish| wish.delivery.is_some());
            draft.loose.retain(|l| {
                l.rule != "prose.unexplained" && (l.rule != dates::in_prose::UNEXPLAINED || !dated)
            });
        }
        self.orders.push(draft);
    }

    /// Leaves out files that hold no goods, terms of purchase for example, where another, or the mail's
    /// own text, does. Whether files order something.
    pub(super) fn leave_goodless(&mut self, own: &Draft) -> bool {
        if holds_goods(own) || self.orders.iter().any(holds_goods) {
            self.orders.retain(holds_goods);
        }
        !self.orders.is_empty()
    }

    /// A mail that was passed on below the text. It counts for nothing where the text orders
    /// something itself: then it is what the order is about.
    pub(super) fn take_inline(&mut self, mail: &Passed, desk: &Desk<'_>) {
        let before = self.clone();
        self.take_passed(mail, desk);
        self.without_inline = Some(Box::new(before));
    }

    /// Whether anything was read below the text.
    pub(super) fn holds_inline(&self) -> bool {
        self.without_inline.is_some()
    }

    /// Takes back what was read below the text.
    pub(super) fn leave_inline(&mut self) {
        if let Some(before) = self.without_inline.take() {
            *self = *before;
        }
    }

    /// A mail that was passed on. It counts only where the mail that passes it on wants it done.
    fn take_passed(&mut self, mail: &Passed, desk: &Desk<'_>) {
        let name = || "forwarded mail".to_owned();
        match mail.read(desk) {
            Is::Order(draft) => {
                self.passed_on = true;
                self.titled = true;
                self.orders.push(*draft);
            }
            Is::Change => self.change = Some(name()),
            Is::NoOrder => self.no_order = Some(name()),
            Is::Turned(words) => {
                self.no_order = Some(name());
                self.turned = Some(words.words);
            }
            Is::Strange => self.strange = true,
            Is::Nothing => {}
        }
    }
}

/// Whether something names a product of ours, or counts one that may be somebody else's.
fn holds_goods(draft: &Draft) -> bool {
    draft.wishes.iter().any(|wish| match wish.named {
        Named::One(_) | Named::Several(_) | Named::Contradiction => true,
        Named::Unknown => matches!(wish.amount, Some(Amount::Of { .. })),
        Named::Nothing => false,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    Order,
    Other,
    None,
}

/// What a document calls itself in its first lines.
fn title(scan: &Scan<'_>) -> Title {
    let mut found = Title::None;
    for line in scan.lines.iter().filter(|l| !l.is_blank()).take(15) {
        let words = scan.folded(line.tokens.clone());
        let short = line.tokens.len() <= 8;
        let order = [
            "purchase order",
            "order",
            "bestellung",
            "commande",
            "bon de commande",
            "ordine",
            "pedido",
            "bestelling",
            "einkaufsbestellung",
        ]
        .iter()
        .any(|w| format!(" {words} ").contains(&format!(" {w} ")));
        let other = cues::of(&words).has(Cues::DOCUMENT)
            || [
                "invoice",
                "rechnung",
                "facture",
                "fattura",
                "quotation",
                "offer",
                "angebot",
                "offerte",
                "devis",
                "offerta",
                "preventivo",
                "lieferschein",
                "delivery note",
                "bon de livraison",
                "auftragsbestatigung",
                "order confirmation",
                "confirmation de commande",
                "conferma d ' ordine",
                "price list",
                "preisliste",
                "statement",
                "packing list",
                "gutschrift",
                "credit note",
                "ddt",
            ]
            .iter()
            .any(|w| words == *w || words.starts_with(&format!("{w} ")));
        // 'Wir bitten um Auftragsbestätigung.' below the title of an order is no title.
        let asks = words.split(' ').any(|word| {
            words!("bemerkung bemerkungen hinweis remark remarks note comment remarque nota osservazioni opmerking bitte please merci veuillez prego gelieve")
                .has(word)
        });
        let sentence = asks || words.ends_with('.') && line.tokens.len() > 5;
        if short && other && !(sentence && found == Title::Order) {
            return Title::Other;
        }
        if order && found == Title::None {
            found = Title::Order;
        }
    }
    found
}

/// Whether a file's name says that it is an order.
fn names_order(name: &str) -> bool {
    let name = crate::reading::text::fold(name);
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    ["order", "bestell", "commande", "ordine", "purchase", "pedido", "auftrag", "einkauf"]
        .iter()
        .any(|w| name.contains(w))
        || words.contains(&"po")
}

/// Whether a file's name says that it is none that is placed: 'order - draft', 'backorders'.
fn names_none(name: &str) -> bool {
    let name = crate::reading::text::fold(name);
    name.split(|c: char| !c.is_alphanumeric()).any(|word| {
        crate::reading::text::words!(
            "draft entwurf brouillon bozza borrador concept old alt ancien vecchio viejo oud backorder backorders ruckstand ruckstande storno cancelled \
             cancellation void obsolete superseded inventory lagerliste bestandsliste pricelist preisliste"
        )
        .has(word)
    })
}

/// A file that cannot be read but is likely the order: by its name, or since data is sent for
/// nothing else.
fn is_important(file: &Attachment) -> bool {
    let ending = file.name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    let data = matches!(
        ending.as_str(),
        "csv" | "tsv" | "xls" | "xlsx" | "xlsm" | "ods" | "xml" | "edi" | "doc" | "docx" | "zip"
    );
    data || names_order(&file.name) || crate::reading::text::fold(&file.name).contains("scan")
}

type Key = Vec<(i64, rust_decimal::Decimal)>;

fn key(settled: &Settled) -> Key {
    let mut lines: Key =
        settled.lines.iter().map(|l| (l.product.id, l.quantity.normalize())).collect();
    lines.sort_unstable();
    lines
}

/// Two readings of one order: what is ordered must agree; dates where both have them.
pub(super) fn agree(one: &Settled, other: &Settled) -> bool {
    let dates = |s: &Settled| {
        let mut dates: Vec<_> = s
            .lines
            .iter()
            .map(|l| (l.product.id, l.quantity.normalize(), l.delivery_date))
            .collect();
        dates.sort_unstable();
        dates
    };
    let dated = |s: &Settled| s.lines.iter().any(|l| l.delivery_date.is_some());
    key(one) == key(other) && (!dated(one) || !dated(other) || dates(one) == dates(other))
}

/// Whether each line of an order is one of another.
pub(super) fn is_part_of(one: &Settled, other: &Settled) -> bool {
    let lines = |settled: &Settled| -> BTreeSet<_> {
        let lines = settled.lines.iter();
        lines.map(|l| (l.product.id, l.quantity.normalize(), l.delivery_date)).collect()
    };
    lines(one).is_subset(&lines(other))
}

/// The order of the files and of the mail's own text together.
pub(super) fn settle(attached: &mut Attached, own: Draft, desk: &Desk<'_>) -> Settled {
    let mut orders = std::mem::take(&mut attached.orders).into_iter();
    let Some(mut first) = orders.next() else { return settle::settle(own, desk) };
    let own_wishes = !own.wishes.is_empty();
    first.addresses.extend(own.addresses.iter().cloned());
    first.order_dates.extend(own.order_dates.iter().cloned());
    let stated = first.references.is_empty();
    if stated {
        first.references.extend(own.references.iter().cloned());
    }
    let dated = first.wishes.iter().any(|w| w.delivery.is_some()) || !first.deliveries.is_empty();
    // A plain day of the mail and those of the file must agree.
    let told = own.deliveries.iter().filter(|told| !dated || is_plain_day(told, desk));
    first.deliveries.extend(told.cloned());
    let mut settled = settle::settle(first, desk);
    for other in orders {
        if !agree(&settled, &settle::settle(other, desk)) {
            settled.problems.push(conflict("Two attached files order different things."));
        }
    }
    for pages in std::mem::take(&mut attached.pages) {
        let seen = settle::settle(pages, desk);
        // Pages are laid out for eyes: what is not read of them for sure says nothing.
        if seen.is_sound() && seen.problems.is_empty() && !agree(&settled, &seen) {
            settled.problems.push(conflict("The pages of a file and the data in it differ."));
        }
    }
    if own_wishes {
        let own = settle::settle(own, desk);
        if !own.is_sound() {
            settled.problems.extend(own.problems);
        } else if !agree(&settled, &own) {
            settled
                .problems
                .push(conflict("The mail and the attached file order different things."));
        } else {
            take_days(&mut settled, &own);
        }
    } else {
        settled.problems.extend(
            own.loose
                .iter()
                .filter(|l| l.rule == "prose.unexplained" || l.rule == leftovers::TOTAL)
                .map(settle::unexplained),
        );
    }
    settled
}

/// '27 June 2025': neither 'for May' nor 'within 48 hours', which may be of something else.
fn is_plain_day(told: &Dated, desk: &Desk<'_>) -> bool {
    let scan = Scan::whole(Part::Text, &told.evidence.words);
    let mut all = 0..scan.tokens.len();
    let words = &told.evidence.words;
    // 'openTRANS 2.1'
    let whole = words.contains(char::is_alphabetic)
        || words.chars().filter(char::is_ascii_digit).count() >= 6;
    whole
        && told.when.and_then(When::day).is_some()
        && all.any(|at| {
            dates::date_at(&scan, at, desk.calendar())
                .is_some_and(|(day, _)| Some(day) == told.when)
        })
}

/// The days of the mail's own lines, where those of the file have none.
fn take_days(filed: &mut Settled, own: &Settled) {
    if filed.lines.iter().any(|line| line.delivery_date.is_some()) {
        return;
    }
    let mut left: Vec<&Line> = own.lines.iter().collect();
    for line in &mut filed.lines {
        let same =
            |other: &&Line| other.product.id == line.product.id && other.quantity == line.quantity;
        let Some(at) = left.iter().position(same) else { continue };
        line.delivery_date = left.swap_remove(at).delivery_date;
    }
}

fn conflict(message: &str) -> Problem {
    Problem {
        code: ProblemCode::Conflict,
        message: message.to_owned(),
        words: String::new(),
        block: None,
        field: Some(Field::Attachment),
    }
}
