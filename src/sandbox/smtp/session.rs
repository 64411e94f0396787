//! One conversation with a client.

use std::borrow::Cow;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use smtp_proto::{AUTH_LOGIN, AUTH_PLAIN, Error, Request};
use tokio::net::TcpStream;

use super::reader::{Data, Line, Wire};
use super::{Shared, SmtpFault, SmtpStage};

/// More recipients of one mail than this are not taken.
const MAX_RECIPIENTS: usize = 100;
/// Who errs so often is sent away.
const MAX_ERRORS: u32 = 20;

/// The mail that is being sent.
#[derive(Debug)]
struct Envelope {
    from: String,
    to: Vec<String>,
}

struct Session {
    wire: Wire,
    shared: Arc<Shared>,
    peer: SocketAddr,
    hello: Option<(String, bool)>,
    user: Option<String>,
    envelope: Option<Envelope>,
    errors: u32,
}

/// What follows a command.
enum Next {
    Go,
    End,
}

/// Runs a conversation to its end.
pub(super) async fn run(
    stream: TcpStream,
    peer: SocketAddr,
    shared: Arc<Shared>,
) -> io::Result<()> {
    let _ = stream.set_nodelay(true);
    let mut session = Session {
        wire: Wire::new(stream, shared.options.timeout),
        shared,
        peer,
        hello: None,
        user: None,
        envelope: None,
        errors: 0,
    };
    session.talk().await?;
    session.wire.flush().await
}

impl Session {
    async fn talk(&mut self) -> io::Result<()> {
        match self.shared.fault(SmtpStage::Connect, "") {
            Some(SmtpFault::Close | SmtpFault::DoAndClose) => return Ok(()),
            Some(SmtpFault::Reply(reply)) => return self.wire.say(&reply).await,
            Some(SmtpFault::Delay(time)) => tokio::time::sleep(time).await,
            None => {}
        }
        self.wire.say("220 sandbox ESMTP postorder").await?;
        loop {
            let line = match self.wire.line().await {
                Ok(Line::Whole(line)) => line,
                Ok(Line::TooLong) => {
                    if self.wrong("500 5.5.2 Line too long").await? {
                        return Ok(());
                    }
                    continue;
                }
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                    return self.wire.say("421 4.4.2 Too long a silence").await;
                }
                Err(error) => return Err(error),
            };
            if matches!(self.obey(&line).await?, Next::End) {
                return Ok(());
            }
        }
    }

    /// Says that something was wrong; true when it was once too often.
    async fn wrong(&mut self, reply: &str) -> io::Result<bool> {
        self.errors += 1;
        if self.errors > MAX_ERRORS {
            self.wire.say("421 4.7.0 Too many errors").await?;
            return Ok(true);
        }
        self.wire.say(reply).await?;
        Ok(false)
    }

    async fn obey(&mut self, line: &[u8]) -> io::Result<Next> {
        let request = match Request::parse(&mut line.iter()) {
            Ok(request) => request,
            Err(error) => {
                let reply = complaint(&error);
                return Ok(if self.wrong(&reply).await? { Next::End } else { Next::Go });
            }
        };
        let stage = match &request {
            Request::Ehlo { .. } | Request::Helo { .. } => Some(SmtpStage::Hello),
            Request::Auth { .. } => Some(SmtpStage::Auth),
            Request::Mail { .. } => Some(SmtpStage::Mail),
            Request::Rcpt { .. } => Some(SmtpStage::Recipient),
            Request::Data => Some(SmtpStage::Data),
            _ => None,
        };
        let words = String::from_utf8_lossy(line);
        let fault = stage.and_then(|stage| self.shared.fault(stage, &words));
        match fault {
            Some(SmtpFault::Close) => return Ok(Next::End),
            Some(SmtpFault::Reply(reply)) => {
                self.wire.say(&reply).await?;
                return Ok(if reply.starts_with("421") { Next::End } else { Next::Go });
            }
            Some(SmtpFault::Delay(time)) => tokio::time::sleep(time).await,
            Some(SmtpFault::DoAndClose) => {
                self.carry_out(request).await?;
                return Ok(Next::End);
            }
            None => {}
        }
        self.carry_out(request).await
    }

    async fn carry_out(&mut self, request: Request<Cow<'_, str>>) -> io::Result<Next> {
        let reply = match request {
            Request::Ehlo { host } => return self.greet(&host, true).await,
            Request::Helo { host } => return self.greet(&host, false).await,
            Request::Auth { mechanism, initial_response } => {
                return self.log_in(mechanism, &initial_response).await;
            }
            Request::Mail { from } => self.begin(&from.address, from.size),
            Request::Rcpt { to } => self.add_recipient(&to.address),
            Request::Data => return self.take_mail().await,
            Request::Rset => {
                self.envelope = None;
                "250 2.0.0 OK"
            }
            Request::Noop { .. } => "250 2.0.0 OK",
            Request::Vrfy { .. } => "252 2.5.0 Send, and see",
            Request::Help { .. } => "214 2.0.0 See RFC 5321",
            Request::Quit => {
                self.wire.say("221 2.0.0 Bye").await?;
                return Ok(Next::End);
            }
            _ => "502 5.5.1 Not done here",
        };
        if reply.starts_with('5') && self.wrong(reply).await? {
            return Ok(Next::End);
        }
        if !reply.starts_with('5') {
            self.wire.say(reply).await?;
        }
        Ok(Next::Go)
    }

    async fn greet(&mut self, host: &str, extended: bool) -> io::Result<Next> {
        self.envelope = None;
        self.hello = Some((plain(host), extended));
        if !extended {
            self.wire.say("250 sandbox").await?;
            return Ok(Next::Go);
        }
        self.wire.say("250-sandbox").await?;
        self.wire.say("250-PIPELINING").await?;
        self.wire.say(&format!("250-SIZE {}", self.shared.options.max_size)).await?;
        if self.shared.options.log_in.is_some() {
            self.wire.say("250-AUTH PLAIN LOGIN").await?;
        }
        self.wire.say("250-8BITMIME").await?;
        self.wire.say("250-ENHANCEDSTATUSCODES").await?;
        self.wire.say("250 SMTPUTF8").await?;
        Ok(Next::Go)
    }

    fn begin(&mut self, from: &str, size: usize) -> &'static str {
        if self.hello.is_none() {
            return "503 5.5.1 Say EHLO first";
        }
        if self.shared.options.log_in.is_some() && self.user.is_none() {
            return "530 5.7.0 Log in first";
        }
        if self.envelope.is_some() {
            return "503 5.5.1 One mail after the other";
        }
        if size > self.shared.options.max_size {
            return "552 5.3.4 Too large";
        }
        self.envelope = Some(Envelope { from: plain(from), to: Vec::new() });
        "250 2.1.0 OK"
    }

    fn add_recipient(&mut self, address: &str) -> &'static str {
        match &mut self.envelope {
            None => "503 5.5.1 Say MAIL first",
            Some(envelope) if envelope.to.len() >= MAX_RECIPIENTS => {
                "452 4.5.3 Too many recipients"
            }
            Some(envelope) => {
                envelope.to.push(plain(address));
                "250 2.1.5 OK"
            }
        }
    }

    /// AUTH PLAIN and LOGIN (RFC 4616, and what LOGIN has always been).
    async fn log_in(&mut self, mechanism: u64, initial: &str) -> io::Result<Next> {
        let Some((user, password)) = self.shared.options.log_in.clone() else {
            let ended = self.wrong("503 5.5.1 Nobody logs in here").await?;
            return Ok(if ended { Next::End } else { Next::Go });
        };
        let given = match mechanism {
            AUTH_PLAIN => {
                let text = if initial.is_empty() { self.ask("").await? } else { decoded(initial) };
                text.and_then(|text| {
                    let mut parts = text.splitn(3, '\0').skip(1).map(str::to_owned);
                    Some((parts.next()?, parts.next()?))
                })
            }
            AUTH_LOGIN => {
                let name = if initial.is_empty() {
                    self.ask("Username:").await?
                } else {
                    decoded(initial)
                };
                let word = self.ask("Password:").await?;
                name.zip(word)
            }
            _ => {
                let ended = self.wrong("504 5.5.4 Only PLAIN and LOGIN").await?;
                return Ok(if ended { Next::End } else { Next::Go });
            }
        };
        if given == Some((user.clone(), password)) {
            self.user = Some(user);
            self.wire.say("235 2.7.0 Welcome").await?;
            return Ok(Next::Go);
        }
        let ended = self.wrong("535 5.7.8 Wrong user or password").await?;
        Ok(if ended { Next::End } else { Next::Go })
    }

    async fn ask(&mut self, question: &str) -> io::Result<Option<String>> {
        self.wire.say(&format!("334 {}", STANDARD.encode(question))).await?;
        match self.wire.line().await? {
            Line::Whole(line) => Ok(decoded(&String::from_utf8_lossy(&line))),
            Line::TooLong => Ok(None),
        }
    }

    async fn take_mail(&mut self) -> io::Result<Next> {
        let Some(envelope) = self.envelope.take().filter(|envelope| !envelope.to.is_empty()) else {
            let ended = self.wrong("503 5.5.1 Say MAIL and RCPT first").await?;
            return Ok(if ended { Next::End } else { Next::Go });
        };
        self.wire.say("354 Go on; end with a dot on a line by itself").await?;
        let data = self.wire.data(self.shared.options.max_size).await?;
        let fault = self.shared.fault(SmtpStage::FinalDot, &envelope.to.join(" "));
        match fault {
            Some(SmtpFault::Close) => return Ok(Next::End),
            Some(SmtpFault::Reply(reply)) => {
                self.wire.say(&reply).await?;
                return Ok(Next::Go);
            }
            Some(SmtpFault::Delay(time)) => tokio::time::sleep(time).await,
            Some(SmtpFault::DoAndClose) | None => {}
        }
        let reply = match data {
            Data::TooLarge => "552 5.3.4 Too large".to_owned(),
            Data::Whole(mail) => match self.deliver(envelope, mail).await {
                Ok(()) => "250 2.0.0 Taken".to_owned(),
                Err(error) => {
                    tracing::warn!(%error, "the sandbox could not keep a mail");
                    "451 4.3.0 Could not be kept, try again".to_owned()
                }
            },
        };
        if fault == Some(SmtpFault::DoAndClose) {
            return Ok(Next::End);
        }
        self.wire.say(&reply).await?;
        Ok(Next::Go)
    }

    /// Own mail into the maildir, the rest to the letters.
    async fn deliver(&self, envelope: Envelope, mail: Vec<u8>) -> io::Result<()> {
        let own = |address: &String| {
            self.shared.maildir.is_some() && self.shared.inbox.contains(&address.to_lowercase())
        };
        let (own, others): (Vec<String>, Vec<String>) = envelope.to.into_iter().partition(own);
        let head = own.first().map(|to| self.trace(&envelope.from, to));
        let (shared, user) = (self.shared.clone(), self.user.clone());
        let keep = move || {
            if let (Some(head), Some(maildir)) = (head, &shared.maildir) {
                maildir.deliver(&[head.as_bytes(), &mail].concat())?;
            }
            if !others.is_empty() {
                shared.letters.keep(&envelope.from, others, user, mail)?;
            }
            Ok(())
        };
        tokio::task::spawn_blocking(keep).await.map_err(io::Error::other)?
    }

    /// What a mail server writes above a mail that it delivers.
    fn trace(&self, from: &str, to: &str) -> String {
        let (host, extended) = self.hello.clone().unwrap_or_default();
        let with = if extended { "ESMTP" } else { "SMTP" };
        let now = Utc::now().format("%a, %d %b %Y %H:%M:%S +0000");
        format!(
            "Return-Path: <{from}>\r\nDelivered-To: {to}\r\nReceived: from {host} ([{}])\r\n\
             \tby sandbox (postorder) with {with}\r\n\tfor <{to}>; {now}\r\n",
            self.peer.ip()
        )
    }
}

/// Text from outside that will stand in a header: nothing in it may end the line.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(512).collect()
}

fn decoded(base64: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(base64.trim()).ok()?).ok()
}

fn complaint(error: &Error) -> String {
    match error {
        Error::UnknownCommand => "500 5.5.1 What?".to_owned(),
        Error::InvalidSenderAddress => "501 5.1.7 That is no sender's address".to_owned(),
        Error::InvalidRecipientAddress => "501 5.1.3 That is no recipient's address".to_owned(),
        Error::SyntaxError { syntax } => format!("501 5.5.2 Should be: {syntax}"),
        Error::InvalidParameter { param } => format!("501 5.5.4 Wrong parameter: {param}"),
        Error::UnsupportedParameter { param } => {
            format!("555 5.5.4 Not done here: {}", plain(param))
        }
        Error::NeedsMoreData { .. } | Error::ResponseTooLong | Error::InvalidResponse { .. } => {
            "500 5.5.2 Line not understood".to_owned()
        }
    }
}
