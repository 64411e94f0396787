//! The data that templates get: a letter's content, cleaned, bounded, and written as its language
//! writes numbers and dates. docs/letters.md lists it for those who write templates.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;

use super::format::Format;
use super::{Settings, clean, subject};
use crate::flow::{Content, Item, Letter, LetterKind, PlacedLine, PlacedOrder, Short};
use crate::reading::{Field, Lang, Problem, ProblemCode, Unknown};

/// No more lines than this in one list; of the rest the number is told.
const MAX_LINES: usize = 300;
/// No more orders than this in one letter.
const MAX_ORDERS: usize = 60;
/// No more of a customer's own words than these come back in a letter.
const MAX_PROBLEMS: usize = 12;
const MAX_UNKNOWN: usize = 30;
const MAX_WORDS: usize = 60;
/// Bounds on other text, in characters.
const MAX_NAME: usize = 120;
const MAX_ADDRESS: usize = 200;
const MAX_SHORT_TEXT: usize = 40;
/// The delivery date in examples lies this far ahead.
const EXAMPLE_DAYS: u64 = 14;

/// What a template sees.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a flat record for templates")]
pub(super) struct View {
    lang: &'static str,
    company: String,
    signature: Vec<String>,
    /// The customer's subject, and the same with `Re:`; both may be empty.
    subject: String,
    re: String,
    reference: Option<String>,
    orders: Vec<OrderView>,
    /// Numbers of `orders`, for the subject.
    numbers: String,
    /// Numbers of orders told of in earlier letters, and of all orders, that stand.
    earlier: Vec<String>,
    standing: Vec<String>,
    short: Vec<ShortView>,
    more_short: usize,
    /// Lines of which there is enough, that wait with the short ones.
    ready: Vec<ItemView>,
    /// How many lines wait for an answer.
    open_lines: usize,
    any_available: bool,
    items: Vec<ItemView>,
    more_items: usize,
    /// What is not ordered any more: the lines of `short` and `items`.
    lapsed: Vec<ItemView>,
    unknown: Vec<UnknownView>,
    more_unknown: usize,
    problems: Vec<ProblemView>,
    more_problems: usize,
    lead_days: Option<u32>,
    deadline: Option<String>,
    example_date: String,
    by_us: bool,
    about_offer: bool,
    confirmed: bool,
}

#[derive(Debug, Serialize)]
struct OrderView {
    number: String,
    confirmed: bool,
    cancelled: bool,
    reference: Option<String>,
    date: Option<String>,
    address: Option<String>,
    lines: Vec<LineView>,
    more: usize,
    untaxed: String,
    /// Names of the taxes.
    taxes: String,
    tax: String,
    total: String,
    currency: String,
}

#[derive(Debug, Serialize)]
struct LineView {
    product: String,
    reference: String,
    name: String,
    quantity: String,
    price: String,
    discount: Option<String>,
    /// Without and with the currency.
    subtotal: String,
    amount: String,
    /// How much is reserved, where that is less than ordered.
    reserved: Option<String>,
}

#[derive(Debug, Serialize)]
struct ShortView {
    product: String,
    reference: String,
    name: String,
    wanted: String,
    available: String,
    date: Option<String>,
}

#[derive(Debug, Serialize)]
struct ItemView {
    product: String,
    reference: String,
    name: String,
    quantity: String,
    date: Option<String>,
}

#[derive(Debug, Serialize)]
struct UnknownView {
    words: String,
    quantity: Option<String>,
}

#[derive(Debug, Serialize)]
struct ProblemView {
    code: ProblemCode,
    field: Option<Field>,
    block: Option<u32>,
    words: String,
}

impl View {
    /// What the templates of this letter see, when it is written on `today`.
    pub(super) fn new(settings: &Settings, letter: &Letter, lang: Lang, today: NaiveDate) -> Self {
        let format = Format::new(lang, settings.style);
        let for_supplier = Content { items: letter.content.items.clone(), ..Content::default() };
        // A supplier learns nothing of the customer.
        let content =
            if letter.kind == LetterKind::Request { &for_supplier } else { &letter.content };
        let theirs = match letter.kind {
            LetterKind::Request => String::new(),
            _ => subject::theirs(&letter.subject),
        };
        let (short, ready): (Vec<&Short>, Vec<&Short>) =
            content.short.iter().partition(|line| line.available < line.item.wanted.quantity);
        // What is asked about as a problem is not told a second time.
        let asked = content.problems.iter().any(|p| p.code == ProblemCode::UnknownProduct);
        let not_made: &[Unknown] = if asked { &[] } else { &content.unknown };
        let example = today.checked_add_days(Days::new(EXAMPLE_DAYS)).unwrap_or(today);
        let company = clean::line(&settings.company, MAX_NAME);
        let signature = settings.signature.iter().map(|line| clean::line(line, MAX_ADDRESS));
        let signature: Vec<String> = std::iter::once(company.clone()).chain(signature).collect();
        Self {
            lang: code(lang),
            signature,
            company,
            re: if theirs.is_empty() { String::new() } else { format!("Re: {theirs}") },
            subject: theirs,
            reference: text(content.reference.as_deref(), MAX_SHORT_TEXT),
            orders: orders(format, &content.orders),
            numbers: numbers(&content.orders, |_| true).join(", "),
            earlier: numbers(&content.earlier, |order| !order.cancelled),
            standing: standing(content),
            short: short.iter().take(MAX_LINES).map(|s| self::short(format, s)).collect(),
            more_short: short.len().saturating_sub(MAX_LINES),
            ready: ready.iter().take(MAX_LINES).map(|s| item(format, &s.item)).collect(),
            open_lines: content.short.len(),
            any_available: content.short.iter().any(|short| short.available > Decimal::ZERO),
            items: content.items.iter().take(MAX_LINES).map(|i| item(format, i)).collect(),
            lapsed: lapsed(format, content),
            more_items: content.items.len().saturating_sub(MAX_LINES),
            unknown: not_made.iter().take(MAX_UNKNOWN).map(|u| unknown(format, u)).collect(),
            more_unknown: not_made.len().saturating_sub(MAX_UNKNOWN),
            problems: content.problems.iter().take(MAX_PROBLEMS).map(problem).collect(),
            more_problems: content.problems.len().saturating_sub(MAX_PROBLEMS),
            lead_days: content.lead_days.filter(|days| *days > 0),
            deadline: content.deadline.map(|date| format.date(date)),
            example_date: format.date(example),
            by_us: content.by_us,
            about_offer: content.about_offer,
            confirmed: content.confirmed,
        }
    }
}

/// ISO 639-1 code of a language that letters are written in.
pub(super) fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::De => "de",
        Lang::It => "it",
        Lang::En | Lang::Es | Lang::Nl => "en",
    }
}

fn text(text: Option<&str>, max: usize) -> Option<String> {
    text.map(|text| clean::line(text, max)).filter(|text| !text.is_empty())
}

fn numbers(orders: &[PlacedOrder], keep: impl Fn(&PlacedOrder) -> bool) -> Vec<String> {
    let kept = orders.iter().filter(|order| keep(order)).take(MAX_ORDERS);
    kept.map(|order| clean::line(&order.number, MAX_SHORT_TEXT)).collect()
}

fn standing(content: &Content) -> Vec<String> {
    let mut all = numbers(&content.earlier, |order| !order.cancelled);
    for number in numbers(&content.orders, |order| !order.cancelled) {
        if !all.contains(&number) {
            all.push(number);
        }
    }
    all
}

fn lapsed(format: Format, content: &Content) -> Vec<ItemView> {
    let short = content.short.iter().map(|short| &short.item);
    short.chain(&content.items).take(MAX_LINES).map(|lapsed| item(format, lapsed)).collect()
}

/// Reference and name of a product, on one line; its id where it has neither.
fn product(reference: &str, name: &str, id: i64) -> (String, String, String) {
    let reference = clean::line(reference, MAX_SHORT_TEXT);
    let mut name = clean::line(name, MAX_NAME);
    if reference.is_empty() && name.is_empty() {
        name = format!("#{id}");
    }
    let both = format!("{reference} {name}").trim().to_owned();
    (both, reference, name)
}

fn quantity(format: Format, quantity: Decimal, uom: &str) -> String {
    let uom = clean::line(uom, MAX_SHORT_TEXT);
    format!("{} {uom}", format.quantity(quantity)).trim().to_owned()
}

/// The orders, with no more than [`MAX_LINES`] lines among them.
fn orders(format: Format, orders: &[PlacedOrder]) -> Vec<OrderView> {
    let mut left = MAX_LINES;
    let shown = orders.iter().take(MAX_ORDERS).map(|placed| {
        let lines = placed.lines.len().min(left);
        left -= lines;
        order(format, placed, lines)
    });
    shown.collect()
}

fn order(format: Format, order: &PlacedOrder, lines: usize) -> OrderView {
    let currency = clean::line(&order.currency, 8);
    let mut taxes: Vec<String> = Vec::new();
    for name in order.lines.iter().flat_map(|line| &line.taxes) {
        let name = clean::line(name, MAX_SHORT_TEXT);
        if !name.is_empty() && !taxes.contains(&name) && taxes.len() < 4 {
            taxes.push(name);
        }
    }
    let shown = order.lines.iter().take(lines);
    OrderView {
        number: clean::line(&order.number, MAX_SHORT_TEXT),
        confirmed: order.confirmed,
        cancelled: order.cancelled,
        reference: text(order.reference.as_deref(), MAX_SHORT_TEXT),
        date: order.delivery_date.map(|date| format.date(date)),
        address: text(order.address.as_deref(), MAX_ADDRESS),
        lines: shown.map(|placed| line(format, placed, &currency)).collect(),
        more: order.lines.len() - lines,
        untaxed: format.money(order.untaxed, &currency),
        taxes: taxes.join(", "),
        tax: format.money(order.tax, &currency),
        total: format.money(order.total, &currency),
        currency,
    }
}

fn line(format: Format, line: &PlacedLine, currency: &str) -> LineView {
    let (product, reference, name) = product(&line.default_code, &line.name, line.product_id);
    let missing = line.reserved.filter(|reserved| *reserved < line.quantity);
    LineView {
        product,
        reference,
        name,
        quantity: quantity(format, line.quantity, &line.uom),
        price: format.amount(line.unit_price, currency),
        discount: (!line.discount.is_zero()).then(|| format.percent(line.discount)),
        subtotal: format.amount(line.subtotal, currency),
        amount: format.money(line.subtotal, currency),
        reserved: missing.map(|reserved| quantity(format, reserved, &line.uom)),
    }
}

fn short(format: Format, short: &Short) -> ShortView {
    let ItemView { product, reference, name, quantity: wanted, date } = item(format, &short.item);
    let available = quantity(format, short.available, &short.item.uom);
    ShortView { product, reference, name, wanted, available, date }
}

fn item(format: Format, item: &Item) -> ItemView {
    let wanted = &item.wanted;
    let (product, reference, name) =
        product(&wanted.product.default_code, &item.name, wanted.product.id);
    ItemView {
        product,
        reference,
        name,
        quantity: quantity(format, wanted.quantity, &item.uom),
        date: wanted.date.map(|date| format.date(date)),
    }
}

fn unknown(format: Format, unknown: &Unknown) -> UnknownView {
    UnknownView {
        words: clean::line(&unknown.words, MAX_WORDS),
        quantity: unknown.quantity.map(|quantity| format.quantity(quantity)),
    }
}

fn problem(problem: &Problem) -> ProblemView {
    ProblemView {
        code: problem.code,
        field: problem.field,
        block: problem.block,
        words: clean::line(&problem.words, MAX_WORDS),
    }
}
