//! Opening a connection to the mail server, up to its greeting.

use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;

use super::mailer::{Security, SmtpSettings};
use super::smtp_error::{SendError, Stage, classify, unreachable};

/// Connects, and hears what the server offers. TLS is begun here only where it wraps all.
///
/// lettre writes a letter and its final dot one after the other. While the letter is not yet
/// acknowledged the kernel keeps the dot back (RFC 896), and a server that acknowledges late
/// (RFC 1122 section 4.2.3.2: up to 0.5 s, on Linux 40 ms) makes every letter wait for that: so the
/// socket is told to keep nothing back. Of a connection that is TLS from its first byte lettre
/// opens the socket itself, and gives no way to say so.
pub(super) async fn open(
    settings: &SmtpSettings,
    tls: Option<&TlsParameters>,
    hello: &ClientId,
) -> Result<AsyncSmtpConnection, SendError> {
    let port = settings.port.unwrap_or_else(|| settings.security.default_port());
    let server = (settings.host.as_str(), port);
    let opened = if settings.security == Security::Tls {
        let limit = Some(settings.timeout);
        AsyncSmtpConnection::connect_tokio1(server, limit, hello, tls.cloned(), None).await
    } else {
        let stream = TcpStream::connect(server).await.map_err(|e| unreachable(settings, &e))?;
        stream.set_nodelay(true).map_err(|e| unreachable(settings, &e))?;
        AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello).await
    };
    opened.map_err(|error| classify(settings, Stage::Connect, &error))
}
