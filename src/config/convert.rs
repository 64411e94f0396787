//! From the configuration to what each part of postorder is given.

use std::time::Duration;

use chrono::TimeDelta;

use super::secret::{OdooSecret, Secrets};
use super::types::{Config, NumberStyle, Protocol, Security, StockRule, Watch};
use crate::engine::intake;
use crate::{engine, flow, letters, mail, odoo};

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
            default_lang: config.company.default_language,
            time_zone: config.company.time_zone,
            ..Self::default()
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

    /// What the sender of letters is given.
    #[must_use]
    pub fn smtp_settings(&self, secrets: &Secrets) -> letters::SmtpSettings {
        let smtp = &self.smtp;
        let security = match smtp.security {
            Security::None => letters::Security::None,
            Security::StartTls => letters::Security::StartTls,
            Security::Tls => letters::Security::Tls,
        };
        letters::SmtpSettings {
            port: smtp.port,
            login: smtp.login.clone(),
            password: secrets.smtp.clone(),
            ca_file: smtp.ca_file.clone(),
            helo: smtp.helo.clone(),
            timeout: smtp.timeout,
            connections: smtp.connections,
            ..letters::SmtpSettings::new(&*smtp.host, security)
        }
    }

    /// What the writer of letters is given.
    #[must_use]
    pub fn letter_settings(&self) -> letters::Settings {
        let company = &self.company;
        letters::Settings {
            company: company.name.clone(),
            from: company.address.clone(),
            reply_to: company.reply_to.clone(),
            signature: company.signature.lines().map(str::to_owned).collect(),
            domain: company.message_id_domain().to_owned(),
            languages: company.languages.clone(),
            default_language: company.default_language,
            time_zone: company.time_zone,
            style: match self.letters.style {
                NumberStyle::Language => letters::Style::Language,
                NumberStyle::Swiss => letters::Style::Swiss,
            },
            templates_dir: self.letters.templates.clone(),
        }
    }

    /// Bounds on one mail.
    #[must_use]
    pub fn limits(&self) -> mail::Limits {
        let size = usize::try_from(self.maildir.max_size).unwrap_or(usize::MAX);
        mail::Limits { size, ..mail::Limits::default() }
    }

    /// Addresses whose mails are our own.
    #[must_use]
    pub fn own_addresses(&self) -> mail::OwnAddresses {
        mail::OwnAddresses::new(self.company.all_own_addresses()).named(&self.company.name)
    }

    /// How mails are taken in.
    #[must_use]
    pub fn intake_settings(&self) -> intake::IntakeSettings {
        let maildir = &self.maildir;
        intake::IntakeSettings {
            maildirs: maildir.paths.clone(),
            watch: match maildir.watch {
                Watch::Auto => intake::Watch::Auto,
                Watch::Inotify => intake::Watch::Inotify,
                Watch::Poll => intake::Watch::Poll,
            },
            poll: maildir.poll,
            rescan: maildir.rescan,
            max_size: maildir.max_size,
            limits: self.limits(),
            ..intake::IntakeSettings::default()
        }
    }

    /// The model that is asked, if one is.
    #[must_use]
    pub fn model_settings(&self, secrets: &Secrets) -> Option<engine::ModelSettings> {
        let model = &self.reading.model;
        Some(engine::ModelSettings {
            url: model.url.clone()?,
            name: model.name.clone()?,
            key: secrets.model.clone(),
            timeout: model.timeout,
            at_once: model.at_once,
        })
    }

    /// How the engine works.
    #[must_use]
    pub fn engine_settings(&self) -> engine::Settings {
        let day = Duration::from_secs(86_400);
        engine::Settings {
            policy: flow::Policy::from(self),
            limits: self.limits(),
            own: self.own_addresses(),
            certainty_bar: self.reading.certainty,
            max_lines: self.reading.max_lines,
            odoo_workers: self.odoo.workers,
            odoo_batch: self.odoo.batch,
            smtp_workers: self.smtp.connections,
            read_batch: self.intake.batch,
            give_up_after: day * self.policy.give_up_days,
            catalog_refresh: self.odoo.catalog_refresh,
            ..engine::Settings::default()
        }
    }
}
