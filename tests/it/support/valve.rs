//! A valve in the line between postorder and a server: shut, it is a server that is down; and it
//! can hold an answer back, so that a test can do something at a known point of the road.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

/// How many ports a process of tests has for itself, and how many such blocks there are.
const BLOCK: u16 = 600;
const BLOCKS: u16 = 20;

/// A port that nothing listens on, outside of the range that the system gives out by itself, and
/// of a block that no other process of tests takes from: it stays free while a server that listened
/// there is down.
pub(crate) fn free_port() -> u16 {
    free_listener().0
}

/// The same, with the listener: who goes on listening need not bind the port a second time.
fn free_listener() -> (u16, TcpListener) {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    static OURS: OnceLock<(u16, File)> = OnceLock::new();
    let base = 20_000 + OURS.get_or_init(own_block).0 * BLOCK;
    loop {
        let port = base + NEXT.fetch_add(1, Ordering::Relaxed) % BLOCK;
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) {
            return (port, listener);
        }
    }
}

/// A block of ports that is ours as long as its file is open.
fn own_block() -> (u16, File) {
    let claim = |number: u16| {
        let path = std::env::temp_dir().join(format!("postorder-test-ports-{number}"));
        let file = File::create(path).ok()?;
        file.try_lock().ok()?;
        Some((number, file))
    };
    (0..BLOCKS).find_map(claim).expect("a block of ports that no other process has")
}

/// The valve; shut when dropped.
pub(crate) struct Valve {
    port: u16,
    line: Arc<Line>,
}

struct Line {
    target: SocketAddr,
    open: AtomicBool,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    streams: Vec<TcpStream>,
    hold: Option<Hold>,
    requests: usize,
}

/// Answers to requests with all these words in them wait.
struct Hold {
    words: Vec<String>,
    holding: bool,
}

impl Valve {
    /// A valve before the server at `target`, open.
    pub(crate) fn before(target: SocketAddr) -> Self {
        let line = Line {
            target,
            open: AtomicBool::new(true),
            state: Mutex::default(),
            changed: Condvar::new(),
        };
        let (port, listener) = free_listener();
        let valve = Self { port, line: Arc::new(line) };
        valve.listen(listener);
        valve
    }

    /// Where to connect to.
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// The server is up.
    pub(crate) fn open(&self) {
        if self.line.open.swap(true, Ordering::SeqCst) {
            return;
        }
        // A process that another test starts holds a copy of every listener until it runs its own
        // program: for that moment the port is taken although nobody listens there any more.
        let bind = || TcpListener::bind(self.address()).ok();
        self.listen(super::wait::until("the valve's port is free", super::wait::LONG, bind));
    }

    /// Takes what comes to `listener`.
    fn listen(&self, listener: TcpListener) {
        listener.set_nonblocking(true).expect("non-blocking");
        let line = Arc::clone(&self.line);
        thread::spawn(move || accept(&listener, &line));
    }

    /// The server is down: connections are refused, and those that there were are cut.
    pub(crate) fn shut(&self) {
        self.line.open.store(false, Ordering::SeqCst);
        self.line.let_go();
        super::wait::until("the valve is shut", super::wait::LONG, || {
            for stream in self.line.state.lock().expect("whole").streams.drain(..) {
                let _ = stream.shutdown(Shutdown::Both);
            }
            TcpStream::connect(self.address()).is_err().then_some(())
        });
    }

    /// Holds back the answer to the next request that has all these words in it.
    pub(crate) fn hold(&self, words: &[&str]) {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        self.line.state.lock().expect("whole").hold = Some(Hold { words, holding: false });
    }

    /// Waits until an answer is held back.
    pub(crate) fn wait_for_hold(&self, within: Duration) {
        let deadline = Instant::now() + within;
        let mut state = self.line.state.lock().expect("whole");
        while !state.hold.as_ref().is_some_and(|hold| hold.holding) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no such request came within {within:?}");
            state = self.line.changed.wait_timeout(state, left).expect("whole").0;
        }
    }

    /// Lets the answer go.
    pub(crate) fn let_go(&self) {
        self.line.let_go();
    }

    /// How many requests went through so far.
    pub(crate) fn requests(&self) -> usize {
        self.line.state.lock().expect("whole").requests
    }
}

impl Drop for Valve {
    fn drop(&mut self) {
        self.line.open.store(false, Ordering::SeqCst);
        self.line.let_go();
        for stream in self.line.state.lock().expect("whole").streams.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Line {
    fn let_go(&self) {
        self.state.lock().expect("whole").hold = None;
        self.changed.notify_all();
    }

    /// Waits while the answer to `request` is to be held back.
    fn pass(&self, request: &[u8]) {
        let text = String::from_utf8_lossy(request);
        let mut state = self.state.lock().expect("whole");
        state.requests += 1;
        let wanted = |hold: &Hold| hold.words.iter().all(|word| text.contains(word.as_str()));
        if !state.hold.as_ref().is_some_and(wanted) {
            return;
        }
        if let Some(hold) = &mut state.hold {
            hold.holding = true;
        }
        self.changed.notify_all();
        while state.hold.is_some() {
            state = self.changed.wait(state).expect("whole");
        }
    }
}

fn accept(listener: &TcpListener, line: &Arc<Line>) {
    while line.open.load(Ordering::SeqCst) {
        let Ok((client, _)) = listener.accept() else {
            thread::park_timeout(Duration::from_millis(2));
            continue;
        };
        let Ok(server) = TcpStream::connect(line.target) else { continue };
        let both = [&client, &server].map(|stream| {
            let _ = stream.set_nonblocking(false);
            let _ = stream.set_nodelay(true);
            stream.try_clone().expect("a second handle")
        });
        line.state.lock().expect("whole").streams.extend(both);
        let request = Arc::new(Mutex::new(Vec::new()));
        let (line, asked) = (Arc::clone(line), Arc::clone(&request));
        let (from_client, to_server) = pair(&client, &server);
        thread::spawn(move || {
            copy(from_client, to_server, |bytes| asked.lock().expect("whole").extend(bytes));
        });
        let (from_server, to_client) = pair(&server, &client);
        thread::spawn(move || {
            copy(from_server, to_client, |_| {
                let asked = std::mem::take(&mut *request.lock().expect("whole"));
                if !asked.is_empty() {
                    line.pass(&asked);
                }
            });
        });
    }
}

fn pair(from: &TcpStream, to: &TcpStream) -> (TcpStream, TcpStream) {
    let clone = |stream: &TcpStream| stream.try_clone().expect("a second handle");
    (clone(from), clone(to))
}

/// Copies until either side ends; each piece is shown before it goes on.
fn copy(mut from: TcpStream, mut to: TcpStream, mut show: impl FnMut(&[u8])) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        show(&buffer[..length]);
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
