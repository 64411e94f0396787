//! The original mail in the order's chatter.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postorder::odoo::Note;
use serde_json::json;

use super::target::{Target, job, place, place_one};

const RAW: &[u8] = b"From: x@y.example\r\nSubject: caf\xe9\r\n\r\n3 clamp rings\r\n";

fn note(mail: &postorder::mail::MailId, orders: &[i64]) -> Note {
    Note {
        mail: mail.clone(),
        orders: orders.to_vec(),
        from: "<b>x@y.example".to_owned(),
        subject: "Order <script>alert(1)</script>".to_owned(),
        raw: RAW.to_vec(),
    }
}

pub(super) async fn a_mail_stands_on_its_order_once(target: &Target) {
    let odoo = target.odoo().await;
    let jobs = [job(&[(107, "1")], false), job(&[(107, "1")], true)];
    let placed = place(&odoo, &jobs).await;
    let notes: Vec<Note> = placed
        .iter()
        .zip(&jobs)
        .map(|((_, orders), job)| note(&job.orders[0].mail, &[orders[0].id]))
        .collect();
    let before = odoo.calls();
    for _ in 0..2 {
        assert!(odoo.annotate(&notes).await.iter().all(Result::is_ok));
    }
    assert_eq!(odoo.calls() - before, 4, "two calls for all notes, each time");
    for (_, orders) in &placed {
        let of = json!([["res_model", "=", "sale.order"], ["res_id", "=", orders[0].id]]);
        let files = target.read("ir.attachment", of, &["mimetype", "datas", "name"]).await;
        assert_eq!(files.len(), 1);
        assert_eq!(files[0]["mimetype"], "message/rfc822");
        let datas = files[0]["datas"].as_str().expect("content").replace('\n', "");
        assert_eq!(STANDARD.decode(datas).expect("base64"), RAW);
        let of = json!([
            ["model", "=", "sale.order"],
            ["res_id", "=", orders[0].id],
            ["attachment_ids", "!=", false]
        ]);
        let fields = ["body", "subtype_id", "attachment_ids", "is_internal", "message_type"];
        let messages = target.read("mail.message", of, &fields).await;
        assert_eq!(messages.len(), 1);
        assert_eq!(messages[0]["attachment_ids"][0], files[0]["id"]);
        assert_eq!(messages[0]["subtype_id"][1], "Note");
        assert_eq!(messages[0]["is_internal"], true);
        let body = messages[0]["body"].as_str().expect("a body");
        assert!(body.contains("x@y.example") && body.contains("&lt;script&gt;"), "{body}");
        assert!(!body.contains("<script") && !body.contains("<b>"), "{body}");
    }
}

pub(super) async fn a_lost_order_stops_no_other_note(target: &Target) {
    let odoo = target.odoo().await;
    let (good, gone) = (job(&[(107, "1")], false), job(&[(107, "1")], false));
    let (_, kept) = place_one(&odoo, &good).await;
    let (_, lost) = place_one(&odoo, &gone).await;
    target.admin("sale.order", "unlink", json!([[lost.id]]), json!({})).await;
    let notes = [note(&gone.orders[0].mail, &[lost.id]), note(&good.orders[0].mail, &[kept.id])];
    let outcomes = odoo.annotate(&notes).await;
    assert!(outcomes[1].is_ok(), "{outcomes:?}");
    let of = json!([["res_model", "=", "sale.order"], ["res_id", "=", kept.id]]);
    assert_eq!(target.read("ir.attachment", of, &["id"]).await.len(), 1);
}
