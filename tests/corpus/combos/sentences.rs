//! An order in one sentence: a plea, goods, a day.

use serde::Deserialize;

use super::{Order, Tongue, Written, plain, wrapped};
use crate::grammar::{Dice, Good};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    /// `{code}` is the first product's.
    subjects: Vec<String>,
    greeting: String,
    /// `{G}` are the goods, `{D}` is the day.
    sentences: Vec<String>,
    /// Before the last of the goods.
    ands: Vec<String>,
    /// Behind a number, with their space.
    units: Vec<String>,
    /// Between a unit and the goods.
    of: Vec<String>,
    days: Vec<String>,
    closing: String,
}

/// A number and a product, as said within a sentence.
fn goods(dice: &mut Dice, parts: &Parts, tongue: &Tongue, (good, count): &(Good, u32)) -> String {
    let code = &good.code;
    let product = match (dice.below(5), tongue.name(good)) {
        (2, Some(name)) => name.to_owned(),
        (3, Some(name)) => format!("{code} {name}"),
        (4, Some(name)) => format!("{name} ({code})"),
        _ => code.clone(),
    };
    let unit = dice.pick(&parts.units);
    let of = match unit.trim() {
        "" | "x" => " ".to_owned(),
        _ => dice.pick(&parts.of),
    };
    format!("{count}{unit}{of}{product}")
}

/// Writes an order as a sentence.
pub(super) fn write(dice: &mut Dice, tongue: &Tongue, order: &Order) -> Written {
    let parts = &tongue.sentences;
    let mut said = String::new();
    let and = dice.pick(&parts.ands);
    for (number, wish) in order.goods.iter().enumerate() {
        let between = match (number, order.goods.len() - number) {
            (0, _) => "",
            (_, 1) => &and,
            _ => ", ",
        };
        said.push_str(between);
        said.push_str(&goods(dice, parts, tongue, wish));
    }
    let (sentence, day) = (dice.pick(&parts.sentences), dice.pick(&parts.days));
    let mut text = sentence.replace("{G}", &said).replace("{D}", &tongue.day(&day, order.day));
    // '15.6.' ends a sentence by itself.
    text = text.replace("..", ".");
    if dice.chance(30) {
        text = wrapped(&text, dice.pick(&[40, 60, 72]));
    }
    let subject = dice.pick(&parts.subjects).replace("{code}", &order.goods[0].0.code);
    Written {
        subject,
        content: plain(&format!("{}\n\n{text}\n\n{}", parts.greeting, parts.closing)),
        parts: vec![("sentence", sentence), ("day", day), ("and", and)],
        label: order.label(),
    }
}
