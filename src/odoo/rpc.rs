//! A method call on a model, over either protocol, and the log-in that it needs.

use std::sync::RwLock;

use reqwest::header::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use super::error::{Asked, Fault, OdooError, classify, right_of};
use super::http::{Body, Http, Reply, not_json};
use super::settings::{Credential, Protocol, Settings};

/// A call: named arguments only, which both protocols and all versions take.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) model: &'static str,
    pub(super) method: &'static str,
    ids: Option<Vec<i64>>,
    named: Map<String, Value>,
    context: Map<String, Value>,
}

impl Call {
    /// A method of the model itself.
    pub(super) fn new(model: &'static str, method: &'static str) -> Self {
        Self { model, method, ids: None, named: Map::new(), context: Map::new() }
    }

    /// A method of these records.
    pub(super) fn on(model: &'static str, method: &'static str, ids: &[i64]) -> Self {
        Self { ids: Some(ids.to_vec()), ..Self::new(model, method) }
    }

    /// A named argument.
    pub(super) fn arg(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.named.insert(name.to_owned(), value.into());
        self
    }

    /// A context key.
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.context.insert(key.to_owned(), value.into());
        self
    }
}

/// The server's release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// 14, 15, …
    pub(super) major: u32,
    /// As the server writes it: `14.0`, `saas~18.2`.
    pub(super) text: String,
}

/// How calls are wrapped.
#[derive(Debug)]
enum Way {
    JsonRpc {
        uid: i64,
        secret: SecretString,
        /// Servers before 16.0 that hold several databases answer errors as a bare HTML 500
        /// unless a session names the database; this is that session.
        session: RwLock<Option<HeaderValue>>,
    },
    Json2 {
        headers: HeaderMap,
    },
}

/// A logged-in connection.
#[derive(Debug)]
pub(super) struct Rpc {
    pub(super) http: Http,
    pub(super) version: Version,
    pub(super) login: String,
    pub(super) database: String,
    way: Way,
    /// Goes with every call; a call's own context wins.
    pub(super) context: Map<String, Value>,
}

impl Rpc {
    /// Asks for the version, chooses the protocol and logs in.
    pub(super) async fn log_in(settings: &Settings) -> Result<Self, OdooError> {
        let http = Http::new(settings)?;
        let version = version(&http).await?;
        if version.major < 14 {
            return Err(OdooError::setup(format!(
                "this is Odoo {}: postorder needs 14.0 or later",
                version.text
            )));
        }
        let mut rpc = Self {
            way: Way::Json2 { headers: HeaderMap::new() },
            context: base_context(),
            login: settings.login.clone(),
            database: settings.database.clone(),
            version,
            http,
        };
        rpc.way = match choose(settings, &rpc.version)? {
            Protocol::Json2 => Way::Json2 { headers: json2_headers(settings)? },
            _ => rpc.json_rpc_way(settings).await?,
        };
        if rpc.login.is_empty() {
            // Over JSON-2 the key alone says who we are; messages name somebody all the same.
            "(owner of the API key)".clone_into(&mut rpc.login);
        }
        Ok(rpc)
    }

    /// The protocol in use.
    pub(super) fn protocol(&self) -> Protocol {
        match self.way {
            Way::JsonRpc { .. } => Protocol::JsonRpc,
            Way::Json2 { .. } => Protocol::Json2,
        }
    }

    /// Our user's id, where logging in told it.
    pub(super) fn uid(&self) -> Option<i64> {
        match self.way {
            Way::JsonRpc { uid, .. } => Some(uid),
            Way::Json2 { .. } => None,
        }
    }

    /// Makes a call. All of ours are idempotent, so that any may be repeated.
    pub(super) async fn call(&self, call: Call) -> Result<Value, OdooError> {
        let Call { model, method, ids, named, context } = call;
        let mut merged = self.context.clone();
        merged.extend(context);
        match &self.way {
            Way::JsonRpc { uid, secret, session } => {
                let mut named = named;
                named.insert("context".to_owned(), Value::Object(merged));
                let positional: Vec<Value> = ids.into_iter().map(Value::from).collect();
                let args = json!([
                    self.database,
                    uid,
                    secret.expose_secret(),
                    model,
                    method,
                    positional,
                    named
                ]);
                self.json_rpc("object", "execute_kw", args, session, model, method).await
            }
            Way::Json2 { headers } => {
                let mut body = named;
                if let Some(ids) = ids {
                    body.insert("ids".to_owned(), ids.into());
                }
                body.insert("context".to_owned(), Value::Object(merged));
                let path = format!("json/2/{model}/{method}");
                let body = Value::Object(body).to_string().into_bytes();
                let reply = self.http.post(&path, headers.clone(), body).await?;
                self.json2_answer(reply, model, method)
            }
        }
    }

    /// Fails where our user lacks the right to do this to a model.
    pub(super) async fn may(
        &self,
        model: &'static str,
        operation: &str,
        purpose: &str,
    ) -> Result<(), OdooError> {
        if self.has_right(model, operation).await? {
            Ok(())
        } else {
            Err(OdooError::setup(format!(
                "user '{}' lacks the right to {operation} {model}, needed {purpose}: in Odoo's \
             settings give it {}",
                self.login,
                right_of(model)
            )))
        }
    }

    /// Whether our user has the right to do this to a model.
    pub(super) async fn has_right(
        &self,
        model: &'static str,
        operation: &str,
    ) -> Result<bool, OdooError> {
        let call = if self.version.major >= 18 {
            Call::on(model, "has_access", &[]).arg("operation", operation)
        } else {
            Call::new(model, "check_access_rights")
                .arg("operation", operation)
                .arg("raise_exception", false)
        };
        Ok(self.call(call).await? == Value::Bool(true))
    }

    async fn json_rpc_way(&self, settings: &Settings) -> Result<Way, OdooError> {
        let (Credential::Password(secret) | Credential::ApiKey(secret)) = &settings.credential;
        let session = RwLock::new(None);
        if self.version.major < 16 {
            self.bind(&session).await?;
        }
        let args = json!([self.database, self.login, secret.expose_secret(), {}]);
        let answer = self
            .json_rpc("common", "authenticate", args, &session, "res.users", "authenticate")
            .await;
        match answer {
            Ok(answer) => match answer.as_i64() {
                Some(uid) => Ok(Way::JsonRpc { uid, secret: secret.clone(), session }),
                None => Err(OdooError::setup(format!(
                    "Odoo refuses the log-in of '{}' in database '{}': check odoo.login and the \
                     password or API key",
                    self.login, self.database
                ))),
            },
            Err(error) => Err(self.no_database(error).await),
        }
    }

    /// Turns an error into the true one where the database does not exist.
    async fn no_database(&self, error: OdooError) -> OdooError {
        let session = RwLock::new(None);
        let args = json!([self.database]);
        let asked = self.json_rpc("db", "db_exist", args, &session, "db", "db_exist");
        match asked.await {
            Ok(Value::Bool(false)) => unknown_database(&self.database),
            _ => error,
        }
    }

    /// Gets a session that names our database. None to be had is no error.
    async fn bind(&self, session: &RwLock<Option<HeaderValue>>) -> Result<(), OdooError> {
        let path = format!("web/login?{}", query("db", &self.database));
        let cookie = self.http.session_of(&path).await?;
        if let Ok(mut slot) = session.write() {
            *slot = cookie;
        }
        Ok(())
    }

    async fn json_rpc(
        &self,
        service: &str,
        function: &str,
        args: Value,
        session: &RwLock<Option<HeaderValue>>,
        model: &str,
        method: &str,
    ) -> Result<Value, OdooError> {
        let body = json!({
            "jsonrpc": "2.0",
            "method": "call",
            "id": 1,
            "params": {"service": service, "method": function, "args": args},
        });
        let body = body.to_string().into_bytes();
        let had = session.read().ok().and_then(|slot| slot.clone());
        let mut reply = self.http.post("jsonrpc", cookie(had.as_ref()), body.clone()).await?;
        if had.is_some() && reply.status.as_u16() == 500 && matches!(reply.body, Body::Other { .. })
        {
            // The server has forgotten the session, and with it the words of its errors.
            self.bind(session).await?;
            let fresh = session.read().ok().and_then(|slot| slot.clone());
            reply = self.http.post("jsonrpc", cookie(fresh.as_ref()), body).await?;
        }
        self.json_rpc_answer(reply, model, method)
    }

    fn json_rpc_answer(&self, reply: Reply, model: &str, method: &str) -> Result<Value, OdooError> {
        let mut answer = self.json(reply, model, method)?;
        if let Some(error) = answer.get("error") {
            return Err(self.fault(&json_rpc_fault(error), model, method));
        }
        match answer.as_object_mut() {
            // A method that returns None has no `result` at all on 19.0.
            Some(object) if object.contains_key("jsonrpc") => {
                Ok(object.remove("result").unwrap_or(Value::Null))
            }
            _ => Err(OdooError::odd(model, method, "no JSON-RPC envelope")),
        }
    }

    fn json2_answer(&self, reply: Reply, model: &str, method: &str) -> Result<Value, OdooError> {
        let status = reply.status;
        if status.as_u16() == 404 && matches!(reply.body, Body::Other { .. }) {
            // The version was answered, so this is Odoo: it cannot choose the database.
            return Err(unknown_database(&self.database));
        }
        if status.is_success() {
            return self.json(reply, model, method);
        }
        match reply.body {
            Body::Json(body) if body.get("name").is_some_and(Value::is_string) => {
                Err(self.fault(&fault_of(&body), model, method))
            }
            Body::Json(_) => Err(not_json(self.http.address(), status, "", None)),
            Body::Other { words, retry_after } => {
                Err(not_json(self.http.address(), status, &words, retry_after))
            }
        }
    }

    fn json(&self, reply: Reply, model: &str, method: &str) -> Result<Value, OdooError> {
        match reply.body {
            Body::Json(value) if reply.status.is_success() || value.get("error").is_some() => {
                Ok(value)
            }
            Body::Json(_) => {
                let mut error = not_json(self.http.address(), reply.status, "", None);
                error.message = format!("{} (for {model}.{method})", error.message);
                Err(error)
            }
            Body::Other { words, retry_after } => {
                Err(not_json(self.http.address(), reply.status, &words, retry_after))
            }
        }
    }

    fn fault(&self, fault: &Fault, model: &str, method: &str) -> OdooError {
        let asked = self.asked(model, method);
        let mut error = classify(fault, asked);
        error.message = self.http.scrub(&error.message);
        error
    }

    /// What an error about this call must name.
    pub(super) fn asked<'a>(&'a self, model: &'a str, method: &'a str) -> Asked<'a> {
        Asked { model, method, login: &self.login, database: &self.database }
    }
}

/// What every call of ours says about itself: English errors, and no times but UTC.
fn base_context() -> Map<String, Value> {
    let mut context = Map::new();
    context.insert("lang".to_owned(), "en_US".into());
    context.insert("tz".to_owned(), "UTC".into());
    context
}

fn choose(settings: &Settings, version: &Version) -> Result<Protocol, OdooError> {
    let key = matches!(settings.credential, Credential::ApiKey(_));
    match settings.protocol {
        Protocol::Auto if key && version.major >= 19 => Ok(Protocol::Json2),
        Protocol::Auto | Protocol::JsonRpc => Ok(Protocol::JsonRpc),
        Protocol::Json2 if version.major < 19 => Err(OdooError::setup(format!(
            "Odoo {} has no JSON-2: set odoo.protocol to \"auto\" or \"jsonrpc\"",
            version.text
        ))),
        Protocol::Json2 if !key => Err(OdooError::setup(
            "JSON-2 takes no password: give odoo an API key (in Odoo: Preferences, Account \
             Security, New API Key), or set odoo.protocol to \"jsonrpc\"",
        )),
        Protocol::Json2 => Ok(Protocol::Json2),
    }
}

fn json2_headers(settings: &Settings) -> Result<HeaderMap, OdooError> {
    let (Credential::Password(secret) | Credential::ApiKey(secret)) = &settings.credential;
    let mut headers = HeaderMap::new();
    let mut key = HeaderValue::from_str(&format!("bearer {}", secret.expose_secret()))
        .map_err(|_| OdooError::setup("the API key holds characters that no key has"))?;
    key.set_sensitive(true);
    headers.insert("authorization", key);
    let database = HeaderValue::from_str(&settings.database)
        .map_err(|_| OdooError::setup("odoo.database holds characters that no name has"))?;
    headers.insert("x-odoo-database", database);
    Ok(headers)
}

/// The server's version: `version_info` is there from 14.0 on, `/web/version` from 19.0 on.
async fn version(http: &Http) -> Result<Version, OdooError> {
    let reply = http.post("web/webclient/version_info", HeaderMap::new(), b"{}".to_vec()).await?;
    if let Some(version) = version_of(&reply) {
        return Ok(version);
    }
    let reply = http.get("web/version").await?;
    match (version_of(&reply), reply.body) {
        (Some(version), _) => Ok(version),
        (None, Body::Other { words, retry_after }) => {
            Err(not_json(http.address(), reply.status, &words, retry_after))
        }
        (None, Body::Json(_)) => Err(OdooError::setup(format!(
            "{} does not tell an Odoo version: check odoo.url",
            http.address()
        ))),
    }
}

fn version_of(reply: &Reply) -> Option<Version> {
    let Body::Json(body) = &reply.body else { return None };
    let answer = body.get("result").unwrap_or(body);
    let text = answer.get("server_version").or_else(|| answer.get("version"))?.as_str()?;
    let info = answer.get("server_version_info").or_else(|| answer.get("version_info"))?;
    let first = info.get(0)?;
    let digits = |text: &str| {
        let from = text.find(|c: char| c.is_ascii_digit())?;
        let rest = text.get(from..)?;
        let to = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..to)?.parse().ok()
    };
    let major = match first {
        Value::Number(number) => u32::try_from(number.as_u64()?).ok()?,
        Value::String(text) => digits(text)?,
        _ => return None,
    };
    Some(Version { major, text: text.chars().take(40).collect() })
}

fn json_rpc_fault(error: &Value) -> Fault {
    match error.get("data") {
        Some(data) if data.get("name").is_some() => fault_of(data),
        _ => Fault {
            name: "JSON-RPC".to_owned(),
            text: error.get("message").and_then(Value::as_str).unwrap_or_default().to_owned(),
        },
    }
}

/// Reads `{name, message, arguments}`. 14.0 may hold the useful words in the arguments only.
fn fault_of(data: &Value) -> Fault {
    fn text(value: Option<&Value>) -> Option<&str> {
        value?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }
    let message = text(data.get("message"));
    let argument = text(data.get("arguments").and_then(|list| list.get(0)));
    Fault {
        name: text(data.get("name")).unwrap_or("unnamed").to_owned(),
        text: message.or(argument).unwrap_or("no words").to_owned(),
    }
}

fn unknown_database(database: &str) -> OdooError {
    OdooError::setup(format!(
        "Odoo has no database '{database}': check odoo.database, it is case-sensitive"
    ))
}

fn cookie(session: Option<&HeaderValue>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(session) = session {
        headers.insert("cookie", session.clone());
    }
    headers
}

/// `name=value` for a query string, with everything but letters and digits escaped.
fn query(name: &str, value: &str) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{name}=");
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}
