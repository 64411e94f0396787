//! The least SMTP that is needed to hand a mail to a mail server (RFC 5321).

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// Hands a mail over; panics where the server does not take it.
pub(crate) fn submit(server: &str, from: &str, to: &str, mail: &[u8]) {
    let stream = TcpStream::connect(server).unwrap_or_else(|error| panic!("{server}: {error}"));
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    let mut answers = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut stream = stream;
    let mut talk = |line: Option<&[u8]>, wanted: &str| {
        if let Some(line) = line {
            stream.write_all(line).expect("written");
        }
        loop {
            let mut answer = String::new();
            answers.read_line(&mut answer).expect("an answer");
            assert!(answer.starts_with(wanted), "{answer}");
            // `250-…` goes on, `250 …` is the last line.
            if answer.as_bytes().get(3) != Some(&b'-') {
                return;
            }
        }
    };
    talk(None, "220");
    talk(Some(b"EHLO client.example\r\n"), "250");
    talk(Some(format!("MAIL FROM:<{from}>\r\n").as_bytes()), "250");
    talk(Some(format!("RCPT TO:<{to}>\r\n").as_bytes()), "250");
    talk(Some(b"DATA\r\n"), "354");
    let mut data = Vec::new();
    for line in String::from_utf8(mail.to_vec()).expect("UTF-8").lines() {
        if line.starts_with('.') {
            data.push(b'.');
        }
        data.extend(line.as_bytes());
        data.extend(b"\r\n");
    }
    data.extend(b".\r\n");
    talk(Some(&data), "250");
    talk(Some(b"QUIT\r\n"), "221");
}
