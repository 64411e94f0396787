//! The catalogue: read once, then kept up to date by what changed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::decide::Shared;
use super::gate::Pass;
use crate::flow::{ErrorClass, Target};
use crate::odoo::CatalogPage;
use crate::reading::{Catalog, Product};

/// The whole is read anew after this time, since deletions leave no trace among the changes.
const WHOLE: Duration = Duration::from_secs(24 * 3600);

/// Keeps the catalogue until shutdown.
pub(super) async fn run(shared: Arc<Shared>, shutdown: CancellationToken) {
    let mut known = Known::default();
    while !shutdown.is_cancelled() {
        shared.pulse.beat("catalog");
        let wait = match shared.gate(Target::Odoo).enter(Instant::now()) {
            Pass::Wait(wait) => wait.min(shared.settings.poll),
            Pass::Free | Pass::Paced | Pass::Probe => refresh(&shared, &mut known).await,
        };
        let deadline = Instant::now() + wait;
        while Instant::now() < deadline && !shutdown.is_cancelled() {
            shared.pulse.beat("catalog");
            let slice = Duration::from_secs(5).min(deadline - Instant::now());
            tokio::select! {
                biased;
                () = shutdown.cancelled() => {}
                () = tokio::time::sleep(slice) => {}
            }
        }
    }
    shared.pulse.stop("catalog");
}

#[derive(Debug, Default)]
struct Known {
    products: BTreeMap<i64, Product>,
    as_of: Option<DateTime<Utc>>,
    whole_at: Option<Instant>,
}

/// Reads what changed; how long to wait for the next time.
async fn refresh(shared: &Shared, known: &mut Known) -> Duration {
    let fresh = known.whole_at.is_some_and(|at| at.elapsed() < WHOLE);
    let since = known.as_of.filter(|_| fresh);
    match shared.erp.catalog(since).await {
        Ok(page) => {
            shared.gate(Target::Odoo).answered(Instant::now());
            let first = known.as_of.is_none();
            if known.take(page, since.is_none()) || first {
                publish(shared, known);
            }
            shared.settings.catalog_refresh
        }
        Err(fault) => {
            let class = match fault.class {
                ErrorClass::Credentials => ErrorClass::Credentials,
                _ => ErrorClass::Transient,
            };
            tracing::warn!(reason = fault.message, "the catalogue could not be read");
            let gate = shared.gate(Target::Odoo);
            gate.failed(class, &fault.message, fault.retry_after, Instant::now());
            shared.settings.poll
        }
    }
}

fn publish(shared: &Shared, known: &Known) {
    let products: Vec<Product> = known.products.values().cloned().collect();
    tracing::info!(products = products.len(), "catalogue is up to date");
    shared.catalog.send_replace(Some(Arc::new(Catalog::new(products))));
    shared.wakes.reader.notify_one();
}

impl Known {
    /// Takes changes in; true if anything changed.
    fn take(&mut self, page: CatalogPage, whole: bool) -> bool {
        if whole {
            self.products.clear();
            self.whole_at = Some(Instant::now());
        }
        let changed = whole || !page.products.is_empty() || !page.inactive.is_empty();
        for product in page.inactive {
            self.products.remove(&product.id);
        }
        for product in page.products {
            self.products.insert(product.id, product);
        }
        self.as_of = Some(page.as_of);
        changed
    }
}
