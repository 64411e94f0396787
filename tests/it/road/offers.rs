//! Too little stock: the offer, and what comes of 1, 2, 3 and anything else.

use crate::support::customer::{Customer, block, in_days, order};
use crate::support::letters::Letter;
use crate::support::shop::{Shop, Target};
use crate::support::wait::{LONG, until};

/// A customer who got an offer: `plenty` was ordered at once, of `scarce` there are 3 and 5 wanted.
struct Offer {
    shop: Shop,
    anna: Customer,
    plenty: i64,
    scarce: i64,
    /// A third product, not ordered yet.
    other: i64,
    letter: Letter,
}

fn offer(target: &Target, scenario: &'static str) -> Offer {
    let mut shop = Shop::new(target, scenario);
    let (plenty, scarce) = (shop.product("plenty", 100.0), shop.product("scarce", 3.0));
    let other = shop.product("other", 100.0);
    shop.start();
    let anna = shop.customer("Anna Muster");
    let blocks = [block(plenty, "10", in_days(9)), block(scarce, "5", in_days(9))];
    let mail = anna.mail("Our order 4711", &order(None, &blocks));
    shop.deliver(&mail);
    let letter = shop.wait_letter(&anna.email, "offer");
    shop.wait_filed(&mail, ".Done");
    let orders = target.odoo.orders_by(&anna.email);
    assert_eq!(orders.len(), 1, "what is there is ordered at once: {orders:?}");
    assert_eq!(orders[0].lines, [(plenty, 10.0)]);
    assert!(letter.text.contains(&orders[0].number), "{}", letter.text);
    assert!(letter.text.contains("scarce"), "{}", letter.text);
    for choice in ["1", "2", "3"] {
        assert!(letter.text.contains(choice), "choice {choice} in {}", letter.text);
    }
    assert_eq!(shop.kinds_to(&anna.email), ["offer"], "one letter for the whole mail");
    Offer { shop, anna, plenty, scarce, other, letter }
}

pub(super) fn choice_1_alone_takes_what_there_is(target: &Target) {
    let Offer { shop, anna, plenty, scarce, letter, .. } = offer(target, "choice_1");
    let answer = anna.answer(&letter, "1");
    shop.deliver(&answer);
    let letter = shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&answer, ".Done");
    assert_eq!(letter.in_reply_to, answer.message_id);
    let orders = target.odoo.orders_of(scarce);
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(orders[0].lines, [(scarce, 3.0)]);
    assert_eq!((orders[0].state.as_str(), &orders[0].reserved), ("sale", &orders[0].lines));
    assert_eq!(target.odoo.orders_of(plenty).len(), 1, "nothing is ordered twice");
    assert_eq!(shop.kinds_to(&anna.email), ["offer", "confirmation"]);
}

pub(super) fn choice_1_with_lines_orders_these(target: &Target) {
    let Offer { shop, anna, scarce, other, letter, .. } = offer(target, "choice_1_lines");
    let text = format!("1\n\n{}", block(other, "6", in_days(11)));
    let answer = anna.answer(&letter, &text);
    shop.deliver(&answer);
    shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&answer, ".Done");
    let orders = target.odoo.orders_of(other);
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(orders[0].lines, [(other, 6.0)]);
    assert_eq!(orders[0].delivery, in_days(11).to_string());
    assert!(target.odoo.orders_of(scarce).is_empty(), "the new lines stand for the short ones");
}

pub(super) fn choice_2_waits_for_the_supplier(target: &Target) {
    let Offer { shop, anna, scarce, letter, .. } = offer(target, "choice_2");
    let answer = anna.answer(&letter, "2");
    shop.deliver(&answer);
    let told = shop.wait_letter(&anna.email, "replenishment");
    assert_eq!(told.in_reply_to, answer.message_id);
    let request = shop.wait_letter("vendor@choice-2.supply.example", "request");
    shop.wait_filed(&answer, ".Done");
    assert!(request.text.contains(&shop.code("scarce")), "{}", request.text);
    assert!(!request.text.contains(&anna.email), "the supplier learns nothing of the customer");
    assert!(target.odoo.orders_of(scarce).is_empty());

    target.odoo.set_stock(scarce, 20.0);
    // The stock is looked at once a minute.
    let orders = until("the order", LONG * 2, || {
        let orders = target.odoo.orders_of(scarce);
        (!orders.is_empty() && orders[0].state == "sale").then_some(orders)
    });
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(orders[0].lines, [(scarce, 5.0)]);
    let letter = shop.wait_letter(&anna.email, "confirmation");
    assert!(letter.text.contains(&orders[0].number), "{} in {}", orders[0].number, letter.text);
    assert_eq!(shop.kinds_to(&anna.email), ["offer", "replenishment", "confirmation"]);
}

pub(super) fn choice_3_cancels(target: &Target) {
    let Offer { shop, anna, plenty, scarce, letter, .. } = offer(target, "choice_3");
    let answer = anna.answer(&letter, "3");
    shop.deliver(&answer);
    let letter = shop.wait_letter(&anna.email, "cancelled");
    shop.wait_filed(&answer, ".Done");
    assert_eq!(letter.in_reply_to, answer.message_id);
    assert!(target.odoo.orders_of(scarce).is_empty());
    let kept = target.odoo.orders_of(plenty);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].state, "sale", "what was ordered before stands");
}

pub(super) fn together_places_nothing_while_a_line_is_short(target: &Target) {
    let mut shop = Shop::new(target, "together");
    let (plenty, scarce) = (shop.product("plenty", 100.0), shop.product("scarce", 3.0));
    shop.extra.push(("policy", "partial = \"together\"".into()));
    shop.start();
    let anna = shop.customer("Anna Muster");
    let blocks = [block(plenty, "10", in_days(9)), block(scarce, "5", in_days(9))];
    shop.deliver(&anna.mail("Order", &order(None, &blocks)));
    let letter = shop.wait_letter(&anna.email, "offer");
    assert!(target.odoo.orders_by(&anna.email).is_empty());
    shop.deliver(&anna.answer(&letter, "1"));
    shop.wait_letter(&anna.email, "confirmation");
    let orders = target.odoo.orders_by(&anna.email);
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(orders[0].lines, [(plenty, 10.0), (scarce, 3.0)]);
}

pub(super) fn an_unclear_answer_is_asked_once_then_held(target: &Target) {
    let Offer { shop, anna, scarce, letter, .. } = offer(target, "unclear");
    let first = anna.answer(&letter, "Hm, I will have to think about that.");
    shop.deliver(&first);
    let again = shop.wait_letter(&anna.email, "asked-again");
    shop.wait_filed(&first, ".Done");
    let second = anna.answer(&again, "My wife says the blue one would look nicer.");
    shop.deliver(&second);
    shop.wait_letter(&anna.email, "held");
    shop.wait_filed(&second, ".Review");
    assert!(target.odoo.orders_of(scarce).is_empty());
    assert_eq!(shop.kinds_to(&anna.email), ["offer", "asked-again", "held"]);
}

pub(super) fn out_of_office_in_answer_to_an_offer_is_ignored(target: &Target) {
    let Offer { shop, anna, scarce, letter, .. } = offer(target, "out_of_office");
    let mut away = anna.answer(&letter, "I am away until Monday. In urgent cases call 1 2 3.");
    away.subject = format!("Automatic reply: {}", letter.subject);
    away.header.push("Auto-Submitted: auto-replied".into());
    shop.deliver(&away);
    shop.wait_filed(&away, ".Ignored");
    let answer = anna.answer(&letter, "3");
    shop.deliver(&answer);
    shop.wait_letter(&anna.email, "cancelled");
    assert_eq!(shop.kinds_to(&anna.email), ["offer", "cancelled"], "no letter to a machine");
    assert!(target.odoo.orders_of(scarce).is_empty());
}

pub(super) fn an_answer_from_another_address_does_not_act(target: &Target) {
    let Offer { shop, anna, scarce, letter, .. } = offer(target, "another_address");
    let mut mallory = shop.customer("Mallory Meier");
    mallory.email = format!("mallory@elsewhere.{}.example", target.name);
    let answer = mallory.answer(&letter, "1");
    shop.deliver(&answer);
    shop.wait_filed(&answer, ".Review");
    let bounced = anna.answer(&letter, "3");
    shop.deliver(&bounced);
    shop.wait_letter(&anna.email, "cancelled");
    assert!(target.odoo.orders_of(scarce).is_empty());
    assert_eq!(shop.kinds_to(&mallory.email), [""; 0], "a stranger gets no letter");
    assert_eq!(shop.kinds_to(&anna.email), ["offer", "cancelled"]);
}
