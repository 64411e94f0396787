//! The least HTTP that is needed to look at servers: independent of the client that is tested.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// An answer: status and body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Sends a request to `http://127.0.0.1:PORT/…` and reads the whole answer.
pub(crate) fn request(method: &str, url: &str, body: Option<&Value>) -> std::io::Result<Answer> {
    let wrong = |what: &str| std::io::Error::other(format!("{what}: {url}"));
    let rest = url.strip_prefix("http://").ok_or_else(|| wrong("not an http URL"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let body = body.map(ToString::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    stream.set_write_timeout(Some(Duration::from_secs(120)))?;
    // HTTP/1.0: the answer is not chunked, and ends with the connection.
    let head = format!(
        "{method} /{path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or_else(|| wrong("no HTTP answer"))?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| wrong("no HTTP status"))?;
    Ok(Answer { status, body: bytes.split_off(end + 4) })
}

/// As [`request`], for servers that must answer, and with JSON.
pub(crate) fn json(method: &str, url: &str, body: Option<&Value>) -> Value {
    let answer = request(method, url, body).unwrap_or_else(|error| panic!("{url}: {error}"));
    let text = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, 200, "{url}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{url}: {error}: {text}"))
}
