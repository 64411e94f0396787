//! The verdict on a mail that answers no offer: an order, one that is not complete, or something for a
//! person.

use crate::mail::Mail;
use crate::reading::body::{Body, Doubt};
use crate::reading::meaning::Context;
use crate::reading::sentences::accounts;
use crate::reading::sentences::cues::Cues;
use crate::reading::settle::Settled;
use crate::reading::text::{clip, fold};
use crate::reading::types::{Evidence, Field, Intent, Problem, ProblemCode, Reading};

/// What the sentences leave of what was read.
pub(super) struct Weighed {
    pub(super) doubt: Doubt,
    pub(super) topic: Cues,
    pub(super) wishes: bool,
    /// Some product has an amount.
    pub(super) counted: bool,
    pub(super) loose: Option<Evidence>,
}

/// The intent, from what was read and what the sentences leave of it.
pub(super) fn decide(
    mail: &Mail,
    body: &Body,
    settled: Settled,
    weighed: Weighed,
    context: &Context,
) -> Reading {
    let mut reading = Reading::empty(Intent::Order);
    let sound = settled.is_sound();
    fill(&mut reading, settled);
    let shown = weighed.loose.map_or_else(|| clip(&mail.subject, 80), |e| e.words);
    reading.certainty = reading.certainty.min(weighed.doubt.certainty());
    // A bar below a doubt's certainty orders what is in doubt.
    let doubt = match weighed.doubt {
        _ if sound && reading.certainty >= context.certainty_bar => Doubt::None,
        doubt => doubt,
    };
    let review = |mut reading: Reading, code, message: &str| {
        reading.intent = Intent::Review;
        reading.lines.clear();
        reading.problems = vec![problem(code, message, &shown, None)];
        reading
    };
    if doubt == Doubt::NoOrder && !weighed.wishes && repeats(body, weighed.topic) {
        return again(reading, &shown);
    }
    match doubt {
        Doubt::Change => {
            let message = "The mail seems to ask for a change of a placed order.";
            return review(reading, ProblemCode::ChangeRequest, message);
        }
        doubt
            if doubt.is_no_order()
                && (sound
                    || !weighed.wishes
                    || !weighed.counted && !body.formal && body.prose.question
                    || body.prose.cues.and(weighed.topic).has(Cues::QUOTE)
                    || body.prose.cues.has(Cues::COMPLAINT)
                    || !body.formal && asks_only(body)
                    || !body.formal && body.prose.cues.and(weighed.topic).has(PERSON)) =>
        {
            return review(
                reading,
                ProblemCode::NotAnOrder,
                "The mail is not plainly an order: a person should read it.",
            );
        }
        _ => {}
    }
    if !weighed.wishes {
        return match no_product(mail, body, doubt, &reading) {
            Some(missing) => {
                reading.intent = Intent::Incomplete;
                reading.problems.push(missing);
                reading
            }
            None => review(reading, ProblemCode::NotAnOrder, "The mail names no product to order."),
        };
    }
    if !sound {
        reading.intent = Intent::Incomplete;
        reading.lines.clear();
        return reading;
    }
    if reading.lines.len() > context.max_lines {
        let message = "The order has more lines than are placed without a person.";
        reading.intent = Intent::Review;
        reading.problems = vec![problem(ProblemCode::NotAnOrder, message, &shown, None)];
        return reading;
    }
    if reading.certainty < context.certainty_bar {
        // The lines stay: they are what a person's approval orders.
        let message = "The reading is less certain than is asked for.";
        reading.intent = Intent::Review;
        reading.problems = vec![problem(ProblemCode::AmbiguousProduct, message, &shown, None)];
    }
    reading
}

/// The customer is asked what is to be sent again.
fn again(mut reading: Reading, shown: &str) -> Reading {
    let message = "The mail wishes what was ordered before, and names no product.";
    reading.intent = Intent::Incomplete;
    reading.problems =
        vec![problem(ProblemCode::MissingProduct, message, shown, Some(Field::Product))];
    reading
}

/// 'The same again as last month, please': an order, but of what the customer has to say.
fn repeats(body: &Body, topic: Cues) -> bool {
    let all = body.prose.cues.and(topic);
    let wish = Cues::ORDER.and(Cues::REPEAT).and(Cues::DELIVERY).and(Cues::PAST);
    all.has(Cues::REPEAT) && all.is_only(wish) && !body.prose.question && !body.formal
}

/// A question, or a wish with a condition, that asks for no goods plainly.
fn asks_only(body: &Body) -> bool {
    body.prose.asks && (body.prose.condition || !body.prose.cues.has(Cues::ORDER))
}

/// What is missing of a form without a product, or of an order whose file was forgotten; `None` where
/// it may be no order at all.
fn no_product(mail: &Mail, body: &Body, doubt: Doubt, reading: &Reading) -> Option<Problem> {
    let missing = |message, field| problem(ProblemCode::MissingProduct, message, "", Some(field));
    if body.formal || !reading.problems.is_empty() {
        return Some(missing("The mail names no product of ours.", Field::Product));
    }
    let forgotten = doubt == Doubt::None && !body.prose.asks && forgets_file(mail);
    let message = "The mail speaks of an attached order, and nothing is attached.";
    forgotten.then(|| missing(message, Field::Attachment))
}

/// Whether a mail announces a file that does not come with it.
fn forgets_file(mail: &Mail) -> bool {
    let written = mail.text.new.iter().filter_map(|range| mail.text.full.get(range.clone()));
    let announces = |word: &str| accounts::announces_file(&fold(word));
    mail.attachments.is_empty()
        && written.flat_map(|text| text.split(|c: char| !c.is_alphabetic())).any(announces)
}

/// What a person answers, however many lines there are.
const PERSON: Cues = Cues::PRICE
    .and(Cues::COMPLAINT)
    .and(Cues::REPEAT)
    .and(Cues::CANCEL)
    .and(Cues::SELLER)
    .and(Cues::STANDING)
    .and(Cues::DOCUMENT);

pub(super) fn problem(
    code: ProblemCode,
    message: &str,
    words: &str,
    field: Option<Field>,
) -> Problem {
    Problem { code, message: message.to_owned(), words: clip(words, 80), block: None, field }
}

/// Takes in what a draft came to.
pub(super) fn fill(reading: &mut Reading, settled: Settled) {
    reading.lines = settled.lines;
    reading.unknown = settled.unknown;
    reading.order_date = settled.order_date;
    reading.address = settled.address;
    reading.reference = settled.reference;
    reading.problems.extend(settled.problems);
    reading.certainty = settled.certainty;
}
