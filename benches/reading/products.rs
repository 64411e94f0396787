//! A large catalogue that nobody wrote.

use std::collections::BTreeMap;

use postorder::reading::{Lang, Packaging, Product};
use rust_decimal::Decimal;

const THINGS: [&str; 40] = [
    "valve", "bearing", "housing", "seal", "gasket", "shaft", "bolt", "nut", "washer", "flange",
    "coupling", "filter", "pump", "motor", "switch", "relay", "cable", "hose", "clamp", "bracket",
    "spring", "gear", "pulley", "belt", "chain", "sensor", "lamp", "fuse", "plug", "socket",
    "pipe", "elbow", "tee", "reducer", "nipple", "screw", "rivet", "anchor", "hinge", "handle",
];
const DINGE: [&str; 10] = [
    "Ventil", "Lager", "Gehäuse", "Dichtung", "Welle", "Schraube", "Mutter", "Scheibe", "Flansch",
    "Kupplung",
];
const KINDS: [&str; 25] = [
    "hydraulic",
    "pneumatic",
    "stainless",
    "brass",
    "left",
    "right",
    "heavy",
    "light",
    "double",
    "single",
    "long",
    "short",
    "insulated",
    "threaded",
    "flat",
    "round",
    "conical",
    "sealed",
    "open",
    "upper",
    "lower",
    "inner",
    "outer",
    "front",
    "rear",
];

/// These products, and others up to so many.
pub(crate) fn beside(few: &[Product], number: usize) -> Vec<Product> {
    let mut all = few.to_vec();
    let first = few.iter().map(|p| p.id).max().unwrap_or_default() + 1_000;
    all.extend((first..).zip(few.len()..number).map(|(id, at)| product(id, at)));
    all
}

fn product(id: i64, at: usize) -> Product {
    let pick = |list: &[&'static str], step: usize| {
        list.get((at / step) % list.len()).copied().unwrap_or_default()
    };
    let (thing, ding, kind) = (pick(&THINGS, 1), pick(&DINGE, 1), pick(&KINDS, 40));
    let (second, size) = (pick(&KINDS, 7), at % 97 + 3);
    let letters: String = thing.chars().take(2).flat_map(char::to_uppercase).collect();
    Product {
        id,
        default_code: format!("{letters}{}-{at}-{size}", at % 9),
        name: format!("{kind} {second} {thing} {size} mm, series {}", at / 1000),
        names: BTreeMap::from([(Lang::De, format!("{ding} {size} mm, Serie {}", at / 1000))]),
        barcode: Some(format!("29{at:011}")),
        uom: "Units".into(),
        packagings: vec![Packaging {
            name: "Box of 25".into(),
            quantity: Decimal::from(25),
            barcode: None,
        }],
        customer_codes: BTreeMap::from([(format!("c{}.example", at % 500), format!("K{at}"))]),
    }
}
