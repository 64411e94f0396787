//! A day below each row of running text: '1. 48 pcs A / delivery 28 July / 2. 12 pcs B / delivery 18 August'. Where
//! rows and days take turns, each day is that of the row above it.

use std::ops::Range;

use crate::reading::draft::{Dated, Draft, Wish};
use crate::reading::text::{Scan, TextLine};
use crate::reading::types::Evidence;

/// Gives each row the day below it.
pub(crate) fn give(scan: &Scan<'_>, draft: &mut Draft) {
    let rows = draft.wishes.len();
    let dated = draft.wishes.iter().any(|wish| wish.delivery.is_some());
    let certain = |day: &Dated| day.when.is_some_and(|when| when.day().is_some());
    if rows < 2 || dated || draft.deliveries.len() != rows || !draft.deliveries.iter().all(certain)
    {
        return;
    }
    let Some(places) =
        draft.wishes.iter().map(|wish| place(scan, wish)).collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let mut days = draft.deliveries.clone();
    days.sort_by_key(|day| day.evidence.start);
    let blank = |at: usize| scan.lines.get(at).is_none_or(TextLine::is_blank);
    let line = |at: usize| scan.lines.partition_point(|line| line.span.end < at);
    let turns = places.iter().zip(&days).enumerate().all(|(at, (row, day))| {
        let (above, below) = (line(row.end), line(day.evidence.start));
        let next = places.get(at + 1).map_or(usize::MAX, |row| row.start);
        day.evidence.part == scan.part
            && above < below
            && below <= above + 2
            && !(above..below).any(blank)
            && day.evidence.end <= next
    });
    if turns {
        for (wish, day) in draft.wishes.iter_mut().zip(days) {
            wish.delivery = Some(day);
        }
        draft.deliveries.clear();
    }
}

/// Where the words of a row stand.
fn place(scan: &Scan<'_>, wish: &Wish) -> Option<Range<usize>> {
    let words: Vec<&Evidence> = wish.product_words.iter().chain(&wish.amount_words).collect();
    let here = words.iter().all(|words| words.part == scan.part);
    let start = words.iter().map(|words| words.start).min().filter(|_| here)?;
    Some(start..words.iter().map(|words| words.end).max()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::draft::at_desk;
    use crate::reading::types::Part;

    fn days(text: &str) -> Vec<String> {
        at_desk(&[("HS-100", "Heat sink"), ("PB-55", "Pump body")], |desk| {
            let scan = Scan::whole(Part::Text, text);
            let draft = crate::reading::body::read_beside(&scan, &[], desk).draft;
            let day = |wish: &Wish| wish.delivery.as_ref().map(|day| day.evidence.words.clone());
            draft.wishes.iter().filter_map(day).collect()
        })
    }

    #[test]
    fn rows_and_days_that_take_turns_belong_together() {
        let text = "We order:\n\n1. 48 pcs HS-100\n   Delivery 28 July 2025\n2. 12 pcs PB-55\n   Delivery 18 August 2025\n";
        assert_eq!(days(text), ["28 July 2025", "18 August 2025"]);
        let parted = text.replace("HS-100\n", "HS-100\n\n");
        assert!(days(&parted).is_empty(), "a blank line parts a row and its day");
        let one = text.replace("   Delivery 28 July 2025\n", "");
        assert!(days(&one).is_empty(), "one day for two rows");
    }
}
