//! The sandbox as a whole: its parts know each other, and all goes with it.

use postorder::sandbox::{Sandbox, SandboxOptions};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::wire::{http, rpc};

/// Sends a mail by hand, all commands at once.
async fn send(sandbox: &Sandbox, to: &str, mail: &str) {
    let mut stream = TcpStream::connect(sandbox.smtp().address()).await.unwrap();
    let talk = format!(
        "EHLO c\r\nMAIL FROM:<anna@a.example>\r\nRCPT TO:<{to}>\r\nDATA\r\n{mail}\r\n.\r\nQUIT\r\n"
    );
    stream.write_all(talk.as_bytes()).await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    assert!(said.contains("250 2.0.0 Taken"), "{said}");
}

#[tokio::test]
async fn a_person_sees_letters_and_orders_and_no_letter_gets_out_of_its_frame() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let evil = "From: Desk <d@d.example>\r\nSubject: =?utf-8?q?<script>alert(1)</script>?=\r\n\
                Content-Type: text/html\r\n\r\n<p>\"hello\"</p><script>alert(2)</script>";
    send(&sandbox, "anna@a.example", evil).await;
    let odoo = sandbox.odoo();
    let user = odoo.user();
    let order = json!({"partner_id": 1, "order_line": [[0, 0, {"product_id": 101}]]});
    let args =
        json!([odoo.database(), user.uid, user.password, "sale.order", "create", [order], {}]);
    rpc(odoo.address(), "object", "execute_kw", args).await;

    let at = sandbox.view_address();
    let index = http(at, "GET", "/", &[], b"").await;
    assert!(index.body.contains("Write to sales@mycompany.example over SMTP at 127.0.0.1:"));
    assert!(index.body.contains("S00001") && index.body.contains("[AB-10] Clamp ring 10 mm"));
    assert!(index.body.contains("&lt;script&gt;") && !index.body.contains("<script>"));
    let page = http(at, "GET", "/letter/1", &[], b"").await;
    assert!(page.body.contains("<iframe sandbox srcdoc=\"&lt;p&gt;&quot;hello"), "{}", page.body);
    assert!(!page.body.contains("<script>"));
    let raw = http(at, "GET", "/email/1", &[], b"").await;
    assert_eq!((raw.status, raw.body), (200, format!("{evil}\r\n")));
    let list = http(at, "GET", "/email", &[], b"").await.json();
    assert_eq!(list[0]["envelope"], json!({"from": "anna@a.example", "to": ["anna@a.example"]}));
    assert_eq!(list[0]["subject"], "<script>alert(1)</script>");
    assert_eq!(http(at, "GET", "/email/7", &[], b"").await.status, 404);
    assert_eq!(http(at, "DELETE", "/email/all", &[], b"").await.status, 204);
    assert_eq!(http(at, "GET", "/email", &[], b"").await.json(), Value::Array(Vec::new()));
}

#[tokio::test]
async fn mail_to_sales_is_in_the_maildir_and_all_is_gone_with_the_sandbox() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    assert_eq!(sandbox.inbox(), ["sales@mycompany.example"]);
    send(&sandbox, "sales@mycompany.example", "Subject: order\r\n\r\n4 x AB-10").await;
    let maildir = sandbox.maildir_path().to_owned();
    assert_eq!(std::fs::read_dir(maildir.join("new")).unwrap().count(), 1);
    assert_eq!(sandbox.smtp().count(), 0);
    let addresses = [sandbox.smtp().address(), sandbox.odoo().address(), sandbox.view_address()];
    assert!(addresses.iter().all(|address| address.ip().is_loopback()));
    drop(sandbox);
    assert!(!maildir.exists());
    for address in addresses {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while TcpStream::connect(address).await.is_ok() {
            assert!(std::time::Instant::now() < deadline, "{address} still listens");
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_maildir_that_was_given_stays() {
    let room = tempfile::tempdir().unwrap();
    let maildir = Some(room.path().join("box"));
    let sandbox = Sandbox::start(SandboxOptions { maildir, ..SandboxOptions::default() });
    let sandbox = sandbox.await.expect("a sandbox");
    sandbox.maildir().deliver(b"Subject: x\r\n\r\n").expect("delivered");
    drop(sandbox);
    assert_eq!(std::fs::read_dir(room.path().join("box/new")).unwrap().count(), 1);
}
