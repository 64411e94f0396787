//! Which case is meant.

use crate::cli::Failed;
use crate::flow::CaseKey;
use crate::mail::MailId;
use crate::store::{CaseFilter, CaseRow, Store};

/// How many cases are looked through for an order number, newest first.
const DEPTH: usize = 5000;

/// Finds the one case that `name` means: its key or the beginning of it, the token or Message-ID
/// of a letter, the id of a mail, or the number of an Odoo order.
pub(super) async fn find(store: &dyn Store, name: &str) -> Result<CaseRow, Failed> {
    let none =
        || Failed(format!("there is no case {name:?}; `postorder case list --all` lists them"));
    let name = name.trim().trim_start_matches(['<', '[', '#']).trim_end_matches(['>', ']']);
    if let Some(mail) = MailId::parse(name)
        && let Some(key) = store.mail(mail).await?.and_then(|mail| mail.case)
    {
        return store.case(key).await?.ok_or_else(none);
    }
    if let Some(key) = CaseKey::parse(key_part(name)) {
        return store.case(key).await?.ok_or_else(none);
    }
    let all = CaseFilter { ended: true, ..CaseFilter::default() };
    if name.len() >= 3 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        let filter = CaseFilter { key: Some(name.into()), limit: 5, ..all.clone() };
        let mut found = store.cases(filter).await?;
        if let (Some(only), true) = (found.pop(), found.is_empty()) {
            return Ok(only);
        }
        if !found.is_empty() {
            return Err(Failed(format!("several cases begin with {name}: give more of the key")));
        }
    }
    let cases = store.cases(CaseFilter { limit: DEPTH, ..all }).await?;
    let number = |row: &CaseRow| row.case.orders.iter().any(|order| order.number == name);
    cases.into_iter().find(number).ok_or_else(none)
}

/// The case key within `offer.0123456789abcdef-1@example.com` and `0123456789abcdef-1`.
fn key_part(name: &str) -> &str {
    let local = name.split('@').next().unwrap_or(name);
    let token = local.rsplit('.').next().unwrap_or(local);
    token.split('-').next().unwrap_or(token)
}

#[cfg(test)]
mod tests {
    use super::key_part;

    #[test]
    fn the_key_is_found_in_every_name() {
        for name in [
            "0123456789abcdef",
            "0123456789abcdef-12",
            "offer.0123456789abcdef-1@example.com",
            "asked-again.0123456789abcdef-1@example.com",
        ] {
            assert_eq!(key_part(name), "0123456789abcdef", "{name}");
        }
    }
}
