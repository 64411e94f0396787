//! The steps of one SMTP session, each with its own meaning for errors.

use std::future::Future;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use secrecy::ExposeSecret;

use super::mailer::Smtp;
use super::smtp_error::{SendError, Stage, bounded, classify};
use crate::flow::ErrorClass;

type SmtpResult = Result<Response, lettre::transport::smtp::Error>;

/// Waits for an answer within its limit and says what an error means at this stage.
async fn answer(
    smtp: &Smtp,
    stage: Stage,
    limit: Duration,
    asked: impl Future<Output = SmtpResult>,
) -> Result<Response, SendError> {
    match tokio::time::timeout(limit, asked).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => Err(classify(&smtp.settings, stage, &error)),
        Err(_) => Err(SendError::timed_out(&smtp.settings, stage)),
    }
}

/// Makes the connection TLS where that is asked, and logs in where there is a user. Nothing else
/// is ever said in clear text where TLS is asked.
pub(super) async fn log_in(
    smtp: &Smtp,
    connection: &mut AsyncSmtpConnection,
    starttls: Option<TlsParameters>,
) -> Result<(), SendError> {
    let settings = &smtp.settings;
    if let Some(parameters) = starttls {
        if !connection.can_starttls() {
            return Err(SendError::configuration(format!(
                "{} offers no STARTTLS, and nothing is sent in clear text: \
                 set smtp.security to \"tls\" (port 465), or to \"none\" for a server on this machine",
                settings.address()
            )));
        }
        let upgrading = connection.starttls(parameters, &smtp.hello);
        match tokio::time::timeout(settings.timeout, upgrading).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(classify(settings, Stage::Connect, &error)),
            Err(_) => return Err(SendError::timed_out(settings, Stage::Connect)),
        }
    }
    let (Some(user), Some(password)) = (&settings.login, &settings.password) else {
        return Ok(());
    };
    let mechanisms = [Mechanism::Plain, Mechanism::Login];
    if connection.server_info().get_auth_mechanism(&mechanisms).is_none() {
        return Err(SendError::configuration(format!(
            "{} offers no log-in by PLAIN or LOGIN: many servers do so only after TLS \
             (smtp.security), or only on the submission port 587",
            settings.address()
        )));
    }
    let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
    let asked = connection.auth(&mechanisms, &credentials);
    answer(smtp, Stage::LogIn, settings.timeout, asked).await.map(drop)
}

/// Hands in one mail. The answer is the server's word for having taken it.
pub(super) async fn transaction(
    smtp: &Smtp,
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    mail: &[u8],
) -> Result<String, SendError> {
    let limit = smtp.settings.timeout;
    let mut parameters = Vec::new();
    if envelope.to().iter().chain(envelope.from()).any(|address| !is_ascii(address)) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(SendError {
                class: ErrorClass::Permanent,
                stage: Stage::Mail,
                code: None,
                lost: false,
                message: format!(
                    "{} cannot deliver to addresses with letters beyond ASCII (no SMTPUTF8)",
                    smtp.settings.address()
                ),
            });
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let outcome = hand_in(smtp, connection, envelope, parameters, mail).await;
    if let Err(error) = &outcome
        && !error.lost
    {
        // The connection stays usable for the next letter; if not, the next one finds out.
        let _ = tokio::time::timeout(limit, connection.command(Rset)).await;
    }
    outcome
}

async fn hand_in(
    smtp: &Smtp,
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    parameters: Vec<MailParameter>,
    mail: &[u8],
) -> Result<String, SendError> {
    let settings = &smtp.settings;
    let limit = settings.timeout;
    let sender = Mail::new(envelope.from().cloned(), parameters);
    answer(smtp, Stage::Mail, limit, connection.command(sender)).await?;
    for recipient in envelope.to() {
        let recipient = Rcpt::new(recipient.clone(), Vec::new());
        answer(smtp, Stage::Recipient, limit, connection.command(recipient)).await?;
    }
    answer(smtp, Stage::Data, limit, connection.command(Data)).await?;
    let taken = connection.message(mail);
    let response = answer(smtp, Stage::Content, settings.accept_timeout, taken).await?;
    let lines: Vec<&str> = response.message().collect();
    Ok(bounded(&lines.join(" ")))
}

/// Asks whether this sender would be taken, and takes it back.
pub(super) async fn try_sender(
    smtp: &Smtp,
    connection: &mut AsyncSmtpConnection,
    sender: lettre::Address,
) -> Result<(), SendError> {
    let limit = smtp.settings.timeout;
    let sender = Mail::new(Some(sender), Vec::new());
    answer(smtp, Stage::Mail, limit, connection.command(sender)).await?;
    let _ = tokio::time::timeout(limit, connection.command(Rset)).await;
    leave(smtp, connection).await;
    Ok(())
}

/// Says goodbye. Whether the server answers does not matter.
pub(super) async fn leave(smtp: &Smtp, connection: &mut AsyncSmtpConnection) {
    let limit = smtp.settings.timeout.min(Duration::from_secs(5));
    let _ = tokio::time::timeout(limit, connection.command(Quit)).await;
}

fn is_ascii(address: &lettre::Address) -> bool {
    let text: &str = address.as_ref();
    text.is_ascii()
}
