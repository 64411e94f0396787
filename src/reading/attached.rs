//! What attached files order, beside what the mail's own text says.

use super::body::{self, Body};
use super::cues::{self, Cues};
use super::draft::{Desk, Draft};
use super::files::{self, Content};
use super::settle::{self, Settled};
use super::text::{Scan, clip};
use super::types::{Field, Part, Problem, ProblemCode};
use crate::mail::{Attachment, Mail};

/// Most files of a mail that are read.
const MAX_FILES: usize = 20;

/// All attached files, by their place.
pub(super) fn contents(mail: &Mail) -> Vec<(usize, Content)> {
    mail.attachments
        .iter()
        .enumerate()
        .take(MAX_FILES)
        .map(|(at, file)| (at, files::read(file)))
        .collect()
}

/// The texts of files, to be heard for the language of the mail.
pub(super) fn scans(contents: &[(usize, Content)]) -> Vec<(usize, bool, Scan<'_>)> {
    contents
        .iter()
        .filter_map(|(at, content)| match content {
            Content::Text(text) => Some((*at, false, Scan::whole(Part::Attachment(*at), text))),
            Content::Order(text) => Some((*at, true, Scan::whole(Part::Attachment(*at), text))),
            _ => None,
        })
        .collect()
}

/// What the files are.
#[derive(Debug, Default)]
pub(super) struct Attached {
    /// Files that order something.
    pub(super) orders: Vec<Draft>,
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
}

/// Reads the files.
pub(super) fn read(
    mail: &Mail,
    contents: &[(usize, Content)],
    scans: &[(usize, bool, Scan<'_>)],
    desk: &Desk<'_>,
) -> Attached {
    let mut attached = Attached::default();
    let file = |at: usize| mail.attachments.get(at);
    for (at, content) in contents {
        let Some(file) = file(*at) else { continue };
        let name = clip(&file.name, 80);
        match content {
            Content::Change => attached.change = Some(name),
            Content::NoOrder => attached.no_order = Some(name),
            Content::Unreadable => {
                attached.important |= is_important(file);
                attached.unreadable = Some(name);
            }
            Content::Text(_) | Content::Order(_) | Content::Nothing => {}
        }
    }
    for (at, schema, scan) in scans {
        let name = file(*at).map(|f| f.name.clone()).unwrap_or_default();
        let title = if *schema { Title::Order } else { title(scan) };
        if title == Title::Other {
            attached.no_order = Some(clip(&name, 80));
            continue;
        }
        let read: Body = body::read(scan, 0..0, desk);
        if !read.formal
            && !read.draft.wishes.is_empty()
            && !names_order(&name)
            && title != Title::Order
        {
            // Terms and brochures mention products too.
            continue;
        }
        if read.draft.wishes.is_empty() {
            continue;
        }
        attached.titled |= title == Title::Order || names_order(&name);
        let mut draft = read.draft;
        // Chatter of a form (terms, totals) is no part of its order.
        if read.formal {
            draft
                .loose
                .retain(|l| l.rule != "prose.unexplained" && l.rule != "prose.unexplained_date");
        }
        attached.orders.push(draft);
    }
    attached
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
        if short && other {
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
    let name = super::text::fold(name);
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    ["order", "bestell", "commande", "ordine", "purchase", "pedido", "auftrag", "einkauf"]
        .iter()
        .any(|w| name.contains(w))
        || words.contains(&"po")
}

/// A file that cannot be read but is likely the order: by its name, or since data is sent for
/// nothing else.
fn is_important(file: &Attachment) -> bool {
    let ending = file.name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    let data = matches!(
        ending.as_str(),
        "csv" | "tsv" | "xls" | "xlsx" | "xlsm" | "ods" | "xml" | "edi" | "doc" | "docx" | "zip"
    );
    data || names_order(&file.name) || super::text::fold(&file.name).contains("scan")
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
    if !dated {
        first.deliveries.extend(own.deliveries.iter().cloned());
    }
    let mut settled = settle::settle(first, desk);
    for other in orders {
        if !agree(&settled, &settle::settle(other, desk)) {
            settled.problems.push(conflict("Two attached files order different things."));
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
        }
    } else {
        settled.problems.extend(
            own.loose.iter().filter(|l| l.rule == "prose.unexplained").map(settle::unexplained),
        );
    }
    settled
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
