//! What stands between the client and Odoo: proxies, outages, odd answers. A server with canned
//! answers takes Odoo's place; what matters is the class of each failure, and its words.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use postorder::flow::ErrorClass;
use postorder::odoo::{Credential, Odoo, OdooError, Settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const VERSION_14: &str = r#"{"jsonrpc": "2.0", "id": null, "result":
    {"server_version": "14.0", "server_version_info": [14, 0, 0, "final", 0, ""]}}"#;
const VERSION_19: &str = r#"{"jsonrpc": "2.0", "id": null, "result":
    {"server_version": "19.0", "server_version_info": [19, 0, 0, "final", 0, ""]}}"#;

/// One answer of the canned server.
#[derive(Clone)]
enum Canned {
    /// These bytes, then the connection ends.
    Bytes(String),
    /// The connection ends without a byte.
    Cut,
    /// Nothing, for as long as the client waits.
    Silence,
}

fn answer(status: &str, headers: &str, body: &str) -> Canned {
    let length = body.len();
    Canned::Bytes(format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
    ))
}

fn ok(body: &str) -> Canned {
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

/// Serves the answers in turn, the last one for ever; gives the address.
async fn serve(answers: Vec<Canned>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let next = Arc::new(AtomicUsize::new(0));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let turn = next.fetch_add(1, Ordering::Relaxed).min(answers.len() - 1);
            let canned = answers[turn].clone();
            tokio::spawn(async move {
                let mut request = Vec::new();
                let mut chunk = [0; 4096];
                while !complete(&request) {
                    match stream.read(&mut chunk).await {
                        Ok(0) | Err(_) => return,
                        Ok(count) => request.extend_from_slice(&chunk[..count]),
                    }
                }
                match canned {
                    Canned::Bytes(bytes) => {
                        let _ = stream.write_all(bytes.as_bytes()).await;
                        let _ = stream.shutdown().await;
                    }
                    Canned::Cut => {}
                    Canned::Silence => {
                        let _ = stream.read(&mut chunk).await;
                    }
                }
            });
        }
    });
    address
}

/// The request's header and body are there.
fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some(end) = text.find("\r\n\r\n") else { return false };
    let length = text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
    let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
    request.len() >= end + 4 + length
}

fn settings(url: &str) -> Settings {
    let mut settings =
        Settings::new(url, "shop", "desk", Credential::Password("s3cret-word".into()));
    settings.timeout = Duration::from_millis(400);
    settings.connect_timeout = Duration::from_millis(400);
    settings.max_response = 10_000;
    settings
}

async fn failure(answers: Vec<Canned>) -> OdooError {
    let url = serve(answers).await;
    let error = Odoo::connect(settings(&url)).await.expect_err("it fails");
    assert!(!format!("{error:?}").contains("s3cret-word"), "{error:?}");
    error
}

fn check(error: &OdooError, class: ErrorClass, words: &[&str]) {
    assert_eq!(error.class, class, "{error}");
    for word in words {
        assert!(error.message.contains(word), "{word:?} in {error}");
    }
}

#[tokio::test]
async fn a_closed_port_is_transient() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = Odoo::connect(settings(&url)).await.expect_err("nobody listens");
    check(&error, ErrorClass::Transient, &["cannot connect", &url, "refused"]);
}

#[tokio::test]
async fn no_answer_after_sending_is_uncertain() {
    let error = failure(vec![Canned::Silence]).await;
    check(&error, ErrorClass::Uncertain, &["did not answer within 0.4 s"]);
    let error = failure(vec![Canned::Cut]).await;
    check(&error, ErrorClass::Uncertain, &["broke"]);
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"jsonrpc\": \"2.0\", \"res";
    let error = failure(vec![Canned::Bytes(half.to_owned())]).await;
    check(&error, ErrorClass::Uncertain, &["broke"]);
    let error = failure(vec![ok("{\"jsonrpc\": \"2.0\", \"res")]).await;
    check(&error, ErrorClass::Uncertain, &["ended in the middle"]);
}

#[tokio::test]
async fn proxies_are_understood() {
    let page = |title: &str| format!("<html><head><title>{title}</title></head></html>");
    let html = "Content-Type: text/html\r\n";
    let slow = answer("429 Too Many Requests", "Retry-After: 17\r\n", "slow down");
    let error = failure(vec![slow]).await;
    check(&error, ErrorClass::Transient, &["429"]);
    assert_eq!(error.retry_after, Some(Duration::from_secs(17)));

    let away = answer("503 Service Unavailable", "Retry-After: 999999\r\n", &page("Maintenance"));
    let error = failure(vec![away]).await;
    check(&error, ErrorClass::Transient, &["503", "'Maintenance'"]);
    assert_eq!(error.retry_after, Some(Duration::from_secs(3600)), "bounded");

    let error = failure(vec![answer("502 Bad Gateway", html, &page("502 Bad Gateway"))]).await;
    check(&error, ErrorClass::Uncertain, &["502", "Bad Gateway"]);
    let error = failure(vec![answer("200 OK", html, &page("502 Bad Gateway"))]).await;
    check(&error, ErrorClass::Uncertain, &["web page instead of JSON", "502 Bad Gateway"]);
    let error = failure(vec![answer("404 Not Found", html, &page("Nothing here"))]).await;
    check(&error, ErrorClass::Credentials, &["no Odoo under this address", "odoo.url"]);
    let error = failure(vec![answer("401 Unauthorized", html, &page("Log in"))]).await;
    check(&error, ErrorClass::Credentials, &["401"]);
    let error = failure(vec![answer("413 Payload Too Large", html, &page("Too large"))]).await;
    check(&error, ErrorClass::Permanent, &["413"]);
    let moved = answer("301 Moved", "Location: http://127.0.0.1:1/elsewhere\r\n", "");
    let error = failure(vec![moved]).await;
    check(&error, ErrorClass::Credentials, &["sends us elsewhere", "301"]);
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end_and_tells_nothing_of_what_was_done() {
    let endless = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[{}",
        "1, ".repeat(20_000)
    );
    let error = failure(vec![Canned::Bytes(endless)]).await;
    check(&error, ErrorClass::Uncertain, &["larger than 10000 bytes", "odoo.max_response"]);
}

#[tokio::test]
async fn other_servers_and_versions_are_named() {
    let error = failure(vec![ok("{\"hello\": \"world\"}")]).await;
    check(&error, ErrorClass::Credentials, &["does not tell an Odoo version"]);
    let old = VERSION_14.replace("14", "13");
    let error = failure(vec![ok(&old)]).await;
    check(&error, ErrorClass::Credentials, &["Odoo 13.0", "14.0 or later"]);
}

fn exception(name: &str, message: &str) -> Canned {
    let error = serde_json::json!({"jsonrpc": "2.0", "id": 1, "error": {"code": 200,
        "message": "Odoo Server Error",
        "data": {"name": name, "message": message, "arguments": [message], "debug": "…"}}});
    ok(&error.to_string())
}

#[tokio::test]
async fn exceptions_have_the_same_class_over_the_wire() {
    let failing = async |name: &str, message: &str| {
        failure(vec![ok(VERSION_19), exception(name, message)]).await
    };
    let error =
        failing("psycopg2.OperationalError", "FATAL:  database \"shop\" does not exist").await;
    check(&error, ErrorClass::Credentials, &["no database 'shop'"]);
    let words = "could not serialize access due to concurrent update";
    let error = failing("psycopg2.errors.SerializationFailure", words).await;
    check(&error, ErrorClass::Transient, &["could not serialize"]);
    let error =
        failing("psycopg2.OperationalError", "FATAL: the database system is starting up").await;
    check(&error, ErrorClass::Transient, &["starting up"]);
    let error = failing("builtins.ZeroDivisionError", "division by zero").await;
    check(&error, ErrorClass::Transient, &["ZeroDivisionError", "its log tells more"]);
    // A server that repeats our secret does not make us tell it.
    let error = failing("odoo.exceptions.UserError", "bad password s3cret-word!").await;
    check(&error, ErrorClass::Permanent, &["bad password …!"]);
    let no = ok("{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": false}");
    let error = failure(vec![ok(VERSION_19), no]).await;
    check(&error, ErrorClass::Credentials, &["refuses the log-in of 'desk'"]);
}

#[tokio::test]
async fn a_server_of_many_databases_is_asked_with_a_session() {
    // 14.0 without a session that names the database answers any error as a bare page.
    let page = answer(
        "500 INTERNAL SERVER ERROR",
        "Content-Type: text/html\r\n",
        "<title>500 Internal Server Error</title>",
    );
    let session = answer("302 FOUND", "Set-Cookie: session_id=abc; Path=/; HttpOnly\r\n", "");
    let words = exception("odoo.exceptions.AccessDenied", "Access denied");
    let error = failure(vec![ok(VERSION_14), session.clone(), page, session, words]).await;
    check(&error, ErrorClass::Credentials, &["'desk'"]);
}

#[tokio::test]
async fn json_2_errors_are_understood() {
    let failing = async |answers: Vec<Canned>| {
        let url = serve(answers).await;
        let mut settings = settings(&url);
        settings.credential = Credential::ApiKey("s3cret-word".into());
        Odoo::connect(settings).await.expect_err("it fails")
    };
    let html = "Content-Type: text/html\r\n";
    let json = "Content-Type: application/json\r\n";
    let lost = answer("404 NOT FOUND", html, "<title>404 Not Found</title>");
    let error = failing(vec![ok(VERSION_19), lost]).await;
    check(&error, ErrorClass::Credentials, &["no database 'shop'"]);
    let denied = r#"{"name": "werkzeug.exceptions.Unauthorized", "message": "Invalid apikey"}"#;
    let error = failing(vec![ok(VERSION_19), answer("401 UNAUTHORIZED", json, denied)]).await;
    check(&error, ErrorClass::Credentials, &["'desk'", "Invalid apikey"]);
    let missing = r#"{"name": "werkzeug.exceptions.NotFound",
        "message": "the model 'sale.order' does not exist", "arguments": []}"#;
    let error = failing(vec![ok(VERSION_19), answer("404 NOT FOUND", json, missing)]).await;
    check(&error, ErrorClass::Credentials, &["sale.order", "sale_management"]);
    let broken = r#"{"name": "builtins.KeyError", "message": "'x'", "arguments": []}"#;
    let error = failing(vec![ok(VERSION_19), answer("500 ERROR", json, broken)]).await;
    check(&error, ErrorClass::Transient, &["KeyError"]);
    // With a password, JSON-2 is not tried.
    let url = serve(vec![ok(VERSION_19), exception("odoo.exceptions.UserError", "x")]).await;
    let error = Odoo::connect(settings(&url)).await.expect_err("it fails");
    assert!(error.message.contains("res.users.authenticate"), "{error}");
}
