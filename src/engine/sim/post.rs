//! The mail server for letters, and its answers.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::weather::Fault as Kind;
use super::world::{Liar, Sent, World};
use crate::engine::ports::{Fault, Fut, Post};
use crate::flow::{ErrorClass, Letter};
use crate::letters;

/// The mail server, as the engine sees it.
pub(super) struct SimPost(pub(super) Arc<World>);

impl Post for SimPost {
    fn send(&self, letter: Letter, _: DateTime<Utc>) -> Fut<'_, Result<String, Fault>> {
        Box::pin(async move {
            self.0.step("letter").await;
            let wait = {
                let mut world = self.0.lock();
                let slow = world.strikes(Kind::SmtpSlow);
                if slow {
                    Duration::from_secs(world.rng.u64(10..600))
                } else {
                    Duration::from_millis(world.rng.u64(2..300))
                }
            };
            tokio::time::sleep(wait).await;
            self.0.step("letter").await;
            let refused = self.refusal();
            if let Some(fault) = refused {
                return Err(fault);
            }
            let id = letters::message_id(letter.kind, &letter.token, "shop.example");
            if !self.0.lies(Liar::PostForgets) {
                let mut world = self.0.lock();
                world.note(format_args!("letter {id} to {}", letter.to.email));
                world.sent.push(Sent { id: id.clone(), letter });
            }
            let lost = self.0.lock().strikes(Kind::SmtpDotLost);
            if lost {
                *self.0.lock().unknown.entry(id).or_default() += 1;
                return Err(Fault::new(ErrorClass::Uncertain, "the connection was lost"));
            }
            self.0.step("letter accepted").await;
            Ok(id)
        })
    }
}

impl SimPost {
    fn refusal(&self) -> Option<Fault> {
        let mut world = self.0.lock();
        let now = world.now();
        if world.strikes(Kind::SmtpCredentials) {
            let healed = now + world.seconds(20..400);
            world.smtp_shut = Some(healed);
        }
        if world.smtp_shut.is_some_and(|healed| now < healed) {
            Some(Fault::new(ErrorClass::Credentials, "535"))
        } else if world.strikes(Kind::SmtpRefused) {
            Some(Fault::new(ErrorClass::Transient, "connection refused"))
        } else if world.strikes(Kind::SmtpBusy) {
            Some(Fault::new(ErrorClass::Transient, "451"))
        } else if world.strikes(Kind::SmtpRecipient) {
            Some(Fault::new(ErrorClass::Permanent, "550 no such mailbox"))
        } else {
            None
        }
    }
}
