//! What this process has in hand.
//!
//! A lease ends by the clock, which can be set; a worker that lives keeps what it has. Else a
//! clock set forward would have a letter sent twice that is on its way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::store::{EffectId, Leased};

/// The effects that workers of this process are at, and whether somebody was handed them again
/// meanwhile.
#[derive(Debug, Clone, Default)]
pub(super) struct InHand(Arc<Mutex<HashMap<EffectId, bool>>>);

/// Some effects in a worker's hand; let go when dropped.
#[derive(Debug)]
pub(super) struct Hand {
    all: InHand,
    ids: Vec<EffectId>,
}

impl InHand {
    fn held(&self) -> MutexGuard<'_, HashMap<EffectId, bool>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes into one hand what is in no other.
    pub(super) fn take(&self, mut leased: Vec<Leased>) -> (Vec<Leased>, Hand) {
        let mut held = self.held();
        leased.retain(|one| {
            let free = !held.contains_key(&one.id);
            held.insert(one.id, !free);
            free
        });
        let ids = leased.iter().map(|one| one.id).collect();
        drop(held);
        (leased, Hand { all: self.clone(), ids })
    }

    /// All of them, in their order.
    #[cfg(test)]
    pub(super) fn all(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self.held().keys().map(|id| id.0).collect();
        ids.sort_unstable();
        ids
    }

    /// Takes one that nobody else can have.
    pub(super) fn hold(&self, id: EffectId) -> Hand {
        self.held().insert(id, false);
        Hand { all: self.clone(), ids: vec![id] }
    }
}

impl Hand {
    /// Lets go. What is answered was leased again while it was here: if this worker gave it back
    /// before, that lease is nobody's.
    pub(super) fn let_go(mut self) -> Vec<EffectId> {
        self.let_go_all_but(None)
    }

    /// Lets go of what was given back, and keeps the one.
    pub(super) fn let_go_all_but(&mut self, kept: Option<EffectId>) -> Vec<EffectId> {
        let mut held = self.all.held();
        let (keep, go): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.ids).into_iter().partition(|id| Some(*id) == kept);
        self.ids = keep;
        go.into_iter().filter(|id| held.remove(id) == Some(true)).collect()
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        let mut held = self.all.held();
        for id in &self.ids {
            held.remove(id);
        }
    }
}
