//! What a stretch of text is for: by the words that are known, and where these do not tell, by the learned
//! models.

use std::borrow::Cow;
use std::ops::Range;

use super::Scan;
use super::stretches::{Stretch, closes_request, folded_beside, hurries, lists, of_placed, pleads};
use crate::reading::choice::doubts::without_change;
use crate::reading::dates::barred_days;
use crate::reading::draft::Desk;
use crate::reading::prose::mentions::{Mention, within};
use crate::reading::sentences::accounts;
use crate::reading::sentences::asides::{self, Aside};
use crate::reading::sentences::bids;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::sentences::pleas;
use crate::reading::sentences::requests;
use crate::reading::sentences::turns;
use crate::reading::sentences::weighed;
use crate::reading::types::Part;

/// A text that is parted into stretches.
pub(super) struct Text<'t> {
    /// The text.
    pub(super) scan: &'t Scan<'t>,
    /// Tokens that no form has taken.
    pub(super) free: &'t [bool],
    /// What it mentions.
    pub(super) found: &'t [Mention],
    /// Whose it is.
    pub(super) desk: &'t Desk<'t>,
    /// Lines of goods that we do not make.
    pub(super) strange: &'t [usize],
}

impl Text<'_> {
    /// A run of tokens as a stretch, with what it is for. `before` are the stretches before it.
    pub(super) fn gist(&self, tokens: Range<usize>, before: &[Stretch]) -> Stretch {
        let (scan, found, desk) = (self.scan, self.found, self.desk);
        let folded = folded_beside(scan, tokens.clone(), found);
        // A row of goods that we do not make is no small talk.
        let row = scan.token(tokens.start).is_some_and(|t| self.strange.contains(&t.line));
        let aside = asides::of(scan, tokens.clone(), found, desk).filter(|_| !row);
        let idle = (tokens.clone(), accounts::is_idle(scan, tokens.clone()));
        let asks = tokens.clone().any(|at| scan.token(at).is_some_and(|t| t.is('?')));
        let quiet = aside.is_some() || idle.1;
        let mut cues = self.told(&tokens, &folded, quiet);
        if aside == Some(Aside::Bids) {
            cues = Cues::ORDER;
        }
        if self.leads(&tokens, before) {
            cues = cues.and(Cues::ORDER);
        }
        let (polite, pleads, cues) = self.asked(&tokens, cues);
        let cues = of_placed(scan, &tokens, found, asks, cues);
        let closes = asks && closes_request(scan, &tokens, before, found);
        let question = asks && !polite && !closes && aside != Some(Aside::Bids);
        let polite = polite || pleads;
        let stretch =
            Stretch { tokens, cues, question, polite, aside, idle, weight: None, ordering: None };
        self.weighed(stretch, &folded, row, asks)
    }

    /// What the words of a run are for.
    fn told(&self, run: &Range<usize>, folded: &str, quiet: bool) -> Cues {
        let (scan, desk) = (self.scan, self.desk);
        if quiet || accounts::tells_of_states(scan, run.clone()) {
            return Cues::default();
        }
        let said = if desk.answers { without_change(folded) } else { Cow::Borrowed(folded) };
        let cues = cues::of_lang(&turns::place_not_list(said), desk.lang);
        // Struck-through words are not read of HTML; that they are told of cancels nothing else.
        if scan.part == Part::Html && accounts::tells_of_struck(folded) {
            cues.without(Cues::CANCEL.and(Cues::CORRECTION))
        } else {
            cues
        }
    }

    /// Whether a run asks for the day of what follows it, or for that to be entered.
    fn leads(&self, run: &Range<usize>, before: &[Stretch]) -> bool {
        let (scan, found) = (self.scan, self.found);
        // Few sentences hurry: what stands before them all is looked at for these only.
        let bare = || {
            self.free.iter().take(run.start).all(|free| *free)
                && before.iter().all(|said| lists(scan, &said.tokens, found))
        };
        hurries(scan, run.clone(), found) && bare() || bids::leading(scan, run).is_some()
    }

    /// Whether a run asks for goods in polite words, whether it names nothing but goods and a plea; and its
    /// cues with that.
    fn asked(&self, run: &Range<usize>, mut cues: Cues) -> (bool, bool, Cues) {
        let (scan, found) = (self.scan, self.found);
        if asides::thanks_for_offer(scan, run.clone()) {
            cues = cues.and(Cues::ACCORDING);
        }
        let polite = requests::is_order(scan, run.clone())
            && !cues.has(Cues::PRICE.and(Cues::QUOTE).and(Cues::UNSURE));
        let pleads = pleads(scan, run.clone(), found);
        let told = within(found, run);
        let named = |at: usize| told.iter().any(|m| m.tokens.contains(&at));
        let bids = || run.clone().any(|at| pleas::bidding(scan, at, run.end, &named).is_some());
        if polite
            || bids()
            || pleads
            || requests::names_po(scan, run.clone())
            || requests::leads_to_list(scan, run)
        {
            cues = cues.and(Cues::ORDER);
        }
        (polite, pleads, cues)
    }

    /// A stretch with what the models make of it.
    fn weighed(&self, mut stretch: Stretch, folded: &str, row: bool, asks: bool) -> Stretch {
        let (scan, found, desk) = (self.scan, self.found, self.desk);
        let tokens = stretch.tokens.clone();
        let told = within(found, &tokens);
        if !(stretch.idle.1 || row || desk.answers) {
            if stretch.aside.is_none() {
                stretch.ordering = weighed::weigh_goods(scan, &tokens, told, found);
            }
            if weighed::orders(stretch.ordering) {
                stretch.cues = stretch.cues.and(Cues::ORDER);
                stretch.question = false;
            }
            if weighed::orders_at_price(stretch.ordering) && !asks {
                stretch.cues = stretch.cues.and(Cues::ACCORDING);
            }
            stretch.weight = weighed::weigh(scan, &tokens, told, found);
            let said =
                weighed::Said { tokens: &tokens, folded, cues: stretch.cues, lang: desk.lang };
            let harmless = |weight| told.is_empty() && said.is_harmless(scan, weight);
            if stretch.weight.is_some_and(harmless) {
                stretch.idle.1 = true;
                stretch.question = false;
                stretch.cues = stretch.cues.only(Cues::ORDER);
            } else if stretch.aside.is_none()
                && !told.is_empty()
                && said.is_beside(scan, told, found, desk.today)
            {
                stretch.aside = Some(Aside::Beside);
                stretch.question = false;
                stretch.cues = Cues::default();
            }
        }
        if barred_days::told(scan, &tokens, desk.calendar()).is_some() {
            stretch.idle.1 = true;
            stretch.question = false;
            stretch.cues = Cues::AWAY;
        }
        stretch
    }
}
