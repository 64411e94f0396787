//! A look at the sandbox in a browser: the letters that were caught and the orders that were made.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mail_parser::MessageParser;
use serde_json::{Value as Json, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::odoo::{OdooStandIn, SeenOrder};
use super::smtp::{CaughtLetter, SmtpCatcher};

/// So many orders are shown; the newest.
const MAX_ORDERS: usize = 100;

/// What is shown.
#[derive(Debug, Clone)]
struct Shown {
    smtp: Arc<SmtpCatcher>,
    odoo: Arc<OdooStandIn>,
}

/// Starts the view on 127.0.0.1. `/` is for people, `/email` for scripts.
pub(super) async fn start(
    port: u16,
    smtp: Arc<SmtpCatcher>,
    odoo: Arc<OdooStandIn>,
    stop: CancellationToken,
) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    let app = Router::new()
        .route("/", get(index))
        .route("/letter/{id}", get(letter))
        .route("/email", get(list))
        .route("/email/all", axum::routing::delete(forget))
        .route("/email/{id}", get(raw))
        .with_state(Shown { smtp, odoo });
    tokio::spawn(async move {
        let served = axum::serve(listener, app).with_graceful_shutdown(stop.cancelled_owned());
        if let Err(error) = served.await {
            tracing::warn!(%error, "the sandbox's view ended");
        }
    });
    Ok(address)
}

/// All letters, for scripts.
async fn list(State(shown): State<Shown>) -> axum::Json<Vec<Json>> {
    axum::Json(shown.smtp.letters().iter().map(|letter| about(letter)).collect())
}

/// A letter as it came.
async fn raw(State(shown): State<Shown>, Path(id): Path<u64>) -> Response {
    match shown.smtp.letter(id) {
        Some(letter) => {
            let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (kind, letter.data.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn forget(State(shown): State<Shown>) -> StatusCode {
    shown.smtp.clear();
    StatusCode::NO_CONTENT
}

fn about(letter: &CaughtLetter) -> Json {
    let parts = parts(letter);
    json!({
        "id": letter.id,
        "time": letter.at.to_rfc3339(),
        "envelope": {"from": letter.from, "to": letter.to},
        "from": parts.from,
        "subject": parts.subject,
        "text": parts.text,
        "html": parts.html,
        "size": letter.data.len(),
    })
}

#[derive(Default)]
struct Parts {
    from: String,
    subject: String,
    text: String,
    html: String,
}

fn parts(letter: &CaughtLetter) -> Parts {
    let Some(mail) = MessageParser::default().parse(&letter.data) else { return Parts::default() };
    let from = mail.from().and_then(|from| from.first());
    Parts {
        from: from.and_then(|from| from.address()).unwrap_or_default().to_owned(),
        subject: mail.subject().unwrap_or_default().to_owned(),
        text: mail.body_text(0).map(Cow::into_owned).unwrap_or_default(),
        html: mail.body_html(0).map(Cow::into_owned).unwrap_or_default(),
    }
}

async fn index(State(shown): State<Shown>) -> Response {
    let mut page = String::from("<h1>postorder sandbox</h1>\n");
    let _ = writeln!(
        page,
        "<p>Write to {} over SMTP at {}, and the mail lands in the maildir. Mail to anybody else \
         is caught here.</p>\n<h2>Letters</h2>",
        escaped(&shown.smtp.inbox().join(", ")),
        shown.smtp.address(),
    );
    let letters = shown.smtp.letters();
    if letters.is_empty() {
        page.push_str("<p>None yet.</p>\n");
    } else {
        page.push_str("<table><tr><th>Time<th>To<th>Subject</tr>\n");
        for letter in letters.iter().rev() {
            let _ = writeln!(
                page,
                "<tr><td>{}<td>{}<td><a href=\"/letter/{}\">{}</a></tr>",
                letter.at.format("%H:%M:%S"),
                escaped(&letter.to.join(", ")),
                letter.id,
                escaped(&subject_or_none(&parts(letter).subject)),
            );
        }
        page.push_str("</table>\n");
    }
    let _ = writeln!(page, "<h2>Orders in Odoo {}</h2>", shown.odoo.version().text());
    let orders = shown.odoo.newest_orders(MAX_ORDERS);
    if orders.is_empty() {
        page.push_str("<p>None yet.</p>\n");
    } else {
        page.push_str(
            "<table><tr><th>Number<th>State<th>Customer's number<th>Delivery<th>Lines<th>Total</tr>\n",
        );
        for order in &orders {
            row(&mut page, order);
        }
        page.push_str("</table>\n");
    }
    html(&page)
}

fn subject_or_none(subject: &str) -> String {
    if subject.is_empty() { "(no subject)".to_owned() } else { subject.to_owned() }
}

fn row(page: &mut String, order: &SeenOrder) {
    let lines: Vec<String> =
        order.lines.iter().map(|line| format!("{} × {}", line.quantity, line.product)).collect();
    let _ = writeln!(
        page,
        "<tr><td>{}<td>{}<td>{}<td>{}<td>{}<td>{:.2}</tr>",
        escaped(&order.name),
        escaped(&order.state),
        escaped(order.client_order_ref.as_deref().unwrap_or_default()),
        escaped(order.commitment_date.as_deref().unwrap_or_default()),
        lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>"),
        order.total,
    );
}

async fn letter(State(shown): State<Shown>, Path(id): Path<u64>) -> Response {
    let Some(letter) = shown.smtp.letter(id) else { return StatusCode::NOT_FOUND.into_response() };
    let parts = parts(&letter);
    let mut page = format!(
        "<p><a href=\"/\">Back</a> · <a href=\"/email/{id}\">As it came</a></p>\n<h1>{}</h1>\n\
         <p>From {}<br>To {}</p>\n<pre>{}</pre>\n",
        escaped(&subject_or_none(&parts.subject)),
        escaped(&parts.from),
        escaped(&letter.to.join(", ")),
        escaped(&parts.text),
    );
    if !parts.html.is_empty() {
        // In a frame that may do nothing: whatever the letter holds, it stays in there.
        let _ = writeln!(page, "<iframe sandbox srcdoc=\"{}\"></iframe>", escaped(&parts.html));
    }
    html(&page)
}

fn html(body: &str) -> Response {
    const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;\
        padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;\
        padding:.3rem .6rem;border-bottom:1px solid #ccc;vertical-align:top}pre{white-space:\
        pre-wrap;background:#f4f4f4;padding:1rem}iframe{width:100%;height:40rem;border:1px solid #ccc}";
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'",
        ),
    ];
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>postorder sandbox</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style>{body}</html>"
    );
    (headers, page).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
