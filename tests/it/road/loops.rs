//! Machines that answer our letters without saying that they are machines, and letters that come
//! back.

use serde_json::json;

use crate::support::customer::{Customer, NewMail, block, in_days, order};
use crate::support::letters::Letter;
use crate::support::shop::{Shop, Target};
use crate::support::wait::{LONG, within_time};

/// A ticket system: a new number each time, no `Auto-Submitted`, no null return path.
fn ticket(anna: &Customer, letter: &Letter, number: u32) -> NewMail {
    let text = format!(
        "Dear customer,\n\nthank you for your message, which we have registered under number \
         {number}. A colleague will look after it within two working days.\n\nYour service desk"
    );
    NewMail {
        answers: Some(letter.clone()),
        ..anna.mail(&format!("Re: {}", letter.subject), &text)
    }
}

/// The machine answers every letter until none comes any more; how many did.
fn answer_all(shop: &Shop, anna: &Customer, most: usize) -> usize {
    for number in 0..=most {
        let next = || shop.letters().into_iter().filter(|l| l.to == anna.email).nth(number);
        let Some(letter) = within_time(LONG, next) else { panic!("no letter {number}") };
        let answer = ticket(anna, &letter, 4711 + u32::try_from(number).unwrap_or(0));
        shop.deliver(&answer);
        // Whatever is filed has been dealt with: its letters, if any, are decided.
        let place = within_time(LONG, || {
            let place = shop.maildir.place_of(&answer.message_id)?;
            place.starts_with('.').then_some(place)
        });
        if place == Some(".Review") && shop.letters_all_sent(&anna.email, number + 1) {
            return number + 1;
        }
    }
    panic!("{most} letters, and no end")
}

pub(super) fn a_machine_that_answers_an_offer_gets_two_letters(target: &Target) {
    let mut shop = Shop::new(target, "machine_offer");
    let scarce = shop.product("scarce", 3.0);
    shop.start();
    let anna = shop.customer("Anna Muster");
    shop.deliver(&anna.mail("Order", &order(None, &[block(scarce, "5", in_days(9))])));
    assert_eq!(answer_all(&shop, &anna, 3), 2);
    assert_eq!(shop.kinds_to(&anna.email), ["offer", "asked-again"]);
    let cases = shop.cli_json(&["case", "list", "--todo", "--json"]).to_string();
    assert!(cases.contains("machine"), "the clerk is told why: {cases}");
}

pub(super) fn a_machine_that_answers_a_question_gets_two_letters(target: &Target) {
    let shop = Shop::open(target, "machine_question");
    let anna = shop.customer("Anna Muster");
    target.odoo.create("res.partner", json!({"name": anna.name, "email": anna.email}));
    let incomplete = order(None, &[block("", "5", in_days(9))]);
    shop.deliver(&anna.mail("Order", &incomplete));
    assert_eq!(answer_all(&shop, &anna, 3), 2);
}

pub(super) fn a_machine_that_keeps_no_thread_gets_two_letters(target: &Target) {
    let shop = Shop::open(target, "machine_no_thread");
    let anna = shop.customer("Anna Muster");
    target.odoo.create("res.partner", json!({"name": anna.name, "email": anna.email}));
    for number in 0..4 {
        let text = format!("Hello,\n\nyour request {number} has arrived here.\n\nService desk");
        let mail = anna.mail(&format!("Request {number}"), &text);
        shop.deliver(&mail);
        shop.wait_filed(&mail, ".Review");
    }
    // A file may be filed before its letter is accepted.
    shop.wait_letter(&anna.email, "held");
    assert!(shop.letters_all_sent(&anna.email, 1), "{:?}", shop.kinds_to(&anna.email));
}

/// What a mail server sends back to us when it cannot deliver a letter.
fn bounce(anna: &Customer, letter: &Letter) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: {from}\n\
         Subject: Undelivered Mail Returned to Sender\nMessage-ID: <bounce.{id}>\n\
         Auto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\n\n\
         I'm sorry to have to inform you.\n\n--b\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {to}\nAction: failed\n\
         Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown in table\n\n--b\n\
         Content-Type: text/rfc822-headers\n\nMessage-ID: <{id}>\nSubject: Your order\n\n--b--\n",
        from = letter.from,
        id = letter.message_id,
        to = anna.email,
    )
}

pub(super) fn a_letter_that_comes_back_is_shown_on_its_case(target: &Target) {
    let mut shop = Shop::new(target, "bounce");
    let product = shop.product("lamp", 50.0);
    shop.start();
    let anna = shop.customer("Anna Muster");
    let mail = anna.mail("Order", &order(None, &[block(product, "4", in_days(9))]));
    shop.deliver(&mail);
    let letter = shop.wait_letter(&anna.email, "confirmation");
    shop.wait_filed(&mail, ".Done");
    shop.maildir.deliver("bounce.test", bounce(&anna, &letter).as_bytes());
    let held = within_time(LONG, || {
        let cases = shop.cli_json(&["case", "list", "--todo", "--json"]).to_string();
        cases.contains("User unknown in table").then_some(())
    });
    assert!(held.is_some(), "the clerk is not told that the customer was not reached");
    let shown = shop.cli(&["case", "show", &letter.message_id]);
    let story = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        story.contains(&format!("“order confirmation” to {} came back", anna.email)),
        "{story}"
    );
    assert_eq!(shop.letters().len(), 1, "nobody is answered for a bounce");
    assert_eq!(target.odoo.orders_of(product).len(), 1);
}
