//! What went wrong, for the person who must act, and its class, decided here once.

use std::time::Duration;

use crate::flow::ErrorClass;

/// A call that did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct OdooError {
    /// How it is to be taken.
    pub class: ErrorClass,
    /// What happened and what to do, for the operator. Never holds a secret.
    pub message: String,
    /// How long the server asks us to wait (`Retry-After`).
    pub retry_after: Option<Duration>,
}

impl OdooError {
    /// An error of this class.
    #[must_use]
    pub fn new(class: ErrorClass, message: impl Into<String>) -> Self {
        Self { class, message: message.into(), retry_after: None }
    }
}
