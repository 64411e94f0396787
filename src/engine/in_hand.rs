//! What this process has in hand.
//!
//! A lease ends by the clock, which can be set; a worker that lives keeps what it has. Else a
//! clock set forward would have a letter sent twice that is on its way.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::store::{EffectId, Leased};

/// The effects that workers of this process are at.
#[derive(Debug, Clone, Default)]
pub(super) struct InHand(Arc<Mutex<HashSet<EffectId>>>);

/// Some effects in a worker's hand; let go when dropped.
#[derive(Debug)]
pub(super) struct Hand {
    all: InHand,
    ids: Vec<EffectId>,
}

impl InHand {
    /// Takes into one hand what is in no other.
    pub(super) fn take(&self, mut leased: Vec<Leased>) -> (Vec<Leased>, Hand) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        leased.retain(|one| held.insert(one.id));
        let ids = leased.iter().map(|one| one.id).collect();
        drop(held);
        (leased, Hand { all: self.clone(), ids })
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        let mut held = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        for id in &self.ids {
            held.remove(id);
        }
    }
}
