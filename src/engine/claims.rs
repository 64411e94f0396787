//! Stock that cases have been told they can take, and Odoo does not know of yet.
//!
//! Between the look at the stock and the confirmed order another case may look at the same stock.
//! What the first was told is its claim until its order is in Odoo. One process works on a store,
//! so its memory is enough; after a start the claims follow from the cases that are placing.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use rust_decimal::Decimal;

use super::decide::Shared;
use crate::flow::{Availability, Case, CaseKey, LookUp, LookedUp, State};
use crate::store::{CaseFilter, StoreError};

/// What is claimed, by case.
#[derive(Debug, Default)]
pub(super) struct Claims {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    by_case: HashMap<CaseKey, BTreeMap<i64, Decimal>>,
    sums: HashMap<i64, Decimal>,
}

/// What a look-up is worth beside the claims of others.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It holds, with the stock that is left for this case.
    Holds(LookedUp),
    /// There is enough if the others' claims are already in Odoo's numbers, too little if not:
    /// look again in a moment.
    Unsettled,
}

impl Claims {
    /// Claims for `case` what it wants and finds free.
    pub(super) fn claim(
        &self,
        case: &CaseKey,
        job: &LookUp,
        mut found: LookedUp,
        last_try: bool,
    ) -> Verdict {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.release(case);
        let mut wants = BTreeMap::new();
        for (product, quantity) in &job.products {
            let Some(stock) = found.stock.get_mut(product) else { continue };
            let Availability::Stock(free) = stock.availability else { continue };
            let others = inner.sums.get(product).copied().unwrap_or_default();
            let left = free - others;
            if left < *quantity && free >= *quantity && !last_try {
                return Verdict::Unsettled;
            }
            let left = left.max(Decimal::ZERO);
            stock.availability = Availability::Stock(left);
            wants.insert(*product, left.min(*quantity));
        }
        inner.add(case, wants);
        Verdict::Holds(found)
    }

    /// After a decision: a case that is placing claims just what it places, any other nothing.
    pub(super) fn settle(&self, case: &Case) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.release(&case.key);
        if let State::Placing(placing) = &case.state {
            let mut sums: BTreeMap<i64, Decimal> = BTreeMap::new();
            for line in placing.orders.iter().flat_map(|order| &order.lines) {
                *sums.entry(line.product_id).or_default() += line.quantity;
            }
            inner.add(&case.key, sums);
        }
    }
}

impl Inner {
    fn add(&mut self, case: &CaseKey, claims: BTreeMap<i64, Decimal>) {
        for (product, quantity) in &claims {
            *self.sums.entry(*product).or_default() += *quantity;
        }
        self.by_case.insert(case.clone(), claims);
    }

    fn release(&mut self, case: &CaseKey) {
        for (product, quantity) in self.by_case.remove(case).unwrap_or_default() {
            if let Some(sum) = self.sums.get_mut(&product) {
                *sum -= quantity;
                if *sum <= Decimal::ZERO {
                    self.sums.remove(&product);
                }
            }
        }
    }
}

/// Claims anew what the cases that are placing have been told.
pub(super) async fn restore(shared: &Shared) -> Result<(), StoreError> {
    let placing =
        CaseFilter { state: Some("placing".into()), limit: 10_000, ..CaseFilter::default() };
    for row in shared.store.cases(placing).await? {
        shared.claims.settle(&row.case);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Stock;
    use crate::mail::{Address, MailId};
    use crate::reading::Lang;

    fn job(quantity: i64) -> LookUp {
        LookUp {
            mail: MailId::from_digest(&[0; 16]),
            from: Address::default(),
            lang: Lang::En,
            products: vec![(7, Decimal::from(quantity))],
            vendors: false,
        }
    }

    fn found(free: i64) -> LookedUp {
        let stock = Stock {
            availability: Availability::Stock(free.into()),
            name: "Nut".into(),
            uom: "Units".into(),
            vendor: None,
        };
        LookedUp { stock: [(7, stock)].into(), ..LookedUp::default() }
    }

    fn key(n: u8) -> CaseKey {
        CaseKey::of(&MailId::from_digest(&[n; 16]))
    }

    fn left(verdict: Verdict) -> Option<Decimal> {
        let Verdict::Holds(found) = verdict else { return None };
        match found.stock[&7].availability {
            Availability::Stock(n) => Some(n),
            _ => None,
        }
    }

    #[test]
    fn two_cases_are_not_told_of_the_same_five_pieces() {
        let claims = Claims::default();
        assert_eq!(left(claims.claim(&key(1), &job(5), found(5), false)), Some(5.into()));
        assert_eq!(claims.claim(&key(2), &job(5), found(5), false), Verdict::Unsettled);
        assert_eq!(left(claims.claim(&key(2), &job(5), found(5), true)), Some(0.into()));
        claims.settle(&Case::new(key(1)));
        claims.settle(&Case::new(key(2)));
        assert_eq!(left(claims.claim(&key(3), &job(5), found(5), false)), Some(5.into()));
    }

    #[test]
    fn what_is_short_anyway_is_said_at_once() {
        let claims = Claims::default();
        claims.claim(&key(1), &job(2), found(5), false);
        assert_eq!(left(claims.claim(&key(2), &job(9), found(5), false)), Some(3.into()));
    }
}
