//! Orders built from a grammar of forms × languages × clients × noise: each is right by
//! construction, so that a hand need not label it.

mod client;
mod dice;
mod forms;
mod traps;
mod words;

use std::path::Path;

use chrono::NaiveDate;

pub(crate) use dice::Dice;

use crate::cases::{self, Case, Label, Line, Part};
use words::Tongue;

/// How many languages the catalogue has names in: English, German, French, Italian.
pub(crate) const LANGUAGES: usize = 4;

/// One product of the grammar's catalogue, as a mail may call it.
#[derive(Debug, Clone)]
pub(crate) struct Good {
    pub(crate) code: String,
    pub(crate) id: i64,
    pub(crate) barcode: String,
    /// In the order of the languages.
    pub(crate) name: [String; LANGUAGES],
    unit: Unit,
    pack: Option<(u32, bool)>,
}

impl Good {
    /// Sold by the piece.
    pub(crate) fn is_counted(&self) -> bool {
        self.unit == Unit::Piece
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Piece,
    Metre,
    Kilo,
}

/// The day that all mails were written on.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 4).expect("a day")
}

/// The products of a catalogue.
pub(crate) fn goods(catalog: &Path) -> Vec<Good> {
    let text = std::fs::read_to_string(catalog).expect("the catalogue can be read");
    let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let products = file["products"].as_array().expect("products").clone();
    products
        .iter()
        .map(|p| {
            let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
            let pack = p["packagings"].as_array().and_then(|all| all.first()).map(|first| {
                let holds = first["qty"].as_u64().and_then(|n| u32::try_from(n).ok());
                (holds.expect("a content"), text(&first["name"]).starts_with("Box"))
            });
            Good {
                code: text(&p["default_code"]),
                id: p["id"].as_i64().expect("an id"),
                barcode: text(&p["barcode"]),
                name: [
                    text(&p["name"]),
                    text(&p["names"]["de"]),
                    text(&p["names"]["fr"]),
                    text(&p["names"]["it"]),
                ],
                unit: match p["uom"].as_str() {
                    Some("m") => Unit::Metre,
                    Some("kg") => Unit::Kilo,
                    _ => Unit::Piece,
                },
                pack,
            }
        })
        .collect()
}

/// What one mail orders, before it is written down.
#[derive(Debug, Clone)]
struct Wish {
    good: Good,
    /// In the product's own unit.
    quantity: u32,
    /// How it is written: so many packages.
    packages: Option<u32>,
    date: Option<NaiveDate>,
}

/// Everything that one mail says.
#[derive(Debug, Clone)]
struct Plan {
    tongue: Tongue,
    wishes: Vec<Wish>,
    /// One date for all, said once.
    shared: Option<NaiveDate>,
    order_date: Option<NaiveDate>,
    address: Option<String>,
    reference: Option<String>,
}

fn plan(dice: &mut Dice, goods: &[Good]) -> Plan {
    let tongue = dice.pick(&words::TONGUES);
    let count = dice.between(1, 4);
    let mut left: Vec<Good> = goods.to_vec();
    let shared_day = dice.chance(50);
    let day = |dice: &mut Dice| today() + chrono::Days::new(u64::from(dice.between(8, 60)));
    let shared = (shared_day && dice.chance(80)).then(|| day(dice));
    let wishes = (0..count)
        .map(|_| {
            let at = dice.below(left.len());
            let good = left.swap_remove(at);
            let packages = good.pack.filter(|_| dice.chance(30)).map(|_| dice.between(1, 9));
            let quantity = match (packages, good.pack) {
                (Some(n), Some((holds, _))) => n * holds,
                _ => dice.quantity(),
            };
            let date = if shared_day { None } else { Some(day(dice)) };
            Wish { good, quantity, packages, date }
        })
        .collect();
    Plan {
        tongue,
        wishes,
        shared,
        order_date: dice.chance(30).then(today),
        address: dice.chance(40).then(|| words::address(dice, tongue)),
        reference: dice.chance(40).then(|| words::reference(dice)),
    }
}

fn label(plan: &Plan) -> Label {
    Label {
        intent: postorder::reading::Intent::Order,
        lines: plan
            .wishes
            .iter()
            .map(|w| Line {
                sku: w.good.code.clone(),
                quantity: w.quantity.into(),
                delivery_date: w.date.or(plan.shared),
            })
            .collect(),
        order_date: plan.order_date,
        address: plan.address.clone(),
        reference: plan.reference.clone(),
        choice: None,
        problems: Vec::new(),
    }
}

/// So many orders, each written in a way that dice decide, and traps among them.
pub(crate) fn cases(seed: u64, count: usize, catalog: &Path) -> Part {
    let goods = goods(catalog);
    let cases = (0..count)
        .map(|number| {
            let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
            let plan = plan(&mut dice, &goods);
            let mut want = label(&plan);
            let form = forms::write(&mut dice, &plan, &mut want);
            let (form, name) = match dice.chance(25) {
                true => traps::spring(&mut dice, &plan, form, &mut want),
                false => (form, "order"),
            };
            let mail = client::send(&mut dice, &plan, &form);
            Case { name: format!("{seed}-{number:04}-{name}-{}", form.name), mail, want }
        })
        .collect();
    Part { file: cases::catalog(catalog), cases }
}
