//! The client that everybody writes first: one call at a time.

use std::net::TcpStream;

use serde_json::json;

use super::mails;
use super::rpc::Rpc;

type Done = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Makes the drafts of these mails: a look-up, a partner search and an order for each line, and an
/// SMTP session for each letter.
pub(crate) async fn run(rpc: &Rpc, smtp: u16, count: usize) -> Done {
    for n in 0..count {
        let from = mails::sender("naive", n);
        for (product, quantity) in mails::lines(n) {
            rpc.call(
                "product.product",
                "search_read",
                json!([[["id", "=", product]]]),
                json!({"fields": ["id", "default_code", "free_qty"]}),
            )
            .await?;
            let found = rpc
                .call("res.partner", "search", json!([[["email", "=", from]]]), json!({}))
                .await?;
            let partner = match found.get(0).and_then(serde_json::Value::as_i64) {
                Some(id) => {
                    rpc.call("res.partner", "write", json!([[id], {"name": from}]), json!({}))
                        .await?;
                    id
                }
                None => rpc
                    .call(
                        "res.partner",
                        "create",
                        json!([{"name": from, "email": from}]),
                        json!({}),
                    )
                    .await?
                    .as_i64()
                    .ok_or("no partner id")?,
            };
            rpc.call(
                "sale.order",
                "create",
                json!([{"partner_id": partner, "order_line":
                    [[0, 0, {"product_id": product, "product_uom_qty": quantity}]]}]),
                json!({}),
            )
            .await?;
        }
        tokio::task::spawn_blocking(move || letter(smtp)).await??;
    }
    Ok(())
}

/// One letter in a session of its own.
fn letter(port: u16) -> std::io::Result<()> {
    use std::io::{BufRead as _, BufReader, Write as _};
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    let mut read = BufReader::new(stream.try_clone()?);
    let mut write = stream;
    let mut line = String::new();
    read.read_line(&mut line)?;
    for said in [
        "HELO me\r\n",
        "MAIL FROM:<a@b.example>\r\n",
        "RCPT TO:<c@d.example>\r\n",
        "DATA\r\n",
        "Subject: ok\r\n\r\nok\r\n.\r\n",
        "QUIT\r\n",
    ] {
        write.write_all(said.as_bytes())?;
        line.clear();
        read.read_line(&mut line)?;
    }
    Ok(())
}
