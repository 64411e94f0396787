//! Plays mails one after the other, and tells what came of each.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::PATIENCE;
use super::fixtures::Fixture;
use super::summary::{self, Scene};
use crate::cli::case::words::{self, clean};
use crate::cli::{Failed, case};
use crate::config::Config;
use crate::flow::{CaseKey, Event, Policy, State};
use crate::mail::{MailId, parse};
use crate::sandbox::Sandbox;
use crate::store::{CaseFilter, CaseRow, MailState, Store};

/// Everything that a play needs, and what was played so far.
pub(super) struct Stage<'a> {
    sandbox: &'a Sandbox,
    store: &'a dyn Store,
    config: &'a Config,
    in_full: bool,
    /// Letters told of so far.
    letters: usize,
    scenes: Vec<Scene>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(
        sandbox: &'a Sandbox,
        store: &'a dyn Store,
        config: &'a Config,
        in_full: bool,
    ) -> Self {
        Self { sandbox, store, config, in_full, letters: 0, scenes: Vec::new() }
    }

    /// Delivers a mail, waits until all that follows from it is done, and tells it.
    pub(super) async fn mail(&mut self, fixture: &Fixture) -> Result<String, Failed> {
        let id = parse(fixture.mail, &self.config.limits(), &self.config.own_addresses()).id;
        self.sandbox
            .maildir()
            .deliver(fixture.mail)
            .map_err(|error| Failed(format!("{} cannot be delivered: {error}", fixture.name)))?;
        let row = self.settled(fixture.name, Asked::Mail(&id)).await?;
        self.tell(fixture.name, fixture.shows, &row, Some(&id)).await
    }

    /// The supplier delivers: the orders that wait for it go on.
    pub(super) async fn stock_comes(&mut self) -> Result<String, Failed> {
        let filter =
            CaseFilter { state: Some("awaiting_stock".into()), limit: 10, ..CaseFilter::default() };
        let mut text = String::new();
        for row in self.store.cases(filter).await? {
            let State::AwaitingStock(awaiting) = &row.case.state else { continue };
            for item in &awaiting.items {
                self.sandbox.odoo().set_stock(item.wanted.product.id, 50.0);
            }
            let look = Event::Approved { by: "the demo".into() };
            case::record(self.store, &row, &look, &Policy::from(self.config)).await?;
            let row = self.settled("the stock", Asked::Case(&row.case.key, row.version)).await?;
            let shows = "the supplier has delivered: what was waited for is ordered";
            text.push_str(&self.tell("(stock has come)", shows, &row, None).await?);
        }
        Ok(text)
    }

    /// Waits until nothing is left to be done for the case.
    async fn settled(&self, name: &str, asked: Asked<'_>) -> Result<CaseRow, Failed> {
        let begun = Instant::now();
        loop {
            if let Some(row) = self.look(&asked).await? {
                return Ok(row);
            }
            if begun.elapsed() > PATIENCE {
                let seconds = PATIENCE.as_secs();
                return Err(Failed(format!(
                    "{name}: not done within {seconds} s; `postorder demo --log` shows more"
                )));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn look(&self, asked: &Asked<'_>) -> Result<Option<CaseRow>, Failed> {
        let (key, after) = match asked {
            Asked::Case(key, version) => ((*key).clone(), *version + 1),
            Asked::Mail(id) => match self.store.mail((*id).clone()).await? {
                Some(row) if row.state != MailState::Received => match row.case {
                    Some(key) => (key, 0),
                    None => return Ok(None),
                },
                _ => return Ok(None),
            },
        };
        let Some(row) = self.store.case(key.clone()).await? else { return Ok(None) };
        let busy = row.case.state.in_flight() || row.version <= after;
        let busy = busy || !self.store.waiting(Some(key), 1).await?.is_empty();
        Ok((!busy).then_some(row))
    }

    async fn tell(
        &mut self,
        name: &str,
        shows: &str,
        row: &CaseRow,
        mail: Option<&MailId>,
    ) -> Result<String, Failed> {
        let mut events = self.store.events(row.case.key.clone()).await?;
        let is_first = |event: &Event| match (mail, event) {
            (Some(id), Event::MailRead(read)) => read.mail == *id,
            (None, Event::Approved { .. }) => true,
            _ => false,
        };
        let first = events.iter().rposition(|row| is_first(&row.event)).unwrap_or_default();
        let events = events.split_off(first);
        let mut scene = Scene::new(name);
        let mut text = format!("\n■ {name}: {shows}\n");
        for row in &events {
            scene.note(&row.event);
            if let Some(lines) = told(&row.event) {
                for line in lines {
                    let _ = writeln!(text, "    {line}");
                }
            }
        }
        self.tell_letters(&mut text, &mut scene);
        scene.state = words::state(&row.case.state, self.config.company.time_zone);
        let _ = writeln!(text, "    → {}", scene.state);
        self.scenes.push(scene);
        Ok(text)
    }

    /// The letters that went out since the last time.
    fn tell_letters(&mut self, text: &mut String, scene: &mut Scene) {
        let letters = self.sandbox.smtp().letters();
        for letter in letters.iter().skip(self.letters) {
            let mail = parse(&letter.data, &self.config.limits(), &self.config.own_addresses());
            let to = clean(&letter.to.join(", "), 80);
            let _ = writeln!(text, "    ✉ to {to}: “{}”", clean(&mail.subject, 100));
            scene.letters += 1;
            if self.in_full {
                for line in mail.text.full.lines() {
                    let _ = writeln!(text, "      │ {}", clean(line, 200));
                }
            }
        }
        self.letters = letters.len();
    }

    /// The table at the end.
    pub(super) fn summary(&self, took: Duration) -> String {
        let calls = self.sandbox.odoo().calls().values().sum();
        summary::summary(&self.scenes, took, calls)
    }
}

/// What is waited for.
enum Asked<'a> {
    /// All that follows from a mail.
    Mail(&'a MailId),
    /// All that follows from an event of a case after this version.
    Case(&'a CaseKey, i64),
}

/// What the demo tells of an event; letters are told from what was caught.
fn told(event: &Event) -> Option<Vec<String>> {
    match event {
        Event::MailRead(_) => Some(words::event(event).split_off(1)),
        Event::LetterSent { .. } | Event::Annotated | Event::Filed { .. } | Event::LookedUp(_) => {
            None
        }
        _ => Some(words::event(event)),
    }
}
