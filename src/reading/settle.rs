//! The common path of all forms: a draft against catalogue, units, calendar and itself.

use chrono::NaiveDate;
use foldhash::HashSet;
use rust_decimal::Decimal;

use crate::reading::dates;
use crate::reading::dates::When;
use crate::reading::draft::{Amount, Dated, Desk, Draft, Form, Named, Wish};
use crate::reading::prose::leftovers;
use crate::reading::text::units::{self, Misfit, Unit};
use crate::reading::text::{Scan, clip};
use crate::reading::types::{Evidence, Field, Line, Part, Problem, ProblemCode, Read, Unknown};

/// Larger quantities are typing errors.
const MOST: i64 = 10_000_000;

/// Days that an order's own date may lie ahead of its mail.
const AHEAD: i64 = 7;

/// Days ahead beyond which a delivery date is a typing error.
const FARTHEST: i64 = 1_000;

/// What a draft came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Settled {
    /// Sound lines.
    pub(super) lines: Vec<Line>,
    /// Lines of products that we do not make.
    pub(super) unknown: Vec<Unknown>,
    /// As stated.
    pub(super) order_date: Option<Read<NaiveDate>>,
    /// For all lines without their own.
    pub(super) address: Option<Read<String>>,
    /// The customer's order number.
    pub(super) reference: Option<Read<String>>,
    /// What is wrong.
    pub(super) problems: Vec<Problem>,
    /// The least certain line's certainty.
    pub(super) certainty: u8,
}

impl Settled {
    /// Nothing wrong but products that we do not make, beside sound lines.
    pub(super) fn is_sound(&self) -> bool {
        !self.lines.is_empty()
            && self.problems.iter().all(|p| p.code == ProblemCode::UnknownProduct)
    }
}

/// Settles a draft.
pub(super) fn settle(draft: Draft, desk: &Desk<'_>) -> Settled {
    let mut settled = Settled { certainty: 99, ..Settled::default() };
    settled.problems = draft.problems;
    settled.order_date = order_date(&draft.order_dates, desk, &mut settled.problems);
    settled.reference = draft.references.into_iter().next();
    let addresses = addresses(&draft.addresses, &draft.wishes, &mut settled);
    let header = header_date(&draft.deliveries);
    overruled(header.as_ref(), &draft.wishes, &mut settled.problems);
    let several = draft.wishes.len() > 1;
    for (wish, address) in draft.wishes.iter().zip(addresses) {
        let mut line = LineIn { desk, wish, several, settled: &mut settled };
        if let Some(mut sound) = line.settle(header.as_ref()) {
            if let Some(Read { value, evidence }) = address {
                sound.address = Some(value);
                sound.evidence.push(evidence);
            }
            settled.certainty = settled.certainty.min(sound.certainty);
            settled.lines.push(sound);
        }
    }
    for loose in draft.loose.iter().filter(|loose| !is_sum(loose, &settled.lines)) {
        settled.problems.push(unexplained(loose));
    }
    duplicates(&draft.wishes, &mut settled);
    settled.problems.dedup();
    settled
}

/// 'Total 18 pcs' below lines that come to it.
fn is_sum(words: &Evidence, lines: &[Line]) -> bool {
    let number: String = words
        .words
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '\'' | '\u{2019}' | '\u{a0}'))
        .filter(char::is_ascii_digit)
        .collect();
    let sum = lines.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.quantity));
    words.rule == leftovers::TOTAL && lines.len() > 1 && number.parse().ok() == sum
}

/// Words that look like part of an order and were not understood.
pub(super) fn unexplained(loose: &Evidence) -> Problem {
    let date = loose.rule == dates::in_prose::UNEXPLAINED;
    let (code, field, what) = if date {
        (ProblemCode::AmbiguousDate, Field::DeliveryDate, "a date, but not what it is for")
    } else {
        (ProblemCode::MissingProduct, Field::Product, "an amount, but no product that we know")
    };
    Problem {
        code,
        message: format!("The words \"{}\" name {what}.", clip(&loose.words, 80)),
        words: clip(&loose.words, 80),
        block: None,
        field: Some(field),
    }
}

/// The one order date that the mail states.
fn order_date(
    dates: &[Dated],
    desk: &Desk<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Read<NaiveDate>> {
    let mut found: Option<Read<NaiveDate>> = None;
    for dated in dates {
        let words = clip(&dated.evidence.words, 80);
        let problem = |code, message: String| Problem {
            code,
            message,
            words: words.clone(),
            block: None,
            field: Some(Field::OrderDate),
        };
        let day = match dated.when {
            Some(When::Day(day)) => day,
            // The order was written when the mail was, or shortly before.
            Some(When::Either(one, other)) => {
                let near = |day: &NaiveDate| {
                    desk.today.is_some_and(|today| (0..=14).contains(&(today - *day).num_days()))
                };
                match (near(&one), near(&other)) {
                    (true, false) => one,
                    (false, true) => other,
                    _ => {
                        problems.push(problem(
                            ProblemCode::AmbiguousDate,
                            format!("The order date \"{words}\" can mean {one} or {other}."),
                        ));
                        continue;
                    }
                }
            }
            Some(When::Impossible) => {
                problems.push(problem(
                    ProblemCode::BadDate,
                    format!("The order date \"{words}\" does not exist in the calendar."),
                ));
                continue;
            }
            Some(When::Vague) | None => {
                problems.push(problem(
                    ProblemCode::BadDate,
                    format!("The order date \"{words}\" is no date such as 16 April 2024."),
                ));
                continue;
            }
        };
        // No order is written weeks after its mail: that day is another one.
        if desk.today.is_some_and(|today| (day - today).num_days() > AHEAD) {
            problems.push(problem(
                ProblemCode::AmbiguousDate,
                format!("The order date \"{words}\" lies ahead of the mail."),
            ));
            continue;
        }
        match &found {
            Some(before) if before.value != day => {
                problems.push(problem(
                    ProblemCode::Conflict,
                    format!("The mail states two order dates, {} and {day}.", before.value),
                ));
            }
            Some(_) => {}
            None => found = Some(Read { value: day, evidence: dated.evidence.clone() }),
        }
    }
    problems.dedup();
    found
}

/// One address for all, or each line its own.
fn addresses(
    stated: &[Read<String>],
    wishes: &[Wish],
    settled: &mut Settled,
) -> Vec<Option<Read<String>>> {
    let same = |a: &str, b: &str| {
        let squeeze =
            |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        squeeze(a) == squeeze(b)
    };
    let none = vec![None; wishes.len()];
    let Some(first) = stated.first() else {
        return wishes.iter().map(|w| w.address.clone()).collect();
    };
    if stated.iter().all(|other| same(&other.value, &first.value)) {
        settled.address = Some(first.clone());
        return none;
    }
    let own = wishes.iter().all(|w| w.address.is_some());
    if !own {
        let words = stated.get(1).map(|a| clip(&a.value, 80)).unwrap_or_default();
        settled.problems.push(Problem {
            code: ProblemCode::Conflict,
            message: "The mail states several delivery addresses, and not for each line which one."
                .into(),
            words,
            block: None,
            field: Some(Field::Address),
        });
    }
    wishes.iter().map(|w| w.address.clone()).collect()
}

/// The delivery date for lines without their own.
fn header_date(dates: &[Dated]) -> Option<Dated> {
    let (first, rest) = dates.split_first()?;
    if rest.iter().all(|other| other.when == first.when) {
        return Some(first.clone());
    }
    Some(Dated { when: Some(When::Vague), evidence: first.evidence.clone() })
}

/// A date for all lines that no line keeps to is one date too many.
fn overruled(header: Option<&Dated>, wishes: &[Wish], problems: &mut Vec<Problem>) {
    let Some(header) = header.filter(|h| h.when.is_some()) else { return };
    let other = |w: &Wish| w.delivery.as_ref().is_some_and(|d| d.when != header.when);
    if !wishes.is_empty() && wishes.iter().all(other) {
        problems.push(Problem {
            code: ProblemCode::Conflict,
            message: "The mail states a delivery date for all lines, and another for each.".into(),
            words: clip(&header.evidence.words, 80),
            block: None,
            field: Some(Field::DeliveryDate),
        });
    }
}

/// Whether words that name no product of ours tell a day ahead.
fn tells_day(words: &str, desk: &Desk<'_>) -> bool {
    let scan = Scan::whole(Part::Text, words);
    (0..scan.tokens.len()).any(|at| dates::is_day_ahead(&scan, at, desk.calendar()))
}

struct LineIn<'a, 'b> {
    desk: &'a Desk<'a>,
    wish: &'a Wish,
    several: bool,
    settled: &'b mut Settled,
}

impl LineIn<'_, '_> {
    fn problem(&mut self, code: ProblemCode, field: Field, words: &str, message: &str) {
        let block = self.several.then_some(self.wish.block);
        let place = block.map_or(String::new(), |b| format!("Line {b}: "));
        self.settled.problems.push(Problem {
            code,
            message: format!("{place}{message}"),
            words: clip(words, 80),
            block,
            field: Some(field),
        });
    }

    fn settle(&mut self, header: Option<&Dated>) -> Option<Line> {
        let before = self.settled.problems.len();
        let product = self.product();
        if self.wish.named == Named::Unknown {
            return None;
        }
        let quantity = self.quantity(product);
        let (delivery_date, date_words) = self.delivery(header);
        let place = product?;
        let product = self.desk.catalog.product(place)?;
        let quantity = quantity?;
        if self.settled.problems.len() > before {
            return None;
        }
        let price = self.wish.price.as_ref();
        let price_words = price.map(|price| price.evidence.clone());
        let evidence =
            [&self.wish.product_words, &self.wish.amount_words, &date_words, &price_words];
        Some(Line {
            product: product.to_ref(),
            quantity,
            delivery_date,
            address: None,
            stated_price: price.map(|price| price.value),
            evidence: evidence.into_iter().flatten().cloned().collect(),
            certainty: self.wish.certainty,
        })
    }

    fn product(&mut self) -> Option<u32> {
        let words = self.wish.product_words.as_ref().map(|e| e.words.clone()).unwrap_or_default();
        match &self.wish.named {
            Named::One(place) => return Some(*place),
            Named::Several(places) => {
                let codes: Vec<&str> = places
                    .iter()
                    .take(5)
                    .filter_map(|p| self.desk.catalog.product(*p))
                    .map(|p| p.default_code.as_str())
                    .collect();
                let message = format!(
                    "\"{}\" does not say for sure which product is meant; it can be {}.",
                    clip(&words, 80),
                    codes.join(", ")
                );
                self.problem(ProblemCode::AmbiguousProduct, Field::Product, &words, &message);
            }
            Named::Contradiction => {
                let message = format!("\"{}\" names two different products.", clip(&words, 80));
                self.problem(ProblemCode::Conflict, Field::Product, &words, &message);
            }
            // 'delivery 10 June 2025: 10' below a row: how it is to come, and no goods.
            Named::Unknown if tells_day(&words, self.desk) => self.problem(
                ProblemCode::MissingProduct,
                Field::Product,
                &words,
                "it tells a day and no product; a product id, reference or barcode was expected.",
            ),
            Named::Unknown => {
                let quantity = match self.wish.amount {
                    Some(Amount::Of { number, .. }) => number.plain(),
                    _ => None,
                };
                self.settled.unknown.push(Unknown { words: clip(&words, 80), quantity });
                let message = format!("\"{}\" is no product of ours.", clip(&words, 80));
                self.problem(ProblemCode::UnknownProduct, Field::Product, &words, &message);
            }
            Named::Nothing => {
                let amount =
                    self.wish.amount_words.as_ref().map(|e| e.words.clone()).unwrap_or_default();
                self.problem(
                    ProblemCode::MissingProduct,
                    Field::Product,
                    &amount,
                    "no product is named; a product id, reference or barcode was expected.",
                );
            }
        }
        None
    }

    fn quantity(&mut self, product: Option<u32>) -> Option<Decimal> {
        let words = self.wish.amount_words.as_ref().map(|e| e.words.clone()).unwrap_or_default();
        let shown = clip(&words, 80);
        let Some(amount) = self.wish.amount else {
            let named =
                self.wish.product_words.as_ref().map(|e| e.words.clone()).unwrap_or_default();
            let message = format!("the quantity of \"{}\" is missing.", clip(&named, 80));
            self.problem(ProblemCode::MissingQuantity, Field::Quantity, &words, &message);
            return None;
        };
        let bad = format!("\"{shown}\" is no sure quantity; one number such as 25 was expected.");
        let Amount::Of { number, unit, content } = amount else {
            self.problem(ProblemCode::BadQuantity, Field::Quantity, &words, &bad);
            return None;
        };
        let product = self.desk.catalog.product(product?)?;
        let divisible = match unit {
            None => units::divisible(product),
            Some(Unit::Pieces(_) | Unit::Pack(_)) => false,
            Some(_) => true,
        };
        let Ok(value) = number.settle(self.desk.lang, divisible) else {
            let message = format!(
                "\"{shown}\" can mean two numbers; please write it without a thousands separator."
            );
            self.problem(ProblemCode::BadQuantity, Field::Quantity, &words, &message);
            return None;
        };
        if value <= Decimal::ZERO || value > Decimal::from(MOST) {
            self.problem(ProblemCode::BadQuantity, Field::Quantity, &words, &bad);
            return None;
        }
        match units::in_own_unit(product, value, unit, content) {
            Ok(amount) if amount > Decimal::ZERO && amount <= Decimal::from(MOST) => Some(amount),
            Ok(_) => {
                self.problem(ProblemCode::BadQuantity, Field::Quantity, &words, &bad);
                None
            }
            Err(misfit) => {
                let (code, message) =
                    misfit_words(misfit, &shown, &product.default_code, &product.uom);
                self.problem(code, Field::Quantity, &words, &message);
                None
            }
        }
    }

    fn delivery(&mut self, header: Option<&Dated>) -> (Option<NaiveDate>, Option<Evidence>) {
        let Some(dated) = self.wish.delivery.as_ref().or(header) else {
            return (None, None);
        };
        let words = dated.evidence.words.clone();
        let shown = clip(&words, 80);
        let day = match dated.when {
            None => return (None, Some(dated.evidence.clone())),
            Some(When::Day(day)) => day,
            Some(When::Either(one, other)) => {
                let message = format!("the delivery date \"{shown}\" can mean {one} or {other}.");
                self.problem(ProblemCode::AmbiguousDate, Field::DeliveryDate, &words, &message);
                return (None, None);
            }
            Some(When::Vague) => {
                let message = format!(
                    "\"{shown}\" is no certain delivery date; one day such as 28 April 2024 was expected."
                );
                let code = if words.chars().any(char::is_alphanumeric) {
                    ProblemCode::AmbiguousDate
                } else {
                    ProblemCode::BadDate
                };
                self.problem(code, Field::DeliveryDate, &words, &message);
                return (None, None);
            }
            Some(When::Impossible) => {
                let message =
                    format!("the delivery date \"{shown}\" does not exist in the calendar.");
                self.problem(ProblemCode::BadDate, Field::DeliveryDate, &words, &message);
                return (None, None);
            }
        };
        let ordered = self.settled.order_date.as_ref().map(|d| d.value);
        if let Some(limit) = ordered.into_iter().chain(self.desk.today).find(|limit| day < *limit) {
            let what =
                if Some(limit) == ordered { "the order date" } else { "the day of the mail" };
            let message = format!("the delivery date \"{shown}\" lies before {what}, {limit}.");
            self.problem(ProblemCode::DateOrder, Field::DeliveryDate, &words, &message);
            return (None, None);
        }
        // A year that was mistyped.
        if self.desk.today.is_some_and(|today| (day - today).num_days() > FARTHEST) {
            let message = format!("the delivery date \"{shown}\" lies years ahead.");
            self.problem(ProblemCode::BadDate, Field::DeliveryDate, &words, &message);
            return (None, None);
        }
        (Some(day), Some(dated.evidence.clone()))
    }
}

fn misfit_words(misfit: Misfit, words: &str, code: &str, uom: &str) -> (ProblemCode, String) {
    match misfit {
        Misfit::Unit => (
            ProblemCode::UomMismatch,
            format!("\"{words}\" does not fit {code}, which is sold by {uom}."),
        ),
        Misfit::Package => (
            ProblemCode::UomMismatch,
            format!(
                "{code} has no package such as \"{words}\" says; the number of {uom} was expected."
            ),
        ),
        Misfit::Content(holds) => (
            ProblemCode::UomMismatch,
            format!("\"{words}\" does not agree with our package of {code}, which holds {holds}."),
        ),
        Misfit::Fraction => (
            ProblemCode::BadQuantity,
            format!("\"{words}\" is no whole number, and {code} is sold by {uom}."),
        ),
    }
}

/// The same line twice is a slip of the hand, or not: that is asked.
fn duplicates(wishes: &[Wish], settled: &mut Settled) {
    let prose = wishes.iter().any(|w| w.form == Form::Prose);
    let mut found = Vec::new();
    let mut seen = HashSet::default();
    for (place, line) in settled.lines.iter().enumerate() {
        let quantity = (!prose).then(|| line.quantity.normalize());
        let again = !seen.insert((line.product.id, line.delivery_date, &line.address, quantity));
        if again {
            let words =
                line.evidence.iter().map(|e| e.words.as_str()).collect::<Vec<_>>().join(" / ");
            found.push(Problem {
                code: ProblemCode::DuplicateLine,
                message: format!(
                    "{} is ordered twice for the same day.",
                    line.product.default_code
                ),
                words: clip(&words, 80),
                block: u32::try_from(place + 1).ok(),
                field: Some(Field::Product),
            });
        }
    }
    settled.problems.append(&mut found);
}
