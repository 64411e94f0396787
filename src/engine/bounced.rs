//! Bounces of our letters: the case that they belong to, and what they tell it.

use super::decide::Shared;
use crate::flow::{CaseKey, Event};
use crate::letters::token_of_message_id;
use crate::mail::{Mail, bounce};
use crate::store::StoreError;

/// The case whose letter came back with this mail, and what is to be recorded there.
pub(super) async fn bounced(
    shared: &Shared,
    mail: &Mail,
) -> Result<Option<(CaseKey, Event)>, StoreError> {
    let Some(found) = bounce(mail) else { return Ok(None) };
    let letter = found.about.iter().find_map(|id| token_of_message_id(id));
    let Some((kind, token)) = letter else { return Ok(None) };
    let Some((key, number)) = token.split_once('-') else { return Ok(None) };
    let (Some(key), Ok(number)) = (CaseKey::parse(key), number.parse::<u32>()) else {
        return Ok(None);
    };
    let Some(row) = shared.store.case(key.clone()).await? else { return Ok(None) };
    // A letter that was never written cannot come back.
    if !(1..=row.case.letters).contains(&number) {
        return Ok(None);
    }
    let customer = || row.case.customer.reply_to.email.clone();
    let event = Event::LetterBounced {
        mail: mail.id.clone(),
        kind,
        to: found.recipient.unwrap_or_else(customer),
        failed: found.failed,
        message: found.message,
    };
    Ok(Some((key, event)))
}
