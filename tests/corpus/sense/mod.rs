//! The sentences that the models of `reading::sense` are learned from, how they are learned, and how well
//! they tell sentences of authors that they were not learned from.
//!
//! `said-*.txt` were written for it, a class, a language and a sentence a line: 'H' for what changes
//! nothing of the order beside it, 'T' for what turns it. `mails.txt` are sentences of the corpus' own
//! orders. `goods-*.txt` name goods: 'O' orders them, 'N' does not. '[G]' stands for goods with their amount, '[P]' for
//! goods, '[A]' for an amount, '[D]' for a day and '[L]' for a list below. `held-*.txt` and
//! `held-goods-*.txt` are for measuring only.

#![expect(clippy::cast_precision_loss, reason = "some thousands of sentences")]

use std::fs;
use std::path::PathBuf;

use postorder::reading::sense;

use crate::grammar::Dice;
use crate::root;

/// A sentence, and whether it is what the model looks for.
struct Example {
    text: String,
    yes: bool,
}

/// A model, where its weights are and how they are made.
struct Lesson {
    weights: &'static str,
    model: &'static sense::Model,
    examples: fn() -> Vec<Example>,
}

/// What the reader learns.
const LESSONS: [Lesson; 2] = [
    Lesson {
        weights: "turning.bin",
        model: &sense::TURNING,
        examples: || examples(&["said-", "mails"], 'T'),
    },
    Lesson {
        weights: "ordering.bin",
        model: &sense::ORDERING,
        examples: || with_skeletons(examples(&["goods-", "said-", "mails"], 'O')),
    },
];

fn folder() -> PathBuf {
    root().join("sense")
}

/// The examples of the files that begin so; those of one class are looked for.
fn examples(beginnings: &[&str], class: char) -> Vec<Example> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            beginnings.iter().any(|beginning| name.starts_with(beginning))
        })
        .collect();
    files.sort();
    let text = |path: PathBuf| fs::read_to_string(path).expect("the sentences can be read");
    files.into_iter().flat_map(|path| parse(&text(path), class)).collect()
}

fn parse(text: &str, class: char) -> Vec<Example> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (kind, text) = line.split_once('|').expect("class and language, a bar, a sentence");
            assert!(kind.starts_with(['H', 'T', 'O', 'N']), "a class: {line}");
            Example { text: text.to_owned(), yes: kind.starts_with(class) }
        })
        .collect()
}

/// The same, and each order once more as none, with unknown words in the place of those that may say what is
/// done with the goods: 'Vergiss die [G] bis [D]' has the small words of an order.
fn with_skeletons(mut examples: Vec<Example>) -> Vec<Example> {
    let mut dice = Dice::new(2);
    let skeletons: Vec<Example> = examples
        .iter()
        .filter(|example| example.yes)
        .filter_map(|example| {
            let text = skeleton(&example.text, &mut dice);
            (text != example.text).then_some(Example { text, yes: false })
        })
        .collect();
    examples.extend(skeletons);
    for shape in SHAPES {
        let shaped = (0..SHAPED).map(|_| shape.replace('~', &junk(6, &mut dice)));
        examples.extend(shaped.map(|text| Example { text, yes: false }));
    }
    examples
}

/// How often each shape is learned.
const SHAPED: usize = 14;

/// Shapes of orders with a word that no language has: whoever writes 'Xunqe 20 A by Friday' wants something,
/// but what?
const SHAPES: [&str; 36] = [
    "~ [G] by [D].",
    "~ [G].",
    "Please ~ [G] by [D].",
    "Please ~ the [G].",
    "Could you ~ [G] by [D]?",
    "~ for [G] by [D] please.",
    "We need ~ for [G] by [D].",
    "We need [G] ~ by [D].",
    "~ up the [G] by [D].",
    "~ off [G], please.",
    "For the ~: [L]",
    "Our ~: [L]",
    "~t [G] bis [D].",
    "Bitte [G] ~en.",
    "Bitte [G] bis [D] ~en.",
    "Bitte die [G] ~en bis [D].",
    "~ für [G] bis [D] bitte.",
    "~ zu [G] bitte.",
    "Für die ~: [L]",
    "Zur ~: [L]",
    "~ez [G] pour [D].",
    "~ez [G].",
    "Merci de ~er [G] pour [D].",
    "Veuillez ~er [G].",
    "~ pour [G] pour [D], merci.",
    "Pour la ~ : [L]",
    "~te [G] entro [D].",
    "~te [G].",
    "Vi prego di ~are [G] entro [D].",
    "~ per [G] entro [D], grazie.",
    "Per il ~: [L]",
    "~en [G] para [D].",
    "Por favor ~ar [G].",
    "~ [G] voor [D].",
    "Graag [G] ~en voor [D].",
    "~ voor [G] graag.",
];

/// A word that no language has.
fn junk(length: usize, dice: &mut Dice) -> String {
    let letter = |_| char::from(b'a' + u8::try_from(dice.below(26)).unwrap_or_default());
    (0..length).map(letter).collect()
}

/// A sentence whose longer words are others, that no language has.
fn skeleton(text: &str, dice: &mut Dice) -> String {
    const SMALL: usize = 3;
    let mut other = |word: &str| {
        let told = word.chars().filter(|c| c.is_alphabetic()).count() > SMALL
            || matches!(word, "pls" | "plz" | "svp" | "aub");
        if !told || word.starts_with('[') {
            return word.to_owned();
        }
        junk(word.chars().count().min(9), dice)
    };
    text.split(' ').map(&mut other).collect::<Vec<_>>().join(" ")
}

/// A logistic regression, learned by stochastic gradient descent with `AdaGrad`'s steps. The same
/// sentences give the same weights.
struct Learner {
    weights: Vec<f64>,
    squares: Vec<f64>,
    bias: f64,
    /// How much a sentence counts that it looks for, so that both classes count alike.
    balance: f64,
}

impl Learner {
    const ROUNDS: usize = 20;
    /// Rounds at the end whose weights are averaged: one round's depend on the order of its sentences.
    const AVERAGED: usize = 6;
    const RATE: f64 = 0.3;
    const DECAY: f64 = 1e-5;

    fn learn(examples: &[Example]) -> Self {
        let mut seen: Vec<(Vec<usize>, bool)> =
            examples.iter().map(|e| (sense::of_signed_text(&e.text), e.yes)).collect();
        let looked_for = seen.iter().filter(|(_, yes)| *yes).count().max(1);
        let balance = (seen.len() - looked_for) as f64 / looked_for as f64;
        let mut learner = Self {
            weights: vec![0.0; sense::SIZE],
            squares: vec![1e-8; sense::SIZE],
            bias: 0.0,
            balance,
        };
        let mut dice = Dice::new(1);
        let mut sum = vec![0.0; sense::SIZE + 1];
        for round in 0..Self::ROUNDS {
            for at in (1..seen.len()).rev() {
                seen.swap(at, dice.below(at + 1));
            }
            for (hashes, yes) in &seen {
                learner.see(hashes, *yes);
            }
            if round >= Self::ROUNDS - Self::AVERAGED {
                let learned = learner.weights.iter().chain([&learner.bias]);
                sum.iter_mut().zip(learned).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let rounds = Self::AVERAGED as f64;
        learner.bias = sum.pop().unwrap_or_default() / rounds;
        learner.weights = sum.into_iter().map(|sum| sum / rounds).collect();
        learner
    }

    fn see(&mut self, hashes: &[usize], yes: bool) {
        let scale = 1.0 / (hashes.len().max(1) as f64).sqrt();
        let sum: f64 = hashes.iter().map(|at| self.weights[*at]).sum();
        let odds = (self.bias + sum * scale).clamp(-30.0, 30.0);
        let wrong = 1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(yes));
        let wrong = if yes { wrong * self.balance } else { wrong };
        self.bias -= 0.02 * wrong;
        for at in hashes {
            let slope = wrong * scale + Self::DECAY * self.weights[*at];
            self.squares[*at] += slope * slope;
            self.weights[*at] -= Self::RATE * slope / self.squares[*at].sqrt();
        }
    }

    /// As the reader has them: bias and step, and one signed byte each.
    #[expect(clippy::cast_possible_truncation, reason = "rounded to what a byte holds")]
    fn bytes(&self) -> Vec<u8> {
        let most = self.weights.iter().fold(f64::MIN_POSITIVE, |most, w| most.max(w.abs()));
        let step = most / 127.0;
        let mut bytes = (self.bias as f32).to_le_bytes().to_vec();
        bytes.extend((step as f32).to_le_bytes());
        bytes.extend(self.weights.iter().map(|w| ((w / step).round() as i8).cast_unsigned()));
        bytes
    }
}

/// Writes the weights that the sentences give: `cargo test --test corpus -- --ignored learns`.
#[test]
#[ignore = "changes files of the source"]
fn learns() {
    for lesson in LESSONS {
        let learner = Learner::learn(&(lesson.examples)());
        fs::write(lesson.path(), learner.bytes()).expect("the weights can be written");
    }
}

impl Lesson {
    fn path(&self) -> PathBuf {
        root().join("../../src/reading/sense").join(self.weights)
    }

    /// How many of a hundred the model puts on a side.
    fn share(&self, of: &[Example], yes: bool, side: impl Fn(f32) -> bool) -> f64 {
        let of: Vec<&Example> = of.iter().filter(|e| e.yes == yes).collect();
        let there = of.iter().filter(|e| side(self.model.weigh(&e.text))).count();
        there as f64 * 100.0 / of.len() as f64
    }
}

/// The weights in the source are those that the sentences give, but for what an `exp` of another machine
/// rounds otherwise.
#[test]
fn the_weights_are_those_of_the_sentences() {
    for lesson in LESSONS {
        let kept = fs::read(lesson.path()).expect("the weights can be read");
        let given = Learner::learn(&(lesson.examples)()).bytes();
        assert_eq!(kept.len(), given.len());
        let others = kept.iter().zip(&given).filter(|(one, other)| one != other).count();
        assert!(others <= 20, "{others} of {} differ: learn them again (`learns`)", lesson.weights);
    }
}

/// Of the sentences that nobody learned from: how many of each class are on which side of the bounds.
#[test]
fn sentences_of_another_author() {
    let [turning, ..] = LESSONS;
    let held = examples(&["held-5", "held-10"], 'T');
    let stops = |weight: f32| weight >= sense::TURNS;
    let frees = |weight: f32| weight <= sense::HARMLESS;
    let share = |yes, side: &dyn Fn(f32) -> bool| turning.share(&held, yes, side);
    println!("== sense, of {} sentences of another author", held.len());
    println!("turning: {:.1} % stopped, {:.1} % freed", share(true, &stops), share(true, &frees));
    println!(
        "harmless: {:.1} % stopped, {:.1} % freed",
        share(false, &stops),
        share(false, &frees)
    );
    assert!(share(true, &stops) >= 50.0);
    assert!(share(true, &frees) <= 4.0);
    assert!(share(false, &stops) <= 4.5);
    assert!(share(false, &frees) >= 55.0);
}

/// The same of sentences with numbers, days and goods in them.
#[test]
fn numbers_of_another_author() {
    let [turning, ..] = LESSONS;
    let held = examples(&["held-n"], 'T');
    let frees = |weight: f32| weight <= sense::HARMLESS - sense::NUMBERED;
    let (harmless, wrongly) =
        (turning.share(&held, false, frees), turning.share(&held, true, frees));
    println!("== sense, of {} sentences with numbers of another author", held.len());
    println!("harmless: {harmless:.1} % freed; turning: {wrongly:.1} % freed");
    assert!(harmless >= 35.0);
    assert!(wrongly <= 2.5);
}

/// The same of sentences about goods.
#[test]
fn goods_of_another_author() {
    let [_, ordering] = LESSONS;
    let held = examples(&["held-goods"], 'O');
    let orders = |weight: f32| weight >= sense::ORDERS;
    let nothing = |weight: f32| weight <= sense::ORDERS_NOTHING;
    let share = |yes, side: &dyn Fn(f32) -> bool| ordering.share(&held, yes, side);
    println!("== orders, of {} sentences about goods of another author", held.len());
    println!("orders: {:.1} % taken, {:.1} % refused", share(true, &orders), share(true, &nothing));
    println!(
        "others: {:.1} % taken, {:.1} % refused",
        share(false, &orders),
        share(false, &nothing)
    );
    assert!(share(true, &orders) >= 55.0);
    assert!(share(false, &orders) <= 2.0);
    assert!(share(true, &nothing) <= 1.5);
}
