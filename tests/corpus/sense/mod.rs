//! The sentences that the model of `reading::sense` is learned from, how it is learned, and how well it
//! tells sentences of authors that it was not learned from.
//!
//! `said-*.txt` were written for it, a class, a language and a sentence a line: 'H' for what changes
//! nothing of the order beside it, 'T' for what turns it. `mails.txt` are sentences of the corpus' own
//! orders. `held-*.txt` is for measuring only.

#![expect(clippy::cast_precision_loss, reason = "some thousands of sentences")]

use std::fs;
use std::path::PathBuf;

use postorder::reading::sense;

use crate::grammar::Dice;
use crate::root;

/// A sentence, and whether it turns the order beside it.
struct Example {
    text: String,
    turns: bool,
}

fn folder() -> PathBuf {
    root().join("sense")
}

/// The examples of the files that begin so.
fn examples(beginnings: &[&str]) -> Vec<Example> {
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
    files.into_iter().flat_map(|path| parse(&text(path))).collect()
}

fn parse(text: &str) -> Vec<Example> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (kind, text) = line.split_once('|').expect("class and language, a bar, a sentence");
            let turns = match kind.get(..1) {
                Some("H") => false,
                Some("T") => true,
                _ => panic!("'H' or 'T': {line}"),
            };
            Example { text: text.to_owned(), turns }
        })
        .collect()
}

/// A logistic regression, learned by stochastic gradient descent with `AdaGrad`'s steps. The same
/// sentences give the same weights.
struct Learner {
    weights: Vec<f64>,
    squares: Vec<f64>,
    bias: f64,
    /// How much a turning sentence counts, so that both classes count alike.
    balance: f64,
}

impl Learner {
    const ROUNDS: usize = 14;
    const RATE: f64 = 0.3;
    const DECAY: f64 = 1e-5;

    fn learn(examples: &[Example]) -> Self {
        let mut seen: Vec<(Vec<usize>, bool)> =
            examples.iter().map(|e| (sense::of_text(&e.text), e.turns)).collect();
        let turning = seen.iter().filter(|(_, turns)| *turns).count().max(1);
        let balance = (seen.len() - turning) as f64 / turning as f64;
        let mut learner = Self {
            weights: vec![0.0; sense::SIZE],
            squares: vec![1e-8; sense::SIZE],
            bias: 0.0,
            balance,
        };
        let mut dice = Dice::new(1);
        for _ in 0..Self::ROUNDS {
            for at in (1..seen.len()).rev() {
                seen.swap(at, dice.below(at + 1));
            }
            for (hashes, turns) in &seen {
                learner.see(hashes, *turns);
            }
        }
        learner
    }

    fn see(&mut self, hashes: &[usize], turns: bool) {
        let scale = 1.0 / (hashes.len().max(1) as f64).sqrt();
        let sum: f64 = hashes.iter().map(|at| self.weights[*at]).sum();
        let odds = (self.bias + sum * scale).clamp(-30.0, 30.0);
        let wrong = 1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(turns));
        let wrong = if turns { wrong * self.balance } else { wrong };
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
#[ignore = "changes a file of the source"]
fn learns() {
    let learner = Learner::learn(&examples(&["said-", "mails"]));
    let path = root().join("../../src/reading/sense/weights.bin");
    fs::write(path, learner.bytes()).expect("the weights can be written");
}

/// The weights in the source are those that the sentences give, but for what an `exp` of another machine
/// rounds otherwise.
#[test]
fn the_weights_are_those_of_the_sentences() {
    let path = root().join("../../src/reading/sense/weights.bin");
    let kept = fs::read(path).expect("the weights can be read");
    let given = Learner::learn(&examples(&["said-", "mails"])).bytes();
    assert_eq!(kept.len(), given.len());
    let others = kept.iter().zip(&given).filter(|(one, other)| one != other).count();
    assert!(others <= 20, "{others} weights differ: learn them again (`learns`)");
}

/// Of the sentences that nobody learned from: how many of each class are on which side of the bounds.
#[test]
fn sentences_of_another_author() {
    let held = examples(&["held-"]);
    let (turning, harmless): (Vec<&Example>, Vec<&Example>) = held.iter().partition(|e| e.turns);
    let share = |of: &[&Example], side: &dyn Fn(f32) -> bool| {
        of.iter().filter(|e| side(sense::weigh_text(&e.text))).count() as f64 * 100.0
            / of.len() as f64
    };
    let stops = |weight: f32| weight >= sense::TURNS;
    let frees = |weight: f32| weight <= sense::HARMLESS;
    println!("== sense, of {} sentences of another author", held.len());
    println!(
        "turning: {:.1} % stopped, {:.1} % freed",
        share(&turning, &stops),
        share(&turning, &frees)
    );
    println!(
        "harmless: {:.1} % stopped, {:.1} % freed",
        share(&harmless, &stops),
        share(&harmless, &frees)
    );
    assert!(share(&turning, &stops) >= 50.0);
    assert!(share(&turning, &frees) <= 4.0);
    assert!(share(&harmless, &stops) <= 4.5);
    assert!(share(&harmless, &frees) >= 55.0);
}
