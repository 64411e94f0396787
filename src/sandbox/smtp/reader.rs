//! Lines and mails from a connection, bounded in length and in time.

use std::io;
use std::time::Duration;

use smtp_proto::request::receiver::{DataReceiver, DummyDataReceiver};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufWriter};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// A command is no longer than this (RFC 5321 asks for 512; extensions add to it).
const MAX_LINE: usize = 4096;

/// So much is read at once.
const PIECE: usize = 16 * 1024;

/// What was read as a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line with its end.
    Whole(Vec<u8>),
    /// Longer than any command; it was read to its end and dropped.
    TooLong,
}

/// What was read up to the final dot.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Data {
    /// The mail, dot-stuffing undone.
    Whole(Vec<u8>),
    /// Larger than allowed; it was read to its end and dropped.
    TooLarge,
}

/// A connection, read in pieces and answered in batches.
#[derive(Debug)]
pub(super) struct Wire {
    read: OwnedReadHalf,
    write: BufWriter<OwnedWriteHalf>,
    /// What was read and not used yet: pipelined commands.
    waiting: Vec<u8>,
    timeout: Duration,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, timeout: Duration) -> Self {
        let (read, write) = stream.into_split();
        Self { read, write: BufWriter::new(write), waiting: Vec::new(), timeout }
    }

    /// Says something; it goes out at the latest before the next wait for input.
    pub(super) async fn say(&mut self, reply: &str) -> io::Result<()> {
        self.write.write_all(reply.as_bytes()).await?;
        self.write.write_all(b"\r\n").await
    }

    pub(super) async fn flush(&mut self) -> io::Result<()> {
        self.write.flush().await
    }

    /// Reads more; the end of the connection is an error.
    async fn fill(&mut self) -> io::Result<()> {
        self.write.flush().await?;
        self.waiting.reserve(PIECE);
        let read = tokio::time::timeout(self.timeout, self.read.read_buf(&mut self.waiting)).await;
        match read.map_err(|_| io::ErrorKind::TimedOut)?? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    /// The next line.
    pub(super) async fn line(&mut self) -> io::Result<Line> {
        let mut too_long = false;
        loop {
            if let Some(end) = self.waiting.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.waiting.drain(..=end).collect();
                let over = too_long || line.len() > MAX_LINE;
                return Ok(if over { Line::TooLong } else { Line::Whole(line) });
            }
            if self.waiting.len() > MAX_LINE {
                too_long = true;
                self.waiting.clear();
            }
            self.fill().await?;
        }
    }

    /// Reads a mail up to the final dot.
    pub(super) async fn data(&mut self, max_size: usize) -> io::Result<Data> {
        let mut receiver = DataReceiver::new();
        let mut mail = Vec::new();
        // The receiver knows a dot by the line end before it: DATA's own stands before the first.
        receiver.ingest(&mut b"\r\n".iter(), &mut mail);
        mail.clear();
        let mut drain: Option<DummyDataReceiver> = None;
        loop {
            let piece = std::mem::take(&mut self.waiting);
            let mut bytes = piece.iter();
            let ended = match &mut drain {
                Some(drain) => drain.ingest(&mut bytes),
                None => receiver.ingest(&mut bytes, &mut mail),
            };
            self.waiting = bytes.as_slice().to_vec();
            if drain.is_none() && mail.len() > max_size {
                if ended {
                    return Ok(Data::TooLarge);
                }
                drain = Some(DummyDataReceiver::new_data(&receiver));
                mail = Vec::new();
            } else if ended {
                return Ok(if drain.is_some() { Data::TooLarge } else { Data::Whole(mail) });
            }
            self.fill().await?;
        }
    }
}
