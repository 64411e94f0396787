//! Mails whose words we do not know are put to an outside model, beside the reader: no other mail
//! waits for its answer.
//!
//! A mail that is being asked about is put off in the store, until its own case begins. So it
//! stays unread, and is read anew by the next start, if the process ends meanwhile.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;

use super::aside::aside;
use super::decide::Shared;
use super::model::Model;
use super::reader;
use crate::flow::{CaseKey, Event};
use crate::mail::{Mail, MailId};
use crate::reading::{Catalog, Context, Question, Reading};
use crate::store::{MailRow, StoreError};

/// Most mails that are being asked about; more go to a person unasked.
const MOST: usize = 64;
/// When a mail whose asking never ended is read anew.
const LONGEST: TimeDelta = TimeDelta::minutes(30);

/// The mails that are being asked about, each with its sender.
#[derive(Debug, Clone, Default)]
pub(super) struct Asking(Arc<Mutex<BTreeMap<MailId, String>>>);

/// One mail that is being asked about, until dropped.
#[derive(Debug)]
struct Asked {
    all: Asking,
    mail: MailId,
}

/// A mail that was read, and may be asked about.
pub(super) struct Unclear {
    /// The mail.
    pub(super) mail: Arc<Mail>,
    /// What it was read with.
    pub(super) catalog: Arc<Catalog>,
    /// As above.
    pub(super) context: Context,
    /// What holds unless the model finds more.
    pub(super) reading: Reading,
    /// What is asked.
    pub(super) question: Question,
}

impl Asking {
    /// Nothing is being asked.
    pub(super) fn is_idle(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// The case that a sender's mail will begin, which is being asked about.
    pub(super) fn case_of(&self, from: &str) -> Option<CaseKey> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(_, sender)| *sender == from).map(|(mail, _)| CaseKey::of(mail))
    }

    fn holds(&self, mail: &MailId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(mail)
    }

    fn begin(&self, row: &MailRow) -> Option<Asked> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            return None;
        }
        all.insert(row.id.clone(), row.from.clone());
        Some(Asked { all: self.clone(), mail: row.id.clone() })
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.mail);
    }
}

/// Asks about a mail, and records its reading when the answer is there. Gives the reading back
/// where nobody is asked.
pub(super) async fn ask(
    shared: &Arc<Shared>,
    row: &MailRow,
    unclear: Unclear,
) -> Result<Option<Reading>, StoreError> {
    let Some(model) = shared.settings.model.clone() else { return Ok(Some(unclear.reading)) };
    // A clock that was set called it back early.
    let again = shared.asking.holds(&row.id);
    let asked = if again { None } else { shared.asking.begin(row) };
    if asked.is_none() && !again {
        return Ok(Some(unclear.reading));
    }
    let until = shared.now() + LONGEST;
    let put_off = shared.store.put_off(row.id.clone(), CaseKey::of(&row.id), until).await?;
    let Some(asked) = asked else { return Ok(None) };
    if !put_off {
        return Ok(Some(unclear.reading));
    }
    let (shared, row) = (Arc::clone(shared), row.clone());
    tokio::spawn(async move {
        if let Err(error) = finish(&shared, &row, unclear, &model).await {
            shared.store_failed(&error);
        }
        drop(asked);
        shared.wakes.reader.notify_one();
    });
    Ok(None)
}

async fn finish(
    shared: &Shared,
    row: &MailRow,
    unclear: Unclear,
    model: &Model,
) -> Result<(), StoreError> {
    let Unclear { mail, catalog, context, reading, question } = unclear;
    let found = match model.ask(&question).await {
        Ok(answer) => {
            let same = Arc::clone(&mail);
            let check = aside(move || Question::check(&same, &catalog, &context, &answer));
            match check.await {
                Ok(checked) => {
                    checked.map_err(|refusal| format!("its answer counts not: {refusal}"))
                }
                Err(_) => Err("postorder broke on its answer; please report it".to_owned()),
            }
        }
        Err(reason) => Err(reason),
    };
    let reading = found.unwrap_or_else(|reason| {
        tracing::info!(mail = %row.id, reason, "the model was asked, and the mail is for a person");
        reading
    });
    let event = reader::mail_read(shared, &mail, reading, false).await?;
    reader::record(shared, &CaseKey::of(&mail.id), Event::MailRead(Box::new(event)), row).await
}
