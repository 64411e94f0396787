//! What can be made to go wrong in an SMTP conversation.

use std::time::Duration;

/// Where in the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpStage {
    /// Before the greeting.
    Connect,
    /// At EHLO or HELO.
    Hello,
    /// At AUTH.
    Auth,
    /// At MAIL.
    Mail,
    /// At RCPT.
    Recipient,
    /// At DATA.
    Data,
    /// After the final dot.
    FinalDot,
}

/// What happens there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmtpFault {
    /// This reply stands in the place of the usual one, and nothing is done: `451 4.3.0 later`.
    Reply(String),
    /// The connection ends without an answer, and nothing is done.
    Close,
    /// What was asked is done, and the connection ends without an answer: after the final dot the
    /// sender cannot know whether the letter was taken.
    DoAndClose,
    /// The answer waits so long.
    Delay(Duration),
}

/// A fault, and which conversations it hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpInjection {
    /// Where.
    pub stage: SmtpStage,
    /// What.
    pub fault: SmtpFault,
    /// Only where the command holds this text (an address, say), in any case of letters.
    pub holding: Option<String>,
    /// Lets so many pass before.
    pub skip: u32,
    /// Hits so many.
    pub times: u32,
}

impl SmtpInjection {
    /// Hits the next one.
    #[must_use]
    pub fn once(stage: SmtpStage, fault: SmtpFault) -> Self {
        Self { stage, fault, holding: None, skip: 0, times: 1 }
    }

    /// Hits so many.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Hits only commands that hold this text.
    #[must_use]
    pub fn holding(mut self, text: &str) -> Self {
        self.holding = Some(text.to_lowercase());
        self
    }

    /// Lets so many pass first.
    #[must_use]
    pub fn after(mut self, commands: u32) -> Self {
        self.skip = commands;
        self
    }
}

/// The fault that is due, taken from the list.
pub(super) fn next(
    injections: &mut Vec<SmtpInjection>,
    stage: SmtpStage,
    line: &str,
) -> Option<SmtpFault> {
    let line = line.to_lowercase();
    let mut hit = None;
    for injection in injections.iter_mut() {
        let named = injection.holding.as_deref().is_none_or(|text| line.contains(text));
        if injection.stage != stage || !named {
            continue;
        }
        if injection.skip > 0 {
            injection.skip -= 1;
        } else if hit.is_none() && injection.times > 0 {
            injection.times -= 1;
            hit = Some(injection.fault.clone());
        }
    }
    injections.retain(|injection| injection.times > 0);
    hit
}
