//! Doing effects, and turning whatever comes of them into events.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::claims::Verdict;
use super::decide::{Decided, Settles, Shared};
use super::gate::jittered;
use super::ports::Fault;
use crate::flow::{
    Annotate, CaseKey, Effect, ErrorClass, Event, Failure, File, Letter, LookUp, Place, Target,
};
use crate::mail::MailId;
use crate::odoo::{Note, Placement};
use crate::store::{EffectId, Leased, MailRow, StoreError};

/// A look-up that meets others' claims looks again after this time, …
const SETTLE: Duration = Duration::from_millis(150);
/// … so often; then the claims count as taken.
const SETTLE_TRIES: u32 = 60;

/// What is old is given up only after so many tries: its age alone may be a clock that was set, or
/// a machine that slept.
const ENOUGH: u32 = 8;

/// Mails shown in one call, in bytes; one larger mail goes alone.
const NOTE_BYTES: usize = 8 << 20;

/// Does a batch of one lane.
pub(super) async fn run(shared: &Arc<Shared>, batch: &[Leased]) {
    let mut look_ups = Vec::new();
    let mut places = Vec::new();
    let mut notes = Vec::new();
    let mut files = Vec::new();
    for leased in batch {
        match &leased.effect {
            Effect::LookUp(job) => look_ups.push((leased, job)),
            Effect::Place(job) => places.push((leased, job)),
            Effect::Annotate(job) => notes.push((leased, job)),
            Effect::Send(letter) => send(shared, leased, letter).await,
            Effect::File(job) => files.push((leased, job)),
        }
    }
    if !files.is_empty() {
        file(shared, files).await;
    }
    if !look_ups.is_empty() {
        look_up(shared, look_ups).await;
    }
    if !places.is_empty() {
        place(shared, places).await;
    }
    if !notes.is_empty() {
        annotate(shared, notes).await;
    }
}

/// What came of an effect, to be recorded.
struct Done {
    case: CaseKey,
    effect: EffectId,
    event: Event,
    /// The mail whose file it moved, and where to.
    moved: Option<(MailId, String)>,
}

impl Done {
    fn new(leased: &Leased, event: Event) -> Self {
        Self { case: leased.case.clone(), effect: leased.id, event, moved: None }
    }
}

async fn look_up(shared: &Arc<Shared>, batch: Vec<(&Leased, &LookUp)>) {
    let jobs = batch.iter().map(|(_, job)| (*job).clone()).collect();
    let answers = shared.erp.look_up(jobs).await;
    called(shared, Target::Odoo, &answers);
    let mut settled = Vec::new();
    for ((leased, job), answer) in paired(batch, answers) {
        match answer {
            Err(fault) => failed(shared, leased, fault).await,
            Ok(mut found) => {
                name_products(shared, job, &mut found);
                // Drafts reserve nothing, so there is nothing to claim either.
                let verdict = if shared.settings.policy.confirm {
                    let last_try = leased.attempts >= SETTLE_TRIES;
                    shared.claims.claim(&leased.case, job, found, last_try)
                } else {
                    Verdict::Holds(found)
                };
                match verdict {
                    Verdict::Holds(found) => {
                        settled.push(Done::new(leased, Event::LookedUp(found)));
                    }
                    Verdict::Unsettled => {
                        let why = "its stock is being ordered by another case";
                        again(shared, leased, SETTLE, why).await;
                    }
                }
            }
        }
    }
    conclude(shared, settled).await;
}

/// The names that the customer reads are the catalogue's, in their language.
fn name_products(shared: &Shared, job: &LookUp, found: &mut crate::flow::LookedUp) {
    let Some(catalog) = shared.catalog.borrow().clone() else { return };
    for (id, stock) in &mut found.stock {
        if let Some(product) = catalog.by_id(*id) {
            let name = product.names.get(&job.lang).filter(|name| !name.is_empty());
            stock.name.clone_from(name.unwrap_or(&product.name));
        }
    }
}

async fn place(shared: &Arc<Shared>, batch: Vec<(&Leased, &Place)>) {
    let jobs = batch.iter().map(|(_, job)| (*job).clone()).collect();
    let answers = shared.erp.place(jobs).await;
    called(shared, Target::Odoo, &answers);
    let mut placed = Vec::new();
    for ((leased, _), answer) in paired(batch, answers) {
        match answer {
            Err(fault) => failed(shared, leased, fault).await,
            Ok(placement) => {
                let event = match placement {
                    Placement::Placed { partner_id, orders } => {
                        Event::Placed { partner_id, orders }
                    }
                    Placement::Refused(refused) => Event::PlaceRefused(refused),
                };
                placed.push(Done::new(leased, event));
            }
        }
    }
    conclude(shared, placed).await;
}

async fn annotate(shared: &Arc<Shared>, batch: Vec<(&Leased, &Annotate)>) {
    let mails = batch.iter().map(|(_, job)| job.mail.clone()).collect();
    let rows = match shared.store.mails(mails).await {
        Ok(rows) => rows,
        Err(error) => return shared.store_failed(&error),
    };
    let (mut notes, mut bytes) = (Vec::new(), 0);
    for (leased, job) in batch {
        match note(shared, job, &rows).await {
            Ok(Some(note)) => {
                bytes += note.raw.len();
                notes.push((leased, note));
            }
            // Its bytes were pruned: nothing can be shown any more.
            Ok(None) => conclude(shared, vec![Done::new(leased, Event::Annotated)]).await,
            Err(error) => shared.store_failed(&error),
        }
        if bytes >= NOTE_BYTES {
            show(shared, std::mem::take(&mut notes)).await;
            bytes = 0;
        }
    }
    show(shared, notes).await;
}

async fn show(shared: &Arc<Shared>, batch: Vec<(&Leased, Note)>) {
    if batch.is_empty() {
        return;
    }
    let (effects, notes): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
    let answers = shared.erp.annotate(notes).await;
    called(shared, Target::Odoo, &answers);
    let mut done = Vec::new();
    for (leased, answer) in paired(effects, answers) {
        if let Err(fault) = answer {
            failed(shared, leased, fault).await;
        } else {
            done.push(Done::new(leased, Event::Annotated));
        }
    }
    conclude(shared, done).await;
}

async fn note(
    shared: &Shared,
    job: &Annotate,
    rows: &[MailRow],
) -> Result<Option<Note>, StoreError> {
    let Some(row) = rows.iter().find(|row| row.id == job.mail) else { return Ok(None) };
    let Some(raw) = shared.store.raw(job.mail.clone()).await? else { return Ok(None) };
    Ok(Some(Note {
        mail: job.mail.clone(),
        orders: job.orders.clone(),
        from: row.from.clone(),
        subject: row.subject.clone(),
        raw,
    }))
}

async fn send(shared: &Arc<Shared>, leased: &Leased, letter: &Letter) {
    let (kind, to) = (letter.kind, letter.to.email.clone());
    let answer = shared.post.send(letter.clone(), leased.decided_at).await;
    called(shared, Target::Smtp, std::slice::from_ref(&answer));
    match answer {
        Ok(message_id) => {
            let event = Event::LetterSent { kind, message_id, to };
            conclude(shared, vec![Done::new(leased, event)]).await;
        }
        Err(fault) => failed(shared, leased, fault).await,
    }
}

async fn file(shared: &Arc<Shared>, batch: Vec<(&Leased, &File)>) {
    let mails = batch.iter().map(|(_, job)| job.mail.clone()).collect();
    let rows = match shared.store.mails(mails).await {
        Ok(rows) => rows,
        Err(error) => return shared.store_failed(&error),
    };
    let row = |job: &File| rows.iter().find(|row| row.id == job.mail).cloned();
    let (known, gone): (Vec<_>, Vec<_>) = batch
        .into_iter()
        .map(|(leased, job)| (leased, job, row(job)))
        .partition(|one| one.2.is_some());
    let moves = known.iter().filter_map(|(_, job, row)| Some((row.clone()?, job.folder))).collect();
    let answers = shared.desk.file(moves).await;
    let mut done = Vec::new();
    for ((leased, job, _), answer) in paired(known, answers) {
        called(shared, Target::Maildir, std::slice::from_ref(&answer));
        match answer {
            Ok(place) => {
                let moved = place.map(|place| (job.mail.clone(), place));
                done.push(Done { moved, ..Done::new(leased, filed(job)) });
            }
            Err(fault) => failed(shared, leased, fault).await,
        }
    }
    done.extend(gone.into_iter().map(|(leased, job, _)| Done::new(leased, filed(job))));
    conclude(shared, done).await;
}

fn filed(job: &File) -> Event {
    Event::Filed { mail: job.mail.clone(), folder: job.folder }
}

/// Tells the gate what one call found out: it counts once, however many jobs shared it.
pub(super) fn called<A>(shared: &Shared, target: Target, answers: &[Result<A, Fault>]) {
    let gate = shared.gate(target);
    let of = |wanted: &[ErrorClass]| {
        let faults = answers.iter().filter_map(|answer| answer.as_ref().err());
        faults.into_iter().find(|fault| wanted.contains(&fault.class))
    };
    let answered = answers.iter().any(Result::is_ok) || of(&[ErrorClass::Permanent]).is_some();
    let silent = of(&[ErrorClass::Transient, ErrorClass::Uncertain]).filter(|_| !answered);
    if let Some(fault) = of(&[ErrorClass::Credentials]).or(silent) {
        gate.failed(fault.class, &fault.message, fault.retry_after, Instant::now());
    } else if answered {
        gate.answered(Instant::now());
    }
}

/// Jobs with their answers; a port that answers too few is sick, not trusted.
fn paired<J, A>(jobs: Vec<J>, answers: Vec<Result<A, Fault>>) -> Vec<(J, Result<A, Fault>)> {
    let mut answers = answers.into_iter();
    let missing =
        || Err(Fault::new(ErrorClass::Sick, "no answer was given for this piece of work"));
    jobs.into_iter().map(|job| (job, answers.next().unwrap_or_else(missing))).collect()
}

/// Records what came of effects, all at once, so that the store commits them together.
async fn conclude(shared: &Arc<Shared>, mut done: Vec<Done>) {
    let last = done.pop();
    let mut tasks = JoinSet::new();
    for one in done {
        let shared = Arc::clone(shared);
        tasks.spawn(async move { record(&shared, one).await });
    }
    if let Some(one) = last {
        record(shared, one).await;
    }
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended
            && error.is_panic()
        {
            std::panic::resume_unwind(error.into_panic());
        }
    }
}

async fn record(shared: &Shared, done: Done) {
    let Done { case, effect, event, moved } = done;
    let settles = Settles { effect: Some(effect), mail: None, file: moved };
    match shared.decide(&case, event, settles).await {
        Ok(Decided::Recorded(case)) => shared.claims.settle(&case),
        Ok(Decided::Stale | Decided::Illegal) => claims_as_stored(shared, case).await,
        Err(error) => shared.store_failed(&error),
    }
}

/// Somebody else moved the case: its claims are those of where it stands now.
async fn claims_as_stored(shared: &Shared, case: CaseKey) {
    match shared.store.case(case).await {
        Ok(Some(row)) => shared.claims.settle(&row.case),
        Ok(None) => {}
        Err(error) => shared.store_failed(&error),
    }
}

/// An effect did not work: again later, or a person, or the flow decides.
pub(super) async fn failed(shared: &Arc<Shared>, leased: &Leased, fault: Fault) {
    let target = leased.effect.target();
    let gate = shared.gate(target);
    let age = (shared.now() - leased.decided_at).to_std().unwrap_or_default();
    let given_up = age >= shared.settings.give_up_after && leased.attempts >= ENOUGH;
    match fault.class {
        ErrorClass::Credentials => give_back(shared, leased).await,
        ErrorClass::Transient | ErrorClass::Uncertain if !given_up => {
            if gate.is_shut() && fault.class == ErrorClass::Transient {
                give_back(shared, leased).await;
            } else {
                let wait = fault.retry_after.unwrap_or_else(|| backoff(leased.attempts));
                let wait = jittered(wait.min(shared.settings.longest_wait));
                again(shared, leased, wait, &fault.message).await;
            }
        }
        _ => give_up(shared, leased, fault).await,
    }
}

/// 1, 2, 4, … seconds.
fn backoff(attempts: u32) -> Duration {
    Duration::from_secs(1_u64 << attempts.min(12))
}

async fn again(shared: &Shared, leased: &Leased, wait: Duration, why: &str) {
    let at = shared.now() + TimeDelta::from_std(wait).unwrap_or(TimeDelta::minutes(5));
    tracing::debug!(case = %leased.case, effect = leased.effect.name(), attempts = leased.attempts, reason = why, "tried again later");
    if let Err(error) = shared.store.retry(vec![leased.id], at, why.to_owned()).await {
        shared.store_failed(&error);
    }
}

async fn give_back(shared: &Shared, leased: &Leased) {
    if let Err(error) = shared.store.release(vec![leased.id]).await {
        shared.store_failed(&error);
    }
    shared.inboxes.of(leased.effect.name()).left_in_store();
}

/// What cannot be done: where the case depends on it, it is an event; where not, a dead letter.
async fn give_up(shared: &Arc<Shared>, leased: &Leased, fault: Fault) {
    let failure = Failure { class: fault.class, message: fault.message };
    let event = match &leased.effect {
        Effect::Send(letter) => {
            Event::LetterFailed { kind: letter.kind, to: letter.to.email.clone(), failure }
        }
        Effect::LookUp(_) | Effect::Place(_) => {
            Event::EffectFailed { effect: leased.effect.name().to_owned(), failure }
        }
        Effect::Annotate(_) | Effect::File(_) => {
            tracing::error!(case = %leased.case, effect = leased.effect.name(), reason = failure.message, "parked as a dead letter");
            let buried = shared.store.bury(leased.id, shared.now(), failure.message).await;
            if let Err(error) = buried {
                shared.store_failed(&error);
            }
            return;
        }
    };
    conclude(shared, vec![Done::new(leased, event)]).await;
}
