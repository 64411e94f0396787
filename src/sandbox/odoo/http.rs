//! The HTTP side: routes, the connection that can be cut, and what faults do to an answer.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::{IncomingStream, Listener};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use super::fault::WireFault;
use super::{Shared, Version, json2, jsonrpc};

/// Larger requests are refused.
const MAX_BODY: usize = 48 * 1024 * 1024;

const WHOLE: u8 = 0;
const HALF: u8 = 1;
const CUT: u8 = 2;

/// A handle on a connection, to cut it.
#[derive(Debug, Clone)]
pub(super) struct Link(Arc<AtomicU8>);

/// A listener that serves no more connections at once than it has permits for.
struct Gate {
    listener: TcpListener,
    permits: Arc<Semaphore>,
}

/// A connection that can be cut in the middle of an answer.
struct Line {
    stream: TcpStream,
    link: Link,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Listener for Gate {
    type Io = Line;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let permit = self.permits.clone().acquire_owned().await.ok();
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    let _ = stream.set_nodelay(true);
                    let link = Link(Arc::new(AtomicU8::new(WHOLE)));
                    return (Line { stream, link, _permit: permit }, address);
                }
                // No file descriptors left, or the peer has gone already: wait a little.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Gate>> for Link {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Self {
        stream.io().link.clone()
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.link.0.load(Ordering::Acquire) {
            WHOLE => Pin::new(&mut self.stream).poll_write(context, bytes),
            HALF => {
                let half = bytes.get(..bytes.len().div_ceil(2)).unwrap_or(bytes);
                let written = Pin::new(&mut self.stream).poll_write(context, half);
                if written.is_ready() {
                    self.link.0.store(CUT, Ordering::Release);
                }
                written
            }
            _ => Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Serves until stopped.
pub(super) fn serve(
    listener: TcpListener,
    connections: usize,
    shared: Arc<Shared>,
    stop: CancellationToken,
) {
    let gate = Gate { listener, permits: Arc::new(Semaphore::new(connections)) };
    let app = Router::new()
        .route("/jsonrpc", post(on_jsonrpc))
        .route("/json/2/{model}/{method}", post(on_json2).fallback(elsewhere))
        .route("/web", get(on_page))
        .route("/web/login", get(on_page))
        .route("/web/version", get(on_version))
        .route("/json/version", get(on_version))
        .route("/web/webclient/version_info", post(on_version_info))
        .fallback(elsewhere)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(shared)
        .into_make_service_with_connect_info::<Link>();
    tokio::spawn(async move {
        let served = axum::serve(gate, app).with_graceful_shutdown(stop.cancelled_owned());
        if let Err(error) = served.await {
            tracing::warn!(%error, "the Odoo stand-in ended");
        }
    });
}

/// Odoo's pages: all that is there of them is the session that they begin.
async fn on_page(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let known = query.get("db") == Some(&shared.options.database);
    let session = if known { shared.session() } else { "nobodys".to_owned() };
    let headers = [
        (header::LOCATION, "/web/login".to_owned()),
        (header::SET_COOKIE, format!("session_id={session}; HttpOnly; Path=/")),
    ];
    (StatusCode::FOUND, headers).into_response()
}

async fn on_version(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(link): ConnectInfo<Link>,
) -> Response {
    let fault = shared.next_fault("version");
    disturbed(&shared, &link, fault, async || {
        if shared.options.version == Version::V14 {
            return not_found();
        }
        let version = shared.options.version.text();
        answer(
            200,
            &json!({"version_info": version_info(shared.options.version), "version": version}),
        )
    })
    .await
}

async fn on_version_info(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(link): ConnectInfo<Link>,
) -> Response {
    let fault = shared.next_fault("version");
    disturbed(&shared, &link, fault, async || {
        let result = server_version(shared.options.version);
        answer(200, &json!({"jsonrpc": "2.0", "id": null, "result": result}))
    })
    .await
}

/// `[19, 0, 0, "final", 0, ""]`.
fn version_info(version: Version) -> Json {
    let major = match version {
        Version::V14 => 14,
        Version::V19 => 19,
    };
    json!([major, 0, 0, "final", 0, ""])
}

/// What both protocols tell of the server.
pub(super) fn server_version(version: Version) -> Json {
    json!({
        "server_version": version.text(),
        "server_version_info": version_info(version),
        "server_serie": version.text(),
        "protocol_version": 1,
    })
}

async fn on_jsonrpc(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(link): ConnectInfo<Link>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(Json::Object(request)) = serde_json::from_slice(&body) else {
        return match shared.options.version {
            Version::V14 => page(400, "Bad Request", "Invalid JSON data"),
            Version::V19 => {
                (StatusCode::BAD_REQUEST, [html()], "Invalid JSON data").into_response()
            }
        };
    };
    drop(body);
    let arrived = shared.arrived();
    let request = jsonrpc::Request::read(request);
    let method = request.method_name();
    shared.count(request.counted_as());
    let fault = shared.next_fault(&method);
    let conflict = fault == Some(WireFault::Conflict);
    let in_session = shared.knows_session(&headers);
    disturbed(&shared, &link, fault, async || {
        jsonrpc::answer_to(&shared, &request, arrived, in_session, conflict)
    })
    .await
}

async fn on_json2(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(link): ConnectInfo<Link>,
    Path((model, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if shared.options.version == Version::V14 {
        return not_found();
    }
    let arrived = shared.arrived();
    shared.count(format!("{model}.{method}"));
    let fault = shared.next_fault(&method);
    let conflict = fault == Some(WireFault::Conflict);
    disturbed(&shared, &link, fault, async || {
        if conflict {
            return json2::conflict();
        }
        json2::answer_to(&shared, &model, &method, &headers, &body, arrived)
    })
    .await
}

async fn elsewhere(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    if shared.options.version == Version::V19 && uri.path().starts_with("/json/2") {
        return json2::not_found();
    }
    not_found()
}

/// Carries out a call with the delays and faults that are due.
async fn disturbed<F>(
    shared: &Shared,
    link: &Link,
    fault: Option<WireFault>,
    act: impl FnOnce() -> F,
) -> Response
where
    F: Future<Output = Response>,
{
    let _worker = shared.workers.acquire().await;
    if !shared.options.latency.is_zero() {
        tokio::time::sleep(shared.options.latency).await;
    }
    match fault {
        Some(WireFault::Status(code)) => return status_page(code),
        Some(WireFault::ResetBefore) => {
            link.0.store(CUT, Ordering::Release);
            return StatusCode::NO_CONTENT.into_response();
        }
        Some(WireFault::Delay(time)) => tokio::time::sleep(time).await,
        _ => {}
    }
    let response = act().await;
    match fault {
        Some(WireFault::StatusAfter(code)) => status_page(code),
        Some(WireFault::ResetAfter) => {
            link.0.store(CUT, Ordering::Release);
            response
        }
        Some(WireFault::Truncate) => {
            link.0.store(HALF, Ordering::Release);
            response
        }
        Some(WireFault::DelayAnswer(time)) => {
            tokio::time::sleep(time).await;
            response
        }
        Some(WireFault::Garbage) => {
            (StatusCode::OK, [json_type()], "{\"jsonrpc\": ").into_response()
        }
        _ => response,
    }
}

fn json_type() -> (header::HeaderName, &'static str) {
    (header::CONTENT_TYPE, "application/json; charset=utf-8")
}

fn html() -> (header::HeaderName, &'static str) {
    (header::CONTENT_TYPE, "text/html; charset=utf-8")
}

/// A JSON answer.
pub(super) fn answer(status: u16, body: &Json) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [json_type()], body.to_string()).into_response()
}

/// An error page, as Odoo's web library makes it.
pub(super) fn page(status: u16, title: &str, text: &str) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = format!(
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">\n<title>{status} {title}</title>\n\
         <h1>{title}</h1>\n<p>{text}</p>\n"
    );
    (code, [html()], body).into_response()
}

fn status_page(status: u16) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    page(status, code.canonical_reason().unwrap_or("Error"), "Injected by the sandbox.")
}

fn not_found() -> Response {
    page(
        404,
        "Not Found",
        "The requested URL was not found on the server. If you entered the URL manually please \
         check your spelling and try again.",
    )
}
