//! Cases as they were last decided on: mostly the next event of a case comes within a second, and
//! the case need not be read again for it.
//!
//! What is kept here may be older than the store, or newer by a decision that is on its way into
//! it. Either way a decision holds only on the version that it was made on: one that was made on
//! anything else is refused, and made anew on what the store has.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::flow::{Case, CaseKey, Purpose, State};

/// How many cases are kept.
const MOST: usize = 512;
/// A case with more lines is not: memory is bounded.
const MOST_LINES: usize = 50;

/// The last cases that were decided on.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    cases: HashMap<CaseKey, (Arc<Case>, i64)>,
    /// Oldest first; a case that was forgotten meanwhile may stand here still.
    order: VecDeque<CaseKey>,
}

impl Recent {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A case, and the version that it is thought to have.
    pub(super) fn get(&self, key: &CaseKey) -> Option<(Arc<Case>, i64)> {
        self.inner().cases.get(key).cloned()
    }

    /// Keeps a case that is being recorded as this version.
    pub(super) fn keep(&self, case: &Arc<Case>, version: i64) {
        if !small(case) {
            return self.forget(&case.key);
        }
        let mut inner = self.inner();
        if inner.cases.insert(case.key.clone(), (Arc::clone(case), version)).is_none() {
            inner.order.push_back(case.key.clone());
        }
        while inner.order.len() > MOST {
            let oldest = inner.order.pop_front();
            oldest.and_then(|key| inner.cases.remove(&key));
        }
    }

    /// It could not be recorded.
    pub(super) fn forget(&self, key: &CaseKey) {
        self.inner().cases.remove(key);
    }
}

/// It is on its way, and of the usual size. What waits for people waits for long.
fn small(case: &Case) -> bool {
    let lines = match &case.state {
        State::LookingUp(Purpose::Order(request)) => request.lines.len(),
        State::Placing(placing) => placing.orders.iter().map(|order| order.lines.len()).sum(),
        State::Ended(_) => 0,
        _ => return false,
    };
    let placed: usize = case.orders.iter().map(|order| order.lines.len()).sum();
    case.deferred.is_empty() && lines + placed <= MOST_LINES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Outcome;
    use crate::mail::MailId;

    fn case(number: u16) -> Arc<Case> {
        let mut digest = [0; 16];
        digest[..2].copy_from_slice(&number.to_be_bytes());
        let mut case = Case::new(CaseKey::of(&MailId::from_digest(&digest)));
        case.state = State::Ended(Outcome::Ordered);
        Arc::new(case)
    }

    #[test]
    fn the_last_are_kept_and_no_more() {
        let recent = Recent::default();
        for number in 0..2000 {
            recent.keep(&case(number), 1);
            recent.keep(&case(number), 2);
            if number % 3 == 0 {
                recent.forget(&case(number).key);
            }
        }
        assert!(recent.get(&case(0).key).is_none());
        assert_eq!(recent.get(&case(1999).key).map(|(_, version)| version), Some(2));
        assert!(recent.inner().cases.len() <= MOST && recent.inner().order.len() <= MOST);
    }

    #[test]
    fn what_waits_for_a_person_is_not_kept() {
        let recent = Recent::default();
        recent.keep(&case(1), 1);
        let mut held = (*case(1)).clone();
        held.state = State::Held { reason: crate::flow::HoldReason::UnclearAnswer, resume: None };
        recent.keep(&Arc::new(held), 2);
        assert!(recent.get(&case(1).key).is_none());
    }
}
