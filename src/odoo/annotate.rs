//! The original mail on its orders: attached, and shown in their chatter as an internal note.
//!
//! By `load` with external ids, which is idempotent and takes two calls for many mails, where
//! `message_post` takes one per order and some ten times as long.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::OdooError;
use super::load::Group;
use super::placed::MODULE;
use super::shop::Shop;
use super::wire::clean;
use super::{Note, odd_count};

/// Most bytes of mails whose calls are prepared at once.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Puts mails into their orders' chatter, in their order.
pub(super) async fn annotate(shop: &Shop, notes: &[Note]) -> Vec<Result<(), OdooError>> {
    let mut outcomes = Vec::with_capacity(notes.len());
    let mut rest = notes;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fit = rest.iter().take_while(|note| {
            bytes += note.raw.len() * note.orders.len().max(1);
            bytes <= MOST_BYTES
        });
        let (part, later) = rest.split_at(fit.count().max(1));
        outcomes.extend(part_of(shop, part).await);
        rest = later;
    }
    outcomes
}

async fn part_of(shop: &Shop, notes: &[Note]) -> Vec<Result<(), OdooError>> {
    let files: Vec<Group> = notes.iter().map(files).collect();
    let fields = ["id", "name", "res_model", "res_id", "mimetype", "datas"];
    let attached = shop.rpc.load("ir.attachment", &fields, &files, &[]).await;
    drop(files);
    let with_file: Vec<(usize, Group)> = notes
        .iter()
        .zip(&attached)
        .enumerate()
        .filter_map(|(index, (note, ids))| Some((index, messages(note, ids.as_ref().ok()?))))
        .collect();
    let (indices, groups): (Vec<usize>, Vec<Group>) = with_file.into_iter().unzip();
    let fields = [
        "id",
        "model",
        "res_id",
        "body",
        "message_type",
        "subtype_id/id",
        "is_internal",
        // Empty, or Odoo works one out for each note: two thirds of the whole call.
        "reply_to",
        "attachment_ids/.id",
    ];
    let shown = shop.rpc.load("mail.message", &fields, &groups, &[]).await;
    let mut shown: BTreeMap<usize, _> = indices.into_iter().zip(shown).collect();
    let outcome = |(index, attached): (usize, Result<Vec<i64>, OdooError>)| {
        attached?;
        shown.remove(&index).unwrap_or_else(|| Err(odd_count("note"))).map(|_| ())
    };
    attached.into_iter().enumerate().map(outcome).collect()
}

/// The mail as a file of each order.
fn files(note: &Note) -> Group {
    let datas = STANDARD.encode(&note.raw);
    let file = |order: &i64| {
        vec![vec![
            format!("{MODULE}.mail_{order}_{}", note.mail),
            file_name(&note.subject),
            "sale.order".to_owned(),
            order.to_string(),
            "message/rfc822".to_owned(),
            datas.clone(),
        ]]
    };
    note.orders.iter().map(file).collect()
}

/// A note in the chatter of each order, with its file.
fn messages(note: &Note, files: &[i64]) -> Group {
    let subject = clean(&note.subject, 200);
    let body = format!(
        "<p>Ordered by mail from {}: {}</p>",
        escape(&clean(&note.from, 200)),
        escape(if subject.is_empty() { "(no subject)" } else { &subject })
    );
    let message = |(order, file): (&i64, &i64)| {
        vec![vec![
            format!("{MODULE}.note_{order}_{}", note.mail),
            "sale.order".to_owned(),
            order.to_string(),
            body.clone(),
            "comment".to_owned(),
            "mail.mt_note".to_owned(),
            "1".to_owned(),
            String::new(),
            file.to_string(),
        ]]
    };
    note.orders.iter().zip(files).map(message).collect()
}

/// A file name that no system stumbles over.
fn file_name(subject: &str) -> String {
    let safe: String = clean(subject, 80)
        .chars()
        .map(|c| {
            if matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c }
        })
        .collect();
    let safe = safe.trim_matches(['.', ' ']);
    format!("{}.eml", if safe.is_empty() { "order" } else { safe })
}

/// Text as HTML shows it (law 9).
fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::MailId;

    #[test]
    fn outside_text_is_neither_html_nor_a_path() {
        let note = Note {
            mail: MailId::from_digest(&[1; 16]),
            orders: vec![4, 5],
            from: "<b>x@y.example".into(),
            subject: "../../etc/passwd <script>".into(),
            raw: b"Subject: x\r\n\r\n".to_vec(),
        };
        let files = files(&note);
        assert_eq!(files.len(), 2);
        assert_eq!(files[1][0][1], "_.._etc_passwd _script_.eml");
        let messages = messages(&note, &[8, 9]);
        assert!(messages[0][0][3].contains("&lt;script&gt;"), "{}", messages[0][0][3]);
        assert!(!messages[0][0][3].contains("<b>"));
        assert_eq!(messages[1][0][8], "9");
        assert_eq!(file_name("..."), "order.eml");
    }
}
