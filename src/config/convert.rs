//! From the configuration to what each part of postorder is given.

use chrono::TimeDelta;

use super::secret::{OdooSecret, Secrets};
use super::types::{Config, Protocol, StockRule};
use crate::{flow, odoo};

impl From<&Config> for flow::Policy {
    fn from(config: &Config) -> Self {
        let policy = &config.policy;
        Self {
            partial: policy.partial,
            confirm: config.odoo.confirm,
            remind_after: TimeDelta::days(policy.remind_days.into()),
            expire_after: TimeDelta::days(policy.expire_days.into()),
            stock_check_every: TimeDelta::minutes(policy.stock_check_minutes.into()),
            stock_wait_limit: TimeDelta::days(policy.stock_wait_days.into()),
            supplier: policy.supplier.clone(),
            letters_per_case: policy.letters_per_case,
            letters_per_sender_hour: policy.letters_per_sender_hour,
            offers_per_case: policy.offers_per_case,
        }
    }
}

impl Config {
    /// What the Odoo client is given.
    #[must_use]
    pub fn odoo_settings(&self, secrets: &Secrets) -> odoo::Settings {
        let odoo = &self.odoo;
        let credential = match &secrets.odoo {
            OdooSecret::Password(secret) => odoo::Credential::Password(secret.clone()),
            OdooSecret::ApiKey(secret) => odoo::Credential::ApiKey(secret.clone()),
        };
        let login = odoo.login.as_deref().unwrap_or_default();
        odoo::Settings {
            protocol: match odoo.protocol {
                Protocol::Auto => odoo::Protocol::Auto,
                Protocol::JsonRpc => odoo::Protocol::JsonRpc,
                Protocol::Json2 => odoo::Protocol::Json2,
            },
            timeout: odoo.timeout,
            workers: odoo.workers,
            company: odoo.company.clone(),
            warehouse: odoo.warehouse.clone(),
            stock: match odoo.stock {
                StockRule::Free => odoo::StockKind::Free,
                StockRule::OnHand => odoo::StockKind::OnHand,
            },
            ..odoo::Settings::new(&odoo.url, &odoo.database, login, credential)
        }
    }
}
