//! What an SMTP error means, decided once.

use std::error::Error as _;

use super::mailer::SmtpSettings;
use super::message::BuildError;
use crate::flow::ErrorClass;

/// How far a session had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding the server, connecting, greeting, TLS.
    Connect,
    /// AUTH.
    LogIn,
    /// MAIL: the server looks at our sender address.
    Mail,
    /// RCPT: the server looks at the recipient.
    Recipient,
    /// DATA, before the first byte of the letter.
    Data,
    /// From the first byte of the letter to the answer after its final dot.
    Content,
}

/// A letter that was not accepted, or may not have been.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SendError {
    /// How it is to be taken.
    pub class: ErrorClass,
    /// How far it had come.
    pub stage: Stage,
    /// The server's reply code (RFC 5321 section 4.2), if it gave one.
    pub code: Option<u16>,
    /// The connection is of no use any more.
    pub lost: bool,
    /// What happened and what to do; holds no secret and no address of a customer of ours.
    pub message: String,
}

impl SendError {
    /// Settings that cannot work with this server.
    pub(super) fn configuration(message: impl Into<String>) -> Self {
        let (class, stage) = (ErrorClass::Credentials, Stage::Connect);
        Self { class, stage, code: None, lost: true, message: message.into() }
    }

    /// No answer in time.
    pub(super) fn timed_out(settings: &SmtpSettings, stage: Stage) -> Self {
        let limit = match stage {
            Stage::Content => settings.accept_timeout,
            _ => settings.timeout,
        };
        let message = format!(
            "{} {} within {} s",
            settings.address(),
            match stage {
                Stage::Connect => "could not be reached, or did not greet,",
                Stage::Content => "did not say that it has the letter",
                _ => "did not answer",
            },
            limit.as_secs_f32()
        );
        Self { class: unanswered(stage), stage, code: None, lost: true, message }
    }
}

/// The class of an error that is no answer of the server: after the letter's last byte nobody
/// knows whether it was taken; before, it was not.
fn unanswered(stage: Stage) -> ErrorClass {
    if stage == Stage::Content { ErrorClass::Uncertain } else { ErrorClass::Transient }
}

/// The letter's own addresses are not valid.
pub(super) fn no_address(error: &BuildError) -> SendError {
    let class = match error.role {
        "recipient" => ErrorClass::Permanent,
        _ => ErrorClass::Credentials,
    };
    SendError { class, stage: Stage::Mail, code: None, lost: false, message: error.to_string() }
}

/// Puts lettre's error into a class, with words for who must act.
pub(super) fn classify(
    settings: &SmtpSettings,
    stage: Stage,
    error: &lettre::transport::smtp::Error,
) -> SendError {
    let server = settings.address();
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    let said = bounded(&said);
    let Some(status) = error.status() else {
        let message = if about_tls(error) {
            format!(
                "no TLS with {server}: {said}: is smtp.security right for this port, and does the \
                 certificate name {}? A private authority goes into smtp.ca_file",
                settings.host
            )
        } else if stage == Stage::Connect {
            no_connection(&server, &said)
        } else {
            format!("{server} broke off: {said}")
        };
        return SendError { class: unanswered(stage), stage, code: None, lost: true, message };
    };
    let code = u16::from(status);
    let class = class_of(stage, code);
    let answer = format!("{code} {said}");
    let message = match (class, stage) {
        (ErrorClass::Credentials, Stage::LogIn) => format!(
            "{server} refused the log-in of {} ({answer}): check smtp.login and the password",
            settings.login.as_deref().unwrap_or_default()
        ),
        (ErrorClass::Credentials, Stage::Mail) if code != 530 => format!(
            "{server} does not take our sender address ({answer}): check company.address, \
             and whether smtp.login may send for it"
        ),
        (ErrorClass::Credentials, Stage::Connect) => {
            format!("{server} does not want to talk to this machine ({answer})")
        }
        (ErrorClass::Credentials, _) => {
            format!(
                "{server} wants a log-in first ({answer}): set smtp.login and smtp.password_file"
            )
        }
        (ErrorClass::Permanent, Stage::Recipient) => {
            format!("{server} refused the recipient ({answer})")
        }
        (ErrorClass::Permanent, _) => format!("{server} refused the letter ({answer})"),
        _ => format!("{server} asks to try again later ({answer})"),
    };
    // 421: the server closes the connection (RFC 5321 section 3.8). A refused greeting or log-in
    // leaves nothing to go on with either.
    let lost = code == 421 || matches!(stage, Stage::Connect | Stage::LogIn);
    SendError { class, stage, code: Some(code), lost, message }
}

/// The server's port could not be reached.
pub(super) fn unreachable(settings: &SmtpSettings, error: &std::io::Error) -> SendError {
    let stage = Stage::Connect;
    let message = no_connection(&settings.address(), &bounded(&error.to_string()));
    SendError { class: unanswered(stage), stage, code: None, lost: true, message }
}

fn no_connection(server: &str, said: &str) -> String {
    format!("no connection to {server}: {said}: are smtp.host and smtp.port right?")
}

/// Whether TLS failed. lettre reports a certificate that is not trusted as a failed connection.
fn about_tls(error: &lettre::transport::smtp::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        let wrapped = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        match wrapped {
            Some(wrapped) if wrapped.is::<rustls::Error>() => return true,
            None if cause.is::<rustls::Error>() => return true,
            _ => {}
        }
        source = cause.source();
    }
    error.is_tls()
}

/// The class of a negative answer. 530, 534, 535 and 538 are about logging in wherever they come
/// (RFC 4954 section 6); a refused greeting, log-in or sender is about every letter, not this one;
/// 552 is about its size.
fn class_of(stage: Stage, code: u16) -> ErrorClass {
    match (stage, code) {
        (Stage::Mail, 552) => ErrorClass::Permanent,
        (_, 530 | 534 | 535 | 538) | (Stage::Connect | Stage::LogIn | Stage::Mail, 500..=599) => {
            ErrorClass::Credentials
        }
        (_, 500..=599) => ErrorClass::Permanent,
        // 4xx, and what is not in RFC 5321: it passes by itself, or reaches its limit.
        _ => ErrorClass::Transient,
    }
}

/// At most 200 characters on one line.
pub(super) fn bounded(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(200).collect::<String>().trim().to_owned()
}
