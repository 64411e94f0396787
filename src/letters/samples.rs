//! Sample letters of every kind: what templates are tried with at start, and what the golden
//! letters of the tests are made of.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::flow::{Content, Item, Letter, LetterKind, PlacedLine, PlacedOrder, Short, Wanted};
use crate::mail::Address;
use crate::reading::{Field, Lang, Problem, ProblemCode, ProductRef, Unknown};

/// A sample letter and its name.
pub type Sample = (&'static str, Letter);

/// The time at which the samples are written.
#[must_use]
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_776_844_800, 0).unwrap_or_default()
}

/// Letters of every kind, as they may go out in this language.
#[must_use]
pub fn letters(lang: Lang) -> Vec<Sample> {
    let mut all = orders_told(lang);
    all.extend(questions(lang));
    all.extend(endings(lang));
    all
}

fn orders_told(lang: Lang) -> Vec<Sample> {
    use LetterKind::{Confirmation, Held, NotMade, Replenishment, Request};
    let confirmed = Content { confirmed: true, ..Content::default() };
    let one = Content { orders: vec![first_order(lang)], ..confirmed.clone() };
    let two = Content {
        orders: vec![first_order(lang), second_order(lang)],
        unknown: unknown(),
        reference: Some("PO-7731".to_owned()),
        ..confirmed.clone()
    };
    let arrived = Content {
        orders: vec![second_order(lang)],
        earlier: vec![first_order(lang)],
        items: vec![item(lang, 3, "6", None)],
        ..confirmed.clone()
    };
    let left_out = Content { orders: vec![second_order(lang)], short: short(lang), ..confirmed };
    let drafts = |orders: Vec<PlacedOrder>| {
        let drafts = orders.into_iter().map(as_draft).collect();
        Content { orders: drafts, ..Content::default() }
    };
    let waiting = Content {
        items: vec![item(lang, 2, "40", None), item(lang, 3, "6", date(2026, 5, 8))],
        earlier: vec![first_order(lang)],
        lead_days: Some(14),
        ..Content::default()
    };
    let waiting_plain = Content { items: vec![item(lang, 3, "6", None)], ..Content::default() };
    let asked = Content { items: waiting.items.clone(), ..Content::default() };
    let not_made = Content { unknown: unknown(), ..Content::default() };
    let not_made_one =
        Content { unknown: unknown().into_iter().take(1).collect(), ..Content::default() };
    let mut request = letter(lang, Request, asked);
    request.subject = String::new();
    request.in_reply_to = None;
    request.references = Vec::new();
    request.to = Address { name: "Castfix AG".into(), email: "dispo@castfix.example".into() };
    vec![
        ("confirmation", letter(lang, Confirmation, one)),
        ("confirmation-two", letter(lang, Confirmation, two)),
        ("confirmation-arrived", letter(lang, Confirmation, arrived)),
        ("confirmation-left-out", letter(lang, Confirmation, left_out)),
        ("confirmation-draft", letter(lang, Confirmation, drafts(vec![first_order(lang)]))),
        (
            "confirmation-drafts",
            letter(lang, Confirmation, drafts(vec![first_order(lang), second_order(lang)])),
        ),
        ("not-made", letter(lang, NotMade, not_made)),
        ("not-made-one", letter(lang, NotMade, not_made_one)),
        ("replenishment", letter(lang, Replenishment, waiting)),
        ("replenishment-plain", letter(lang, Replenishment, waiting_plain)),
        ("request", request),
        ("held", letter(lang, Held, Content::default())),
    ]
}

fn questions(lang: Lang) -> Vec<Sample> {
    use LetterKind::{AskedAgain, Incomplete, Offer, Reminder};
    let deadline = date(2026, 5, 2);
    let one = Content { problems: problems(&[1]), deadline, ..Content::default() };
    let some = Content { problems: problems(&[0, 3, 6, 4, 7]), deadline, ..Content::default() };
    let every = Content {
        problems: problems(&[2, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]),
        earlier: vec![first_order(lang)],
        ..Content::default()
    };
    let offer = Content {
        orders: vec![first_order(lang)],
        short: short(lang),
        unknown: unknown(),
        lead_days: Some(14),
        deadline,
        about_offer: true,
        confirmed: true,
        ..Content::default()
    };
    let nothing_there: Vec<Short> = short(lang).into_iter().skip(1).collect();
    let nothing =
        Content { short: nothing_there, deadline, about_offer: true, ..Content::default() };
    let mut together = short(lang);
    together.push(Short { item: item(lang, 4, "2", None), available: decimal("9") });
    let together = Content { short: together, deadline, about_offer: true, ..Content::default() };
    let choice = Content {
        problems: problems(&[0]),
        unknown: unknown(),
        earlier: vec![first_order(lang)],
        about_offer: true,
        deadline,
        ..Content::default()
    };
    let draft = Content {
        orders: vec![as_draft(first_order(lang))],
        unknown: Vec::new(),
        confirmed: false,
        ..offer.clone()
    };
    let again = Content {
        orders: Vec::new(),
        earlier: vec![first_order(lang)],
        unknown: Vec::new(),
        ..offer.clone()
    };
    let open = Content { problems: problems(&[0, 4]), deadline, ..Content::default() };
    vec![
        ("incomplete", letter(lang, Incomplete, some)),
        ("incomplete-one", letter(lang, Incomplete, one)),
        ("incomplete-every", letter(lang, Incomplete, every)),
        ("offer", letter(lang, Offer, offer)),
        ("offer-nothing", letter(lang, Offer, nothing)),
        ("offer-together", letter(lang, Offer, together)),
        ("incomplete-choice", letter(lang, Incomplete, choice)),
        ("offer-draft", letter(lang, Offer, draft)),
        ("asked-again", letter(lang, AskedAgain, again.clone())),
        ("reminder-offer", letter(lang, Reminder, again)),
        ("reminder-incomplete", letter(lang, Reminder, open)),
    ]
}

fn endings(lang: Lang) -> Vec<Sample> {
    use LetterKind::{Cancelled, Expired};
    let lapsed = Content {
        short: short(lang),
        earlier: vec![first_order(lang), second_order(lang)],
        about_offer: true,
        ..Content::default()
    };
    let unheard = Content::default();
    let whole = Content { items: vec![item(lang, 3, "6", None)], ..Content::default() };
    let by_us = Content { by_us: true, ..Content::default() };
    let by_us_items =
        Content { items: vec![item(lang, 4, "2", None)], by_us: true, ..lapsed.clone() };
    vec![
        ("cancelled", letter(lang, Cancelled, lapsed.clone())),
        ("cancelled-items", letter(lang, Cancelled, whole)),
        ("cancelled-all", letter(lang, Cancelled, unheard.clone())),
        ("cancelled-by-us", letter(lang, Cancelled, by_us)),
        ("cancelled-by-us-items", letter(lang, Cancelled, by_us_items)),
        ("expired-offer", letter(lang, Expired, lapsed)),
        ("expired-incomplete", letter(lang, Expired, unheard)),
    ]
}

fn letter(lang: Lang, kind: LetterKind, content: Content) -> Letter {
    let (name, subject) = match lang {
        Lang::Fr => ("Solène Aubry", "Commande ferrures de portail"),
        Lang::De => ("Jörg Hänni", "Bestellung Torbeschläge"),
        Lang::It => ("Nicolò Perrotti", "Ordine ferramenta per cancelli"),
        Lang::En | Lang::Es | Lang::Nl => ("Ada Whitcombe", "Gate fittings for May"),
    };
    Letter {
        token: "5f0c9a17e2b4d386-1".to_owned(),
        kind,
        to: Address { name: name.to_owned(), email: "einkauf@zaunwerk.example".to_owned() },
        lang,
        subject: subject.to_owned(),
        in_reply_to: Some("20260422.1@zaunwerk.example".to_owned()),
        references: vec!["20260422.1@zaunwerk.example".to_owned()],
        content,
    }
}

/// Reference, and name and unit in the four languages.
const PRODUCTS: [(&str, [&str; 4], [&str; 4]); 4] = [
    (
        "LT-250-L",
        [
            "Gate latch 250, left",
            "Loquet de portail 250, gauche",
            "Torriegel 250, links",
            "Chiavistello per cancello 250, sinistro",
        ],
        ["Units", "Unités", "Stück", "Unità"],
    ),
    (
        "NL-60",
        [
            "Wire nail 60 mm, loose",
            "Clou 60 mm, en vrac",
            "Drahtstift 60 mm, lose",
            "Chiodo 60 mm, sfuso",
        ],
        ["kg", "kg", "kg", "kg"],
    ),
    (
        "RW-120",
        [
            "Sliding gate roller 120",
            "Galet de portail coulissant 120",
            "Schiebetorrolle 120",
            "Ruota per cancello scorrevole 120",
        ],
        ["Units", "Unités", "Stück", "Unità"],
    ),
    (
        "",
        [
            "Touch-up paint, moss green",
            "Peinture de retouche, vert mousse",
            "Ausbesserungslack, moosgrün",
            "Vernice per ritocchi, verde muschio",
        ],
        ["Units", "Unités", "Stück", "Unità"],
    ),
];

/// Reference, name and unit of a sample product, counted from 1.
fn product(lang: Lang, number: i64) -> (&'static str, &'static str, &'static str) {
    let index = usize::try_from(number - 1).unwrap_or_default();
    let column = match lang {
        Lang::Fr => 1,
        Lang::De => 2,
        Lang::It => 3,
        Lang::En | Lang::Es | Lang::Nl => 0,
    };
    PRODUCTS.get(index).map_or(("", "", ""), |(reference, names, units)| {
        let pick = |words: &[&'static str; 4]| words.get(column).copied().unwrap_or_default();
        (reference, pick(names), pick(units))
    })
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn first_order(lang: Lang) -> PlacedOrder {
    PlacedOrder {
        number: "S00042".to_owned(),
        lines: vec![
            placed(lang, 1, "24", "46", "0", "1104"),
            placed(lang, 2, "12.5", "4.15", "5", "49.28"),
        ],
        untaxed: decimal("1153.28"),
        tax: decimal("93.42"),
        total: decimal("1246.70"),
        reference: Some("PO-7731".to_owned()),
        ..order()
    }
}

fn second_order(lang: Lang) -> PlacedOrder {
    PlacedOrder {
        number: "S00043".to_owned(),
        lines: vec![placed(lang, 4, "1", "16.9", "0", "16.9")],
        untaxed: decimal("16.90"),
        tax: decimal("1.37"),
        total: decimal("18.27"),
        delivery_date: date(2026, 6, 1),
        address: Some("Werkhof 3, 8400 Winterthur".to_owned()),
        ..order()
    }
}

fn order() -> PlacedOrder {
    PlacedOrder {
        key: String::new(),
        id: 42,
        number: String::new(),
        confirmed: true,
        cancelled: false,
        lines: Vec::new(),
        untaxed: Decimal::ZERO,
        tax: Decimal::ZERO,
        total: Decimal::ZERO,
        currency: "CHF".to_owned(),
        delivery_date: date(2026, 5, 8),
        address: Some("Zaunwerk AG, Industriestrasse 14, 3600 Thun".to_owned()),
        reference: None,
    }
}

fn as_draft(mut order: PlacedOrder) -> PlacedOrder {
    order.confirmed = false;
    for line in &mut order.lines {
        line.reserved = None;
    }
    order
}

fn placed(
    lang: Lang,
    number: i64,
    quantity: &str,
    price: &str,
    discount: &str,
    subtotal: &str,
) -> PlacedLine {
    let (reference, name, uom) = product(lang, number);
    let quantity = decimal(quantity);
    PlacedLine {
        product_id: number,
        default_code: reference.to_owned(),
        name: name.to_owned(),
        quantity,
        uom: uom.to_owned(),
        reserved: Some(quantity),
        unit_price: decimal(price),
        discount: decimal(discount),
        subtotal: decimal(subtotal),
        taxes: vec!["8.1%".to_owned()],
    }
}

fn item(lang: Lang, number: i64, quantity: &str, date: Option<NaiveDate>) -> Item {
    let (reference, name, uom) = product(lang, number);
    let product = ProductRef { id: number, default_code: reference.to_owned() };
    let wanted = Wanted { product, quantity: decimal(quantity), date, address: None };
    Item { wanted, name: name.to_owned(), uom: uom.to_owned() }
}

/// Two short lines: of the first there is some, of the second nothing.
fn short(lang: Lang) -> Vec<Short> {
    vec![
        Short { item: item(lang, 2, "40", date(2026, 5, 8)), available: decimal("27.5") },
        Short { item: item(lang, 3, "6", None), available: Decimal::ZERO },
    ]
}

fn unknown() -> Vec<Unknown> {
    vec![
        Unknown { words: "HG-9000 Turbo".to_owned(), quantity: Some(decimal("3")) },
        Unknown { words: "ZX 81".to_owned(), quantity: None },
    ]
}

/// Problems of every code, by their place in this list.
fn problems(which: &[usize]) -> Vec<Problem> {
    use ProblemCode as Code;
    let field = Some;
    let all: [(Code, &str, Option<u32>, Option<Field>); 18] = [
        (Code::MissingQuantity, "", Some(2), field(Field::Quantity)),
        (Code::BadDate, "31.02.2026", None, field(Field::DeliveryDate)),
        (Code::MissingProduct, "", Some(1), field(Field::Product)),
        (Code::UnknownProduct, "HG-9000 Turbo", Some(3), field(Field::Product)),
        (Code::BadQuantity, "0", Some(4), field(Field::Quantity)),
        (Code::AmbiguousProduct, "RW", Some(2), field(Field::Product)),
        (Code::AmbiguousDate, "03/04/2026", None, field(Field::DeliveryDate)),
        (Code::DateOrder, "", None, field(Field::DeliveryDate)),
        (Code::UomMismatch, "12 m", Some(3), field(Field::Quantity)),
        (Code::Conflict, "LT-250-L / RW-120", Some(4), field(Field::Product)),
        (Code::BadDate, "", None, field(Field::OrderDate)),
        (Code::UnreadableAttachment, "scan-0042.pdf", None, field(Field::Attachment)),
        (Code::DuplicateLine, "LT-250-L", Some(5), field(Field::Product)),
        (Code::BadQuantity, "", Some(6), field(Field::Quantity)),
        (Code::NotAnOrder, "", None, None),
        (Code::ChangeRequest, "S00041", None, None),
        (Code::NoChoice, "4", None, field(Field::Choice)),
        (Code::UnknownProduct, "", Some(7), field(Field::Product)),
    ];
    let chosen = which.iter().filter_map(|index| all.get(*index));
    chosen
        .map(|(code, words, block, field)| Problem {
            code: *code,
            message: String::new(),
            words: (*words).to_owned(),
            block: *block,
            field: *field,
        })
        .collect()
}
