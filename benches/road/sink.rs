//! A mail server that takes everything and counts it.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The running sink.
pub(crate) struct Sink {
    pub(crate) port: u16,
    taken: watch::Receiver<u64>,
}

impl Sink {
    pub(crate) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let (tell, taken) = watch::channel(0);
        let tell = Arc::new((tell, AtomicU64::new(0)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let tell = Arc::clone(&tell);
                tokio::spawn(async move {
                    let _ = serve(stream, &tell.0, &tell.1).await;
                });
            }
        });
        Ok(Self { port, taken })
    }

    pub(crate) fn taken(&self) -> u64 {
        *self.taken.borrow()
    }

    /// Waits until so many letters were taken.
    pub(crate) async fn until(&mut self, count: u64) -> Result<(), String> {
        let limit = std::time::Duration::from_secs(900);
        let enough = self.taken.wait_for(|taken| *taken >= count);
        let came = matches!(tokio::time::timeout(limit, enough).await, Ok(Ok(_)));
        if came { Ok(()) } else { Err(format!("only {} of {count} letters came", self.taken())) }
    }
}

async fn serve(
    stream: TcpStream,
    tell: &watch::Sender<u64>,
    count: &AtomicU64,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    write.write_all(b"220 sink ESMTP\r\n").await?;
    let mut line = Vec::new();
    loop {
        line.clear();
        if read.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_slice() {
            b"EHLO" => write.write_all(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n").await?,
            b"DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                loop {
                    line.clear();
                    if read.read_until(b'\n', &mut line).await? == 0 {
                        return Ok(());
                    }
                    if line == b".\r\n" {
                        break;
                    }
                }
                let now = count.fetch_add(1, Ordering::Relaxed) + 1;
                write.write_all(b"250 taken\r\n").await?;
                tell.send_replace(now);
            }
            b"QUIT" => return write.write_all(b"221 bye\r\n").await,
            _ => write.write_all(b"250 ok\r\n").await?,
        }
    }
}
