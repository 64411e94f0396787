//! What can be made to go wrong between the stand-in and its client.

use std::time::Duration;

/// A fault of the wire or of the server.
#[derive(Debug, Clone, PartialEq)]
pub enum WireFault {
    /// Nothing is done; the answer has this status and an HTML page, as a proxy or an overloaded
    /// server gives it.
    Status(u16),
    /// The call is carried out; the answer is as with [`Self::Status`].
    StatusAfter(u16),
    /// Nothing is done, and the connection ends without an answer.
    ResetBefore,
    /// The call is carried out, and the connection ends without an answer.
    ResetAfter,
    /// The call is carried out, and the answer breaks off in the middle.
    Truncate,
    /// The call waits so long before it is carried out.
    Delay(Duration),
    /// The call is carried out, and its answer waits so long.
    DelayAnswer(Duration),
    /// PostgreSQL refuses the transaction for a concurrent one, in the protocol's own form.
    Conflict,
    /// The answer has status 200 and is no JSON.
    Garbage,
}

/// A fault, and which calls it hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Injection {
    /// What happens.
    pub fault: WireFault,
    /// Only to calls of this method (`load`, `search_read`, `authenticate`, `version`); `None`: to
    /// any.
    pub method: Option<String>,
    /// Lets so many calls pass before.
    pub skip: u32,
    /// Hits so many calls.
    pub times: u32,
}

impl Injection {
    /// Hits the next call.
    #[must_use]
    pub fn once(fault: WireFault) -> Self {
        Self { fault, method: None, skip: 0, times: 1 }
    }

    /// Hits so many calls.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Hits calls of this method only.
    #[must_use]
    pub fn on(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Lets so many of them pass first.
    #[must_use]
    pub fn after(mut self, calls: u32) -> Self {
        self.skip = calls;
        self
    }
}

/// The fault that hits a call of the method, taken from the list.
pub(super) fn next(injections: &mut Vec<Injection>, method: &str) -> Option<WireFault> {
    let mut hit = None;
    for injection in injections.iter_mut() {
        if injection.method.as_deref().is_some_and(|wanted| wanted != method) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_injection_hits_the_calls_it_names_and_is_gone() {
        let mut list = vec![Injection::once(WireFault::Conflict).on("load").after(1).times(2)];
        let hits: Vec<bool> = ["load", "read", "load", "load", "load"]
            .iter()
            .map(|method| next(&mut list, method).is_some())
            .collect();
        assert_eq!(hits, [false, false, true, true, false]);
        assert!(list.is_empty());
    }
}
