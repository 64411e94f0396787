//! How likely a sentence beside an order turns it: 'The boss has to look at it' does, 'The boss sends his
//! regards' does not.
//!
//! Word lists know what they list. What people write beside their orders has no end, and so a linear
//! model learned from thousands of labelled sentences in six languages (`tests/corpus/sense`, where it
//! is trained, too) weighs those that no list knows. It works on both sides, each only where it is sure:
//! a sentence that it calls turning is for a person, and one that it calls harmless is no reason to ask,
//! unless that speaks of goods, amounts or days.
//!
//! The model is a logistic regression on hashed words, pairs of words and pieces of words (feature
//! hashing, Weinberger et al. 2009), its weights rounded to one byte. It reads about the order's
//! surroundings only: no line is ever made of what it says.

mod features;

use crate::reading::text::Token;

pub use features::{SIZE, of_text};

/// Its bias and the size of a step, as little-endian floats, and one signed byte for each feature.
static WEIGHTS: &[u8; SIZE + HEAD] = include_bytes!("weights.bin");

/// Bytes before the weights.
const HEAD: usize = 8;

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

/// As much speaks for it as against it.
pub const EVEN: f32 = 0.0;

/// Fewest words of a sentence that is weighed.
const FEWEST: usize = 3;

/// How much speaks for it that a sentence turns the order beside it, in log odds; nothing of one with
/// too few words.
pub(crate) fn weigh(tokens: &[Token]) -> Option<f32> {
    let found = features::of(tokens);
    (found.words >= FEWEST).then(|| score(&found.hashes))
}

/// The same of a text.
pub fn weigh_text(text: &str) -> f32 {
    score(&of_text(text))
}

#[expect(clippy::cast_precision_loss, reason = "a sentence has a few hundred features")]
fn score(hashes: &[usize]) -> f32 {
    let [b0, b1, b2, b3, s0, s1, s2, s3, weights @ ..] = WEIGHTS;
    let bias = f32::from_le_bytes([*b0, *b1, *b2, *b3]);
    let step = f32::from_le_bytes([*s0, *s1, *s2, *s3]);
    let weight = |at: &usize| weights.get(*at).map_or(0, |byte| i32::from(byte.cast_signed()));
    let sum: i32 = hashes.iter().map(weight).sum();
    bias + step * sum as f32 / (hashes.len().max(1) as f32).sqrt()
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
            assert!(weigh_text(harmless) < weigh_text(turning), "{harmless} / {turning}");
        }
    }
}
