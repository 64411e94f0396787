//! The capturing mail server, spoken to by a real client and by hand.

use std::fs;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use postorder::sandbox::smtp::{SmtpCatcher, SmtpFault, SmtpInjection, SmtpOptions, SmtpStage};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

const SALES: &str = "sales@mycompany.example";

type Client = AsyncSmtpTransport<Tokio1Executor>;

async fn start(options: SmtpOptions) -> SmtpCatcher {
    SmtpCatcher::start(options).await.expect("a free port")
}

fn client(smtp: &SmtpCatcher) -> Client {
    Client::builder_dangerous("127.0.0.1").port(smtp.address().port()).build()
}

fn letter(to: &str, body: &str) -> Message {
    Message::builder()
        .from("Order Desk <noreply@mycompany.example>".parse().unwrap())
        .to(to.parse().unwrap())
        .subject("Grüße")
        .header(ContentType::TEXT_PLAIN)
        .body(body.to_owned())
        .unwrap()
}

/// A conversation by hand.
struct Talk(BufReader<TcpStream>);

impl Talk {
    async fn with(smtp: &SmtpCatcher) -> Self {
        let mut talk = Self(BufReader::new(TcpStream::connect(smtp.address()).await.unwrap()));
        assert!(talk.reply().await.starts_with("220"));
        talk
    }

    async fn send(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).await.unwrap();
    }

    /// The last line of the next reply; empty at the end of the connection.
    async fn reply(&mut self) -> String {
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).await.unwrap_or(0);
            if read == 0 || line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    async fn says(&mut self, command: &str) -> String {
        self.send(format!("{command}\r\n").as_bytes()).await;
        self.reply().await
    }

    async fn codes(&mut self, count: usize) -> Vec<String> {
        let mut codes = Vec::new();
        for _ in 0..count {
            codes.push(self.reply().await.chars().take(3).collect());
        }
        codes
    }
}

#[tokio::test]
async fn a_real_clients_letters_are_caught_as_they_were_sent() {
    let folder = tempfile::tempdir().unwrap();
    let options = SmtpOptions { folder: Some(folder.path().to_owned()), ..SmtpOptions::default() };
    let smtp = start(options).await;
    let client = client(&smtp);
    let first = letter("Anna <anna@nordwind-bau.example>", ".a line with a dot\r\n..and two");
    for _ in 0..3 {
        client.send(first.clone()).await.expect("taken");
    }
    assert!(smtp.wait_for(3, Duration::from_secs(10)).await);
    let caught = smtp.letters().remove(0);
    assert_eq!(caught.from, "noreply@mycompany.example");
    assert_eq!(caught.to, ["anna@nordwind-bau.example"]);
    assert_eq!(caught.data, [first.formatted(), b"\r\n".to_vec()].concat());
    assert_eq!(fs::read(folder.path().join("00001.eml")).unwrap(), caught.data);
    smtp.clear();
    assert_eq!((smtp.letters().len(), smtp.count()), (0, 3));
}

#[tokio::test]
async fn mail_to_the_company_lands_in_its_maildir() {
    let room = tempfile::tempdir().unwrap();
    let maildir = room.path().join("box");
    let options = SmtpOptions {
        inbox: vec![SALES.into()],
        maildir: Some(maildir.clone()),
        ..SmtpOptions::default()
    };
    let smtp = start(options).await;
    let mut talk = Talk::with(&smtp).await;
    talk.says("EHLO client.example").await;
    talk.says("MAIL FROM:<anna@nordwind-bau.example>").await;
    talk.says("RCPT TO:<Sales@MyCompany.example>").await;
    talk.says("RCPT TO:<boss@nordwind-bau.example>").await;
    talk.says("DATA").await;
    assert!(talk.says("Subject: x\r\n\r\n4 x AB-10\r\n.").await.starts_with("250"));

    let mut files = fs::read_dir(maildir.join("new")).unwrap();
    let file = files.next().expect("a mail").unwrap().path();
    assert!(files.next().is_none(), "one mail");
    let mail = String::from_utf8(fs::read(file).unwrap()).unwrap();
    let lines: Vec<&str> = mail.lines().collect();
    assert_eq!(lines[0], "Return-Path: <anna@nordwind-bau.example>");
    assert_eq!(lines[1], "Delivered-To: Sales@MyCompany.example");
    assert!(lines[2].starts_with("Received: from client.example ([127.0.0.1])"), "{mail}");
    assert!(mail.ends_with("\n\n4 x AB-10\n") && !mail.contains('\r'), "{mail}");
    assert_eq!(fs::read_dir(maildir.join("tmp")).unwrap().count(), 0);
    let caught = smtp.letters();
    assert_eq!((caught.len(), &caught[0].to), (1, &vec!["boss@nordwind-bau.example".to_owned()]));
}

#[tokio::test]
async fn a_maildir_that_is_gone_means_try_again() {
    let room = tempfile::tempdir().unwrap();
    let maildir = room.path().join("box");
    let options = SmtpOptions {
        inbox: vec![SALES.into()],
        maildir: Some(maildir.clone()),
        ..SmtpOptions::default()
    };
    let smtp = start(options).await;
    fs::remove_dir_all(&maildir).unwrap();
    let error = client(&smtp).send(letter(SALES, "x")).await.expect_err("nowhere to put it");
    assert!(error.is_transient(), "{error}");
}

#[tokio::test]
async fn commands_may_be_sent_in_one_piece() {
    let smtp = start(SmtpOptions::default()).await;
    let mut talk = Talk::with(&smtp).await;
    talk.send(
        b"EHLO c\r\nMAIL FROM:<> BODY=8BITMIME\r\nRCPT TO:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\n",
    )
    .await;
    assert_eq!(talk.codes(5).await, ["250", "250", "250", "250", "354"]);
    talk.send(b"one\r\n.\r\nMAIL FROM:<c@c.example>\r\nRCPT TO:<d@d.example>\r\nDATA\r\n").await;
    assert_eq!(talk.codes(4).await, ["250", "250", "250", "354"]);
    talk.send(b".\r\nQUIT\r\n").await;
    assert_eq!(talk.codes(2).await, ["250", "221"]);
    let seen: Vec<(String, usize, String)> = smtp
        .letters()
        .iter()
        .map(|letter| (letter.from.clone(), letter.to.len(), letter.text()))
        .collect();
    let expected = [(String::new(), 2, "one\r\n".into()), ("c@c.example".into(), 1, String::new())];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn dots_and_bare_newlines_do_not_end_a_mail_too_early() {
    let smtp = start(SmtpOptions::default()).await;
    for (sent, kept) in [
        ("..first\r\nsecond\r\n", ".first\r\nsecond\r\n"),
        ("a\r\n..\r\nb\r\n", "a\r\n.\r\nb\r\n"),
        ("a\r\n...b\r\n", "a\r\n..b\r\n"),
        // What some servers took for an end, and smuggled a second mail behind it.
        ("a\n.\nb\r\n", "a\n.\nb\r\n"),
        ("a\n.\r\nMAIL FROM:<evil@e.example>\r\n", "a\n.\r\nMAIL FROM:<evil@e.example>\r\n"),
        ("a\r.\rb\r\n", "a\r.\rb\r\n"),
    ] {
        let mut talk = Talk::with(&smtp).await;
        talk.says("EHLO c").await;
        talk.says("MAIL FROM:<a@a.example>").await;
        talk.says("RCPT TO:<b@b.example>").await;
        talk.says("DATA").await;
        // Byte by byte as well: an end that comes in pieces is an end.
        for byte in format!("{sent}.\r\n").bytes() {
            talk.send(&[byte]).await;
        }
        assert!(talk.reply().await.starts_with("250"), "{sent:?}");
        assert_eq!(smtp.letters().pop().expect("a letter").text(), kept);
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_and_the_conversation_goes_on() {
    let smtp = start(SmtpOptions { max_size: 1000, ..SmtpOptions::default() }).await;
    let mut talk = Talk::with(&smtp).await;
    talk.says("EHLO c").await;
    assert!(talk.says("MAIL FROM:<a@a.example> SIZE=1001").await.starts_with("552"));
    talk.says("MAIL FROM:<a@a.example>").await;
    talk.says("RCPT TO:<b@b.example>").await;
    talk.says("DATA").await;
    talk.send(format!("{}\r\n.\r\n", "x".repeat(100_000)).as_bytes()).await;
    assert!(talk.reply().await.starts_with("552"));
    talk.send(format!("NOOP {}\r\n", "y".repeat(100_000)).as_bytes()).await;
    assert!(talk.reply().await.starts_with("500"));
    assert!(talk.says("NOOP").await.starts_with("250"));
    assert_eq!(smtp.count(), 0);
}

#[tokio::test]
async fn garbage_and_wrong_order_are_answered_and_then_sent_away() {
    let smtp = start(SmtpOptions::default()).await;
    let mut talk = Talk::with(&smtp).await;
    for (command, code) in [
        ("MAIL FROM:<a@a.example>", "503"),
        ("RCPT TO:<a@a.example>", "503"),
        ("DATA", "503"),
        ("\u{1}\u{2}nonsense", "500"),
        ("MAIL FROM:nobody", "501"),
        ("STARTTLS", "502"),
        ("AUTH PLAIN AGEAYg==", "503"),
    ] {
        let reply = talk.says(command).await;
        assert!(reply.starts_with(code), "{command}: {reply}");
    }
    talk.send(&[0xff; 300]).await;
    talk.send(b"\r\n").await;
    assert!(talk.reply().await.starts_with("50"));
    for _ in 0..30 {
        talk.0.get_mut().write_all(b"WHAT\r\n").await.ok();
    }
    let mut last = String::new();
    loop {
        let reply = talk.reply().await;
        if reply.is_empty() {
            break;
        }
        last = reply;
    }
    assert!(last.starts_with("421"), "{last}");
    assert!(Talk::with(&smtp).await.says("NOOP").await.starts_with("250"), "others are served");
}

#[tokio::test]
async fn who_must_log_in_must_know_the_password() {
    let log_in = Some(("desk".to_owned(), "secret".to_owned()));
    let smtp = start(SmtpOptions { log_in, ..SmtpOptions::default() }).await;
    let message = letter("anna@a.example", "x");
    let error = client(&smtp).send(message.clone()).await.expect_err("nobody logged in");
    assert!(error.is_permanent(), "{error}");
    for (word, taken) in [("wrong", false), ("secret", true)] {
        let client = Client::builder_dangerous("127.0.0.1")
            .port(smtp.address().port())
            .credentials(Credentials::new("desk".into(), word.into()))
            .build();
        assert_eq!(client.send(message.clone()).await.is_ok(), taken, "{word}");
    }
    assert_eq!(smtp.letters()[0].user.as_deref(), Some("desk"));
    let mut talk = Talk::with(&smtp).await;
    talk.says("EHLO c").await;
    assert_eq!(talk.says("AUTH LOGIN").await, "334 VXNlcm5hbWU6");
    assert_eq!(talk.says("ZGVzaw==").await, "334 UGFzc3dvcmQ6");
    assert!(talk.says("c2VjcmV0").await.starts_with("235"));
}

#[tokio::test]
async fn faults_are_those_that_a_sender_must_survive() {
    let smtp = start(SmtpOptions::default()).await;
    let message = letter("anna@a.example", "x");
    let send = async || client(&smtp).send(message.clone()).await;
    let reply = |text: &str| SmtpFault::Reply(text.to_owned());

    smtp.inject(SmtpInjection::once(SmtpStage::Mail, reply("451 4.3.0 later")));
    assert!(send().await.expect_err("later").is_transient());
    let never = SmtpInjection::once(SmtpStage::Recipient, reply("550 5.1.1 unknown"));
    smtp.inject(never.holding("ANNA@a.example"));
    assert!(send().await.expect_err("never").is_permanent());
    smtp.inject(SmtpInjection::once(SmtpStage::FinalDot, SmtpFault::Close));
    assert!(send().await.is_err());
    assert_eq!(smtp.count(), 0);

    smtp.inject(SmtpInjection::once(SmtpStage::FinalDot, SmtpFault::DoAndClose));
    assert!(send().await.is_err(), "the sender cannot know");
    assert_eq!(smtp.count(), 1, "and yet it was taken");
    smtp.inject(SmtpInjection::once(SmtpStage::Connect, reply("421 4.3.2 full")));
    assert!(send().await.is_err());
    smtp.inject(SmtpInjection::once(SmtpStage::Data, reply("554 5.7.1 no")).after(1));
    assert!(send().await.is_ok());
    assert!(send().await.is_err());
    assert!(send().await.is_ok());
}

#[tokio::test]
async fn more_conversations_than_there_is_room_for_are_put_off() {
    let smtp = start(SmtpOptions { max_connections: 2, ..SmtpOptions::default() }).await;
    let first = Talk::with(&smtp).await;
    let _second = Talk::with(&smtp).await;
    let mut third = TcpStream::connect(smtp.address()).await.unwrap();
    let mut said = String::new();
    third.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("421"), "{said}");
    drop(first);
    // The place is free again as soon as the server has seen the end.
    let deadline = std::time::Instant::now() + Duration::from_secs(10);
    loop {
        let mut next = BufReader::new(TcpStream::connect(smtp.address()).await.unwrap());
        let mut line = String::new();
        next.read_line(&mut line).await.unwrap();
        if line.starts_with("220") {
            break;
        }
        assert!(std::time::Instant::now() < deadline, "{line}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_silent_client_is_left() {
    let options = SmtpOptions { timeout: Duration::from_millis(50), ..SmtpOptions::default() };
    let smtp = start(options).await;
    let mut talk = Talk::with(&smtp).await;
    assert!(talk.reply().await.starts_with("421"));
    assert_eq!(talk.reply().await, "");
}
