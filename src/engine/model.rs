//! The outside model: one question, one answer, bounded in time and size.
//!
//! What it says is only carried here. [`Question::check`] decides what it is worth.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Client, StatusCode, redirect};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::reading::Question;

/// Largest answer that is read, with all that a server adds to it, in bytes.
const MAX_ANSWER: usize = 256 * 1024;
/// Most that a model is let to write, in its own tokens.
const MAX_TOKENS: u32 = 4000;
/// Longest wait for other questions to be answered.
const LONGEST_QUEUE: Duration = Duration::from_secs(300);
/// After so many failures one after the other nobody is asked …
const FAILURES: u32 = 3;
/// … for so long.
const REST: Duration = Duration::from_secs(60);

/// Who is asked.
#[derive(Debug, Clone)]
pub struct ModelSettings {
    /// Address of the server; `/chat/completions` is asked below it.
    pub url: String,
    /// Which of its models.
    pub name: String,
    /// The key, where it wants one.
    pub key: Option<SecretString>,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// Questions in flight at the same time.
    pub at_once: usize,
}

/// A model behind an address.
#[derive(Debug, Clone)]
pub struct Model(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Client,
    address: String,
    name: String,
    bearer: Option<HeaderValue>,
    slots: Semaphore,
    health: Mutex<Health>,
}

#[derive(Debug, Default)]
struct Health {
    failures: u32,
    rests_until: Option<Instant>,
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

impl Model {
    /// Prepares the connection; none is made yet.
    ///
    /// # Errors
    /// What the operator has to put right.
    pub fn new(settings: ModelSettings) -> Result<Self, String> {
        // An error only says that a provider stands already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(settings.timeout)
            .timeout(settings.timeout)
            .user_agent(concat!("postorder/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("no HTTP client for the model: {error}"))?;
        let bearer = settings.key.map(|key| {
            let value = HeaderValue::try_from(format!("Bearer {}", key.expose_secret()));
            value.map(|mut value| {
                value.set_sensitive(true);
                value
            })
        });
        let bearer = bearer.transpose().map_err(|_| {
            "reading.model: the key holds characters that no key can have".to_owned()
        })?;
        Ok(Self(Arc::new(Inner {
            client,
            address: format!("{}/chat/completions", settings.url.trim_end_matches('/')),
            name: settings.name,
            bearer,
            slots: Semaphore::new(settings.at_once.max(1)),
            health: Mutex::default(),
        })))
    }

    /// What the model says to a question.
    ///
    /// # Errors
    /// Why it says nothing, without any word of the mail.
    pub async fn ask(&self, question: &Question) -> Result<String, String> {
        if self.rests() {
            return Err("it failed again and again, and is left alone for a while".to_owned());
        }
        let slot = tokio::time::timeout(LONGEST_QUEUE, self.0.slots.acquire()).await;
        let Ok(Ok(_slot)) = slot else {
            return Err("too many questions wait for it".to_owned());
        };
        if self.rests() {
            return Err("it failed again and again, and is left alone for a while".to_owned());
        }
        let answer = self.say(Question::TASK, question.text(), MAX_TOKENS).await;
        self.note(answer.is_ok());
        answer
    }

    /// Whether it answers at all: for `postorder check`.
    ///
    /// # Errors
    /// What the operator has to put right.
    pub async fn probe(&self) -> Result<String, String> {
        let task = "Answer with the JSON object {\"lines\": []}.";
        let found = self.say(task, "{}", 50).await;
        found.map(|_| format!("{} answers at {}", self.0.name, self.0.address)).map_err(|reason| {
            format!("{} at {}: {reason}; check [reading.model]", self.0.name, self.0.address)
        })
    }

    async fn say(&self, task: &str, data: &str, most: u32) -> Result<String, String> {
        let body = json!({
            "model": self.0.name,
            "messages": [
                { "role": "system", "content": task },
                { "role": "user", "content": data },
            ],
            "temperature": 0,
            "max_tokens": most,
            "stream": false,
            "response_format": { "type": "json_object" },
        });
        let mut request = self.0.client.post(&self.0.address).json::<Value>(&body);
        if let Some(bearer) = &self.0.bearer {
            request = request.header("authorization", bearer.clone());
        }
        let mut response = request.send().await.map_err(|error| unreached(&error))?;
        let status = response.status();
        if status != StatusCode::OK {
            return Err(refused(status));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| unreached(&error))? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(format!("its answer is longer than {MAX_ANSWER} bytes"));
            }
            bytes.extend_from_slice(&chunk);
        }
        let not_so = || "it does not answer as OpenAI's servers do".to_owned();
        let completion: Completion = serde_json::from_slice(&bytes).map_err(|_| not_so())?;
        let choice = completion.choices.into_iter().next().ok_or_else(not_so)?;
        if choice.finish_reason.as_deref() == Some("length") {
            return Err("its answer did not end".to_owned());
        }
        choice.message.content.ok_or_else(not_so)
    }

    fn rests(&self) -> bool {
        let health = self.0.health.lock().unwrap_or_else(PoisonError::into_inner);
        health.rests_until.is_some_and(|until| Instant::now() < until)
    }

    fn note(&self, answered: bool) {
        let mut health = self.0.health.lock().unwrap_or_else(PoisonError::into_inner);
        if answered {
            *health = Health::default();
            return;
        }
        health.failures = health.failures.saturating_add(1);
        if health.failures >= FAILURES {
            health.rests_until = Some(Instant::now() + REST);
        }
    }
}

/// In words that hold nothing that was sent or received.
fn unreached(error: &reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "it did not answer in time"
    } else if error.is_connect() {
        "no connection to it"
    } else {
        "the connection to it broke"
    };
    what.to_owned()
}

fn refused(status: StatusCode) -> String {
    let code = status.as_u16();
    match code {
        401 | 403 => format!("it does not accept our key (HTTP {code})"),
        404 | 405 => format!("there is no such model, or no such address (HTTP {code})"),
        429 => "it asks us to slow down (HTTP 429)".to_owned(),
        300..=399 => format!("it sends us elsewhere (HTTP {code})"),
        _ => format!("it answers with HTTP {code}"),
    }
}
