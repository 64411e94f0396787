//! Sending, against a mail server that follows a script.

use std::fs;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use secrecy::SecretString;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use super::*;
use crate::flow::ErrorClass::{Credentials, Permanent, Transient, Uncertain};

/// What the server does instead of saying yes.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    Say(&'static str),
    HangUp,
    Silence,
}

/// How the server behaves.
#[derive(Clone, Default)]
struct Script {
    /// What EHLO offers beyond the name.
    offers: &'static [&'static str],
    /// The first rule whose words begin the client's line is followed, as often as it says; `""`
    /// is the greeting, `.` the end of a letter.
    rules: Vec<(&'static str, usize, Act)>,
    tls: Option<Arc<ServerConfig>>,
}

/// What the server heard: one list of lines for each connection, letters as one entry.
type Heard = Arc<Mutex<Vec<Vec<String>>>>;

struct Server {
    port: u16,
    heard: Heard,
}

impl Server {
    async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Heard::default();
        let script = Arc::new(Mutex::new(script));
        let shared = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let index = {
                    let mut heard = shared.lock().unwrap();
                    heard.push(Vec::new());
                    heard.len() - 1
                };
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&shared), index));
            }
        });
        Self { port, heard }
    }

    fn heard(&self) -> Vec<Vec<String>> {
        self.heard.lock().unwrap().clone()
    }

    fn settings(&self) -> SmtpSettings {
        SmtpSettings {
            port: Some(self.port),
            helo: Some("torbau-meier.example".into()),
            timeout: Duration::from_secs(5),
            accept_timeout: Duration::from_secs(5),
            ..SmtpSettings::new("127.0.0.1", Security::None)
        }
    }

    fn mailer(&self) -> Mailer {
        Mailer::smtp(self.settings()).unwrap()
    }
}

fn act_on(script: &Mutex<Script>, line: &str) -> Option<Act> {
    let mut script = script.lock().unwrap();
    let rule = script.rules.iter_mut().find(|(words, times, _)| {
        *times > 0 && if words.is_empty() { line.is_empty() } else { line.starts_with(words) }
    })?;
    rule.1 -= 1;
    Some(rule.2)
}

async fn serve(stream: TcpStream, script: Arc<Mutex<Script>>, heard: Heard, index: usize) {
    let mut stream = BufReader::new(stream);
    if answer(&mut stream, &script, "", false).await.is_none() {
        return;
    }
    if !converse(&mut stream, &script, &heard, index, false).await {
        return;
    }
    let config = script.lock().unwrap().tls.clone().unwrap();
    let Ok(secure) = TlsAcceptor::from(config).accept(stream.into_inner()).await else { return };
    heard.lock().unwrap()[index].push("(TLS)".into());
    converse(&mut BufReader::new(secure), &script, &heard, index, true).await;
}

/// Talks until the end, or until STARTTLS: then `true`.
async fn converse<S>(
    stream: &mut BufReader<S>,
    script: &Mutex<Script>,
    heard: &Heard,
    index: usize,
    secure: bool,
) -> bool
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut letter = false;
    while let Some(next) = read(stream, letter).await {
        heard.lock().unwrap()[index].push(next.clone());
        let line = if letter { "." } else { &next };
        let Some(said) = answer(stream, script, line, secure).await else { return false };
        if line == "STARTTLS" && said.starts_with("220") {
            return true;
        }
        letter = said.starts_with("354");
    }
    false
}

/// Reads a command, or a whole letter with its dots undone.
async fn read<S: AsyncRead + Unpin>(stream: &mut BufReader<S>, letter: bool) -> Option<String> {
    let mut whole = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if !letter {
            return Some(line.trim_end().to_owned());
        }
        if line == ".\r\n" {
            return Some(whole);
        }
        whole.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

/// Answers; `None` where the server hung up.
async fn answer<S>(
    stream: &mut BufReader<S>,
    script: &Mutex<Script>,
    line: &str,
    secure: bool,
) -> Option<String>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let said = match act_on(script, line) {
        Some(Act::HangUp) => return None,
        Some(Act::Silence) => std::future::pending().await,
        Some(Act::Say(said)) => said.to_owned(),
        None => {
            let word = line.split(' ').next().unwrap_or_default();
            match word {
                "" => "220 mail.example ESMTP".to_owned(),
                "EHLO" => {
                    let offers = script.lock().unwrap().offers;
                    let offered = offers.iter().filter(|offer| !secure || **offer != "STARTTLS");
                    let lines: Vec<String> =
                        offered.map(|offer| format!("250-{offer}\r\n")).collect();
                    format!("250-mail.example\r\n{}250 8BITMIME", lines.concat())
                }
                "STARTTLS" => "220 go ahead".to_owned(),
                "DATA" => "354 go on".to_owned(),
                "AUTH" => "235 welcome".to_owned(),
                "." => "250 2.0.0 Ok: queued as 4711".to_owned(),
                _ => "250 ok".to_owned(),
            }
        }
    };
    let stream = stream.get_mut();
    stream.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
    stream.flush().await.ok()?;
    Some(said)
}

fn letter() -> Rendered {
    let from = Address { name: "Torbau".into(), email: "sales@torbau-meier.example".into() };
    let letters = Letters::load(Settings::new("Torbau Meier AG", from)).unwrap();
    let (_, letter) = samples::letters(Lang::De).swap_remove(0);
    letters.render(&letter, samples::now()).unwrap()
}

/// Sends a letter to a server with this script; gives the error and what the server heard.
async fn refused(script: Script) -> (SendError, Vec<Vec<String>>) {
    let server = Server::start(script).await;
    let error = server.mailer().send(&letter()).await.unwrap_err();
    (error, server.heard())
}

fn rule(words: &'static str, act: Act) -> Script {
    Script { rules: vec![(words, 1, act)], ..Script::default() }
}

#[tokio::test]
async fn letters_arrive_whole_over_one_connection() {
    let server = Server::start(Script::default()).await;
    let mailer = server.mailer();
    let mut letter = letter();
    letter.text = format!(".\n..\n.QUIT\n{}", letter.text);
    for _ in 0..3 {
        let accepted = mailer.send(&letter).await.unwrap();
        assert_eq!(accepted.message_id, "confirmation.5f0c9a17e2b4d386-1@torbau-meier.example");
        assert_eq!(accepted.answer, "2.0.0 Ok: queued as 4711");
    }
    let heard = server.heard();
    assert_eq!(heard.len(), 1, "one connection");
    assert_eq!(heard[0].len(), 1 + 3 * 4, "{:?}", heard[0]);
    let wanted = String::from_utf8(letter.to_bytes().unwrap()).unwrap();
    assert_eq!(
        heard[0][..4],
        [
            "EHLO torbau-meier.example",
            "MAIL FROM:<sales@torbau-meier.example>",
            "RCPT TO:<einkauf@zaunwerk.example>",
            "DATA",
        ]
    );
    assert_eq!(heard[0][4].trim_end(), wanted.trim_end());
}

#[tokio::test]
async fn what_a_refusal_means_depends_on_the_step() {
    let cases = [
        ("", "554 5.7.1 your address is blocked", Credentials, "does not want to talk"),
        ("", "421 4.3.2 too busy", Transient, "try again later"),
        ("EHLO", "451 later", Transient, "try again later"),
        ("MAIL", "451 4.3.0 later", Transient, "try again later"),
        ("MAIL", "553 5.7.1 not your address", Credentials, "check company.address"),
        ("MAIL", "530 5.7.0 authentication required", Credentials, "set smtp.login"),
        ("MAIL", "552 5.3.4 too large", Permanent, "refused the letter"),
        ("RCPT", "450 4.2.1 greylisted", Transient, "try again later"),
        ("RCPT", "550 5.1.1 no such user", Permanent, "refused the recipient (550 5.1.1 no such"),
        ("RCPT", "530 5.7.0 log in", Credentials, "wants a log-in first"),
        ("DATA", "451 4.3.0 later", Transient, "try again later"),
        ("DATA", "554 5.5.1 no valid recipients", Permanent, "refused the letter"),
        (".", "451 4.7.1 later", Transient, "try again later"),
        (".", "554 5.6.0 looks like spam", Permanent, "refused the letter (554 5.6.0 looks like"),
    ];
    for (words, said, class, told) in cases {
        let (error, _) = refused(rule(words, Act::Say(said))).await;
        assert_eq!(error.class, class, "{words} {said}: {error}");
        assert!(error.message.contains(told), "{words} {said}: {error}");
        assert!(error.message.starts_with("127.0.0.1:"), "{error}");
        let code: u16 = said[..3].parse().unwrap();
        assert_eq!(error.code, Some(code), "{error}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_uncertain_only_after_the_letter() {
    for words in ["", "EHLO", "MAIL", "RCPT", "DATA"] {
        let (error, _) = refused(rule(words, Act::HangUp)).await;
        assert_eq!(error.class, Transient, "{words}: {error}");
    }
    let (error, _) = refused(rule(".", Act::HangUp)).await;
    assert_eq!(error.class, Uncertain, "{error}");
    let (error, _) = refused(rule(".", Act::Say("nonsense"))).await;
    assert_eq!(error.class, Uncertain, "{error}");

    for (words, class) in [("", Transient), ("RCPT", Transient), (".", Uncertain)] {
        let server = Server::start(rule(words, Act::Silence)).await;
        let short = Duration::from_millis(100);
        let settings = SmtpSettings { timeout: short, accept_timeout: short, ..server.settings() };
        let error = Mailer::smtp(settings).unwrap().send(&letter()).await.unwrap_err();
        assert_eq!(error.class, class, "{words}: {error}");
        assert!(error.message.contains("within 0.1 s"), "{error}");
    }
}

#[tokio::test]
async fn nobody_listening_is_transient() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = Some(listener.local_addr().unwrap().port());
    drop(listener);
    let settings = SmtpSettings { port, ..SmtpSettings::new("127.0.0.1", Security::None) };
    let error = Mailer::smtp(settings).unwrap().send(&letter()).await.unwrap_err();
    assert_eq!(error.class, Transient);
    assert!(error.message.contains("are smtp.host and smtp.port right?"), "{error}");
}

#[tokio::test]
async fn a_refused_letter_leaves_the_connection_to_the_next() {
    let server = Server::start(rule("RCPT", Act::Say("550 5.1.1 no such user"))).await;
    let mailer = server.mailer();
    mailer.send(&letter()).await.unwrap_err();
    mailer.send(&letter()).await.unwrap();
    let heard = server.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0][3], "RSET");
}

#[tokio::test]
async fn a_connection_closed_while_it_waited_is_made_anew() {
    for act in [Act::HangUp, Act::Say("421 4.4.2 idle too long")] {
        let rules = vec![("MAIL", 1, Act::Say("250 ok")), ("MAIL", 1, act)];
        let server = Server::start(Script { rules, ..Script::default() }).await;
        let mailer = server.mailer();
        mailer.send(&letter()).await.unwrap();
        mailer.send(&letter()).await.unwrap();
        assert_eq!(server.heard().len(), 2);
    }
}

#[tokio::test]
async fn no_more_connections_than_allowed() {
    let server = Server::start(Script::default()).await;
    let mailer = Mailer::smtp(SmtpSettings { connections: 2, ..server.settings() }).unwrap();
    let mailer = Arc::new(mailer);
    let mut sends = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let mailer = Arc::clone(&mailer);
        sends.spawn(async move { mailer.send(&letter()).await });
    }
    while let Some(sent) = sends.join_next().await {
        sent.unwrap().unwrap();
    }
    assert!(server.heard().len() <= 2, "{} connections", server.heard().len());
}

#[tokio::test]
async fn without_starttls_nothing_is_said_in_clear_text() {
    let server = Server::start(Script { offers: &["AUTH PLAIN"], ..Script::default() }).await;
    let settings = SmtpSettings { security: Security::StartTls, ..logged_in(&server) };
    let error = Mailer::smtp(settings).unwrap().send(&letter()).await.unwrap_err();
    assert_eq!(error.class, Credentials);
    assert!(error.message.contains("offers no STARTTLS"), "{error}");
    assert_eq!(server.heard(), [["EHLO torbau-meier.example"]]);
}

fn logged_in(server: &Server) -> SmtpSettings {
    SmtpSettings {
        login: Some("orders".into()),
        password: Some(SecretString::from("hunter2")),
        ..server.settings()
    }
}

#[tokio::test]
async fn logging_in_and_what_can_go_wrong_with_it() {
    let offers: &[&str] = &["AUTH PLAIN LOGIN"];
    let server = Server::start(Script { offers, ..Script::default() }).await;
    Mailer::smtp(logged_in(&server)).unwrap().send(&letter()).await.unwrap();
    assert_eq!(server.heard()[0][1], "AUTH PLAIN AG9yZGVycwBodW50ZXIy");

    for (said, class) in [
        ("535 5.7.8 bad credentials", Credentials),
        ("534 5.7.9 stronger please", Credentials),
        ("504 5.5.4 unknown mechanism", Credentials),
        ("454 4.7.0 temporary failure", Transient),
    ] {
        let rules = vec![("AUTH", 1, Act::Say(said))];
        let server = Server::start(Script { offers, rules, ..Script::default() }).await;
        let mailer = Mailer::smtp(logged_in(&server)).unwrap();
        let error = mailer.send(&letter()).await.unwrap_err();
        assert_eq!(error.class, class, "{said}: {error}");
        let told = format!("{error} {error:?} {mailer:?} {:?}", logged_in(&server));
        assert!(!told.contains("hunter2") && !told.contains("AG9yZGVy"), "{told}");
    }

    let server = Server::start(Script::default()).await;
    let error = Mailer::smtp(logged_in(&server)).unwrap().send(&letter()).await.unwrap_err();
    assert_eq!(error.class, Credentials);
    assert!(error.message.contains("offers no log-in"), "{error}");

    let half = SmtpSettings { password: None, ..logged_in(&server) };
    assert_eq!(Mailer::smtp(half).unwrap_err().class, Credentials);
}

/// A server's TLS, and the file with the certificate that it shows.
fn tls(folder: &std::path::Path) -> (Arc<ServerConfig>, std::path::PathBuf) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let file = folder.join("ca.pem");
    fs::write(&file, made.cert.pem()).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()).into();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (Arc::new(config), file)
}

#[tokio::test]
async fn starttls_before_log_in_and_no_unknown_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (config, file) = tls(folder.path());
    let offers: &[&str] = &["STARTTLS", "AUTH PLAIN"];
    let script = Script { offers, tls: Some(config), ..Script::default() };
    let server = Server::start(script).await;
    let trusting = SmtpSettings {
        host: "localhost".into(),
        security: Security::StartTls,
        ca_file: Some(file),
        ..logged_in(&server)
    };
    let mailer = Mailer::smtp(trusting.clone()).unwrap();
    mailer.send(&letter()).await.unwrap();
    let heard = server.heard().concat();
    let place = |words: &str| heard.iter().position(|line| line.starts_with(words)).unwrap();
    assert!(place("STARTTLS") < place("(TLS)") && place("(TLS)") < place("AUTH"), "{heard:?}");

    let sender = Address { name: String::new(), email: "sales@torbau-meier.example".into() };
    let probe = mailer.probe(&sender).await.unwrap();
    assert!(probe.encrypted && probe.logged_in, "{probe:?}");

    let strict = SmtpSettings { ca_file: None, ..trusting };
    let error = Mailer::smtp(strict).unwrap().send(&letter()).await.unwrap_err();
    assert_eq!(error.class, Transient);
    assert!(error.message.contains("no TLS with localhost:"), "{error}");
    assert!(error.message.contains("smtp.ca_file"), "{error}");
}

#[test]
fn a_certificate_file_that_is_none_is_told() {
    let settings = |ca_file: &str| SmtpSettings {
        ca_file: Some(ca_file.into()),
        ..SmtpSettings::new("localhost", Security::Tls)
    };
    let error = Mailer::smtp(settings("/nonexistent/ca.pem")).unwrap_err();
    assert!(error.message.starts_with("cannot read smtp.ca_file /nonexistent/ca.pem: "), "{error}");
    let error = Mailer::smtp(settings("Cargo.toml")).unwrap_err();
    assert!(error.message.contains("holds no PEM certificate"), "{error}");
}

#[tokio::test]
async fn the_probe_tries_the_sender_and_sends_nothing() {
    let server = Server::start(Script::default()).await;
    let sender = Address { name: String::new(), email: "sales@torbau-meier.example".into() };
    let probe = server.mailer().probe(&sender).await.unwrap();
    assert_eq!(probe.server, format!("127.0.0.1:{}", server.port));
    assert!(!probe.encrypted && !probe.logged_in);
    let heard = server.heard().concat();
    assert!(!heard.iter().any(|line| line.starts_with("RCPT") || line.starts_with("DATA")));

    let server = Server::start(rule("MAIL", Act::Say("553 5.7.1 not yours"))).await;
    let error = server.mailer().probe(&sender).await.unwrap_err();
    assert!(error.message.contains("check company.address"), "{error}");
}

#[tokio::test]
async fn an_address_that_is_none_is_permanent_and_never_sent() {
    let server = Server::start(Script::default()).await;
    for email in ["", "x", "a b@c.example", "a@c.example\r\nRCPT TO:<b@c.example>", "a@"] {
        let mut letter = letter();
        letter.to.email = email.into();
        let error = server.mailer().send(&letter).await.unwrap_err();
        assert_eq!(error.class, Permanent, "{email:?}");
    }
    let mut letter = letter();
    letter.to.email = "jörg@zaunwerk.example".into();
    let error = server.mailer().send(&letter).await.unwrap_err();
    assert_eq!(error.class, Permanent);
    assert!(error.message.contains("no SMTPUTF8"), "{error}");
    assert!(!server.heard().concat().iter().any(|line| line.starts_with("RCPT")));
}

#[tokio::test]
async fn closing_takes_leave_of_the_server() {
    let server = Server::start(Script::default()).await;
    let mailer = server.mailer();
    mailer.send(&letter()).await.unwrap();
    mailer.close().await;
    assert_eq!(server.heard()[0].last().map(String::as_str), Some("QUIT"));
    mailer.send(&letter()).await.unwrap();
    assert_eq!(server.heard().len(), 2);
}

#[tokio::test]
async fn the_capture_keeps_what_was_sent() {
    let capture = Capture::default();
    let mailer = Mailer::Capture(capture.clone());
    mailer.send(&letter()).await.unwrap();
    assert_eq!(capture.letters(), [letter()]);
}
