//! Parts of an order by their days: 'Delivery 4 April' above each of several tables, or between
//! the rows of one.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::reading::dates::{self, When};
use crate::reading::draft::{Dated, Desk, Draft, Form, Wish};
use crate::reading::tables::columns;
use crate::reading::tables::{Tables, cells};
use crate::reading::text::{Kind, Scan, words};

/// Most words of a line that heads a part.
const MOST: usize = 14;

/// A line that says the day of what stands below it.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    line: usize,
    dated: Dated,
    /// Line of the headings of its table.
    head: Option<usize>,
}

impl Section {
    /// The part of a table with these headings.
    pub(crate) fn of(self, head_line: usize) -> Self {
        Self { head: Some(head_line), ..self }
    }

    /// Its day.
    pub(crate) fn dated(self) -> Dated {
        self.dated
    }

    /// It stands above the headings, not between rows.
    fn is_above(&self) -> bool {
        self.head.is_some_and(|head| self.line < head)
    }
}

/// A line that is nothing but a day, with words for delivery perhaps.
pub(crate) fn at(scan: &Scan<'_>, line: usize, desk: &Desk<'_>) -> Option<Section> {
    of_run(scan, line, scan.lines.get(line)?.tokens.clone(), desk)
}

/// The same of a run of a line.
pub(crate) fn of_run(
    scan: &Scan<'_>,
    line: usize,
    run: Range<usize>,
    desk: &Desk<'_>,
) -> Option<Section> {
    if run.is_empty() || run.len() > MOST {
        return None;
    }
    let (start, day, end) = run.clone().find_map(|at| {
        let (when, end) = dates::date_at(scan, at, desk.calendar())?;
        Some((at, when, end))
    })?;
    let (When::Day(_), true) = (day, end <= run.end) else { return None };
    let outside = || (run.start..start).chain(end..run.end).filter_map(|at| scan.token(at));
    // 'Delivery 2', '1st delivery': beside the day there is at most the number of the part.
    let numbers = outside().filter(|t| t.kind == Kind::Digits).count();
    let small = outside().all(|t| t.kind != Kind::Digits || t.folded.len() == 1);
    let questions = outside().any(|t| t.is_any("?~"));
    // Any other word may say more of the part: where it goes, or that it was cancelled.
    let known = outside().all(|t| t.kind != Kind::Word || is_of_delivery(&t.folded));
    (known && numbers <= 1 && small && !questions).then_some(())?;
    let evidence = scan.evidence(scan.span(start..end)?, "table.section_date");
    Some(Section { line, dated: Dated { when: Some(day), evidence }, head: None })
}

/// Words of a line that says when a part is delivered.
pub(crate) fn is_of_delivery(word: &str) -> bool {
    words!(
        "delivery deliver deliveries shipment ship dispatch drop tranche instalment date due part lot batch call off for on by the of first second \
         third fourth st nd rd th monday tuesday wednesday thursday friday week \
         lieferung liefern teillieferung lieferdatum liefertermin termin wunschtermin teil am auf den zum per bis fur der \
         erste zweite dritte montag dienstag mittwoch donnerstag freitag woche kw \
         livraison livrer livraisons date delai echeance lot partie le pour au du la a premiere deuxieme troisieme e ere eme \
         lundi mardi mercredi jeudi vendredi semaine \
         consegna consegne consegnare data termine lotto parte il entro per prima seconda terza lunedi martedi mercoledi \
         giovedi venerdi settimana \
         entrega entregar fecha el para levering leveren leverdatum op tegen"
    )
    .has(word)
}

/// Whether the line right above a table's headings says that it orders nothing by itself: it is one
/// of several to choose from, or tells of a day that is gone.
pub(crate) fn is_no_order(scan: &Scan<'_>, head_line: usize, desk: &Desk<'_>) -> bool {
    let Some(run) = filled_above(scan, head_line).and_then(|line| scan.lines.get(line)) else {
        return false;
    };
    let run = run.tokens.clone();
    let mut first = run.clone().take(2).filter_map(|at| scan.token(at));
    let option = first.any(|t| {
        words!(
            "option variant variante alternative alternativa opzione opcion optie either entweder"
        )
        .has(&t.folded)
    });
    let gone = || {
        let day = run.clone().find_map(|at| dates::date_at(scan, at, desk.calendar()))?.0.day()?;
        Some(day < desk.today?)
    };
    let told = scan.tokens.get(run.clone()).unwrap_or_default().iter().any(|t| {
        words!(
            "delivered shipped received geliefert ausgeliefert erhalten livre livree livres livrees recu recus \
             evaso ricevuto consegnato consegnati spedito entregado recibido geleverd ontvangen"
        )
        .has(&t.folded)
    });
    let other = scan.tokens.get(run.clone()).unwrap_or_default().iter().any(|t| {
        words!(
            "stock backlog planned lagerbestand bestand ruckstand geplant prevu prevus giacenza previsto previsti inventario previsto_ voorraad gepland"
        )
        .has(&t.folded)
    });
    run.len() <= MOST && (other || option && !desk.answers || told && gone() == Some(true))
}

/// The line with words right above a table's headings.
fn filled_above(scan: &Scan<'_>, head_line: usize) -> Option<usize> {
    let filled = |at: &usize| scan.lines.get(*at).is_some_and(|line| !line.is_blank());
    (head_line.saturating_sub(3)..head_line).rev().find(filled)
}

/// The next line that is not blank.
pub(crate) fn below(scan: &Scan<'_>, line: usize) -> usize {
    let blank =
        |at: &usize| scan.lines.get(*at).is_some_and(crate::reading::text::TextLine::is_blank);
    (line + 1..scan.lines.len()).find(|at| !blank(at)).unwrap_or(scan.lines.len())
}

/// The day that stands right above a table's headings.
pub(crate) fn above(scan: &Scan<'_>, head_line: usize, desk: &Desk<'_>) -> Option<Section> {
    let line = filled_above(scan, head_line)?;
    at(scan, line, desk).map(|section| section.of(head_line))
}

/// Gives the rows the day of the part that they stand in, where each row stands in one. `rows` are
/// the line of each wish, and that of its table's headings.
pub(crate) fn date(
    draft: &mut Draft,
    rows: &[(usize, usize)],
    sections: &[Section],
    lines: &mut BTreeSet<usize>,
) {
    let above = sections.iter().all(Section::is_above);
    // What stands above a single table is told by the rules for all text.
    if sections.is_empty() || sections.len() == 1 && above || rows.len() != draft.wishes.len() {
        return;
    }
    let of = |(row, head): &(usize, usize)| {
        let own = sections.iter().filter(|s| s.head == Some(*head) && s.line < *row);
        own.max_by_key(|section| section.line)
    };
    let whole = rows.iter().all(|row| of(row).is_some());
    let sure = whole && draft.wishes.iter().all(|wish| wish.delivery.is_none());
    if !sure && above {
        return;
    }
    for (wish, row) in draft.wishes.iter_mut().zip(rows) {
        let Some(section) = of(row).or_else(|| sections.first()) else { continue };
        let when = if sure { section.dated.when } else { Some(When::Vague) };
        wish.delivery = Some(Dated { when, evidence: section.dated.evidence.clone() });
    }
    lines.extend(sections.iter().map(|section| section.line));
}
/// Takes the line of the headings, and the one above it that belongs to them.
pub(crate) fn take_head(scan: &Scan<'_>, head_line: usize, tabbed: bool, tables: &mut Tables) {
    tables.lines.insert(head_line);
    let above = head_line.checked_sub(1);
    if let Some(above) =
        above.filter(|l| tabbed && columns::is_upper_heading(scan, &cells(scan, *l)))
    {
        tables.lines.insert(above);
    }
}

/// 'Delivery 3 June 2025' above some goods, and 'Delivery 24 June 2025' above others: each day is that
/// of the list below it.
pub(crate) fn days_above_lists(draft: &mut Draft) {
    let place = |wish: &Wish| {
        let words = wish.product_words.iter().chain(&wish.amount_words);
        words.map(|words| words.start).min()
    };
    let undated = |wish: &Wish| wish.form == Form::Prose && wish.delivery.is_none();
    if draft.deliveries.len() < 2 || !draft.wishes.iter().all(undated) {
        return;
    }
    let mut days = draft.deliveries.clone();
    days.sort_by_key(|day| day.evidence.start);
    let Some(places) = draft.wishes.iter().map(place).collect::<Option<Vec<usize>>>() else {
        return;
    };
    let whole = days.iter().all(|day| day.when.is_some_and(|when| when.day().is_some()));
    let mut sorted = places.clone();
    sorted.sort_unstable();
    let below = |at: usize| {
        let day = days.get(at).map_or(usize::MAX, |day| day.evidence.start);
        sorted.partition_point(|place| *place < day)
    };
    let heads = |at: usize| below(at) < below(at + 1);
    let first = days.first().map_or(0, |day| day.evidence.start);
    if !whole || places.iter().any(|at| *at < first) || !(0..days.len()).all(heads) {
        return;
    }
    for (wish, at) in draft.wishes.iter_mut().zip(places) {
        let day = days.partition_point(|day| day.evidence.start < at).checked_sub(1);
        wish.delivery = day.and_then(|day| days.get(day)).cloned();
    }
    draft.deliveries.clear();
}
