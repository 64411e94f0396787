//! Sorts wanted lines by what Odoo says: what can be taken, what is short, what is not made; and
//! groups what can be taken into orders.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::flow::{
    Availability, Item, LookedUp, OrderDraft, OrderLine, PlacedOrder, Short, Stock, Wanted,
};
use crate::mail::MailId;
use crate::reading::Unknown;

/// Wanted lines, sorted.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// Orders that this mail has placed before (its case was lost with a database): placing them
    /// again makes nothing, and reads them back.
    pub(super) kept: Vec<OrderDraft>,
    /// There is enough.
    pub(super) take: Vec<Item>,
    /// There is too little.
    pub(super) short: Vec<Short>,
    /// Not made, or no longer.
    pub(super) gone: Vec<Unknown>,
}

/// Sorts lines; `already` are this mail's orders that the case does not know of.
pub(super) fn sort(wanted: Vec<Wanted>, found: &LookedUp, already: &[&PlacedOrder]) -> Sorted {
    let mut sorted =
        Sorted { kept: already.iter().map(|o| again(o)).collect(), ..Sorted::default() };
    let mut placed: Vec<(i64, Decimal)> = already
        .iter()
        .flat_map(|order| order.lines.iter().map(|line| (line.product_id, line.quantity)))
        .collect();
    let replayed = !already.is_empty();
    let mut left: BTreeMap<i64, Decimal> = BTreeMap::new();
    for line in wanted {
        let same =
            |(id, quantity): &(i64, Decimal)| *id == line.product.id && *quantity == line.quantity;
        if let Some(at) = placed.iter().position(same) {
            placed.swap_remove(at);
            continue;
        }
        let Some(stock) = found.stock.get(&line.product.id) else {
            sorted.gone.push(unknown(&line));
            continue;
        };
        match stock.availability {
            Availability::Inactive => sorted.gone.push(unknown(&line)),
            // What was not ordered the first time was short then, and has been offered.
            Availability::Untracked if !replayed => sorted.take.push(item(line, stock)),
            Availability::Untracked => {
                let available = line.quantity;
                sorted.short.push(Short { item: item(line, stock), available });
            }
            Availability::Stock(free) => {
                let rest = left.entry(line.product.id).or_insert(free.max(Decimal::ZERO));
                if *rest >= line.quantity && !replayed {
                    *rest -= line.quantity;
                    sorted.take.push(item(line, stock));
                } else {
                    let available = (*rest).min(line.quantity);
                    sorted.short.push(Short { item: item(line, stock), available });
                }
            }
        }
    }
    sorted
}

/// One order per delivery date and address. `tag` tells apart what the same mail orders at
/// different times.
pub(super) fn orders(
    mail: &MailId,
    items: &[Item],
    reference: Option<&str>,
    tag: &str,
) -> Vec<OrderDraft> {
    let mut groups: BTreeMap<(Option<NaiveDate>, Option<String>), Vec<OrderLine>> = BTreeMap::new();
    for Item { wanted, .. } in items {
        groups
            .entry((wanted.date, wanted.address.clone()))
            .or_default()
            .push(OrderLine { product_id: wanted.product.id, quantity: wanted.quantity });
    }
    let draft = |((date, address), lines): ((Option<NaiveDate>, Option<String>), _)| OrderDraft {
        key: key(mail, date, address.as_deref(), tag),
        mail: mail.clone(),
        address,
        date,
        reference: reference.map(str::to_owned),
        lines,
    };
    groups.into_iter().map(draft).collect()
}

/// Tells the awaited lines of one mail apart, whichever of them come first.
pub(super) fn awaited_tag(items: &[Item]) -> String {
    let mut parts: Vec<String> = items
        .iter()
        .map(|item| format!("{}x{}", item.wanted.product.id, item.wanted.quantity.normalize()))
        .collect();
    parts.sort();
    parts.join(",")
}

/// `<mail id>_<8 hexadecimal digits>`; must never change between versions.
fn key(mail: &MailId, date: Option<NaiveDate>, address: Option<&str>, tag: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(date.map(|d| d.to_string()).unwrap_or_default());
    hash.update([0]);
    hash.update(address.unwrap_or_default());
    hash.update([0]);
    hash.update(tag);
    let digest = hash.finalize();
    let mut key = format!("{mail}_");
    for byte in digest.iter().take(4) {
        let _ = write!(key, "{byte:02x}");
    }
    key
}

fn again(order: &PlacedOrder) -> OrderDraft {
    let mail = order.key.split('_').next().and_then(MailId::parse);
    OrderDraft {
        key: order.key.clone(),
        mail: mail.unwrap_or_else(|| MailId::from_digest(order.key.as_bytes())),
        address: order.address.clone(),
        date: order.delivery_date,
        reference: order.reference.clone(),
        lines: order
            .lines
            .iter()
            .map(|line| OrderLine { product_id: line.product_id, quantity: line.quantity })
            .collect(),
    }
}

fn item(wanted: Wanted, stock: &Stock) -> Item {
    Item { wanted, name: stock.name.clone(), uom: stock.uom.clone() }
}

fn unknown(line: &Wanted) -> Unknown {
    let words = if line.product.default_code.is_empty() {
        line.product.id.to_string()
    } else {
        line.product.default_code.clone()
    };
    Unknown { words, quantity: Some(line.quantity) }
}
