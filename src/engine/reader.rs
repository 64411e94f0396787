//! Mails that were taken in are read, and find their case.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::aside::beside;
use super::asking::{self, Unclear};
use super::bounced::bounced;
use super::decide::{Decided, Settles, Shared};
use crate::flow::{Case, CaseKey, Event, MailRead, State, joins};
use crate::letters::{token_in_subject, token_of_message_id};
use crate::mail::{self, Address, Mail};
use crate::reading::{self, Catalog, Opened, Question, Reading};
use crate::store::{MailRow, StoreError};

/// A mail whose reading was begun so often and never ended kills the reader.
const DEADLY: u32 = 3;
/// How long an answer to one of our letters waits for the mail that began its case, when neither
/// is known: after a loss of the database the maildir is played again, in any order.
const PATIENCE: TimeDelta = TimeDelta::minutes(5);
/// … when that mail is here, and unread: it wakes the answer when it is read.
const LONG_PATIENCE: TimeDelta = TimeDelta::days(1);

/// Reads mails until shutdown.
pub(super) async fn run(shared: Arc<Shared>, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        shared.pulse.beat("reader");
        let worked = match turn(&shared).await {
            Ok(worked) => worked,
            Err(error) => {
                shared.store_failed(&error);
                false
            }
        };
        if worked && !shared.crowded() {
            continue;
        }
        tokio::select! {
            biased;
            () = shutdown.cancelled() => {}
            () = shared.wakes.reader.notified() => {}
            () = tokio::time::sleep(shared.settings.poll) => {}
        }
    }
    shared.pulse.stop("reader");
}

/// Reads one batch; false if there was nothing to read, or no catalogue to read it by.
async fn turn(shared: &Arc<Shared>) -> Result<bool, StoreError> {
    let Some(catalog) = shared.catalog.borrow().clone() else { return Ok(false) };
    let rows = shared.store.unread(shared.now(), shared.settings.read_batch).await?;
    if rows.is_empty() {
        return Ok(false);
    }
    let (begun, fresh): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.attempts > 0);
    shared.store.begin_reading(fresh.iter().map(|row| row.id.clone()).collect()).await?;
    read_all(shared, &catalog, fresh).await?;
    for row in begun {
        if row.attempts >= DEADLY {
            let reason = "reading it ended the whole process each time".to_owned();
            fail(shared, &row, reason).await?;
            continue;
        }
        shared.store.begin_reading(vec![row.id.clone()]).await?;
        read_all(shared, &catalog, vec![row]).await?;
    }
    Ok(true)
}

/// Reads mails: first those that begin a thread, side by side, then those that may answer them,
/// each sender's one after the other, since a later answer may take an earlier one back.
async fn read_all(
    shared: &Arc<Shared>,
    catalog: &Arc<Catalog>,
    rows: Vec<MailRow>,
) -> Result<(), StoreError> {
    let mut parsed = JoinSet::new();
    for row in rows {
        let shared = Arc::clone(shared);
        parsed.spawn(async move {
            let mail = parse(&shared, &row).await;
            (row, mail)
        });
    }
    let (mut first, mut later) = (Vec::new(), Vec::new());
    while let Some(ended) = parsed.join_next().await {
        let Ok((row, mail)) = ended else { continue };
        match mail? {
            Ok((mail, size)) if mail.in_reply_to.is_empty() && mail.references.is_empty() => {
                first.push((row, mail, size));
            }
            Ok((mail, size)) => later.push((row, mail, size)),
            Err(reason) => fail(shared, &row, reason).await?,
        }
    }
    later.sort_by_key(|(row, ..)| row.received_at);
    let mut threads: BTreeMap<String, Vec<(MailRow, Mail, usize)>> = BTreeMap::new();
    for (row, mail, size) in later {
        threads.entry(row.from.clone()).or_default().push((row, mail, size));
    }
    let first = first.into_iter().map(|one| vec![one]).collect();
    for group in [first, threads.into_values().collect::<Vec<_>>()] {
        let mut reads = JoinSet::new();
        for mails in group {
            let (shared, catalog) = (Arc::clone(shared), Arc::clone(catalog));
            reads.spawn(async move {
                for (row, mail, size) in mails {
                    read(&shared, Arc::clone(&catalog), &row, (mail, size)).await?;
                }
                Ok::<(), StoreError>(())
            });
        }
        while let Some(ended) = reads.join_next().await {
            ended.unwrap_or(Ok(()))?;
        }
    }
    Ok(())
}

/// The mail and its size in bytes, or why it is none.
async fn parse(
    shared: &Shared,
    row: &MailRow,
) -> Result<Result<(Mail, usize), String>, StoreError> {
    let Some(raw) = shared.store.raw(row.id.clone()).await? else {
        let reason = row.reason.clone().unwrap_or_else(|| "its bytes are gone".to_owned());
        return Ok(Err(reason));
    };
    let (limits, own) = (shared.settings.limits, shared.settings.own.clone());
    let size = raw.len();
    let parsed = beside(size, move || mail::parse(&raw, &limits, &own)).await;
    Ok(match parsed {
        Ok(mail) if mail.faults.contains(&mail::Fault::NotAMail) => {
            Err("it has no mail header: the file is no mail".to_owned())
        }
        Ok(mail) if mail.faults.contains(&mail::Fault::Broken) => {
            Err("it is too damaged to be parsed".to_owned())
        }
        Ok(mail) => Ok((mail, size)),
        Err(_) => Err("postorder broke on parsing it; please report it".to_owned()),
    })
}

/// Reads a mail and hands it to its case.
async fn read(
    shared: &Arc<Shared>,
    catalog: Arc<Catalog>,
    row: &MailRow,
    (mail, size): (Mail, usize),
) -> Result<(), StoreError> {
    if let Some((key, event)) = bounced(shared, &mail).await? {
        return record(shared, &key, event, row).await;
    }
    let thread = thread_of(shared, &mail).await?;
    let answers = !mail.in_reply_to.is_empty() || !mail.references.is_empty();
    // A mail of the same sender that it may answer has no case yet.
    let asked = || shared.asking.case_of(&row.from).filter(|_| thread.case.is_none() && answers);
    if let Some(missing) = &thread.missing.clone().or_else(asked)
        && put_off(shared, row, missing).await?
    {
        return Ok(());
    }
    // Who waits for stock may still change their mind: 1 and 3 are answers there too.
    let offered = thread
        .case
        .as_ref()
        .is_some_and(|case| matches!(case.state, State::Offered(_) | State::AwaitingStock(_)));
    let context = reading::Context {
        offered,
        certainty_bar: shared.settings.certainty_bar,
        now: Some(shared.now()),
        max_lines: shared.settings.max_lines,
        house: shared.settings.own.house(),
    };
    let mail = Arc::new(mail);
    let same = Arc::clone(&mail);
    let opened = beside(size, move || Opened::of(&same));
    let Ok(opened) = opened.await else {
        return fail(shared, row, "postorder broke on reading it; please report it".into()).await;
    };
    let opened = shared.settings.opener.open(opened).await;
    let asks = shared.settings.model.is_some() && thread.case.is_none() && !thread.answers_us;
    let (same, with, within) = (Arc::clone(&mail), Arc::clone(&catalog), context.clone());
    let read = beside(size, move || {
        let reading = reading::read_opened(&same, &opened, &with, &within);
        let ask = || Question::of(&same, &opened, &with, &within, &reading);
        let question = asks.then(ask).flatten();
        (reading, question)
    });
    let Ok((mut reading, question)) = read.await else {
        return fail(shared, row, "postorder broke on reading it; please report it".into()).await;
    };
    if let Some(question) = question {
        let mail = Arc::clone(&mail);
        let unclear = Unclear { mail, catalog, context, reading, question };
        match asking::ask(shared, row, unclear).await? {
            Some(unasked) => reading = unasked,
            None => return Ok(()),
        }
    }
    let event = mail_read(shared, &mail, reading, thread.answers_us).await?;
    let key = match thread.case {
        Some(case) if joins(&case, &event) => case.key,
        _ => CaseKey::of(&mail.id),
    };
    record(shared, &key, Event::MailRead(Box::new(event)), row).await
}

/// What the flow is told of a mail.
pub(super) async fn mail_read(
    shared: &Shared,
    mail: &Mail,
    reading: Reading,
    answers_us: bool,
) -> Result<MailRead, StoreError> {
    let reply_to = mail.reply_to.clone().unwrap_or_else(|| mail.from.clone());
    let hour_ago = shared.now() - TimeDelta::hours(1);
    let recent_letters = shared.store.letters_to(reply_to.email.clone(), hour_ago).await?;
    Ok(MailRead {
        mail: mail.id.clone(),
        message_id: mail.message_id.clone(),
        references: mail.references.clone(),
        from: mail.from.clone(),
        reply_to,
        subject: mail.subject.clone(),
        answers_us,
        reading,
        recent_letters,
        repeated: shared.echoes.heard_before(mail, shared.now()),
    })
}

/// Puts an answer off whose case may be about to begin; false if it is to be read as it is.
async fn put_off(shared: &Shared, row: &MailRow, case: &CaseKey) -> Result<bool, StoreError> {
    let now = shared.now();
    let begins = *case != CaseKey::of(&row.id) && shared.store.begins(case.clone()).await?;
    let until = if begins { now + LONG_PATIENCE } else { row.received_at + PATIENCE };
    if until <= now || until > now + LONG_PATIENCE {
        return Ok(false);
    }
    let put_off = shared.store.put_off(row.id.clone(), case.clone(), until).await?;
    if put_off {
        tracing::info!(mail = %row.id, case = %case, until = %until, "an answer waits for its case");
    } else {
        // The case began in this very moment.
        shared.wakes.reader.notify_one();
    }
    Ok(true)
}

/// The case that a mail's thread belongs to.
struct Thread {
    case: Option<Case>,
    /// The case that one of our letters named, and that is not here.
    missing: Option<CaseKey>,
    answers_us: bool,
}

/// By the letters that it answers, else by the token in its subject, else by the customer's own
/// mails that it refers to.
async fn thread_of(shared: &Shared, mail: &Mail) -> Result<Thread, StoreError> {
    let referred = mail.in_reply_to.iter().chain(mail.references.iter().rev());
    let by_letter = referred.clone().find_map(|id| token_of_message_id(id).map(|(_, token)| token));
    let token = by_letter.or_else(|| token_in_subject(&mail.subject));
    let named = token.as_deref().and_then(|t| t.split('-').next()).and_then(CaseKey::parse);
    let answers_us = named.is_some();
    let key = if named.is_some() {
        named
    } else {
        let ids: Vec<String> = referred.take(50).cloned().collect();
        if ids.is_empty() { None } else { shared.store.case_of_message(ids).await? }
    };
    let case = match &key {
        Some(key) => shared.store.case(key.clone()).await?.map(|row| row.case),
        None => None,
    };
    let missing = key.filter(|_| case.is_none());
    Ok(Thread { case, missing, answers_us })
}

/// A mail that cannot be read makes a case for a person.
async fn fail(shared: &Shared, row: &MailRow, reason: String) -> Result<(), StoreError> {
    let event = Event::MailFailed {
        mail: row.id.clone(),
        from: Address { name: String::new(), email: row.from.clone() },
        subject: row.subject.clone(),
        reason,
    };
    record(shared, &CaseKey::of(&row.id), event, row).await
}

/// Hands what was read to its case.
pub(super) async fn record(
    shared: &Shared,
    key: &CaseKey,
    event: Event,
    row: &MailRow,
) -> Result<(), StoreError> {
    let settles = Settles { mail: Some(row.id.clone()), ..Settles::default() };
    let decided = shared.decide(key, event, settles).await?;
    if let Decided::Illegal = decided {
        let reason = "the case that it belongs to has no place for it".to_owned();
        shared.store.fail_mail(row.id.clone(), reason).await?;
    }
    Ok(())
}
