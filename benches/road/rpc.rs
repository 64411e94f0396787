//! A client for the yardsticks: plain JSON-RPC, sharing no code with postorder's.

use serde_json::{Value, json};

/// One user of one database.
#[derive(Clone)]
pub(crate) struct Rpc {
    http: reqwest::Client,
    url: String,
    database: String,
    uid: i64,
    password: String,
}

type Answer = Result<Value, Box<dyn std::error::Error + Send + Sync>>;

impl Rpc {
    pub(crate) fn new(server: &Value, user: &str) -> Option<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Some(Self {
            http: reqwest::Client::builder()
                .timeout(std::time::Duration::from_secs(600))
                .build()
                .ok()?,
            url: format!("{}/jsonrpc", server["url"].as_str()?),
            database: server["database"].as_str()?.to_owned(),
            uid: server[user]["uid"].as_i64()?,
            password: server[user]["password"].as_str()?.to_owned(),
        })
    }

    pub(crate) async fn call(
        &self,
        model: &str,
        method: &str,
        args: Value,
        named: Value,
    ) -> Answer {
        let body = json!({
            "jsonrpc": "2.0", "method": "call", "id": 1,
            "params": {"service": "object", "method": "execute_kw",
                "args": [self.database, self.uid, self.password, model, method, args, named]},
        });
        let answer: Value = self.http.post(&self.url).json(&body).send().await?.json().await?;
        if let Some(error) = answer.get("error") {
            return Err(format!("{model}.{method}: {}", error["data"]["message"]).into());
        }
        Ok(answer.get("result").cloned().unwrap_or(Value::Null))
    }
}
