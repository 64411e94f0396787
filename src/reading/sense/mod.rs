//! How likely a sentence beside an order turns it: 'The boss has to look at it' does, 'The boss sends his
//! regards' does not.
//!
//! Word lists know what they list. What people write beside their orders has no end, and neither have the
//! ways to order without saying so ('chuck 20 A on your next lorry'). So two linear models, learned from
//! thousands of labelled sentences in six languages (`tests/corpus/sense`, where they are trained, too),
//! weigh the sentences that no list knows, each only where it is sure. `TURNING` weighs what stands
//! beside an order: what it calls turning is for a person, and what it calls harmless is no reason to ask.
//! `ORDERING` weighs sentences that name goods, or lead to some, with signs in the place of these: whether they
//! are ordered. Products, amounts and days are read as ever, and every other rule holds: a model only says
//! whether what was read is meant, and that the one amount of an ordering sentence is that of its one product.
//!
//! They are logistic regressions on hashed words, pairs of words and pieces of words (feature
//! hashing, Weinberger et al. 2009), their weights rounded to one byte.

mod features;
mod signs;

use std::ops::Range;

use crate::reading::prose::mentions::Mention;
use crate::reading::text::{Scan, Token};

pub use features::SIZE;
pub use signs::of_signed_text;

/// A linear model: its bias and the size of a step, as little-endian floats, and one signed byte for each
/// feature.
pub struct Model(&'static [u8; SIZE + HEAD]);

/// Bytes before the weights.
const HEAD: usize = 8;

/// Whether a sentence turns the order beside it.
pub static TURNING: Model = Model(include_bytes!("turning.bin"));

/// Whether a sentence orders the goods that it names.
pub static ORDERING: Model = Model(include_bytes!("ordering.bin"));

/// From here a sentence turns the order: log odds. Of sentences by other authors it calls so, by itself, four
/// harmless ones in a hundred and three of four turning ones (docs/reading.md).
pub const TURNS: f32 = 1.6;

/// The same of words that no mark ends.
pub const UNENDED_TURNS: f32 = 3.0;

/// Up to here it says nothing of the order, where no word is known to.
pub const HARMLESS: f32 = -1.6;

/// The same, where a word of it may turn orders.
pub const AGAINST_WORDS: f32 = -2.6;

/// The same, where a word of it nearly always does.
pub const AGAINST_GRAVE_WORDS: f32 = -4.5;

/// From here a sentence orders the goods that it names: log odds.
pub const ORDERS: f32 = 2.2;

/// From here it does, where it speaks of prices.
pub const ORDERS_AT_PRICE: f32 = 4.0;

/// Up to here it orders none of them.
pub const ORDERS_NOTHING: f32 = -2.5;

/// Up to here it leads to goods that are not.
pub const LEADS_TO_NOTHING: f32 = -3.5;

/// Up to here it does not speak of what is ordered.
pub const NO_ORDER: f32 = -1.0;

/// How much surer the model has to be of a sentence that names goods, amounts or days.
pub const NUMBERED: f32 = 0.8;

/// The same, where it tells of goods by name, or of a day that is gone: 'on 3 March we got some covers elsewhere'.
pub const DATED: f32 = 1.8;

/// As much speaks for it as against it.
pub const EVEN: f32 = 0.0;

/// Fewest words of a sentence that is weighed.
const FEWEST: usize = 3;

/// How much speaks for it that a sentence turns the order beside it, in log odds; nothing of one with
/// too few words.
pub(crate) fn weigh(tokens: &[Token]) -> Option<f32> {
    let found = features::of(tokens);
    (found.words >= FEWEST).then(|| TURNING.score(&found.hashes))
}

/// How much speaks for it that a sentence orders the goods that it names, or leads to.
pub(crate) fn weigh_goods(
    scan: &Scan<'_>,
    run: &Range<usize>,
    told: &[Mention],
    leads: bool,
) -> f32 {
    ORDERING.score(&signs::of(scan, run, told, leads).hashes)
}

impl Model {
    /// How much speaks for it, in log odds.
    pub fn weigh(&self, text: &str) -> f32 {
        self.score(&of_signed_text(text))
    }

    #[expect(clippy::cast_precision_loss, reason = "a sentence has a few hundred features")]
    fn score(&self, hashes: &[usize]) -> f32 {
        let [b0, b1, b2, b3, s0, s1, s2, s3, weights @ ..] = self.0;
        let bias = f32::from_le_bytes([*b0, *b1, *b2, *b3]);
        let step = f32::from_le_bytes([*s0, *s1, *s2, *s3]);
        let weight = |at: &usize| weights.get(*at).map_or(0, |byte| i32::from(byte.cast_signed()));
        let sum: i32 = hashes.iter().map(weight).sum();
        bias + step * sum as f32 / (hashes.len().max(1) as f32).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_apart_what_turns_an_order_and_what_does_not() {
        for (harmless, turning) in [
            (
                "Please send the invoice to our head office.",
                "Please send me your best price first.",
            ),
            ("The parts are for our plant in Leeds.", "The boss still has to approve it."),
            (
                "Die Rechnung bitte wie immer per Mail.",
                "Das ist nur eine Kopie unserer Bestellung.",
            ),
            (
                "Merci de confirmer la date de livraison.",
                "C'est à annuler, nous avons trouvé ailleurs.",
            ),
            ("Vi preghiamo di imballare bene.", "Attendete la nostra conferma prima di spedire."),
        ] {
            assert!(TURNING.weigh(harmless) < TURNING.weigh(turning), "{harmless} / {turning}");
        }
    }
}
