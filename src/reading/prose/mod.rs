//! Running text and lists: amounts are linked to the products beside them, dates to the products
//! that they are said of.

pub(super) mod additions;
pub(super) mod amounts;
pub(super) mod bare;
pub(super) mod both;
pub(super) mod by_turns;
pub(super) mod corrections;
pub(super) mod counted;
pub(super) mod denied;
pub(super) mod each_below;
pub(super) mod ellipsis;
pub(super) mod ids;
pub(super) mod instalments;
pub(super) mod leftovers;
pub(super) mod measured_first;
pub(super) mod mentions;
pub(super) mod own_numbers;
pub(super) mod pairing;
pub(super) mod qualified;
pub(super) mod remarks;
pub(super) mod split_behind;

use rust_decimal::Decimal;

use self::denied::Denied;
use self::leftovers::{bare_numbers, loose_amounts};
use self::mentions::{Mention, What, within};
use self::pairing::{alone, distribute, pair, said_again, topic};
use crate::reading::dates;
use crate::reading::dates::When;
use crate::reading::dates::closures::{self, Closure};
use crate::reading::dates::each_day;
use crate::reading::dates::in_prose::{StretchDates, dates_of, spread};
use crate::reading::dates::leftover_times;
use crate::reading::dates::wished_days;
use crate::reading::draft::{Amount, Dated, Desk, Draft, Form, Named, Wish};
use crate::reading::forms::withdrawn;
use crate::reading::house;
use crate::reading::names::neighbours::{made_other, strange_neighbour};
use crate::reading::names::strangers;
use crate::reading::names::variants;
use crate::reading::sentences::accounts::Account;
use crate::reading::sentences::beside;
use crate::reading::sentences::cues::Cues;
use crate::reading::sentences::heads_others;
use crate::reading::sentences::plain;
use crate::reading::sentences::weighed;
use crate::reading::tables::row_marks;
use crate::reading::text::numbers::Number;
use crate::reading::text::stretches::{Stretch, folded_beside, is_amount, is_product, stretches};
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Evidence;

/// What running text says, with the cues of all of it.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations of one text")]
pub(crate) struct Prose {
    /// What it orders.
    pub(crate) draft: Draft,
    /// Cues of all sentences.
    pub(crate) cues: Cues,
    /// Cues of the sentences that mention products.
    pub(crate) about: Cues,
    /// A sentence that mentions a product asks something.
    pub(crate) question: bool,
    /// Any sentence asks something.
    pub(crate) asks: bool,
    /// A sentence sets a condition to the order.
    pub(crate) condition: bool,
    /// A sentence speaks of products that were ordered before.
    pub(crate) past: bool,
    /// Nothing but a list of goods.
    pub(crate) list: bool,
    /// Whether its sentences are accounted for.
    pub(crate) account: Account,
    /// A word in a sentence about goods that may say something else than that they are ordered.
    pub(crate) odd: Option<Evidence>,
    /// Bare numbers that nothing explains: beside an order's lines they may correct them.
    pub(crate) bare: Vec<Evidence>,
    /// Items of the form that a sentence takes out again, by their numbers.
    pub(crate) withdrawn: Vec<u32>,
    /// When nobody takes goods in.
    pub(crate) closures: Vec<Closure>,
}

/// Reads the tokens that are free.
/// `formal` are the lines of forms and tables: a sentence may put one right.
pub(crate) fn read(scan: &Scan<'_>, free: &[bool], desk: &Desk<'_>, formal: &mut [Wish]) -> Prose {
    let (found, taken) = mentions::find(scan, free, desk);
    let stretches = stretches(scan, free, &found, desk);
    let formed = free.iter().position(|free| !free);
    let (mut prose, mut denied, mut time) = (Prose::default(), Denied::default(), None);
    let (mut dates, mut strangers): (Vec<StretchDates>, Vec<usize>) = Default::default();
    for (place, stretch) in stretches.iter().enumerate() {
        let inside: Vec<&Mention> = within(&found, &stretch.tokens).iter().collect();
        let before = place.checked_sub(1).and_then(|p| stretches.get(p));
        let first = prose.draft.wishes.len();
        if prose.adjusts(scan, stretch, &inside, before, formal, desk)
            || (!desk.answers && denied.take(scan, stretch, &inside))
            || prose.takes_out(withdrawn::item(scan, stretch, &inside, formal))
        {
            dates.push(StretchDates::given(first..first));
            continue;
        }
        let days = says_days(scan, stretch, &inside, desk);
        prose.take_cues(scan, stretch, &inside, days);
        prose.closures.extend(closures::told(scan, stretch, desk));
        if !days {
            let behind = formed.is_some_and(|at| at < stretch.tokens.start);
            let place = (behind, behind || first > 0);
            let weighed = instalments::before_parts(scan, stretch, &inside);
            let said: Vec<&Mention> = within(&found, &weighed.tokens).iter().collect();
            let folded = folded_beside(scan, weighed.tokens.clone(), &found);
            prose.account.take(scan, &weighed, &said, &folded, desk.lang, place);
            prose.weigh_goods(scan, stretch, &inside, formal, desk);
        }
        if stretch.aside.is_some() {
            dates.push(StretchDates::given(first..first));
            continue;
        }
        time =
            time.or_else(|| leftover_times::find(scan, stretch, &inside, first + formal.len() > 0));
        let (loose, bare) = (prose.draft.loose.len(), prose.bare.len());
        let linked = link(scan, stretch, &inside, desk, &mut prose);
        if linked.is_empty() && strangers.len() < MOST_STRANGERS {
            let block = u32::try_from(first + 1).unwrap_or(u32::MAX);
            if let Some(wish) = strangers::read(scan, stretch, &inside, &found, desk, block) {
                strangers.push(place);
                prose.replace(first, vec![wish], loose, bare);
            }
        }
        let parts = prose.parts(scan, stretch, &inside, first);
        if !parts.is_empty() {
            prose.replace(first, parts, loose, bare);
            dates.push(StretchDates::given(first..prose.draft.wishes.len()));
            continue;
        }
        let wishes = first..prose.draft.wishes.len();
        let unread = || leftovers::digits(scan, stretch, &taken);
        prose.bare.extend(wishes.clone().next().and_then(|_| unread()));
        dates.push(prose.days(scan, stretch, &inside, &(linked, wishes), formal, desk));
    }
    let ordered: Vec<&Wish> = formal.iter().chain(&prose.draft.wishes).collect();
    prose.draft.problems.extend(variants::told(scan, free, &found, &ordered, desk));
    let aside = || row_marks::aside(scan, free, &found);
    let peril = prose.account.peril.take();
    prose.account.peril = peril.or_else(|| denied.ordered(&ordered)).or_else(aside);
    let text =
        plain::Read { scan, stretches: &stretches, found: &found, lang: desk.lang, taken: &taken };
    let orders = |place: usize| dates.get(place).is_some_and(StretchDates::orders);
    prose.odd = text.odd(orders, &strangers);
    spread(&dates, &mut prose.draft);
    prose.weigh_placed(&text, orders, formal, desk);
    if formal.iter().all(|wish| wish.delivery.is_none()) {
        prose.ask_time(time);
    }
    prose.list = !prose.draft.wishes.is_empty() && bare::is_list(scan, free, &found, prose.cues);
    prose
}

/// Whether a sentence says nothing but the day.
fn says_days(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention], desk: &Desk<'_>) -> bool {
    wished_days::only_wishes(scan, &stretch.tokens, inside, desk.today)
}

/// A sentence that says something of ordered goods by their names, or puts off what is asked for.
fn says_of_goods(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    prose: &Prose,
    formal: &[Wish],
    desk: &Desk<'_>,
) -> Option<Evidence> {
    let ordered = formal.iter().chain(&prose.draft.wishes);
    let counted = inside.iter().any(|m| is_amount(m));
    if counted || stretch.aside.is_some() || ordered.clone().next().is_none() {
        return None;
    }
    if house::signs(scan, &stretch.tokens, desk.domain) {
        return None;
    }
    let said = || Some(scan.evidence(scan.span(stretch.tokens.clone())?, "prose.unaccounted"));
    if leftover_times::postpones(scan, stretch, inside) {
        return said();
    }
    if stretch.cues.has(Cues::ORDER) {
        return None;
    }
    let ours = |at: usize| {
        dates::in_prose::calls(scan, at, ordered.clone(), desk)
            && !house::is_in_firm(scan, at, stretch.tokens.end)
    };
    beside::odd_of_goods(scan, stretch, inside, desk.lang, &ours)?;
    said()
}

/// Most rows of goods that we do not make; whoever lists more writes to somebody else.
const MOST_STRANGERS: usize = 20;

/// What a condition can be set to.
const ACTS: Cues = Cues::ORDER.and(Cues::DELIVERY).and(Cues::PRICE).and(Cues::CANCEL);

impl Prose {
    /// Puts lines in the place of what a sentence was read as.
    fn replace(&mut self, first: usize, lines: Vec<Wish>, loose: usize, bare: usize) {
        self.draft.wishes.truncate(first);
        self.draft.wishes.extend(lines);
        self.draft.loose.truncate(loose);
        self.bare.truncate(bare);
    }

    /// What a sentence orders in parts, where it orders one product.
    fn parts(
        &self,
        scan: &Scan<'_>,
        stretch: &Stretch,
        inside: &[&Mention],
        first: usize,
    ) -> Vec<Wish> {
        match self.draft.wishes.get(first..) {
            Some([wish]) => instalments::read(scan, stretch, inside, wish),
            _ => Vec::new(),
        }
    }

    /// Whether a sentence puts a line right, or gives each line its day, and does nothing else.
    fn adjusts(
        &mut self,
        scan: &Scan<'_>,
        stretch: &Stretch,
        inside: &[&Mention],
        before: Option<&Stretch>,
        formal: &mut [Wish],
        desk: &Desk<'_>,
    ) -> bool {
        let ordered_none = formal.is_empty() && self.draft.wishes.is_empty();
        before.is_some_and(|b| corrections::apply(scan, stretch, inside, b, &mut self.draft))
            || corrections::of_form(scan, stretch, inside, formal, desk)
            || corrections::of_form(scan, stretch, inside, &mut self.draft.wishes, desk)
            || !ordered_none && corrections::leaves_others(scan, stretch.tokens.clone(), inside)
            || corrections::leaves_at(scan, &stretch.tokens, inside, formal)
            || corrections::leaves_at(scan, &stretch.tokens, inside, &self.draft.wishes)
            || each_day::give(scan, stretch, inside, &mut self.draft.wishes, desk)
            || formal.is_empty()
                && split_behind::part_before(scan, stretch, inside, &mut self.draft.wishes)
    }

    /// The days of a sentence; those of some goods only are left open.
    fn days(
        &mut self,
        scan: &Scan<'_>,
        stretch: &Stretch,
        inside: &[&Mention],
        linked: &(Linked, std::ops::Range<usize>),
        formal: &[Wish],
        desk: &Desk<'_>,
    ) -> StretchDates {
        let mut told = dates_of(scan, stretch, inside, linked, desk, &mut self.draft);
        dates::in_prose::as_before(scan, stretch, linked.1.clone(), &mut self.draft);
        let ordered = formal.iter().chain(&self.draft.wishes);
        if told.has_day() && dates::in_prose::says_of_some(scan, stretch, inside, &ordered, desk) {
            told.blur();
        }
        told
    }

    /// Takes in what a sentence says of ordered goods.
    fn weigh_goods(
        &mut self,
        scan: &Scan<'_>,
        stretch: &Stretch,
        inside: &[&Mention],
        formal: &[Wish],
        desk: &Desk<'_>,
    ) {
        if self.account.peril.is_none() {
            self.account.peril = says_of_goods(scan, stretch, inside, self, formal, desk);
        }
    }

    /// Takes in what tells that goods which only a noun or a heading orders are there, or ordered before.
    fn weigh_placed(
        &mut self,
        text: &plain::Read<'_, '_>,
        orders: impl Fn(usize) -> bool,
        formal: &[Wish],
        desk: &Desk<'_>,
    ) {
        if self.account.peril.is_some() || !formal.is_empty() || desk.answers {
            return;
        }
        let wished = self.draft.wishes.iter().all(|w| w.delivery.is_some());
        let dated = wished || !self.draft.deliveries.is_empty();
        let others = || heads_others::above_goods(text.scan, text.found);
        self.account.peril = text.asks_progress(orders, dated).or_else(others);
    }

    /// Goods without any other day are asked for theirs where a time was told.
    fn ask_time(&mut self, time: Option<Evidence>) {
        let dated = self.draft.wishes.iter().any(|w| w.delivery.is_some());
        if !dated && self.draft.deliveries.is_empty() {
            let vague = |evidence| Dated { when: Some(When::Vague), evidence };
            self.draft.deliveries.extend(time.map(vague));
        }
    }

    /// Takes an item of the form out again, if a sentence does.
    fn takes_out(&mut self, item: Option<u32>) -> bool {
        self.withdrawn.extend(item);
        item.is_some()
    }

    /// Takes in what a sentence is for. 'It is fine if they arrive by 12 May' says a day, and sets no
    /// condition.
    fn take_cues(&mut self, scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention], days: bool) {
        self.cues = self.cues.and(stretch.cues);
        self.asks |= stretch.question;
        let loose = inside.iter().any(|m| matches!(m.what, What::Amount { marked: true, .. }));
        let ours = inside.iter().any(|m| {
            matches!(
                &m.what,
                What::Product(Named::One(_) | Named::Several(_) | Named::Contradiction, _)
            )
        });
        if loose || ours {
            self.hear(scan, stretch);
        }
        self.condition |= stretch.cues.has(Cues::CONDITION)
            && !days
            && (inside.iter().any(|m| is_product(m))
                || stretch.cues.has(ACTS) && !stretch.cues.has(Cues::ANSWER.and(Cues::CALL)));
    }

    /// Takes in what a sentence about products is for.
    fn hear(&mut self, scan: &Scan<'_>, stretch: &Stretch) {
        self.about = self.about.and(stretch.cues);
        self.question |= stretch.question && !asks_politely(scan, stretch);
        self.past |= stretch.cues.has(Cues::PAST) && !stretch.cues.has(Cues::ORDER);
    }
}

/// 'Can you please send us …?' is an order; 'can you deliver …?' is a question.
fn asks_politely(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let words = scan.tokens.get(stretch.tokens.clone()).unwrap_or_default();
    let please = words.iter().any(|t| {
        words!("please pls plz bitte svp plait kindly favore prego favor alstublieft")
            .has(&t.folded)
    });
    please && stretch.cues.has(Cues::ORDER) && !stretch.cues.has(Cues::PRICE)
}

/// Which product mention each wish of a stretch came from.
pub(crate) type Linked = Vec<(usize, usize)>;

/// Links amounts and products of a stretch, and adds the wishes. The result pairs the place of a
/// mention within the stretch with the place of its wish in the draft.
fn link(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    desk: &Desk<'_>,
    prose: &mut Prose,
) -> Linked {
    let draft = &mut prose.draft;
    let products: Vec<usize> =
        (0..inside.len()).filter(|i| inside.get(*i).is_some_and(|m| is_product(m))).collect();
    let amounts: Vec<usize> =
        (0..inside.len()).filter(|i| inside.get(*i).is_some_and(|m| is_amount(m))).collect();
    let mut amount_of: Vec<Option<usize>> = vec![None; inside.len()];
    let mut used = vec![false; inside.len()];
    distribute(scan, inside, &mut amount_of, &mut used);
    let order: Vec<&&Mention> = inside.iter().filter(|m| is_product(m) || is_amount(m)).collect();
    let after_only =
        order.first().is_some_and(|m| is_product(m)) && order.last().is_some_and(|m| is_amount(m));
    let before_only =
        order.first().is_some_and(|m| is_amount(m)) && order.last().is_some_and(|m| is_product(m));
    if !after_only {
        pair(scan, inside, &products, &amounts, true, &mut amount_of, &mut used);
    }
    if !before_only {
        pair(scan, inside, &products, &amounts, false, &mut amount_of, &mut used);
    }
    if after_only {
        pair(scan, inside, &products, &amounts, true, &mut amount_of, &mut used);
    }
    topic(scan, inside, &mut amount_of, &mut used);
    if weighed::orders(stretch.ordering) {
        alone(scan, inside, &mut amount_of, &mut used);
    }
    said_again(scan, inside, &amount_of, &mut used, desk);
    let mut linked = Vec::new();
    for place in &products {
        let Some(mention) = inside.get(*place) else { continue };
        let What::Product(named, certainty) = &mention.what else { continue };
        let amount = amount_of.get(*place).copied().flatten().and_then(|i| inside.get(i));
        let one = amount.is_none()
            && stretch.cues.has(Cues::ORDER)
            && matches!(named, Named::One(_))
            && is_one(scan, mention);
        // A word that only looks like a code is a product where an amount says so.
        if amount.is_none() && matches!(named, Named::Unknown) {
            continue;
        }
        if amount.is_none()
            && matches!(named, Named::Several(_))
            && *certainty == 0
            && !stretch.cues.has(Cues::ORDER)
            && !adds(scan, stretch)
        {
            continue;
        }
        let wish = wish_of(scan, stretch, inside, *place, amount.copied(), desk, draft);
        let Some(mut wish) = wish else { continue };
        if one {
            let number = Number::Plain(Decimal::ONE);
            wish.amount = Some(Amount::Of { number, unit: None, content: None });
            wish.amount_words = scan
                .span(mention.tokens.start.saturating_sub(1)..mention.tokens.start)
                .map(|s| scan.evidence(s, "prose.quantity"));
        }
        linked.push((*place, draft.wishes.len()));
        draft.wishes.push(wish);
    }
    loose_amounts(scan, stretch, inside, &used, draft, desk);
    bare_numbers(scan, stretch, inside, &used, &mut prose.bare);
    linked
}

/// 'And the usual pump bodies.'
fn adds(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let first = scan.token(stretch.tokens.start);
    first.is_some_and(|t| words!("and und et e y en plus also auch aussi anche ook").has(&t.folded))
        && !stretch.question
}

/// 'A pipe wrench', 'une clé à molette 250 mm': an article counts one.
fn is_one(scan: &Scan<'_>, mention: &Mention) -> bool {
    let article = mention.tokens.start.checked_sub(1).and_then(|at| scan.token(at));
    let singular = scan.token(mention.tokens.end).is_none_or(|t| !t.is('s'));
    singular && article.is_some_and(|t| words!("a an ein eine einen une un una uno").has(&t.folded))
}

/// The wish for a product with the amount that is linked to it.
fn wish_of(
    scan: &Scan<'_>,
    stretch: &Stretch,
    inside: &[&Mention],
    place: usize,
    amount: Option<&Mention>,
    desk: &Desk<'_>,
    draft: &Draft,
) -> Option<Wish> {
    let mention = inside.get(place)?;
    let What::Product(named, certainty) = &mention.what else { return None };
    let block = u32::try_from(draft.wishes.len() + 1).unwrap_or(u32::MAX);
    let mut wish = Wish::new(block, Form::Prose);
    let sized = *certainty == crate::reading::forms::values::BY_PART
        && scan.token(mention.tokens.end).is_some_and(|t| {
            t.kind == Kind::Digits && amount.is_none_or(|a| !a.tokens.contains(&mention.tokens.end))
        });
    let next_mention = inside.get(place + 1).map_or(stretch.tokens.end, |next| next.tokens.start);
    // 'Brackets short, long and angled': the next word is the next product.
    let parted = inside.get(place + 1).is_some_and(|next| {
        is_product(next)
            && next.tokens.start == mention.tokens.end + 1
            && scan.token(mention.tokens.end).is_some_and(|t| t.is(','))
    });
    let other = sized
        || !parted && strange_neighbour(scan, mention, *certainty)
        || made_other(scan, mention, named, next_mention, desk);
    wish.named = if other {
        match named {
            Named::One(one) => Named::Several(vec![*one]),
            other => other.clone(),
        }
    } else {
        named.clone()
    };
    wish.certainty = (*certainty).clamp(1, 97);
    wish.product_words =
        scan.span(mention.tokens.clone()).map(|s| scan.evidence(s, "prose.product"));
    if let Some(amount) = amount
        && let What::Amount { amount: value, .. } = &amount.what
    {
        let bound = scan.token(mention.tokens.end).is_some_and(|t| counted::is_bound(&t.folded));
        wish.amount = Some(if bound { Amount::Bad } else { *value });
        wish.amount_words =
            scan.span(amount.tokens.clone()).map(|s| scan.evidence(s, "prose.quantity"));
    }
    Some(wish)
}
