//! One HTTP exchange: bounded in time and size, never redirected, every failure classified.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode, Url, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Semaphore;

use super::error::{OdooError, one_line};
use super::settings::{Credential, Settings};

/// A connection pool to one server.
#[derive(Debug)]
pub(super) struct Http {
    client: Client,
    base: Url,
    max_response: usize,
    timeout: Duration,
    permits: Semaphore,
    calls: AtomicU64,
    secret: SecretString,
}

/// What the server answered, as far as it is HTTP.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: Body,
}

/// An answer's content.
#[derive(Debug)]
pub(super) enum Body {
    Json(Value),
    /// Not JSON: a page of Odoo's or of a proxy before it; or JSON that ends too early.
    Other {
        /// Its title or first words.
        words: String,
        retry_after: Option<Duration>,
    },
}

impl Http {
    /// Prepares a pool; no connection is made yet.
    pub(super) fn new(settings: &Settings) -> Result<Self, OdooError> {
        // An error only says that a provider stands already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            .pool_max_idle_per_host(settings.workers.max(1))
            .user_agent(concat!("postorder/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| OdooError::setup(format!("no HTTP client: {}", causes(&error))))?;
        let (Credential::Password(secret) | Credential::ApiKey(secret)) = &settings.credential;
        Ok(Self {
            client,
            base: base_url(&settings.url)?,
            max_response: settings.max_response,
            timeout: settings.timeout,
            permits: Semaphore::new(settings.workers.max(1)),
            calls: AtomicU64::new(0),
            secret: secret.clone(),
        })
    }

    /// Calls made so far.
    pub(super) fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The server's address, for messages.
    pub(super) fn address(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Sends JSON to a path (no leading slash) and reads the answer to its end.
    pub(super) async fn post(
        &self,
        path: &str,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Reply, OdooError> {
        let url = self.url(path)?;
        let request = self
            .client
            .post(url)
            .headers(headers)
            .header("content-type", HeaderValue::from_static("application/json"))
            .body(body);
        self.exchange(request).await
    }

    /// Asks for a path.
    pub(super) async fn get(&self, path: &str) -> Result<Reply, OdooError> {
        let url = self.url(path)?;
        self.exchange(self.client.get(url)).await
    }

    /// The session cookie that a page sets, if it sets one.
    pub(super) async fn session_of(&self, path: &str) -> Result<Option<HeaderValue>, OdooError> {
        let response = self.send(self.client.get(self.url(path)?)).await?;
        let cookies = response.headers().get_all("set-cookie").iter();
        let session = cookies
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .find(|pair| pair.trim_start().starts_with("session_id="));
        Ok(session.and_then(|pair| HeaderValue::from_str(pair.trim()).ok()))
    }

    fn url(&self, path: &str) -> Result<Url, OdooError> {
        self.base.join(path).map_err(|_| OdooError::setup(format!("'{path}' is no path")))
    }

    async fn exchange(&self, request: reqwest::RequestBuilder) -> Result<Reply, OdooError> {
        let _permit = self
            .permits
            .acquire()
            .await
            .map_err(|_| OdooError::transient("postorder is shutting down"))?;
        let response = self.send(request).await?;
        let status = response.status();
        let retry_after = retry_after(response.headers());
        let bytes = self.read(response).await?;
        let body = match serde_json::from_slice(&bytes) {
            Ok(value) => Body::Json(value),
            Err(error) if error.is_eof() && !bytes.is_empty() => {
                return Err(OdooError::uncertain(format!(
                    "the answer of {} ended in the middle, after {} bytes",
                    self.address(),
                    bytes.len()
                )));
            }
            Err(_) => Body::Other { words: self.scrub(&page_words(&bytes)), retry_after },
        };
        Ok(Reply { status, body })
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Response, OdooError> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        request.send().await.map_err(|error| self.unsent(&error))
    }

    /// Reads an answer, but never more than allowed.
    async fn read(&self, mut response: Response) -> Result<Vec<u8>, OdooError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unread(&error))? {
            if bytes.len() + chunk.len() > self.max_response {
                // The request was carried out, or not: nobody can tell.
                return Err(OdooError::uncertain(format!(
                    "an answer of {} is larger than {} bytes (odoo.max_response)",
                    self.address(),
                    self.max_response
                )));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// Takes our credential out of a text, should a server ever repeat it.
    pub(super) fn scrub(&self, text: &str) -> String {
        let secret = self.secret.expose_secret();
        if secret.len() < 4 { text.to_owned() } else { text.replace(secret, "…") }
    }

    fn unsent(&self, error: &reqwest::Error) -> OdooError {
        let (address, why) = (self.address(), self.scrub(&causes(error)));
        if error.is_connect() {
            OdooError::transient(format!(
                "cannot connect to {address}: {why}; is Odoo running, and the address right?"
            ))
        } else if error.is_builder() {
            OdooError::setup(format!("cannot ask {address}: {why}"))
        } else {
            self.unread(error)
        }
    }

    fn unread(&self, error: &reqwest::Error) -> OdooError {
        let address = self.address();
        if error.is_timeout() {
            let seconds = self.timeout.as_secs_f32();
            OdooError::uncertain(format!("{address} did not answer within {seconds} s"))
        } else {
            let why = self.scrub(&causes(error));
            OdooError::uncertain(format!("the connection to {address} broke: {why}"))
        }
    }
}

/// The base address, with a slash at its end.
fn base_url(text: &str) -> Result<Url, OdooError> {
    let bad = |why: &str| {
        // The text may hold a password (user:password@host): it is not repeated.
        OdooError::setup(format!(
            "odoo.url {why}: expected something like https://odoo.example.com"
        ))
    };
    let mut url =
        Url::parse(text.trim()).map_err(|error| bad(&format!("is no address ({error})")))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(bad("must begin with http:// or https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("must not hold a log-in"));
    }
    url.set_query(None);
    url.set_fragment(None);
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// Class and words of an answer that is no JSON, or whose status says it all.
pub(super) fn not_json(
    address: &str,
    status: StatusCode,
    words: &str,
    retry_after: Option<Duration>,
) -> OdooError {
    let said = if words.is_empty() { String::new() } else { format!(" ('{words}')") };
    let mut error = match status.as_u16() {
        429 => OdooError::transient(format!("{address} asks us to slow down (HTTP 429)")),
        503 => {
            OdooError::transient(format!("{address} is not available just now (HTTP 503){said}"))
        }
        401 | 403 => OdooError::setup(format!(
            "{address} refuses us with HTTP {}{said}: a proxy before Odoo may want a log-in, or \
             the API key is wrong",
            status.as_u16()
        )),
        404 | 405 => OdooError::setup(format!(
            "{address} has no Odoo under this address (HTTP {}){said}: check odoo.url",
            status.as_u16()
        )),
        413 => OdooError::permanent(format!(
            "{address} takes no request of this size (HTTP 413): raise the limit of the proxy \
             before Odoo"
        )),
        300..=399 => OdooError::setup(format!(
            "{address} sends us elsewhere (HTTP {}): set odoo.url to the final address",
            status.as_u16()
        )),
        200..=299 => OdooError::uncertain(format!(
            "{address} answered with a web page instead of JSON{said}: Odoo or its proxy is in \
             trouble, or odoo.url is not Odoo's"
        )),
        code => OdooError::uncertain(format!("{address} answered with HTTP {code}{said}")),
    };
    error.retry_after = retry_after;
    error
}

/// `Retry-After` in seconds, at most an hour; the form with a date is not used by what stands
/// before Odoo.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(3600)))
}

/// A page's title, else its first words.
fn page_words(bytes: &[u8]) -> String {
    let start = bytes.get(..4096).unwrap_or(bytes);
    let text = String::from_utf8_lossy(start);
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title>").and_then(|from| {
        let to = lower.get(from..)?.find("</title>")?;
        text.get(from + "<title>".len()..from + to)
    });
    one_line(title.unwrap_or(&text)).chars().take(80).collect()
}

/// An error with its causes; reqwest's own text names only the outermost.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = String::new();
    let mut next = error.source();
    while let Some(cause) = next {
        text = cause.to_string();
        next = cause.source();
    }
    if text.is_empty() { one_line(&error.to_string()) } else { one_line(&text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_never_repeated() {
        for bad in ["odoo", "ftp://odoo.example", "https://", "http://me:secret@odoo.example/"] {
            let error = base_url(bad).expect_err(bad);
            assert!(error.message.contains("odoo.url"), "{error}");
            assert!(!error.message.contains("secret"), "{error}");
        }
        let good = base_url("https://odoo.example.com/sub?x#y").expect("fine");
        assert_eq!(good.as_str(), "https://odoo.example.com/sub/");
        assert_eq!(good.join("jsonrpc").expect("fine").path(), "/sub/jsonrpc");
    }

    #[test]
    fn pages_are_named_by_their_title() {
        assert_eq!(page_words(b"<html><TITLE>502 Bad\n Gateway</TITLE>"), "502 Bad Gateway");
        assert_eq!(page_words(b"oops"), "oops");
        assert_eq!(page_words(b"\xff\xfe<title>"), "\u{fffd}\u{fffd}<title>");
    }
}
