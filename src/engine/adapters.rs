//! The real outside behind the ports.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::RwLock;

use super::ports::{Erp, Fault, Fut, Post};
use crate::flow::{ErrorClass, Letter, LookUp, LookedUp, Place};
use crate::letters::{Letters, Mailer};
use crate::odoo::{self, CatalogPage, Note, Odoo, OdooError, Placement};

/// Odoo, connected when it is first needed, so that mails are taken in while it is away.
pub struct OdooErp {
    settings: odoo::Settings,
    client: RwLock<Option<Odoo>>,
}

impl OdooErp {
    /// Does not connect yet.
    #[must_use]
    pub fn new(settings: odoo::Settings) -> Self {
        Self { settings, client: RwLock::new(None) }
    }

    /// Calls made to Odoo so far.
    pub async fn calls(&self) -> u64 {
        self.client.read().await.as_ref().map_or(0, Odoo::calls)
    }

    async fn client(&self) -> Result<Odoo, OdooError> {
        if let Some(client) = self.client.read().await.as_ref() {
            return Ok(client.clone());
        }
        let mut place = self.client.write().await;
        if let Some(client) = place.as_ref() {
            return Ok(client.clone());
        }
        let client = Odoo::connect(self.settings.clone()).await?;
        *place = Some(client.clone());
        Ok(client)
    }

    /// A log-in that is refused is made anew at the next try: its session may have been ended, or
    /// its user given the missing right.
    async fn noticed<T>(&self, answers: &[Result<T, OdooError>]) {
        let refused = |answer: &Result<T, OdooError>| {
            answer.as_ref().is_err_and(|error| error.class == ErrorClass::Credentials)
        };
        if answers.iter().any(refused) {
            *self.client.write().await = None;
        }
    }
}

fn all<T>(jobs: usize, error: &OdooError) -> Vec<Result<T, Fault>> {
    (0..jobs).map(|_| Err(error.clone().into())).collect()
}

fn faults<T>(answers: Vec<Result<T, OdooError>>) -> Vec<Result<T, Fault>> {
    answers.into_iter().map(|answer| answer.map_err(Fault::from)).collect()
}

impl Erp for OdooErp {
    fn catalog(&self, since: Option<DateTime<Utc>>) -> Fut<'_, Result<CatalogPage, Fault>> {
        Box::pin(async move {
            let answer = self.client().await?.catalog(since).await;
            let answer = [answer];
            self.noticed(&answer).await;
            let [answer] = answer;
            answer.map_err(Fault::from)
        })
    }

    fn look_up(&self, jobs: Vec<LookUp>) -> Fut<'_, Vec<Result<LookedUp, Fault>>> {
        Box::pin(async move {
            match self.client().await {
                Err(error) => all(jobs.len(), &error),
                Ok(odoo) => {
                    let answers = odoo.look_up(&jobs).await;
                    self.noticed(&answers).await;
                    faults(answers)
                }
            }
        })
    }

    fn place(&self, jobs: Vec<Place>) -> Fut<'_, Vec<Result<Placement, Fault>>> {
        Box::pin(async move {
            match self.client().await {
                Err(error) => all(jobs.len(), &error),
                Ok(odoo) => {
                    let answers = odoo.place(&jobs).await;
                    self.noticed(&answers).await;
                    faults(answers)
                }
            }
        })
    }

    fn annotate(&self, jobs: Vec<Note>) -> Fut<'_, Vec<Result<(), Fault>>> {
        Box::pin(async move {
            match self.client().await {
                Err(error) => all(jobs.len(), &error),
                Ok(odoo) => {
                    let answers = odoo.annotate(&jobs).await;
                    self.noticed(&answers).await;
                    faults(answers)
                }
            }
        })
    }
}

/// Letters, written from templates and sent over SMTP.
pub struct SmtpPost {
    letters: Arc<Letters>,
    mailer: Mailer,
}

impl SmtpPost {
    /// Letters over this mailer.
    #[must_use]
    pub fn new(letters: Arc<Letters>, mailer: Mailer) -> Self {
        Self { letters, mailer }
    }
}

impl Post for SmtpPost {
    fn send(&self, letter: Letter, at: DateTime<Utc>) -> Fut<'_, Result<String, Fault>> {
        Box::pin(async move {
            let rendered = self
                .letters
                .render(&letter, at)
                .map_err(|error| Fault::new(ErrorClass::Sick, error.to_string()))?;
            if let Some(fault) = &rendered.fault {
                tracing::error!(token = rendered.token, template = %fault, "a template of the company failed; the built-in one was used");
            }
            match self.mailer.send(&rendered).await {
                Ok(accepted) => Ok(accepted.message_id),
                Err(error) => Err(Fault::new(error.class, error.to_string())),
            }
        })
    }
}
