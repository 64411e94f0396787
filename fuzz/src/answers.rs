//! A server that answers as the data has it: some calls as Odoo would, then anything.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use postorder::flow::{Customer, LookUp, OrderDraft, OrderLine, Place};
use postorder::mail::{Address, MailId};
use postorder::odoo::{Credential, Odoo, Protocol, Settings};
use postorder::reading::Lang;
use postorder::sandbox::odoo::{OdooOptions, OdooStandIn, Seed, Version};
use tokio::runtime::Runtime;

/// What the next calls are answered with.
#[derive(Debug, Default)]
struct Plan {
    /// So many by the stand-in.
    sound: u8,
    /// The others by this, …
    body: Vec<u8>,
    /// … as the result of a call that went well.
    wrapped: bool,
}

struct Line {
    runtime: Runtime,
    odoo: OdooStandIn,
    address: SocketAddr,
    plan: Arc<Mutex<Plan>>,
}

static LINE: LazyLock<Mutex<Line>> = LazyLock::new(|| {
    let runtime = Runtime::new().expect("a runtime");
    let options = OdooOptions { version: Version::V14, ..OdooOptions::default() };
    let odoo = runtime.block_on(OdooStandIn::start(&Seed::fixtures(), options));
    let odoo = odoo.expect("a free port");
    let upstream = odoo.url().trim_start_matches("http://").parse().expect("an address");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let plan = Arc::new(Mutex::new(Plan::default()));
    let shared = Arc::clone(&plan);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = serve(stream, upstream, &shared);
        }
    });
    Mutex::new(Line { runtime, odoo, address, plan })
});

/// Answers of an Odoo that may be none. The first byte says how many calls are answered well
/// before, and whether what follows is the whole answer or the result in it.
pub fn odoo(data: &[u8]) {
    let Some((first, body)) = data.split_first() else { return };
    let line = LINE.lock().unwrap_or_else(PoisonError::into_inner);
    let plan = Plan { sound: first & 31, body: body.to_vec(), wrapped: first & 32 != 0 };
    *line.plan.lock().unwrap_or_else(PoisonError::into_inner) = plan;
    let user = line.odoo.user();
    let password = Credential::Password(user.password.into());
    let url = format!("http://{}", line.address);
    let settings = Settings {
        protocol: Protocol::JsonRpc,
        timeout: Duration::from_secs(1),
        ..Settings::new(&url, line.odoo.database(), user.login, password)
    };
    line.runtime.block_on(async {
        let Ok(odoo) = Odoo::connect(settings).await else { return };
        let _ = odoo.catalog(None).await;
        let _ = odoo.look_up(&[look_up()]).await;
        let _ = odoo.place(&[place()]).await;
    });
}

fn ada() -> Address {
    Address { name: "Ada".into(), email: "ada@buyer.example".into() }
}

fn look_up() -> LookUp {
    LookUp {
        mail: MailId::from_digest(&[7; 16]),
        from: ada(),
        lang: Lang::De,
        products: vec![(1, 3.into())],
        vendors: true,
    }
}

fn place() -> Place {
    let mail = MailId::from_digest(&[7; 16]);
    let customer = Customer { from: ada(), reply_to: ada(), ..Customer::default() };
    let order = OrderDraft {
        key: format!("{mail}_0"),
        mail,
        address: Some("Quai 7, 1201 Geneva".into()),
        date: None,
        reference: None,
        lines: vec![OrderLine { product_id: 1, quantity: 3.into() }],
    };
    Place { customer, orders: vec![order], confirm: true }
}

fn serve(mut stream: TcpStream, upstream: SocketAddr, plan: &Mutex<Plan>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    let request = message(&mut stream)?;
    let (sound, body) = {
        let mut plan = plan.lock().unwrap_or_else(PoisonError::into_inner);
        let sound = plan.sound > 0;
        plan.sound = plan.sound.saturating_sub(1);
        let body = if plan.wrapped {
            [br#"{"jsonrpc":"2.0","id":null,"result":"#, plan.body.as_slice(), b"}"].concat()
        } else {
            plan.body.clone()
        };
        (sound, body)
    };
    if sound {
        let mut real = TcpStream::connect(upstream)?;
        real.write_all(&request)?;
        let answer = message(&mut real)?;
        return stream.write_all(&answer);
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

/// One request or answer, as long as its header says, as the last one of its connection.
fn message(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 << 10];
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                bytes.splice(end..end, *b"\r\nConnection: close");
                return Ok(bytes);
            }
        }
        match stream.read(&mut buffer)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => bytes.extend_from_slice(&buffer[..read]),
        }
    }
}
