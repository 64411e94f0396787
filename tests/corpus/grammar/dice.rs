//! Chance that falls the same way for the same seed.

/// Seeded dice.
#[derive(Debug)]
pub(crate) struct Dice {
    random: fastrand::Rng,
}

impl Dice {
    /// Dice for a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: fastrand::Rng::with_seed(seed) }
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.random.usize(..bound.max(1))
    }

    /// A number within bounds, both counted in.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        self.random.u32(low..=high)
    }

    /// True in so many of a hundred throws.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.random.u32(..100) < percent
    }

    /// One of several.
    pub(crate) fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// A quantity as customers order it: small ones most often.
    pub(crate) fn quantity(&mut self) -> u32 {
        match self.below(10) {
            0..=3 => self.between(1, 12),
            4..=6 => self.between(2, 30) * 5,
            7..=8 => self.between(2, 40) * 25,
            _ => self.between(11, 60) * 100,
        }
    }
}
