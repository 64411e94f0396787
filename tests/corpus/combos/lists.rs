//! A plea, a list of goods, and a day in the plea or below the list.

use serde::Deserialize;

use super::{Order, Tongue, Written, plain};
use crate::grammar::{Dice, Good};

/// How a row is written: `{n}` is its number, `{q}` the count, `{u}` the unit where one is drawn,
/// `{U}` a unit in any case, `{p}` the product.
const ROWS: [&str; 16] = [
    "- {q}{u} {p}",
    "{q}{u} {p}",
    "{q} x {p}",
    "{q}x {p}",
    "* {p}: {q}{u}",
    "{p} - {q}{U}",
    "{p}: {q}{u}",
    "• {q}{u} {p}",
    "{n}. {q}{u} {p}",
    "{n}) {p}, {q}{U}",
    "{p} x {q}",
    "{p}, {q}{U}",
    "{p} ({q}{U})",
    "{q}{U} {p}",
    "{p}\t{q}",
    "{p} ..... {q}",
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    subjects: Vec<String>,
    greetings: Vec<String>,
    /// `{d}` is where the day may stand.
    pleas: Vec<String>,
    /// Within a plea.
    days: Vec<String>,
    /// A day below the list.
    tails: Vec<String>,
    /// The first is used where one must be said.
    units: Vec<String>,
    /// Rows of this language only.
    rows: Vec<String>,
    closings: Vec<String>,
}

/// How the goods of a list are called.
#[derive(Debug, Clone, Copy)]
enum Called {
    Code,
    Barcode,
    Name,
    CodeName,
    NameInFront,
}

impl Called {
    fn draw(dice: &mut Dice, named: bool) -> Self {
        match dice.below(20) {
            0..=4 if named => Self::Name,
            5..=6 if named => Self::CodeName,
            7..=8 if named => Self::NameInFront,
            9 => Self::Barcode,
            _ => Self::Code,
        }
    }

    fn of(self, tongue: &Tongue, good: &Good) -> String {
        let name = tongue.name(good).unwrap_or_default();
        match self {
            Self::Code => good.code.clone(),
            Self::Barcode => good.barcode.clone(),
            Self::Name => name.to_owned(),
            Self::CodeName => format!("{} {name}", good.code),
            Self::NameInFront => format!("{name} ({})", good.code),
        }
    }
}

/// Writes an order as a list.
pub(super) fn write(dice: &mut Dice, tongue: &Tongue, order: &Order) -> Written {
    let parts = &tongue.lists;
    let called = Called::draw(dice, tongue.has_names());
    let unit = dice.pick(&parts.units);
    let spaced = |unit: &str| match unit {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    let ways: Vec<&str> = ROWS.into_iter().chain(parts.rows.iter().map(String::as_str)).collect();
    let way = dice.pick(&ways);
    let row = |(number, (good, quantity)): (usize, &(Good, u32))| {
        way.replace("{n}", &(number + 1).to_string())
            .replace("{q}", &quantity.to_string())
            .replace("{u}", &spaced(&unit))
            .replace("{U}", &spaced(if unit.is_empty() { &parts.units[0] } else { &unit }))
            .replace("{p}", &called.of(tongue, good))
    };
    let rows: Vec<String> = order.goods.iter().enumerate().map(row).collect();
    let (plea, gap) = (dice.pick(&parts.pleas), dice.pick(&["\n\n", "\n"]));
    let (day, body) = match dice.chance(60) {
        true => {
            let day = dice.pick(&parts.days);
            let plea = plea.replace("{d}", &format!(" {}", tongue.day(&day, order.day)));
            (day, format!("{plea}{gap}{}", rows.join("\n")))
        }
        false => {
            let (day, below) = (dice.pick(&parts.tails), dice.pick(&["\n\n", "\n"]));
            let tail = tongue.day(&day, order.day);
            let plea = plea.replace("{d}", "");
            (day, format!("{plea}{gap}{}{below}{tail}", rows.join("\n")))
        }
    };
    let greeting = match dice.pick(&parts.greetings) {
        none if none.is_empty() => none,
        some => some + "\n\n",
    };
    let closing = dice.pick(&parts.closings);
    Written {
        subject: dice.pick(&parts.subjects),
        content: plain(&format!("{greeting}{body}\n\n{closing}")),
        parts: vec![
            ("plea", plea),
            ("day", day),
            ("row", way.to_owned()),
            ("called", format!("{called:?}")),
            ("unit", unit),
        ],
        label: order.label(),
    }
}
