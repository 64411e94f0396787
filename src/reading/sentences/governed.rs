//! 'This order is subject to our standard terms of purchase': what an order is governed by makes it
//! no less of an order.

use std::borrow::Cow;

use crate::reading::text::words;

/// Most words between 'subject to' and the terms: whose they are.
const NEAR: usize = 8;

/// Folded words without it; a blank stands before and behind each word.
pub(crate) fn without(padded: &str) -> Cow<'_, str> {
    const LEAD: &str = " subject to ";
    let Some(at) = padded.find(LEAD) else { return Cow::Borrowed(padded) };
    let (Some(before), Some(behind)) = (padded.get(..at), padded.get(at + LEAD.len()..)) else {
        return Cow::Borrowed(padded);
    };
    let said: Vec<&str> = behind.split(' ').filter(|word| !word.is_empty()).collect();
    match terms(&said) {
        Some(end) => {
            let rest = said.get(end..).unwrap_or_default().join(" ");
            Cow::Owned(format!("{before} _ {rest} "))
        }
        None => Cow::Borrowed(padded),
    }
}

/// Where 'our general terms and conditions of purchase' ends. Behind an 'and' may stand a condition.
fn terms(said: &[&str]) -> Option<usize> {
    let word = |at: usize| said.get(at).copied().unwrap_or_default();
    let named = |word: &str| matches!(word, "terms" | "conditions");
    let first = (0..NEAR.min(said.len())).find(|at| named(word(*at)))?;
    let owner = said.get(..first)?.iter().all(|word| owns(word));
    let last = if word(first + 1) == "and" && named(word(first + 2)) { first + 2 } else { first };
    let buys = word(last + 1) == "of" && matches!(word(last + 2), "purchase" | "business");
    let bought = first > 0 && matches!(word(first - 1), "purchase" | "purchasing");
    let end = match (buys, bought) {
        (true, _) => last + 3,
        (false, true) => last + 1,
        (false, false) => return None,
    };
    let end = if words!("rev revision version edition issue").has(word(end)) {
        let numbered = end + 1 + usize::from(word(end + 1) == ".");
        let number = word(numbered).starts_with(|c: char| c.is_ascii_digit());
        if number { numbered + 1 } else { end }
    } else {
        end
    };
    let more = words!("and being having if but or to with as when once , +").has(word(end));
    (owner && !more).then_some(end)
}

/// A word that may say whose terms they are, and sets no condition.
fn owns(word: &str) -> bool {
    word.chars().all(char::is_alphanumeric)
        && !words!(
            "of on to with by in from for and or if when once until after before a an your you not agreement agreeing acceptance accepting approval \
             approved review confirmation confirming receipt signed signing revised changed changes better new final further board credit budget \
             price prices payment delivery availability stock quotation offer"
        )
        .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_govern_an_order_and_conditions_do_not() {
        for text in [
            " this order is subject to our standard terms of purchase . ",
            " subject to smith valves ltd general terms and conditions of purchase rev . 9 ",
            " this order is subject to our purchasing conditions . ",
        ] {
            assert!(!without(text).contains("subject"), "{text}");
        }
        for text in [
            " subject to agreement on terms of purchase . ",
            " subject to our terms of purchase and the board . ",
            " subject to your terms of business . ",
            " subject to approval ",
            " subject to payment terms of purchase ",
        ] {
            assert!(without(text).contains("subject"), "{text}");
        }
    }
}
