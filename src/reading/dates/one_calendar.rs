//! A program writes all days of a file alike, and a person those of a form: '13/10/2025' tells that '03/11/2025' is in November.

use chrono::NaiveDate;

use super::When;
use crate::reading::draft::{Dated, Draft};

/// Reads the days that can mean two by those of the same file that mean one.
pub(crate) fn read(draft: &mut Draft) {
    let all = || {
        let of_wishes = draft.wishes.iter().filter_map(|wish| wish.delivery.as_ref());
        draft.order_dates.iter().chain(&draft.deliveries).chain(of_wishes)
    };
    let told = |dated: &Dated| matches!(dated.when, Some(When::Day(_)));
    let sorts: Vec<_> =
        all().filter(|d| told(d)).filter_map(|d| parts(&d.evidence.words)).collect();
    let day_first = sorts.iter().any(|(first, second, _)| *first > 12 && *second <= 12);
    let month_first = sorts.iter().any(|(first, second, _)| *second > 12 && *first <= 12);
    if day_first == month_first {
        return;
    }
    let settle = |dated: &mut Dated| {
        let Some(When::Either(..)) = dated.when else { return };
        let Some((first, second, year)) = parts(&dated.evidence.words) else { return };
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        if let Some(day) = NaiveDate::from_ymd_opt(year, month, day) {
            dated.when = Some(When::Day(day));
        }
    };
    let of_wishes = draft.wishes.iter_mut().filter_map(|wish| wish.delivery.as_mut());
    draft.order_dates.iter_mut().chain(&mut draft.deliveries).chain(of_wishes).for_each(settle);
}

/// The numbers of a day in digits, parted by slashes, and its year.
fn parts(words: &str) -> Option<(u32, u32, i32)> {
    let mut parts = words.trim().split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && year.len() == 4;
    whole.then_some((first.parse().ok()?, second.parse().ok()?, year.parse().ok()?))
}
