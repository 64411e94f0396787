//! Odoo answered.

use rust_decimal::Decimal;

use super::NoPlace;
use super::partition::{self, Sorted};
use super::turn::Turn;
use crate::flow::{
    Annotate, Awaiting, Content, Effect, Folder, HoldReason, Item, LetterKind, LookedUp, Outcome,
    Partial, PlacedLine, PlacedOrder, Placing, Purpose, Refused, Request, Resume, Short, State,
    Vendor,
};
use crate::mail::MailId;
use crate::reading::Unknown;

pub(super) fn looked_up(turn: &mut Turn<'_>, found: &LookedUp) -> Result<(), NoPlace> {
    let State::LookingUp(purpose) = turn.case.state.clone() else { return Err(NoPlace) };
    if let Some(partner) = &found.partner {
        turn.case.customer.partner_id = Some(partner.id);
        if let (Some(lang), false) = (partner.lang, turn.case.customer.lang_from_mail) {
            turn.case.customer.lang = lang;
        }
    }
    match purpose {
        Purpose::Order(request) => ordered(turn, found, request),
        Purpose::TakeAvailable { mail, short } => take_available(turn, found, &mail, short),
        Purpose::Wait { mail, short } => wait(turn, found, &mail, &short),
        Purpose::Replenished(awaiting) => replenished(turn, found, awaiting),
        Purpose::Introduce { mail, reason, request } => {
            introduced(turn, found, &mail, reason, request);
        }
    }
    Ok(())
}

/// This mail's orders that the case does not know of: its database was lost.
fn forgotten<'f>(turn: &Turn<'_>, found: &'f LookedUp) -> Vec<&'f PlacedOrder> {
    let known = |order: &PlacedOrder| turn.case.orders.iter().any(|o| o.key == order.key);
    found.already.iter().filter(|order| !known(order)).collect()
}

fn ordered(turn: &mut Turn<'_>, found: &LookedUp, request: Request) {
    let already = forgotten(turn, found);
    let Sorted { kept, mut take, mut short, gone } =
        partition::sort(request.lines, found, &already);
    let unknown: Vec<Unknown> = request.unknown.into_iter().chain(gone).collect();
    if turn.policy.partial == Partial::Together && !short.is_empty() && kept.is_empty() {
        let enough = |item: Item| Short { available: item.wanted.quantity, item };
        short.extend(take.drain(..).map(enough));
    }
    let reference = request.reference.as_deref();
    let mut orders = kept;
    orders.extend(partition::orders(&request.mail, &take, reference, ""));
    let mail = request.mail;
    if orders.is_empty() && short.is_empty() {
        turn.send(LetterKind::NotMade, Content { unknown, ..Content::default() });
        turn.file(&mail, Folder::Done);
        turn.end(Outcome::NotMade);
    } else if orders.is_empty() {
        turn.offer(&mail, short, Content { unknown, ..Content::default() });
        file_settled(turn, &mail);
    } else {
        turn.place(Placing { orders, short, unknown, ..placing(&mail) });
    }
}

/// Choice 1 alone: what there is of the short lines.
fn take_available(turn: &mut Turn<'_>, found: &LookedUp, mail: &MailId, short: Vec<Short>) {
    let already = forgotten(turn, found);
    if !already.is_empty() {
        let orders = partition::sort(Vec::new(), found, &already).kept;
        turn.place(Placing { orders, ..placing(mail) });
        return;
    }
    let wanted = short.into_iter().map(|line| line.item.wanted).collect();
    let Sorted { mut take, short, gone, .. } = partition::sort(wanted, found, &[]);
    let mut lapsed = Vec::new();
    for line in short {
        if line.available > Decimal::ZERO {
            let mut item = line.item.clone();
            item.wanted.quantity = line.available;
            take.push(item);
        }
        lapsed.push(line);
    }
    if take.is_empty() {
        turn.offer(mail, lapsed, Content { unknown: gone, ..Content::default() });
        file_settled(turn, mail);
        return;
    }
    let reference = turn.case.reference.clone();
    let orders = partition::orders(mail, &take, reference.as_deref(), "");
    turn.place(Placing { orders, unknown: gone, lapsed, ..placing(mail) });
}

/// Choice 2: ask the suppliers, unless the stock has come meanwhile.
fn wait(turn: &mut Turn<'_>, found: &LookedUp, mail: &MailId, offered: &[Short]) {
    let already = forgotten(turn, found);
    let wanted = offered.iter().map(|line| line.item.wanted.clone()).collect();
    let Sorted { kept, take, short, gone } = partition::sort(wanted, found, &already);
    if short.is_empty() {
        place_awaited(turn, mail, kept, &take, gone, None);
        return;
    }
    let (requests, orphans) = by_supplier(turn, found, &short);
    if !orphans.is_empty() {
        let mut lines = short;
        lines.extend(take.into_iter().map(|item| Short { available: item.wanted.quantity, item }));
        let again = Purpose::Wait { mail: mail.clone(), short: lines };
        turn.tell_held();
        turn.hold(HoldReason::NoSupplier { products: orphans }, Some(Resume::LookUp(again)));
        turn.file(mail, Folder::Review);
        return;
    }
    let lead_days = requests.iter().filter_map(|(vendor, _)| vendor.lead_days).max();
    for (vendor, items) in requests {
        let content = Content { items, lead_days: vendor.lead_days, ..Content::default() };
        turn.send_supplier(
            vendor.address,
            vendor.lang.unwrap_or(turn.policy.default_lang),
            content,
        );
    }
    let mut items: Vec<Item> = short.into_iter().map(|line| line.item).collect();
    let content =
        Content { items: items.clone(), lead_days, unknown: gone.clone(), ..Content::default() };
    turn.send(LetterKind::Replenishment, content);
    turn.file(mail, Folder::Done);
    if turn.policy.partial == Partial::Together {
        items.extend(take);
        turn.case.state = State::AwaitingStock(awaiting(turn, mail, items));
    } else if take.is_empty() && kept.is_empty() {
        turn.case.state = State::AwaitingStock(awaiting(turn, mail, items));
    } else {
        let rest = awaiting(turn, mail, items);
        place_awaited(turn, mail, kept, &take, Vec::new(), Some(rest));
    }
}

/// What each supplier is asked for (what is missing, not what is there), and the references of
/// products that nobody supplies.
fn by_supplier(
    turn: &Turn<'_>,
    found: &LookedUp,
    short: &[Short],
) -> (Vec<(Vendor, Vec<Item>)>, Vec<String>) {
    let mut requests: Vec<(Vendor, Vec<Item>)> = Vec::new();
    let mut orphans = Vec::new();
    for line in short {
        let product = &line.item.wanted.product;
        let known = found.stock.get(&product.id).and_then(|stock| stock.vendor.clone());
        let configured = || {
            let address = turn.policy.supplier.clone()?;
            Some(Vendor { address, lang: None, lead_days: None })
        };
        let Some(vendor) = known.or_else(configured) else {
            orphans.push(product.default_code.clone());
            continue;
        };
        let mut missing = line.item.clone();
        missing.wanted.quantity -= line.available;
        match requests.iter_mut().find(|(v, _)| v.address.email == vendor.address.email) {
            Some((first, items)) => {
                first.lead_days = first.lead_days.max(vendor.lead_days);
                items.push(missing);
            }
            None => requests.push((vendor, vec![missing])),
        }
    }
    (requests, orphans)
}

/// Has the awaited stock come?
fn replenished(turn: &mut Turn<'_>, found: &LookedUp, before: Awaiting) {
    let already = forgotten(turn, found);
    let wanted = before.items.iter().map(|item| item.wanted.clone()).collect();
    let Sorted { kept, take, short, gone } = partition::sort(wanted, found, &already);
    let together = turn.policy.partial == Partial::Together;
    let nothing = take.is_empty() && kept.is_empty() && gone.is_empty();
    if nothing || (together && !short.is_empty()) {
        if turn.now - before.since >= turn.policy.stock_wait_limit {
            turn.tell_held();
            turn.hold(HoldReason::WaitedTooLong, Some(Resume::Await(before)));
        } else {
            let check_at = turn.now + turn.policy.stock_check_every;
            turn.case.state = State::AwaitingStock(Awaiting { check_at, ..before });
        }
        return;
    }
    let items: Vec<Item> = short.into_iter().map(|line| line.item).collect();
    let check_at = turn.now + turn.policy.stock_check_every;
    let rest = (!items.is_empty()).then(|| Awaiting {
        items,
        check_at,
        mail: before.mail.clone(),
        since: before.since,
    });
    place_awaited(turn, &before.mail, kept, &take, gone, rest);
}

/// Places awaited lines that have come; `rest` goes on waiting.
fn place_awaited(
    turn: &mut Turn<'_>,
    mail: &MailId,
    kept: Vec<crate::flow::OrderDraft>,
    take: &[Item],
    unknown: Vec<Unknown>,
    rest: Option<Awaiting>,
) {
    let reference = turn.case.reference.clone();
    let mut orders = kept;
    let tag = partition::awaited_tag(take);
    orders.extend(partition::orders(mail, take, reference.as_deref(), &tag));
    if orders.is_empty() {
        turn.send(LetterKind::NotMade, Content { unknown, ..Content::default() });
        match rest {
            Some(awaiting) => turn.case.state = State::AwaitingStock(awaiting),
            None => turn.end(Outcome::NotMade),
        }
        return;
    }
    turn.place(Placing { orders, unknown, awaiting: rest, ..placing(mail) });
}

fn awaiting(turn: &Turn<'_>, mail: &MailId, items: Vec<Item>) -> Awaiting {
    let check_at = turn.now + turn.policy.stock_check_every;
    Awaiting { mail: mail.clone(), items, since: turn.now, check_at }
}

/// Now we know whether we know the sender of a mail that a person must look at.
fn introduced(
    turn: &mut Turn<'_>,
    found: &LookedUp,
    mail: &MailId,
    reason: HoldReason,
    request: Option<Request>,
) {
    // We are nobody's relay: a stranger who ordered nothing gets no letter.
    if found.partner.is_some() || turn.case.letters > 0 {
        turn.tell_held();
    }
    let resume = request.map(|request| Resume::LookUp(Purpose::Order(request)));
    turn.hold(reason, resume);
    turn.file(mail, Folder::Review);
}

pub(super) fn placed(
    turn: &mut Turn<'_>,
    partner_id: i64,
    orders: &[PlacedOrder],
) -> Result<(), NoPlace> {
    let State::Placing(placing) = turn.case.state.clone() else { return Err(NoPlace) };
    turn.case.customer.partner_id = Some(partner_id);
    for order in orders {
        turn.case.orders.retain(|known| known.key != order.key);
        turn.case.orders.push(order.clone());
    }
    let ids = orders.iter().map(|order| order.id).collect();
    turn.push(Effect::Annotate(Annotate { mail: placing.mail.clone(), orders: ids }));
    if placing.accepted || as_asked(&placing, orders, turn.policy.confirm) {
        tell(turn, placing, orders);
    } else {
        let numbers = orders.iter().map(|order| order.number.clone()).collect();
        let mail = placing.mail.clone();
        let resume = Resume::Place(Placing { accepted: true, ..placing });
        turn.tell_held();
        turn.hold(HoldReason::NotReserved { orders: numbers }, Some(resume));
        turn.file(&mail, Folder::Review);
    }
    Ok(())
}

/// Odoo holds what was asked, and has reserved all of it.
fn as_asked(placing: &Placing, orders: &[PlacedOrder], confirm: bool) -> bool {
    placing.orders.iter().all(|draft| {
        let Some(order) = orders.iter().find(|order| order.key == draft.key) else { return false };
        let mut wanted: Vec<_> = draft.lines.iter().map(|l| (l.product_id, l.quantity)).collect();
        let mut there: Vec<_> = order.lines.iter().map(|l| (l.product_id, l.quantity)).collect();
        wanted.sort_unstable();
        there.sort_unstable();
        let reserved = |line: &PlacedLine| line.reserved.is_some_and(|n| n >= line.quantity);
        let firm = !confirm || (order.confirmed && order.lines.iter().all(reserved));
        wanted == there && !order.cancelled && firm
    })
}

/// The one letter about a mail's orders, and what comes after it.
fn tell(turn: &mut Turn<'_>, placing: Placing, orders: &[PlacedOrder]) {
    let Placing { mail, short, unknown, lapsed, awaiting, .. } = placing;
    let content = Content { orders: orders.to_vec(), unknown, ..Content::default() };
    if !short.is_empty() {
        turn.offer(&mail, short, content);
        file_settled(turn, &mail);
        return;
    }
    let items = awaiting.as_ref().map(|rest| rest.items.clone()).unwrap_or_default();
    turn.send(LetterKind::Confirmation, Content { short: lapsed, items, ..content });
    turn.file(&mail, Folder::Done);
    match awaiting {
        Some(rest) => turn.case.state = State::AwaitingStock(rest),
        None => turn.end(Outcome::Ordered),
    }
}

pub(super) fn place_refused(turn: &mut Turn<'_>, refused: &Refused) -> Result<(), NoPlace> {
    let State::Placing(placing) = turn.case.state.clone() else { return Err(NoPlace) };
    let mail = placing.mail.clone();
    turn.tell_held();
    let reason = HoldReason::Refused { message: refused.message.clone() };
    turn.hold(reason, Some(Resume::Place(placing)));
    turn.file(&mail, Folder::Review);
    Ok(())
}

/// Files a mail by where its case came to rest.
fn file_settled(turn: &mut Turn<'_>, mail: &MailId) {
    let held = matches!(turn.case.state, State::Held { .. });
    turn.file(mail, if held { Folder::Review } else { Folder::Done });
}

fn placing(mail: &MailId) -> Placing {
    Placing {
        mail: mail.clone(),
        orders: Vec::new(),
        short: Vec::new(),
        unknown: Vec::new(),
        lapsed: Vec::new(),
        awaiting: None,
        accepted: false,
    }
}
